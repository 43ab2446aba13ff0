// Errors: each code leaves by every edge as DESIGN says, and foreign errors count as unavailable.
#include "base/error.h"

static void each_code_has_its_row(void) {
  static const struct {
    RapportError code;
    int http, exit, smtp;
    const char *word;
  } rows[] = {
    {ERROR_NOT_FOUND, 404, 66, 550, "not found"}, {ERROR_FORBIDDEN, 403, 77, 550, "forbidden"},
    {ERROR_INVALID, 400, 65, 554, "invalid"},     {ERROR_CONFLICT, 409, 75, 451, "conflict"},
    {ERROR_BUSY, 503, 75, 451, "busy"},           {ERROR_UNAVAILABLE, 503, 75, 451, "unavailable"},
    {ERROR_BROKEN, 500, 70, 451, "broken"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(error_set(&error, rows[i].code, "%d wrong", 1));
    g_assert_cmpstr(error->message, ==, "1 wrong");
    g_assert_true(error_is(error, rows[i].code));
    g_assert_cmpint(error_may_pass(error), ==, rows[i].code == ERROR_BUSY || rows[i].code == ERROR_UNAVAILABLE);
    g_assert_cmpint(error_http_status(error), ==, rows[i].http);
    g_assert_cmpint(error_exit_code(error), ==, rows[i].exit);
    g_assert_cmpint(error_smtp_code(error), ==, rows[i].smtp);
    g_assert_cmpstr(error_word(error), ==, rows[i].word);
  }
}

static void foreign_errors_are_unavailable(void) {
  g_autoptr(GError) error = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_NOSPC, "disk full");
  g_assert_cmpint(error_exit_code(error), ==, 75);
  g_assert_false(error_is(error, ERROR_NOT_FOUND));
  g_assert_false(error_is(NULL, ERROR_NOT_FOUND));
}

static void nobody_has_to_listen(void) { g_assert_false(error_set(NULL, ERROR_BUSY, "nobody hears this")); }

static void a_second_failure_would_hide_the_first(void) {
  if (g_test_subprocess()) {
    GError *error = NULL;
    error_set(&error, ERROR_BUSY, "first");
    error_set(&error, ERROR_BUSY, "second");
    return;
  }
  g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed();
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/error/each-code-has-its-row", each_code_has_its_row);
  g_test_add_func("/error/foreign-errors-are-unavailable", foreign_errors_are_unavailable);
  g_test_add_func("/error/nobody-has-to-listen", nobody_has_to_listen);
  g_test_add_func("/error/a-second-failure-would-hide-the-first", a_second_failure_would_hide_the_first);
  return g_test_run();
}
