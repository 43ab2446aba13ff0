// What happens to complaints by itself, called where it happens. Internal to the desk; all inside the caller's transaction.
#pragma once

#include "desk/complaint/stored.h"
#include "desk/conversation/stand.h"

// A mail of ours left the house: whatever it says, the customer knows that theirs arrived; a person's answer meets the first answer.
bool complaint_note_sent(Arena *arena, Desk *desk, int64_t number, const ComplaintEvidence *sent, GError **error);
// The same for a message of the outbox, which locks the conversation when it carries a complaint.
bool complaint_note_outbox(Arena *arena, Desk *desk, int64_t number, int64_t message_id, GError **error);
// The customer wrote: on a closed complaint that is news.
bool complaint_note_customer(Arena *arena, Desk *desk, int64_t number, int64_t message_id, GError **error);
// The conversation went to somebody else; an open complaint that was with the same person goes along.
bool complaint_note_assigned(Arena *arena, Desk *desk, const Staff *actor, const ConversationStand *before,
                             const ConversationStand *after, GError **error);
// Whoever leaves: their open complaints are the supervisors'.
bool complaint_note_leaving(Desk *desk, int64_t staff_id, GError **error);
// Two conversations became one; see merge.c.
bool complaint_unite(Arena *arena, Desk *desk, const Staff *actor, int64_t from, int64_t into, GError **error);
// And were taken apart again; see part.c.
typedef struct ComplaintParting {
  int64_t from, into, since; // since: when they were merged
  bool into_had_one;         // a complaint of its own, then
  bool had_news;             // the other one's
  bool is_only_look;         // nothing is done
} ComplaintParting;
// `*out_stays`: what cannot be told apart, as a sentence; NULL.
bool complaint_part(Arena *arena, Desk *desk, const Staff *actor, const ComplaintParting *parting, const char **out_stays,
                    GError **error);
// Why a conversation cannot be solved yet, as a sentence that says what to do; `*out` NULL: it can.
bool complaint_forbids_solving(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error);
