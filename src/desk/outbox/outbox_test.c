// The outbox: what is due, when it is tried again, and that two senders never take the same mail.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"

static OutboxMail *claim(TestDesk *test, int64_t *out_next) {
  g_autoptr(GError) error = NULL;
  OutboxMail *mail = NULL;
  int64_t next = 0;
  outbox_claim(test->arena, test->desk, &mail, out_next ? out_next : &next, &error);
  g_assert_no_error(error);
  return mail;
}

static void one_waiting_mail(TestDesk *test) { test_write(test, "Agnes <agnes@moor.example>", "a1@x", NULL, NULL, NULL); }

static MessageState state_of_notice(TestDesk *test) { return test_thread(test, 1001).messages.items[1].state; }

static void a_mail_is_claimed_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  one_waiting_mail(test);
  int64_t next = 0;
  g_assert_nonnull(claim(test, NULL));
  g_assert_null(claim(test, &next));
  g_assert_cmpint(next, ==, test->clock.set_to + OUTBOX_CLAIM);
}

static void a_claim_nobody_settles_runs_out(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  one_waiting_mail(test);
  g_assert_nonnull(claim(test, NULL));
  test->clock.set_to += OUTBOX_CLAIM + 1;
  g_assert_nonnull(claim(test, NULL));
}

static void after_a_restart_what_was_being_sent_is_due(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  one_waiting_mail(test);
  g_assert_nonnull(claim(test, NULL));
  g_assert_true(outbox_release_claims(test->desk, &error));
  g_assert_nonnull(claim(test, NULL));
}

static void what_was_sent_shows_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  one_waiting_mail(test);
  g_assert_true(outbox_settle_sent(test->desk, claim(test, NULL), "250 taken", &error));
  g_assert_cmpint(state_of_notice(test), ==, MESSAGE_SENT);
  int64_t next = 1;
  g_assert_null(claim(test, &next));
  g_assert_cmpint(next, ==, 0);
}

static void pauses_grow_from_a_minute_to_four_hours(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  one_waiting_mail(test);
  const int64_t minutes[] = {1, 2, 4, 8, 16, 32, 64, 128, 240, 240};
  for (size_t i = 0; i < G_N_ELEMENTS(minutes); i++) {
    OutboxMail *mail = claim(test, NULL);
    g_assert_nonnull(mail);
    g_assert_true(outbox_settle_failed(test->desk, mail, "451 later", false, &error));
    int64_t next = 0;
    g_assert_null(claim(test, &next));
    g_assert_cmpint(next - test->clock.set_to, ==, minutes[i] * CLOCK_MINUTE);
    test->clock.set_to = next;
  }
}

static void a_permanent_refusal_fails_at_once_and_can_be_tried_again(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  one_waiting_mail(test);
  OutboxMail *mail = claim(test, NULL);
  g_assert_true(outbox_settle_failed(test->desk, mail, "550 5.1.1 no such\r\nuser", true, &error));
  g_assert_cmpint(state_of_notice(test), ==, MESSAGE_FAILED);
  OutboxMailList open = {0};
  g_assert_true(outbox_list(test->arena, test->desk, &open, &error));
  g_assert_cmpstr(open.items[0].last_answer, ==, "550 5.1.1 no such user");
  ViewCounts counts;
  conversation_counts(test->arena, test->desk, test->mira.id, &counts, &error);
  g_assert_cmpint(counts.outbox_failed, ==, 1);
  g_assert_null(claim(test, NULL));
  g_assert_true(outbox_retry(test->desk, mail->message_id, &error));
  g_assert_nonnull(claim(test, NULL));
  conversation_counts(test->arena, test->desk, test->mira.id, &counts, &error);
  g_assert_cmpint(counts.outbox_failed, ==, 0);
}

static bool is_undeliverable(TestDesk *test) {
  Thread thread = test_thread(test, 1001);
  return thread.addresses.items[0].is_undeliverable;
}

static void a_mailbox_that_does_not_exist_is_noted_when_the_server_says_so(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  one_waiting_mail(test);
  OutboxMail *mail = claim(test, NULL);
  g_assert_true(outbox_settle_failed(test->desk, mail, "550 5.7.1 we do not like you", true, &error));
  g_assert_false(is_undeliverable(test));
  g_assert_true(outbox_retry(test->desk, mail->message_id, &error));
  mail = claim(test, NULL);
  g_assert_true(outbox_settle_failed(test->desk, mail, "450 4.1.1 user unknown, perhaps", false, &error));
  g_assert_false(is_undeliverable(test));
  test->clock.set_to += CLOCK_HOUR;
  mail = claim(test, NULL);
  g_assert_true(outbox_settle_failed(test->desk, mail, "550 5.1.1 no such user", true, &error));
  g_assert_true(is_undeliverable(test));
}

