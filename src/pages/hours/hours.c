// Showing the page of hours: what is kept, or what was typed and could not be kept, and the worked example. The changes are in change.c.
#include "pages/hours/hours.h"
#include "base/words.h"

#include "pages/hours.html.h"

#include <stdio.h>

#define DAYS 7
#define EXAMPLE_SEVERITY 1

const char *hours_severity_title(int64_t severity) {
  static const char *const titles[DEADLINE_SEVERITIES] = {"Minor", "Moderate", "Serious", "Critical"};
  return severity >= 0 && severity < DEADLINE_SEVERITIES ? titles[severity] : "";
}

// A few of each part of the world; any other name may be typed.
static const char *const zones[] = {"Europe/London",       "Europe/Dublin",       "Europe/Lisbon",
                                    "Europe/Madrid",       "Europe/Paris",        "Europe/Brussels",
                                    "Europe/Amsterdam",    "Europe/Berlin",       "Europe/Zurich",
                                    "Europe/Vienna",       "Europe/Rome",         "Europe/Prague",
                                    "Europe/Warsaw",       "Europe/Copenhagen",   "Europe/Oslo",
                                    "Europe/Stockholm",    "Europe/Helsinki",     "Europe/Athens",
                                    "Europe/Bucharest",    "Europe/Kyiv",         "Europe/Istanbul",
                                    "Africa/Casablanca",   "Africa/Lagos",        "Africa/Cairo",
                                    "Africa/Nairobi",      "Africa/Johannesburg", "Asia/Jerusalem",
                                    "Asia/Dubai",          "Asia/Karachi",        "Asia/Kolkata",
                                    "Asia/Kathmandu",      "Asia/Dhaka",          "Asia/Bangkok",
                                    "Asia/Singapore",      "Asia/Hong_Kong",      "Asia/Shanghai",
                                    "Asia/Tokyo",          "Asia/Seoul",          "Australia/Perth",
                                    "Australia/Adelaide",  "Australia/Sydney",    "Pacific/Auckland",
                                    "America/St_Johns",    "America/Halifax",     "America/Sao_Paulo",
                                    "America/New_York",    "America/Toronto",     "America/Chicago",
                                    "America/Mexico_City", "America/Denver",      "America/Los_Angeles",
                                    "America/Anchorage",   "Pacific/Honolulu",    "UTC"};

void hours_zones(Arena *arena, TextList *out) {
  for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) *list_add(arena, out) = zones[i];
}

static TextList lines_of(Arena *arena, const char *text) {
  TextList lines = {0};
  while (*text) {
    size_t length = strcspn(text, "\n");
    *list_add(arena, &lines) = arena_strndup(arena, text, length);
    text += length + (text[length] == '\n');
  }
  return lines;
}

const char *hours_due_words(Arena *arena, const BusinessHours *hours, int64_t at) {
  if (at == HOURS_NEVER) return "never, with these hours";
  return arena_printf(arena, "%s, %s", day_words(arena, hours_day_of(hours, at)), hours_clock_words(arena, hours, at));
}

const char *hours_now_words(const Visit *visit, const BusinessHours *hours) {
  Arena *arena = visit->arena;
  bool is_open = hours_is_open(hours, visit->now);
  int64_t next = is_open ? hours_next_closing(hours, visit->now) : hours_next_opening(hours, visit->now);
  const char *now_words = hours_due_words(arena, hours, visit->now), *next_words = hours_due_words(arena, hours, next);
  if (is_open)
    return arena_say(arena, "In %s it is %s. The desk is open: it closes %s.", hours->zone_name, now_words, next_words);
  return arena_say(arena, "In %s it is %s. The desk is closed: it opens %s.", hours->zone_name, now_words, next_words);
}

const char *holiday_day_words(Arena *arena, const Holiday *holiday) {
  // Without its year; a day of every year is named as in a leap year, and has no weekday.
  Day day = day_from_date(holiday->year ? holiday->year : 2024, holiday->month, holiday->day);
  const char *words = arena_strdup(arena, day_words(arena, day));
  const char *begin = holiday->year ? words : strchr(words, ' ') + 1;
  return arena_strndup(arena, begin, strlen(begin) - strlen(" 2024"));
}

