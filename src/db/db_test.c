// What both drivers promise alike: values come back as they went in, transactions are whole or nothing, and errors have
// their codes.
#include "db/statement.h"
#include "db/testing.h"

#include <math.h>

static const char schema[] = "CREATE TABLE thing (id BIGINT PRIMARY KEY, number BIGINT, real DOUBLE PRECISION, text TEXT,"
                             " bytes BYTEA, truth BIGINT NOT NULL DEFAULT 0);"
                             "CREATE TABLE part (thing BIGINT NOT NULL REFERENCES thing (id), name TEXT UNIQUE NOT NULL)";

// The parameter signs of both databases differ, so each query here stands twice.
static const DbType thing_types[] = {DB_INT, DB_INT, DB_REAL, DB_TEXT, DB_BYTES, DB_BOOL};
static const DbQuery thing_add = {
  .name = "thing_add",
  .where = "db_test.c",
  .sqlite = "INSERT INTO thing (id, number, real, text, bytes, truth) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  .postgres = "INSERT INTO thing (id, number, real, text, bytes, truth) VALUES ($1, $2, $3, $4, $5, $6)",
  .types = thing_types,
  .parameters = 6,
};
static const char *const thing_columns[] = {"number", "real", "text", "bytes", "truth"};
static const DbQuery thing_read = {
  .name = "thing_read",
  .where = "db_test.c",
  .sqlite = "SELECT number, real, text, bytes, truth FROM thing WHERE id = ?1",
  .postgres = "SELECT number, real, text, bytes, truth FROM thing WHERE id = $1",
  .types = thing_types,
  .parameters = 1,
  .columns = 5,
  .column_names = thing_columns,
};
static const DbQuery thing_count = {
  .name = "thing_count",
  .where = "db_test.c",
  .sqlite = "SELECT count(*) FROM thing",
  .postgres = "SELECT count(*) FROM thing",
  .columns = 1,
};
static const DbQuery thing_numbers = {
  .name = "thing_numbers",
  .where = "db_test.c",
  .sqlite = "SELECT id FROM thing ORDER BY id",
  .postgres = "SELECT id FROM thing ORDER BY id",
  .columns = 1,
};
static const DbQuery thing_renumber = {
  .name = "thing_renumber",
  .where = "db_test.c",
  .sqlite = "UPDATE thing SET number = ?1",
  .postgres = "UPDATE thing SET number = $1",
  .types = thing_types,
  .parameters = 1,
};
static const DbType part_types[] = {DB_INT, DB_TEXT};
static const DbQuery part_add = {
  .name = "part_add",
  .where = "db_test.c",
  .sqlite = "INSERT INTO part (thing, name) VALUES (?1, ?2)",
  .postgres = "INSERT INTO part (thing, name) VALUES ($1, $2)",
  .types = part_types,
  .parameters = 2,
};
static const DbQuery nonsense = {.name = "nonsense", .where = "db_test.c:1", .sqlite = "SELEKT 1", .postgres = "SELEKT 1"};

typedef struct Thing {
  int64_t number;
  double real;
  const char *text;
  Bytes bytes;
  bool truth;
} Thing;

static Db *open_with_schema(Arena *arena, const char **out_where) {
  g_autoptr(GError) error = NULL;
  Db *db = db_testing_open(arena, out_where);
  g_autofree char *script = g_strdup(schema);
  if (!db_is_postgres(db)) memcpy(strstr(script, "BYTEA"), "BLOB ", 5);
  db_run_script(db, script, &error);
  g_assert_no_error(error);
  return db;
}

static bool add(Db *db, int64_t id, const Thing *thing, GError **error) {
  DbStatement *statement = db_prepare(db, &thing_add, error);
  if (!statement) return false;
  db_bind_int(statement, 0, id);
  db_bind_int(statement, 1, thing->number);
  db_bind_real(statement, 2, thing->real);
  db_bind_text(statement, 3, thing->text);
  db_bind_bytes(statement, 4, thing->bytes);
  db_bind_bool(statement, 5, thing->truth);
  return db_end(statement, db_step(statement, error), error);
}

static bool add_plain(Db *db, int64_t id, GError **error) { return add(db, id, &(Thing){.number = id}, error); }

static bool add_part(Db *db, int64_t thing, const char *name, GError **error) {
  DbStatement *statement = db_prepare(db, &part_add, error);
  if (!statement) return false;
  db_bind_int(statement, 0, thing);
  db_bind_text(statement, 1, name);
  return db_end(statement, db_step(statement, error), error);
}

