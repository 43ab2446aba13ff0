// The program: read the settings, find the verb, run it.
#include "app/channel.h"
#include "app/serve.h"
#include "base/log.h"
#include "base/text.h"
#include "languages.h"
#include "mail/apart.h"

#include <locale.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#ifndef RAPPORT_VERSION
#error "the build defines RAPPORT_VERSION"
#endif

static int help(FILE *out) {
  fputs("Rapport, a customer relations desk.\n\nusage: rapport VERB [ARGUMENTS] [SETTINGS]\n\n"
        "  serve\n      answer browsers, fetch and send mail until stopped\n"
        "  channel " APP_CHANNEL_ARGUMENTS "\n      how the ways fare in which mail comes in; sign in to one as a test\n",
        out);
  for (const CliVerb *verb = cli_verbs; verb->name; verb++)
    fprintf(out, "  %s %s\n      %s\n", verb->name, verb->arguments, verb->help);
  fputs(
    "  help, version\n\nSettings, also as RAPPORT_NAME in the environment or \"name = value\" in rapport.conf in the data folder:\n",
    out);
  settings_print(&app_settings, out);
  return out == stdout ? 0 : CLI_USAGE;
}

static const CliVerb *find_verb(const char *name) {
  for (const CliVerb *verb = cli_verbs; verb->name; verb++)
    if (strcmp(verb->name, name) == 0) return verb;
  return NULL;
}

// A mail server bounces a mail for any code but 75, and a typo of ours is no reason to.
static int wrong_settings(int argc, char **argv, GError *error) {
  bool is_wrong_call = error_is(error, ERROR_INVALID), is_deliver = false;
  for (int i = 1; i < argc; i++) is_deliver = is_deliver || strcmp(argv[i], "deliver") == 0; // settings may stand before it
  int code = cli_fail(is_deliver ? "deliver" : "", error);
  return is_deliver ? CLI_TRY_AGAIN : is_wrong_call ? CLI_USAGE : code;
}

// Names, addresses and words come from outside too: a recipient is whatever somebody wrote to the mail server.
static void make_valid(Arena *arena, int argc, char **argv) {
  for (int i = 1; i < argc; i++) argv[i] = arena_strdup(arena, text_make_valid(arena, bytes_of_text(argv[i])));
}

static int run(Arena *arena, int argc, char **argv) {
  GError *error = NULL;
  AppSettings settings = {0};
  if (!app_settings_read(arena, &argc, argv, &settings, &error)) return wrong_settings(argc, argv, error);
  make_valid(arena, argc, argv);
  if (argc < 2) return help(stderr);
  const char *name = argv[1];
  if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) return help(stdout);
  if (strcmp(name, "version") == 0 || strcmp(name, "--version") == 0) return puts("rapport " RAPPORT_VERSION), 0;
  Cli cli = {.arena = arena,
             .data = settings.data,
             .database = settings.database,
             .clock = &clock_system,
             .random = &random_system,
             .mail_limit = settings.mail_limit,
             .mail_budget = settings.mail_budget};
  if (strcmp(name, "serve") == 0) return app_serve(&cli, &settings, argc - 1);
  if (strcmp(name, "channel") == 0) return app_channel(&cli, argc - 1, argv + 1);
  const CliVerb *verb = find_verb(name);
  if (verb) return verb->run(&cli, argc - 1, argv + 1);
  fprintf(stderr, "rapport: there is no verb \"%s\"; see `rapport help`.\n", name);
  return CLI_USAGE;
}

int main(int argc, char **argv) {
  mail_apart_if_asked(argc, argv); // does not come back in a process that parses mail
  umask(077);                      // what customers wrote is nobody else's on this machine
  signal(SIGXFSZ, SIG_IGN);        // a file size limit is then an error like a full disk, and no sudden death
  setlocale(LC_ALL, "C.UTF-8");    // what a mail or a page says must not depend on who starts the program
  if (sodium_init() < 0) {
    fputs("rapport: no source of randomness; check /dev/urandom.\n", stderr);
    return 70;
  }
  words_install(languages_all, g_getenv("RAPPORT_PSEUDO_LANGUAGES") != NULL); // those two are for tests
  g_autoptr(Arena) arena = arena_new();
  int code = run(arena, argc, argv);
  return code;
}
