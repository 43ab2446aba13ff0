// The rules that make complaints, for supervisors.
#pragma once

#include "desk/complaint/rule.h"
#include "desk/mailbox/mailbox.h"
#include "pages/shell/shell.h"

typedef struct RulesPage {
  ComplaintRuleList rules;
  MailboxList mailboxes;
  const char *problem; // NULL: none
  const char *words;   // what stood in the form that came back; NULL
} RulesPage;
