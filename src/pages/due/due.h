// Targets for supervisors, and the clocks beside a conversation.
#pragma once

#include "desk/due/due.h"
#include "pages/shell/shell.h"

typedef struct TargetField {
  const char *name, *title, *value;
  const char *problem; // NULL when there is none
} TargetField;
LIST_DEFINE(TargetField)

typedef struct TargetLine { // a priority
  const char *title;
  TargetFieldList fields;
} TargetLine;
LIST_DEFINE(TargetLine)

typedef struct TargetTable {
  int64_t team_id; // 0: of every team
  const char *team_name;
  TargetLineList lines;
} TargetTable;
LIST_DEFINE(TargetTable)

typedef struct TargetTeam { // without targets of its own
  int64_t id;
  const char *name;
} TargetTeam;
LIST_DEFINE(TargetTeam)

typedef struct TargetsPage {
  Shell shell;
  TargetTableList tables;
  TargetTeamList teams;
  const char *warning, *warning_problem;
  const char *kept;
} TargetsPage;

const char *due_clock_class(const DueClock *clock); // "", "due", "late"
WebHandler targets_page, targets_post, targets_post_warning, targets_post_forget;
