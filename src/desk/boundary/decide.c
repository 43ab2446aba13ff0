// Deciding about a measure. Who asked does not decide, nor who reported an incident of the case, and nobody decides twice; the schema
// refuses the first and the last besides. With the last yes the measure holds, what held before is replaced, and the letter leaves: all
// of it in one transaction, so that nobody is restricted without a letter on its way.
#include "desk/boundary/stored.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/boundary.sql.h"
#include "desk/boundary/appeals.h"
#include "desk/staff.sql.h"
#include "desk/template/template.h"

static bool may_decide(Desk *desk, const Staff *actor, const Measure *measure, bool approve, GError **error) {
  int64_t reported = 0;
  if (!role_may(actor->role, PERMISSION_SUPERVISE)) return error_set(error, ERROR_FORBIDDEN, "Supervisors decide about this.");
  if (measure->requested_by == actor->id)
    return error_set(error, ERROR_FORBIDDEN, "You asked for this, so somebody else decides about it.");
  if (approve && measure->approved_by == actor->id)
    return error_set(error, ERROR_FORBIDDEN, "Your yes is in already. An end of contact needs a second person.");
  if (!incident_reported_by(desk->db, measure->case_id, actor->id, &reported, error)) return false;
  return !reported ||
         error_set(error, ERROR_FORBIDDEN, "You reported an incident of this case, so somebody else decides about it.");
}

static bool decline(Arena *arena, Desk *desk, const Staff *actor, CaseStand *stand, const Measure *measure, const char *why,
                    GError **error) {
  int64_t changed = 0;
  BoundaryMove move = {
    .event = BOUNDARY_DECLINE, .actor = actor, .detail = arena_printf(arena, "%s: %s", measure_title(measure->kind), why)};
  if (text_is_blank(why)) return error_set(error, ERROR_INVALID, "Say in a sentence why not; who asked will read it.");
  if (!measure_end(desk->db, measure->id, MEASURE_ASKED, MEASURE_DECLINED, &actor->id, clock_now(desk->clock), why, &changed,
                   error))
    return false;
  if (!changed) return error_set(error, ERROR_CONFLICT, "It was decided or withdrawn already.");
  return boundary_move(arena, desk, stand, &move, error);
}

// `*out_last`: there are as many as it needs.
static bool approve_it(Desk *desk, const Staff *actor, const Measure *measure, bool *out_last, GError **error) {
  int64_t changed = 0, now = clock_now(desk->clock);
  bool is_second = measure->approved_by != 0;
  if (is_second ? !measure_approve_second(desk->db, measure->id, actor->id, now, &changed, error)
                : !measure_approve(desk->db, measure->id, actor->id, now, &changed, error))
    return false;
  if (!changed) return error_set(error, ERROR_CONFLICT, "It was decided or withdrawn already.");
  *out_last = measure_approvers(measure->kind) == (is_second ? 2 : 1);
  return true;
}

// Who asked signs it; when they have left, who approved it.
static bool writer_of(Arena *arena, Desk *desk, const Staff *actor, const Measure *measure, const Staff **out, GError **error) {
  Staff *asker = NULL;
  if (!staff_select_by_id(arena, desk->db, measure->requested_by, &asker, error)) return false;
  *out = asker && asker->is_active ? asker : actor;
  return true;
}

static bool start(Arena *arena, Desk *desk, const Staff *actor, CaseStand *stand, const Measure *measure, const char *origin,
                  MeasureOutcome *out, GError **error) {
  int64_t changed = 0, message = 0, now = clock_now(desk->clock);
  const Staff *writer = NULL;
  Measure *holds = NULL;
  if (!measure_holding(arena, desk, stand->id, &holds, error)) return false;
  BoundaryMove move = {
    .event = measure_event(measure->kind), .actor = actor, .detail = boundary_terms_kept(arena, measure), .holds = holds};
  if (measure->ends_at <= now)
    return error_set(error, ERROR_CONFLICT, "The day on which it was to end has passed. Ask for it anew.");
  if (!boundary_may(arena, desk, stand, &move, error)) return false;
  if (holds && !measure_end(desk->db, holds->id, MEASURE_HOLDS, MEASURE_REPLACED, &actor->id, now, "", &changed, error))
    return false;
  int before;
  if (!template_speak(arena, desk, stand->number, &before, error)) return false;
  const char *letter = appeal_fill(arena, desk, measure, origin);
  words_use(before);
  if (!writer_of(arena, desk, actor, measure, &writer, error) ||
      !boundary_send(arena, desk, writer, stand, letter, &message, error) ||
      !measure_start(desk->db, measure->id, now, message ? &message : NULL, &changed, error))
    return false;
  if (changed != 1) return error_set(error, ERROR_CONFLICT, "It was decided or withdrawn already.");
  *out = message ? MEASURE_OUT_HOLDS : MEASURE_OUT_NO_ADDRESS;
  return boundary_move(arena, desk, stand, &move, error);
}

static bool decide(Arena *arena, Desk *desk, const Staff *actor, int64_t id, bool approve, const char *why, const char *origin,
                   MeasureOutcome *out, GError **error) {
  bool is_last = false;
  const Measure *measure = measure_load(arena, desk, id, error);
  CaseStand *stand = measure ? boundary_hold(arena, desk, measure->case_id, error) : NULL;
  measure = stand ? measure_load(arena, desk, id, error) : NULL; // again, now that it is held: two may decide at once
  if (!measure) return false;
  if (measure->state != MEASURE_ASKED) return error_set(error, ERROR_CONFLICT, "It was decided or withdrawn already.");
  if (!may_decide(desk, actor, measure, approve, error)) return false;
  *out = MEASURE_OUT_DECLINED;
  if (!approve) return decline(arena, desk, actor, stand, measure, text_trim(arena, why ? why : ""), error);
  if (!approve_it(desk, actor, measure, &is_last, error)) return false;
  if (is_last) return start(arena, desk, actor, stand, measure, origin, out, error);
  BoundaryMove move = {.event = BOUNDARY_APPROVE, .actor = actor, .detail = measure_title(measure->kind)};
  *out = MEASURE_OUT_ONE_MORE;
  return boundary_move(arena, desk, stand, &move, error);
}

bool measure_decide(Desk *desk, const Staff *actor, int64_t id, bool approve, const char *why, const char *origin,
                    MeasureOutcome *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && decide(arena, desk, actor, id, approve, why, origin, out, error) && db_commit(&tx, error);
}
