// Sharing the work out: whose it is, how urgent, when it comes back, who follows it. The tallies agree with the rows throughout.
#include "desk/conversation/change.h"
#include "desk/conversation/regroup.h"
#include "desk/conversation/verbs.h"
#include "desk/conversation/work.h"
#include "desk/team/team.h"
#include "desk/testing.h"

#define AGNES "Agnes Moor <agnes@moor.example>"

typedef struct Counts {
  int64_t mine, unassigned, open, upset, snoozed, solved;
} Counts;

static void expect_counts(TestDesk *test, Counts expected) {
  g_autoptr(GError) error = NULL;
  ViewCounts counts;
  conversation_counts(test->arena, test->desk, test->mira.id, &counts, &error);
  g_assert_no_error(error);
  g_assert_cmpint(counts.views[VIEW_MINE], ==, expected.mine);
  g_assert_cmpint(counts.views[VIEW_UNASSIGNED], ==, expected.unassigned);
  g_assert_cmpint(counts.views[VIEW_OPEN], ==, expected.open);
  g_assert_cmpint(counts.views[VIEW_UPSET], ==, expected.upset);
  g_assert_cmpint(counts.views[VIEW_SNOOZED], ==, expected.snoozed);
  g_assert_cmpint(counts.views[VIEW_SOLVED], ==, expected.solved);
  test_counts(test); // kept is what is there
}

static size_t rows_in(TestDesk *test, View view) {
  g_autoptr(GError) error = NULL;
  ConversationPage page;
  conversation_list(test->arena, test->desk, view, test->mira.id, 0, 0, &page, &error);
  g_assert_no_error(error);
  return page.rows.count;
}

static int64_t write_one(TestDesk *test, const char *id) { return test_write(test, AGNES, id, NULL, NULL, NULL).number; }

static const Event *last_event(TestDesk *test, int64_t number) {
  Thread thread = test_thread(test, number);
  return &thread.events.items[thread.events.count - 1];
}

