// To whom an answer goes beside the customer, for reply.c.
#pragma once

#include "desk/conversation/stored.h"
#include "desk/conversation/verbs.h"
#include "desk/mailbox/mailbox.h"

// Nobody twice, and nobody's copy unseen when they stand in To or Cc. False when an address cannot be used, is one of ours (it would
// come back as mail of our own), or when there are too many.
bool recipients_settle(Arena *arena, const MailboxList *mailboxes, const CustomerMessage *customer, const ReplyDraft *draft,
                       MailAddressList *out_to, MailAddressList *out_cc, MailAddressList *out_bcc);
