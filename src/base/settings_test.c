// Settings: every kind from every source, the order of the sources, and messages that name what is wrong and what is allowed.
#include "base/settings.h"

#include "base/clock.h"

#include <glib/gstdio.h>
#include <stddef.h>
#include <unistd.h>

typedef struct Example {
  const char *listen, *url;
  int64_t threads, limit, wait;
  bool is_https;
} Example;

static const Setting rows[] = {
  {"listen", SETTING_TEXT, offsetof(Example, listen), "127.0.0.1:8700", 0, 0, "where to listen"},
  {"smtp-url", SETTING_TEXT, offsetof(Example, url), NULL, 0, 0, "where mail goes"},
  {"threads", SETTING_INT, offsetof(Example, threads), "4", 4, 64, "how many threads"},
  {"limit", SETTING_SIZE, offsetof(Example, limit), "25 MB", 1000, INT64_C(1000000000), "largest mail"},
  {"wait", SETTING_SPAN, offsetof(Example, wait), "10 s", 0, 0, "how long to wait"},
  {"https", SETTING_BOOL, offsetof(Example, is_https), "no", 0, 0, "reached over https"},
};
static const SettingsTable table = {rows, G_N_ELEMENTS(rows)};

static void defaults_are_read_as_written(void) {
  g_autoptr(Arena) arena = arena_new();
  Example example = {.url = NULL};
  settings_defaults(arena, &table, &example);
  g_assert_cmpstr(example.listen, ==, "127.0.0.1:8700");
  g_assert_null(example.url);
  g_assert_cmpint(example.threads, ==, 4);
  g_assert_cmpint(example.limit, ==, 25 * 1000 * 1000);
  g_assert_cmpint(example.wait, ==, 10 * CLOCK_SECOND);
  g_assert_false(example.is_https);
}

static void units_are_understood(void) {
  static const struct {
    const char *name, *value;
    int64_t number;
  } examples[] = {
    {"limit", "64k", 64000},
    {"limit", "1 GB", 1000 * 1000 * 1000},
    {"limit", "20 MB", 20 * 1000 * 1000},
    {"limit", "20 MiB", 20 << 20},
    {"limit", "2048", 2048},
    {"limit", "2 kib", 2048},
    {"wait", "0", 0},
    {"wait", "250 ms", 250000},
    {"wait", "5 min", 300000000},
    {"wait", "2h", 2 * CLOCK_HOUR},
    {"wait", "1 day", CLOCK_DAY},
    {"wait", " 2 weeks ", 14 * CLOCK_DAY},
    {"threads", "64", 64},
  };
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < G_N_ELEMENTS(examples); i++) {
    Example example = {.threads = -1, .limit = -1, .wait = -1};
    g_autoptr(GError) error = NULL;
    settings_set(arena, &table, examples[i].name, examples[i].value, "test", &example, &error);
    g_assert_no_error(error);
    int64_t number = example.threads >= 0 ? example.threads : example.limit >= 0 ? example.limit : example.wait;
    g_assert_cmpint(number, ==, examples[i].number);
  }
}

static void wrong_values_are_refused_with_a_reason(void) {
  static const struct {
    const char *name, *value, *message;
  } examples[] = {
    {"threads", "many", "a whole number, 4 to 64"},
    {"threads", "3", "4 to 64"},
    {"threads", "65", "4 to 64"},
    {"threads", "4.5", "a whole number"},
    {"threads", "99999999999999999999", "a whole number"},
    {"threads", "", "a whole number"},
    {"limit", "25 MegaBytes", "such as \"25 MB\""},
    {"limit", "-1", "1 kB to 1 GB"},
    {"limit", "9999999999 GB", "1 kB to 1 GB"},
    {"wait", "10", "such as \"10 s\""},
    {"wait", "soon", "such as \"10 s\""},
    {"https", "maybe", "yes or no"},
    {"listen", "\xFF", "not UTF-8"},
    {"nonsense", "1", "there is no setting \"nonsense\""},
  };
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < G_N_ELEMENTS(examples); i++) {
    Example example = {.threads = 5, .limit = 6, .wait = 7};
    g_autoptr(GError) error = NULL;
    g_assert_false(settings_set(arena, &table, examples[i].name, examples[i].value, "here", &example, &error));
    g_assert_true(error_is(error, ERROR_INVALID));
    g_assert_true(g_str_has_prefix(error->message, "here: "));
    if (!strstr(error->message, examples[i].message)) g_error("\"%s\" is not in \"%s\"", examples[i].message, error->message);
    g_assert_true(example.threads == 5 && example.limit == 6 && example.wait == 7);
  }
}

