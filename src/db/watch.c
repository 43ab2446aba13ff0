// The watch: waits until another connection has committed. On SQLite a connection of its own asks for the file's
// data_version, which moves with every commit of others; that costs microseconds, so it asks every few milliseconds. On
// PostgreSQL it LISTENs and sleeps on the socket. An eventfd ends either wait from another thread. A server that went away
// is tried again at every turn; when it is back something may have happened meanwhile, so that counts as a change.
#include "db/postgres.h"
#include "db/sqlite.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define LEAST_PAUSE (250 * CLOCK_MILLISECOND) // between tries to reach a server

struct DbWatch {
  char *where;
  int64_t poll;
  int wake;              // eventfd
  sqlite3 *file;         // one of the two
  sqlite3_stmt *version; // of the file
  int64_t seen;          // version
  bool is_postgres;
  PGconn *connection; // NULL while the server is away
};

// ——— SQLite

static int64_t read_version(DbWatch *watch) {
  int64_t version = sqlite3_step(watch->version) == SQLITE_ROW ? sqlite3_column_int64(watch->version, 0) : watch->seen;
  sqlite3_reset(watch->version);
  return version;
}

static bool open_file(DbWatch *watch, GError **error) {
  if (!sqlite_connect(watch->where, SQLITE_OPEN_READWRITE, &watch->file, error)) return false;
  int result = sqlite3_exec(watch->file, "PRAGMA query_only = ON; PRAGMA cache_size = 10", NULL, NULL, NULL);
  if (result == SQLITE_OK) result = sqlite3_prepare_v2(watch->file, "PRAGMA data_version", -1, &watch->version, NULL);
  if (result != SQLITE_OK) return sqlite_fail(watch->file, result, "watch", error);
  watch->seen = read_version(watch);
  return true;
}

static bool file_has_changed(DbWatch *watch) {
  int64_t version = read_version(watch);
  bool has_changed = version != watch->seen;
  watch->seen = version;
  return has_changed;
}

// ——— PostgreSQL

static bool open_connection(DbWatch *watch, GError **error) {
  g_autoptr(PGconn) connection = postgres_connect(watch->where, POSTGRES_PATIENCE, error);
  if (!connection) return false;
  g_autoptr(PGresult) result = PQexec(connection, "LISTEN rapport");
  if (PQresultStatus(result) != PGRES_COMMAND_OK) return postgres_fail(result, "watch", error);
  watch->connection = g_steal_pointer(&connection);
  return true;
}

// Reads what the server sent. A lost connection is dropped; getting it back counts as a change.
static bool server_has_told(DbWatch *watch) {
  if (!watch->connection) return open_connection(watch, NULL);
  bool is_alive = PQconsumeInput(watch->connection) && PQstatus(watch->connection) == CONNECTION_OK;
  bool has_told = false;
  for (PGnotify *note; (note = PQnotifies(watch->connection)); PQfreemem(note)) has_told = true;
  if (!is_alive) {
    PQfinish(g_steal_pointer(&watch->connection));
    return has_told || open_connection(watch, NULL);
  }
  return has_told;
}

// ——— both

DbWatch *db_watch_open(const char *where, int64_t poll, GError **error) {
  g_autoptr(DbWatch) watch = g_new0(DbWatch, 1);
  watch->where = g_strdup(where);
  watch->poll = MAX(poll, CLOCK_MILLISECOND);
  watch->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (watch->wake < 0) {
    error_set(error, ERROR_UNAVAILABLE, "No further file can be opened: %s.", g_strerror(errno));
    return NULL;
  }
  watch->is_postgres = g_str_has_prefix(where, "postgres://") || g_str_has_prefix(where, "postgresql://");
  bool is_open = watch->is_postgres ? open_connection(watch, error) : open_file(watch, error);
  return is_open ? g_steal_pointer(&watch) : NULL;
}

static bool has_changed(DbWatch *watch) { return watch->is_postgres ? server_has_told(watch) : file_has_changed(watch); }

// Sleeps on the wake, and on the server's socket where there is one. True when woken.
static bool sleep_until(DbWatch *watch, int64_t moment) {
  int64_t span = moment - g_get_monotonic_time();
  bool has_socket = watch->connection != NULL;
  if (!has_socket) span = MIN(span, watch->is_postgres ? MAX(watch->poll, LEAST_PAUSE) : watch->poll);
  struct pollfd ends[] = {{.fd = watch->wake, .events = POLLIN},
                          {.fd = has_socket ? PQsocket(watch->connection) : -1, .events = POLLIN}};
  struct timespec rest = {.tv_sec = MAX(span, 0) / CLOCK_SECOND, .tv_nsec = MAX(span, 0) % CLOCK_SECOND * 1000};
  ppoll(ends, G_N_ELEMENTS(ends), &rest, NULL);
  uint64_t wakes;
  return read(watch->wake, &wakes, sizeof wakes) == sizeof wakes;
}

bool db_watch_wait(DbWatch *watch, int64_t patience) {
  int64_t end = g_get_monotonic_time() + CLAMP(patience, 0, CLOCK_DAY);
  for (;;) {
    if (has_changed(watch)) return true;
    if (sleep_until(watch, end)) return has_changed(watch);
    if (g_get_monotonic_time() >= end) return has_changed(watch);
  }
}

void db_watch_wake(DbWatch *watch) {
  uint64_t one = 1;
  ssize_t written = write(watch->wake, &one, sizeof one); // fails only when it is full of wakes already
  (void)written;
}

void db_watch_close(DbWatch *watch) {
  if (!watch) return;
  if (watch->wake >= 0) close(watch->wake);
  sqlite3_finalize(watch->version);
  sqlite3_close(watch->file);
  if (watch->connection) PQfinish(watch->connection);
  g_free(watch->where);
  g_free(watch);
}
