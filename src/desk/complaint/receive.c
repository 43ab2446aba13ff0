// Making a complaint of a conversation. It was received when the customer first wrote in it, whenever somebody saw what it is, and what
// had happened by then is noted too: an acknowledgement or an answer that left the house counts from the day it left.
#include "desk/complaint/clock.h"
#include "desk/complaint/happen.h"

#include "base/text.h"
#include "desk/complaint.sql.h"
#include "desk/conversation/stand.h"

#define WHY_MOST 500

// Whose it is: who has the conversation, else who saw it, else the supervisors.
static int64_t first_owner(const ConversationStand *stand, const Staff *actor) {
  return stand->assignee_id && !stand->is_with_gone ? stand->assignee_id : actor ? actor->id : 0;
}

// What left the house before anybody saw that it is a complaint.
static bool note_what_was_sent(Arena *arena, Desk *desk, const Complaint *complaint, GError **error) {
  for (int by_people = 0; by_people <= 1; by_people++) {
    ComplaintEvidence *sent = NULL;
    if (!complaint_select_first_sent(arena, desk->db, complaint->number, complaint->received_at, by_people, &sent, error))
      return false;
    if (sent && !complaint_note_sent(arena, desk, complaint->number, sent, error)) return false;
  }
  return true;
}

// The row has to be there before its clocks, and its clocks before its place in the lists.
static bool keep_new(Arena *arena, Desk *desk, const Complaint *new, GError **error) {
  Complaint complaint = *new;
  return complaint_save(desk, NULL, new, error) && complaint_clocks_start(arena, desk, &complaint, error) &&
         complaint_save(desk, new, &complaint, error);
}

bool complaint_receive_within(Arena *arena, Desk *desk, const Staff *actor, int64_t number, ComplaintOrigin origin,
                              const char *why, GError **error) {
  ConversationStand *stand = stand_load(arena, desk, number, error);
  bool exists = false;
  int64_t stage = 0;
  ComplaintEvidence *first = NULL;
  if (!stand || !complaint_exists(desk->db, number, &exists, &stage, error)) return false;
  if (exists) return true;
  LegalProfile profile = PROFILE_NONE;
  if (!profile_load(desk, &profile, error) || !complaint_select_first_message(arena, desk->db, number, &first, error))
    return false;
  if (!first)
    return error_set(error, ERROR_CONFLICT, "Nobody wrote to us in #%jd yet; a complaint is what a customer said.", number);
  Complaint complaint = {.number = number,
                         .stage = STAGE_RECEIVED,
                         .origin = origin,
                         .received_at = first->made_at,
                         .made_at = clock_now(desk->clock),
                         .owner_id = first_owner(stand, actor),
                         .severity = SEVERITY_MODERATE,
                         .outside = "",
                         .profile = profile,
                         .attempts_before = -1};
  ComplaintMove move = {.event = COMPLAINT_RECEIVE,
                        .actor = actor,
                        .message_id = first->id,
                        .detail = text_clamp(arena, text_one_line(arena, why), WHY_MOST),
                        .happened_at = first->made_at};
  return complaint_opens_conversation(arena, desk, actor, number, error) && keep_new(arena, desk, &complaint, error) &&
         complaint_step_add(desk, number, &move, STAGE_RECEIVED, STAGE_RECEIVED, error) &&
         note_what_was_sent(arena, desk, &complaint, error);
}

bool complaint_receive(Desk *desk, const Staff *actor, int64_t number, ComplaintOrigin origin, const char *why, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && complaint_receive_within(arena, desk, actor, number, origin, why, error) && db_commit(&tx, error);
}
