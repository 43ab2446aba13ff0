// What the pages say about hard mail: merges, doubts, invitations, forwards, mails inside mails, other mailboxes, the quarantine's end.
#include "pages/browser_testing.h"

#include "desk/conversation/verbs.h"
#include "desk/mailbox/mailbox.h"
#include "desk/outbox/outbox.h"

#include <curl/curl.h>
#include <string.h>

#define AGNES "Agnes Moor <agnes@moor.example>"
#define HELP "help@godwit.example"

static TestBrowser *with_two(void) {
  TestBrowser *browser = test_browser_new();
  test_write(browser->test, AGNES, "a1@moor.example", "My bell", NULL, "Hello, my bell is broken.");
  test_write(browser->test, AGNES, "a2@moor.example", "My lamp", NULL, "And the lamp too.");
  test_sign_in(browser, "mira@godwit.example");
  return browser;
}

static void one_asks_confirms_and_lands_in_the_survivor(void) {
  g_autoptr(TestBrowser) browser = with_two();
  test_get(browser, "/conversations/1002");
  g_assert_true(test_shows(browser, "href=\"/conversations/1002/merge?into=1001&amp;view=open\""));
  test_get(browser, "/conversations/1002/merge?into=1001&view=mine");
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "My bell"));
  g_assert_true(test_shows(browser, "Merge into #1001"));
  g_assert_null(strstr(browser->body, "These are two customers"));
  test_post(browser, "/conversations/1002/merge", "into=1001&view=mine");
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_cmpstr(browser->location, ==, "/conversations/1001?view=mine&merged=1002#latest");
  test_get(browser, "/conversations/1001?merged=1002");
  g_assert_true(test_shows(browser, "#1002 was merged into this conversation."));
  g_assert_true(test_shows(browser, "And the lamp too."));
  g_assert_true(test_shows(browser, "merged another conversation into it: <bdi>#1002</bdi>"));
  test_get(browser, "/");
  g_assert_null(strstr(browser->body, "My lamp"));
}

static void the_page_of_a_merged_number_leads_on(void) {
  g_autoptr(TestBrowser) browser = with_two();
  g_autoptr(GError) error = NULL;
  g_assert_true(conversation_merge(browser->test->desk, &browser->test->mira, 1002, 1001, &error));
  test_get(browser, "/conversations/1002?view=open");
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_cmpstr(browser->location, ==, "/conversations/1001?view=open&merged=1002#latest");
  test_get(browser, "/conversations/1001?merged=9999"); // a lie in the address is not repeated
  g_assert_null(strstr(browser->body, "was merged into"));
}

static void who_writes_while_somebody_merges_keeps_their_text(void) {
  g_autoptr(TestBrowser) browser = with_two();
  g_autoptr(GError) error = NULL;
  test_get(browser, "/conversations/1002");
  g_assert_true(conversation_merge(browser->test->desk, &browser->test->jonas, 1002, 1001, &error));
  test_post(browser, "/conversations/1002/note", "text=Ask+the+supplier.");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Ask the supplier."));
}

static void a_wrong_number_is_said_on_the_page(void) {
  static const struct {
    const char *path, *says;
  } cases[] = {{"/conversations/1002/merge?into=x", "That is no number"},
               {"/conversations/1002/merge?into=1002", "That is this conversation"},
               {"/conversations/1002/merge?into=4711", "There is no conversation #4711."}};
  g_autoptr(TestBrowser) browser = with_two();
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    test_get(browser, cases[i].path);
    g_assert_cmpint(browser->status, ==, 422);
    g_assert_true(test_shows(browser, cases[i].says));
    g_assert_true(test_shows(browser, "name=\"into\""));
  }
  test_get(browser, "/conversations/1002/merge?into=%231001");
  g_assert_cmpint(browser->status, ==, 200);
}

static void two_customers_are_not_merged_unseen(void) {
  g_autoptr(TestBrowser) browser = with_two();
  test_write(browser->test, "Bram <bram@visser.example>", "b1@x", "My wheel", NULL, NULL);
  test_get(browser, "/conversations/1003/merge?into=1001");
  g_assert_true(test_shows(browser, "These are two customers."));
}

