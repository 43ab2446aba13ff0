// Conduct in the browser without scripts: reporting, asking, deciding, an appeal by link, an alert, and who may not.
#include "desk/boundary/testing.h"
#include "pages/boundary/conduct.h"
#include "pages/browser_testing.h"

#include <string.h>

static void add(TestBrowser *browser, const char *name, const char *email) { test_supervisor(browser->test, name, email); }

static TestBrowser *begin(void) {
  TestBrowser *browser = test_browser_new();
  add(browser, "Teodor <b>", "teodor@godwit.example");
  add(browser, "Ines", "ines@godwit.example");
  add(browser, "Odile", "odile@godwit.example");
  test_write(browser->test, TEST_GRIM, "a@x", "My bell", NULL, "Where is it? " TEST_ABUSE " Bye.");
  return browser;
}

static void sign_in_as(TestBrowser *browser, const char *email) {
  browser->session = NULL;
  test_sign_in(browser, email);
}

#define TERMS                                                                                                                    \
  "kind=restriction&reason=You+called+us+idiots.&adjustment=none&adjustment_note=Mira+asked.&ends=2027-02-01&review=2026-12-20&" \
  "outside=the+Ombudsman&still_open=Anything+new.&contact=0&channel-0=yes&from=09:00&to=12:00&day-0=yes"

static void report(TestBrowser *browser, const char *level) {
  sign_in_as(browser, "mira@godwit.example");
  test_get(browser, "/messages/1/conduct");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "<q dir=\"auto\">[Hostile words, 7]</q>")); // to be chosen without being read again
  g_assert_true(test_shows(
    browser, "<summary>The words</summary><blockquote class=\"words\" dir=\"auto\">You are all idiots, you useless liar."));
  test_post(browser, "/messages/1/conduct", arena_printf(browser->arena, "level=%s&words=13-50&note=Twice", level));
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_cmpstr(browser->location, ==, "/conversations/1001?view=open#m1");
}

static void ask(TestBrowser *browser) {
  sign_in_as(browser, "teodor@godwit.example");
  test_get(browser, "/conduct/1/measure?kind=restriction");
  g_assert_cmpint(browser->status, ==, 200);
  test_post(browser, "/conduct/1/measure", TERMS "&then=letter");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "What changes: by e-mail, only on Monday, between 09:00 and 12:00."));
  g_assert_true(test_shows(browser, "{{appeal}}"));
  test_post(browser, "/conduct/1/measure", TERMS "&letter=Dear+you.+If+not:+{{appeal}}.&then=propose");
  g_assert_cmpstr(browser->location, ==, "/conduct/1?news=asked");
}

static void from_report_to_restriction(void) {
  g_autoptr(TestBrowser) browser = begin();
  report(browser, "threat");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "An incident was reported. Supervisors look at it."));
  g_assert_true(test_shows(browser, "Reported by you: Threatening or violent"));
  g_assert_false(test_shows(browser, "href=\"/conduct/1\"")); // the case is for supervisors
  ask(browser);
  test_get(browser, "/conduct/1?news=asked");
  g_assert_true(test_shows(browser, "You asked for this, so somebody else decides about it."));
  g_assert_true(test_shows(browser, "asked for by Teodor &lt;b&gt;"));
  g_assert_true(test_shows(browser, "You are all idiots, you useless liar."));
  test_post(browser, "/conduct/1/measures/1/decide", "then=approve");
  g_assert_cmpint(browser->status, ==, 403); // and no way around it
  sign_in_as(browser, "ines@godwit.example");
  test_get(browser, "/conduct");
  g_assert_true(test_shows(browser, "Waits for approval"));
  test_get(browser, "/conduct/1");
  test_post(browser, "/conduct/1/measures/1/decide", "then=decline&why=");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "Say in a sentence why not"));
  test_post(browser, "/conduct/1/measures/1/decide", "then=approve");
  g_assert_cmpstr(browser->location, ==, "/conduct/1?news=holds");
  sign_in_as(browser, "mira@godwit.example");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "A restriction holds: this person is answered only on Monday, between 09:00 and 12:00."));
  g_assert_true(test_shows(browser, "Letter about conduct"));
}

static void what_is_missing_is_said_and_nothing_is_lost(void) {
  g_autoptr(TestBrowser) browser = begin();
  report(browser, "threat");
  sign_in_as(browser, "teodor@godwit.example");
  test_get(browser, "/conduct/1/measure?kind=restriction");
  test_post(browser, "/conduct/1/measure",
            "kind=restriction&reason=A+%22quoted%22+reason&ends=2027-02-01&review=2026-12-20&then=letter");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "Answer the question about adjustments first"));
  g_assert_true(test_shows(browser, "A &quot;quoted&quot; reason"));
  test_post(browser, "/conduct/1/measure", TERMS "&letter=No+word.&then=propose");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "No word."));
  test_get(browser, "/conduct/1/measure?kind=nonsense");
  g_assert_cmpint(browser->status, ==, 404);
  test_get(browser, "/conduct/9");
  g_assert_cmpint(browser->status, ==, 404);
  test_get(browser, "/conduct/1");
  test_post(browser, "/conduct/1/close", "why=");
  g_assert_cmpint(browser->status, ==, 409);
}

