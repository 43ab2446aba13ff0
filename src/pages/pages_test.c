// The desk through its pages, as a browser without scripts uses it: every task by links and forms alone.
#include "pages/browser_testing.h"

#include "desk/outbox/outbox.h"
#include "desk/search/search.h"
#include "desk/view/view.h"

#include <curl/curl.h>
#include <string.h>

#define AGNES "Agnes Moor <agnes@moor.example>"
#define MIRA "mira@godwit.example"

static TestBrowser *with_a_mail(void) {
  TestBrowser *browser = test_browser_new();
  test_write(browser->test, AGNES, "a1@moor.example", "My bell", NULL, "Hello, my bell is broken and I am very disappointed.");
  return browser;
}

static TestBrowser *signed_in(void) {
  TestBrowser *browser = with_a_mail();
  test_sign_in(browser, MIRA);
  return browser;
}

static void strangers_are_sent_to_the_sign_in_page(void) {
  g_autoptr(TestBrowser) browser = with_a_mail();
  static const char *const paths[] = {
    "/", "/conversations/1001", "/mailroom", "/account", "/messages/1/original", "/attachments/1", "/live"};
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
    test_get(browser, paths[i]);
    g_assert_cmpint(browser->status, ==, 303);
    g_assert_true(g_str_has_prefix(browser->location, "/sign-in"));
    g_assert_false(strstr(browser->body, "Agnes") != NULL);
  }
  test_get(browser, "/conversations/1001");
  g_assert_cmpstr(browser->location, ==, "/sign-in?next=/conversations/1001");
}

static void signing_in_leads_to_where_one_wanted_to_go(void) {
  g_autoptr(TestBrowser) browser = with_a_mail();
  test_get(browser, "/sign-in?next=/conversations/1001");
  g_assert_true(test_shows(browser, "value=\"/conversations/1001\""));
  test_post(browser, "/sign-in", "email=mira@godwit.example&password=quiet+lamp+42&next=/conversations/1001");
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_cmpstr(browser->location, ==, "/conversations/1001");
}

static void signing_in_never_leads_elsewhere(void) {
  static const char *const places[] = {"https://evil.example", "//evil.example", "/%5Cevil.example", "javascript:1"};
  g_autoptr(TestBrowser) browser = with_a_mail();
  for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
    browser->session = NULL;
    test_get(browser, "/sign-in");
    test_post(browser, "/sign-in", arena_printf(browser->arena, "email=" MIRA "&password=quiet+lamp+42&next=%s", places[i]));
    g_assert_cmpint(browser->status, ==, 303);
    g_assert_cmpstr(browser->location, ==, "/");
  }
}

static const char *sent_by_nobody(TestBrowser *browser, const char *path, const char *from) {
  browser->from = from;
  test_post(browser, path, "text=Dear+Agnes");
  g_assert_cmpint(browser->status, ==, 303);
  return browser->location;
}

static void a_form_that_nobody_sent_leads_back_to_where_it_stood(void) {
  g_autoptr(TestBrowser) browser = with_a_mail();
  static const char reply[] = "/conversations/1001/reply", to_it[] = "/sign-in?unsent&next=/conversations/1001";
  g_assert_cmpstr(sent_by_nobody(browser, reply, NULL), ==, to_it);
  g_assert_cmpstr(sent_by_nobody(browser, reply, reply), ==, to_it); // it was refused there before; nothing shows that again
  g_assert_cmpstr(sent_by_nobody(browser, reply, "https://evil.example/account"), ==, to_it);
  g_assert_cmpstr(sent_by_nobody(browser, reply, "/conversations/1001?view=mine"), ==,
                  "/sign-in?unsent&next=/conversations/1001%3Fview%3Dmine");
  g_assert_cmpstr(sent_by_nobody(browser, "/account/password", "/account"), ==, "/sign-in?unsent&next=/account");
  g_assert_cmpstr(sent_by_nobody(browser, "/account/password", "https://evil.example/account"), ==, "/sign-in?unsent");
  g_assert_cmpstr(sent_by_nobody(browser, "/account/password", "//evil.example/account"), ==, "/sign-in?unsent");
  g_assert_cmpstr(sent_by_nobody(browser, "/account/password", "/account/password"), ==, "/sign-in?unsent");
  g_assert_cmpstr(sent_by_nobody(browser, "/conversations/x/reply", NULL), ==, "/sign-in?unsent");
  g_assert_cmpstr(sent_by_nobody(browser, "/sign-out", "/account"), ==, "/sign-in"); // nothing is lost
  test_get(browser, "/?view=mine");
  g_assert_cmpstr(browser->location, ==, "/sign-in?next=/%3Fview%3Dmine");
}

