// A received mail as the verbs see it.
#pragma once

#include "desk/conversation/stored.h"
#include "desk/received/received.h"

typedef struct StoredReceived {
  int64_t id, message_id, number;
  ReceivedState state;
  const char *reason, *envelope_to;
  Bytes original_hash;
} StoredReceived;
