// The arithmetic of time, against dates worked out by hand with a calendar, and against properties that hold for any hours.
//
// A row gives the week and the holidays of a desk, its zone, when the complaint came and what is asked, both in UTC, and why the
// answer is what it is. BST and EDT are an hour before what GMT and EST would say.
#include "desk/hours/deadline.h"

#define OFFICE "1-5 09:00-17:00"
#define LUNCH "1-5 09:00-12:30, 13:30-17:00"
#define SHOP "1-6 10:00-18:00"
#define ALWAYS "1-7 00:00-24:00"
#define NIGHT "1-7 00:00-06:00, 22:00-24:00"
#define LONDON "Europe/London"
#define NEW_YORK "America/New_York"

typedef enum Question {
  ADD,     // so many business minutes later
  SUMMARY, // close of the third business day following receipt
  FIFTEEN, // end of the 15th business day after receipt
  THIRTY_FIVE,
  EIGHT_WEEKS,
  DESK_DAY, // opening of the so many-th day on which the desk is open, at 17:00
} Question;

// `holidays`: "ew" for the calendar of England and Wales; "2026-06-15" a day of the desk's own; "07-04" one of every year; with spaces.
static const struct {
  const char *week, *holidays, *zone, *received;
  Question question;
  int64_t amount;
  const char *expected, *why;
} rows[] = {
  // Within a day, over nights and weekends
  {OFFICE, "ew", LONDON, "2026-06-10T09:00:00Z", ADD, 60, "2026-06-10T10:00:00Z", "an hour on a Wednesday morning"},
  {OFFICE, "ew", LONDON, "2026-06-12T16:40:00Z", ADD, 480, "2026-06-15T16:00:00Z", "Friday 17:40: Monday is filled to its end"},
  {OFFICE, "ew", LONDON, "2026-06-12T15:00:00Z", ADD, 120, "2026-06-15T09:00:00Z", "an hour on Friday, an hour on Monday"},
  {OFFICE, "ew", LONDON, "2026-06-12T16:00:00Z", ADD, 60, "2026-06-15T09:00:00Z", "at the closing minute the desk is closed"},
  {OFFICE, "ew", LONDON, "2026-06-12T15:59:00Z", ADD, 1, "2026-06-12T16:00:00Z",
   "the last minute of a Friday ends when the desk closes"},
  {OFFICE, "ew", LONDON, "2026-06-12T15:59:00Z", ADD, 2, "2026-06-15T08:01:00Z", "and the next minute is Monday's first"},
  {OFFICE, "ew", LONDON, "2026-06-13T11:00:00Z", ADD, 60, "2026-06-15T09:00:00Z", "received on a Saturday"},
  {OFFICE, "ew", LONDON, "2026-06-14T22:59:00Z", ADD, 1, "2026-06-15T08:01:00Z", "received on a Sunday a minute before midnight"},
  {OFFICE, "ew", LONDON, "2026-06-15T07:59:00Z", ADD, 60, "2026-06-15T09:00:00Z", "received a minute before opening"},
  {OFFICE, "ew", LONDON, "2026-06-15T08:00:00Z", ADD, 60, "2026-06-15T09:00:00Z", "received at the opening minute"},
  {OFFICE, "ew", LONDON, "2026-06-13T11:00:00Z", ADD, 0, "2026-06-15T08:00:00Z", "nothing, on a Saturday: the next opening"},
  {OFFICE, "ew", LONDON, "2026-06-10T09:00:00Z", ADD, 0, "2026-06-10T09:00:00Z", "nothing, while it is open: the same moment"},
  {OFFICE, "ew", LONDON, "2026-06-01T08:00:00Z", ADD, 80 * 60, "2026-06-12T16:00:00Z", "eighty hours are ten working days"},
  {OFFICE, "", "UTC", "2026-06-12T16:30:00Z", ADD, 60, "2026-06-15T09:30:00Z", "in UTC nothing is shifted"},

  // Several openings a day, Saturdays, nights
  {LUNCH, "ew", LONDON, "2026-06-10T11:00:00Z", ADD, 60, "2026-06-10T13:00:00Z",
   "12:00 and an hour of work with lunch between is 14:00"},
  {LUNCH, "ew", LONDON, "2026-06-10T11:45:00Z", ADD, 60, "2026-06-10T13:30:00Z", "received at lunch: the hour begins after it"},
  {LUNCH, "ew", LONDON, "2026-06-10T10:30:00Z", ADD, 60, "2026-06-10T11:30:00Z",
   "an hour that lunch ends is over when it begins"},
  {SHOP, "ew", LONDON, "2026-06-12T16:30:00Z", ADD, 60, "2026-06-13T09:30:00Z", "a shop is open on Saturday"},
  {SHOP, "2026-06-13", LONDON, "2026-06-12T16:30:00Z", ADD, 60, "2026-06-15T09:30:00Z", "but not on this one"},
  {NIGHT, "", "UTC", "2026-06-12T23:00:00Z", ADD, 120, "2026-06-13T01:00:00Z", "a night goes on over midnight"},

  // Holidays
  {OFFICE, "ew", LONDON, "2026-08-28T15:00:00Z", ADD, 120, "2026-09-01T09:00:00Z",
   "Monday 31 August 2026 is the Summer bank holiday"},
  {OFFICE, "ew", LONDON, "2026-08-31T10:00:00Z", ADD, 60, "2026-09-01T09:00:00Z", "received on the Summer bank holiday"},
  {OFFICE, "ew", LONDON, "2026-04-02T15:30:00Z", ADD, 60, "2026-04-07T08:30:00Z", "Easter: from Maundy Thursday to Tuesday"},
  {OFFICE, "ew", LONDON, "2025-04-17T15:30:00Z", ADD, 60, "2025-04-22T08:30:00Z", "Easter a year earlier lies two weeks later"},
  {OFFICE, "ew", LONDON, "2026-12-24T16:00:00Z", ADD, 120, "2026-12-29T10:00:00Z",
   "Boxing Day 2026 is a Saturday: Monday stands in"},
  {OFFICE, "ew", LONDON, "2027-12-24T16:30:00Z", ADD, 60, "2027-12-29T09:30:00Z",
   "Christmas 2027 is a weekend: Monday and Tuesday stand in"},
  {OFFICE, "ew", LONDON, "2026-12-31T16:00:00Z", ADD, 120, "2027-01-04T10:00:00Z",
   "the year ends on a Thursday, New Year's Day is a Friday"},
  {OFFICE, "ew", LONDON, "2027-12-31T16:00:00Z", ADD, 120, "2028-01-04T10:00:00Z",
   "New Year's Day 2028 is a Saturday: Monday stands in"},
  {OFFICE, "07-04", NEW_YORK, "2025-07-03T20:00:00Z", ADD, 120, "2025-07-07T14:00:00Z",
   "4 July is one every year; in 2025 a Friday"},
  {OFFICE, "12-24 12-31", "Europe/Berlin", "2026-12-23T15:30:00Z", ADD, 60, "2026-12-25T08:30:00Z",
   "Christmas Eve alone was named"},

  // Leap days
  {OFFICE, "ew", LONDON, "2028-02-29T16:30:00Z", ADD, 60, "2028-03-01T09:30:00Z", "received on 29 February, a Tuesday"},
  {OFFICE, "02-29", LONDON, "2028-02-28T16:30:00Z", ADD, 60, "2028-03-01T09:30:00Z", "a holiday on 29 February of a leap year"},
  {OFFICE, "02-29", LONDON, "2027-02-26T16:30:00Z", ADD, 60, "2027-03-01T09:30:00Z",
   "there is none in 2027, and 1 March is no holiday"},

  // Clock changes in London: 29 March 2026 at 01:00 UTC, 25 October 2026 at 01:00 UTC
  {OFFICE, "ew", LONDON, "2026-03-27T16:00:00Z", ADD, 120, "2026-03-30T09:00:00Z", "Friday in GMT, Monday in BST"},
  {OFFICE, "ew", LONDON, "2026-10-23T15:00:00Z", ADD, 120, "2026-10-26T10:00:00Z", "Friday in BST, Monday in GMT"},
  {ALWAYS, "", LONDON, "2026-03-28T12:00:00Z", ADD, 1440, "2026-03-29T12:00:00Z", "24 hours are 24 hours: noon to 13:00 BST"},
  {ALWAYS, "", LONDON, "2026-10-24T11:00:00Z", ADD, 1440, "2026-10-25T11:00:00Z", "24 hours are 24 hours: noon to 11:00 GMT"},
  {NIGHT, "", LONDON, "2026-03-28T22:00:00Z", ADD, 419, "2026-03-29T04:59:00Z",
   "the night has five hours after midnight, not six"},
  {NIGHT, "", LONDON, "2026-03-28T22:00:00Z", ADD, 420, "2026-03-29T05:00:00Z", "and is over at 06:00 BST"},
  {NIGHT, "", LONDON, "2026-10-24T21:00:00Z", ADD, 539, "2026-10-25T05:59:00Z", "the night has seven hours after midnight"},
  {NIGHT, "", LONDON, "2026-10-24T21:00:00Z", ADD, 540, "2026-10-25T06:00:00Z", "and is over at 06:00 GMT"},
  {"7 01:30-04:00", "", LONDON, "2026-03-29T00:00:00Z", ADD, 30, "2026-03-29T01:30:00Z",
   "01:30 is skipped: it opens when the clocks change"},
  {"7 01:00-01:45", "", LONDON, "2026-03-28T12:00:00Z", ADD, 10, "2026-04-05T00:10:00Z",
   "the whole opening is skipped: a week later"},
  {"7 01:00-02:00", "", LONDON, "2026-10-24T12:00:00Z", ADD, 90, "2026-10-25T01:30:00Z",
   "the hour comes twice and is open twice"},

  // Clock changes in New York: 8 March 2026 at 07:00 UTC, 1 November 2026 at 06:00 UTC
  {OFFICE, "", NEW_YORK, "2026-03-06T21:00:00Z", ADD, 120, "2026-03-09T14:00:00Z", "Friday in EST, Monday in EDT"},
  {OFFICE, "", NEW_YORK, "2026-10-30T20:00:00Z", ADD, 120, "2026-11-02T15:00:00Z", "Friday in EDT, Monday in EST"},
  {ALWAYS, "", NEW_YORK, "2026-03-07T17:00:00Z", ADD, 1440, "2026-03-08T17:00:00Z", "24 hours in spring"},
  {ALWAYS, "", NEW_YORK, "2026-10-31T16:00:00Z", ADD, 1440, "2026-11-01T16:00:00Z", "24 hours in autumn"},
  {"7 01:00-03:00", "", NEW_YORK, "2026-11-01T04:00:00Z", ADD, 150, "2026-11-01T07:30:00Z",
   "01:00 EDT to 03:00 EST is three hours"},

  // Zones east and west
  {OFFICE, "", "Pacific/Auckland", "2026-11-18T20:00:00Z", ADD, 60, "2026-11-18T21:00:00Z",
   "Wednesday in UTC, Thursday 09:00 in Auckland"},
  {OFFICE, "", "Pacific/Auckland", "2026-11-20T04:30:00Z", ADD, 60, "2026-11-22T21:00:00Z",
   "Friday evening there; Monday begins on Sunday in UTC"},
  {OFFICE, "", "Pacific/Kiritimati", "2026-06-14T19:00:00Z", ADD, 60, "2026-06-14T20:00:00Z", "14 hours ahead: Monday 09:00"},
  {OFFICE, "", "Pacific/Pago_Pago", "2026-06-13T03:30:00Z", ADD, 60, "2026-06-15T20:30:00Z", "11 hours behind: Friday 16:30"},
  {OFFICE, "", "Asia/Kathmandu", "2026-06-12T11:00:00Z", ADD, 30, "2026-06-15T03:30:00Z",
   "5 h 45 ahead: Friday 16:45 to Monday 09:15"},
  {OFFICE, "", "America/St_Johns", "2026-03-06T20:00:00Z", ADD, 60, "2026-03-09T12:00:00Z",
   "3 h 30 behind, 2 h 30 from Sunday on"},
  {OFFICE, "", "Australia/Lord_Howe", "2026-04-03T05:00:00Z", ADD, 120, "2026-04-05T23:30:00Z",
   "where clocks change by half an hour"},
  {OFFICE, "", "Pacific/Apia", "2011-12-30T02:00:00Z", ADD, 120, "2012-01-01T20:00:00Z", "Samoa had no Friday 30 December 2011"},
  {ALWAYS, "", "Pacific/Apia", "2011-12-30T09:00:00Z", ADD, 120, "2011-12-30T11:00:00Z",
   "and nobody lived through the day that was skipped"},

  // The third business day following receipt, at close of business (DISP 1.5.1 R, 1.5.3 G)
  {OFFICE, "ew", LONDON, "2026-06-12T09:00:00Z", SUMMARY, 0, "2026-06-17T16:00:00Z", "Friday: Monday, Tuesday, Wednesday"},
  {OFFICE, "ew", LONDON, "2026-06-12T05:00:00Z", SUMMARY, 0, "2026-06-17T16:00:00Z",
   "before opening on a business day it is received that day"},
  {OFFICE, "ew", LONDON, "2026-06-12T16:00:00Z", SUMMARY, 0, "2026-06-17T16:00:00Z",
   "at the closing minute it is not yet after close"},
  {OFFICE, "ew", LONDON, "2026-06-12T16:40:00Z", SUMMARY, 0, "2026-06-18T16:00:00Z",
   "after close it may be treated as received on Monday"},
  {OFFICE, "ew", LONDON, "2026-06-13T11:00:00Z", SUMMARY, 0, "2026-06-18T16:00:00Z", "on a Saturday likewise"},
  {OFFICE, "ew", LONDON, "2026-06-12T23:30:00Z", SUMMARY, 0, "2026-06-18T16:00:00Z", "Friday in UTC is Saturday 00:30 in London"},
  {OFFICE, "ew", LONDON, "2026-04-01T09:00:00Z", SUMMARY, 0, "2026-04-08T16:00:00Z",
   "Thursday, then Tuesday and Wednesday after Easter"},
  {OFFICE, "ew", LONDON, "2026-04-03T09:00:00Z", SUMMARY, 0, "2026-04-10T16:00:00Z",
   "Good Friday is no business day; Tuesday is day 0"},
  {OFFICE, "ew", LONDON, "2026-12-24T10:00:00Z", SUMMARY, 0, "2026-12-31T17:00:00Z", "Christmas Eve: 29, 30 and 31 December"},
  {OFFICE, "ew", LONDON, "2026-12-31T10:00:00Z", SUMMARY, 0, "2027-01-06T17:00:00Z", "over the year's end: 4, 5 and 6 January"},
  {OFFICE, "ew", LONDON, "2026-03-27T10:00:00Z", SUMMARY, 0, "2026-04-01T16:00:00Z", "17:00 GMT becomes 17:00 BST"},
  {OFFICE, "ew", LONDON, "2026-10-23T09:00:00Z", SUMMARY, 0, "2026-10-28T17:00:00Z", "17:00 BST becomes 17:00 GMT"},
  {OFFICE, "ew", LONDON, "2028-02-29T10:00:00Z", SUMMARY, 0, "2028-03-03T17:00:00Z", "received on 29 February"},
  {OFFICE, "ew 2026-06-15", LONDON, "2026-06-12T09:00:00Z", SUMMARY, 0, "2026-06-17T16:00:00Z",
   "a day off of the desk's own stops no law"},
  {SHOP, "ew", LONDON, "2026-06-12T09:00:00Z", SUMMARY, 0, "2026-06-17T17:00:00Z",
   "an open Saturday is no business day; the shop closes at 18:00"},
  {"1 09:00-12:00", "ew", LONDON, "2026-06-12T09:00:00Z", SUMMARY, 0, "2026-06-17T16:00:00Z",
   "closed on Wednesdays: 17:00 is taken"},
  {ALWAYS, "ew", LONDON, "2026-06-12T22:30:00Z", SUMMARY, 0, "2026-06-17T22:59:59Z",
   "a desk that never closes closes with the day"},

  // 15 and 35 business days after receipt, to the end of the day (DISP 1.6.2A R)
  {OFFICE, "ew", LONDON, "2026-06-12T09:00:00Z", FIFTEEN, 0, "2026-07-03T22:59:59Z", "three weeks without a holiday"},
  {OFFICE, "ew", LONDON, "2026-06-12T16:40:00Z", FIFTEEN, 0, "2026-07-03T22:59:59Z", "the hour of receipt does not matter here"},
  {OFFICE, "ew", LONDON, "2026-06-13T11:00:00Z", FIFTEEN, 0, "2026-07-03T22:59:59Z", "received on Saturday: Monday is day 1"},
  {OFFICE, "ew", LONDON, "2026-12-17T10:00:00Z", FIFTEEN, 0, "2027-01-12T23:59:59Z",
   "Christmas, Boxing Day and New Year's Day are left out"},
  {OFFICE, "ew", LONDON, "2026-06-12T09:00:00Z", THIRTY_FIVE, 0, "2026-07-31T22:59:59Z", "seven weeks"},
  {OFFICE, "ew", LONDON, "2026-07-27T09:00:00Z", THIRTY_FIVE, 0, "2026-09-15T22:59:59Z",
   "seven weeks and the Summer bank holiday"},

  // Eight weeks after receipt, to the end of the day (DISP 1.6.2 R)
  {OFFICE, "ew", LONDON, "2026-06-12T09:00:00Z", EIGHT_WEEKS, 0, "2026-08-07T22:59:59Z", "from a Friday to a Friday"},
  {OFFICE, "ew", LONDON, "2026-06-12T16:40:00Z", EIGHT_WEEKS, 0, "2026-08-07T22:59:59Z", "after close is still that day"},
  {OFFICE, "ew", LONDON, "2026-02-02T10:00:00Z", EIGHT_WEEKS, 0, "2026-03-30T22:59:59Z", "into summer time"},
  {OFFICE, "ew", LONDON, "2026-09-07T10:00:00Z", EIGHT_WEEKS, 0, "2026-11-02T23:59:59Z", "out of summer time"},
  {OFFICE, "ew", LONDON, "2026-11-02T10:00:00Z", EIGHT_WEEKS, 0, "2026-12-28T23:59:59Z",
   "a bank holiday at the end does not help"},
  {OFFICE, "ew", LONDON, "2028-01-04T10:00:00Z", EIGHT_WEEKS, 0, "2028-02-29T23:59:59Z", "to a leap day"},
  {OFFICE, "", NEW_YORK, "2026-01-18T15:00:00Z", EIGHT_WEEKS, 0, "2026-03-16T03:59:59Z", "the end of 15 March in EDT"},
  {OFFICE, "", "Pacific/Auckland", "2026-06-12T13:00:00Z", EIGHT_WEEKS, 0, "2026-08-08T11:59:59Z",
   "it is Saturday there already"},

  // The desk's own days
  {SHOP, "ew", LONDON, "2026-06-12T09:00:00Z", DESK_DAY, 1, "2026-06-13T16:00:00Z", "a shop's next day is Saturday"},
  {OFFICE, "ew", LONDON, "2026-12-24T10:00:00Z", DESK_DAY, 1, "2026-12-29T17:00:00Z", "after Christmas"},
  {OFFICE, "ew 2026-06-15", LONDON, "2026-06-12T09:00:00Z", DESK_DAY, 2, "2026-06-17T16:00:00Z",
   "a day off of the desk's own does not count"},
};

