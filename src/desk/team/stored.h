// Rows as they are stored.
#pragma once

#include "base/list.h"

typedef struct TurnTaker { // a member who may get something, who had none for longest first
  int64_t staff_id, capacity, open;
  const char *name;
} TurnTaker;
LIST_DEFINE(TurnTaker)
