// Finding the conversation, in this order (doc/mail.md 1 to 7): a message that it answers and that somebody moved by hand, the signed token in the address it was sent to, then every id of In-Reply-To
// and References, newest first, then the token in the quoted text, then "[#number]" in the subject, then what a machine writes about (52). Each candidate counts only when
// the sender takes part in it, and so does whoever would get the answer. A conversation that was merged stands for the one that took it.
#include "desk/received/incoming.h"

#include "base/text.h"
#include "desk/conversation.sql.h"
#include "desk/message.sql.h"
#include "desk/outbox/outbox.h"
#include "desk/regroup.sql.h"

#include <stdlib.h>

#define IDS_MOST 100

typedef struct Search {
  Arena *arena;
  Desk *desk;
  const Incoming *incoming;
  ThreadMatch *match;
} Search;

static bool is_too_late(const Search *search, const ConversationStand *stand) {
  return search->incoming->mail->kind == MAIL_PERSON && stand->state == CONVERSATION_SOLVED &&
         search->incoming->received_at - stand->solved_at > search->incoming->policy.reopen_within; // doc/mail.md 8
}

static bool is_participant(const Search *search, int64_t number, const char *key, bool *out, GError **error) {
  int64_t one = 0;
  *out = false;
  return !*key || participant_exists(search->desk->db, number, key, out, &one, error);
}

// A web form writes for many customers under one address, so a sender whose answers go elsewhere counts only together with that
// address: as they were when they opened it, or when each of the two takes part by itself.
static bool writer_takes_part(const Search *search, int64_t number, bool *out, GError **error) {
  const Incoming *incoming = search->incoming;
  bool sender = false;
  if (!is_participant(search, number, incoming->identity, out, error)) return false;
  if (*out || strcmp(incoming->identity, incoming->sender_key) == 0) return true;
  return is_participant(search, number, incoming->sender_key, &sender, error) &&
         (!sender || is_participant(search, number, incoming->reply_key, out, error));
}

// How the mail names the conversation. A number in the subject can be written by anybody, so it links nothing.
typedef enum Hint { HINT_SECRET, HINT_SUBJECT } Hint;

// `*out` NULL when there is no such conversation.
static bool load_survivor(const Search *search, int64_t number, ConversationStand **out, GError **error) {
  Db *db = search->desk->db;
  if (!conversation_select_stand(search->arena, db, number, out, error)) return false;
  if (!*out || (*out)->state != CONVERSATION_MERGED) return true;
  bool found = false;
  *out = NULL;
  return conversation_select_survivor(db, number, &found, &number, error) &&
         (!found || conversation_select_stand(search->arena, db, number, out, error));
}

// Takes `number` when it exists and the sender takes part; else remembers it as what the mail seems to continue.
static bool consider(const Search *search, int64_t number, Hint hint, GError **error) {
  ThreadMatch *match = search->match;
  ConversationStand *stand = NULL;
  if (match->number || number <= 0) return true;
  if (!load_survivor(search, number, &stand, error)) return false;
  if (!stand) return true;
  number = stand->number;
  bool takes_part = false, may_link = hint == HINT_SECRET;
  if (!writer_takes_part(search, number, &takes_part, error)) return false;
  if (takes_part && !is_too_late(search, stand))
    match->number = number;
  else if ((may_link || takes_part) && !match->linked_to)
    match->linked_to = number;
  return true;
}

static int64_t token_number(const Search *search, const char *address) {
  const char *base, *tag;
  if (!mail_address_split_tag(search->arena, address, &base, &tag)) return 0;
  if (!mailbox_is_ours(search->arena, &search->incoming->mailboxes, base, NULL)) return 0;
  return reply_token_check(search->desk, tag);
}

static bool by_token(const Search *search, GError **error) {
  const Mail *mail = search->incoming->mail;
  if (!consider(search, token_number(search, search->incoming->envelope_to), HINT_SECRET, error)) return false;
  list_each(const Text, address, &mail->delivered_to)
    if (!consider(search, token_number(search, *address), HINT_SECRET, error)) return false;
  list_each(const MailAddress, to, &mail->to)
    if (!consider(search, token_number(search, to->address), HINT_SECRET, error)) return false;
  list_each(const MailAddress, cc, &mail->cc)
    if (!consider(search, token_number(search, cc->address), HINT_SECRET, error)) return false;
  return true;
}

static bool by_ids(const Search *search, GError **error) {
  const TextList *ids = &search->incoming->mail->references;
  for (size_t i = 0; i < MIN(ids->count, IDS_MOST) && !search->match->number; i++) {
    MailIdMarkList marks = {0};
    if (!mail_id_find(search->arena, search->desk->db, ids->items[i], &marks, error)) return false;
    list_each(const MailIdMark, mark, &marks)
      if (!consider(search, mark->number, HINT_SECRET, error)) return false;
  }
  return true;
}

