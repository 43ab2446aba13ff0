// Taking in mail: what becomes of it, that it comes once, and that nobody lands in somebody else's conversation.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define BRAM "Bram Visser <bram@visser.example>"

static void a_first_mail_opens_a_conversation(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult result = test_write(test, AGNES, "a1@moor.example", "My bell", NULL, NULL);
  g_assert_cmpint(result.state, ==, RECEIVED_FILED);
  g_assert_true(result.is_new);
  g_assert_cmpint(result.number, ==, 1001);
  Thread thread = test_thread(test, result.number);
  g_assert_cmpstr(thread.conversation->subject, ==, "My bell");
  g_assert_cmpstr(thread.conversation->customer_name, ==, "Agnes Moor");
  g_assert_cmpstr(thread.conversation->customer_address, ==, "agnes@moor.example");
  g_assert_cmpint(thread.conversation->waiting_since, ==, test->clock.set_to);
  g_assert_cmpint(thread.conversation->state, ==, CONVERSATION_OPEN);
  g_assert_cmpstr(thread.messages.items[0].body, ==, "Hello, my bell is broken.");
  g_assert_nonnull(thread.messages.items[0].reading);
}

static void the_original_comes_back_byte_for_byte(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  static const char head[] = "From: agnes@moor.example\r\nSubject: \xff\xfe odd\r\n\r\n";
  char raw[600];
  for (size_t i = 0; i < sizeof raw; i++) raw[i] = (char)(i * 7); // NUL bytes too
  memcpy(raw, head, sizeof head - 1);
  Bytes bytes = bytes_of(raw, sizeof raw);
  ReceivedInput input = {.raw = bytes, .mail = mail_parse(test->arena, bytes)};
  ReceivedResult result;
  received_take(test->arena, test->desk, &input, &result, &error);
  g_assert_no_error(error);
  Bytes kept;
  message_original(test->arena, test->desk, result.message_id, &kept, &error);
  g_assert_no_error(error);
  g_assert_cmpmem(kept.data, kept.size, raw, sizeof raw);
}

static void the_same_bytes_come_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@moor.example", NULL, NULL, NULL);
  ReceivedResult again = test_write(test, AGNES, "a1@moor.example", NULL, NULL, NULL);
  g_assert_true(again.was_known);
  g_assert_cmpint(again.number, ==, first.number);
  g_assert_cmpint(again.message_id, ==, first.message_id);
  g_assert_cmpint(test_counts(test).originals, ==, 1);
}

static void a_reused_message_id_with_other_words_is_another_mail(void) { // doc/mail.md 34
  g_autoptr(TestDesk) test = test_desk_new();
  test_write(test, AGNES, "yearly@moor.example", NULL, NULL, "This is the mail of 2025.");
  ReceivedResult next = test_write(test, AGNES, "yearly@moor.example", NULL, NULL, "This is the mail of 2026.");
  g_assert_false(next.was_known);
  g_assert_cmpint(test_counts(test).originals, ==, 2);
}

static void an_answer_to_our_mail_joins_by_its_id(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@moor.example", NULL, NULL, NULL);
  const Mail *answer = test_sent_mail(test, test_reply(test, first.number, "I will send you a new bell on Monday."));
  ReceivedResult second = test_write(test, AGNES, "a2@moor.example", "Re: A question", answer->message_id, "Thank you.");
  g_assert_false(second.is_new);
  g_assert_cmpint(second.number, ==, first.number);
}

static void an_answer_joins_by_any_id_of_both_headers(void) { // doc/mail.md 1
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@moor.example", NULL, NULL, NULL);
  ReceivedResult second = test_take(test,
                                    "From: agnes@moor.example\nSubject: no thread words\nMessage-ID: <a2@moor.example>\n"
                                    "In-Reply-To: <nobody-knows@this>\nReferences: <a1@moor.example> <else@where>\n\nMore.\n");
  g_assert_cmpint(second.number, ==, first.number);
}

static void an_answer_joins_by_the_token_alone(void) { // doc/mail.md 2
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@moor.example", NULL, NULL, NULL);
  const char *token = reply_token(test->arena, test->desk, first.number);
  const char *to = mail_address_with_tag(test->arena, "help@godwit.example", token);
  const char *raw = "From: agnes@moor.example\nSubject: all ids lost\n\nMore words.\n";
  g_assert_cmpint(test_take_for(test, raw, to).number, ==, first.number);
}

