// Notices by mail to the people who work here, and what makes an answer to one of them believable (doc/mail.md 41).
//
// A notice goes out through the outbox as automatic mail. Its Reply-To carries a token that is bound to one person, one conversation,
// one notice and an end; nobody outside can make one. Who sends the answer is checked besides: see received/answer.c.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/mailbox/mailbox.h"
#include "desk/policy/policy.h"
#include "desk/staff/staff.h"

typedef struct NoticeToken {
  int64_t staff_id, number, notice_id;
  int64_t until_hour; // hours since 1970: it works until that hour begins
} NoticeToken;

// "n3-1042-77-499000.3f9c2ab17d04e6a1"
const char *notice_token(Arena *arena, const Desk *desk, const NoticeToken *token);
bool notice_token_is_meant(const char *tag);                                 // it looks like one, ours or not
bool notice_token_read(const Desk *desk, const char *tag, NoticeToken *out); // false when it is not ours; constant-time compare

typedef struct NotifyNews {    // a customer's message that stands in its conversation
  int64_t number, assignee_id; // 0: with nobody
  const Mailbox *mailbox;
  const char *subject, *author_name, *author_address, *body;
} NotifyNews;
// Queues a notice for everybody who wants to hear of it, up to the policy's number an hour for each. Inside the caller's transaction.
bool notify_staff(Arena *arena, Desk *desk, const Policy *policy, const NotifyNews *news, GError **error);

typedef struct Notice { // anything else that one of the staff is told by mail
  int64_t number;       // the conversation it is about
  const Mailbox *mailbox;
  const char *from_name, *subject, *words; // words: without the lines that say how to answer
} Notice;
// Queues it, unless the policy's number an hour is reached. Inside the caller's transaction.
bool notify_one(Arena *arena, Desk *desk, const Policy *policy, const Notice *notice, const Staff *staff, GError **error);
