// Answering the customer. Order: check what was written; in one transaction see whether the thread is still what the writer had
// before them, write the message, queue the mail, end the customer's waiting, and solve when asked to.
#include "desk/conversation/reply.h"
#include "base/text.h"
#include "desk/complaint/happen.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/entry.h"
#include "desk/conversation/recipients.h"
#include "desk/conversation/verbs.h"
#include "desk/draft/draft.h"
#include "desk/mailbox/mailbox.h"
#include "desk/mention/mention.h"
#include "desk/message.sql.h"
#include "desk/outbox.sql.h"
#include "desk/outbox/outbox.h"
#include "desk/protocol/script.h"
#include "desk/template/language.h"

static int64_t size_of(const MailAttachmentList *attachments) {
  int64_t size = 0;
  list_each(const MailAttachment, attachment, attachments) size += (int64_t)attachment->bytes.size;
  return size;
}

static ReplyOutcome check(const ReplyDraft *draft) {
  int64_t most = draft->attachments_most ? draft->attachments_most : REPLY_ATTACHMENTS_MOST;
  if (size_of(&draft->attachments) > most) return REPLY_TOO_LARGE;
  g_autoptr(Arena) arena = arena_new();
  if (offer_problem(arena, &draft->offer)) return REPLY_WRONG_OFFER;
  return text_is_blank(draft->text) && draft->attachments.count == 0 ? REPLY_EMPTY : REPLY_KEPT;
}