static void a_forged_token_joins_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@moor.example", NULL, NULL, NULL);
  const char *to = arena_printf(test->arena, "help+%" G_GINT64_FORMAT ".0000000000000000@godwit.example", first.number);
  ReceivedResult forged = test_take_for(test, "From: agnes@moor.example\nSubject: x\n\nHi.\n", to);
  g_assert_true(forged.is_new);
  g_assert_cmpint(test_thread(test, forged.number).conversation->linked_to, ==, 0);
}

static void a_stranger_with_the_right_id_gets_a_conversation_of_their_own(void) { // doc/mail.md 4
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@moor.example", NULL, NULL, NULL);
  ReceivedResult stranger = test_write(test, BRAM, "b1@visser.example", "Re: A question", "a1@moor.example", "Me too.");
  g_assert_true(stranger.is_new);
  g_assert_cmpint(stranger.number, !=, first.number);
  g_assert_cmpint(test_thread(test, stranger.number).conversation->linked_to, ==, first.number);
}

static void a_stranger_with_the_right_token_gets_a_conversation_of_their_own(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@moor.example", NULL, NULL, NULL);
  const char *to = mail_address_with_tag(test->arena, "help@godwit.example", reply_token(test->arena, test->desk, first.number));
  ReceivedResult stranger = test_take_for(test, "From: bram@visser.example\nSubject: x\n\nHi.\n", to);
  g_assert_true(stranger.is_new);
}

static void a_number_in_the_subject_counts_for_participants_only(void) { // doc/mail.md 5, 6
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@moor.example", NULL, NULL, NULL);
  g_assert_cmpint(test_write(test, AGNES, "a2@moor.example", "About [#1001]", NULL, NULL).number, ==, first.number);
  g_assert_true(test_write(test, BRAM, "b1@visser.example", "About [#1001]", NULL, NULL).is_new);
  g_assert_true(test_write(test, AGNES, "a3@moor.example", "Model X[#1001a] and #1001", NULL, NULL).is_new);
}

static void whom_the_customer_copied_may_answer(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_take(
    test, "From: agnes@moor.example\nTo: help@godwit.example\nCc: bram@visser.example\nMessage-ID: <a1@x>\n\nHi.\n");
  g_assert_cmpint(test_write(test, BRAM, "b1@x", NULL, "a1@x", "I saw it too.").number, ==, first.number);
}

