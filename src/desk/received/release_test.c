// What a person lets in, after it was held back or had failed: it becomes what it would have been, and nothing more is claimed of it
// than is known.
#include "desk/testing.h"

#define AGNES "Agnes Moor <agnes@moor.example>"

static const char cut_mail[] = "From: " AGNES "\nTo: help@godwit.example\nSubject: Pictures\nMessage-ID: <p@x>\n"
                               "Content-Type: multipart/mixed; boundary=b\n\n"
                               "--b\nContent-Type: text/plain\n\nHere they are.\n"
                               "--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nhalf of it";

static ReceivedResult take_cut(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  ReceivedInput input = {.raw = bytes_of_text(cut_mail),
                         .mail = test_parse(test, cut_mail),
                         .envelope_to = "help@godwit.example",
                         .whole_size = 42 * 1000 * 1000};
  ReceivedResult result = {0};
  g_assert_true(received_take(test->arena, test->desk, &input, &result, &error));
  return result;
}

static ReceivedResult release(TestDesk *test, int64_t id) {
  g_autoptr(GError) error = NULL;
  ReceivedResult result = {0};
  received_release(test->arena, test->desk, &test->jonas, id, &result, &error);
  g_assert_no_error(error);
  return result;
}

static void assert_says_it_is_a_beginning(TestDesk *test, int64_t number) {
  Thread thread = test_thread(test, number);
  const Message *message = &thread.messages.items[0];
  g_assert_nonnull(message->mail);
  g_assert_cmpint(message->mail->whole_size, ==, 42 * 1000 * 1000);
  g_assert_cmpuint(message->attachments.count, ==, 0); // half a picture is none
  int told = 0;
  list_each(const Event, event, &thread.events) told += event->kind == EVENT_TOO_LARGE;
  g_assert_cmpint(told, ==, 1);
  g_assert_cmpint(thread.messages.items[1].about, ==, AUTOMATIC_TOO_LARGE);
  g_assert_cmpuint(thread.messages.count, ==, 2); // one mail tells the sender, in place of the acknowledgement
}

static void of_a_mail_over_the_limit_the_message_says_that_it_is_a_beginning(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  assert_says_it_is_a_beginning(test, take_cut(test).number);
}

static void and_says_so_too_when_it_was_held_back_first(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_set(test, "mails-an-hour", "1");
  test_write(test, AGNES, "a@x", NULL, NULL, NULL);
  ReceivedResult held = take_cut(test);
  g_assert_cmpint(held.state, ==, RECEIVED_QUARANTINED);
  assert_says_it_is_a_beginning(test, release(test, held.received_id).number);
}

static void of_a_whole_mail_nothing_is_said(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Thread thread = test_thread(test, test_write(test, AGNES, "a@x", NULL, NULL, NULL).number);
  g_assert_null(thread.messages.items[0].mail);
}

static void what_was_put_away_can_be_brought_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_set(test, "mails-an-hour", "1");
  test_write(test, AGNES, "a@x", NULL, NULL, NULL);
  int64_t id = test_write(test, AGNES, "b@x", "The bell", NULL, NULL).received_id;
  g_assert_true(received_dismiss(test->desk, &test->mira, id, &error));
  g_assert_cmpint(test_counts(test).dismissed, ==, 1);
  g_assert_cmpstr(test_thread(test, release(test, id).number).conversation->subject, ==, "The bell");
  g_assert_cmpint(test_counts(test).dismissed, ==, 0);
  ReceivedResult again;
  g_assert_false(received_release(test->arena, test->desk, &test->mira, id, &again, &error)); // it is filed
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  g_assert_false(received_dismiss(test->desk, &test->mira, id, &error));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/received/cut/says-so", of_a_mail_over_the_limit_the_message_says_that_it_is_a_beginning);
  g_test_add_func("/received/cut/released-says-so", and_says_so_too_when_it_was_held_back_first);
  g_test_add_func("/received/cut/whole", of_a_whole_mail_nothing_is_said);
  g_test_add_func("/received/dismissed/brought-back", what_was_put_away_can_be_brought_back);
  return g_test_run();
}
