// Readings on the page: text shown once and whole whatever the evidence says, quotes, words, and the arc.
#include "pages/conversation/reading.h"

#include <string.h>

static SpanList spans_of(Arena *arena, const Span *spans, size_t count) {
  SpanList list = {0};
  for (size_t i = 0; i < count; i++) *list_add(arena, &list) = spans[i];
  return list;
}

// The runs with evidence in brackets.
static char *cut(Arena *arena, const char *text, const Span *spans, size_t count) {
  SpanList list = spans_of(arena, spans, count);
  TextRunList runs = {0};
  reading_cut(arena, text, &list, &runs);
  GString *joined = g_string_new(NULL);
  list_each(const TextRun, run, &runs) g_string_append_printf(joined, run->is_evidence ? "[%s]" : "%s", run->text);
  return arena_take(arena, g_string_free(joined, FALSE));
}

static void text_without_evidence_is_one_run(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(cut(arena, "all is well", NULL, 0), ==, "all is well");
  g_assert_cmpstr(cut(arena, "", NULL, 0), ==, "");
}

static void evidence_is_cut_out_in_the_order_of_the_text(void) {
  g_autoptr(Arena) arena = arena_new();
  const Span spans[] = {{7, 10, "anger", 1}, {0, 3, "anger", 1}};
  g_assert_cmpstr(cut(arena, "one and two", spans, 2), ==, "[one] and[ tw]o");
}

static void overlapping_evidence_is_one_run(void) {
  g_autoptr(Arena) arena = arena_new();
  const Span spans[] = {{0, 5, "anger", 1}, {3, 8, "power", 1}, {4, 6, "anger", 1}, {8, 9, "anger", 1}};
  g_assert_cmpstr(cut(arena, "0123456789", spans, 4), ==, "[012345678]9");
}

static void senseless_evidence_is_passed_over(void) {
  g_autoptr(Arena) arena = arena_new();
  const Span spans[] = {{-4, 2, "anger", 1}, {3, 3, "anger", 1}, {5, 4, "anger", 1}, {6, 99, "anger", 1}, {2, 4, "anger", 1}};
  g_assert_cmpstr(cut(arena, "0123456789", spans, 5), ==, "01[23]456789");
}

static void evidence_never_splits_a_character(void) {
  g_autoptr(Arena) arena = arena_new();
  const Span spans[] = {{1, 3, "anger", 1}, {3, 5, "anger", 1}}; // "é" is bytes 1 and 2, "ü" 3 and 4
  g_assert_cmpstr(cut(arena, "aéü", spans, 2), ==, "a[éü]");
  const Span inside[] = {{2, 5, "anger", 1}};
  g_assert_cmpstr(cut(arena, "aéü", inside, 1), ==, "aéü");
}

static void quotes_are_the_strongest_in_the_order_of_the_text(void) {
  g_autoptr(Arena) arena = arena_new();
  char text[64];
  SpanList spans = {0};
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  for (int i = 0; i < 20; i++) *list_add(arena, &spans) = (Span){i, i + 1, i % 2 ? "not_listened" : "anger", (i % 10) / 10.0};
  QuoteList quotes = {0};
  reading_quotes(arena, text, &spans, &quotes);
  g_assert_cmpuint(quotes.count, ==, QUOTES_MOST);
  g_assert_cmpstr(quotes.items[0].meaning, ==, "anger"); // number 6 with weight 0.6
  g_assert_cmpstr(quotes.items[1].meaning, ==, "not listened to");
}

static void strength_stays_within_its_line(void) {
  g_assert_cmpint(reading_strength(-1), ==, 0);
  g_assert_cmpint(reading_strength(2), ==, 5);
  g_assert_cmpint(reading_strength(40), ==, 10);
}

