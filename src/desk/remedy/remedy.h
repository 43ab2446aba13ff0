// Remedies: what is given to put something right, and how far each of the staff may go with that. What one may give is given at once;
// what goes further is asked for in the same conversation, and another person with enough authority decides. The limits stand in
// remedy/limit.h, what the ledger adds up in remedy/ledger.h; doc/remedies.md tells how limits combine.
//
// No two people can together go beyond a limit: whoever spends first takes the purse of the customer, of the giver and of the giver's
// role, in this order, and keeps them until the transaction ends; only then are the totals read.
#pragma once

#include "base/list.h"
#include "desk/desk.h"
#include "desk/remedy/money.h"
#include "desk/staff/staff.h"

typedef enum RemedyKind {
  REMEDY_APOLOGY,
  REMEDY_EXPLANATION,
  REMEDY_FIX,
  REMEDY_REPLACEMENT,
  REMEDY_REFUND,
  REMEDY_CREDIT,
  REMEDY_GESTURE,
  REMEDY_KIND_COUNT
} RemedyKind;
const char *remedy_kind_word(RemedyKind kind); // "refund"; also in addresses
bool remedy_kind_from_word(const char *word, RemedyKind *out);
// Whether it can cost something (an apology cannot), and whether it must (a refund of nothing is none).
bool remedy_kind_may_cost(RemedyKind kind);
bool remedy_kind_must_cost(RemedyKind kind);

// GRANTED: within the giver's authority. APPROVED: somebody else's. WITHDRAWN: by whoever gave it or asked, before it was carried out.
typedef enum RemedyState {
  REMEDY_GRANTED,
  REMEDY_WAITING,
  REMEDY_APPROVED,
  REMEDY_DECLINED,
  REMEDY_WITHDRAWN,
  REMEDY_STATE_COUNT
} RemedyState;
const char *remedy_state_word(RemedyState state); // "granted"; also in addresses
bool remedy_state_from_word(const char *word, RemedyState *out);

typedef struct Remedy {
  int64_t id, number, customer_id;
  const char *customer_name, *subject; // of the conversation
  RemedyKind kind;
  RemedyState state;
  int64_t amount, asked_amount; // minor units; asked: more than what was approved
  const char *currency, *reason;
  int64_t asked_by, asked_at;
  const char *asked_name;
  int64_t due_at;        // by when an approval was to be decided; 0: none was needed
  const char *why_asked; // which limit stood in the way; ""
  int64_t deciders;      // bit 1 << StaffRole: whose limits for each remedy allow it
  int64_t decided_by, decided_at;
  const char *decided_name, *decision_reason;
  int64_t given_by, given_day;
  StaffRole given_role;
  int64_t withdrawn_at, carried_out_at; // 0: not
  int64_t carried_out_by;
  const char *carried_out_name, *carried_out_how;
  int64_t dated_at; // the ledger's date
} Remedy;
LIST_DEFINE(Remedy)

bool remedy_is_given(const Remedy *remedy);             // granted or approved
bool remedy_is_late(const Remedy *remedy, int64_t now); // nobody decided in time; it still waits, and nothing is approved by that
const char *remedy_words(Arena *arena, const Remedy *remedy); // "refund of 20.00 EUR", "apology"

typedef struct RemedyDraft {
  int64_t number;
  RemedyKind kind;
  int64_t amount;       // minor units; 0 when it costs nothing
  const char *currency; // ISO 4217
  const char *reason;
  int64_t seen_id;    // the newest remedy of the conversation that the giver had before them; REMEDY_UNSEEN: do not check
  bool ask;           // when it goes beyond one's authority: ask for approval; else nothing is done then
  int64_t ask_within; // how long the approvers have; 0: the policy's span
} RemedyDraft;
#define REMEDY_REASON_MOST 1000 // characters
#define REMEDY_UNSEEN (-1)
#define REMEDY_ASK_LEAST CLOCK_HOUR
#define REMEDY_ASK_MOST (30 * CLOCK_DAY)

// DONE: given. ASKED: it waits for approval. ABOVE: it goes beyond the giver's authority; nothing was done. CHANGED: something was given or
// asked for in this conversation meanwhile, by a colleague or by pressing twice; nothing was done.
typedef enum RemedyOutcome { REMEDY_DONE, REMEDY_ASKED, REMEDY_ABOVE, REMEDY_CHANGED } RemedyOutcome;
// Gives it at once, or asks, or says why not (`*out_why`, a sentence, for ASKED and ABOVE). ERROR_INVALID says what is wrong with the
// draft; ERROR_NOT_FOUND, ERROR_CONFLICT for the conversation.
bool remedy_give(Arena *arena, Desk *desk, const Staff *actor, const RemedyDraft *draft, RemedyOutcome *out, int64_t *out_id,
                 const char **out_why, GError **error);

typedef struct RemedyDecision {
  bool is_approved;
  int64_t amount; // what is approved; 0: as it was asked for
  const char *reason;
} RemedyDecision;
// ERROR_FORBIDDEN for one's own request, without PERMISSION_SUPERVISE, or without enough authority; ERROR_CONFLICT when it is decided or
// withdrawn already, and says by whom; ERROR_INVALID for more than was asked, or without a reason.
bool remedy_decide(Desk *desk, const Staff *actor, int64_t id, const RemedyDecision *decision, GError **error);
// By whoever gave it or asked, and of what was given by PERMISSION_SUPERVISE, as long as it is not carried out; what it took from the limits comes back. ERROR_FORBIDDEN, ERROR_CONFLICT.
bool remedy_withdraw(Desk *desk, const Staff *actor, int64_t id, GError **error);
// It was paid or sent, at `at`, which must not lie ahead. ERROR_CONFLICT when it is not given, or was carried out already.
bool remedy_carry_out(Desk *desk, const Staff *actor, int64_t id, int64_t at, const char *how, GError **error);

bool remedy_newest(Desk *desk, int64_t number, int64_t *out, GError **error); // for RemedyDraft.seen_id; 0: there is none
Remedy *remedy_find(Arena *arena, Desk *desk, int64_t id, GError **error);    // ERROR_NOT_FOUND
// Of one conversation, oldest first, at most REMEDIES_SHOWN: the newest ones.
bool remedy_list_of(Arena *arena, Desk *desk, int64_t number, RemedyList *out, GError **error);
#define REMEDIES_SHOWN 100

typedef struct RemedyStand {
  int64_t granted; // given and still to be carried out
  int64_t waiting; // for approval
  int64_t carried_out;
} RemedyStand;
// How many remedies of a conversation stand where.
bool remedy_stand(Desk *desk, int64_t number, RemedyStand *out, GError **error);

// What waits for approval, the earliest deadline first, LIST_PAGE at a time. `is_mine`: what `actor` may decide; else what others must,
// and what they asked themselves. The page continues after (`after_due`, `after_id`); 0, 0: from the top.
typedef struct RemedyPage {
  RemedyList rows;
  bool has_more;
  int64_t next_key, next_id; // pass these to get the next page
} RemedyPage;
bool remedy_approvals(Arena *arena, Desk *desk, const Staff *actor, bool is_mine, int64_t after_due, int64_t after_id,
                      RemedyPage *out, GError **error);
bool remedy_approvals_count(Desk *desk, const Staff *actor, int64_t *out, GError **error); // those that `actor` may decide