static void anybody_can_get_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_one(test, "a@x");
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->jonas.id, &error));
  g_assert_cmpstr(test_thread(test, number).conversation->assignee_name, ==, "Jonas Feld");
  g_assert_cmpint(last_event(test, number)->kind, ==, EVENT_ASSIGNED);
  g_assert_cmpstr(last_event(test, number)->detail, ==, "Jonas Feld");
  g_assert_false(conversation_assign(test->desk, &test->mira, number, 999, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void a_priority_is_kept_and_said_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_one(test, "a@x");
  g_assert_cmpint(test_thread(test, number).conversation->priority, ==, PRIORITY_NORMAL);
  g_assert_true(conversation_set_priority(test->desk, &test->mira, number, PRIORITY_URGENT, &error));
  size_t events = test_thread(test, number).events.count;
  g_assert_cmpint(last_event(test, number)->kind, ==, EVENT_PRIORITY);
  g_assert_cmpstr(last_event(test, number)->detail, ==, "urgent");
  g_assert_true(conversation_set_priority(test->desk, &test->jonas, number, PRIORITY_URGENT, &error));
  g_assert_cmpuint(test_thread(test, number).events.count, ==, events);
  g_assert_false(conversation_set_priority(test->desk, &test->mira, number, 9, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

static void words_of_priorities_lead_back(void) {
  for (Priority priority = 0; priority < PRIORITY_COUNT; priority++) {
    Priority read = PRIORITY_COUNT;
    g_assert_true(priority_from_word(priority_word(priority), &read));
    g_assert_cmpint(read, ==, priority);
  }
  g_assert_false(priority_from_word("dire", &(Priority){0}));
  g_assert_false(priority_from_word(NULL, &(Priority){0}));
}

static void what_is_snoozed_is_in_its_own_view_alone(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a@x", NULL, NULL, "I am furious. You are liars and thieves and I hate you.").number;
  int64_t until = test->clock.set_to + CLOCK_DAY;
  write_one(test, "b@x");
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  expect_counts(test, (Counts){.mine = 1, .unassigned = 1, .open = 2, .upset = 1});
  g_assert_true(conversation_snooze(test->desk, &test->mira, number, until, &error));
  expect_counts(test, (Counts){.unassigned = 1, .open = 1, .snoozed = 1});
  g_assert_cmpuint(rows_in(test, VIEW_MINE), ==, 0);
  g_assert_cmpuint(rows_in(test, VIEW_UPSET), ==, 0);
  g_assert_cmpuint(rows_in(test, VIEW_OPEN), ==, 1);
  g_assert_cmpuint(rows_in(test, VIEW_UNASSIGNED), ==, 1);
  g_assert_cmpuint(rows_in(test, VIEW_SNOOZED), ==, 1);
  Conversation *asleep = test_thread(test, number).conversation;
  g_assert_cmpint(asleep->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(asleep->snoozed_until, ==, until);
  g_assert_cmpint(last_event(test, number)->kind, ==, EVENT_SNOOZED);
}

static void what_comes_back_soonest_stands_on_top_of_the_snoozed(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ConversationPage page;
  const int64_t days[] = {3, 1, 2};
  test_set(test, "conversations-an-hour", "100");
  for (int i = 0; i < 3; i++) {
    int64_t number = write_one(test, arena_printf(test->arena, "a%d@x", i));
    g_assert_true(conversation_snooze(test->desk, &test->mira, number, test->clock.set_to + days[i] * CLOCK_DAY, &error));
  }
  g_assert_true(conversation_list(test->arena, test->desk, VIEW_SNOOZED, test->mira.id, 0, 0, &page, &error));
  g_assert_cmpuint(page.rows.count, ==, 3);
  g_assert_cmpint(page.rows.items[0].number, ==, 1002);
  g_assert_cmpint(page.rows.items[1].number, ==, 1003);
  g_assert_cmpint(page.rows.items[2].number, ==, 1001);
  const ConversationRow *first = &page.rows.items[0];
  g_assert_true(
    conversation_list(test->arena, test->desk, VIEW_SNOOZED, test->mira.id, first->queue_key, first->number, &page, &error));
  g_assert_cmpuint(page.rows.count, ==, 2);
}

static void it_comes_back_when_its_time_has_come(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_one(test, "a@x"), count = 0, until = test->clock.set_to + CLOCK_DAY;
  test_reply(test, number, "We will look on Monday.");
  g_assert_true(conversation_snooze(test->desk, &test->mira, number, until, &error));
  test->clock.set_to = until - 1;
  g_assert_true(conversation_wake_due(test->desk, &count, &error));
  g_assert_cmpint(count, ==, 0);
  test->clock.set_to = until + CLOCK_MINUTE;
  g_assert_true(conversation_wake_due(test->desk, &count, &error));
  g_assert_cmpint(count, ==, 1);
  g_assert_true(conversation_wake_due(test->desk, &count, &error));
  g_assert_cmpint(count, ==, 0);
  Conversation *back = test_thread(test, number).conversation;
  g_assert_cmpint(back->snoozed_until, ==, 0);
  g_assert_cmpint(back->woke_at, ==, until);
  g_assert_cmpint(back->waiting_since, ==, 0); // nobody waits: that is not said
  g_assert_cmpint(last_event(test, number)->kind, ==, EVENT_WOKE);
  g_assert_null(last_event(test, number)->staff_name);
  expect_counts(test, (Counts){.mine = 1, .open = 1});
}

// Who put it off meant to see it again.
static void what_came_back_stands_among_those_who_wait_until_somebody_deals_with_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_one(test, "a@x"), count = 0;
  ConversationPage page;
  test_reply(test, number, "We will look on Monday.");
  g_assert_true(conversation_snooze(test->desk, &test->mira, number, test->clock.set_to + CLOCK_HOUR, &error));
  test->clock.set_to += 2 * CLOCK_HOUR;
  write_one(test, "b@x");
  g_assert_true(conversation_wake_due(test->desk, &count, &error));
  g_assert_true(conversation_list(test->arena, test->desk, VIEW_OPEN, test->mira.id, 0, 0, &page, &error));
  g_assert_cmpint(page.rows.items[0].number, ==, number); // it came back before the other wrote
  g_assert_cmpint(page.rows.items[0].woke_at, >, 0);
  ReplyDraft note = {.number = number, .text = "Nothing yet."};
  ReplyOutcome outcome;
  int64_t id = 0;
  g_assert_true(conversation_note(test->arena, test->desk, &test->mira, &note, &outcome, &id, &error));
  g_assert_true(conversation_list(test->arena, test->desk, VIEW_OPEN, test->mira.id, 0, 0, &page, &error));
  g_assert_cmpint(page.rows.items[1].number, ==, number);
  g_assert_cmpint(page.rows.items[1].woke_at, ==, 0);
}

static void the_customer_wakes_it_at_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_one(test, "a@x"), count = 0;
  test_reply(test, number, "We will look.");
  g_assert_true(conversation_snooze(test->desk, &test->mira, number, test->clock.set_to + CLOCK_DAY, &error));
  test->clock.set_to += CLOCK_MINUTE;
  g_assert_cmpint(test_write(test, AGNES, "b@x", NULL, "a@x", "Any news?").number, ==, number);
  Conversation *awake = test_thread(test, number).conversation;
  g_assert_cmpint(awake->snoozed_until, ==, 0);
  g_assert_cmpint(awake->waiting_since, ==, test->clock.set_to);
  expect_counts(test, (Counts){.mine = 1, .open = 1});
  test->clock.set_to += 2 * CLOCK_DAY;
  g_assert_true(conversation_wake_due(test->desk, &count, &error));
  g_assert_cmpint(count, ==, 0);
}

static void it_is_woken_and_solved_by_hand(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = write_one(test, "a@x"), two = write_one(test, "b@x"), until = test->clock.set_to + CLOCK_DAY;
  g_assert_true(conversation_snooze(test->desk, &test->mira, one, until, &error));
  g_assert_true(conversation_snooze(test->desk, &test->mira, two, until, &error));
  g_assert_true(conversation_snooze(test->desk, &test->mira, one, 0, &error));
  conversation_solve(test->desk, &test->mira, two, &error);
  g_assert_no_error(error);
  g_assert_cmpint(test_thread(test, two).conversation->snoozed_until, ==, 0);
  expect_counts(test, (Counts){.unassigned = 1, .open = 1, .solved = 1});
  g_assert_true(conversation_reopen(test->desk, &test->mira, two, &error));
  expect_counts(test, (Counts){.unassigned = 2, .open = 2});
}

static void times_that_make_no_sense_are_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = write_one(test, "a@x"), now = test->clock.set_to;
  const int64_t wrong[] = {now, now - CLOCK_DAY, 1, -1, now + SNOOZE_MOST + 1, INT64_MAX};
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(conversation_snooze(test->desk, &test->mira, number, wrong[i], &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
  g_autoptr(GError) error = NULL;
  g_assert_true(conversation_solve(test->desk, &test->mira, number, &error));
  g_assert_false(conversation_snooze(test->desk, &test->mira, number, now + CLOCK_DAY, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
}

static void a_merge_takes_the_more_urgent_and_what_is_awake(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = write_one(test, "a@x"), two = write_one(test, "b@x"), three = write_one(test, "c@x");
  int64_t soon = test->clock.set_to + CLOCK_HOUR;
  g_assert_true(conversation_set_priority(test->desk, &test->mira, one, PRIORITY_HIGH, &error));
  g_assert_true(conversation_snooze(test->desk, &test->mira, one, soon, &error));
  g_assert_true(conversation_snooze(test->desk, &test->mira, two, soon + CLOCK_DAY, &error));
  g_assert_true(conversation_follow(test->desk, &test->jonas, one, &error));
  g_assert_true(conversation_merge(test->desk, &test->mira, one, two, &error));
  Conversation *kept = test_thread(test, two).conversation;
  g_assert_cmpint(kept->priority, ==, PRIORITY_HIGH);
  g_assert_cmpint(kept->snoozed_until, ==, soon);
  StaffList followers = {0};
  g_assert_true(conversation_followers(test->arena, test->desk, two, &followers, &error));
  g_assert_cmpuint(followers.count, ==, 1);
  g_assert_cmpint(followers.items[0].id, ==, test->jonas.id);
  g_assert_true(conversation_merge(test->desk, &test->mira, two, three, &error));
  g_assert_cmpint(test_thread(test, three).conversation->snoozed_until, ==, 0);
  expect_counts(test, (Counts){.unassigned = 1, .open = 1});
}

static void following_is_on_or_off(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  StaffList followers = {0};
  int64_t number = write_one(test, "a@x");
  for (int i = 0; i < 2; i++) g_assert_true(conversation_follow(test->desk, &test->jonas, number, &error));
  g_assert_true(conversation_followers(test->arena, test->desk, number, &followers, &error));
  g_assert_cmpuint(followers.count, ==, 1);
  size_t events = test_thread(test, number).events.count;
  g_assert_cmpint(last_event(test, number)->kind, ==, EVENT_FOLLOWED);
  g_assert_true(conversation_unfollow(test->desk, &test->jonas, number, &error));
  g_assert_cmpuint(test_thread(test, number).events.count, ==, events + 1);
  g_assert_false(conversation_follow(test->desk, &test->jonas, 9999, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

// Mira's list of what she follows, as numbers, and that its count and `rapport check` agree with it.
static const char *followed(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  ConversationPage page;
  ViewCounts counts;
  conversation_list(test->arena, test->desk, VIEW_FOLLOWING, test->mira.id, 0, 0, &page, &error);
  g_assert_no_error(error);
  conversation_counts(test->arena, test->desk, test->mira.id, &counts, &error);
  g_assert_no_error(error);
  list_each(const ConversationRow, row, &page.rows)
    g_string_append_printf(out, out->len ? " %" G_GINT64_FORMAT : "%" G_GINT64_FORMAT, row->number - 1000);
  g_assert_cmpint(counts.views[VIEW_FOLLOWING], ==, (int64_t)page.rows.count);
  test_counts(test);
  return arena_strdup(test->arena, out->str);
}

static void what_one_follows_stands_in_the_order_of_lists(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t numbers[3];
  const char *const ids[] = {"a@x", "b@x", "c@x"};
  for (size_t i = 0; i < 3; i++) {
    test->clock.set_to += CLOCK_MINUTE;
    numbers[i] = write_one(test, ids[i]);
    g_assert_true(conversation_follow(test->desk, &test->mira, numbers[i], &error));
  }
  const char *all = followed(test);
  g_assert_cmpuint(strlen(all), >=, 5);
  g_assert_true(conversation_solve(test->desk, &test->jonas, numbers[0], &error));
  g_assert_cmpstr(followed(test), ==, strchr(all, ' ') + 1);
  test->clock.set_to += CLOCK_MINUTE;
  test_write(test, AGNES, "d@x", NULL, "a@x", "Not yet."); // reopens it; she waits least long there
  g_assert_cmpstr(followed(test), ==, arena_printf(test->arena, "%s %.*s", strchr(all, ' ') + 1, (int)strcspn(all, " "), all));
  g_assert_true(conversation_snooze(test->desk, &test->jonas, numbers[1], test->clock.set_to + CLOCK_DAY, &error));
  g_assert_true(conversation_merge(test->desk, &test->jonas, numbers[2], numbers[0], &error));
  g_assert_cmpint(rows_in(test, VIEW_FOLLOWING), ==, 2); // what sleeps stands last
  g_assert_true(g_str_has_suffix(followed(test), arena_printf(test->arena, " %" G_GINT64_FORMAT, numbers[1] - 1000)));
  g_assert_true(conversation_unmerge(test->desk, &test->jonas, numbers[2], &error));
  g_assert_cmpint(rows_in(test, VIEW_FOLLOWING), ==, 3);
  g_assert_cmpuint(strlen(followed(test)), ==, strlen(all));
}

static int64_t mails_waiting(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  DeskCounts counts;
  test_tell_staff(test);
  g_assert_true(desk_count(test->desk, &counts, &error));
  return counts.outbox;
}

static void who_follows_hears_of_it_by_mail(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_one(test, "a@x");
  g_assert_true(staff_set_mails(test->desk, test->jonas.id, STAFF_MAILS_MINE, &error));
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  int64_t before = mails_waiting(test);
  test_write(test, AGNES, "b@x", NULL, "a@x", "More.");
  g_assert_cmpint(mails_waiting(test), ==, before);
  g_assert_true(conversation_follow(test->desk, &test->jonas, number, &error));
  test_write(test, AGNES, "c@x", NULL, "b@x", "And more.");
  g_assert_cmpint(mails_waiting(test), ==, before + 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/work/assign-anybody", anybody_can_get_it);
  g_test_add_func("/work/priority", a_priority_is_kept_and_said_once);
  g_test_add_func("/work/priority-words", words_of_priorities_lead_back);
  g_test_add_func("/work/snoozed-view", what_is_snoozed_is_in_its_own_view_alone);
  g_test_add_func("/work/snoozed-order", what_comes_back_soonest_stands_on_top_of_the_snoozed);
  g_test_add_func("/work/comes-back", it_comes_back_when_its_time_has_come);
  g_test_add_func("/work/back-among-those-who-wait", what_came_back_stands_among_those_who_wait_until_somebody_deals_with_it);
  g_test_add_func("/work/customer-wakes", the_customer_wakes_it_at_once);
  g_test_add_func("/work/woken-by-hand", it_is_woken_and_solved_by_hand);
  g_test_add_func("/work/times-refused", times_that_make_no_sense_are_refused);
  g_test_add_func("/work/merge", a_merge_takes_the_more_urgent_and_what_is_awake);
  g_test_add_func("/work/follow", following_is_on_or_off);
  g_test_add_func("/work/followed-in-order", what_one_follows_stands_in_the_order_of_lists);
  g_test_add_func("/work/followers-by-mail", who_follows_hears_of_it_by_mail);
  return g_test_run();
}
