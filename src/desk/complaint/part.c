// A merge is undone: each conversation has its complaint again. The one that went is as it was, since its row, steps and clocks were only
// closed. What the two had become together cannot be told apart, and stays where it was handled; when the one that took it had none of
// its own and nothing happened since, its part in it ends.
#include "base/words.h"
#include "desk/complaint/happen.h"

#include "desk/complaint.sql.h"
#include "desk/complaint/clock.h"

// The step that closed it says what it was before.
static bool stage_before(Arena *arena, Desk *desk, int64_t number, ComplaintStage *out, GError **error) {
  ComplaintStepList steps = {0};
  *out = STAGE_RECEIVED;
  if (!complaint_steps(arena, desk, number, &steps, error)) return false;
  list_each(const ComplaintStep, step, &steps)
    if (step->event == COMPLAINT_MERGED && step->number == number) *out = step->stage_before;
  return true;
}

static bool count_since(Arena *arena, Desk *desk, const ComplaintParting *parting, int64_t *out, GError **error) {
  ComplaintStepList steps = {0};
  *out = 0;
  if (!complaint_steps(arena, desk, parting->into, &steps, error)) return false;
  list_each(const ComplaintStep, step, &steps)
    if (step->number == parting->into && step->happened_at >= parting->since && step->event != COMPLAINT_MERGED) *out += 1;
  return true;
}

static bool stand_again(Arena *arena, Desk *desk, const Staff *actor, const ComplaintParting *parting, const Complaint *gone,
                        GError **error) {
  Complaint after = *gone;
  ComplaintMove move = {
    .event = COMPLAINT_TAKEN_OUT, .actor = actor, .detail = arena_say(arena, "from #%jd, and goes on here", parting->into)};
  if (!stage_before(arena, desk, gone->number, &after.stage, error)) return false;
  after.merged_into = 0;
  after.has_news = parting->had_news && after.stage == STAGE_CLOSED;
  if (after.stage != STAGE_CLOSED) after.closed_at = 0;
  return complaint_clocks_again(arena, desk, &after, error) && complaint_save(desk, gone, &after, error) &&
         complaint_step_add(desk, gone->number, &move, STAGE_CLOSED, after.stage, error);
}

// It was never about what is left here.
static bool end_part(Arena *arena, Desk *desk, const Staff *actor, const ComplaintParting *parting, const Complaint *ours,
                     GError **error) {
  Complaint after = *ours;
  ComplaintMove move = {
    .event = COMPLAINT_TAKEN_OUT, .actor = actor, .detail = arena_say(arena, "#%jd stands for itself again", parting->from)};
  after.stage = STAGE_CLOSED;
  after.merged_into = parting->from;
  after.next_due_at = 0;
  after.has_news = false;
  if (!after.closed_at) after.closed_at = clock_now(desk->clock);
  return complaint_save(desk, ours, &after, error) &&
         complaint_step_add(desk, ours->number, &move, ours->stage, STAGE_CLOSED, error);
}

bool complaint_part(Arena *arena, Desk *desk, const Staff *actor, const ComplaintParting *parting, const char **out_stays,
                    GError **error) {
  Complaint *gone = NULL, *ours = NULL;
  int64_t since = 0;
  *out_stays = NULL;
  if (!complaint_find(arena, desk, parting->from, &gone, error)) return false;
  if (!gone || gone->merged_into != parting->into) return true;
  if (!complaint_find(arena, desk, parting->into, &ours, error) || !count_since(arena, desk, parting, &since, error))
    return false;
  bool ends = ours && !ours->merged_into && !parting->into_had_one && !since;
  if (ours && !ends)
    *out_stays = arena_say(
      arena,
      "The complaint of #%jd comes back as it was when they were merged. What was done for it since, and what the two had "
      "become together, stays with the complaint of #%jd; look it over.",
      parting->from, parting->into);
  if (parting->is_only_look) return true;
  return stand_again(arena, desk, actor, parting, gone, error) && (!ends || end_part(arena, desk, actor, parting, ours, error));
}
