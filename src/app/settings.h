// The settings of the program, in one table; where a value may come from is told in base/settings.h.
#pragma once

#include "base/settings.h"

typedef struct AppSettings {
  const char *data, *database, *listen, *url;
  const char *smtp_url, *smtp_user, *smtp_password;
  const char *smtp_bearer_command;
  bool smtp_require_tls;
  const char *lmtp_listen;
  int64_t mail_limit, mail_budget;
  int64_t undo_delay, attachments;
  int64_t threads;
} AppSettings;

extern const SettingsTable app_settings;

// Defaults, the file in the data folder, the environment, the command line; each beats the one before.
bool app_settings_read(Arena *arena, int *argc, char **argv, AppSettings *out, GError **error);
