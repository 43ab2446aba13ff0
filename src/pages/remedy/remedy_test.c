// Remedies in the browser without scripts: giving, asking, deciding, the ledger and the limits, and who may not.
#include "pages/remedy/remedy.h"

#include "desk/conversation/verbs.h"
#include "pages/browser_testing.h"

#include <curl/curl.h>

static void add(TestBrowser *browser, const char *name, const char *email, StaffRole role) {
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = email, .name = name, .password = "quiet lamp 42", .role = role};
  int64_t id;
  staff_add(browser->test->desk, &draft, &id, &error);
  g_assert_no_error(error);
}

// Agents may give 50.00 each; there are a supervisor with 500.00 each and an administrator, and one conversation, #1001.
static TestBrowser *begin(void) {
  TestBrowser *browser = test_browser_new();
  add(browser, "Teodor <b>", "teodor@godwit.example", ROLE_SUPERVISOR);
  add(browser, "Nuala", "nuala@godwit.example", ROLE_ADMINISTRATOR);
  test_write(browser->test, "Agnes Moor <agnes@moor.example>", "a@x", "My saddle", NULL, NULL);
  test_sign_in(browser, "nuala@godwit.example");
  test_get(browser, "/limits");
  test_post(browser, "/limits", "role=agent&kind=any&scope=each&amount=50&days=30");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/limits");
  test_post(browser, "/limits", "role=supervisor&kind=any&scope=each&amount=500&days=30");
  g_assert_cmpint(browser->status, ==, 303);
  return browser;
}

static void sign_in_as(TestBrowser *browser, const char *email) {
  browser->session = NULL;
  test_sign_in(browser, email);
}

static void give(TestBrowser *browser, const char *fields) {
  test_get(browser, "/conversations/1001");
  g_assert_cmpint(browser->status, ==, 200);
  test_post(browser, "/conversations/1001/remedy", arena_printf(browser->arena, "view=open&currency=EUR&hours=24&%s", fields));
}

static void ask(TestBrowser *browser, int64_t seen) {
  sign_in_as(browser, "mira@godwit.example");
  give(browser,
       arena_printf(browser->arena, "kind=refund&amount=120&reason=It+%%3Cb%%3Ecame+torn&then=ask&seen=%" G_GINT64_FORMAT, seen));
  g_assert_cmpint(browser->status, ==, 303);
}

static void within_the_limit_it_is_given(void) {
  g_autoptr(TestBrowser) browser = begin();
  sign_in_as(browser, "mira@godwit.example");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "You may give up to 50.00 EUR."));
  g_assert_true(test_shows(browser, "Nothing was given yet."));
  give(browser, "kind=refund&amount=20&reason=It+came+torn&seen=0");
  g_assert_cmpstr(browser->location, ==, "/conversations/1001?view=open#remedy-1");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Refund of 20.00 EUR"));
  g_assert_true(test_shows(browser, "Mira Lindqvist gave a remedy: <bdi>refund of 20.00 EUR</bdi>"));
  g_assert_true(test_shows(browser, "still to be paid or sent"));
  test_post(browser, "/remedies/1/carry-out", "day=2026-11-20&how=transfer+77&next=/conversations/1001");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "transfer 77"));
  test_post(browser, "/remedies/1/withdraw", "next=/");
  g_assert_cmpint(browser->status, ==, 409);
}

static void what_is_wrong_is_said_beside_what_was_written(void) {
  g_autoptr(TestBrowser) browser = begin();
  sign_in_as(browser, "mira@godwit.example");
  give(browser, "kind=refund&amount=1.234&reason=a+%22quoted%22+reason&seen=0");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "cannot be read as an amount; write it like 1250.00"));
  g_assert_true(test_shows(browser, "value=\"a &quot;quoted&quot; reason\""));
  give(browser, "kind=refund&amount=&reason=x&seen=0");
  g_assert_true(test_shows(browser, "Say what the refund is worth."));
  give(browser, "kind=nothing&amount=5&reason=x&seen=0");
  g_assert_cmpint(browser->status, ==, 422);
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Nothing was given yet."));
}

