// Looking after oneself as a browser without scripts sees it: what is folded where, notes that appear and that nobody else gets, handing on
// and a break.
#include "pages/care/care.h"

#include "desk/learning/learning.h"
#include "pages/browser_testing.h"

#include <string.h>

#define SECRET "zwischen-uns-8842" // what only Mira may read
#define RUDE "You fucking idiots lost my parcel again! Where is it?"
#define MIRA "mira@godwit.example"

static void add_person(TestBrowser *browser, const char *name, const char *email, StaffRole role) {
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = email, .name = name, .password = "quiet lamp 42", .role = role};
  int64_t id;
  staff_add(browser->test->desk, &draft, &id, &error);
  g_assert_no_error(error);
}

static int64_t write_rudely(TestBrowser *browser) {
  return test_write(browser->test, "Rex Moor <rex@moor.example>", "r1@x", "You stupid morons, my parcel", NULL, RUDE).number;
}

static const char *path_of(TestBrowser *browser, int64_t number, const char *rest) {
  return arena_printf(browser->arena, "/conversations/%" G_GINT64_FORMAT "%s", number, rest);
}

// Whether the words stand outside of everything that is folded.
static bool lies_open(const TestBrowser *browser, const char *words) {
  for (const char *at = browser->body; (at = strstr(at, words)); at++) {
    const char *begin = NULL, *end = NULL;
    for (const char *fold = browser->body; (fold = strstr(fold, "<details class=\"shielded\">")) && fold < at; fold++)
      begin = fold;
    if (begin) end = strstr(begin, "</details>");
    if (!begin || end < at) return true;
  }
  return false;
}

static void abusive_words_are_folded_and_the_problem_stays(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  int64_t number = write_rudely(browser);
  test_sign_in(browser, MIRA);
  test_get(browser, "/");
  g_assert_false(test_shows(browser, "morons"));
  g_assert_true(test_shows(browser, "my parcel"));
  test_get(browser, path_of(browser, number, ""));
  g_assert_false(lies_open(browser, "morons"));
  g_assert_false(lies_open(browser, "idiots"));
  g_assert_true(test_shows(browser, "idiots")); // one click away
  g_assert_true(lies_open(browser, "lost my parcel"));
  g_assert_true(test_shows(browser, "<summary>Hostile words, 3</summary>"));
  test_get(browser, "/messages/1/original"); // what came is as it came
  g_assert_true(test_shows(browser, RUDE));
}

static void who_wants_nothing_folded_gets_nothing_folded(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  int64_t number = write_rudely(browser);
  test_sign_in(browser, MIRA);
  test_get(browser, "/care");
  test_post(browser, "/care/shield", "shield=nothing");
  g_assert_cmpstr(browser->location, ==, "/care?changed=shield#shield");
  test_get(browser, path_of(browser, number, ""));
  g_assert_true(lies_open(browser, "morons"));
  g_assert_null(strstr(browser->body, "class=\"shielded\""));
  test_get(browser, "/care");
  test_post(browser, "/care/shield", "shield=everything");
  g_assert_cmpint(browser->status, ==, 400);
}

static void a_person_who_says_that_it_is_mere_anger_is_believed(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_rudely(browser), of = 0;
  g_assert_true(
    reading_correct(browser->test->desk, &browser->test->mira, 1, CORRECTION_BEHAVIOUR, BEHAVIOUR_FRUSTRATED, &of, &error));
  test_sign_in(browser, MIRA);
  test_get(browser, path_of(browser, number, ""));
  g_assert_true(lies_open(browser, "fucking idiots"));
}

static void an_html_part_that_says_worse_than_the_text_asks_first(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  test_take(browser->test, "From: rex@moor.example\nTo: help@godwit.example\nSubject: Hi\nMessage-ID: <h@x>\nMIME-Version: 1.0\n"
                           "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nHello.\n"
                           "--b\nContent-Type: text/html\n\n<p>You are a fucking moron.</p>\n--b--\n");
  test_sign_in(browser, MIRA);
  test_get(browser, "/messages/1/html");
  g_assert_false(test_shows(browser, "moron"));
  g_assert_true(test_shows(browser, "Show it all the same"));
  g_assert_nonnull(strstr(browser->policy, "sandbox"));
  test_get(browser, "/messages/1/html?shown=yes");
  g_assert_true(test_shows(browser, "You are a fucking moron."));
}

