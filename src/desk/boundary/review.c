// Looking again at what holds, and time: what has run out is over without anybody doing anything.
#include "desk/boundary/stored.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/boundary.sql.h"
#include "desk/template/template.h"

// The letter about it; the case's conversation gets it.
static bool tell(Arena *arena, Desk *desk, const Staff *actor, const CaseStand *stand, const Measure *holds, const char *template,
                 const char *why, int64_t next_review, GError **error) {
  const char *letter = NULL;
  int64_t message = 0;
  int before;
  if (!template_speak(arena, desk, stand->number, &before, error)) return false;
  const LetterValue values[] = {
    {"what", boundary_title(arena, holds->kind)},
    {"decision", why},
    {"until", boundary_day(arena, holds->ends_at)},
    {"review", next_review < holds->ends_at ? boundary_day(arena, next_review) : tr("the day it ends")},
    {"outside", holds->outside},
    {"still open", holds->still_open},
    {0}};
  bool is_written = boundary_fill(arena, desk, actor, stand->number, template, values, &letter, error);
  words_use(before);
  return is_written && boundary_send(arena, desk, actor, stand, letter, &message, error);
}

static bool keep(Arena *arena, Desk *desk, const Staff *actor, CaseStand *stand, const Measure *holds, int64_t next_review,
                 const char *why, GError **error) {
  int64_t changed = 0, now = clock_now(desk->clock);
  if (next_review <= now || next_review > holds->ends_at)
    return error_set(error, ERROR_INVALID, "Say when it is looked at next: after today, and not after it ends.");
  BoundaryMove move = {.event = BOUNDARY_REVIEW, .actor = actor, .detail = why};
  return measure_update_review(desk->db, holds->id, next_review, actor->id, now, &changed, error) &&
         tell(arena, desk, actor, stand, holds, "conduct-review", why, next_review, error) &&
         boundary_move(arena, desk, stand, &move, error);
}

static bool end_early(Arena *arena, Desk *desk, const Staff *actor, CaseStand *stand, const Measure *holds, const char *why,
                      GError **error) {
  BoundaryMove move = {.event = BOUNDARY_LIFT, .actor = actor, .detail = why};
  return boundary_may(arena, desk, stand, &move, error) &&
         measure_over(arena, desk, stand, holds, MEASURE_LIFTED, actor, why, error) &&
         tell(arena, desk, actor, stand, holds, "conduct-lifted", why, holds->ends_at, error) &&
         boundary_move(arena, desk, stand, &move, error);
}

bool measure_review(Desk *desk, const Staff *actor, int64_t id, bool lift, int64_t next_review, const char *why, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (text_is_blank(why))
    return error_set(error, ERROR_INVALID, "Say in a sentence or two what you looked at and why; it stands in the letter.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  Measure *holds = tx ? measure_load(arena, desk, id, error) : NULL;
  CaseStand *stand = holds ? boundary_hold(arena, desk, holds->case_id, error) : NULL;
  holds = stand ? measure_load(arena, desk, id, error) : NULL;
  if (!holds) return false;
  if (holds->state != MEASURE_HOLDS || holds->ends_at <= clock_now(desk->clock))
    return error_set(error, ERROR_CONFLICT, "It does not hold any more, so there is nothing to look at again.");
  const char *said = text_clamp(arena, text_trim(arena, why), BOUNDARY_TEXT_MOST);
  return (lift ? end_early(arena, desk, actor, stand, holds, said, error)
               : keep(arena, desk, actor, stand, holds, next_review, said, error)) &&
         db_commit(&tx, error);
}

// ——— time

static bool expire_one(Desk *desk, const DueMark *mark, int64_t *count, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  CaseStand *stand = tx ? boundary_hold(arena, desk, mark->case_id, error) : NULL;
  Measure *holds = stand ? measure_load(arena, desk, mark->id, error) : NULL;
  if (!holds) return false;
  if (holds->state != MEASURE_HOLDS) return true; // somebody was faster
  BoundaryMove move = {.event = BOUNDARY_EXPIRE, .detail = measure_title(holds->kind)};
  *count += 1;
  return measure_over(arena, desk, stand, holds, MEASURE_EXPIRED, NULL, "", error) &&
         boundary_move(arena, desk, stand, &move, error) && db_commit(&tx, error);
}

bool boundary_expire(Desk *desk, int64_t *out_count, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  DueMarkList over = {0};
  *out_count = 0;
  if (!measure_select_expired(arena, desk->db, clock_now(desk->clock), &over, error)) return false;
  list_each(const DueMark, mark, &over)
    if (!expire_one(desk, mark, out_count, error)) return false;
  return true;
}
