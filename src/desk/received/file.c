// Filing a mail: find or open its conversation, write the message and its reading, and let the customer wait on us. Machine mail
// is attached but wakes nobody: it does not reopen, does not count as waiting and is never answered (doc/mail.md 9, 10). What stands in
// a conversation already, whichever way it came, is not written twice; an answer by one of the staff to a notice goes another way.
#include "base/text.h"
#include "desk/complaint/happen.h"
#include "desk/conversation.sql.h"
#include "desk/customer.sql.h"
#include "desk/happening/happening.h"
#include "desk/message.sql.h"
#include "desk/received.sql.h"
#include "desk/received/incoming.h"
#include "desk/team/turn.h"

#define PARTICIPANTS_MOST 40 // doc/mail.md 44
#define SUBJECT_MOST 300
#define NAME_MOST 200

static bool add_participant(Arena *arena, Desk *desk, int64_t number, const char *address, const char *name, GError **error) {
  if (!mail_address_is_valid(address)) return true;
  return participant_insert(desk->db, number, mail_address_key(arena, address), address,
                            text_clamp(arena, text_one_line(arena, name), NAME_MOST), error);
}

// Whom they wrote to beside us.
static bool add_recipients(Arena *arena, Desk *desk, int64_t number, const Incoming *incoming, GError **error) {
  const MailAddressList *const lists[] = {&incoming->mail->to, &incoming->mail->cc};
  size_t added = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
    list_each(const MailAddress, address, lists[i]) {
      if (mailbox_is_ours(arena, &incoming->mailboxes, address->address, NULL)) continue;
      if (++added > PARTICIPANTS_MOST) return true;
      if (!add_participant(arena, desk, number, address->address, address->name, error)) return false;
    }
  return true;
}

// Of whoever gets the answer: the name beside that address, in Reply-To or the writer's.
static const char *sender_name(const Incoming *incoming) {
  const MailAddress *from = &incoming->from;
  if (strcmp(incoming->answer_to, from->address) != 0)
    list_each(const MailAddress, address, &incoming->mail->reply_to)
      if (strcmp(address->address, incoming->answer_to) == 0)
        return text_is_blank(address->name) ? address->address : address->name;
  return text_is_blank(from->name) ? from->address : from->name;
}

// The sender and where they want the answer; of a person's mail whom they wrote to as well. A machine takes part only in what it
// opened. Beside a mail that an agent passed on stand the agent's recipients, not the customer's.
static bool add_participants(Arena *arena, Desk *desk, int64_t number, const Incoming *incoming, bool is_new, GError **error) {
  bool is_person = incoming->mail->kind == MAIL_PERSON;
  if (!is_person && (!is_new || !*incoming->answer_to)) return true;
  const char *name = text_clamp(arena, text_one_line(arena, incoming->from.name), NAME_MOST);
  if (*incoming->identity && !participant_insert(desk->db, number, incoming->identity, incoming->from.address, name, error))
    return false;
  if (!add_participant(arena, desk, number, incoming->answer_to, sender_name(incoming), error)) return false;
  return !is_person || incoming->forward || add_recipients(arena, desk, number, incoming, error);
}

static const char *subject_of(Arena *arena, const Incoming *incoming) {
  const char *inner = incoming->forward && !text_is_blank(incoming->forward->subject) ? incoming->forward->subject : NULL;
  const char *subject = inner ? text_one_line(arena, inner) : incoming->mail->subject;
  return text_is_blank(subject) ? "(no subject)" : text_clamp(arena, subject, SUBJECT_MOST);
}

static ConversationStand *open_conversation(Arena *arena, Desk *desk, const Incoming *incoming, int64_t linked_to,
                                            GError **error) {
  int64_t customer_id = 0, number = 0;
  const char *name = sender_name(incoming), *subject = subject_of(arena, incoming);
  name = text_is_blank(name) ? "Unknown sender" : text_clamp(arena, text_one_line(arena, name), NAME_MOST);
  // A web form writes in the customer's name: who gets the answer is the customer (doc/mail.md 37).
  const char *address = *incoming->answer_to ? incoming->answer_to : incoming->from.address;
  if (!customer_of_address(arena, desk, address, name, &customer_id, error)) return NULL;
  if (!conversation_insert(desk->db, customer_id, name, incoming->mailbox->id, subject, linked_to ? &linked_to : NULL,
                           incoming->received_at, &number, error))
    return NULL;
  ConversationStand *stand = arena_make(arena, ConversationStand);
  *stand = (ConversationStand){.number = number,
                               .customer_id = customer_id,
                               .mailbox_id = incoming->mailbox->id,
                               .subject = subject,
                               .state = CONVERSATION_OPEN,
                               .priority = PRIORITY_NORMAL,
                               .team_id = incoming->mailbox->team_id,
                               .last_message_at = incoming->received_at};
  return stand;
}

