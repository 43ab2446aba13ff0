// From counts to tables: rows are what was read, columns what people say. Emotions are too many for that, so their most frequent
// differences are listed instead.
#include "base/words.h"
#include "pages/learning/learning.h"

#include <stdlib.h>

static int64_t count_of(const LearningReport *report, CorrectionKind kind, int64_t read_value, int64_t value) {
  list_each(const AgreementCell, cell, &report->agreement)
    if (cell->kind == kind && cell->read_value == read_value && cell->value == value) return cell->count;
  return 0;
}

static Share agreed_share(const LearningReport *report, CorrectionKind kind) {
  int64_t agreed = 0, all = 0;
  list_each(const AgreementCell, cell, &report->agreement) {
    if (cell->kind != kind) continue;
    all += cell->count;
    agreed += cell->read_value == cell->value ? cell->count : 0;
  }
  return share_of(agreed, all);
}

static void add_rows(Arena *arena, const LearningReport *report, AgreementTable *table) {
  for (int64_t read = 0; *correction_value_word(table->kind, read); read++) {
    *list_add(arena, &table->columns) = correction_value_word(table->kind, read);
    AgreementRow row = {.word = correction_value_word(table->kind, read)};
    for (int64_t said = 0; *correction_value_word(table->kind, said); said++)
      *list_add(arena, &row.cells) = (AgreementNumber){count_of(report, table->kind, read, said), read == said};
    *list_add(arena, &table->rows) = row;
  }
}

static int by_count(const void *a, const void *b) {
  const AgreementMistake *one = a, *other = b;
  return one->count > other->count ? -1 : one->count < other->count;
}

static void add_mistakes(Arena *arena, const LearningReport *report, AgreementTable *table) {
  list_each(const AgreementCell, cell, &report->agreement)
    if (cell->kind == table->kind && cell->read_value != cell->value)
      *list_add(arena, &table->mistakes) = (AgreementMistake){correction_value_word(cell->kind, cell->read_value),
                                                              correction_value_word(cell->kind, cell->value), cell->count};
  if (table->mistakes.count) qsort(table->mistakes.items, table->mistakes.count, sizeof *table->mistakes.items, by_count);
  table->mistakes.count = MIN(table->mistakes.count, MISTAKES_SHOWN);
}

static void add_accuracy(const LearningReport *report, AgreementTable *table) {
  list_each(const LearntAccuracy, accuracy, &report->accuracy) {
    if (accuracy->kind != table->kind || accuracy->held_out == 0) continue;
    table->is_measured = true;
    table->before = share_of(accuracy->right_before, accuracy->held_out);
    table->after = share_of(accuracy->right_after, accuracy->held_out);
  }
}

void learning_tables(Arena *arena, const LearningReport *report, AgreementTableList *out) {
  static const struct {
    CorrectionKind kind;
    const char *title;
  } order[] = {{CORRECTION_BEHAVIOUR, "Behaviour"}, {CORRECTION_NEED, "Need"}, {CORRECTION_EMOTION, "Emotion"}};
  for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
    AgreementTable *table = list_add(arena, out);
    table->kind = order[i].kind;
    table->title = order[i].title;
    table->agreed = agreed_share(report, table->kind);
    add_accuracy(report, table);
    if (table->kind == CORRECTION_EMOTION)
      add_mistakes(arena, report, table);
    else
      add_rows(arena, report, table);
  }
}

const char *learning_share_words(Arena *arena, const Share *share) {
  return arena_say(arena, "%.0f %% (%.0f to %.0f)", share->share * 100, share->low * 100, share->high * 100);
}
