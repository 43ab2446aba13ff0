// Safety alerts: somebody may come to harm. A threat against us, or a person who writes that they do not want to live. A reading raises
// one, or a person with one press; supervisors see it at once, on top of whatever page they have open and by mail. It is never left to
// one agent alone: a named person takes it, the steps of a protocol ("safety", "safety-welfare", which supervisors edit) lead through
// it, and it is closed with what was done. What is evidence is kept as a signed bundle (evidence.c) that nothing deletes.
//
// A reading raises no measure and blocks nobody: it calls a person.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"

typedef enum SafetyKind { SAFETY_THREAT, SAFETY_WELFARE, SAFETY_KIND_COUNT } SafetyKind;
const char *safety_word(SafetyKind kind);     // "threat", "welfare": as in forms
const char *safety_title(SafetyKind kind);    // "A threat", "Worry about somebody's life"
const char *safety_protocol(SafetyKind kind); // the word of its protocol
bool safety_from_word(const char *word, SafetyKind *out);

typedef enum SafetyState { SAFETY_OPEN, SAFETY_TAKEN, SAFETY_CLOSED, SAFETY_FALSE_ALARM } SafetyState;

typedef struct SafetyAlert {
  int64_t id, message_id, number, raised_by, raised_at, taken_by, taken_at, closed_by, closed_at; // 0: nobody, not yet
  SafetyKind kind;
  SafetyState state;
  const char *raised_name; // NULL: a reading
  const char *taken_name, *closed_name, *outcome, *customer_name, *subject, *body;
  int64_t assignee_id; // whose the conversation is: somebody looks after them
  const char *assignee_name;
} SafetyAlert;
LIST_DEFINE(SafetyAlert)

typedef struct SafetyTick {
  const char *step, *staff_name;
  int64_t done_at;
} SafetyTick;
LIST_DEFINE(SafetyTick)

typedef struct SafetyEvidence {
  int64_t id, made_at, size;
  Bytes hash;
} SafetyEvidence;
LIST_DEFINE(SafetyEvidence)

typedef struct SafetyFile {
  SafetyAlert *alert;
  SafetyTickList ticks;
  SafetyEvidenceList evidence; // the first was made when it was raised
} SafetyFile;

// By a person. Raising again what is raised changes nothing; what was said to be a false alarm is open again. ERROR_NOT_FOUND,
// ERROR_INVALID: no customer's message.
bool safety_raise(Desk *desk, const Staff *actor, int64_t message_id, SafetyKind kind, int64_t *out_id, GError **error);
// Inside the caller's transaction; `actor` NULL: a reading says so.
bool safety_raise_within(Arena *arena, Desk *desk, const Staff *actor, int64_t message_id, SafetyKind kind, GError **error);
// What a reading says of a message that was filed just now. Inside the caller's transaction.
bool safety_look(Arena *arena, Desk *desk, const Reading *reading, int64_t message_id, GError **error);

bool safety_take(Desk *desk, const Staff *actor, int64_t id, GError **error); // ERROR_CONFLICT: somebody else has
bool safety_tick(Desk *desk, const Staff *actor, int64_t id, const char *step, bool done, GError **error);
// With what was done. ERROR_INVALID without words; ERROR_CONFLICT.
bool safety_close(Desk *desk, const Staff *actor, int64_t id, const char *outcome, GError **error);
// One press. The flag leaves the message, and of a threat `behaviour` says how they are instead, which the desk learns from
// (learning.h); BEHAVIOUR_COUNT: nothing to learn.
bool safety_false_alarm(Desk *desk, const Staff *actor, int64_t id, Behaviour behaviour, GError **error);

#define SAFETY_SHOWN 5
bool safety_open(Arena *arena, Desk *desk, SafetyAlertList *out,
                 GError **error); // not closed, oldest first, at most SAFETY_SHOWN + 1
bool safety_list(Arena *arena, Desk *desk, int64_t before, SafetyAlertList *out, bool *out_has_more,
                 GError **error);                                                               // newest first
bool safety_file(Arena *arena, Desk *desk, int64_t id, SafetyFile *out, GError **error);        // ERROR_NOT_FOUND
bool safety_of(Arena *arena, Desk *desk, int64_t number, SafetyAlertList *out, GError **error); // of a conversation
// A bundle, as it was signed. ERROR_NOT_FOUND.
bool safety_evidence(Arena *arena, Desk *desk, int64_t alert_id, int64_t id, Bytes *out, GError **error);
// Makes one now and keeps it. Inside the caller's transaction.
bool safety_keep_evidence(Arena *arena, Desk *desk, int64_t alert_id, GError **error);

typedef struct EvidenceMessage { // as it is stored
  int64_t id, number, made_at;
  const char *author_name, *author_address, *subject, *body, *reading;
  Bytes original_hash;
} EvidenceMessage;
