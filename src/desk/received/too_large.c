// A mail over the limit (doc/mail.md 45): its beginning stands in the conversation, whose journal says how large it was. The sender
// hears it once, in one automatic mail that takes the place of the acknowledgement; the same mail coming again is known and says
// nothing more.
#include "base/log.h"
#include "base/text.h"
#include "desk/customer/people.h"
#include "desk/outbox/automatic.h"
#include "desk/received/incoming.h"
#include "desk/template/template.h"

static bool tell_sender(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *stand, int64_t megabytes,
                        GError **error) {
  const Mailbox *mailbox = incoming->mailbox;
  const char *subject = text_is_blank(incoming->mail->subject) ? stand->subject : incoming->mail->subject;
  const char *language = incoming->reading ? incoming->reading->language : NULL;
  TooLargeFacts facts = {.number = stand->number,
                         .megabytes = megabytes,
                         .customer_name = incoming->from.name,
                         .subject = text_clamp(arena, subject, 200),
                         .mailbox = mailbox};
  TemplateWords words;
  if (!customer_called(arena, desk, stand->customer_id, facts.customer_name, &facts.customer_name, error) ||
      !template_language(arena, desk, language, stand->customer_id, mailbox, &facts.language, error) ||
      !template_too_large(arena, desk, &facts, &words, error))
    return false;
  const AutomaticDraft draft = {.mailbox = mailbox,
                                .to = {"", incoming->answer_to},
                                .subject = words.subject,
                                .body = words.body,
                                .in_reply_to = incoming->mail->message_id,
                                .about = AUTOMATIC_TOO_LARGE,
                                .made_at = clock_now(desk->clock)};
  return outbox_write_automatic(arena, desk, stand, &draft, error);
}

bool incoming_tell_too_large(Arena *arena, Desk *desk, const Incoming *incoming, int64_t number, GError **error) {
  int64_t megabytes = (incoming->whole_size + 999999) / 1000000;
  bool may_answer = false;
  log_warning("mail", "#%" G_GINT64_FORMAT ": a mail of %" G_GINT64_FORMAT " MB is over the limit; its beginning is kept.",
              number, megabytes);
  if (!event_add(desk, number, EVENT_TOO_LARGE, NULL, arena_printf(arena, "%" G_GINT64_FORMAT " MB", megabytes), error) ||
      !incoming_may_answer(arena, desk, incoming, &may_answer, error))
    return false;
  if (!may_answer) return true;
  ConversationStand *stand = stand_load(arena, desk, number, error);
  return stand && tell_sender(arena, desk, incoming, stand, megabytes, error);
}
