// Remedies, limits and scopes in words.
#include "base/words.h"
#include "desk/remedy/limit.h"

#include <string.h>

static const struct {
  const char *word;
  bool may_cost, must_cost;
} kinds[REMEDY_KIND_COUNT] = {
  [REMEDY_APOLOGY] = {"apology", false, false}, [REMEDY_EXPLANATION] = {"explanation", false, false},
  [REMEDY_FIX] = {"fix", true, false},          [REMEDY_REPLACEMENT] = {"replacement", true, true},
  [REMEDY_REFUND] = {"refund", true, true},     [REMEDY_CREDIT] = {"credit", true, true},
  [REMEDY_GESTURE] = {"gesture", true, false},
};
static const char *const states[REMEDY_STATE_COUNT] = {[REMEDY_GRANTED] = "granted",
                                                       [REMEDY_WAITING] = "waiting",
                                                       [REMEDY_APPROVED] = "approved",
                                                       [REMEDY_DECLINED] = "declined",
                                                       [REMEDY_WITHDRAWN] = "withdrawn"};
static const char *const scopes[LIMIT_SCOPE_COUNT] = {
  [LIMIT_EACH] = "each", [LIMIT_CUSTOMER] = "customer", [LIMIT_PERSON] = "person", [LIMIT_ROLE] = "role"};

const char *remedy_kind_word(RemedyKind kind) { return kind < REMEDY_KIND_COUNT ? kinds[kind].word : ""; }
bool remedy_kind_may_cost(RemedyKind kind) { return kind < REMEDY_KIND_COUNT && kinds[kind].may_cost; }
bool remedy_kind_must_cost(RemedyKind kind) { return kind < REMEDY_KIND_COUNT && kinds[kind].must_cost; }
const char *remedy_state_word(RemedyState state) { return state < REMEDY_STATE_COUNT ? states[state] : ""; }
const char *limit_scope_word(RemedyScope scope) { return scope < LIMIT_SCOPE_COUNT ? scopes[scope] : ""; }

bool remedy_kind_from_word(const char *word, RemedyKind *out) {
  for (unsigned kind = 0; word && kind < REMEDY_KIND_COUNT; kind++)
    if (strcmp(kinds[kind].word, word) == 0) return *out = kind, true;
  return false;
}

bool remedy_state_from_word(const char *word, RemedyState *out) {
  for (unsigned state = 0; word && state < REMEDY_STATE_COUNT; state++)
    if (strcmp(states[state], word) == 0) return *out = state, true;
  return false;
}

bool limit_scope_from_word(const char *word, RemedyScope *out) {
  for (unsigned scope = 0; word && scope < LIMIT_SCOPE_COUNT; scope++)
    if (strcmp(scopes[scope], word) == 0) return *out = scope, true;
  return false;
}

bool remedy_is_given(const Remedy *remedy) { return remedy->state == REMEDY_GRANTED || remedy->state == REMEDY_APPROVED; }

bool remedy_is_late(const Remedy *remedy, int64_t now) { return remedy->state == REMEDY_WAITING && now > remedy->due_at; }

const char *remedy_words(Arena *arena, const Remedy *remedy) {
  const char *kind = remedy_kind_word(remedy->kind);
  return remedy->amount ? arena_say(arena, "%s of %s", kind, money_words(arena, remedy->amount, remedy->currency)) : kind;
}

static const char *kind_part(Arena *arena, int64_t kind) {
  return kind == LIMIT_ANY_KIND ? "any remedy" : arena_say(arena, "%s alone", remedy_kind_word((RemedyKind)kind));
}

const char *limit_words(Arena *arena, const RemedyLimit *limit) {
  static const char *const whom[LIMIT_SCOPE_COUNT] = {
    [LIMIT_CUSTOMER] = "to one customer", [LIMIT_PERSON] = "by one person", [LIMIT_ROLE] = "by all of them together"};
  const char *kind = kind_part(arena, limit->kind);
  if (limit->amount == LIMIT_NO_BOUND) return arena_say(arena, "any amount each, %s", kind);
  const char *amount = money_words(arena, limit->amount, limit->currency);
  if (limit->scope == LIMIT_EACH) return arena_say(arena, "up to %s each, %s", amount, kind);
  const char *days = limit->days == 1 ? "a day" : arena_say(arena, "in %jd days", limit->days);
  return arena_say(arena, "up to %s %s %s, %s", amount, days, limit->scope < LIMIT_SCOPE_COUNT ? whom[limit->scope] : "", kind);
}
