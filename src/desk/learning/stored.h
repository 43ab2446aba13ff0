// Rows of judgements as the verbs of learning see them.
#pragma once

#include "desk/learning/learning.h"

// A message's reading as it stands, with what a judgement of it needs.
typedef struct JudgedReading {
  int64_t message_id, number;
  bool is_read, is_newest; // is_newest: of the customer's messages in its conversation that were read
  const char *engine;
  Behaviour behaviour;
  Emotion emotion;
  Need need;
  double valence, intensity;
  int64_t judged;
} JudgedReading;

// Whose value counts after a judgement.
typedef enum Standing {
  STANDING_OWN,    // that of the person who judged
  STANDING_OTHER,  // they took their word back, and another person's counts again
  STANDING_ENGINE, // likewise, and nobody else had said anything
} Standing;

typedef struct CorrectionMark { // what somebody said about one kind of a message
  int64_t kind, staff_id, read_value, value;
  Standing standing;
} CorrectionMark;
LIST_DEFINE(CorrectionMark)

typedef struct StoredLesson { // a judged text
  int64_t message_id, kind, value;
  const char *text;
} StoredLesson;
LIST_DEFINE(StoredLesson)

typedef struct LearningState {
  bool is_on;
  int64_t up_to, made_at; // of what was learnt last; 0: nothing
} LearningState;
