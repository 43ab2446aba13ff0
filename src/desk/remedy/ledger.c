// The ledger's pages, months and totals.
#include "desk/remedy/ledger.h"
#include "base/words.h"

#include "desk/conversation/conversation.h"
#include "desk/remedy.sql.h"
#include "desk/remedy/stored.h"

int64_t ledger_month(int64_t moment) {
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(moment / CLOCK_SECOND);
  return (int64_t)g_date_time_get_year(date) * 100 + g_date_time_get_month(date);
}

bool ledger_month_read(const char *text, int64_t *out) {
  if (!text || strlen(text) != 7 || text[4] != '-') return false;
  for (int i = 0; i < 7; i++)
    if (i != 4 && !g_ascii_isdigit(text[i])) return false;
  int64_t year = g_ascii_strtoll(text, NULL, 10), month = g_ascii_strtoll(text + 5, NULL, 10);
  if (year < 1970 || month < 1 || month > 12) return false;
  *out = year * 100 + month;
  return true;
}

const char *ledger_month_word(Arena *arena, int64_t month) {
  return arena_printf(arena, "%04d-%02d", (int)(month / 100), (int)(month % 100));
}

const char *ledger_month_title(Arena *arena, int64_t month) {
  static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
  return arena_say(arena, "%s %d", names[CLAMP(month % 100, 1, 12) - 1], (int)(month / 100));
}

int64_t ledger_month_by(int64_t month, int by) {
  int64_t count = month / 100 * 12 + month % 100 - 1 + by;
  return count / 12 * 100 + count % 12 + 1;
}

bool ledger_list(Arena *arena, Desk *desk, const LedgerFilter *filter, int64_t before_at, int64_t before_id, RemedyPage *out,
                 GError **error) {
  *out = (RemedyPage){0};
  if (!ledger_select(arena, desk->db, filter->month, filter->kind, filter->state, before_at ? before_at : INT64_MAX, before_id,
                     LIST_PAGE + 1, &out->rows, error))
    return false;
  out->has_more = out->rows.count > LIST_PAGE;
  if (!out->has_more) return true;
  out->rows.count = LIST_PAGE;
  out->next_key = out->rows.items[LIST_PAGE - 1].dated_at;
  out->next_id = out->rows.items[LIST_PAGE - 1].id;
  return true;
}

bool ledger_totals(Arena *arena, Desk *desk, int64_t from_month, int64_t to_month, LedgerTotalList *out, GError **error) {
  return ledger_select_totals(arena, desk->db, from_month, to_month, out, error);
}

bool ledger_verify(Arena *arena, Desk *desk, TextList *out_findings, GError **error) {
  SpendDriftList drifts = {0};
  if (!verify_spending(arena, desk->db, &drifts, error)) return false;
  list_each(const SpendDrift, drift, &drifts)
    *list_add(arena, out_findings) = arena_say(
      arena, "Limits count %s for %s %jd, but the ledger says %s.", money_words(arena, drift->kept, drift->currency),
      limit_scope_word((RemedyScope)drift->scope), drift->who, money_words(arena, drift->counted, drift->currency));
  return true;
}
