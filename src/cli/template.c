// `rapport template`: the words of automatic mail, to see, to change, and to try.
#include "desk/template/template.h"
#include "base/text.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

typedef struct Call {
  const Cli *cli;
  Desk *desk;
  const char *name, *language;
  const Mailbox *mailbox; // NULL: for all
} Call;

static const char *mailbox_address(const MailboxList *mailboxes, int64_t id) {
  list_each(const Mailbox, mailbox, mailboxes)
    if (mailbox->id == id) return mailbox->address;
  return "all mailboxes";
}

static int list(const Call *call) {
  GError *error = NULL;
  TemplateEntryList entries = {0};
  MailboxList mailboxes = {0};
  if (!template_list(call->cli->arena, call->desk, &entries, &error) ||
      !mailbox_list(call->cli->arena, call->desk, &mailboxes, &error))
    return cli_fail("template", error);
  list_each(const TemplateEntry, entry, &entries)
    printf("%-18s %-3s %s\n", entry->name, entry->language,
           entry->is_built_in ? "built in" : mailbox_address(&mailboxes, entry->mailbox_id));
  return 0;
}

static int show(const Call *call) {
  GError *error = NULL;
  const char *text = NULL;
  const Language *language = language_find(call->language);
  if (!language) return cli_wrong_call("template", "the desk does not write in this language.");
  if (!template_text(call->cli->arena, call->desk, call->name, language, call->mailbox ? call->mailbox->id : 0, &text, &error))
    return cli_fail("template", error);
  fputs(text, stdout);
  return 0;
}

static int set(const Call *call) {
  GError *error = NULL;
  Bytes input;
  if (!cli_read_input(call->cli->arena, TEMPLATE_MOST, &input, &error)) return cli_fail("template", error);
  const char *text = text_make_valid(call->cli->arena, input);
  return template_set(call->desk, call->name, call->language, call->mailbox ? call->mailbox->id : 0, text, &error)
           ? 0
           : cli_fail("template", error);
}

static int reset(const Call *call) {
  GError *error = NULL;
  return template_reset(call->desk, call->name, call->language, call->mailbox ? call->mailbox->id : 0, &error)
           ? 0
           : cli_fail("template", error);
}

// As a customer would get it now.
static int preview(const Call *call) {
  GError *error = NULL;
  const Mailbox example = {.address = "help@example.org", .name = "", .language = "en", .zone = "", .closes_at = 17 * 60};
  AcknowledgementFacts facts = {.number = 1042,
                                .moment = clock_now(call->cli->clock),
                                .customer_name = "Anna Berg",
                                .subject = "Where is my saddle?",
                                .mailbox = call->mailbox ? call->mailbox : &example,
                                .language = language_find(call->language)};
  TemplateWords words;
  if (!facts.language) return cli_wrong_call("template", "the desk does not write in this language.");
  TooLargeFacts large = {facts.number, 70, facts.customer_name, facts.subject, facts.mailbox, facts.language};
  bool is_large = strcmp(call->name, TEMPLATE_TOO_LARGE) == 0;
  if (!is_large && strcmp(call->name, TEMPLATE_ACKNOWLEDGEMENT) != 0)
    return cli_wrong_call("template", "there is no such template.");
  bool is_filled = is_large ? template_too_large(call->cli->arena, call->desk, &large, &words, &error)
                            : template_acknowledgement(call->cli->arena, call->desk, &facts, &words, &error);
  if (!is_filled) return cli_fail("template", error);
  printf("Subject: %s\n\n%s\n", words.subject, words.body);
  return 0;
}

static bool find_mailbox(Call *call, const char *address, GError **error) {
  MailboxList mailboxes = {0};
  if (!address) return true;
  if (!mailbox_list(call->cli->arena, call->desk, &mailboxes, error)) return false;
  return mailbox_is_ours(call->cli->arena, &mailboxes, address, &call->mailbox) ||
         error_set(error, ERROR_NOT_FOUND, "There is no mailbox %s; see `rapport mailbox list`.", address);
}

static const struct {
  const char *name;
  int words; // that follow
  int (*run)(const Call *call);
} actions[] = {{"list", 0, list}, {"show", 2, show}, {"set", 2, set}, {"reset", 2, reset}, {"preview", 2, preview}};

int cli_template(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  const char *address = cli_option(&argc, argv, "mailbox");
  for (size_t i = 0; argc > 1 && i < G_N_ELEMENTS(actions); i++) {
    if (strcmp(actions[i].name, argv[1]) != 0 || argc != actions[i].words + 2) continue;
    Call call = {.cli = cli, .name = argc > 2 ? argv[2] : NULL, .language = argc > 3 ? argv[3] : NULL};
    call.desk = cli_open_desk(cli, false, &error);
    return call.desk && find_mailbox(&call, address, &error) ? actions[i].run(&call) : cli_fail("template", error);
  }
  return cli_wrong_call("template", "say what to do, with which template and in which language.");
}