static void the_sign_in_page_says_that_nothing_was_sent(void) {
  static const char words[] = "You were signed out, so nothing was sent or changed.";
  g_autoptr(TestBrowser) browser = with_a_mail();
  test_get(browser, "/sign-in?next=/conversations/1001");
  g_assert_null(strstr(browser->body, words));
  test_get(browser, "/sign-in?unsent&next=/conversations/1001%3Fview%3Dmine");
  g_assert_true(test_shows(browser, words));
  test_post(browser, "/sign-in", "email=" MIRA "&password=wrong&unsent=yes&next=/conversations/1001");
  g_assert_true(test_shows(browser, words));
  test_post(browser, "/sign-in", "email=" MIRA "&password=quiet+lamp+42&unsent=yes&next=/conversations/1001%3Fview%3Dmine");
  g_assert_cmpstr(browser->location, ==, "/conversations/1001?view=mine");
}

static void a_refused_form_says_which_address_shows_it(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/conversations/1001?view=mine");
  g_assert_null(strstr(browser->body, "data-shown"));
  test_post(browser, "/conversations/1001/reply", "text=&view=mine");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "data-shown=\"/conversations/1001?view=mine\""));
  test_post(browser, "/conversations/1001/tags", "tag=+");
  g_assert_true(test_shows(browser, "data-shown=\"/conversations/1001?view=open\""));
  browser->from = "/account?a=1";
  test_post(browser, "/account/password", "password=wrong&new_password=quite+a+long+one");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "data-shown=\"/account?a=1\""));
  browser->from = "https://evil.example/account";
  test_post(browser, "/account/password", "password=wrong&new_password=quite+a+long+one");
  g_assert_null(strstr(browser->body, "data-shown"));
}

static void a_wrong_password_says_only_that_the_two_do_not_match(void) {
  g_autoptr(TestBrowser) browser = with_a_mail();
  test_get(browser, "/sign-in");
  test_post(browser, "/sign-in", "email=mira@godwit.example&password=wrong&next=/");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_null(browser->session);
  g_assert_true(test_shows(browser, "E-mail and password do not match."));
  g_assert_true(test_shows(browser, "value=\"mira@godwit.example\""));
  test_post(browser, "/sign-in", "email=nobody@godwit.example&password=wrong&next=/");
  g_assert_true(test_shows(browser, "E-mail and password do not match."));
}

static void a_form_without_its_token_does_nothing(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  browser->body = "";
  test_post(browser, "/conversations/1001/solve", "view=open");
  g_assert_cmpint(browser->status, ==, 403);
  g_assert_true(test_shows(browser, "This is not open to you"));
  test_get(browser, "/?view=solved");
  g_assert_true(test_shows(browser, "Nothing is solved yet"));
}

static void the_list_says_who_what_how_and_what_is_next(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  browser->test->clock.set_to += 3 * CLOCK_HOUR;
  test_get(browser, "/");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "Agnes Moor"));
  g_assert_true(test_shows(browser, "My bell"));
  g_assert_true(test_shows(browser, "with nobody"));
  g_assert_true(test_shows(browser, "3 h</time>"));
  g_assert_true(test_shows(browser, "href=\"/conversations/1001?view=open#latest\""));
  test_get(browser, "/?view=mine");
  g_assert_true(test_shows(browser, "Nothing is with you"));
}

