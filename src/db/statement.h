// Statements: what the functions that tools/sqlgen writes are made of. Nothing else includes this header.
//
// A DbQuery is a static description; each connection prepares it once and keeps it. Binding goes by position from 0, in
// the order of the parameters in the declaration; texts and bytes must live until db_finish. Reading goes by column from
// 0; texts and bytes are copied into the arena.
//
// PostgreSQL is told the parameters' types (int8, float8, text, bytea), so statements need few casts; a bool's type is left
// to it, so a bool fits a {bool} column as well as a condition. Results may be of any integer type, boolean, float, text or
// bytea; sums and averages are numeric there and must be cast in the SQL (CAST(sum(size) AS BIGINT)).
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "db/db.h"

typedef enum DbType { DB_INT, DB_REAL, DB_TEXT, DB_BYTES, DB_BOOL } DbType;

typedef struct DbQuery {
  const char *name;
  const char *where;    // "desk/conversation/conversation.sql:12", for messages
  const char *sqlite;   // with ?1 ?2 …
  const char *postgres; // with $1 $2 …
  const DbType *types;  // of the parameters
  int parameters;
  int columns;
  const char *const *column_names; // of results that go into a struct; NULL for others
} DbQuery;

typedef struct DbStatement DbStatement;

DbStatement *db_prepare(Db *db, const DbQuery *query, GError **error); // ready for binding; owned by the connection
void db_bind_int(DbStatement *statement, int at, int64_t value);
void db_bind_real(DbStatement *statement, int at, double value);
void db_bind_bool(DbStatement *statement, int at, bool value);
void db_bind_text(DbStatement *statement, int at, const char *value); // NULL binds NULL
void db_bind_bytes(DbStatement *statement, int at, Bytes value);      // data NULL binds NULL
void db_bind_null(DbStatement *statement, int at);

typedef enum DbStep { DB_STEP_ERROR, DB_STEP_ROW, DB_STEP_DONE } DbStep;
DbStep db_step(DbStatement *statement, GError **error);
int64_t db_changed(DbStatement *statement); // rows that the finished statement changed
void db_finish(DbStatement *statement);     // ready for the next use; must follow every db_prepare
// Ends a statement after the step that gave `last` and finishes it. When `last` was a row, there must be no further one.
// False when the statement failed, now or at `last`. db_end_one: nor when it gave no row at all (ERROR_NOT_FOUND).
bool db_end(DbStatement *statement, DbStep last, GError **error);
bool db_end_one(DbStatement *statement, DbStep last, GError **error);

bool db_column_is_null(DbStatement *statement, int at);
int64_t db_column_int(DbStatement *statement, int at); // NULL reads as 0
double db_column_real(DbStatement *statement, int at);
bool db_column_bool(DbStatement *statement, int at);
const char *db_column_text(Arena *arena, DbStatement *statement, int at); // NULL reads as NULL
Bytes db_column_bytes(Arena *arena, DbStatement *statement, int at);      // NULL reads as {NULL, 0}

// Reads one column into a struct's field; the compiler picks the reader by the field's type and refuses any other.
// `unsigned` is what gcc and clang make of an enum without negative values.
void db_read_int(Arena *arena, DbStatement *statement, int at, int64_t *out);
void db_read_enum(Arena *arena, DbStatement *statement, int at, unsigned *out);
void db_read_real(Arena *arena, DbStatement *statement, int at, double *out);
void db_read_bool(Arena *arena, DbStatement *statement, int at, bool *out);
void db_read_text(Arena *arena, DbStatement *statement, int at, const char **out);
void db_read_bytes(Arena *arena, DbStatement *statement, int at, Bytes *out);
#define db_read(arena, statement, at, field)                                                                                     \
  _Generic((field), int64_t *: db_read_int, unsigned *: db_read_enum, double *: db_read_real, bool *: db_read_bool,              \
           const char **: db_read_text, Bytes *: db_read_bytes)((arena), (statement), (at), (field))
