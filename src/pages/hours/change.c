// Changing the hours. Each form is read whole, every field with its own problem; when there is one, nothing is kept and the page comes
// back as it was typed. What went well ends in a redirect to its part of the page.
#include "pages/hours/hours.h"

#include "desk/audit/audit.h"

#include <stdio.h>

#define DAYS 7

static const char *form_text(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

static bool say_problems(const Visit *visit, WebResponse *response, HoursPage *page, GError **error) {
  response->status = 422;
  return hours_render(visit, response, page, error);
}

// The last statement of each change: who did it, and what it is now.
static bool note(const Visit *visit, const char *subject, const char *detail, GError **error) {
  return audit_add(visit->desk, visit->staff, "desk.hours", subject, detail, error);
}

static const char *zone_words(const char *zone) { return *zone ? zone : "the machine\xE2\x80\x99s"; }
static const char *day_openings(Arena *arena, const BusinessHours *hours, int64_t weekday) {
  const char *words = hours_write_openings(arena, hours, weekday);
  return *words ? words : "closed";
}

// Each line before and after; called before the change and again within it.
static const char *week_changes(Arena *arena, const BusinessHours *old, const BusinessHours *new) {
  const char *detail = audit_change(arena, "", "time zone", zone_words(old->zone_is_own ? old->zone_name : ""),
                                    zone_words(new->zone_is_own ? new->zone_name : ""));
  for (int64_t weekday = 1; weekday <= DAYS; weekday++)
    detail = audit_change(arena, detail, weekday_title(weekday), day_openings(arena, old, weekday),
                          day_openings(arena, new, weekday));
  return detail;
}

static bool read_week(const Visit *visit, HoursPage *page, OpeningList *out) {
  const char *zone = text_trim(visit->arena, form_text(visit, "zone"));
  page->zone = (HoursField){.value = zone, .problem = *zone ? hours_zone_problem(visit->arena, zone) : NULL};
  bool is_good = !page->zone.problem;
  hours_week_fields(visit->arena, page);
  for (int i = 0; i < DAYS; i++) {
    HoursField *field = &page->week.items[i];
    field->value = form_text(visit, field->name);
    field->problem = hours_read_openings(visit->arena, i + 1, field->value, out);
    is_good = is_good && !field->problem;
  }
  if (is_good && !out->count) page->week_problem = "A desk that never opens never answers; give one day its hours.";
  return is_good && out->count;
}

bool hours_change_week(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  HoursPage page = {0};
  OpeningList week = {0};
  BusinessHours old, new;
  if (!read_week(visit, &page, &week)) return say_problems(visit, response, &page, error);
  g_autoptr(DbTx) tx = db_begin(visit->desk->db, error);
  if (!tx || !hours_load(visit->arena, visit->desk, &old, error) || !hours_set_zone(visit->desk, page.zone.value, error) ||
      !hours_set_week(visit->desk, &week, error) || !hours_load(visit->arena, visit->desk, &new, error))
    return false;
  const char *detail = week_changes(visit->arena, &old, &new);
  if ((*detail && !note(visit, "When the desk is open", detail, error)) || !db_commit(&tx, error)) return false;
  web_redirect(response, "/hours?kept=week#week");
  return true;
}

// "2026-12-24"; a day that its year does not have is told by holiday_problem.
static const char *read_date(Arena *arena, const char *text, Holiday *out) {
  int year, month, day;
  const char *date = text_trim(arena, text);
  if (!hours_has_shape(date, "0000-00-00") || sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3 || year == 0)
    return "There is no such date; write it as 2026-12-24.";
  *out = (Holiday){.year = year, .month = month, .day = day};
  return holiday_problem(arena, out);
}

// The same in every language: "2026-12-24", "12-24 / every year".
static const char *holiday_date(Arena *arena, const Holiday *holiday) {
  return holiday->year ? arena_printf(arena, "%04d-%02d-%02d", (int)holiday->year, (int)holiday->month, (int)holiday->day)
                       : arena_printf(arena, "%02d-%02d / every year", (int)holiday->month, (int)holiday->day);
}

bool hours_add_holiday(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  HoursPage page = {.is_yearly = web_form(request, "yearly"), .is_public = web_form(request, "public")};
  Holiday holiday = {0};
  page.holiday_name.value = form_text(visit, "name");
  page.holiday_date.value = form_text(visit, "date");
  page.holiday_date.problem = read_date(visit->arena, page.holiday_date.value, &holiday);
  if (text_is_blank(page.holiday_name.value)) page.holiday_name.problem = "The day needs a name; arithmetic calls it by that.";
  if (page.holiday_date.problem || page.holiday_name.problem) return say_problems(visit, response, &page, error);
  if (page.is_yearly) holiday.year = 0;
  holiday.name = page.holiday_name.value;
  holiday.is_public = page.is_public;
  g_autoptr(GError) refusal = NULL;
  g_autoptr(DbTx) tx = db_begin(visit->desk->db, error);
  if (!tx) return false;
  if (holiday_add(visit->desk, &holiday, &refusal) &&
      note(visit, audit_written(visit->arena, holiday.name),
           audit_change(visit->arena, "", "day", "", holiday_date(visit->arena, &holiday)), &refusal) &&
      db_commit(&tx, &refusal)) {
    web_redirect(response, "/hours?kept=holidays#holidays");
    return true;
  }
  g_clear_pointer(&tx, db_rollback); // the page that comes back reads
  if (error_is(refusal, ERROR_CONFLICT)) page.holiday_date.problem = refusal->message;
  if (error_is(refusal, ERROR_INVALID)) page.holiday_name.problem = refusal->message;
  if (page.holiday_date.problem || page.holiday_name.problem) return say_problems(visit, response, &page, error);
  g_propagate_error(error, g_steal_pointer(&refusal));
  return false;
}

static const Holiday *holiday_with(const BusinessHours *hours, int64_t id) {
  list_each(const Holiday, holiday, &hours->holidays)
    if (holiday->id == id) return holiday;
  return NULL;
}

bool hours_remove_holiday(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  BusinessHours hours;
  int64_t id;
  if (!web_path_int(request, "holiday", &id, error)) return false;
  g_autoptr(DbTx) tx = db_begin(visit->desk->db, error);
  if (!tx || !hours_load(visit->arena, visit->desk, &hours, error)) return false;
  const Holiday *gone = holiday_with(&hours, id);
  if (!holiday_remove(visit->desk, id, error)) return false;
  const char *detail = gone ? audit_change(visit->arena, "", "day", holiday_date(visit->arena, gone), "") : "";
  if (!note(visit, gone ? audit_written(visit->arena, gone->name) : "Holidays", detail, error) || !db_commit(&tx, error))
    return false;
  web_redirect(response, "/hours?kept=holidays#holidays");
  return true;
}

bool hours_import(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const HolidaySet *set = holiday_set_find(web_form(request, "set"));
  int64_t added = 0;
  if (!set) return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  if (!holiday_import(visit->desk, set, &added, error)) return false;
  g_autoptr(DbTx) tx = db_begin(visit->desk->db, error); // the import is a transaction of its own
  if (!tx || !note(visit, "Holidays", arena_printf(visit->arena, "imported: %s", set->title), error) || !db_commit(&tx, error))
    return false;
  web_redirect(response, "/hours?kept=holidays#holidays");
  return true;
}

static const char *target_changes(Arena *arena, const Targets *old, const Targets *new) {
  const char *detail = "";
  for (int severity = 0; severity < DEADLINE_SEVERITIES; severity++)
    for (int kind = 0; kind < DEADLINE_OWN_COUNT; kind++)
      detail = audit_change(arena, detail,
                            arena_printf(arena, "%s / %s", hours_severity_title(severity), deadline_name((DeadlineKind)kind)),
                            target_write(arena, old->minutes[severity][kind]), target_write(arena, new->minutes[severity][kind]));
  return detail;
}

bool hours_change_targets(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  HoursPage page = {0};
  Targets targets;
  bool is_good = true;
  hours_target_fields(visit->arena, &page);
  for (int severity = 0; severity < DEADLINE_SEVERITIES; severity++)
    for (int kind = 0; kind < DEADLINE_OWN_COUNT; kind++) {
      HoursField *field = &page.targets.items[severity].fields.items[kind];
      field->value = form_text(visit, field->name);
      field->problem = target_read(visit->arena, field->value, &targets.minutes[severity][kind]);
      is_good = is_good && !field->problem;
    }
  if (!is_good) return say_problems(visit, response, &page, error);
  g_autoptr(DbTx) tx = db_begin(visit->desk->db, error);
  Targets old;
  if (!tx || !targets_load(visit->desk, &old, error) || !targets_set(visit->desk, &targets, error)) return false;
  const char *detail = target_changes(visit->arena, &old, &targets);
  if ((*detail && !note(visit, "Our own targets", detail, error)) || !db_commit(&tx, error)) return false;
  web_redirect(response, "/hours?kept=targets#targets");
  return true;
}

bool hours_change_law(WebRequest *request, WebResponse *response, GError **error) {
  LegalProfile profile;
  if (!profile_from_word(web_form(request, "profile"), &profile))
    return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  const Visit *visit = visit_of(request);
  g_autoptr(DbTx) tx = db_begin(visit->desk->db, error);
  LegalProfile old = PROFILE_NONE;
  if (!tx || !profile_load(visit->desk, &old, error) || !profile_set(visit->desk, profile, error)) return false;
  const char *detail = audit_change(visit->arena, "", "law", profile_rules(old)->title, profile_rules(profile)->title);
  if ((*detail && !note(visit, "The law complaints follow", detail, error)) || !db_commit(&tx, error)) return false;
  web_redirect(response, "/hours?kept=law#law");
  return true;
}
