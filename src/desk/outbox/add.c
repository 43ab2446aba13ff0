// Queueing a mail: compose it once, keep its bytes, and remember the envelope. What is kept is what is sent, however often; only a
// DKIM signature is put above it on the way out (mail/dkim.h says why then).
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

static void append_recipients(GString *lines, const MailAddressList *list) {
  list_each(const MailAddress, address, list) g_string_append_printf(lines, "%s%s", lines->len ? "\n" : "", address->address);
}

static const char *envelope_recipients(Arena *arena, const OutboxDraft *draft) {
  g_autoptr(GString) lines = g_string_new(NULL);
  append_recipients(lines, &draft->to);
  append_recipients(lines, &draft->cc);
  append_recipients(lines, &draft->bcc);
  return arena_strndup(arena, lines->str, lines->len);
}

static bool add_deliveries(Desk *desk, const OutboxDraft *draft, GError **error) {
  const MailAddressList *const lists[] = {
    [RECIPIENT_TO] = &draft->to, [RECIPIENT_CC] = &draft->cc, [RECIPIENT_BCC] = &draft->bcc};
  int64_t place = 0;
  for (size_t role = 0; role < G_N_ELEMENTS(lists); role++)
    list_each(const MailAddress, address, lists[role])
      if (!delivery_insert(desk->db, draft->message_id, place++, (int64_t)role, address->address,
                           address->name ? address->name : "", error))
        return false;
  return true;
}

static Bytes compose(Arena *arena, Desk *desk, const OutboxDraft *draft, const BrandMark *brand, const char *token,
                     const char *answer_to) {
  Letter letter = {.words = draft->text,
                   .signature = draft->signature,
                   .token = draft->answer_token ? NULL : token, // what lets a person act stands in the address alone
                   .quote = draft->quote,
                   .is_plain = draft->is_automatic,
                   .brand = brand,
                   .mail_id = draft->message_id_header};
  MailDraft mail = {
    .from = {draft->from_name, draft->mailbox->address},
    .reply_to = {draft->mailbox->name, answer_to},
    .to = draft->to,
    .cc = draft->cc,
    .subject = draft->subject,
    .message_id = draft->message_id_header,
    .in_reply_to = draft->in_reply_to,
    .references = draft->references,
    .date = clock_now(desk->clock),
    .auto_submitted = draft->is_automatic ? "auto-replied" : NULL,
    .loop_mark = reply_token(arena, desk, draft->number),
    .attachments = draft->attachments,
  };
  letter_write(arena, &letter, &mail.attachments, &mail.text, &mail.html);
  return mail_compose(arena, &mail);
}

bool outbox_add(Arena *arena, Desk *desk, const OutboxDraft *draft, GError **error) {
  const char *token = draft->answer_token ? draft->answer_token : reply_token(arena, desk, draft->number);
  const char *answer_to = mail_address_with_tag(arena, draft->mailbox->address, token);
  int64_t now = clock_now(desk->clock);
  const OutboxHold *hold = &draft->hold;
  bool is_to_customer = draft->is_automatic && !draft->answer_token; // and not to one of the staff
  BrandMark *brand = NULL;                                           // of what people write
  if (!draft->is_automatic && !brand_mark(arena, desk, &brand, error)) return false;
  Blob original = blob_prepare(arena, compose(arena, desk, draft, brand, token, answer_to));
  return blob_keep(desk, &original, error) && message_update_original(desk->db, draft->message_id, original.hash, error) &&
         outbox_insert(desk->db, draft->message_id, draft->number, draft->is_automatic ? "" : answer_to,
                       envelope_recipients(arena, draft), mail_address_key(arena, draft->to.items[0].address), original.hash,
                       draft->is_automatic, is_to_customer ? &draft->mailbox->id : NULL, draft->about, now, MAX(now, hold->until),
                       hold->until, hold->waiting_before ? &hold->waiting_before : NULL, hold->took_it, hold->solved_it, error) &&
         add_deliveries(desk, draft, error) && db_announce(desk->db, error); // to who sends: no event may say so
}
