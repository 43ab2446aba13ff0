// One change of where a conversation stands, as a value: what a person does by a form, a rule by itself, and a bulk action to many is
// the same thing, checked and written down in one place.
#pragma once

#include "desk/conversation/stand.h"

typedef enum ChangeKind {
  CHANGE_ASSIGNEE, // value: who it is with from now on; 0: nobody
  CHANGE_TEAM,     // value: the team; 0: none. Who is not in the team hands it over, to whose turn it is if the team takes turns
  CHANGE_PRIORITY, // value: Priority
  CHANGE_SNOOZE,   // value: until when; 0: it comes back now
  CHANGE_STATE,    // value: CONVERSATION_OPEN or CONVERSATION_SOLVED
  CHANGE_TAG_ADD,  // value: the tag
  CHANGE_TAG_REMOVE, // value: the tag
  CHANGE_COUNT
} ChangeKind;

typedef struct Change {
  ChangeKind kind;
  int64_t value;
} Change;

// What it was before, as the value of a change that would put it back: of a tag 1 when it was there.
typedef struct Changed {
  bool is_change; // false: it stood so already, and nothing was written
  ConversationStand before, after;
} Changed;

#define SNOOZE_MOST (366 * CLOCK_DAY)

// Applies it and writes the journal. Inside the caller's transaction. `actor` NULL: the desk itself, by a rule. ERROR_NOT_FOUND for a
// conversation, person, team or tag that is not there (any more), ERROR_CONFLICT for one that was merged or cannot be solved yet,
// ERROR_INVALID for a value that makes no sense. `out` may be NULL.
bool conversation_change(Arena *arena, Desk *desk, const Staff *actor, int64_t number, const Change *change, Changed *out,
                         GError **error);
// The same as a unit of work of its own.
bool conversation_change_alone(Desk *desk, const Staff *actor, int64_t number, ChangeKind kind, int64_t value, GError **error);
