// The words of conduct: where a case stands, what can happen to it and what must hold, how bad an incident was, which measures there are.
// The table itself is in lifecycle.c, and is printed into doc/conduct.md.
#pragma once

#include "base/arena.h"

#include <stdbool.h>

typedef enum BoundaryStage {
  BOUNDARY_REPORTED,
  BOUNDARY_REQUESTED,
  BOUNDARY_WARNED,
  BOUNDARY_RESTRICTED,
  BOUNDARY_ENDED,
  BOUNDARY_CLOSED, // migration 0015 names its number
  BOUNDARY_STAGE_COUNT
} BoundaryStage;
const char *boundary_stage_title(BoundaryStage stage); // "Reported", "Informal request"

// What can happen to a case. Those from PROPOSE on move no stage and stand in its journal only.
typedef enum BoundaryEvent {
  BOUNDARY_REPORT,
  BOUNDARY_REQUEST, // these four: the measure was approved and holds
  BOUNDARY_WARN,
  BOUNDARY_RESTRICT,
  BOUNDARY_END,
  BOUNDARY_EXPIRE, // its end has come
  BOUNDARY_LIFT,   // a review ended it before
  BOUNDARY_APPEAL_GRANTED,
  BOUNDARY_CLOSE, // nothing was to be done
  BOUNDARY_PROPOSE,
  BOUNDARY_APPROVE, // the first of two
  BOUNDARY_DECLINE,
  BOUNDARY_WITHDRAW,
  BOUNDARY_SET_ASIDE, // an incident was none after all
  BOUNDARY_REVIEW,    // it stays, until the next review
  BOUNDARY_APPEAL,
  BOUNDARY_APPEAL_STANDS,
  BOUNDARY_MAIL, // they wrote, and it went to whom it says
  BOUNDARY_EVENT_COUNT
} BoundaryEvent;
const char *boundary_event_title(BoundaryEvent event); // "Incident reported"

typedef struct BoundaryTransition {
  BoundaryStage from;
  BoundaryEvent event;
  BoundaryStage to;
  const char *guard; // NULL, or what must hold, as a sentence that tells a person what is missing
} BoundaryTransition;
const BoundaryTransition *boundary_find_transition(BoundaryStage from, BoundaryEvent event); // NULL: not from there
char *boundary_print(Arena *arena); // the table as Markdown, for doc/conduct.md

typedef enum IncidentLevel { LEVEL_UNREASONABLE, LEVEL_HOSTILE, LEVEL_ABUSIVE, LEVEL_THREAT, LEVEL_COUNT } IncidentLevel;
const char *level_word(IncidentLevel level);  // "unreasonable", "hostile", "abusive", "threat": as in forms
const char *level_title(IncidentLevel level); // "Insulting or hostile"
bool level_from_word(const char *word, IncidentLevel *out);

typedef enum MeasureKind {
  MEASURE_REQUEST,
  MEASURE_WARNING,
  MEASURE_RESTRICTION,
  MEASURE_ENDING,
  MEASURE_KIND_COUNT
} MeasureKind;
const char *measure_word(MeasureKind kind);  // "request", "warning", "restriction", "ending": as in forms
const char *measure_title(MeasureKind kind); // "Informal request"
bool measure_from_word(const char *word, MeasureKind *out);
BoundaryEvent measure_event(MeasureKind kind); // what happens when it holds
int measure_approvers(MeasureKind kind);       // how many people, none of them who asked

typedef enum MeasureState {
  MEASURE_ASKED,
  MEASURE_HOLDS,
  MEASURE_DECLINED,
  MEASURE_WITHDRAWN,
  MEASURE_EXPIRED,
  MEASURE_LIFTED,   // by a review or an appeal
  MEASURE_REPLACED, // by the next one
  MEASURE_STATE_COUNT
} MeasureState;
const char *measure_state_title(MeasureState state); // "waits for approval", "holds", …

// Whether somebody asked if the person needs things done differently (a disability, an illness, a language), and what came of it.
typedef enum Adjustment { ADJUSTMENT_UNASKED, ADJUSTMENT_NONE, ADJUSTMENT_MADE } Adjustment;

typedef enum BoundaryChannel { CHANNEL_MAIL = 1, CHANNEL_PHONE = 2, CHANNEL_COUNTER = 4, CHANNEL_LETTER = 8 } BoundaryChannel;
