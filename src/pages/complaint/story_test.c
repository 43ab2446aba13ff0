// Complaints under the rules of the UK's FCA over HTTP, with a clock that is moved over days and weeks: one that is settled by the close of
// the third business day, one that runs to a final response, and one that nobody answers in time.
#include "pages/browser_testing.h"

#include "base/text.h"
#include "desk/complaint/clock.h"
#include "desk/outbox/outbox.h"

#define AGNES "Agnes Moor <agnes@moor.example>"

static void set_clock(TestBrowser *browser, const char *moment) {
  g_assert_true(clock_parse_iso(moment, &browser->test->clock.set_to));
}

static void sign_in_as(TestBrowser *browser, const char *email) { // what was signed in has run out meanwhile
  browser->session = NULL;
  test_sign_in(browser, email);
}

// The administrator chooses the profile in London; on Monday 8 June 2026 at 10:30 there, a complaint comes and Mira makes it one: #1001.
static TestBrowser *begin(void) {
  g_autoptr(GError) error = NULL;
  TestBrowser *browser = test_browser_new();
  StaffDraft draft = {.email = "nuala@godwit.example", .name = "Nuala", .password = "quiet lamp 42", .role = ROLE_ADMINISTRATOR};
  int64_t id;
  set_clock(browser, "2026-06-05T12:00:00Z");
  g_assert_true(staff_add(browser->test->desk, &draft, &id, &error));
  test_sign_in(browser, "nuala@godwit.example");
  test_get(browser, "/hours");
  test_post(browser, "/hours/week", "zone=Europe/London&day-1=9-17&day-2=9-17&day-3=9-17&day-4=9-17&day-5=9-17&day-6=&day-7=");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/hours");
  test_post(browser, "/hours/law", "profile=fca-disp");
  g_assert_cmpint(browser->status, ==, 303);
  set_clock(browser, "2026-06-08T09:30:00Z");
  test_write(browser->test, AGNES, "a@x", "My insurance", NULL, "I complain: you charged me twice for the insurance.");
  sign_in_as(browser, "mira@godwit.example");
  test_get(browser, "/conversations/1001");
  test_post(browser, "/conversations/1001/complaint", "view=open");
  g_assert_cmpint(browser->status, ==, 303);
  return browser;
}

static void let_out(TestBrowser *browser) { // the mail server takes all that is due
  g_autoptr(GError) error = NULL;
  TestDesk *test = browser->test;
  OutboxMail *mail = NULL;
  int64_t next = 0;
  while (outbox_claim(test->arena, test->desk, &mail, &next, &error) && mail)
    g_assert_true(outbox_settle_sent(test->desk, mail, "250 taken", &error));
  g_assert_no_error(error);
}

// Mira answers on the page of the conversation; gives the words of the mail that left, each run of white space as one space.
static const char *answer(TestBrowser *browser, const char *kind, const char *more) {
  sign_in_as(browser, "mira@godwit.example");
  test_get(browser, "/conversations/1001");
  test_post(browser, "/conversations/1001/reply",
            arena_printf(browser->arena, "view=open&text=Dear+Agnes,+I+looked+into+it.&answers=%s%s", kind, more));
  g_assert_cmpint(browser->status, ==, 303);
  let_out(browser);
  const Thread thread = test_thread(browser->test, 1001);
  return text_one_line(browser->arena, test_sent_mail(browser->test, thread.messages.items[thread.messages.count - 1].id)->text);
}

static void they_say_yes(TestBrowser *browser) {
  sign_in_as(browser, "mira@godwit.example");
  test_get(browser, "/conversations/1001");
  test_post(browser, "/offers/1/note", "number=1001&view=open&place=1&words=By+telephone");
  g_assert_cmpint(browser->status, ==, 303);
}

static ComplaintClock clock_of(TestBrowser *browser, DeadlineKind kind) {
  g_autoptr(GError) error = NULL;
  ComplaintClockList clocks = {0};
  complaint_clocks(browser->arena, browser->test->desk, 1001, &clocks, &error);
  g_assert_no_error(error);
  list_each(const ComplaintClock, clock, &clocks)
    if (clock->kind == kind) return *clock;
  g_assert_not_reached();
}

static void map_shows(TestBrowser *browser, const char *words) {
  test_get(browser, "/complaints/1001");
  g_assert_cmpint(browser->status, ==, 200);
  if (!test_shows(browser, words)) g_test_message("%s", browser->body);
  g_assert_true(test_shows(browser, words));
}

