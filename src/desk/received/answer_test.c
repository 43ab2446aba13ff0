// Notices to staff by mail, and their answers (doc/mail.md 41): internal unless asked otherwise, and believed only as far as token, sender
// and person agree.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/notify/notify.h"
#include "desk/outbox/outbox.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define MIRA "mira@godwit.example"

static void wants(TestDesk *test, const Staff *staff, StaffMails mails) {
  g_autoptr(GError) error = NULL;
  g_assert_true(staff_set_mails(test->desk, staff->id, mails, &error));
}

// What waits in the outbox for one address; the newest.
static const OutboxMail *mail_to(TestDesk *test, const char *address) {
  g_autoptr(GError) error = NULL;
  OutboxMailList outbox = {0};
  const OutboxMail *found = NULL;
  test_tell_staff(test);
  g_assert_true(outbox_list(test->arena, test->desk, &outbox, &error));
  list_each(const OutboxMail, mail, &outbox)
    if (strcmp(mail->recipients, address) == 0 && (!found || mail->message_id > found->message_id)) found = mail;
  return found;
}

static int64_t mails_to(TestDesk *test, const char *address) {
  g_autoptr(GError) error = NULL;
  OutboxMailList outbox = {0};
  int64_t count = 0;
  test_tell_staff(test);
  g_assert_true(outbox_list(test->arena, test->desk, &outbox, &error));
  list_each(const OutboxMail, mail, &outbox) count += strcmp(mail->recipients, address) == 0;
  return count;
}

typedef struct Told {
  TestDesk *test;
  int64_t number;
  const char *address; // to answer to
  const char *id;
} Told;

static Told mira_is_told(void) {
  Told told = {.test = test_desk_new()};
  wants(told.test, &told.test->mira, STAFF_MAILS_UNASSIGNED);
  told.number = test_write(told.test, AGNES, "a1@moor.example", "My bell", NULL, "Hello, my bell is broken.").number;
  const OutboxMail *notice = mail_to(told.test, MIRA);
  g_assert_nonnull(notice);
  const Mail *mail = test_sent_mail(told.test, notice->message_id);
  told.address = mail->reply_to.items[0].address;
  told.id = mail->message_id;
  return told;
}

static ReceivedResult answer(const Told *told, const char *from, const char *to, const char *text) {
  static int count = 0;
  const char *raw = arena_printf(told->test->arena, "From: %s\nTo: %s\nSubject: Re: My bell\nMessage-ID: <n%d@godwit>\n\n%s\n",
                                 from, to, ++count, text);
  return test_take_for(told->test, raw, to);
}

static const Message *last_message(const Told *told) {
  Thread thread = test_thread(told->test, told->number);
  return &thread.messages.items[thread.messages.count - 1];
}

static void a_notice_says_who_wrote_what_and_how_to_answer(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  g_autoptr(GError) error = NULL;
  const OutboxMail *notice = mail_to(test, MIRA);
  Bytes raw;
  // Its bytes hold the token that lets Mira act, so no page gives them to anybody.
  g_assert_false(message_original(test->arena, test->desk, notice->message_id, &raw, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  const Mail *mail = test_sent_mail(test, notice->message_id);
  g_assert_null(strstr(mail->text, "[ref "));
  g_assert_cmpstr(notice->sender, ==, ""); // nobody's machine answers it
  g_assert_cmpint(mail->kind, ==, MAIL_AUTO);
  g_assert_nonnull(mail->loop_mark);
  g_assert_nonnull(strstr(mail->text, "Hello, my bell is broken."));
  g_assert_nonnull(strstr(mail->text, "#reply"));
  g_assert_nonnull(strstr(mail->text, "6 Dec 2026"));
  g_assert_cmpuint(test_thread(test, told.number).messages.count, ==, 2); // the page shows no notices
}

static void only_who_wants_to_hear_is_told(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  wants(test, &test->jonas, STAFF_MAILS_MINE);
  int64_t number = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number;
  g_assert_cmpint(mails_to(test, "jonas@godwit.example"), ==, 0); // it is with nobody
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->jonas.id, &error));
  test_write(test, AGNES, "a2@x", NULL, "a1@x", "More.");
  g_assert_cmpint(mails_to(test, "jonas@godwit.example"), ==, 1);
  g_assert_cmpint(mails_to(test, MIRA), ==, 0);
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  test_write(test, AGNES, "a3@x", NULL, "a1@x", "More still.");
  g_assert_cmpint(mails_to(test, "jonas@godwit.example"), ==, 1);
}

