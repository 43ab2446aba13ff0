// The ledger as CSV: RFC 4180 with CRLF, in pages of the ledger's own list, each in an arena that is emptied for the next. A text that
// begins with = + - @ or a tab gets a ' in front, because spreadsheets would take it for a formula (OWASP, "CSV Injection"); a
// carriage return cannot begin one, since texts are one line each.
#include "base/text.h"
#include "desk/remedy/ledger.h"

#include <string.h>

static const char heading[] =
  "id,date,conversation,customer,kind,state,amount,asked,currency,reason,given under,asked by,asked at,"
  "decided by,decided at,decision,carried out,how\r\n";

static void put_text(Arena *arena, GString *line, const char *text) {
  const char *clean = text_one_line(arena, text ? text : "");
  g_string_append_c(line, '"');
  if (*clean && strchr("=+-@\t", *clean)) g_string_append_c(line, '\'');
  for (const char *at = clean; *at; at++) {
    if (*at == '"') g_string_append_c(line, '"');
    g_string_append_c(line, *at);
  }
  g_string_append(line, "\",");
}

static void put_moment(Arena *arena, GString *line, int64_t at) {
  g_string_append_printf(line, "%s,", at ? clock_iso(arena, at) : "");
}

static void put_row(Arena *arena, GString *line, const Remedy *remedy) {
  g_string_append_printf(line, "%" G_GINT64_FORMAT ",", remedy->id);
  put_moment(arena, line, remedy->dated_at);
  g_string_append_printf(line, "%" G_GINT64_FORMAT ",", remedy->number);
  put_text(arena, line, remedy->customer_name);
  g_string_append_printf(line, "%s,%s,%s,%s,%s,", remedy_kind_word(remedy->kind), remedy_state_word(remedy->state),
                         money_digits(arena, remedy->amount, remedy->currency),
                         money_digits(arena, remedy->asked_amount, remedy->currency), remedy->currency);
  put_text(arena, line, remedy->reason);
  g_string_append_printf(line, "%s,", remedy->given_by ? role_word(remedy->given_role) : "");
  put_text(arena, line, remedy->asked_name);
  put_moment(arena, line, remedy->asked_at);
  put_text(arena, line, remedy->decided_name);
  put_moment(arena, line, remedy->decided_at);
  put_text(arena, line, remedy->decision_reason);
  put_moment(arena, line, remedy->carried_out_at);
  put_text(arena, line, remedy->carried_out_how);
  g_string_truncate(line, line->len - 1);
  g_string_append(line, "\r\n");
}

bool ledger_csv(Desk *desk, const LedgerFilter *filter, LedgerWriter *write, void *target, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) piece = g_string_new(heading);
  RemedyPage page = {.has_more = true};
  while (page.has_more) {
    int64_t key = page.next_key, id = page.next_id;
    arena_reset(arena);
    if (!ledger_list(arena, desk, filter, key, id, &page, error)) return false;
    list_each(const Remedy, remedy, &page.rows) put_row(arena, piece, remedy);
    if (!write(target, piece->str, piece->len)) return true;
    g_string_truncate(piece, 0);
  }
  return true;
}
