// Databases for tests: fresh, empty, private, gone afterwards.
//
// RAPPORT_TEST_DATABASE says which kind: "sqlite" (the default) or "postgres", on the server that RAPPORT_TEST_POSTGRES names
// (the address of a superuser). A program that links this library and is asked for postgres without that
// address skips all its tests before main is reached, or fails when RAPPORT_TEST_REQUIRE is 1.
#pragma once

#include "db/db.h"

// The connection is closed, and the database removed, with the arena. `*out_where` (NULL is fine) opens it a second time.
// Ends the program when no database can be had.
Db *db_testing_open(Arena *arena, const char **out_where);
// Only a place for one: no file yet, or an empty database.
const char *db_testing_place(Arena *arena);
// A copy of the database at `model`, which nobody may have open meanwhile: far quicker than making another like it.
const char *db_testing_copy(Arena *arena, const char *model);
bool db_testing_is_postgres(void);
struct DbQuery;
// Prepares a query: false with what the database has against it. For the registry that sqlgen writes.
bool db_testing_accepts(Db *db, const struct DbQuery *query, GError **error);
