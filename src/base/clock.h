// Clock: the time as a parameter. Moments are int64_t microseconds since 1970-01-01 UTC, spans are microseconds too.
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_MILLISECOND INT64_C(1000)
#define CLOCK_SECOND INT64_C(1000000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR (60 * CLOCK_MINUTE)
#define CLOCK_DAY (24 * CLOCK_HOUR)

typedef struct Clock {
  int64_t (*now)(const struct Clock *clock);
  int64_t set_to; // what a clock that stands still shows
} Clock;

extern const Clock clock_system;

int64_t clock_now(const Clock *clock);
Clock clock_standing_at(int64_t moment); // for tests and samples; move it by changing set_to

// "2026-11-22T09:15:00Z", always UTC, whole seconds.
const char *clock_iso(Arena *arena, int64_t moment);
// Reads an ISO 8601 moment with zone; false when it is not one.
bool clock_parse_iso(const char *text, int64_t *out_moment);
// "22 Nov 2026, 09:15" in `zone` (NULL: the machine's zone).
const char *clock_exact(Arena *arena, int64_t moment, GTimeZone *zone);
// "22 Nov 2026", in the language of whoever is being served; as are the others here.
const char *words_date(Arena *arena, int year, int month, int day);
// "just now", "4 min", "3 h", "2 days", "5 weeks", "3 years": how long `span` is, for labels; negative spans count as 0.
const char *clock_span(Arena *arena, int64_t span);
const char *clock_ago(Arena *arena, int64_t span);   // "just now", "4 min ago"
const char *clock_ahead(Arena *arena, int64_t span); // "in a moment", "in 4 min"
