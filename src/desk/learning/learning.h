// Learning: what people say about readings, and what the desk learns from it.
//
// A reading is advice. Anyone who answers can say that it is right or what would be; their word counts at once for that message,
// and all of them together teach the desk: insight_learn makes a small addition to the engine, and a tenth of the judgements is kept
// out of it to tell honestly how often it is right. Nothing here says who judged well or badly.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"

// ——— reading

// The reading of a text with what this desk has learnt; NULL when readings are switched off. What was learnt by other processes since
// the last call is taken up. Not inside a transaction that may be rolled back for good: it only looks.
bool learning_read(Arena *arena, Desk *desk, const char *text, size_t length, Reading **out, GError **error);
bool learning_is_on(Desk *desk, bool *out, GError **error);

// ——— judging

// `value` is an Emotion, Behaviour or Need (NEED_UNCLEAR too). What counts for the message is what was said last; the conversation
// follows when it is its newest. ERROR_NOT_FOUND: no such message, or it was not read. ERROR_INVALID: no such value.
bool reading_correct(Desk *desk, const Staff *actor, int64_t message_id, CorrectionKind kind, int value, int64_t *out_number,
                     GError **error);
// All of it is right as it is shown.
bool reading_confirm(Desk *desk, const Staff *actor, int64_t message_id, int64_t *out_number, GError **error);
// Takes back all that this person said about it: what others say counts again, or what was read. Without a word of theirs nothing happens.
bool reading_take_back(Desk *desk, const Staff *actor, int64_t message_id, int64_t *out_number, GError **error);
// The messages of a conversation on which this person's word stands.
bool reading_judged_by(Arena *arena, Desk *desk, const Staff *staff, int64_t number, IntList *out, GError **error);

// ——— learning

#define LESSONS_MOST 20000 // the newest

typedef struct Learnt {
  int64_t id, made_at, up_to, corrections;
} Learnt;

// Whether there are judgements that nothing was learnt from yet, or only by another version of the engine.
bool learning_is_due(Desk *desk, bool *out, GError **error);
// If so, learns from all judgements anew and keeps the result. Takes seconds for LESSONS_MOST; holds no transaction meanwhile.
bool learning_renew(Desk *desk, GError **error);

// ——— looking at it

typedef struct LearntAccuracy { // on the tenth that was held out
  CorrectionKind kind;
  int64_t held_out, right_before, right_after;
} LearntAccuracy;
LIST_DEFINE(LearntAccuracy)

typedef struct AgreementCell { // how often `read_value` was read and people say `value`
  CorrectionKind kind;
  int64_t read_value, value, count;
} AgreementCell;
LIST_DEFINE(AgreementCell)

typedef struct LearningReport {
  bool is_on;
  bool is_due;    // judgements wait to be learnt from
  Learnt *learnt; // NULL: nothing yet
  LearntAccuracyList accuracy;
  AgreementCellList agreement;
} LearningReport;
bool learning_report(Arena *arena, Desk *desk, LearningReport *out, GError **error);

typedef struct ExportedLesson {
  int64_t id, message_id, number, made_at, read_value, value;
  CorrectionKind kind;
  const char *engine, *text;
} ExportedLesson;
LIST_DEFINE(ExportedLesson)
#define EXPORT_PAGE 500
// All judgements that count, from the oldest on, EXPORT_PAGE at a time: pass the last id. Who judged is not part of it.
bool learning_export(Arena *arena, Desk *desk, int64_t after, ExportedLessonList *out, GError **error);

// ——— for administrators

bool learning_switch(Desk *desk, bool is_on, GError **error);
// Forgets what was learnt and begins anew with judgements from now on. What people said about single messages stays.
bool learning_reset(Desk *desk, GError **error);

// ——— values

const char *correction_value_word(CorrectionKind kind, int64_t value); // "joy", "calm", "security"; "" for what is no value
bool correction_value_from_word(CorrectionKind kind, const char *word, int *out);
