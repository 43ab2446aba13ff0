// The ledger: pages that neither lose nor repeat a row, totals, and files that a spreadsheet can open without harm.
#include "desk/remedy/testing.h"

#include <string.h>

static TestDesk *begin(Staff *nuala) {
  TestDesk *test = test_desk_new();
  *nuala = test_administrator(test);
  test_limit(test, nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_EACH, 5000, 0);
  return test;
}

static LedgerFilter this_month(const TestDesk *test) {
  return (LedgerFilter){.month = ledger_month(test->clock.set_to), .kind = LEDGER_ANY, .state = LEDGER_ANY};
}

static void pages_neither_lose_nor_repeat(void) {
  Staff nuala;
  g_autoptr(TestDesk) test = begin(&nuala);
  RemedyDraft draft = test_refund(test_write(test, TEST_AGNES, "a@x", NULL, NULL, NULL).number, 100);
  for (int i = 0; i < 120; i++) {
    test->clock.set_to += (i % 3) * CLOCK_SECOND; // some at the same moment
    draft.kind = i % 4 == 0 ? REMEDY_CREDIT : REMEDY_REFUND;
    test_give(test, &test->mira, &draft, NULL);
  }
  LedgerFilter filter = this_month(test);
  RemedyPage page = {.has_more = true};
  int64_t seen = 0, last_id = INT64_MAX, pages = 0;
  while (page.has_more) {
    int64_t key = page.next_key, id = page.next_id;
    g_assert_true(ledger_list(test->arena, test->desk, &filter, key, id, &page, NULL));
    list_each(const Remedy, remedy, &page.rows) {
      g_assert_cmpint(remedy->id, <, last_id);
      last_id = remedy->id;
      seen++;
    }
    pages++;
  }
  g_assert_cmpint(seen, ==, 120);
  g_assert_cmpint(pages, ==, 3);
  filter.kind = REMEDY_CREDIT;
  g_assert_true(ledger_list(test->arena, test->desk, &filter, 0, 0, &page, NULL));
  g_assert_cmpuint(page.rows.count, ==, 30);
  filter.state = REMEDY_WAITING;
  g_assert_true(ledger_list(test->arena, test->desk, &filter, 0, 0, &page, NULL));
  g_assert_cmpuint(page.rows.count, ==, 0);
  filter = (LedgerFilter){.month = ledger_month_by(filter.month, -1), .kind = LEDGER_ANY, .state = LEDGER_ANY};
  g_assert_true(ledger_list(test->arena, test->desk, &filter, 0, 0, &page, NULL));
  g_assert_cmpuint(page.rows.count, ==, 0);
}

static void totals_are_of_what_was_given(void) {
  Staff nuala;
  g_autoptr(TestDesk) test = begin(&nuala);
  int64_t number = test_write(test, TEST_AGNES, "a@x", NULL, NULL, NULL).number, id, withdrawn;
  RemedyDraft draft = test_refund(number, 2000);
  test_give(test, &test->mira, &draft, &id);
  test_give(test, &test->jonas, &draft, NULL);
  test_give(test, &test->jonas, &draft, &withdrawn);
  g_assert_true(remedy_withdraw(test->desk, &test->jonas, withdrawn, NULL));
  g_assert_true(remedy_carry_out(test->desk, &test->mira, id, test->clock.set_to, "", NULL));
  int64_t asked = test_ask(test, &test->mira, number, 9000), month = ledger_month(test->clock.set_to);
  test->clock.set_to += 10 * CLOCK_DAY; // 2 December
  RemedyDecision decision = {.is_approved = true, .amount = 7000, .reason = "Most of it is fair."};
  g_assert_true(remedy_decide(test->desk, &nuala, asked, &decision, NULL));
  LedgerTotalList totals = {0};
  g_assert_true(ledger_totals(test->arena, test->desk, month, ledger_month_by(month, 1), &totals, NULL));
  g_assert_cmpuint(totals.count, ==, 2);
  const LedgerTotal *november = &totals.items[0], *december = &totals.items[1];
  g_assert_cmpint(november->month, ==, 202611);
  g_assert_cmpint(november->role, ==, ROLE_AGENT);
  g_assert_cmpint(november->count, ==, 2);
  g_assert_cmpint(november->amount, ==, 4000);
  g_assert_cmpint(november->carried_out, ==, 2000);
  g_assert_cmpint(december->month, ==, 202612); // when it was given, and under whose authority
  g_assert_cmpint(december->role, ==, ROLE_ADMINISTRATOR);
  g_assert_cmpint(december->amount, ==, 7000);
}

