// The table of verbs, and what they share: opening the desk, options, standard input, and how a failure is told.
#include "cli/cli.h"

#include "base/bytes.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

const CliVerb cli_verbs[] = {
  {"deliver", "[--to ADDRESS] < mail", "take in one mail; 0 only when it is safely kept, 75 to try again later", cli_deliver},
  {"import", "mbox FILE [--to ADDRESS] | maildir FOLDER [--to ADDRESS]",
   "take in an archive of mail; nobody is answered, and what is here already stays as it is", cli_import},
  {"parse", "< mail", "show as JSON what a mail says", cli_parse},
  {"read", "[--lines] < text", "show as JSON what a text expresses; a JSON line for each line with --lines", cli_read},
  {"coach", "[--message FILE] < draft", "show as JSON what a draft does well and how it could be worded better", cli_coach},
  {"check", "[--json]", "verify the data and count what is there", cli_check},
  {"user",
   "add EMAIL [--name NAME] [--role agent|supervisor|administrator] [--password-stdin] | list [--json] | disable EMAIL | "
   "password EMAIL [--password-stdin] | mails EMAIL none|mine|unassigned",
   "the people who work here; without --password-stdin a password is made and printed", cli_user},
  {"mailbox",
   "add ADDRESS [--name NAME] [--signature TEXT] | list [--json] | set ADDRESS [--name NAME] [--signature TEXT] [--sender NAME] "
   "[--language CODE] [--zone ZONE] [--closes HH:MM] [--reply-to trust|ignore] [--thread-machines yes|no]",
   "the addresses that customers write to, and how each answers", cli_mailbox},
  {"search", "rebuild", "make anew what search knows; the desk may run meanwhile", cli_search},
  {"set", "[NAME [VALUE | --default]] [--json]", "the desk's own rules: how much mail is too much, whom it believes", cli_set},
  {"template", "list | show|set|reset|preview NAME LANGUAGE [--mailbox ADDRESS]", "the words of automatic mail", cli_template},
  {"dkim", "new DOMAIN [SELECTOR] | use DOMAIN SELECTOR | list", "keys that sign what is sent", cli_dkim},
  {"sample", "", "fill an empty desk with a small firm's conversations to try it with", cli_sample},
  {0},
};

static const CliVerb *verb_named(const char *name) {
  for (const CliVerb *verb = cli_verbs; verb->name; verb++)
    if (strcmp(verb->name, name) == 0) return verb;
  return NULL;
}

int cli_fail(const char *verb, GError *error) {
  fprintf(stderr, "rapport %s: %s\n", verb, error ? error->message : "It did not work.");
  int code = error_exit_code(error);
  g_clear_error(&error);
  return code;
}

int cli_wrong_call(const char *verb, const char *what) {
  const CliVerb *found = verb_named(verb);
  fprintf(stderr, "rapport %s: %s\nusage: rapport %s %s\n", verb, what, verb, found ? found->arguments : "");
  return CLI_USAGE;
}

static bool prepare_folder(const Cli *cli, bool may_make, GError **error) {
  struct stat about;
  if (stat(cli->data, &about) == 0) {
    if (S_ISDIR(about.st_mode)) return true;
    return error_set(error, ERROR_UNAVAILABLE, "%s is not a folder; name a folder with --data.", cli->data);
  }
  if (errno != ENOENT || !may_make)
    return error_set(error, ERROR_UNAVAILABLE,
                     "The data folder %s cannot be used: %s. `rapport serve --data %s` or `rapport user add` makes one.",
                     cli->data, g_strerror(errno), cli->data);
  if (g_mkdir_with_parents(cli->data, 0700) == 0) return true;
  return error_set(error, ERROR_UNAVAILABLE, "The data folder %s cannot be made: %s.", cli->data, g_strerror(errno));
}

const char *cli_database(const Cli *cli, bool may_make, GError **error) {
  if (cli->database) return cli->database;
  return prepare_folder(cli, may_make, error) ? arena_printf(cli->arena, "%s/rapport.db", cli->data) : NULL;
}

Desk *cli_open_desk(const Cli *cli, bool may_make, GError **error) {
  const char *where = cli_database(cli, may_make, error);
  return where ? desk_open(cli->arena, where, cli->clock, cli->random, error) : NULL;
}

MailParser *cli_new_parser(const Cli *cli, GError **error) {
  MailParser *parser = mail_parser_new(error);
  if (parser && cli->mail_budget) mail_parser_set_budget(parser, cli->mail_budget);
  return parser;
}

static void remove_arguments(int *argc, char **argv, int at, int count) {
  for (int i = at; i + count <= *argc; i++) argv[i] = argv[i + count]; // the NULL at the end moves along
  *argc -= count;
}

const char *cli_option(int *argc, char **argv, const char *name) {
  size_t length = strlen(name);
  for (int i = 1; i < *argc; i++) {
    const char *argument = argv[i];
    if (strncmp(argument, "--", 2) != 0 || strncmp(argument + 2, name, length) != 0) continue;
    if (argument[2 + length] == '=') {
      remove_arguments(argc, argv, i, 1);
      return argument + 3 + length;
    }
    if (argument[2 + length] == '\0' && i + 1 < *argc) {
      const char *value = argv[i + 1];
      remove_arguments(argc, argv, i, 2);
      return value;
    }
  }
  return NULL;
}

bool cli_flag(int *argc, char **argv, const char *name) {
  for (int i = 1; i < *argc; i++)
    if (strncmp(argv[i], "--", 2) == 0 && strcmp(argv[i] + 2, name) == 0) {
      remove_arguments(argc, argv, i, 1);
      return true;
    }
  return false;
}

bool cli_read_input(Arena *arena, int64_t most, Bytes *out, GError **error) {
  g_autoptr(GByteArray) all = g_byte_array_new();
  char chunk[64 * 1024];
  for (;;) {
    ssize_t count = read(STDIN_FILENO, chunk, sizeof chunk);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return error_set(error, ERROR_UNAVAILABLE, "Standard input cannot be read: %s.", g_strerror(errno));
    if (count == 0) break;
    g_byte_array_append(all, (const guint8 *)chunk, (guint)count);
    if (all->len > most)
      return error_set(error, ERROR_INVALID, "The input is larger than %" G_GINT64_FORMAT " MB; send it in smaller parts.",
                       most / 1000000);
  }
  *out = bytes_of(arena_copy(arena, all->data, all->len), all->len);
  return true;
}
