// Keeping a complaint: its row, its place in the lists, and the tallies of the rail, which change with it and are never counted on
// request.
#include "desk/complaint/stored.h"

#include "desk/complaint.sql.h"
#include "desk/conversation/stand.h"
#include "desk/staff.sql.h"

int64_t complaint_queue_key(const Complaint *complaint) {
  if (complaint->merged_into) return COMPLAINT_FAR;
  if (complaint_is_open(complaint))
    return complaint->next_due_at ? complaint->next_due_at : COMPLAINT_NOTHING_DUE + complaint->received_at;
  return (complaint->has_news ? COMPLAINT_WITH_NEWS : COMPLAINT_FAR) - complaint->closed_at;
}

static bool change_stage_tally(Desk *desk, const Complaint *complaint, int64_t delta, GError **error) {
  if (!complaint || complaint->merged_into) return true;
  char name[48];
  g_snprintf(name, sizeof name, "complaint/%s", stage_word(complaint->stage));
  return tally_change(desk, name, delta, error);
}

static bool counts_as_news(const Complaint *complaint) { return complaint && complaint->has_news && !complaint->merged_into; }

static bool change_tallies(Desk *desk, const Complaint *before, const Complaint *after, GError **error) {
  if (!tally_change(desk, "complaint-news", counts_as_news(after) - counts_as_news(before), error)) return false;
  bool stays = before && before->stage == after->stage && !before->merged_into == !after->merged_into;
  if (stays) return true;
  return change_stage_tally(desk, before, -1, error) && change_stage_tally(desk, after, 1, error);
}

static const int64_t *or_null(const int64_t *value) { return *value ? value : NULL; }

static bool is_at_hand(const Complaint *complaint) {
  return complaint && (complaint_is_open(complaint) || complaint->has_news) && !complaint->merged_into;
}

// What comes back, or comes to somebody, is nobody's who left: then it is the supervisors'.
static bool let_go(Desk *desk, const Complaint *before, Complaint *kept, bool *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *name = NULL;
  bool was_theirs = is_at_hand(before) && before->owner_id == kept->owner_id;
  *out = false;
  if (!kept->owner_id || !is_at_hand(kept) || was_theirs) return true;
  if (!staff_select_active_name(arena, desk->db, kept->owner_id, &name, error)) return false;
  if (name) return true;
  kept->owner_id = 0;
  *out = before != NULL;
  return true;
}

static bool tell_let_go(Desk *desk, const Complaint *kept, GError **error) {
  ComplaintMove move = {.event = COMPLAINT_HAND_OVER, .detail = "to the supervisors: who had it works here no more"};
  return complaint_step_add(desk, kept->number, &move, kept->stage, kept->stage, error);
}

bool complaint_save(Desk *desk, const Complaint *before, const Complaint *given, GError **error) {
  Complaint kept = *given;
  const Complaint *after = &kept;
  bool is_let_go = false;
  if (!let_go(desk, before, &kept, &is_let_go, error)) return false;
  if (!before && !complaint_insert(desk->db, after->number, after->stage, after->origin, after->received_at, after->made_at,
                                   or_null(&after->owner_id), after->severity, after->profile, error))
    return false;
  bool has_new_owner = before && before->owner_id != after->owner_id;
  return complaint_update(desk->db, after->number, after->stage, after->received_at, has_new_owner, or_null(&after->owner_id),
                          or_null(&after->settled_at), or_null(&after->closed_at), after->has_news, or_null(&after->next_due_at),
                          or_null(&after->merged_into), after->outside, complaint_queue_key(after), error) &&
         change_tallies(desk, before, after, error) && (!is_let_go || tell_let_go(desk, after, error));
}

bool complaint_opens_conversation(Arena *arena, Desk *desk, const Staff *actor, int64_t number, GError **error) {
  const ConversationStand *before = stand_load(arena, desk, number, error);
  if (!before || before->state == CONVERSATION_OPEN) return before != NULL;
  ConversationStand after = *before;
  after.state = CONVERSATION_OPEN;
  after.solved_at = 0;
  return stand_save(desk, before, &after, error) && event_add(desk, number, EVENT_REOPENED, actor, "", error);
}

bool complaint_step_add(Desk *desk, int64_t number, const ComplaintMove *move, ComplaintStage before, ComplaintStage after,
                        GError **error) {
  int64_t at = move->happened_at ? move->happened_at : clock_now(desk->clock);
  return complaint_step_insert(desk->db, number, move->event, before, after, at, move->actor ? &move->actor->id : NULL,
                               move->by_customer, or_null(&move->message_id), move->detail ? move->detail : "", error) &&
         event_add(desk, number, EVENT_COMPLAINT, move->actor, complaint_event_title(move->event), error);
}
