// Mailboxes: the addresses of ours that customers write to.
#pragma once

#include "base/list.h"
#include "desk/desk.h"

typedef struct Mailbox {
  int64_t id;
  const char *address, *address_key, *name, *signature;
} Mailbox;
LIST_DEFINE(Mailbox)

// ERROR_INVALID for an unusable address, ERROR_CONFLICT for one that is there.
bool mailbox_add(Desk *desk, const char *address, const char *name, const char *signature, int64_t *out_id, GError **error);
bool mailbox_list(Arena *arena, Desk *desk, MailboxList *out, GError **error);
// True when `address`, its +tag aside, is one of `mailboxes`; `out` (may be NULL) says which.
bool mailbox_is_ours(Arena *arena, const MailboxList *mailboxes, const char *address, const Mailbox **out);
