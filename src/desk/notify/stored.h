// Rows as they are stored, seen only by the verbs of the desk.
#pragma once

#include "desk/notify/notice.h"

typedef struct NoticeHearer { // somebody who may have to do with a conversation
  int64_t id, role;
  const char *email_key;
  int64_t notices_desk, notices_browser, notices_mail, notice_hours, notice_days, notice_from, notice_until;
  bool is_mine, follows, is_in_team, is_nobodys, has_team;
} NoticeHearer;
LIST_DEFINE(NoticeHearer)

// The next moment from `at` on at which they may be told by browser or mail; `at` itself when it is one, or when there is none at all.
bool notice_when(Arena *arena, Desk *desk, const NoticeHearer *hearer, int64_t at, int64_t *out, GError **error);

typedef struct NoticeMail { // one that goes by mail
  int64_t id, number, mailbox_id, made_at, actor_id;
  NoticeKind kind;
  const char *actor_name, *customer_name, *subject, *detail, *words, *body, *author_name, *author_address;
  int64_t assignee_id;
} NoticeMail;
LIST_DEFINE(NoticeMail)
