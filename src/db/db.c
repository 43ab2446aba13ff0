// The calls of db.h and statement.h, handed to the driver of the connection. What both drivers share is done here: finding a
// query's statement (by the query's address, made at first use), the one transaction with its rule that nothing follows a
// failure, and copying columns into arenas.
#include "db/driver.h"

#include <limits.h>

// ——— connections

Db *db_open(const char *where, GError **error) {
  bool is_address = g_str_has_prefix(where, "postgres://") || g_str_has_prefix(where, "postgresql://");
  return is_address ? postgres_open(where, error) : sqlite_open(where, error);
}

void db_init(Db *db, const DbDriver *driver, const char *where) {
  db->driver = driver;
  db->where = g_strdup(where);
  db->statements = g_hash_table_new(g_direct_hash, g_direct_equal);
  db->tx.db = db;
}

static gboolean free_statement(void *query, void *statement, void *driver) {
  ((const DbDriver *)driver)->statement_free(statement);
  return true;
}

void db_clear(Db *db) {
  g_hash_table_foreach_remove(db->statements, free_statement, (void *)(uintptr_t)db->driver);
  g_hash_table_unref(db->statements);
  g_free(db->where);
}

void db_close(Db *db) {
  if (db) db->driver->close(db);
}

bool db_is_postgres(const Db *db) { return db->driver->is_postgres; }
bool db_set_patience(Db *db, int64_t span, GError **error) { return db->driver->set_patience(db, MAX(span, 0), error); }
bool db_check(Db *db, GError **error) { return db->driver->check(db, error); }
bool db_copy_to(Db *db, const char *path, GError **error) { return db->driver->copy_to(db, path, error); }

// ——— transactions

DbTx *db_begin(Db *db, GError **error) {
  if (db->tx.is_open) g_error("db: a transaction inside a transaction");
  if (!db->driver->begin(db, error)) return NULL;
  db->tx = (DbTx){.db = db, .is_open = true};
  if (db->companion.begins) db->companion.begins(db->companion.own);
  return &db->tx;
}

bool db_is_in_transaction(const Db *db) { return db->tx.is_open; }

void db_accompany(Db *db, const DbCompanion *companion) { db->companion = *companion; }

void db_rollback(DbTx *tx) {
  if (!tx || !tx->is_open) return;
  tx->is_open = false;
  tx->db->driver->rollback(tx->db);
}

static bool refuse_after_failure(GError **error) {
  return error_set(error, ERROR_BROKEN, "The transaction went on after one of its statements had failed.");
}

bool db_commit(DbTx **tx, GError **error) {
  DbTx *ending = g_steal_pointer(tx);
  g_assert(ending && ending->is_open);
  const DbCompanion *companion = &ending->db->companion;
  if (!ending->has_failed && companion->settles && !companion->settles(companion->own, error)) {
    db_rollback(ending);
    return false;
  }
  if (ending->has_failed) {
    db_rollback(ending);
    return refuse_after_failure(error);
  }
  ending->is_open = false;
  return ending->db->driver->commit(ending->db, ending->announces, error);
}

// Remembers that a statement of the open transaction has failed. Gives `worked` back.
static bool note_failure(Db *db, bool worked) {
  if (!worked) db->tx.has_failed = true;
  return worked;
}

bool db_run_script(Db *db, const char *sql, GError **error) {
  if (db->tx.is_open && db->tx.has_failed) return refuse_after_failure(error);
  return note_failure(db, db->driver->run_script(db, sql, error));
}

bool db_announce(Db *db, GError **error) {
  if (!db->tx.is_open) return db->driver->announce(db, error);
  db->tx.announces = true;
  return true;
}

// ——— savepoints, which both databases write alike

DbSavepoint *db_savepoint(Db *db, GError **error) {
  if (!db->tx.is_open || db->tx.savepoint.is_open) g_error("db: a savepoint outside a transaction, or inside another one");
  if (!db_run_script(db, "SAVEPOINT here", error)) return NULL;
  db->tx.savepoint = (DbSavepoint){.db = db, .is_open = true};
  return &db->tx.savepoint;
}

static Db *leave(DbSavepoint **savepoint) {
  DbSavepoint *leaving = g_steal_pointer(savepoint);
  g_assert(leaving && leaving->is_open);
  leaving->is_open = false;
  return leaving->db;
}

bool db_release(DbSavepoint **savepoint, GError **error) {
  return db_run_script(leave(savepoint), "RELEASE SAVEPOINT here", error);
}

bool db_return_to(DbSavepoint **savepoint, GError **error) {
  Db *db = leave(savepoint);
  if (!note_failure(db, db->driver->run_script(db, "ROLLBACK TO SAVEPOINT here", error))) return false; // all of it is over
  db->tx.has_failed = false;
  return db_run_script(db, "RELEASE SAVEPOINT here", error);
}

void db_leave_savepoint(DbSavepoint *savepoint) {
  if (savepoint) savepoint->is_open = false;
}

