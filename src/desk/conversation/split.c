// Splitting a conversation, and moving one message. Order: lock both, the lower number first; move the messages and what hangs on them
// (their ids, their way out, mentions, offers, scripts); let whoever they are from and to take part where they are now; work out anew
// what both say of themselves; write both journals.
#include "desk/conversation/regroup.h"

#include "base/text.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/stand.h"
#include "desk/conversation/verbs.h"
#include "desk/link.sql.h"
#include "desk/mention.sql.h"
#include "desk/message.sql.h"
#include "desk/regroup.sql.h"

#define SUBJECT_MOST 300

static bool load_message(Arena *arena, Desk *desk, int64_t id, RegroupMessage **out, GError **error) {
  if (!regroup_select_message(arena, desk->db, id, out, error)) return false;
  return *out || error_set(error, ERROR_NOT_FOUND, "There is no such message.");
}

static bool move(Desk *desk, int64_t from, int64_t into, int64_t first, int64_t last, GError **error) {
  Db *db = desk->db;
  int64_t moved = 0;
  if (!regroup_move(db, from, into, first, last, &moved, error)) return false;
  if (!moved) return error_set(error, ERROR_CONFLICT, "Somebody else has moved this message in the meantime.");
  return mail_id_move(db, from, into, error) && outbox_move(db, from, into, error) && mention_move(db, from, into, error) &&
         regroup_move_offers(db, from, into, error) && regroup_move_scripts(db, from, into, error);
}

// Both as they are afterwards. Nobody waits who did not wait before; `unanswered` (0: it is not) is a message that came with its waiting,
// whatever was answered where it is now.
static bool settle(Arena *arena, Desk *desk, const ConversationStand *from, const ConversationStand *into,
                   ConversationStand *into_after, int64_t unanswered, GError **error) {
  ConversationStand from_after = *from;
  bool into_waits = into ? into->waiting_since != 0 : from->waiting_since != 0;
  if (!regroup_recount(arena, desk, &from_after, from->waiting_since != 0, error) ||
      !regroup_recount(arena, desk, into_after, into_waits, error))
    return false;
  if (unanswered) stand_let_wait(into_after, unanswered);
  if (unanswered) into_after->waiting_since = MIN(into_after->waiting_since, unanswered);
  return stand_save(desk, from, &from_after, error) && stand_save(desk, into, into_after, error);
}

static bool tell_both(Arena *arena, Desk *desk, const Staff *actor, int64_t from, EventKind away, int64_t into, EventKind here,
                      GError **error) {
  return event_add(desk, from, away, actor, arena_printf(arena, "#%" G_GINT64_FORMAT, into), error) &&
         event_add(desk, into, here, actor, arena_printf(arena, "#%" G_GINT64_FORMAT, from), error);
}

static ConversationStand *open_part(Arena *arena, Desk *desk, const ConversationStand *from, const RegroupMessage *first,
                                    GError **error) {
  Conversation *whole = NULL;
  ConversationStand *part = arena_make(arena, ConversationStand);
  if (!conversation_select(arena, desk->db, from->number, &whole, error) || !whole) return NULL;
  const char *subject = text_is_blank(first->subject) ? from->subject
                                                      : text_clamp(arena, text_one_line(arena, first->subject), SUBJECT_MOST);
  *part = (ConversationStand){.customer_id = from->customer_id,
                              .mailbox_id = from->mailbox_id,
                              .subject = subject,
                              .state = CONVERSATION_OPEN,
                              .assignee_id = from->assignee_id,
                              .team_id = from->team_id,
                              .priority = from->priority,
                              .last_message_at = first->made_at};
  if (!conversation_insert(desk->db, part->customer_id, whole->customer_name, part->mailbox_id, subject, NULL, first->made_at,
                           &part->number, error) ||
      !conversation_update_customer(desk->db, part->number, whole->customer_address, error) ||
      !participant_unite(desk->db, part->number, from->number, error))
    return NULL;
  return part;
}

