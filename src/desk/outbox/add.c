// Queueing a mail: compose it once, keep its bytes, and remember the envelope. What is kept is what is sent, however often.
//
// Answers by people come from the tokened address too, so that a bounce finds its way home (VERP, RFC 5321 4.5.5 for the empty
// sender of automatic mail).
#include "desk/blob/blob.h"
#include "desk/message.sql.h"
#include "desk/outbox.sql.h"
#include "desk/outbox/outbox.h"

const char *outbox_new_mail_id(Arena *arena, Desk *desk, int64_t number, const Mailbox *mailbox) {
  const char *at = strrchr(mailbox->address, '@');
  return arena_printf(arena, "%" G_GINT64_FORMAT ".%s@%s", number, random_token(arena, desk->random, 15),
                      at ? at + 1 : "localhost");
}

static const char *envelope_recipients(Arena *arena, const MailAddressList *to) {
  g_autoptr(GString) lines = g_string_new(NULL);
  list_each(const MailAddress, address, to) g_string_append_printf(lines, "%s%s", lines->len ? "\n" : "", address->address);
  return arena_strndup(arena, lines->str, lines->len);
}

bool outbox_add(Arena *arena, Desk *desk, const OutboxDraft *draft, GError **error) {
  const char *answer_to = mail_address_with_tag(arena, draft->mailbox->address, reply_token(arena, desk, draft->number));
  MailDraft mail = {
    .from = {draft->from_name, draft->mailbox->address},
    .reply_to = {draft->mailbox->name, answer_to},
    .to = draft->to,
    .subject = draft->subject,
    .message_id = draft->message_id_header,
    .in_reply_to = draft->in_reply_to,
    .references = draft->references,
    .date = clock_now(desk->clock),
    .text = draft->text,
    .auto_submitted = draft->is_automatic ? "auto-replied" : NULL,
    .loop_mark = reply_token(arena, desk, draft->number),
    .attachments = draft->attachments,
  };
  Blob original = blob_prepare(arena, mail_compose(arena, &mail));
  return blob_keep(desk, &original, error) && message_update_original(desk->db, draft->message_id, original.hash, error) &&
         outbox_insert(desk->db, draft->message_id, draft->number, draft->is_automatic ? "" : answer_to,
                       envelope_recipients(arena, &draft->to), mail_address_key(arena, draft->to.items[0].address), original.hash,
                       draft->is_automatic, clock_now(desk->clock), error);
}
