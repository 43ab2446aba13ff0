// Merging two conversations unites their complaints, and none is lost. The earlier receipt counts; the less advanced stage counts, so that
// nothing is thought done that was done for one of them only; an owner counts before none. The one that went closes as merged, keeps its
// steps under its number, and its journal is read with the survivor's. Promises move; what went wrong in either went wrong.
#include "base/words.h"
#include "desk/complaint/happen.h"

#include "desk/complaint.sql.h"
#include "desk/complaint/clock.h"
#include "desk/promise.sql.h"

static const char *longer(const char *ours, const char *theirs) { return *ours ? ours : theirs; }

// The survivor had none: it takes the other's as it stands.
static Complaint moved(const Complaint *gone, int64_t into) {
  Complaint complaint = *gone;
  complaint.number = into;
  return complaint;
}

static Complaint united(const Complaint *gone, const Complaint *ours) {
  Complaint both = *ours;
  const Complaint *slower = gone->stage < ours->stage ? gone : ours;
  both.stage = slower->stage;
  both.settled_at = slower->settled_at;
  both.closed_at = slower->closed_at;
  both.outside = longer(slower->outside, "");
  both.profile = gone->received_at < ours->received_at ? gone->profile : ours->profile;
  both.received_at = MIN(gone->received_at, ours->received_at);
  both.severity = MAX(gone->severity, ours->severity);
  both.is_safety = gone->is_safety || ours->is_safety;
  both.has_news = both.stage == STAGE_CLOSED && (gone->has_news || ours->has_news);
  both.about = longer(ours->about, gone->about);
  both.seeks = longer(ours->seeks, gone->seeks);
  bool has_gap = *ours->present || *ours->desired;
  if (!has_gap)
    both.present = gone->present, both.desired = gone->desired, both.gap_by = gone->gap_by, both.gap_at = gone->gap_at;
  if (!both.owner_id) both.owner_id = gone->owner_id;
  both.attempts_before = MAX(gone->attempts_before, ours->attempts_before);
  both.channels_before = gone->channels_before | ours->channels_before;
  return both;
}

static bool write_fields(Desk *desk, const Complaint *both, GError **error) {
  const int64_t *by = both->gap_by ? &both->gap_by : NULL, *at = both->gap_at ? &both->gap_at : NULL;
  const int64_t *attempts = both->attempts_before >= 0 ? &both->attempts_before : NULL;
  return complaint_update_assessment(desk->db, both->number, both->severity, both->is_safety, both->about, both->seeks, error) &&
         complaint_update_gap(desk->db, both->number, both->present, both->desired, by, at, error) &&
         complaint_update_effort(desk->db, both->number, attempts, both->channels_before, error) &&
         complaint_update_profile(desk->db, both->number, both->profile, error);
}

static bool close_gone(Desk *desk, const Staff *actor, const Complaint *gone, int64_t into, const char *detail, GError **error) {
  Complaint after = *gone;
  ComplaintMove move = {.event = COMPLAINT_MERGED, .actor = actor, .detail = detail};
  after.stage = STAGE_CLOSED;
  after.merged_into = into;
  after.next_due_at = 0;
  after.has_news = false;
  if (!after.closed_at) after.closed_at = clock_now(desk->clock);
  return complaint_save(desk, gone, &after, error) &&
         complaint_step_add(desk, gone->number, &move, gone->stage, STAGE_CLOSED, error);
}

static bool unite(Arena *arena, Desk *desk, const Staff *actor, const Complaint *gone, const Complaint *ours, int64_t into,
                  GError **error) {
  Complaint both = ours ? united(gone, ours) : moved(gone, into);
  const char *from_words = arena_say(arena, "into #%jd", into);
  ComplaintMove move = {.event = COMPLAINT_MERGED, .actor = actor, .detail = arena_say(arena, "#%jd went on here", gone->number)};
  if (!ours && !complaint_save(desk, NULL, &both, error)) return false;
  const Complaint kept = ours ? *ours : both;
  return close_gone(desk, actor, gone, into, from_words, error) && write_fields(desk, &both, error) &&
         complaint_clocks_unite(arena, desk, gone, &both, ours != NULL, error) && complaint_save(desk, &kept, &both, error) &&
         complaint_reason_unite(desk->db, gone->number, into, error) &&
         complaint_step_add(desk, into, &move, ours ? ours->stage : both.stage, both.stage, error);
}

bool complaint_unite(Arena *arena, Desk *desk, const Staff *actor, int64_t from, int64_t into, GError **error) {
  Complaint *gone = NULL, *ours = NULL;
  if (!promise_move(desk->db, from, into, error) || !complaint_find(arena, desk, from, &gone, error)) return false;
  if (!gone) return true;
  return complaint_find(arena, desk, into, &ours, error) && unite(arena, desk, actor, gone, ours, into, error);
}
