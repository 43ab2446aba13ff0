// What sqlgen writes, compiled and run: every shape of result and every type of parameter, on both databases, with the golden
// statements and the golden schema of tools/sqlgen.
#include "db/testing.h"
#include "everything.sql.h"

extern const DbMigration golden_migrations[];
extern const size_t golden_migration_count;
extern const struct DbQuery *const golden_queries[];
extern const size_t golden_query_count;

static Db *open_migrated(Arena *arena) {
  g_autoptr(GError) error = NULL;
  Db *db = db_testing_open(arena, NULL);
  db_migrate(db, golden_migrations, golden_migration_count, &clock_system, &error);
  g_assert_no_error(error);
  return db;
}

static int64_t add_anna(Db *db) {
  g_autoptr(GError) error = NULL;
  int64_t number;
  double score = 0.5;
  customer_add(db, "Anna", &score, (Bytes){"\0\1", 2}, true, "calls on Mondays", &number, &error);
  g_assert_no_error(error);
  return number;
}

static int64_t add_ben(Db *db) {
  g_autoptr(GError) error = NULL;
  int64_t number;
  customer_add(db, "Ben", NULL, (Bytes){0}, false, NULL, &number, &error);
  g_assert_no_error(error);
  return number;
}

static void test_struct(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_migrated(arena);
  int64_t number = add_anna(db);
  Customer *anna;
  g_assert_true(customer_select(arena, db, number, &anna, &error));
  g_assert_cmpint(anna->id, ==, number);
  g_assert_cmpstr(anna->name, ==, "Anna");
  g_assert_cmpfloat(anna->score, ==, 0.5);
  g_assert_cmpmem(anna->picture.data, anna->picture.size, "\0\1", 2);
  g_assert_true(anna->is_blocked);
  g_assert_cmpstr(anna->note, ==, "calls on Mondays");
}

static void test_struct_of_nulls(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_migrated(arena);
  Customer *ben;
  g_assert_true(customer_require(arena, db, add_ben(db), &ben, &error));
  g_assert_cmpfloat(ben->score, ==, 0);
  g_assert_null(ben->picture.data);
  g_assert_false(ben->is_blocked);
  g_assert_null(ben->note);
}

