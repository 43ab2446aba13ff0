// The keeper dismisses what is too old as soon as it starts, and stops at once.
#include "desk/testing.h"
#include "mailroom/keeper.h"

static void what_is_too_old_goes_in_the_first_round(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_set(test, "mails-an-hour", "1");
  for (int i = 0; i < 3; i++) test_write(test, "agnes@moor.example", arena_printf(test->arena, "a%d@x", i), NULL, NULL, NULL);
  g_assert_cmpint(test_counts(test).quarantined, ==, 2);
  test->clock.set_to += 31 * CLOCK_DAY;
  KeeperConfig config = {.database = test->where, .clock = &test->clock, .random = &random_system};
  Keeper *keeper = keeper_start(&config, &error);
  g_assert_nonnull(keeper);
  keeper_stop(keeper); // after the round
  DeskCounts counts = test_counts(test);
  g_assert_cmpint(counts.quarantined, ==, 0);
  g_assert_cmpint(counts.dismissed, ==, 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/keeper/first-round", what_is_too_old_goes_in_the_first_round);
  return g_test_run();
}
