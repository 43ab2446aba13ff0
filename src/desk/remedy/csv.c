// The ledger as CSV (base/csv.h), in pages of the ledger's own list, each in an arena that is emptied for the next. Texts are one line
// each.
#include "base/csv.h"
#include "base/text.h"
#include "desk/remedy/ledger.h"

static const char heading[] =
  "id,date,conversation,customer,kind,state,amount,asked,currency,reason,given under,asked by,asked at,"
  "decided by,decided at,decision,carried out,how\r\n";

static void put_text(Arena *arena, GString *line, const char *text) { csv_text(line, text_one_line(arena, text ? text : "")); }

static void put_moment(Arena *arena, GString *line, int64_t at) { csv_word(line, at ? clock_iso(arena, at) : ""); }

static void put_row(Arena *arena, GString *line, const Remedy *remedy) {
  csv_int(line, remedy->id);
  put_moment(arena, line, remedy->dated_at);
  csv_int(line, remedy->number);
  put_text(arena, line, remedy->customer_name);
  csv_word(line, remedy_kind_word(remedy->kind));
  csv_word(line, remedy_state_word(remedy->state));
  csv_word(line, money_digits(arena, remedy->amount, remedy->currency));
  csv_word(line, money_digits(arena, remedy->asked_amount, remedy->currency));
  csv_word(line, remedy->currency);
  put_text(arena, line, remedy->reason);
  csv_word(line, remedy->given_by ? role_word(remedy->given_role) : "");
  put_text(arena, line, remedy->asked_name);
  put_moment(arena, line, remedy->asked_at);
  put_text(arena, line, remedy->decided_name);
  put_moment(arena, line, remedy->decided_at);
  put_text(arena, line, remedy->decision_reason);
  put_moment(arena, line, remedy->carried_out_at);
  put_text(arena, line, remedy->carried_out_how);
  csv_end(line);
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
