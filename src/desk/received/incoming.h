// A mail on its way into the desk: everything that can be made ready before the transaction begins. Internal to the desk.
#pragma once

#include "desk/blob/blob.h"
#include "desk/conversation/entry.h"
#include "desk/mailbox/mailbox.h"
#include "desk/received/received.h"

typedef struct Incoming {
  const Mail *mail;
  const char *envelope_to;     // "" when the channel does not say
  int64_t received_at;
  MailboxList mailboxes;
  const Mailbox *mailbox;      // which of ours it was written to
  Blob original;
  const Blob *html;            // NULL when there is none
  const Blob *attachments;     // one for each of the mail's
  Reading *reading;            // NULL for machine mail, and for mail without words of its own
  const char *sender_key;      // key of the From address, "" when unusable
  const char *answer_to;       // where an answer goes; "" when nowhere
  bool is_from_us;             // the sender is one of our own mailboxes
} Incoming;

bool incoming_prepare(Arena *arena, Desk *desk, const ReceivedInput *input, Incoming *out, GError **error);

// Why a mail is held back, or NULL: our own mail coming back, or more new mail from one sender than a person writes.
bool incoming_held_back(Arena *arena, Desk *desk, const Incoming *incoming, const char **out_reason, GError **error);

// Which conversation a mail belongs to. Only a participant may add to one; anybody else's mail opens a new one, linked to the
// old, so that two customers are never joined by a header that a stranger could have guessed, shared or been sent.
typedef struct ThreadMatch {
  int64_t number;    // 0: it opens a conversation
  int64_t linked_to; // 0: none
  int64_t returned_message_id; // for a bounce: our message that came back
} ThreadMatch;
bool thread_match(Arena *arena, Desk *desk, const Incoming *incoming, ThreadMatch *out, GError **error);

// Files the mail in its conversation, opening one when there is none. Inside the caller's transaction.
bool incoming_file(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedResult *out, GError **error);

// Acknowledges receipt with the number, what happens next and by when. Does nothing for machine mail, our own addresses,
// unusable addresses, and senders who had enough automatic answers this hour. Inside the caller's transaction.
bool incoming_acknowledge(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *stand, int64_t message_id, GError **error);
