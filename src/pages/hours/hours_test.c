// The page of hours over real HTTP, as a browser without scripts sees it.
#include "pages/browser_testing.h"

#include "desk/hours/deadline.h"

#include <curl/curl.h>

#define WEEK_WITH(monday) "zone=Europe/London&day-1=" monday "&day-2=9-17&day-3=9-17&day-4=9-17&day-5=9-17&day-6=&day-7="

static TestBrowser *administrator(void) {
  g_autoptr(GError) error = NULL;
  TestBrowser *browser = test_browser_new();
  StaffDraft draft = {.email = "nuala@godwit.example", .name = "Nuala", .password = "quiet lamp 42", .role = ROLE_ADMINISTRATOR};
  int64_t id;
  g_assert_true(clock_parse_iso("2026-06-12T16:40:00Z", &browser->test->clock.set_to));
  staff_add(browser->test->desk, &draft, &id, &error);
  g_assert_no_error(error);
  test_sign_in(browser, "nuala@godwit.example");
  test_get(browser, "/hours");
  g_assert_cmpint(browser->status, ==, 200);
  return browser;
}

static BusinessHours kept(TestBrowser *browser) {
  BusinessHours hours;
  g_assert_true(hours_load(browser->arena, browser->test->desk, &hours, NULL));
  return hours;
}

static void it_shows_what_a_new_desk_does(void) {
  g_autoptr(TestBrowser) browser = administrator();
  g_assert_true(
    test_shows(browser, "In UTC it is Friday 12 June 2026, 16:40. The desk is open: it closes Friday 12 June 2026, 17:00."));
  g_assert_true(test_shows(browser, "value=\"09:00–17:00\""));
  g_assert_true(test_shows(browser, "No holiday is named yet"));
  g_assert_true(test_shows(browser, "ISO 10002:2018, 7.4"));
  g_assert_true(test_shows(browser, "DISP 1.6.2A R"));
  g_assert_true(test_shows(browser, "<li>8 business hours end Monday 15 June at 16:40.</li>"));
  g_assert_true(test_shows(browser, "href=\"/house\" aria-current=\"page\""));
}

static void agents_neither_see_nor_change_it(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, "/account");
  g_assert_null(strstr(browser->body, "href=\"/hours\""));
  static const char *const paths[] = {"/hours/week",    "/hours/holidays", "/hours/holidays/1/remove", "/hours/holidays/import",
                                      "/hours/targets", "/hours/law"};
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
    test_get(browser, "/account");
    test_post(browser, paths[i], "profile=fca-disp&set=england-and-wales&name=x&date=2026-01-01");
    g_assert_cmpint(browser->status, ==, 403);
  }
  test_get(browser, "/hours");
  g_assert_cmpint(browser->status, ==, 403);
  g_assert_cmpuint(kept(browser).holidays.count, ==, 0);
}

static void a_week_is_kept(void) {
  g_autoptr(TestBrowser) browser = administrator();
  test_post(browser, "/hours/week", WEEK_WITH("9-12:30, 13:30 to 17"));
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_cmpstr(browser->location, ==, "/hours?kept=week#week");
  test_get(browser, "/hours?kept=week");
  g_assert_true(test_shows(browser, "It is kept."));
  g_assert_true(test_shows(browser, "09:00–12:30, 13:30–17:00"));
  g_assert_true(test_shows(
    browser, "In Europe/London it is Friday 12 June 2026, 17:40. The desk is closed: it opens Monday 15 June 2026, 09:00."));
  g_assert_true(test_shows(browser, "<li>The clock starts Monday 15 June at 09:00.</li>"));
}

