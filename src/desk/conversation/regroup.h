// Taking conversations apart and putting them together otherwise: split, move one message, undo a merge. Mail follows: an answer to a
// message comes to where that message is now (received/thread.c). What a conversation says of itself (its latest message, how the
// customer seems to feel, how long they wait) is worked out anew from the messages that it has then.
#pragma once

#include "desk/conversation/stored.h"
#include "desk/staff/staff.h"

// The messages from `message_id` on become a conversation of their own, of the same customer and with the same people, linked with this
// one. ERROR_NOT_FOUND, ERROR_INVALID when nothing would be left here, ERROR_CONFLICT.
bool conversation_split(Desk *desk, const Staff *actor, int64_t message_id, int64_t *out_number, GError **error);

// One message goes to another conversation. `means_other` false: ERROR_CONFLICT when that is another customer's, with a sentence that
// says so. ERROR_INVALID when nothing would be left, or it stands there already. `*out_into`: where it went, over merges too.
bool message_move_to(Desk *desk, const Staff *actor, int64_t message_id, int64_t into, bool means_other, int64_t *out_into,
                     GError **error);

typedef struct MergedConversation {
  int64_t number, merged_at; // merged_at 0: before merges were written down
  const char *subject, *customer_name;
} MergedConversation;
LIST_DEFINE(MergedConversation)
// Those that were merged into a conversation, at most 50; what was merged into those goes along with them.
bool conversation_merged_into(Arena *arena, Desk *desk, int64_t number, MergedConversationList *out, GError **error);

// What taking a merged conversation out again does, for a person to read before they do it.
typedef struct Unmerge {
  int64_t number, into;
  int64_t messages; // that go back with it
  TextList stays;   // what cannot be taken apart, a sentence each
} Unmerge;
bool conversation_unmerge_look(Arena *arena, Desk *desk, int64_t number, Unmerge *out, GError **error);
// Undoes the merge: the messages go back, and who has it, team, priority, snoozing, waiting, complaint, promises, remedies, tags, followers,
// fields and links are as they were, in both, where nobody changed them since. ERROR_NOT_FOUND, ERROR_CONFLICT when it is not merged, or
// when what it was merged into was merged itself.
bool conversation_unmerge(Desk *desk, const Staff *actor, int64_t number, GError **error);

// --- Internal to the desk, inside the caller's transaction ---

typedef struct RegroupMessage {
  int64_t id, number, made_at;
  MessageKind kind;
  const char *subject, *author_name, *author_address, *answer_to, *recipients;
} RegroupMessage;

typedef struct MergeRecord {
  int64_t id, made_at;
  bool had_complaint, complaint_news;
  ConversationStand from, into; // before; only what a merge changes
} MergeRecord;

// Writes down how both stand, and what the one gets that it did not have. Before anything is moved.
bool merge_note(Arena *arena, Desk *desk, const Staff *actor, const ConversationStand *from, const ConversationStand *into,
                GError **error);

// How the one stands after a merge: what unmerge.c compares with, to see what somebody changed since.
ConversationStand merge_united(const ConversationStand *from, const ConversationStand *into);

// Works out what a conversation says of itself from its messages; `stand` is changed and not yet saved. `waits` false: nobody waits,
// whatever is unanswered. ERROR_INVALID when it has no message left.
bool regroup_recount(Arena *arena, Desk *desk, ConversationStand *stand, bool waits, GError **error);
