// RTF to text, and back to the HTML that Outlook made it from.
#include "mail/rtf.h"

#include <stdbool.h>

static void expect(const char *rtf, const char *text) {
  g_autoptr(Arena) arena = arena_new();
  const char *html = NULL;
  g_assert_cmpstr(rtf_read(arena, bytes_of_text(rtf), &html), ==, text);
  g_assert_null(html);
}

static void reads_text(void) {
  expect("{\\rtf1 One\\par Two\\line Three\\tab Four}", "One\nTwo\nThree\tFour");
  expect("{\\rtf1 \\{a\\}\\\\b\\~c\\_d\\emdash e}", "{a}\\b\u00a0c-d—e");
  expect("{\\rtf1 line one\r\nline two}", "line oneline two"); // line ends of the file mean nothing
  expect("plain", "plain");
  expect("", "");
}

static void passes_over_what_is_no_text(void) {
  expect(
    "{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red0;}{\\stylesheet{\\s0 Normal;}}{\\info{\\author Me}}{\\*\\unknown secret}Text"
    "{\\pict\\wmetafile8 0102}{\\bin4 }}}}}",
    "Text");
  expect("{\\rtf1 a\\bin5 }}}}}b}", "ab");
}

static void reads_characters(void) {
  expect("{\\rtf1\\ansi caf\\'e9}", "café");
  expect("{\\rtf1\\ansi\\ansicpg1251 \\'ef\\'f0\\'e8\\'e2\\'e5\\'f2}", "привет");
  expect("{\\rtf1\\ansi\\ansicpg932 \\'93\\'fa\\'96\\'7b}", "日本");
  expect("{\\rtf1{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}}\\f1\\'ef\\f0\\'e9\\plain\\'e9}", "пéé");
  expect("{\\rtf1\\uc1 \\u8364?x\\u-10179?\\u-9206?y}", "€x🐊y");
  expect("{\\rtf1\\uc2 \\u8364\\'80\\'80x{\\uc0\\u8364 y}}", "€x€y");
  expect("{\\rtf1 \\u-10179?x}", "x"); // half a character
}

static void gives_the_html_back(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *html = NULL;
  const char *rtf =
    "{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag19 <html>}{\\*\\htmltag64 <p>}\\htmlrtf{\\htmlrtf0 One {\\*\\htmltag84 <b>}\\htmlrtf{\\b\\htmlrtf0 two"
    "\\htmlrtf}\\htmlrtf0{\\*\\htmltag92 </b>}{\\*\\htmltag84 &nbsp;}\\htmlrtf\\'a0\\htmlrtf0 caf\\'e9\\htmlrtf\\par}\\htmlrtf0{\\*\\htmltag72 </p>}}";
  const char *text = rtf_read(arena, bytes_of_text(rtf), &html);
  g_assert_cmpstr(html, ==, "<html><p>One <b>two</b>&nbsp;café</p>");
  g_assert_cmpstr(text, ==, "One two\u00a0café\n");
}

static void unpacks(void) {
  g_autoptr(Arena) arena = arena_new();
  // The example of MS-OXRTFCP 4.1.1, a run with references.
  static const unsigned char example[] = {0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xf1,
                                          0xc5, 0xc7, 0xa7, 0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32,
                                          0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62,
                                          0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0};
  Bytes rtf = rtf_decompress(arena, bytes_of(example, sizeof example));
  g_assert_true(bytes_equal(rtf, bytes_of_text("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")));
  g_assert_true(bytes_equal(rtf_decompress(arena, bytes_of("xxxx\3\0\0\0MELAxxxxabcdef", 22)), bytes_of_text("abc")));
  for (size_t length = 0; length < sizeof example; length++)
    rtf_decompress(arena, bytes_of(arena_copy(arena, example, length), length));
  g_assert_cmpuint(rtf_decompress(arena, bytes_of_text("This is no compressed RTF.")).size, ==, 0);
}

static void survives_bombs(void) {
  static const char *const pieces[] = {"{",           "}",
                                       "\\",          "\\'",
                                       "\\u",         "\\u1?",
                                       "\\f1\\'e9",   "\\bin9999999 ",
                                       "\\u-10179?",  "{\\*\\htmltag1 ",
                                       "\\htmlrtf ",  "\\uc16\\u1 ",
                                       "\\par ",      "{\\fonttbl{\\f300\\fcharset204 ",
                                       "\\fromhtml1 "};
  for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) rtf = g_string_new("{\\rtf1 ");
    while (rtf->len < 500000) g_string_append(rtf, pieces[i]);
    const char *html = NULL;
    gint64 began = g_get_monotonic_time();
    g_assert_true(g_utf8_validate(rtf_read(arena, bytes_of(rtf->str, rtf->len), &html), -1, NULL));
    g_assert_cmpint(g_get_monotonic_time() - began, <, 20 * G_USEC_PER_SEC);
  }
}

static void is_always_text(void) {
  static const char *const pieces[] = {"{",    "}",         "\\",        "'e9", "\\u",   "-1",        "\\par", " ",     "\xff",
                                       "{\\*", "\\htmltag", "\\htmlrtf", "0",   "\\bin", "\\fonttbl", "\\f3",  "\\uc9", "text"};
  g_autoptr(GRand) rand = g_rand_new_with_seed(9);
  for (int round = 0; round < 3000; round++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) rtf = g_string_new(round % 2 ? "{\\rtf1\\fromhtml1 " : "");
    for (int i = g_rand_int_range(rand, 0, 60); i > 0; i--)
      g_string_append(rtf, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
    const char *html = NULL, *text = rtf_read(arena, bytes_of(arena_copy(arena, rtf->str, rtf->len), rtf->len), &html);
    g_assert_true(g_utf8_validate(text, -1, NULL) && (!html || g_utf8_validate(html, -1, NULL)));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/rtf/reads-text", reads_text);
  g_test_add_func("/mail/rtf/passes-over-what-is-no-text", passes_over_what_is_no_text);
  g_test_add_func("/mail/rtf/reads-characters", reads_characters);
  g_test_add_func("/mail/rtf/gives-the-html-back", gives_the_html_back);
  g_test_add_func("/mail/rtf/unpacks", unpacks);
  g_test_add_func("/mail/rtf/survives-bombs", survives_bombs);
  g_test_add_func("/mail/rtf/is-always-text", is_always_text);
  return g_test_run();
}
