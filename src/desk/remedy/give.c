// Giving. In one transaction: lock the conversation; see that nothing was given in it meanwhile; take what it costs from the limits, or
// learn which of them is in the way; then write it down as given, or as waiting for approval, and tell those who may decide.
#include "base/text.h"
#include "desk/notify/notify.h"
#include "desk/policy/policy.h"
#include "desk/remedy.sql.h"
#include "desk/remedy/approval.h"
#include "desk/remedy/ledger.h"
#include "desk/remedy/stored.h"

static bool is_usable(const RemedyDraft *draft, GError **error) {
  const char *word = remedy_kind_word(draft->kind);
  if (draft->kind >= REMEDY_KIND_COUNT)
    return error_set(error, ERROR_INVALID, "There is no such remedy; choose one of the list.");
  if (!currency_find(draft->currency, NULL))
    return error_set(error, ERROR_INVALID, "This currency is not known; give three letters such as EUR.");
  if (draft->amount < 0 || draft->amount > MONEY_MOST)
    return error_set(error, ERROR_INVALID, "The amount is none that can be given.");
  if (draft->amount && !remedy_kind_may_cost(draft->kind))
    return error_set(error, ERROR_INVALID, "An %s costs nothing; leave the amount empty.", word);
  if (!draft->amount && remedy_kind_must_cost(draft->kind))
    return error_set(error, ERROR_INVALID, "Say what the %s is worth.", word);
  if (text_is_blank(draft->reason)) return error_set(error, ERROR_INVALID, "Say why it is given.");
  if (text_length(draft->reason) > REMEDY_REASON_MOST)
    return error_set(error, ERROR_INVALID, "The reason has at most %d characters; shorten it.", REMEDY_REASON_MOST);
  if (draft->ask_within && (draft->ask_within < REMEDY_ASK_LEAST || draft->ask_within > REMEDY_ASK_MOST))
    return error_set(error, ERROR_INVALID, "An approval takes between an hour and 30 days.");
  return true;
}

typedef struct Giving {
  Arena *arena;
  Desk *desk;
  const Staff *actor;
  const RemedyDraft *draft;
  const ConversationStand *stand;
  const char *why; // which limit is in the way; NULL: none
  int64_t now;
} Giving;

static bool write_down(const Giving *giving, RemedyState state, int64_t due_at, int64_t deciders, int64_t *out_id,
                       GError **error) {
  const RemedyDraft *draft = giving->draft;
  bool is_given = state == REMEDY_GRANTED;
  return remedy_insert(giving->desk->db, giving->stand->number, giving->stand->customer_id, draft->kind, state, draft->amount,
                       draft->currency, text_trim(giving->arena, draft->reason), giving->actor->id, giving->now, due_at,
                       giving->why ? giving->why : "", deciders, is_given ? &giving->actor->id : NULL,
                       is_given ? giving->actor->role : 0, is_given ? spend_day(giving->now) : 0, ledger_month(giving->now),
                       out_id, error);
}

static bool note(const Giving *giving, EventKind kind, GError **error) {
  StoredRemedy remedy = {.number = giving->stand->number,
                         .kind = giving->draft->kind,
                         .amount = giving->draft->amount,
                         .currency = giving->draft->currency};
  return remedy_note(giving->arena, giving->desk, &remedy, kind, giving->actor, error);
}

static bool grant(const Giving *giving, int64_t *out_id, GError **error) {
  return write_down(giving, REMEDY_GRANTED, 0, 0, out_id, error) && note(giving, EVENT_REMEDY_GRANTED, error);
}

static bool ask(const Giving *giving, int64_t *out_id, GError **error) {
  const RemedyDraft *draft = giving->draft;
  int64_t deciders = 0;
  Policy policy;
  if (!policy_load(giving->arena, giving->desk, &policy, error) || !limit_take_turn(giving->desk, error) ||
      !limit_deciders(giving->arena, giving->desk, draft->kind, draft->amount, draft->currency, &deciders, error))
    return false;
  int64_t due_at = giving->now + (draft->ask_within ? draft->ask_within : policy.approval_within);
  return write_down(giving, REMEDY_WAITING, due_at, deciders, out_id, error) && note(giving, EVENT_REMEDY_ASKED, error) &&
         approval_tell_deciders(giving->arena, giving->desk, giving->actor, *out_id, error);
}

static bool has_changed(const Giving *giving, bool *out, GError **error) {
  int64_t newest = 0;
  if (!remedy_select_newest(giving->desk->db, giving->stand->number, &newest, error)) return false;
  *out = giving->draft->seen_id != REMEDY_UNSEEN && giving->draft->seen_id != newest;
  return true;
}

bool remedy_newest(Desk *desk, int64_t number, int64_t *out, GError **error) {
  return remedy_select_newest(desk->db, number, out, error);
}

bool remedy_give(Arena *arena, Desk *desk, const Staff *actor, const RemedyDraft *draft, RemedyOutcome *out, int64_t *out_id,
                 const char **out_why, GError **error) {
  Giving giving = {.arena = arena, .desk = desk, .actor = actor, .draft = draft, .now = clock_now(desk->clock)};
  bool changed = false;
  *out = REMEDY_CHANGED;
  *out_id = 0;
  *out_why = NULL;
  if (!is_usable(draft, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  giving.stand = tx ? stand_load(arena, desk, draft->number, error) : NULL;
  if (!giving.stand || !has_changed(&giving, &changed, error)) return false;
  if (changed) return true;
  Spending spending = {actor, giving.stand->customer_id, draft->kind, draft->amount, draft->currency, giving.now};
  if (!spend(arena, desk, &spending, &giving.why, error)) return false;
  *out_why = giving.why;
  *out = !giving.why ? REMEDY_DONE : draft->ask ? REMEDY_ASKED : REMEDY_ABOVE;
  if (*out == REMEDY_ABOVE) return true;
  return (*out == REMEDY_DONE ? grant(&giving, out_id, error) : ask(&giving, out_id, error)) && db_commit(&tx, error);
}