static void keep_note(TestBrowser *browser) {
  test_get(browser, "/care");
  test_post(browser, "/care/notes", "text=" SECRET "&words=parcel+again&behaviour=&emotion=");
  g_assert_cmpstr(browser->location, ==, "/care?changed=note#triggers");
}

static void a_note_appears_beside_what_it_is_about_and_goes_when_i_answered(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  int64_t number = write_rudely(browser);
  int64_t other = test_write(browser->test, "Agnes <agnes@moor.example>", "a@x", "A bell", NULL, NULL).number;
  test_sign_in(browser, MIRA);
  keep_note(browser);
  test_get(browser, path_of(browser, number, ""));
  g_assert_true(test_shows(browser, SECRET));
  test_get(browser, path_of(browser, other, ""));
  g_assert_false(test_shows(browser, SECRET));
  test_reply(browser->test, number, "I am looking for it.");
  test_get(browser, path_of(browser, number, ""));
  g_assert_false(test_shows(browser, SECRET));
}

// Every page that somebody who may do everything can ask for.
static void an_administrator_finds_neither_notes_nor_numbers(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  int64_t number = write_rudely(browser);
  for (int i = 0; i < 12; i++) {
    const char *id = arena_printf(browser->arena, "more%d@x", i);
    test_write(browser->test, "Rex Moor <rex@moor.example>", id, "Again", "r1@x", "You are morons.");
  }
  test_sign_in(browser, MIRA);
  keep_note(browser);
  test_get(browser, path_of(browser, number, "")); // thirteen messages before her
  test_get(browser, "/care");
  g_assert_true(test_shows(browser, "13 in the last 7 days, 13 in the last 14."));
  add_person(browser, "Nuala", "nuala@godwit.example", ROLE_ADMINISTRATOR);
  browser->session = NULL;
  test_sign_in(browser, "nuala@godwit.example");
  static const char *const paths[] = {"/",
                                      "/care",
                                      "/account",
                                      "/house",
                                      "/reflections",
                                      "/readings",
                                      "/mailroom",
                                      "/complaints",
                                      "/promises",
                                      "/approvals",
                                      "/remedies",
                                      "/channels",
                                      "/conversations/1001",
                                      "/conversations/1001/merge",
                                      "/messages/1/original",
                                      "/hours",
                                      "/protocols",
                                      "/scripts"};
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
    test_get(browser, paths[i]);
    g_assert_null(strstr(browser->body, SECRET));
    g_assert_null(strstr(browser->body, "13 in the last"));
  }
  test_get(browser, "/care");
  g_assert_true(test_shows(browser, "in the last"));
  test_post(browser, "/care/notes/1/forget", "");
  g_assert_cmpint(browser->status, ==, 404); // as if it were not there
  test_get(browser, "/care");
  test_post(browser, "/care/notes", "id=1&text=mine&words=x&behaviour=&emotion=");
  g_assert_cmpint(browser->status, ==, 404);
}

