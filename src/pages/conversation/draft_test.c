// Drafts and presence over HTTP: saved, refused, offered back, previewed; who is where, in one process and between two.
#include "pages/browser_testing.h"

#include "base/json.h"
#include "pages/live/here.h"

#include <string.h>

#define AGNES "Agnes Holm <agnes@moor.example>"
#define PATH "/conversations/1001"

static TestBrowser *signed_in(void) {
  TestBrowser *browser = test_browser_new();
  g_assert_cmpint(test_write(browser->test, AGNES, "a1@moor.example", "My bell", NULL, "It does not ring.").number, ==, 1001);
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, PATH);
  return browser;
}

static int64_t save(TestBrowser *browser, const char *fields) {
  g_autoptr(GError) error = NULL;
  test_post(browser, PATH "/draft", fields);
  g_assert_cmpint(browser->status, ==, 200);
  g_autoptr(Json) json = json_read(browser->body, &error);
  g_assert_no_error(error);
  int64_t version = json_get_int(json, "version", -1);
  test_get(browser, PATH); // for the token of the next form
  return version;
}

static void a_pause_saves_and_the_page_shows_it(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  g_assert_cmpint(save(browser, "kind=reply&base=0&writer=tab&text=Dear+Agnes"), ==, 1);
  g_assert_true(test_shows(browser, "Dear Agnes</textarea>"));
  g_assert_cmpint(save(browser, "kind=note&base=0&writer=tab&text=%3Cscript%3E"), ==, 1);
  g_assert_true(test_shows(browser, "&lt;script&gt;"));
  g_assert_cmpint(save(browser, "kind=reply&base=0&writer=other&text=Elsewhere"), ==, 2);
  g_assert_true(test_shows(browser, "You wrote something else here"));
  test_get(browser, PATH "/draft");
  g_assert_true(test_shows(browser, "{\"reply\":{\"version\":2,\"text\":\"Elsewhere\","));
}

static void what_it_offers_comes_with_the_page(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  g_assert_cmpint(
    save(browser, "kind=reply&base=0&writer=tab&text=Dear+Agnes&options=A+new+bell%0AYour+%3Cmoney%3E&answers=choice"), ==, 1);
  g_assert_true(test_shows(browser, "A new bell\nYour &lt;money&gt;</textarea>"));
  g_assert_true(test_shows(browser, "class=\"options\" open"));
  test_post(browser, PATH "/coach", "text=Dear+Agnes&options=A+ring&answers=choice"); // without scripts
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "A ring</textarea>"));
}

static void a_refused_answer_stands_as_it_was(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  g_assert_false(test_shows(browser, "data-said"));
  test_post(browser, PATH "/reply", "text=Dear+{{name}}&then=solve&options=A+new+bell&cc=bruno%40moor.example&kind=reply");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "<button class=\"goes first\" name=\"then\" value=\"solve\""));
  test_get(browser, PATH); // on another device, a day later
  g_assert_true(test_shows(browser, "<div class=\"actions\" data-said>"));
  g_assert_true(test_shows(browser, "<button class=\"goes first\" name=\"then\" value=\"solve\""));
  g_assert_true(test_shows(browser, "A new bell</textarea>"));
  g_assert_true(test_shows(browser, "value=\"bruno@moor.example\""));
}

static void nobody_else_reads_it(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  save(browser, "kind=reply&base=0&writer=tab&text=Dear+Agnes");
  browser->session = NULL;
  test_sign_in(browser, "jonas@godwit.example");
  test_get(browser, PATH);
  g_assert_true(test_shows(browser, "has begun an answer"));
  g_assert_null(strstr(browser->body, "Dear Agnes"));
  test_get(browser, PATH "/draft");
  g_assert_null(strstr(browser->body, "Dear Agnes"));
  browser->session = NULL;
  test_get(browser, PATH "/draft");
  g_assert_cmpint(browser->status, ==, 303);
}

