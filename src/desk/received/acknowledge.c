// The acknowledgement of receipt (PRODUCT.md part 1): the number, what happens next, and by when. Sent as automatic mail
// (RFC 3834) with an empty envelope sender, once for a conversation, and at most five an hour to one address.
#include "base/text.h"
#include "desk/customer.sql.h"
#include "desk/outbox.sql.h"
#include "desk/outbox/outbox.h"
#include "desk/received/incoming.h"

#define ANSWERS_AN_HOUR 5

static bool may_answer(Arena *arena, Desk *desk, const Incoming *incoming, bool *out, GError **error) {
  *out = false;
  if (incoming->mail->kind != MAIL_PERSON || incoming->is_from_us || !*incoming->answer_to) return true;
  const char *key = mail_address_key(arena, incoming->answer_to);
  int64_t sent = 0, undeliverable = 0;
  bool is_known = false;
  if (!outbox_automatic_since(desk->db, key, clock_now(desk->clock) - CLOCK_HOUR, &sent, error) ||
      !customer_address_is_undeliverable(desk->db, key, &is_known, &undeliverable, error))
    return false;
  *out = sent < ANSWERS_AN_HOUR && !undeliverable;
  return true;
}

// The end of the next working day, Monday to Friday, said as a day.
static const char *answer_day(Arena *arena, int64_t now) {
  g_autoptr(GDateTime) today = g_date_time_new_from_unix_utc(now / CLOCK_SECOND);
  int weekday = g_date_time_get_day_of_week(today); // Monday is 1
  int days = weekday >= 5 ? 8 - weekday : 1;
  g_autoptr(GDateTime) day = g_date_time_add_days(today, days);
  return arena_take(arena, g_date_time_format(day, "%A, %e %B"));
}

static const char *words(Arena *arena, const Incoming *incoming, int64_t number, const char *sender) {
  const char *name = text_clamp(arena, text_one_line(arena, incoming->mail->from.name), 80);
  return arena_printf(arena,
                      "Hello%s%s,\n\n"
                      "thank you for writing. Your message has arrived and has the number #%" G_GINT64_FORMAT ".\n\n"
                      "What happens next: a person reads it and answers you by the end of %s.\n"
                      "To add something, answer this mail; it will be kept together with your first message.\n\n"
                      "%s\n",
                      *name ? " " : "", name, number, answer_day(arena, incoming->received_at), sender);
}

bool incoming_acknowledge(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *stand, int64_t message_id,
                          GError **error) {
  bool may = false;
  if (!may_answer(arena, desk, incoming, &may, error)) return false;
  if (!may) return true;
  const Mailbox *mailbox = incoming->mailbox;
  const char *sender = text_is_blank(mailbox->name) ? desk->name : mailbox->name;
  Entry entry = {
    .kind = MESSAGE_AUTOMATIC,
    .state = MESSAGE_WAITING,
    .author_name = sender,
    .author_address = mailbox->address,
    .answer_to = "",
    .recipients = incoming->answer_to,
    .subject = arena_printf(arena, "We have your message [#%" G_GINT64_FORMAT "]: %s", stand->number, stand->subject),
    .body = words(arena, incoming, stand->number, sender),
    .quoted = "",
    .made_at = incoming->received_at,
    .mail_id = outbox_new_mail_id(arena, desk, stand->number, mailbox),
  };
  int64_t notice_id = 0;
  if (!entry_add(arena, desk, stand, &entry, &notice_id, error)) return false;
  OutboxDraft draft = {
    .message_id = notice_id,
    .number = stand->number,
    .mailbox = mailbox,
    .from_name = sender,
    .subject = entry.subject,
    .text = entry.body,
    .message_id_header = entry.mail_id,
    .in_reply_to = incoming->mail->message_id,
    .is_automatic = true,
  };
  *list_add(arena, &draft.to) = (MailAddress){incoming->mail->from.name, incoming->answer_to};
  if (incoming->mail->message_id) *list_add(arena, &draft.references) = incoming->mail->message_id;
  return outbox_add(arena, desk, &draft, error) &&
         event_add(desk, stand->number, EVENT_ACKNOWLEDGED, NULL, incoming->answer_to, error);
}
