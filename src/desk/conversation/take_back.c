// Taking an answer back before it is sent. Whoever comes first wins: the sender's claim or this. In one transaction the mail leaves
// the outbox, the answer becomes a draft of its writer, and what it changed about the conversation is undone, unless somebody changed
// it again meanwhile. A row without words stays in its place, so that no later message gets the number that open pages know.
#include "desk/conversation.sql.h"
#include "desk/conversation/entry.h"
#include "desk/conversation/verbs.h"
#include "desk/draft/draft.h"
#include "desk/message.sql.h"
#include "desk/offer/offer.h"
#include "desk/outbox.sql.h"
#include "desk/outbox/stored.h"
#include "desk/protocol/script.h"

static bool restore_latest(Arena *arena, Desk *desk, ConversationStand *stand, GError **error) {
  LatestMessage *latest = NULL;
  if (!message_select_latest(arena, desk->db, stand->number, &latest, error)) return false;
  if (!latest) return error_set(error, ERROR_BROKEN, "Conversation #%jd has no message left.", stand->number);
  stand->last_message_id = latest->id;
  stand->last_message_at = latest->made_at;
  return conversation_restore_latest(desk->db, stand->number, latest->id, latest->made_at, entry_snippet(arena, latest->body),
                                     error);
}

// As it was before, where it still is as the answer left it.
static ConversationStand stand_before(const ConversationStand *now, const HeldAnswer *held) {
  ConversationStand before = *now;
  bool still_solved = held->solved_it && now->state == CONVERSATION_SOLVED && now->solved_at == held->made_at;
  if (still_solved) {
    before.state = CONVERSATION_OPEN;
    before.solved_at = 0;
  }
  if (held->took_it && now->assignee_id == held->staff_id) before.assignee_id = 0;
  bool may_wait = before.state == CONVERSATION_OPEN && held->waiting_before;
  if (may_wait) before.waiting_since = held->waiting_before;
  return before;
}

// Who would have got a copy never heard of it.
static bool remove_participants(Arena *arena, Desk *desk, int64_t number, int64_t message_id, GError **error) {
  TextList joined = {0};
  if (!delivery_select_joined(arena, desk->db, message_id, &joined, error)) return false;
  list_each(const Text, address, &joined)
    if (!participant_leave(desk->db, number, mail_address_key(arena, *address), error)) return false;
  return true;
}

static bool remove_answer(Desk *desk, int64_t message_id, GError **error) {
  Db *db = desk->db;
  return offer_take_back(desk, message_id, error) && outbox_delete(db, message_id, error) &&
         delivery_delete(db, message_id, error) && mail_id_delete(db, message_id, error) &&
         attachment_delete(db, message_id, error) && message_take_back(db, message_id, error);
}

static bool take_back(Arena *arena, Desk *desk, const Staff *actor, int64_t message_id, const HeldAnswer *held, GError **error) {
  ConversationStand *now = stand_load(arena, desk, held->number, error);
  DraftWay way = held->solved_it ? DRAFT_SEND_SOLVE : DRAFT_WAY_UNSAID;
  if (!now || !draft_of_message(arena, desk, actor->id, held->number, message_id, held->text, way, error) ||
      !remove_participants(arena, desk, held->number, message_id, error) || !remove_answer(desk, message_id, error) ||
      !script_note_taken_back(desk, actor->id, message_id, error))
    return false;
  ConversationStand before = stand_before(now, held);
  return restore_latest(arena, desk, &before, error) && stand_save(desk, now, &before, error) &&
         event_add(desk, held->number, EVENT_TAKEN_BACK, actor, "", error);
}

static bool can_be_taken_back(const HeldAnswer *held) {
  return held->state == OUTBOX_WAITING && held->attempts == 0 && held->held_until;
}

bool conversation_held(Arena *arena, Desk *desk, int64_t staff_id, int64_t message_id, int64_t *out_number, int64_t *out_until,
                       GError **error) {
  HeldAnswer *held = NULL;
  *out_number = *out_until = 0;
  if (!outbox_select_held(arena, desk->db, message_id, &held, error)) return false;
  if (!held || held->staff_id != staff_id || !can_be_taken_back(held) || held->held_until <= clock_now(desk->clock)) return true;
  *out_number = held->number;
  *out_until = held->held_until;
  return true;
}

bool conversation_take_back(Desk *desk, const Staff *actor, int64_t message_id, TakeBackOutcome *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  HeldAnswer *held = NULL;
  if (!tx || !outbox_select_held(arena, desk->db, message_id, &held, error)) return false;
  *out = TAKE_BACK_GONE;
  if (!held) return true;
  if (held->staff_id != actor->id) return error_set(error, ERROR_FORBIDDEN, "Only who wrote an answer can take it back.");
  *out = TAKE_BACK_TOO_LATE;
  if (!can_be_taken_back(held)) return true;
  *out = TAKE_BACK_DONE;
  return take_back(arena, desk, actor, message_id, held, error) && db_commit(&tx, error);
}
