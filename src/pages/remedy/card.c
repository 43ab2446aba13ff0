// What pages say of one remedy, and of how far one may go.
#include "base/words.h"
#include "pages/remedy/remedy.h"

#include <string.h>

bool remedy_box_load(const Visit *visit, int64_t number, int64_t customer_id, View view, RemedyBox *out, GError **error) {
  Policy policy;
  *out = (RemedyBox){.form = {.number = number, .view = view, .kind = REMEDY_REFUND, .amount = "", .reason = ""}};
  if (!remedy_list_of(visit->arena, visit->desk, number, &out->list, error)) return false;
  if (!role_may(visit->staff->role, PERMISSION_ANSWER)) return true;
  if (!policy_load(visit->arena, visit->desk, &policy, error) || !remedy_newest(visit->desk, number, &out->form.seen, error) ||
      !authority_of(visit->arena, visit->desk, visit->staff, customer_id, &out->form.authorities, error))
    return false;
  out->form.currency = policy.currency;
  out->form.hours = arena_printf(visit->arena, "%" G_GINT64_FORMAT, policy.approval_within / CLOCK_HOUR);
  return true;
}

bool remedy_may_decide(const Visit *visit, const Remedy *remedy) {
  const Staff *staff = visit->staff;
  return remedy->state == REMEDY_WAITING && role_may(staff->role, PERMISSION_SUPERVISE) && remedy->asked_by != staff->id &&
         (remedy->deciders & INT64_C(1) << staff->role);
}

bool remedy_may_withdraw(const Visit *visit, const Remedy *remedy) {
  bool stands = remedy->state == REMEDY_WAITING || remedy_is_given(remedy);
  bool is_mine = remedy->asked_by == visit->staff->id;
  return stands && !remedy->carried_out_at &&
         (is_mine || (remedy_is_given(remedy) && role_may(visit->staff->role, PERMISSION_SUPERVISE)));
}

const char *remedy_card_state(const Visit *visit, const Remedy *remedy) {
  return arena_printf(visit->arena, "%s%s%s%s", remedy_state_word(remedy->state), remedy->carried_out_at ? ".done" : "",
                      remedy_is_late(remedy, visit->now) ? ".late" : "", remedy_may_decide(visit, remedy) ? ".mine" : "");
}

const char *remedy_card_class(const Visit *visit, const Remedy *remedy) {
  if (remedy->state == REMEDY_WAITING) return remedy_is_late(remedy, visit->now) ? "waiting late-card" : "waiting";
  return remedy_is_given(remedy) ? "" : "over";
}

static const char *who(const Visit *visit, int64_t id, const char *name) { return id == visit->staff->id ? "you" : name; }

static const char *approved_words(const Visit *visit, const Remedy *remedy) {
  const char *by = who(visit, remedy->decided_by, remedy->decided_name);
  const char *ago = moment_ago(visit, remedy->decided_at);
  if (remedy->amount == remedy->asked_amount) return arena_say(visit->arena, "approved by %s, %s", by, ago);
  return arena_say(visit->arena, "approved by %s, %s; %s was asked for", by, ago,
                   money_words(visit->arena, remedy->asked_amount, remedy->currency));
}

static const char *waiting_words(const Visit *visit, const Remedy *remedy) {
  if (remedy_is_late(remedy, visit->now))
    return arena_say(visit->arena, "waits for approval, which is late by %s", moment_wait(visit, remedy->due_at));
  return arena_say(visit->arena, "waits for approval, needed by %s", moment_exact(visit, remedy->due_at));
}

const char *remedy_fate(const Visit *visit, const Remedy *remedy) {
  switch (remedy->state) {
  case REMEDY_GRANTED:
    return arena_say(visit->arena, "given by %s, %s", who(visit, remedy->asked_by, remedy->asked_name),
                     moment_ago(visit, remedy->asked_at));
  case REMEDY_WAITING: return waiting_words(visit, remedy);
  case REMEDY_APPROVED: return approved_words(visit, remedy);
  case REMEDY_DECLINED:
    return arena_say(visit->arena, "declined by %s, %s", who(visit, remedy->decided_by, remedy->decided_name),
                     moment_ago(visit, remedy->decided_at));
  case REMEDY_WITHDRAWN:
    return arena_say(visit->arena, "withdrawn, %s", moment_ago(visit, remedy->withdrawn_at)); // the journal says by whom
  case REMEDY_STATE_COUNT: break;
  }
  return "";
}

const char *remedy_capital(Arena *arena, const char *words) {
  char *copy = arena_strdup(arena, tr_of(words));
  *copy = g_ascii_toupper(*copy);
  return copy;
}

const char *remedy_today(const Visit *visit) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(visit->now / CLOCK_SECOND);
  g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, visit->zone);
  return arena_take(visit->arena, g_date_time_format(here, "%Y-%m-%d"));
}

const char *remedy_conversation_path(const Visit *visit, const Remedy *remedy, View view) {
  return arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#remedy-%" G_GINT64_FORMAT, remedy->number,
                      shell_view_again(visit, view), remedy->id);
}

const char *remedy_reach(Arena *arena, const Authority *authority) {
  if (authority->is_boundless) return "any amount";
  if (authority->left == 0) return "nothing without approval";
  return arena_say(arena, "up to %s", money_words(arena, authority->left, authority->currency));
}

bool remedy_reach_is_one(const AuthorityList *authorities) {
  list_each(const Authority, authority, authorities) {
    const Authority *first = authorities->items;
    if (authority->left != first->left || authority->is_boundless != first->is_boundless ||
        strcmp(authority->why, first->why) != 0 || strcmp(authority->currency, first->currency) != 0)
      return false;
  }
  return authorities->count > 0;
}

const RemedyPlace *remedy_place(RemedyPlaceAt at) {
  static const RemedyPlace places[REMEDY_AT_COUNT] = {
    [REMEDY_AT_MINE] = {"/approvals", "Waiting for me", "approval", PERMISSION_SUPERVISE},
    [REMEDY_AT_OTHERS] = {"/approvals?whose=others", "Waiting for others", "waiting", PERMISSION_SUPERVISE},
    [REMEDY_AT_LEDGER] = {"/remedies", "Ledger", "remedy", PERMISSION_SUPERVISE},
    [REMEDY_AT_LIMITS] = {"/limits", "Limits", "info", PERMISSION_READ},
  };
  return &places[MIN(at, REMEDY_AT_LIMITS)];
}
