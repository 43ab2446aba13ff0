// When answers and resolutions are due: in business time, paused while it is their turn or put off, given once, and shown with their
// arithmetic. The desk is open Monday to Friday, nine to five, UTC; tests begin on Sunday 22 November 2026 at nine.
#include "desk/testing.h"

#include "desk/complaint/complaint.h"
#include "desk/conversation/verbs.h"
#include "desk/due.sql.h"
#include "desk/due/settle.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define MONDAY_NINE (INT64_C(1795424400) * CLOCK_SECOND)
#define H CLOCK_HOUR

static DueFacts facts_of(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  DueFacts *facts = NULL;
  g_assert_true(due_select(test->arena, test->desk->db, number, MESSAGE_AGENT, STAGE_CLOSED, &facts, &error));
  g_assert_nonnull(facts);
  return *facts;
}

static void now(TestDesk *test, int64_t at) { test->clock.set_to = at; }

static TestDesk *desk_in_utc(void) {
  g_autoptr(GError) error = NULL;
  TestDesk *test = test_desk_new();
  g_assert_true(hours_set_zone(test->desk, "UTC", &error));
  return test;
}

static int64_t agnes_writes(TestDesk *test, const char *id, const char *parent) {
  return test_write(test, AGNES, id, "My bell", parent, NULL).number;
}

static int events(TestDesk *test, int64_t number, EventKind kind) {
  Thread thread = test_thread(test, number);
  int count = 0;
  list_each(const Event, event, &thread.events) count += event->kind == kind;
  return count;
}

static void the_first_answer_is_due_in_business_time(void) {
  g_autoptr(TestDesk) test = desk_in_utc();
  DueFacts facts = facts_of(test, agnes_writes(test, "a1@x", NULL)); // on Sunday
  g_assert_cmpint(facts.due_kind, ==, DUE_FIRST_ANSWER);
  g_assert_cmpint(facts.due_at, ==, MONDAY_NINE + 8 * H);                // eight hours fill Monday: when the desk closes
  g_assert_cmpint(facts.work_due, ==, MONDAY_NINE + 4 * 24 * H + 8 * H); // and forty the week
}

static void an_answer_meets_it_and_the_next_one_counts_anew(void) {
  g_autoptr(TestDesk) test = desk_in_utc();
  now(test, MONDAY_NINE);
  int64_t number = agnes_writes(test, "a1@x", NULL);
  now(test, MONDAY_NINE + 2 * H);
  test_reply(test, number, "It is on its way.");
  DueFacts facts = facts_of(test, number);
  g_assert_cmpint(facts.due_at, ==, 0);
  g_assert_cmpint(facts.work, ==, 120);
  now(test, MONDAY_NINE + 5 * H);
  agnes_writes(test, "a2@x", "a1@x");
  facts = facts_of(test, number);
  g_assert_cmpint(facts.due_kind, ==, DUE_NEXT_ANSWER);
  g_assert_cmpint(facts.due_at, ==, MONDAY_NINE + 24 * H + 5 * H);
  g_assert_cmpint(facts.work_due, ==, MONDAY_NINE + 5 * H + 7 * 24 * H - 2 * H); // three hours in which it was their turn
}

static void snooze(TestDesk *test, int64_t number, int64_t until) {
  g_autoptr(GError) error = NULL;
  const char *value = until ? arena_printf(test->arena, "%" G_GINT64_FORMAT, until) : "NULL";
  g_autoptr(DbTx) tx = db_begin(test->desk->db, &error);
  g_assert_true(db_run_script(
    test->desk->db,
    arena_printf(test->arena, "UPDATE conversation SET snoozed_until = %s WHERE id = %" G_GINT64_FORMAT, value, number), &error));
  g_assert_true(due_settle(test->arena, test->desk, number, &error));
  g_assert_true(db_commit(&tx, &error));
}

static void what_is_snoozed_stands_still(void) {
  g_autoptr(TestDesk) test = desk_in_utc();
  now(test, MONDAY_NINE);
  int64_t number = agnes_writes(test, "a1@x", NULL);
  now(test, MONDAY_NINE + H);
  snooze(test, number, MONDAY_NINE + 3 * H);
  g_assert_cmpint(facts_of(test, number).due_at, ==, 0);
  now(test, MONDAY_NINE + 3 * H);
  snooze(test, number, 0);
  DueFacts facts = facts_of(test, number);
  g_assert_cmpint(facts.held, ==, 120);
  g_assert_cmpint(facts.due_at, ==, MONDAY_NINE + 24 * H + 2 * H);
}

