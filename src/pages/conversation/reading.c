// Readings in words, and evidence in the text. Spans come from a database and may overlap; they are brought into order, kept
// within the text and on character boundaries, and joined where they touch, so that the text is shown once and whole.
#include "pages/conversation/reading.h"

#include <string.h>

int reading_strength(double intensity) { return (int)(CLAMP(intensity / 4, 0, 1) * 10 + 0.5); }

const char *reading_strength_words(double intensity) {
  return intensity < 0.5   ? "hardly any feeling"
         : intensity < 1.5 ? "slight"
         : intensity < 2.5 ? "moderate"
         : intensity < 3.5 ? "strong"
                           : "extreme";
}

const char *reading_need_words(Need need) {
  static const char *const words[NEED_COUNT] = {
    [NEED_LEARNING] = "to understand, to do it themselves",
    [NEED_POWER] = "to be recognised and respected",
    [NEED_AFFILIATION] = "to belong, a friendly tie",
    [NEED_SECURITY] = "to be safe, to keep what is theirs",
  };
  return need < NEED_COUNT ? words[need] : "";
}

const char *reading_label_words(const char *label) {
  static const char *const words[][2] = {
    {"not_listened", "not listened to"},  {"no_access", "could not get through"},
    {"wasted_time", "time wasted"},       {"discourtesy", "lack of courtesy"},
    {"rigid_system", "a rigid system"},   {"threat", "a threat"},
    {"legal", "speaks of legal steps"},   {"self_harm", "may want to harm themselves"},
    {"present", "how it is now"},         {"desired", "what they want"},
    {"learning", "needs learning"},       {"power", "needs power"},
    {"affiliation", "needs affiliation"}, {"security", "needs security"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (strcmp(words[i][0], label) == 0) return words[i][1];
  Emotion emotion; // what is stored is no constant of the program; what it names is one, and can be said
  Behaviour behaviour;
  Reason reason;
  if (reason_from_word(label, &reason)) return reason_word(reason);
  if (emotion_from_word(label, &emotion)) return emotion_word(emotion);
  if (behaviour_from_word(label, &behaviour)) return behaviour_word(behaviour);
  return label;
}

const char *reading_valence_words(double valence) {
  return valence <= -0.6   ? "very unpleasant"
         : valence <= -0.3 ? "unpleasant"
         : valence < -0.1  ? "a little unpleasant"
         : valence <= 0.1  ? "neutral"
         : valence < 0.3   ? "a little pleasant"
         : valence < 0.6   ? "pleasant"
                           : "very pleasant";
}

static bool is_boundary(const char *text, size_t length, int64_t at) {
  return at >= 0 && (size_t)at <= length && ((unsigned char)text[at] & 0xC0) != 0x80;
}

static bool is_sound(const char *text, size_t length, const Span *span) {
  return span->start < span->end && is_boundary(text, length, span->start) && is_boundary(text, length, span->end);
}

static int by_start(const void *a, const void *b) {
  const Span *one = a, *other = b;
  return one->start < other->start ? -1 : one->start > other->start;
}

static SpanList in_order(Arena *arena, const char *text, size_t length, const SpanList *evidence) {
  SpanList sound = {0};
  list_each(const Span, span, evidence)
    if (is_sound(text, length, span)) *list_add(arena, &sound) = *span;
  if (sound.count) qsort(sound.items, sound.count, sizeof *sound.items, by_start);
  return sound;
}

static void add_run(Arena *arena, TextRunList *runs, const char *text, int64_t start, int64_t end, bool is_evidence) {
  if (end > start) *list_add(arena, runs) = (TextRun){arena_strndup(arena, text + start, (size_t)(end - start)), is_evidence};
}

void reading_cut(Arena *arena, const char *text, const SpanList *evidence, TextRunList *out) {
  size_t length = strlen(text);
  SpanList spans = in_order(arena, text, length, evidence);
  int64_t done = 0;
  for (size_t i = 0; i < spans.count;) {
    int64_t start = spans.items[i].start, end = spans.items[i].end;
    while (++i < spans.count && spans.items[i].start <= end) end = MAX(end, spans.items[i].end);
    add_run(arena, out, text, done, start, false);
    add_run(arena, out, text, start, end, true);
    done = end;
  }
  add_run(arena, out, text, done, (int64_t)length, false);
}

static int by_weight(const void *a, const void *b) {
  const Span *one = a, *other = b;
  if (one->weight != other->weight) return one->weight > other->weight ? -1 : 1;
  return by_start(a, b);
}

void reading_quotes(Arena *arena, const char *text, const SpanList *evidence, QuoteList *out) {
  SpanList spans = in_order(arena, text, strlen(text), evidence);
  if (spans.count > QUOTES_MOST) {
    qsort(spans.items, spans.count, sizeof *spans.items, by_weight);
    spans.count = QUOTES_MOST;
    qsort(spans.items, spans.count, sizeof *spans.items, by_start);
  }
  list_each(const Span, span, &spans) {
    const char *words = arena_strndup(arena, text + span->start, (size_t)(span->end - span->start));
    *list_add(arena, out) = (Quote){words, reading_label_words(span->label)};
  }
}

TextList reading_flag_words(Arena *arena, const ShownReading *reading) {
  TextList words = {0};
  for (unsigned flag = 0; flag < FLAG_COUNT; flag++)
    if (reading->flags & INT64_C(1) << flag) *list_add(arena, &words) = reading_label_words(flag_word(flag));
  return words;
}

TextList reading_reason_words(Arena *arena, const ShownReading *reading) {
  TextList words = {0};
  for (unsigned reason = 0; reason < REASON_COUNT; reason++)
    if (reading->reasons & INT64_C(1) << reason) *list_add(arena, &words) = reading_label_words(reason_word(reason));
  return words;
}
