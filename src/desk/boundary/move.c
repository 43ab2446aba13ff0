// Letting something happen to a case: the table says whether it may and where it leads, the checks here answer for its sentences, and
// then the stage, a step, the conversation's journal and the audit journal are written together. The audit journal comes last, since
// its head is held from there on; it says what was decided and by whom, never what a customer wrote.
#include "desk/boundary/guards.h"

#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/boundary.sql.h"
#include "desk/conversation/stand.h"
#include "desk/conversation/verbs.h"

#include <string.h>

// The conversation before the case, which is the order in which whoever files a mail holds things.
CaseStand *boundary_hold(Arena *arena, Desk *desk, int64_t case_id, GError **error) {
  CaseStand *stand = NULL;
  bool found = false;
  int64_t number = 0;
  if (!boundary_case_number(desk->db, case_id, &found, &number, error) ||
      (found && !stand_load_survivor(arena, desk, number, error)) || !boundary_case_lock(arena, desk->db, case_id, &stand, error))
    return NULL;
  if (!stand) error_set(error, ERROR_NOT_FOUND, "There is no such case.");
  return stand;
}

typedef struct Guard {
  const char *sentence;
  IncidentLevel least;
  bool since; // what holds now began
} Guard;

// Those that ask for an incident.
static const Guard guards[] = {
  {NEEDS_INCIDENT, LEVEL_UNREASONABLE, false}, {NEEDS_ABUSE, LEVEL_ABUSIVE, false},      {NEEDS_THREAT, LEVEL_THREAT, false},
  {NEEDS_SINCE, LEVEL_UNREASONABLE, true},     {NEEDS_THREAT_SINCE, LEVEL_THREAT, true},
};

static bool check_guard(Desk *desk, const CaseStand *stand, const BoundaryMove *move, const char *sentence, bool *out,
                        GError **error) {
  *out = true;
  if (strcmp(sentence, NEEDS_REASON) == 0) return *out = !text_is_blank(move->detail), true;
  for (size_t i = 0; i < G_N_ELEMENTS(guards); i++) {
    if (strcmp(guards[i].sentence, sentence) != 0) continue;
    int64_t count = 0, since = guards[i].since && move->holds ? move->holds->starts_at : 0;
    if (!incident_count(desk->db, stand->id, since, guards[i].least, &count, error)) return false;
    *out = count > 0;
    return true;
  }
  return true;
}

bool boundary_may(Arena *arena, Desk *desk, const CaseStand *stand, const BoundaryMove *move, GError **error) {
  const BoundaryTransition *row = boundary_find_transition(stand->stage, move->event);
  bool holds = true;
  if (!row)
    return error_set(
      error, ERROR_CONFLICT,
      "The case stands at \xE2\x80\x9C%s\xE2\x80\x9D, and from there \xE2\x80\x9C%s\xE2\x80\x9D does not happen. Look again: "
      "somebody may have been faster.",
      text_fold(arena, boundary_stage_title(stand->stage)), boundary_event_title(move->event));
  if (!row->guard) return true;
  return check_guard(desk, stand, move, row->guard, &holds, error) &&
         (holds || error_set(error, ERROR_CONFLICT, "%s", row->guard));
}

// As audit/words.c knows them.
static const char *const audit_names[BOUNDARY_EVENT_COUNT] = {
  [BOUNDARY_REPORT] = "report",
  [BOUNDARY_REQUEST] = "request",
  [BOUNDARY_WARN] = "warn",
  [BOUNDARY_RESTRICT] = "restrict",
  [BOUNDARY_END] = "end",
  [BOUNDARY_EXPIRE] = "expire",
  [BOUNDARY_LIFT] = "lift",
  [BOUNDARY_APPEAL_GRANTED] = "appeal-granted",
  [BOUNDARY_CLOSE] = "close",
  [BOUNDARY_PROPOSE] = "propose",
  [BOUNDARY_APPROVE] = "approve",
  [BOUNDARY_DECLINE] = "decline",
  [BOUNDARY_WITHDRAW] = "withdraw",
  [BOUNDARY_SET_ASIDE] = "set-aside",
  [BOUNDARY_REVIEW] = "review",
  [BOUNDARY_APPEAL] = "appeal",
  [BOUNDARY_APPEAL_STANDS] = "appeal-stands",
  [BOUNDARY_MAIL] = "mail",
};

