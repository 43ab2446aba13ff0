// The language of a thread: what is said, what is left alone, and how a message with places is written.
#include "base/words.h"

#include <string.h>

static unsigned form_of(uint64_t n) { return n != 1; }

// Laid out by hand with one probe chain, which the search walks to its end.
static WordsEntry slots[32];
static const WordsLanguage german = {"de", "Deutsch", false, form_of, slots, 31};

static uint32_t hash_of(const char *text) {
  uint32_t hash = 2166136261u;
  for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 16777619u;
  return hash;
}

static void teach(const char *english, const char *const *said) {
  uint32_t hash = hash_of(english), at = hash & 31;
  while (slots[at].english) at = (at + 1) & 31;
  slots[at] = (WordsEntry){hash, english, said};
}

static void english_stands_in_the_source(void) {
  words_use(0);
  g_assert_cmpstr(tr("Open"), ==, "Open");
  g_assert_cmpstr(tr_n("one mail", "%d mails", 1), ==, "one mail");
  g_assert_cmpstr(tr_n("one mail", "%d mails", 2), ==, "%d mails");
}

static void a_language_says_what_it_has(void) {
  g_assert_cmpint(words_use(1), ==, 0);
  g_assert_cmpstr(tr("Open"), ==, "Offen");
  g_assert_cmpstr(tr("Not in the catalogue"), ==, "Not in the catalogue");
  g_assert_cmpstr(tr_n("one mail", "%d mails", 1), ==, "eine Mail");
  g_assert_cmpstr(tr_n("one mail", "%d mails", 0), ==, "%d Mails");
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(arena_say(arena, "%s of %s", "a", "b"), ==, "von b: a");
  g_assert_cmpint(words_use(0), ==, 1);
}

// A customer may be called like a word of ours.
static void only_constants_are_said(void) {
  static const char *const table[] = {N_("Open")};
  words_use(1);
  char name[] = "Open";
  g_autofree char *copy = g_strdup("Open");
  g_assert_cmpstr(tr_of(table[0]), ==, "Offen");
  g_assert_cmpstr(tr_of(name), ==, "Open");
  g_assert_cmpstr(tr_of(copy), ==, "Open");
  g_assert_null(tr_of(NULL));
  words_use(0);
}

static char *written(const char *english, const char *html) {
  GString *out = g_string_new(NULL);
  for (WordsParts parts = words_parts(english, html); words_next(out, &parts);) {
    if (parts.number == 1) html_put(out, "<name>");
    if (parts.number == 2) g_string_append(out, "<b>");
    if (parts.number == -2) g_string_append(out, "</b>");
  }
  return g_string_free(out, false);
}

static void places_are_filled_and_text_is_escaped(void) {
  g_autofree char *english = written("{1} & <2>more</2>", "{1} &amp; <2>more</2>");
  g_assert_cmpstr(english, ==, "&lt;name&gt; &amp; <b>more</b>");
  words_use(1);
  g_autofree char *said = written("{1} & <2>more</2>", "{1} &amp; <2>more</2>");
  words_use(0);
  g_assert_cmpstr(said, ==, "<b>mehr &lt;i&gt;</b> &amp; &lt;name&gt;");
  words_use(1);
  g_autoptr(GString) out = g_string_new(NULL);
  words_write(out, "Open", "Open", 4);
  words_put(out, "Open");
  words_put(out, 3);
  words_write_count(out, "one", "{} mails", 5);
  words_use(0);
  g_assert_cmpstr(out->str, ==, "OffenOffen35 mails");
}

// Whatever a catalogue holds, nothing is read that was not given.
static void a_format_of_another_language_is_checked(void) {
  g_autoptr(Arena) arena = arena_new();
  words_use(1);
  g_assert_cmpstr(arena_say(arena, "%jd mails of %s", INT64_C(5), "Open"), ==, "Offen: 5 Mails");
  g_assert_cmpstr(arena_say(arena, "%d of %.1f %%, %.*s", 3, 2.5, 2, "abc"), ==, "2.5 % von 3, ab");
  g_assert_cmpstr(arena_say(arena, "too many %d", 3), ==, "too many 3");
  g_assert_cmpstr(arena_say(arena, "other kind %d", 3), ==, "other kind 3");
  g_assert_cmpstr(arena_say(arena, "unknown %d", 3), ==, "unknown 3");
  words_use(0);
  g_assert_cmpstr(arena_say(arena, "%jd mails of %s", INT64_C(5), "Open"), ==, "5 mails of Open");
}