static void how_a_mail_came_stands_on_it(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  TestDesk *test = browser->test;
  test_set(test, "trusted-servers", "mx.godwit.example");
  const char *raw = "From: agnes@moor.example\nSubject: s\nMessage-ID: <p@x>\n\nHello.\n";
  Mail *mail = test_parse(test, raw);
  *list_add(test->arena, &mail->authentication) = (MailAuthentication){"mx.godwit.example", "fail", "fail", "fail"};
  mail->protection = (MailProtection){MAIL_SMIME_SIGNED, MAIL_DOUBTFUL, "x@else.example", "The certificate is <not> known here."};
  MailInvite invite = {.method = "REQUEST",
                       .summary = "<b>A talk</b>",
                       .place = "The shop",
                       .organiser = "agnes@moor.example",
                       .starts_at = test->clock.set_to,
                       .ends_at = test->clock.set_to + CLOCK_HOUR};
  mail->invite = &invite;
  int64_t number = test_take_parsed(test, raw, mail, HELP).number;
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, arena_printf(browser->arena, "/conversations/%" G_GINT64_FORMAT, number));
  g_assert_true(test_shows(browser, "This may not come from the address it shows (DMARC fails, says mx.godwit.example)."));
  g_assert_true(
    test_shows(browser, "Signed (S/MIME) by x@else.example, not verified. The certificate is &lt;not&gt; known here."));
  g_assert_true(test_shows(browser, "Invitation"));
  g_assert_true(test_shows(browser, "&lt;b&gt;A talk&lt;/b&gt;"));
  g_assert_true(test_shows(browser, "by <bdi>agnes@moor.example</bdi>"));
}

static int64_t forwarded(TestDesk *test) {
  const char *raw = "From: mira@godwit.example\nSubject: Fwd: The bell\nMessage-ID: <f@x>\n\nFor us.\n";
  Mail *mail = test_parse(test, raw);
  MailForward forward = {{"Ida", "wrong@lark.example"}, "The bell", "My bell is mute.", NULL};
  test_set(test, "trusted-servers", "mx.godwit.example");
  *list_add(test->arena, &mail->authentication) = (MailAuthentication){"mx.godwit.example", "pass", "pass", "pass"};
  mail->forward = &forward;
  return test_take_parsed(test, raw, mail, HELP).number;
}

static void a_forwarded_mail_names_who_passed_it_on_and_can_be_corrected(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  const char *path = arena_printf(browser->arena, "/conversations/%" G_GINT64_FORMAT, forwarded(browser->test));
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, path);
  g_assert_true(test_shows(browser, "Forwarded by Mira Lindqvist"));
  g_assert_true(test_shows(browser, "Somebody else wrote this"));
  const char *action = arena_printf(browser->arena, "%s/customer", path);
  test_post(browser, action, "address=no+address&name=");
  g_assert_cmpint(browser->status, ==, 400);
  test_get(browser, path);
  test_post(browser, action, "address=ida%40lark.example&name=Ida+Lark");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, path);
  g_assert_true(test_shows(browser, "<span>ida@lark.example</span>"));
  g_assert_true(test_shows(browser, "changed the customer: <bdi>wrong@lark.example, now ida@lark.example</bdi>"));
}

static const char *attachment_path(const TestBrowser *browser) {
  const char *link = strstr(browser->body, "href=\"/attachments/");
  g_assert_nonnull(link);
  link += strlen("href=\"");
  return arena_strndup(browser->arena, link, strcspn(link, "\""));
}

static void a_mail_inside_a_mail_can_be_read_and_filed(void) { // 27
  g_autoptr(TestBrowser) browser = test_browser_new();
  TestDesk *test = browser->test;
  test_write(test, AGNES, "a1@moor.example", "My bell", NULL, "Hello, my bell is broken.");
  ReceivedResult carrier = test_take(
    test,
    "From: bram@visser.example\nSubject: See this\nMessage-ID: <c@x>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    "--b\n\nSee the mail.\n--b\nContent-Type: message/rfc822\nContent-Disposition: attachment; filename=old.eml\n\n"
    "From: Agnes <agnes@moor.example>\nTo: help@godwit.example\nSubject: <i>Inner</i>\nIn-Reply-To: <a1@moor.example>\n"
    "Message-ID: <inner@moor.example>\n\nThe inner words.\n--b--\n");
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, arena_printf(browser->arena, "/conversations/%" G_GINT64_FORMAT, carrier.number));
  g_assert_true(test_shows(browser, "Read it"));
  test_get(browser, arena_printf(browser->arena, "%s/mail", attachment_path(browser)));
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "The inner words."));
  g_assert_true(test_shows(browser, "&lt;i&gt;Inner&lt;/i&gt;"));
  g_assert_true(
    test_shows(browser, arena_printf(browser->arena, "/conversations/%" G_GINT64_FORMAT "/merge?into=1001", carrier.number)));
  browser->session = NULL;
  test_get(browser, "/attachments/1/mail");
  g_assert_cmpint(browser->status, ==, 303); // to the sign-in
}

