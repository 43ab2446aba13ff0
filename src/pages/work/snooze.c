// See snooze.h. Days are counted in the zone in which times are shown, so that tomorrow is tomorrow also when the clocks change.
#include "pages/work/snooze.h"

#include <stdio.h>
#include <string.h>

#define LATER_HOURS 3
#define DAY_ENDS 20 // what is later than that is not today any more

static int64_t moment_of(GDateTime *time) { return g_date_time_to_unix(time) * CLOCK_SECOND; }

// SNOOZE_HOUR, so many days from now.
static int64_t morning_in(GDateTime *now, int days) {
  g_autoptr(GDateTime) day = g_date_time_add_days(now, days);
  g_autoptr(GTimeZone) zone = g_time_zone_ref(g_date_time_get_timezone(now));
  g_autoptr(GDateTime) morning = g_date_time_new(zone, g_date_time_get_year(day), g_date_time_get_month(day),
                                                 g_date_time_get_day_of_month(day), SNOOZE_HOUR, 0, 0);
  return moment_of(morning);
}

static bool find_later(GDateTime *now, int64_t *out) {
  g_autoptr(GDateTime) later = g_date_time_add_hours(now, LATER_HOURS);
  int minute = g_date_time_get_minute(later), second = g_date_time_get_second(later);
  g_autoptr(GDateTime) full = g_date_time_add_seconds(later, minute || second ? 3600 - minute * 60 - second : 0);
  *out = moment_of(full);
  return g_date_time_get_day_of_month(full) == g_date_time_get_day_of_month(now) && g_date_time_get_hour(full) <= DAY_ENDS;
}

SnoozeChoiceList snooze_choices(const Visit *visit) {
  SnoozeChoiceList choices = {0};
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(visit->now / CLOCK_SECOND);
  g_autoptr(GDateTime) now = g_date_time_to_timezone(utc, visit->zone);
  int to_monday = 8 - g_date_time_get_day_of_week(now);
  int64_t later = 0;
  if (find_later(now, &later)) *list_add(visit->arena, &choices) = (SnoozeChoice){"later", "Later today", later};
  *list_add(visit->arena, &choices) = (SnoozeChoice){"tomorrow", "Tomorrow", morning_in(now, 1)};
  if (to_monday > 1 && to_monday < 7)
    *list_add(visit->arena, &choices) = (SnoozeChoice){"monday", "Monday", morning_in(now, to_monday)};
  *list_add(visit->arena, &choices) = (SnoozeChoice){"week", "In a week", morning_in(now, 7)};
  return choices;
}

static bool read_local(const Visit *visit, const char *text, int64_t *out) {
  int year, month, day, hour, minute, length = 0;
  if (!text || sscanf(text, "%4d-%2d-%2dT%2d:%2d%n", &year, &month, &day, &hour, &minute, &length) != 5 || text[length])
    return false;
  g_autoptr(GDateTime) time = g_date_time_new(visit->zone, year, month, day, hour, minute, 0);
  if (time) *out = moment_of(time);
  return time != NULL;
}

bool snooze_read(const Visit *visit, int64_t *out, const char **out_problem) {
  const char *word = web_form(visit->request, "until");
  SnoozeChoiceList choices = snooze_choices(visit);
  *out = 0;
  *out_problem = NULL;
  if (g_strcmp0(word, "now") == 0) return true;
  list_each(const SnoozeChoice, choice, &choices)
    if (g_strcmp0(word, choice->word) == 0) {
      *out = choice->at;
      return true;
    }
  if (read_local(visit, web_form(visit->request, "when"), out)) return true;
  *out_problem = "Until when? Choose one of the times, or give a day and an hour.";
  return false;
}
