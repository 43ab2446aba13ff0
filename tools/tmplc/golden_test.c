// Golden pairs: each golden/NAME.html is compiled and must give NAME.c and NAME.h (words.html its messages too), or be refused with the message in NAME.error.
// With UPDATE_GOLDEN=1 the expected files are written instead; read the difference before you keep it.
#include "base/arena.h"
#include "compile.h"

static const char *folder;

static void check_file(const char *name, const char *ending, const char *actual) {
  g_autofree char *path = g_strdup_printf("%s/%s%s", folder, name, ending);
  g_autofree char *expected = NULL;
  if (g_getenv("UPDATE_GOLDEN")) g_assert_true(g_file_set_contents(path, actual, -1, NULL));
  if (!g_file_get_contents(path, &expected, NULL, NULL)) g_error("%s is missing; this would be in it:\n%s", path, actual);
  g_assert_cmpstr(actual, ==, expected);
}

static void compiles_as_expected(gconstpointer data) {
  const char *name = data;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  const char *file = arena_printf(arena, "%s.html", name);
  g_assert_true(g_file_get_contents(arena_printf(arena, "%s/%s", folder, file), &text, NULL, NULL));
  Compiled compiled;
  bool is_made = compile_template(arena, file, file, text, &compiled, &error);
  g_assert_cmpint(is_made, ==, !g_str_has_prefix(name, "refuse-"));
  if (is_made) {
    check_file(name, ".c", compiled.source);
    check_file(name, ".h", compiled.header);
    if (strcmp(name, "words") == 0) check_file(name, ".words", compiled.words);
  } else {
    check_file(name, ".error", arena_printf(arena, "%s\n", error->message));
  }
}

// Whatever is in a file, the compiler says yes or says where it stopped.
static void no_damage_breaks_it(gconstpointer data) {
  const GPtrArray *names = data;
  g_autoptr(GRand) rand = g_rand_new_with_seed(29);
  for (unsigned round = 0; round < 3000; round++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    size_t size = 0;
    const char *name = g_ptr_array_index(names, round % names->len);
    g_assert_true(g_file_get_contents(arena_printf(arena, "%s/%s.html", folder, name), &text, &size, NULL));
    for (int left = g_rand_int_range(rand, 1, 4); left > 0; left--) {
      static const char likely[] = "{}%#<>\"'/= \n-!\\(;a";
      size_t at = (size_t)g_rand_int_range(rand, 0, (int)size);
      if (g_rand_boolean(rand))
        text[at] = likely[g_rand_int_range(rand, 0, sizeof likely - 1)];
      else
        text[at] = '\0'; // the rest is cut off
    }
    Compiled compiled;
    bool is_made = compile_template(arena, "damaged.html", "damaged.html", text, &compiled, &error);
    if (!is_made) g_assert_true(g_str_has_prefix(error->message, "damaged.html:"));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  folder = argc > 1 ? argv[1] : "golden";
  g_autoptr(GDir) golden = g_dir_open(folder, 0, NULL);
  g_assert_nonnull(golden);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (const char *name = g_dir_read_name(golden); name; name = g_dir_read_name(golden)) {
    if (!g_str_has_suffix(name, ".html")) continue;
    char *stem = g_strndup(name, strlen(name) - strlen(".html"));
    g_autofree char *path = g_strdup_printf("/tmplc/golden/%s", stem);
    g_test_add_data_func_full(path, stem, compiles_as_expected, g_free);
    g_ptr_array_add(names, g_strdup(stem));
  }
  g_test_add_data_func("/tmplc/no-damage-breaks-it", names, no_damage_breaks_it);
  return g_test_run();
}