static void what_is_no_mail_has_no_preview(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  ReceivedResult result = test_take(
    browser->test,
    "From: agnes@moor.example\nMIME-Version: 1.0\nContent-Type: image/png\nContent-Disposition: attachment; filename=x.png\n\nx\n");
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, arena_printf(browser->arena, "/conversations/%" G_GINT64_FORMAT, result.number));
  test_get(browser, arena_printf(browser->arena, "%s/mail", attachment_path(browser)));
  g_assert_cmpint(browser->status, ==, 404);
}

static void what_would_be_loaded_is_named_before_it_is(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  ReceivedResult result = test_take(browser->test,
                                    "From: agnes@moor.example\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>Hello</p>"
                                    "<img src=\"https://pictures.example/bell.jpg\" width=\"300\" height=\"200\">"
                                    "<img src=\"https://spy.example/p.gif\" width=\"1\" height=\"1\">\n");
  test_sign_in(browser, "mira@godwit.example");
  const char *path = arena_printf(browser->arena, "/messages/%" G_GINT64_FORMAT "/pictures", result.message_id);
  test_get(browser, arena_printf(browser->arena, "/conversations/%" G_GINT64_FORMAT, result.number));
  g_assert_true(test_shows(browser, arena_printf(browser->arena, "href=\"%s\"", path)));
  test_get(browser, path);
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_true(test_shows(browser, "<bdi>spy.example</bdi>"));
  g_assert_true(test_shows(browser, "1 other address is left out"));
  g_assert_true(test_shows(browser, "pictures=all"));
  test_get(browser, "/messages/99/pictures");
  g_assert_cmpint(browser->status, ==, 404);
}

static const char *to_both(TestDesk *test, int way) {
  return arena_printf(test->arena, "Received: way %d\nFrom: agnes@moor.example\nSubject: s\nMessage-ID: <b@x>\n\nHello.\n", way);
}

static void a_mail_to_two_mailboxes_says_so_and_keeps_both_originals(void) { // 35
  g_autoptr(TestBrowser) browser = test_browser_new();
  TestDesk *test = browser->test;
  g_autoptr(GError) error = NULL;
  int64_t id;
  g_assert_true(mailbox_add(test->desk, "sales@godwit.example", "Sales", "", &id, &error));
  test_take_for(test, to_both(test, 1), HELP);
  ReceivedResult copy = test_take_for(test, to_both(test, 2), "sales@godwit.example");
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "help@godwit.example<br>sales@godwit.example"));
  const char *ways = arena_printf(browser->arena, "/messages/%" G_GINT64_FORMAT "/ways", copy.message_id);
  test_get(browser, ways);
  g_assert_true(test_shows(browser, "To sales@godwit.example"));
  test_get(browser, arena_printf(browser->arena, "%s/%" G_GINT64_FORMAT, ways, copy.received_id));
  g_assert_cmpmem(browser->bytes.data, browser->bytes.size, to_both(test, 2), strlen(to_both(test, 2)));
  test_get(browser, arena_printf(browser->arena, "/messages/2/ways/%" G_GINT64_FORMAT, copy.received_id)); // not that message's
  g_assert_cmpint(browser->status, ==, 404);
}

static void an_address_that_came_back_warns_before_one_writes(void) { // 17
  g_autoptr(TestBrowser) browser = with_two();
  TestDesk *test = browser->test;
  const Mail *answer = test_sent_mail(test, test_reply(test, 1001, "Hello."));
  test_take(
    test,
    arena_printf(test->arena,
                 "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: help@godwit.example\nSubject: failed\nMIME-Version: 1.0\n"
                 "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSee.\n--b\n"
                 "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
                 "Final-Recipient: rfc822; agnes@moor.example\nAction: failed\nStatus: 5.1.1\n\n--b\n"
                 "Content-Type: message/rfc822\n\nMessage-ID: <%s>\nSubject: Re\n\nx\n--b--\n",
                 answer->message_id));
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "came back. An answer may not arrive."));
  g_assert_true(test_shows(browser, "<span>Mail to <bdi>agnes@moor.example</bdi> came back</span>"));
}