static void what_strangers_write_is_never_markup(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  test_write(browser->test, "\"<script>alert(1)</script>\" <eve@evil.example>", "x1@evil.example", "<img src=x onerror=alert(2)>",
             NULL, "\"><script>alert(3)</script></textarea> I am furious");
  test_sign_in(browser, MIRA);
  static const char *const paths[] = {"/", "/conversations/1001"};
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
    test_get(browser, paths[i]);
    g_assert_cmpint(browser->status, ==, 200);
    g_assert_null(strstr(browser->body, "<script>"));
    g_assert_null(strstr(browser->body, "<img"));
  }
  g_assert_true(test_shows(browser, "&lt;script&gt;"));
}

static void a_conversation_shows_thread_reading_and_context(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/conversations/1001");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "<span class=\"number\">#1001</span>"));
  g_assert_true(test_shows(browser, "disappointed"));
  g_assert_true(test_shows(browser, "Reading of this message"));
  g_assert_true(test_shows(browser, "id=\"latest\""));
  g_assert_true(test_shows(browser, "<span>agnes@moor.example</span>")); // where the answer goes
  g_assert_true(test_shows(browser, "This is the first."));              // of the customer's conversations
}

static void a_reply_goes_into_the_outbox_and_ends_the_waiting(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/conversations/1001");
  test_post(browser, "/conversations/1001/reply", "text=I+am+sorry%2C+Agnes.&view=open");
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_cmpstr(browser->location, ==, "/conversations/1001?view=open#latest");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "I am sorry, Agnes."));
  g_assert_true(test_shows(browser, "Waiting to be sent"));
  g_assert_true(test_shows(browser, "with you"));
  g_assert_true(test_shows(browser, "their turn"));
}

static void a_reply_can_carry_files(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/conversations/1001");
  test_post_file(browser, "/conversations/1001/reply", "Here is the form.", 0, "Rücksendung \"1\".pdf",
                 bytes_of_text("%PDF-1.4 form"));
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Rücksendung"));
  const char *link = strstr(browser->body, "href=\"/attachments/");
  g_assert_nonnull(link);
  link += strlen("href=\"");
  test_get(browser, arena_strndup(browser->arena, link, strcspn(link, "\"")));
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_cmpmem(browser->bytes.data, browser->bytes.size, "%PDF-1.4 form", 13);
}

static void send_and_solve_does_both(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/conversations/1001");
  test_post(browser, "/conversations/1001/reply", "text=Done.&then=solve");
  test_get(browser, "/?view=solved");
  g_assert_true(test_shows(browser, "My bell"));
}

static void an_empty_reply_is_not_sent(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/conversations/1001");
  test_post(browser, "/conversations/1001/reply", "text=++%0A&view=mine");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "Nothing is written yet"));
  g_assert_true(test_shows(browser, "name=\"view\" value=\"mine\""));
}

static int64_t number_after(const TestBrowser *browser, const char *text) {
  const char *at = strstr(browser->body, text);
  g_assert_nonnull(at);
  return g_ascii_strtoll(at + strlen(text), NULL, 10);
}

static void a_thread_that_changed_keeps_the_draft_and_shows_what_is_new(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/conversations/1001");
  int64_t seen = number_after(browser, "name=\"seen\" value=\"");
  test_write(browser->test, AGNES, "a2@moor.example", "Re: My bell", "a1@moor.example", "It lay under the mat.");
  test_post(browser, "/conversations/1001/reply",
            arena_printf(browser->arena, "text=Do+look+for+the+screw&seen=%" G_GINT64_FORMAT, seen));
  g_assert_cmpint(browser->status, ==, 409);
  g_assert_true(test_shows(browser, "Somebody wrote while you were writing."));
  g_assert_true(test_shows(browser, "It lay under the mat."));
  g_assert_true(test_shows(browser, "Do look for the screw</textarea>"));
  g_assert_true(test_shows(browser, "Send anyway"));
  seen = number_after(browser, "name=\"seen\" value=\"");
  test_post(browser, "/conversations/1001/reply",
            arena_printf(browser->arena, "text=Do+look+for+the+screw&seen=%" G_GINT64_FORMAT, seen));
  g_assert_cmpint(browser->status, ==, 303);
}

