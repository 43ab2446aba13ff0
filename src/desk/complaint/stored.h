// Keeping a complaint: the row, its place in the lists, the tallies, and its journal. Internal to the desk.
//
// Whoever changes a complaint has locked its conversation (stand_load). The place is one number, smaller is higher up:
//   open, something is due:   when                  → what is due first, or late longest, is on top
//   open, nothing is due:     NOTHING_DUE + received → below those, the oldest first
//   closed, with news:        WITH_NEWS - closed    → below all that is open
//   closed:                   FAR - closed          → the newest first
//   merged into another:      FAR                   → in no list
#pragma once

#include "desk/complaint/complaint.h"

#define COMPLAINT_NOTHING_DUE INT64_C(1000000000000000000)
#define COMPLAINT_WITH_NEWS INT64_C(3000000000000000000)
#define COMPLAINT_FAR INT64_C(4000000000000000000)

static inline bool complaint_is_open(const Complaint *complaint) {
  return complaint->stage != STAGE_CLOSED && !complaint->merged_into;
}
int64_t complaint_queue_key(const Complaint *complaint);

// Writes the row and keeps the tallies "complaint/<stage>" and "complaint-news" in step. `before` NULL: it is new.
bool complaint_save(Desk *desk, const Complaint *before, const Complaint *after, GError **error);
// Writes a step, and tells the live views by the conversation's journal. `at` 0: now.
bool complaint_step_add(Desk *desk, int64_t number, const ComplaintMove *move, ComplaintStage before, ComplaintStage after,
                        GError **error);

// The complaint of a conversation that is locked; ERROR_NOT_FOUND when it carries none.
Complaint *complaint_load(Arena *arena, Desk *desk, int64_t number, GError **error);

// Opens the conversation again: an open complaint is in no solved one.
bool complaint_opens_conversation(Arena *arena, Desk *desk, const Staff *actor, int64_t number, GError **error);

// What must be settled before it is closed; `*out` is then a sentence, otherwise NULL. Each kind of thing that can be left open has its
// line in open_matter.c.
bool complaint_open_matter(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error);

// A message as evidence.
typedef struct ComplaintEvidence {
  int64_t id, made_at, staff_id; // staff_id 0: nobody wrote it, or a customer
  MessageKind kind;
} ComplaintEvidence;
