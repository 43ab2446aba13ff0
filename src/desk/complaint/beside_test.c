// What stands beside complaints: rules that make them, suggestions, promises, effort, what the engine proposes, the register; and two who
// press at once.
#include "desk/complaint/testing.h"

#include "desk/complaint/effort.h"
#include "desk/complaint/handling.h"
#include "desk/complaint/promise.h"
#include "desk/complaint/register.h"
#include "desk/complaint/suggestion.h"
#include "desk/conversation/verbs.h"
#include "desk/rule/rule.h"

// ——— rules and the suggestion

static void add_rule(TestDesk *test, RuleField field, RuleSense sense, const char *value) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  Rule rule = {.name = "Complaints", .is_on = true, .moments = (1 << WHEN_OPENED) | (1 << WHEN_WROTE)};
  *list_add(test->arena, &rule.conditions) = (RuleCondition){field, sense, value};
  *list_add(test->arena, &rule.actions) = (RuleAction){DO_COMPLAINT, "-", ""};
  g_assert_true(rule_keep(test->desk, &test->mira, &rule, false, &id, &error));
}

static void rules_make_complaints_of_mail(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  add_rule(test, IF_TEXT, SENSE_HAS, "Late FEE");
  g_assert_null(look(test, test_write(test, AGNES, "a1@x", "A", NULL, "Late feedback on coffee.").number));
  int64_t number = test_write(test, AGNES, "a2@x", "B", NULL,
                              "Why this late f\xC3\xA9"
                              "e?")
                     .number;
  g_assert_cmpint(look(test, number)->origin, ==, ORIGIN_RULE);
  g_assert_cmpint(look(test, number)->owner_id, ==, 0);
  add_rule(test, IF_BEHAVIOUR, SENSE_LEAST, "frustrated");
  g_assert_nonnull(look(test, write_in(test, "a3@x")));
  add_rule(test, IF_MAILBOX, SENSE_IS, "1");
  g_assert_nonnull(look(test, test_write(test, AGNES, "a4@x", "D", NULL, "Thank you.").number));
  g_assert_null(look(
    test,
    test_take(test, "From: robot@x.example\nAuto-Submitted: auto-generated\nSubject: Late fee\nMessage-ID: <r@x>\n\nlate fee\n")
      .number));
  test_counts(test);
}

static void a_suggestion_that_was_turned_down_stays_down(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *why = NULL;
  int64_t number = write_in(test, "a1@x"),
          calm = test_write(test, AGNES, "b1@x", "B", NULL, "When do you open on Saturday?").number;
  g_assert_true(complaint_suggestion(test->arena, test->desk, calm, &why, &error));
  g_assert_null(why);
  g_assert_true(complaint_suggestion(test->arena, test->desk, number, &why, &error));
  g_assert_nonnull(why);
  g_assert_true(complaint_deny(test->desk, &test->mira, number, &error));
  g_assert_true(complaint_suggestion(test->arena, test->desk, number, &why, &error));
  g_assert_null(why);
  add_rule(test, IF_BEHAVIOUR, SENSE_LEAST, "frustrated");
  test_write(test, AGNES, "a2@x", "The lamp", "a1@x", "I am still furious about this lamp.");
  g_assert_null(look(test, number)); // nor does a rule know better than a person
  make(test, number);                // but a person may change their mind
  g_assert_nonnull(look(test, number));
}

// ——— promises, effort, handling

static void promises_are_settled_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, "a1@x"), id = 0, due = 0;
  g_assert_false(promise_make(test->desk, &test->mira, number, test->clock.set_to - 1, "A call", &id, &error));
  g_clear_error(&error);
  g_assert_false(promise_make(test->desk, &test->mira, number, test->clock.set_to + CLOCK_DAY, " ", &id, &error));
  g_clear_error(&error);
  g_assert_true(promise_make(test->desk, &test->mira, number, test->clock.set_to + CLOCK_DAY, "A call", &id, &error));
  g_assert_true(promise_count_due(test->desk, test->clock.set_to + 2 * CLOCK_DAY, &due, &error));
  g_assert_cmpint(due, ==, 1);
  g_assert_false(promise_settle(test->desk, &test->jonas, id, false, "", &error)); // why not?
  g_assert_error(error, RAPPORT_ERROR, ERROR_INVALID);
  g_clear_error(&error);
  g_assert_true(promise_settle(test->desk, &test->jonas, id, false, "I was ill.", &error));
  g_assert_false(promise_settle(test->desk, &test->mira, id, true, "", &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_CONFLICT);
  PromiseShare share;
  g_clear_error(&error);
  g_assert_true(promise_share(test->desk, 0, &share, &error));
  g_assert_cmpint(share.kept, ==, 0);
  g_assert_cmpint(share.broken, ==, 1);
}

