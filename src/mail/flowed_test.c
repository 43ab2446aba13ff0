// Format=flowed (RFC 3676).
#include "mail/flowed.h"

static void expect(const char *text, bool deletes_space, const char *joined) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(flowed_join(arena, text, deletes_space), ==, joined);
}

static void joins_paragraphs(void) {
  expect("One paragraph \nin three \nlines.\nAnother.\n", false, "One paragraph in three lines.\nAnother.\n");
  expect("fixed\nlines\n\nstay\n", false, "fixed\nlines\n\nstay\n");
  expect("日本語の \n文章\n", true, "日本語の文章\n");
  expect("no newline ", false, "no newline ");
  expect("", false, "");
  expect("\n\n", false, "\n\n");
}

static void keeps_quotes_apart(void) {
  expect("> a quote \n> goes on\nanswer\n", false, "> a quote goes on\nanswer\n");
  expect("> ends open \nanswer\n", false, "> ends open \nanswer\n");
  expect(">> deep \n> less\n", false, ">> deep \n> less\n");
  expect(">\n> x\n", false, ">\n> x\n");
}

static void undoes_stuffing(void) {
  expect(" >not a quote\n From here\n  indented\n", false, ">not a quote\nFrom here\n indented\n");
}

static void leaves_signatures_alone(void) {
  expect("Bye \n-- \nAnn\n", false, "Bye \n-- \nAnn\n");
  expect("> Bye\n> -- \n> Ann\n", false, "> Bye\n> -- \n> Ann\n");
}

static void reads_the_header(void) {
  bool deletes = true;
  g_assert_true(flowed_is_said("text/plain; charset=utf-8; Format=\"Flowed\"", &deletes));
  g_assert_false(deletes);
  g_assert_true(flowed_is_said("text/plain; format = flowed; DelSp=Yes", &deletes));
  g_assert_true(deletes);
  g_assert_false(flowed_is_said("text/plain; format=fixed", &deletes));
  g_assert_false(flowed_is_said(NULL, &deletes));
}

static void takes_linear_time(void) {
  static const char *const pieces[] = {">", "> ", "a \n", " \n", "> a \n", "-- \n"};
  for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 2000000) g_string_append(text, pieces[i]);
    gint64 start = g_get_monotonic_time();
    flowed_join(arena, text->str, true);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_USEC_PER_SEC);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/flowed/joins-paragraphs", joins_paragraphs);
  g_test_add_func("/mail/flowed/keeps-quotes-apart", keeps_quotes_apart);
  g_test_add_func("/mail/flowed/undoes-stuffing", undoes_stuffing);
  g_test_add_func("/mail/flowed/leaves-signatures-alone", leaves_signatures_alone);
  g_test_add_func("/mail/flowed/reads-the-header", reads_the_header);
  g_test_add_func("/mail/flowed/takes-linear-time", takes_linear_time);
  return g_test_run();
}
