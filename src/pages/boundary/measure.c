// Asking for a measure: everything that its letter must say, then the letter itself, filled from the template, to be read aloud before
// it is asked for. What was written is never lost on the way.
#include "pages/boundary/conduct.h"

#include "pages/measure.html.h"

#include <stdio.h>
#include <string.h>

const char *conduct_day(const Visit *visit, int64_t at) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / CLOCK_SECOND);
  g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, visit->zone);
  return words_date(visit->arena, g_date_time_get_year(here), g_date_time_get_month(here), g_date_time_get_day_of_month(here));
}

// The end of that day, where the person is who says it.
bool conduct_read_day(const Visit *visit, const char *text, int64_t *out) {
  int year, month, day, end = 0;
  *out = 0;
  if (!text || sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || text[end]) return false;
  g_autoptr(GDateTime) moment = g_date_time_new(visit->zone, year, month, day, 23, 59, 59);
  if (moment) *out = g_date_time_to_unix(moment) * CLOCK_SECOND;
  return moment != NULL;
}

static const char *day_after(const Visit *visit, int days) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(visit->now / CLOCK_SECOND);
  g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, visit->zone);
  g_autoptr(GDateTime) later = g_date_time_add_days(here, days);
  return arena_take(visit->arena, g_date_time_format(later, "%Y-%m-%d"));
}

const char *adjustment_question(void) {
  return "Does this person need things done differently (a disability, an illness, a language, a hard time), and was that asked?";
}

static bool load(const Visit *visit, int64_t id, MeasurePage *page, GError **error) {
  BoundaryFile file;
  if (!boundary_file(visit->arena, visit->desk, id, &file, error) || !staff_list(visit->arena, visit->desk, &page->staff, error))
    return false;
  page->head = file.head;
  page->draft.case_id = id;
  page->visit = visit;
  return true;
}

static bool show(const Visit *visit, WebResponse *response, MeasurePage *page, GError **error) {
  Shell shell;
  if (!shell_open(visit, RAIL_CONDUCT, "plain", &shell, error)) return false;
  page->has_letter = !text_is_blank(page->draft.letter);
  shell.title = measure_title(page->draft.kind);
  if (page->problem) response->status = 422;
  render_measure_page(response->body, &shell, page);
  return true;
}

bool measure_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  Policy policy;
  int64_t id;
  MeasurePage page = {.ends = day_after(visit, 90), .review = day_after(visit, 45), .from = "", .to = ""};
  if (!measure_from_word(web_query(request, "kind"), &page.draft.kind))
    return error_set(error, ERROR_NOT_FOUND, "There is no such measure.");
  if (!web_path_int(request, "case", &id, error) || !load(visit, id, &page, error) ||
      !policy_load(visit->arena, visit->desk, &policy, error))
    return false;
  page.draft.reason = page.draft.adjustment_note = page.draft.subject = page.draft.place = page.draft.letter = "";
  page.draft.outside = policy.outside_body;
  if (!measure_open_words(visit->arena, visit->desk, id, page.draft.kind, &page.draft.still_open, error)) return false;
  return show(visit, response, &page, error);
}

static const char *field(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

static int64_t read_minute(const char *text) {
  int hour, minute, end = 0;
  if (sscanf(text, "%2d:%2d%n", &hour, &minute, &end) != 2 || text[end] || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return 0;
  return hour * 60 + minute;
}

static int64_t read_bits(const Visit *visit, const char *name, int count) {
  int64_t bits = 0;
  for (int i = 0; i < count; i++)
    if (web_form(visit->request, arena_printf(visit->arena, "%s-%d", name, i))) bits |= INT64_C(1) << i;
  return bits;
}

static void read_form(const Visit *visit, MeasurePage *page) {
  MeasureDraft *draft = &page->draft;
  const char *adjustment = field(visit, "adjustment");
  draft->reason = field(visit, "reason");
  draft->adjustment = strcmp(adjustment, "none") == 0   ? ADJUSTMENT_NONE
                      : strcmp(adjustment, "made") == 0 ? ADJUSTMENT_MADE
                                                        : ADJUSTMENT_UNASKED;
  draft->adjustment_note = field(visit, "adjustment_note");
  draft->subject = field(visit, "subject");
  draft->place = field(visit, "place");
  draft->outside = field(visit, "outside");
  draft->still_open = field(visit, "still_open");
  draft->letter = field(visit, "letter");
  draft->contact_id = visit_form_int(visit, "contact");
  draft->channels = read_bits(visit, "channel", 4);
  draft->days = read_bits(visit, "day", 7);
  page->from = field(visit, "from"), page->to = field(visit, "to");
  page->ends = field(visit, "ends"), page->review = field(visit, "review");
  draft->from_minute = read_minute(page->from);
  draft->to_minute = read_minute(page->to);
  conduct_read_day(visit, page->ends, &draft->ends_at);
  conduct_read_day(visit, page->review, &draft->review_at);
}

bool measure_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  g_autoptr(GError) problem = NULL;
  MeasurePage page = {0};
  int64_t id, made = 0;
  if (!measure_from_word(web_form(request, "kind"), &page.draft.kind))
    return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  if (!web_path_int(request, "case", &id, error) || !load(visit, id, &page, error)) return false;
  read_form(visit, &page);
  page.problem = measure_problem(visit->arena, &page.draft, visit->now);
  if (page.problem) return show(visit, response, &page, error);
  if (strcmp(field(visit, "then"), "propose") != 0) // the letter, from what stands above it
    return measure_write(visit->arena, visit->desk, visit->staff, &page.draft, &page.draft.letter, error) &&
           show(visit, response, &page, error);
  if (measure_propose(visit->desk, visit->staff, &page.draft, &made, &problem)) {
    web_redirect(response, arena_printf(visit->arena, "/conduct/%" G_GINT64_FORMAT "?news=asked", id));
    return true;
  }
  if (!error_is(problem, ERROR_INVALID) && !error_is(problem, ERROR_CONFLICT)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  page.problem = arena_strdup(visit->arena, problem->message);
  return show(visit, response, &page, error);
}
