// Rows as they are stored, seen only by the verbs of the desk.
#pragma once

#include "base/list.h"

typedef struct DueTargetRow {
  int64_t team_id, priority, first_answer, next_answer, resolution;
  const char *team_name;
} DueTargetRow;
LIST_DEFINE(DueTargetRow)

typedef struct DueRuleRow {
  int64_t warn_percent, warn_minutes, version;
  const char *made_of;
} DueRuleRow;

// A conversation as far as it matters here, with its clock.
typedef struct DueFacts {
  int64_t number, state, opened_at, waiting_since, snoozed_until, priority, team_id, due_at, due_kind;
  bool has_answer;    // one of us has answered it
  bool has_complaint; // that is open
  int64_t complaint_next;
  bool has_clock;
  int64_t runs, since, work, held_of, held, answer_due, work_due, complaint_due, alarms, alarm_at, version;
} DueFacts;
LIST_DEFINE(DueFacts)
