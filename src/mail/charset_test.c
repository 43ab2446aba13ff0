// Charsets: the label when it is true, then UTF-8, then what was meant (cases 18 and 19). Bytes are written out, so that the
// charset of this file plays no part.
#include "mail/charset.h"

#include <stdbool.h>

static void expect(const char *bytes, const char *label, const char *text, bool is_problem) {
  g_autoptr(Arena) arena = arena_new();
  const char *problem = NULL;
  g_assert_cmpstr(charset_decode(arena, bytes_of_text(bytes), label, &problem), ==, text);
  if (is_problem)
    g_assert_nonnull(problem);
  else
    g_assert_cmpstr(problem, ==, NULL);
}

static void reads_what_the_label_says(void) {
  expect("caf\xE9", "iso-8859-1", "café", false);
  expect("caf\xC3\xA9", "UTF-8", "café", false);
  expect("10 \xA4", "ISO-8859-15", "10 €", false);
  expect("\xD0\xD2\xC9\xD7\xC5\xD4", "KOI8-R", "привет", false);
  expect("\xC4\xE3\xBA\xC3", "gb2312", "你好", false);
  expect("\033$B$3$s\033(B", "ISO-2022-JP", "こん", false);
  expect("\x82\xB1\x82\xF1", "Shift_JIS", "こん", false);
  expect("plain", "\"us-ascii\"", "plain", false);
}

static void prefers_utf8_that_is_strict(void) {
  expect("gr\xC3\xBC\xC3\x9F", "iso-8859-1", "grüß", true);
  expect("\xE4\xBD\xA0\xE5\xA5\xBD\xEF\xBC\x8C\xE4\xB8\x96\xE7\x95\x8C", "gb2312", "你好，世界", true);
  expect("\xE4\xBD\xA0\xE5\xA5\xBD\xEF\xBC\x8C\xE4\xB8\x96\xE7\x95\x8C", "gb18030", "你好，世界", true);
}

static void takes_the_larger_charset(void) {
  expect("\x83\xC8\xC4\xE3", "gb2312", "內你", true); // in GBK, not in GB2312
  expect("price \x80"
         "5",
         "iso-8859-1", "price €5", false); // windows-1252 is what latin-1 means in mail
  expect("na\xEFve", "utf-8", "naïve", true);
  expect("\033$B-!4]\033(B!", "ISO-2022-JP", "①丸!", true);
}

static void survives_unknown_labels(void) {
  expect("caf\xC3\xA9", "x-nobody-knows", "café", true);
  expect("caf\xE9", "x-nobody-knows", "café", true);
  expect("caf\xE9", "../../lib/evil", "café", true);
  expect("plain", "x-nobody-knows", "plain", false);
  expect("caf\xE9", "", "café", false);
}

static void guesses_without_a_label(void) {
  expect("caf\xC3\xA9", NULL, "café", false);
  expect("caf\xE9 \x93so\x94", NULL, "café “so”", false);
  expect("\033$B$3$s\033(B", NULL, "こん", false);
  expect("", NULL, "", false);
}

// Text in a charset that nobody names, converted by iconv, so that a table of ours cannot agree with itself.
static void expect_guess(const char *text, const char *charset) {
  g_autoptr(Arena) arena = arena_new();
  gsize size = 0;
  g_autofree char *bytes = g_convert(text, -1, charset, "UTF-8", NULL, &size, NULL);
  g_assert_nonnull(bytes);
  g_assert_cmpstr(charset_decode(arena, bytes_of(bytes, size), NULL, NULL), ==, text);
}

static void tells_scripts_apart(void) {
  static const char *const russian[] = {"Здравствуйте, где моя посылка?", "ГДЕ МОЙ ЗАКАЗ", "привет"};
  for (size_t i = 0; i < G_N_ELEMENTS(russian); i++) {
    expect_guess(russian[i], "KOI8-R");
    expect_guess(russian[i], "CP1251");
  }
  expect_guess("转发：整体提升企业服务水平", "GB18030");
  expect_guess("您好，我的包裹还没有收到。", "GB18030");
  expect_guess("您好，我的包裹還沒有收到。", "BIG5");
  expect_guess("お世話になっております。荷物が届きません。", "EUC-JP");
  expect_guess("お世話になっております。荷物が届きません。", "CP932");
  expect_guess("안녕하세요, 소포가 아직 오지 않았습니다.", "CP949");
  static const char *const western[] = {"Grüße aus Köln, schöne Straße", "Où est mon colis ? Ça a été payé à Noël", "ñandú",
                                        "“Quoted” – €5", "naïve"};
  for (size_t i = 0; i < G_N_ELEMENTS(western); i++) expect_guess(western[i], "CP1252");
}

static void keeps_damaged_utf8_readable(void) {
  expect("gr\xC3\xBC\xC3\x9F und \xC3 mehr Gr\xC3\xBC\xC3\x9F"
         "e",
         "utf-8", "grüß und \xEF\xBF\xBD mehr Grüße", true);
}

static void drops_nul_and_controls(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(charset_decode(arena,
                                 bytes_of("a\0b\x01"
                                          "c\r\nd",
                                          8),
                                 "utf-8", NULL),
                  ==, "abc\nd");
}

static void is_always_valid(void) {
  static const char *const labels[] = {NULL,     "utf-8",        "utf-7",   "utf-16",     "gb2312",      "gb18030",
                                       "big5",   "shift_jis",    "euc-jp",  "euc-kr",     "iso-2022-jp", "iso-2022-kr",
                                       "koi8-r", "windows-1258", "tis-620", "hz-gb-2312", "x-?"};
  g_autoptr(GRand) rand = g_rand_new_with_seed(7);
  for (int round = 0; round < 2000; round++) {
    g_autoptr(Arena) arena = arena_new();
    unsigned char bytes[64];
    size_t size = (size_t)g_rand_int_range(rand, 0, sizeof bytes);
    for (size_t i = 0; i < size; i++) bytes[i] = (unsigned char)g_rand_int_range(rand, 0, 256);
    const char *label = labels[g_rand_int_range(rand, 0, G_N_ELEMENTS(labels))];
    g_assert_true(g_utf8_validate(charset_decode(arena, bytes_of(bytes, size), label, NULL), -1, NULL));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/charset/reads-what-the-label-says", reads_what_the_label_says);
  g_test_add_func("/mail/charset/case-18-prefers-utf8-that-is-strict", prefers_utf8_that_is_strict);
  g_test_add_func("/mail/charset/case-18-takes-the-larger-charset", takes_the_larger_charset);
  g_test_add_func("/mail/charset/case-18-survives-unknown-labels", survives_unknown_labels);
  g_test_add_func("/mail/charset/case-19-guesses-without-a-label", guesses_without_a_label);
  g_test_add_func("/mail/charset/case-19-tells-scripts-apart", tells_scripts_apart);
  g_test_add_func("/mail/charset/keeps-damaged-utf8-readable", keeps_damaged_utf8_readable);
  g_test_add_func("/mail/charset/drops-nul-and-controls", drops_nul_and_controls);
  g_test_add_func("/mail/charset/is-always-valid", is_always_valid);
  return g_test_run();
}
