// Automatic mail to customers. Internal to the desk.
#pragma once

#include "desk/conversation/stored.h"
#include "desk/outbox/outbox.h"

// What the desk writes to a customer by itself: the message in the conversation and its mail. Inside the caller's transaction.
typedef struct AutomaticDraft {
  const Mailbox *mailbox;
  MailAddress to;
  const char *subject, *body;
  const char *signature;   // below it; NULL: the body has its own
  const char *in_reply_to; // NULL when none
  AutomaticMail about;
  int64_t made_at;
} AutomaticDraft;
bool outbox_write_automatic(Arena *arena, Desk *desk, ConversationStand *stand, const AutomaticDraft *draft, GError **error);
