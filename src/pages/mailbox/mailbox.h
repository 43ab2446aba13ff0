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

typedef struct MailboxPage {
  const Visit *visit;
  Mailbox mailbox;
  const char *closes;
  ChoiceList languages, teams;
  const char *kept, *problem;
} MailboxPage;