static void read_thing(Arena *arena, Db *db, int64_t id, Thing *out) {
  g_autoptr(GError) error = NULL;
  DbStatement *statement = db_prepare(db, &thing_read, &error);
  g_assert_no_error(error);
  db_bind_int(statement, 0, id);
  g_assert_cmpint(db_step(statement, &error), ==, DB_STEP_ROW);
  db_read(arena, statement, 0, &out->number);
  db_read(arena, statement, 1, &out->real);
  db_read(arena, statement, 2, &out->text);
  db_read(arena, statement, 3, &out->bytes);
  db_read(arena, statement, 4, &out->truth);
  g_assert_true(db_end(statement, DB_STEP_ROW, &error));
}

static int64_t count(Db *db) {
  g_autoptr(GError) error = NULL;
  DbStatement *statement = db_prepare(db, &thing_count, &error);
  g_assert_no_error(error);
  g_assert_cmpint(db_step(statement, &error), ==, DB_STEP_ROW);
  int64_t number = db_column_int(statement, 0);
  g_assert_true(db_end(statement, DB_STEP_ROW, &error));
  return number;
}

static void check_round_trip(Db *db, Arena *arena, int64_t id, const Thing *given) {
  g_autoptr(GError) error = NULL;
  Thing read;
  add(db, id, given, &error);
  g_assert_no_error(error);
  read_thing(arena, db, id, &read);
  g_assert_cmpint(read.number, ==, given->number);
  g_assert_cmpmem(&read.real, sizeof read.real, &given->real, sizeof given->real);
  g_assert_cmpstr(read.text, ==, given->text);
  g_assert_cmpint(read.truth, ==, given->truth);
  g_assert_true((read.bytes.data == NULL) == (given->bytes.data == NULL));
  g_assert_true(bytes_equal(read.bytes, given->bytes));
}

// ——— values

