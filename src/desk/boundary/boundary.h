// Conduct cases: what the desk does when somebody's conduct is more than the people who answer have to take (PRODUCT.md 21). This header
// is the noun and its verbs.
//
// A case is about one customer. A person reports an incident: the message, the words in it, how bad it was. From there it goes, step by
// step and never by a model's score, through an informal request, a written warning and a restriction to the end of contact. Each of
// these is a measure: one supervisor asks for it, with its reason, its end and review dates, the letter, and what came of asking whether
// the person needs things done differently; another one approves it (two others, for the end of contact), and only then it holds and
// its letter leaves. It ends by itself. The customer can appeal, and somebody decides who had no part in it. Whatever holds, every
// mail of theirs is kept, read by a person, and closed by nobody but a person (mail.h).
//
// Where a case stands changes through one table (lifecycle.c) and one function (boundary_move), which writes a step with who and when.
// Two people at once are held apart by the case's row, and by CHECKs and unique indexes of the schema besides.
#pragma once

#include "desk/boundary/measure.h"
#include "desk/conversation/conversation.h"

typedef struct Incident {
  int64_t id, case_id, message_id, number, start_at, end_at, staff_id, made_at;
  IncidentLevel level;
  const char *quote, *note, *staff_name;
  int64_t set_aside_by, set_aside_at; // 0: it stands
  const char *set_aside_name, *set_aside_why;
} Incident;
LIST_DEFINE(Incident)

typedef enum AppealWay { APPEAL_BY_LINK, APPEAL_BY_MAIL, APPEAL_OTHERWISE } AppealWay;
typedef enum AppealState { APPEAL_OPEN, APPEAL_STANDS, APPEAL_GRANTED } AppealState;
typedef struct Appeal {
  int64_t id, case_id, measure_id, made_at, due_at, message_id, noted_by, requested_by, approved_by, second_by, decided_by,
    decided_at;
  AppealWay way;
  AppealState state;
  MeasureKind kind; // of what it is against
  const char *words, *noted_name, *decided_name, *reason;
} Appeal;
LIST_DEFINE(Appeal)

typedef struct BoundaryStep {
  int64_t id, happened_at, staff_id;
  BoundaryEvent event;
  BoundaryStage stage_before, stage_after;
  bool by_customer;
  const char *staff_name; // NULL: the desk itself, or the customer
  const char *detail;
} BoundaryStep;
LIST_DEFINE(BoundaryStep)

// A case as lists show it.
typedef struct BoundaryCase {
  int64_t id, customer_id, number, opened_by, opened_at, closed_at; // number: of the conversation it began in
  BoundaryStage stage;
  const char *customer_name, *opened_name;
  int64_t incidents;                                // that stand
  int64_t asked_id, holding_id, ends_at, review_at; // 0: nothing waits; nothing holds
  MeasureKind asked_kind;
  int64_t appeal_id, appeal_due_at; // that is open; 0
} BoundaryCase;
LIST_DEFINE(BoundaryCase)

typedef struct BoundaryFile { // everything about one case
  BoundaryCase *head;
  IncidentList incidents; // oldest first, at most 200; measures, appeals and steps likewise
  MeasureList measures;
  AppealList appeals;
  BoundaryStepList steps;
} BoundaryFile;

#define BOUNDARY_TEXT_MOST 4000
#define APPEAL_WITHIN (14 * CLOCK_DAY) // until it is decided
#define BOUNDARY_SOON (14 * CLOCK_DAY) // what is due by then stands on the supervisors' page

// ——— reporting: anybody who answers

typedef struct IncidentDraft {
  int64_t message_id, start, end; // words, in bytes of the message's body; 0, 0: all of it
  IncidentLevel level;
  const char *note; // what it was like, or what happened besides; ""
} IncidentDraft;
// Opens a case about the message's customer, or adds to the one that is open. Reporting the same again changes nothing. A threat raises
// an alert too (safety.h). ERROR_NOT_FOUND; ERROR_INVALID: no customer's message, no such words.
bool boundary_report(Desk *desk, const Staff *actor, const IncidentDraft *draft, int64_t *out_case, GError **error);

// ——— deciding: supervisors

// `why` is needed. ERROR_CONFLICT when it is set aside already.
bool boundary_set_aside(Desk *desk, const Staff *actor, int64_t incident, const char *why, GError **error);
// Nothing is to be done. Only where nothing holds.
bool boundary_close(Desk *desk, const Staff *actor, int64_t case_id, const char *why, GError **error);

