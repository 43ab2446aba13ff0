// What a conversation says of itself, worked out from its messages.
#include "desk/conversation/regroup.h"

#include "base/text.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/entry.h"
#include "desk/message.sql.h"
#include "desk/regroup.sql.h"

static bool recount_feeling(Arena *arena, Desk *desk, ConversationStand *stand, GError **error) {
  TakenFeeling *feeling = NULL;
  if (!regroup_forget_feeling(desk->db, stand->number, error) ||
      !conversation_take_feeling(arena, desk->db, stand->number, &feeling, error))
    return false;
  stand->is_upset = feeling && feeling->is_read && stand_is_upset(feeling->behaviour, feeling->valence, feeling->intensity);
  return true;
}

static bool recount_waiting(Desk *desk, ConversationStand *stand, bool waits, GError **error) {
  bool found = false;
  int64_t since = 0;
  if (!regroup_waiting(desk->db, stand->number, &found, &since, error)) return false;
  stand->waiting_since = waits && found && stand->state == CONVERSATION_OPEN ? since : 0;
  return true;
}

bool regroup_recount(Arena *arena, Desk *desk, ConversationStand *stand, bool waits, GError **error) {
  LatestMessage *latest = NULL;
  CustomerMessage *customer = NULL;
  int64_t count = 0, number = stand->number;
  if (!message_select_latest(arena, desk->db, number, &latest, error) || !regroup_count(desk->db, number, &count, error) ||
      !message_select_last_customer(arena, desk->db, number, &customer, error))
    return false;
  if (!latest) return error_set(error, ERROR_INVALID, "Nothing would be left in #%jd; merge it instead.", number);
  stand->last_message_id = latest->id;
  stand->last_message_at = latest->made_at;
  if (customer && !conversation_update_customer(desk->db, number, customer->answer_to, error)) return false;
  return regroup_set_latest(desk->db, number, latest->id, latest->made_at, entry_snippet(arena, latest->body), count, error) &&
         recount_feeling(arena, desk, stand, error) && recount_waiting(desk, stand, waits, error);
}
