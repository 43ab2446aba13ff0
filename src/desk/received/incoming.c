// Making a mail ready: which mailbox it is for, who wrote it, its blobs packed and its text read, all before the transaction.
#include "desk/received/incoming.h"

#include "base/text.h"

#define MAILBOXES_MOST 50 // made by themselves; a catch-all domain would make one for every word a spammer tries

// Where the envelope, or else the headers, say that it was sent to one of ours (EMAIL-CASES 39: the envelope first).
static const Mailbox *addressed_mailbox(Arena *arena, const Incoming *incoming) {
  const Mailbox *found = NULL;
  const MailboxList *ours = &incoming->mailboxes;
  if (mailbox_is_ours(arena, ours, incoming->envelope_to, &found)) return found;
  list_each(const Text, address, &incoming->mail->delivered_to)
    if (mailbox_is_ours(arena, ours, *address, &found)) return found;
  list_each(const MailAddress, to, &incoming->mail->to)
    if (mailbox_is_ours(arena, ours, to->address, &found)) return found;
  list_each(const MailAddress, cc, &incoming->mail->cc)
    if (mailbox_is_ours(arena, ours, cc->address, &found)) return found;
  return NULL;
}

// A mail server hands over only what its administrator told it to, so an envelope address that we do not know yet becomes a
// mailbox, up to a bound. Without one, the first mailbox takes what nobody else does.
static bool choose_mailbox(Arena *arena, Desk *desk, Incoming *incoming, GError **error) {
  incoming->mailbox = addressed_mailbox(arena, incoming);
  if (incoming->mailbox) return true;
  bool is_usable = mail_address_is_valid(incoming->envelope_to);
  if (incoming->mailboxes.count > 0 && (!is_usable || incoming->mailboxes.count >= MAILBOXES_MOST)) {
    incoming->mailbox = &incoming->mailboxes.items[0];
    return true;
  }
  const char *base = incoming->envelope_to, *tag;
  mail_address_split_tag(arena, incoming->envelope_to, &base, &tag);
  const char *address = is_usable ? base : "desk@localhost";
  g_autoptr(GError) problem = NULL;
  int64_t id = 0;
  if (!mailbox_add(desk, address, desk->name, "", &id, &problem) && !error_is(problem, ERROR_CONFLICT)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  incoming->mailboxes = (MailboxList){0};
  if (!mailbox_list(arena, desk, &incoming->mailboxes, error)) return false;
  if (!mailbox_is_ours(arena, &incoming->mailboxes, address, &incoming->mailbox))
    return error_set(error, ERROR_BROKEN, "The mailbox %s cannot be made.", address);
  return true;
}

// Reply-To counts on a person's mail only (EMAIL-CASES 37), and never when it points back at us.
static const char *answer_address(Arena *arena, const Incoming *incoming) {
  const Mail *mail = incoming->mail;
  if (mail->kind == MAIL_BOUNCE || mail->bounced_id) return ""; // a report; nobody reads an answer to it
  if (mail->kind == MAIL_PERSON)
    list_each(const MailAddress, address, &mail->reply_to)
      if (mail_address_is_valid(address->address) && !mailbox_is_ours(arena, &incoming->mailboxes, address->address, NULL))
        return address->address;
  return mail_address_is_valid(mail->from.address) && !incoming->is_from_us ? mail->from.address : "";
}

static void prepare_blobs(Arena *arena, const ReceivedInput *input, Incoming *out) {
  const Mail *mail = input->mail;
  out->original = blob_prepare(arena, input->raw);
  out->attachments = entry_prepare_attachments(arena, &mail->attachments);
  if (!mail->html) return;
  Blob *html = arena_make(arena, Blob);
  *html = blob_prepare(arena, bytes_of_text(mail->html));
  out->html = html;
}

bool incoming_prepare(Arena *arena, Desk *desk, const ReceivedInput *input, Incoming *out, GError **error) {
  const Mail *mail = input->mail;
  *out = (Incoming){.mail = mail,
                    .envelope_to = input->envelope_to ? text_one_line(arena, input->envelope_to) : "",
                    .received_at = clock_now(desk->clock)};
  if (!mailbox_list(arena, desk, &out->mailboxes, error) || !choose_mailbox(arena, desk, out, error)) return false;
  out->is_from_us = mailbox_is_ours(arena, &out->mailboxes, mail->from.address, NULL);
  out->sender_key = mail_address_is_valid(mail->from.address) ? mail_address_key(arena, mail->from.address) : "";
  out->answer_to = answer_address(arena, out);
  prepare_blobs(arena, input, out);
  bool has_words = mail->kind == MAIL_PERSON && !text_is_blank(mail->reply);
  if (has_words) out->reading = insight_read(arena, mail->reply, strlen(mail->reply));
  return true;
}