static void a_week_that_cannot_be_says_so_by_the_day(void) {
  g_autoptr(TestBrowser) browser = administrator();
  static const struct {
    const char *fields, *problem;
  } cases[] = {
    {WEEK_WITH("17-9"), "17:00–09:00 ends before it starts."},
    {WEEK_WITH("9-12, 11-17"), "09:00–12:00 and 11:00–17:00 overlap."},
    {WEEK_WITH("<b>always</b>"), "&quot;&lt;b&gt;always&lt;/b&gt;&quot; are no hours"},
    {"zone=Europe/Lundon&day-1=9-17", "&quot;Europe/Lundon&quot; is no time zone; give one such as Europe/London."},
    {"zone=UTC", "A desk that never opens never answers; give one day its hours."},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    test_get(browser, "/hours");
    test_post(browser, "/hours/week", cases[i].fields);
    g_assert_cmpint(browser->status, ==, 422);
    g_assert_true(test_shows(browser, cases[i].problem));
    g_assert_null(strstr(browser->body, "It is kept."));
  }
  test_get(browser, "/hours");
  test_post(browser, "/hours/week", WEEK_WITH("17-9"));
  g_assert_true(test_shows(browser, "id=\"day-1-problem\""));
  g_assert_true(test_shows(browser, "aria-describedby=\"day-1-problem\" autofocus"));
  g_assert_true(test_shows(browser, "value=\"17-9\"")); // what was typed stays
  g_assert_cmpuint(kept(browser).openings.count, ==, 5);
  g_assert_cmpstr(kept(browser).zone_name, ==, "UTC");
}

static void holidays_are_named_imported_and_taken_out(void) {
  g_autoptr(TestBrowser) browser = administrator();
  test_post(browser, "/hours/holidays", "name=Founding <day>&date=2026-06-15&yearly=1");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/hours");
  test_post(browser, "/hours/holidays/import", "set=england-and-wales");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/hours");
  g_assert_true(test_shows(browser, "Every year"));
  g_assert_true(test_shows(browser, "Founding &lt;day&gt;"));
  g_assert_true(test_shows(browser, "Monday 31 August"));
  g_assert_true(test_shows(browser, "<li>Monday 15 June is Founding &lt;day&gt; and does not count.</li>"));
  BusinessHours hours = kept(browser);
  g_assert_cmpuint(hours.holidays.count, ==, 41);
  const char *path = arena_printf(browser->arena, "/hours/holidays/%" G_GINT64_FORMAT "/remove", hours.holidays.items[0].id);
  test_post(browser, path, "");
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_cmpuint(kept(browser).holidays.count, ==, 40);
  test_get(browser, "/hours");
  test_post(browser, path, "");
  g_assert_cmpint(browser->status, ==, 404);
  test_get(browser, "/hours");
  test_post(browser, "/hours/holidays/import", "set=none");
  g_assert_cmpuint(kept(browser).holidays.count, ==, 0);
  test_get(browser, "/hours");
  test_post(browser, "/hours/holidays/import", "set=mars");
  g_assert_cmpint(browser->status, ==, 400);
}

static void a_day_that_is_none_is_told_by_its_field(void) {
  g_autoptr(TestBrowser) browser = administrator();
  static const struct {
    const char *fields, *field, *problem;
  } cases[] = {
    {"name=Leap&date=2027-02-29", "date-problem", "2027 has no 29 February."},
    {"name=Never&date=2027-13-01", "date-problem", "There is no such date; write it as 2026-12-24."},
    {"name=Never&date=tomorrow", "date-problem", "There is no such date; write it as 2026-12-24."},
    {"name=Never&date=-026-12-24", "date-problem", "There is no such date; write it as 2026-12-24."},
    {"name=Never&date=0000-12-24", "date-problem", "There is no such date; write it as 2026-12-24."},
    {"name=Never&date=", "date-problem", "There is no such date; write it as 2026-12-24."},
    {"name=&date=2027-01-01", "name-problem", "The day needs a name"},
    {"", "name-problem", "The day needs a name"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    test_get(browser, "/hours");
    test_post(browser, "/hours/holidays", cases[i].fields);
    g_assert_cmpint(browser->status, ==, 422);
    g_assert_true(test_shows(browser, cases[i].problem));
    g_assert_true(test_shows(browser, cases[i].field));
  }
  test_get(browser, "/hours");
  test_post(browser, "/hours/holidays", "name=Eve&date=2026-12-24");
  test_get(browser, "/hours");
  test_post(browser, "/hours/holidays", "name=Again&date=2026-12-24");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "This day is named here already."));
  g_assert_cmpuint(kept(browser).holidays.count, ==, 1);
}