static void above_the_limit_it_is_asked_for_and_somebody_else_approves(void) {
  g_autoptr(TestBrowser) browser = begin();
  sign_in_as(browser, "mira@godwit.example");
  give(browser, "kind=refund&amount=120&reason=x&seen=0");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "This goes further than you may go by yourself."));
  g_assert_true(test_shows(browser, "Ask for approval"));
  ask(browser, 0);
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "waits for approval, needed by 23 Nov 2026"));
  g_assert_true(test_shows(browser, "It &lt;b&gt;came torn"));
  g_assert_null(strstr(browser->body, "/remedies/1/decide"));
  sign_in_as(browser, "teodor@godwit.example");
  test_get(browser, "/");
  g_assert_true(test_shows(browser, "1<span class=\"away\"> wait for you</span>"));
  test_get(browser, "/approvals");
  g_assert_true(test_shows(browser, "Refund of 120.00 EUR for <bdi>Agnes Moor</bdi>"));
  test_post(browser, "/remedies/1/decide", "amount=90&reason=Fair+enough&then=approve&next=/approvals");
  g_assert_cmpstr(browser->location, ==, "/approvals");
  test_get(browser, "/approvals");
  g_assert_true(test_shows(browser, "Nothing waits for you"));
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Refund of 90.00 EUR"));
  g_assert_true(test_shows(browser, "120.00 EUR was asked for"));
  g_assert_true(test_shows(browser, "Teodor &lt;b&gt; approved: <bdi>refund of 90.00 EUR</bdi>"));
}

static void the_second_of_two_decisions_is_a_conflict(void) {
  g_autoptr(TestBrowser) browser = begin();
  ask(browser, 0);
  sign_in_as(browser, "nuala@godwit.example");
  test_get(browser, "/approvals");
  RemedyDecision decision = {.is_approved = true, .reason = "I was first."};
  Staff *teodor = staff_find(browser->arena, browser->test->desk, "teodor@godwit.example", NULL);
  g_assert_true(remedy_decide(browser->test->desk, teodor, 1, &decision, NULL));
  test_post(browser, "/remedies/1/decide", "amount=120&reason=Me+too&then=decline&next=/approvals");
  g_assert_cmpint(browser->status, ==, 409);
  g_assert_true(test_shows(browser, "has approved this already; your decision was not kept."));
}

static void pressing_twice_gives_once(void) {
  g_autoptr(TestBrowser) browser = begin();
  sign_in_as(browser, "mira@godwit.example");
  give(browser, "kind=refund&amount=20&reason=x&seen=0");
  test_get(browser, "/conversations/1001");
  test_post(browser, "/conversations/1001/remedy", "view=open&currency=EUR&kind=refund&amount=20&reason=x&seen=0");
  g_assert_cmpint(browser->status, ==, 409);
  g_assert_true(test_shows(browser, "Something was given here meanwhile"));
  RemedyStand stand;
  g_assert_true(remedy_stand(browser->test->desk, 1001, &stand, NULL));
  g_assert_cmpint(stand.granted, ==, 1);
}

static void agents_neither_approve_nor_set_limits(void) {
  g_autoptr(TestBrowser) browser = begin();
  ask(browser, 0);
  sign_in_as(browser, "jonas@godwit.example");
  static const char *const pages[] = {"/approvals", "/remedies", "/remedies.csv"};
  for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
    test_get(browser, pages[i]);
    g_assert_cmpint(browser->status, ==, 403);
  }
  test_get(browser, "/limits"); // everybody can see how far they may go
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "Agent: up to 50.00 EUR each, any remedy"));
  g_assert_null(strstr(browser->body, "Set a limit"));
  test_get(browser, "/account"); // has a form with a token
  test_post(browser, "/limits", "role=agent&kind=any&scope=each&amount=5000&days=1");
  g_assert_cmpint(browser->status, ==, 403);
  test_post(browser, "/limits/1/end", "");
  g_assert_cmpint(browser->status, ==, 403);
  test_post(browser, "/limits/currency", "currency=GBP");
  g_assert_cmpint(browser->status, ==, 403);
  test_get(browser, "/account");
  test_post(browser, "/remedies/1/decide", "amount=120&reason=x&then=approve&next=/");
  g_assert_cmpint(browser->status, ==, 403);
  test_get(browser, "/account");
  test_post(browser, "/remedies/1/withdraw", "next=/"); // it is Mira's
  g_assert_cmpint(browser->status, ==, 403);
}

