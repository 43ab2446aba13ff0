// Deciding and withdrawing. Both lock the conversation and then the remedy, so of two people who decide at once the second finds that it
// is done, and by whom. What is approved is taken from the approver's limits, in the same way as if they had given it themselves; and it
// goes to the customer whose conversation it is by then.
#include "base/text.h"
#include "desk/remedy.sql.h"
#include "desk/remedy/approval.h"
#include "desk/remedy/ledger.h"
#include "desk/remedy/stored.h"

bool remedy_load(Arena *arena, Desk *desk, int64_t id, ConversationStand **out_stand, StoredRemedy **out, GError **error) {
  bool found = false;
  int64_t number = 0;
  if (!remedy_select_number(desk->db, id, &found, &number, error)) return false;
  if (!found) return error_set(error, ERROR_NOT_FOUND, "There is no such remedy.");
  *out_stand = stand_load_survivor(arena, desk, number, error);
  if (!*out_stand || !remedy_lock(arena, desk->db, id, out, error)) return false;
  if (!*out || (*out)->number != (*out_stand)->number)
    return error_set(error, ERROR_BUSY, "The conversation is being merged; try again.");
  return true;
}

bool remedy_note(Arena *arena, Desk *desk, const StoredRemedy *remedy, EventKind kind, const Staff *actor, GError **error) {
  Remedy shown = {.kind = remedy->kind, .amount = remedy->amount, .currency = remedy->currency};
  return event_add(desk, remedy->number, kind, actor, remedy_words(arena, &shown), error);
}

// Why it cannot be decided any more, and by whom that came.
static bool refuse_settled(Arena *arena, Desk *desk, int64_t id, GError **error) {
  Remedy *remedy = remedy_find(arena, desk, id, error);
  if (!remedy) return false;
  if (remedy->state == REMEDY_WITHDRAWN)
    return error_set(error, ERROR_CONFLICT, "%s has withdrawn this request; nothing is left to decide.", remedy->asked_name);
  if (!remedy->decided_at) return error_set(error, ERROR_CONFLICT, "This was given without asking; nothing is left to decide.");
  return error_set(error, ERROR_CONFLICT, "%s has %s this already; your decision was not kept.", remedy->decided_name,
                   remedy_state_word(remedy->state));
}

static bool may_decide(Arena *arena, Desk *desk, const Staff *actor, const StoredRemedy *remedy, const RemedyDecision *decision,
                       GError **error) {
  if (!role_may(actor->role, PERMISSION_SUPERVISE))
    return error_set(error, ERROR_FORBIDDEN, "Approving is not open to the role \"%s\".", role_word(actor->role));
  if (remedy->state != REMEDY_WAITING) return refuse_settled(arena, desk, remedy->id, error);
  if (remedy->asked_by == actor->id)
    return error_set(error, ERROR_FORBIDDEN, "You asked for this yourself; somebody else must decide.");
  if (text_is_blank(decision->reason)) return error_set(error, ERROR_INVALID, "Say why, in a few words, for whoever asked.");
  if (text_length(decision->reason) > REMEDY_REASON_MOST)
    return error_set(error, ERROR_INVALID, "The reason has at most %d characters; shorten it.", REMEDY_REASON_MOST);
  if (decision->is_approved && (decision->amount < 0 || decision->amount > remedy->amount))
    return error_set(error, ERROR_INVALID, "At most %s was asked for; approve that or less.",
                     money_words(arena, remedy->amount, remedy->currency));
  return true;
}

typedef struct Deciding {
  Arena *arena;
  Desk *desk;
  const Staff *actor;
  const RemedyDecision *decision;
  StoredRemedy *remedy;
  int64_t customer_id, now;
} Deciding;

static bool approve(const Deciding *deciding, GError **error) {
  const StoredRemedy *remedy = deciding->remedy;
  const Staff *actor = deciding->actor;
  const char *why = NULL;
  Spending spending = {actor, deciding->customer_id, remedy->kind, remedy->amount, remedy->currency, deciding->now};
  if (!spend(deciding->arena, deciding->desk, &spending, &why, error)) return false;
  if (why) return error_set(error, ERROR_FORBIDDEN, "This is beyond what you may approve. %s", why);
  return remedy_update_decided(deciding->desk->db, remedy->id, REMEDY_APPROVED, remedy->amount, deciding->customer_id, actor->id,
                               deciding->now, text_trim(deciding->arena, deciding->decision->reason), &actor->id, actor->role,
                               spend_day(deciding->now), ledger_month(deciding->now), error);
}

static bool decline(const Deciding *deciding, GError **error) {
  const StoredRemedy *remedy = deciding->remedy;
  return remedy_update_decided(deciding->desk->db, remedy->id, REMEDY_DECLINED, remedy->amount, remedy->customer_id,
                               deciding->actor->id, deciding->now, text_trim(deciding->arena, deciding->decision->reason), NULL,
                               0, 0, 0, error);
}

bool remedy_decide(Desk *desk, const Staff *actor, int64_t id, const RemedyDecision *decision, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Deciding deciding = {.arena = arena, .desk = desk, .actor = actor, .decision = decision, .now = clock_now(desk->clock)};
  ConversationStand *stand = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !remedy_load(arena, desk, id, &stand, &deciding.remedy, error) ||
      !may_decide(arena, desk, actor, deciding.remedy, decision, error))
    return false;
  deciding.customer_id = stand->customer_id;
  if (decision->is_approved && decision->amount) deciding.remedy->amount = decision->amount;
  if (!(decision->is_approved ? approve(&deciding, error) : decline(&deciding, error))) return false;
  EventKind event = decision->is_approved ? EVENT_REMEDY_APPROVED : EVENT_REMEDY_DECLINED;
  return remedy_note(arena, desk, deciding.remedy, event, actor, error) && approval_tell_asker(arena, desk, actor, id, error) &&
         db_commit(&tx, error);
}

bool remedy_withdraw(Desk *desk, const Staff *actor, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  ConversationStand *stand = NULL;
  StoredRemedy *remedy = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !remedy_load(arena, desk, id, &stand, &remedy, error)) return false;
  bool is_given = remedy->state != REMEDY_WAITING; // whoever gave it may be gone; what waits is declined instead
  if (remedy->asked_by != actor->id && !(is_given && role_may(actor->role, PERMISSION_SUPERVISE)))
    return error_set(error, ERROR_FORBIDDEN,
                     "Only whoever gave it or asked for it can withdraw it, and a supervisor what was given.");
  if (remedy->carried_out_at) return error_set(error, ERROR_CONFLICT, "This was carried out already; it cannot be withdrawn.");
  if (remedy->state == REMEDY_WITHDRAWN) return error_set(error, ERROR_CONFLICT, "This was withdrawn already.");
  if (remedy->state == REMEDY_DECLINED)
    return error_set(error, ERROR_CONFLICT, "This was declined; there is nothing to withdraw.");
  return (!is_given || spend_back(desk, remedy, error)) && remedy_update_withdrawn(desk->db, id, clock_now(desk->clock), error) &&
         remedy_note(arena, desk, remedy, EVENT_REMEDY_WITHDRAWN, actor, error) && db_commit(&tx, error);
}
