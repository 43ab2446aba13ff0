// Which days count, for the desk and in law, and when they begin and end.
#include "desk/hours/wall.h"

#define DAY_MINUTES (24 * 60)

Day hours_day_of(const BusinessHours *hours, int64_t at) { return wall_of(hours->zone, moment_clamp(at)).day; }

static int64_t key_of(int64_t year, int64_t month, int64_t day) { return (year * 100 + month) * 100 + day; }

// The first holiday of the list that is not before `key`.
static size_t lower_bound(const HolidayList *holidays, int64_t key) {
  size_t low = 0, high = holidays->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const Holiday *holiday = &holidays->items[middle];
    if (key_of(holiday->year, holiday->month, holiday->day) < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static const Holiday *find(const HolidayList *holidays, DayCount count, int64_t key) {
  for (size_t i = lower_bound(holidays, key); i < holidays->count; i++) {
    const Holiday *holiday = &holidays->items[i];
    if (key_of(holiday->year, holiday->month, holiday->day) != key) break;
    if (count == DAYS_OF_DESK || holiday->is_public) return holiday;
  }
  return NULL;
}

const Holiday *hours_holiday(const BusinessHours *hours, DayCount count, Day day) {
  DayDate date = day_date(day);
  const Holiday *found = find(&hours->holidays, count, key_of(date.year, date.month, date.day));
  return found ? found : find(&hours->holidays, count, key_of(0, date.month, date.day));
}

bool weekday_counts(const BusinessHours *hours, DayCount count, int weekday) {
  if (count == DAYS_OF_LAW) return weekday <= 5;
  list_each(const Opening, opening, &hours->openings)
    if (opening->weekday == weekday) return true;
  return false;
}

bool hours_counts(const BusinessHours *hours, DayCount count, Day day) {
  return weekday_counts(hours, count, day_weekday(day)) && !hours_holiday(hours, count, day);
}

Day hours_day_after(const BusinessHours *hours, DayCount count, Day day, int64_t number) {
  for (Day last = MIN(day + HOURS_HORIZON, WALL_LAST_DAY); number > 0 && day < last;)
    if (hours_counts(hours, count, ++day)) number--;
  return number == 0 ? day : 0;
}

int64_t hours_moment(const BusinessHours *hours, Day day, int64_t minutes) {
  return wall_moment(hours->zone, day, minutes, WALL_FIRST);
}

int64_t hours_close_of(const BusinessHours *hours, Day day) {
  int64_t closes_at = 0;
  list_each(const Opening, opening, &hours->openings)
    if (opening->weekday == day_weekday(day)) closes_at = MAX(closes_at, opening->closes_at);
  return closes_at == DAY_MINUTES ? hours_end_of(hours, day) : hours_moment(hours, day, closes_at ? closes_at : HOURS_CLOSING);
}

int64_t hours_end_of(const BusinessHours *hours, Day day) {
  return wall_moment(hours->zone, day, DAY_MINUTES, WALL_FIRST) - CLOCK_SECOND;
}

const char *hours_clock_words(Arena *arena, const BusinessHours *hours, int64_t at) {
  int minute = (int)wall_of(hours->zone, moment_clamp(at)).minute;
  return arena_printf(arena, "%02d:%02d", minute / 60, minute % 60);
}
