// Telling people who work here, and what makes an answer to a notice by mail believable (doc/mail.md 41).
//
// A notice by mail goes out through the outbox as automatic mail. Its Reply-To carries a token that is bound to one person, one
// conversation, one notice and an end; nobody outside can make one. Who sends the answer is checked besides: see received/answer.c.
#pragma once

#include "desk/happening/happening.h"
#include "desk/notify/notice.h"
#include "desk/staff/staff.h"

typedef struct NoticeToken {
  int64_t staff_id, number, notice_id;
  int64_t until_hour; // hours since 1970: it works until that hour begins
} NoticeToken;

// "n3-1042-77-499000.3f9c2ab17d04e6a1"
const char *notice_token(Arena *arena, const Desk *desk, const NoticeToken *token);
bool notice_token_is_meant(const char *tag);                                 // it looks like one, ours or not
bool notice_token_read(const Desk *desk, const char *tag, NoticeToken *out); // false when it is not ours; constant-time compare

// ——— internal to the desk; inside the caller's transaction

typedef struct NoticeDraft { // what somebody is told of
  NoticeKind kind;
  int64_t number, message_id; // 0: nothing was written
  int64_t actor_id;           // 0: the customer, or the desk
  const char *detail, *words; // words: for mail alone; ""
} NoticeDraft;
// Keeps it by the ways that this person chose for its kind. Does nothing when they did it themselves, or do not want to hear of it.
bool notify_person(Arena *arena, Desk *desk, int64_t staff_id, const NoticeDraft *draft, GError **error);
// The same by every way and at once, whatever they chose and however much they were told: somebody may be in danger.
bool notify_urgently(Arena *arena, Desk *desk, int64_t staff_id, const NoticeDraft *draft, GError **error);
// Tells whoever hears of something that happened in a conversation.
bool notify_happening(Arena *arena, Desk *desk, const Happening *happening, GError **error);
