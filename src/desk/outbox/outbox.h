// The outbox: mails on their way out, as rows in the database. They survive a restart; several nodes may send at once.
//
// The reply address carries a token, `number.signature`, that brings an answer home when a mail program loses all ids.
#pragma once

#include "base/list.h"
#include "desk/conversation/conversation.h"
#include "desk/mailbox/mailbox.h"

typedef enum OutboxState { OUTBOX_WAITING, OUTBOX_SENDING, OUTBOX_SENT, OUTBOX_FAILED } OutboxState;

typedef struct OutboxMail {
  int64_t message_id, number, attempts, made_at, next_at;
  OutboxState state;
  const char *sender, *recipients; // of the envelope; recipients a line each
  Bytes original_hash;
  const char *last_answer, *subject;
  bool is_automatic;
} OutboxMail;
LIST_DEFINE(OutboxMail)

// "1042.3f9c2ab17d04e6a1": the number and a keyed hash of it, cut to 64 bits.
const char *reply_token(Arena *arena, const Desk *desk, int64_t number);
// The number when the token is one of ours (constant-time compare), else 0.
int64_t reply_token_check(const Desk *desk, const char *token);

// Composes and queues a message that stands in the database already. Inside the caller's transaction.
typedef struct OutboxDraft {
  int64_t message_id, number;
  const Mailbox *mailbox;
  const char *from_name;
  MailAddressList to;
  const char *subject, *text;
  const char *message_id_header; // without <>
  const char *in_reply_to;       // NULL when none
  TextList references;           // oldest first
  MailAttachmentList attachments;
  bool is_automatic;             // sent with MAIL FROM:<> and marked as auto-replied
} OutboxDraft;
bool outbox_add(Arena *arena, Desk *desk, const OutboxDraft *draft, GError **error);
const char *outbox_new_mail_id(Arena *arena, Desk *desk, int64_t number, const Mailbox *mailbox);

#define OUTBOX_CLAIM (5 * CLOCK_MINUTE)   // a claimed mail that nobody settled by then is tried again
#define OUTBOX_GIVE_UP (3 * CLOCK_DAY)    // after its making

// The claim is known by the mail's next_at, the moment it runs out: who settles later than that settles nothing.
// Claims the next mail that is due; `*out` NULL when none is, and `*out_next_at` then says when the next will be (0: never).
bool outbox_claim(Arena *arena, Desk *desk, OutboxMail **out, int64_t *out_next_at, GError **error);
// After a restart of the only sender on this database: what was being sent is due at once.
bool outbox_release_claims(Desk *desk, GError **error);
bool outbox_settle_sent(Desk *desk, const OutboxMail *mail, const char *answer, GError **error);
// Counts the try; waits 1, 2, 4 … minutes up to 4 hours, or fails for good when `is_permanent` or too old.
bool outbox_settle_failed(Desk *desk, const OutboxMail *mail, const char *answer, bool is_permanent, GError **error);
// A person asks for another try of a failed or waiting mail, now. ERROR_NOT_FOUND.
bool outbox_retry(Desk *desk, int64_t message_id, GError **error);
// Failed ones first, then waiting ones by when they are due; at most 200.
bool outbox_list(Arena *arena, Desk *desk, OutboxMailList *out, GError **error);
