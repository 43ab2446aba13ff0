// The ledger: every remedy, by the month in which it was given (or asked, as long as it is not given), and what they add up to. Months are
// of UTC. It adds up by kind, month and role, and never by person: it is no ranking.
#pragma once

#include "desk/remedy/remedy.h"

#define LEDGER_ANY (-1)

typedef struct LedgerFilter {
  int64_t month;       // 202611
  int64_t kind, state; // RemedyKind, RemedyState, or LEDGER_ANY
} LedgerFilter;

int64_t ledger_month(int64_t moment);                        // 202611
bool ledger_month_read(const char *text, int64_t *out);      // "2026-11"
const char *ledger_month_word(Arena *arena, int64_t month);  // "2026-11"
const char *ledger_month_title(Arena *arena, int64_t month); // "November 2026"
int64_t ledger_month_by(int64_t month, int by);              // so many months later, or earlier

// A page, the newest first, LIST_PAGE rows; it continues after (`before_at`, `before_id`); 0, 0: from the top.
bool ledger_list(Arena *arena, Desk *desk, const LedgerFilter *filter, int64_t before_at, int64_t before_id, RemedyPage *out,
                 GError **error);

// What was given: granted and approved. One row a month, kind, role and currency, in this order.
typedef struct LedgerTotal {
  int64_t month;
  RemedyKind kind;
  StaffRole role; // under whose authority
  const char *currency;
  int64_t count, amount, carried_out; // carried_out: the amount that is paid or sent
} LedgerTotal;
LIST_DEFINE(LedgerTotal)
bool ledger_totals(Arena *arena, Desk *desk, int64_t from_month, int64_t to_month, LedgerTotalList *out, GError **error);

// Writes the ledger of one month as CSV (RFC 4180, UTF-8, CRLF), a piece at a time and never all at once in memory; `write` returns false
// to stop. Texts that a spreadsheet would take for a formula get a ' in front (OWASP, "CSV Injection"). A month's rows
// are those at the beginning of each piece: what is given meanwhile may be missing, nothing is there twice.
typedef bool LedgerWriter(void *target, const char *text, size_t size);
bool ledger_csv(Desk *desk, const LedgerFilter *filter, LedgerWriter *write, void *target, GError **error);

// For `rapport check`: what remedy_day says and the remedies do not, a sentence each.
bool ledger_verify(Arena *arena, Desk *desk, TextList *out_findings, GError **error);
