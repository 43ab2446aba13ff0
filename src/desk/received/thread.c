// Finding the conversation, in this order (EMAIL-CASES 1 to 6): the signed token in the address it was sent to, then every id of In-Reply-To
// and References, newest first, then "[#number]" in the subject. Each candidate counts only when the sender takes part in it.
#include "desk/received/incoming.h"

#include "desk/conversation.sql.h"
#include "desk/message.sql.h"
#include "desk/outbox/outbox.h"

#include <stdlib.h>

#define REOPEN_WITHIN (30 * CLOCK_DAY) // a later answer opens a new conversation, linked to the old (EMAIL-CASES 8)
#define IDS_MOST 100

typedef struct Search {
  Arena *arena;
  Desk *desk;
  const Incoming *incoming;
  ThreadMatch *match;
} Search;

static bool is_too_late(const Search *search, const ConversationStand *stand) {
  return search->incoming->mail->kind == MAIL_PERSON && stand->state == CONVERSATION_SOLVED &&
         search->incoming->received_at - stand->solved_at > REOPEN_WITHIN;
}

static bool is_participant(const Search *search, int64_t number, const char *key, bool *out, GError **error) {
  int64_t one = 0;
  *out = false;
  return !*key || participant_exists(search->desk->db, number, key, out, &one, error);
}

// How the mail names the conversation. A number in the subject can be written by anybody who forges a sender, so it counts only when
// the answer would go to a participant too; and it links nothing.
typedef enum Hint { HINT_SECRET, HINT_SUBJECT } Hint;

// Takes `number` when it exists and the sender takes part; else remembers it as what the mail seems to continue.
static bool consider(const Search *search, int64_t number, Hint hint, GError **error) {
  ThreadMatch *match = search->match;
  if (match->number || number <= 0) return true;
  ConversationStand *stand = NULL;
  if (!conversation_select_stand(search->arena, search->desk->db, number, &stand, error)) return false;
  if (!stand) return true;
  bool takes_part = false, gets_answer = true, may_link = hint == HINT_SECRET;
  const char *answer_key = mail_address_key(search->arena, search->incoming->answer_to);
  if (!is_participant(search, number, search->incoming->sender_key, &takes_part, error)) return false;
  if (takes_part && hint == HINT_SUBJECT && !is_participant(search, number, answer_key, &gets_answer, error)) return false;
  takes_part = takes_part && gets_answer;
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

static bool by_subject(const Search *search, GError **error) {
  for (const char *at = strstr(search->incoming->mail->subject, "[#"); at; at = strstr(at + 2, "[#")) {
    char *end;
    int64_t number = g_ascii_strtoll(at + 2, &end, 10);
    if (end == at + 2 || *end != ']') continue;
    return consider(search, number, HINT_SUBJECT, error);
  }
  return true;
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
    // A report of a delay is automatic mail: it is kept with the conversation, but nothing has come back (EMAIL-CASES 16).
    *search->match = (ThreadMatch){.number = mark->number,
                                   .returned_message_id = mail->kind == MAIL_BOUNCE ? mark->message_id : 0};
    return true;
  }
  return true;
}

// Our answers leave from the tokened address (VERP), so a report that names no mail still comes home.
static int64_t report_token(const Search *search) {
  const Mail *mail = search->incoming->mail;
  if (mail->kind != MAIL_BOUNCE && !mail->bounced_id) return 0;
  int64_t number = token_number(search, search->incoming->envelope_to);
  list_each(const Text, address, &mail->delivered_to) number = number ? number : token_number(search, *address);
  list_each(const MailAddress, to, &mail->to) number = number ? number : token_number(search, to->address);
  return number;
}

bool thread_match(Arena *arena, Desk *desk, const Incoming *incoming, ThreadMatch *out, GError **error) {
  *out = (ThreadMatch){0};
  Search search = {arena, desk, incoming, out};
  if (!by_bounce(&search, error)) return false;
  if (!out->number) out->number = report_token(&search);
  if (out->number) return true;
  if (!by_token(&search, error) || !by_ids(&search, error) || !by_subject(&search, error)) return false;
  if (out->number) out->linked_to = 0;
  return true;
}