// "1-5 09:00-12:30, 13:30-17:00"
static OpeningList week_of(Arena *arena, const char *text) {
  OpeningList week = {0};
  int last = text[1] == '-' ? text[2] - '0' : text[0] - '0';
  for (int weekday = text[0] - '0'; weekday <= last; weekday++)
    g_assert_cmpstr(hours_read_openings(arena, weekday, strchr(text, ' ') + 1, &week), ==, NULL);
  return week;
}

static HolidayList holidays_of(Arena *arena, const char *text) {
  HolidayList holidays = {0};
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  const HolidaySet *set = holiday_set_find("england-and-wales");
  for (char **word = words; *word; word++) {
    int year = 0, month, day;
    if (strcmp(*word, "ew") == 0) {
      for (size_t i = 0; i < set->count; i++) *list_add(arena, &holidays) = set->days[i];
    } else if (**word) {
      g_assert_true(sscanf(*word, "%4d-%2d-%2d", &year, &month, &day) == 3 ||
                    (year = 0, sscanf(*word, "%2d-%2d", &month, &day) == 2));
      *list_add(arena, &holidays) = (Holiday){.year = year, .month = month, .day = day, .name = "Our day", .calendar = ""};
    }
  }
  return holidays;
}

static BusinessHours hours_of(Arena *arena, const char *zone, const char *week, const char *holidays) {
  BusinessHours hours;
  OpeningList openings = week_of(arena, week);
  HolidayList days = holidays_of(arena, holidays);
  g_assert_true(hours_make(arena, zone, &openings, &days, &hours));
  return hours;
}