static bool write_audit(Arena *arena, Desk *desk, const CaseStand *stand, const BoundaryMove *move, GError **error) {
  const char *name = NULL;
  if (move->event == BOUNDARY_MAIL) return true; // not a decision, and mail must not wait for one another
  if (!boundary_customer_name(arena, desk->db, stand->customer_id, &name, error)) return false;
  const char *by = move->actor ? "" : move->by_customer ? "by the customer" : "by the desk itself: its time was over";
  const char *word = arena_printf(arena, "conduct.%s", audit_names[move->event]);
  return audit_add(desk, move->actor, word, arena_printf(arena, "case %" G_GINT64_FORMAT ", %s", stand->id, name), by, error);
}

bool boundary_move(Arena *arena, Desk *desk, CaseStand *stand, const BoundaryMove *move, GError **error) {
  BoundaryStage before = stand->stage;
  const char *detail = text_clamp(arena, text_trim(arena, move->detail ? move->detail : ""), BOUNDARY_TEXT_MOST);
  int64_t now = clock_now(desk->clock), number = 0;
  if (move->event < BOUNDARY_PROPOSE) {
    if (!boundary_may(arena, desk, stand, move, error)) return false;
    stand->stage = boundary_find_transition(before, move->event)->to;
  }
  if (stand->stage != before &&
      !boundary_case_update(desk->db, stand->id, stand->stage, stand->stage == BOUNDARY_CLOSED ? now : 0, error))
    return false;
  if (!conversation_survivor(desk, stand->number, &number, error)) return false;
  return boundary_step_insert(desk->db, stand->id, move->event, before, stand->stage, now, move->actor ? &move->actor->id : NULL,
                              move->by_customer, detail, error) &&
         event_add(desk, number, EVENT_CONDUCT, move->actor, boundary_event_title(move->event), error) &&
         write_audit(arena, desk, stand, move, error);
}

Measure *measure_load(Arena *arena, Desk *desk, int64_t id, GError **error) {
  Measure *measure = NULL;
  if (!measure_select(arena, desk->db, id, &measure, error)) return NULL;
  if (!measure) error_set(error, ERROR_NOT_FOUND, "There is no such measure.");
  return measure;
}

bool measure_holding(Arena *arena, Desk *desk, int64_t case_id, Measure **out, GError **error) {
  bool found = false;
  int64_t id = 0;
  *out = NULL;
  return measure_select_holding(desk->db, case_id, &found, &id, error) &&
         (!found || (*out = measure_load(arena, desk, id, error)));
}

bool measure_over(Arena *arena, Desk *desk, CaseStand *stand, const Measure *holds, MeasureState state, const Staff *actor,
                  const char *why, GError **error) {
  int64_t changed = 0, now = clock_now(desk->clock);
  const int64_t *by = actor ? &actor->id : NULL;
  BoundaryMove withdrawn = {.event = BOUNDARY_WITHDRAW, .actor = actor, .detail = "What it was to follow is over."};
  if (!measure_end(desk->db, holds->id, MEASURE_HOLDS, state, by, now, why, &changed, error)) return false;
  if (changed != 1) return error_set(error, ERROR_CONFLICT, "It is over already; somebody was faster.");
  if (!measure_withdraw_asked(desk->db, stand->id, by, now, withdrawn.detail, &changed, error)) return false;
  return changed == 0 || boundary_move(arena, desk, stand, &withdrawn, error);
}