static void test_nothing_there(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_migrated(arena);
  Customer *customer = (Customer *)arena;
  const char *name = "x";
  Bytes picture = {"x", 1};
  double score = 1;
  bool is_found = true, is_blocked = true;
  g_assert_true(customer_select(arena, db, 404, &customer, &error));
  g_assert_null(customer);
  g_assert_true(customer_name(arena, db, 404, &name, &error));
  g_assert_null(name);
  g_assert_true(customer_picture(arena, db, 404, &picture, &error));
  g_assert_null(picture.data);
  g_assert_true(customer_score(db, 404, &is_found, &score, &error));
  g_assert_false(is_found);
  g_assert_false(customer_require(arena, db, 404, &customer, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_clear_error(&error);
  g_assert_false(customer_is_blocked(db, 404, &is_blocked, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_assert_false(is_blocked);
}

static void test_values(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_migrated(arena);
  int64_t anna = add_anna(db), ben = add_ben(db), size;
  bool is_found, is_blocked;
  double score;
  const char *name;
  g_assert_true(customer_score(db, anna, &is_found, &score, &error) && is_found);
  g_assert_cmpfloat(score, ==, 0.5);
  g_assert_true(customer_score(db, ben, &is_found, &score, &error) && is_found);
  g_assert_true(customer_is_blocked(db, anna, &is_blocked, &error) && is_blocked);
  g_assert_true(customer_has_note(db, ben, &is_blocked, &error) && !is_blocked);
  g_assert_true(customer_has_note(db, anna, &is_blocked, &error) && is_blocked);
  g_assert_true(customer_name(arena, db, ben, &name, &error));
  g_assert_cmpstr(name, ==, "Ben");
  g_assert_true(customer_picture_size(db, &size, &error));
  g_assert_cmpint(size, ==, 2);
}

static void test_lists(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_migrated(arena);
  int64_t anna = add_anna(db), ben = add_ben(db);
  CustomerList customers = {0};
  TextList names;
  IntList numbers;
  bool yes = true;
  g_assert_true(customer_list(arena, db, 0, 10, &customers, &error));
  g_assert_cmpuint(customers.count, ==, 2);
  g_assert_cmpstr(customers.items[1].name, ==, "Ben");
  g_assert_true(customer_list(arena, db, anna, 10, &customers, &error));
  g_assert_cmpuint(customers.count, ==, 1);
  g_assert_true(customer_list(arena, db, ben, 10, &customers, &error));
  g_assert_cmpuint(customers.count, ==, 0);
  g_assert_true(customer_names(arena, db, &names, &error));
  g_assert_cmpuint(names.count, ==, 2);
  g_assert_cmpstr(names.items[0], ==, "Anna");
  g_assert_true(customer_numbers(arena, db, NULL, &numbers, &error));
  g_assert_cmpuint(numbers.count, ==, 2);
  g_assert_true(customer_numbers(arena, db, &yes, &numbers, &error));
  g_assert_cmpuint(numbers.count, ==, 1);
  g_assert_cmpint(numbers.items[0], ==, anna);
  g_assert_true(customer_numbers_if(arena, db, false, &numbers, &error));
  g_assert_cmpuint(numbers.count, ==, 0);
  g_assert_true(customer_numbers_if(arena, db, true, &numbers, &error));
  g_assert_cmpuint(numbers.count, ==, 2);
}

static void test_changes(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_migrated(arena);
  int64_t anna = add_anna(db), changed = 7;
  double score = 2;
  bool is_found, is_blocked;
  g_assert_true(customer_block(db, 404, false, &changed, &error));
  g_assert_cmpint(changed, ==, 0);
  g_assert_true(customer_block(db, anna, false, &changed, &error));
  g_assert_cmpint(changed, ==, 1);
  g_assert_true(customer_is_blocked(db, anna, &is_blocked, &error) && !is_blocked);
  g_assert_true(customer_score_set(db, anna, &score, &error));
  g_assert_true(customer_score(db, anna, &is_found, &score, &error) && score == 2);
  g_assert_true(tag_add(db, "new", &changed, &error) && changed == 1);
  g_assert_true(tag_add(db, "new", &changed, &error) && changed == 0);
}

static void test_joined(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_migrated(arena);
  int64_t anna = add_anna(db), since = 1700000000000000, number, second;
  bool is_found;
  Conversation *conversation;
  g_assert_true(conversation_add(db, anna, "The wheel broke again", &since, &number, &error));
  g_assert_true(conversation_with_customer(arena, db, number, &conversation, &error));
  g_assert_cmpstr(conversation->customer.name, ==, "Anna");
  g_assert_cmpint(conversation->customer.id, ==, anna);
  g_assert_cmpint(conversation->state, ==, CONVERSATION_NEW);
  g_assert_true(conversation_waiting_since(db, number, &is_found, &since, &error));
  g_assert_cmpint(since, ==, 1700000000000000);
  g_assert_true(conversation_of(arena, db, anna, &conversation, &error));
  g_assert_nonnull(conversation);
  g_assert_true(conversation_add(db, anna, "And the brake", NULL, &second, &error));
  g_assert_false(conversation_of(arena, db, anna, &conversation, &error)); // two rows where there may be one
  g_assert_true(error_is(error, ERROR_BROKEN));
}

static void test_full_text(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_migrated(arena);
  int64_t number;
  ConversationList found;
  g_assert_true(conversation_add(db, add_anna(db), "The wheel broke again", NULL, &number, &error));
  g_assert_true(conversation_index(db, number, &error));
  g_assert_true(conversation_find(arena, db, "wheel", 10, &found, &error));
  g_assert_cmpuint(found.count, ==, 1);
  g_assert_cmpint(found.items[0].id, ==, number);
  g_assert_true(conversation_find(arena, db, "saddle", 10, &found, &error));
  g_assert_cmpuint(found.count, ==, 0);
}

static void test_quoting(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_migrated(arena);
  int64_t changed;
  TextList tags;
  g_assert_true(tag_add(db, "'; DROP TABLE tag; --", &changed, &error));
  g_assert_true(tag_quoting(arena, db, "'; DROP TABLE tag; --", &tags, &error));
  g_assert_cmpuint(tags.count, ==, 1);
}

static void test_registry(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Db *db = open_migrated(arena);
  g_assert_cmpuint(golden_query_count, >, 20);
  for (size_t i = 0; i < golden_query_count; i++) {
    g_assert_true(db_testing_accepts(db, golden_queries[i], &error));
    g_assert_no_error(error);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/generated/struct", test_struct);
  g_test_add_func("/generated/struct-of-nulls", test_struct_of_nulls);
  g_test_add_func("/generated/nothing-there", test_nothing_there);
  g_test_add_func("/generated/values", test_values);
  g_test_add_func("/generated/lists", test_lists);
  g_test_add_func("/generated/changes", test_changes);
  g_test_add_func("/generated/joined", test_joined);
  g_test_add_func("/generated/full-text", test_full_text);
  g_test_add_func("/generated/quoting", test_quoting);
  g_test_add_func("/generated/every-query-is-accepted", test_registry);
  return g_test_run();
}
