// Effort: what it cost the customer to be heard. Counted from messages and events where the program can know, asked where it cannot.
#pragma once

#include "desk/complaint/complaint.h"

// Ways they say they tried before.
typedef enum EffortChannel {
  EFFORT_MAIL,
  EFFORT_TELEPHONE,
  EFFORT_VISIT,
  EFFORT_LETTER,
  EFFORT_FORM,
  EFFORT_CHAT,
  EFFORT_NETWORKS,
  EFFORT_CHANNEL_COUNT
} EffortChannel;
const char *effort_channel_title(EffortChannel channel); // "Telephone"

typedef struct EffortWait { // from the first message of a row until a person answered
  int64_t since, until;     // until 0: still waiting
  int64_t messages;
} EffortWait;
LIST_DEFINE(EffortWait)

typedef struct Effort {
  int64_t attempts_before;     // asked; -1: nobody asked
  int64_t channels_before;     // asked; bits of EffortChannel
  int64_t before_first_answer; // messages until a person answered, or until now
  bool is_answered;            // a person answered at least once
  int64_t repeats;             // messages that came while an earlier one was unanswered
  int64_t hand_overs;          // times it went on to somebody else
  int64_t mailboxes;           // addresses of ours it came to
  int64_t other_conversations; // of the same customer that were alive in the last EFFORT_LOOK_BACK
  int64_t waited, longest;     // in total, and at one time, until now
  EffortWaitList waits;        // the arithmetic
} Effort;
#define EFFORT_LOOK_BACK (90 * CLOCK_DAY)

bool complaint_effort(Arena *arena, Desk *desk, const Complaint *complaint, Effort *out, GError **error);
// What was asked: `attempts` -1 takes it back. ERROR_INVALID above EFFORT_ATTEMPTS_MOST.
#define EFFORT_ATTEMPTS_MOST 999
bool complaint_effort_set(Desk *desk, const Staff *actor, int64_t number, int64_t attempts, int64_t channels, GError **error);

// The counting itself, a pure function. `marks` in the order of time; `waiting` says whether the customer waits now; `ended_at` is when
// the last row ended without an answer, 0: never.
typedef struct EffortMark {
  int64_t message_id, made_at;
  MessageKind kind;
} EffortMark;
LIST_DEFINE(EffortMark)
void effort_count(Arena *arena, const EffortMarkList *marks, bool waiting, int64_t ended_at, int64_t now, Effort *out);

typedef struct EffortCounts { // internal to the desk
  int64_t waiting_since, solved_at, mailboxes, other_conversations, assigned, handed_over;
} EffortCounts;
