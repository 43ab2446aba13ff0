// The PostgreSQL driver. A query is prepared on the server under a name of its own at its first use; parameters and results
// travel in binary, and a whole result is fetched at once.
//
// A lost connection is made anew, once, where nothing can be done twice by it: before a statement is sent (a closed socket
// is noticed by looking first), after the server said that it ended the connection, and for statements that only read. A
// transaction that lost its connection is over: ERROR_BUSY, so that the whole unit of work runs again. Where a change was
// sent and the answer never came, nobody knows whether it was made: ERROR_UNAVAILABLE, and the message says so.
#include "db/postgres.h"

#include <poll.h>

typedef struct Postgres {
  Db base;
  PGconn *connection;
  unsigned generation; // counts connections; statements of an older one must be prepared again
  unsigned names;      // given to statements so far
  int64_t patience;
  bool is_ended; // the server has said that it ends the connection
} Postgres;

typedef struct PostgresStatement {
  DbStatement base;
  Arena *arena; // of what follows
  char name[16];
  unsigned generation; // the connection that knows it; 0: none
  const WireType **parameters, **columns;
  const char **values; // as PQexecPrepared wants them
  int *lengths, *formats;
  unsigned char (*numbers)[8];
  PGresult *result;
  int row;
} PostgresStatement;

static Postgres *as_postgres(Db *db) { return (Postgres *)db; }
static PostgresStatement *as_statement(DbStatement *statement) { return (PostgresStatement *)statement; }

// ——— the connection

// What the server says between statements comes as a notice, its last words too.
static void hear_notice(void *postgres, const PGresult *notice) {
  const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  if (g_strcmp0(severity, "FATAL") == 0 || g_strcmp0(severity, "PANIC") == 0)
    ((Postgres *)postgres)->is_ended = true;
  else
    postgres_log_notice(notice);
}

static bool connect_anew(Postgres *self, GError **error) {
  PGconn *fresh = postgres_connect(self->base.where, self->patience, error);
  if (!fresh) return false;
  PQfinish(self->connection);
  self->connection = fresh;
  self->is_ended = false;
  self->generation++;
  PQsetNoticeReceiver(fresh, hear_notice, self);
  return true;
}

// Between statements the server says nothing unless it ends the connection, or has a warning for all.
static bool is_alive(Postgres *self) {
  struct pollfd socket = {.fd = PQsocket(self->connection), .events = POLLIN};
  for (int looks = 0; looks < 4; looks++) {
    if (self->is_ended || PQstatus(self->connection) != CONNECTION_OK || socket.fd < 0) return false;
    if (poll(&socket, 1, 0) <= 0) return true;
    if (!PQconsumeInput(self->connection)) return false;
    PQisBusy(self->connection); // reads what has come; hear_notice is told
  }
  return !self->is_ended;
}

// Makes sure of a connection before something is sent.
static bool connection_ready(Postgres *self, GError **error) {
  if (is_alive(self)) return true;
  if (self->base.tx.is_open) return postgres_lost(self->connection, ERROR_BUSY, error);
  return connect_anew(self, error);
}

static bool command(Postgres *self, const char *sql, const char *what, GError **error) {
  g_autoptr(PGresult) result = PQexec(self->connection, sql);
  ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return true;
  if (PQstatus(self->connection) != CONNECTION_OK && !postgres_was_shut(result))
    return postgres_lost(self->connection, ERROR_UNAVAILABLE, error);
  return postgres_fail(result, what, error);
}

static void close_connection(Db *db) {
  db_clear(db);
  PQfinish(as_postgres(db)->connection); // ends an open transaction too
  g_free(db);
}

Db *postgres_open(const char *address, GError **error) {
  Postgres *self = g_new0(Postgres, 1);
  self->patience = POSTGRES_PATIENCE;
  db_init(&self->base, &postgres_driver, address);
  if (connect_anew(self, error)) return &self->base;
  close_connection(&self->base);
  return NULL;
}

static bool set_patience(Db *db, int64_t span, GError **error) {
  Postgres *self = as_postgres(db);
  self->patience = span;
  g_autofree char *sql = postgres_patience_script(span);
  return connection_ready(self, error) && command(self, sql, "patience", error);
}

// ——— scripts and transactions

