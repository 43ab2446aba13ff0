// Our own drafts, good and bad for each rule: every rule must stay above a floor of precision and recall, on the drafts that its
// phrases were written with and, lower, on those that were held out.
#include "insight/coach/drafts.h"

#define FLOOR_WRITTEN 0.90
#define FLOOR_HELD_OUT 0.60
#define FLOOR_HELD_OUT_ALL 0.80
#define DRAFTS_LEAST 20 // of each kind, a rule

static Arena *arena;
static CoachExampleList examples;

static void check_rule(gconstpointer data) {
  CoachRule rule = (CoachRule)GPOINTER_TO_INT(data);
  CoachScore written = coach_score(&examples, rule, false), held_out = coach_score(&examples, rule, true);
  g_assert_cmpint(written.good + held_out.good, >=, DRAFTS_LEAST);
  g_assert_cmpint(written.bad + held_out.bad, >=, DRAFTS_LEAST);
  g_test_message("%s: precision %.3f, recall %.3f; held out %.3f, %.3f", coach_rule_word(rule), coach_precision(&written),
                 coach_recall(&written), coach_precision(&held_out), coach_recall(&held_out));
  g_assert_cmpfloat(coach_precision(&written), >=, FLOOR_WRITTEN);
  g_assert_cmpfloat(coach_recall(&written), >=, FLOOR_WRITTEN);
  g_assert_cmpfloat(coach_precision(&held_out), >=, FLOOR_HELD_OUT);
  g_assert_cmpfloat(coach_recall(&held_out), >=, FLOOR_HELD_OUT);
}

static void all_rules_together(void) {
  CoachScore sum = {0};
  for (CoachRule rule = 0; rule < COACH_RULE_COUNT; rule++) {
    CoachScore score = coach_score(&examples, rule, true);
    sum.bad += score.bad;
    sum.good_advised += score.good_advised;
    sum.bad_advised += score.bad_advised;
  }
  g_test_message("held out, all rules: precision %.3f, recall %.3f", coach_precision(&sum), coach_recall(&sum));
  g_assert_cmpfloat(coach_precision(&sum), >=, FLOOR_HELD_OUT_ALL);
  g_assert_cmpfloat(coach_recall(&sum), >=, FLOOR_HELD_OUT_ALL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  arena = arena_new();
  for (int i = 1; i < argc; i++) {
    g_autoptr(GError) error = NULL;
    if (!coach_examples_read(arena, argv[i], &examples, &error)) g_error("%s", error->message);
  }
  for (CoachRule rule = 0; rule < COACH_RULE_COUNT; rule++) {
    g_autofree char *path = g_strdup_printf("/coach/drafts/%s", coach_rule_word(rule));
    g_test_add_data_func(path, GINT_TO_POINTER((int)rule), check_rule);
  }
  g_test_add_func("/coach/drafts/held-out-together", all_rules_together);
  int failed = g_test_run();
  arena_free(arena);
  return failed;
}
