// Where one is: in a long list and a long thread, and where a form leads back to.
#include "pages/browser_testing.h"

#include "desk/conversation/conversation.h"

#include <string.h>

#define AGNES "Agnes Moor <agnes@moor.example>"

static TestBrowser *signed_in(void) {
  TestBrowser *browser = test_browser_new();
  test_write(browser->test, AGNES, "a1@moor.example", "My bell", NULL, "Hello, my bell is broken and I am very disappointed.");
  test_sign_in(browser, "mira@godwit.example");
  return browser;
}

// Where in the list one was is in the address of the page that a form stood on; only what a place is made of is believed.
static void a_form_leads_back_to_the_place_in_the_list(void) {
  static const struct {
    const char *from, *to;
  } cases[] = {
    {"/conversations/1001?view=open&sort=newest&after=12.1004#latest", "?view=open&sort=newest&after=12.1004#"},
    {"/conversations/1001?view=open&after=%0d%0aSet-Cookie:%20a=b", "?view=open#"},
    {"/conversations/1001?view=open&sort=newest%26next=//evil.example", "?view=open#"},
    {"/conversations/1001?view=mine&sort=newest", "?view=open#"}, // another list
    {"http://evil.example/conversations/1001?view=open&sort=newest", "?view=open#"},
    {"/", "?view=open#"},
    {"?", "?view=open#"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(TestBrowser) browser = signed_in();
    test_get(browser, "/conversations/1001");
    browser->from = cases[i].from;
    test_post(browser, "/conversations/1001/assign", "view=open");
    g_assert_cmpint(browser->status, ==, 303);
    g_assert_nonnull(strstr(browser->location, cases[i].to));
  }
}

static const char *link_with(TestBrowser *browser, const char *part) {
  const char *at = strstr(browser->body, part);
  g_assert_nonnull(at);
  while (*at != '"') at--;
  const char *link = arena_strndup(browser->arena, at + 1, strcspn(at + 1, "\"#"));
  g_auto(GStrv) parts = g_strsplit(link, "&amp;", -1);
  return arena_take(browser->arena, g_strjoinv("&", parts));
}

static void long_lists_and_threads_have_further_pages(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  TestDesk *test = browser->test;
  for (int i = 0; i < LIST_PAGE; i++) {
    test->clock.set_to += CLOCK_MINUTE;
    const char *from = arena_printf(test->arena, "Person %d <person%d@moor.example>", i, i);
    test_write(test, from, arena_printf(test->arena, "p%d@moor.example", i), arena_printf(test->arena, "Question %d", i), NULL,
               NULL);
  }
  test_get(browser, "/");
  g_assert_true(test_shows(browser, "My bell"));
  g_assert_null(strstr(browser->body, "Person 49"));
  test_get(browser, link_with(browser, "after="));
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "Person 49"));
  g_assert_null(strstr(browser->body, "My bell"));
  for (int i = 0; i < THREAD_PAGE; i++) {
    const char *id = arena_printf(test->arena, "q%d@moor.example", i), *body = arena_printf(test->arena, "It is day %d.", i);
    test_write(test, AGNES, id, "Re: My bell", "a1@moor.example", body);
  }
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "It is day 59."));
  g_assert_null(strstr(browser->body, "Hello, my bell"));
  test_get(browser, link_with(browser, "before="));
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "Hello, my bell"));
  g_assert_true(test_shows(browser, "To the newest messages"));
  g_assert_null(strstr(browser->body, "id=\"reply\"")); // an answer is written below the newest
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/pages/list/place", a_form_leads_back_to_the_place_in_the_list);
  g_test_add_func("/pages/paging/long-lists-and-threads", long_lists_and_threads_have_further_pages);
  return g_test_run();
}
