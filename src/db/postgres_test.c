// PostgreSQL alone: connections that break at every moment, statements that only it refuses, servers that are not there.
#include "db/postgres.h"
#include "db/testing.h"

#include <pthread.h>

static const DbQuery count_query = {
  .name = "count", .where = "postgres_test.c", .postgres = "SELECT count(*) FROM thing", .columns = 1};
static const DbType id_types[] = {DB_INT};
static const DbQuery add_query = {.name = "add",
                                  .where = "postgres_test.c",
                                  .postgres = "INSERT INTO thing (id) VALUES ($1)",
                                  .types = id_types,
                                  .parameters = 1};

static Db *open_with_table(Arena *arena, const char **out_where) {
  g_autoptr(GError) error = NULL;
  Db *db = db_testing_open(arena, out_where);
  db_run_script(db, "CREATE TABLE thing (id BIGINT PRIMARY KEY)", &error);
  g_assert_no_error(error);
  return db;
}

static bool read_int(Db *db, const DbQuery *query, int64_t *out, GError **error) {
  DbStatement *statement = db_prepare(db, query, error);
  if (!statement) return false;
  DbStep step = db_step(statement, error);
  if (step == DB_STEP_ROW) *out = db_column_int(statement, 0);
  return db_end_one(statement, step, error);
}

static int64_t count(Db *db) {
  g_autoptr(GError) error = NULL;
  int64_t number = -1;
  read_int(db, &count_query, &number, &error);
  g_assert_no_error(error);
  return number;
}

static bool add(Db *db, int64_t id, GError **error) {
  DbStatement *statement = db_prepare(db, &add_query, error);
  if (!statement) return false;
  db_bind_int(statement, 0, id);
  return db_end(statement, db_step(statement, error), error);
}

// Ends all other connections to this database, and waits until they are gone.
static void end_others(Db *db) {
  static const DbQuery others = {
    .name = "others",
    .where = "postgres_test.c",
    .postgres = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    .columns = 1,
  };
  g_autoptr(GError) error = NULL;
  db_run_script(db,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()",
                &error);
  g_assert_no_error(error);
  for (int64_t left = 1; left > 0;) g_assert_true(read_int(db, &others, &left, NULL));
}

// ——— lost connections

static void test_lost_while_idle(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(Db) other = db_open(where, NULL);
  g_assert_true(add(other, 1, NULL));
  end_others(db);
  g_assert_true(add(other, 2, &error)); // prepared on the connection that is gone
  g_assert_no_error(error);
  end_others(db);
  g_assert_cmpint(count(other), ==, 2);
  end_others(db);
  g_autoptr(DbTx) tx = db_begin(other, &error);
  g_assert_no_error(error);
  g_assert_true(add(other, 3, NULL) && db_commit(&tx, NULL));
  g_assert_cmpint(count(db), ==, 3);
}

static void test_lost_in_a_statement(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_table(arena, NULL);
  g_assert_true(add(db, 1, NULL));
  g_assert_false(db_run_script(db, "INSERT INTO thing VALUES (2); SELECT pg_terminate_backend(pg_backend_pid())", &error));
  g_assert_true(error_is(error, ERROR_UNAVAILABLE));
  g_assert_cmpint(count(db), ==, 1);
}

static void test_lost_in_a_transaction(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL, late = NULL;
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(Db) other = db_open(where, NULL);
  {
    g_autoptr(DbTx) tx = db_begin(other, NULL);
    g_assert_true(add(other, 1, NULL));
    end_others(db);
    g_assert_false(add(other, 2, &error));
    g_assert_true(error_is(error, ERROR_BUSY)); // the whole unit of work may run again
    g_assert_false(db_commit(&tx, &late));
  }
  g_assert_cmpint(count(db), ==, 0);
  g_autoptr(DbTx) again = db_begin(other, NULL);
  g_assert_true(add(other, 1, NULL) && db_commit(&again, NULL));
  g_assert_cmpint(count(db), ==, 1);
}

static void test_lost_before_commit(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(Db) other = db_open(where, NULL);
  g_autoptr(DbTx) tx = db_begin(other, NULL);
  g_assert_true(add(other, 1, NULL));
  end_others(db);
  g_assert_false(db_commit(&tx, &error));
  g_assert_true(error_is(error, ERROR_BUSY) || error_is(error, ERROR_UNAVAILABLE));
  g_assert_cmpint(count(db), ==, 0);
  g_assert_cmpint(count(other), ==, 0);
}

static void test_patience_survives(void) {
  static const DbQuery patience = {
    .name = "patience",
    .where = "postgres_test.c",
    .postgres = "SELECT setting::bigint FROM pg_settings WHERE name = 'lock_timeout'",
    .columns = 1,
  };
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(Db) other = db_open(where, NULL);
  int64_t milliseconds = 0;
  g_assert_true(db_set_patience(other, 70 * CLOCK_MILLISECOND, NULL));
  end_others(db);
  g_assert_true(read_int(other, &patience, &milliseconds, NULL));
  g_assert_cmpint(milliseconds, ==, 70);
}

