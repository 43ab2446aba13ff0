// What one person chose about the coach, and the hints that follow from it.
#include "desk/coach/coach.h"

#include "desk/coach.sql.h"

#include <string.h>

#define WEIGHT_LEAST 0.1

bool coach_choice_load(Arena *arena, Desk *desk, int64_t staff_id, CoachChoice *out, GError **error) {
  int64_t off = 0;
  CoachDismissalList dismissals = {0};
  *out = (CoachChoice){0};
  if (!coach_select_off(desk->db, staff_id, &off, error) ||
      !coach_select_dismissals(arena, desk->db, staff_id, &dismissals, error))
    return false;
  out->is_off = off > 0;
  list_each(const CoachDismissal, dismissal, &dismissals) {
    CoachRule rule;
    if (coach_rule_from_word(dismissal->rule, &rule)) out->dismissed[rule] = dismissal->times;
  }
  return true;
}

bool coach_set_off(Desk *desk, int64_t staff_id, bool is_off, GError **error) {
  return is_off ? coach_insert_off(desk->db, staff_id, error) : coach_delete_off(desk->db, staff_id, error);
}

bool coach_dismiss(Desk *desk, int64_t staff_id, CoachRule rule, GError **error) {
  return coach_upsert_dismissal(desk->db, staff_id, coach_rule_word(rule), error);
}

bool coach_forget_dismissals(Desk *desk, int64_t staff_id, GError **error) {
  return coach_delete_dismissals(desk->db, staff_id, error);
}

bool coach_answer(Arena *arena, Desk *desk, int64_t number, const char *draft, Coaching **out, GError **error) {
  CoachMessage *message = NULL;
  if (!coach_select_message(arena, desk->db, number, MESSAGE_CUSTOMER, &message, error)) return false;
  CoachInput input = {.draft = draft, .draft_length = strlen(draft)};
  if (message) {
    input.message = message->body;
    input.message_length = strlen(message->body);
    input.reading = insight_read(arena, message->body, input.message_length);
  }
  *out = coach_draft(arena, &input);
  return true;
}

static double weight_for(const Advice *advice, const CoachChoice *choice) {
  int64_t times = MIN(choice->dismissed[advice->rule], 60);
  return advice->weight / (double)(UINT64_C(1) << times);
}

static bool is_said(const AdviceList *hints, CoachRule rule) {
  list_each(const Advice, hint, hints)
    if (hint->rule == rule) return true;
  return false;
}

AdviceList coach_hints(Arena *arena, const Coaching *coaching, const CoachChoice *choice, uint32_t passed, bool is_done,
                       size_t most) {
  AdviceList hints = {0};
  while (hints.count < most) {
    const Advice *best = NULL;
    list_each(const Advice, advice, &coaching->advice) {
      bool is_out = (passed >> advice->rule & 1) || (advice->is_missing && !is_done) || is_said(&hints, advice->rule);
      double weight = weight_for(advice, choice);
      if (!is_out && weight >= WEIGHT_LEAST && (!best || weight > weight_for(best, choice))) best = advice;
    }
    if (!best) break;
    *list_add(arena, &hints) = *best;
  }
  return hints;
}