static void flags_and_reasons_have_words(void) {
  g_autoptr(Arena) arena = arena_new();
  ShownReading reading = {.flags = 1 << FLAG_THREAT | 1 << FLAG_LEGAL, .reasons = 1 << REASON_WASTED_TIME};
  TextList flags = reading_flag_words(arena, &reading), reasons = reading_reason_words(arena, &reading);
  g_assert_cmpuint(flags.count, ==, 2);
  g_assert_cmpstr(flags.items[0], ==, "a threat");
  g_assert_cmpuint(reasons.count, ==, 1);
  g_assert_cmpstr(reasons.items[0], ==, "time wasted");
}

static const ArcPicture *arc_of(Arena *arena, const double *valences, size_t count) {
  MessageList messages = {0};
  for (size_t i = 0; i < count; i++) {
    ShownReading *reading = arena_make(arena, ShownReading);
    *reading = (ShownReading){.is_read = true, .valence = valences[i]};
    *list_add(arena, &messages) = (Message){.kind = MESSAGE_CUSTOMER, .reading = reading};
    *list_add(arena, &messages) = (Message){.kind = MESSAGE_AGENT}; // has none and is no point of the line
  }
  Arc arc = insight_arc(valences, count);
  return reading_arc(arena, &messages, &arc);
}

static void the_arc_needs_two_messages(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_null(arc_of(arena, NULL, 0));
  g_assert_null(arc_of(arena, (const double[]){-0.5}, 1));
}

static void the_arc_names_start_lowest_and_now(void) {
  g_autoptr(Arena) arena = arena_new();
  const ArcPicture *arc = arc_of(arena, (const double[]){0, -1, 0.5}, 3);
  g_assert_nonnull(arc);
  g_assert_cmpstr(arc->points, ==, "10.0,44.0 125.0,76.0 240.0,28.0");
  g_assert_true(arc->shows_lowest);
  g_assert_cmpfloat(arc->lowest_x, ==, 125);
  g_assert_cmpfloat(arc->now_y, ==, 28);
  g_assert_cmpstr(arc->sentence, ==, "Began neutral, at its lowest very unpleasant, now pleasant. On the whole it rises.");
}

static void the_arc_names_the_best_moment_too(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(arc_of(arena, (const double[]){-0.2, 0.8, -0.2}, 3)->sentence, ==,
                  "Began a little unpleasant, at its best very pleasant, now a little unpleasant. On the whole it stays level.");
  g_assert_cmpstr(arc_of(arena, (const double[]){0.8, 0.4, 0.1, -0.2}, 4)->sentence, ==,
                  "Began very pleasant, now a little unpleasant. It is getting worse.");
}

static void the_lowest_point_is_not_named_twice(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_false(arc_of(arena, (const double[]){-0.9, 0, 0.2}, 3)->shows_lowest);
  g_assert_false(arc_of(arena, (const double[]){0.9, 0, -0.2}, 3)->shows_lowest);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/reading/cut/text-without-evidence-is-one-run", text_without_evidence_is_one_run);
  g_test_add_func("/reading/cut/evidence-in-the-order-of-the-text", evidence_is_cut_out_in_the_order_of_the_text);
  g_test_add_func("/reading/cut/overlapping-evidence-is-one-run", overlapping_evidence_is_one_run);
  g_test_add_func("/reading/cut/senseless-evidence-is-passed-over", senseless_evidence_is_passed_over);
  g_test_add_func("/reading/cut/never-splits-a-character", evidence_never_splits_a_character);
  g_test_add_func("/reading/quotes/the-strongest-in-the-order-of-the-text", quotes_are_the_strongest_in_the_order_of_the_text);
  g_test_add_func("/reading/strength/stays-within-its-line", strength_stays_within_its_line);
  g_test_add_func("/reading/words/flags-and-reasons", flags_and_reasons_have_words);
  g_test_add_func("/reading/arc/needs-two-messages", the_arc_needs_two_messages);
  g_test_add_func("/reading/arc/names-start-lowest-and-now", the_arc_names_start_lowest_and_now);
  g_test_add_func("/reading/arc/names-the-best-moment", the_arc_names_the_best_moment_too);
  g_test_add_func("/reading/arc/the-lowest-is-not-named-twice", the_lowest_point_is_not_named_twice);
  return g_test_run();
}
