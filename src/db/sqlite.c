// The SQLite driver: one file, write-ahead log, every commit on the disk before it is called done. Prepared statements stay
// with the connection. SQLite's own words are put into a sentence that says what to do (sqlite_error.c); lack of memory
// aborts.
//
// Memory: a page cache of 4 MB a connection, since what a search at a million conversations reads does not fit into 2, and no
// memory map. Mapped pages would count as the program's for each connection, and an unreadable disk block would end the process
// instead of giving an error.
#include "db/sqlite.h"

#include <fcntl.h>
#include <unistd.h>

#define PATIENCE_MILLISECONDS 5000
#define LOG_SIZE_KEPT "33554432" // of the write-ahead log after a checkpoint, bytes

typedef struct Sqlite {
  Db base;
  sqlite3 *handle;
} Sqlite;

typedef struct SqliteStatement {
  DbStatement base;
  sqlite3_stmt *handle;
  int bind_result; // the first that was not SQLITE_OK
  int64_t changed;
} SqliteStatement;

static sqlite3 *handle_of(Db *db) { return ((Sqlite *)db)->handle; }
static SqliteStatement *as_sqlite(DbStatement *statement) { return (SqliteStatement *)statement; }

// ——— opening

static bool set_up(sqlite3 *handle, GError **error) {
  static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
                                 "PRAGMA cache_size = -4000; PRAGMA mmap_size = 0; PRAGMA journal_size_limit = " LOG_SIZE_KEPT;
  sqlite3_busy_timeout(handle, PATIENCE_MILLISECONDS);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  // Two that open a new file at once: turning the log on is refused at once instead of waiting, so we wait here.
  for (int tries = PATIENCE_MILLISECONDS / 10;; tries--) {
    int result = sqlite3_exec(handle, settings, NULL, NULL, NULL);
    if (result == SQLITE_OK) return true;
    if ((result & 0xff) != SQLITE_BUSY || tries == 0) return sqlite_fail(handle, result, "open", error);
    g_usleep(10000);
  }
}

// SQLite's own memory statistics cost a lock at each allocation, and nobody reads them.
static void *set_up_library(void *unused) {
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  return NULL;
}

// A new file is for its owner's eyes alone. It is made under a lock and only when it is not there, because closing a file that
// SQLite has open would drop SQLite's locks on it.
static void make_private(const char *path) {
  static GMutex making;
  g_mutex_lock(&making);
  int file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) close(file);
  g_mutex_unlock(&making);
}

