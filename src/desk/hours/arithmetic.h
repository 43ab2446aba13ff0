// How a deadline is worked out, told in sentences, one a line. For this folder alone.
#pragma once

#include "desk/hours/wall.h"

typedef struct Arithmetic {
  Arena *arena;
  const BusinessHours *hours;
  GString *text;
} Arithmetic;

void arithmetic_say(Arithmetic *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arithmetic_received(Arithmetic *to, int64_t at); // "Received Friday 12 June 2026 at 17:40 (Europe/London), after closing."
void arithmetic_left_out(Arithmetic *to, DayCount count, Day first, Day last); // the holidays that do not count, by name
void arithmetic_clock_changes(Arithmetic *to, int64_t from, int64_t to_at);    // where they make an open day longer or shorter
const char *arithmetic_moment(const Arithmetic *to, int64_t at);               // "Friday 12 June at 17:40"
