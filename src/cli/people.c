// `rapport user` and `rapport mailbox`: who works here, and which addresses are ours.
#include "cli/cli.h"

#include "base/json.h"
#include "base/text.h"
#include "desk/mailbox/mailbox.h"
#include "desk/staff/staff.h"

#include <stdio.h>

typedef struct Call { // of one action: "user add …"
  const Cli *cli;
  Desk *desk;
  int argc;
  char **argv; // argv[0] is the action
} Call;

// The password from standard input's first line, or a fresh one, which is then printed. Never from the command line, which everybody
// on the machine can read.
static const char *chosen_password(Call *call, bool *out_is_fresh, GError **error) {
  Arena *arena = call->cli->arena;
  *out_is_fresh = false;
  if (!cli_flag(&call->argc, call->argv, "password-stdin")) {
    *out_is_fresh = true;
    return random_token(arena, call->cli->random, 12);
  }
  Bytes input;
  if (!cli_read_input(arena, 10000, &input, error)) return NULL;
  const char *text = arena_strndup(arena, input.data, input.size);
  return arena_strndup(arena, text, strcspn(text, "\r\n"));
}

static int user_add(Call *call) {
  GError *error = NULL;
  StaffDraft draft = {.email = cli_option(&call->argc, call->argv, "email"), .name = cli_option(&call->argc, call->argv, "name")};
  const char *role = cli_option(&call->argc, call->argv, "role");
  bool is_fresh = false;
  draft.password = chosen_password(call, &is_fresh, &error);
  if (!draft.password) return cli_fail("user", error);
  if (!draft.email && call->argc > 1) draft.email = call->argv[1];
  if (!draft.email) return cli_wrong_call("user", "give the e-mail of the person to add.");
  if (!draft.name) draft.name = arena_strndup(call->cli->arena, draft.email, strcspn(draft.email, "@"));
  if (!role_from_word(role ? role : "agent", &draft.role))
    return cli_wrong_call("user", "the role is one of agent, supervisor, administrator.");
  int64_t id = 0;
  if (!staff_add(call->desk, &draft, &id, &error)) return cli_fail("user", error);
  printf("%s is now %s %s.\n", draft.email, draft.role == ROLE_SUPERVISOR ? "a" : "an", role_word(draft.role));
  if (is_fresh) printf("password: %s\n", draft.password);
  return 0;
}

static int user_password(Call *call) {
  GError *error = NULL;
  bool is_fresh = false;
  const char *email = cli_option(&call->argc, call->argv, "email");
  const char *password = chosen_password(call, &is_fresh, &error);
  if (!password) return cli_fail("user", error);
  if (!email && call->argc > 1) email = call->argv[1];
  if (!email) return cli_wrong_call("user", "give the e-mail of the person.");
  Staff *staff = staff_find(call->cli->arena, call->desk, email, &error);
  if (!staff || !staff_set_password(call->desk, staff->id, password, 0, &error)) return cli_fail("user", error);
  printf("The password of %s is changed, and all their sessions are ended.\n", staff->email);
  printf("What they keep for themselves stays locked until they give their old password; nobody else can open it.\n");
  if (is_fresh) printf("password: %s\n", password);
  return 0;
}

static int user_disable(Call *call) {
  GError *error = NULL;
  const char *email = call->argc > 1 ? call->argv[1] : NULL;
  if (!email) return cli_wrong_call("user", "give the e-mail of the person.");
  if (!staff_disable(call->desk, email, &error)) return cli_fail("user", error);
  printf("%s can no longer sign in, and all their sessions are ended.\n", email);
  return 0;
}

static void print_people_json(const StaffList *people) {
  g_autoptr(Json) json = json_array();
  list_each(const Staff, person, people)
    json_array_append_new(json, json_pack("{s:s, s:s, s:s, s:b}", "email", person->email, "name", person->name, "role",
                                          role_word(person->role), "active", (int)person->is_active));
  json_dumpf(json, stdout, JSON_COMPACT);
  putchar('\n');
}

