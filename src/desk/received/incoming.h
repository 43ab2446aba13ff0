// A mail on its way into the desk: everything that can be made ready before the transaction begins. Internal to the desk.
#pragma once

#include "desk/blob/blob.h"
#include "desk/boundary/mail.h"
#include "desk/conversation/entry.h"
#include "desk/mailbox/mailbox.h"
#include "desk/policy/policy.h"
#include "desk/received/received.h"

typedef struct Incoming {
  const Mail *mail;
  Policy policy;
  const char *envelope_to; // the first recipient of the envelope; "" when the channel does not say
  const char *envelope;    // all of them, a line each
  int64_t received_at;
  int64_t whole_size; // of a mail of which only the beginning is here; 0: all of it is
  MailboxList mailboxes;
  const Mailbox *mailbox; // which of ours it was written to
  MailboxList came_too;   // further ones of ours in the same envelope
  Blob original;
  const Blob *html;        // NULL when there is none
  const Blob *attachments; // one for each of the mail's
  Bytes content_hash;      // see content.c; data NULL when the mail has neither id nor date
  Reading *reading;        // NULL for machine mail, and for mail without words of its own
  bool is_from_us;         // the sender is one of our own mailboxes
  bool is_released;        // a person lets it in: nothing holds it back
  bool is_history;         // from an archive: likewise, and nobody is told
  bool is_quiet;           // not to be acknowledged, whoever wrote

  // Who wrote it. From, unless a list says whom it speaks for, or an agent passes a mail on.
  MailAddress from;
  const char *sender_key;     // key of from.address, "" when unusable
  const char *answer_to;      // where an answer goes; "" when nowhere
  const char *reply_key;      // key of the address in Reply-To that counts; "" when none does
  const char *identity;       // who takes part: sender_key, or "sender>reply" when Reply-To names somebody else
  const char *via;            // From, when `from` is somebody else by the word of a list; ""
  const char *doubt;          // why the sender may be somebody else; ""
  const Staff *staff;         // From is the address of somebody who works here; NULL otherwise. Anybody may write it.
  bool is_verified;           // a server that we trust vouches for From
  const MailForward *forward; // what `staff`, verified, passes on; NULL otherwise

  // What it says: what the customer wrote now, and the rest, a signature among it.
  const char *reply, *quoted;
  const char *ending; // the end of what was written, kept to be compared with the next; "" when too short
} Incoming;

bool incoming_prepare(Arena *arena, Desk *desk, const ReceivedInput *input, Incoming *out, GError **error);
// The parts of it. sender.c: fills everything from `from` on. words.c: reply, quoted, ending. content.c: the hash.
bool incoming_find_sender(Arena *arena, Desk *desk, Incoming *incoming, GError **error);
bool incoming_find_words(Arena *arena, Desk *desk, Incoming *incoming, GError **error);
bool incoming_keep_ending(Desk *desk, const Incoming *incoming, GError **error); // inside the caller's transaction
Bytes incoming_content_hash(Arena *arena, const Incoming *incoming);

// Why a mail is held back, or NULL: our own mail coming back, or more new mail from one sender than a person writes.
bool incoming_held_back(Arena *arena, Desk *desk, const Incoming *incoming, const char **out_reason, GError **error);
// The same once it is known what the mail would do: open a conversation (number 0), or reopen one. Inside the caller's transaction.
bool incoming_is_too_much(Arena *arena, Desk *desk, const Incoming *incoming, const ConversationStand *before,
                          const char **out_reason, GError **error);

// Which conversation a mail belongs to. Only a participant may add to one; anybody else's mail opens a new one, linked to the
// old, so that two customers are never joined by a header that a stranger could have guessed, shared or been sent.
typedef struct ThreadMatch {
  int64_t number;              // 0: it opens a conversation. Never one that was merged into another
  int64_t linked_to;           // 0: none
  int64_t returned_message_id; // for a bounce: our message that came back
} ThreadMatch;
bool thread_match(Arena *arena, Desk *desk, const Incoming *incoming, ThreadMatch *out, GError **error);

bool incoming_has_topic(const Incoming *incoming); // a machine's, which its mailbox threads by what they are about

// Whether a mail of the same content was filed already, whichever way it came; `*out_message_id` 0 when not. Claims the content
// otherwise, so that the same mail coming at the same moment waits for this one. Inside the caller's transaction.
bool content_claim(Desk *desk, const Incoming *incoming, int64_t *out_message_id, GError **error);
bool content_settle(Desk *desk, const Incoming *incoming, int64_t message_id, GError **error);

// What else is to be said of how it came (protection, invitation, doubt, who forwarded it); writes nothing when there is nothing.
bool incoming_add_facts(Desk *desk, const Incoming *incoming, int64_t message_id, GError **error);
// One of our mails came back for good: its message says so, and so does the address. Inside the caller's transaction.
bool incoming_mark_returned(Arena *arena, Desk *desk, const Incoming *incoming, int64_t number, int64_t message_id,
                            GError **error);

// An answer by one of the staff to a notice (doc/mail.md 41).
typedef struct NoticeAnswer {
  bool is_one;         // it came to an address that a notice gave; else the rest says nothing
  ReceivedState state; // FILED: it may act. Else what becomes of it, with the reason
  const char *reason;
  int64_t number;
  bool is_only_note; // a person lets it in although it may not act: kept as a note, and its commands are words
} NoticeAnswer;
bool answer_find(Arena *arena, Desk *desk, const Incoming *incoming, NoticeAnswer *out, GError **error);
bool answer_file(Arena *arena, Desk *desk, const Incoming *incoming, const NoticeAnswer *answer, ReceivedResult *out,
                 GError **error);

// Files the mail in its conversation, opening one when there is none, or says in `out` why it is held back after all; tells of what
// is too large. Inside the caller's transaction.
bool incoming_file(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedResult *out, GError **error);
// The same, and the row of the received mail with it.
bool incoming_settle(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedResult *out, GError **error);

// Whether this mail may be answered by a machine at all, and whether the address and the mailbox had enough of that this hour.
bool incoming_may_answer(Arena *arena, Desk *desk, const Incoming *incoming, bool *out, GError **error);
// Acknowledges receipt with the number, what happens next and by when, when incoming_may_answer. Inside the caller's transaction.
bool incoming_acknowledge(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *stand, int64_t message_id,
                          GError **error);

// Conduct (desk/boundary): finds what restricts whoever wrote, NULL when nothing does, and puts the conversation with whom it names.
// Comes before where it stands is saved.
bool incoming_find_boundary(Arena *arena, Desk *desk, const Incoming *incoming, ConversationStand *after, Measure **out,
                            GError **error);
// After that: the tray and the journals, the answer that says how to be heard (`*out_told`: it goes out, and takes the place of an
// acknowledgement), and an alert when the reading sees somebody in danger. Inside the caller's transaction.
bool incoming_keep_boundary(Arena *arena, Desk *desk, const Incoming *incoming, const Measure *holds,
                            const ConversationStand *before, ConversationStand *after, int64_t message_id, bool *out_told,
                            GError **error);

// After filing a mail of which only the beginning is kept: the conversation says so, and so does one mail to the sender, if that may
// be answered. Inside the caller's transaction.
bool incoming_tell_too_large(Arena *arena, Desk *desk, const Incoming *incoming, int64_t number, GError **error);