// Reads `text` as a settings file.
static bool read_text(Arena *arena, const char *text, Example *out, GError **error) {
  g_autofree char *folder = g_dir_make_tmp("settings-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "rapport.conf", NULL);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
  bool result = settings_read_file(arena, &table, path, out, error);
  g_unlink(path);
  g_rmdir(folder);
  return result;
}

static void a_file_has_names_values_and_comments(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Example example = {0};
  read_text(arena, "# our desk\r\n\n  smtp-url = smtp://mail.example/?a=b#c \nhttps=yes\nthreads =8", &example, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(example.url, ==, "smtp://mail.example/?a=b#c");
  g_assert_true(example.is_https);
  g_assert_cmpint(example.threads, ==, 8);
}

static void a_wrong_line_is_named(void) {
  g_autoptr(Arena) arena = arena_new();
  Example example = {0};
  static const char *const texts[] = {"\nthreads = x", "\nthreads", "\nno-such = 1"};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(read_text(arena, texts[i], &example, &error));
    g_assert_true(g_str_has_prefix(error->message, "rapport.conf:2: "));
  }
}

static void no_file_is_fine_and_a_folder_is_not(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Example example = {0};
  g_assert_true(settings_read_file(arena, &table, "/nonexistent/rapport.conf", &example, &error));
  g_assert_no_error(error);
  g_assert_false(settings_read_file(arena, &table, "/", &example, &error));
  g_assert_true(error_is(error, ERROR_UNAVAILABLE));
}

static void the_environment_is_read(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Example example = {0};
  g_setenv("RAPPORT_SMTP_URL", "smtp://relay", TRUE);
  g_setenv("RAPPORT_SOMETHING_ELSE", "ignored", TRUE);
  settings_read_environment(arena, &table, &example, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(example.url, ==, "smtp://relay");
  g_setenv("RAPPORT_THREADS", "none", TRUE);
  g_assert_false(settings_read_environment(arena, &table, &example, &error));
  g_assert_true(g_str_has_prefix(error->message, "RAPPORT_THREADS: "));
  g_unsetenv("RAPPORT_THREADS");
  g_unsetenv("RAPPORT_SMTP_URL");
}

static void arguments_are_taken_and_others_left(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Example example = {0};
  char *argv[] = {"rapport", "serve", "--listen", "[::1]:0",   "--json", "--threads=9",
                  "--https", "file",  "--",       "--threads", "x",      NULL};
  int argc = (int)G_N_ELEMENTS(argv) - 1;
  settings_read_arguments(arena, &table, &argc, argv, &example, &error);
  g_assert_no_error(error);
  g_autofree char *left = g_strjoinv(" ", argv);
  g_assert_cmpstr(left, ==, "rapport serve --json file -- --threads x");
  g_assert_cmpint(argc, ==, 7);
  g_assert_cmpstr(example.listen, ==, "[::1]:0");
  g_assert_cmpint(example.threads, ==, 9);
  g_assert_true(example.is_https);
}

static void wrong_arguments_are_named(void) {
  static char *const wrong[][2] = {{"--threads", NULL}, {"--threads=", NULL}, {"--https=perhaps", NULL}, {"--limit", "x"}};
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    Example example = {0};
    char *argv[] = {"rapport", wrong[i][0], wrong[i][1], NULL};
    int argc = wrong[i][1] ? 3 : 2;
    g_assert_false(settings_read_arguments(arena, &table, &argc, argv, &example, &error));
    g_assert_true(g_str_has_prefix(error->message, "--"));
  }
}

static void the_table_prints_itself(void) {
  char text[2000] = "";
  FILE *out = fmemopen(text, sizeof text, "w");
  settings_print(&table, out);
  fclose(out);
  g_assert_nonnull(strstr(text, "  --listen TEXT      where to listen (127.0.0.1:8700)\n"));
  g_assert_nonnull(strstr(text, "  --smtp-url TEXT    where mail goes\n"));
  g_assert_nonnull(strstr(text, "  --https            reached over https (no)\n"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/settings/defaults-are-read-as-written", defaults_are_read_as_written);
  g_test_add_func("/settings/units-are-understood", units_are_understood);
  g_test_add_func("/settings/wrong-values-are-refused-with-a-reason", wrong_values_are_refused_with_a_reason);
  g_test_add_func("/settings/file/has-names-values-and-comments", a_file_has_names_values_and_comments);
  g_test_add_func("/settings/file/a-wrong-line-is-named", a_wrong_line_is_named);
  g_test_add_func("/settings/file/none-is-fine-and-a-folder-is-not", no_file_is_fine_and_a_folder_is_not);
  g_test_add_func("/settings/environment/is-read", the_environment_is_read);
  g_test_add_func("/settings/arguments/are-taken-and-others-left", arguments_are_taken_and_others_left);
  g_test_add_func("/settings/arguments/wrong-ones-are-named", wrong_arguments_are_named);
  g_test_add_func("/settings/the-table-prints-itself", the_table_prints_itself);
  return g_test_run();
}
