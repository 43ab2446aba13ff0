// After "Send and next" one is somewhere else: the page says what was just sent and offers to take it back.
#pragma once

#include "pages/visit.h"

typedef struct SentAnswer {
  int64_t message_id, number; // 0: nothing can be taken back
  int64_t seconds;            // how long it still can
} SentAnswer;

bool sent_load(const Visit *visit, SentAnswer *out, GError **error); // by ?sent= in the address