static void an_answer_reopens_what_was_solved(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  g_assert_true(conversation_solve(test->desk, &test->mira, first.number, &error));
  test->clock.set_to += CLOCK_DAY;
  test_write(test, AGNES, "a2@x", NULL, "a1@x", "It broke again.");
  Conversation *conversation = test_thread(test, first.number).conversation;
  g_assert_cmpint(conversation->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(conversation->waiting_since, ==, test->clock.set_to);
  test_counts(test);
}

static void an_answer_months_later_opens_a_linked_conversation(void) { // doc/mail.md 8
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  g_assert_true(conversation_solve(test->desk, &test->mira, first.number, &error));
  test->clock.set_to += 31 * CLOCK_DAY;
  ReceivedResult late = test_write(test, AGNES, "a2@x", NULL, "a1@x", "Another thing.");
  g_assert_true(late.is_new);
  g_assert_cmpint(test_thread(test, late.number).conversation->linked_to, ==, first.number);
}

static void an_out_of_office_note_neither_reopens_nor_waits(void) { // doc/mail.md 9
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  g_assert_true(conversation_solve(test->desk, &test->mira, first.number, &error));
  ReceivedResult away = test_take(
    test, "From: agnes@moor.example\nSubject: Away\nIn-Reply-To: <a1@x>\nAuto-Submitted: auto-replied\n\nI am away.\n");
  g_assert_cmpint(away.number, ==, first.number);
  Conversation *conversation = test_thread(test, first.number).conversation;
  g_assert_cmpint(conversation->state, ==, CONVERSATION_SOLVED);
  g_assert_cmpint(conversation->waiting_since, ==, 0);
}

// A mail server's report about one of our mails: "failed" or "delayed". `mail_id` NULL: it does not say which.
static const char *report_of(TestDesk *test, const char *action, const char *mail_id, const char *to) {
  const char *id_line = mail_id ? arena_printf(test->arena, "Message-ID: <%s>\n", mail_id) : "";
  return arena_printf(test->arena,
                      "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: %s\nSubject: Your mail\nMIME-Version: 1.0\n"
                      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSee below.\n--b\n"
                      "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
                      "Final-Recipient: rfc822; agnes@moor.example\nAction: %s\nStatus: %s\n\n--b\n"
                      "Content-Type: message/rfc822\n\n%sSubject: Re\n\nx\n--b--\n",
                      to, action, strcmp(action, "delayed") == 0 ? "4.4.1" : "5.1.1", id_line);
}

static void a_bounce_finds_the_message_that_came_back(void) { // doc/mail.md 15, 17
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  const Mail *answer = test_sent_mail(test, test_reply(test, first.number, "I will send you a new bell."));
  const char *raw = report_of(test, "failed", answer->message_id, "help@godwit.example");
  ReceivedResult bounce = test_take(test, raw);
  g_assert_cmpint(bounce.number, ==, first.number);
  bool seen = false;
  Thread thread = test_thread(test, first.number);
  list_each(const Message, message, &thread.messages)
    if (message->kind == MESSAGE_AGENT) seen = message->state == MESSAGE_RETURNED;
  g_assert_true(seen);
}

static int64_t notices_of(TestDesk *test, int64_t number) {
  int64_t count = 0;
  Thread thread = test_thread(test, number);
  list_each(const Message, message, &thread.messages) count += message->kind == MESSAGE_AUTOMATIC;
  return count;
}

static void after_a_bounce_the_answer_still_goes_to_the_customer(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  const Mail *answer = test_sent_mail(test, test_reply(test, first.number, "I will send you a new bell."));
  test_take(test, report_of(test, "failed", answer->message_id, "help@godwit.example"));
  g_assert_cmpstr(test_thread(test, first.number).conversation->customer_address, ==, "agnes@moor.example");
  g_assert_cmpstr(test_sent_mail(test, test_reply(test, first.number, "Once more."))->to.items[0].address, ==,
                  "agnes@moor.example");
  g_assert_true(test_write(test, "MAILER-DAEMON@mx.example", "d1@x", "[#1001]", NULL, NULL).is_new); // and takes part in nothing
}

static void a_bounce_without_the_id_comes_home_by_the_token(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  const char *to = mail_address_with_tag(test->arena, "help@godwit.example", reply_token(test->arena, test->desk, first.number));
  g_assert_cmpint(test_take_for(test, report_of(test, "failed", NULL, to), to).number, ==, first.number);
}

static void nothing_automatic_goes_to_an_address_that_came_back_until_it_writes_again(void) { // doc/mail.md 17
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_take(
    test, "From: form@shop.example\nReply-To: agnes@moor.example\nMessage-ID: <a1@x>\nSubject: s\n\nx\n");
  const Mail *answer = test_sent_mail(test, test_reply(test, first.number, "I will send you a new bell."));
  test_take(test, report_of(test, "failed", answer->message_id, "help@godwit.example"));
  g_assert_cmpint(
    notices_of(test, test_take(test, "From: form@shop.example\nReply-To: agnes@moor.example\nSubject: t\n\ny\n").number), ==, 0);
  g_assert_cmpint(notices_of(test, test_write(test, AGNES, "a3@x", "Here I am", NULL, NULL).number), ==, 1);
}

static void users_of_a_web_form_are_customers_of_their_own(void) { // doc/mail.md 37
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult agnes = test_take(test, "From: form@shop.example\nReply-To: Agnes <agnes@moor.example>\nSubject: s\n\nx\n");
  ReceivedResult bram = test_take(test, "From: form@shop.example\nReply-To: bram@visser.example\nSubject: About [#1001]\n\ny\n");
  g_assert_true(bram.is_new);
  g_assert_cmpstr(test_thread(test, agnes.number).conversation->customer_name, ==, "Agnes");
  g_assert_cmpuint(test_thread(test, agnes.number).others.count, ==, 0);
}

static void a_forged_sender_with_a_number_diverts_no_answer(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  ReceivedResult forged = test_take(
    test, "From: agnes@moor.example\nReply-To: evil@bad.example\nSubject: Re: [#1001]\n\nAnswer me here.\n");
  g_assert_true(forged.is_new);
  g_assert_cmpstr(test_sent_mail(test, test_reply(test, first.number, "Hello."))->to.items[0].address, ==, "agnes@moor.example");
}

static void an_answer_that_only_quotes_us_does_not_put_our_words_into_the_customers_mouth(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  test_write(test, AGNES, "a2@x", "Re: A question", "a1@x", "On Monday, Mira wrote:\n> I am furious about this bell.\n");
  Thread thread = test_thread(test, first.number);
  const Message *message = &thread.messages.items[thread.messages.count - 1];
  g_assert_cmpstr(message->body, ==, "(no text)");
  g_assert_null(message->reading);
}

static void a_report_of_a_delay_is_kept_and_fails_nothing(void) { // doc/mail.md 16
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  const Mail *answer = test_sent_mail(test, test_reply(test, first.number, "I will send you a new bell."));
  const char *raw = report_of(test, "delayed", answer->message_id, "help@godwit.example");
  ReceivedResult report = test_take(test, raw);
  g_assert_cmpint(report.number, ==, first.number);
  Thread thread = test_thread(test, first.number);
  list_each(const Message, message, &thread.messages)
    if (message->kind == MESSAGE_AGENT) g_assert_cmpint(message->state, ==, MESSAGE_WAITING);
}

static void a_forward_without_own_words_shows_what_was_forwarded(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult result = test_write(
    test, AGNES, "f1@x", "Fwd: The bill", NULL,
    "---------- Forwarded message ---------\nFrom: Bram <bram@visser.example>\nSubject: The bill\n\nThe bill is wrong.");
  const Message *message = &test_thread(test, result.number).messages.items[0];
  g_assert_nonnull(strstr(message->body, "The bill is wrong."));
}

static void a_person_is_acknowledged_with_the_number(void) { // part 1
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  Thread thread = test_thread(test, first.number);
  g_assert_cmpuint(thread.messages.count, ==, 2);
  const Message *notice = &thread.messages.items[1];
  g_assert_cmpint(notice->kind, ==, MESSAGE_AUTOMATIC);
  g_assert_nonnull(strstr(notice->body, "#1001"));
  g_assert_nonnull(strstr(notice->body, "Monday, 23 November"));
  Bytes raw;
  g_assert_true(message_original(test->arena, test->desk, notice->id, &raw, &error));
  const char *text = arena_strndup(test->arena, raw.data, raw.size);
  g_assert_nonnull(strstr(text, "Auto-Submitted: auto-replied"));
  g_assert_nonnull(strstr(text, "In-Reply-To: <a1@x>"));
  OutboxMail *mail = NULL;
  int64_t next = 0;
  g_assert_true(outbox_claim(test->arena, test->desk, &mail, &next, &error));
  g_assert_cmpstr(mail->sender, ==, ""); // RFC 3834: nobody answers it
  g_assert_cmpstr(mail->recipients, ==, "agnes@moor.example");
}

static void a_second_mail_is_not_acknowledged_again(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  test_write(test, AGNES, "a2@x", NULL, "a1@x", "One thing more.");
  g_assert_cmpint(notices_of(test, first.number), ==, 1);
}

static void machine_mail_is_never_answered(void) { // doc/mail.md 10
  static const char *const headers[] = {"Auto-Submitted: auto-generated", "Precedence: bulk", "X-Autoreply: yes",
                                        "List-Id: <a.list>", "X-Auto-Response-Suppress: All"};
  g_autoptr(TestDesk) test = test_desk_new();
  for (size_t i = 0; i < G_N_ELEMENTS(headers); i++) {
    ReceivedResult result = test_take(
      test, arena_printf(test->arena, "From: robot%zu@x.example\nSubject: s\n%s\n\nBody.\n", i, headers[i]));
    g_assert_cmpint(notices_of(test, result.number), ==, 0);
    g_assert_cmpint(test_thread(test, result.number).conversation->waiting_since, ==, 0);
  }
  g_assert_cmpint(test_counts(test).outbox, ==, 0);
}

static void our_own_address_is_never_answered(void) { // doc/mail.md 14
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult result = test_write(test, "help@godwit.example", "self@x", NULL, NULL, NULL);
  g_assert_cmpint(notices_of(test, result.number), ==, 0);
}

static void one_address_gets_five_notices_an_hour(void) { // doc/mail.md 13
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t notices = 0;
  for (int i = 0; i < 8; i++)
    notices += notices_of(test, test_write(test, AGNES, arena_printf(test->arena, "n%d@x", i), NULL, NULL, NULL).number);
  g_assert_cmpint(notices, ==, 5);
}

static void other_spellings_of_an_address_are_the_same_address(void) {
  static const char *const spellings[] = {"Victim@bank.example", "vIctim@bank.example", "viCtim@Bank.example",
                                          "vicTim@bAnk.example", "victIm@baNk.example", "victiM@banK.example",
                                          "VICTIM@bank.example", "victim@BANK.example"};
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t notices = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++)
    notices += notices_of(
      test, test_take(test, arena_printf(test->arena, "From: f%zu@x.example\nReply-To: %s\nSubject: s\n\nx\n", i, spellings[i]))
              .number);
  g_assert_cmpint(notices, ==, 5);
}