static int64_t moment_of(const char *iso) {
  int64_t moment = 0;
  g_assert_true(clock_parse_iso(iso, &moment));
  return moment;
}

static int64_t legal(Arena *arena, const BusinessHours *hours, LegalProfile profile, DeadlineKind kind, int64_t received) {
  DeadlineList deadlines = {0};
  deadlines_of(arena, hours, &targets_default, profile, 0, received, &deadlines);
  list_each(const Deadline, deadline, &deadlines)
    if (deadline->kind == kind) return deadline->due_at;
  g_assert_not_reached();
}

static int64_t answer(Arena *arena, const BusinessHours *hours, Question question, int64_t received, int64_t amount) {
  switch (question) {
  case ADD: return hours_add(hours, received, amount);
  case SUMMARY: return legal(arena, hours, PROFILE_FCA_DISP, DEADLINE_SUMMARY, received);
  case FIFTEEN: return legal(arena, hours, PROFILE_FCA_PAYMENT, DEADLINE_FINAL_RESPONSE, received);
  case THIRTY_FIVE: return legal(arena, hours, PROFILE_FCA_PAYMENT, DEADLINE_EXCEPTIONAL_RESPONSE, received);
  case EIGHT_WEEKS: return legal(arena, hours, PROFILE_FCA_DISP, DEADLINE_FINAL_RESPONSE, received);
  case DESK_DAY: break;
  }
  return hours_moment(hours, hours_day_after(hours, DAYS_OF_DESK, hours_day_of(hours, received), amount), 17 * 60);
}

