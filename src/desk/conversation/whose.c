// "This is from somebody else": an agent says whose a conversation is, after a forward was read wrongly. The address it had loses its
// part in it, so that whoever was taken for the customer can neither read answers nor add to it.
#include "base/text.h"
#include "base/words.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/stand.h"
#include "desk/conversation/verbs.h"
#include "desk/mailbox/mailbox.h"
#include "desk/message.sql.h"

#define NAME_MOST 200

static bool is_usable(Arena *arena, Desk *desk, const char *address, GError **error) {
  MailboxList mailboxes = {0};
  if (!mail_address_is_valid(address))
    return error_set(error, ERROR_INVALID, "\"%s\" is not an e-mail address; give one such as agnes@example.com.",
                     text_clamp(arena, address, 100));
  if (!mailbox_list(arena, desk, &mailboxes, error)) return false;
  return !mailbox_is_ours(arena, &mailboxes, address, NULL) ||
         error_set(error, ERROR_INVALID, "%s is one of our own mailboxes; give the customer's address.", address);
}

static bool hand_over(Arena *arena, Desk *desk, const Conversation *old, const char *address, const char *name, GError **error) {
  int64_t customer = 0, number = old->number;
  const char *old_address = old->customer_address, *old_key = mail_address_key(arena, old_address);
  const char *key = mail_address_key(arena, address);
  if (!customer_of_address(arena, desk, address, name, &customer, error) ||
      !conversation_update_whose(desk->db, number, customer, name, address, error))
    return false;
  if (*old_key && !participant_delete(desk->db, number, old_key, error)) return false; // and who wrote for them through a form
  return participant_insert(desk->db, number, key, address, name, error) &&
         message_update_answer_to(desk->db, number, old_address, address, error) &&
         message_update_forwarded_author(desk->db, number, old_address, name, address, error);
}

bool conversation_change_customer(Desk *desk, const Staff *actor, int64_t number, const char *address, const char *name,
                                  GError **error) {
  g_autoptr(Arena) arena = arena_new();
  address = text_one_line(arena, address);
  name = text_clamp(arena, text_one_line(arena, name), NAME_MOST);
  if (!*name) name = address;
  if (!is_usable(arena, desk, address, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  Conversation *old = NULL;
  if (!tx || !stand_load(arena, desk, number, error) || !conversation_select(arena, desk->db, number, &old, error)) return false;
  if (!old) return error_set(error, ERROR_NOT_FOUND, "There is no conversation #%jd.", number);
  const char *detail = arena_say(arena, "%s, now %s", *old->customer_address ? old->customer_address : "nobody", address);
  return hand_over(arena, desk, old, address, name, error) &&
         event_add(desk, number, EVENT_CUSTOMER_CHANGED, actor, detail, error) && db_commit(&tx, error);
}
