// The register: the filter comes from the address, so that every view of it can be kept as a bookmark and exported as it is seen.
#include "pages/register/register.h"

#include "base/csv.h"
#include "base/text.h"
#include "desk/complaint/handling.h"
#include "desk/hours/hours.h"
#include "pages/register.html.h"

#include <stdlib.h>
#include <string.h>

#define CSV_MOST 20000 // rows of one table

const char *register_customer(const ComplaintRow *row) {
  return text_is_blank(row->customer_name) ? row->customer_address : row->customer_name;
}

static const char *query_text(const Visit *visit, const char *name) {
  const char *text = web_query(visit->request, name);
  return text ? text : "";
}

static int64_t query_int(const Visit *visit, const char *name, int64_t otherwise) {
  gint64 number = 0;
  const char *text = query_text(visit, name);
  return *text && g_ascii_string_to_signed(text, 10, 0, G_MAXINT64, &number, NULL) ? number : otherwise;
}

// "2026-11-22" in the desk's time zone; false when it is no day.
static bool read_day(const BusinessHours *hours, const char *text, int64_t days_later, int64_t *out) {
  int year, month, day;
  char rest;
  *out = 0;
  if (!*text) return true;
  if (sscanf(text, "%4d-%2d-%2d%c", &year, &month, &day, &rest) != 3) return false;
  Day date = day_from_date(year, month, day);
  if (date) *out = hours_moment(hours, date + days_later, 0);
  return date != 0;
}

static ComplaintState state_of(const char *word) {
  static const char *const words[] = {
    [COMPLAINT_ANY] = "any", [COMPLAINT_OPEN] = "open", [COMPLAINT_CLOSED] = "closed", [COMPLAINT_WITH_NEWS_ONLY] = "news"};
  for (unsigned state = 0; state < G_N_ELEMENTS(words); state++)
    if (strcmp(words[state], word) == 0) return state;
  return COMPLAINT_OPEN;
}

static void keep_query(const Visit *visit, RegisterPage *page) {
  static const char *const names[] = {"text", "state", "stage", "severity", "owner", "from", "to", "order", "late"};
  g_autoptr(GString) query = g_string_new(NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
    const char *value = query_text(visit, names[i]);
    if (!*value) continue;
    if (query->len) g_string_append_c(query, '&');
    g_string_append_printf(query, "%s=", names[i]);
    g_string_append_uri_escaped(query, value, NULL, false);
  }
  page->query = arena_strndup(visit->arena, query->str, query->len);
}

static bool read_filter(const Visit *visit, RegisterPage *page, GError **error) {
  BusinessHours hours;
  ComplaintFilter *filter = &page->filter;
  ComplaintStage stage;
  ComplaintSeverity severity;
  *filter = COMPLAINT_FILTER_ALL;
  filter->state = state_of(query_text(visit, "state"));
  if (stage_from_word(query_text(visit, "stage"), &stage)) filter->stage = stage;
  if (severity_from_word(query_text(visit, "severity"), &severity)) filter->severity = severity;
  filter->owner_id = query_int(visit, "owner", -1);
  filter->is_late = *query_text(visit, "late") != '\0';
  filter->order = strcmp(query_text(visit, "order"), "received") == 0 ? COMPLAINT_BY_RECEIVED : COMPLAINT_BY_DUE;
  filter->text = text_is_blank(query_text(visit, "text")) ? NULL : query_text(visit, "text");
  page->from = query_text(visit, "from");
  page->to = query_text(visit, "to");
  keep_query(visit, page);
  if (!hours_load(visit->arena, visit->desk, &hours, error)) return false;
  if (!read_day(&hours, page->from, 0, &filter->received_from) || !read_day(&hours, page->to, 1, &filter->received_before))
    page->problem = "A day is written as year, month and day, like 2026-11-22.";
  return true;
}

static int64_t end_of_today(const BusinessHours *hours, int64_t now) {
  return hours_moment(hours, hours_day_of(hours, now) + 1, 0);
}

static bool load_counts(const Visit *visit, RegisterPage *page, GError **error) {
  BusinessHours hours;
  return hours_load(visit->arena, visit->desk, &hours, error) &&
         complaint_counts(visit->arena, visit->desk, end_of_today(&hours, visit->now), &page->counts, error) &&
         staff_list(visit->arena, visit->desk, &page->staff, error);
}