static bool run_script(Db *db, const char *sql, GError **error) {
  return connection_ready(as_postgres(db), error) && command(as_postgres(db), sql, "a script", error);
}

// BEGIN changes nothing, so it may be sent twice.
static bool begin(Db *db, GError **error) {
  Postgres *self = as_postgres(db);
  g_autoptr(GError) first = NULL;
  if (!connection_ready(self, error)) return false;
  if (command(self, "BEGIN", "begin", &first)) return true;
  if (PQstatus(self->connection) == CONNECTION_OK) {
    g_propagate_error(error, g_steal_pointer(&first));
    return false;
  }
  return connect_anew(self, error) && command(self, "BEGIN", "begin", error);
}

static void rollback(Db *db) {
  Postgres *self = as_postgres(db);
  if (PQtransactionStatus(self->connection) > PQTRANS_ACTIVE && PQstatus(self->connection) == CONNECTION_OK)
    command(self, "ROLLBACK", "rollback", NULL);
}

static bool commit(Db *db, bool announce, GError **error) {
  Postgres *self = as_postgres(db);
  if (!is_alive(self)) return postgres_lost(self->connection, ERROR_BUSY, error);
  g_autoptr(PGresult) result = PQexec(self->connection, announce ? "NOTIFY rapport; COMMIT" : "COMMIT");
  if (PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0) return true;
  if (PQstatus(self->connection) != CONNECTION_OK) {
    return error_set(error, ERROR_UNAVAILABLE,
                     "The connection to PostgreSQL was lost while saving; look whether it was saved before you try again.");
  }
  if (PQresultStatus(result) == PGRES_COMMAND_OK)
    return error_set(error, ERROR_BROKEN, "PostgreSQL rolled the transaction back instead of committing it.");
  postgres_fail(result, "commit", error);
  rollback(db);
  return false;
}

static bool announce(Db *db, GError **error) { return run_script(db, "NOTIFY rapport", error); }

// ——— preparing

static DbStatement *statement_new(Db *db, const DbQuery *query, GError **error) {
  Arena *arena = arena_new();
  PostgresStatement *self = arena_make(arena, PostgresStatement);
  size_t count = (size_t)query->parameters;
  self->arena = arena;
  self->parameters = arena_make_array(arena, const WireType *, count);
  self->columns = arena_make_array(arena, const WireType *, (size_t)query->columns);
  self->values = arena_make_array(arena, const char *, count);
  self->lengths = arena_make_array(arena, int, count);
  self->formats = arena_make_array(arena, int, count);
  self->numbers = arena_alloc_array(arena, count, sizeof *self->numbers);
  for (size_t i = 0; i < count; i++) self->formats[i] = 1;
  return &self->base;
}

static void statement_free(DbStatement *statement) {
  PQclear(as_statement(statement)->result);
  arena_free(as_statement(statement)->arena);
}

static bool read_parameter_types(PostgresStatement *self, const PGresult *description, GError **error) {
  const DbQuery *query = self->base.query;
  for (int i = 0; i < query->parameters; i++) {
    const WireType *type = i < PQnparams(description) ? wire_type(PQparamtype(description, i)) : wire_type(20);
    if (query->types[i] == DB_BOOL && type->kind != WIRE_INT)
      return error_set(error, ERROR_BROKEN, "%s: PostgreSQL takes parameter %d, a bool, for %s.", query->where, i + 1,
                       type->name);
    self->parameters[i] = type;
  }
  return true;
}

static bool read_column_types(PostgresStatement *self, const PGresult *description, GError **error) {
  const DbQuery *query = self->base.query;
  if (PQnfields(description) != query->columns) {
    return error_set(error, ERROR_BROKEN, "%s: PostgreSQL gives %d columns, SQLite %d.", query->where, PQnfields(description),
                     query->columns);
  }
  for (int i = 0; i < query->columns; i++) {
    const char *name = PQfname(description, i);
    self->columns[i] = wire_type(PQftype(description, i));
    if (self->columns[i]->kind == WIRE_REFUSED) {
      return error_set(error, ERROR_BROKEN, "%s: the column %s is of type %s on PostgreSQL; write CAST(… AS BIGINT) or the like.",
                       query->where, name, self->columns[i]->name);
    }
    if (query->column_names && g_ascii_strcasecmp(name, query->column_names[i]) != 0) {
      return error_set(error, ERROR_BROKEN, "%s: column %d is %s on PostgreSQL, %s on SQLite.", query->where, i + 1, name,
                       query->column_names[i]);
    }
  }
  return true;
}

