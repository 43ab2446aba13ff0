// The acknowledgement of receipt, in the customer's language: see desk/template. Sent as automatic mail
// (RFC 3834) with an empty envelope sender, once for a conversation, when answering.c allows it.
#include "base/text.h"
#include "desk/customer/people.h"
#include "desk/outbox/automatic.h"
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
  const AutomaticDraft draft = {.mailbox = incoming->mailbox,
                                .to = {incoming->from.name, incoming->answer_to},
                                .subject = words.subject,
                                .body = words.body,
                                .in_reply_to = incoming->mail->message_id,
                                .about = AUTOMATIC_ACKNOWLEDGEMENT,
                                .made_at = incoming->received_at};
  return outbox_write_automatic(arena, desk, stand, &draft, error) &&
         event_add(desk, stand->number, EVENT_ACKNOWLEDGED, NULL, incoming->answer_to, error);
}
