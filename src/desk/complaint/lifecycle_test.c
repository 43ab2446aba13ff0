// The table of the lifecycle is whole, and doc/complaint-lifecycle.md shows it as it is: `RAPPORT_WRITE_DOC=yes` with this test puts the
// present table into the file.
#include "desk/complaint/complaint.h"

#define MARK                                                                                                                     \
  "<!-- What follows is printed from src/desk/complaint/lifecycle.c; complaint/lifecycle_test.c writes and checks it. -->\n\n"

static void the_document_shows_the_table(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  const char *table = lifecycle_print(arena);
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

// From everywhere a way leads to closed, and from closed back; nothing is closed without an answer of theirs, a refusal, or a reason.
static void every_stage_has_a_way_to_the_end(void) {
  for (unsigned from = 0; from < STAGE_COUNT; from++) {
    bool reached[STAGE_COUNT] = {0};
    reached[from] = true;
    for (unsigned round = 0; round < STAGE_COUNT; round++)
      for (unsigned stage = 0; stage < STAGE_COUNT; stage++)
        for (unsigned event = 0; reached[stage] && event < COMPLAINT_EVENT_COUNT; event++) {
          const Transition *transition = lifecycle_find(stage, event);
          if (transition) reached[transition->to] = true;
        }
    for (unsigned stage = STAGE_ANSWERED; stage < STAGE_COUNT; stage++) g_assert_true(reached[stage]);
  }
}

static void closing_comes_after_a_yes_or_a_no_only(void) {
  for (unsigned from = 0; from < STAGE_COUNT; from++) {
    bool is_settled = from >= STAGE_AGREED && from != STAGE_CLOSED;
    const Transition *close = lifecycle_find(from, COMPLAINT_CLOSE), *withdraw = lifecycle_find(from, COMPLAINT_WITHDRAW);
    g_assert_true((close != NULL) == is_settled);
    if (close) g_assert_nonnull(close->guard);
    if (withdraw) g_assert_nonnull(withdraw->guard);
  }
  for (unsigned event = COMPLAINT_HAND_OVER; event < COMPLAINT_EVENT_COUNT; event++)
    for (unsigned from = 0; from < STAGE_COUNT; from++) g_assert_null(lifecycle_find(from, event));
}

static void words_lead_back_to_what_they_name(void) {
  ComplaintStage stage;
  ComplaintEvent event;
  for (unsigned each = 0; each < STAGE_COUNT; each++) {
    g_assert_true(stage_from_word(stage_word(each), &stage));
    g_assert_cmpint(stage, ==, each);
    g_assert_cmpstr(stage_title(each), !=, "");
  }
  for (unsigned each = 0; each < COMPLAINT_EVENT_COUNT; each++) {
    g_assert_true(complaint_event_from_word(complaint_event_word(each), &event));
    g_assert_cmpint(event, ==, each);
    g_assert_cmpstr(complaint_event_title(each), !=, "");
  }
  g_assert_false(stage_from_word("nowhere", &stage));
  g_assert_false(stage_from_word(NULL, &stage));
  g_assert_false(complaint_event_from_word("", &event));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/complaint/lifecycle/document", the_document_shows_the_table);
  g_test_add_func("/complaint/lifecycle/ways-to-the-end", every_stage_has_a_way_to_the_end);
  g_test_add_func("/complaint/lifecycle/closing", closing_comes_after_a_yes_or_a_no_only);
  g_test_add_func("/complaint/lifecycle/words", words_lead_back_to_what_they_name);
  return g_test_run();
}
