// The table of settings. The data folder has to be known before the file in it can be read, so it comes from the environment or the
// command line alone.
#include "app/settings.h"

#include "base/clock.h"

#include <glib.h>
#include <stddef.h>
#include <unistd.h>

#define AT(field) offsetof(AppSettings, field)

static const Setting table[] = {
  {"data", SETTING_TEXT, AT(data), NULL, 0, 0, "the data folder (default: $XDG_DATA_HOME/rapport)"},
  {"database", SETTING_TEXT, AT(database), NULL, 0, 0,
   "postgres://… to keep everything in PostgreSQL instead of the data folder"},
  {"listen", SETTING_TEXT, AT(listen), "127.0.0.1:8700", 0, 0, "address and port for browsers; port 0 takes a free one"},
  {"url", SETTING_TEXT, AT(url), NULL, 0, 0,
   "where people reach the desk, when a proxy stands in front: https://desk.example.org"},
  {"smtp-url", SETTING_TEXT, AT(smtp_url), NULL, 0, 0, "the mail server that takes our mail: smtp://host:25, smtps://host:465"},
  {"smtp-user", SETTING_TEXT, AT(smtp_user), NULL, 0, 0, "name to sign in with at the mail server"},
  {"smtp-password", SETTING_TEXT, AT(smtp_password), NULL, 0, 0, "its password; put it into rapport.conf or the environment"},
  {"smtp-bearer-command", SETTING_TEXT, AT(smtp_bearer_command), NULL, 0, 0,
   "a command that prints an OAuth2 access token for smtp-user, instead of a password"},
  {"smtp-require-tls", SETTING_BOOL, AT(smtp_require_tls), "no", 0, 0, "refuse a mail server that does not encrypt"},
  {"lmtp-listen", SETTING_TEXT, AT(lmtp_listen), NULL, 0, 0,
   "where a mail server hands mail over by LMTP: a socket's path, or 127.0.0.1:24; several with commas"},
  {"mail-limit", SETTING_SIZE, AT(mail_limit), "50 MB", 1000 * 1000, 1000 * 1000 * 1000,
   "of a mail larger than this only the beginning is kept"},
  {"mail-budget", SETTING_SPAN, AT(mail_budget), "10 s", CLOCK_SECOND, CLOCK_HOUR, "how long reading one mail may take"},
  {"undo-delay", SETTING_SPAN, AT(undo_delay), "10 s", 0, 2 * CLOCK_MINUTE,
   "how long an answer can be taken back before it is sent; 0 sends at once"},
  {"attachments", SETTING_SIZE, AT(attachments), "20 MB", 100 * 1000, 36 * 1000 * 1000, "the files of one answer together"},
  {"threads", SETTING_INT, AT(threads), "4", 4, 64, "threads that answer browsers"},
};

const SettingsTable app_settings = {table, G_N_ELEMENTS(table)};

static const char *default_data(Arena *arena) {
  return arena_take(arena, g_build_filename(g_get_user_data_dir(), "rapport", NULL));
}

bool app_settings_read(Arena *arena, int *argc, char **argv, AppSettings *out, GError **error) {
  // The command line is read twice: once to find the folder, and again after the file, which it beats.
  AppSettings first = {0};
  int count = *argc;
  char **copy = arena_copy(arena, argv, sizeof *argv * (size_t)(count + 1));
  settings_defaults(arena, &app_settings, &first);
  if (!settings_read_environment(arena, &app_settings, &first, error) ||
      !settings_read_arguments(arena, &app_settings, &count, copy, &first, error))
    return false;
  const char *data = first.data ? first.data : default_data(arena);
  settings_defaults(arena, &app_settings, out);
  // A folder that cannot be entered holds no settings for us; whoever needs it says what is wrong with it.
  if (access(data, X_OK) == 0 && g_file_test(data, G_FILE_TEST_IS_DIR) &&
      !settings_read_file(arena, &app_settings, arena_printf(arena, "%s/rapport.conf", data), out, error))
    return false;
  if (!settings_read_environment(arena, &app_settings, out, error) ||
      !settings_read_arguments(arena, &app_settings, argc, argv, out, error))
    return false;
  out->data = data;
  return true;
}
