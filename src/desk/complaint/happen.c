// What happens to complaints by itself: mail leaves the house, a customer writes again, a conversation changes hands, somebody leaves.
#include "desk/complaint/happen.h"

#include "desk/complaint.sql.h"
#include "desk/complaint/clock.h"

bool complaint_note_sent(Arena *arena, Desk *desk, int64_t number, const ComplaintEvidence *sent, GError **error) {
  const Complaint *before = complaint_load(arena, desk, number, error);
  if (!before) return false;
  Staff writer = {.id = sent->staff_id};
  ComplaintMove move = {.event = COMPLAINT_ACKNOWLEDGE,
                        .actor = sent->staff_id ? &writer : NULL,
                        .message_id = sent->id,
                        .happened_at = sent->made_at};
  if (before->stage == STAGE_RECEIVED && !complaint_advance_within(arena, desk, number, &move, error)) return false;
  before = complaint_load(arena, desk, number, error);
  if (!before) return false;
  Complaint after = *before;
  return complaint_clocks_sent(arena, desk, &after, sent->kind == MESSAGE_AGENT, sent->made_at, error) &&
         complaint_save(desk, before, &after, error);
}

bool complaint_note_outbox(Arena *arena, Desk *desk, int64_t number, int64_t message_id, GError **error) {
  bool exists = false;
  int64_t stage = 0;
  ComplaintEvidence *sent = NULL;
  if (!complaint_exists(desk->db, number, &exists, &stage, error)) return false;
  if (!exists || stage == STAGE_CLOSED) return true;
  const ConversationStand *stand = stand_load_survivor(arena, desk, number, error);
  if (!stand || !complaint_select_evidence(arena, desk->db, message_id, &sent, error)) return false;
  if (!sent || sent->kind == MESSAGE_NOTICE) return true;
  sent->made_at = clock_now(desk->clock); // when it left
  return complaint_note_sent(arena, desk, stand->number, sent, error);
}

bool complaint_note_customer(Arena *arena, Desk *desk, int64_t number, int64_t message_id, GError **error) {
  Complaint *complaint = NULL;
  if (!complaint_find(arena, desk, number, &complaint, error)) return false;
  if (!complaint || complaint->stage != STAGE_CLOSED || complaint->has_news) return true;
  ComplaintMove move = {.event = COMPLAINT_NEWS, .by_customer = true, .message_id = message_id};
  return complaint_advance_within(arena, desk, number, &move, error);
}

bool complaint_note_assigned(Arena *arena, Desk *desk, const Staff *actor, const ConversationStand *before,
                             const ConversationStand *after, GError **error) {
  Complaint *complaint = NULL;
  if (!complaint_find(arena, desk, after->number, &complaint, error)) return false;
  if (!complaint || !complaint_is_open(complaint)) return true;
  bool was_theirs = complaint->owner_id == 0 || complaint->owner_id == before->assignee_id;
  if (!was_theirs || complaint->owner_id == after->assignee_id) return true;
  ComplaintMove move = {
    .event = COMPLAINT_HAND_OVER, .actor = actor, .owner_id = after->assignee_id, .detail = "with the conversation"};
  return complaint_advance_within(arena, desk, after->number, &move, error);
}

bool complaint_note_leaving(Desk *desk, int64_t staff_id, GError **error) {
  int64_t changed = 0;
  return complaint_step_insert_leaving(desk->db, staff_id, clock_now(desk->clock), error) &&
         complaint_update_leaving(desk->db, staff_id, &changed, error);
}

bool complaint_forbids_solving(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error) {
  Complaint *complaint = NULL;
  *out = NULL;
  if (!complaint_find(arena, desk, number, &complaint, error)) return false;
  if (complaint && complaint_is_open(complaint))
    *out =
      "This conversation carries a complaint that is open. Close the complaint first, with their agreement or with a refusal that "
      "names where they can go; then it can be solved.";
  return true;
}