static void supervisors_set_the_limits_of_agents_alone(void) {
  g_autoptr(TestBrowser) browser = begin();
  sign_in_as(browser, "teodor@godwit.example");
  test_get(browser, "/limits");
  g_assert_null(strstr(browser->body, "<option value=\"supervisor\""));
  test_post(browser, "/limits", "role=supervisor&kind=any&scope=each&amount=5000&days=1");
  g_assert_cmpint(browser->status, ==, 403);
  test_get(browser, "/limits");
  test_post(browser, "/limits", "role=agent&kind=refund&scope=customer&amount=a+lot&days=30");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "cannot be read as an amount"));
  test_post(browser, "/limits", "role=agent&kind=refund&scope=customer&amount=80&days=0");
  g_assert_cmpint(browser->status, ==, 422);
  test_post(browser, "/limits", "role=agent&kind=refund&scope=customer&amount=80&days=30");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/limits");
  g_assert_true(test_shows(browser, "Agent: up to 80.00 EUR in 30 days to one customer, refund alone"));
}

static void the_desk_has_a_currency(void) {
  g_autoptr(TestBrowser) browser = begin();
  test_get(browser, "/limits");
  test_post(browser, "/limits/currency", "currency=pounds");
  g_assert_cmpint(browser->status, ==, 422);
  test_post(browser, "/limits/currency", "currency=+gbp");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/limits");
  g_assert_true(test_shows(browser, "not in GBP: every amount in GBP needs approval"));
}

static void the_ledger_adds_up_and_leaves_as_a_file(void) {
  g_autoptr(TestBrowser) browser = begin();
  sign_in_as(browser, "mira@godwit.example");
  give(browser, "kind=refund&amount=20&reason=%3D1%2B1&seen=0");
  give(browser, "kind=credit&amount=30&reason=x&seen=1");
  sign_in_as(browser, "teodor@godwit.example");
  test_get(browser, "/remedies");
  g_assert_true(test_shows(browser, "Given in November 2026"));
  g_assert_true(test_shows(browser, "Refund of 20.00 EUR"));
  g_assert_true(test_shows(browser, "50.00 EUR")); // both of them, in the year
  test_get(browser, "/remedies?month=2026-11&kind=credit&state=granted");
  g_assert_true(test_shows(browser, "Credit of 30.00 EUR"));
  g_assert_null(strstr(browser->body, "Refund of 20.00 EUR"));
  test_get(browser, "/remedies?month=2026-10");
  g_assert_true(test_shows(browser, "Nothing was given in this month."));
  test_get(browser, "/remedies?month=nonsense");
  g_assert_cmpint(browser->status, ==, 400);
  test_get(browser, "/remedies?before=1.x");
  g_assert_cmpint(browser->status, ==, 400);
  test_get(browser, "/remedies.csv?month=2026-11&kind=refund");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_cmpstr(browser->type, ==, "text/csv");
  g_assert_true(test_shows(browser, "\"'=1+1\""));
  g_assert_null(strstr(browser->body, "credit"));
}

static void a_merged_conversation_leads_on(void) {
  g_autoptr(TestBrowser) browser = begin();
  g_autoptr(GError) error = NULL;
  test_write(browser->test, "Agnes Moor <agnes@moor.example>", "b@x", "My bell", NULL, NULL);
  sign_in_as(browser, "mira@godwit.example");
  test_get(browser, "/conversations/1001");
  g_assert_true(conversation_merge(browser->test->desk, &browser->test->mira, 1001, 1002, &error));
  test_post(browser, "/conversations/1001/remedy", "view=open&currency=EUR&kind=refund&amount=20&reason=x&seen=0");
  g_assert_cmpstr(browser->location, ==, "/conversations/1002?view=open#remedy-1");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  g_test_add_func("/pages/remedy/within", within_the_limit_it_is_given);
  g_test_add_func("/pages/remedy/wrong", what_is_wrong_is_said_beside_what_was_written);
  g_test_add_func("/pages/remedy/above", above_the_limit_it_is_asked_for_and_somebody_else_approves);
  g_test_add_func("/pages/remedy/conflict", the_second_of_two_decisions_is_a_conflict);
  g_test_add_func("/pages/remedy/twice", pressing_twice_gives_once);
  g_test_add_func("/pages/remedy/agents", agents_neither_approve_nor_set_limits);
  g_test_add_func("/pages/remedy/supervisors", supervisors_set_the_limits_of_agents_alone);
  g_test_add_func("/pages/remedy/currency", the_desk_has_a_currency);
  g_test_add_func("/pages/remedy/ledger", the_ledger_adds_up_and_leaves_as_a_file);
  g_test_add_func("/pages/remedy/merged", a_merged_conversation_leads_on);
  return g_test_run();
}
