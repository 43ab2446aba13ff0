// Where a mail in the outbox stands, for the verbs that move it.
#pragma once

#include "desk/outbox/outbox.h"

typedef struct OutboxStand {
  OutboxState state;
  int64_t number;
} OutboxStand;
