// Keeping conversation.due_at in step. Internal to the desk; inside the caller's transaction.
#pragma once

#include "desk/due/due.h"
#include "desk/due/stored.h"

// Looks at how the conversation stands now and moves its clocks: called for every conversation in which something happened.
bool due_settle(Arena *arena, Desk *desk, int64_t number, GError **error);

// What the parts of this folder share.
typedef struct DueBook { // loaded once for as many conversations as one likes
  BusinessHours hours;
  DueTargetRowList targets;
  DueWarning warning;
  int64_t version;
} DueBook;
bool due_book_load(Arena *arena, Desk *desk, DueBook *out, GError **error);
int64_t due_target_of(const DueBook *book, int64_t team_id, int64_t priority, DueKind kind);
bool due_facts_run(const DueFacts *facts); // whether our own clocks run
// The answer that is owed, first or next, and how long it may take; 0: no target.
DueKind due_answer_kind(const DueFacts *facts);
int64_t due_answer_target(const DueBook *book, const DueFacts *facts);
int64_t due_work_target(const DueBook *book, const DueFacts *facts);

typedef enum DueAlarm {
  ALARM_ANSWER_NEAR,
  ALARM_ANSWER_MISSED,
  ALARM_WORK_NEAR,
  ALARM_WORK_MISSED,
  ALARM_COMPLAINT_NEAR,
  ALARM_COMPLAINT_MISSED,
  ALARM_COUNT
} DueAlarm;
// When each alarm of a running clock is to be given; 0: never.
void due_alarm_moments(const DueBook *book, const DueFacts *facts, int64_t moments[ALARM_COUNT]);