// Case 1 has the restriction 1 and its incident; case 2, of somebody else, has incident 2, restriction 2 and its appeal.
static void a_part_is_found_in_its_own_case_alone(void) {
  g_autoptr(TestBrowser) browser = begin();
  g_autoptr(GError) error = NULL;
  TestDesk *test = browser->test;
  report(browser, "threat");
  ask(browser);
  AppealVisit visit;
  Staff teodor = *staff_find(test->arena, test->desk, "teodor@godwit.example", &error),
        ines = *staff_find(test->arena, test->desk, "ines@godwit.example", &error);
  int64_t number = test_write(test, "Other <other@x.example>", "o1@x", NULL, NULL, TEST_ABUSE).number;
  int64_t other = test_report(test, &test->mira, test_newest_message(test, number), LEVEL_THREAT);
  MeasureDraft draft = test_measure(test, other, MEASURE_RESTRICTION);
  int64_t measure = test_propose(test, &teodor, &draft);
  test_approve(test, &ines, measure);
  const char *token = appeal_token(test->arena, test->desk, measure, test->clock.set_to + CLOCK_DAY);
  g_assert_true(appeal_make(test->arena, test->desk, token, "I was not myself.", "10.0.0.1", &visit, &error));
  g_assert_cmpint(other, ==, 2);
  g_assert_cmpint(measure, ==, 2);
  sign_in_as(browser, "odile@godwit.example");
  static const char *const wrong[][2] = {{"/conduct/1/incidents/2", "why=x"},
                                         {"/conduct/2/incidents/1", "why=x"},
                                         {"/conduct/2/measures/1/decide", "then=approve"},
                                         {"/conduct/2/measures/1/withdraw", ""},
                                         {"/conduct/1/measures/2/review", "then=lift&why=x"},
                                         {"/conduct/1/measures/2/appeal", "why=x"},
                                         {"/conduct/1/appeals/1", "then=grant&why=x"},
                                         {"/conduct/9/measures/2/review", "then=lift&why=x"}};
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
    test_get(browser, "/conduct/2");
    test_post(browser, wrong[i][0], wrong[i][1]);
    g_assert_cmpint(browser->status, ==, 404);
  }
  BoundaryFile one = test_case(test, 1), two = test_case(test, 2); // nothing happened
  g_assert_cmpint(one.measures.items[0].state, ==, MEASURE_ASKED);
  g_assert_cmpint(two.measures.items[0].state, ==, MEASURE_HOLDS);
  g_assert_cmpint(two.appeals.items[0].state, ==, APPEAL_OPEN);
  g_assert_cmpint(one.incidents.items[0].set_aside_at + two.incidents.items[0].set_aside_at, ==, 0);
  test_get(browser, "/conduct/2");
  test_post(browser, "/conduct/2/appeals/1", "then=grant&why=A+hard+time.");
  g_assert_cmpint(browser->status, ==, 303);
}

static void agents_report_and_see_no_case(void) {
  static const char *const pages[] = {"/conduct", "/conduct/1", "/conduct/1/measure?kind=warning",
                                      "/safety",  "/safety/1",  "/safety/1/evidence/1"};
  g_autoptr(TestBrowser) browser = begin();
  report(browser, "threat");
  for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
    test_get(browser, pages[i]);
    g_assert_cmpint(browser->status, ==, 403);
  }
  test_get(browser, "/");
  g_assert_false(test_shows(browser, "id=\"safety\""));
  test_post(browser, "/safety/1/close", "outcome=x");
  g_assert_cmpint(browser->status, ==, 403);
}

