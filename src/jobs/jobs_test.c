// The chores: what is too old goes in the first round, and what people say about readings is learnt from while the thread runs.
#include "desk/learning/learning.h"
#include "desk/search/search.h"
#include "desk/testing.h"
#include "jobs/jobs.h"

static Jobs *start(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  JobsConfig config = {.database = test->where, .clock = &test->clock, .random = &random_system};
  Jobs *jobs = jobs_start(&config, &error);
  g_assert_no_error(error);
  return jobs;
}

static void what_is_too_old_goes_in_the_first_round(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_set(test, "mails-an-hour", "1");
  for (int i = 0; i < 3; i++) test_write(test, "agnes@moor.example", arena_printf(test->arena, "a%d@x", i), NULL, NULL, NULL);
  g_assert_cmpint(test_counts(test).quarantined, ==, 2);
  test->clock.set_to += 31 * CLOCK_DAY;
  jobs_stop(start(test)); // after the round
  DeskCounts counts = test_counts(test);
  g_assert_cmpint(counts.quarantined, ==, 0);
  g_assert_cmpint(counts.dismissed, ==, 2);
}

static LearningReport report_of(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  LearningReport report;
  learning_report(test->arena, test->desk, &report, &error);
  g_assert_no_error(error);
  return report;
}

static void say(TestDesk *test, int64_t message_id, int value) {
  g_autoptr(GError) error = NULL;
  int64_t number = 0;
  reading_correct(test->desk, &test->mira, message_id, CORRECTION_NEED, value, &number, &error);
  g_assert_no_error(error);
}

static void judgements_are_learnt_from_while_it_runs(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbWatch) watch = db_watch_open(test->where, CLOCK_MILLISECOND, &error);
  g_assert_no_error(error);
  ReceivedResult mail = test_write(test, "agnes@moor.example", "a1@x", "My bell", NULL, "My bell is broken.");
  g_autoptr(Jobs) jobs = start(test);
  g_assert_nonnull(jobs);
  for (int value = 0; value < 2; value++) { // before or in the first round, and after it
    say(test, mail.message_id, value);
    while (report_of(test).is_due) db_watch_wait(watch, CLOCK_SECOND);
  }
  g_assert_cmpint(report_of(test).learnt->corrections, ==, 1); // the newest word
}

static void what_was_written_can_be_found_soon(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbWatch) watch = db_watch_open(test->where, CLOCK_MILLISECOND, &error);
  g_assert_no_error(error);
  g_autoptr(Jobs) jobs = start(test);
  g_assert_nonnull(jobs);
  test_write(test, "agnes@moor.example", "a1@x", "My bell", NULL, "My bell is broken.");
  Search search;
  SearchPage page = {0};
  while (!page.results.count) {
    db_watch_wait(watch, CLOCK_SECOND);
    g_assert_true(search_read(test->arena, test->desk, &test->mira, "broken", true, &search, &error));
    g_assert_true(search_look(test->arena, test->desk, &search, 0, &page, &error));
  }
}

static void where_no_database_is_nothing_starts(void) {
  g_autoptr(GError) error = NULL;
  JobsConfig config = {.database = "/nowhere/at/all.db", .clock = &clock_system, .random = &random_system};
  g_assert_null(jobs_start(&config, &error));
  g_assert_nonnull(error);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/jobs/expires", what_is_too_old_goes_in_the_first_round);
  g_test_add_func("/jobs/learns", judgements_are_learnt_from_while_it_runs);
  g_test_add_func("/jobs/indexes", what_was_written_can_be_found_soon);
  g_test_add_func("/jobs/no-database", where_no_database_is_nothing_starts);
  return g_test_run();
}