static void what_is_asked_wrongly_is_refused(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_post(browser, "/conversations/4000/draft", "kind=reply&base=0&text=x");
  g_assert_cmpint(browser->status, ==, 404);
  test_get(browser, PATH);
  test_post(browser, PATH "/draft/files", "kind=reply");
  g_assert_cmpint(browser->status, ==, 400);
  test_get(browser, PATH "/draft/files/77");
  g_assert_cmpint(browser->status, ==, 404);
  test_get(browser, PATH);
  test_post(browser, PATH "/draft/older", "kind=reply&take=77");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, PATH);
  test_post(browser, PATH "/reply", "text=Yes&then=next&next=https%3A%2F%2Fevil.example%2F");
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_true(g_str_has_prefix(browser->location, "/?view=open&sent="));
}

static void a_preview_comes_with_the_page(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_post(browser, PATH "/preview", "text=**Yes**+%3Cb%3E&base=0&kind=reply");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "<strong>Yes</strong> &lt;b&gt;"));
  g_assert_true(test_shows(browser, "**Yes** &lt;b&gt;</textarea>"));
}

// ——— who is where

static Pages *second; // another process on the same database

static void nothing_happens(TestBrowser *browser) {}

static void she_writes(TestBrowser *browser) {
  test_post(browser, PATH "/writes", "does=reply");
  g_assert_cmpint(browser->status, ==, 204);
}

static void who_looks_and_writes_is_told_and_ends(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  g_assert_true(test_hears(browser, "/live?at=1001", nothing_happens, "{\"number\":1001,\"people\":[{\"id\":"));
  g_assert_true(test_hears(browser, "/live?at=1001", she_writes, "\"does\":\"reply\"}]}"));
  g_assert_true(test_hears(browser, "/live", nothing_happens, "{\"number\":1001,\"people\":[]}")); // she left, a moment later
}

static void she_looks_elsewhere(TestBrowser *browser) {
  TestBrowser other = *browser;
  other.pages = second;
  g_assert_true(test_hears(&other, "/live?at=1001", nothing_happens, "\"number\":1001,\"people\":[{"));
}

static void processes_tell_each_other(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  g_autoptr(GError) error = NULL;
  if (g_strcmp0(g_getenv("RAPPORT_TEST_DATABASE"), "postgres") != 0) return g_test_skip("one process serves a SQLite file");
  PagesSetup setup = {.database = browser->test->where,
                      .listen = "127.0.0.1:0",
                      .threads = 4,
                      .clock = &browser->test->clock,
                      .random = &random_system};
  second = pages_start(&setup, &error);
  g_assert_no_error(error);
  g_assert_true(test_hears(browser, "/live", she_looks_elsewhere, "\"number\":1001,\"people\":[{"));
  g_assert_true(test_hears(browser, "/live", nothing_happens, "{\"number\":1001,\"people\":[]}"));
  g_assert_true(test_hears(browser, "/live", she_looks_elsewhere, "\"number\":1001,\"people\":[{"));
  pages_stop(g_steal_pointer(&second)); // takes its people along
  g_assert_true(test_hears(browser, "/live?at=1001", nothing_happens, "{\"number\":1001,\"people\":[{"));
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/pages/draft/saved", a_pause_saves_and_the_page_shows_it);
  g_test_add_func("/pages/draft/offer", what_it_offers_comes_with_the_page);
  g_test_add_func("/pages/draft/refused-answer", a_refused_answer_stands_as_it_was);
  g_test_add_func("/pages/draft/private", nobody_else_reads_it);
  g_test_add_func("/pages/draft/refused", what_is_asked_wrongly_is_refused);
  g_test_add_func("/pages/draft/preview", a_preview_comes_with_the_page);
  g_test_add_func("/pages/here/told", who_looks_and_writes_is_told_and_ends);
  g_test_add_func("/pages/here/processes", processes_tell_each_other);
  return g_test_run();
}