static Entry entry_of(const Incoming *incoming) {
  const Mail *mail = incoming->mail;
  const char *reply = incoming->reply, *quoted = incoming->quoted;
  // A forward without a word of their own. An answer that only quotes us stays folded: those words are ours.
  bool is_only_quote = text_is_blank(reply) && !text_is_blank(quoted) && mail->references.count == 0;
  return (Entry){
    .kind = MESSAGE_CUSTOMER,
    .machine = mail->kind,
    .author_name = incoming->from.name,
    .author_address = incoming->from.address,
    .answer_to = incoming->answer_to,
    .recipients = "",
    .subject = mail->subject,
    .body = is_only_quote          ? quoted
            : text_is_blank(reply) ? "(no text)"
                                   : reply,
    .quoted = is_only_quote ? "" : quoted,
    .made_at = incoming->received_at,
    .claimed_at = mail->claimed_at,
    .mail_id = mail->message_id,
    .html = incoming->html,
    .original = &incoming->original,
    .attachments = &mail->attachments,
    .attachment_blobs = incoming->attachments,
  };
}

static void let_wait(ConversationStand *stand, const Incoming *incoming) {
  const Reading *reading = incoming->reading;
  if (incoming->mail->kind != MAIL_PERSON) return;
  if (reading) stand->is_upset = stand_reads_upset(reading);
  stand_let_wait(stand, incoming->received_at);
}

// Which of our other mailboxes it came to. `is_news` says so in the journal.
static bool add_mailboxes(Desk *desk, int64_t number, const Incoming *incoming, bool is_news, GError **error) {
  for (size_t i = 0; i <= incoming->came_too.count; i++) {
    const Mailbox *mailbox = i ? &incoming->came_too.items[i - 1] : incoming->mailbox;
    int64_t added = 0;
    if (!conversation_mailbox_insert(desk->db, number, mailbox->id, &added, error)) return false;
    if (added && is_news && !event_add(desk, number, EVENT_CAME_TOO, NULL, mailbox->address, error)) return false;
  }
  return true;
}

// It stands in a conversation already (doc/mail.md 35): the mailbox it came to now follows that one, and nothing else happens.
static bool join_known(Desk *desk, const Incoming *incoming, int64_t message_id, ReceivedResult *out, GError **error) {
  out->message_id = message_id;
  return message_select_number(desk->db, message_id, &out->number, error) &&
         add_mailboxes(desk, out->number, incoming, true, error);
}

// What the agent wrote above a mail that they passed on is for the team. The id of the mail inside is known from now on, so that the
// customer's next answer to it comes here.
static bool keep_forwarders_words(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *stand,
                                  int64_t message_id, GError **error) {
  const MailForward *forward = incoming->forward;
  if (forward->message_id && !mail_id_insert(desk->db, forward->message_id, message_id, stand->number, error)) return false;
  if (text_is_blank(incoming->mail->reply)) return true;
  Entry note = {
    .kind = MESSAGE_NOTE,
    .staff_id = incoming->staff->id,
    .author_name = incoming->staff->name,
    .author_address = "",
    .answer_to = "",
    .recipients = "",
    .subject = "",
    .body = incoming->mail->reply,
    .quoted = "",
    .made_at = incoming->received_at,
  };
  int64_t note_id = 0;
  return entry_add(arena, desk, stand, &note, &note_id, error) &&
         event_add(desk, stand->number, EVENT_NOTED, incoming->staff, "", error);
}

static bool write_message(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *after, ReceivedResult *out,
                          GError **error) {
  Entry entry = entry_of(incoming);
  int64_t number = after->number;
  bool is_person = incoming->mail->kind == MAIL_PERSON, tells_address = *incoming->answer_to && (out->is_new || is_person);
  if (!entry_add(arena, desk, after, &entry, &out->message_id, error) ||
      !content_settle(desk, incoming, out->message_id, error) || !incoming_add_facts(desk, incoming, out->message_id, error))
    return false;
  if (tells_address && !conversation_update_customer(desk->db, number, incoming->answer_to, error)) return false;
  if (is_person && !incoming->forward && !*incoming->doubt &&
      !customer_address_deliverable(desk->db, incoming->sender_key, error))
    return false;
  if (incoming->reading && !entry_add_reading(arena, desk, number, out->message_id, incoming->reading, error)) return false;
  if (incoming_has_topic(incoming) &&
      !machine_topic_set(desk->db, incoming->mailbox->id, incoming->sender_key, incoming->mail->machine_topic, number, error))
    return false;
  return !incoming->forward || keep_forwarders_words(arena, desk, incoming, after, out->message_id, error);
}

