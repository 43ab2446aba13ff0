// A consistent copy of a SQLite file while others use it: a reader of its own copies all pages in one go, so it sees one
// moment and holds nobody up. The copy grows beside its place and takes it when it is whole and on the disk, so a copy that
// exists is complete.
#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PATIENCE_MILLISECONDS 5000

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3, sqlite3_close)

static bool copy_pages(sqlite3 *source, sqlite3 *target, GError **error) {
  sqlite3_busy_timeout(source, PATIENCE_MILLISECONDS);
  int result = sqlite3_exec(target, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF", NULL, NULL, NULL); // synced below
  if (result != SQLITE_OK) return sqlite_fail(target, result, "copy", error);
  sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
  if (!backup) return sqlite_fail(target, sqlite3_extended_errcode(target), "copy", error);
  result = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  return result == SQLITE_DONE || sqlite_fail(target, result, "copy", error);
}

static bool make_copy(const char *from, const char *to, GError **error) {
  g_autoptr(sqlite3) source = NULL;
  g_autoptr(sqlite3) target = NULL;
  return sqlite_connect(from, SQLITE_OPEN_READWRITE, &source, error) &&
         sqlite_connect(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &target, error) && copy_pages(source, target, error);
}

static bool sync_path(const char *path, GError **error) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  bool is_synced = file >= 0 && fsync(file) == 0;
  int cause = errno;
  if (file >= 0) close(file);
  return is_synced || error_set(error, ERROR_UNAVAILABLE, "%s cannot be written to the disk: %s.", path, g_strerror(cause));
}

bool sqlite_copy(const char *from, const char *to, GError **error) {
  g_autofree char *partial = g_strdup_printf("%s.partial", to);
  g_autofree char *folder = g_path_get_dirname(to);
  g_unlink(partial); // of a copy that was interrupted
  if (!make_copy(from, partial, error) || !sync_path(partial, error)) {
    g_unlink(partial);
    return false;
  }
  if (g_rename(partial, to) != 0) return error_set(error, ERROR_UNAVAILABLE, "%s cannot be written: %s.", to, g_strerror(errno));
  return sync_path(folder, error);
}