static void the_reader_s_browser_is_heard(void) {
  g_assert_cmpint(words_accepted(NULL), ==, 0);
  g_assert_cmpint(words_accepted("de"), ==, 1);
  g_assert_cmpint(words_accepted("de-AT, en;q=0.8"), ==, 1);
  g_assert_cmpint(words_accepted("en-GB, de;q=0.8"), ==, 0);
  g_assert_cmpint(words_accepted("fr, de;q=0.5, en;q=0.4"), ==, 1);
  g_assert_cmpint(words_accepted("de;q=0"), ==, 0);
  g_assert_cmpint(words_accepted("*, ,;q=,;;, q=1"), ==, 0);
  g_assert_cmpint(words_from_code("DE"), ==, 1);
  g_assert_cmpint(words_from_code("tlh"), ==, -1);
}

static void a_pseudo_language_shows_what_is_unmarked(void) {
  words_use(words_from_code("en-xa"));
  g_assert_true(g_str_has_prefix(tr("Open"), "Öþéñ"));
  g_assert_cmpstr(tr("Not in the catalogue"), ==, "Not in the catalogue");
  g_assert_nonnull(strstr(tr("{1} & <2>more</2>"), "<2>ɱöŕé</2>"));
  g_assert_nonnull(strstr(words_say("%s of %s"), "%s öƒ %s"));
  g_assert_true(words_is_right_to_left(words_from_code("ar-xb")));
  words_use(0);
}

static void *speak_english(void *nothing) {
  (void)nothing;
  return (void *)(uintptr_t)(words_language() == 0 && strcmp(tr("Open"), "Open") == 0);
}

static void a_thread_begins_in_english(void) {
  words_use(1);
  GThread *thread = g_thread_new("other", speak_english, NULL);
  g_assert_nonnull(g_thread_join(thread));
  words_use(0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  teach("Open", (const char *const[]){"Offen"});
  teach("one mail", (const char *const[]){"eine Mail", "%d Mails"});
  teach("%s of %s", (const char *const[]){"von %2$s: %1$s"});
  teach("%jd mails of %s", (const char *const[]){"%2$s: %1$jd Mails"});
  teach("%d of %.1f %%, %.*s", (const char *const[]){"%2$.1f %% von %1$d, %3$.*s"});
  teach("too many %d", (const char *const[]){"zu viel %d %s"});
  teach("other kind %d", (const char *const[]){"andere Art %s"});
  teach("unknown %d", (const char *const[]){"unbekannt %n"});
  teach("{1} & <2>more</2>", (const char *const[]){"<2>mehr <i></2> & {1}"});
  words_install((const WordsLanguage *const[]){&german, NULL}, true);
  g_test_add_func("/base/words/english-stands-in-the-source", english_stands_in_the_source);
  g_test_add_func("/base/words/a-language-says-what-it-has", a_language_says_what_it_has);
  g_test_add_func("/base/words/only-constants-are-said", only_constants_are_said);
  g_test_add_func("/base/words/places-are-filled-and-text-is-escaped", places_are_filled_and_text_is_escaped);
  g_test_add_func("/base/words/a-format-of-another-language-is-checked", a_format_of_another_language_is_checked);
  g_test_add_func("/base/words/the-reader-s-browser-is-heard", the_reader_s_browser_is_heard);
  g_test_add_func("/base/words/a-pseudo-language-shows-what-is-unmarked", a_pseudo_language_shows_what_is_unmarked);
  g_test_add_func("/base/words/a-thread-begins-in-english", a_thread_begins_in_english);
  return g_test_run();
}
