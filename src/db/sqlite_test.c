// The SQLite file in trouble: full disk, damaged pages, a file that is something else, folders that are missing; and copies
// of it while it is in use.
#include "db/sqlite.h"
#include "db/testing.h"

#include <glib/gstdio.h>

static const char schema[] =
  "CREATE TABLE thing (id INTEGER PRIMARY KEY, text TEXT) STRICT; CREATE INDEX thing_text ON thing (text)";

static Db *open_filled(Arena *arena, int rows, const char **out_where) {
  g_autoptr(GError) error = NULL;
  Db *db = db_testing_open(arena, out_where);
  db_run_script(db, schema, &error);
  g_assert_no_error(error);
  db_run_script(db,
                arena_printf(arena,
                             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                             "INSERT INTO thing SELECT i, 'thing number ' || i || hex(randomblob(100)) FROM n",
                             rows),
                &error);
  g_assert_no_error(error);
  return db;
}

static int64_t count(Db *db) {
  static const DbQuery query = {.name = "count", .where = "sqlite_test.c", .sqlite = "SELECT count(*) FROM thing", .columns = 1};
  g_autoptr(GError) error = NULL;
  DbStatement *statement = db_prepare(db, &query, &error);
  g_assert_no_error(error);
  g_assert_cmpint(db_step(statement, &error), ==, DB_STEP_ROW);
  int64_t number = db_column_int(statement, 0);
  g_assert_true(db_end(statement, DB_STEP_ROW, &error));
  return number;
}

static bool add_large(Db *db, GError **error) {
  return db_run_script(db, "INSERT INTO thing (text) VALUES (hex(randomblob(20000)))", error);
}

static void test_full(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_filled(arena, 10, NULL);
  g_assert_true(db_run_script(db, "PRAGMA max_page_count = 35", &error));
  g_autoptr(DbTx) tx = db_begin(db, &error);
  g_assert_true(add_large(db, &error));
  g_assert_false(add_large(db, &error));
  g_assert_true(error_is(error, ERROR_UNAVAILABLE));
  g_assert_nonnull(strstr(error->message, "The disk is full; make room"));
  g_assert_false(db_commit(&tx, NULL));
  g_assert_cmpint(count(db), ==, 10); // nothing was changed
  g_assert_true(db_run_script(db, "PRAGMA max_page_count = 10000", NULL));
  g_autoptr(DbTx) later = db_begin(db, NULL);
  g_assert_true(add_large(db, NULL) && db_commit(&later, NULL));
  g_assert_cmpint(count(db), ==, 11);
}

static void test_full_outside_a_transaction(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_filled(arena, 10, NULL);
  g_assert_true(db_run_script(db, "PRAGMA max_page_count = 20", &error));
  g_assert_false(add_large(db, &error));
  g_assert_true(error_is(error, ERROR_UNAVAILABLE));
  g_assert_cmpint(count(db), ==, 10);
  g_assert_true(db_check(db, NULL));
}

// Writes `text` over the closed file from `offset` on.
static void spoil(const char *path, gsize offset, const char *text, gsize times) {
  FILE *file = g_fopen(path, "r+b");
  g_assert_nonnull(file);
  g_assert_cmpint(fseek(file, (long)offset, SEEK_SET), ==, 0);
  for (gsize i = 0; i < times; i++) g_assert_cmpuint(fwrite(text, strlen(text), 1, file), ==, 1);
  fclose(file);
}

static const char *filled_file(Arena *arena) {
  const char *where = db_testing_place(arena);
  g_autoptr(Db) db = db_open(where, NULL);
  g_assert_true(db_run_script(db, schema, NULL));
  g_assert_true(db_run_script(db,
                              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                              "INSERT INTO thing SELECT i, 'thing ' || i FROM n",
                              NULL));
  return where;
}