// What comes from an archive or from ourselves is no news.
static void tell(Arena *arena, Desk *desk, const Incoming *incoming, const ReceivedResult *filed) {
  if (incoming->is_from_us || incoming->is_history) return;
  happening_heard(desk, filed->is_new ? EVENT_OPENED : EVENT_RECEIVED, filed->number, filed->message_id,
                  incoming->mail->kind != MAIL_PERSON, mail_address_key(arena, incoming->from.address), "");
}

// What is new goes to the mailbox's team, and to the member whose turn it is. An archive hands nothing out, and a machine's mail waits
// for nobody in particular.
static bool give_turn(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *stand, GError **error) {
  const char *name = NULL;
  bool hands_out = stand->team_id && incoming->mail->kind == MAIL_PERSON && !incoming->is_history;
  if (!hands_out || !team_turn(arena, desk, stand->team_id, stand->number, &stand->assignee_id, &name, error)) return !hands_out;
  return !stand->assignee_id || event_add(desk, stand->number, EVENT_ASSIGNED, NULL, name, error);
}

static bool add_to(Arena *arena, Desk *desk, const Incoming *incoming, const ThreadMatch *match, const ConversationStand *before,
                   ConversationStand *after, ReceivedResult *out, GError **error) {
  Measure *holds = NULL;
  out->number = after->number;
  if (!write_message(arena, desk, incoming, after, out, error)) return false;
  let_wait(after, incoming);
  if (!incoming_find_boundary(arena, desk, incoming, after, &holds, error)) return false;
  // Where a restriction says whose it is, nobody's turn comes.
  if ((!before && !holds && !give_turn(arena, desk, incoming, after, error)) || !stand_save(desk, before, after, error) ||
      !add_participants(arena, desk, after->number, incoming, out->is_new, error) ||
      !add_mailboxes(desk, after->number, incoming, false, error) ||
      !event_add(desk, after->number, out->is_new ? EVENT_OPENED : EVENT_RECEIVED, NULL, "", error))
    return false;
  bool is_person = incoming->mail->kind == MAIL_PERSON;
  if (before && is_person && !complaint_note_customer(arena, desk, after->number, out->message_id, error)) return false;
  if (before && before->state != after->state && !event_add(desk, after->number, EVENT_REOPENED, NULL, "", error)) return false;
  if (match->returned_message_id)
    return incoming_mark_returned(arena, desk, incoming, after->number, match->returned_message_id, error);
  bool told = false;
  tell(arena, desk, incoming, out);
  return incoming_keep_boundary(arena, desk, incoming, holds, before, after, out->message_id, &told, error) &&
         (!out->is_new || told || incoming_acknowledge(arena, desk, incoming, after, out->message_id, error));
}

static bool file_by_thread(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedResult *out, GError **error) {
  ThreadMatch match;
  const char *too_much = NULL;
  if (!thread_match(arena, desk, incoming, &match, error)) return false;
  ConversationStand *before = match.number ? stand_load_survivor(arena, desk, match.number, error) : NULL;
  if ((match.number && !before) || !incoming_is_too_much(arena, desk, incoming, before, &too_much, error)) return false;
  if (too_much) {
    out->state = RECEIVED_QUARANTINED;
    out->reason = too_much;
    return true;
  }
  out->is_new = !before;
  ConversationStand *after = before ? arena_copy(arena, before, sizeof *before)
                                    : open_conversation(arena, desk, incoming, match.linked_to, error);
  return after && add_to(arena, desk, incoming, &match, before, after, out, error);
}

// What is new to us.
static bool file_new(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedResult *out, GError **error) {
  NoticeAnswer answer = {0};
  if (!answer_find(arena, desk, incoming, &answer, error)) return false;
  if (answer.is_one) {
    out->state = answer.state;
    out->reason = answer.reason;
    return answer.state != RECEIVED_FILED || answer_file(arena, desk, incoming, &answer, out, error);
  }
  return incoming_keep_ending(desk, incoming, error) && file_by_thread(arena, desk, incoming, out, error);
}

bool incoming_file(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedResult *out, GError **error) {
  int64_t known = 0;
  if (!content_claim(desk, incoming, &known, error)) return false;
  if (known) return join_known(desk, incoming, known, out, error);
  if (!file_new(arena, desk, incoming, out, error)) return false;
  return !incoming->whole_size || out->state != RECEIVED_FILED ||
         incoming_tell_too_large(arena, desk, incoming, out->number, error);
}

bool incoming_settle(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedResult *out, GError **error) {
  if (!incoming_file(arena, desk, incoming, out, error)) return false;
  const int64_t *message = out->message_id ? &out->message_id : NULL;
  if (!received_update(desk->db, out->received_id, out->state, out->reason, message, NULL, error)) return false;
  if (!*incoming->sender_key && !received_update_unusable(desk->db, out->received_id, error)) return false;
  return out->state != RECEIVED_QUARANTINED ||
         (tally_change(desk, received_state_word(RECEIVED_QUARANTINED), 1, error) && db_announce(desk->db, error));
}
