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

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/bounce/case-15-finds-the-returned-mail", finds_the_returned_mail);
  g_test_add_func("/mail/bounce/case-15-finds-it-in-base64", finds_it_in_base64);
  g_test_add_func("/mail/bounce/case-15-finds-the-returned-headers", finds_the_returned_headers);
  g_test_add_func("/mail/bounce/case-15-finds-it-in-the-report-fields", finds_it_in_the_report_fields);
  g_test_add_func("/mail/bounce/case-15-finds-it-in-plain-text", finds_it_in_plain_text);
  g_test_add_func("/mail/bounce/case-15-falls-back-to-what-it-answers", falls_back_to_what_it_answers);
  g_test_add_func("/mail/bounce/case-15-is-not-fooled-by-its-own-id", is_not_fooled_by_its_own_id);
  return g_test_run();
}
