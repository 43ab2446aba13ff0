// How far one may go. The limits of the role with what was taken of each come in one statement; each kind of remedy then picks those that
// apply to it. Amounts are compared in one currency alone: a limit in another one allows nothing.
#include "base/words.h"
#include "desk/policy/policy.h"
#include "desk/remedy.sql.h"
#include "desk/remedy/stored.h"

#include <string.h>

int64_t spend_day(int64_t moment) { return moment / CLOCK_DAY; }

static int64_t left_of(const AppliedLimit *limit) { return MAX(limit->amount - limit->spent, 0); }

// "The limit is 80.00 EUR to one customer in 30 days; 40.00 EUR was given already."
static const char *applied_words(Arena *arena, const AppliedLimit *limit) {
  static const char *const whose[LIMIT_SCOPE_COUNT] = {
    [LIMIT_CUSTOMER] = "to one customer", [LIMIT_PERSON] = "by one person", [LIMIT_ROLE] = "by the whole role"};
  const char *amount = money_words(arena, limit->amount, limit->currency);
  if (limit->scope == LIMIT_EACH || limit->scope >= LIMIT_SCOPE_COUNT) return arena_say(arena, "The limit is %s each.", amount);
  const char *days = limit->days == 1 ? "a day" : arena_say(arena, "in %jd days", limit->days);
  return arena_say(arena, "The limit is %s %s %s; %s was given already.", amount, whose[limit->scope], days,
                   money_words(arena, limit->spent, limit->currency));
}

static bool is_bound(const AppliedLimit *limit) { return limit->amount != LIMIT_NO_BOUND; }

static const AppliedLimit *tightest_of(const Authority *authority) {
  const AppliedLimit *tightest = NULL;
  list_each(const AppliedLimit, limit, &authority->applied)
    if (is_bound(limit) && (!tightest || left_of(limit) < left_of(tightest))) tightest = limit;
  return tightest;
}

// One that is in another currency than the first; NULL when all agree.
static const AppliedLimit *other_currency(const Authority *authority, const char *currency) {
  list_each(const AppliedLimit, limit, &authority->applied)
    if (is_bound(limit) && strcmp(limit->currency, currency) != 0) return limit;
  return NULL;
}

static bool has_each(const Authority *authority) {
  list_each(const AppliedLimit, limit, &authority->applied)
    if (limit->scope == LIMIT_EACH) return true;
  return false;
}

static void conclude(Arena *arena, Authority *authority, const char *desk_currency) {
  const AppliedLimit *tightest = tightest_of(authority);
  authority->currency = tightest && !other_currency(authority, tightest->currency) ? tightest->currency : desk_currency;
  if (!has_each(authority)) {
    authority->why = "No limit says how far your role may go.";
  } else if (!tightest) {
    authority->is_boundless = true;
    authority->why = "Nothing limits it.";
  } else if (other_currency(authority, authority->currency)) {
    authority->why = "The limits that apply are in different currencies, so every amount needs approval.";
  } else {
    authority->left = left_of(tightest);
    authority->why = applied_words(arena, tightest);
  }
}

bool authority_of(Arena *arena, Desk *desk, const Staff *staff, int64_t customer_id, AuthorityList *out, GError **error) {
  AppliedLimitList limits = {0};
  Policy policy;
  if (!policy_load(arena, desk, &policy, error) || !limit_select_applied(arena, desk->db, staff->role, staff->id, customer_id,
                                                                         spend_day(clock_now(desk->clock)), &limits, error))
    return false;
  for (unsigned kind = 0; kind < REMEDY_KIND_COUNT; kind++) {
    if (!remedy_kind_may_cost(kind)) continue;
    Authority *authority = list_add(arena, out);
    authority->kind = kind;
    list_each(const AppliedLimit, limit, &limits)
      if (limit->kind == LIMIT_ANY_KIND || limit->kind == kind) *list_add(arena, &authority->applied) = *limit;
    conclude(arena, authority, policy.currency);
  }
  return true;
}

const Authority *authority_for(const AuthorityList *list, RemedyKind kind) {
  list_each(const Authority, authority, list)
    if (authority->kind == kind) return authority;
  return NULL;
}

bool authority_allows(Arena *arena, const Authority *authority, int64_t amount, const char *currency, const char **out_why) {
  *out_why = NULL;
  if (amount == 0 || authority->is_boundless) return true;
  const AppliedLimit *other = other_currency(authority, currency);
  if (!has_each(authority))
    *out_why = authority->why;
  else if (other)
    *out_why = arena_say(arena, "The limit is in %s, so every amount in %s needs approval.", other->currency, currency);
  else if (amount > authority->left)
    *out_why = arena_say(arena, "%s can be given now. %s",
                         authority->left ? money_words(arena, authority->left, authority->currency) : "Nothing more",
                         authority->why);
  return !*out_why;
}

static bool take_purses(Desk *desk, const Spending *spending, GError **error) {
  return purse_take(desk->db, LIMIT_CUSTOMER, spending->customer_id, error) &&
         purse_take(desk->db, LIMIT_PERSON, spending->giver->id, error) &&
         purse_take(desk->db, LIMIT_ROLE, spending->giver->role, error);
}

static bool count(Desk *desk, int64_t customer, int64_t giver, StaffRole role, RemedyKind kind, int64_t amount,
                  const char *currency, int64_t day, GError **error) {
  return spend_add(desk->db, LIMIT_CUSTOMER, customer, currency, day, kind, amount, error) &&
         spend_add(desk->db, LIMIT_PERSON, giver, currency, day, kind, amount, error) &&
         spend_add(desk->db, LIMIT_ROLE, role, currency, day, kind, amount, error);
}

bool spend(Arena *arena, Desk *desk, const Spending *spending, const char **out_why, GError **error) {
  *out_why = NULL;
  if (spending->amount == 0) return true;
  AuthorityList authorities = {0};
  if (!take_purses(desk, spending, error) ||
      !authority_of(arena, desk, spending->giver, spending->customer_id, &authorities, error))
    return false;
  if (!authority_allows(arena, authority_for(&authorities, spending->kind), spending->amount, spending->currency, out_why))
    return true;
  return count(desk, spending->customer_id, spending->giver->id, spending->giver->role, spending->kind, spending->amount,
               spending->currency, spend_day(spending->now), error);
}

bool spend_back(Desk *desk, const StoredRemedy *remedy, GError **error) {
  return remedy->amount == 0 || count(desk, remedy->customer_id, remedy->given_by, remedy->given_role, remedy->kind,
                                      -remedy->amount, remedy->currency, remedy->given_day, error);
}