static void settled_on_the_third_business_day(void) {
  g_autoptr(TestBrowser) browser = begin();
  map_shows(browser, "Business day 3: Thursday 11 June"); // the arithmetic stands on the map
  set_clock(browser, "2026-06-10T10:00:00Z");
  answer(browser, "answer", "&options=Forty+pounds+back");
  set_clock(browser, "2026-06-11T15:59:00Z"); // a minute before the close in London
  they_say_yes(browser);
  g_assert_cmpint(clock_of(browser, DEADLINE_SUMMARY).met_at, ==, browser->test->clock.set_to);
  g_assert_cmpint(clock_of(browser, DEADLINE_FINAL_RESPONSE).met_at, ==, browser->test->clock.set_to);
  set_clock(browser, "2026-06-12T09:00:00Z");
  const char *letter = answer(browser, "summary", "");
  g_assert_nonnull(strstr(letter, "we now consider it resolved"));
  g_assert_nonnull(strstr(letter, "you may be able to refer it to the Financial Ombudsman Service"));
  g_assert_nonnull(strstr(letter, "financial-ombudsman.org.uk"));
  map_shows(browser, "The summary resolution communication.");
  map_shows(browser, "met 1 min before it was due");
  test_get(browser, "/conversations/1001"); // their yes stands, and it can be closed
  test_post(browser, "/conversations/1001/complaint/happen", "view=open&event=close&stage=agreed");
  g_assert_cmpint(browser->status, ==, 303);
  map_shows(browser, "<li class=\"now\" aria-current=\"step\">");
  test_counts(browser->test);
}

static void a_minute_after_the_close_a_final_response_is_due(void) {
  g_autoptr(TestBrowser) browser = begin();
  set_clock(browser, "2026-06-10T10:00:00Z");
  answer(browser, "answer", "&options=Forty+pounds+back");
  set_clock(browser, "2026-06-11T16:01:00Z");
  they_say_yes(browser);
  g_assert_cmpint(clock_of(browser, DEADLINE_SUMMARY).met_at, ==, 0);
  g_assert_cmpint(clock_of(browser, DEADLINE_FINAL_RESPONSE).met_at, ==, 0);
  set_clock(browser, "2026-07-20T09:00:00Z");
  const char *letter = answer(browser, "final", "");
  g_assert_nonnull(strstr(letter, "This is our final response to your complaint."));
  g_assert_nonnull(strstr(letter, "within six months of the date of this letter"));
  g_assert_cmpint(clock_of(browser, DEADLINE_FINAL_RESPONSE).met_at, ==, browser->test->clock.set_to);
  map_shows(browser, "The final response.");
  test_counts(browser->test);
}

static void a_refusal_keeps_its_stage_when_its_letter_goes_out(void) {
  g_autoptr(TestBrowser) browser = begin();
  set_clock(browser, "2026-06-10T10:00:00Z");
  answer(browser, "answer", "");
  test_get(browser, "/conversations/1001");
  test_post(browser, "/conversations/1001/complaint/happen",
            "view=open&event=refuse&stage=answered&detail=It+was+charged+once.&outside=The+Financial+Ombudsman+Service");
  g_assert_cmpint(browser->status, ==, 303);
  set_clock(browser, "2026-06-10T10:30:00Z");
  g_assert_nonnull(strstr(answer(browser, "final", ""), "This is our final response to your complaint."));
  Complaint *complaint = NULL;
  g_assert_true(complaint_find(browser->arena, browser->test->desk, 1001, &complaint, NULL));
  g_assert_cmpint(complaint->stage, ==, STAGE_REFUSED);
  g_assert_cmpstr(complaint->outside, ==, "The Financial Ombudsman Service");
}

static void eight_weeks_without_an_answer_are_late(void) {
  g_autoptr(TestBrowser) browser = begin();
  set_clock(browser, "2026-08-04T09:00:00Z");
  sign_in_as(browser, "mira@godwit.example");
  map_shows(browser, "<span class=\"late\">");
  g_assert_cmpint(clock_of(browser, DEADLINE_FINAL_RESPONSE).due_at, <, browser->test->clock.set_to);
  test_get(browser, "/complaints?late=1&text=insurance");
  g_assert_true(test_shows(browser, ">#1001</a>"));
  g_assert_true(test_shows(browser, "href=\"/complaints.csv?text=insurance&amp;late=1\"")); // the filter goes along
  test_get(browser, "/complaints.csv?late=1&text=insurance");
  g_assert_true(test_shows(browser, "1001,"));
  g_assert_true(test_shows(browser, "\"fca-disp\""));
  answer(browser, "final", "");
  map_shows(browser, "late");
  g_assert_cmpint(clock_of(browser, DEADLINE_FINAL_RESPONSE).met_at, ==, browser->test->clock.set_to);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/story/disp/third-business-day", settled_on_the_third_business_day);
  g_test_add_func("/story/disp/final-response", a_minute_after_the_close_a_final_response_is_due);
  g_test_add_func("/story/disp/refused", a_refusal_keeps_its_stage_when_its_letter_goes_out);
  g_test_add_func("/story/disp/late", eight_weeks_without_an_answer_are_late);
  return g_test_run();
}