static void a_failed_mail_is_put_away_and_brought_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  OutboxMailList list = {0};
  ViewCounts counts;
  one_waiting_mail(test);
  OutboxMail *mail = claim(test, NULL);
  g_assert_false(outbox_dismiss(test->desk, &test->mira, mail->message_id, &error)); // it is being sent
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  g_assert_true(outbox_settle_failed(test->desk, mail, "550 no", true, &error));
  for (int i = 0; i < 2; i++) g_assert_true(outbox_dismiss(test->desk, &test->mira, mail->message_id, &error));
  g_assert_cmpint(state_of_notice(test), ==, MESSAGE_FAILED); // the conversation does not forget it
  conversation_counts(test->arena, test->desk, test->mira.id, &counts, &error);
  g_assert_cmpint(counts.outbox_failed, ==, 0);
  g_assert_true(outbox_list(test->arena, test->desk, &list, &error));
  g_assert_cmpuint(list.count, ==, 0);
  g_assert_null(claim(test, NULL));
  g_assert_true(outbox_list_dismissed(test->arena, test->desk, &list, &error));
  g_assert_cmpuint(list.count, ==, 1);
  g_assert_cmpstr(list.items[0].dismissed_by, ==, "Mira Lindqvist");
  test_counts(test);
  g_assert_true(outbox_retry(test->desk, mail->message_id, &error));
  g_assert_nonnull(claim(test, NULL));
  list = (OutboxMailList){0};
  g_assert_true(outbox_list_dismissed(test->arena, test->desk, &list, &error));
  g_assert_cmpuint(list.count, ==, 0);
  test_counts(test);
  g_assert_false(outbox_dismiss(test->desk, &test->mira, 999999, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void three_days_without_success_is_a_failure(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  one_waiting_mail(test);
  test->clock.set_to += OUTBOX_GIVE_UP + 1;
  g_assert_true(outbox_settle_failed(test->desk, claim(test, NULL), "451 later", false, &error));
  g_assert_cmpint(state_of_notice(test), ==, MESSAGE_FAILED);
}

static void a_mail_settled_by_another_node_is_not_settled_twice(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  one_waiting_mail(test);
  OutboxMail *mail = claim(test, NULL);
  g_assert_true(outbox_settle_sent(test->desk, mail, "250", &error));
  g_assert_true(outbox_settle_failed(test->desk, mail, "late", true, &error));
  g_assert_cmpint(state_of_notice(test), ==, MESSAGE_SENT);
}

static void a_claim_that_ran_out_settles_nothing_for_the_next_one(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  one_waiting_mail(test);
  OutboxMail *late = claim(test, NULL);
  test->clock.set_to += OUTBOX_CLAIM + 1;
  OutboxMail *next = claim(test, NULL);
  g_assert_true(outbox_settle_failed(test->desk, late, "timed out", true, &error));
  g_assert_cmpint(state_of_notice(test), ==, MESSAGE_WAITING);
  g_assert_true(outbox_settle_sent(test->desk, next, "250", &error));
  g_assert_cmpint(state_of_notice(test), ==, MESSAGE_SENT);
}

// ——— several recipients

static int64_t answer_to_three(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, "Agnes <agnes@moor.example>", "a1@x", NULL, NULL, NULL).number, id = 0;
  ReplyDraft draft = {.number = number, .text = "Yes."};
  ReplyOutcome outcome;
  *list_add(test->arena, &draft.cc) = (MailAddress){"", "bob@x.example"};
  *list_add(test->arena, &draft.bcc) = (MailAddress){"", "cy@y.example"};
  g_assert_true(conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error));
  return id;
}

static OutboxMail *claim_message(TestDesk *test, int64_t id) {
  OutboxMail *mail = claim(test, NULL);
  while (mail && mail->message_id != id) mail = claim(test, NULL);
  return mail;
}

static void settle_as(TestDesk *test, const OutboxMail *mail, const char *outcomes) { // "t" taken, "l" later, "r" refused
  g_autoptr(GError) error = NULL;
  OutboxOutcomeList list = {0};
  g_assert_cmpuint(mail->waiting_for.count, ==, strlen(outcomes));
  for (size_t i = 0; i < mail->waiting_for.count; i++)
    *list_add(test->arena, &list) = (OutboxOutcome){.address = mail->waiting_for.items[i],
                                                    .is_taken = outcomes[i] == 't',
                                                    .is_permanent = outcomes[i] == 'r',
                                                    .answer = outcomes[i] == 't'   ? "250 ok"
                                                              : outcomes[i] == 'r' ? "550 nobody"
                                                                                   : "450 later"};
  g_assert_true(outbox_settle(test->desk, mail, &list, &error));
}

