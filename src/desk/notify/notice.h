// Notices: what one of the staff is told of, by the bell in the desk, by their browser and by mail, as they chose for each kind.
//
// Nobody is told of what they did themselves. A mail gathers what happened within some minutes, leaves out what was seen in the desk by
// then, and waits for the person's working hours. Kinds and ways are stored as bits; their numbers never change.
#pragma once

#include "base/list.h"
#include "desk/desk.h"

typedef enum NoticeKind {
  NOTICE_ASSIGNED,         // it was given to me
  NOTICE_WROTE_MINE,       // a customer wrote in one that is with me
  NOTICE_WROTE_NOBODYS,    // in one that is with nobody
  NOTICE_WROTE_FOLLOWED,   // in one that I follow
  NOTICE_TEAM,             // a customer wrote in one that is with my team, and with nobody there
  NOTICE_MENTIONED,        // a note names me
  NOTICE_TARGET_NEAR,      // detail: due_kind_title
  NOTICE_TARGET_MISSED,    // likewise
  NOTICE_COMPLAINT,        // something happened to its complaint: detail, as in the journal
  NOTICE_APPROVAL_ASKED,   // detail: "a refund of 20.00 EUR"
  NOTICE_APPROVAL_DECIDED, // detail: "approved: refund of 20.00 EUR"
  NOTICE_BY_RULE,          // a rule says so: detail, its words
  NOTICE_SAFETY,           // somebody may be in danger; nobody chooses not to hear of it. detail: safety_title
  NOTICE_KIND_COUNT
} NoticeKind;
const char *notice_kind_title(NoticeKind kind); // "Given to me"
const char *notice_kind_word(NoticeKind kind);  // "assigned": as in forms

#define NOTICE_KINDS_CHOSEN NOTICE_SAFETY // those before it are a person's own choice

typedef enum NoticeWay { NOTICE_IN_DESK, NOTICE_BY_BROWSER, NOTICE_BY_MAIL, NOTICE_WAY_COUNT } NoticeWay;
const char *notice_way_word(NoticeWay way); // "desk", "browser", "mail"

// When browser and mail may tell: while the desk is open, in hours of one's own, or at any time. The bell never waits.
typedef enum NoticeHours { NOTICE_DESK_HOURS, NOTICE_OWN_HOURS, NOTICE_ANY_HOUR, NOTICE_HOURS_COUNT } NoticeHours;

typedef struct NoticeChoice {
  int64_t kinds[NOTICE_WAY_COUNT]; // bits of 1 << NoticeKind
  NoticeHours hours;
  int64_t days;        // own hours: bits, Monday is 1 << 0
  int64_t from, until; // minutes after midnight, in the desk's zone
} NoticeChoice;
bool notice_choice_load(Arena *arena, Desk *desk, int64_t staff_id, NoticeChoice *out, GError **error); // ERROR_NOT_FOUND
bool notice_choice_set(Desk *desk, int64_t staff_id, const NoticeChoice *choice,
                       GError **error); // ERROR_INVALID: own hours that never come

typedef struct Notice {
  int64_t id, number, made_at, seen_at, message_id;
  NoticeKind kind;
  const char *actor_name; // NULL: the customer, or the desk
  const char *customer_name, *subject, *detail;
  int64_t ways; // bits of 1 << NoticeWay
} Notice;
LIST_DEFINE(Notice)
// "Maeve Corrigan-Bell wrote in #1042": neither the subject nor anything that was written, so that it may stand on a screen anybody sees.
const char *notice_words(Arena *arena, const Notice *notice);

#define NOTICE_PAGE 50
#define NOTICES_COUNTED 100 // the bell counts no further
// Newest first, those of the bell; `before` 0: from the top.
bool notice_list(Arena *arena, Desk *desk, int64_t staff_id, int64_t before, NoticeList *out, bool *out_has_more, GError **error);
bool notice_count_unseen(Desk *desk, int64_t staff_id, int64_t *out, GError **error); // up to NOTICES_COUNTED
// For their browser, oldest first: what came after `after`, is not seen, and may be told now; at most 10. `*out_last` is what to pass next.
bool notice_for_browser(Arena *arena, Desk *desk, int64_t staff_id, int64_t after, NoticeList *out, int64_t *out_last,
                        GError **error);
bool notice_last(Desk *desk, int64_t staff_id, int64_t *out, GError **error); // the newest there is; 0: none
// They have seen what is told of that conversation; 0: of all of them.
bool notice_see(Desk *desk, int64_t staff_id, int64_t number, GError **error);

// ——— chores. Each may run in several processes; every mail is sent once.
// Queues what is due by mail up to `due_by`, one mail a person. What cannot be made for one of them is tried again later.
bool notice_send(Desk *desk, int64_t due_by, GError **error);
bool notice_send_due(Desk *desk, GError **error);
bool notice_prune(Desk *desk, GError **error); // what is older than the policy's notices-keep
