// The acknowledgement of receipt, in the customer's language: see desk/template. Sent as automatic mail
// (RFC 3834) with an empty envelope sender, once for a conversation, when answering.c allows it.
#include "base/text.h"
#include "desk/customer/people.h"
#include "desk/outbox/outbox.h"
#include "desk/received/incoming.h"
#include "desk/template/template.h"

static bool words_of(Arena *arena, Desk *desk, const Incoming *incoming, const ConversationStand *stand, TemplateWords *out,
                     GError **error) {
  AcknowledgementFacts facts = {.number = stand->number,
                                .moment = incoming->received_at,
                                .customer_name = incoming->from.name,
                                .subject = stand->subject,
                                .mailbox = incoming->mailbox};
  const char *language = incoming->reading ? incoming->reading->language : NULL;
  return customer_called(arena, desk, stand->customer_id, facts.customer_name, &facts.customer_name, error) &&
         template_language(arena, desk, language, stand->customer_id, incoming->mailbox, &facts.language, error) &&
         template_acknowledgement(arena, desk, &facts, out, error);
}

bool incoming_acknowledge(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *stand, int64_t message_id,
                          GError **error) {
  bool may = false;
  if (!incoming_may_answer(arena, desk, incoming, &may, error)) return false;
  if (!may || incoming->is_quiet) return true;
  TemplateWords words;
  if (!words_of(arena, desk, incoming, stand, &words, error)) return false;
  const Mailbox *mailbox = incoming->mailbox;
  const char *sender = text_is_blank(mailbox->name) ? desk->name : mailbox->name;
  Entry entry = {
    .kind = MESSAGE_AUTOMATIC,
    .state = MESSAGE_WAITING,
    .author_name = sender,
    .author_address = mailbox->address,
    .answer_to = "",
    .recipients = incoming->answer_to,
    .subject = words.subject,
    .body = words.body,
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
  *list_add(arena, &draft.to) = (MailAddress){incoming->from.name, incoming->answer_to};
  if (incoming->mail->message_id) *list_add(arena, &draft.references) = incoming->mail->message_id;
  return outbox_add(arena, desk, &draft, error) &&
         event_add(desk, stand->number, EVENT_ACKNOWLEDGED, NULL, incoming->answer_to, error);
}
