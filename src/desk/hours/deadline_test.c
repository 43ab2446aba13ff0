// Deadlines with the sentences that show their arithmetic, how they stand, and what the desk keeps of its hours, targets and law.
#include "desk/hours/deadline.h"

#include "desk/hours.sql.h"
#include "desk/testing.h"

static int64_t moment_of(const char *iso) {
  int64_t moment = 0;
  g_assert_true(clock_parse_iso(iso, &moment));
  return moment;
}

// An office in London that knows the bank holidays.
static BusinessHours office(Arena *arena) {
  const HolidaySet *set = holiday_set_find("england-and-wales");
  OpeningList openings = {0};
  HolidayList holidays = {0};
  BusinessHours hours;
  for (int weekday = 1; weekday <= 5; weekday++) *list_add(arena, &openings) = (Opening){weekday, 9 * 60, 17 * 60};
  for (size_t i = 0; i < set->count; i++) *list_add(arena, &holidays) = set->days[i];
  g_assert_true(hours_make(arena, "Europe/London", &openings, &holidays, &hours));
  return hours;
}

static const Deadline *find(const DeadlineList *deadlines, DeadlineKind kind) {
  list_each(const Deadline, deadline, deadlines)
    if (deadline->kind == kind) return deadline;
  return NULL;
}

static Deadline deadline_of(Arena *arena, const BusinessHours *hours, LegalProfile profile, int64_t severity,
                            const char *received, DeadlineKind kind) {
  DeadlineList deadlines = {0};
  deadlines_of(arena, hours, &targets_default, profile, severity, moment_of(received), &deadlines);
  const Deadline *found = find(&deadlines, kind);
  g_assert_nonnull(found);
  return *found;
}

