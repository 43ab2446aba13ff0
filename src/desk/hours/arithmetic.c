// The sentences that show how a deadline was worked out. They say what a person would check on a calendar: what day it was, whether the
// desk was open, which days were left out and why, and where the clocks changed. Long lists are cut with their number, so that a
// deadline far away stays readable.
#include "desk/hours/arithmetic.h"
#include "base/words.h"

#define NAMED_MOST 8 // days that are named one by one

void arithmetic_say(Arithmetic *to, const char *format, ...) {
  va_list values;
  va_start(values, format);
  if (to->text->len) g_string_append_c(to->text, '\n');
  words_vappend(to->text, format, values);
  va_end(values);
}

const char *arithmetic_moment(const Arithmetic *to, int64_t at) {
  Day day = hours_day_of(to->hours, at);
  return arena_say(to->arena, "%s at %s", day_words_short(to->arena, day), hours_clock_words(to->arena, to->hours, at));
}

// "the Summer bank holiday", "Good Friday": names that describe a day carry an article.
static const char *holiday_words(Arena *arena, const Holiday *holiday) {
  const char *name = holiday->name;
  return g_str_has_suffix(name, "holiday") ? arena_say(arena, "the %s", name) : name;
}

// Why the desk is closed at `at`, or that it is open.
static const char *open_words(const Arithmetic *to, int64_t at) {
  const BusinessHours *hours = to->hours;
  Day day = hours_day_of(hours, at);
  const Holiday *holiday = hours_holiday(hours, DAYS_OF_DESK, day);
  if (hours_is_open(hours, at)) return "while the desk is open";
  if (holiday) return arena_say(to->arena, "on a holiday of the desk (%s)", holiday->name);
  if (!hours_counts(hours, DAYS_OF_DESK, day))
    return arena_say(to->arena, "on a %s, when the desk is closed", weekday_title(day_weekday(day)));
  if (at >= hours_close_of(hours, day)) return "after closing";
  return hours_day_of(hours, hours_next_opening(hours, at)) == day && hours_between(hours, hours_moment(hours, day, 0), at) == 0
           ? "before opening"
           : "while the desk is closed between two openings";
}

void arithmetic_received(Arithmetic *to, int64_t at) {
  Day day = hours_day_of(to->hours, at);
  arithmetic_say(to, "Received %s at %s (%s), %s.", day_words(to->arena, day), hours_clock_words(to->arena, to->hours, at),
                 to->hours->zone_name, open_words(to, at));
}

void arithmetic_left_out(Arithmetic *to, DayCount count, Day first, Day last) {
  int named = 0, more = 0;
  for (Day day = first; day <= last; day++) {
    const Holiday *holiday = hours_holiday(to->hours, count, day);
    if (!holiday || !weekday_counts(to->hours, count, day_weekday(day))) continue;
    if (named++ < NAMED_MOST)
      arithmetic_say(to, "%s is %s and does not count.", day_words_short(to->arena, day), holiday_words(to->arena, holiday));
    else
      more++;
  }
  if (more == 1) arithmetic_say(to, "One more holiday does not count.");
  if (more > 1) arithmetic_say(to, "%d more holidays do not count.", more);
}

void arithmetic_clock_changes(Arithmetic *to, int64_t from, int64_t to_at) {
  const BusinessHours *hours = to->hours;
  int named = 0;
  for (Day day = hours_day_of(hours, from), last = hours_day_of(hours, to_at); day <= last && named < NAMED_MOST; day++) {
    int64_t begin = hours_moment(hours, day, 0), end = hours_moment(hours, day + 1, 0), nominal = 0;
    if (end - begin == CLOCK_DAY || !hours_counts(hours, DAYS_OF_DESK, day)) continue;
    list_each(const Opening, opening, &hours->openings)
      if (opening->weekday == day_weekday(day)) nominal += opening->closes_at - opening->opens_at;
    int64_t change = hours_between(hours, begin, end) - nominal;
    if (!change) continue;
    arithmetic_say(to, "On %s the clocks change while the desk is open, which gives %d minutes %s.",
                   day_words_short(to->arena, day), (int)ABS(change), change > 0 ? "more" : "less");
    named++;
  }
}