static void a_note_stays_in_the_house(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  g_autoptr(GError) error = NULL;
  test_get(browser, "/conversations/1001");
  test_post(browser, "/conversations/1001/note", "text=Ask+the+supplier.");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "stays in the house"));
  OutboxMailList outbox = {0};
  g_assert_true(outbox_list(browser->arena, browser->test->desk, &outbox, &error));
  list_each(const OutboxMail, mail, &outbox) g_assert_true(mail->is_automatic); // the acknowledgement alone
}

static void a_conversation_is_taken_handed_back_solved_and_reopened(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/conversations/1001");
  test_post(browser, "/conversations/1001/assign", "view=mine");
  g_assert_cmpstr(browser->location, ==, "/conversations/1001?view=mine#latest");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Hand back"));
  test_post(browser, "/conversations/1001/release", "view=open");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "with nobody yet"));
  test_post(browser, "/conversations/1001/solve", "view=open");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Reopen"));
  test_post(browser, "/conversations/1001/reopen", "view=open");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "id=\"verb-solve\""));
}

static void the_original_is_byte_for_byte_and_html_is_sandboxed(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  const char *raw = "From: a@b.example\nTo: help@godwit.example\nSubject: Look\nMessage-ID: <h1@b.example>\nMIME-Version: 1.0\n"
                    "Content-Type: text/html; charset=utf-8\n\n<p>Hello <b>you</b></p><script>alert(1)</script>"
                    "<img src=\"https://spy.example/p.gif\">\n";
  ReceivedResult result = test_take(browser->test, raw);
  test_sign_in(browser, MIRA);
  test_get(browser, arena_printf(browser->arena, "/messages/%" G_GINT64_FORMAT "/original", result.message_id));
  g_assert_cmpmem(browser->bytes.data, browser->bytes.size, raw, strlen(raw));
  g_assert_cmpstr(browser->type, ==, "message/rfc822");
  test_get(browser, arena_printf(browser->arena, "/messages/%" G_GINT64_FORMAT "/html", result.message_id));
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(g_str_has_prefix(browser->policy, "sandbox"));
  g_assert_true(test_shows(browser, "<b>you</b>"));
  g_assert_null(strstr(browser->body, "<script"));
  g_assert_null(strstr(browser->body, "alert"));
  g_assert_null(strstr(browser->body, "spy.example"));
  test_get(browser, arena_printf(browser->arena, "/messages/%" G_GINT64_FORMAT "/html?pictures=all", result.message_id));
  g_assert_true(test_shows(browser, "spy.example"));
}

static void agnes_writes_again(TestBrowser *browser) {
  test_write(browser->test, AGNES, "a9@moor.example", "Re: My bell", "a1@moor.example", "It rings again.");
}

static void open_pages_hear_of_new_mail(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  g_assert_true(test_hears(browser, "/live", agnes_writes_again, "event: conversation\ndata: 1001\n"));
}

static void nothing_happens(TestBrowser *browser) {}

static const char *value_of(TestBrowser *browser, const char *attribute) {
  g_autofree char *start = g_strconcat(" ", attribute, "=\"", NULL);
  const char *at = strstr(browser->body, start);
  g_assert_nonnull(at);
  at += strlen(start);
  return arena_strndup(browser->arena, at, strcspn(at, "\""));
}

