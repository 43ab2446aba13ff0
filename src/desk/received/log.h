// Logging: conversations on the phone and at the counter.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"

// A conversation that did not come by mail, written down while the customer talks: what they say is a message of theirs with a reading,
// it is with whoever logs it, and the customer waits.
typedef struct LogDraft {
  MessageChannel channel;    // not MESSAGE_BY_MAIL
  const char *name;          // of the customer
  const char *email, *phone; // "" when they gave none
  const char *subject;       // "": the beginning of what they said
  const char *said, *note;   // note "": none
  int64_t mailbox_id;        // which answers come from; 0: the first
} LogDraft;
typedef struct LogProblems { // beside the field; NULL where all is well
  const char *name, *email, *phone, *said, *other;
} LogProblems;
// Files it, and gives its number, or 0 with what is wrong in `out_problems`. With an e-mail address the customer is who has it, and
// receipt is acknowledged; without one a customer is made whom mail cannot reach.
bool received_log(Arena *arena, Desk *desk, const Staff *writer, const LogDraft *draft, LogProblems *out_problems,
                  int64_t *out_number, GError **error);