static void a_machine_and_a_person_who_left_cause_no_notice(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  wants(test, &test->mira, STAFF_MAILS_UNASSIGNED);
  wants(test, &test->jonas, STAFF_MAILS_UNASSIGNED);
  test_take(test, "From: robot@x.example\nAuto-Submitted: auto-generated\nSubject: s\n\nx\n");
  g_assert_cmpint(mails_to(test, MIRA), ==, 0);
  g_assert_true(staff_disable(test->desk, "jonas@godwit.example", &error));
  test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  g_assert_cmpint(mails_to(test, "jonas@godwit.example"), ==, 0);
  g_assert_cmpint(mails_to(test, MIRA), ==, 1);
}

static void one_person_is_told_so_often_and_no_more(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  wants(test, &test->mira, STAFF_MAILS_UNASSIGNED);
  test_set(test, "notices-an-hour", "2");
  for (int i = 0; i < 4; i++) {
    test_write(test, AGNES, arena_printf(test->arena, "a%d@x", i), NULL, NULL, NULL);
    test_tell_staff(test);
  }
  g_assert_cmpint(mails_to(test, MIRA), ==, 2);
}

static void an_answer_is_a_note_and_stays_in_the_house(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  ReceivedResult result = answer(&told, MIRA, told.address,
                                 "Ask the supplier.\n\nOn Sunday, Agnes Moor wrote:\n> Hello, my bell is broken.");
  g_assert_cmpint(result.state, ==, RECEIVED_FILED);
  g_assert_cmpint(result.number, ==, told.number);
  g_assert_cmpint(last_message(&told)->kind, ==, MESSAGE_NOTE);
  g_assert_cmpstr(last_message(&told)->body, ==, "Ask the supplier.");
  g_assert_cmpint(last_message(&told)->staff_id, ==, test->mira.id);
  g_assert_cmpint(mails_to(test, "agnes@moor.example"), ==, 1); // the acknowledgement alone
  g_assert_cmpint(test_thread(test, told.number).conversation->waiting_since, !=, 0);
  test_counts(test);
}

static void an_answer_goes_out_when_its_first_line_says_so(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  answer(&told, "Mira <MIRA@godwit.example>", told.address, "#reply\nDear Agnes,\nI will send you a new one.");
  g_assert_cmpint(last_message(&told)->kind, ==, MESSAGE_AGENT);
  g_assert_cmpstr(last_message(&told)->body, ==, "Dear Agnes,\nI will send you a new one.");
  g_assert_cmpint(mails_to(test, "agnes@moor.example"), ==, 2);
  g_assert_cmpint(test_thread(test, told.number).conversation->waiting_since, ==, 0);
  g_assert_cmpint(test_thread(test, told.number).conversation->assignee_id, ==, test->mira.id);
}

static void commands_solve_and_assign(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  answer(&told, MIRA, told.address, "#Assign me\nI know her.");
  g_assert_cmpint(test_thread(test, told.number).conversation->assignee_id, ==, test->mira.id);
  g_assert_cmpstr(last_message(&told)->body, ==, "I know her.");
  answer(&told, MIRA, told.address, "#reply\n#solve\n\nIt is on its way.");
  g_assert_cmpint(test_thread(test, told.number).conversation->state, ==, CONVERSATION_SOLVED);
  g_assert_cmpint(last_message(&told)->kind, ==, MESSAGE_AGENT);
  g_assert_cmpstr(last_message(&told)->body, ==, "It is on its way.");
  test_counts(test);
}

static void a_command_below_the_top_is_text(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  answer(&told, MIRA, told.address, "Do not send this.\n#reply\n#solve");
  g_assert_cmpint(last_message(&told)->kind, ==, MESSAGE_NOTE);
  g_assert_cmpint(test_thread(test, told.number).conversation->state, ==, CONVERSATION_OPEN);
}

