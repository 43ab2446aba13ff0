// The clocks of a complaint: its deadlines with their arithmetic, and when each was met.
//
// Own targets follow the severity. A legal clock starts with the complaint, under the profile that the desk had chosen then, and nothing
// moves it afterwards: not waiting for the customer, not another profile, not a severity.
#pragma once

#include "desk/complaint/complaint.h"
#include "desk/hours/deadline.h"

typedef struct ComplaintClock {
  DeadlineKind kind;
  bool is_legal;
  int64_t starts_at, due_at, met_at; // met_at 0: not met
  const char *arithmetic;            // sentences, one a line
} ComplaintClock;
LIST_DEFINE(ComplaintClock)

// The earliest due first.
bool complaint_clocks(Arena *arena, Desk *desk, int64_t number, ComplaintClockList *out, GError **error);
// Whether it has to be met: a summary resolution and an exceptional response are ways, not duties.
bool deadline_is_duty(DeadlineKind kind);

// Internal to the desk; inside the caller's transaction, with the conversation locked.
bool complaint_clocks_start(Arena *arena, Desk *desk, Complaint *complaint, GError **error); // sets next_due_at
bool complaint_clocks_follow_severity(Arena *arena, Desk *desk, int64_t number, GError **error);
// What an event meets, and what it opens again; sets after->next_due_at. Not yet saved.
bool complaint_clocks_note(Arena *arena, Desk *desk, const Complaint *before, Complaint *after, const ComplaintMove *move,
                           GError **error);
// A mail of ours left the house, at whatever stage: it acknowledges, and a person's is the first answer. Not yet saved.
bool complaint_clocks_sent(Arena *arena, Desk *desk, Complaint *complaint, bool by_person, int64_t at, GError **error);
// Two became one: own targets start with the earlier receipt, the earlier one's legal clocks go on as they are, and what was met in only
// one of them is not met. Without `had_one` there was no complaint in the one that took it, which takes the clocks as they are. Sets into->next_due_at; not yet saved.
bool complaint_clocks_unite(Arena *arena, Desk *desk, const Complaint *gone, Complaint *into, bool had_one, GError **error);
// Its clocks run on from where they stood; sets complaint->next_due_at. Not yet saved.
bool complaint_clocks_again(Arena *arena, Desk *desk, Complaint *complaint, GError **error);
