// What a driver is to db.c: one table of calls. Private to this folder.
//
// A driver's connection and statement begin with the structs here, so db.c keeps what both databases share: the statement
// cache, the one transaction, and that nothing runs in a transaction in which something has failed (PostgreSQL refuses it by
// itself; SQLite would go on, and code that was only tried there would break on the other).
#pragma once

#include "db/statement.h"

typedef struct DbDriver {
  bool is_postgres;
  void (*close)(Db *db);
  bool (*set_patience)(Db *db, int64_t span, GError **error);
  bool (*begin)(Db *db, GError **error);
  bool (*commit)(Db *db, bool announce, GError **error); // has rolled back when it fails
  void (*rollback)(Db *db);
  bool (*run_script)(Db *db, const char *sql, GError **error);
  bool (*announce)(Db *db, GError **error); // at once, outside a transaction
  bool (*check)(Db *db, GError **error);
  bool (*copy_to)(Db *db, const char *path, GError **error);

  DbStatement *(*statement_new)(Db *db, const DbQuery *query, GError **error); // NULL: refused
  bool (*statement_ready)(DbStatement *statement, GError **error);             // before each use, whenever it was made
  void (*statement_free)(DbStatement *statement);

  void (*bind_int)(DbStatement *statement, int at, int64_t value);
  void (*bind_real)(DbStatement *statement, int at, double value);
  void (*bind_bool)(DbStatement *statement, int at, bool value);
  void (*bind_text)(DbStatement *statement, int at, const char *value);
  void (*bind_bytes)(DbStatement *statement, int at, Bytes value);
  void (*bind_null)(DbStatement *statement, int at);
  DbStep (*step)(DbStatement *statement, GError **error);
  int64_t (*changed)(DbStatement *statement);
  void (*finish)(DbStatement *statement);

  bool (*column_is_null)(DbStatement *statement, int at);
  int64_t (*column_int)(DbStatement *statement, int at);
  double (*column_real)(DbStatement *statement, int at);
  Bytes (*column_text)(DbStatement *statement, int at);  // valid until the next step; not NULL
  Bytes (*column_bytes)(DbStatement *statement, int at); // likewise
} DbDriver;

struct DbSavepoint {
  Db *db;
  bool is_open;
};

struct DbTx {
  Db *db;
  bool is_open;
  bool has_failed;
  bool announces; // tells the watches when it commits
  DbSavepoint savepoint;
};

struct Db {
  const DbDriver *driver;
  char *where;
  GHashTable *statements; // DbQuery → DbStatement
  DbTx tx;
  DbCompanion companion;
};

struct DbStatement {
  Db *db;
  const DbQuery *query;
  bool is_in_use;
};

// Set up and taken down by the drivers.
void db_init(Db *db, const DbDriver *driver, const char *where);
void db_clear(Db *db); // frees the statements; the connection must still be there

Db *sqlite_open(const char *path, GError **error);
Db *postgres_open(const char *address, GError **error);
