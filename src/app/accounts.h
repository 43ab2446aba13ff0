// The accounts that mail is fetched from: the file `accounts.conf` in the data folder, a section [imap NAME] for each.
#pragma once

#include "mailroom/fetch.h"

// No file: no accounts. ERROR_INVALID names file, section and key and says what to write there. `*out_warning` is NULL or a sentence
// for the log: others on this machine may read the passwords.
bool accounts_read(Arena *arena, const char *path, FetchAccountList *out, const char **out_warning, GError **error);
const char *accounts_path(Arena *arena, const char *data); // of the file in this data folder