static void worked_dates(void) {
  int wrong = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Arena) arena = arena_new();
    BusinessHours hours = hours_of(arena, rows[i].zone, rows[i].week, rows[i].holidays);
    const char *due = clock_iso(arena, answer(arena, &hours, rows[i].question, moment_of(rows[i].received), rows[i].amount));
    if (strcmp(due, rows[i].expected) == 0) continue;
    g_test_message("%s, received %s: %s, not %s (%s)", rows[i].zone, rows[i].received, due, rows[i].expected, rows[i].why);
    wrong++;
  }
  g_assert_cmpint(wrong, ==, 0);
  g_assert_cmpuint(G_N_ELEMENTS(rows), >=, 60);
}

// Easter Sunday by the method of the "Anonymous Gregorian algorithm" (Nature, 20 April 1876).
static Day easter(int year) {
  int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7,
      m = (a + 11 * h + 22 * l) / 451;
  return day_from_date(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

static Day first_monday(int year, int month) {
  Day day = day_from_date(year, month, 1);
  while (day_weekday(day) != 1) day++;
  return day;
}

static Day last_monday(int year, int month) {
  Day day = day_from_date(year, month, 31);
  while (day_weekday(day) != 1) day--;
  return day;
}

static Day working_from(Day day, Day taken) {
  while (day_weekday(day) > 5 || day == taken) day++;
  return day;
}

static void the_calendar_of_england_and_wales_follows_its_rule(void) {
  const HolidaySet *set = holiday_set_find("england-and-wales");
  const Holiday *day = set->days;
  for (int year = 2024; year <= 2028; year++) {
    Day christmas = working_from(day_from_date(year, 12, 25), 0);
    Day boxing = day_from_date(year, 12, 26);
    const Day rule[] = {working_from(day_from_date(year, 1, 1), 0),
                        easter(year) - 2,
                        easter(year) + 1,
                        first_monday(year, 5),
                        last_monday(year, 5),
                        last_monday(year, 8),
                        christmas,
                        working_from(boxing, christmas)};
    for (size_t i = 0; i < G_N_ELEMENTS(rule); i++, day++) {
      g_assert_true(day < set->days + set->count);
      g_assert_cmpint(day_from_date(day->year, day->month, day->day), ==, rule[i]);
      g_assert_true(day->is_public);
    }
  }
  g_assert_true(day == set->days + set->count);
}

static void days_have_their_weekday(void) {
  g_assert_cmpint(day_weekday(day_from_date(2026, 6, 12)), ==, 5);
  g_assert_cmpint(day_weekday(day_from_date(2028, 2, 29)), ==, 2);
  g_assert_cmpint(day_weekday(day_from_date(1970, 1, 1)), ==, 4);
  static const int none[][3] = {{2027, 2, 29}, {2026, 4, 31}, {2026, 0, 1}, {2026, 13, 1},
                                {2026, 1, 0},  {0, 1, 1},     {-4, 1, 1},   {70000, 1, 1}};
  for (size_t i = 0; i < G_N_ELEMENTS(none); i++) g_assert_cmpint(day_from_date(none[i][0], none[i][1], none[i][2]), ==, 0);
}

static void a_desk_that_never_opens_never_falls_due(void) {
  g_autoptr(Arena) arena = arena_new();
  BusinessHours hours;
  DeadlineList deadlines = {0};
  int64_t now = moment_of("2026-06-12T09:00:00Z");
  g_assert_true(hours_make(arena, LONDON, NULL, NULL, &hours));
  g_assert_false(hours_is_open(&hours, now));
  g_assert_cmpint(hours_next_opening(&hours, now), ==, HOURS_NEVER);
  g_assert_cmpint(hours_next_closing(&hours, now), ==, HOURS_NEVER);
  g_assert_cmpint(hours_add(&hours, now, 0), ==, HOURS_NEVER);
  g_assert_cmpint(hours_between(&hours, now, HOURS_NEVER), ==, 0);
  g_assert_cmpint(hours_day_after(&hours, DAYS_OF_DESK, hours_day_of(&hours, now), 1), ==, 0);
  deadlines_of(arena, &hours, &targets_default, PROFILE_FCA_DISP, 1, now, &deadlines);
  g_assert_cmpuint(deadlines.count, ==, 6);
  g_assert_cmpint(deadlines.items[0].kind, ==, DEADLINE_SUMMARY); // the law goes on
  g_assert_cmpint(deadlines.items[2].due_at, ==, HOURS_NEVER);
  g_assert_nonnull(strstr(deadlines.items[2].arithmetic, "never falls due"));
}

static void moments_out_of_this_world_are_harmless(void) {
  g_autoptr(Arena) arena = arena_new();
  BusinessHours hours = hours_of(arena, LONDON, OFFICE, "ew");
  static const int64_t odd[] = {INT64_MIN, -1, INT64_MAX, INT64_MAX - 1};
  int64_t now = moment_of("2026-06-12T09:00:00Z");
  for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
    DeadlineList deadlines = {0};
    g_assert_false(hours_is_open(&hours, odd[i]));
    g_assert_cmpint(hours_next_opening(&hours, odd[i]), ==, HOURS_NEVER);
    g_assert_cmpint(hours_add(&hours, odd[i], 1), ==, HOURS_NEVER);
    g_assert_cmpint(hours_between(&hours, odd[i], now), ==, 0);
    deadlines_of(arena, &hours, &targets_default, PROFILE_FCA_PAYMENT, odd[i], odd[i], &deadlines);
    g_assert_cmpuint(deadlines.count, ==, 7);
  }
  g_assert_cmpint(hours_add(&hours, now, -1), ==, HOURS_NEVER);
  g_assert_cmpint(hours_add(&hours, now, INT64_MAX), ==, HOURS_NEVER);
  g_assert_cmpint(hours_between(&hours, now, now - 1), ==, 0);
}

// Any hours: a zone with something odd about it, one to three openings on some weekdays, a few holidays.
static BusinessHours any_hours(Arena *arena) {
  static const char *const zones[] = {"UTC",
                                      LONDON,
                                      NEW_YORK,
                                      "Pacific/Auckland",
                                      "Asia/Kathmandu",
                                      "Australia/Lord_Howe",
                                      "America/St_Johns",
                                      "America/Havana",
                                      "America/Sao_Paulo",
                                      "Africa/Casablanca",
                                      "Pacific/Apia"};
  OpeningList openings = {0};
  HolidayList holidays = {0};
  int open_days = g_test_rand_int_range(1, 128);
  for (int weekday = 1; weekday <= 7; weekday++) {
    int64_t at = 0, count = open_days >> (weekday - 1) & 1 ? g_test_rand_int_range(1, 4) : 0;
    for (int64_t i = 0; i < count; i++) {
      int64_t opens = at + g_test_rand_int_range(0, 200), closes = opens + g_test_rand_int_range(60, 280);
      *list_add(arena, &openings) = (Opening){weekday, opens, closes};
      at = closes;
    }
  }
  for (int i = g_test_rand_int_range(0, 30); i > 0; i--)
    *list_add(arena, &holidays) = (Holiday){.year = g_test_rand_int_range(0, 3) ? g_test_rand_int_range(2000, 2037) : 0,
                                            .month = g_test_rand_int_range(1, 13),
                                            .day = g_test_rand_int_range(1, 32),
                                            .name = "A day",
                                            .calendar = ""};
  BusinessHours hours;
  g_assert_true(hours_make(arena, zones[g_test_rand_int_range(0, G_N_ELEMENTS(zones))], &openings, &holidays, &hours));
  return hours;
}

static int64_t any_minute(void) { // from 2000 to 2036
  return moment_of("2000-01-01T00:00:00Z") + (int64_t)g_test_rand_int_range(0, 36 * 365 * 24 * 60) * CLOCK_MINUTE;
}

static void adding_lands_open_or_at_a_closing_and_is_measured_back(void) {
  for (int i = 0; i < 3000; i++) {
    g_autoptr(Arena) arena = arena_new();
    BusinessHours hours = any_hours(arena);
    int64_t from = any_minute(), minutes = g_test_rand_int_range(0, 3000), more = g_test_rand_int_range(0, 300);
    int64_t due = hours_add(&hours, from, minutes), later = from + g_test_rand_int_range(0, 100000) * CLOCK_MINUTE;
    g_assert_cmpint(due, !=, HOURS_NEVER);
    g_assert_cmpint(due, >=, from);
    g_assert_true(hours_is_open(&hours, due) || hours_is_open(&hours, due - 1));
    g_assert_cmpint(hours_between(&hours, from, due), ==, minutes);
    g_assert_cmpint(hours_add(&hours, from, minutes + more), >=, due);
    if (more) g_assert_cmpint(hours_add(&hours, due, more), ==, hours_add(&hours, from, minutes + more));
    g_assert_cmpint(hours_add(&hours, later, minutes), >=, due);
    g_assert_cmpint(hours_between(&hours, from, later) + hours_between(&hours, later, later + CLOCK_DAY), ==,
                    hours_between(&hours, from, later + CLOCK_DAY));
    int64_t opens = hours_next_opening(&hours, due), closes = hours_next_closing(&hours, due);
    g_assert_cmpint(closes, >, opens);
    g_assert_false(hours_is_open(&hours, closes));
    g_assert_cmpint(hours_between(&hours, due, closes), ==, (closes - opens) / CLOCK_MINUTE);
  }
}

// The same question asked of GDateTime, which knows nothing of ours: what do calendar and clock on the wall say?
static bool wall_says_open(const BusinessHours *hours, int64_t at) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / CLOCK_SECOND);
  g_autoptr(GDateTime) wall = g_date_time_to_timezone(utc, hours->zone);
  int64_t minute = g_date_time_get_hour(wall) * 60 + g_date_time_get_minute(wall);
  list_each(const Holiday, holiday, &hours->holidays)
    if (holiday->month == g_date_time_get_month(wall) && holiday->day == g_date_time_get_day_of_month(wall) &&
        (!holiday->year || holiday->year == g_date_time_get_year(wall)))
      return false;
  list_each(const Opening, opening, &hours->openings)
    if (opening->weekday == g_date_time_get_day_of_week(wall) && opening->opens_at <= minute && minute < opening->closes_at)
      return true;
  return false;
}

