// Databases for tests. SQLite: a file in a temporary folder. PostgreSQL: a database with a random name on the server for tests.
// What is made is bound to the arena at once, so it goes even when the test fails half way.
#include "db/testing.h"

#include "base/random.h"
#include "db/postgres.h"
#include "db/sqlite.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

bool db_testing_is_postgres(void) { return g_strcmp0(g_getenv("RAPPORT_TEST_DATABASE"), "postgres") == 0; }

// Here and not in every test's main, so that no test program can forget it.
__attribute__((constructor)) static void skip_without_server(void) {
  const char *server = g_getenv("RAPPORT_TEST_POSTGRES");
  if (!db_testing_is_postgres() || (server && *server)) return;
  if (g_strcmp0(g_getenv("RAPPORT_TEST_REQUIRE"), "1") == 0) {
    puts("Bail out! RAPPORT_TEST_POSTGRES is not set");
    exit(1);
  }
  puts("1..0 # SKIP RAPPORT_TEST_POSTGRES is not set");
  exit(0);
}

// ——— SQLite

// Nothing here outlives the program, so nothing waits for the disk: SQLite's own file system, but syncing is done at once.
static int sync_nothing(sqlite3_file *file, int flags) { return SQLITE_OK; }

static sqlite3_vfs hasty;
static int (*open_plainly)(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags);

// The same as `plain` without syncing; there are two kinds, for files with locks and without.
static const sqlite3_io_methods *without_sync(const sqlite3_io_methods *plain) {
  static struct {
    const sqlite3_io_methods *plain;
    sqlite3_io_methods hasty;
  } known[4];
  static GMutex making;
  size_t i = 0;
  g_mutex_lock(&making);
  while (i < G_N_ELEMENTS(known) && known[i].plain && known[i].plain != plain) i++;
  if (i < G_N_ELEMENTS(known) && !known[i].plain) {
    known[i].plain = plain;
    known[i].hasty = *plain;
    known[i].hasty.xSync = sync_nothing;
  }
  g_mutex_unlock(&making);
  return i < G_N_ELEMENTS(known) ? &known[i].hasty : plain;
}

static int open_hastily(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags) {
  int result = open_plainly(vfs, name, file, flags, out_flags);
  if (file->pMethods) file->pMethods = without_sync(file->pMethods);
  return result;
}

__attribute__((constructor)) static void be_hasty(void) {
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); // as sqlite_connect does, which comes too late after this
  const sqlite3_vfs *plain = sqlite3_vfs_find(NULL);
  hasty = *plain;
  hasty.zName = "hasty";
  open_plainly = plain->xOpen;
  hasty.xOpen = open_hastily;
  sqlite3_vfs_register(&hasty, true);
}

static void remove_folder(void *folder) {
  g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
  for (const char *name; entries && (name = g_dir_read_name(entries));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_unlink(path);
  }
  g_rmdir(folder);
}

static const char *make_file(Arena *arena) {
  g_autoptr(GError) error = NULL;
  char *folder = arena_take(arena, g_dir_make_tmp("rapport-test-XXXXXX", &error));
  if (!folder) g_error("%s", error->message);
  arena_defer(arena, remove_folder, folder);
  return arena_printf(arena, "%s/desk.db", folder);
}

static const char *copy_file(Arena *arena, const char *model) {
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;
  size_t size;
  const char *path = make_file(arena);
  if (!g_file_get_contents(model, &content, &size, &error) ||
      !g_file_set_contents_full(path, content, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, &error))
    g_error("%s", error->message);
  return path;
}

// ——— PostgreSQL

// Making a database costs more than a small test, so one that was given back is emptied and handed out again, until the
// program ends.
static char *kept;

static void run_at(const char *where, const char *sql) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Db) server = db_open(where, &error);
  if (!server || !db_run_script(server, sql, &error)) g_error("%s: %s", sql, error->message);
}

static void drop_database(void *data) {
  char *name = data;
  g_autofree char *sql = g_strdup_printf("DROP DATABASE IF EXISTS %s WITH (FORCE)", name);
  run_at(g_getenv("RAPPORT_TEST_POSTGRES"), sql);
  g_free(name);
}

__attribute__((destructor)) static void drop_kept(void) {
  if (kept) drop_database(g_steal_pointer(&kept));
}

// The server's address with another database: libpq takes it apart, we put it together.
static const char *address_of(Arena *arena, const char *name) {
  PQconninfoOption *options = PQconninfoParse(g_getenv("RAPPORT_TEST_POSTGRES"), NULL);
  if (!options) g_error("RAPPORT_TEST_POSTGRES is no address of PostgreSQL");
  g_autoptr(GString) address = g_string_new(NULL);
  g_string_printf(address, "postgresql:///%s", name);
  char separator = '?';
  for (const PQconninfoOption *option = options; option->keyword; option++) {
    if (!option->val || strcmp(option->keyword, "dbname") == 0) continue;
    g_autofree char *value = g_uri_escape_string(option->val, NULL, false);
    g_string_append_printf(address, "%c%s=%s", separator, option->keyword, value);
    separator = '&';
  }
  PQconninfoFree(options);
  return arena_strdup(arena, address->str);
}

static void give_back(void *data) {
  g_autoptr(Arena) arena = arena_new();
  char *name = data;
  if (kept) {
    drop_database(name);
    return;
  }
  run_at(address_of(arena, name), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                  " WHERE datname = current_database() AND pid <> pg_backend_pid();"
                                  "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  kept = name;
}

static char *new_name(void) {
  return g_strdup_printf("rapport_test_%016" G_GINT64_MODIFIER "x", random_below(&random_system, UINT64_MAX));
}

static const char *make_database(Arena *arena) {
  char *name = g_steal_pointer(&kept);
  if (!name) {
    name = new_name();
    run_at(g_getenv("RAPPORT_TEST_POSTGRES"), arena_printf(arena, "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'", name));
  }
  arena_defer(arena, give_back, name);
  return address_of(arena, name);
}

static const char *copy_database(Arena *arena, const char *model) {
  PQconninfoOption *options = PQconninfoParse(model, NULL), *option = options;
  while (option && option->keyword && strcmp(option->keyword, "dbname") != 0) option++;
  char *name = new_name();
  run_at(g_getenv("RAPPORT_TEST_POSTGRES"), arena_printf(arena, "CREATE DATABASE %s TEMPLATE %s", name, option->val));
  PQconninfoFree(options);
  arena_defer(arena, drop_database, name);
  return address_of(arena, name);
}

// ——— both

const char *db_testing_place(Arena *arena) { return db_testing_is_postgres() ? make_database(arena) : make_file(arena); }

const char *db_testing_copy(Arena *arena, const char *model) {
  return db_testing_is_postgres() ? copy_database(arena, model) : copy_file(arena, model);
}

static void close_db(void *db) { db_close(db); }

Db *db_testing_open(Arena *arena, const char **out_where) {
  g_autoptr(GError) error = NULL;
  const char *where = db_testing_place(arena);
  Db *db = db_open(where, &error);
  if (!db) g_error("%s: %s", where, error->message);
  arena_defer(arena, close_db, db);
  if (out_where) *out_where = where;
  return db;
}

bool db_testing_accepts(Db *db, const struct DbQuery *query, GError **error) {
  DbStatement *statement = db_prepare(db, query, error);
  if (statement) db_finish(statement);
  return statement != NULL;
}