// ——— appealing: the customer

const char *appeal_token(Arena *arena, const Desk *desk, int64_t measure_id, int64_t until);
// Why nothing more can be appealed against here for now. One appeal of a case is open at a time; a measure can be appealed against twice; and
// neither a case nor a place on the network sends more than a few in a while. Whoever writes a mail instead is read whatever happens.
typedef enum AppealClosed {
  APPEAL_MAY,
  APPEAL_WAS_GRANTED,
  APPEAL_WAS_TWICE,
  APPEAL_OTHER_IS_OPEN, // against another measure of the case
  APPEAL_TOO_MANY,
  APPEAL_CLOSED_COUNT
} AppealClosed;
typedef struct AppealVisit {
  const Measure *measure; // never NULL when it is true
  const Appeal *appeal;   // that is open, or was decided last; NULL: none
  bool is_past;           // the link has run out
  AppealClosed closed;
  int64_t other_due_at; // by when the other one is decided
  bool is_new;          // these words made an appeal
} AppealVisit;
bool appeal_show(Arena *arena, Desk *desk, const char *token, AppealVisit *out, GError **error); // ERROR_NOT_FOUND
// `address` is where they sit. ERROR_INVALID without words. A second one while one is open, and one that `out->closed` forbids, is no error
// and changes nothing: `out->is_new` is false.
bool appeal_make(Arena *arena, Desk *desk, const char *token, const char *words, const char *address, AppealVisit *out,
                 GError **error);
// A person notes that a mail (or what was said on the phone, message 0) is an appeal against what holds. ERROR_FORBIDDEN unless they
// supervise, or the mail went to them; ERROR_CONFLICT when no more can be made.
bool appeal_note(Desk *desk, const Staff *actor, int64_t measure_id, int64_t message_id, const char *words, GError **error);
// Whether this person had no part in what it is against. `out_why` NULL: they may decide it.
bool appeal_may_decide(Arena *arena, Desk *desk, const Staff *staff, const Appeal *appeal, const char **out_why, GError **error);
// ERROR_FORBIDDEN for who had a part in it.
bool appeal_decide(Desk *desk, const Staff *actor, int64_t id, bool grant, const char *why, GError **error);

// ——— time

// What has run out is over; at most 200 at once. What it restricted was free before already: nobody asks anything but the dates.
bool boundary_expire(Desk *desk, int64_t *out_count, GError **error);

// ——— looking

// Whether a part is one of this case; it is for good, so there is nothing to lock. ERROR_NOT_FOUND when it is not, or when there is no such case.
typedef enum BoundaryPart { PART_INCIDENT, PART_MEASURE, PART_APPEAL } BoundaryPart;
bool boundary_check_part(Desk *desk, int64_t case_id, BoundaryPart part, int64_t id, GError **error);
bool boundary_file(Arena *arena, Desk *desk, int64_t case_id, BoundaryFile *out, GError **error); // ERROR_NOT_FOUND
// The newest first, LIST_PAGE at a time; `before` 0: from the top.
bool boundary_list(Arena *arena, Desk *desk, bool closed, int64_t before, BoundaryCaseList *out, bool *out_has_more,
                   GError **error);
typedef struct BoundaryDue { // what supervisors have to look at; each at most LIST_PAGE
  BoundaryCaseList waiting;  // for approval
  BoundaryCaseList appeals;
  BoundaryCaseList reviews; // due within BOUNDARY_SOON, or late
  BoundaryCaseList endings; // that run out within it
} BoundaryDue;
bool boundary_due(Arena *arena, Desk *desk, BoundaryDue *out, GError **error);
// For the rail: what waits for this supervisor (proposals of others, appeals, reviews that are due, mail in the tray).
bool boundary_count(Desk *desk, const Staff *staff, int64_t *out, GError **error);
// A customer's message with who said it, for the page that reports it. ERROR_NOT_FOUND.
typedef struct MessageWords {
  int64_t number;
  const char *author, *body;
} MessageWords;
bool boundary_message(Arena *arena, Desk *desk, int64_t message_id, MessageWords **out, GError **error);
// What was reported of a conversation's messages, at most 200.
bool boundary_incidents(Arena *arena, Desk *desk, int64_t number, IncidentList *out, GError **error);
// What everybody who answers should know of a customer: the case that is open and what holds; NULL when there is none.
bool boundary_of_customer(Arena *arena, Desk *desk, int64_t customer_id, BoundaryCase **out_case, Measure **out_holds,
                          GError **error);