static void the_same_answer_twice_is_one(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  for (int i = 0; i < 2; i++)
    test_take_for(test,
                  arena_printf(test->arena, "Received: %d\nFrom: %s\nTo: %s\nMessage-ID: <once@godwit>\n\n#reply\nOn its way.\n",
                               i, MIRA, told.address),
                  told.address);
  g_assert_cmpint(mails_to(test, "agnes@moor.example"), ==, 2);
}

static void an_answer_reaches_a_merged_conversation(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  g_autoptr(GError) error = NULL;
  int64_t other = test_write(test, AGNES, "a9@x", NULL, NULL, NULL).number;
  g_assert_true(conversation_merge(test->desk, &test->jonas, told.number, other, &error));
  g_assert_cmpint(answer(&told, MIRA, told.address, "A note.").number, ==, other);
}

static const char *with_tag(const Told *told, const NoticeToken *token) {
  return mail_address_with_tag(told->test->arena, "help@godwit.example",
                               notice_token(told->test->arena, told->test->desk, token));
}

static void assert_held(const Told *told, ReceivedResult result) {
  g_assert_cmpint(result.state, ==, RECEIVED_QUARANTINED);
  g_assert_nonnull(strstr(result.reason, "notice"));
  g_assert_cmpint(result.number, ==, 0);
  g_assert_cmpint(last_message(told)->kind, ==, MESSAGE_AUTOMATIC);
  g_assert_cmpint(mails_to(told->test, "agnes@moor.example"), ==, 1);
}

static void who_was_not_told_cannot_answer(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  assert_held(&told, answer(&told, "jonas@godwit.example", told.address, "#reply\nHi."));
  assert_held(&told, answer(&told, "agnes@moor.example", told.address, "#reply\nHi."));
  assert_held(&told, answer(&told, "mira@evil.example", told.address, "#reply\nHi."));
  g_assert_cmpint(test_counts(test).quarantined, ==, 3);
}

static void a_forged_or_changed_token_opens_nothing(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  const char *dot = strchr(told.address, '.');
  g_autofree char *changed = g_strdup(told.address);
  char *digit = changed + (dot - told.address) + 1;
  *digit = *digit == '0' ? '1' : '0';
  assert_held(&told, answer(&told, MIRA, changed, "#reply\nHi."));
  NoticeToken jonas = {test->jonas.id, told.number, 1, 600000}, read;
  const char *signature = strchr(with_tag(&told, &jonas), '.') + 1;
  g_autofree char *mixed = g_strdup_printf("help+n%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-1-600000.%.16s@godwit.example",
                                           test->mira.id, told.number, signature);
  assert_held(&told, answer(&told, MIRA, mixed, "#reply\nHi.")); // the signature of somebody else's
  g_assert_false(notice_token_read(test->desk, reply_token(test->arena, test->desk, told.number), &read));
  g_assert_cmpint(reply_token_check(test->desk, notice_token(test->arena, test->desk, &jonas)), ==, 0);
}

static void a_token_runs_out(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  test->clock.set_to += 13 * CLOCK_DAY;
  g_assert_cmpint(answer(&told, MIRA, told.address, "In time.").state, ==, RECEIVED_FILED);
  test->clock.set_to += 2 * CLOCK_DAY;
  g_assert_cmpint(answer(&told, MIRA, told.address, "Too late.").state, ==, RECEIVED_QUARANTINED);
}

static void an_archive_answers_nothing(void) { // and nothing in it is done a second time
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  g_autoptr(GError) error = NULL;
  Bytes raw = bytes_of_text(
    arena_printf(test->arena, "From: %s\nTo: %s\nMessage-ID: <old@x>\n\n#reply\nAgain.\n", MIRA, told.address));
  ReceivedInput input = {.raw = raw,
                         .mail = mail_parse(test->arena, raw),
                         .envelope_to = told.address,
                         .is_history = true,
                         .received_at = test->clock.set_to - CLOCK_DAY};
  ReceivedResult result;
  g_assert_true(received_take(test->arena, test->desk, &input, &result, &error));
  assert_held(&told, result);
}

static void who_left_cannot_answer(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  g_autoptr(GError) error = NULL;
  g_assert_true(staff_disable(test->desk, MIRA, &error));
  assert_held(&told, answer(&told, MIRA, told.address, "#reply\nHi."));
}

