// Logging a conversation on the phone or at the counter, with the protocol at hand.
#pragma once

#include "desk/mailbox/mailbox.h"
#include "desk/received/log.h"
#include "pages/protocol/guide.h"

typedef struct LogView {
  LogDraft draft;
  LogProblems problems;
  ChoiceList mailboxes; // to answer from; shown when there are several
  Protocol protocol;
  bool has_protocol;
} LogView;

WebHandler log_page, log_post;
