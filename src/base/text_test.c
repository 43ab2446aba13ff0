// Text: what each call makes of examples, and properties that must hold for any bytes.
#include "base/text.h"

#define RANDOM_ROUNDS 3000

typedef struct Example {
  const char *in, *out;
} Example;

static void check(const Example *examples, size_t count, const char *(*call)(Arena *, const char *)) {
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < count; i++) g_assert_cmpstr(call(arena, examples[i].in), ==, examples[i].out);
}

static void valid_text_stays(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *text = "Grüße, 日本 👍\n\tshe said";
  g_assert_cmpstr(text_make_valid(arena, bytes_of_text(text)), ==, text);
  g_assert_cmpstr(text_make_valid(arena, bytes_of(NULL, 0)), ==, "");
}

static void line_ends_become_newlines(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(text_make_valid(arena, bytes_of_text("a\r\nb\rc\n\r\n\r\rd")), ==, "a\nb\nc\n\n\n\nd");
  g_assert_cmpstr(text_make_valid(arena, bytes_of_text("end\r")), ==, "end\n");
  g_assert_cmpstr(text_make_valid(arena, bytes_of("\r\xFF\n", 3)), ==, "\n\uFFFD\n");
}

static void invalid_bytes_are_replaced(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(text_make_valid(arena, bytes_of("a\xFF\xC3", 3)), ==, "a\uFFFD\uFFFD");
  g_assert_cmpstr(text_make_valid(arena, bytes_of("\xC0\x80x", 3)), ==, "\uFFFD\uFFFDx");         // overlong NUL
  g_assert_cmpstr(text_make_valid(arena, bytes_of("\xED\xA0\x80", 3)), ==, "\uFFFD\uFFFD\uFFFD"); // surrogate
  g_assert_cmpstr(text_make_valid(arena, bytes_of("\xE2\x82", 2)), ==, "\uFFFD\uFFFD");           // cut off
}

static void controls_are_dropped(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(text_make_valid(arena, bytes_of("a\0b\x01\x1B[0m\tc", 10)), ==, "ab[0m\tc");
}

static Bytes random_bytes(Arena *arena, GRand *rand) {
  size_t size = (size_t)g_rand_int_range(rand, 0, 200);
  unsigned char *bytes = arena_alloc(arena, size);
  static const unsigned char likely[] = {'a',  'B',  ' ',  '\r', '\n', 0,    0xC3, 0xBC, 0xCC, 0x88,
                                         0xE2, 0x80, 0x8B, 0xF0, 0x9F, 0x91, 0x8D, 0xEF, 0xAC, 0x81};
  for (size_t i = 0; i < size; i++)
    bytes[i] = g_rand_boolean(rand) ? likely[g_rand_int_range(rand, 0, sizeof likely)]
                                    : (unsigned char)g_rand_int_range(rand, 0, 256);
  return bytes_of(bytes, size);
}

// Random characters from all over Unicode, with many marks.
static const char *random_text(Arena *arena, GRand *rand) {
  g_autoptr(GString) text = g_string_new(NULL);
  for (int left = g_rand_int_range(rand, 0, 60); left > 0; left--) {
    static const unsigned starts[] = {0x20,   0xC0,   0x300,  0x400,  0x5D0,  0x621,  0x900,  0xAC00,
                                      0x1E00, 0x1F00, 0x2100, 0xFB00, 0x13A0, 0xAB70, 0x1D400};
    unsigned c = g_rand_int_range(rand, 0, 8)
                   ? starts[g_rand_int_range(rand, 0, G_N_ELEMENTS(starts))] + (unsigned)g_rand_int_range(rand, 0, 256)
                   : (unsigned)g_rand_int_range(rand, 1, 0x110000);
    if (g_unichar_validate(c)) g_string_append_unichar(text, c);
  }
  return text_make_valid(arena, bytes_of(text->str, text->len));
}

static void any_bytes_become_valid_text(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(7);
  for (int round = 0; round < RANDOM_ROUNDS; round++) {
    g_autoptr(Arena) arena = arena_new();
    Bytes raw = random_bytes(arena, rand);
    const char *text = text_make_valid(arena, raw);
    g_assert_true(g_utf8_validate(text, -1, NULL));
    for (const char *at = text; *at; at++) g_assert_true((unsigned char)*at >= ' ' || *at == '\n' || *at == '\t');
    g_assert_cmpstr(text_make_valid(arena, bytes_of_text(text)), ==, text);
  }
}

static void folding_removes_accents_and_case(void) {
  static const Example examples[] = {
    {NULL, ""},
    {"", ""},
    {"Straße", "strasse"},
    {"STRASSE", "strasse"},
    {"Café", "cafe"},
    {"Cafe\u0301", "cafe"},
    {"Søren Ærø", "soren aero"},
    {"Łódź", "lodz"},
    {"İstanbul", "istanbul"},
    {"ﬁnance", "finance"},
    {"ΆΛΦΑ", "αλφα"},
    {"Ёлка", "елка"},
    {"１２３", "123"},
    {"ℌello", "hello"},
    {"compl\u00ADaint", "complaint"},
    {"zero\u200Bwidth", "zerowidth"},
    {"ガ", "ガ"},
    {"한글", "한글"},
    {"कि", "कि"},
    {"שָׁלוֹם", "שלום"},
  };
  check(examples, G_N_ELEMENTS(examples), text_fold);
}

