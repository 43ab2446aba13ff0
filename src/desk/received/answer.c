// An agent answers a notice from their own mail program (doc/mail.md 41). It counts when all of this holds: the token in the address is
// ours and not run out, it was given to the person whose address the mail comes from, that person still works here and may answer,
// and no server we trust says that the sender is forged. It is kept as a note for the team. Lines at the top ask for more:
//
//   #reply        what follows goes to the customer
//   #solve        the conversation is solved
//   #assign me    the writer takes it
//
// Anything else that comes to such an address waits in quarantine with the reason, except what a machine wrote, which nobody needs.
// When a person releases it, what one of the staff wrote is a note by them, whatever it asks for: it never becomes a customer's message.
#include "base/text.h"
#include "desk/complaint/happen.h"
#include "desk/conversation/reply.h"
#include "desk/mention/mention.h"
#include "desk/message.sql.h"
#include "desk/notify/notify.h"
#include "desk/received/incoming.h"

#define IDS_MOST 20

typedef struct Commands {
  bool sends, solves, takes;
  const char *text; // what stands below them
} Commands;

static bool take_command(Commands *commands, const char *line, size_t length) {
  static const char *const words[] = {"#reply", "#solve", "#assign me"};
  bool *const set[] = {&commands->sends, &commands->solves, &commands->takes};
  g_autofree char *given = g_strstrip(g_strndup(line, length));
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_ascii_strcasecmp(given, words[i]) == 0) return *set[i] = true;
  return *given == '\0';
}

static Commands read_commands(Arena *arena, const char *reply) {
  Commands commands = {0};
  const char *at = reply;
  while (*at) {
    size_t length = strcspn(at, "\n");
    if (!take_command(&commands, at, length)) break;
    at += length + (at[length] == '\n');
  }
  commands.text = text_trim(arena, at);
  return commands;
}

// The tag of one address, when it stands at one of ours and looks like a notice's.
static const char *notice_tag(Arena *arena, const Incoming *incoming, const char *address) {
  const char *base, *tag;
  if (!mail_address_split_tag(arena, address, &base, &tag) || !mailbox_is_ours(arena, &incoming->mailboxes, base, NULL))
    return NULL;
  return notice_token_is_meant(tag) ? tag : NULL;
}

static const char *find_tag(Arena *arena, const Incoming *incoming) {
  const Mail *mail = incoming->mail;
  g_auto(GStrv) envelope = g_strsplit(incoming->envelope, "\n", -1);
  const char *tag = NULL;
  for (char **address = envelope; *address && !tag; address++) tag = notice_tag(arena, incoming, *address);
  list_each(const Text, address, &mail->delivered_to) tag = tag ? tag : notice_tag(arena, incoming, *address);
  list_each(const MailAddress, to, &mail->to) tag = tag ? tag : notice_tag(arena, incoming, to->address);
  list_each(const MailAddress, cc, &mail->cc) tag = tag ? tag : notice_tag(arena, incoming, cc->address);
  return tag;
}

// One of the staff answers a notice, but not where it told them to: the conversation that the notice was about, or 0.
static bool answers_elsewhere(Arena *arena, Desk *desk, const Incoming *incoming, int64_t *out_number, GError **error) {
  const TextList *ids = &incoming->mail->references;
  *out_number = 0;
  if (!incoming->staff) return true;
  for (size_t i = 0; i < MIN(ids->count, IDS_MOST); i++) {
    MailIdMarkList marks = {0};
    if (!mail_id_find(arena, desk->db, ids->items[i], &marks, error)) return false;
    list_each(const MailIdMark, mark, &marks) {
      int64_t one = 0;
      bool is_notice = false;
      if (!message_is_notice(desk->db, mark->message_id, &is_notice, &one, error)) return false;
      if (!is_notice) continue;
      *out_number = mark->number;
      return true;
    }
  }
  return true;
}

static const char *refusal(const Desk *desk, const Incoming *incoming, const char *tag, NoticeToken *token) {
  if (!notice_token_read(desk, tag, token)) {
    *token = (NoticeToken){0}; // what it says is anybody's
    return "It came to the address of a notice, but the token in it is not ours.";
  }
  if (!incoming->staff || incoming->staff->id != token->staff_id)
    return "It came to the address of a notice, but not from the person whom the notice was sent to, or they work here no more.";
  int64_t came_at = incoming->is_released ? incoming->received_at : clock_now(desk->clock); // waiting makes it no later
  if (token->until_hour * CLOCK_HOUR <= came_at) return "It answers a notice that can no longer be answered by mail.";
  if (incoming->is_history) return "It answers a notice, but comes from an archive.";
  if (!role_may(incoming->staff->role, PERMISSION_ANSWER)) return "It answers a notice, but its sender may not answer.";
  if (*incoming->doubt) return "It answers a notice, but its sender may be forged: a mail server that we trust says so.";
  return NULL;
}

// What may not act waits for a person. Once one of them let it in, it is a note when somebody who works here wrote it.
static NoticeAnswer held_back(const Incoming *incoming, const char *reason, int64_t number) {
  if (!incoming->is_released) return (NoticeAnswer){.is_one = true, .state = RECEIVED_QUARANTINED, .reason = reason};
  if (!incoming->staff || !number) return (NoticeAnswer){0};
  return (NoticeAnswer){.is_one = true, .state = RECEIVED_FILED, .reason = "", .number = number, .is_only_note = true};
}

static NoticeAnswer not_to_a_token(const Incoming *incoming, int64_t number) {
  if (!number) return (NoticeAnswer){0};
  return held_back(incoming, "It answers a notice, but did not come to the address that the notice gave.", number);
}

