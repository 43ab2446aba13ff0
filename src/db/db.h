// The database: one interface, two drivers (SQLite and PostgreSQL).
//
// A Db is one connection and belongs to one thread. Statements are not written in C: they stand in `.sql` files beside
// their noun, and tools/sqlgen turns each into a C function that uses the calls in db/statement.h. What is here is what
// the product calls by hand: opening, transactions, and the watch over other processes' changes.
//
//   g_autoptr(DbTx) tx = db_begin(db, error);      // rolls back when it goes out of scope
//   if (!tx || !message_add(db, …, error)) return false;
//   return db_commit(&tx, error);                  // tx is NULL afterwards, whatever happened
//
// Errors: ERROR_BUSY when another writer held the lock too long or the database asked to try again (SQLITE_BUSY, 40001,
// 40P01): the caller runs the whole unit of work once more. ERROR_CONFLICT when a unique or foreign key forbids the
// change. ERROR_UNAVAILABLE when the disk is full, the file cannot be opened or the server is away. ERROR_BROKEN when the
// database is damaged. Nothing is changed in any of these.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Db Db;
typedef struct DbTx DbTx;
typedef struct DbSavepoint DbSavepoint;

// `where` is the path of a SQLite file, which is made when missing, or an address postgres://… or postgresql://….
Db *db_open(const char *where, GError **error);
void db_close(Db *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Db, db_close)

bool db_is_postgres(const Db *db);

// How long a statement waits for what another connection has locked before it gives ERROR_BUSY: 5 seconds unless said
// otherwise.
#define DB_PATIENCE (5 * CLOCK_SECOND)
bool db_set_patience(Db *db, int64_t span, GError **error);

// Starts a transaction for writing (SQLite: BEGIN IMMEDIATE). One at a time on a connection; a second one is a bug.
DbTx *db_begin(Db *db, GError **error);
bool db_commit(DbTx **tx, GError **error);
void db_rollback(DbTx *tx); // what scope does; NULL is fine
bool db_is_in_transaction(const Db *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbTx, db_rollback)

// A savepoint: from here on the transaction can be taken back as far as this, and goes on. What fails after it fails alone, unless the
// whole transaction is over (ERROR_BUSY, ERROR_UNAVAILABLE). One at a time on a connection, inside a transaction; else it is a bug.
//
//   g_autoptr(DbSavepoint) savepoint = db_savepoint(db, error);
//   if (!savepoint) return false;
//   if (try_it(db, &refusal)) return db_release(&savepoint, error); // what was done since is part of the transaction
//   return db_return_to(&savepoint, error);                         // it is undone; false when there is nothing to return to
DbSavepoint *db_savepoint(Db *db, GError **error);
bool db_release(DbSavepoint **savepoint, GError **error);
bool db_return_to(DbSavepoint **savepoint, GError **error);
void db_leave_savepoint(DbSavepoint *savepoint); // what scope does: what failed since stays failed; NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbSavepoint, db_leave_savepoint)

// What goes along with every transaction of a connection: `begins` when it has begun, `settles` inside it just before it commits, where
// it may change more. When `settles` fails, so does the commit, and nothing is changed.
typedef struct DbCompanion {
  void (*begins)(void *own);
  bool (*settles)(void *own, GError **error);
  void *own;
} DbCompanion;
void db_accompany(Db *db, const DbCompanion *companion); // copied; one a connection

// One step of the schema, written by sqlgen from `0001-name.sql` with the type words spelled for each database.
typedef struct DbMigration {
  int64_t number;
  const char *name;
  const char *sqlite, *postgres;
  const char *checksum; // SHA-256 of the file, hexadecimal
} DbMigration;

// Brings the schema to the newest migration, each in a transaction with its number and checksum kept in the table `migration`.
// Before the first change to a SQLite file that already holds data, a copy is made beside it (`<file>.before-<number>`).
// Two processes may start at once: one migrates, the other waits. ERROR_BROKEN when a migration that was applied has changed
// since, or the database comes from a newer program.
bool db_migrate(Db *db, const DbMigration *migrations, size_t count, const Clock *clock, GError **error);

// Runs a script of several statements without parameters: migrations and tests only.
bool db_run_script(Db *db, const char *sql, GError **error);

// A watch sees changes that other connections, of this or of other processes, have committed. SQLite: data_version of a
// connection of its own, looked at every `poll` microseconds; PostgreSQL: LISTEN on the channel that db_announce notifies.
typedef struct DbWatch DbWatch;
DbWatch *db_watch_open(const char *where, int64_t poll, GError **error);
// Waits until something was committed or `patience` microseconds passed. Returns true when something (perhaps) changed.
// Reconnects by itself when the server was away, and then says true. db_watch_wake ends a wait from another thread.
bool db_watch_wait(DbWatch *watch, int64_t patience);
void db_watch_wake(DbWatch *watch);
void db_watch_close(DbWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbWatch, db_watch_close)
// Inside a transaction: tells the watches of all nodes when it commits. On SQLite there is nothing to do.
bool db_announce(Db *db, GError **error);

// A bulletin between the processes that share a PostgreSQL: what one says on a channel, those hear that listen at that moment, and
// nothing of it is stored. On SQLite nobody else is there: nothing is heard. One thread uses it; any may wake it.
typedef struct DbBulletin DbBulletin;
DbBulletin *db_bulletin_open(const char *where, const char *channel, GError **error);
bool db_bulletin_is_shared(const DbBulletin *bulletin);
#define DB_BULLETIN_MOST 7900                                 // bytes of one text
void db_bulletin_say(DbBulletin *bulletin, const char *text); // is lost while the server is away
// What somebody else said (g_free); NULL when woken, or after `patience` microseconds.
char *db_bulletin_wait(DbBulletin *bulletin, int64_t patience);
void db_bulletin_wake(DbBulletin *bulletin);
void db_bulletin_close(DbBulletin *bulletin); // NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbBulletin, db_bulletin_close)

// Checks the database file or the connection itself: SQLite's integrity check, PostgreSQL's answer to a query.
bool db_check(Db *db, GError **error);
// A consistent copy of a SQLite database while it is in use. ERROR_INVALID on PostgreSQL (pg_dump does that).
bool db_copy_to(Db *db, const char *path, GError **error);
