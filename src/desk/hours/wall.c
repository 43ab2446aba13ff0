// Days, and wall time in a zone to moments and back. A wall time that a clock change skips becomes the moment of the change; one that
// comes twice has a first and a last moment. Both are found from the zone's offsets a day before and a day after: no zone changes its
// clocks twice within that, and none is further than fourteen hours from UTC, so the moment sought lies between.
#include "desk/hours/wall.h"

#include "base/words.h"

#define DAY_SECONDS ((int64_t)24 * 60 * 60)

static int64_t offset_at(GTimeZone *zone, int64_t seconds) {
  int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, seconds);
  return interval < 0 ? 0 : g_time_zone_get_offset(zone, interval);
}

#define LAST_MOMENT ((WALL_LAST_DAY - WALL_EPOCH) * CLOCK_DAY - 1)

bool moment_is_usable(int64_t at) { return at >= 0 && at <= LAST_MOMENT; }

int64_t moment_clamp(int64_t at) { return CLAMP(at, 0, LAST_MOMENT); }

WallTime wall_of(GTimeZone *zone, int64_t at) {
  int64_t utc = at / CLOCK_SECOND, local = utc + offset_at(zone, utc);
  Day days = local / DAY_SECONDS - (local % DAY_SECONDS < 0 ? 1 : 0);
  return (WallTime){.day = WALL_EPOCH + days, .minute = (local - days * DAY_SECONDS) / 60};
}

// The first second after `before` at which the offset is not `offset` any more; it is known to have changed by `after`.
static int64_t change_between(GTimeZone *zone, int64_t before, int64_t after, int64_t offset) {
  while (after - before > 1) {
    int64_t middle = before + (after - before) / 2;
    if (offset_at(zone, middle) == offset)
      before = middle;
    else
      after = middle;
  }
  return after;
}

int64_t wall_moment(GTimeZone *zone, Day day, int64_t minute, WallChoice choice) {
  int64_t local = (day - WALL_EPOCH) * DAY_SECONDS + minute * 60;
  int64_t before = offset_at(zone, local - DAY_SECONDS), after = offset_at(zone, local + DAY_SECONDS);
  int64_t by_before = local - before, by_after = local - after; // the moment, should the one or the other offset hold then
  bool before_holds = offset_at(zone, by_before) == before, after_holds = offset_at(zone, by_after) == after;
  int64_t seconds;
  if (before_holds && after_holds)
    seconds = choice == WALL_FIRST ? MIN(by_before, by_after) : MAX(by_before, by_after);
  else if (before_holds || after_holds)
    seconds = before_holds ? by_before : by_after;
  else
    seconds = change_between(zone, MIN(by_before, by_after), MAX(by_before, by_after), before);
  return seconds * CLOCK_SECOND;
}

Day day_from_date(int64_t year, int64_t month, int64_t day) {
  if (year < 1 || year >= WALL_LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 31) return 0;
  if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year)) return 0;
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return g_date_get_julian(&date);
}

int day_weekday(Day day) { return (int)((day + 6) % 7) + 1; } // day 1 was a Monday

DayDate day_date(Day day) {
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)CLAMP(day, 1, WALL_LAST_DAY));
  return (DayDate){g_date_get_year(&date), g_date_get_month(&date), g_date_get_day(&date)};
}

const char *month_title(int64_t month) {
  static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
  return month >= 1 && month <= 12 ? months[month - 1] : "";
}

const char *weekday_title(int weekday) {
  static const char *const weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  return weekday >= 1 && weekday <= 7 ? weekdays[weekday - 1] : "";
}

const char *day_words_short(Arena *arena, Day day) {
  DayDate date = day_date(day);
  return arena_say(arena, "%s %d %s", weekday_title(day_weekday(day)), date.day, month_title(date.month));
}

const char *day_words(Arena *arena, Day day) {
  return arena_say(arena, "%s %d", day_words_short(arena, day), day_date(day).year);
}
