// HTML output: escaping by place, numbers, and which addresses pass.
#include "base/html.h"

#include <locale.h>
#include <math.h>

static void assert_put_is(GString *out, const char *expected) {
  g_assert_cmpstr(out->str, ==, expected);
  g_assert_cmpuint(out->len, ==, strlen(expected));
  g_string_truncate(out, 0);
}

static void text_is_escaped(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  html_put_text(out, "<script>alert(\"x\" & 'y')</script>");
  assert_put_is(out, "&lt;script&gt;alert(&quot;x&quot; &amp; &#39;y&#39;)&lt;/script&gt;");
  html_put_text(out, NULL);
  html_put_text(out, "");
  assert_put_is(out, "");
  html_put_text(out, "Grüße 日本");
  assert_put_is(out, "Grüße 日本");
}

// What a reader that knows only the five entities makes of it.
static char *unescape(const char *text) {
  static const struct {
    const char *entity;
    char c;
  } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
  GString *out = g_string_new(NULL);
  while (*text) {
    size_t i = 0;
    while (i < G_N_ELEMENTS(entities) && !g_str_has_prefix(text, entities[i].entity)) i++;
    if (i == G_N_ELEMENTS(entities)) g_assert_null(strchr("&<>\"'", *text));
    g_string_append_c(out, i < G_N_ELEMENTS(entities) ? entities[i].c : *text);
    text += i < G_N_ELEMENTS(entities) ? strlen(entities[i].entity) : 1;
  }
  return g_string_free(out, FALSE);
}

static void escaped_text_reads_back(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(17);
  for (int round = 0; round < 3000; round++) {
    char text[80] = {0};
    for (int i = g_rand_int_range(rand, 0, 79); i > 0; i--) text[i - 1] = "abc&<>\"';#x \xC3"[g_rand_int_range(rand, 0, 13)];
    g_autoptr(GString) out = g_string_new(NULL);
    html_put_text(out, text);
    g_autofree char *back = unescape(out->str);
    g_assert_cmpstr(back, ==, text);
  }
}

static void literals_grow_the_string(void) {
  g_autoptr(GString) out = g_string_sized_new(1);
  g_autoptr(GString) expected = g_string_new(NULL);
  for (int i = 0; i < 1000; i++) {
    html_literal(out, "0123456789", (size_t)(i % 11));
    g_string_append_len(expected, "0123456789", i % 11);
  }
  assert_put_is(out, expected->str);
}

static void numbers_are_plain(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  html_put_int(out, INT64_MIN);
  assert_put_is(out, "-9223372036854775808");
  html_put_int(out, 0);
  assert_put_is(out, "0");
  html_put_unsigned(out, UINT64_MAX);
  assert_put_is(out, "18446744073709551615");
}

static void doubles_are_short_and_without_exponent(void) {
  static const struct {
    double value;
    const char *text;
  } examples[] = {
    {0, "0"},
    {-0.0, "0"},
    {1, "1"},
    {-12, "-12"},
    {0.1, "0.1"},
    {0.30000000000000004, "0.30000000000000004"},
    {-2.5, "-2.5"},
    {1234.5678, "1234.5678"},
    {1e-7, "0.0000001"},
    {1.5e20, "150000000000000000000"},
    {NAN, "0"},
    {INFINITY, "0"},
    {100000000.5, "100000000.5"},
    {0.000001, "0.000001"},
    {12.05, "12.05"},
    {999999999.999999, "999999999.999999"},
    {4294967296e6, "4294967296000000"},
  };
  g_autoptr(GString) out = g_string_new(NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(examples); i++) {
    html_put_double(out, examples[i].value);
    assert_put_is(out, examples[i].text);
  }
}

static void doubles_read_back(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(19);
  g_autoptr(GString) out = g_string_new(NULL);
  for (int round = 0; round < 5000; round++) {
    double value = ldexp(g_rand_double_range(rand, -1, 1), g_rand_int_range(rand, -80, 80));
    if (round % 2) value = g_rand_int_range(rand, -2000000, 2000000) / 1000.0;
    html_put_double(out, value);
    g_assert_cmpfloat(g_ascii_strtod(out->str, NULL), ==, value);
    g_assert_null(strpbrk(out->str, "eE,"));
    g_string_truncate(out, 0);
  }
}