static void is_open_when_the_wall_says_so(void) {
  int compared = 0;
  for (int i = 0; i < 6000; i++) {
    g_autoptr(Arena) arena = arena_new();
    BusinessHours hours = any_hours(arena);
    int64_t at = any_minute();
    Day day = hours_day_of(&hours, at);
    if (hours_moment(&hours, day + 1, 0) - hours_moment(&hours, day, 0) != CLOCK_DAY) continue; // rows above are about those
    g_assert_cmpint(hours_is_open(&hours, at), ==, wall_says_open(&hours, at));
    compared++;
  }
  g_assert_cmpint(compared, >, 5000);
}

static void days_that_count_follow_one_another(void) {
  for (int i = 0; i < 1000; i++) {
    g_autoptr(Arena) arena = arena_new();
    BusinessHours hours = any_hours(arena);
    DayCount count = g_test_rand_int_range(0, 2) ? DAYS_OF_LAW : DAYS_OF_DESK;
    Day from = hours_day_of(&hours, any_minute()), day = from;
    int64_t number = g_test_rand_int_range(1, 40), counted = 0;
    Day reached = hours_day_after(&hours, count, from, number);
    while (day < reached) counted += hours_counts(&hours, count, ++day);
    g_assert_true(hours_counts(&hours, count, reached));
    g_assert_cmpint(counted, ==, number);
    g_assert_cmpint(hours_day_of(&hours, hours_moment(&hours, reached, 12 * 60)), ==, reached);
    g_assert_cmpint(hours_day_of(&hours, hours_end_of(&hours, reached)), ==, reached);
  }
}