static bool collect(void *target, const char *text, size_t size) {
  g_string_append_len(target, text, (gssize)size);
  return true;
}

static bool stop_at_once(void *target, const char *text, size_t size) {
  (*(int *)target)++;
  return false;
}

static void spreadsheets_get_no_formulas(void) {
  Staff nuala;
  g_autoptr(TestDesk) test = begin(&nuala);
  g_autoptr(GString) csv = g_string_new(NULL);
  LedgerFilter filter = this_month(test);
  static const char *const reasons[] = {"=HYPERLINK(\"http://x\")", "+1",   "-1", "@SUM(A1)", "  \t=1",
                                        "two\nlines, \"quoted\"",   "plain"};
  RemedyDraft draft = test_refund(test_write(test, "\"=cmd|' /C calc'!A0\" <agnes@moor.example>", "a@x", NULL, NULL, NULL).number,
                                  1050);
  for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++) {
    draft.reason = reasons[i];
    test_give(test, &test->mira, &draft, NULL);
  }
  g_assert_true(ledger_csv(test->desk, &filter, collect, csv, NULL));
  static const char *const expected[] = {
    ",\"'=HYPERLINK(\"\"http://x\"\")\",", ",\"'+1\",",  ",\"'-1\",", ",\"'@SUM(A1)\",", ",\"'=1\",",
    ",\"two lines, \"\"quoted\"\"\",",     ",\"plain\","};
  for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) g_assert_nonnull(strstr(csv->str, expected[i]));
  g_assert_null(strstr(csv->str, ",\"="));
  g_assert_nonnull(strstr(csv->str, ",\"'=cmd|' /C calc'!A0\",refund,granted,10.50,10.50,EUR,"));
  int lines = 0;
  for (const char *at = csv->str; (at = strstr(at, "\r\n")); at += 2) lines++;
  g_assert_cmpint(lines, ==, 1 + (int)G_N_ELEMENTS(reasons));
}

static void a_large_month_comes_in_pieces(void) {
  Staff nuala;
  g_autoptr(TestDesk) test = begin(&nuala);
  LedgerFilter filter = this_month(test);
  RemedyDraft draft = test_refund(test_write(test, TEST_AGNES, "a@x", NULL, NULL, NULL).number, 100);
  for (int i = 0; i < 60; i++) test_give(test, &test->mira, &draft, NULL);
  int pieces = 0;
  g_assert_true(ledger_csv(test->desk, &filter, stop_at_once, &pieces, NULL)); // who reads no further gets no more
  g_assert_cmpint(pieces, ==, 1);
  g_autoptr(GString) csv = g_string_new(NULL);
  g_assert_true(ledger_csv(test->desk, &filter, collect, csv, NULL));
  g_auto(GStrv) lines = g_strsplit(csv->str, "\r\n", -1);
  g_assert_cmpuint(g_strv_length(lines), ==, 62); // heading, rows, and what follows the last line end
}

static void months_are_those_of_the_calendar(void) {
  g_autoptr(Arena) arena = arena_new();
  int64_t month, moment;
  g_assert_true(clock_parse_iso("2026-11-30T23:59:59Z", &moment));
  g_assert_cmpint(ledger_month(moment), ==, 202611);
  g_assert_cmpint(ledger_month(moment + CLOCK_SECOND), ==, 202612);
  g_assert_cmpint(ledger_month_by(202612, 1), ==, 202701);
  g_assert_cmpint(ledger_month_by(202701, -1), ==, 202612);
  g_assert_cmpint(ledger_month_by(202611, -11), ==, 202512);
  g_assert_cmpstr(ledger_month_title(arena, 202612), ==, "December 2026");
  g_assert_true(ledger_month_read(ledger_month_word(arena, 202602), &month));
  g_assert_cmpint(month, ==, 202602);
  static const char *const wrong[] = {"", "2026-13", "2026-00", "2026-1", "1969-12", "26-11-01", "2026/11", "2026-1x"};
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) g_assert_false(ledger_month_read(wrong[i], &month));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/remedy/ledger/pages", pages_neither_lose_nor_repeat);
  g_test_add_func("/remedy/ledger/totals", totals_are_of_what_was_given);
  g_test_add_func("/remedy/ledger/formulas", spreadsheets_get_no_formulas);
  g_test_add_func("/remedy/ledger/pieces", a_large_month_comes_in_pieces);
  g_test_add_func("/remedy/ledger/months", months_are_those_of_the_calendar);
  return g_test_run();
}
