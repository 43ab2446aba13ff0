// Hours: when the desk works, and the arithmetic of time that follows from it.
//
// A BusinessHours is a plain value in an arena: loaded once, then asked as often as needed without the database. All moments are UTC
// microseconds; a Day is a calendar day in the desk's time zone. Business time is real time that passes while the desk is open, so an
// hour that a clock change skips or repeats counts as it is lived. An opening goes from its first minute to just before its last: at
// 17:00 sharp a desk that closes at 17:00 is closed; but a span that fills a day to its end ends then, and not when the next one opens.
#pragma once

#include "base/list.h"
#include "desk/desk.h"

#define HOURS_NEVER INT64_MAX    // not within HOURS_HORIZON days, or a moment outside the years 1970 to 9000
#define HOURS_HORIZON 3660       // days that are looked ahead
#define HOURS_CLOSING (17 * 60)  // of a legal business day on which the desk itself is not open
#define HOURS_HOLIDAYS_MOST 1000 // that a desk may name
#define HOURS_OPENINGS_MOST 12   // of one weekday
#define HOURS_NAME_MOST 80       // characters of a holiday's name

typedef int64_t Day; // days since 1 January of the year 1, which is 1 (as GDate counts)

typedef struct Opening {
  int64_t weekday;             // Monday is 1, Sunday is 7
  int64_t opens_at, closes_at; // minutes after midnight by the wall clock; closes_at up to 1440
} Opening;
LIST_DEFINE(Opening)

typedef struct Holiday {
  int64_t id, year, month, day; // year 0: every year (29 February: in leap years)
  const char *name;
  const char *calendar; // the set it was imported from, "england-and-wales"; "": named here
  bool is_public;       // a public (bank) holiday: no business day in law either
} Holiday;
LIST_DEFINE(Holiday)

typedef struct BusinessHours {
  const char *zone_name; // "Europe/London"
  GTimeZone *zone;       // belongs to the arena
  bool zone_is_own;      // false: nobody chose one, and it is the machine's
  OpeningList openings;  // by weekday and time, not overlapping
  HolidayList holidays;  // by year, month and day; those of every year first
} BusinessHours;

// Which days count. The desk's: those it is open on, none of its holidays. The law's: Monday to Friday without public holidays, whatever
// the desk's week is (the FCA Handbook's glossary, "business day").
typedef enum DayCount { DAYS_OF_DESK, DAYS_OF_LAW } DayCount;

bool hours_load(Arena *arena, Desk *desk, BusinessHours *out, GError **error);
// A value for tests and examples, in any order: sorts what it is given. NULL zone: UTC. False when the zone is not known.
bool hours_make(Arena *arena, const char *zone, const OpeningList *openings, const HolidayList *holidays, BusinessHours *out);

// Time while the desk is open.
bool hours_is_open(const BusinessHours *hours, int64_t at);
int64_t hours_next_opening(const BusinessHours *hours, int64_t at);           // `at` itself when the desk is open
int64_t hours_next_closing(const BusinessHours *hours, int64_t at);           // of the present opening, or of the next one
int64_t hours_add(const BusinessHours *hours, int64_t from, int64_t minutes); // an open moment or a closing, or HOURS_NEVER
int64_t hours_between(const BusinessHours *hours, int64_t from, int64_t to);  // whole business minutes; 0 when `to` is earlier
// The latest moment, to the second, from which that many business minutes have passed by `at`; 0 when the desk was not open so long.
int64_t hours_before(const BusinessHours *hours, int64_t at, int64_t minutes);

// Days.
Day hours_day_of(const BusinessHours *hours, int64_t at);
Day day_from_date(int64_t year, int64_t month, int64_t day); // 0 when there is no such date
int day_weekday(Day day);                                    // Monday is 1
const char *weekday_title(int weekday);                      // "Monday"
bool hours_counts(const BusinessHours *hours, DayCount count, Day day);
const Holiday *hours_holiday(const BusinessHours *hours, DayCount count, Day day); // NULL: none
// The `number`th day that counts after `day`, which itself is not counted; 0 when there is none within reach.
Day hours_day_after(const BusinessHours *hours, DayCount count, Day day, int64_t number);
// Wall time to a moment. A time that a clock change skips is the moment of the change; of one that comes twice it is the first.
int64_t hours_moment(const BusinessHours *hours, Day day, int64_t minutes);
int64_t hours_close_of(const BusinessHours *hours, Day day); // when the desk closes on such a weekday, else HOURS_CLOSING
int64_t hours_end_of(const BusinessHours *hours, Day day);   // its last second
// "Friday 12 June 2026", "17:40"
const char *day_words(Arena *arena, Day day);
const char *hours_clock_words(Arena *arena, const BusinessHours *hours, int64_t at);

// Changing them; each says with ERROR_INVALID what is wrong.
const char *hours_zone_problem(Arena *arena, const char *zone); // NULL: it is a time zone
// Reads one weekday as a person writes it: "09:00-12:30, 13:30-17:00"; "" is closed. What is wrong, or NULL; adds to `out` what it read.
const char *hours_read_openings(Arena *arena, int64_t weekday, const char *text, OpeningList *out);
const char *hours_write_openings(Arena *arena, const BusinessHours *hours, int64_t weekday); // "09:00–12:30, 13:30–17:00", ""
const char *holiday_problem(Arena *arena, const Holiday *holiday);                           // NULL: it can be added
bool hours_set_zone(Desk *desk, const char *zone, GError **error);                           // "": the machine's
bool hours_set_week(Desk *desk, const OpeningList *openings, GError **error);                // the whole week
bool holiday_add(Desk *desk, const Holiday *holiday, GError **error);                        // ERROR_CONFLICT: the day has one
bool holiday_remove(Desk *desk, int64_t id, GError **error);                                 // ERROR_NOT_FOUND

// Calendars that come with the program.
typedef struct HolidaySet {
  const char *word, *title, *source; // "england-and-wales"; "none" has no days
  const Holiday *days;
  size_t count;
} HolidaySet;
const HolidaySet *holiday_set_at(size_t index);       // NULL behind the last
const HolidaySet *holiday_set_find(const char *word); // NULL: none, or NULL given
// Takes the days of a set in, in place of what an earlier import brought; days named here stay.
bool holiday_import(Desk *desk, const HolidaySet *set, int64_t *out_added, GError **error);
