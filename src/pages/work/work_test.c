// Sharing out the work over HTTP, as a browser without scripts does it: who may, what comes back, and when "tomorrow" is.
#include "pages/work/work.h"

#include "desk/conversation/work.h"
#include "pages/browser_testing.h"

#define AGNES "Agnes Moor <agnes@moor.example>"

static TestBrowser *browser_of(const char *email, StaffRole role) {
  g_autoptr(GError) error = NULL;
  TestBrowser *browser = test_browser_new();
  if (role != ROLE_AGENT) {
    StaffDraft draft = {.email = email, .name = "Teodor", .password = "quiet lamp 42", .role = role};
    int64_t id;
    staff_add(browser->test->desk, &draft, &id, &error);
    g_assert_no_error(error);
  }
  test_write(browser->test, AGNES, "a@x", "The bell", NULL, NULL);
  test_sign_in(browser, email);
  return browser;
}

static TestBrowser *agent(void) { return browser_of("mira@godwit.example", ROLE_AGENT); }
static TestBrowser *supervisor(void) { return browser_of("teodor@godwit.example", ROLE_SUPERVISOR); }

static void send_to(TestBrowser *browser, const char *path, const char *fields, int status, const char *says) {
  test_get(browser, "/conversations/1001?view=open");
  test_post(browser, path, fields);
  g_test_message("%s %s", path, fields);
  g_assert_cmpint(browser->status, ==, status);
  if (says) g_assert_true(test_shows(browser, says));
}

static void what_the_house_has_is_for_supervisors(void) {
  static const char *const pages[] = {"/teams", "/tags", "/fields"};
  g_autoptr(TestBrowser) mira = agent();
  g_autoptr(TestBrowser) teodor = supervisor();
  for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
    test_get(mira, pages[i]);
    g_assert_cmpint(mira->status, ==, 403);
    test_get(mira, "/conversations/1001");
    test_post(mira, pages[i], "name=Mine&kind=text");
    g_assert_cmpint(mira->status, ==, 403);
    test_get(teodor, pages[i]);
    g_assert_cmpint(teodor->status, ==, 200);
  }
  test_get(mira, "/house");
  g_assert_false(test_shows(mira, "/teams"));
}

static void bad_input_comes_back_with_a_sentence(void) {
  g_autoptr(TestBrowser) browser = agent();
  static const struct {
    const char *path, *fields, *says;
  } cases[] = {
    {"/conversations/1001/hand", "to=staff-99", "is not here any more"},
    {"/conversations/1001/hand", "to=team-99", "This team is not here any more"},
    {"/conversations/1001/priority", "priority=dire", "There is no such priority"},
    {"/conversations/1001/snooze", "until=never", "Until when?"},
    {"/conversations/1001/snooze", "when=2026-02-31T10:00", "Until when?"},
    {"/conversations/1001/snooze", "when=2020-01-01T10:00", "This time is past"},
    {"/conversations/1001/tags", "tag=", "A tag needs a name"},
    {"/conversations/1001/tags", "tag=%3Cb%3E,", "&lt;b&gt;,"},
    {"/conversations/1001/tags", "tag=twelve+characters+and+twelve+more+are+too+many", "at most 40 characters"},
    {"/conversations/1001/tags", "tag=twelve+characters+and+twelve+more+are+too+many",
     "value=\"twelve characters and twelve more are too many\""},
    {"/bulk", "do=tag&chosen=1001&tag=twelve+characters+and+twelve+more+are+too+many", "at most 40 characters"},
    {"/conversations/1001/tags/remove", "remove=99", "There is no such tag"},
    {"/conversations/1001/links", "link=bell", "That is no number"},
    {"/conversations/1001/links", "link=%231001", "cannot be linked with itself"},
    {"/conversations/1001/links", "link=9999", "There is no conversation #9999"},
    {"/bulk", "do=solve", "Nothing is chosen"},
    {"/bulk", "do=burn&chosen=1001", "Choose what shall be done"},
    {"/bulk", "do=assign&chosen=1001", "Give them to whom?"},
    {"/bulk/choose", "chosen=x", "Nothing is chosen"},
    {"/messages/1/split", "", "nothing would be left"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) send_to(browser, cases[i].path, cases[i].fields, 422, cases[i].says);
  send_to(browser, "/messages/99/split", "", 404, NULL);
  send_to(browser, "/conversations/9999/follow", "", 404, NULL);
  send_to(browser, "/conversations/1001/unmerge", "", 409, NULL);
  send_to(browser, "/bulk/1/undo", "", 404, NULL);
}

static void what_is_done_stands_in_the_panel(void) {
  g_autoptr(TestBrowser) browser = agent();
  send_to(browser, "/conversations/1001/hand",
          arena_printf(browser->arena, "to=staff-%" G_GINT64_FORMAT, browser->test->jonas.id), 303, NULL);
  send_to(browser, "/conversations/1001/priority", "priority=high", 303, NULL);
  send_to(browser, "/conversations/1001/tags", "tag=gift+card", 303, NULL);
  g_assert_cmpstr(browser->location, ==, "/conversations/1001?view=open#work");
  send_to(browser, "/conversations/1001/follow", "", 303, NULL);
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "high priority"));
  g_assert_true(test_shows(browser, "gift card"));
  g_assert_true(test_shows(browser, "Followed by Mira Lindqvist"));
  g_assert_true(test_shows(browser, "Mira Lindqvist assigned it: <bdi>Jonas Feld</bdi>"));
}