bool conversation_split(Desk *desk, const Staff *actor, int64_t message_id, int64_t *out_number, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  RegroupMessage *message = NULL;
  int64_t first = 0, linked = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !load_message(arena, desk, message_id, &message, error)) return false;
  const ConversationStand *from = stand_load(arena, desk, message->number, error);
  if (!from || !regroup_first(desk->db, from->number, &first, error)) return false;
  if (first >= message_id)
    return error_set(error, ERROR_INVALID,
                     "The conversation begins with this message, so nothing would be left; choose a later one.");
  ConversationStand *part = open_part(arena, desk, from, message, error);
  if (!part || !move(desk, from->number, part->number, message_id, INT64_MAX, error)) return false;
  *out_number = part->number;
  return settle(arena, desk, from, NULL, part, 0, error) &&
         link_insert(desk->db, from->number, part->number, actor ? &actor->id : NULL, clock_now(desk->clock), &linked, error) &&
         tell_both(arena, desk, actor, from->number, EVENT_SPLIT, part->number, EVENT_SPLIT_FROM, error) && db_commit(&tx, error);
}

static bool let_take_part(Arena *arena, Desk *desk, int64_t number, const char *addresses, GError **error) {
  MailAddressList list = mail_address_list(arena, addresses);
  list_each(const MailAddress, address, &list)
    if (mail_address_is_valid(address->address) &&
        !participant_insert(desk->db, number, mail_address_key(arena, address->address), address->address, address->name, error))
      return false;
  return true;
}

// Whoever may answer it answers here.
static bool bring_people(Arena *arena, Desk *desk, int64_t number, const RegroupMessage *message, GError **error) {
  bool is_theirs = message->kind == MESSAGE_CUSTOMER;
  return is_theirs ? let_take_part(arena, desk, number, message->author_address, error) &&
                       let_take_part(arena, desk, number, message->answer_to, error)
                   : let_take_part(arena, desk, number, message->recipients, error);
}

typedef struct Pair {
  const ConversationStand *from, *into;
} Pair;

static bool lock_both(Arena *arena, Desk *desk, int64_t from, int64_t into, Pair *out, GError **error) {
  const ConversationStand *low = stand_load(arena, desk, MIN(from, into), error);
  const ConversationStand *high = low ? stand_load(arena, desk, MAX(from, into), error) : NULL;
  *out = from < into ? (Pair){low, high} : (Pair){high, low};
  return low && high;
}

// Since when they wait for an answer to this message; 0: it was answered, or nobody waits.
static bool find_unanswered(Desk *desk, const ConversationStand *from, const RegroupMessage *message, int64_t *out,
                            GError **error) {
  bool found = false;
  int64_t since = 0;
  *out = 0;
  if (!from->waiting_since || message->kind != MESSAGE_CUSTOMER) return true;
  if (!regroup_waiting(desk->db, from->number, &found, &since, error)) return false;
  if (found && since <= message->made_at) *out = message->made_at;
  return true;
}

bool message_move_to(Desk *desk, const Staff *actor, int64_t message_id, int64_t into, bool means_other, int64_t *out_into,
                     GError **error) {
  g_autoptr(Arena) arena = arena_new();
  RegroupMessage *message = NULL;
  Pair pair;
  if (!conversation_survivor(desk, into, &into, error)) return false;
  *out_into = into;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !load_message(arena, desk, message_id, &message, error)) return false;
  if (message->number == into) return error_set(error, ERROR_INVALID, "The message stands in #%jd already.", into);
  if (!lock_both(arena, desk, message->number, into, &pair, error)) return false;
  if (pair.from->customer_id != pair.into->customer_id && !means_other)
    return error_set(error, ERROR_CONFLICT,
                     "#%jd is another customer's. Whoever this message is from would take part in it; say that you mean it.",
                     into);
  ConversationStand after = *pair.into;
  int64_t unanswered = 0;
  return find_unanswered(desk, pair.from, message, &unanswered, error) &&
         move(desk, pair.from->number, into, message_id, message_id, error) && bring_people(arena, desk, into, message, error) &&
         settle(arena, desk, pair.from, pair.into, &after, unanswered, error) &&
         tell_both(arena, desk, actor, pair.from->number, EVENT_MESSAGE_MOVED, into, EVENT_MESSAGE_CAME, error) &&
         db_commit(&tx, error);
}
