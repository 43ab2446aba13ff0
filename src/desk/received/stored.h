// Rows of received mail, and of the check, as the verbs see them.
#pragma once

#include "desk/conversation/stored.h"
#include "desk/received/received.h"

typedef struct TallyDrift {
  const char *name;
  int64_t kept, counted;
} TallyDrift;
LIST_DEFINE(TallyDrift)

typedef struct StoredReceived {
  int64_t id, message_id, number, received_at, whole_size;
  ReceivedState state;
  const char *reason, *envelope_to;
  Bytes original_hash;
} StoredReceived;
