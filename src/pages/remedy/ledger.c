// The ledger: one month at a time, by kind and state, with what it adds up to; and the same rows as a file.
#include "pages/ledger.html.h"
#include "pages/pages.h"

static bool read_filter(const Visit *visit, LedgerFilter *out, GError **error) {
  const char *month = web_query(visit->request, "month"), *kind = web_query(visit->request, "kind");
  const char *state = web_query(visit->request, "state");
  RemedyKind chosen_kind;
  RemedyState chosen_state;
  *out = (LedgerFilter){.month = ledger_month(visit->now), .kind = LEDGER_ANY, .state = LEDGER_ANY};
  if (month && *month && !ledger_month_read(month, &out->month))
    return error_set(error, ERROR_INVALID, "Give the month like %s.", ledger_month_word(visit->arena, out->month));
  if (remedy_kind_from_word(kind, &chosen_kind)) out->kind = chosen_kind;
  if (remedy_state_from_word(state, &chosen_state)) out->state = chosen_state;
  return true;
}

static bool read_place(const Visit *visit, int64_t *out_at, int64_t *out_id, GError **error) {
  const char *text = web_query(visit->request, "before");
  *out_at = *out_id = 0;
  if (!text) return true;
  g_auto(GStrv) parts = g_strsplit(text, ".", 3);
  gint64 at, id;
  if (g_strv_length(parts) != 2 || !g_ascii_string_to_signed(parts[0], 10, 1, G_MAXINT64, &at, NULL) ||
      !g_ascii_string_to_signed(parts[1], 10, 0, G_MAXINT64, &id, NULL))
    return error_set(error, ERROR_INVALID, "The address of this page is damaged.");
  *out_at = at;
  *out_id = id;
  return true;
}

static const char *query_of(Arena *arena, const LedgerFilter *filter) {
  return arena_printf(arena, "month=%s&kind=%s&state=%s", ledger_month_word(arena, filter->month),
                      filter->kind == LEDGER_ANY ? "" : remedy_kind_word((RemedyKind)filter->kind),
                      filter->state == LEDGER_ANY ? "" : remedy_state_word((RemedyState)filter->state));
}

// Rows of one month and currency become one.
static void add_month(Arena *arena, LedgerTotalList *months, const LedgerTotal *total) {
  list_each(LedgerTotal, month, months)
    if (month->month == total->month && strcmp(month->currency, total->currency) == 0) {
      month->count += total->count;
      month->amount += total->amount;
      month->carried_out += total->carried_out;
      return;
    }
  *list_add(arena, months) = *total;
}

static bool load_totals(const Visit *visit, LedgerPage *page, GError **error) {
  LedgerTotalList year = {0};
  if (!ledger_totals(visit->arena, visit->desk, ledger_month_by(page->filter.month, -11), page->filter.month, &year, error))
    return false;
  list_each(const LedgerTotal, total, &year) {
    if (total->month == page->filter.month) *list_add(visit->arena, &page->totals) = *total;
    add_month(visit->arena, &page->months, total);
  }
  return true;
}

bool ledger_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  LedgerPage page = {0};
  int64_t at, id;
  Shell shell;
  if (!read_filter(visit, &page.filter, error) || !read_place(visit, &at, &id, error) ||
      !shell_open(visit, RAIL_APPROVALS, "plain", &shell, error) ||
      !ledger_list(visit->arena, visit->desk, &page.filter, at, id, &page.page, error) || !load_totals(visit, &page, error))
    return false;
  page.is_continued = id != 0;
  page.query = query_of(visit->arena, &page.filter);
  shell.title = "Ledger";
  render_ledger(response->body, &shell, &page);
  return true;
}

static bool add_piece(void *target, const char *text, size_t size) {
  g_string_append_len(target, text, (gssize)size);
  return true;
}

bool ledger_download(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  LedgerFilter filter;
  if (!read_filter(visit, &filter, error) || !ledger_csv(visit->desk, &filter, add_piece, response->body, error)) return false;
  const char *name = arena_printf(visit->arena, "remedies-%s.csv", ledger_month_word(visit->arena, filter.month));
  web_download(response, name, "text/csv", bytes_of(response->body->str, response->body->len), false);
  return true;
}