static void a_weekday_is_read_as_people_write_it(void) {
  static const struct {
    const char *text, *read;
  } cases[] = {
    {"", ""},
    {"  ", ""},
    {"9-17", "09:00–17:00"},
    {"9:00 – 17:00", "09:00–17:00"},
    {"9.30 to 12", "09:30–12:00"},
    {"13:30-17:00, 9-12:30", "09:00–12:30, 13:30–17:00"},
    {"9-12;12-17", "09:00–12:00, 12:00–17:00"},
    {"0-24", "00:00–24:00"},
    {"22:00—24:00", "22:00–24:00"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Arena) arena = arena_new();
    OpeningList openings = {0};
    BusinessHours hours;
    g_assert_cmpstr(hours_read_openings(arena, 3, cases[i].text, &openings), ==, NULL);
    g_assert_true(hours_make(arena, "UTC", &openings, NULL, &hours));
    g_assert_cmpstr(hours_write_openings(arena, &hours, 3), ==, cases[i].read);
    g_assert_cmpstr(hours_write_openings(arena, &hours, 2), ==, "");
  }
}

static void what_is_no_hours_is_said(void) {
  static const struct {
    const char *text, *problem;
  } cases[] = {
    {"all day", "are no hours"},
    {"9", "are no hours"},
    {"9-", "are no hours"},
    {"9-25", "are no hours"},
    {"9:60-17", "are no hours"},
    {"9:5-17", "are no hours"},
    {"24:01-24:02", "are no hours"},
    {"-1-5", "are no hours"},
    {"9-17,", "are no hours"},
    {"17-9", "ends before it starts"},
    {"22:00-06:00", "22:00–24:00 here and 00:00–06:00 on the next day"},
    {"9-9", "has no length"},
    {"9-12, 11:59-17", "09:00–12:00 and 11:59–17:00 overlap"},
    {"9-12 13-17", "comes a comma"},
    {"99999999999999999999-1", "are no hours"},
    {"0-1,1-2,2-3,3-4,4-5,5-6,6-7,7-8,8-9,9-10,10-11,11-12,12-13", "More than 12"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Arena) arena = arena_new();
    OpeningList openings = {0};
    const char *problem = hours_read_openings(arena, 1, cases[i].text, &openings);
    g_assert_nonnull(problem);
    g_assert_nonnull(strstr(problem, cases[i].problem));
    g_assert_cmpuint(openings.count, ==, 0);
  }
}