static void a_link_appeals_only_by_its_button(void) {
  g_autoptr(TestBrowser) browser = begin();
  report(browser, "threat");
  ask(browser);
  sign_in_as(browser, "ines@godwit.example");
  test_get(browser, "/conduct/1");
  test_post(browser, "/conduct/1/measures/1/decide", "then=approve");
  browser->session = NULL;
  const char *path = arena_printf(browser->arena, "/appeal/%s",
                                  appeal_token(browser->arena, browser->test->desk, 1, browser->test->clock.set_to + CLOCK_DAY));
  test_get(browser, path);
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "You see it differently"));
  g_assert_cmpuint(test_case(browser->test, 1).appeals.count, ==, 0);
  test_post(browser, path, "words=++");
  g_assert_cmpint(browser->status, ==, 422);
  test_post(browser, path, "words=I+was+%3Cb%3Enot%3C/b%3E+myself.");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "It has reached us"));
  test_get(browser, "/appeal/1-1.0000");
  g_assert_cmpint(browser->status, ==, 404);
  test_get(browser, path);
  g_assert_false(test_shows(browser, "<textarea")); // nothing to fill in
  sign_in_as(browser, "teodor@godwit.example");
  test_get(browser, "/conduct/1");
  g_assert_true(test_shows(browser, "I was &lt;b&gt;not&lt;/b&gt; myself."));
  g_assert_true(test_shows(browser, "You asked for what it is against."));
  test_post(browser, "/conduct/1/appeals/1", "then=grant&why=Yes");
  g_assert_cmpint(browser->status, ==, 403);
  sign_in_as(browser, "odile@godwit.example");
  test_get(browser, "/conduct/1");
  test_post(browser, "/conduct/1/appeals/1", "then=grant&why=A+hard+time.");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/conduct/1");
  g_assert_true(test_shows(browser, "Appeal granted"));
}

static void what_cannot_be_sent_is_given_back(void) {
  g_autoptr(TestBrowser) browser = begin();
  g_autoptr(GError) error = NULL;
  TestDesk *test = browser->test;
  report(browser, "threat");
  ask(browser);
  sign_in_as(browser, "ines@godwit.example");
  test_get(browser, "/conduct/1");
  test_post(browser, "/conduct/1/measures/1/decide", "then=approve");
  const char *path = arena_printf(test->arena, "/appeal/%s",
                                  appeal_token(test->arena, test->desk, 1, test->clock.set_to + CLOCK_DAY));
  Staff *odile = staff_find(test->arena, test->desk, "odile@godwit.example", &error);
  browser->session = NULL;
  test_get(browser, path);
  const char *form = browser->body; // an old window, which still has it
  test_post(browser, path, "words=I+was+not+myself.");
  browser->body = form;
  test_post(browser, path, "words=I+was+not+myself."); // pressed twice
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_false(test_shows(browser, "was not sent"));
  browser->body = form;
  test_post(browser, path, "words=And+my+mother+was+ill.");
  g_assert_cmpint(browser->status, ==, 409);
  g_assert_true(test_shows(browser, "What you wrote now was not sent"));
  g_assert_true(test_shows(browser, "And my mother was ill."));
  g_assert_true(appeal_decide(test->desk, odile, 1, false, "It stays.", &error));
  test_get(browser, path);
  g_assert_true(test_shows(browser, "you can ask us once more"));
  test_post(browser, path, "words=You+did+not+ask+the+witness.");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(appeal_decide(test->desk, odile, 2, false, "It stays.", &error));
  browser->body = form;
  test_post(browser, path, "words=A+third+time.");
  g_assert_cmpint(browser->status, ==, 409);
  g_assert_true(test_shows(browser, "A third time."));
  g_assert_false(test_shows(browser, "<form"));
  g_assert_true(test_shows(browser, "It was looked at twice"));
}

static void an_alert_is_taken_ticked_and_closed(void) {
  g_autoptr(TestBrowser) browser = begin();
  sign_in_as(browser, "mira@godwit.example");
  test_get(browser, "/conversations/1001");
  test_post(browser, "/messages/1/safety", "kind=threat&view=open");
  g_assert_cmpint(browser->status, ==, 303);
  sign_in_as(browser, "ines@godwit.example");
  test_get(browser, "/approvals");
  g_assert_true(test_shows(browser, "raised by Mira Lindqvist"));
  test_get(browser, "/safety/1");
  g_assert_true(test_shows(browser, "Call 112 first"));
  test_post(browser, "/safety/1/take", "");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/safety/1");
  test_post(browser, "/safety/1/tick", "step=person");
  test_get(browser, "/safety/1");
  g_assert_true(test_shows(browser, "Done by Ines"));
  test_post(browser, "/safety/1/close", "outcome=");
  g_assert_cmpint(browser->status, ==, 422);
  test_get(browser, "/safety/1/evidence/1");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_nonnull(strstr(browser->body, "\"signature\""));
  test_get(browser, "/safety/1");
  test_post(browser, "/safety/1/close", "outcome=Police+told.");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/approvals");
  g_assert_false(test_shows(browser, "raised by Mira"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/pages/conduct/restriction", from_report_to_restriction);
  g_test_add_func("/pages/conduct/missing", what_is_missing_is_said_and_nothing_is_lost);
  g_test_add_func("/pages/conduct/parts", a_part_is_found_in_its_own_case_alone);
  g_test_add_func("/pages/conduct/agents", agents_report_and_see_no_case);
  g_test_add_func("/pages/conduct/appeal", a_link_appeals_only_by_its_button);
  g_test_add_func("/pages/conduct/appeal-again", what_cannot_be_sent_is_given_back);
  g_test_add_func("/pages/conduct/alert", an_alert_is_taken_ticked_and_closed);
  return g_test_run();
}