static void says_how_it_was_worked_out(void) {
  g_autoptr(Arena) arena = arena_new();
  BusinessHours hours = office(arena);
  static const struct {
    const char *received;
    LegalProfile profile;
    DeadlineKind kind;
    const char *arithmetic;
  } cases[] = {
    {"2026-06-12T16:40:00Z", PROFILE_NONE, DEADLINE_ACKNOWLEDGE,
     "Received Friday 12 June 2026 at 17:40 (Europe/London), after closing.\n"
     "The clock starts Monday 15 June at 09:00.\n"
     "8 business hours end Monday 15 June at 17:00."},
    {"2026-08-28T15:00:00Z", PROFILE_NONE, DEADLINE_ACKNOWLEDGE,
     "Received Friday 28 August 2026 at 16:00 (Europe/London), while the desk is open.\n"
     "Monday 31 August is the Summer bank holiday and does not count.\n"
     "8 business hours end Tuesday 1 September at 16:00."},
    {"2026-04-03T10:00:00Z", PROFILE_NONE, DEADLINE_ACKNOWLEDGE,
     "Received Friday 3 April 2026 at 11:00 (Europe/London), on a holiday of the desk (Good Friday).\n"
     "The clock starts Tuesday 7 April at 09:00.\n"
     "Friday 3 April is Good Friday and does not count.\n"
     "Monday 6 April is Easter Monday and does not count.\n"
     "8 business hours end Tuesday 7 April at 17:00."},
    {"2026-06-13T11:00:00Z", PROFILE_ISO_10002, DEADLINE_LEGAL_ACKNOWLEDGE,
     "Received Saturday 13 June 2026 at 12:00 (Europe/London), on a Saturday, when the desk is closed.\n"
     "ISO 10002:2018, 7.4 gives no number; the desk’s own target counts: 8 business hours.\n"
     "The clock starts Monday 15 June at 09:00.\n"
     "8 business hours end Monday 15 June at 17:00."},
    {"2026-04-01T16:30:00Z", PROFILE_FCA_DISP, DEADLINE_SUMMARY,
     "Received Wednesday 1 April 2026 at 17:30 (Europe/London), after closing.\n"
     "That is after close of business at 17:00, so it may be treated as received on the next business day, Thursday 2 April (DISP "
     "1.5.3 G).\n"
     "Friday 3 April is Good Friday and does not count.\n"
     "Monday 6 April is Easter Monday and does not count.\n"
     "Business day 1: Tuesday 7 April.\n"
     "Business day 2: Wednesday 8 April.\n"
     "Business day 3: Thursday 9 April.\n"
     "Close of business is Thursday 9 April at 17:00; resolved by then, a summary resolution communication is enough (DISP 1.5.1 R and 1.5.4 R)."},
    {"2026-06-12T09:00:00Z", PROFILE_FCA_DISP, DEADLINE_FINAL_RESPONSE,
     "Received Friday 12 June 2026 at 10:00 (Europe/London), while the desk is open.\n"
     "8 weeks after Friday 12 June is Friday 7 August 2026; every day counts, and nothing pauses this clock.\n"
     "It is due by the end of that day (DISP 1.6.2 R)."},
    {"2026-08-14T06:00:00Z", PROFILE_FCA_PAYMENT, DEADLINE_FINAL_RESPONSE,
     "Received Friday 14 August 2026 at 07:00 (Europe/London), before opening.\n"
     "Monday 31 August is the Summer bank holiday and does not count.\n"
     "Business day 1 is Monday 17 August, business day 15 is Monday 7 September 2026; Saturdays and Sundays do not count.\n"
     "It is due by the end of that day (DISP 1.6.2A R)."},
    {"2029-06-13T11:00:00Z", PROFILE_FCA_DISP, DEADLINE_SUMMARY,
     "Received Wednesday 13 June 2029 at 12:00 (Europe/London), while the desk is open.\n"
     "Business day 1: Thursday 14 June.\n"
     "Business day 2: Friday 15 June.\n"
     "Business day 3: Monday 18 June.\n"
     "The desk knows no public holiday of 2029; should one lie between, there is more time than this.\n"
     "Close of business is Monday 18 June at 17:00; resolved by then, a summary resolution communication is enough (DISP 1.5.1 R and 1.5.4 R)."},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_cmpstr(deadline_of(arena, &hours, cases[i].profile, 0, cases[i].received, cases[i].kind).arithmetic, ==,
                    cases[i].arithmetic);
}

static void clock_changes_are_told_where_they_matter(void) {
  g_autoptr(Arena) arena = arena_new();
  OpeningList openings = {0};
  BusinessHours always;
  for (int weekday = 1; weekday <= 7; weekday++) *list_add(arena, &openings) = (Opening){weekday, 0, 24 * 60};
  g_assert_true(hours_make(arena, "Europe/London", &openings, NULL, &always));
  Deadline spring = deadline_of(arena, &always, PROFILE_NONE, 1, "2026-03-28T12:00:00Z", DEADLINE_RESOLUTION);
  g_assert_nonnull(
    strstr(spring.arithmetic, "On Sunday 29 March the clocks change while the desk is open, which gives 60 minutes less."));
  Deadline autumn = deadline_of(arena, &always, PROFILE_NONE, 1, "2026-10-24T12:00:00Z", DEADLINE_RESOLUTION);
  g_assert_nonnull(strstr(autumn.arithmetic, "which gives 60 minutes more."));
  BusinessHours closed_at_night = office(arena);
  Deadline quiet = deadline_of(arena, &closed_at_night, PROFILE_NONE, 1, "2026-03-27T12:00:00Z", DEADLINE_RESOLUTION);
  g_assert_null(strstr(quiet.arithmetic, "clocks"));
}

static void lunch_is_between_two_openings(void) {
  g_autoptr(Arena) arena = arena_new();
  OpeningList openings = {0};
  BusinessHours hours;
  g_assert_null(hours_read_openings(arena, 3, "09:00-12:30, 13:30-17:00", &openings));
  g_assert_true(hours_make(arena, "UTC", &openings, NULL, &hours));
  static const struct {
    const char *received, *words;
  } cases[] = {{"2026-06-10T08:59:00Z", "before opening."},
               {"2026-06-10T12:30:00Z", "while the desk is closed between two openings."},
               {"2026-06-10T17:00:00Z", "after closing."},
               {"2026-06-10T13:30:00Z", "while the desk is open."}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_nonnull(
      strstr(deadline_of(arena, &hours, PROFILE_NONE, 0, cases[i].received, DEADLINE_ACKNOWLEDGE).arithmetic, cases[i].words));
}

static void each_profile_gives_what_it_asks_for(void) {
  g_autoptr(Arena) arena = arena_new();
  BusinessHours hours = office(arena);
  static const unsigned kinds[PROFILE_COUNT] = {
    [PROFILE_NONE] = 0,
    [PROFILE_ISO_10002] = 1 << DEADLINE_LEGAL_ACKNOWLEDGE,
    [PROFILE_FCA_DISP] = 1 << DEADLINE_LEGAL_ACKNOWLEDGE | 1 << DEADLINE_SUMMARY | 1 << DEADLINE_FINAL_RESPONSE,
    [PROFILE_FCA_PAYMENT] = 1 << DEADLINE_LEGAL_ACKNOWLEDGE | 1 << DEADLINE_SUMMARY | 1 << DEADLINE_FINAL_RESPONSE |
                            1 << DEADLINE_EXCEPTIONAL_RESPONSE,
  };
  for (unsigned profile = 0; profile < PROFILE_COUNT; profile++) {
    DeadlineList deadlines = {0};
    unsigned seen = 0;
    int64_t before = 0;
    deadlines_of(arena, &hours, &targets_default, profile, 2, moment_of("2026-06-12T09:00:00Z"), &deadlines);
    list_each(const Deadline, deadline, &deadlines) {
      g_assert_cmpuint(seen & 1u << deadline->kind, ==, 0); // each kind once
      g_assert_cmpint(deadline->due_at, >=, before);        // the earliest first
      g_assert_cmpint(deadline->is_legal, ==, deadline->kind >= DEADLINE_OWN_COUNT);
      g_assert_cmpint(deadline->starts_at, <=, deadline->due_at);
      g_assert_cmpstr(deadline->name, !=, "");
      before = deadline->due_at;
      seen |= 1u << deadline->kind;
    }
    g_assert_cmpuint(seen, ==, kinds[profile] | 7);
    LegalProfile read;
    g_assert_true(profile_from_word(profile_rules(profile)->word, &read));
    g_assert_cmpint(read, ==, profile);
  }
  LegalProfile none;
  g_assert_false(profile_from_word("bafin", &none));
  g_assert_false(profile_from_word(NULL, &none));
}

static void severity_chooses_the_target(void) {
  g_autoptr(Arena) arena = arena_new();
  BusinessHours hours = office(arena);
  Targets targets = {{{0, 60, 0}, {0, 0, 0}, {0, 30, 0}, {0, 5, 0}}};
  DeadlineList deadlines = {0};
  int64_t received = moment_of("2026-06-10T09:00:00Z");
  deadlines_of(arena, &hours, &targets, PROFILE_NONE, 2, received, &deadlines);
  g_assert_cmpuint(deadlines.count, ==, 1);
  g_assert_cmpint(deadlines.items[0].due_at, ==, received + 30 * CLOCK_MINUTE);
  deadlines_of(arena, &hours, &targets, PROFILE_NONE, 1, received, &deadlines);
  g_assert_cmpuint(deadlines.count, ==, 0); // 0: none
  deadlines_of(arena, &hours, &targets, PROFILE_NONE, 99, received, &deadlines);
  g_assert_cmpint(deadlines.items[0].due_at, ==, received + 5 * CLOCK_MINUTE); // the worst there is
  deadlines_of(arena, &hours, &targets, PROFILE_ISO_10002, 2, received, &deadlines);
  g_assert_nonnull(strstr(find(&deadlines, DEADLINE_LEGAL_ACKNOWLEDGE)->arithmetic, "the desk has no target of its own"));
}

static void many_holidays_are_named_and_counted(void) {
  g_autoptr(Arena) arena = arena_new();
  OpeningList openings = {0};
  HolidayList holidays = {0};
  BusinessHours hours;
  for (int weekday = 1; weekday <= 7; weekday++) *list_add(arena, &openings) = (Opening){weekday, 9 * 60, 17 * 60};
  for (int day = 1; day <= 30; day++) *list_add(arena, &holidays) = (Holiday){0, 0, 6, day, "Summer break", "", false};
  g_assert_true(hours_make(arena, "UTC", &openings, &holidays, &hours));
  const char *text = deadline_of(arena, &hours, PROFILE_NONE, 0, "2026-05-31T16:00:00Z", DEADLINE_ACKNOWLEDGE).arithmetic;
  g_assert_nonnull(strstr(text, "Monday 8 June is Summer break and does not count.\n22 more holidays do not count.\n"));
}

static void a_deadline_runs_is_late_or_met(void) {
  g_autoptr(Arena) arena = arena_new();
  const int64_t due = moment_of("2026-06-12T12:00:00Z"), hour = CLOCK_HOUR;
  const struct {
    int64_t due_at, met_at, now;
    DeadlineState state;
    int64_t span, late_by;
    const char *words;
  } cases[] = {
    {due, 0, due - 2 * hour, DEADLINE_RUNNING, 2 * hour, 0, "2 h left"},
    {due, 0, due, DEADLINE_RUNNING, 0, 0, "less than a minute left"},
    {due, 0, due + CLOCK_SECOND, DEADLINE_LATE, 0, CLOCK_SECOND, "less than a minute late"},
    {due, 0, due + 72 * hour, DEADLINE_LATE, 0, 72 * hour, "3 days late"},
    {due, due - 4 * hour, due + 72 * hour, DEADLINE_MET, 4 * hour, 0, "met 4 h before it was due"},
    {due, due, due + hour, DEADLINE_MET, 0, 0, "met"},
    {due, due + hour, due + 72 * hour, DEADLINE_MET_LATE, 0, hour, "met 1 h late"},
    {HOURS_NEVER, 0, due, DEADLINE_RUNNING, HOURS_NEVER, 0, "never due"},
    {HOURS_NEVER, due, due, DEADLINE_MET, HOURS_NEVER, 0, "met"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    DeadlineStanding standing = deadline_standing(arena, cases[i].due_at, cases[i].met_at, cases[i].now);
    g_assert_cmpint(standing.state, ==, cases[i].state);
    g_assert_cmpint(standing.span, ==, cases[i].span);
    g_assert_cmpint(standing.late_by, ==, cases[i].late_by);
    g_assert_cmpstr(standing.words, ==, cases[i].words);
  }
}

static void a_target_is_read_as_people_write_it(void) {
  g_autoptr(Arena) arena = arena_new();
  static const struct {
    const char *text;
    int64_t minutes;
    const char *written;
  } good[] = {{"", 0, ""},
              {"0", 0, ""},
              {"8 h", 480, "8 h"},
              {"8h", 480, "8 h"},
              {"45 min", 45, "45 min"},
              {"1 h 30 min", 90, "1 h 30 min"},
              {"1 hour", 60, "1 h"},
              {" 90 minutes ", 90, "1 h 30 min"}};
  static const char *const bad[] = {"8",       "eight hours", "-8 h", "8 days", "h", "8 h 5", "1.5 h", "99999999999999999999 h",
                                    "100000 h"};
  int64_t minutes;
  for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
    g_assert_cmpstr(target_read(arena, good[i].text, &minutes), ==, NULL);
    g_assert_cmpint(minutes, ==, good[i].minutes);
    g_assert_cmpstr(target_write(arena, minutes), ==, good[i].written);
  }
  for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) g_assert_nonnull(target_read(arena, bad[i], &minutes));
}

static BusinessHours load(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  BusinessHours hours;
  hours_load(test->arena, test->desk, &hours, &error);
  g_assert_no_error(error);
  return hours;
}

static void a_new_desk_is_open_in_office_hours(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  BusinessHours hours = load(test);
  Targets targets;
  LegalProfile profile;
  g_assert_cmpstr(hours.zone_name, ==, "UTC"); // the machine's, which main sets
  g_assert_false(hours.zone_is_own);
  for (int weekday = 1; weekday <= 7; weekday++)
    g_assert_cmpstr(hours_write_openings(test->arena, &hours, weekday), ==, weekday <= 5 ? "09:00–17:00" : "");
  g_assert_cmpuint(hours.holidays.count, ==, 0);
  g_assert_true(targets_load(test->desk, &targets, NULL));
  g_assert_cmpmem(&targets, sizeof targets, &targets_default, sizeof targets_default);
  g_assert_true(profile_load(test->desk, &profile, NULL));
  g_assert_cmpint(profile, ==, PROFILE_NONE);
}

static void zone_and_week_are_kept(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  OpeningList week = {0};
  g_assert_null(hours_read_openings(test->arena, 6, "10-14", &week));
  g_assert_null(hours_read_openings(test->arena, 1, "13:30-17, 9-12:30", &week));
  g_assert_true(hours_set_zone(test->desk, " America/New_York ", &error));
  g_assert_true(hours_set_week(test->desk, &week, &error));
  BusinessHours hours = load(test);
  g_assert_cmpstr(hours.zone_name, ==, "America/New_York");
  g_assert_true(hours.zone_is_own);
  g_assert_cmpstr(hours_write_openings(test->arena, &hours, 1), ==, "09:00–12:30, 13:30–17:00");
  g_assert_cmpstr(hours_write_openings(test->arena, &hours, 2), ==, "");
  g_assert_cmpstr(hours_write_openings(test->arena, &hours, 6), ==, "10:00–14:00");
  g_assert_cmpint(hours_next_opening(&hours, moment_of("2026-06-13T20:00:00Z")), ==, moment_of("2026-06-15T13:00:00Z"));
  g_assert_true(hours_set_zone(test->desk, "", &error));
  g_assert_cmpstr(load(test).zone_name, ==, "UTC");
}

static void what_cannot_be_is_refused_and_changes_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  OpeningList none = {0}, overlapping = {0}, turned = {0}, outside = {0}, eighth = {0};
  *list_add(test->arena, &overlapping) = (Opening){1, 540, 700};
  *list_add(test->arena, &overlapping) = (Opening){1, 699, 800};
  *list_add(test->arena, &turned) = (Opening){2, 700, 540};
  *list_add(test->arena, &outside) = (Opening){2, 700, 1441};
  *list_add(test->arena, &eighth) = (Opening){8, 540, 700};
  const OpeningList *weeks[] = {&none, &overlapping, &turned, &outside, &eighth};
  for (size_t i = 0; i < G_N_ELEMENTS(weeks); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(hours_set_week(test->desk, weeks[i], &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
  g_autoptr(GError) error = NULL;
  g_assert_false(hours_set_zone(test->desk, "Europe/Lundon", &error));
  g_assert_cmpstr(error->message, ==, "\"Europe/Lundon\" is no time zone; give one such as Europe/London.");
  g_clear_error(&error);
  Targets targets = targets_default;
  targets.minutes[3][2] = TARGET_MOST + 1;
  g_assert_false(targets_set(test->desk, &targets, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_false(profile_set(test->desk, PROFILE_COUNT, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  BusinessHours hours = load(test);
  g_assert_cmpuint(hours.openings.count, ==, 5);
}

static void holidays_come_and_go(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Holiday founding = {.year = 0, .month = 6, .day = 12, .name = "Founding day"};
  Holiday eve = {.year = 2026, .month = 12, .day = 24, .name = " Christmas\nEve "};
  g_assert_true(holiday_add(test->desk, &founding, &error));
  g_assert_true(holiday_add(test->desk, &eve, &error));
  g_assert_false(holiday_add(test->desk, &eve, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  BusinessHours hours = load(test);
  g_assert_cmpuint(hours.holidays.count, ==, 2);
  g_assert_cmpstr(hours.holidays.items[1].name, ==, "Christmas Eve");
  g_assert_false(hours_counts(&hours, DAYS_OF_DESK, day_from_date(2026, 6, 12)));
  g_assert_true(hours_counts(&hours, DAYS_OF_LAW, day_from_date(2026, 6, 12)));
  g_assert_true(holiday_remove(test->desk, hours.holidays.items[0].id, &error));
  g_assert_false(holiday_remove(test->desk, hours.holidays.items[0].id, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_assert_cmpuint(load(test).holidays.count, ==, 1);
}

static void days_that_are_none_are_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  const struct {
    Holiday holiday;
    const char *problem;
  } cases[] = {
    {{.year = 2027, .month = 2, .day = 29, .name = "Leap"}, "2027 has no 29 February."},
    {{.year = 2027, .month = 4, .day = 31, .name = "Never"}, "There is no such date"},
    {{.year = 0, .month = 13, .day = 1, .name = "Never"}, "There is no such date"},
    {{.year = 1200, .month = 1, .day = 1, .name = "Long ago"}, "too far"},
    {{.year = 2027, .month = 1, .day = 1, .name = " "}, "needs a name"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(holiday_add(test->desk, &cases[i].holiday, &error));
    g_assert_true(error_is(error, ERROR_INVALID));
    g_assert_nonnull(strstr(error->message, cases[i].problem));
  }
  Holiday leap = {.year = 0, .month = 2, .day = 29, .name = "Leap"};
  g_assert_true(holiday_add(test->desk, &leap, NULL));
}

static void a_set_is_imported_anew_and_own_days_stay(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const HolidaySet *set = holiday_set_find("england-and-wales");
  int64_t added = 0;
  Holiday own = {.year = 2026, .month = 12, .day = 25, .name = "Closed"}; // a bank holiday too
  g_assert_true(holiday_add(test->desk, &own, &error));
  for (int i = 0; i < 2; i++) {
    g_assert_true(holiday_import(test->desk, set, &added, &error));
    g_assert_cmpint(added, ==, (int64_t)set->count);
  }
  BusinessHours hours = load(test);
  g_assert_cmpuint(hours.holidays.count, ==, set->count + 1);
  g_assert_cmpstr(hours_holiday(&hours, DAYS_OF_LAW, day_from_date(2026, 12, 25))->name, ==, "Christmas Day");
  g_assert_cmpstr(hours_holiday(&hours, DAYS_OF_LAW, day_from_date(2028, 1, 3))->name, ==, "New Year’s Day (substitute day)");
  g_assert_true(holiday_import(test->desk, holiday_set_find("none"), &added, &error));
  g_assert_cmpint(added, ==, 0);
  g_assert_cmpuint(load(test).holidays.count, ==, 1);
  g_assert_null(holiday_set_find("mars"));
  g_assert_null(holiday_set_find(NULL));
}

static void targets_and_law_are_kept(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Targets targets = {{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 0}}}, read;
  LegalProfile profile;
  for (int i = 0; i < 2; i++) { // the second time over the first
    targets.minutes[0][0]++;
    g_assert_true(targets_set(test->desk, &targets, &error));
    g_assert_true(targets_load(test->desk, &read, &error));
    g_assert_cmpmem(&targets, sizeof targets, &read, sizeof read);
  }
  g_assert_true(profile_set(test->desk, PROFILE_FCA_PAYMENT, &error));
  g_assert_true(profile_load(test->desk, &profile, &error));
  g_assert_cmpint(profile, ==, PROFILE_FCA_PAYMENT);
}

// What another version of the program wrote: the desk still opens, and says so in its log.
static void what_cannot_be_read_stops_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_true(hours_update_zone(test->desk->db, "Mars/Olympus", NULL));
  g_assert_true(hours_update_week(test->desk->db, "by day", "9-17", "", "", "", "", "", NULL));
  g_assert_true(hours_update_profile(test->desk->db, 77, NULL));
  BusinessHours hours = load(test);
  LegalProfile profile;
  g_assert_cmpstr(hours.zone_name, ==, "UTC");
  g_assert_cmpuint(hours.openings.count, ==, 1);
  g_assert_true(profile_load(test->desk, &profile, NULL));
  g_assert_cmpint(profile, ==, PROFILE_NONE);
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/deadline/arithmetic", says_how_it_was_worked_out);
  g_test_add_func("/deadline/clock-changes", clock_changes_are_told_where_they_matter);
  g_test_add_func("/deadline/lunch", lunch_is_between_two_openings);
  g_test_add_func("/deadline/profiles", each_profile_gives_what_it_asks_for);
  g_test_add_func("/deadline/severity", severity_chooses_the_target);
  g_test_add_func("/deadline/many-holidays", many_holidays_are_named_and_counted);
  g_test_add_func("/deadline/standing", a_deadline_runs_is_late_or_met);
  g_test_add_func("/deadline/reads-a-target", a_target_is_read_as_people_write_it);
  g_test_add_func("/hours/kept/new-desk", a_new_desk_is_open_in_office_hours);
  g_test_add_func("/hours/kept/zone-and-week", zone_and_week_are_kept);
  g_test_add_func("/hours/kept/refused", what_cannot_be_is_refused_and_changes_nothing);
  g_test_add_func("/hours/kept/holidays", holidays_come_and_go);
  g_test_add_func("/hours/kept/no-such-day", days_that_are_none_are_refused);
  g_test_add_func("/hours/kept/import", a_set_is_imported_anew_and_own_days_stay);
  g_test_add_func("/hours/kept/targets-and-law", targets_and_law_are_kept);
  g_test_add_func("/hours/kept/unreadable", what_cannot_be_read_stops_nothing);
  return g_test_run();
}