// A mark that nobody filled in leaves the house only when its writer was told of just these and means them.
static ReplyOutcome check_answer(Arena *arena, const ReplyDraft *draft) {
  ReplyOutcome outcome = check(draft);
  const char *blanks = script_blank_names(arena, draft->text ? draft->text : "");
  bool is_told = !*blanks || g_strcmp0(draft->blanks_meant, blanks) == 0;
  return outcome == REPLY_KEPT && !is_told ? REPLY_BLANKS : outcome;
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

static const Mailbox *mailbox_of(Arena *arena, const MailboxList *mailboxes, int64_t mailbox_id, GError **error) {
  list_each(const Mailbox, mailbox, mailboxes)
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

// Everything that an answer is made of, gathered before anything is written.
typedef struct Answer {
  const Staff *writer;
  const ReplyDraft *draft;
  const ConversationStand *before;
  const CustomerMessage *customer;
  const Mailbox *mailbox;
  MailAddressList to, cc, bcc;
  const char *signature; // the writer's and the mailbox's; "" when there is none
} Answer;

static bool load_signature(Arena *arena, Desk *desk, Answer *answer, GError **error) {
  const char *own = NULL, *ours = text_trim(arena, answer->mailbox->signature);
  if (!staff_signature(arena, desk, answer->writer->id, &own, error)) return false;
  answer->signature = arena_printf(arena, "%s%s%s", own, *own && *ours ? "\n" : "", ours);
  return true;
}

// In their language, with the time where the mailbox is.
static const Language *language_of(const Answer *answer) {
  const Language *language = language_find(answer->customer->language);
  if (!language) language = language_find(answer->mailbox->language);
  return language ? language : language_find("en");
}

static LetterQuote quote_of(Arena *arena, const Answer *answer) {
  const CustomerMessage *customer = answer->customer;
  const Language *language = language_of(answer);
  g_autoptr(GTimeZone) zone = mailbox_zone(answer->mailbox);
  const char *name = text_is_blank(customer->author_name) ? customer->answer_to : text_one_line(arena, customer->author_name);
  return (LetterQuote){.attribution = language_attribution(arena, language, customer->made_at, zone, name),
                       .text = customer->body};
}

// What the answer offers, and what the mail says of it below the writer's words.
static bool add_offer(Arena *arena, Desk *desk, const Answer *answer, int64_t message_id, const char **out_words,
                      GError **error) {
  g_autoptr(GTimeZone) zone = mailbox_zone(answer->mailbox);
  OfferCarrier carrier = {.number = answer->before->number,
                          .message_id = message_id,
                          .writer = answer->writer,
                          .language = language_of(answer),
                          .zone = zone};
  return offer_add(arena, desk, &carrier, &answer->draft->offer, out_words, error);
}

// The mail itself: to whom the customer's latest mail said to answer, in the thread of the last dozen ids.
static bool queue_mail(Arena *arena, Desk *desk, const Answer *answer, const Entry *entry, const OutboxHold *hold,
                       int64_t message_id, GError **error) {
  LetterQuote quote = quote_of(arena, answer);
  const char *offered = NULL;
  if (!add_offer(arena, desk, answer, message_id, &offered, error)) return false;
  OutboxDraft mail = {
    .message_id = message_id,
    .number = answer->before->number,
    .mailbox = answer->mailbox,
    .from_name = mailbox_sender(arena, answer->mailbox, answer->writer->name),
    .to = answer->to,
    .cc = answer->cc,
    .bcc = answer->bcc,
    .subject = entry->subject,
    .text = arena_printf(arena, "%s%s", entry->body, offered),
    .signature = answer->signature,
    .quote = &quote,
    .message_id_header = entry->mail_id,
    .in_reply_to = answer->customer->mail_id,
    .attachments = *entry->attachments,
    .hold = *hold,
  };
  TextList newest_first = {0};
  if (!message_select_last_ids(arena, desk->db, mail.number, &newest_first, error)) return false;
  for (size_t i = newest_first.count; i > 0; i--)
    if (strcmp(newest_first.items[i - 1], entry->mail_id) != 0) *list_add(arena, &mail.references) = newest_first.items[i - 1];
  return outbox_add(arena, desk, &mail, error);
}

static ConversationStand stand_after_reply(const ConversationStand *before, const Staff *writer, bool solve, int64_t now) {
  ConversationStand after = *before;
  after.waiting_since = 0;
  if (!after.assignee_id || before->is_with_gone) after.assignee_id = writer->id;
  if (solve && after.state == CONVERSATION_OPEN) {
    after.state = CONVERSATION_SOLVED;
    after.solved_at = now;
  }
  return after;
}

static OutboxHold hold_of(const Answer *answer, const ConversationStand *after, int64_t now) {
  const ConversationStand *before = answer->before;
  if (answer->draft->hold <= 0) return (OutboxHold){0};
  return (OutboxHold){.until = now + answer->draft->hold,
                      .waiting_before = before->waiting_since,
                      .took_it = before->assignee_id != after->assignee_id,
                      .solved_it = before->state != after->state};
}

// Who got a copy may answer into the conversation. Who got it unseen stays unseen.
static bool add_participants(Arena *arena, Desk *desk, const Answer *answer, int64_t message_id, GError **error) {
  list_each(const MailAddress, address, &answer->cc) {
    int64_t joined = 0;
    if (!participant_join(desk->db, answer->before->number, mail_address_key(arena, address->address), address->address,
                          text_one_line(arena, address->name), &joined, error) ||
        (joined && !delivery_set_joined(desk->db, message_id, address->address, error)))
      return false;
  }
  return true;
}

static bool write_reply(Arena *arena, Desk *desk, const Answer *answer, Entry *entry, int64_t *out_message_id, GError **error) {
  const ConversationStand *before = answer->before;
  int64_t number = before->number;
  const char *forbidden = NULL;
  if (answer->draft->solve && !complaint_forbids_solving(arena, desk, number, &forbidden, error)) return false;
  ConversationStand after = stand_after_reply(before, answer->writer, answer->draft->solve && !forbidden, entry->made_at);
  OutboxHold hold = hold_of(answer, &after, entry->made_at);
  entry->state = MESSAGE_WAITING;
  entry->recipients = answer->customer->answer_to;
  entry->author_address = answer->mailbox->address;
  entry->subject = subject_of(arena, before);
  entry->mail_id = outbox_new_mail_id(arena, desk, number, answer->mailbox);
  if (!entry_add(arena, desk, &after, entry, out_message_id, error) || !stand_save(desk, before, &after, error) ||
      !queue_mail(arena, desk, answer, entry, &hold, *out_message_id, error) ||
      !add_participants(arena, desk, answer, *out_message_id, error) ||
      !script_note_sent(arena, desk, answer->writer->id, number, *out_message_id, entry->body, error) ||
      !event_add(desk, number, EVENT_REPLIED, answer->writer, "", error))
    return false;
  bool solved_now = after.state != before->state;
  return !solved_now || event_add(desk, number, EVENT_SOLVED, answer->writer, "", error);
}

static bool prepare(Arena *arena, Desk *desk, Answer *answer, ReplyOutcome *out_outcome, GError **error) {
  const ReplyDraft *draft = answer->draft;
  CustomerMessage *customer = NULL;
  MailboxList mailboxes = {0};
  bool has_changed = false;
  if (!thread_has_changed(desk, answer->writer, draft, &has_changed, error) ||
      !message_select_last_customer(arena, desk->db, draft->number, &customer, error) ||
      !mailbox_list(arena, desk, &mailboxes, error))
    return false;
  answer->customer = customer;
  answer->mailbox = mailbox_of(arena, &mailboxes, answer->before->mailbox_id, error);
  if (!answer->mailbox) return false;
  if (has_changed)
    *out_outcome = REPLY_THREAD_CHANGED;
  else if (!customer || !mail_address_is_valid(customer->answer_to))
    *out_outcome = REPLY_NO_RECIPIENT;
  else if (!recipients_settle(arena, &mailboxes, customer, draft, &answer->to, &answer->cc, &answer->bcc))
    *out_outcome = REPLY_WRONG_RECIPIENT;
  return *out_outcome != REPLY_KEPT || load_signature(arena, desk, answer, error);
}

static bool answer_with(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, Entry *entry,
                        ReplyOutcome *out_outcome, int64_t *out_message_id, GError **error) {
  Answer answer = {.writer = writer, .draft = draft, .before = stand_load(arena, desk, draft->number, error)};
  if (!answer.before || !prepare(arena, desk, &answer, out_outcome, error)) return false;
  return *out_outcome != REPLY_KEPT || write_reply(arena, desk, &answer, entry, out_message_id, error);
}

bool reply_inside(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                  int64_t *out_message_id, GError **error) {
  *out_outcome = check_answer(arena, draft);
  if (*out_outcome != REPLY_KEPT) return true;
  Entry entry = entry_of(arena, desk, writer, draft, MESSAGE_AGENT);
  entry.attachment_blobs = entry_prepare_attachments(arena, &draft->attachments);
  return answer_with(arena, desk, writer, draft, &entry, out_outcome, out_message_id, error);
}

// With the files of the writer's draft that go along, first those.
static bool with_kept_files(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, DraftKind kind,
                            ReplyDraft *out, GError **error) {
  *out = *draft;
  out->attachments = (MailAttachmentList){0};
  if (!draft_take_files(arena, desk, writer->id, draft->number, kind, &draft->kept, &out->attachments, error)) return false;
  list_each(const MailAttachment, file, &draft->attachments) *list_add(arena, &out->attachments) = *file;
  return true;
}

bool conversation_reply(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                        int64_t *out_message_id, GError **error) {
  ReplyDraft whole;
  if (!with_kept_files(arena, desk, writer, draft, DRAFT_REPLY, &whole, error)) return false;
  *out_outcome = check_answer(arena, &whole);
  if (*out_outcome != REPLY_KEPT) return true;
  Entry entry = entry_of(arena, desk, writer, &whole, MESSAGE_AGENT);
  entry.attachment_blobs = entry_prepare_attachments(arena, &whole.attachments);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !answer_with(arena, desk, writer, &whole, &entry, out_outcome, out_message_id, error)) return false;
  return *out_outcome != REPLY_KEPT ||
         (draft_forget(desk, writer->id, draft->number, DRAFT_REPLY, error) && db_commit(&tx, error));
}

bool conversation_note(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                       int64_t *out_message_id, GError **error) {
  ReplyDraft whole;
  if (!with_kept_files(arena, desk, writer, draft, DRAFT_NOTE, &whole, error)) return false;
  *out_outcome = check(&whole);
  if (*out_outcome != REPLY_KEPT) return true;
  Entry entry = entry_of(arena, desk, writer, &whole, MESSAGE_NOTE);
  entry.attachment_blobs = entry_prepare_attachments(arena, &whole.attachments);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ConversationStand *before = tx ? stand_load(arena, desk, draft->number, error) : NULL;
  if (!before) return false;
  ConversationStand after = *before;
  return entry_add(arena, desk, &after, &entry, out_message_id, error) && stand_save(desk, before, &after, error) &&
         event_add(desk, draft->number, EVENT_NOTED, writer, "", error) &&
         mention_keep(arena, desk, &after, writer, *out_message_id, entry.body, error) &&
         draft_forget(desk, writer->id, draft->number, DRAFT_NOTE, error) && db_commit(&tx, error);
}

bool conversation_preview(Arena *arena, Desk *desk, const Staff *writer, int64_t number, const char *text,
                          MailAttachmentList *files, const char **out_html, GError **error) {
  MailboxList mailboxes = {0};
  Answer answer = {.writer = writer, .before = stand_load(arena, desk, number, error)};
  if (!answer.before || !mailbox_list(arena, desk, &mailboxes, error)) return false;
  answer.mailbox = mailbox_of(arena, &mailboxes, answer.before->mailbox_id, error);
  if (!answer.mailbox || !load_signature(arena, desk, &answer, error)) return false;
  BrandMark *brand = NULL;
  if (!brand_mark(arena, desk, &brand, error)) return false;
  Letter letter = {.words = text, .signature = answer.signature, .mail_id = "preview", .brand = brand};
  *out_html = letter_preview(arena, &letter, files);
  return true;
}