// As desk.js puts it together.
static const char *stream_of(TestBrowser *browser) {
  g_assert_nonnull(strstr(browser->body, " data-index"));
  return arena_printf(browser->arena, "%s&index=%s", value_of(browser, "data-live"), value_of(browser, "data-search"));
}

static void index_all(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  for (bool more = true; more;) g_assert_true(search_catch_up(test->desk, &more, &error));
}

// A mail that comes between the making of a page and the opening of its stream.
static void a_page_learns_what_it_missed_before_its_stream_was_open(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/conversations/1001");
  const char *stream = value_of(browser, "data-live");
  agnes_writes_again(browser);
  g_assert_true(test_hears(browser, stream, nothing_happens, "event: resync\n"));
}

// Everything is indexed, and nobody has yet looked what belongs in it.
static int64_t make_view_of_bells(TestBrowser *browser) {
  g_autoptr(GError) error = NULL;
  TestDesk *test = browser->test;
  const char *problem;
  int64_t id = 0;
  index_all(test);
  g_assert_true(view_make(test->arena, test->desk, &test->mira, "Bells", "bell", false, &id, &problem, &error));
  return id;
}

// What a new view has in it is counted a moment after it was made, which is no event of a conversation.
static void a_page_learns_that_a_view_was_counted_before_its_stream_was_open(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  make_view_of_bells(browser);
  test_get(browser, "/");
  const char *stream = stream_of(browser);
  index_all(browser->test);
  g_assert_true(test_hears(browser, stream, nothing_happens, "event: resync\n"));
}

static void a_view_that_is_being_filled_says_so(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  const char *view = arena_printf(browser->arena, "/?view=saved-%" G_GINT64_FORMAT, make_view_of_bells(browser));
  test_get(browser, view);
  g_assert_true(test_shows(browser, "This view is being filled"));
  g_assert_false(test_shows(browser, "Nothing is in this view"));
  g_assert_false(test_shows(browser, "All quiet"));
  index_all(browser->test);
  test_get(browser, view);
  g_assert_false(test_shows(browser, "being filled"));
  g_assert_true(test_shows(browser, "My bell"));
}

static void a_mail_cannot_be_parsed(TestBrowser *browser) {
  g_autoptr(GError) error = NULL;
  ReceivedResult result;
  Bytes raw = bytes_of_text("From: Agnes <agnes@moor.example>\n\nHello.\n");
  ReceivedInput input = {.raw = raw, .problem = "It is damaged.", .envelope_to = "help@godwit.example"};
  g_assert_true(received_take(browser->arena, browser->test->desk, &input, &result, &error));
}

static void open_pages_hear_that_a_mail_needs_a_person(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  g_assert_true(test_hears(browser, "/live", a_mail_cannot_be_parsed, "event: mailroom\n"));
}

static void what_is_not_there_is_said_kindly(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  static const char *const paths[] = {"/conversations/9999",
                                      "/conversations/x",
                                      "/messages/99/original",
                                      "/attachments/7",
                                      "/nothing",
                                      "/mailroom/cellar",
                                      "/conversations/99999999999999999999"};
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
    bool needs_more = g_str_has_prefix(paths[i], "/mailroom"); // an agent may not go there
    test_get(browser, paths[i]);
    g_assert_cmpint(browser->status, ==, needs_more ? 403 : 404);
    g_assert_true(test_shows(browser, needs_more ? "This is not open to you" : "This is not here"));
    g_assert_true(test_shows(browser, "class=\"rail\""));
  }
  test_get(browser, "/?after=x.y");
  g_assert_cmpint(browser->status, ==, 400);
  test_get(browser, "/conversations/1001?before=x");
  g_assert_cmpint(browser->status, ==, 400);
}

