// CSV as spreadsheets and RFC 4180 want it.
#include "base/csv.h"

static void fields_are_separated_quoted_and_ended(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  csv_text(out, "number");
  csv_text(out, "words");
  csv_end(out);
  csv_int(out, -12);
  csv_text(out, "a \"b\", c\nd");
  csv_text(out, NULL);
  csv_end(out);
  g_assert_cmpstr(out->str, ==, "\"number\",\"words\"\r\n-12,\"a \"\"b\"\", c\nd\",\"\"\r\n");
}

static void words_of_ours_stay_bare_and_may_be_empty(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  csv_int(out, 7);
  csv_word(out, "");
  csv_word(out, "refund");
  csv_end(out);
  g_assert_cmpstr(out->str, ==, "7,,refund\r\n");
}

static void nothing_is_a_formula(void) {
  static const char *const texts[] = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GString) out = g_string_new(NULL);
    csv_text(out, texts[i]);
    g_assert_cmpint(out->str[1], ==, '\'');
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/csv/fields", fields_are_separated_quoted_and_ended);
  g_test_add_func("/csv/words", words_of_ours_stay_bare_and_may_be_empty);
  g_test_add_func("/csv/no-formula", nothing_is_a_formula);
  return g_test_run();
}
