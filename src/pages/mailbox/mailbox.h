// Mailboxes, for administrators.
#pragma once

#include "desk/mailbox/mailbox.h"
#include "desk/staff/admin.h"
#include "pages/protocol/guide.h"
#include "pages/shell/shell.h"

typedef struct MailboxesPage {
  const Visit *visit;
  MailboxList mailboxes;
  const char *address, *name, *problem; // of the form
} MailboxesPage;

typedef enum MailboxPart { MAILBOX_WHOLE, MAILBOX_CLOSES, MAILBOX_ZONE } MailboxPart;

typedef struct MailboxPage {
  const Visit *visit;
  Mailbox mailbox;
  const char *closes;
  ChoiceList languages, teams;
  const char *kept, *problem;
  MailboxPart part; // that the problem is about
} MailboxPage;
