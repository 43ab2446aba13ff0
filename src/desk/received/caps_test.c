// How much is too much (doc/mail.md 13), and what becomes of mail that was held back for it.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define BRAM "Bram Visser <bram@visser.example>"

static Conversation *shown(TestDesk *test, int64_t number) { return test_thread(test, number).conversation; }

static int64_t notices_of(TestDesk *test, int64_t number) {
  Thread thread = test_thread(test, number);
  int64_t count = 0;
  list_each(const Message, message, &thread.messages) count += message->kind == MESSAGE_AUTOMATIC;
  return count;
}

static ReceivedResult write_many(TestDesk *test, int count, const char *from) {
  ReceivedResult last = {0};
  for (int i = 0; i < count; i++) last = test_write(test, from, arena_printf(test->arena, "m%d@x", i), NULL, NULL, NULL);
  return last;
}

static void one_sender_opens_so_many_conversations_and_no_more(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_set(test, "conversations-an-hour", "3");
  g_assert_cmpint(write_many(test, 3, AGNES).state, ==, RECEIVED_FILED);
  ReceivedResult fourth = test_write(test, AGNES, "n@x", NULL, NULL, NULL);
  g_assert_cmpint(fourth.state, ==, RECEIVED_QUARANTINED);
  g_assert_nonnull(strstr(fourth.reason, "3 conversations"));
  g_assert_cmpint(test_write(test, AGNES, "o@x", NULL, "m0@x", "An answer is no new one.").state, ==, RECEIVED_FILED);
  g_assert_cmpint(test_write(test, BRAM, "p@x", NULL, NULL, NULL).state, ==, RECEIVED_FILED);
  test->clock.set_to += CLOCK_HOUR + CLOCK_MINUTE;
  g_assert_cmpint(test_write(test, AGNES, "q@x", NULL, NULL, NULL).state, ==, RECEIVED_FILED);
  g_assert_cmpint(test_counts(test).quarantined, ==, 1);
}

static void what_a_cap_held_back_can_be_released(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_set(test, "conversations-an-hour", "1");
  write_many(test, 1, AGNES);
  ReceivedResult held = test_write(test, AGNES, "n@x", "Held", NULL, NULL), released;
  g_assert_true(received_release(test->arena, test->desk, &test->mira, held.received_id, &released, &error));
  g_assert_cmpstr(shown(test, released.number)->subject, ==, "Held");
  g_assert_cmpint(test_counts(test).quarantined, ==, 0);
}

static void mail_reopens_a_conversation_so_often_and_no_more(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_set(test, "reopens-a-day", "2");
  int64_t number = test_write(test, AGNES, "a@x", NULL, NULL, NULL).number;
  ReceivedResult last = {0};
  for (int i = 0; i < 3; i++) {
    g_assert_true(conversation_solve(test->desk, &test->mira, number, &error));
    last = test_write(test, AGNES, arena_printf(test->arena, "r%d@x", i), NULL, "a@x", "Ping.");
  }
  g_assert_cmpint(last.state, ==, RECEIVED_QUARANTINED);
  g_assert_cmpint(shown(test, number)->state, ==, CONVERSATION_SOLVED);
}

static void mails_without_a_usable_sender_are_capped_together(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_set(test, "unusable-an-hour", "2");
  ReceivedResult last = {0};
  for (int i = 0; i < 3; i++) last = test_take(test, arena_printf(test->arena, "From: nobody %d\nSubject: s%d\n\nx\n", i, i));
  g_assert_cmpint(last.state, ==, RECEIVED_QUARANTINED);
  g_assert_cmpint(test_write(test, AGNES, "a@x", NULL, NULL, NULL).state, ==, RECEIVED_FILED);
}

static void a_mailbox_answers_so_often_and_no_more(void) { // a flood with another sender on every mail
  g_autoptr(TestDesk) test = test_desk_new();
  test_set(test, "mailbox-answers-an-hour", "3");
  for (int i = 0; i < 5; i++) write_many(test, 1, arena_printf(test->arena, "c%d@flood.example", i));
  int64_t notices = 0;
  for (int i = 0; i < 5; i++) {
    const char *from = arena_printf(test->arena, "d%d@flood.example", i);
    notices += notices_of(test, test_write(test, from, arena_printf(test->arena, "d%d@x", i), NULL, NULL, NULL).number);
  }
  g_assert_cmpint(notices, ==, 0);
  g_assert_cmpint(test_counts(test).outbox, ==, 3);
}