static void folding_twice_changes_nothing(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(11);
  for (int round = 0; round < RANDOM_ROUNDS; round++) {
    g_autoptr(Arena) arena = arena_new();
    const char *folded = text_fold(arena, random_text(arena, rand));
    g_assert_true(g_utf8_validate(folded, -1, NULL));
    g_assert_cmpstr(text_fold(arena, folded), ==, folded);
  }
}

// Sorting a run of marks is quadratic in the library; a megabyte of them must not be.
static void a_flood_of_marks_is_folded_in_time(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) flood = g_string_new("a");
  while (flood->len < 2000000) g_string_append(flood, "\u0F71\u0F72\u0ECA\u0327"); // classes that must be swapped
  gint64 begin = g_get_monotonic_time();
  const char *folded = text_fold(arena, flood->str);
  g_assert_cmpuint(strlen(folded), <, 200);
  g_assert_cmpint(g_get_monotonic_time() - begin, <, 20 * G_USEC_PER_SEC);
}

static void one_line_joins_and_trims(void) {
  static const Example examples[] = {
    {NULL, ""},          {" \t\n ", ""},        {"a", "a"}, {"  a \r\n\t b\u00A0\u2003c\x7F ", "a b c"},
    {"a\u2028b", "a b"}, {"é\n日本", "é 日本"},
  };
  check(examples, G_N_ELEMENTS(examples), text_one_line);
}

static void trim_leaves_the_inside(void) {
  static const Example examples[] = {{NULL, ""}, {"", ""}, {" \n ", ""}, {"\u00A0 a  b \n", "a  b"}, {"日本", "日本"}};
  check(examples, G_N_ELEMENTS(examples), text_trim);
}

static void clamp_counts_characters(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(text_clamp(arena, "héllo", 5), ==, "héllo");
  g_assert_cmpstr(text_clamp(arena, "héllo", 4), ==, "hél…");
  g_assert_cmpstr(text_clamp(arena, "héllo", 1), ==, "…");
  g_assert_cmpstr(text_clamp(arena, "héllo", 0), ==, "");
  g_assert_cmpstr(text_clamp(arena, "", 3), ==, "");
  g_assert_cmpstr(text_clamp(arena, NULL, 3), ==, "");
}

static void clamped_texts_are_never_longer(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(13);
  for (int round = 0; round < RANDOM_ROUNDS; round++) {
    g_autoptr(Arena) arena = arena_new();
    const char *text = random_text(arena, rand);
    size_t most = (size_t)g_rand_int_range(rand, 0, 40);
    const char *cut = text_clamp(arena, text, most);
    g_assert_true(g_utf8_validate(cut, -1, NULL));
    g_assert_cmpuint(text_length(cut), ==, MIN(most, text_length(text)));
  }
}

static void blankness(void) {
  g_assert_true(text_is_blank(NULL));
  g_assert_true(text_is_blank(""));
  g_assert_true(text_is_blank(" \t\n\u00A0\u3000"));
  g_assert_false(text_is_blank(" x"));
}

static void hex_is_lower_case(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(text_hex(arena, bytes_of("\x00\xFF\x1a", 3)), ==, "00ff1a");
  g_assert_cmpstr(text_hex(arena, bytes_of(NULL, 0)), ==, "");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/text/make-valid/valid-text-stays", valid_text_stays);
  g_test_add_func("/text/make-valid/line-ends-become-newlines", line_ends_become_newlines);
  g_test_add_func("/text/make-valid/invalid-bytes-are-replaced", invalid_bytes_are_replaced);
  g_test_add_func("/text/make-valid/controls-are-dropped", controls_are_dropped);
  g_test_add_func("/text/make-valid/any-bytes-become-valid-text", any_bytes_become_valid_text);
  g_test_add_func("/text/fold/removes-accents-and-case", folding_removes_accents_and_case);
  g_test_add_func("/text/fold/twice-changes-nothing", folding_twice_changes_nothing);
  g_test_add_func("/text/fold/a-flood-of-marks-is-folded-in-time", a_flood_of_marks_is_folded_in_time);
  g_test_add_func("/text/one-line/joins-and-trims", one_line_joins_and_trims);
  g_test_add_func("/text/trim/leaves-the-inside", trim_leaves_the_inside);
  g_test_add_func("/text/clamp/counts-characters", clamp_counts_characters);
  g_test_add_func("/text/clamp/is-never-longer", clamped_texts_are_never_longer);
  g_test_add_func("/text/is-blank", blankness);
  g_test_add_func("/text/hex/is-lower-case", hex_is_lower_case);
  return g_test_run();
}