static Message last_message(TestDesk *test) {
  Thread thread = test_thread(test, 1001);
  return thread.messages.items[thread.messages.count - 1];
}

static void who_has_the_mail_does_not_get_it_twice(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t id = answer_to_three(test);
  settle_as(test, claim_message(test, id), "trl");
  Message message = last_message(test);
  g_assert_cmpint(message.state, ==, MESSAGE_WAITING);
  g_assert_cmpint(message.sent_to.items[0].state, ==, DELIVERY_SENT);
  g_assert_cmpint(message.sent_to.items[1].state, ==, DELIVERY_FAILED);
  g_assert_cmpstr(message.sent_to.items[1].answer, ==, "550 nobody");
  g_assert_cmpint(message.sent_to.items[2].state, ==, DELIVERY_WAITING);
  test->clock.set_to += CLOCK_HOUR;
  OutboxMail *again = claim_message(test, id);
  g_assert_cmpuint(again->waiting_for.count, ==, 1);
  g_assert_cmpstr(again->waiting_for.items[0], ==, "cy@y.example");
  settle_as(test, again, "t");
  message = last_message(test);
  g_assert_cmpint(message.state, ==, MESSAGE_FAILED); // somebody never got it
  g_assert_cmpint(message.sent_to.items[2].state, ==, DELIVERY_SENT);
  g_autoptr(GError) error = NULL;
  g_assert_true(outbox_retry(test->desk, id, &error)); // a person asks, for the one who is left
  again = claim_message(test, id);
  g_assert_cmpuint(again->waiting_for.count, ==, 1);
  g_assert_cmpstr(again->waiting_for.items[0], ==, "bob@x.example");
  settle_as(test, again, "t");
  g_assert_cmpint(last_message(test).state, ==, MESSAGE_SENT);
  TextList findings = {0};
  g_assert_true(desk_verify(test->arena, test->desk, &findings, &error));
  g_assert_cmpuint(findings.count, ==, 0);
}

static void what_is_refused_for_one_names_them(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t id = answer_to_three(test);
  settle_as(test, claim_message(test, id), "trt");
  g_assert_cmpstr(last_message(test).last_answer, ==, "bob@x.example: 550 nobody");
}

static void a_late_settling_changes_no_recipient(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t id = answer_to_three(test);
  OutboxMail *late = claim_message(test, id);
  test->clock.set_to += OUTBOX_CLAIM + 1;
  OutboxMail *next = claim_message(test, id);
  settle_as(test, late, "rrr");
  g_assert_cmpint(last_message(test).sent_to.items[0].state, ==, DELIVERY_WAITING);
  settle_as(test, next, "ttt");
  g_assert_cmpint(last_message(test).state, ==, MESSAGE_SENT);
}

static void after_three_days_those_who_wait_are_given_up(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t id = answer_to_three(test);
  test->clock.set_to += OUTBOX_GIVE_UP + 1;
  settle_as(test, claim_message(test, id), "tll");
  Message message = last_message(test);
  g_assert_cmpint(message.state, ==, MESSAGE_FAILED);
  g_assert_cmpint(message.sent_to.items[0].state, ==, DELIVERY_SENT);
  g_assert_cmpint(message.sent_to.items[1].state, ==, DELIVERY_FAILED);
}

static void a_mail_that_came_back_can_be_sent_again_to_whom_it_came_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t id = answer_to_three(test);
  settle_as(test, claim_message(test, id), "ttt");
  DbTx *tx = db_begin(test->desk->db, &error);
  TextList addresses = {0};
  *list_add(test->arena, &addresses) = "BOB@x.example";
  g_assert_true(outbox_mark_returned(test->arena, test->desk, 1001, id, &addresses, "550 5.1.1 no such user", &error));
  g_assert_true(db_commit(&tx, &error));
  Message message = last_message(test);
  g_assert_cmpint(message.state, ==, MESSAGE_RETURNED);
  g_assert_cmpint(message.sent_to.items[0].state, ==, DELIVERY_SENT);
  g_assert_cmpint(message.sent_to.items[1].state, ==, DELIVERY_RETURNED);
  g_assert_cmpstr(message.sent_to.items[1].answer, ==, "550 5.1.1 no such user");
  g_assert_true(outbox_retry(test->desk, id, &error));
  OutboxMail *again = claim_message(test, id);
  g_assert_cmpuint(again->waiting_for.count, ==, 1);
  g_assert_cmpstr(again->waiting_for.items[0], ==, "bob@x.example");
}

