// One reading, in order: scan, find the language, match every sentence, then feeling, behaviour, reasons, needs and gap. The
// feeling comes first because the others lean on it. Beyond READ_MOST bytes only the beginning and the end are scanned; a
// complaint says there what it is about and what it wants.
#include "insight/mind.h"

#include <stdlib.h>

#define READ_MOST ((size_t)64 * 1024)
#define READ_FIRST ((size_t)48 * 1024) // of them from the beginning

void span_add(Arena *arena, Reading *reading, const Scan *scan, size_t first, size_t last, const char *label, double weight) {
  if (reading->spans.count >= SPANS_MOST) return;
  *list_add(arena, &reading->spans) = (Span){(int64_t)scan->tokens.items[first].start, (int64_t)scan->tokens.items[last].end,
                                             label, clamp(weight, 0, 1)};
}

void span_put(Arena *arena, Reading *reading, size_t start, size_t end, const char *label, double weight) {
  if (reading->spans.count >= SPANS_MOST) return;
  *list_add(arena, &reading->spans) = (Span){(int64_t)start, (int64_t)end, label, clamp(weight, 0, 1)};
}

static int compare_spans(const void *a, const void *b) {
  const Span *left = a, *right = b;
  if (left->start != right->start) return left->start < right->start ? -1 : 1;
  if (left->end != right->end) return left->end > right->end ? -1 : 1;
  int by_label = strcmp(left->label, right->label);
  if (by_label) return by_label;
  return (left->weight < right->weight) - (left->weight > right->weight);
}

// The nearest place at or before `at` where a character begins.
static size_t boundary_before(const char *text, size_t at) {
  for (int steps = 0; steps < 3 && at > 0 && (text[at] & 0xC0) == 0x80; steps++) at--;
  return at;
}

void scan_text(Arena *arena, Scan *scan) {
  if (scan->length <= READ_MOST) {
    scan_passage(arena, scan, 0, scan->length);
    return;
  }
  scan_passage(arena, scan, 0, boundary_before(scan->text, READ_FIRST));
  size_t tail = scan->length - (READ_MOST - READ_FIRST);
  while (tail < scan->length && (scan->text[tail] & 0xC0) == 0x80) tail++;
  scan_passage(arena, scan, tail, scan->length);
}

static Reading *reading_new(Arena *arena) {
  Reading *reading = arena_make(arena, Reading);
  reading->engine = ENGINE_NAME;
  reading->language = "";
  reading->is_read = true;
  reading->emotions[EMOTION_NEUTRAL] = 1;
  reading->felt[EMOTION_NEUTRAL] = true;
  reading->need = NEED_UNCLEAR;
  reading->main = EMOTION_NEUTRAL;
  return reading;
}

static void read_english(Arena *arena, Arena *scratch, const Scan *scan, Reading *reading) {
  Study study = {.scratch = scratch, .scan = scan, .mind = mind_get()};
  study.heard = arena_make_array(scratch, double, EMOTION_COUNT);
  study.matches = arena_make_array(scratch, MatchList, scan->sentences.count + 1);
  const Lexicon *lexicon = lexicon_get();
  for (size_t i = 0; i < scan->sentences.count; i++)
    lexicon_match(scratch, lexicon, scan, &scan->sentences.items[i], &study.matches[i]);
  hear_emotions(&study, reading);
  read_emotions(arena, &study, reading);
  read_behaviour(arena, &study, reading);
  read_reasons(arena, &study, reading);
  read_needs(arena, &study, reading);
  read_gap(arena, &study, reading);
  reading->main = emotion_to_show(&study, reading);
  if (reading->spans.count) qsort(reading->spans.items, reading->spans.count, sizeof *reading->spans.items, compare_spans);
}

// The languages that are read, each by its engine: the whole of what a further language adds here is one row, whose engine fills
// the reading from the scan. Its models and word tables are data of its own, as the lexicon is English's.
typedef struct LanguageEngine {
  const char *code;
  void (*read)(Arena *arena, Arena *scratch, const Scan *scan, Reading *reading);
} LanguageEngine;
static const LanguageEngine engines[] = {{"en", read_english}};

// The first one takes what is too short to tell; NULL for a language that nobody here reads.
static const LanguageEngine *engine_for(const char *language) {
  if (!language) return NULL;
  if (!*language) return &engines[0];
  for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
    if (strcmp(engines[i].code, language) == 0) return &engines[i];
  }
  return NULL;
}

bool language_is_english(const char *language) { return engine_for(language) == &engines[0]; }

Reading *insight_read(Arena *arena, const char *text, size_t length) {
  Reading *reading = reading_new(arena);
  g_autoptr(Arena) scratch = arena_new();
  Scan scan = {.text = text, .length = length};
  if (length) scan_text(scratch, &scan);
  const char *language = language_of(&scan);
  reading->language = language ? language : "";
  const LanguageEngine *engine = engine_for(language);
  reading->is_read = engine != NULL;
  if (engine) engine->read(arena, scratch, &scan, reading);
  return reading;
}

Emotion reading_main_emotion(const Reading *reading) { return reading->main; }
