// Due: by when we mean to answer and to solve. Targets in business time by priority and team; each open conversation knows the next
// moment by which we owe it something, and why (doc/targets.md has the rules).
//
// Our own clocks run while the customer waits on us, and stand while the conversation is snoozed or it is their turn. A complaint has
// clocks of its own (complaint/clock.h), which stand in place of the first answer and the resolution here; nothing pauses the legal ones.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/hours/deadline.h"
#include "desk/staff/staff.h"

typedef enum DueKind { DUE_FIRST_ANSWER, DUE_NEXT_ANSWER, DUE_RESOLUTION, DUE_COMPLAINT, DUE_KIND_COUNT } DueKind;
#define DUE_OWN_COUNT 3                   // the first kinds are targets of ours
const char *due_kind_title(DueKind kind); // "First answer", …, "Complaint"

// Business minutes by priority and kind; 0: none.
typedef struct DueTargets {
  int64_t team_id;       // 0: every team that has no lines of its own
  const char *team_name; // NULL: of every team
  int64_t minutes[PRIORITY_COUNT][DUE_OWN_COUNT];
} DueTargets;
LIST_DEFINE(DueTargets)

typedef struct DueWarning { // how long before; both 0: no warning
  int64_t percent;          // of the target that is left
  int64_t minutes;          // business minutes
} DueWarning;
// "25 %", "30 min", ""; what is wrong with it, or NULL.
const char *due_warning_read(Arena *arena, const char *text, DueWarning *out);
const char *due_warning_write(Arena *arena, DueWarning warning);

// Those of every team first, then teams that have their own, by name.
bool due_targets(Arena *arena, Desk *desk, DueTargetsList *out, GError **error);
// The audit journal says what was there before. ERROR_INVALID: below 0 or above TARGET_MOST. What is open is worked out anew by due_renew.
bool due_targets_set(Desk *desk, const Staff *actor, const DueTargets *targets, GError **error);
bool due_targets_forget(Desk *desk, const Staff *actor, int64_t team_id,
                        GError **error); // the team goes by those of every team again
bool due_warning_load(Desk *desk, DueWarning *out, GError **error);
bool due_warning_set(Desk *desk, const Staff *actor, DueWarning warning, GError **error);

// One clock of a conversation, for the panel beside it.
typedef struct DueClock {
  DueKind kind;
  int64_t due_at;         // 0: it stands still; HOURS_NEVER: the desk never opens
  const char *words;      // "2 h left", "3 days late", "stands still: it is their turn"
  bool is_late, is_near;  // near: we were warned
  const char *arithmetic; // sentences, one a line
} DueClock;
LIST_DEFINE(DueClock)
// Those of an open conversation, answer first; nothing when it is solved or has no target. The complaint's are not among them.
bool due_clocks(Arena *arena, Desk *desk, int64_t number, DueClockList *out, GError **error);

// ——— chores. Each may run in several processes; everything is done once.
// Warns and says what was missed: a line in the journal, upon which rules fire and people are told.
bool due_alarm(Desk *desk, GError **error);
// Works out anew what is due when hours, holidays, targets or the warning have changed.
bool due_renew(Desk *desk, GError **error);
#define DUE_OLD_NEWS (3 * CLOCK_DAY) // what was due longer ago than that when we come to it is said to nobody