static void taking_apart_folds_what_is_abusive(void) {
  g_autoptr(TestBrowser) browser = agent();
  int64_t rude =
    test_write(browser->test, AGNES, "b@x", "You useless liar", NULL, "You are all idiots, you useless liar.").message_id;
  test_get(browser, arena_printf(browser->arena, "/messages/%" G_GINT64_FORMAT "/apart?into=1001", rude));
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "[Hostile words, 7]"));
  g_assert_false(test_shows(browser, "useless liar"));
  test_get(browser, "/messages/1/apart?into=1002");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_false(test_shows(browser, "useless liar"));
}

// Sunday, 22 November 2026: Monday is tomorrow, and is said once.
static void tomorrow_is_tomorrow_and_said_once(void) {
  g_autoptr(TestBrowser) browser = agent();
  Visit visit = {
    .arena = browser->arena, .pages = browser->pages, .zone = pages_zone(browser->pages, ""), .now = browser->test->clock.set_to};
  const char *const from[] = {"2026-11-22T09:00:00Z", "2026-11-25T22:30:00Z", "2026-11-27T08:00:00Z"};
  const char *const words[] = {"later tomorrow week", "tomorrow monday week", "later tomorrow monday week"};
  for (size_t i = 0; i < G_N_ELEMENTS(from); i++) {
    g_autoptr(GString) said = g_string_new(NULL);
    g_assert_true(clock_parse_iso(from[i], &visit.now));
    SnoozeChoiceList choices = snooze_choices(&visit);
    int64_t before = visit.now;
    list_each(const SnoozeChoice, choice, &choices) {
      g_string_append_printf(said, "%s%s", said->len ? " " : "", choice->word);
      g_assert_cmpint(choice->at, >, before); // each later than the one before
      before = choice->at;
    }
    g_assert_cmpstr(said->str, ==, words[i]);
    g_assert_cmpint(choices.items[choices.count - 1].at - visit.now, <=, 8 * CLOCK_DAY);
  }
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/work-pages/supervisors", what_the_house_has_is_for_supervisors);
  g_test_add_func("/work-pages/bad-input", bad_input_comes_back_with_a_sentence);
  g_test_add_func("/work-pages/panel", what_is_done_stands_in_the_panel);
  g_test_add_func("/work-pages/apart/folded", taking_apart_folds_what_is_abusive);
  g_test_add_func("/work-pages/snooze", tomorrow_is_tomorrow_and_said_once);
  return g_test_run();
}