static void targets_are_kept_or_told(void) {
  g_autoptr(TestBrowser) browser = administrator();
  Targets targets;
  test_post(browser, "/hours/targets", "target-0-0=1 h 30 min&target-1-0=soon");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "target-1-0-problem"));
  g_assert_true(test_shows(browser, "Write it as 8 h, 45 min or 1 h 30 min."));
  g_assert_true(test_shows(browser, "value=\"soon\""));
  g_assert_true(targets_load(browser->test->desk, &targets, NULL));
  g_assert_cmpint(targets.minutes[0][0], ==, 480);
  test_post(browser, "/hours/targets", "target-0-0=1 h 30 min&target-1-2=20 h");
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_true(targets_load(browser->test->desk, &targets, NULL));
  g_assert_cmpint(targets.minutes[0][0], ==, 90);
  g_assert_cmpint(targets.minutes[1][0], ==, 0);
  g_assert_cmpint(targets.minutes[1][2], ==, 20 * 60);
}

static void a_legal_profile_shows_what_it_means_now(void) {
  g_autoptr(TestBrowser) browser = administrator();
  test_post(browser, "/hours/law", "profile=fca-disp");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/hours?kept=law");
  g_assert_true(test_shows(browser, "The legal clock counts business days, and knows no public holiday of 2026."));
  g_assert_true(test_shows(browser, "Friday 7 August 2026, 23:59"));
  g_assert_true(test_shows(browser, "every day counts, and nothing pauses this clock."));
  test_post(browser, "/hours/holidays/import", "set=england-and-wales");
  test_get(browser, "/hours");
  g_assert_null(strstr(browser->body, "knows no public holiday"));
  test_post(browser, "/hours/law", "profile=lex-talionis");
  g_assert_cmpint(browser->status, ==, 400);
  LegalProfile profile;
  g_assert_true(profile_load(browser->test->desk, &profile, NULL));
  g_assert_cmpint(profile, ==, PROFILE_FCA_DISP);
}

static void another_moment_can_be_tried(void) {
  g_autoptr(TestBrowser) browser = administrator();
  test_get(browser, "/hours?at=2026-03-02T08:30&severity=3");
  g_assert_true(test_shows(browser, "A critical complaint received Monday 2 March 2026, 08:30:"));
  g_assert_true(test_shows(browser, "<li>1 business hour ends Monday 2 March at 10:00.</li>"));
  static const char *const bad[] = {"2026-02-30T08:30", "2026-02-20T24:30", "2026-02-20", "x",
                                    "0000-00-00T00:00", "1970-01-01T00:00"};
  for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
    test_get(browser, arena_printf(browser->arena, "/hours?at=%s&severity=9", bad[i]));
    g_assert_cmpint(browser->status, ==, 200);
    g_assert_true(test_shows(browser, "There is no such moment; write it as 2026-06-12T17:40."));
    g_assert_true(test_shows(browser, "A moderate complaint received Friday 12 June 2026, 16:40:"));
  }
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  g_test_init(&argc, &argv, NULL);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  g_test_add_func("/pages/hours/new-desk", it_shows_what_a_new_desk_does);
  g_test_add_func("/pages/hours/agents-neither-see-nor-change-it", agents_neither_see_nor_change_it);
  g_test_add_func("/pages/hours/week", a_week_is_kept);
  g_test_add_func("/pages/hours/week-that-cannot-be", a_week_that_cannot_be_says_so_by_the_day);
  g_test_add_func("/pages/hours/holidays", holidays_are_named_imported_and_taken_out);
  g_test_add_func("/pages/hours/day-that-is-none", a_day_that_is_none_is_told_by_its_field);
  g_test_add_func("/pages/hours/targets", targets_are_kept_or_told);
  g_test_add_func("/pages/hours/law", a_legal_profile_shows_what_it_means_now);
  g_test_add_func("/pages/hours/another-moment", another_moment_can_be_tried);
  return g_test_run();
}
