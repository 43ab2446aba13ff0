// Drafts of our own, good and bad for each rule: what the coach is tested and measured by. A file a rule, named after it
// (tests/coach/<rule>.txt), one draft a line:
//
//   # a comment          == the customer's message for what follows; "==" alone: none
//   + a draft that meets the rule          - one that does not          "\n" in a line: a line break
//
// Every third draft of a kind is held out: it was not looked at while the phrases were written. Those in tests/coach/later were
// written after them and used to widen them; none is held out.
#pragma once

#include "insight/coach.h"

typedef struct CoachExample {
  CoachRule rule;
  const char *message, *draft; // message: NULL for none
  bool is_good, is_held_out;
} CoachExample;
LIST_DEFINE(CoachExample)

bool coach_examples_read(Arena *arena, const char *path, CoachExampleList *out, GError **error);
bool coach_example_is_advised(const CoachExample *example); // the coach gives advice by the example's rule

typedef struct CoachScore { // of one rule
  int64_t good, bad;        // drafts
  int64_t good_advised, bad_advised;
} CoachScore;
CoachScore coach_score(const CoachExampleList *examples, CoachRule rule, bool is_held_out);
double coach_precision(const CoachScore *score);
double coach_recall(const CoachScore *score);
