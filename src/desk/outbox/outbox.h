// The outbox: mails on their way out, as rows in the database. They survive a restart; several nodes may send at once.
//
// The reply address carries a token, `number.signature`, that brings an answer home when a mail program loses all ids; the same
// token stands in the text, for when the address is lost too (doc/mail.md 2). A mail server may take a mail for some recipients and
// not for others: each has a state of its own, and a later try goes only to those who do not have the mail yet.
#pragma once

#include "base/list.h"
#include "desk/conversation/conversation.h"
#include "desk/mailbox/mailbox.h"
#include "desk/outbox/letter.h"
#include "desk/staff/staff.h"

typedef enum OutboxState { OUTBOX_WAITING, OUTBOX_SENDING, OUTBOX_SENT, OUTBOX_FAILED, OUTBOX_DISMISSED } OutboxState;

typedef struct OutboxMail {
  int64_t message_id, number, attempts, made_at, next_at;
  OutboxState state;
  const char *sender, *recipients; // of the envelope; recipients a line each
  TextList waiting_for;            // those who do not have it yet; of a claimed mail
  Bytes original_hash;
  const char *last_answer, *subject;
  const char *dismissed_by; // of one that was put away, then `next_at` is when; NULL otherwise
  bool is_automatic;
} OutboxMail;
LIST_DEFINE(OutboxMail)

// "1042.3f9c2ab17d04e6a1": the number and a keyed hash of it, cut to 64 bits.
const char *reply_token(Arena *arena, const Desk *desk, int64_t number);
// The number when the token is one of ours (constant-time compare), else 0.
int64_t reply_token_check(const Desk *desk, const char *token);
// The number that a text of ours names with "[ref TOKEN]", which answers quote; 0 when it names none.
int64_t reply_token_find(const Desk *desk, const char *text);

// How an answer is held back, and what it changes besides, so that it can be taken back.
typedef struct OutboxHold {
  int64_t until;          // not sent before; 0: it goes at once and cannot be taken back
  int64_t waiting_before; // since when the customer waited; 0: they did not
  bool took_it, solved_it;
} OutboxHold;

// Composes and queues a message that stands in the database already. Inside the caller's transaction.
typedef struct OutboxDraft {
  int64_t message_id, number;
  const Mailbox *mailbox;
  const char *from_name;
  MailAddressList to, cc, bcc;   // bcc: in the envelope and for agents to see, never in the mail
  const char *subject, *text;    // text: light Markdown
  const char *signature;         // below it; NULL when none
  const LetterQuote *quote;      // what it answers; NULL when nothing is quoted
  const char *message_id_header; // without <>
  const char *in_reply_to;       // NULL when none
  TextList references;           // oldest first
  MailAttachmentList attachments;
  AutomaticMail about;      // of what is automatic
  bool is_automatic;        // sent with MAIL FROM:<> and marked as auto-replied
  const char *answer_token; // in the address to answer to; NULL: the conversation's own, reply_token
  OutboxHold hold;
} OutboxDraft;
bool outbox_add(Arena *arena, Desk *desk, const OutboxDraft *draft, GError **error);
const char *outbox_new_mail_id(Arena *arena, Desk *desk, int64_t number, const Mailbox *mailbox);

#define OUTBOX_CLAIM (5 * CLOCK_MINUTE) // a claimed mail that nobody settled by then is tried again
#define OUTBOX_GIVE_UP (3 * CLOCK_DAY)  // after its making

// The claim is known by the mail's next_at, the moment it runs out: who settles later than that settles nothing.
// Claims the next mail that is due; `*out` NULL when none is, and `*out_next_at` then says when the next will be (0: never).
bool outbox_claim(Arena *arena, Desk *desk, OutboxMail **out, int64_t *out_next_at, GError **error);
// After a restart of the only sender on this database: what was being sent is due at once.
bool outbox_release_claims(Desk *desk, GError **error);

typedef struct OutboxOutcome {
  const char *address;
  bool is_taken, is_permanent;
  const char *answer; // the mail server's words
} OutboxOutcome;
LIST_DEFINE(OutboxOutcome)
// What became of a try, for each of mail->waiting_for. Those who can still get it wait 1, 2, 4 … minutes up to 4 hours for the next
// try; when nobody is left the mail is sent, or failed when somebody was refused. Too old: all that wait are refused.
bool outbox_settle(Desk *desk, const OutboxMail *mail, const OutboxOutcomeList *outcomes, GError **error);
// The same outcome for everybody.
bool outbox_settle_sent(Desk *desk, const OutboxMail *mail, const char *answer, GError **error);
bool outbox_settle_failed(Desk *desk, const OutboxMail *mail, const char *answer, bool is_permanent, GError **error);

// A person asks for another try, now, for those who were refused or to whom it came back. ERROR_NOT_FOUND.
bool outbox_retry(Desk *desk, int64_t message_id, GError **error);
// A person puts a failed mail away; the message goes on saying that it was not delivered, and outbox_retry brings it back.
// ERROR_NOT_FOUND, ERROR_CONFLICT when it has not failed.
bool outbox_dismiss(Desk *desk, const Staff *actor, int64_t message_id, GError **error);
bool outbox_list_dismissed(Arena *arena, Desk *desk, OutboxMailList *out, GError **error); // newest first, at most 100
// A report says that a mail of ours came back. `addresses` did not get it (when none of them is a recipient: the only one there was);
// `reason` is shown to agents. The message and the journal say so. Inside the caller's transaction.
bool outbox_mark_returned(Arena *arena, Desk *desk, int64_t number, int64_t message_id, const TextList *addresses,
                          const char *reason, GError **error);
// Failed ones first, then waiting ones by when they are due; at most 200.
bool outbox_list(Arena *arena, Desk *desk, OutboxMailList *out, GError **error);
