// The complaint: the record that a conversation carries once it expresses dissatisfaction. This header is the noun and its verbs.
//
// Where it stands changes through one table (lifecycle.c) and one function (complaint_advance), which writes a step with who, when and
// the evidence. Steps are never changed or deleted. Whatever the order of what happens, a complaint that is not closed has an owner (a
// person, or the supervisors together) and a next step; a closed one has an agreement or a refusal with the outside routes named. Two
// kinds of clocks run: the team's own targets in business hours, and those of a legal profile, which nothing pauses (hours/deadline.h).
#pragma once

#include "base/list.h"
#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"

typedef enum ComplaintStage {
  STAGE_RECEIVED,
  STAGE_ACKNOWLEDGED,
  STAGE_ASSESSED,
  STAGE_INVESTIGATED,
  STAGE_ANSWERED,
  STAGE_AGREED,
  STAGE_REFUSED,
  STAGE_REMEDIED,
  STAGE_FOLLOWED_UP,
  STAGE_CLOSED,
  STAGE_COUNT
} ComplaintStage;
const char *stage_word(ComplaintStage stage);  // "received" … "followed-up", "closed": as in addresses
const char *stage_title(ComplaintStage stage); // "Followed up"
bool stage_from_word(const char *word, ComplaintStage *out);

// What can happen to a complaint. The last ones move no stage and stand in its journal only.
typedef enum ComplaintEvent {
  COMPLAINT_RECEIVE,
  COMPLAINT_ACKNOWLEDGE,
  COMPLAINT_ASSESS,
  COMPLAINT_INVESTIGATE,
  COMPLAINT_ANSWER,  // the outcome and its options went to the customer
  COMPLAINT_AGREE,   // their yes, by link, in an answer, or by telephone
  COMPLAINT_DECLINE, // they said no to what was offered: back to investigating
  COMPLAINT_REFUSE,  // our final no, with the outside routes named
  COMPLAINT_REMEDY,  // what was agreed was carried out
  COMPLAINT_FOLLOW_UP,
  COMPLAINT_CLOSE,
  COMPLAINT_REOPEN,
  COMPLAINT_WITHDRAW, // the customer withdrew it, or it was none: closed with the reason, and kept
  COMPLAINT_HAND_OVER,
  COMPLAINT_NEWS,
  COMPLAINT_GAP,
  COMPLAINT_REASON,
  COMPLAINT_PROMISE,
  COMPLAINT_PROMISE_SETTLED,
  COMPLAINT_MERGED,
  COMPLAINT_EFFORT,
  COMPLAINT_FINAL_RESPONSE, // the final response, or the summary resolution communication, of a legal profile went out with this message
  COMPLAINT_TAKEN_OUT, // a merge was undone
  COMPLAINT_EVENT_COUNT
} ComplaintEvent;
const char *complaint_event_word(ComplaintEvent event); // "acknowledge", "follow-up": as in forms
bool complaint_event_from_word(const char *word, ComplaintEvent *out);
const char *complaint_event_title(ComplaintEvent event); // "Acknowledged", "They said no"

typedef enum ComplaintOrigin { ORIGIN_PERSON, ORIGIN_READING, ORIGIN_RULE } ComplaintOrigin;
typedef enum ComplaintSeverity {
  SEVERITY_MINOR,
  SEVERITY_MODERATE,
  SEVERITY_SERIOUS,
  SEVERITY_CRITICAL,
  SEVERITY_COUNT
} ComplaintSeverity;
const char *severity_word(ComplaintSeverity severity);

// One row of the table of transitions; lifecycle_print writes the whole of it as Markdown for the documentation.
typedef struct Transition {
  ComplaintStage from;
  ComplaintEvent event;
  ComplaintStage to;
  const char *guard; // NULL, or what must hold, as a sentence that tells a person what is missing
} Transition;
const Transition *lifecycle_find(ComplaintStage from, ComplaintEvent event); // NULL: not from there
char *lifecycle_print(Arena *arena);

typedef struct Complaint {
  int64_t number; // of its conversation
  ComplaintStage stage;
  ComplaintOrigin origin;
  int64_t received_at, made_at, settled_at, closed_at, next_due_at; // 0: not yet; none
  int64_t owner_id;                                                 // 0: the supervisors
  const char *owner_name;                                           // NULL: the supervisors
  ComplaintSeverity severity;
  bool is_safety, has_news;
  const char *about, *seeks, *present, *desired, *outside;
  int64_t gap_by, gap_at;  // 0: the gap is a proposal, or empty
  int64_t profile;         // LegalProfile
  int64_t attempts_before; // -1: nobody asked
  int64_t channels_before; // bits of EffortChannel
  int64_t merged_into;     // 0: it goes on here
} Complaint;
LIST_DEFINE(Complaint)

typedef struct ComplaintStep {
  int64_t id, number, happened_at, staff_id, message_id; // number: of the conversation it happened in, before a merge too
  ComplaintEvent event;
  ComplaintStage stage_before, stage_after;
  bool by_customer;
  const char *staff_name; // NULL: the desk itself, or the customer
  const char *detail;
} ComplaintStep;
LIST_DEFINE(ComplaintStep)

// What an event brings along.
typedef struct ComplaintMove {
  ComplaintEvent event;
  const Staff *actor; // NULL: the desk, or the customer
  bool by_customer;
  int64_t message_id;  // evidence; 0: none
  const char *detail;  // "" or a sentence
  const char *outside; // COMPLAINT_REFUSE: the outside routes that were named; NULL: those that stand in the complaint
  int64_t happened_at; // 0: now
  int64_t owner_id;    // COMPLAINT_HAND_OVER: whose it is from now on; 0: the supervisors'
  bool is_final;       // the message is the final response besides: both are noted, or neither
} ComplaintMove;

// Whether the conversation carries a complaint; `*out` NULL when it does not.
bool complaint_find(Arena *arena, Desk *desk, int64_t number, Complaint **out, GError **error);
// Its journal, oldest first, with the steps of those that were merged into it; at most COMPLAINT_STEPS_MOST, the newest. After the
// first merge the steps of both stand in the order in which they were written.
#define COMPLAINT_STEPS_MOST 2000
bool complaint_steps(Arena *arena, Desk *desk, int64_t number, ComplaintStepList *out, GError **error);
// Makes a complaint of a conversation, received when the customer first wrote in it; doing it twice changes nothing. ERROR_NOT_FOUND,
// ERROR_CONFLICT (merged away). `_within` is the same inside the caller's transaction and with the conversation locked.
bool complaint_receive(Desk *desk, const Staff *actor, int64_t number, ComplaintOrigin origin, const char *why, GError **error);
bool complaint_receive_within(Arena *arena, Desk *desk, const Staff *actor, int64_t number, ComplaintOrigin origin,
                              const char *why, GError **error);
// Lets an event happen. ERROR_CONFLICT with what is missing when the table or a guard forbids it; ERROR_NOT_FOUND when there is no complaint.
// `_within` is the same inside the caller's transaction and with the conversation locked.
bool complaint_advance(Desk *desk, int64_t number, const ComplaintMove *move, GError **error);
bool complaint_advance_within(Arena *arena, Desk *desk, int64_t number, const ComplaintMove *move, GError **error);
