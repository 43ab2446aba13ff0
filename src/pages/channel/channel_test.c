// The page of channels, as a browser without scripts sees it, and what open pages hear.
#include "desk/channel/channel.h"

#include "pages/browser_testing.h"

#include <curl/curl.h>

static TestBrowser *administrator(void) {
  g_autoptr(GError) error = NULL;
  TestBrowser *browser = test_browser_new();
  StaffDraft draft = {.email = "nuala@godwit.example", .name = "Nuala", .password = "quiet lamp 42", .role = ROLE_ADMINISTRATOR};
  int64_t id;
  staff_add(browser->test->desk, &draft, &id, &error);
  g_assert_no_error(error);
  test_sign_in(browser, "nuala@godwit.example");
  return browser;
}

static ChannelReport begin(TestBrowser *browser, const char *name) {
  ChannelReport report;
  g_assert_true(
    channel_begin(browser->arena, browser->test->desk, CHANNEL_IMAP, name, "help@godwit.example", &report, NULL, NULL));
  return report;
}

static void without_channels_it_says_how_to_set_one_up(void) {
  g_autoptr(TestBrowser) browser = administrator();
  test_get(browser, "/mailroom/channels");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "No mail has come in yet"));
  g_assert_true(test_shows(browser, "accounts.conf"));
}

static void agents_may_not_look(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, "/mailroom/channels");
  g_assert_cmpint(browser->status, ==, 403);
}

static void each_channel_says_how_it_fares(void) {
  g_autoptr(TestBrowser) browser = administrator();
  Desk *desk = browser->test->desk;
  ChannelReport well = begin(browser, "help <b>"), failing = begin(browser, "orders");
  g_assert_true(channel_note_mail(desk, &well, NULL));
  g_assert_true(channel_note_state(desk, &well, CHANNEL_WAITING, 0, NULL));
  g_assert_true(channel_note_error(desk, &failing, "The mail server said: <no>", 0, NULL));
  g_assert_true(channel_count_mail(desk, CHANNEL_DELIVER, "", NULL));
  test_get(browser, "/mailroom/channels");
  g_assert_true(test_shows(browser, "help &lt;b&gt;"));
  g_assert_true(test_shows(browser, "Waiting for mail, which comes in at once"));
  g_assert_true(test_shows(browser, "It fails just now"));
  g_assert_true(test_shows(browser, "The mail server said: &lt;no&gt;"));
  g_assert_true(test_shows(browser, "Takes what a mail server hands over"));
  g_assert_null(strstr(browser->body, "need a person"));
}

static void a_channel_that_keeps_failing_needs_a_person(void) {
  g_autoptr(TestBrowser) browser = administrator();
  ChannelReport failing = begin(browser, "orders");
  g_assert_true(channel_note_error(browser->test->desk, &failing, "The mail server cannot be reached.", 0, NULL));
  browser->test->clock.set_to += 30 * CLOCK_MINUTE;
  test_get(browser, "/mailroom");
  g_assert_cmpstr(browser->location, ==, "/mailroom/channels");
  test_get(browser, "/mailroom/channels");
  g_assert_true(test_shows(browser, "need a person"));
  g_assert_true(test_shows(browser, "It has failed for 30 min"));
  g_assert_true(channel_note_state(browser->test->desk, &failing, CHANNEL_WAITING, 0, NULL));
  test_get(browser, "/mailroom/channels");
  g_assert_null(strstr(browser->body, "need a person"));
  g_assert_true(test_shows(browser, "The mail server cannot be reached.")); // the last error stays known
}

static void a_mail_is_counted(TestBrowser *browser) {
  g_assert_true(channel_count_mail(browser->test->desk, CHANNEL_DELIVER, "", NULL));
}

static void open_pages_hear_that_a_channel_changed(void) {
  g_autoptr(TestBrowser) browser = administrator();
  g_assert_true(test_hears(browser, "/live", a_mail_is_counted, "event: channel\n"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  g_test_add_func("/pages/channel/without-channels-says-how-to-set-one-up", without_channels_it_says_how_to_set_one_up);
  g_test_add_func("/pages/channel/agents-may-not-look", agents_may_not_look);
  g_test_add_func("/pages/channel/each-says-how-it-fares", each_channel_says_how_it_fares);
  g_test_add_func("/pages/channel/one-that-keeps-failing-needs-a-person", a_channel_that_keeps_failing_needs_a_person);
  g_test_add_func("/pages/channel/open-pages-hear", open_pages_hear_that_a_channel_changed);
  return g_test_run();
}
