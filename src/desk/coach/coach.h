// Coach: what one person chose about their hints, and what a draft in a conversation is coached with. It is theirs alone: no other
// call reads it, neither for administrators nor for reports. Of a draft nothing is kept.
#pragma once

#include "desk/conversation/conversation.h"
#include "insight/coach.h"

typedef struct CoachDismissal { // "not here"
  const char *rule;
  int64_t times;
} CoachDismissal;
LIST_DEFINE(CoachDismissal)

typedef struct CoachMessage {
  const char *body;
} CoachMessage;

typedef struct CoachChoice {
  bool is_off;                         // no hints at all
  int64_t dismissed[COACH_RULE_COUNT]; // times
} CoachChoice;

bool coach_choice_load(Arena *arena, Desk *desk, int64_t staff_id, CoachChoice *out, GError **error);
bool coach_set_off(Desk *desk, int64_t staff_id, bool is_off, GError **error);
bool coach_dismiss(Desk *desk, int64_t staff_id, CoachRule rule, GError **error);
bool coach_forget_dismissals(Desk *desk, int64_t staff_id, GError **error);

// Coaches a draft of an answer in conversation `number` with the customer's newest message.
bool coach_answer(Arena *arena, Desk *desk, int64_t number, const char *draft, Coaching **out, GError **error);

// The hints for this person, `most` at most, one of a rule: each dismissal halves a rule's weight, and what falls below a tenth is
// not said. `passed`: a bit (1 << rule) for each that was dismissed on this draft. What the draft lacks as a whole comes only when
// `is_done`.
AdviceList coach_hints(Arena *arena, const Coaching *coaching, const CoachChoice *choice, uint32_t passed, bool is_done,
                       size_t most);
