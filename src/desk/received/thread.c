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

// Takes `number` when it exists and the sender takes part; else remembers it as what the mail seems to continue.
static bool consider(const Search *search, int64_t number, bool may_link, GError **error) {
  ThreadMatch *match = search->match;
  if (match->number || number <= 0) return true;
  ConversationStand *stand = NULL;
  if (!conversation_lock(search->arena, search->desk->db, number, &stand, error)) return false;
  if (!stand) return true;
  bool takes_part = false;
  int64_t one = 0;
  if (*search->incoming->sender_key &&
      !participant_exists(search->desk->db, number, search->incoming->sender_key, &takes_part, &one, error))
    return false;
  if (takes_part && !is_too_late(search, stand)) match->number = number;
  else if ((may_link || takes_part) && !match->linked_to) match->linked_to = number;
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
  if (!consider(search, token_number(search, search->incoming->envelope_to), true, error)) return false;
  list_each(const Text, address, &mail->delivered_to)
    if (!consider(search, token_number(search, *address), true, error)) return false;
  list_each(const MailAddress, to, &mail->to)
    if (!consider(search, token_number(search, to->address), true, error)) return false;
  list_each(const MailAddress, cc, &mail->cc)
    if (!consider(search, token_number(search, cc->address), true, error)) return false;
  return true;
}

static bool by_ids(const Search *search, GError **error) {
  const TextList *ids = &search->incoming->mail->references;
  for (size_t i = 0; i < MIN(ids->count, IDS_MOST) && !search->match->number; i++) {
    MailIdMarkList marks = {0};
    if (!mail_id_find(search->arena, search->desk->db, ids->items[i], &marks, error)) return false;
    list_each(const MailIdMark, mark, &marks)
      if (!consider(search, mark->number, true, error)) return false;
  }
  return true;
}

static bool by_subject(const Search *search, GError **error) {
  for (const char *at = strstr(search->incoming->mail->subject, "[#"); at; at = strstr(at + 2, "[#")) {
    char *end;
    int64_t number = g_ascii_strtoll(at + 2, &end, 10);
    if (end == at + 2 || *end != ']') continue;
    return consider(search, number, false, error); // anybody can write a number: it links nothing
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
    *search->match = (ThreadMatch){.number = mark->number, .returned_message_id = mail->kind == MAIL_BOUNCE ? mark->message_id : 0};
    return true;
  }
  return true;
}

bool thread_match(Arena *arena, Desk *desk, const Incoming *incoming, ThreadMatch *out, GError **error) {
  *out = (ThreadMatch){0};
  Search search = {arena, desk, incoming, out};
  if (!by_bounce(&search, error)) return false;
  if (out->number) return true;
  if (!by_token(&search, error) || !by_ids(&search, error) || !by_subject(&search, error)) return false;
  if (out->number) out->linked_to = 0;
  return true;
}