bool register_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  RegisterPage page = {0};
  if (!shell_open(visit, RAIL_COMPLAINTS, "plain", &page.shell, error) || !read_filter(visit, &page, error) ||
      !load_counts(visit, &page, error) ||
      !complaint_list(visit->arena, visit->desk, &page.filter, query_int(visit, "after", 0), query_int(visit, "number", 0),
                      COMPLAINT_PAGE, &page.page, error))
    return false;
  list_each(const ComplaintRow, row, &page.page.rows)
    *list_add(visit->arena, &page.rows) = (RegisterRow){
      .row = row, .next = complaint_next_step(visit->arena, &row->complaint, &row->facts, visit->now)};
  page.more = arena_printf(visit->arena, "/complaints?%s&after=%" G_GINT64_FORMAT "&number=%" G_GINT64_FORMAT, page.query,
                           page.page.next_key, page.page.next_number);
  page.table = arena_printf(visit->arena, "/complaints.csv?%s", page.query);
  page.fingerprint = bundle_key_fingerprint(visit->arena, visit->desk);
  page.shell.title = "Complaints";
  if (page.problem) response->status = 422;
  render_register_page(response->body, &page);
  return true;
}

// ——— CSV

static void write_head(GString *out) {
  static const char *const names[] = {"number", "received", "customer", "address",      "subject", "about",
                                      "seeks",  "stage",    "severity", "safety",       "owner",   "next due",
                                      "late",   "settled",  "closed",   "legal profile"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) csv_text(out, names[i]);
  csv_end(out);
}

static void write_moment(Arena *arena, GString *out, int64_t at) { csv_text(out, at ? clock_iso(arena, at) : ""); }

static void write_row(Arena *arena, GString *out, const ComplaintRow *row, int64_t now) {
  const Complaint *complaint = &row->complaint;
  bool is_late = complaint->next_due_at && complaint->next_due_at < now;
  csv_int(out, complaint->number);
  write_moment(arena, out, complaint->received_at);
  csv_text(out, row->customer_name);
  csv_text(out, row->customer_address);
  csv_text(out, row->subject);
  csv_text(out, complaint->about);
  csv_text(out, complaint->seeks);
  csv_text(out, stage_word(complaint->stage));
  csv_text(out, severity_word(complaint->severity));
  csv_text(out, complaint->is_safety ? "yes" : "no");
  csv_text(out, complaint->owner_name ? complaint->owner_name : "the supervisors");
  write_moment(arena, out, complaint->next_due_at);
  csv_text(out, is_late ? "yes" : "no");
  write_moment(arena, out, complaint->settled_at);
  write_moment(arena, out, complaint->closed_at);
  csv_text(out, profile_rules((LegalProfile)complaint->profile)->word);
  csv_end(out);
}

bool register_csv(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  RegisterPage page = {0};
  g_autoptr(GString) out = g_string_new(NULL);
  if (!read_filter(visit, &page, error)) return false;
  if (page.problem) return error_set(error, ERROR_INVALID, "%s", page.problem);
  write_head(out);
  int64_t key = 0, number = 0, rows = 0;
  for (bool has_more = true; has_more && rows < CSV_MOST;) { // a page at a time, by its key
    g_autoptr(Arena) arena = arena_new();
    ComplaintPage part = {0};
    if (!complaint_list(arena, visit->desk, &page.filter, key, number, COMPLAINT_EXPORT_PAGE, &part, error)) return false;
    list_each(const ComplaintRow, row, &part.rows) write_row(arena, out, row, visit->now);
    rows += (int64_t)part.rows.count;
    key = part.next_key;
    number = part.next_number;
    has_more = part.has_more;
  }
  Bytes bytes = bytes_of(arena_strndup(visit->arena, out->str, out->len), out->len);
  web_download(response, "complaints.csv", "text/csv; charset=utf-8", bytes, false);
  return true;
}

const WebRoute register_routes[] = {
  {WEB_GET, "/complaints", PERMISSION_READ, register_page, 0},
  {WEB_GET, "/complaints.csv", PERMISSION_READ, register_csv, 0},
  {WEB_GET, "/complaints/:number", PERMISSION_READ, map_page, 0},
  {WEB_GET, "/complaints/:number/json", PERMISSION_READ, map_json, 0},
  {WEB_GET, "/complaints/:number/bundle", PERMISSION_READ, map_bundle, 0},
  {0},
};