static void what_everybody_has_is_not_sent_again(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t id = answer_to_three(test);
  settle_as(test, claim_message(test, id), "ttt");
  g_assert_true(outbox_retry(test->desk, id, &error));
  g_assert_null(claim(test, NULL));
  g_assert_cmpint(last_message(test).state, ==, MESSAGE_SENT);
}

static gpointer retry_once(gpointer data) {
  const OutboxMail *mail = ((void **)data)[0];
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Desk *desk = desk_join(arena, ((void **)data)[1], &clock_system, &random_system, &error);
  g_assert_no_error(error);
  while (!outbox_retry(desk, mail->message_id, &error)) {
    g_assert_true(error_is(error, ERROR_BUSY));
    g_clear_error(&error);
  }
  return NULL;
}

static void two_people_who_retry_at_once_are_counted_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  one_waiting_mail(test);
  OutboxMail *mail = claim(test, NULL);
  g_assert_true(outbox_settle_failed(test->desk, mail, "550", true, &error));
  void *both[] = {mail, arena_strdup(test->arena, test->where)};
  GThread *one = g_thread_new("one", retry_once, both), *two = g_thread_new("two", retry_once, both);
  g_thread_join(one);
  g_thread_join(two);
  TextList findings = {0};
  g_assert_true(desk_verify(test->arena, test->desk, &findings, &error));
  g_assert_cmpuint(findings.count, ==, 0);
}

static void tokens_are_ours_alone(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  const char *token = reply_token(test->arena, test->desk, 1042);
  g_autofree char *upper = g_ascii_strup(token, -1);
  g_assert_cmpint(reply_token_check(test->desk, token), ==, 1042);
  g_assert_cmpint(reply_token_check(test->desk, upper), ==, 1042); // some systems fold the case
  static const char *const wrong[] = {"", "1042", "1042.", "1042.0123456789abcdef", "x", "-5.0123456789abcdef", "1043"};
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) g_assert_cmpint(reply_token_check(test->desk, wrong[i]), ==, 0);
  const char *moved = arena_printf(test->arena, "1043%s", strchr(token, '.'));
  g_assert_cmpint(reply_token_check(test->desk, moved), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/outbox/claim/once", a_mail_is_claimed_once);
  g_test_add_func("/outbox/claim/runs-out", a_claim_nobody_settles_runs_out);
  g_test_add_func("/outbox/claim/after-a-restart", after_a_restart_what_was_being_sent_is_due);
  g_test_add_func("/outbox/sent", what_was_sent_shows_it);
  g_test_add_func("/outbox/pauses", pauses_grow_from_a_minute_to_four_hours);
  g_test_add_func("/outbox/permanent", a_permanent_refusal_fails_at_once_and_can_be_tried_again);
  g_test_add_func("/outbox/wrong-address", a_mailbox_that_does_not_exist_is_noted_when_the_server_says_so);
  g_test_add_func("/outbox/dismissed", a_failed_mail_is_put_away_and_brought_back);
  g_test_add_func("/outbox/three-days", three_days_without_success_is_a_failure);
  g_test_add_func("/outbox/another-node", a_mail_settled_by_another_node_is_not_settled_twice);
  g_test_add_func("/outbox/claim/ran-out", a_claim_that_ran_out_settles_nothing_for_the_next_one);
  g_test_add_func("/outbox/retry-at-once", two_people_who_retry_at_once_are_counted_once);
  g_test_add_func("/outbox/token", tokens_are_ours_alone);
  g_test_add_func("/outbox/recipients/not-twice", who_has_the_mail_does_not_get_it_twice);
  g_test_add_func("/outbox/recipients/named", what_is_refused_for_one_names_them);
  g_test_add_func("/outbox/recipients/late", a_late_settling_changes_no_recipient);
  g_test_add_func("/outbox/recipients/given-up", after_three_days_those_who_wait_are_given_up);
  g_test_add_func("/outbox/recipients/returned", a_mail_that_came_back_can_be_sent_again_to_whom_it_came_back);
  g_test_add_func("/outbox/recipients/everybody-has-it", what_everybody_has_is_not_sent_again);
  return g_test_run();
}
