// SQLite's result codes in our words: what happened, and what a person can do about it.
#include "db/sqlite.h"

static const struct {
  int result; // primary code
  RapportError code;
  const char *advice;
} meanings[] = {
  {SQLITE_FULL, ERROR_UNAVAILABLE, "The disk is full; make room where the database is, nothing was changed"},
  {SQLITE_IOERR, ERROR_UNAVAILABLE, "The disk does not answer as it should; look at the machine's disks, nothing was changed"},
  {SQLITE_CANTOPEN, ERROR_UNAVAILABLE, "The database file cannot be opened; check that its folder exists and may be written to"},
  {SQLITE_READONLY, ERROR_UNAVAILABLE, "The database file may not be written to; check who owns it"},
  {SQLITE_PERM, ERROR_UNAVAILABLE, "The database file may not be used; check who owns it"},
  {SQLITE_AUTH, ERROR_UNAVAILABLE, "The database file may not be used"},
  {SQLITE_NOLFS, ERROR_UNAVAILABLE, "The file system cannot hold files this large"},
  {SQLITE_BUSY, ERROR_BUSY, "Another process is writing to the database; try again in a moment"},
  {SQLITE_LOCKED, ERROR_BUSY, "Another process is writing to the database; try again in a moment"},
  {SQLITE_PROTOCOL, ERROR_BUSY, "Another process is writing to the database; try again in a moment"},
  {SQLITE_INTERRUPT, ERROR_BUSY, "The statement was interrupted; try again"},
  {SQLITE_CONSTRAINT, ERROR_CONFLICT, "The change does not fit what is in the database"},
  {SQLITE_TOOBIG, ERROR_INVALID, "A text or attachment is too large for the database"},
  {SQLITE_CORRUPT, ERROR_BROKEN, "The database file is damaged; stop the program and restore a backup"},
  {SQLITE_NOTADB, ERROR_BROKEN, "The file is no database of this program; check the path, or restore a backup"},
};

bool sqlite_fail(sqlite3 *handle, int result, const char *what, GError **error) {
  int primary = result & 0xff;
  if (primary == SQLITE_NOMEM) g_error("out of memory in SQLite");
  // A disk with no space left shows as an input or output error where SQLite extends its shared memory.
  if (primary == SQLITE_IOERR && sqlite3_system_errno(handle) == ENOSPC) primary = SQLITE_FULL;
  const char *words = sqlite3_errcode(handle) == result ? sqlite3_errmsg(handle) : sqlite3_errstr(result);
  for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++) {
    if (meanings[i].result == primary) return error_set(error, meanings[i].code, "%s (%s: %s).", meanings[i].advice, what, words);
  }
  return error_set(error, ERROR_BROKEN, "The database refused a statement (%s: %s).", what, words);
}
