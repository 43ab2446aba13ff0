// Conversations on the phone and at the counter.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/received/log.h"

static LogDraft call(void) {
  return (LogDraft){.channel = MESSAGE_BY_PHONE,
                    .name = "Agnes Moor",
                    .email = "",
                    .phone = "",
                    .subject = "",
                    .said = "My bell is broken and I am angry, nobody called me back.",
                    .note = ""};
}

static int64_t log_it(TestDesk *test, LogDraft draft, LogProblems *problems) {
  g_autoptr(GError) error = NULL;
  int64_t number = 0;
  received_log(test->arena, test->desk, &test->mira, &draft, problems, &number, &error);
  g_assert_no_error(error);
  return number;
}

static void what_they_say_is_their_message_with_a_reading(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  LogProblems problems;
  LogDraft draft = call();
  draft.phone = "+353 1 234 5678";
  draft.note = "Sounds tired.";
  int64_t number = log_it(test, draft, &problems);
  g_assert_cmpint(number, ==, 1001);
  Thread thread = test_thread(test, number);
  g_assert_cmpuint(thread.messages.count, ==, 2);
  const Message *said = &thread.messages.items[0];
  g_assert_cmpint(said->kind, ==, MESSAGE_CUSTOMER);
  g_assert_cmpint(said->channel, ==, MESSAGE_BY_PHONE);
  g_assert_nonnull(said->reading);
  g_assert_cmpfloat(said->reading->valence, <, 0);
  g_assert_cmpint(thread.messages.items[1].kind, ==, MESSAGE_NOTE);
  g_assert_cmpint(thread.conversation->assignee_id, ==, test->mira.id);
  g_assert_cmpint(thread.conversation->waiting_since, ==, test->clock.set_to);
  g_assert_cmpstr(thread.conversation->customer_phone, ==, "+353 1 234 5678");
  g_assert_cmpstr(thread.conversation->subject, ==, "My bell is broken and I am angry, nobody called me back.");
  DeskCounts counts = test_counts(test);
  g_assert_cmpint(counts.conversations, ==, 1);
}

static void who_is_upset_on_the_phone_is_among_the_upset(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  LogProblems problems;
  LogDraft draft = call();
  ViewCounts counts;
  draft.said = "You are all incompetent liars and I want my money back right now, you idiots!";
  int64_t number = log_it(test, draft, &problems);
  g_assert_cmpint(test_thread(test, number).conversation->behaviour, >=, BEHAVIOUR_HOSTILE);
  g_assert_true(conversation_counts(test->arena, test->desk, test->mira.id, &counts, &error));
  g_assert_cmpint(counts.views[VIEW_UPSET], ==, 1);
  test_counts(test);
}

static void without_an_address_an_answer_says_so(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  LogProblems problems;
  int64_t number = log_it(test, call(), &problems), id = 0;
  ReplyDraft answer = {.number = number, .text = "A new bell leaves on Monday."};
  ReplyOutcome outcome;
  g_assert_true(conversation_reply(test->arena, test->desk, &test->mira, &answer, &outcome, &id, &error));
  g_assert_cmpint(outcome, ==, REPLY_NO_RECIPIENT);
  g_assert_true(conversation_change_customer(test->desk, &test->mira, number, "agnes@moor.example", "Agnes Moor", &error));
  g_assert_true(conversation_reply(test->arena, test->desk, &test->mira, &answer, &outcome, &id, &error));
  g_assert_cmpint(outcome, ==, REPLY_KEPT); // they told it later
}

static void with_an_address_it_is_the_customer_who_has_it_and_receipt_is_acknowledged(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  LogProblems problems;
  int64_t before = test_write(test, "Agnes Moor <agnes@moor.example>", "a1@x", "My bell", NULL, NULL).number;
  LogDraft draft = call();
  draft.channel = MESSAGE_WALK_IN;
  draft.email = "Agnes@Moor.example";
  draft.subject = "A broken bell";
  int64_t number = log_it(test, draft, &problems);
  Thread first = test_thread(test, before), thread = test_thread(test, number);
  g_assert_cmpint(thread.conversation->customer_id, ==, first.conversation->customer_id);
  g_assert_cmpuint(thread.messages.count, ==, 2);
  g_assert_cmpint(thread.messages.items[0].channel, ==, MESSAGE_WALK_IN);
  const Message *receipt = &thread.messages.items[1];
  g_assert_cmpint(receipt->kind, ==, MESSAGE_AUTOMATIC);
  g_assert_nonnull(strstr(receipt->body, "1002"));
  g_assert_cmpint(test_reply(test, number, "I look at it today."), >, 0);
  ReceivedResult answer = test_write(test, "agnes@moor.example", "a2@x", "Re: A broken bell [#1002]",
                                     test_sent_mail(test, receipt->id)->message_id, "Thank you.");
  g_assert_cmpint(answer.number, ==, number); // they take part by mail from now on
}

static void what_is_wrong_is_said_beside_its_field(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  LogProblems problems;
  LogDraft draft = {.channel = MESSAGE_BY_MAIL, .name = " ", .email = "", .phone = "", .subject = "", .said = " \n", .note = ""};
  g_assert_cmpint(log_it(test, draft, &problems), ==, 0);
  g_assert_nonnull(problems.name);
  g_assert_nonnull(problems.said);
  g_assert_nonnull(problems.other);
  draft = call();
  draft.email = "agnes at moor";
  draft.phone = "call me";
  g_assert_cmpint(log_it(test, draft, &problems), ==, 0);
  g_assert_nonnull(problems.email);
  g_assert_nonnull(problems.phone);
  g_assert_null(problems.said);
  draft.email = "help@godwit.example", draft.phone = "";
  g_assert_cmpint(log_it(test, draft, &problems), ==, 0);
  g_assert_nonnull(problems.email); // ours
  draft.email = "", draft.mailbox_id = 99;
  g_assert_cmpint(log_it(test, draft, &problems), ==, 0);
  g_assert_nonnull(problems.other);
  g_assert_cmpint(test_counts(test).conversations, ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/log/message-with-reading", what_they_say_is_their_message_with_a_reading);
  g_test_add_func("/log/upset", who_is_upset_on_the_phone_is_among_the_upset);
  g_test_add_func("/log/no-address", without_an_address_an_answer_says_so);
  g_test_add_func("/log/known-customer", with_an_address_it_is_the_customer_who_has_it_and_receipt_is_acknowledged);
  g_test_add_func("/log/problems", what_is_wrong_is_said_beside_its_field);
  return g_test_run();
}