// Under a new name each time: an earlier try may have left the old one on the server.
static bool prepare_once(Postgres *self, PostgresStatement *statement, GError **error) {
  const DbQuery *query = statement->base.query;
  g_autofree Oid *types = g_new0(Oid, (gsize)query->parameters + 1);
  for (int i = 0; i < query->parameters; i++) types[i] = wire_oid_of(query->types[i]);
  g_snprintf(statement->name, sizeof statement->name, "q%u", ++self->names);
  g_autoptr(PGresult) prepared = PQprepare(self->connection, statement->name, query->postgres, query->parameters, types);
  if (PQresultStatus(prepared) != PGRES_COMMAND_OK) return postgres_fail(prepared, query->where, error);
  g_autoptr(PGresult) description = PQdescribePrepared(self->connection, statement->name);
  if (PQresultStatus(description) != PGRES_COMMAND_OK) return postgres_fail(description, query->where, error);
  if (!read_parameter_types(statement, description, error) || !read_column_types(statement, description, error)) return false;
  statement->generation = self->generation;
  return true;
}

// Preparing may be done twice, so a connection that is lost on the way is made anew.
static bool prepare(Postgres *self, PostgresStatement *statement, GError **error) {
  g_autoptr(GError) first = NULL;
  if (prepare_once(self, statement, &first)) return true;
  if (PQstatus(self->connection) == CONNECTION_OK) {
    g_propagate_error(error, g_steal_pointer(&first));
    return false;
  }
  if (self->base.tx.is_open) return postgres_lost(self->connection, ERROR_BUSY, error);
  return connect_anew(self, error) && prepare_once(self, statement, error);
}

static bool statement_ready(DbStatement *statement, GError **error) {
  Postgres *self = as_postgres(statement->db);
  if (!connection_ready(self, error)) return false;
  if (as_statement(statement)->generation == self->generation) return true;
  return prepare(self, as_statement(statement), error);
}

// ——— binding

static void bind_number(DbStatement *statement, int at, int64_t whole, double real) {
  PostgresStatement *self = as_statement(statement);
  const WireType *type = self->parameters[at];
  if (type->kind == WIRE_REAL)
    wire_put_real(self->numbers[at], type->size, real);
  else
    wire_put_int(self->numbers[at], type->size ? type->size : 8, whole);
  self->lengths[at] = type->size ? type->size : 8;
  self->values[at] = (const char *)self->numbers[at];
}

static void bind_int(DbStatement *statement, int at, int64_t value) { bind_number(statement, at, value, (double)value); }
static void bind_real(DbStatement *statement, int at, double value) { bind_number(statement, at, 0, value); }
static void bind_bool(DbStatement *statement, int at, bool value) { bind_number(statement, at, value, value); }

static void bind_run(DbStatement *statement, int at, Bytes value) {
  as_statement(statement)->values[at] = value.data;
  as_statement(statement)->lengths[at] = (int)MIN(value.size, INT_MAX); // the server refuses far less
}

static void bind_text(DbStatement *statement, int at, const char *value) { bind_run(statement, at, bytes_of_text(value)); }
static void bind_bytes(DbStatement *statement, int at, Bytes value) { bind_run(statement, at, value); }
static void bind_null(DbStatement *statement, int at) { as_statement(statement)->values[at] = NULL; }

// ——— running

static PGresult *execute_once(Postgres *self, const PostgresStatement *statement) {
  return PQexecPrepared(self->connection, statement->name, statement->base.query->parameters, statement->values,
                        statement->lengths, statement->formats, 1);
}

static bool only_reads(const DbQuery *query) {
  return g_ascii_strncasecmp(query->postgres, "SELECT", 6) == 0 && !strstr(query->postgres, "FOR UPDATE");
}

// Another process has changed the schema under a prepared statement.
static bool has_gone_stale(const PGresult *result) {
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state && (strcmp(state, "0A000") == 0 || strcmp(state, "26000") == 0);
}

static bool execute_again(Postgres *self, PostgresStatement *statement, GError **error) {
  bool is_lost = PQstatus(self->connection) != CONNECTION_OK;
  if (is_lost && !connect_anew(self, error)) return false;
  PQclear(g_steal_pointer(&statement->result));
  if (!prepare_once(self, statement, error)) return false;
  statement->result = execute_once(self, statement);
  return true;
}

