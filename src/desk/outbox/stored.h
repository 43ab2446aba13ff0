// Where a mail in the outbox stands, for the verbs that move it.
#pragma once

#include "desk/outbox/outbox.h"

typedef struct OutboxStand {
  OutboxState state;
  int64_t number;
} OutboxStand;

typedef struct DeliveryCount {
  int64_t waiting, failed;
} DeliveryCount;

// An answer that may perhaps be taken back, and what it changed.
typedef struct HeldAnswer {
  OutboxState state;
  int64_t number, staff_id, attempts, held_until, made_at, waiting_before;
  bool took_it, solved_it;
  const char *text;
} HeldAnswer;
