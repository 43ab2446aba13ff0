// Filing a mail: find or open its conversation, write the message and its reading, and let the customer wait on us. Machine mail
// is attached but wakes nobody: it does not reopen, does not count as waiting and is never answered (EMAIL-CASES 9, 10).
#include "base/text.h"
#include "desk/conversation.sql.h"
#include "desk/customer.sql.h"
#include "desk/message.sql.h"
#include "desk/received/incoming.h"

#define PARTICIPANTS_MOST 40 // EMAIL-CASES 44
#define SUBJECT_MOST 300
#define NAME_MOST 200

static bool add_participant(Arena *arena, Desk *desk, int64_t number, const char *address, const char *name, GError **error) {
  if (!mail_address_is_valid(address)) return true;
  return participant_insert(desk->db, number, mail_address_key(arena, address), address,
                            text_clamp(arena, text_one_line(arena, name), NAME_MOST), error);
}

// The sender, where they want the answer, and whom they wrote to beside us. A machine takes part only in what it opened.
static bool add_participants(Arena *arena, Desk *desk, int64_t number, const Incoming *incoming, bool is_new, GError **error) {
  const Mail *mail = incoming->mail;
  size_t added = 0;
  if (mail->kind != MAIL_PERSON && (!is_new || !*incoming->answer_to)) return true;
  if (!add_participant(arena, desk, number, mail->from.address, mail->from.name, error) ||
      !add_participant(arena, desk, number, incoming->answer_to, mail->from.name, error))
    return false;
  if (mail->kind != MAIL_PERSON) return true;
  const MailAddressList *const lists[] = {&mail->to, &mail->cc};
  for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
    list_each(const MailAddress, address, lists[i]) {
      if (mailbox_is_ours(arena, &incoming->mailboxes, address->address, NULL)) continue;
      if (++added > PARTICIPANTS_MOST) return true;
      if (!add_participant(arena, desk, number, address->address, address->name, error)) return false;
    }
  return true;
}

// Of whoever gets the answer: the name beside that address, in Reply-To or in From.
static const char *sender_name(const Incoming *incoming) {
  const Mail *mail = incoming->mail;
  list_each(const MailAddress, address, &mail->reply_to)
    if (strcmp(address->address, incoming->answer_to) == 0 && strcmp(address->address, mail->from.address) != 0)
      return text_is_blank(address->name) ? address->address : address->name;
  return text_is_blank(mail->from.name) ? mail->from.address : mail->from.name;
}

static ConversationStand *open_conversation(Arena *arena, Desk *desk, const Incoming *incoming, int64_t linked_to,
                                            GError **error) {
  const Mail *mail = incoming->mail;
  int64_t customer_id = 0, number = 0;
  const char *name = sender_name(incoming);
  const char *subject = text_is_blank(mail->subject) ? "(no subject)" : text_clamp(arena, mail->subject, SUBJECT_MOST);
  name = text_is_blank(name) ? "Unknown sender" : text_clamp(arena, text_one_line(arena, name), NAME_MOST);
  // A web form writes in the customer's name: who gets the answer is the customer (EMAIL-CASES 37).
  const char *address = *incoming->answer_to ? incoming->answer_to : mail->from.address;
  if (!customer_of_address(arena, desk, address, name, &customer_id, error)) return NULL;
  if (!conversation_insert(desk->db, customer_id, name, incoming->mailbox->id, subject, linked_to ? &linked_to : NULL,
                           incoming->received_at, &number, error))
    return NULL;
  ConversationStand *stand = arena_make(arena, ConversationStand);
  *stand = (ConversationStand){.number = number,
                               .customer_id = customer_id,
                               .mailbox_id = incoming->mailbox->id,
                               .subject = subject,
                               .state = CONVERSATION_OPEN,
                               .last_message_at = incoming->received_at};
  return stand;
}

static Entry entry_of(const Incoming *incoming) {
  const Mail *mail = incoming->mail;
  // A forward without a word of their own. An answer that only quotes us stays folded: those words are ours.
  bool is_only_quote = text_is_blank(mail->reply) && !text_is_blank(mail->quoted) && mail->references.count == 0;
  return (Entry){
    .kind = MESSAGE_CUSTOMER,
    .machine = mail->kind,
    .author_name = mail->from.name,
    .author_address = mail->from.address,
    .answer_to = incoming->answer_to,
    .recipients = "",
    .subject = mail->subject,
    .body = is_only_quote                ? mail->quoted
            : text_is_blank(mail->reply) ? "(no text)"
                                         : mail->reply,
    .quoted = is_only_quote ? "" : mail->quoted,
    .made_at = incoming->received_at,
    .claimed_at = mail->claimed_at,
    .mail_id = mail->message_id,
    .html = incoming->html,
    .original = &incoming->original,
    .attachments = &mail->attachments,
    .attachment_blobs = incoming->attachments,
  };
}

static void let_wait(ConversationStand *stand, const Incoming *incoming) {
  if (incoming->mail->kind != MAIL_PERSON) return;
  stand->state = CONVERSATION_OPEN;
  stand->solved_at = 0;
  if (!stand->waiting_since) stand->waiting_since = incoming->received_at;
}

// A mail of ours came back for good: its message says so, and so does the address.
static bool mark_returned(Arena *arena, Desk *desk, int64_t number, int64_t message_id, GError **error) {
  const char *recipients = "";
  if (!message_update_state(desk->db, message_id, MESSAGE_RETURNED, error) ||
      !message_select_recipients(arena, desk->db, message_id, &recipients, error))
    return false;
  return customer_mark_undeliverable(arena, desk, recipients, error) &&
         event_add(desk, number, EVENT_RETURNED, NULL, recipients, error);
}

bool incoming_file(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedResult *out, GError **error) {
  ThreadMatch match;
  if (!thread_match(arena, desk, incoming, &match, error)) return false;
  out->is_new = !match.number;
  ConversationStand *before = match.number ? stand_load(arena, desk, match.number, error) : NULL;
  ConversationStand *after = match.number ? NULL : open_conversation(arena, desk, incoming, match.linked_to, error);
  if (!before && !after) return false;
  if (before) after = arena_copy(arena, before, sizeof *before);

  Entry entry = entry_of(incoming);
  if (!entry_add(arena, desk, after, &entry, &out->message_id, error)) return false;
  bool tells_address = *incoming->answer_to && (out->is_new || incoming->mail->kind == MAIL_PERSON);
  if (tells_address && !conversation_update_customer(desk->db, after->number, incoming->answer_to, error)) return false;
  let_wait(after, incoming);
  out->number = after->number;
  if (incoming->mail->kind == MAIL_PERSON && !customer_address_deliverable(desk->db, incoming->sender_key, error)) return false;
  if (!stand_save(desk, before, after, error) || !add_participants(arena, desk, after->number, incoming, out->is_new, error) ||
      !event_add(desk, after->number, out->is_new ? EVENT_OPENED : EVENT_RECEIVED, NULL, "", error))
    return false;
  if (before && before->state != after->state && !event_add(desk, after->number, EVENT_REOPENED, NULL, "", error)) return false;
  if (incoming->reading && !entry_add_reading(arena, desk, after->number, out->message_id, incoming->reading, error))
    return false;
  if (match.returned_message_id) return mark_returned(arena, desk, after->number, match.returned_message_id, error);
  return !out->is_new || incoming_acknowledge(arena, desk, incoming, after, out->message_id, error);
}
