// Where a conversation stands (state, assignee, who waits) and the one place that changes it. Internal to the desk.
//
// Saving keeps three things in step: the row, its place in the lists, and the tallies of the rail. The place is one number,
// smaller is higher up:
//   open, the customer waits:  since when           → who waits longest is on top
//   open, it came back:        since when           → among those, since somebody meant to see it again
//   open, nobody waits on us:  FAR - last message   → below all who wait, the newest first
//   open, snoozed:             FAR + until when     → in no list but "snoozed", what comes back soonest on top
//   solved:                    FAR - solved at      → the newest first
//   merged:                    FAR                  → in no list
#pragma once

#include "desk/conversation/stored.h"
#include "desk/conversation/tally.h"
#include "desk/staff/staff.h"

#define STAND_FAR INT64_C(4000000000000000000)

// Whether a message of this feeling puts its conversation into the view "upset now". Migration 0006 says the same in SQL.
bool stand_is_upset(Behaviour behaviour, double valence, double intensity);
bool stand_reads_upset(const Reading *reading); // the same of a reading; false when nothing was read
int64_t stand_queue_key(const ConversationStand *stand);
bool stand_is_at_hand(const ConversationStand *stand); // open and not snoozed: in the queues and their tallies; false for NULL
// The customer wrote, or did what is as much: it is open, awake, and they wait since then unless they waited before.
void stand_let_wait(ConversationStand *stand, int64_t since);
// Loads and locks; ERROR_NOT_FOUND names the number, ERROR_CONFLICT where it went on. Inside the caller's transaction.
ConversationStand *stand_load(Arena *arena, Desk *desk, int64_t number, GError **error);
// The same for what comes by mail: a merged number stands for the conversation that took it.
ConversationStand *stand_load_survivor(Arena *arena, Desk *desk, int64_t number, GError **error);
// `before` NULL: the conversation is new, and its priority normal at least. What is not open is not snoozed either. What is open is with
// nobody who left: it goes where they leave theirs (let_go.c), whatever `after` says.
bool stand_save(Desk *desk, const ConversationStand *before, const ConversationStand *after, GError **error);

// For stand_save: where `kept` is open and with somebody who left, it is given on. `before` NULL: it is new.
bool stand_let_go(Arena *arena, Desk *desk, const ConversationStand *before, ConversationStand *kept, GError **error);
// And what is said of that, after it was saved: `after` as somebody meant it, `kept` as it is.
bool stand_tell_let_go(Arena *arena, Desk *desk, const ConversationStand *before, const ConversationStand *after,
                       const ConversationStand *kept, GError **error);

// Writes the journal and tells the live views.
bool event_add(Desk *desk, int64_t number, EventKind kind, const Staff *actor, const char *detail, GError **error);