static void test_values(void) {
  g_autoptr(Arena) arena = arena_new();
  Db *db = open_with_schema(arena, NULL);
  const Thing things[] = {
    {.number = INT64_MAX, .real = 0.1, .text = "plain", .bytes = {"a\0b", 3}, .truth = true},
    {.number = INT64_MIN, .real = -1.7976931348623157e308, .text = "", .bytes = {"", 0}},
    {.number = 0, .real = 5e-324, .text = NULL, .bytes = {NULL, 0}, .truth = true},
    {.number = -1,
     .real = INFINITY,
     .text = "Grüße, 你好, 👩🏽‍🚒, \xef\xbf\xbd, ' \" \\ \n \t ; -- $1 ?1 :x",
     .bytes = {"\xff\xfe", 2}},
    {.number = 4294967296, .real = 1e15, .text = "e\xcc\x81 \x01\x7f"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(things); i++) check_round_trip(db, arena, (int64_t)i, &things[i]);
}

static void test_null(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  DbStatement *statement = db_prepare(db, &thing_add, &error);
  g_assert_no_error(error);
  db_bind_int(statement, 0, 1);
  for (int i = 1; i < 5; i++) db_bind_null(statement, i);
  db_bind_bool(statement, 5, false);
  g_assert_true(db_end(statement, db_step(statement, &error), &error));
  statement = db_prepare(db, &thing_read, &error);
  db_bind_int(statement, 0, 1);
  g_assert_cmpint(db_step(statement, &error), ==, DB_STEP_ROW);
  for (int i = 0; i < 4; i++) g_assert_true(db_column_is_null(statement, i));
  g_assert_false(db_column_is_null(statement, 4));
  g_assert_cmpint(db_column_int(statement, 0), ==, 0);
  g_assert_cmpfloat(db_column_real(statement, 1), ==, 0);
  g_assert_null(db_column_text(arena, statement, 2));
  g_assert_null(db_column_bytes(arena, statement, 3).data);
  g_assert_true(db_end(statement, DB_STEP_ROW, &error));
}

static void test_large(void) {
  g_autoptr(Arena) arena = arena_new();
  Db *db = open_with_schema(arena, NULL);
  size_t size = (size_t)20 * 1000 * 1000;
  char *bytes = arena_alloc(arena, size);
  for (size_t i = 0; i < size; i++) bytes[i] = (char)(i * 7919 >> 3);
  char *text = arena_alloc(arena, size);
  memset(text, 'x', size - 1);
  check_round_trip(db, arena, 1, &(Thing){.bytes = {bytes, size}, .text = text});
}

static void test_enum(void) {
  enum Colour { RED, GREEN } colour = GREEN;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  const int64_t stored[] = {1, 0, -1, INT64_MAX, INT64_MIN};
  const enum Colour expected[] = {GREEN, RED, RED, RED, RED};
  for (size_t i = 0; i < G_N_ELEMENTS(stored); i++) {
    add(db, (int64_t)i, &(Thing){.number = stored[i]}, &error);
    g_assert_no_error(error);
    DbStatement *statement = db_prepare(db, &thing_read, &error);
    db_bind_int(statement, 0, (int64_t)i);
    g_assert_cmpint(db_step(statement, &error), ==, DB_STEP_ROW);
    db_read(arena, statement, 0, &colour);
    g_assert_true(db_end(statement, DB_STEP_ROW, &error));
    g_assert_cmpint(colour, ==, expected[i]);
  }
}

static void test_bindings_do_not_stay(void) {
  g_autoptr(Arena) arena = arena_new();
  Db *db = open_with_schema(arena, NULL);
  check_round_trip(db, arena, 1, &(Thing){.text = "first", .bytes = {"first", 5}});
  check_round_trip(db, arena, 2, &(Thing){0});
}

static void test_many_rows(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  g_autoptr(DbTx) tx = db_begin(db, &error);
  for (int64_t i = 0; i < 1000; i++) g_assert_true(add_plain(db, i, &error));
  g_assert_true(db_commit(&tx, &error));
  g_assert_null(tx);
  DbStatement *statement = db_prepare(db, &thing_numbers, &error);
  int64_t seen = 0;
  DbStep step;
  while ((step = db_step(statement, &error)) == DB_STEP_ROW) g_assert_cmpint(db_column_int(statement, 0), ==, seen++);
  g_assert_true(db_end(statement, step, &error));
  g_assert_cmpint(seen, ==, 1000);
}

static void test_changed(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  for (int64_t wanted = 0; wanted < 3; wanted++) {
    DbStatement *statement = db_prepare(db, &thing_renumber, &error);
    db_bind_int(statement, 0, 9);
    g_assert_cmpint(db_step(statement, &error), ==, DB_STEP_DONE);
    g_assert_cmpint(db_changed(statement), ==, wanted);
    g_assert_true(db_end(statement, DB_STEP_DONE, &error));
    g_assert_true(add_plain(db, wanted, &error));
  }
}

// ——— how a statement may end

static void test_more_than_one_row(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  add_plain(db, 1, NULL);
  add_plain(db, 2, NULL);
  DbStatement *statement = db_prepare(db, &thing_numbers, &error);
  g_assert_cmpint(db_step(statement, &error), ==, DB_STEP_ROW);
  g_assert_false(db_end(statement, DB_STEP_ROW, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_assert_cmpint(count(db), ==, 2); // the connection goes on
}

static void test_no_row(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  DbStatement *statement = db_prepare(db, &thing_read, &error);
  db_bind_int(statement, 0, 1);
  DbStep step = db_step(statement, &error);
  g_assert_false(db_end_one(statement, step, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void test_nonsense(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  g_assert_null(db_prepare(db, &nonsense, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_assert_nonnull(strstr(error->message, "db_test.c:1"));
  g_clear_error(&error);
  g_assert_null(db_prepare(db, &nonsense, &error)); // no less the second time
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_assert_cmpint(count(db), ==, 0);
}

static void test_conflict(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) unique = NULL, foreign = NULL, null = NULL;
  Db *db = open_with_schema(arena, NULL);
  g_assert_true(add_plain(db, 1, NULL));
  g_assert_false(add_plain(db, 1, &unique));
  g_assert_true(error_is(unique, ERROR_CONFLICT));
  g_assert_false(add_part(db, 2, "wheel", &foreign));
  g_assert_true(error_is(foreign, ERROR_CONFLICT));
  g_assert_false(add_part(db, 1, NULL, &null));
  g_assert_true(error_is(null, ERROR_CONFLICT));
  g_assert_true(add_part(db, 1, "wheel", NULL));
  g_assert_cmpint(count(db), ==, 1);
}

// ——— transactions

static void test_rollback_by_scope(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  {
    g_autoptr(DbTx) tx = db_begin(db, &error);
    g_assert_true(tx && add_plain(db, 1, &error));
    g_assert_cmpint(count(db), ==, 1);
  }
  g_assert_cmpint(count(db), ==, 0);
  {
    g_autoptr(DbTx) tx = db_begin(db, &error);
    g_assert_true(add_plain(db, 1, &error));
    g_assert_true(db_commit(&tx, &error));
  }
  g_assert_cmpint(count(db), ==, 1);
}

static void test_rollback_by_close(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_with_schema(arena, &where);
  Db *other = db_open(where, NULL);
  g_assert_nonnull(db_begin(other, NULL));
  g_assert_true(add_plain(other, 1, NULL));
  db_close(other);
  g_assert_cmpint(count(db), ==, 0);
}

// On both databases alike, although SQLite would let it pass.
static void test_nothing_follows_a_failure(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) first = NULL, second = NULL, last = NULL;
  Db *db = open_with_schema(arena, NULL);
  g_autoptr(DbTx) tx = db_begin(db, NULL);
  g_assert_true(add_plain(db, 1, NULL));
  g_assert_false(add_plain(db, 1, &first));
  g_assert_true(error_is(first, ERROR_CONFLICT));
  g_assert_false(add_plain(db, 2, &second));
  g_assert_true(error_is(second, ERROR_BROKEN));
  g_assert_false(db_commit(&tx, &last));
  g_assert_true(error_is(last, ERROR_BROKEN));
  g_assert_null(tx);
  g_assert_cmpint(count(db), ==, 0);
  g_autoptr(DbTx) next = db_begin(db, NULL);
  g_assert_true(add_plain(db, 1, NULL));
  g_assert_true(db_commit(&next, NULL));
}

static void test_savepoint_fails_alone(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL, refusal = NULL;
  Db *db = open_with_schema(arena, NULL);
  g_autoptr(DbTx) tx = db_begin(db, &error);
  g_assert_true(add_plain(db, 1, &error));
  g_autoptr(DbSavepoint) savepoint = db_savepoint(db, &error);
  g_assert_true(add_plain(db, 2, &error));
  g_assert_false(add_part(db, 99, "of nothing", &refusal));
  g_assert_true(error_is(refusal, ERROR_CONFLICT));
  g_assert_true(db_return_to(&savepoint, &error));
  g_assert_null(savepoint);
  g_assert_true(add_plain(db, 3, &error));
  g_assert_true(db_commit(&tx, &error));
  g_assert_no_error(error);
  g_assert_cmpint(count(db), ==, 2); // the second went with what failed
}

static void test_savepoint_is_released(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  g_autoptr(DbTx) tx = db_begin(db, &error);
  for (int64_t id = 1; id <= 2; id++) { // one after the other
    g_autoptr(DbSavepoint) savepoint = db_savepoint(db, &error);
    g_assert_true(add_plain(db, id, &error));
    g_assert_true(db_release(&savepoint, &error));
  }
  g_assert_true(db_commit(&tx, &error));
  g_assert_no_error(error);
  g_assert_cmpint(count(db), ==, 2);
}

// Whoever leaves without returning has not mended what failed.
static void test_savepoint_that_is_left_stays_failed(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL, refusal = NULL;
  Db *db = open_with_schema(arena, NULL);
  g_autoptr(DbTx) tx = db_begin(db, &error);
  g_assert_true(add_plain(db, 1, &error));
  {
    g_autoptr(DbSavepoint) savepoint = db_savepoint(db, &error);
    g_assert_nonnull(savepoint);
    g_assert_false(add_part(db, 99, "of nothing", &refusal));
  }
  g_assert_false(add_plain(db, 2, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_clear_error(&error);
  g_assert_null(db_savepoint(db, &error));
  g_clear_error(&error);
  g_assert_false(db_commit(&tx, &error));
  g_assert_cmpint(count(db), ==, 0);
}

static void test_deferred_failure_at_commit(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  g_assert_true(
    db_run_script(db, "CREATE TABLE late (thing BIGINT REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED)", &error));
  g_autoptr(DbTx) tx = db_begin(db, &error);
  g_assert_true(db_run_script(db, "INSERT INTO late VALUES (77)", &error));
  g_assert_true(add_plain(db, 1, &error));
  g_assert_false(db_commit(&tx, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_assert_cmpint(count(db), ==, 0);
  g_autoptr(DbTx) next = db_begin(db, NULL);
  g_assert_nonnull(next);
}

static void test_nested_begin(void) {
  if (g_test_subprocess()) { // it leaves nothing behind: the place is its parent's
    Db *db = db_open(g_getenv("DB_TEST_PLACE"), NULL);
    DbTx *first = db_begin(db, NULL);
    DbTx *second = db_begin(db, NULL);
    db_rollback(second ? second : first);
    return;
  }
  g_autoptr(Arena) arena = arena_new();
  g_setenv("DB_TEST_PLACE", db_testing_place(arena), true);
  g_test_trap_subprocess(NULL, 0, 0);
  g_test_trap_assert_failed();
  g_test_trap_assert_stderr("*a transaction inside a transaction*");
}

// ——— two connections

static void test_sees_what_others_commit(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_with_schema(arena, &where);
  g_autoptr(Db) other = db_open(where, NULL);
  g_autoptr(DbTx) tx = db_begin(other, NULL);
  g_assert_true(add_plain(other, 1, NULL));
  g_assert_cmpint(count(db), ==, 0); // reading waits for nobody
  g_assert_true(db_commit(&tx, NULL));
  g_assert_cmpint(count(db), ==, 1);
}

static void test_busy(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where;
  Db *db = open_with_schema(arena, &where);
  g_autoptr(Db) other = db_open(where, NULL);
  g_assert_true(add_plain(db, 1, NULL));
  g_assert_true(db_set_patience(other, 20 * CLOCK_MILLISECOND, NULL));
  g_autoptr(DbTx) tx = db_begin(db, NULL);
  DbStatement *statement = db_prepare(db, &thing_renumber, NULL);
  db_bind_int(statement, 0, 5);
  g_assert_true(db_end(statement, db_step(statement, NULL), NULL));
  {
    g_autoptr(DbTx) late = db_begin(other, &error); // where SQLite waits
    DbStatement *change = late ? db_prepare(other, &thing_renumber, &error) : NULL;
    if (change) {
      db_bind_int(change, 0, 6);
      g_assert_false(db_end(change, db_step(change, &error), &error)); // where PostgreSQL waits
    }
  }
  g_assert_true(error_is(error, ERROR_BUSY));
  g_assert_true(db_commit(&tx, NULL));
  g_autoptr(DbTx) again = db_begin(other, NULL);
  g_assert_true(add_plain(other, 2, NULL));
  g_assert_true(db_commit(&again, NULL));
}

typedef struct Writer {
  const char *where;
  int64_t first;
  int retries;
} Writer;

static void *write_many(void *data) {
  Writer *writer = data;
  g_autoptr(Db) db = db_open(writer->where, NULL);
  for (int64_t i = 0; i < 50;) {
    g_autoptr(GError) error = NULL;
    g_autoptr(DbTx) tx = db_begin(db, &error);
    if (tx && add_plain(db, writer->first + i, &error) && db_commit(&tx, &error)) {
      i++;
    } else {
      g_assert_true(error_is(error, ERROR_BUSY));
      writer->retries++;
    }
  }
  return NULL;
}

static void test_many_writers(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *where;
  Db *db = open_with_schema(arena, &where);
  Writer writers[4];
  GThread *threads[4];
  for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
    writers[i] = (Writer){where, (int64_t)i * 1000, 0};
    threads[i] = g_thread_new("writer", write_many, &writers[i]);
  }
  for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) g_thread_join(threads[i]);
  g_assert_cmpint(count(db), ==, 200);
}

static void test_check(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_with_schema(arena, NULL);
  g_assert_true(db_check(db, &error));
  g_assert_no_error(error);
  g_assert_true(db_is_postgres(db) == db_testing_is_postgres());
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/db/values/come-back", test_values);
  g_test_add_func("/db/values/null", test_null);
  g_test_add_func("/db/values/large", test_large);
  g_test_add_func("/db/values/enum", test_enum);
  g_test_add_func("/db/values/bindings-do-not-stay", test_bindings_do_not_stay);
  g_test_add_func("/db/values/many-rows", test_many_rows);
  g_test_add_func("/db/values/changed", test_changed);
  g_test_add_func("/db/ends/more-than-one-row", test_more_than_one_row);
  g_test_add_func("/db/ends/no-row", test_no_row);
  g_test_add_func("/db/ends/nonsense", test_nonsense);
  g_test_add_func("/db/ends/conflict", test_conflict);
  g_test_add_func("/db/transaction/rollback-by-scope", test_rollback_by_scope);
  g_test_add_func("/db/transaction/rollback-by-close", test_rollback_by_close);
  g_test_add_func("/db/transaction/nothing-follows-a-failure", test_nothing_follows_a_failure);
  g_test_add_func("/db/transaction/deferred-failure-at-commit", test_deferred_failure_at_commit);
  g_test_add_func("/db/transaction/nested-begin-aborts", test_nested_begin);
  g_test_add_func("/db/savepoint/fails-alone", test_savepoint_fails_alone);
  g_test_add_func("/db/savepoint/released", test_savepoint_is_released);
  g_test_add_func("/db/savepoint/left", test_savepoint_that_is_left_stays_failed);
  g_test_add_func("/db/together/sees-what-others-commit", test_sees_what_others_commit);
  g_test_add_func("/db/together/busy", test_busy);
  g_test_add_func("/db/together/many-writers", test_many_writers);
  g_test_add_func("/db/check", test_check);
  return g_test_run();
}
