// Languages told: the short messages of tests/insight/languages.tsv (named on the command line), each with its code. English is
// always read; others are hardly ever, whatever name they get.
#include "insight/insight.h"

static char *lines_text;

typedef struct Count {
  size_t all, right, read;
} Count;

static Count count_lines(bool is_english) {
  Count count = {0};
  g_auto(GStrv) lines = g_strsplit(lines_text, "\n", -1);
  for (char **line = lines; *line; line++) {
    g_auto(GStrv) fields = g_strsplit(*line, "\t", 2);
    if (g_strv_length(fields) < 2 || (strcmp(fields[0], "en") == 0) != is_english) continue;
    g_autoptr(Arena) arena = arena_new();
    const Reading *reading = insight_read(arena, fields[1], strlen(fields[1]));
    bool is_right = strcmp(reading->language, fields[0]) == 0;
    if (!is_right) g_test_message("%s said \"%s\": %s", fields[0], reading->language, fields[1]);
    count.all++, count.right += is_right, count.read += reading->is_read;
  }
  return count;
}

static void english_is_read(void) {
  Count count = count_lines(true);
  g_assert_cmpuint(count.all, >=, 15);
  g_assert_cmpuint(count.read, ==, count.all);
  g_assert_cmpuint(count.right, ==, count.all);
}

static void others_are_named_and_not_read(void) {
  Count count = count_lines(false);
  g_assert_cmpuint(count.all, >=, 150);
  g_assert_cmpuint(count.read * 40, <=, count.all);
  g_assert_cmpuint(count.right * 10, >=, count.all * 9);
}

static void long_text_of_no_language_is_not_read(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *text = "Zorgle blint frabba mox quizzen tral vobber nixy plonder wrem.";
  const Reading *reading = insight_read(arena, text, strlen(text));
  g_assert_false(reading->is_read && strcmp(reading->language, "en") == 0);
}

static void a_threat_in_chat_spelling_stays_english(void) {
  static const char *const texts[] = {"u gonna die", "gonna come find u n mess u up", "imma kill u"};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_assert_true(insight_read(arena, texts[i], strlen(texts[i]))->flags[FLAG_THREAT]);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_autoptr(GError) error = NULL;
  if (argc != 2 || !g_file_get_contents(argv[1], &lines_text, NULL, &error))
    g_error("usage: language_test LANGUAGES.tsv %s", error ? error->message : "");
  g_test_add_func("/language/english-is-read", english_is_read);
  g_test_add_func("/language/others-are-named-and-not-read", others_are_named_and_not_read);
  g_test_add_func("/language/long-text-of-no-language-is-not-read", long_text_of_no_language_is_not_read);
  g_test_add_func("/language/a-threat-in-chat-spelling-stays-english", a_threat_in_chat_spelling_stays_english);
  int result = g_test_run();
  g_free(lines_text);
  return result;
}
