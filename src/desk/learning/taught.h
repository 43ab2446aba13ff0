// What a desk has in memory of what it learnt. Internal to the desk.
#pragma once

#include "desk/desk.h"
#include "insight/insight.h"

struct Taught {
  Arena *arena;              // in which it lives itself
  int64_t up_to;             // the newest judgement in it; 0: nothing was learnt
  int64_t made_at;           // which tells it from what another version of the program learnt from the same
  bool is_refused;           // it was learnt with an engine that this program does not have; `delta` is then NULL
  const InsightDelta *delta; // NULL: the engine as it was shipped
};
typedef struct Taught Taught;

// Brings desk->taught up to what was learnt last.
bool learning_take_up(Desk *desk, GError **error);
void learning_forget_taught(Desk *desk);