static void what_is_kept_outlives_signing_out_and_a_new_password(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  g_autoptr(GError) error = NULL;
  test_sign_in(browser, MIRA);
  keep_note(browser);
  test_get(browser, "/account");
  test_post(browser, "/sign-out", "");
  test_sign_in(browser, MIRA);
  test_get(browser, "/care");
  g_assert_true(test_shows(browser, SECRET));
  test_get(browser, "/account");
  test_post(browser, "/account/password", "password=quiet+lamp+42&new_password=a+louder+lamp");
  test_get(browser, "/care");
  g_assert_true(test_shows(browser, SECRET));
  g_assert_true(staff_set_password(browser->test->desk, browser->test->mira.id, "quiet lamp 42", 0, &error)); // by somebody else
  browser->session = NULL;
  test_sign_in(browser, MIRA);
  test_get(browser, "/care");
  g_assert_false(test_shows(browser, SECRET));
  g_assert_true(test_shows(browser, "Your old password opens it."));
  test_post(browser, "/care/recover", "old_password=not+this+one&password=quiet+lamp+42");
  g_assert_cmpint(browser->status, ==, 422);
  test_post(browser, "/care/recover", "old_password=a+louder+lamp&password=quiet+lamp+42");
  g_assert_cmpstr(browser->location, ==, "/care?changed=opened#triggers");
  test_get(browser, "/care");
  g_assert_true(test_shows(browser, SECRET));
}

static void a_hard_one_is_handed_on_by_one_press(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  int64_t number = write_rudely(browser);
  test_sign_in(browser, MIRA);
  test_get(browser, path_of(browser, number, ""));
  g_assert_false(test_shows(browser, "verb-hand-on"));
  test_post(browser, path_of(browser, number, "/assign"), "view=open");
  test_get(browser, path_of(browser, number, ""));
  g_assert_true(test_shows(browser, "verb-hand-on"));
  test_post(browser, path_of(browser, number, "/hand-on"), "view=mine");
  g_assert_cmpstr(browser->location, ==, "/?view=mine");
  test_get(browser, path_of(browser, number, ""));
  g_assert_true(test_shows(browser, "<span>Handed on</span>"));
  g_assert_true(test_shows(browser, "with nobody yet"));
  test_post(browser, path_of(browser, number, "/hand-on"), "view=mine");
  g_assert_cmpint(browser->status, ==, 409);
}

static void a_break_is_offered_afterwards_and_never_pressed_on_anybody(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  int64_t number = write_rudely(browser);
  test_sign_in(browser, MIRA);
  test_get(browser, path_of(browser, number, ""));
  g_assert_false(test_shows(browser, "That was a hard one."));
  test_reply(browser->test, number, "I am looking for it.");
  test_get(browser, path_of(browser, number, ""));
  g_assert_true(test_shows(browser, "That was a hard one."));
  test_get(browser, path_of(browser, number, "?rest=no"));
  g_assert_false(test_shows(browser, "That was a hard one."));
  test_post(browser, "/break", "");
  test_get(browser, "/care");
  g_assert_true(test_shows(browser, "You are having a break."));
  browser->test->clock.set_to += 5 * CLOCK_MINUTE;
  test_get(browser, "/care");
  g_assert_false(test_shows(browser, "You are having a break."));
  test_post(browser, "/care/offer", "offer=off");
  test_get(browser, path_of(browser, number, ""));
  g_assert_false(test_shows(browser, "That was a hard one."));
  test_post(browser, "/care/offer", "offer=on");
  browser->test->clock.set_to += CLOCK_HOUR; // long ago
  test_get(browser, path_of(browser, number, ""));
  g_assert_false(test_shows(browser, "That was a hard one."));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/care/folded", abusive_words_are_folded_and_the_problem_stays);
  g_test_add_func("/care/nothing-folded", who_wants_nothing_folded_gets_nothing_folded);
  g_test_add_func("/care/judged", a_person_who_says_that_it_is_mere_anger_is_believed);
  g_test_add_func("/care/html", an_html_part_that_says_worse_than_the_text_asks_first);
  g_test_add_func("/care/note-appears", a_note_appears_beside_what_it_is_about_and_goes_when_i_answered);
  g_test_add_func("/care/private", an_administrator_finds_neither_notes_nor_numbers);
  g_test_add_func("/care/password", what_is_kept_outlives_signing_out_and_a_new_password);
  g_test_add_func("/care/hand-on", a_hard_one_is_handed_on_by_one_press);
  g_test_add_func("/care/break", a_break_is_offered_afterwards_and_never_pressed_on_anybody);
  return g_test_run();
}
