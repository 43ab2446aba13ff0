// Appeals inside the desk: the token of a link, and what a letter says about appealing.
#pragma once

#include "desk/boundary/stored.h"

typedef struct AppealToken {
  int64_t measure_id, until_hour;
} AppealToken;
bool appeal_token_read(const Desk *desk, const char *text, AppealToken *out); // false: none of ours

#define APPEAL_LINK_AFTER (90 * CLOCK_DAY) // how long after its end a measure can still be appealed by link

// The letter of a measure with {{appeal}} filled in. `origin` NULL: they answer the letter.
const char *appeal_fill(Arena *arena, const Desk *desk, const Measure *measure, const char *origin);
