// Remedies on pages: what a conversation shows of them, giving and deciding, what waits for approval, the ledger, the limits.
#pragma once

#include "desk/policy/policy.h"
#include "desk/remedy/ledger.h"
#include "desk/remedy/limit.h"
#include "pages/shell/shell.h"

// The form "Give a remedy".
typedef struct RemedyForm {
  int64_t number, seen; // seen: the newest remedy of the conversation when the form was made
  View view;            // the list it was opened from
  RemedyKind kind;
  const char *amount, *currency, *reason, *hours; // as they were written
  AuthorityList authorities;
  const char *why;     // it goes beyond one's authority: which limit is in the way; NULL
  bool has_changed;    // something was given meanwhile
  const char *problem; // NULL when there is none
} RemedyForm;

// What a conversation shows of its remedies.
typedef struct RemedyBox {
  RemedyList list; // oldest first
  RemedyForm form;
} RemedyBox;
bool remedy_box_load(const Visit *visit, int64_t number, int64_t customer_id, View view, RemedyBox *out, GError **error);

// A card: one remedy with what this person can do about it.
bool remedy_may_decide(const Visit *visit, const Remedy *remedy);
bool remedy_may_withdraw(const Visit *visit, const Remedy *remedy);
const char *remedy_card_state(const Visit *visit, const Remedy *remedy); // changes whenever the card does
const char *remedy_card_class(const Visit *visit, const Remedy *remedy); // "waiting", "late", "over", ""
const char *remedy_fate(const Visit *visit, const Remedy *remedy); // "waits for approval", "approved by Teodor Iliescu, …"
const char *remedy_capital(Arena *arena, const char *words);       // "Refund of 20.00 EUR"
const char *remedy_today(const Visit *visit);                      // "2026-11-22", where the desk is
const char *remedy_conversation_path(const Visit *visit, const Remedy *remedy, View view);

// "You may give up to 30.00 EUR now." When the same holds for every kind, one line says it: `remedy_reach_is_one`.
const char *remedy_reach(Arena *arena, const Authority *authority);
bool remedy_reach_is_one(const AuthorityList *authorities);

typedef struct RemedyPlace { // the place in the navigation of these pages
  const char *path, *title, *icon;
  Permission permission;
} RemedyPlace;
typedef enum RemedyPlaceAt {
  REMEDY_AT_MINE,
  REMEDY_AT_OTHERS,
  REMEDY_AT_LEDGER,
  REMEDY_AT_LIMITS,
  REMEDY_AT_COUNT
} RemedyPlaceAt;
const RemedyPlace *remedy_place(RemedyPlaceAt at);

typedef struct ApprovalsPage {
  RemedyPlaceAt at;
  RemedyPage page;
} ApprovalsPage;

typedef struct LedgerPage {
  LedgerFilter filter;
  RemedyPage page;
  bool is_continued;
  LedgerTotalList totals; // of the month
  LedgerTotalList months; // of twelve months up to it: kind and role do not matter
  const char *query;      // "month=2026-11&kind=refund"
} LedgerPage;

typedef struct LimitsPage {
  RemedyLimitList holding, ended;
  const char *currency;
  const char *problem, *amount_problem, *days_problem; // of a new limit: of the whole, and beside the fields
  bool is_kept;
  // as they were written
  const char *amount, *days;
  bool is_unbounded;
  const char *own_currency, *currency_problem; // the desk's, as it was written; NULL: as it is kept
  StaffRole role;
  int64_t kind;
  RemedyScope scope;
} LimitsPage;
const char *limits_kind_title(int64_t kind);       // "any remedy", "refund"
const char *limits_scope_title(RemedyScope scope); // "each remedy", "to one customer", …
bool limits_may_change_any(const Visit *visit);

WebHandler remedy_form_page, remedy_post_give, remedy_post_decide, remedy_post_withdraw, remedy_post_carry_out, approvals_page,
  ledger_page, ledger_download, limits_page, limits_post_set, limits_post_end, limits_post_currency;