bool sqlite_connect(const char *path, int flags, sqlite3 **out, GError **error) {
  static GOnce once = G_ONCE_INIT;
  g_once(&once, set_up_library, NULL);
  if (flags & SQLITE_OPEN_CREATE) make_private(path);
  int result = sqlite3_open_v2(path, out, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (result == SQLITE_OK) return true;
  if (!*out) g_error("out of memory");
  sqlite_fail(*out, result, "open", error);
  sqlite3_close(g_steal_pointer(out));
  g_prefix_error(error, "%s: ", path);
  return false;
}

Db *sqlite_open(const char *path, GError **error) {
  sqlite3 *handle = NULL;
  if (!sqlite_connect(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &handle, error)) return NULL;
  if (!set_up(handle, error)) {
    sqlite3_close(handle);
    g_prefix_error(error, "%s: ", path);
    return NULL;
  }
  Sqlite *db = g_new0(Sqlite, 1);
  db_init(&db->base, &sqlite_driver, path);
  db->handle = handle;
  return &db->base;
}

static void close_connection(Db *db) {
  db_rollback(&db->tx);
  db_clear(db);
  sqlite3_close(handle_of(db));
  g_free(db);
}

static bool set_patience(Db *db, int64_t span, GError **error) {
  sqlite3_busy_timeout(handle_of(db), (int)MIN(span / CLOCK_MILLISECOND, G_MAXINT));
  return true;
}

// ——— scripts and transactions

static bool run_script(Db *db, const char *sql, GError **error) {
  int result = sqlite3_exec(handle_of(db), sql, NULL, NULL, NULL);
  return result == SQLITE_OK || sqlite_fail(handle_of(db), result, "a script", error);
}

static bool run_query(Db *db, const DbQuery *query, GError **error) {
  DbStatement *statement = db_prepare(db, query, error);
  return statement && db_end(statement, db_step(statement, error), error);
}

static bool begin(Db *db, GError **error) {
  static const DbQuery query = {.name = "begin", .where = "db", .sqlite = "BEGIN IMMEDIATE"};
  return run_query(db, &query, error);
}

static void rollback(Db *db) {
  static const DbQuery query = {.name = "rollback", .where = "db", .sqlite = "ROLLBACK"};
  if (!sqlite3_get_autocommit(handle_of(db))) run_query(db, &query, NULL); // a full disk has rolled back already
}

static bool commit(Db *db, bool announce, GError **error) {
  static const DbQuery query = {.name = "commit", .where = "db", .sqlite = "COMMIT"};
  if (run_query(db, &query, error)) return true;
  rollback(db);
  return false;
}

static bool announce(Db *db, GError **error) { return true; } // watches look at the file

// ——— statements

static DbStatement *statement_new(Db *db, const DbQuery *query, GError **error) {
  sqlite3_stmt *handle = NULL;
  int result = sqlite3_prepare_v3(handle_of(db), query->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (result != SQLITE_OK) {
    sqlite_fail(handle_of(db), result, query->where, error);
    return NULL;
  }
  SqliteStatement *statement = g_new0(SqliteStatement, 1);
  statement->handle = handle;
  return &statement->base;
}

static bool statement_ready(DbStatement *statement, GError **error) { return true; } // SQLite prepares again by itself

static void statement_free(DbStatement *statement) {
  sqlite3_finalize(as_sqlite(statement)->handle);
  g_free(statement);
}

// A parameter that only PostgreSQL's body uses is out of SQLite's range, and not missed.
static void note_bind(DbStatement *statement, int result) {
  if (result == SQLITE_OK || result == SQLITE_RANGE) return;
  if (as_sqlite(statement)->bind_result == SQLITE_OK) as_sqlite(statement)->bind_result = result;
}

static void bind_int(DbStatement *statement, int at, int64_t value) {
  note_bind(statement, sqlite3_bind_int64(as_sqlite(statement)->handle, at + 1, value));
}

static void bind_real(DbStatement *statement, int at, double value) {
  note_bind(statement, sqlite3_bind_double(as_sqlite(statement)->handle, at + 1, value));
}

static void bind_bool(DbStatement *statement, int at, bool value) { bind_int(statement, at, value); }

static void bind_text(DbStatement *statement, int at, const char *value) {
  sqlite3_stmt *handle = as_sqlite(statement)->handle;
  note_bind(statement, sqlite3_bind_text64(handle, at + 1, value, strlen(value), SQLITE_STATIC, SQLITE_UTF8));
}

static void bind_bytes(DbStatement *statement, int at, Bytes value) {
  note_bind(statement, sqlite3_bind_blob64(as_sqlite(statement)->handle, at + 1, value.data, value.size, SQLITE_STATIC));
}

static void bind_null(DbStatement *statement, int at) {
  note_bind(statement, sqlite3_bind_null(as_sqlite(statement)->handle, at + 1));
}

static DbStep step(DbStatement *statement, GError **error) {
  SqliteStatement *self = as_sqlite(statement);
  int result = self->bind_result == SQLITE_OK ? sqlite3_step(self->handle) : self->bind_result;
  if (result == SQLITE_ROW) return DB_STEP_ROW;
  if (result == SQLITE_DONE) {
    self->changed = sqlite3_changes64(handle_of(statement->db));
    return DB_STEP_DONE;
  }
  sqlite_fail(handle_of(statement->db), result, statement->query->where, error);
  return DB_STEP_ERROR;
}

static int64_t changed(DbStatement *statement) { return as_sqlite(statement)->changed; }

static void finish(DbStatement *statement) {
  SqliteStatement *self = as_sqlite(statement);
  sqlite3_reset(self->handle);
  sqlite3_clear_bindings(self->handle);
  self->bind_result = SQLITE_OK;
}

// ——— columns

static bool column_is_null(DbStatement *statement, int at) {
  return sqlite3_column_type(as_sqlite(statement)->handle, at) == SQLITE_NULL;
}

static int64_t column_int(DbStatement *statement, int at) { return sqlite3_column_int64(as_sqlite(statement)->handle, at); }
static double column_real(DbStatement *statement, int at) { return sqlite3_column_double(as_sqlite(statement)->handle, at); }

static Bytes column_text(DbStatement *statement, int at) {
  const void *text = sqlite3_column_text(as_sqlite(statement)->handle, at);
  if (!text) g_error("out of memory");
  return bytes_of(text, (size_t)sqlite3_column_bytes(as_sqlite(statement)->handle, at));
}

static Bytes column_bytes(DbStatement *statement, int at) {
  const void *data = sqlite3_column_blob(as_sqlite(statement)->handle, at); // NULL for an empty one
  return bytes_of(data, (size_t)sqlite3_column_bytes(as_sqlite(statement)->handle, at));
}

// ——— the whole file

static bool check(Db *db, GError **error) {
  static const DbQuery pages = {.name = "integrity", .where = "db", .sqlite = "PRAGMA integrity_check(1)", .columns = 1};
  static const DbQuery keys = {.name = "foreign_keys", .where = "db", .sqlite = "PRAGMA foreign_key_check", .columns = 4};
  g_autoptr(Arena) arena = arena_new();
  DbStatement *statement = db_prepare(db, &pages, error);
  if (!statement) return false;
  const char *answer = db_step(statement, error) == DB_STEP_ROW ? db_column_text(arena, statement, 0) : NULL;
  db_finish(statement);
  if (!answer) return false;
  if (strcmp(answer, "ok") != 0)
    return error_set(error, ERROR_BROKEN, "%s is damaged: %s. Restore it from a backup.", db->where, answer);
  statement = db_prepare(db, &keys, error);
  if (!statement) return false;
  DbStep found = db_step(statement, error);
  const char *table = found == DB_STEP_ROW ? db_column_text(arena, statement, 0) : NULL;
  db_finish(statement);
  if (table)
    return error_set(error, ERROR_BROKEN, "%s: a row of the table %s points to one that is not there.", db->where, table);
  return found == DB_STEP_DONE;
}

static bool copy_to(Db *db, const char *path, GError **error) { return sqlite_copy(db->where, path, error); }

const DbDriver sqlite_driver = {
  .close = close_connection,
  .set_patience = set_patience,
  .begin = begin,
  .commit = commit,
  .rollback = rollback,
  .run_script = run_script,
  .announce = announce,
  .check = check,
  .copy_to = copy_to,
  .statement_new = statement_new,
  .statement_ready = statement_ready,
  .statement_free = statement_free,
  .bind_int = bind_int,
  .bind_real = bind_real,
  .bind_bool = bind_bool,
  .bind_text = bind_text,
  .bind_bytes = bind_bytes,
  .bind_null = bind_null,
  .step = step,
  .changed = changed,
  .finish = finish,
  .column_is_null = column_is_null,
  .column_int = column_int,
  .column_real = column_real,
  .column_text = column_text,
  .column_bytes = column_bytes,
};
