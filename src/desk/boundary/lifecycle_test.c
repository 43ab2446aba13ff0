// The table of conduct cases is whole, and doc/conduct.md shows it as it is: `RAPPORT_WRITE_DOC=yes` with this test puts the present
// table into the file.
#include "desk/boundary/boundary.h"

#define MARK                                                                                                                     \
  "<!-- What follows is printed from src/desk/boundary/lifecycle.c; boundary/lifecycle_test.c writes and checks it. -->\n\n"

static void the_document_shows_the_table(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  const char *table = boundary_print(arena);
  g_file_get_contents(DOCUMENT, &text, NULL, &error);
  g_assert_no_error(error);
  char *mark = strstr(text, MARK);
  g_assert_nonnull(mark);
  if (g_getenv("RAPPORT_WRITE_DOC")) {
    *mark = '\0';
    g_file_set_contents(DOCUMENT, arena_printf(arena, "%s%s%s", text, MARK, table), -1, &error);
    g_assert_no_error(error);
  } else
    g_assert_cmpstr(mark + strlen(MARK), ==, table);
}

static void whatever_holds_can_end_in_three_ways(void) {
  static const BoundaryEvent ways[] = {BOUNDARY_EXPIRE, BOUNDARY_LIFT, BOUNDARY_APPEAL_GRANTED};
  for (unsigned stage = BOUNDARY_REQUESTED; stage <= BOUNDARY_ENDED; stage++)
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
      const BoundaryTransition *row = boundary_find_transition(stage, ways[i]);
      g_assert_nonnull(row);
      g_assert_cmpint(row->to, ==, BOUNDARY_CLOSED);
    }
}

// No step up without something that must hold, and none to the end of contact that skips the warning.
static void every_step_up_asks_for_something(void) {
  for (unsigned kind = 0; kind < MEASURE_KIND_COUNT; kind++)
    for (unsigned from = 0; from < BOUNDARY_STAGE_COUNT; from++) {
      const BoundaryTransition *row = boundary_find_transition(from, measure_event(kind));
      if (row) g_assert_nonnull(row->guard);
      if (row && kind == MEASURE_ENDING) g_assert_cmpint(from, >=, BOUNDARY_WARNED);
    }
  g_assert_cmpint(measure_approvers(MEASURE_ENDING), ==, 2);
  g_assert_cmpint(measure_approvers(MEASURE_RESTRICTION), ==, 1);
}

static void words_lead_back_to_what_they_name(void) {
  IncidentLevel level;
  MeasureKind kind;
  for (unsigned each = 0; each < LEVEL_COUNT; each++) {
    g_assert_true(level_from_word(level_word(each), &level) && level == each);
    g_assert_cmpstr(level_title(each), !=, "");
  }
  for (unsigned each = 0; each < MEASURE_KIND_COUNT; each++) {
    g_assert_true(measure_from_word(measure_word(each), &kind) && kind == each);
    g_assert_cmpstr(measure_title(each), !=, "");
  }
  for (unsigned each = 0; each < BOUNDARY_EVENT_COUNT; each++) g_assert_cmpstr(boundary_event_title(each), !=, "");
  g_assert_false(level_from_word("bad", &level));
  g_assert_false(measure_from_word(NULL, &kind));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/conduct/lifecycle/document", the_document_shows_the_table);
  g_test_add_func("/conduct/lifecycle/three-ways-to-end", whatever_holds_can_end_in_three_ways);
  g_test_add_func("/conduct/lifecycle/steps-up", every_step_up_asks_for_something);
  g_test_add_func("/conduct/lifecycle/words", words_lead_back_to_what_they_name);
  return g_test_run();
}
