// When a chore's turn is, and how long the thread may sleep.
#include "jobs/turn.h"

#include <glib.h>

static void who_waits_for_news_has_no_turn_without_any(void) {
  Turn turn = {.has_news = true};
  g_assert_true(turn_is_due(&turn, 1000));
  turn_took(&turn, 1000, 1010);
  g_assert_false(turn_is_due(&turn, 100000));
  turn.has_news = true;
  g_assert_false(turn_is_due(&turn, 1049)); // it rests four times as long as it took
  g_assert_true(turn_is_due(&turn, 1050));
}

static void who_goes_by_the_clock_needs_none(void) {
  Turn turn = {.every = 100};
  g_assert_true(turn_is_due(&turn, 0));
  turn_took(&turn, 0, 10);
  g_assert_false(turn_is_due(&turn, 109));
  g_assert_true(turn_is_due(&turn, 110));
  turn_took(&turn, 110, 160); // rests longer than its time
  g_assert_false(turn_is_due(&turn, 359));
  g_assert_true(turn_is_due(&turn, 360));
}

static void the_thread_sleeps_until_the_next_turn(void) {
  Turn turns[] = {{.every = 300}, {.every = 0}};
  turn_took(&turns[0], 0, 10);
  turn_took(&turns[1], 10, 20);
  g_assert_cmpint(turns_patience(turns, 2, 20, 1000), ==, 290); // the second wants nothing until something happens
  g_assert_cmpint(turns_patience(turns, 2, 20, 100), ==, 100);
  turns[1].has_news = true; // while it rests
  g_assert_cmpint(turns_patience(turns, 2, 20, 1000), ==, 40);
  g_assert_cmpint(turns_patience(turns, 2, 500, 1000), ==, 0);
  g_assert_cmpint(turns_patience(turns, 0, 500, 1000), ==, 1000);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/turn/news", who_waits_for_news_has_no_turn_without_any);
  g_test_add_func("/turn/clock", who_goes_by_the_clock_needs_none);
  g_test_add_func("/turn/patience", the_thread_sleeps_until_the_next_turn);
  return g_test_run();
}