static void effort_is_counted_in_rows(void) {
  g_autoptr(Arena) arena = arena_new();
  static EffortMark marks[] = {{1, 0, MESSAGE_CUSTOMER}, {2, 10, MESSAGE_CUSTOMER},  {3, 40, MESSAGE_AGENT},
                               {4, 50, MESSAGE_AGENT},   {5, 100, MESSAGE_CUSTOMER}, {6, 130, MESSAGE_CUSTOMER}};
  EffortMarkList list = {.items = marks, .count = G_N_ELEMENTS(marks)};
  Effort waiting = {0}, solved = {0}, none = {0};
  effort_count(arena, &list, true, 0, 200, &waiting);
  g_assert_cmpint(waiting.before_first_answer, ==, 2);
  g_assert_cmpint(waiting.repeats, ==, 2);
  g_assert_cmpint(waiting.waited, ==, 40 + 100);
  g_assert_cmpint(waiting.longest, ==, 100);
  g_assert_cmpuint(waiting.waits.count, ==, 2);
  effort_count(arena, &list, false, 150, 200, &solved);
  g_assert_cmpint(solved.waited, ==, 40 + 50);
  effort_count(arena, &(EffortMarkList){0}, false, 0, 200, &none);
  g_assert_cmpint(none.waited, ==, 0);
}

static void effort_of_a_conversation(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, "a1@x");
  Effort effort;
  write_in(test, "b1@x"); // another conversation of hers
  test->clock.set_to += CLOCK_HOUR;
  test_write(test, AGNES, "a2@x", "The lamp", "a1@x", "Hello?");
  make(test, number);
  g_assert_true(complaint_effort_set(test->desk, &test->mira, number, 3, 1 << EFFORT_TELEPHONE, &error));
  g_assert_false(complaint_effort_set(test->desk, &test->mira, number, 1000, 0, NULL));
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->jonas.id, &error));
  g_assert_true(complaint_effort(test->arena, test->desk, look(test, number), &effort, &error));
  g_assert_cmpint(effort.attempts_before, ==, 3);
  g_assert_cmpint(effort.channels_before, ==, 1 << EFFORT_TELEPHONE);
  g_assert_cmpint(effort.before_first_answer, ==, 2);
  g_assert_cmpint(effort.repeats, ==, 1);
  g_assert_cmpint(effort.other_conversations, ==, 1);
  g_assert_cmpint(effort.hand_overs, ==, 1); // the conversation and its complaint went together: one hand-over
  g_assert_cmpint(look(test, number)->owner_id, ==, test->jonas.id);
}

static void readings_only_propose(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a1@x", NULL, NULL,
                              "Nobody listens to me. I paid three weeks ago and my lamp has not come. I want my money back.")
                     .number;
  ComplaintReasonList kept = {0}, proposed = {0};
  Gap gap;
  make(test, number);
  g_assert_true(complaint_reasons(test->arena, test->desk, number, &kept, &error));
  g_assert_cmpuint(kept.count, ==, 0);
  g_assert_true(complaint_reasons_propose(test->arena, test->desk, number, &proposed, &error));
  g_assert_cmpuint(proposed.count, >, 0);
  g_assert_true(complaint_reason_set(test->desk, &test->mira, number, &proposed.items[0], &error));
  Reason confirmed = proposed.items[0].reason;
  g_assert_true(complaint_reasons_propose(test->arena, test->desk, number, &proposed, &error));
  list_each(const ComplaintReason, reason, &proposed) g_assert_cmpint(reason->reason, !=, confirmed);
  ComplaintReason other = {.reason = REASON_COUNT, .feeling = EMOTION_NEUTRAL, .note = " "};
  g_assert_false(complaint_reason_set(test->desk, &test->mira, number, &other, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_INVALID);
  g_clear_error(&error);
  g_assert_true(complaint_gap_propose(test->arena, test->desk, number, &gap, &error));
  g_assert_nonnull(strstr(gap.desired, "money back"));
  g_assert_cmpstr(look(test, number)->desired, ==, ""); // nothing of it is kept
  g_assert_true(complaint_gap_confirm(test->desk, &test->mira, number, &gap, &error));
  g_assert_cmpstr(look(test, number)->desired, ==, gap.desired);
  g_assert_nonnull(strstr(complaint_gap_words(test->arena, &gap), gap.desired));
}

// ——— the register

static size_t listed(TestDesk *test, ComplaintFilter filter) {
  g_autoptr(GError) error = NULL;
  ComplaintPage page;
  complaint_list(test->arena, test->desk, &filter, 0, 0, COMPLAINT_PAGE, &page, &error);
  g_assert_no_error(error);
  return page.rows.count;
}

static ComplaintFilter only(ComplaintState state, int64_t stage, int64_t owner, const char *text) {
  ComplaintFilter filter = COMPLAINT_FILTER_ALL;
  filter.state = state;
  filter.stage = stage;
  filter.owner_id = owner;
  filter.text = text;
  return filter;
}