// Somebody took a message out of the conversation that its token names: an answer to it comes to where it is now. The newest id that we
// know says what is answered.
static bool by_moved(const Search *search, GError **error) {
  const TextList *ids = &search->incoming->mail->references;
  for (size_t i = 0; i < MIN(ids->count, IDS_MOST); i++) {
    MailIdMarkList marks = {0};
    if (!mail_id_find(search->arena, search->desk->db, ids->items[i], &marks, error)) return false;
    if (marks.count == 0) continue;
    bool was_moved = false;
    int64_t number = 0;
    return regroup_moved(search->desk->db, marks.items[0].message_id, &was_moved, &number, error) &&
           (!was_moved || consider(search, number, HINT_SECRET, error));
  }
  return true;
}

static bool is_word_byte(char byte) { return g_ascii_isalnum(byte) || (byte & 0x80); }

static bool by_subject(const Search *search, GError **error) {
  for (const char *at = strstr(search->incoming->mail->subject, "[#"); at; at = strstr(at + 2, "[#")) {
    char *end;
    int64_t number = g_ascii_strtoll(at + 2, &end, 10);
    bool is_inside_a_word = (at > search->incoming->mail->subject && is_word_byte(at[-1])) ||
                            (*end == ']' && is_word_byte(end[1]));
    if (!g_ascii_isdigit(at[2]) || *end != ']' || is_inside_a_word) continue;
    return consider(search, number, HINT_SUBJECT, error);
  }
  return true;
}

// A monitoring or tracking system goes on with what it wrote about, and with nobody else's. What was solved since is a new matter: an
// outage that comes back must not be hidden among the solved.
static bool by_topic(const Search *search, GError **error) {
  const Incoming *incoming = search->incoming;
  bool found = false;
  int64_t number = 0;
  ConversationStand *stand = NULL;
  if (search->match->number || !incoming_has_topic(incoming)) return true;
  if (!machine_topic_select(search->desk->db, incoming->mailbox->id, incoming->sender_key, incoming->mail->machine_topic, &found,
                            &number, error))
    return false;
  if (!found || !load_survivor(search, number, &stand, error)) return !found;
  if (!stand) return true;
  if (stand->state == CONVERSATION_OPEN)
    search->match->number = stand->number;
  else if (!search->match->linked_to)
    search->match->linked_to = stand->number;
  return true;
}

bool incoming_has_topic(const Incoming *incoming) {
  return incoming->mailbox->threads_machines && *incoming->sender_key && !text_is_blank(incoming->mail->machine_topic);
}

// A bounce is written by a mail server, who takes part in nothing; it counts when it names a mail that we sent. Our Message-IDs hold
// 120 random bits that only the recipient has seen.
static bool by_bounce(const Search *search, GError **error) {
  const Mail *mail = search->incoming->mail;
  if (mail->kind == MAIL_PERSON || !mail->bounced_id) return true;
  MailIdMarkList marks = {0};
  if (!mail_id_find(search->arena, search->desk->db, mail->bounced_id, &marks, error)) return false;
  list_each(const MailIdMark, mark, &marks) {
    bool is_ours = false;
    int64_t one = 0;
    if (!message_is_ours(search->desk->db, mark->message_id, &is_ours, &one, error)) return false;
    if (!is_ours) continue;
    // A report of a delay is automatic mail: it is kept with the conversation, but nothing has come back (doc/mail.md 16).
    ConversationStand *stand = NULL;
    if (!load_survivor(search, mark->number, &stand, error)) return false;
    if (!stand) continue;
    *search->match = (ThreadMatch){.number = stand->number,
                                   .returned_message_id = mail->kind == MAIL_BOUNCE ? mark->message_id : 0};
    return true;
  }
  return true;
}

// Our answers leave from the tokened address (VERP), so a report that names no mail still comes home.
static bool by_report_token(const Search *search, GError **error) {
  const Mail *mail = search->incoming->mail;
  ConversationStand *stand = NULL;
  if (mail->kind != MAIL_BOUNCE && !mail->bounced_id) return true;
  int64_t number = token_number(search, search->incoming->envelope_to);
  list_each(const Text, address, &mail->delivered_to) number = number ? number : token_number(search, *address);
  list_each(const MailAddress, to, &mail->to) number = number ? number : token_number(search, to->address);
  if (number && !load_survivor(search, number, &stand, error)) return false;
  if (stand) search->match->number = stand->number;
  return true;
}

bool thread_match(Arena *arena, Desk *desk, const Incoming *incoming, ThreadMatch *out, GError **error) {
  *out = (ThreadMatch){0};
  Search search = {arena, desk, incoming, out};
  if (!by_bounce(&search, error)) return false;
  if (!out->number && !by_report_token(&search, error)) return false;
  if (out->number) return true;
  if (!by_moved(&search, error) || !by_token(&search, error) || !by_ids(&search, error) ||
      !consider(&search, reply_token_find(desk, incoming->mail->text), HINT_SECRET, error) || !by_subject(&search, error) ||
      !by_topic(&search, error))
    return false;
  if (out->number) out->linked_to = 0;
  return true;
}