static int user_list(Call *call) {
  GError *error = NULL;
  StaffList people = {0};
  bool as_json = cli_flag(&call->argc, call->argv, "json");
  if (!staff_list(call->cli->arena, call->desk, &people, &error)) return cli_fail("user", error);
  if (as_json) {
    print_people_json(&people);
    return 0;
  }
  list_each(const Staff, person, &people)
    printf("%-14s %-32s %s%s\n", role_word(person->role), person->email, person->name, person->is_active ? "" : " (disabled)");
  return 0;
}

static int user_mails(Call *call) {
  GError *error = NULL;
  StaffMails mails;
  if (call->argc != 3 || !staff_mails_from_word(call->argv[2], &mails))
    return cli_wrong_call("user", "give the e-mail of the person, and none, mine or unassigned.");
  Staff *staff = staff_find(call->cli->arena, call->desk, call->argv[1], &error);
  if (!staff || !staff_set_mails(call->desk, staff->id, mails, &error)) return cli_fail("user", error);
  static const char *const words[] = {[STAFF_MAILS_NONE] = "nothing",
                                      [STAFF_MAILS_MINE] = "new messages in their conversations",
                                      [STAFF_MAILS_UNASSIGNED] = "new messages in their conversations and in those with nobody"};
  printf("%s hears by mail of %s.\n", staff->email, words[mails]);
  return 0;
}

static int mailbox_add_call(Call *call) {
  GError *error = NULL;
  const char *name = cli_option(&call->argc, call->argv, "name"), *signature = cli_option(&call->argc, call->argv, "signature");
  if (call->argc < 2) return cli_wrong_call("mailbox", "give the address of the mailbox.");
  int64_t id = 0;
  if (!mailbox_open(call->desk, NULL, call->argv[1], name ? name : "", signature ? signature : "", &id, &error))
    return cli_fail("mailbox", error);
  printf("%s is now a mailbox of this desk.\n", call->argv[1]);
  return 0;
}

static int mailbox_list_call(Call *call) {
  GError *error = NULL;
  MailboxList mailboxes = {0};
  bool as_json = cli_flag(&call->argc, call->argv, "json");
  if (!mailbox_list(call->cli->arena, call->desk, &mailboxes, &error)) return cli_fail("mailbox", error);
  g_autoptr(Json) json = json_array();
  list_each(const Mailbox, mailbox, &mailboxes) {
    if (as_json)
      json_array_append_new(json,
                            json_pack("{s:s, s:s, s:s, s:b}", "address", mailbox->address, "name", mailbox->name, "reply_to",
                                      reply_to_word(mailbox->reply_to), "thread_machines", (int)mailbox->threads_machines));
    else
      printf("%-32s %s\n", mailbox->address, mailbox->name);
  }
  if (!as_json) return 0;
  json_dumpf(json, stdout, JSON_COMPACT);
  putchar('\n');
  return 0;
}

static bool read_time(const char *text, int64_t *out) { // "17:30" to minutes
  char *end = NULL;
  int64_t hours = g_ascii_strtoll(text, &end, 10), minutes = end > text && *end == ':' ? g_ascii_strtoll(end + 1, &end, 10) : -1;
  *out = hours * 60 + minutes;
  return *end == '\0' && hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60;
}

// What a call asks to be changed; NULL: left as it is.
typedef struct MailboxWish {
  const char *name, *signature, *sender, *language, *zone, *closes, *reply_to, *machines;
} MailboxWish;

static MailboxWish take_wish(Call *call) {
  return (MailboxWish){
    .name = cli_option(&call->argc, call->argv, "name"),
    .signature = cli_option(&call->argc, call->argv, "signature"),
    .sender = cli_option(&call->argc, call->argv, "sender"),
    .language = cli_option(&call->argc, call->argv, "language"),
    .zone = cli_option(&call->argc, call->argv, "zone"),
    .closes = cli_option(&call->argc, call->argv, "closes"),
    .reply_to = cli_option(&call->argc, call->argv, "reply-to"),
    .machines = cli_option(&call->argc, call->argv, "thread-machines"),
  };
}

