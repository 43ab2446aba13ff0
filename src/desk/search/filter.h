// Filters: what stands before a colon. Internal to this folder.
#pragma once

#include "desk/search/search.h"

// While a query is read.
typedef struct QueryReading {
  Arena *arena;
  Desk *desk;
  const Staff *who;
  bool shows_readings;
  Search *search;
  int terms;             // so far
  int64_t after, before; // days, see hours.h; 0: no bound
} QueryReading;

// Whether `name` is that of a filter.
bool filter_is_known(const char *name);
// The facts of which a conversation must have one (`*out`), or a problem in search->problems and an empty list. Days go into `reading`,
// and `*out_is_fact` is false: then there is no list. A place such as 'F' in `*out_place`: look for the value's words there.
typedef struct FilterAnswer {
  TextList any_of;
  char place;   // 'F' or 'T': the value is words in that place; 0: it is not
  bool is_fine; // false: a problem was said
  bool is_day;  // the days of the reading were set
} FilterAnswer;
bool filter_answer(QueryReading *reading, const char *name, const char *value, FilterAnswer *out, GError **error);

void query_problem(QueryReading *reading, const char *format, ...) __attribute__((format(printf, 2, 3)));
// A group for the days of the reading, when there are any.
void filter_days(QueryReading *reading, TextList *out);