static void doubles_ignore_the_locale(void) {
  static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "C"};
  for (size_t i = 0; i < G_N_ELEMENTS(locales) && !setlocale(LC_ALL, locales[i]); i++) continue;
  g_autoptr(GString) out = g_string_new(NULL);
  html_put_double(out, 0.5);
  assert_put_is(out, "0.5");
  setlocale(LC_ALL, "C");
}

static void url_parts_are_percent_encoded(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  html_put_url_part_text(out, "a b/c?d=\"<é>&javascript:~._-");
  assert_put_is(out, "a%20b%2Fc%3Fd%3D%22%3C%C3%A9%3E%26javascript%3A~._-");
  html_put_url_part_text(out, NULL);
  html_put_url_part_int(out, -7);
  assert_put_is(out, "-7");
}

static void harmless_addresses_pass(void) {
  static const char *const harmless[] = {"",         "/",        "/a?b=c:d",  "#part",      "?q=javascript:x", "page",   "./a:b",
                                         "//host/x", "http://a", "HTTPS://a", "mailto:a@b", "tel:+49",         "cid:x@y"};
  for (size_t i = 0; i < G_N_ELEMENTS(harmless); i++) g_assert_cmpstr(url_checked(harmless[i]).text, ==, harmless[i]);
}

static void other_addresses_become_a_hash(void) {
  static const char *const harmful[] = {NULL,
                                        "javascript:alert(1)",
                                        "JaVaScRiPt:alert(1)",
                                        " javascript:alert(1)",
                                        "\tjavascript:x",
                                        "java\nscript:x",
                                        "java\tscript:x",
                                        "\x01javascript:x",
                                        "data:text/html,x",
                                        "vbscript:x",
                                        "file:///etc/passwd",
                                        "blob:x",
                                        "http\x7F:",
                                        ":x",
                                        "javascript&colon;x:y",
                                        "x-unknown:y"};
  for (size_t i = 0; i < G_N_ELEMENTS(harmful); i++) g_assert_cmpstr(url_checked(harmful[i]).text, ==, "#");
}

typedef struct Row {
  const char *const name;
  const int64_t number;
  const bool is_set;
} Row;

static void the_type_picks_the_call(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  const Row row = {"<", 7, true};
  char own[] = ">";
  html_put(out, row.name);
  html_put(out, row.number);
  html_put(out, row.is_set);
  html_put(out, own);
  html_put(out, (size_t)3);
  html_put(out, 1.5);
  html_put(out, 2.5f);
  html_put(out, html_trusted("<b>", 3));
  html_put_attribute(out, row.name);
  html_put_address(out, url_checked("/x?a&b"));
  html_put_url_part(out, "&");
  html_put_url_part(out, row.number);
  assert_put_is(out, "&lt;7true&gt;31.52.5<b>&lt;/x?a&amp;b%267");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/html/text/is-escaped", text_is_escaped);
  g_test_add_func("/html/text/reads-back", escaped_text_reads_back);
  g_test_add_func("/html/literal/grows-the-string", literals_grow_the_string);
  g_test_add_func("/html/numbers/are-plain", numbers_are_plain);
  g_test_add_func("/html/doubles/are-short-and-without-exponent", doubles_are_short_and_without_exponent);
  g_test_add_func("/html/doubles/read-back", doubles_read_back);
  g_test_add_func("/html/doubles/ignore-the-locale", doubles_ignore_the_locale);
  g_test_add_func("/html/addresses/parts-are-percent-encoded", url_parts_are_percent_encoded);
  g_test_add_func("/html/addresses/harmless-ones-pass", harmless_addresses_pass);
  g_test_add_func("/html/addresses/others-become-a-hash", other_addresses_become_a_hash);
  g_test_add_func("/html/the-type-picks-the-call", the_type_picks_the_call);
  return g_test_run();
}