void hours_week_fields(Arena *arena, HoursPage *page) {
  for (int weekday = 1; weekday <= DAYS; weekday++)
    *list_add(arena, &page->week) = (HoursField){.name = arena_printf(arena, "day-%d", weekday), .title = weekday_title(weekday)};
}

void hours_target_fields(Arena *arena, HoursPage *page) {
  for (int severity = 0; severity < DEADLINE_SEVERITIES; severity++) {
    TargetGroup *group = list_add(arena, &page->targets);
    group->title = hours_severity_title(severity);
    for (int kind = 0; kind < DEADLINE_OWN_COUNT; kind++)
      *list_add(arena, &group->fields) = (HoursField){.name = arena_printf(arena, "target-%d-%d", severity, kind),
                                                      .title = deadline_name(kind)};
  }
}

static void fill_week(Arena *arena, HoursPage *page) {
  const BusinessHours *hours = &page->hours;
  page->zone.name = "zone", page->zone.title = "Time zone";
  if (!page->zone.value) page->zone.value = hours->zone_is_own ? hours->zone_name : "";
  if (!page->week.count) hours_week_fields(arena, page);
  for (int i = 0; i < DAYS; i++) {
    HoursField *field = &page->week.items[i];
    if (!field->value) field->value = hours_write_openings(arena, hours, i + 1);
  }
}

static void fill_targets(Arena *arena, const Targets *targets, HoursPage *page) {
  if (!page->targets.count) hours_target_fields(arena, page);
  for (int severity = 0; severity < DEADLINE_SEVERITIES; severity++)
    for (int kind = 0; kind < DEADLINE_OWN_COUNT; kind++) {
      HoursField *field = &page->targets.items[severity].fields.items[kind];
      if (!field->value) field->value = target_write(arena, targets->minutes[severity][kind]);
    }
}

static int64_t year_of(Arena *arena, const BusinessHours *hours, int64_t at) {
  const char *words = day_words(arena, hours_day_of(hours, at));
  return g_ascii_strtoll(strrchr(words, ' '), NULL, 10);
}

static void group_holidays(Arena *arena, int64_t this_year, HoursPage *page) {
  list_each(const Holiday, holiday, &page->hours.holidays) {
    HolidayGroup *last = page->holidays.count ? &page->holidays.items[page->holidays.count - 1] : NULL;
    if (!last || last->year != holiday->year) {
      last = list_add(arena, &page->holidays);
      *last = (HolidayGroup){.year = holiday->year, .is_open = !holiday->year || holiday->year == this_year};
    }
    *list_add(arena, &last->days) = *holiday;
  }
}

static bool counts_business_days(LegalProfile profile) {
  const ProfileRules *rules = profile_rules(profile);
  for (size_t i = 0; i < rules->count; i++)
    if (rules->rules[i].measure == MEASURE_CLOSE_OF_DAYS || rules->rules[i].measure == MEASURE_END_OF_DAYS) return true;
  return false;
}

static const char *law_warning(Arena *arena, const HoursPage *page, int64_t this_year) {
  if (!counts_business_days(page->profile)) return NULL;
  for (int64_t year = this_year; year <= this_year + 1; year++) {
    bool is_known = false;
    list_each(const Holiday, holiday, &page->hours.holidays) is_known = is_known || (holiday->is_public && holiday->year == year);
    if (!is_known)
      return arena_say(arena,
                       "The legal clock counts business days, and knows no public holiday of %d. Import a calendar or name them "
                       "below.",
                       (int)year);
  }
  return NULL;
}

bool hours_has_shape(const char *text, const char *shape) {
  for (; *shape && *text; shape++, text++)
    if (*shape == '0' ? !g_ascii_isdigit(*text) : *shape != *text) return false;
  return *shape == *text;
}

