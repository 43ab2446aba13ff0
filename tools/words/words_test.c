// What a catalogue may say, and what is refused while building.
#include "catalogue.h"

#include <string.h>

// A .mo of this machine's byte order with the given pairs; sizes count what lies between NUL bytes.
typedef struct Pair {
  const char *english;
  size_t english_size;
  const char *said;
  size_t said_size;
} Pair;
#define PAIR(english, said)                                                                                                      \
  { english, sizeof english - 1, said, sizeof said - 1 }
#define HEADER PAIR("", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n")

static void put_word(GString *out, size_t value) {
  uint32_t word = (uint32_t)value;
  g_string_append_len(out, (const char *)&word, 4);
}

static GString *mo_of(const Pair *pairs, size_t count) {
  GString *out = g_string_new(NULL);
  g_autoptr(GString) texts = g_string_new(NULL);
  size_t base = 28 + 16 * count;
  put_word(out, 0x950412deu);
  put_word(out, 0);
  put_word(out, count);
  put_word(out, 28);
  put_word(out, 28 + 8 * count);
  put_word(out, 0);
  put_word(out, 0);
  for (int side = 0; side < 2; side++) {
    for (size_t i = 0; i < count; i++) {
      size_t size = side ? pairs[i].said_size : pairs[i].english_size;
      put_word(out, size);
      put_word(out, base + texts->len);
      g_string_append_len(texts, side ? pairs[i].said : pairs[i].english, (gssize)size + 1);
    }
  }
  g_string_append_len(out, texts->str, (gssize)texts->len);
  return out;
}

static bool read_pairs(Arena *arena, const Pair *pairs, size_t count, Catalogue *out, GError **error) {
  g_autoptr(GString) mo = mo_of(pairs, count);
  *out = (Catalogue){.code = "de", .name = "Deutsch"};
  return catalogue_read(arena, "de.mo", mo->str, mo->len, out, error);
}

static void a_catalogue_is_read_and_written(void) {
  g_autoptr(Arena) arena = arena_new();
  const Pair pairs[] = {HEADER, PAIR("Open", "Offen"), PAIR("one mail\0{} mails", "eine Mail\0{} Mails"),
                        PAIR("waits <1>since {2}</1>", "wartet <1>seit {2}</1>")};
  Catalogue catalogue;
  g_autoptr(GError) error = NULL;
  g_assert_true(read_pairs(arena, pairs, G_N_ELEMENTS(pairs), &catalogue, &error));
  g_assert_cmpuint(catalogue.said.count, ==, 3);
  g_assert_cmpstr(catalogue.plural, ==, "(n != 1)");
  g_assert_cmpstr(catalogue.said.items[1].forms[1], ==, "{} Mails");
  g_autoptr(GString) c = g_string_new(NULL);
  catalogue_write_c(&catalogue, c);
  g_assert_nonnull(strstr(c->str, "\"one mail\", (const char *const[]){\"eine Mail\", \"{} Mails\"}"));
  g_autoptr(GString) js = g_string_new(NULL);
  catalogue_write_js(&catalogue, js);
  g_assert_nonnull(strstr(js->str, "\"Open\": [\"Offen\"],"));
}

static void places_must_be_the_same(void) {
  static const struct {
    const char *english, *said, *why;
  } cases[] = {
    {"{1} of {2}", "von {2}: {1}", NULL},
    {"{1} of {2}", "{1}", "it has the placeholders {1} and should have {1} {2}"},
    {"{1}", "{1} {1}", "it has the placeholders {1} {1} and should have {1}"},
    {"plain", "{1}", "it has the placeholders {1} and should have none"},
    {"<1>a</1> <2>b</2>", "<2>b</2> <1>a</1>", NULL},
    {"<1>a</1> <2>b</2>", "<2>b<1></2>a</1>", "its elements do not nest"},
    {"<1>a</1>", "</1>a<1>", "its elements do not nest"},
    {"{{ name }}", "{{ name }}", NULL},
    {"{}", "{}", NULL},
    {"a < b {x}", "a < b {x}", NULL},
  };
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_cmpstr(catalogue_difference(arena, cases[i].english, cases[i].said), ==, cases[i].why);
}

static void what_is_no_catalogue_is_refused(void) {
  static const Pair no_rule[] = {PAIR("", "Content-Type: text/plain\n")};
  static const Pair no_arithmetic[] = {PAIR("", "Plural-Forms: nplurals=2; plural=(system(1));\n")};
  static const Pair no_forms[] = {HEADER, PAIR("a\0b", "c")};
  static const Pair misplaced[] = {HEADER, PAIR("{1}", "nothing")};
  static const struct {
    const Pair *pairs;
    size_t count;
  } cases[] = {{no_rule, 1}, {no_arithmetic, 1}, {no_forms, 2}, {misplaced, 2}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Catalogue catalogue;
    g_assert_false(read_pairs(arena, cases[i].pairs, cases[i].count, &catalogue, &error));
    g_assert_true(g_str_has_prefix(error->message, "de.mo: "));
  }
}

static void damage_is_refused(void) {
  const Pair pairs[] = {HEADER, PAIR("Open", "Offen"), PAIR("one\0many", "eins\0viele")};
  g_autoptr(GString) whole = mo_of(pairs, G_N_ELEMENTS(pairs));
  g_autoptr(GRand) rand = g_rand_new_with_seed(5);
  for (int round = 0; round < 2000; round++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    size_t size = (size_t)g_rand_int_range(rand, 0, (int)whole->len + 1);
    g_autofree char *bytes = g_memdup2(whole->str, size + 1); // exactly as large as it is, for the sanitizer
    if (size) bytes[g_rand_int_range(rand, 0, (int)size)] = (char)g_rand_int_range(rand, 0, 256);
    Catalogue catalogue = {.code = "de", .name = "Deutsch"};
    (void)catalogue_read(arena, "de.mo", bytes, size, &catalogue, &error);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/tools/words/a-catalogue-is-read-and-written", a_catalogue_is_read_and_written);
  g_test_add_func("/tools/words/places-must-be-the-same", places_must_be_the_same);
  g_test_add_func("/tools/words/what-is-no-catalogue-is-refused", what_is_no_catalogue_is_refused);
  g_test_add_func("/tools/words/damage-is-refused", damage_is_refused);
  return g_test_run();
}
