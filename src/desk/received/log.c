// Logging a conversation that an agent has on the phone or at the counter. In one transaction: the customer (who has the address they
// gave, or a new one), the conversation with what they said and its reading, the agent's note, and the acknowledgement where there is
// an address. Nothing is guessed from a phone number: several people share one.
#include "desk/received/log.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/boundary/safety.h"
#include "desk/conversation.sql.h"
#include "desk/customer/people.h"
#include "desk/happening/happening.h"
#include "desk/learning/learning.h"
#include "desk/message.sql.h"
#include "desk/received/incoming.h"

#define NAME_MOST 200
#define PHONE_MOST 40
#define SUBJECT_MOST 80 // of one made from what they said
#define SAID_MOST 50000 // characters

static const char *const channel_words[MESSAGE_CHANNEL_COUNT] = {
  [MESSAGE_BY_MAIL] = "mail", [MESSAGE_BY_PHONE] = "phone", [MESSAGE_WALK_IN] = "walk-in"};

const char *message_channel_word(MessageChannel channel) { return channel < MESSAGE_CHANNEL_COUNT ? channel_words[channel] : ""; }

bool message_channel_from_word(const char *word, MessageChannel *out) {
  for (unsigned channel = 0; channel < MESSAGE_CHANNEL_COUNT; channel++)
    if (word && strcmp(channel_words[channel], word) == 0) {
      *out = channel;
      return true;
    }
  return false;
}

typedef struct Log { // what was written, made ready
  const Staff *writer;
  MessageChannel channel;
  const char *name, *email, *phone, *subject, *said, *note;
  MailboxList mailboxes;
  const Mailbox *mailbox;
  Policy policy;
  Reading *reading;
  int64_t now;
} Log;

static bool is_phone(const char *phone) {
  size_t digits = 0;
  for (const char *at = phone; *at; at++) {
    if (g_ascii_isdigit(*at))
      digits++;
    else if (!strchr("+-/(). x", *at))
      return false; // x: an extension
  }
  return digits >= 3;
}

static bool find_problems(Arena *arena, const Log *log, LogProblems *out) {
  *out = (LogProblems){0};
  if (!*log->said) out->said = "Write down what they say; a few words are enough to begin with.";
  if (text_length(log->said) > SAID_MOST)
    out->said = arena_say(arena, "This is longer than %d characters. Keep what matters.", SAID_MOST);
  if (!*log->name && !*log->email && !*log->phone)
    out->name = "Give a name, an e-mail address or a phone number, so that they can be found again.";
  if (*log->email && !mail_address_is_valid(log->email))
    out->email = arena_say(arena, "\xE2\x80\x9C%s\xE2\x80\x9D is not an e-mail address. Leave it empty if they have none.",
                           text_clamp(arena, log->email, 80));
  else if (*log->email && mailbox_is_ours(arena, &log->mailboxes, log->email, NULL))
    out->email = "This is one of our own mailboxes; give the customer\xE2\x80\x99s address.";
  if (*log->phone && !is_phone(log->phone))
    out->phone = arena_say(arena, "\xE2\x80\x9C%s\xE2\x80\x9D is not a phone number; give one such as +353 1 234 5678.",
                           text_clamp(arena, log->phone, 40));
  if (log->channel == MESSAGE_BY_MAIL || log->channel >= MESSAGE_CHANNEL_COUNT)
    out->other = "Say whether they called or came by.";
  if (!log->mailbox)
    out->other = log->mailboxes.count ? "This mailbox is not here any more; choose another one."
                                      : "The desk has no mailbox yet, so it could not answer. An administrator adds one first.";
  return out->name || out->email || out->phone || out->said || out->other;
}

static bool prepare(Arena *arena, Desk *desk, const Staff *writer, const LogDraft *draft, Log *out, GError **error) {
  *out = (Log){
    .writer = writer,
    .channel = draft->channel,
    .name = text_clamp(arena, text_one_line(arena, draft->name), NAME_MOST),
    .email = text_one_line(arena, draft->email),
    .phone = text_clamp(arena, text_one_line(arena, draft->phone), PHONE_MOST),
    .said = text_trim(arena, draft->said),
    .note = text_trim(arena, draft->note),
    .now = clock_now(desk->clock),
  };
  const char *subject = text_one_line(arena, text_is_blank(draft->subject) ? out->said : draft->subject);
  out->subject = text_clamp(arena, subject, SUBJECT_MOST);
  if (!mailbox_list(arena, desk, &out->mailboxes, error) || !policy_load(arena, desk, &out->policy, error)) return false;
  list_each(const Mailbox, mailbox, &out->mailboxes)
    if (!out->mailbox && (draft->mailbox_id == 0 || mailbox->id == draft->mailbox_id)) out->mailbox = mailbox;
  return true;
}

