// The page "Readings": how the engine's readings agree with what people say, and what the desk has learnt.
#pragma once

#include "base/share.h"
#include "desk/learning/learning.h"
#include "pages/shell/shell.h"

typedef struct AgreementNumber { // a cell: people say the column's value where the row's was read
  int64_t count;
  bool agrees;
} AgreementNumber;
LIST_DEFINE(AgreementNumber)

typedef struct AgreementRow {
  const char *word;
  AgreementNumberList cells;
} AgreementRow;
LIST_DEFINE(AgreementRow)

typedef struct AgreementMistake { // for the many emotions: what was read, and what people say instead
  const char *read_word, *said_word;
  int64_t count;
} AgreementMistake;
LIST_DEFINE(AgreementMistake)

typedef struct AgreementTable {
  CorrectionKind kind;
  const char *title;
  Share agreed;
  TextList columns; // empty: too many values for a table
  AgreementRowList rows;
  AgreementMistakeList mistakes; // the most frequent
  bool is_measured;              // on held-out judgements
  Share before, after;
} AgreementTable;
LIST_DEFINE(AgreementTable)

typedef struct LearningPage {
  LearningReport report;
  AgreementTableList tables;
  bool may_change;
} LearningPage;

#define MISTAKES_SHOWN 8

void learning_tables(Arena *arena, const LearningReport *report, AgreementTableList *out);
const char *learning_share_words(Arena *arena, const Share *share); // "84 % (78 to 89)"
