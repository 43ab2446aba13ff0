// Making a mail ready: which mailboxes it is for, who wrote it, its blobs packed and its text read, all before the transaction.
#include "desk/received/incoming.h"

#include "base/text.h"
#include "desk/learning/learning.h"

#define MAILBOXES_MOST 50 // made by themselves; a catch-all domain would make one for every word a spammer tries

// Where the envelope, or else the headers, say that it was sent to one of ours (doc/mail.md 39: the envelope first).
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
  const char *base = incoming->envelope_to, *tag;
  mail_address_split_tag(arena, incoming->envelope_to, &base, &tag);
  bool is_usable = mail_address_is_valid(base) && !strchr(base, '+'); // "help+@…" is no mailbox of its own
  if (incoming->mailboxes.count > 0 && (!is_usable || incoming->mailboxes.count >= MAILBOXES_MOST)) {
    incoming->mailbox = &incoming->mailboxes.items[0];
    return true;
  }
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

// One transaction may bring a mail to several of ours (doc/mail.md 35): the first has the conversation, the others follow it.
static void find_others(Arena *arena, const ReceivedInput *input, Incoming *incoming) {
  g_autoptr(GString) lines = g_string_new(incoming->envelope_to);
  list_each(const Text, given, &input->envelope_more) {
    const Mailbox *found = NULL;
    const char *address = text_one_line(arena, *given);
    if (!*address) continue;
    g_string_append_printf(lines, "\n%s", address);
    if (mailbox_is_ours(arena, &incoming->mailboxes, address, &found) && found->id != incoming->mailbox->id)
      *list_add(arena, &incoming->came_too) = *found;
  }
  incoming->envelope = arena_strndup(arena, lines->str, lines->len);
}

// What is to be filed: nothing but an empty mail when nothing could be found out, and no files when they were cut off.
static const Mail *usable_mail(Arena *arena, const ReceivedInput *input, int64_t whole_size) {
  static const Mail nothing = {.from = {"", ""},
                               .subject = "",
                               .text = "",
                               .reply = "",
                               .quoted = "",
                               .signature = "",
                               .original_from = {"", ""},
                               .protection = {.signer = "", .reason = ""}};
  const Mail *mail = input->mail ? input->mail : &nothing;
  if (!whole_size || mail->attachments.count == 0) return mail;
  Mail *cut = arena_copy(arena, mail, sizeof *mail);
  cut->attachments = (MailAttachmentList){0};
  return cut;
}

static void prepare_blobs(Arena *arena, const ReceivedInput *input, Incoming *out) {
  const Mail *mail = out->mail;
  out->original = blob_prepare(arena, input->raw);
  out->attachments = entry_prepare_attachments(arena, &mail->attachments);
  if (!mail->html) return;
  Blob *html = arena_make(arena, Blob);
  *html = blob_prepare(arena, bytes_of_text(mail->html));
  out->html = html;
}

bool incoming_prepare(Arena *arena, Desk *desk, const ReceivedInput *input, Incoming *out, GError **error) {
  int64_t whole_size = input->whole_size > (int64_t)input->raw.size ? input->whole_size : 0;
  const Mail *mail = usable_mail(arena, input, whole_size);
  *out = (Incoming){.mail = mail,
                    .whole_size = whole_size,
                    .is_quiet = whole_size > 0, // another mail says more than the acknowledgement
                    .envelope_to = input->envelope_to ? text_one_line(arena, input->envelope_to) : "",
                    .received_at = clock_now(desk->clock)};
  if (!policy_load(arena, desk, &out->policy, error) || !mailbox_list(arena, desk, &out->mailboxes, error) ||
      !choose_mailbox(arena, desk, out, error))
    return false;
  find_others(arena, input, out);
  if (!incoming_find_sender(arena, desk, out, error) || !incoming_find_words(arena, desk, out, error)) return false;
  prepare_blobs(arena, input, out);
  out->content_hash = incoming_content_hash(arena, out);
  bool has_words = mail->kind == MAIL_PERSON && !text_is_blank(out->reply);
  return !has_words || learning_read(arena, desk, out->reply, strlen(out->reply), &out->reading, error);
}
