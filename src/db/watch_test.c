// The watch: wakes for what others commit, stays quiet otherwise, can be woken, and outlives a server that goes away.
#include "db/testing.h"

#define POLL (5 * CLOCK_MILLISECOND)
#define LONG (20 * CLOCK_SECOND) // never reached when all is well
#define SHORT (30 * CLOCK_MILLISECOND)

static Db *open_with_table(Arena *arena, const char **out_where) {
  Db *db = db_testing_open(arena, out_where);
  g_assert_true(db_run_script(db, "CREATE TABLE thing (id BIGINT)", NULL));
  return db;
}

static bool add_and_announce(Db *db) {
  g_autoptr(DbTx) tx = db_begin(db, NULL);
  return tx && db_run_script(db, "INSERT INTO thing VALUES (1)", NULL) && db_announce(db, NULL) && db_commit(&tx, NULL);
}

static DbWatch *watch(const char *where) {
  g_autoptr(GError) error = NULL;
  DbWatch *opened = db_watch_open(where, POLL, &error);
  g_assert_no_error(error);
  return opened;
}

static void test_quiet(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(DbWatch) watching = watch(where);
  g_assert_false(db_watch_wait(watching, SHORT));
  g_assert_true(db_run_script(db, "SELECT count(*) FROM thing", NULL)); // reading is no change
  g_assert_false(db_watch_wait(watching, SHORT));
}

static void test_commit_before(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(DbWatch) watching = watch(where);
  for (int i = 0; i < 3; i++) {
    g_assert_true(add_and_announce(db));
    g_assert_true(add_and_announce(db));
    g_assert_true(db_watch_wait(watching, LONG));
    int more = 0;
    while (db_watch_wait(watching, SHORT)) more++;
    g_assert_cmpint(more, <=, 1); // two commits, two wakes at most
  }
}

static void *commit_later(void *db) {
  g_assert_true(add_and_announce(db));
  return NULL;
}

static void test_commit_while_waiting(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(DbWatch) watching = watch(where);
  GThread *thread = g_thread_new("commit", commit_later, db);
  g_assert_true(db_watch_wait(watching, LONG));
  g_thread_join(thread);
}

static void test_rollback_is_quiet(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(DbWatch) watching = watch(where);
  {
    g_autoptr(DbTx) tx = db_begin(db, NULL);
    g_assert_true(tx && db_run_script(db, "INSERT INTO thing VALUES (1)", NULL) && db_announce(db, NULL));
  }
  g_assert_false(db_watch_wait(watching, SHORT));
}

static void test_announce_outside(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(DbWatch) watching = watch(where);
  g_assert_true(db_announce(db, NULL));
  g_assert_true(db_watch_wait(watching, SHORT) == db_is_postgres(db)); // on SQLite the file itself tells
}

static void *wake(void *watching) {
  db_watch_wake(watching);
  return NULL;
}

static void test_wake(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  open_with_table(arena, &where);
  g_autoptr(DbWatch) watching = watch(where);
  GThread *thread = g_thread_new("wake", wake, watching);
  int64_t begin = g_get_monotonic_time();
  g_assert_false(db_watch_wait(watching, LONG));
  g_assert_cmpint(g_get_monotonic_time() - begin, <, LONG / 2);
  g_thread_join(thread);
  db_watch_wake(watching); // before the wait: not lost
  g_assert_false(db_watch_wait(watching, LONG));
  g_assert_cmpint(g_get_monotonic_time() - begin, <, LONG / 2);
}

static void test_no_place(void) {
  g_autoptr(GError) error = NULL;
  g_assert_null(db_watch_open(db_testing_is_postgres() ? "postgresql:///desk?host=/nowhere" : "/nowhere/desk.db", POLL, &error));
  g_assert_true(error_is(error, ERROR_UNAVAILABLE));
}

static void test_server_away(void) {
  if (!db_testing_is_postgres()) {
    g_test_skip("a file does not go away");
    return;
  }
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(DbWatch) watching = watch(where);
  g_assert_false(db_watch_wait(watching, SHORT));
  g_assert_true(db_run_script(db,
                              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                              " WHERE datname = current_database() AND pid <> pg_backend_pid()",
                              NULL));
  g_assert_true(db_watch_wait(watching, LONG)); // it is back, and something may have happened
  g_assert_false(db_watch_wait(watching, SHORT));
  g_assert_true(add_and_announce(db));
  g_assert_true(db_watch_wait(watching, LONG));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/watch/quiet", test_quiet);
  g_test_add_func("/watch/commit-before", test_commit_before);
  g_test_add_func("/watch/commit-while-waiting", test_commit_while_waiting);
  g_test_add_func("/watch/rollback-is-quiet", test_rollback_is_quiet);
  g_test_add_func("/watch/announce-outside-a-transaction", test_announce_outside);
  g_test_add_func("/watch/wake", test_wake);
  g_test_add_func("/watch/no-place", test_no_place);
  g_test_add_func("/watch/server-away", test_server_away);
  return g_test_run();
}