static bool execute(PostgresStatement *statement, GError **error) {
  Postgres *self = as_postgres(statement->base.db);
  const DbQuery *query = statement->base.query;
  statement->result = execute_once(self, statement);
  statement->row = -1;
  ExecStatusType status = PQresultStatus(statement->result);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return true;
  bool is_lost = PQstatus(self->connection) != CONNECTION_OK;
  if (is_lost && self->base.tx.is_open) return postgres_lost(self->connection, ERROR_BUSY, error);
  if (is_lost && !only_reads(query) && !postgres_was_shut(statement->result)) {
    return error_set(error, ERROR_UNAVAILABLE,
                     "The connection to PostgreSQL was lost while saving (%s); look whether it was saved before you try again.",
                     query->where);
  }
  bool is_stale = !is_lost && has_gone_stale(statement->result);
  if (is_stale) statement->generation = 0;
  if (is_stale && self->base.tx.is_open)
    return error_set(error, ERROR_BUSY, "The database's schema has just changed (%s); try again.", query->where);
  if (!is_lost && !is_stale) return postgres_fail(statement->result, query->where, error);
  if (!execute_again(self, statement, error)) return false;
  status = PQresultStatus(statement->result);
  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || postgres_fail(statement->result, query->where, error);
}

static DbStep step(DbStatement *statement, GError **error) {
  PostgresStatement *self = as_statement(statement);
  if (!self->result && !execute(self, error)) return DB_STEP_ERROR;
  return ++self->row < PQntuples(self->result) ? DB_STEP_ROW : DB_STEP_DONE;
}

static int64_t changed(DbStatement *statement) { return g_ascii_strtoll(PQcmdTuples(as_statement(statement)->result), NULL, 10); }

static void finish(DbStatement *statement) { PQclear(g_steal_pointer(&as_statement(statement)->result)); }

// ——— columns

static bool column_is_null(DbStatement *statement, int at) {
  const PostgresStatement *self = as_statement(statement);
  return PQgetisnull(self->result, self->row, at);
}

static const unsigned char *column_data(DbStatement *statement, int at) {
  const PostgresStatement *self = as_statement(statement);
  return (const unsigned char *)PQgetvalue(self->result, self->row, at);
}

// The statement's author wants a number where the column is none, or the other way round.
static void refuse_column(DbStatement *statement, int at, const char *wanted) {
  g_error("db: %s: column %d is of type %s on PostgreSQL, not %s", statement->query->where, at + 1,
          as_statement(statement)->columns[at]->name, wanted);
}

static double column_real(DbStatement *statement, int at) {
  const WireType *type = as_statement(statement)->columns[at];
  if (type->kind == WIRE_INT) return (double)wire_get_int(column_data(statement, at), type->size);
  if (type->kind != WIRE_REAL) refuse_column(statement, at, "a number");
  return wire_get_real(column_data(statement, at), type->size);
}

static int64_t column_int(DbStatement *statement, int at) {
  const WireType *type = as_statement(statement)->columns[at];
  if (type->kind != WIRE_INT) refuse_column(statement, at, "an integer");
  return wire_get_int(column_data(statement, at), type->size);
}

static Bytes column_run(DbStatement *statement, int at) {
  const PostgresStatement *self = as_statement(statement);
  return bytes_of(column_data(statement, at), (size_t)PQgetlength(self->result, self->row, at));
}

static Bytes column_text(DbStatement *statement, int at) {
  if (as_statement(statement)->columns[at]->kind != WIRE_TEXT) refuse_column(statement, at, "text");
  return column_run(statement, at);
}

static Bytes column_bytes(DbStatement *statement, int at) {
  if (as_statement(statement)->columns[at]->kind != WIRE_BYTES) refuse_column(statement, at, "bytea");
  return column_run(statement, at);
}

// ——— the whole database

static bool check(Db *db, GError **error) { return run_script(db, "SELECT 1", error); }

static bool copy_to(Db *db, const char *path, GError **error) {
  return error_set(error, ERROR_INVALID, "A PostgreSQL database is saved with pg_dump.");
}

const DbDriver postgres_driver = {
  .is_postgres = true,
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
