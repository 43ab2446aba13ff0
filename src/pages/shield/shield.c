// The text is cut at its evidence first (reading_cut), and those runs are cut again where a fold begins or ends.
#include "pages/shield/shield.h"

#include "base/words.h"

#include <string.h>

static bool says_otherwise(const ShownReading *reading) {
  return reading && (reading->judged & INT64_C(1) << CORRECTION_BEHAVIOUR) && reading->behaviour < BEHAVIOUR_HOSTILE;
}

static ShieldPart *part_at(const Visit *visit, ShieldView *view, const ShieldFoldList *folds, int64_t at, int64_t *out_end) {
  *out_end = INT64_MAX;
  const ShieldFold *within = NULL;
  list_each(const ShieldFold, fold, folds) {
    if (at >= fold->start && at < fold->end) within = fold;
    if (fold->start > at) *out_end = MIN(*out_end, fold->start);
  }
  if (within) *out_end = within->end;
  bool begins = view->parts.count == 0 ||
                (within ? at == within->start : at > 0 && view->parts.items[view->parts.count - 1].label != NULL);
  if (begins) *list_add(visit->arena, &view->parts) = (ShieldPart){.label = within ? shield_label(visit->arena, within) : NULL};
  return &view->parts.items[view->parts.count - 1];
}

static void put_runs(const Visit *visit, const TextRunList *runs, const ShieldFoldList *folds, ShieldView *view) {
  int64_t at = 0;
  list_each(const TextRun, run, runs) {
    int64_t end = at + (int64_t)strlen(run->text);
    for (int64_t from = at; from < end;) {
      int64_t until;
      ShieldPart *part = part_at(visit, view, folds, from, &until);
      until = MIN(until, end);
      const char *text = arena_strndup(visit->arena, run->text + (from - at), (size_t)(until - from));
      *list_add(visit->arena, &part->runs) = (TextRun){text, run->is_evidence};
      from = until;
    }
    at = end;
  }
}

static const char *sum_of(const Visit *visit, const ShownReading *reading) {
  if (!reading || !reading->is_read || reading->need >= NEED_COUNT) return "Nothing but abuse. No request can be read in it.";
  return arena_say(visit->arena, "Nothing but abuse. What may stand behind it: the need for %s, %s.", need_word(reading->need),
                   reading_need_words(reading->need));
}

ShieldView shield_view(const Visit *visit, const char *text, const ShownReading *reading, bool shows_evidence) {
  static const SpanList none = {0};
  ShieldView view = {0};
  ShieldFoldList folds = {0};
  TextRunList runs = {0};
  bool is_marked = shows_evidence && reading && reading->is_read;
  if (!says_otherwise(reading)) shield_text(visit->arena, visit_shield(visit), text, &folds);
  reading_cut(visit->arena, text, is_marked ? &reading->evidence : &none, &runs);
  put_runs(visit, &runs, &folds, &view);
  view.is_folded = folds.count > 0;
  if (shield_is_all(text, &folds)) view.sum = sum_of(visit, visit->shows_readings ? reading : NULL);
  return view;
}

ShieldView shield_plain_view(const Visit *visit, const char *text) {
  ShieldView view = {0};
  if (*text) {
    ShieldPart *part = list_add(visit->arena, &view.parts);
    *part = (ShieldPart){0};
    *list_add(visit->arena, &part->runs) = (TextRun){text, false};
  }
  return view;
}

bool shield_hides(const Visit *visit, const char *text) {
  ShieldFoldList folds = {0};
  shield_text(visit->arena, visit_shield(visit), text, &folds);
  return folds.count > 0;
}

bool shield_hides_files(const Visit *visit, const ShieldView *view) {
  return view->is_folded && visit_shield(visit) == SHIELD_PICTURES;
}

void shield_quotes(const Visit *visit, QuoteList *quotes) {
  list_each(Quote, quote, quotes) quote->words = shell_line(visit, quote->words);
}