// Whatever is typed is either refused or written so that it reads as the same.
static void any_text_is_refused_or_reads_back(void) {
  static const char *const pieces[] = {"0", "9",    "12", "17", "24", ":00", ":30", ".5", "-",
                                       "–", " to ", ", ", ";",  " ",  "h",   "min", "\t", "é"};
  int accepted = 0;
  for (int i = 0; i < 20000; i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) text = g_string_new(NULL);
    OpeningList first = {0}, second = {0};
    BusinessHours hours;
    int64_t minutes, again;
    for (int n = g_test_rand_int_range(0, 9); n > 0; n--)
      g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
    if (!target_read(arena, text->str, &minutes)) {
      g_assert_null(target_read(arena, target_write(arena, minutes), &again));
      g_assert_cmpint(again, ==, minutes);
    }
    if (hours_read_openings(arena, 1, text->str, &first) || !first.count) continue;
    g_assert_true(hours_make(arena, "UTC", &first, NULL, &hours));
    g_assert_null(hours_read_openings(arena, 1, hours_write_openings(arena, &hours, 1), &second));
    g_assert_cmpmem(first.items, first.count * sizeof *first.items, second.items, second.count * sizeof *second.items);
    accepted++;
  }
  g_assert_cmpint(accepted, >, 0);
}