// Which worker answers, and to whom it spoke before, is chance: each is asked for a while.
static void what_no_page_answers_is_said_in_the_readers_language(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/account");
  test_post(browser, "/account/reader", "language=de&zone=");
  g_assert_cmpint(browser->status, ==, 303);
  for (int i = 0; i < 16; i++) {
    test_get(browser, "/nothing");
    g_assert_true(test_shows(browser, "Unter dieser Adresse ist nichts."));
    test_get(browser, "/account/reader");
    g_assert_true(test_shows(browser, "Diese Adresse nimmt solche Anfragen nicht an."));
  }
}

static void become_supervisor(TestBrowser *browser) {
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {
    .email = "teodor@godwit.example", .name = "Teodor", .password = "quiet lamp 42", .role = ROLE_ADMINISTRATOR};
  int64_t id;
  g_assert_true(staff_add(browser->test->desk, &draft, &id, &error));
  test_sign_in(browser, "teodor@godwit.example");
}

static void the_mailroom_shows_the_outbox_and_tries_again(void) {
  g_autoptr(TestBrowser) browser = with_a_mail();
  g_autoptr(GError) error = NULL;
  become_supervisor(browser);
  OutboxMail *mail = NULL;
  int64_t next;
  g_assert_true(outbox_claim(browser->arena, browser->test->desk, &mail, &next, &error));
  g_assert_nonnull(mail);
  g_assert_true(outbox_settle_failed(browser->test->desk, mail, "550 <no> such mailbox", true, &error));
  test_get(browser, "/mailroom");
  g_assert_cmpstr(browser->location, ==, "/mailroom/outbox");
  test_get(browser, "/mailroom/outbox");
  g_assert_true(test_shows(browser, "Not delivered after 1 try"));
  g_assert_true(test_shows(browser, "550 &lt;no&gt; such mailbox"));
  test_post(browser, arena_printf(browser->arena, "/mailroom/outbox/%" G_GINT64_FORMAT "/dismiss", mail->message_id), "");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/mailroom/outbox");
  g_assert_true(test_shows(browser, "Everything has gone out"));
  test_get(browser, "/mailroom/dismissed");
  g_assert_true(test_shows(browser, "dismissed by Teodor"));
  test_post(browser, arena_printf(browser->arena, "/mailroom/outbox/%" G_GINT64_FORMAT "/retry", mail->message_id), "");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/mailroom/outbox");
  g_assert_null(strstr(browser->body, "Not delivered after"));
  static const char *const views[] = {"quarantine", "failed", "dismissed"};
  for (size_t i = 0; i < G_N_ELEMENTS(views); i++) {
    test_get(browser, arena_printf(browser->arena, "/mailroom/%s", views[i]));
    g_assert_cmpint(browser->status, ==, 200);
  }
}

static void sessions_are_listed_and_revoked(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  const char *first = browser->session;
  browser->session = NULL;
  test_sign_in(browser, MIRA);
  test_get(browser, "/account");
  g_assert_true(test_shows(browser, "this browser"));
  g_assert_true(test_shows(browser, "Sign out everywhere else"));
  test_post(browser, "/account/sessions/end-others", "");
  g_assert_cmpint(browser->status, ==, 303);
  const char *second = browser->session;
  browser->session = first;
  test_get(browser, "/account");
  g_assert_cmpint(browser->status, ==, 303);
  browser->session = second;
  test_get(browser, "/account");
  g_assert_cmpint(browser->status, ==, 200);
  test_post(browser, "/sign-out", "");
  browser->session = second;
  test_get(browser, "/");
  g_assert_cmpint(browser->status, ==, 303);
}

