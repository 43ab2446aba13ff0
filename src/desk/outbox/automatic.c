// Automatic mail: what the desk writes to a customer by itself stands in the conversation like any message, and goes out without asking
// for answers by machines. Whether it may be written at all is asked before (received/answering.c, rule/answer.c).
#include "desk/outbox/automatic.h"

#include "base/text.h"
#include "desk/conversation/entry.h"

bool outbox_write_automatic(Arena *arena, Desk *desk, ConversationStand *stand, const AutomaticDraft *draft, GError **error) {
  const Mailbox *mailbox = draft->mailbox;
  const char *sender = text_is_blank(mailbox->name) ? desk->name : mailbox->name;
  Entry entry = {
    .kind = MESSAGE_AUTOMATIC,
    .state = MESSAGE_WAITING,
    .author_name = sender,
    .author_address = mailbox->address,
    .answer_to = "",
    .recipients = draft->to.address,
    .subject = draft->subject,
    .body = draft->body,
    .quoted = "",
    .made_at = draft->made_at,
    .mail_id = outbox_new_mail_id(arena, desk, stand->number, mailbox),
  };
  int64_t message_id = 0;
  if (!entry_add(arena, desk, stand, &entry, &message_id, error)) return false;
  OutboxDraft mail = {
    .message_id = message_id,
    .number = stand->number,
    .mailbox = mailbox,
    .from_name = sender,
    .subject = draft->subject,
    .text = draft->body,
    .signature = draft->signature,
    .message_id_header = entry.mail_id,
    .in_reply_to = draft->in_reply_to,
    .about = draft->about,
    .is_automatic = true,
  };
  *list_add(arena, &mail.to) = draft->to;
  if (draft->in_reply_to) *list_add(arena, &mail.references) = draft->in_reply_to;
  return outbox_add(arena, desk, &mail, error);
}