static void test_server_away(void) {
  g_autoptr(GError) no_server = NULL, no_database = NULL, no_address = NULL;
  g_assert_null(db_open("postgresql:///desk?host=/nowhere&password=secret", &no_server));
  g_assert_true(error_is(no_server, ERROR_UNAVAILABLE));
  g_assert_null(strstr(no_server->message, "secret"));
  g_assert_null(strchr(no_server->message, '\n'));
  g_autoptr(Arena) arena = arena_new();
  const char *where = db_testing_place(arena);
  char *other = arena_strdup(arena, where);
  *strstr(other, "rapport_test_") = 'x';
  g_assert_null(db_open(other, &no_database));
  g_assert_true(error_is(no_database, ERROR_UNAVAILABLE));
  g_assert_null(db_open("postgres://[", &no_address));
  g_assert_true(error_is(no_address, ERROR_UNAVAILABLE));
}

static void test_wrong_encoding(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where;
  Db *db = db_testing_open(arena, &where);
  const char *name = strstr(where, "rapport_test_");
  char *other = arena_strdup(arena, where);
  *strstr(other, "rapport_test_") = 'l';
  char *other_name = arena_strndup(arena, strstr(other, "lapport_test_"), strcspn(name, "?"));
  g_assert_true(db_run_script(
    db, arena_printf(arena, "CREATE DATABASE %s TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'", other_name), NULL));
  g_assert_null(db_open(other, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_assert_true(db_run_script(db, arena_printf(arena, "DROP DATABASE %s WITH (FORCE)", other_name), NULL));
}

// ——— schema changes under a prepared statement

static const DbQuery value_query = {
  .name = "value", .where = "postgres_test.c", .postgres = "SELECT value FROM narrow", .columns = 1};

static void test_schema_changes(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  int64_t value = 0;
  const char *where;
  Db *db = open_with_table(arena, &where);
  g_autoptr(Db) other = db_open(where, NULL);
  g_assert_true(db_run_script(db, "CREATE TABLE narrow (value SMALLINT); INSERT INTO narrow VALUES (-7)", NULL));
  g_assert_true(read_int(other, &value_query, &value, NULL));
  g_assert_true(db_run_script(db, "ALTER TABLE narrow ALTER value TYPE INTEGER", NULL));
  g_assert_true(read_int(other, &value_query, &value, &error));
  g_assert_no_error(error);
  g_assert_cmpint(value, ==, -7);
  g_assert_true(db_run_script(db, "ALTER TABLE narrow ALTER value TYPE BIGINT", NULL));
  {
    g_autoptr(DbTx) tx = db_begin(other, NULL);
    g_assert_true(tx && !read_int(other, &value_query, &value, &error));
    g_assert_true(error_is(error, ERROR_BUSY));
  }
  g_autoptr(DbTx) tx = db_begin(other, NULL);
  g_assert_true(read_int(other, &value_query, &value, NULL) && db_commit(&tx, NULL));
  g_assert_cmpint(value, ==, -7);
}

// ——— what is refused

static void check_refused(const DbQuery *query, const char *words) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_table(arena, NULL);
  for (int i = 0; i < 2; i++) { // no less the second time
    g_clear_error(&error);
    g_assert_false(db_testing_accepts(db, query, &error));
    g_assert_true(error_is(error, ERROR_BROKEN));
    g_assert_nonnull(strstr(error->message, words));
  }
  g_assert_cmpint(count(db), ==, 0);
}

static void test_refusals(void) {
  static const char *const names[] = {"a", "b"};
  static const DbType bool_types[] = {DB_BOOL};
  const DbQuery numeric = {.name = "n", .where = "a.sql:7", .postgres = "SELECT sum(id) AS total FROM thing", .columns = 1};
  const DbQuery time = {.name = "t", .where = "a.sql:8", .postgres = "SELECT now()", .columns = 1};
  const DbQuery columns = {.name = "c", .where = "a.sql:9", .postgres = "SELECT 1, 2", .columns = 1};
  const DbQuery swapped = {
    .name = "s", .where = "a.sql:10", .postgres = "SELECT 1 AS b, 2 AS a", .columns = 2, .column_names = names};
  const DbQuery text = {
    .name = "x", .where = "a.sql:11", .postgres = "SELECT upper($1)", .types = bool_types, .parameters = 1, .columns = 1};
  check_refused(&numeric, "a.sql:7: the column total is of type numeric on PostgreSQL; write CAST(… AS BIGINT)");
  check_refused(&time, "a.sql:8: the column now is of type another type");
  check_refused(&columns, "a.sql:9: PostgreSQL gives 2 columns, SQLite 1");
  check_refused(&swapped, "a.sql:10: column 1 is b on PostgreSQL, a on SQLite");
  check_refused(&text, "a.sql:11: PostgreSQL takes parameter 1, a bool, for text");
}

static void test_kinds_of_numbers(void) {
  static const DbQuery query = {
    .name = "kinds",
    .where = "postgres_test.c",
    .postgres = "SELECT (-32768)::smallint, (-2147483648)::int, (-9223372036854775808)::bigint, true, 1.5::real, 2.5::float8,"
                " 'v'::varchar, 'c  '::char(3), 'n'::name",
    .columns = 9,
  };
  g_autoptr(Arena) arena = arena_new();
  Db *db = open_with_table(arena, NULL);
  DbStatement *statement = db_prepare(db, &query, NULL);
  g_assert_cmpint(db_step(statement, NULL), ==, DB_STEP_ROW);
  g_assert_cmpint(db_column_int(statement, 0), ==, INT16_MIN);
  g_assert_cmpint(db_column_int(statement, 1), ==, INT32_MIN);
  g_assert_cmpint(db_column_int(statement, 2), ==, INT64_MIN);
  g_assert_true(db_column_bool(statement, 3));
  g_assert_cmpfloat(db_column_real(statement, 4), ==, 1.5);
  g_assert_cmpfloat(db_column_real(statement, 5), ==, 2.5);
  g_assert_cmpfloat(db_column_real(statement, 0), ==, INT16_MIN);
  g_assert_cmpstr(db_column_text(arena, statement, 6), ==, "v");
  g_assert_cmpstr(db_column_text(arena, statement, 7), ==, "c  ");
  g_assert_cmpstr(db_column_text(arena, statement, 8), ==, "n");
  g_assert_true(db_end(statement, DB_STEP_ROW, NULL));
}

static void test_wrong_column_kind(void) {
  if (g_test_subprocess()) {
    static const DbQuery query = {.name = "k", .where = "a.sql:3", .postgres = "SELECT 'words'::text", .columns = 1};
    Db *db = db_open(g_getenv("DB_TEST_PLACE"), NULL); // its parent's: it leaves nothing behind
    DbStatement *statement = db_prepare(db, &query, NULL);
    db_step(statement, NULL);
    db_column_int(statement, 0);
    return;
  }
  g_autoptr(Arena) arena = arena_new();
  g_setenv("DB_TEST_PLACE", db_testing_place(arena), true);
  g_test_trap_subprocess(NULL, 0, 0);
  g_test_trap_assert_failed();
  g_test_trap_assert_stderr("*a.sql:3: column 1 is of type text on PostgreSQL, not an integer*");
}

static void test_copy(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_assert_false(db_copy_to(db_testing_open(arena, NULL), "copy", &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

// Two that wait for each other: PostgreSQL ends one of them.
typedef struct Pair {
  const char *where;
  int64_t first, second;
  bool was_busy;
  pthread_barrier_t *both;
} Pair;

static void *lock_two(void *data) {
  Pair *pair = data;
  g_autoptr(Db) db = db_open(pair->where, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(DbTx) tx = db_begin(db, NULL);
  g_autofree char *first = g_strdup_printf("UPDATE thing SET id = id WHERE id = %d", (int)pair->first);
  g_autofree char *second = g_strdup_printf("UPDATE thing SET id = id WHERE id = %d", (int)pair->second);
  g_assert_true(tx && db_run_script(db, "SET LOCAL deadlock_timeout = '10ms'", NULL));
  g_assert_true(db_run_script(db, first, NULL));
  pthread_barrier_wait(pair->both);
  pair->was_busy = !db_run_script(db, second, &error);
  g_assert_true(!pair->was_busy || error_is(error, ERROR_BUSY));
  return NULL;
}

static void test_deadlock(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  pthread_barrier_t both;
  pthread_barrier_init(&both, NULL, 2);
  Db *db = open_with_table(arena, &where);
  g_assert_true(add(db, 1, NULL) && add(db, 2, NULL));
  Pair pairs[] = {{where, 1, 2, false, &both}, {where, 2, 1, false, &both}};
  GThread *threads[] = {g_thread_new("first", lock_two, &pairs[0]), g_thread_new("second", lock_two, &pairs[1])};
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) g_thread_join(threads[i]);
  g_assert_true(pairs[0].was_busy || pairs[1].was_busy);
  pthread_barrier_destroy(&both);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/postgres/lost/while-idle", test_lost_while_idle);
  g_test_add_func("/postgres/lost/in-a-statement", test_lost_in_a_statement);
  g_test_add_func("/postgres/lost/in-a-transaction", test_lost_in_a_transaction);
  g_test_add_func("/postgres/lost/before-commit", test_lost_before_commit);
  g_test_add_func("/postgres/lost/patience-survives", test_patience_survives);
  g_test_add_func("/postgres/server-away", test_server_away);
  g_test_add_func("/postgres/wrong-encoding", test_wrong_encoding);
  g_test_add_func("/postgres/schema-changes", test_schema_changes);
  g_test_add_func("/postgres/refusals", test_refusals);
  g_test_add_func("/postgres/kinds-of-numbers", test_kinds_of_numbers);
  g_test_add_func("/postgres/wrong-column-kind-aborts", test_wrong_column_kind);
  g_test_add_func("/postgres/copy", test_copy);
  g_test_add_func("/postgres/deadlock", test_deadlock);
  return g_test_run();
}
