// Log: one line an event, nothing can forge a second one, and levels.
#include "base/log.h"

#include <glib.h>
#include <stdlib.h>

static void write_some_lines(void) {
  log_debug("test", "hidden");
  log_info("test", "number %d", 7);
  log_warning("mail", "a\n2026-01-01T00:00:00Z error desk: forged\r\x1B[31m");
  log_set_level(LOG_LEVEL_ERROR);
  log_warning("test", "hidden too");
  log_error("test", "last");
}

static void lines_are_one_event_each(void) {
  if (g_test_subprocess()) {
    write_some_lines();
    exit(0);
  }
  g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed();
  g_test_trap_assert_stderr("20*T*:*Z info test: number 7\n"
                            "20*Z warning mail: a 2026-01-01T00:00:00Z error desk: forged  [31m\n"
                            "20*Z error test: last\n");
  g_test_trap_assert_stderr_unmatched("*hidden*");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/log/lines-are-one-event-each", lines_are_one_event_each);
  return g_test_run();
}