static void a_zone_is_one_that_is_known(void) {
  g_autoptr(Arena) arena = arena_new();
  static const char *const good[] = {"Europe/London", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+5"};
  static const char *const bad[] = {"",
                                    " ",
                                    "Europe/Lundon",
                                    "Europe",
                                    "../../../etc/passwd",
                                    "/etc/localtime",
                                    "tzdata.zi",
                                    "zone.tab",
                                    ":UTC",
                                    "UTC\n",
                                    "+01:00",
                                    "Europe/London\" onload=",
                                    NULL};
  for (size_t i = 0; i < G_N_ELEMENTS(good); i++) g_assert_cmpstr(hours_zone_problem(arena, good[i]), ==, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) g_assert_nonnull(hours_zone_problem(arena, bad[i]));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/hours/worked-dates", worked_dates);
  g_test_add_func("/hours/england-and-wales-follows-its-rule", the_calendar_of_england_and_wales_follows_its_rule);
  g_test_add_func("/hours/weekdays", days_have_their_weekday);
  g_test_add_func("/hours/never-open", a_desk_that_never_opens_never_falls_due);
  g_test_add_func("/hours/odd-moments", moments_out_of_this_world_are_harmless);
  g_test_add_func("/hours/any/adding-lands-open-and-is-measured-back", adding_lands_open_or_at_a_closing_and_is_measured_back);
  g_test_add_func("/hours/any/open-when-the-wall-says-so", is_open_when_the_wall_says_so);
  g_test_add_func("/hours/any/days-follow-one-another", days_that_count_follow_one_another);
  g_test_add_func("/hours/reads-a-weekday", a_weekday_is_read_as_people_write_it);
  g_test_add_func("/hours/says-what-is-no-hours", what_is_no_hours_is_said);
  g_test_add_func("/hours/any/text-is-refused-or-reads-back", any_text_is_refused_or_reads_back);
  g_test_add_func("/hours/zones", a_zone_is_one_that_is_known);
  return g_test_run();
}
