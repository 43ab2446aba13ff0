// Limits: how far a role may go with remedies without asking, as rows that supervisors edit, and what is left of them.
//
// A person may give what every limit that applies to their role and the kind of remedy leaves: the tightest wins. A role without a limit
// for EACH remedy of a kind has no authority for what costs money; the other scopes only narrow it. Free remedies are always within.
#pragma once

#include "desk/remedy/remedy.h"

// EACH: one remedy. CUSTOMER: all that one customer got in `days`, from anybody. PERSON: all that one of the staff gave. ROLE: all that
// everybody of the role gave. What was approved counts as given by the approver. Days are days of UTC, today included.
typedef enum RemedyScope { LIMIT_EACH, LIMIT_CUSTOMER, LIMIT_PERSON, LIMIT_ROLE, LIMIT_SCOPE_COUNT } RemedyScope;
const char *limit_scope_word(RemedyScope scope); // "each", "customer", "person", "role"
bool limit_scope_from_word(const char *word, RemedyScope *out);

#define LIMIT_ANY_KIND (-1)
#define LIMIT_NO_BOUND (-1)
#define LIMIT_DAYS_MOST 366

typedef struct RemedyLimit {
  int64_t id;
  StaffRole role;
  int64_t kind; // RemedyKind or LIMIT_ANY_KIND
  RemedyScope scope;
  int64_t amount; // minor units; LIMIT_NO_BOUND: any amount in any currency (EACH alone)
  const char *currency;
  int64_t days; // 0 for EACH
  int64_t made_at, ended_at;
  const char *made_name, *ended_name; // NULL: the program itself
} RemedyLimit;
LIST_DEFINE(RemedyLimit)

bool limit_list(Arena *arena, Desk *desk, RemedyLimitList *out, GError **error);    // those that hold, by role, kind, scope
bool limit_history(Arena *arena, Desk *desk, RemedyLimitList *out, GError **error); // ended ones, the newest first, at most 50
// Whether `actor` may change limits of `role`: supervisors those of roles below their own, administrators all.
bool limit_may_change(const Staff *actor, StaffRole role);
// Sets a limit, in place of the one for the same role, kind, scope and days. ERROR_FORBIDDEN; ERROR_INVALID says what is wrong.
bool limit_set(Desk *desk, const Staff *actor, const RemedyLimit *limit, GError **error);
bool limit_end(Desk *desk, const Staff *actor, int64_t id, GError **error); // ERROR_NOT_FOUND, ERROR_FORBIDDEN
const char *limit_words(Arena *arena, const RemedyLimit *limit); // "up to 100.00 EUR in 30 days for one customer, any remedy"

// A limit as it applies to one person and one customer now.
typedef struct AppliedLimit {
  int64_t kind, amount, days, spent;
  RemedyScope scope;
  const char *currency;
} AppliedLimit;
LIST_DEFINE(AppliedLimit)

typedef struct Authority {
  RemedyKind kind;
  bool is_boundless;        // nothing limits it, in no currency
  int64_t left;             // minor units that can be given now; 0: nothing that costs money
  const char *currency;     // of `left`: the desk's, unless all limits that apply are in another one
  AppliedLimitList applied; // every limit that applies
  const char *why;          // a sentence: which limit is the tightest and what was taken of it, or that there is none
} Authority;
LIST_DEFINE(Authority)

// How far `staff` may go with a customer now, for each kind that may cost something. One statement. `customer_id` 0: with one who got
// nothing yet.
bool authority_of(Arena *arena, Desk *desk, const Staff *staff, int64_t customer_id, AuthorityList *out, GError **error);
// Whether an amount is within; when not, `*out_why` says which limit is in the way.
bool authority_allows(Arena *arena, const Authority *authority, int64_t amount, const char *currency, const char **out_why);
const Authority *authority_for(const AuthorityList *list, RemedyKind kind); // NULL for kinds that cost nothing
