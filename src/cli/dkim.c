// `rapport dkim`: keys that sign what leaves the house. They are files in the data folder, also when the data is in PostgreSQL; every
// node that sends needs them.
#include "mail/dkim.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#define TEXT_IN_DNS 255 // characters that one string of a TXT record may have

static void print_key(const DkimKey *key) {
  printf("%s\n  %s\n", key->is_in_use ? "in use" : "not in use", key->record_name);
  for (const char *at = key->record; *at;) { // a name server joins the strings of a record
    int length = (int)MIN(strlen(at), TEXT_IN_DNS);
    printf("  \"%.*s\"\n", length, at);
    at += length;
  }
}

static const char *folder_of(const Cli *cli) { return arena_printf(cli->arena, "%s/" CLI_DKIM_FOLDER, cli->data); }

static const char *selector_of_month(const Cli *cli) {
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(clock_now(cli->clock) / CLOCK_SECOND);
  return arena_printf(cli->arena, "rapport%04d%02d", g_date_time_get_year(now), g_date_time_get_month(now));
}

static int make(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  DkimKey key;
  if (argc < 2 || argc > 3) return cli_wrong_call("dkim", "give the domain, and a selector if you like.");
  const char *selector = argc > 2 ? argv[2] : selector_of_month(cli);
  if (!dkim_key_new(cli->arena, folder_of(cli), argv[1], selector, &key, &error)) return cli_fail("dkim", error);
  printf("Publish this TXT record:\n\n");
  print_key(&key);
  if (key.is_in_use)
    printf("\nMail from %s is signed with it from now on.\n", key.domain);
  else
    printf("\nWhen it can be looked up, `rapport dkim use %s %s` signs with it.\n", key.domain, key.selector);
  return 0;
}

static int use(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  if (argc != 3) return cli_wrong_call("dkim", "give the domain and the selector.");
  if (!dkim_key_use(cli->arena, folder_of(cli), argv[1], argv[2], &error)) return cli_fail("dkim", error);
  printf("Mail from %s is signed with \"%s\" from now on.\n", argv[1], argv[2]);
  return 0;
}

static int list(const Cli *cli, int argc, char **argv) {
  (void)argv;
  GError *error = NULL;
  DkimKeyList keys = {0};
  if (argc != 1) return cli_wrong_call("dkim", "list takes nothing more.");
  if (!dkim_keys(cli->arena, folder_of(cli), &keys, &error)) return cli_fail("dkim", error);
  list_each(const DkimKey, key, &keys) print_key(key);
  return 0;
}

int cli_dkim(const Cli *cli, int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "new") == 0) return make(cli, argc - 1, argv + 1);
  if (argc > 1 && strcmp(argv[1], "use") == 0) return use(cli, argc - 1, argv + 1);
  if (argc > 1 && strcmp(argv[1], "list") == 0) return list(cli, argc - 1, argv + 1);
  return cli_wrong_call("dkim", "say what to do.");
}