static void a_failing_sender_never_acts_as_an_agent(void) { // 53
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  test_set(test, "trusted-servers", "mx.godwit.example");
  const char *raw = arena_printf(test->arena, "From: %s\nTo: %s\nMessage-ID: <forged@x>\n\n#reply\nPay here.\n", MIRA,
                                 told.address);
  Mail *mail = test_parse(test, raw);
  *list_add(test->arena, &mail->authentication) = (MailAuthentication){"mx.godwit.example", "fail", "fail", "fail"};
  assert_held(&told, test_take_parsed(test, raw, mail, told.address));
}

static void an_answer_past_the_address_is_held(void) { // the mail program passed over Reply-To
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  const char *raw = arena_printf(
    test->arena, "From: %s\nTo: help@godwit.example\nIn-Reply-To: <%s>\nMessage-ID: <p@x>\n\nInternal words.\n", MIRA, told.id);
  assert_held(&told, test_take(test, raw));
}

static void an_absence_note_to_a_notice_troubles_nobody(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  const char *raw = arena_printf(test->arena, "From: %s\nTo: %s\nAuto-Submitted: auto-replied\n\nI am away.\n", MIRA,
                                 told.address);
  ReceivedResult result = test_take_for(test, raw, told.address);
  g_assert_cmpint(result.state, ==, RECEIVED_DISMISSED);
  g_assert_cmpint(test_counts(test).dismissed, ==, 1);
}

static void an_empty_reply_is_kept_as_failed_with_the_reason(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  ReceivedResult result = answer(&told, MIRA, told.address, "#reply\n");
  g_assert_cmpint(result.state, ==, RECEIVED_FAILED);
  g_assert_nonnull(strstr(result.reason, "nothing stands below"));
  g_assert_cmpint(test_counts(test).failed, ==, 1);
}

// ——— what a person lets in

static ReceivedResult release(const Told *told, ReceivedResult held) {
  g_autoptr(GError) error = NULL;
  ReceivedResult result = {0};
  g_assert_true(held.state == RECEIVED_QUARANTINED || held.state == RECEIVED_FAILED);
  received_release(told->test->arena, told->test->desk, &told->test->jonas, held.received_id, &result, &error);
  g_assert_no_error(error);
  g_assert_cmpint(result.number, ==, told->number);
  test_counts(told->test);
  return result;
}

static void assert_is_miras_note(const Told *told, const char *body) {
  g_assert_cmpint(last_message(told)->kind, ==, MESSAGE_NOTE);
  g_assert_cmpint(last_message(told)->staff_id, ==, told->test->mira.id);
  g_assert_cmpstr(last_message(told)->body, ==, body);
  g_assert_cmpint(mails_to(told->test, "agnes@moor.example"), ==, 1); // the acknowledgement alone
}

static void an_answer_held_for_another_reason_acts_when_it_is_released(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  test_set(test, "mails-an-hour", "1");
  answer(&told, MIRA, told.address, "A note.");
  ReceivedResult held = answer(&told, MIRA, told.address, "#reply\nIt is on its way.");
  test->clock.set_to += 15 * CLOCK_DAY; // it came while the token was good
  release(&told, held);
  g_assert_cmpint(last_message(&told)->kind, ==, MESSAGE_AGENT);
  g_assert_cmpint(last_message(&told)->staff_id, ==, test->mira.id);
  g_assert_cmpstr(last_message(&told)->body, ==, "It is on its way.");
  g_assert_cmpint(mails_to(test, "agnes@moor.example"), ==, 2);
}

static void an_answer_that_may_not_act_becomes_a_note(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  test_set(test, "trusted-servers", "mx.godwit.example");
  const char *raw = arena_printf(test->arena,
                                 "Authentication-Results: mx.godwit.example; dmarc=fail header.from=godwit.example\n"
                                 "From: %s\nTo: %s\nMessage-ID: <forged@x>\n\n#reply\n#solve\nPay here.\n",
                                 MIRA, told.address);
  release(&told, test_take_for(test, raw, told.address));
  assert_is_miras_note(&told, "#reply\n#solve\nPay here.");
  g_assert_cmpint(test_thread(test, told.number).conversation->state, ==, CONVERSATION_OPEN);
  test->clock.set_to += 15 * CLOCK_DAY;
  release(&told, answer(&told, MIRA, told.address, "Too late."));
  assert_is_miras_note(&told, "Too late.");
}

