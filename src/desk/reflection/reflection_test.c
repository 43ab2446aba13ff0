// Reflections are their writer's alone.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/reflection/reflection.h"

static const char *const thoughts[] = {"A cup of tea.", "To listen.", "A new bell by Monday."};
static const char *const nothing[] = {"", " ", NULL};

static Reflection *load(TestDesk *test, const Staff *who, int64_t number, ReflectionMoment moment) {
  g_autoptr(GError) error = NULL;
  Reflection *reflection = NULL;
  reflection_load(test->arena, test->desk, who->id, number, moment, &reflection, &error);
  g_assert_no_error(error);
  return reflection;
}

static void keep(TestDesk *test, const Staff *who, int64_t number, ReflectionMoment moment, const char *const answers[]) {
  g_autoptr(GError) error = NULL;
  reflection_keep(test->desk, who->id, number, moment, answers, &error);
  g_assert_no_error(error);
}

static int64_t conversation(TestDesk *test, const char *id) {
  return test_write(test, "Agnes <agnes@moor.example>", id, "A bell", NULL, NULL).number;
}

static void what_i_keep_comes_back_to_me(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = conversation(test, "a@x");
  g_assert_null(load(test, &test->mira, number, REFLECTION_BEFORE));
  keep(test, &test->mira, number, REFLECTION_BEFORE, thoughts);
  const Reflection *kept = load(test, &test->mira, number, REFLECTION_BEFORE);
  for (size_t i = 0; i < REFLECTION_QUESTIONS; i++) g_assert_cmpstr(reflection_answer(kept, i), ==, thoughts[i]);
  g_assert_null(load(test, &test->mira, number, REFLECTION_AFTER));
  keep(test, &test->mira, number, REFLECTION_BEFORE, nothing); // emptied is forgotten
  g_assert_null(load(test, &test->mira, number, REFLECTION_BEFORE));
}

static void nobody_else_gets_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = conversation(test, "a@x");
  keep(test, &test->mira, number, REFLECTION_AFTER, thoughts);
  g_assert_null(load(test, &test->jonas, number, REFLECTION_AFTER));
  ReflectionList own = {0}, others = {0};
  bool has_more;
  g_assert_true(reflection_list(test->arena, test->desk, test->mira.id, 0, &own, &has_more, &error));
  g_assert_true(reflection_list(test->arena, test->desk, test->jonas.id, 0, &others, &has_more, &error));
  g_assert_cmpuint(own.count, ==, 1);
  g_assert_cmpuint(others.count, ==, 0);
  g_assert_false(reflection_forget(test->desk, test->jonas.id, own.items[0].id, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND)); // as if it were not there
  g_assert_nonnull(load(test, &test->mira, number, REFLECTION_AFTER));
  g_clear_error(&error);
  g_assert_true(reflection_forget(test->desk, test->mira.id, own.items[0].id, &error));
  g_assert_null(load(test, &test->mira, number, REFLECTION_AFTER));
}

static void it_says_nothing_in_the_journal(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = conversation(test, "a@x");
  size_t before = test_thread(test, number).events.count;
  keep(test, &test->mira, number, REFLECTION_BEFORE, thoughts);
  g_assert_cmpuint(test_thread(test, number).events.count, ==, before);
}

static void a_merge_takes_it_along_unless_one_is_there(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t into = conversation(test, "a@x"), from = conversation(test, "b@x");
  static const char *const other[] = {"Patience.", "", ""};
  keep(test, &test->mira, from, REFLECTION_BEFORE, thoughts);
  keep(test, &test->jonas, from, REFLECTION_BEFORE, thoughts);
  keep(test, &test->jonas, into, REFLECTION_BEFORE, other);
  g_assert_true(conversation_merge(test->desk, &test->mira, from, into, &error));
  g_assert_cmpstr(load(test, &test->mira, into, REFLECTION_BEFORE)->first, ==, "A cup of tea.");
  g_assert_cmpstr(load(test, &test->jonas, into, REFLECTION_BEFORE)->first, ==, "Patience.");
  g_assert_cmpstr(load(test, &test->jonas, from, REFLECTION_BEFORE)->first, ==, "A cup of tea."); // nothing is lost
}

static void too_long_is_refused_and_so_is_a_number_that_leads_nowhere(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *longest = g_strnfill(REFLECTION_MOST + 1, 'x');
  const char *const answers[] = {longest, "", ""};
  int64_t number = conversation(test, "a@x");
  g_assert_false(reflection_keep(test->desk, test->mira.id, number, REFLECTION_BEFORE, answers, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_false(reflection_keep(test->desk, test->mira.id, 4711, REFLECTION_BEFORE, thoughts, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/reflection/comes-back-to-me", what_i_keep_comes_back_to_me);
  g_test_add_func("/reflection/nobody-else", nobody_else_gets_it);
  g_test_add_func("/reflection/not-in-the-journal", it_says_nothing_in_the_journal);
  g_test_add_func("/reflection/merge", a_merge_takes_it_along_unless_one_is_there);
  g_test_add_func("/reflection/refused", too_long_is_refused_and_so_is_a_number_that_leads_nowhere);
  return g_test_run();
}
