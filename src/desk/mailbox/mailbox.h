// Mailboxes: the addresses of ours that customers write to.
#pragma once

#include "base/list.h"
#include "desk/desk.h"
#include "desk/staff/staff.h"

// What Reply-To means on a person's mail that comes here (doc/mail.md 37). Web forms write From themselves and put the customer into
// Reply-To, so it is believed unless told otherwise.
typedef enum ReplyToPolicy { REPLY_TO_TRUST, REPLY_TO_IGNORE, REPLY_TO_COUNT } ReplyToPolicy;
const char *reply_to_word(ReplyToPolicy policy); // "trust", "ignore"
bool reply_to_from_word(const char *word, ReplyToPolicy *out);

typedef struct Mailbox {
  int64_t id;
  const char *address, *address_key, *name, *signature;
  ReplyToPolicy reply_to;
  bool threads_machines; // mails of one monitoring or tracking system about one thing go together
  const char *sender;    // the name in From, with {{name}}, {{first}} and {{mailbox}}; "": "Mira Lindqvist, Godwit Cycles"
  const char *language;  // of automatic mail, when the customer's is not known
  const char *zone;      // "Europe/Dublin"; "": the desk's (hours/hours.h) for promises, the machine's for all else
  int64_t closes_at;     // minutes after midnight, on working days
  int64_t team_id;       // where its new conversations go; 0: to nobody yet
  int64_t retired_at;    // not offered any more, but what still comes to it is taken in; 0: it is in use
} Mailbox;
LIST_DEFINE(Mailbox)

// ERROR_INVALID for an unusable address, ERROR_CONFLICT for one that is there.
bool mailbox_add(Desk *desk, const char *address, const char *name, const char *signature, int64_t *out_id, GError **error);
// Keeps all of `mailbox` but its address, by its id. ERROR_INVALID for a zone or language that is
// not known, or a time that is none.
bool mailbox_change(Desk *desk, const Mailbox *mailbox, GError **error);
// What administrators do; each stands in the audit journal with what was there before (`actor` NULL: the command line). ERROR_INVALID and
// ERROR_CONFLICT as above.
bool mailbox_open(Desk *desk, const Staff *actor, const char *address, const char *name, const char *signature, int64_t *out_id,
                  GError **error);
bool mailbox_keep(Desk *desk, const Staff *actor, const Mailbox *mailbox, GError **error); // its team too
// A retired mailbox is offered nowhere. Mail that still comes to it is taken in and acknowledged all the same: nothing is lost because an
// address is old. ERROR_CONFLICT for the last one in use.
bool mailbox_retire(Desk *desk, const Staff *actor, int64_t id, bool is_retired, GError **error);
bool mailbox_in_use(Arena *arena, Desk *desk, MailboxList *out, GError **error); // those that are not retired
Mailbox *mailbox_find(Arena *arena, Desk *desk, int64_t id, GError **error);     // ERROR_NOT_FOUND
GTimeZone *mailbox_zone(const Mailbox *mailbox);
// The name in From when `writer` answers.
const char *mailbox_sender(Arena *arena, const Mailbox *mailbox, const char *writer);
bool mailbox_list(Arena *arena, Desk *desk, MailboxList *out, GError **error);
// True when `address`, its +tag aside, is one of `mailboxes`; `out` (may be NULL) says which.
bool mailbox_is_ours(Arena *arena, const MailboxList *mailboxes, const char *address, const Mailbox **out);