static const char *shown_name(const Log *log) { return *log->name ? log->name : *log->email ? log->email : log->phone; }

static ConversationStand *open_conversation(Arena *arena, Desk *desk, const Log *log, GError **error) {
  ConversationStand *stand = arena_make(arena, ConversationStand);
  *stand = (ConversationStand){.mailbox_id = log->mailbox->id,
                               .subject = log->subject,
                               .state = CONVERSATION_OPEN,
                               .priority = PRIORITY_NORMAL,
                               .team_id = log->mailbox->team_id,
                               .last_message_at = log->now};
  if (!customer_of_address(arena, desk, log->email, log->name, &stand->customer_id, error) ||
      !customer_keep_phone(arena, desk, stand->customer_id, log->phone, error) ||
      !conversation_insert(desk->db, stand->customer_id, shown_name(log), stand->mailbox_id, log->subject, NULL, log->now,
                           &stand->number, error) ||
      !conversation_update_customer(desk->db, stand->number, log->email, error))
    return NULL;
  bool takes_part = *log->email;
  if (takes_part &&
      !participant_insert(desk->db, stand->number, mail_address_key(arena, log->email), log->email, shown_name(log), error))
    return NULL;
  return stand;
}

static bool add_said(Arena *arena, Desk *desk, const Log *log, ConversationStand *stand, int64_t *out_id, GError **error) {
  Entry entry = {
    .kind = MESSAGE_CUSTOMER,
    .author_name = shown_name(log),
    .author_address = log->email,
    .answer_to = log->email,
    .recipients = "",
    .subject = log->subject,
    .body = log->said,
    .quoted = "",
    .made_at = log->now,
  };
  return entry_add(arena, desk, stand, &entry, out_id, error) && message_update_channel(desk->db, *out_id, log->channel, error) &&
         (!log->reading || entry_add_reading(arena, desk, stand->number, *out_id, log->reading, error));
}

static bool add_note(Arena *arena, Desk *desk, const Log *log, ConversationStand *stand, GError **error) {
  if (!*log->note) return true;
  int64_t id = 0;
  Entry entry = {.kind = MESSAGE_NOTE,
                 .staff_id = log->writer->id,
                 .author_name = log->writer->name,
                 .author_address = "",
                 .answer_to = "",
                 .recipients = "",
                 .subject = "",
                 .body = log->note,
                 .quoted = "",
                 .made_at = log->now};
  return entry_add(arena, desk, stand, &entry, &id, error) && event_add(desk, stand->number, EVENT_NOTED, log->writer, "", error);
}

// As if they had written: the same words, the same limits on automatic mail.
static bool acknowledge(Arena *arena, Desk *desk, const Log *log, ConversationStand *stand, int64_t message_id, GError **error) {
  if (!*log->email) return true;
  const Mail spoken = {.kind = MAIL_PERSON, .subject = log->subject};
  Incoming incoming = {.mail = &spoken,
                       .policy = log->policy,
                       .received_at = log->now,
                       .mailbox = log->mailbox,
                       .reading = log->reading,
                       .from = {log->name, log->email},
                       .answer_to = log->email,
                       .doubt = ""};
  return incoming_acknowledge(arena, desk, &incoming, stand, message_id, error);
}

static bool file(Arena *arena, Desk *desk, const Log *log, int64_t *out_number, GError **error) {
  int64_t message_id = 0;
  ConversationStand *stand = open_conversation(arena, desk, log, error);
  if (!stand || !add_said(arena, desk, log, stand, &message_id, error)) return false;
  stand->assignee_id = log->writer->id;
  stand->waiting_since = log->now;
  stand->is_upset = log->reading && stand_reads_upset(log->reading);
  *out_number = stand->number;
  happening_heard(desk, EVENT_OPENED, stand->number, message_id, false, mail_address_key(arena, log->email), "");
  return event_add(desk, stand->number, EVENT_OPENED, NULL, message_channel_word(log->channel), error) &&
         event_add(desk, stand->number, EVENT_ASSIGNED, log->writer, "", error) && add_note(arena, desk, log, stand, error) &&
         stand_save(desk, NULL, stand, error) && safety_look(arena, desk, log->reading, message_id, error) &&
         acknowledge(arena, desk, log, stand, message_id, error);
}

bool received_log(Arena *arena, Desk *desk, const Staff *writer, const LogDraft *draft, LogProblems *out_problems,
                  int64_t *out_number, GError **error) {
  Log log;
  *out_number = 0;
  if (!prepare(arena, desk, writer, draft, &log, error)) return false;
  if (find_problems(arena, &log, out_problems)) return true;
  if (!learning_read(arena, desk, log.said, strlen(log.said), &log.reading, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !file(arena, desk, &log, out_number, error)) return false;
  return db_commit(&tx, error);
}