static void the_register_filters(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t numbers[3];
  for (int i = 0; i < 3; i++) {
    numbers[i] = write_in(test, arena_printf(test->arena, "a%d@x", i));
    make(test, numbers[i]);
    test->clock.set_to += CLOCK_HOUR;
  }
  happen(test, numbers[0], (ComplaintMove){.event = COMPLAINT_WITHDRAW, .detail = "It was none."});
  happen(test, numbers[1], (ComplaintMove){.event = COMPLAINT_HAND_OVER});
  g_assert_cmpuint(listed(test, COMPLAINT_FILTER_ALL), ==, 3);
  g_assert_cmpuint(listed(test, only(COMPLAINT_OPEN, -1, -1, NULL)), ==, 2);
  g_assert_cmpuint(listed(test, only(COMPLAINT_CLOSED, -1, -1, NULL)), ==, 1);
  g_assert_cmpuint(listed(test, only(COMPLAINT_WITH_NEWS_ONLY, -1, -1, NULL)), ==, 0);
  g_assert_cmpuint(listed(test, only(COMPLAINT_ANY, STAGE_RECEIVED, -1, NULL)), ==, 2);
  g_assert_cmpuint(listed(test, only(COMPLAINT_OPEN, -1, 0, NULL)), ==, 1);
  g_assert_cmpuint(listed(test, only(COMPLAINT_OPEN, -1, test->mira.id, NULL)), ==, 1);
  g_assert_cmpuint(listed(test, only(COMPLAINT_ANY, -1, -1, "L\xC3\x81MP")), ==, 3); // folded: a lamp with an accent is a lamp
  g_assert_cmpuint(listed(test, only(COMPLAINT_ANY, -1, -1, "#1002")), ==, 1);
  g_assert_cmpuint(listed(test, only(COMPLAINT_ANY, -1, -1, "bicycle")), ==, 0);
  ComplaintFilter late = only(COMPLAINT_ANY, -1, -1, NULL), early = late, news;
  late.is_late = true;
  g_assert_cmpuint(listed(test, late), ==, 0);
  early.received_before = look(test, numbers[1])->received_at;
  g_assert_cmpuint(listed(test, early), ==, 1);
  test->clock.set_to += 60 * CLOCK_DAY;
  g_assert_cmpuint(listed(test, late), ==, 2);
  test_write(test, AGNES, "again@x", "The lamp", "a0@x", "It is dark.");
  news = only(COMPLAINT_WITH_NEWS_ONLY, -1, -1, NULL);
  g_assert_cmpuint(listed(test, news), ==, 1);
  g_autoptr(GError) error = NULL;
  ComplaintCounts counts;
  g_assert_true(complaint_counts(test->arena, test->desk, test->clock.set_to, &counts, &error));
  g_assert_cmpint(counts.late, ==, 2);
  g_assert_cmpint(counts.news, ==, 1);
  g_assert_cmpint(counts.stages[STAGE_CLOSED], ==, 1);
}

// ——— two at once

typedef struct Presser {
  TestDesk *test;
  int64_t number, message;
  bool worked;
} Presser;

static void *press_answer(void *data) {
  Presser *presser = data;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Random random = random_seeded(presser->message);
  Desk *desk = desk_join(arena, presser->test->where, &presser->test->clock, &random, &error);
  g_assert_no_error(error);
  ComplaintMove move = {.event = COMPLAINT_ACKNOWLEDGE, .actor = &presser->test->jonas};
  do {
    g_clear_error(&error);
    presser->worked = complaint_advance(desk, presser->number, &move, &error);
  } while (error_is(error, ERROR_BUSY));
  g_assert_true(presser->worked || error_is(error, ERROR_CONFLICT));
  return NULL;
}

static void of_two_who_press_at_once_one_does_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = write_in(test, "a1@x");
  make(test, number);
  Presser pressers[] = {{test, number, 1, false}, {test, number, 2, false}};
  GThread *threads[] = {g_thread_new("one", press_answer, &pressers[0]), g_thread_new("two", press_answer, &pressers[1])};
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) g_thread_join(threads[i]);
  g_assert_true(pressers[0].worked != pressers[1].worked);
  g_assert_cmpint(look(test, number)->stage, ==, STAGE_ACKNOWLEDGED);
  test_counts(test);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/complaint/rule/makes", rules_make_complaints_of_mail);
  g_test_add_func("/complaint/suggestion/turned-down", a_suggestion_that_was_turned_down_stays_down);
  g_test_add_func("/complaint/promise/settled-once", promises_are_settled_once);
  g_test_add_func("/complaint/effort/rows", effort_is_counted_in_rows);
  g_test_add_func("/complaint/effort/conversation", effort_of_a_conversation);
  g_test_add_func("/complaint/handling/readings-only-propose", readings_only_propose);
  g_test_add_func("/complaint/register/filters", the_register_filters);
  g_test_add_func("/complaint/at-once", of_two_who_press_at_once_one_does_it);
  return g_test_run();
}
