// Mail from somebody under a restriction, and mail that says somebody is in danger: see desk/boundary. The answer about how to be heard
// is automatic mail like the acknowledgement, in the same language and under the same bounds (answering.c), never to a machine, and only
// once in a while; it comes instead of an acknowledgement and not beside it.
#include "base/text.h"
#include "desk/boundary/safety.h"
#include "desk/outbox/automatic.h"
#include "desk/received/incoming.h"
#include "desk/template/template.h"

bool incoming_find_boundary(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *after, Measure **out,
                            GError **error) {
  *out = NULL;
  if (incoming->mail->kind != MAIL_PERSON || incoming->is_from_us || incoming->is_history) return true;
  const char *answer_key = mail_address_key(arena, incoming->answer_to);
  if (!boundary_for_writer(arena, desk, after->customer_id, incoming->sender_key, answer_key, out, error)) return false;
  if (*out) boundary_route(*out, after);
  return true;
}

static bool words_of(Arena *arena, Desk *desk, const Incoming *incoming, const Measure *holds, const ConversationStand *stand,
                     TemplateWords *out, GError **error) {
  HeardFacts facts = {.number = stand->number,
                      .since = holds->starts_at,
                      .until = holds->ends_at,
                      .customer_name = incoming->from.name,
                      .who = holds->contact_name,
                      .outside = holds->outside,
                      .mailbox = incoming->mailbox};
  const char *language = incoming->reading ? incoming->reading->language : NULL;
  return template_language(arena, desk, language, stand->customer_id, incoming->mailbox, &facts.language, error) &&
         template_how_to_be_heard(arena, desk, &facts, out, error);
}

static bool send(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *stand, const TemplateWords *words,
                 GError **error) {
  const AutomaticDraft draft = {.mailbox = incoming->mailbox,
                                .to = {incoming->from.name, incoming->answer_to},
                                .subject = words->subject,
                                .body = words->body,
                                .in_reply_to = incoming->mail->message_id,
                                .about = AUTOMATIC_HOW_TO_BE_HEARD,
                                .made_at = incoming->received_at};
  return outbox_write_automatic(arena, desk, stand, &draft, error);
}

static bool tell(Arena *arena, Desk *desk, const Incoming *incoming, const Measure *holds, ConversationStand *stand,
                 bool *out_told, GError **error) {
  bool may = false;
  TemplateWords words;
  if (!boundary_is_to_be_told(holds, clock_now(desk->clock)) || incoming->is_quiet) return true;
  if (!incoming_may_answer(arena, desk, incoming, &may, error)) return false;
  if (!may) return true;
  *out_told = true;
  return words_of(arena, desk, incoming, holds, stand, &words, error) && send(arena, desk, incoming, stand, &words, error) &&
         boundary_note_told(desk, holds, error);
}

bool incoming_keep_boundary(Arena *arena, Desk *desk, const Incoming *incoming, const Measure *holds,
                            const ConversationStand *before, ConversationStand *after, int64_t message_id, bool *out_told,
                            GError **error) {
  bool is_news = incoming->mail->kind == MAIL_PERSON && !incoming->is_from_us && !incoming->is_history;
  *out_told = false;
  if (is_news && !safety_look(arena, desk, incoming->reading, message_id, error)) return false;
  return !holds || (boundary_note_mail(arena, desk, holds, before, after, message_id, error) &&
                    tell(arena, desk, incoming, holds, after, out_told, error));
}
