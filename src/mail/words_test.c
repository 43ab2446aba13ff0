// Encoded words (cases 19 and 21).
#include "mail/words.h"

static void expect(const char *value, const char *text) {
  g_autoptr(Arena) arena = arena_new();
  TextList problems = {0};
  g_assert_cmpstr(words_decode(arena, value, NULL, "The subject", &problems), ==, text);
}

static void decodes_both_encodings(void) {
  expect("=?utf-8?Q?caf=C3=A9_ole?=", "café ole");
  expect("=?UTF-8?b?Y2Fmw6k=?=", "café");
  expect("=?iso-8859-1*de?q?gr=FC=DF?=", "grüß");
  expect("plain", "plain");
  expect("", "");
}

static void joins_words_split_in_a_character(void) {
  expect("=?utf-8?B?w7w=?= =?utf-8?B?w58=?=", "üß");
  expect("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café");
  expect("=?utf-8?Q?caf=C3?=\t\t=?UTF-8?B?qQ==?= end", "café end");
}

static void drops_space_between_words_only(void) {
  expect("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab");
  expect("=?utf-8?Q?a?= =?iso-8859-1?Q?=FC?=", "aü");
  expect("=?utf-8?Q?a?= and =?utf-8?Q?b?=", "a and b");
  expect("x =?utf-8?Q?a?= y", "x a y");
}

static void leaves_broken_words_as_they_are(void) {
  expect("=?utf-8?Q?never closed", "=?utf-8?Q?never closed");
  expect("=?utf-8?X?what?=", "=?utf-8?X?what?=");
  expect("=?utf-8?Q?a =?utf-8?Q?b?=", "=?utf-8?Q?a b");
  expect("=?", "=?");
  expect("a =? b ?= c", "a =? b ?= c");
  expect("=?utf-8?Q?100=?=", "100=");
}

static void reads_raw_bytes(void) {
  expect("caf\xE9", "café");
  expect("caf\xC3\xA9", "café");
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(words_decode(arena, "\xD0\xD2\xC9\xD7\xC5\xD4", "koi8-r", "The subject", NULL), ==, "привет");
}

// Another part of the mail said Latin-1; the subject shows that it is not.
static void does_not_believe_a_western_hint(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *chinese = "\xD7\xAA\xB7\xA2\xA3\xBA\xD5\xFB\xCC\xE5\xCC\xE1\xC9\xFD";
  g_assert_cmpstr(words_decode(arena, chinese, "iso-8859-1", "The subject", NULL), ==, "转发：整体提升");
  g_assert_cmpstr(words_decode(arena,
                               "Gr\xFC\xDF"
                               "e aus K\xF6ln",
                               "iso-8859-1", "The subject", NULL),
                  ==, "Grüße aus Köln");
}

static void says_what_is_wrong(void) {
  g_autoptr(Arena) arena = arena_new();
  TextList problems = {0};
  g_assert_cmpstr(words_decode(arena, "=?x-foo?Q?caf=C3=A9?=", NULL, "The subject", &problems), ==, "café");
  g_assert_cmpuint(problems.count, ==, 1);
  g_assert_cmpstr(problems.items[0], ==, "The subject says charset \"x-foo\", which nobody knows; read as UTF-8.");
}

static void takes_linear_time(void) {
  static const char *const pieces[] = {"=?", "=?a?b?xx", "=?utf-8?q?x", "?=", "=?utf-8?b?aaaa?= "};
  for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) value = g_string_new(NULL);
    while (value->len < 1000000) g_string_append(value, pieces[i]);
    gint64 start = g_get_monotonic_time();
    words_decode(arena, value->str, NULL, "The subject", NULL);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_USEC_PER_SEC); // quadratic would be minutes
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/words/decodes-both-encodings", decodes_both_encodings);
  g_test_add_func("/mail/words/case-21-joins-words-split-in-a-character", joins_words_split_in_a_character);
  g_test_add_func("/mail/words/case-21-drops-space-between-words-only", drops_space_between_words_only);
  g_test_add_func("/mail/words/leaves-broken-words-as-they-are", leaves_broken_words_as_they_are);
  g_test_add_func("/mail/words/case-19-reads-raw-bytes", reads_raw_bytes);
  g_test_add_func("/mail/words/case-20-does-not-believe-a-western-hint", does_not_believe_a_western_hint);
  g_test_add_func("/mail/words/says-what-is-wrong", says_what_is_wrong);
  g_test_add_func("/mail/words/takes-linear-time", takes_linear_time);
  return g_test_run();
}