// "2026-06-12T17:40", by the wall clock of the desk.
static bool read_moment(const BusinessHours *hours, const char *text, int64_t *out) {
  int year, month, day, hour, minute;
  if (!hours_has_shape(text, "0000-00-00T00:00")) return false;
  if (sscanf(text, "%4d-%2d-%2dT%2d:%2d", &year, &month, &day, &hour, &minute) != 5) return false;
  Day date = day_from_date(year, month, day);
  if (!date || year < 1971 || hour > 23 || minute > 59) return false;
  *out = hours_moment(hours, date, hour * 60 + minute);
  return true;
}

static void work_example(const Visit *visit, const Targets *targets, HoursPage *page) {
  const char *at = web_query(visit->request, "at"), *severity = web_query(visit->request, "severity");
  page->example_moment = visit->now;
  page->example_at = (HoursField){.name = "at", .title = "Received at", .value = at ? at : ""};
  page->example_severity = severity && severity[0] >= '0' && severity[0] < '0' + DEADLINE_SEVERITIES && !severity[1]
                             ? severity[0] - '0'
                             : EXAMPLE_SEVERITY;
  if (!text_is_blank(at) && !read_moment(&page->hours, at, &page->example_moment))
    page->example_at.problem = "There is no such moment; write it as 2026-06-12T17:40.";
  DeadlineList deadlines = {0};
  deadlines_of(visit->arena, &page->hours, targets, page->profile, page->example_severity, page->example_moment, &deadlines);
  list_each(const Deadline, deadline, &deadlines)
    *list_add(visit->arena, &page->example) = (ExampleItem){deadline, lines_of(visit->arena, deadline->arithmetic)};
}

static void list_profiles(Arena *arena, HoursPage *page) {
  for (unsigned i = 0; i < PROFILE_COUNT; i++) {
    const ProfileRules *rules = profile_rules(i);
    ProfileChoice *choice = list_add(arena, &page->profiles);
    *choice = (ProfileChoice){rules->word, rules->title, rules->meaning, page->profile == i, {0}};
    for (size_t k = 0; k < rules->count; k++) *list_add(arena, &choice->rules) = rules->rules[k];
  }
}

bool hours_was_kept(const HoursPage *page, const char *part) { return page->kept && strcmp(page->kept, part) == 0; }

bool hours_render(const Visit *visit, WebResponse *response, HoursPage *page, GError **error) {
  Shell shell;
  Targets targets;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &shell, error) || !hours_load(visit->arena, visit->desk, &page->hours, error) ||
      !targets_load(visit->desk, &targets, error) || !profile_load(visit->desk, &page->profile, error))
    return false;
  int64_t this_year = year_of(visit->arena, &page->hours, visit->now);
  shell.title = "Hours";
  hours_zones(visit->arena, &page->zones);
  list_profiles(visit->arena, page);
  fill_week(visit->arena, page);
  fill_targets(visit->arena, &targets, page);
  group_holidays(visit->arena, this_year, page);
  page->holiday_name.name = "name", page->holiday_name.title = "Name";
  page->holiday_date.name = "date", page->holiday_date.title = "Date";
  page->law_warning = law_warning(visit->arena, page, this_year);
  work_example(visit, &targets, page);
  render_hours(response->body, &shell, page);
  return true;
}

bool hours_page(WebRequest *request, WebResponse *response, GError **error) {
  HoursPage page = {.kept = web_query(request, "kept")};
  return hours_render(visit_of(request), response, &page, error);
}

const WebRoute hours_routes[] = {
  {WEB_GET, "/hours", PERMISSION_ADMINISTER, hours_page, 0},
  {WEB_POST, "/hours/week", PERMISSION_ADMINISTER, hours_change_week, 0},
  {WEB_POST, "/hours/holidays", PERMISSION_ADMINISTER, hours_add_holiday, 0},
  {WEB_POST, "/hours/holidays/import", PERMISSION_ADMINISTER, hours_import, 0},
  {WEB_POST, "/hours/holidays/:holiday/remove", PERMISSION_ADMINISTER, hours_remove_holiday, 0},
  {WEB_POST, "/hours/targets", PERMISSION_ADMINISTER, hours_change_targets, 0},
  {WEB_POST, "/hours/law", PERMISSION_ADMINISTER, hours_change_law, 0},
  {0},
};
