// What the SQLite parts of this folder share.
#pragma once

#include "db/driver.h"

#include <sqlite3.h>

extern const DbDriver sqlite_driver;

// Opens a handle with extended result codes; NULL with an error that names the file.
bool sqlite_connect(const char *path, int flags, sqlite3 **out, GError **error);
// Turns a result code into an error of ours; always false. `what` was being done.
bool sqlite_fail(sqlite3 *handle, int result, const char *what, GError **error);
// A consistent copy, made beside `to` and put in its place when it is whole and on the disk.
bool sqlite_copy(const char *from, const char *to, GError **error);