// ——— statements

static DbStatement *find_statement(Db *db, const DbQuery *query, GError **error) {
  DbStatement *statement = g_hash_table_lookup(db->statements, query);
  if (statement) return statement;
  statement = db->driver->statement_new(db, query, error);
  if (!statement) return NULL;
  statement->db = db;
  statement->query = query;
  g_hash_table_insert(db->statements, (void *)(uintptr_t)query, statement);
  return statement;
}

DbStatement *db_prepare(Db *db, const DbQuery *query, GError **error) {
  if (db->tx.is_open && db->tx.has_failed) {
    refuse_after_failure(error);
    return NULL;
  }
  DbStatement *statement = find_statement(db, query, error);
  if (!note_failure(db, statement && db->driver->statement_ready(statement, error))) return NULL;
  if (statement->is_in_use) g_error("db: %s is used while it is in use", query->name);
  statement->is_in_use = true;
  return statement;
}

void db_bind_int(DbStatement *statement, int at, int64_t value) { statement->db->driver->bind_int(statement, at, value); }
void db_bind_real(DbStatement *statement, int at, double value) { statement->db->driver->bind_real(statement, at, value); }
void db_bind_bool(DbStatement *statement, int at, bool value) { statement->db->driver->bind_bool(statement, at, value); }
void db_bind_null(DbStatement *statement, int at) { statement->db->driver->bind_null(statement, at); }

void db_bind_text(DbStatement *statement, int at, const char *value) {
  if (value)
    statement->db->driver->bind_text(statement, at, value);
  else
    db_bind_null(statement, at);
}

void db_bind_bytes(DbStatement *statement, int at, Bytes value) {
  if (value.data)
    statement->db->driver->bind_bytes(statement, at, value);
  else
    db_bind_null(statement, at);
}

DbStep db_step(DbStatement *statement, GError **error) {
  DbStep step = statement->db->driver->step(statement, error);
  note_failure(statement->db, step != DB_STEP_ERROR);
  return step;
}

int64_t db_changed(DbStatement *statement) { return statement->db->driver->changed(statement); }

void db_finish(DbStatement *statement) {
  statement->db->driver->finish(statement);
  statement->is_in_use = false;
}

bool db_end(DbStatement *statement, DbStep last, GError **error) {
  if (last == DB_STEP_ROW) last = db_step(statement, error);
  if (last == DB_STEP_ROW) {
    error_set(error, ERROR_BROKEN, "The statement %s (%s) gave more than one row.", statement->query->name,
              statement->query->where);
    note_failure(statement->db, false);
  }
  db_finish(statement);
  return last == DB_STEP_DONE;
}

bool db_end_one(DbStatement *statement, DbStep last, GError **error) {
  if (!db_end(statement, last, error)) return false;
  return last == DB_STEP_ROW || error_set(error, ERROR_NOT_FOUND, "There is no such thing (%s).", statement->query->name);
}

// ——— columns

bool db_column_is_null(DbStatement *statement, int at) { return statement->db->driver->column_is_null(statement, at); }

int64_t db_column_int(DbStatement *statement, int at) {
  return db_column_is_null(statement, at) ? 0 : statement->db->driver->column_int(statement, at);
}

double db_column_real(DbStatement *statement, int at) {
  return db_column_is_null(statement, at) ? 0 : statement->db->driver->column_real(statement, at);
}

bool db_column_bool(DbStatement *statement, int at) { return db_column_int(statement, at) != 0; }

const char *db_column_text(Arena *arena, DbStatement *statement, int at) {
  if (db_column_is_null(statement, at)) return NULL;
  Bytes text = statement->db->driver->column_text(statement, at);
  return arena_strndup(arena, text.data, text.size);
}

Bytes db_column_bytes(Arena *arena, DbStatement *statement, int at) {
  if (db_column_is_null(statement, at)) return (Bytes){0};
  Bytes bytes = statement->db->driver->column_bytes(statement, at);
  return bytes_of(arena_copy(arena, bytes.data, bytes.size), bytes.size);
}

void db_read_int(Arena *arena, DbStatement *statement, int at, int64_t *out) { *out = db_column_int(statement, at); }
void db_read_real(Arena *arena, DbStatement *statement, int at, double *out) { *out = db_column_real(statement, at); }
void db_read_bool(Arena *arena, DbStatement *statement, int at, bool *out) { *out = db_column_bool(statement, at); }
void db_read_text(Arena *arena, DbStatement *statement, int at, const char **out) { *out = db_column_text(arena, statement, at); }
void db_read_bytes(Arena *arena, DbStatement *statement, int at, Bytes *out) { *out = db_column_bytes(arena, statement, at); }

// A number that no enum can have reads as 0, which every enum has.
void db_read_enum(Arena *arena, DbStatement *statement, int at, unsigned *out) {
  int64_t value = db_column_int(statement, at);
  *out = value >= 0 && value <= INT_MAX ? (unsigned)value : 0;
}
