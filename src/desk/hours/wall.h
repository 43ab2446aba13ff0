// Wall time: what calendar and clock in a zone say at a moment. For this folder alone.
#pragma once

#include "desk/hours/hours.h"

#define WALL_LAST_YEAR 9001
#define WALL_LAST_DAY INT64_C(3287183) // 1 January 9001
#define WALL_EPOCH INT64_C(719163)     // 1 January 1970

typedef struct WallTime {
  Day day;
  int64_t minute; // after midnight by the wall clock
} WallTime;

typedef enum WallChoice { WALL_FIRST, WALL_LAST } WallChoice; // of a time that comes twice

bool moment_is_usable(int64_t at); // from 1970 to 9000
int64_t moment_clamp(int64_t at);  // the nearest usable one
WallTime wall_of(GTimeZone *zone, int64_t at);
int64_t wall_moment(GTimeZone *zone, Day day, int64_t minute, WallChoice choice); // `minute` up to 1440

typedef struct DayDate {
  int year, month, day;
} DayDate;
DayDate day_date(Day day);
const char *day_words_short(Arena *arena, Day day); // "Friday 12 June"
const char *month_title(int64_t month);
bool weekday_counts(const BusinessHours *hours, DayCount count, int weekday); // holidays aside