// Notices to staff leave from the mailbox too, but are bounded for each of the staff, and take nothing from the customers' share.
static void notices_to_staff_are_none_of_the_mailboxs_answers(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_set(test, "mailbox-answers-an-hour", "3");
  g_assert_true(staff_set_mails(test->desk, test->mira.id, STAFF_MAILS_UNASSIGNED, &error));
  for (int i = 0; i < 5; i++) write_many(test, 1, arena_printf(test->arena, "c%d@flood.example", i));
  test_tell_staff(test);
  g_assert_cmpint(test_counts(test).outbox, ==, 3 + 1);
  test->clock.set_to += CLOCK_HOUR;
  int64_t next = test_write(test, AGNES, "n@x", NULL, NULL, NULL).number;
  g_assert_cmpint(notices_of(test, next), ==, 1);
}

static void what_waited_too_long_in_quarantine_is_dismissed_and_not_silently(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_set(test, "conversations-an-hour", "1");
  write_many(test, 2, AGNES);
  int64_t count = 0;
  test->clock.set_to += 29 * CLOCK_DAY;
  g_assert_true(received_expire(test->desk, &count, &error));
  g_assert_cmpint(count, ==, 0);
  test->clock.set_to += 2 * CLOCK_DAY;
  g_assert_true(received_expire(test->desk, &count, &error));
  g_assert_cmpint(count, ==, 1);
  g_assert_true(received_count_expired(test->desk, 0, &count, &error));
  g_assert_cmpint(count, ==, 1);
  ReceivedMailList dismissed = {0};
  bool more = false;
  Bytes original;
  g_assert_true(received_list(test->arena, test->desk, RECEIVED_DISMISSED, 0, &dismissed, &more, &error));
  g_assert_cmpuint(dismissed.count, ==, 1);
  g_assert_null(dismissed.items[0].settled_by); // the desk itself
  g_assert_true(received_original(test->arena, test->desk, dismissed.items[0].id, &original, &error));
  g_assert_cmpuint(original.size, >, 0);
  g_assert_cmpint(test_counts(test).quarantined, ==, 0);
}

static void quarantine_may_keep_for_ever(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t count = 0;
  test_set(test, "conversations-an-hour", "1");
  test_set(test, "quarantine-keeps", "0");
  write_many(test, 2, AGNES);
  test->clock.set_to += 3000 * CLOCK_DAY;
  g_assert_true(received_expire(test->desk, &count, &error));
  g_assert_cmpint(test_counts(test).quarantined, ==, 1);
}

static void who_dismissed_a_mail_is_remembered(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedMailList dismissed = {0};
  bool more = false;
  test_set(test, "conversations-an-hour", "1");
  g_assert_true(received_dismiss(test->desk, &test->jonas, write_many(test, 2, AGNES).received_id, &error));
  g_assert_true(received_list(test->arena, test->desk, RECEIVED_DISMISSED, 0, &dismissed, &more, &error));
  g_assert_cmpstr(dismissed.items[0].settled_by, ==, "Jonas Feld");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/received/case-13-conversations-an-hour", one_sender_opens_so_many_conversations_and_no_more);
  g_test_add_func("/received/case-13-released", what_a_cap_held_back_can_be_released);
  g_test_add_func("/received/case-13-reopens-a-day", mail_reopens_a_conversation_so_often_and_no_more);
  g_test_add_func("/received/case-13-unusable-senders", mails_without_a_usable_sender_are_capped_together);
  g_test_add_func("/received/case-13-mailbox-answers", a_mailbox_answers_so_often_and_no_more);
  g_test_add_func("/received/case-13-mailbox-answers-without-notices", notices_to_staff_are_none_of_the_mailboxs_answers);
  g_test_add_func("/received/quarantine/expires", what_waited_too_long_in_quarantine_is_dismissed_and_not_silently);
  g_test_add_func("/received/quarantine/for-ever", quarantine_may_keep_for_ever);
  g_test_add_func("/received/quarantine/who", who_dismissed_a_mail_is_remembered);
  return g_test_run();
}