static void an_answer_past_the_address_becomes_a_note(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  const char *raw = arena_printf(
    test->arena, "From: %s\nTo: help@godwit.example\nIn-Reply-To: <%s>\nMessage-ID: <p@x>\n\nInternal words.\n", MIRA, told.id);
  release(&told, test_take(test, raw));
  assert_is_miras_note(&told, "Internal words.");
}

static void a_forged_token_names_no_conversation(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  g_autoptr(GError) error = NULL;
  const char *forged = arena_printf(test->arena,
                                    "help+n%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-1-600000.0123456789abcdef@godwit.example",
                                    test->mira.id, told.number);
  ReceivedResult held = answer(&told, MIRA, forged, "#reply\nHi."), released;
  g_assert_true(received_release(test->arena, test->desk, &test->jonas, held.received_id, &released, &error));
  g_assert_cmpint(released.number, !=, told.number);
}

static void an_answer_that_cannot_be_sent_stays_failed(void) {
  Told told = mira_is_told();
  g_autoptr(TestDesk) test = told.test;
  g_autoptr(GError) error = NULL;
  ReceivedResult failed = answer(&told, MIRA, told.address, "#reply\n"), released;
  g_assert_false(received_release(test->arena, test->desk, &test->jonas, failed.received_id, &released, &error));
  g_assert_nonnull(strstr(error->message, "nothing stands below"));
  g_assert_cmpint(test_counts(test).failed, ==, 1);
  g_assert_cmpuint(test_thread(test, told.number).messages.count, ==, 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/notify/what-a-notice-says", a_notice_says_who_wrote_what_and_how_to_answer);
  g_test_add_func("/notify/only-who-wants", only_who_wants_to_hear_is_told);
  g_test_add_func("/notify/machines-and-who-left", a_machine_and_a_person_who_left_cause_no_notice);
  g_test_add_func("/notify/so-often", one_person_is_told_so_often_and_no_more);
  g_test_add_func("/answer/case-41-note", an_answer_is_a_note_and_stays_in_the_house);
  g_test_add_func("/answer/case-41-reply", an_answer_goes_out_when_its_first_line_says_so);
  g_test_add_func("/answer/case-41-solve-and-assign", commands_solve_and_assign);
  g_test_add_func("/answer/case-41-command-below", a_command_below_the_top_is_text);
  g_test_add_func("/answer/twice", the_same_answer_twice_is_one);
  g_test_add_func("/answer/merged", an_answer_reaches_a_merged_conversation);
  g_test_add_func("/answer/case-41-somebody-else", who_was_not_told_cannot_answer);
  g_test_add_func("/answer/case-41-forged-token", a_forged_or_changed_token_opens_nothing);
  g_test_add_func("/answer/case-41-runs-out", a_token_runs_out);
  g_test_add_func("/answer/archive", an_archive_answers_nothing);
  g_test_add_func("/answer/case-41-who-left", who_left_cannot_answer);
  g_test_add_func("/answer/case-53-failing-sender", a_failing_sender_never_acts_as_an_agent);
  g_test_add_func("/answer/past-the-address", an_answer_past_the_address_is_held);
  g_test_add_func("/answer/absence-note", an_absence_note_to_a_notice_troubles_nobody);
  g_test_add_func("/answer/empty-reply", an_empty_reply_is_kept_as_failed_with_the_reason);
  g_test_add_func("/answer/released/acts", an_answer_held_for_another_reason_acts_when_it_is_released);
  g_test_add_func("/answer/released/may-not-act", an_answer_that_may_not_act_becomes_a_note);
  g_test_add_func("/answer/released/past-the-address", an_answer_past_the_address_becomes_a_note);
  g_test_add_func("/answer/released/forged-token", a_forged_token_names_no_conversation);
  g_test_add_func("/answer/released/cannot-be-sent", an_answer_that_cannot_be_sent_stays_failed);
  return g_test_run();
}