static void it_is_said_once_when_it_is_near_and_once_when_it_is_missed(void) {
  g_autoptr(TestDesk) test = desk_in_utc();
  g_autoptr(GError) error = NULL;
  now(test, MONDAY_NINE);
  int64_t number = agnes_writes(test, "a1@x", NULL);
  now(test, MONDAY_NINE + 6 * H - 1);
  g_assert_true(due_alarm(test->desk, &error));
  g_assert_cmpint(events(test, number, EVENT_TARGET_NEAR), ==, 0);
  now(test, MONDAY_NINE + 6 * H);
  for (int i = 0; i < 2; i++) g_assert_true(due_alarm(test->desk, &error));
  g_assert_cmpint(events(test, number, EVENT_TARGET_NEAR), ==, 1);
  now(test, MONDAY_NINE + 24 * H);
  for (int i = 0; i < 2; i++) g_assert_true(due_alarm(test->desk, &error));
  g_assert_cmpint(events(test, number, EVENT_TARGET_NEAR), ==, 1);
  g_assert_cmpint(events(test, number, EVENT_TARGET_MISSED), ==, 1);
  g_assert_cmpint(facts_of(test, number).due_at, ==, MONDAY_NINE + 8 * H); // it stays due until it is answered
}

static void two_processes_say_it_once(void) {
  g_autoptr(TestDesk) test = desk_in_utc();
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Desk *other = desk_join(arena, test->where, &test->clock, &test->random, &error);
  now(test, MONDAY_NINE);
  int64_t number = agnes_writes(test, "a1@x", NULL);
  now(test, MONDAY_NINE + 25 * H);
  g_assert_true(due_alarm(other, &error));
  g_assert_true(due_alarm(test->desk, &error));
  g_assert_cmpint(events(test, number, EVENT_TARGET_MISSED), ==, 1);
  g_assert_cmpint(events(test, number, EVENT_TARGET_NEAR), ==, 0); // who is late need not hear that it was near
}

static void old_news_is_said_to_nobody(void) {
  g_autoptr(TestDesk) test = desk_in_utc();
  g_autoptr(GError) error = NULL;
  int64_t number = agnes_writes(test, "a1@x", NULL);
  now(test, MONDAY_NINE + 60 * 24 * H);
  g_assert_true(due_alarm(test->desk, &error));
  g_assert_cmpint(events(test, number, EVENT_TARGET_MISSED), ==, 0);
}