static void a_released_mail_has_waited_since_it_came(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedResult held = {0}, released;
  test_set(test, "conversations-an-hour", "1000");
  for (int i = 0; i < 101; i++) held = test_write(test, AGNES, arena_printf(test->arena, "f%d@x", i), NULL, NULL, NULL);
  int64_t came_at = test->clock.set_to;
  test->clock.set_to += 3 * CLOCK_DAY;
  g_assert_true(received_release(test->arena, test->desk, &test->mira, held.received_id, &released, &error));
  g_assert_cmpint(test_thread(test, released.number).conversation->waiting_since, ==, came_at);
}

static void a_flood_goes_to_quarantine_and_comes_back_by_hand(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedResult last = {0};
  test_set(test, "conversations-an-hour", "1000");
  for (int i = 0; i < 101; i++) last = test_write(test, AGNES, arena_printf(test->arena, "f%d@x", i), NULL, NULL, NULL);
  g_assert_cmpint(last.state, ==, RECEIVED_QUARANTINED);
  g_assert_nonnull(strstr(last.reason, "agnes@moor.example"));
  g_assert_cmpint(test_counts(test).quarantined, ==, 1);
  ReceivedMailList held = {0};
  bool more = false;
  g_assert_true(received_list(test->arena, test->desk, RECEIVED_QUARANTINED, 0, &held, &more, &error));
  g_assert_cmpuint(held.count, ==, 1);
  ReceivedResult released;
  g_assert_true(received_release(test->arena, test->desk, &test->mira, held.items[0].id, &released, &error));
  g_assert_cmpint(released.number, >, 0);
  g_assert_false(received_release(test->arena, test->desk, &test->mira, held.items[0].id, &released, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_assert_cmpint(test_counts(test).quarantined, ==, 0);
}

static void our_own_machine_mail_coming_back_is_held(void) { // doc/mail.md 12
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedResult looped = test_take(
    test, "From: help@godwit.example\nAuto-Submitted: auto-replied\nSubject: We have your message\n\nx\n");
  g_assert_cmpint(looped.state, ==, RECEIVED_QUARANTINED);
  g_assert_true(received_dismiss(test->desk, &test->mira, looped.received_id, &error));
  g_assert_cmpint(test_counts(test).dismissed, ==, 1);
}

static void our_own_answer_coming_back_is_held(void) { // doc/mail.md 12
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Bytes raw;
  int64_t id = test_reply(test, test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number, "I will send you a new bell.");
  g_assert_true(message_original(test->arena, test->desk, id, &raw, &error));
  g_assert_cmpint(test_take(test, arena_strndup(test->arena, raw.data, raw.size)).state, ==, RECEIVED_QUARANTINED);
  g_assert_cmpint(
    test_take(test, "From: help@other.example\nX-Rapport-Loop: 1001.0123456789abcdef\n\nFrom another desk.\n").state, ==,
    RECEIVED_FILED);
}

static void an_unusable_sender_still_gets_a_conversation(void) { // doc/mail.md 36
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult result = test_take(test, "From: not an address\nSubject: hello\n\nPlease call me.\n");
  g_assert_cmpint(result.state, ==, RECEIVED_FILED);
  g_assert_cmpint(notices_of(test, result.number), ==, 0);
  g_assert_true(test_take(test, "").number > 0);
}

static void an_unknown_envelope_address_becomes_a_mailbox(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult result = test_take_for(test, "From: agnes@moor.example\nSubject: s\n\nx\n", "workshop@godwit.example");
  g_assert_cmpstr(test_thread(test, result.number).conversation->mailbox_address, ==, "workshop@godwit.example");
}

static void an_address_of_only_a_mark_becomes_none(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  static const char *const odd[] = {"workshop+@godwit.example", "+x@godwit.example", "a+b+@godwit.example"};
  for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
    const char *raw = arena_printf(test->arena, "From: agnes@moor.example\nSubject: s%zu\n\nx\n", i);
    ReceivedResult result = test_take_for(test, raw, odd[i]);
    g_assert_cmpint(result.state, ==, RECEIVED_FILED);
    g_assert_null(strchr(test_thread(test, result.number).conversation->mailbox_address, '+'));
  }
}

static void answers_go_where_reply_to_says(void) { // doc/mail.md 37
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult form = test_take(test, "From: form@shop.example\nReply-To: Agnes <agnes@moor.example>\nSubject: s\n\nx\n");
  g_assert_cmpstr(test_thread(test, form.number).conversation->customer_address, ==, "agnes@moor.example");
  g_assert_cmpstr(test_sent_mail(test, test_reply(test, form.number, "Hello."))->to.items[0].address, ==, "agnes@moor.example");
}

static void html_and_attachments_are_kept(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedResult result = test_take(
    test, "From: agnes@moor.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n--m\n"
          "Content-Type: text/html\n\n<p>Look at <b>this</b></p>\n--m\nContent-Type: image/png\n"
          "Content-Disposition: attachment; filename=bell.png\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n--m--\n");
  const Message *message = &test_thread(test, result.number).messages.items[0];
  g_assert_true(message->has_html);
  g_assert_cmpuint(message->attachments.count, ==, 1);
  Attachment *attachment = NULL;
  Bytes bytes;
  g_assert_true(attachment_load(test->arena, test->desk, message->attachments.items[0].id, &attachment, &bytes, &error));
  g_assert_cmpstr(attachment->name, ==, "bell.png");
  g_assert_cmpmem(bytes.data, bytes.size, "hello", 5);
}

typedef struct Delivery {
  const char *where;
  int first, step, count;
} Delivery;

static gpointer deliver_many(gpointer data) {
  const Delivery *delivery = data;
  for (int i = 0; i < delivery->count; i++) {
    g_autoptr(Arena) arena = arena_new();
    Clock clock = clock_standing_at(INT64_C(1795338000) * CLOCK_SECOND);
    g_autoptr(GError) error = NULL;
    Desk *desk = desk_join(arena, delivery->where, &clock, &random_system, &error);
    g_assert_no_error(error);
    Bytes raw = bytes_of_text(arena_printf(arena, "From: c%d@x.example\nMessage-ID: <m%d@x>\nSubject: s\n\nx\n", i % 3, i));
    ReceivedInput input = {.raw = raw, .mail = mail_parse(arena, raw), .envelope_to = "help@godwit.example"};
    ReceivedResult result;
    while (!received_take(arena, desk, &input, &result, &error)) {
      g_assert_true(error_is(error, ERROR_BUSY));
      g_clear_error(&error);
    }
  }
  return NULL;
}

static void two_processes_with_the_same_mails_keep_each_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Delivery delivery = {.where = test->where, .count = 30};
  GThread *one = g_thread_new("one", deliver_many, &delivery), *two = g_thread_new("two", deliver_many, &delivery);
  g_thread_join(one);
  g_thread_join(two);
  DeskCounts counts = test_counts(test);
  g_assert_cmpint(counts.originals, ==, 30);
  g_assert_cmpint(counts.conversations, ==, 30);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/received/opens-a-conversation", a_first_mail_opens_a_conversation);
  g_test_add_func("/received/original-byte-for-byte", the_original_comes_back_byte_for_byte);
  g_test_add_func("/received/same-bytes-once", the_same_bytes_come_once);
  g_test_add_func("/received/case-34-reused-message-id", a_reused_message_id_with_other_words_is_another_mail);
  g_test_add_func("/received/thread/our-id", an_answer_to_our_mail_joins_by_its_id);
  g_test_add_func("/received/thread/case-1-any-id", an_answer_joins_by_any_id_of_both_headers);
  g_test_add_func("/received/thread/case-2-token", an_answer_joins_by_the_token_alone);
  g_test_add_func("/received/thread/forged-token", a_forged_token_joins_nothing);
  g_test_add_func("/received/thread/case-4-stranger-with-id", a_stranger_with_the_right_id_gets_a_conversation_of_their_own);
  g_test_add_func("/received/thread/stranger-with-token", a_stranger_with_the_right_token_gets_a_conversation_of_their_own);
  g_test_add_func("/received/thread/case-5-number-in-subject", a_number_in_the_subject_counts_for_participants_only);
  g_test_add_func("/received/thread/copied-person", whom_the_customer_copied_may_answer);
  g_test_add_func("/received/thread/reopens", an_answer_reopens_what_was_solved);
  g_test_add_func("/received/thread/case-8-months-later", an_answer_months_later_opens_a_linked_conversation);
  g_test_add_func("/received/thread/case-9-out-of-office", an_out_of_office_note_neither_reopens_nor_waits);
  g_test_add_func("/received/thread/case-15-bounce", a_bounce_finds_the_message_that_came_back);
  g_test_add_func("/received/thread/case-16-delay", a_report_of_a_delay_is_kept_and_fails_nothing);
  g_test_add_func("/received/thread/case-15-answer-after-bounce", after_a_bounce_the_answer_still_goes_to_the_customer);
  g_test_add_func("/received/thread/case-15-bounce-by-token", a_bounce_without_the_id_comes_home_by_the_token);
  g_test_add_func("/received/case-17-undeliverable", nothing_automatic_goes_to_an_address_that_came_back_until_it_writes_again);
  g_test_add_func("/received/case-37-web-form", users_of_a_web_form_are_customers_of_their_own);
  g_test_add_func("/received/thread/forged-reply-to", a_forged_sender_with_a_number_diverts_no_answer);
  g_test_add_func("/received/only-our-quote", an_answer_that_only_quotes_us_does_not_put_our_words_into_the_customers_mouth);
  g_test_add_func("/received/case-13-spellings", other_spellings_of_an_address_are_the_same_address);
  g_test_add_func("/received/released-since", a_released_mail_has_waited_since_it_came);
  g_test_add_func("/received/forward-without-words", a_forward_without_own_words_shows_what_was_forwarded);
  g_test_add_func("/received/acknowledged", a_person_is_acknowledged_with_the_number);
  g_test_add_func("/received/acknowledged-once", a_second_mail_is_not_acknowledged_again);
  g_test_add_func("/received/case-10-machine-mail", machine_mail_is_never_answered);
  g_test_add_func("/received/case-14-own-address", our_own_address_is_never_answered);
  g_test_add_func("/received/case-13-five-notices", one_address_gets_five_notices_an_hour);
  g_test_add_func("/received/case-13-flood", a_flood_goes_to_quarantine_and_comes_back_by_hand);
  g_test_add_func("/received/case-12-own-mail", our_own_machine_mail_coming_back_is_held);
  g_test_add_func("/received/case-12-own-answer", our_own_answer_coming_back_is_held);
  g_test_add_func("/received/case-36-unusable-sender", an_unusable_sender_still_gets_a_conversation);
  g_test_add_func("/received/unknown-envelope", an_unknown_envelope_address_becomes_a_mailbox);
  g_test_add_func("/received/odd-envelope", an_address_of_only_a_mark_becomes_none);
  g_test_add_func("/received/case-37-reply-to", answers_go_where_reply_to_says);
  g_test_add_func("/received/html-and-attachments", html_and_attachments_are_kept);
  g_test_add_func("/received/two-processes", two_processes_with_the_same_mails_keep_each_once);
  return g_test_run();
}
