// Judging readings through the pages, and who sees what of it.
#include "desk/learning/learning.h"
#include "pages/browser_testing.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define MIRA "mira@godwit.example"
#define LEAD "lead@godwit.example"
#define ROOT "root@godwit.example"

static TestBrowser *with_a_mail(const char *email) {
  TestBrowser *browser = test_browser_new();
  g_autoptr(GError) error = NULL;
  static const StaffDraft people[] = {
    {.email = LEAD, .name = "Lena Lead", .password = "quiet lamp 42", .role = ROLE_SUPERVISOR},
    {.email = ROOT, .name = "Ron Root", .password = "quiet lamp 42", .role = ROLE_ADMINISTRATOR}};
  for (size_t i = 0; i < G_N_ELEMENTS(people); i++) {
    int64_t id = 0;
    staff_add(browser->test->desk, &people[i], &id, &error);
    g_assert_no_error(error);
  }
  test_write(browser->test, AGNES, "a1@moor.example", "My bell", NULL, "Hello, my bell is broken and I am very disappointed.");
  test_sign_in(browser, email);
  return browser;
}

static int64_t message_id(TestBrowser *browser) { return test_thread(browser->test, 1001).messages.items[0].id; }

static void judge(TestBrowser *browser, const char *says) {
  test_get(browser, "/conversations/1001");
  test_post(browser, arena_printf(browser->arena, "/messages/%" G_GINT64_FORMAT "/reading", message_id(browser)),
            arena_printf(browser->arena, "view=open&says=%s", says));
}

static void one_click_corrects_a_reading(void) {
  g_autoptr(TestBrowser) browser = with_a_mail(MIRA);
  judge(browser, "behaviour.hostile");
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_cmpstr(browser->location, ==,
                  arena_printf(browser->arena, "/conversations/1001?view=open#m%" G_GINT64_FORMAT, message_id(browser)));
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "You said so"));
  g_assert_true(test_shows(browser, "value=\"behaviour.hostile\" aria-pressed=\"true\""));
  test_get(browser, "/?view=upset");
  g_assert_true(test_shows(browser, "Agnes Moor"));
}

static void a_click_takes_it_back_and_only_ones_own(void) {
  g_autoptr(TestBrowser) browser = with_a_mail(MIRA);
  judge(browser, "behaviour.hostile");
  browser->session = NULL;
  test_sign_in(browser, LEAD);
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "A colleague said so"));
  g_assert_false(test_shows(browser, "value=\"back\""));
  browser->session = NULL;
  test_sign_in(browser, MIRA);
  judge(browser, "back");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Is it right?"));
  g_assert_false(test_shows(browser, "You said so"));
}

static void nonsense_is_refused_and_changes_nothing(void) {
  static const char *const words[] = {"",       "behaviour.", "behaviour.furious", "mood.calm", "emotion.calm", "need.5",
                                      "right.", "calm"};
  g_autoptr(TestBrowser) browser = with_a_mail(MIRA);
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
    judge(browser, words[i]);
    g_assert_cmpint(browser->status, >=, 400);
    g_assert_cmpint(browser->status, <, 500);
  }
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Is it right?"));
}

static void supervisors_see_how_people_agree_and_no_names(void) {
  g_autoptr(TestBrowser) browser = with_a_mail(MIRA);
  judge(browser, "behaviour.hostile");
  judge(browser, "need.power");
  test_get(browser, "/readings");
  g_assert_cmpint(browser->status, ==, 403);
  browser->session = NULL;
  test_sign_in(browser, LEAD);
  test_get(browser, "/readings");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "People agree with 0 of 1 reading that they judged"));
  g_assert_false(test_shows(browser, "Mira"));
  g_assert_false(test_shows(browser, "Forget what was learnt"));
}

static void only_administrators_export_forget_and_switch(void) {
  g_autoptr(TestBrowser) browser = with_a_mail(LEAD);
  test_get(browser, "/readings");
  test_post(browser, "/readings/switch", "to=off");
  g_assert_cmpint(browser->status, ==, 403);
  test_get(browser, "/readings");
  test_post(browser, "/readings/reset", "");
  g_assert_cmpint(browser->status, ==, 403);
  test_get(browser, "/readings/export");
  g_assert_cmpint(browser->status, ==, 403);
}

static void the_export_has_the_words_and_no_names(void) {
  g_autoptr(TestBrowser) browser = with_a_mail(ROOT);
  judge(browser, "need.learning");
  test_get(browser, "/readings/export");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "\"kind\":\"need\""));
  g_assert_true(test_shows(browser, "\"said\":\"learning\""));
  g_assert_true(test_shows(browser, "my bell is broken"));
  g_assert_false(test_shows(browser, "Ron"));
}

static void switched_off_no_page_shows_a_reading(void) {
  g_autoptr(TestBrowser) browser = with_a_mail(ROOT);
  test_get(browser, "/readings");
  test_post(browser, "/readings/switch", "to=off");
  g_assert_cmpint(browser->status, ==, 303);
  static const char *const paths[] = {"/", "/conversations/1001"};
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
    test_get(browser, paths[i]);
    g_assert_cmpint(browser->status, ==, 200);
    g_assert_false(test_shows(browser, "class=\"feeling"));
    g_assert_false(test_shows(browser, "Reading of this message"));
    g_assert_false(test_shows(browser, "Upset now"));
  }
  judge(browser, "right");
  g_assert_cmpint(browser->status, ==, 404);
  test_get(browser, "/?view=upset");
  g_assert_false(test_shows(browser, "Upset now"));
  test_get(browser, "/readings");
  test_post(browser, "/readings/switch", "to=on");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Reading of this message"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/pages/readings/one-click", one_click_corrects_a_reading);
  g_test_add_func("/pages/readings/back", a_click_takes_it_back_and_only_ones_own);
  g_test_add_func("/pages/readings/nonsense", nonsense_is_refused_and_changes_nothing);
  g_test_add_func("/pages/readings/supervisor", supervisors_see_how_people_agree_and_no_names);
  g_test_add_func("/pages/readings/administrator", only_administrators_export_forget_and_switch);
  g_test_add_func("/pages/readings/export", the_export_has_the_words_and_no_names);
  g_test_add_func("/pages/readings/off", switched_off_no_page_shows_a_reading);
  return g_test_run();
}
