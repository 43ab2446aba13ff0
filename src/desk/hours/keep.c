// The hours and the database: loaded in two queries, whatever the week and the holidays are; changed one part at a time. A week is kept
// as a person writes it, a text for each weekday, and read by the same function that reads the form. What another program wrote and
// this one cannot read is passed over with a warning: a mail must never wait because of a setting.
#include "base/log.h"
#include "base/text.h"
#include "desk/hours.sql.h"
#include "desk/hours/wall.h"

static int compare_openings(const void *a, const void *b) {
  const Opening *one = a, *other = b;
  if (one->weekday != other->weekday) return one->weekday < other->weekday ? -1 : 1;
  return (one->opens_at > other->opens_at) - (one->opens_at < other->opens_at);
}

static int compare_holidays(const void *a, const void *b) {
  const Holiday *one = a, *other = b;
  if (one->year != other->year) return one->year < other->year ? -1 : 1;
  if (one->month != other->month) return one->month < other->month ? -1 : 1;
  return (one->day > other->day) - (one->day < other->day);
}

static void unref_zone(void *zone) { g_time_zone_unref(zone); }

static void take_zone(Arena *arena, GTimeZone *zone, BusinessHours *out) {
  arena_defer(arena, unref_zone, zone);
  out->zone = zone;
  const char *name = g_time_zone_get_identifier(zone);
  out->zone_name = arena_strdup(arena, name && *name ? name : "UTC");
}

static GTimeZone *find_zone(const char *name) {
  g_autoptr(Arena) arena = arena_new();
  return text_is_blank(name) || hours_zone_problem(arena, name) ? NULL : g_time_zone_new_identifier(name);
}

bool hours_make(Arena *arena, const char *zone, const OpeningList *openings, const HolidayList *holidays, BusinessHours *out) {
  *out = (BusinessHours){.zone_is_own = true};
  GTimeZone *found = find_zone(zone ? zone : "UTC");
  if (!found) return false;
  take_zone(arena, found, out);
  if (openings)
    list_each(const Opening, opening, openings) *list_add(arena, &out->openings) = *opening;
  if (holidays)
    list_each(const Holiday, holiday, holidays) *list_add(arena, &out->holidays) = *holiday;
  if (out->openings.count) qsort(out->openings.items, out->openings.count, sizeof *out->openings.items, compare_openings);
  if (out->holidays.count) qsort(out->holidays.items, out->holidays.count, sizeof *out->holidays.items, compare_holidays);
  return true;
}

static void load_week(Arena *arena, const HoursRow *row, BusinessHours *out) {
  const char *days[] = {row->monday, row->tuesday, row->wednesday, row->thursday, row->friday, row->saturday, row->sunday};
  for (int i = 0; i < 7; i++) {
    const char *problem = hours_read_openings(arena, i + 1, days[i], &out->openings);
    if (problem) log_warning("hours", "%s: %s The desk counts as closed then.", weekday_title(i + 1), problem);
  }
}

bool hours_load(Arena *arena, Desk *desk, BusinessHours *out, GError **error) {
  HoursRow *row = NULL;
  *out = (BusinessHours){0};
  if (!hours_select(arena, desk->db, &row, error) || !holiday_select_all(arena, desk->db, &out->holidays, error)) return false;
  GTimeZone *zone = find_zone(row->zone);
  if (!zone && !text_is_blank(row->zone)) log_warning("hours", "\"%s\" is no time zone here; the machine's is used.", row->zone);
  out->zone_is_own = zone != NULL;
  take_zone(arena, zone ? zone : g_time_zone_new_local(), out);
  load_week(arena, row, out);
  return true;
}

bool hours_set_zone(Desk *desk, const char *zone, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *name = text_trim(arena, zone);
  const char *problem = *name ? hours_zone_problem(arena, name) : NULL;
  return problem ? error_set(error, ERROR_INVALID, "%s", problem) : hours_update_zone(desk->db, name, error);
}

bool hours_set_week(Desk *desk, const OpeningList *openings, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  BusinessHours week;
  const char *days[7];
  if (!openings->count) return error_set(error, ERROR_INVALID, "A desk that never opens never answers; give one day its hours.");
  if (!hours_make(arena, NULL, openings, NULL, &week)) return error_set(error, ERROR_BROKEN, "UTC is not known here.");
  list_each(const Opening, opening, openings)
    if (opening->weekday < 1 || opening->weekday > 7) return error_set(error, ERROR_INVALID, "A week has seven days.");
  for (int i = 0; i < 7; i++) {
    OpeningList read = {0};
    days[i] = hours_write_openings(arena, &week, i + 1);
    const char *problem = hours_read_openings(arena, i + 1, days[i], &read);
    if (problem) return error_set(error, ERROR_INVALID, "%s: %s", weekday_title(i + 1), problem);
  }
  return hours_update_week(desk->db, days[0], days[1], days[2], days[3], days[4], days[5], days[6], error);
}
