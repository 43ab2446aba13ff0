// What a person chose about the coach: theirs alone, and nothing of a draft is kept.
#include "desk/coach/coach.h"

#include "desk/testing.h"

static CoachChoice choice_of(TestDesk *test, int64_t staff_id) {
  g_autoptr(GError) error = NULL;
  CoachChoice choice;
  coach_choice_load(test->arena, test->desk, staff_id, &choice, &error);
  g_assert_no_error(error);
  return choice;
}

static const Coaching *coaching_of(TestDesk *test, const char *draft) {
  return coach_draft(test->arena, &(CoachInput){.draft = draft, .draft_length = strlen(draft)});
}

static void off_is_for_one_person(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_false(choice_of(test, test->mira.id).is_off);
  for (int i = 0; i < 2; i++) g_assert_true(coach_set_off(test->desk, test->mira.id, true, NULL));
  g_assert_true(choice_of(test, test->mira.id).is_off);
  g_assert_false(choice_of(test, test->jonas.id).is_off);
  g_assert_true(coach_set_off(test->desk, test->mira.id, false, NULL));
  g_assert_false(choice_of(test, test->mira.id).is_off);
}

static void not_here_lowers_a_rule_for_one_person(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  const Coaching *coaching = coaching_of(test, "We will look into it. You should have read the manual.");
  CoachChoice mira = choice_of(test, test->mira.id);
  AdviceList hints = coach_hints(test->arena, coaching, &mira, 0, false, 2);
  g_assert_cmpuint(hints.count, ==, 2);
  CoachRule first = hints.items[0].rule, second = hints.items[1].rule;
  g_assert_cmpint(first, !=, second);
  g_assert_true(coach_dismiss(test->desk, test->mira.id, first, NULL));
  mira = choice_of(test, test->mira.id);
  CoachChoice jonas = choice_of(test, test->jonas.id);
  g_assert_cmpint(mira.dismissed[first], ==, 1);
  g_assert_cmpint(jonas.dismissed[first], ==, 0);
  hints = coach_hints(test->arena, coaching, &mira, 0, false, 2);
  g_assert_cmpint(hints.items[0].rule, ==, second);
  for (int i = 0; i < 5; i++) g_assert_true(coach_dismiss(test->desk, test->mira.id, first, NULL));
  mira = choice_of(test, test->mira.id);
  hints = coach_hints(test->arena, coaching, &mira, 0, false, 9);
  list_each(const Advice, hint, &hints) g_assert_cmpint(hint->rule, !=, first);
  g_assert_true(coach_forget_dismissals(test->desk, test->mira.id, NULL));
  mira = choice_of(test, test->mira.id);
  g_assert_cmpint(mira.dismissed[first], ==, 0);
}

static void what_is_missing_waits_until_the_draft_seems_done(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  const Coaching *coaching = coaching_of(test, "The door is green and the wall is white.");
  CoachChoice choice = {0};
  g_assert_cmpuint(coach_hints(test->arena, coaching, &choice, 0, false, 9).count, ==, 0);
  AdviceList hints = coach_hints(test->arena, coaching, &choice, 0, true, 2);
  g_assert_cmpuint(hints.count, ==, 2);
  CoachRule first = hints.items[0].rule;
  hints = coach_hints(test->arena, coaching, &choice, UINT32_C(1) << first, true, 2);
  list_each(const Advice, hint, &hints) g_assert_cmpint(hint->rule, !=, first);
}

static void an_answer_is_coached_with_the_customers_newest_message(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_write(test, "Agnes Moor <agnes@moor.example>", "a1@moor.example", "My bell", NULL,
             "My silver bell is broken and nobody answers!");
  Coaching *coaching = NULL;
  g_assert_true(coach_answer(test->arena, test->desk, 1001, "I will look into the issue.", &coaching, &error));
  g_assert_no_error(error);
  bool echoes = false;
  list_each(const Advice, advice, &coaching->advice) echoes |= strstr(advice->instead, "silver bell") != NULL;
  g_assert_true(echoes);
  g_assert_true(coach_answer(test->arena, test->desk, 999999, "I will look into it.", &coaching, &error));
  g_assert_true(coaching->is_read);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/coach/off-is-for-one-person", off_is_for_one_person);
  g_test_add_func("/coach/not-here-lowers-a-rule-for-one-person", not_here_lowers_a_rule_for_one_person);
  g_test_add_func("/coach/what-is-missing-waits-until-the-draft-seems-done", what_is_missing_waits_until_the_draft_seems_done);
  g_test_add_func("/coach/an-answer-is-coached-with-the-customers-newest-message",
                  an_answer_is_coached_with_the_customers_newest_message);
  return g_test_run();
}