static void a_password_is_changed_by_who_knows_the_old_one(void) {
  g_autoptr(TestBrowser) browser = signed_in();
  test_get(browser, "/account");
  test_post(browser, "/account/password", "password=wrong&new_password=a+much+longer+one");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "does not match"));
  test_post(browser, "/account/password", "password=quiet+lamp+42&new_password=short");
  g_assert_cmpint(browser->status, ==, 422);
  test_post(browser, "/account/password", "password=quiet+lamp+42&new_password=a+much+longer+one");
  g_assert_cmpint(browser->status, ==, 303);
  browser->session = NULL;
  test_get(browser, "/sign-in");
  test_post(browser, "/sign-in", "email=mira@godwit.example&password=quiet+lamp+42&next=/");
  g_assert_cmpint(browser->status, ==, 422);
  test_post(browser, "/sign-in", "email=mira@godwit.example&password=a+much+longer+one&next=/");
  g_assert_cmpint(browser->status, ==, 303);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  g_test_add_func("/pages/sign-in/strangers-are-sent-there", strangers_are_sent_to_the_sign_in_page);
  g_test_add_func("/pages/sign-in/leads-to-where-one-wanted-to-go", signing_in_leads_to_where_one_wanted_to_go);
  g_test_add_func("/pages/sign-in/never-leads-elsewhere", signing_in_never_leads_elsewhere);
  g_test_add_func("/pages/sign-in/a-form-leads-back", a_form_that_nobody_sent_leads_back_to_where_it_stood);
  g_test_add_func("/pages/sign-in/says-that-nothing-was-sent", the_sign_in_page_says_that_nothing_was_sent);
  g_test_add_func("/pages/refused-form-says-its-address", a_refused_form_says_which_address_shows_it);
  g_test_add_func("/pages/sign-in/a-wrong-password-says-little", a_wrong_password_says_only_that_the_two_do_not_match);
  g_test_add_func("/pages/forms/without-the-token-nothing-happens", a_form_without_its_token_does_nothing);
  g_test_add_func("/pages/list/says-who-what-how-and-what-is-next", the_list_says_who_what_how_and_what_is_next);
  g_test_add_func("/pages/escaping/what-strangers-write-is-never-markup", what_strangers_write_is_never_markup);
  g_test_add_func("/pages/conversation/thread-reading-and-context", a_conversation_shows_thread_reading_and_context);
  g_test_add_func("/pages/reply/goes-into-the-outbox", a_reply_goes_into_the_outbox_and_ends_the_waiting);
  g_test_add_func("/pages/reply/can-carry-files", a_reply_can_carry_files);
  g_test_add_func("/pages/reply/send-and-solve", send_and_solve_does_both);
  g_test_add_func("/pages/reply/empty-is-not-sent", an_empty_reply_is_not_sent);
  g_test_add_func("/pages/reply/a-changed-thread-keeps-the-draft", a_thread_that_changed_keeps_the_draft_and_shows_what_is_new);
  g_test_add_func("/pages/note/stays-in-the-house", a_note_stays_in_the_house);
  g_test_add_func("/pages/conversation/taken-handed-back-solved-reopened",
                  a_conversation_is_taken_handed_back_solved_and_reopened);
  g_test_add_func("/pages/message/original-and-html", the_original_is_byte_for_byte_and_html_is_sandboxed);
  g_test_add_func("/pages/live/open-pages-hear-of-new-mail", open_pages_hear_of_new_mail);
  g_test_add_func("/pages/live/what-was-missed", a_page_learns_what_it_missed_before_its_stream_was_open);
  g_test_add_func("/pages/live/mail-room", open_pages_hear_that_a_mail_needs_a_person);
  g_test_add_func("/pages/live/counted-before-its-stream", a_page_learns_that_a_view_was_counted_before_its_stream_was_open);
  g_test_add_func("/pages/view/being-filled", a_view_that_is_being_filled_says_so);
  g_test_add_func("/pages/errors/what-is-not-there", what_is_not_there_is_said_kindly);
  g_test_add_func("/pages/errors/in-the-readers-language", what_no_page_answers_is_said_in_the_readers_language);
  g_test_add_func("/pages/mailroom/outbox-and-another-try", the_mailroom_shows_the_outbox_and_tries_again);
  g_test_add_func("/pages/account/sessions", sessions_are_listed_and_revoked);
  g_test_add_func("/pages/account/password", a_password_is_changed_by_who_knows_the_old_one);
  return g_test_run();
}