// NULL, or what is wrong with the wish.
static const char *grant(const MailboxWish *wish, Mailbox *mailbox) {
  if (wish->name) mailbox->name = wish->name;
  if (wish->signature) mailbox->signature = wish->signature;
  if (wish->sender) mailbox->sender = wish->sender;
  if (wish->language) mailbox->language = wish->language;
  if (wish->zone) mailbox->zone = wish->zone;
  if (wish->closes && !read_time(wish->closes, &mailbox->closes_at)) return "--closes takes a time such as 17:00.";
  if (wish->reply_to && !reply_to_from_word(wish->reply_to, &mailbox->reply_to)) return "--reply-to is trust or ignore.";
  if (wish->machines && strcmp(wish->machines, "yes") != 0 && strcmp(wish->machines, "no") != 0)
    return "--thread-machines is yes or no.";
  if (wish->machines) mailbox->threads_machines = strcmp(wish->machines, "yes") == 0;
  return NULL;
}

static int mailbox_set_call(Call *call) {
  GError *error = NULL;
  MailboxList mailboxes = {0};
  const Mailbox *found = NULL;
  MailboxWish wish = take_wish(call);
  if (call->argc != 2) return cli_wrong_call("mailbox", "give the address of the mailbox and what to change.");
  if (!mailbox_list(call->cli->arena, call->desk, &mailboxes, &error)) return cli_fail("mailbox", error);
  if (!mailbox_is_ours(call->cli->arena, &mailboxes, call->argv[1], &found)) {
    error_set(&error, ERROR_NOT_FOUND, "%s is no mailbox of this desk; see `rapport mailbox list`.", call->argv[1]);
    return cli_fail("mailbox", error);
  }
  Mailbox mailbox = *found;
  const char *problem = grant(&wish, &mailbox);
  if (problem) return cli_wrong_call("mailbox", problem);
  if (!mailbox_keep(call->desk, NULL, &mailbox, &error)) return cli_fail("mailbox", error);
  printf("%s: Reply-To is %s, mails of machines about one thing %s.\n", mailbox.address,
         mailbox.reply_to == REPLY_TO_TRUST ? "believed" : "ignored", mailbox.threads_machines ? "go together" : "stay apart");
  return 0;
}

typedef struct Action {
  const char *verb, *name;
  bool may_make; // a data folder
  int (*run)(Call *call);
} Action;

static const Action actions[] = {
  {"user", "add", true, user_add},
  {"user", "list", false, user_list},
  {"user", "disable", false, user_disable},
  {"user", "password", false, user_password},
  {"user", "mails", false, user_mails},
  {"mailbox", "add", true, mailbox_add_call},
  {"mailbox", "list", false, mailbox_list_call},
  {"mailbox", "set", false, mailbox_set_call},
};

static int run_action(const Cli *cli, const char *verb, int argc, char **argv) {
  GError *error = NULL;
  for (size_t i = 0; argc > 1 && i < G_N_ELEMENTS(actions); i++) {
    if (strcmp(actions[i].verb, verb) != 0 || strcmp(actions[i].name, argv[1]) != 0) continue;
    Call call = {.cli = cli, .argc = argc - 1, .argv = argv + 1};
    call.desk = cli_open_desk(cli, actions[i].may_make, &error);
    return call.desk ? actions[i].run(&call) : cli_fail(verb, error);
  }
  return cli_wrong_call(verb, "say what to do.");
}

int cli_user(const Cli *cli, int argc, char **argv) { return run_action(cli, "user", argc, argv); }
int cli_mailbox(const Cli *cli, int argc, char **argv) { return run_action(cli, "mailbox", argc, argv); }