bool answer_find(Arena *arena, Desk *desk, const Incoming *incoming, NoticeAnswer *out, GError **error) {
  const char *tag = find_tag(arena, incoming);
  NoticeToken token = {0};
  int64_t elsewhere = 0;
  const char *reason = tag ? refusal(desk, incoming, tag, &token) : NULL;
  *out = (NoticeAnswer){.is_one = true, .state = RECEIVED_FILED, .reason = "", .number = token.number};
  if ((!tag || reason) && !answers_elsewhere(arena, desk, incoming, &elsewhere, error)) return false;
  if (!tag) *out = not_to_a_token(incoming, elsewhere);
  if (reason) *out = held_back(incoming, reason, token.number ? token.number : elsewhere);
  // A token that is not theirs is for a person to see, and so is what a person let in.
  if (!tag || reason || incoming->mail->kind == MAIL_PERSON) return true;
  if (incoming->is_released) return out->is_only_note = true;
  out->state = RECEIVED_DISMISSED;
  out->reason = "A machine answered a notice to one of the staff.";
  return true;
}

// To the customer. What cannot be sent is an error, upon which the mail is kept among the failed with this reason.
static bool send(Arena *arena, Desk *desk, const Incoming *incoming, int64_t number, const Commands *commands,
                 ReceivedResult *out, GError **error) {
  ReplyDraft draft = {
    .number = number, .text = commands->text, .attachments = incoming->mail->attachments, .solve = commands->solves};
  ReplyOutcome outcome = REPLY_KEPT;
  if (!reply_inside(arena, desk, incoming->staff, &draft, &outcome, &out->message_id, error)) return false;
  switch (outcome) {
  case REPLY_KEPT: return true;
  case REPLY_EMPTY: return error_set(error, ERROR_INVALID, "It says #reply, but nothing stands below that.");
  case REPLY_WRONG_RECIPIENT:
  case REPLY_NO_RECIPIENT: return error_set(error, ERROR_INVALID, "The customer has no address that mail can be sent to.");
  case REPLY_TOO_LARGE: return error_set(error, ERROR_INVALID, "Its files are too large to be sent on to the customer.");
  case REPLY_WRONG_OFFER: // it offers nothing
  case REPLY_BLANKS: return error_set(error, ERROR_INVALID, "A blank in braces is not filled in yet.");
  case REPLY_THREAD_CHANGED: break;
  }
  return error_set(error, ERROR_BUSY, "The conversation changed in between; try again.");
}

static bool keep_note(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *stand, const Commands *commands,
                      ReceivedResult *out, GError **error) {
  const Staff *staff = incoming->staff;
  Entry entry = {
    .kind = MESSAGE_NOTE,
    .staff_id = staff->id,
    .author_name = staff->name,
    .author_address = "",
    .answer_to = "",
    .recipients = "",
    .subject = "",
    .body = *commands->text ? commands->text : incoming->reply,
    .quoted = "",
    .made_at = incoming->received_at,
    .mail_id = incoming->mail->message_id,
    .original = &incoming->original,
    .attachments = &incoming->mail->attachments,
    .attachment_blobs = incoming->attachments,
  };
  return entry_add(arena, desk, stand, &entry, &out->message_id, error) &&
         event_add(desk, stand->number, EVENT_NOTED, staff, "", error) &&
         mention_keep(arena, desk, stand, staff, out->message_id, entry.body, error);
}

static bool move(Arena *arena, Desk *desk, const Staff *staff, const ConversationStand *before, ConversationStand *after,
                 const Commands *commands, int64_t now, GError **error) {
  bool takes = commands->takes && before->assignee_id != staff->id;
  const char *forbidden = NULL;
  if (commands->solves && !complaint_forbids_solving(arena, desk, before->number, &forbidden, error)) return false;
  bool solves = commands->solves && !forbidden && before->state == CONVERSATION_OPEN;
  if (takes) after->assignee_id = staff->id;
  if (solves) {
    after->state = CONVERSATION_SOLVED;
    after->solved_at = now;
    after->waiting_since = 0;
  }
  return stand_save(desk, before, after, error) &&
         (!takes || event_add(desk, after->number, EVENT_ASSIGNED, staff, staff->name, error)) &&
         (!takes || complaint_note_assigned(arena, desk, staff, before, after, error)) &&
         (!forbidden || event_add(desk, after->number, EVENT_COMPLAINT, staff, "not solved, since it is open", error)) &&
         (!solves || event_add(desk, after->number, EVENT_SOLVED, staff, "", error));
}

bool answer_file(Arena *arena, Desk *desk, const Incoming *incoming, const NoticeAnswer *answer, ReceivedResult *out,
                 GError **error) {
  Commands commands = answer->is_only_note ? (Commands){.text = ""} : read_commands(arena, incoming->reply);
  ConversationStand *before = stand_load_survivor(arena, desk, answer->number, error);
  if (!before) return false;
  out->number = before->number;
  if (commands.sends) {
    if (!send(arena, desk, incoming, before->number, &commands, out, error)) return false;
    before = stand_load_survivor(arena, desk, before->number, error); // as the answer left it
    if (!before) return false;
  }
  ConversationStand after = *before;
  if (!commands.sends && !keep_note(arena, desk, incoming, &after, &commands, out, error)) return false;
  return content_settle(desk, incoming, out->message_id, error) &&
         move(arena, desk, incoming->staff, before, &after, &commands, incoming->received_at, error);
}
