// Business time: the spans in which the desk is open, one after the other, and what is asked of them. Everything here walks from a
// moment through at most HOURS_HORIZON days, each span cut to what lies behind the one before it, so that nothing counts twice.
#include "desk/hours/wall.h"

typedef struct Walk {
  const BusinessHours *hours;
  Day day, last;
  size_t next;           // of the openings
  int64_t reached;       // what is behind does not count
  int64_t opens, closes; // the span it stands on
} Walk;

// Begins a day early: after a clock change at midnight the day before may still be open.
static Walk walk_from(const BusinessHours *hours, int64_t from) {
  Day day = hours_day_of(hours, from);
  return (Walk){.hours = hours, .day = day - 1, .last = MIN(day + HOURS_HORIZON, WALL_LAST_DAY), .reached = from};
}

static bool day_is_worked(const BusinessHours *hours, Day day) { return !hours_holiday(hours, DAYS_OF_DESK, day); }

static bool span_of(Walk *walk, const Opening *opening) {
  GTimeZone *zone = walk->hours->zone;
  WallChoice end = opening->closes_at == 24 * 60 ? WALL_FIRST : WALL_LAST; // midnight belongs to the next day
  walk->opens = MAX(wall_moment(zone, walk->day, opening->opens_at, WALL_FIRST), walk->reached);
  walk->closes = wall_moment(zone, walk->day, opening->closes_at, end);
  return walk->closes > walk->opens;
}

static bool walk_next(Walk *walk) {
  const OpeningList *openings = &walk->hours->openings;
  walk->reached = MAX(walk->reached, walk->closes);
  for (; openings->count && walk->day <= walk->last; walk->day++, walk->next = 0) {
    if (!walk->next && !day_is_worked(walk->hours, walk->day)) continue;
    while (walk->next < openings->count) {
      const Opening *opening = &openings->items[walk->next++];
      if (opening->weekday == day_weekday(walk->day) && span_of(walk, opening)) return true;
    }
  }
  return false;
}

int64_t hours_next_opening(const BusinessHours *hours, int64_t at) {
  if (!moment_is_usable(at)) return HOURS_NEVER;
  Walk walk = walk_from(hours, at);
  return walk_next(&walk) ? walk.opens : HOURS_NEVER;
}

int64_t hours_next_closing(const BusinessHours *hours, int64_t at) {
  if (!moment_is_usable(at)) return HOURS_NEVER;
  Walk walk = walk_from(hours, at);
  if (!walk_next(&walk)) return HOURS_NEVER;
  int64_t closes = walk.closes;
  while (walk_next(&walk) && walk.opens == closes) closes = walk.closes;
  return closes;
}

bool hours_is_open(const BusinessHours *hours, int64_t at) { return at != HOURS_NEVER && hours_next_opening(hours, at) == at; }

int64_t hours_add(const BusinessHours *hours, int64_t from, int64_t minutes) {
  if (!moment_is_usable(from) || minutes < 0 || minutes > INT64_MAX / CLOCK_MINUTE) return HOURS_NEVER;
  int64_t rest = minutes * CLOCK_MINUTE;
  Walk walk = walk_from(hours, from);
  while (walk_next(&walk)) {
    if (rest <= walk.closes - walk.opens) return walk.opens + rest;
    rest -= walk.closes - walk.opens;
  }
  return HOURS_NEVER;
}

int64_t hours_between(const BusinessHours *hours, int64_t from, int64_t to) {
  int64_t spent = 0;
  if (!moment_is_usable(from)) return 0;
  Walk walk = walk_from(hours, from);
  while (walk_next(&walk) && walk.opens < to) spent += MIN(walk.closes, to) - walk.opens;
  return spent / CLOCK_MINUTE;
}

// Time passes at least as fast as business time does, so the moment lies at least that far back; from there it is looked for twice as far
// each time, and then between.
int64_t hours_before(const BusinessHours *hours, int64_t at, int64_t minutes) {
  int64_t late = at - minutes * CLOCK_MINUTE, early = late;
  if (!moment_is_usable(at) || minutes < 0 || minutes > INT64_MAX / (4 * CLOCK_MINUTE)) return 0;
  for (int64_t step = CLOCK_HOUR; hours_between(hours, early, at) < minutes; step *= 2) {
    if (at - early > HOURS_HORIZON * CLOCK_DAY || early <= step) return 0;
    late = early;
    early -= step;
  }
  while (late - early > CLOCK_SECOND) {
    int64_t middle = early + (late - early) / 2;
    if (hours_between(hours, middle, at) >= minutes)
      early = middle;
    else
      late = middle;
  }
  return early;
}