static void the_quarantine_says_when_it_ends_and_what_ended(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  TestDesk *test = browser->test;
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = "teodor@godwit.example", .name = "Teodor", .password = "quiet lamp 42", .role = ROLE_SUPERVISOR};
  int64_t id, count;
  g_assert_true(staff_add(test->desk, &draft, &id, &error));
  test_set(test, "mails-an-hour", "1");
  for (int i = 0; i < 3; i++) test_write(test, AGNES, arena_printf(test->arena, "f%d@x", i), NULL, NULL, NULL);
  test_sign_in(browser, "teodor@godwit.example");
  test_get(browser, "/mailroom/quarantine");
  g_assert_true(test_shows(browser, "the desk dismisses it on 22 Dec 2026"));
  test_post(browser, "/mailroom/received/2/dismiss", "view=quarantined");
  test->clock.set_to += 10 * CLOCK_DAY; // within the lifetime of the session
  test_set(test, "quarantine-keeps", "5 days");
  g_assert_true(received_expire(test->desk, &count, &error));
  test_get(browser, "/mailroom/quarantine");
  g_assert_true(test_shows(browser, "the desk itself dismissed 1 mail that nobody had looked at"));
  test_get(browser, "/mailroom/dismissed");
  g_assert_true(test_shows(browser, "dismissed by Teodor"));
  g_assert_true(test_shows(browser, "dismissed by the desk, since nobody looked at it"));
  test_post(browser, "/mailroom/received/2/release", "");
  g_assert_true(g_str_has_prefix(browser->location, "/conversations/"));
}

static void one_chooses_what_to_hear_by_mail(void) {
  g_autoptr(TestBrowser) browser = with_two();
  g_autoptr(GError) error = NULL;
  StaffMails mails;
  test_get(browser, "/account");
  test_post(browser, "/account/notices", "mail-mine=1&mail-nobodys=1&desk-assigned=1&hours=2&from=09:00&until=17:00");
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_true(staff_mails(browser->test->desk, browser->test->mira.id, &mails, &error));
  g_assert_cmpint(mails, ==, STAFF_MAILS_UNASSIGNED);
  test_get(browser, "/account");
  g_assert_true(test_shows(browser, "aria-label=\"A customer writes in one that is with nobody, by mail\" checked"));
  g_assert_false(test_shows(browser, "aria-label=\"A note names me, by mail\" checked"));
  test_post(browser, "/account/notices", "mail-mine=1&hours=1&from=17:00&until=09:00&day-1=1");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "an end that is later than the beginning"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  g_test_add_func("/pages/merge/asks-confirms-lands", one_asks_confirms_and_lands_in_the_survivor);
  g_test_add_func("/pages/merge/merged-number-leads-on", the_page_of_a_merged_number_leads_on);
  g_test_add_func("/pages/merge/who-writes-meanwhile", who_writes_while_somebody_merges_keeps_their_text);
  g_test_add_func("/pages/merge/wrong-number", a_wrong_number_is_said_on_the_page);
  g_test_add_func("/pages/merge/two-customers", two_customers_are_not_merged_unseen);
  g_test_add_func("/pages/message/case-48-49-53-facts", how_a_mail_came_stands_on_it);
  g_test_add_func("/pages/message/case-40-forwarded", a_forwarded_mail_names_who_passed_it_on_and_can_be_corrected);
  g_test_add_func("/pages/message/case-27-mail-inside", a_mail_inside_a_mail_can_be_read_and_filed);
  g_test_add_func("/pages/message/case-27-no-mail", what_is_no_mail_has_no_preview);
  g_test_add_func("/pages/message/case-35-two-mailboxes", a_mail_to_two_mailboxes_says_so_and_keeps_both_originals);
  g_test_add_func("/pages/message/pictures-and-trackers", what_would_be_loaded_is_named_before_it_is);
  g_test_add_func("/pages/conversation/case-17-came-back", an_address_that_came_back_warns_before_one_writes);
  g_test_add_func("/pages/mailroom/expiry", the_quarantine_says_when_it_ends_and_what_ended);
  g_test_add_func("/pages/account/mails", one_chooses_what_to_hear_by_mail);
  return g_test_run();
}
