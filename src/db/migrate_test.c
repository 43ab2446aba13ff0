// The schema's way from nothing to the newest, and every state in which a database may be found.
#include "db/testing.h"

static const DbMigration steps[] = {
  {1, "first", "CREATE TABLE one (id INTEGER PRIMARY KEY)", "CREATE TABLE one (id BIGINT PRIMARY KEY)", "aaa"},
  {2, "second", "CREATE TABLE two (id INTEGER PRIMARY KEY); INSERT INTO two VALUES (1)",
   "CREATE TABLE two (id BIGINT PRIMARY KEY); INSERT INTO two VALUES (1)", "bbb"},
  {3, "third", "ALTER TABLE one ADD COLUMN name TEXT", "ALTER TABLE one ADD COLUMN name TEXT", "ccc"},
};

static bool migrate(Db *db, size_t count, GError **error) { return db_migrate(db, steps, count, &clock_system, error); }
static bool works(Db *db, const char *sql) { return db_run_script(db, sql, NULL); }

static void test_from_nothing(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where;
  Db *db = db_testing_open(arena, &where);
  g_assert_true(migrate(db, 2, &error));
  g_assert_no_error(error);
  g_assert_true(works(db, "INSERT INTO one VALUES (7)"));
  g_assert_false(works(db, "INSERT INTO two VALUES (1)")); // the step's own row is there
  for (int i = 0; i < 2; i++) g_assert_true(migrate(db, 2, NULL));
  g_autofree char *copy = g_strdup_printf("%s.before-1", where);
  g_assert_false(g_file_test(copy, G_FILE_TEST_EXISTS)); // there was nothing to keep
}

static void test_goes_on(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where;
  Db *db = db_testing_open(arena, &where);
  g_assert_true(migrate(db, 1, NULL));
  g_assert_true(works(db, "INSERT INTO one VALUES (7)"));
  g_assert_true(migrate(db, 3, &error));
  g_assert_no_error(error);
  g_assert_true(works(db, "INSERT INTO one (id, name) VALUES (8, 'eight')"));
  if (db_testing_is_postgres()) return;
  g_autoptr(Db) copy = db_open(arena_printf(arena, "%s.before-2", where), &error);
  g_assert_no_error(error);
  g_assert_false(works(copy, "INSERT INTO one VALUES (7)"));                                  // the row is there
  g_assert_false(works(copy, "INSERT INTO two VALUES (7)"));                                  // the table is not
  g_assert_false(g_file_test(arena_printf(arena, "%s.before-3", where), G_FILE_TEST_EXISTS)); // one copy a run
}

static void test_newer_schema(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = db_testing_open(arena, NULL);
  g_assert_true(migrate(db, 3, NULL));
  g_assert_false(migrate(db, 2, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_assert_nonnull(strstr(error->message, "newer version"));
}

static void test_changed_checksum(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = db_testing_open(arena, NULL);
  DbMigration changed[] = {steps[0], steps[1], steps[2]};
  g_assert_true(migrate(db, 2, NULL));
  changed[1].checksum = "bbc";
  g_assert_false(db_migrate(db, changed, 3, &clock_system, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_assert_nonnull(strstr(error->message, "Step 2"));
  g_assert_false(works(db, "SELECT name FROM one")); // the third was not tried
}

static void test_step_fails(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = db_testing_open(arena, NULL);
  DbMigration broken[] = {steps[0], steps[1]};
  broken[1].sqlite = broken[1].postgres = "CREATE TABLE half (id BIGINT); CREATE TABLE one (id BIGINT)";
  g_assert_false(db_migrate(db, broken, 2, &clock_system, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_assert_true(g_str_has_prefix(error->message, "Step 2 of the schema (second): "));
  g_assert_true(works(db, "SELECT id FROM one"));
  g_assert_false(works(db, "SELECT id FROM half"));
  g_assert_true(migrate(db, 3, NULL)); // mended, it goes on where it stood
}

static void test_no_steps(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_true(migrate(db_testing_open(arena, NULL), 0, NULL));
}

static void test_time_is_kept(void) {
  g_autoptr(Arena) arena = arena_new();
  Db *db = db_testing_open(arena, NULL);
  Clock clock = clock_standing_at(1700000000000000);
  g_assert_true(db_migrate(db, steps, 1, &clock, NULL));
  g_assert_true(works(db, "INSERT INTO one SELECT 5 FROM migration WHERE applied_at = 1700000000000000 AND name = 'first'"));
  g_assert_false(works(db, "INSERT INTO one VALUES (5)"));
}

static void *migrate_too(void *where) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Db) db = db_open(where, &error);
  g_assert_no_error(error);
  migrate(db, 3, &error);
  g_assert_no_error(error);
  return NULL;
}

static void test_at_once(void) {
  for (int round = 0; round < 5; round++) {
    g_autoptr(Arena) arena = arena_new();
    const char *where = db_testing_place(arena);
    GThread *threads[4];
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
      threads[i] = g_thread_new("migrate", migrate_too, (void *)(uintptr_t)where);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) g_thread_join(threads[i]);
    g_autoptr(Db) db = db_open(where, NULL);
    g_assert_true(works(db, "INSERT INTO one (id, name) VALUES (1, 'one')"));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/migrate/from-nothing", test_from_nothing);
  g_test_add_func("/migrate/goes-on", test_goes_on);
  g_test_add_func("/migrate/newer-schema", test_newer_schema);
  g_test_add_func("/migrate/changed-checksum", test_changed_checksum);
  g_test_add_func("/migrate/step-fails", test_step_fails);
  g_test_add_func("/migrate/no-steps", test_no_steps);
  g_test_add_func("/migrate/time-is-kept", test_time_is_kept);
  g_test_add_func("/migrate/at-once", test_at_once);
  return g_test_run();
}
