// Which mail came back (case 15): the four places where reports say it.
#include "mail/mail.h"

static void expect(const char *raw, const char *id) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = mail_parse(arena, bytes_of_text(raw));
  g_assert_cmpint(mail->kind, ==, MAIL_BOUNCE);
  g_assert_cmpstr(mail->bounced_id, ==, id);
}

#define REPORT                                                                                                                   \
  "From: MAILER-DAEMON@example.org\nMessage-ID: <report@mx>\nSubject: Undelivered\n"                                             \
  "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\n"             \
  "It could not be delivered.\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n"

static void finds_the_returned_mail(void) {
  expect(REPORT
         "--b\nContent-Type: message/rfc822\n\nFrom: us@example.org\nMessage-ID: <sent.1@desk>\nSubject: x\n\nWords\n--b--\n",
         "sent.1@desk");
}

static void finds_it_in_base64(void) {
  expect(
    REPORT
    "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nTWVzc2FnZS1JRDogPHNlbnQuMUBkZXNrPgoKeA==\n--b--\n",
    "sent.1@desk");
}

static void finds_the_returned_headers(void) {
  expect(REPORT "--b\nContent-Type: text/rfc822-headers\n\nFrom: us@example.org\nMessage-Id:\n <sent.2@desk>\n--b--\n",
         "sent.2@desk");
}

static void finds_it_in_the_report_fields(void) { expect(REPORT "Original-Message-ID: <sent.3@desk>\n--b--\n", "sent.3@desk"); }

static void finds_it_in_plain_text(void) {
  expect(
    "From: Mail Delivery System <Mailer-Daemon@mx.example>\nX-Failed-Recipients: ann@example.org\n\nThis message was created "
    "automatically.\n\n------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <us@example.org>\n"
    "Message-ID: <sent.4@desk>\nSubject: hello\n\nWords\n",
    "sent.4@desk");
  expect("From: MAILER-DAEMON@example.org\n\nSorry.\n> Subject: hello\n> Message-ID: <sent.5@desk>\n", "sent.5@desk");
}

static void falls_back_to_what_it_answers(void) {
  expect("From: postmaster@example.org\nSubject: Undeliverable: hello\nIn-Reply-To: <sent.6@desk>\n\nNo such person.\n",
         "sent.6@desk");
}

static void is_not_fooled_by_its_own_id(void) {
  expect("From: MAILER-DAEMON@example.org\nMessage-ID: <report@mx>\n\nMessage-ID: <report@mx>\n", NULL);
  expect("From: MAILER-DAEMON@example.org\n\nNothing here.\n", NULL);
}

static void expect_wrong(const char *status, const char *diagnostic, const char *address) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = mail_parse(
    arena, bytes_of_text(arena_printf(
             arena,
             "From: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; boundary=b\n\n--b\n\nSorry.\n--b\n"
             "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; ann@example.org\n"
             "Action: failed\n%s%s\n--b--\n",
             status, diagnostic)));
  g_assert_cmpuint(mail->undeliverable.count, ==, address ? 1 : 0);
  if (address) g_assert_cmpstr(mail->undeliverable.items[0], ==, address);
}

// A mail that came back is not yet an address that does not exist.
static void tells_wrong_addresses_from_other_failures(void) {
  static const char *const wrong[] = {"5.1.1", "5.1.10", "5.1.0", "5.1.2", "5.1.6", "5.2.1", "5.4.4", "5.1.1 (unknown)"};
  static const char *const others[] = {"5.2.2", "5.3.4",  "5.7.1", "5.1.8",    "5.1.7",
                                       "4.1.1", "5.2.10", "2.1.5", "nonsense", "5.0.0"};
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autofree char *status = g_strdup_printf("Status: %s\n", wrong[i]);
    expect_wrong(status, "", "ann@example.org");
  }
  for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
    g_autofree char *status = g_strdup_printf("Status: %s\n", others[i]);
    expect_wrong(status, "", NULL);
  }
  expect_wrong("Status: 5.0.0\n", "Diagnostic-Code: smtp; 550 User unknown\n", "ann@example.org");
  expect_wrong("", "Diagnostic-Code: smtp; 550 5.1.1 no\n", "ann@example.org");
  expect_wrong("Status: 5.0.0\n", "Diagnostic-Code: smtp; 552 5.2.2 mailbox full\n", NULL);
}

static void survives_reports_of_many_recipients(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) raw = g_string_new(
    "From: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n");
  for (int i = 0; i < 20000; i++)
    g_string_append_printf(raw, "Final-Recipient: rfc822; a%d@x.example\nAction: failed\nStatus: 5.1.1\n\n", i);
  gint64 began = g_get_monotonic_time();
  Mail *mail = mail_parse(arena, bytes_of(raw->str, raw->len));
  g_assert_cmpuint(mail->undeliverable.count, ==, 100);
  g_assert_cmpint(g_get_monotonic_time() - began, <, 10 * G_USEC_PER_SEC);
}

static void an_answer_tells_a_wrong_address_from_other_refusals(void) {
  static const char *const wrong[] = {"550 5.1.1 <a@x.example>: Recipient address rejected: User unknown",
                                      "550 No such user here", "551-5.1.6 moved away", "550 5.0.0 unknown user",
                                      "553 5.1.2 bad destination"};
  static const char *const others[] = {"550 5.7.1 Recipient address rejected: Access denied",
                                       "554 5.7.26 This mail does not exist in our policy",
                                       "552 5.2.2 Mailbox full",
                                       "450 4.1.1 user unknown",
                                       "550 5.1.8 Sender address rejected: does not exist",
                                       "550 spam",
                                       "554",
                                       "",
                                       "The mail server could not be reached."};
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) g_assert_true(mail_answer_is_wrong_address(wrong[i]));
  for (size_t i = 0; i < G_N_ELEMENTS(others); i++) g_assert_false(mail_answer_is_wrong_address(others[i]));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/bounce/case-15-finds-the-returned-mail", finds_the_returned_mail);
  g_test_add_func("/mail/bounce/case-15-finds-it-in-base64", finds_it_in_base64);
  g_test_add_func("/mail/bounce/case-15-finds-the-returned-headers", finds_the_returned_headers);
  g_test_add_func("/mail/bounce/case-15-finds-it-in-the-report-fields", finds_it_in_the_report_fields);
  g_test_add_func("/mail/bounce/case-15-finds-it-in-plain-text", finds_it_in_plain_text);
  g_test_add_func("/mail/bounce/case-15-falls-back-to-what-it-answers", falls_back_to_what_it_answers);
  g_test_add_func("/mail/bounce/case-15-is-not-fooled-by-its-own-id", is_not_fooled_by_its_own_id);
  g_test_add_func("/mail/bounce/case-17-tells-wrong-addresses-from-other-failures", tells_wrong_addresses_from_other_failures);
  g_test_add_func("/mail/bounce/case-17-survives-reports-of-many-recipients", survives_reports_of_many_recipients);
  g_test_add_func("/mail/bounce/answer-of-a-server", an_answer_tells_a_wrong_address_from_other_refusals);
  return g_test_run();
}