static void other_targets_count_from_the_next_round_on(void) {
  g_autoptr(TestDesk) test = desk_in_utc();
  g_autoptr(GError) error = NULL;
  now(test, MONDAY_NINE);
  int64_t number = agnes_writes(test, "a1@x", NULL);
  g_assert_true(due_renew(test->desk, &error));
  DueTargetsList all;
  g_assert_true(due_targets(test->arena, test->desk, &all, &error));
  DueTargets targets = all.items[0];
  targets.minutes[1][DUE_FIRST_ANSWER] = 60;
  g_assert_true(due_targets_set(test->desk, &test->mira, &targets, &error));
  g_assert_true(due_renew(test->desk, &error));
  g_assert_cmpint(facts_of(test, number).due_at, ==, MONDAY_NINE + H);
  targets.minutes[1][DUE_FIRST_ANSWER] = -1;
  g_assert_false(due_targets_set(test->desk, &test->mira, &targets, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

static void a_complaint_has_clocks_of_its_own(void) {
  g_autoptr(TestDesk) test = desk_in_utc();
  g_autoptr(GError) error = NULL;
  now(test, MONDAY_NINE);
  int64_t number = agnes_writes(test, "a1@x", NULL);
  g_assert_true(complaint_receive(test->desk, &test->mira, number, ORIGIN_PERSON, "", &error));
  Complaint *complaint = NULL;
  g_assert_true(complaint_find(test->arena, test->desk, number, &complaint, &error));
  DueFacts facts = facts_of(test, number);
  g_assert_cmpint(facts.due_kind, ==, DUE_COMPLAINT);
  g_assert_cmpint(facts.due_at, ==, complaint->next_due_at);
  g_assert_cmpint(facts.answer_due, ==, 0);
  snooze(test, number, MONDAY_NINE + 48 * H);
  g_assert_cmpint(facts_of(test, number).due_at, ==, complaint->next_due_at); // nothing pauses a complaint
}

// The schema as it was before step 34, with a complaint in #1 about which nobody waits, and its deadline on Wednesday.
static void make_desk_of_before(const char *where, const Clock *clock) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Db) db = db_open(where, &error);
  size_t steps = 0;
  while (desk_migrations[steps].number < 34) steps++;
  g_assert_true(db_migrate(db, desk_migrations, steps, clock, &error));
  g_autofree char *script = g_strdup_printf(
    "INSERT INTO mailbox (id, address, address_key, name, signature, made_at) VALUES (1, 'a@x.example', 'a@x.example', '', '', 1);"
    "INSERT INTO customer (id, name, made_at) VALUES (1, 'Agnes', 1);"
    "INSERT INTO conversation (id, customer_id, mailbox_id, customer_name, customer_address, subject, state, opened_at, last_message_at,"
    " last_message_id, queue_key, message_count, snippet, is_read, behaviour, emotion, need, valence, intensity)"
    " VALUES (1, 1, 1, 'Agnes', '', 'My bell', 0, 1, 1, 1, 1, 1, '', 0, 0, 0, 0, 0, 0);"
    "INSERT INTO complaint (conversation_id, stage, origin, received_at, made_at, severity, is_safety, about, seeks, present, desired,"
    " profile, channels_before, outside, has_news, queue_key, next_due_at)"
    " VALUES (1, 3, 0, 1, 1, 0, 0, '', '', '', '', 0, 0, '', 0, 1, %" G_GINT64_FORMAT ")",
    MONDAY_NINE + 48 * H);
  g_assert_true(db_run_script(db, script, &error));
}

static void complaints_of_before_an_upgrade_are_due_after_it(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const char *where = db_testing_place(arena);
  Clock clock = clock_standing_at(MONDAY_NINE);
  Random random = random_seeded(7);
  make_desk_of_before(where, &clock);
  Desk *desk = desk_open(arena, where, &clock, &random, &error);
  g_assert_no_error(error);
  DueFacts *facts = NULL;
  g_assert_true(due_alarm(desk, &error)); // the chore that runs each minute
  g_assert_true(due_select(arena, desk->db, 1, MESSAGE_AGENT, STAGE_CLOSED, &facts, &error));
  g_assert_cmpint(facts->due_at, ==, MONDAY_NINE + 48 * H);
  g_assert_cmpint(facts->due_kind, ==, DUE_COMPLAINT);
  g_assert_cmpint(facts->alarm_at, >, MONDAY_NINE); // it will be warned of
}

static void the_panel_shows_the_arithmetic(void) {
  g_autoptr(TestDesk) test = desk_in_utc();
  g_autoptr(GError) error = NULL;
  DueClockList clocks;
  int64_t number = agnes_writes(test, "a1@x", NULL);
  g_assert_true(due_clocks(test->arena, test->desk, number, &clocks, &error));
  g_assert_cmpuint(clocks.count, ==, 2);
  g_assert_cmpstr(clocks.items[0].arithmetic, ==,
                  "8 business hours for normal priority.\nThey wait since Sunday 22 November 2026 at 09:00.\n"
                  "The clock starts Monday 23 November at 09:00.\n8 business hours end Monday 23 November at 17:00.");
  test_reply(test, number, "It is on its way.");
  g_assert_true(due_clocks(test->arena, test->desk, number, &clocks, &error));
  g_assert_cmpuint(clocks.count, ==, 1);
  g_assert_cmpstr(clocks.items[0].words, ==, "stands still: it is their turn");
}

static void a_warning_is_a_share_or_a_time(void) {
  g_autoptr(Arena) arena = arena_new();
  DueWarning warning;
  g_assert_null(due_warning_read(arena, " 25% ", &warning));
  g_assert_cmpint(warning.percent, ==, 25);
  g_assert_cmpstr(due_warning_write(arena, warning), ==, "25 %");
  g_assert_null(due_warning_read(arena, "45 min", &warning));
  g_assert_cmpint(warning.minutes, ==, 45);
  g_assert_null(due_warning_read(arena, "", &warning));
  g_assert_cmpint(warning.percent + warning.minutes, ==, 0);
  g_assert_nonnull(due_warning_read(arena, "150 %", &warning));
  g_assert_nonnull(due_warning_read(arena, "soon", &warning));
}

static void business_time_is_counted_backwards_too(void) {
  g_autoptr(Arena) arena = arena_new();
  BusinessHours hours;
  OpeningList openings = {0};
  for (int day = 1; day <= 5; day++) *list_add(arena, &openings) = (Opening){day, 540, 1020};
  g_assert_true(hours_make(arena, "UTC", &openings, NULL, &hours));
  int64_t monday_ten = MONDAY_NINE + H;
  g_assert_cmpint(hours_before(&hours, monday_ten, 60) / CLOCK_MINUTE, ==, MONDAY_NINE / CLOCK_MINUTE);
  int64_t friday = hours_before(&hours, monday_ten, 120); // Friday at four
  g_assert_cmpint((MONDAY_NINE - friday + CLOCK_SECOND) / H, ==, 65);
  g_assert_cmpint(hours_between(&hours, friday, monday_ten), ==, 120);
  g_assert_true(hours_make(arena, "UTC", NULL, NULL, &hours));
  g_assert_cmpint(hours_before(&hours, monday_ten, 60), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/due/first-answer", the_first_answer_is_due_in_business_time);
  g_test_add_func("/due/next-answer", an_answer_meets_it_and_the_next_one_counts_anew);
  g_test_add_func("/due/snoozed", what_is_snoozed_stands_still);
  g_test_add_func("/due/alarms", it_is_said_once_when_it_is_near_and_once_when_it_is_missed);
  g_test_add_func("/due/two-processes", two_processes_say_it_once);
  g_test_add_func("/due/old-news", old_news_is_said_to_nobody);
  g_test_add_func("/due/other-targets", other_targets_count_from_the_next_round_on);
  g_test_add_func("/due/complaint", a_complaint_has_clocks_of_its_own);
  g_test_add_func("/due/upgrade", complaints_of_before_an_upgrade_are_due_after_it);
  g_test_add_func("/due/arithmetic", the_panel_shows_the_arithmetic);
  g_test_add_func("/due/warning", a_warning_is_a_share_or_a_time);
  g_test_add_func("/due/backwards", business_time_is_counted_backwards_too);
  return g_test_run();
}
