// Answering the customer. Order: check what was written; in one transaction see whether the thread is still what the writer had
// before them, write the message, queue the mail, end the customer's waiting, and solve when asked to.
#include "base/text.h"
#include "desk/conversation/entry.h"
#include "desk/conversation/verbs.h"
#include "desk/mailbox/mailbox.h"
#include "desk/message.sql.h"
#include "desk/outbox/outbox.h"

static int64_t size_of(const MailAttachmentList *attachments) {
  int64_t size = 0;
  list_each(const MailAttachment, attachment, attachments) size += (int64_t)attachment->bytes.size;
  return size;
}

static ReplyOutcome check(const ReplyDraft *draft) {
  if (size_of(&draft->attachments) > REPLY_ATTACHMENTS_MOST) return REPLY_TOO_LARGE;
  return text_is_blank(draft->text) && draft->attachments.count == 0 ? REPLY_EMPTY : REPLY_KEPT;
}

static bool thread_has_changed(Desk *desk, const Staff *writer, const ReplyDraft *draft, bool *out, GError **error) {
  int64_t newer = 0;
  *out = false;
  return draft->seen_message_id == 0 ||
         message_newest_by_others(desk->db, draft->number, draft->seen_message_id, writer->id, out, &newer, error);
}

static Entry entry_of(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, MessageKind kind) {
  return (Entry){
    .kind = kind,
    .staff_id = writer->id,
    .author_name = writer->name,
    .author_address = "",
    .answer_to = "",
    .recipients = "",
    .subject = "",
    .body = text_trim(arena, draft->text),
    .quoted = "",
    .made_at = clock_now(desk->clock),
    .attachments = &draft->attachments,
  };
}

static const Mailbox *mailbox_of(Arena *arena, Desk *desk, int64_t mailbox_id, GError **error) {
  MailboxList mailboxes = {0};
  if (!mailbox_list(arena, desk, &mailboxes, error)) return NULL;
  list_each(const Mailbox, mailbox, &mailboxes)
    if (mailbox->id == mailbox_id) return mailbox;
  error_set(error, ERROR_BROKEN, "The mailbox of this conversation is gone; restore the database from a backup.");
  return NULL;
}

static const char *subject_of(Arena *arena, const ConversationStand *stand) {
  bool is_answer = g_ascii_strncasecmp(stand->subject, "re:", 3) == 0;
  const char *number = arena_printf(arena, "[#%" G_GINT64_FORMAT "]", stand->number);
  bool has_number = strstr(stand->subject, number) != NULL;
  return arena_printf(arena, "%s%s%s%s", is_answer ? "" : "Re: ", stand->subject, has_number ? "" : " ",
                      has_number ? "" : number);
}

// The mail itself: to whom the customer's latest mail said to answer, in the thread of the last dozen ids.
static bool queue_mail(Arena *arena, Desk *desk, const Staff *writer, const Entry *entry, const ConversationStand *stand,
                       const Mailbox *mailbox, const CustomerMessage *customer, int64_t message_id, GError **error) {
  OutboxDraft mail = {
    .message_id = message_id,
    .number = stand->number,
    .mailbox = mailbox,
    .from_name = text_is_blank(mailbox->name) ? writer->name : arena_printf(arena, "%s, %s", writer->name, mailbox->name),
    .subject = entry->subject,
    .text = text_is_blank(mailbox->signature) ? entry->body
                                              : arena_printf(arena, "%s\n\n-- \n%s", entry->body, mailbox->signature),
    .message_id_header = entry->mail_id,
    .in_reply_to = customer->mail_id,
    .attachments = *entry->attachments,
  };
  *list_add(arena, &mail.to) = (MailAddress){customer->author_name, customer->answer_to};
  TextList newest_first = {0};
  if (!message_select_last_ids(arena, desk->db, stand->number, &newest_first, error)) return false;
  for (size_t i = newest_first.count; i > 0; i--)
    if (strcmp(newest_first.items[i - 1], entry->mail_id) != 0) *list_add(arena, &mail.references) = newest_first.items[i - 1];
  return outbox_add(arena, desk, &mail, error);
}

static ConversationStand stand_after_reply(const ConversationStand *before, const Staff *writer, const ReplyDraft *draft,
                                           int64_t now) {
  ConversationStand after = *before;
  after.waiting_since = 0;
  if (!after.assignee_id) after.assignee_id = writer->id;
  if (draft->solve && after.state == CONVERSATION_OPEN) {
    after.state = CONVERSATION_SOLVED;
    after.solved_at = now;
  }
  return after;
}

static bool write_reply(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, const ConversationStand *before,
                        Entry *entry, const CustomerMessage *customer, int64_t *out_message_id, GError **error) {
  const Mailbox *mailbox = mailbox_of(arena, desk, before->mailbox_id, error);
  if (!mailbox) return false;
  ConversationStand after = stand_after_reply(before, writer, draft, entry->made_at);
  entry->state = MESSAGE_WAITING;
  entry->recipients = customer->answer_to;
  entry->author_address = mailbox->address;
  entry->subject = subject_of(arena, before);
  entry->mail_id = outbox_new_mail_id(arena, desk, draft->number, mailbox);
  if (!entry_add(arena, desk, &after, entry, out_message_id, error) || !stand_save(desk, before, &after, error) ||
      !queue_mail(arena, desk, writer, entry, before, mailbox, customer, *out_message_id, error) ||
      !event_add(desk, draft->number, EVENT_REPLIED, writer, "", error))
    return false;
  bool solved_now = after.state != before->state;
  return !solved_now || event_add(desk, draft->number, EVENT_SOLVED, writer, "", error);
}

bool conversation_reply(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                        int64_t *out_message_id, GError **error) {
  *out_outcome = check(draft);
  if (*out_outcome != REPLY_KEPT) return true;
  Entry entry = entry_of(arena, desk, writer, draft, MESSAGE_AGENT);
  entry.attachment_blobs = entry_prepare_attachments(arena, &draft->attachments);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const ConversationStand *before = tx ? stand_load(arena, desk, draft->number, error) : NULL;
  if (!before) return false;
  bool has_changed = false;
  CustomerMessage *customer = NULL;
  if (!thread_has_changed(desk, writer, draft, &has_changed, error) ||
      !message_select_last_customer(arena, desk->db, draft->number, &customer, error))
    return false;
  if (has_changed)
    *out_outcome = REPLY_THREAD_CHANGED;
  else if (!customer || !mail_address_is_valid(customer->answer_to))
    *out_outcome = REPLY_NO_RECIPIENT;
  if (*out_outcome != REPLY_KEPT) return true;
  return write_reply(arena, desk, writer, draft, before, &entry, customer, out_message_id, error) && db_commit(&tx, error);
}

bool conversation_note(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                       int64_t *out_message_id, GError **error) {
  *out_outcome = check(draft);
  if (*out_outcome != REPLY_KEPT) return true;
  Entry entry = entry_of(arena, desk, writer, draft, MESSAGE_NOTE);
  entry.attachment_blobs = entry_prepare_attachments(arena, &draft->attachments);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ConversationStand *before = tx ? stand_load(arena, desk, draft->number, error) : NULL;
  if (!before) return false;
  ConversationStand after = *before;
  return entry_add(arena, desk, &after, &entry, out_message_id, error) && stand_save(desk, before, &after, error) &&
         event_add(desk, draft->number, EVENT_NOTED, writer, "", error) && db_commit(&tx, error);
}