static void test_damaged(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where = filled_file(arena);
  spoil(where, (gsize)4096 * 3, "spoilt ", 3000);
  g_autoptr(Db) db = db_open(where, &error);
  g_assert_no_error(error);
  g_assert_false(db_check(db, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
}

static void test_broken_reference(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_filled(arena, 1, NULL);
  g_assert_true(db_run_script(db,
                              "CREATE TABLE part (thing INTEGER REFERENCES thing (id)); PRAGMA foreign_keys = OFF;"
                              "INSERT INTO part VALUES (77)",
                              NULL));
  g_assert_false(db_check(db, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_assert_nonnull(strstr(error->message, "part"));
}

static void test_not_a_database(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where = filled_file(arena);
  spoil(where, 0, "This is a letter. ", 500);
  g_assert_null(db_open(where, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_assert_true(g_str_has_prefix(error->message, where));
}

static void test_no_place(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) missing = NULL, folder = NULL;
  const char *where = filled_file(arena);
  g_assert_null(db_open(arena_printf(arena, "%s-no/desk.db", where), &missing));
  g_assert_true(error_is(missing, ERROR_UNAVAILABLE));
  g_autofree char *above = g_path_get_dirname(where);
  g_assert_null(db_open(above, &folder));
  g_assert_true(error_is(folder, ERROR_UNAVAILABLE));
}

static void test_private(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_filled(arena, 5, &where);
  const char *copy = arena_printf(arena, "%s.copy", where);
  g_assert_true(db_copy_to(db, copy, NULL));
  const char *const files[] = {where, arena_printf(arena, "%s-wal", where), copy};
  for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
    GStatBuf facts;
    g_assert_cmpint(g_stat(files[i], &facts), ==, 0);
    g_assert_cmpint(facts.st_mode & 077, ==, 0);
  }
}

static void test_quotes_are_no_strings(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_filled(arena, 1, NULL);
  g_assert_false(db_run_script(db, "DELETE FROM thing WHERE text = \"thing\"", &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
}

static void test_too_large(void) {
  static const DbType types[] = {DB_BYTES};
  static const DbQuery query = {
    .name = "length", .where = "sqlite_test.c", .sqlite = "SELECT length(?1)", .types = types, .parameters = 1, .columns = 1};
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_filled(arena, 1, NULL);
  DbStatement *statement = db_prepare(db, &query, NULL);
  db_bind_bytes(statement, 0, bytes_of("x", (size_t)3000000000)); // never read
  g_assert_cmpint(db_step(statement, &error), ==, DB_STEP_ERROR);
  g_assert_true(error_is(error, ERROR_INVALID));
  db_finish(statement);
  statement = db_prepare(db, &query, NULL);
  db_bind_bytes(statement, 0, bytes_of("abc", 3));
  g_assert_cmpint(db_step(statement, NULL), ==, DB_STEP_ROW);
  g_assert_cmpint(db_column_int(statement, 0), ==, 3);
  g_assert_true(db_end(statement, DB_STEP_ROW, NULL));
}

// ——— copies

static void test_copy(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where;
  Db *db = open_filled(arena, 5000, &where);
  const char *path = arena_printf(arena, "%s.copy", where);
  g_autoptr(Db) other = db_open(where, NULL);
  g_autoptr(DbTx) tx = db_begin(other, NULL);
  g_assert_true(tx && add_large(other, NULL)); // not committed: not in the copy
  for (int i = 0; i < 2; i++) {                // the second replaces the first
    g_assert_true(db_copy_to(db, path, &error));
    g_assert_no_error(error);
  }
  g_autoptr(Db) copy = db_open(path, &error);
  g_assert_cmpint(count(copy), ==, 5000);
  g_assert_true(db_check(copy, NULL));
  g_autofree char *partial = g_strdup_printf("%s.partial", path);
  g_assert_false(g_file_test(partial, G_FILE_TEST_EXISTS));
}

static void test_copy_to_nowhere(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where;
  Db *db = open_filled(arena, 5, &where);
  g_assert_false(db_copy_to(db, arena_printf(arena, "%s-no/copy", where), &error));
  g_assert_true(error_is(error, ERROR_UNAVAILABLE));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sqlite/disk-full", test_full);
  g_test_add_func("/sqlite/disk-full-outside-a-transaction", test_full_outside_a_transaction);
  g_test_add_func("/sqlite/damaged", test_damaged);
  g_test_add_func("/sqlite/broken-reference", test_broken_reference);
  g_test_add_func("/sqlite/not-a-database", test_not_a_database);
  g_test_add_func("/sqlite/no-place-for-the-file", test_no_place);
  g_test_add_func("/sqlite/for-its-owner-alone", test_private);
  g_test_add_func("/sqlite/quotes-are-no-strings", test_quotes_are_no_strings);
  g_test_add_func("/sqlite/too-large", test_too_large);
  g_test_add_func("/sqlite/copy", test_copy);
  g_test_add_func("/sqlite/copy-to-nowhere", test_copy_to_nowhere);
  return g_test_run();
}
