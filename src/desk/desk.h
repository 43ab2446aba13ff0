// The desk: what every verb of the product works with.
//
// A Desk belongs to one thread for as long as one unit of work lasts: its connection, the time, randomness, and what the
// desk knows about itself. Verbs take the arena for what they return, then the desk, then what they need; a verb that
// changes something does so in one transaction and leaves nothing half done. They may fail with ERROR_BUSY, upon which the
// edge runs the whole unit of work again.
#pragma once

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "db/db.h"

#define DESK_SECRET_SIZE 32

typedef struct Desk {
  Db *db;
  const Clock *clock;
  Random *random;
  Arena *arena;                           // in which it lives
  const char *name;                       // "Brekka Cycles"; shown, and part of the sender's name
  unsigned char secret[DESK_SECRET_SIZE]; // signs reply addresses; made once, kept in the database
  struct Taught *taught;                  // what learning_read has in memory; NULL: nothing yet
  struct Rules *rules;                    // in memory; NULL: not yet
  struct Happenings *happenings;          // of the transaction that is open: see happening/happening.h
  struct Tallies *tallies;                // likewise: see conversation/tally.h
} Desk;

extern const DbMigration desk_migrations[];
extern const size_t desk_migration_count;

// Opens the desk in `where` (see db_open), brings its schema up to date, makes its secret if there is none, and puts in the protocols
// and scripts of the program. What it
// needs lives in `arena`; the connection is closed with it.
Desk *desk_open(Arena *arena, const char *where, const Clock *clock, Random *random, GError **error);
// As desk_open without touching the schema: for further threads of a program that has opened the desk before.
Desk *desk_join(Arena *arena, const char *where, const Clock *clock, Random *random, GError **error);

// Reads the name again, which another thread or process may have changed.
bool desk_read_name(Desk *desk, GError **error);
bool desk_rename(Desk *desk, const char *name, GError **error); // `name` must outlive the desk
