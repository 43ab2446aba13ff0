// The hard cases of mail as the desk decides them (doc/mail.md; each test names its number). What the parser finds in a mail has its own
// tests; where a case hangs on that alone, the Mail is changed here as a server or a parser would have it.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/mailbox/mailbox.h"
#include "desk/outbox/outbox.h"
#include "desk/policy/policy.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define BRAM "Bram Visser <bram@visser.example>"
#define HELP "help@godwit.example"

static Conversation *shown(TestDesk *test, int64_t number) { return test_thread(test, number).conversation; }

static const Message *last_message(TestDesk *test, int64_t number) {
  Thread thread = test_thread(test, number);
  return &thread.messages.items[thread.messages.count - 1];
}

static int64_t count_of(TestDesk *test, int64_t number, MessageKind kind) {
  Thread thread = test_thread(test, number);
  int64_t count = 0;
  list_each(const Message, message, &thread.messages) count += message->kind == kind;
  return count;
}

static bool had_event(TestDesk *test, int64_t number, EventKind kind) {
  Thread thread = test_thread(test, number);
  list_each(const Event, event, &thread.events)
    if (event->kind == kind) return true;
  return false;
}

static void the_newest_conversation_wins(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  ReceivedResult second = test_write(test, AGNES, "a2@x", "Another", NULL, NULL);
  const char *raw = "From: agnes@moor.example\nMessage-ID: <a3@x>\nReferences: <a1@x> <a2@x>\nSubject: s\n\nTo both.\n";
  g_assert_cmpint(test_take(test, raw).number, ==, second.number);
}

static ReceivedResult form_mail(TestDesk *test, const char *who) { // a web form whose mails all name one
  return test_take(test, arena_printf(test->arena,
                                      "From: form@shop.example\nReply-To: %s@moor.example\nMessage-ID: <%s@shop>\n"
                                      "References: <agnes@shop>\nSubject: s\n\nx\n",
                                      who, who));
}

static void a_shared_id_joins_nobody(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult one = form_mail(test, "agnes"), other = form_mail(test, "bram");
  g_assert_true(other.is_new);
  g_assert_cmpint(shown(test, other.number)->linked_to, ==, one.number);
}

static void the_same_person_by_the_same_form_goes_on(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult one = form_mail(test, "agnes");
  const char *again =
    "From: form@shop.example\nReply-To: agnes@moor.example\nMessage-ID: <2@shop>\nReferences: <agnes@shop>\nSubject: s\n\ny\n";
  g_assert_cmpint(test_take(test, again).number, ==, one.number);
  g_assert_cmpuint(test_thread(test, one.number).participants.count, ==, 1); // she; the form is nobody
  const char *robot =
    "From: form@shop.example\nAuto-Submitted: auto-generated\nMessage-ID: <3@shop>\nReferences: <agnes@shop>\nSubject: s\n\nz\n";
  g_assert_true(test_take(test, robot).is_new); // the form alone may be speaking for anybody
}

static void a_number_inside_a_word_is_none(void) {
  static const char *const subjects[] = {"x[#1001]", "[#1001]y",           "[#1001", "#1001", "[# 1001]",
                                         "[#-1001]", "<b title=\"#1001\">"};
  g_autoptr(TestDesk) test = test_desk_new();
  test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++)
    g_assert_true(test_write(test, AGNES, arena_printf(test->arena, "s%zu@x", i), subjects[i], NULL, NULL).is_new);
  g_assert_cmpint(test_write(test, AGNES, "t@x", "AW: [#1001]: yes", NULL, NULL).number, ==, 1001);
}

static void the_time_to_reopen_is_a_setting(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_set(test, "reopen-within", "3 days");
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  g_assert_true(conversation_solve(test->desk, &test->mira, first.number, &error));
  test->clock.set_to += 2 * CLOCK_DAY;
  g_assert_false(test_write(test, AGNES, "a2@x", NULL, "a1@x", "Again.").is_new);
  g_assert_true(conversation_solve(test->desk, &test->mira, first.number, &error));
  test->clock.set_to += 4 * CLOCK_DAY;
  g_assert_true(test_write(test, AGNES, "a3@x", NULL, "a1@x", "And again.").is_new);
}

static const char *dated(TestDesk *test, const char *trace, const char *id, const char *words) {
  return arena_printf(test->arena,
                      "Received: %s\nFrom: agnes@moor.example\nTo: help@godwit.example, sales@godwit.example\nSubject: Both\n"
                      "Message-ID: <%s>\nDate: Sun, 22 Nov 2026 08:00:00 +0000\n\n%s\n",
                      trace, id, words);
}

static void add_sales(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  int64_t id;
  mailbox_add(test->desk, "sales@godwit.example", "Sales", "", &id, &error);
  g_assert_no_error(error);
}

static void one_mail_to_two_mailboxes_is_one_conversation(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  add_sales(test);
  ReceivedResult first = test_take_for(test, dated(test, "by mx1", "b@x", "Hello."), HELP);
  ReceivedResult second = test_take_for(test, dated(test, "by mx2", "b@x", "Hello."), "sales@godwit.example");
  g_assert_false(second.was_known); // its bytes are kept
  g_assert_cmpint(second.number, ==, first.number);
  g_assert_cmpint(second.message_id, ==, first.message_id);
  Thread thread = test_thread(test, first.number);
  g_assert_cmpuint(thread.came_too.count, ==, 1);
  g_assert_cmpstr(thread.came_too.items[0], ==, "sales@godwit.example");
  g_assert_cmpint(count_of(test, first.number, MESSAGE_CUSTOMER), ==, 1);
  g_assert_cmpint(count_of(test, first.number, MESSAGE_AUTOMATIC), ==, 1);
  g_assert_true(had_event(test, first.number, EVENT_CAME_TOO));
  g_assert_cmpint(test_counts(test).originals, ==, 2);
}

static void one_transaction_for_two_mailboxes_is_one_conversation(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  add_sales(test);
  Bytes raw = bytes_of_text(dated(test, "by mx1", "b@x", "Hello."));
  ReceivedInput input = {.raw = raw, .mail = mail_parse(test->arena, raw), .envelope_to = HELP};
  *list_add(test->arena, &input.envelope_more) = "sales@godwit.example";
  *list_add(test->arena, &input.envelope_more) = "help@godwit.example";
  ReceivedResult result;
  g_assert_true(received_take(test->arena, test->desk, &input, &result, &error));
  g_assert_cmpuint(test_thread(test, result.number).came_too.count, ==, 1);
  g_assert_cmpint(test_counts(test).originals, ==, 1);
}

static void the_envelope_of_a_quarantined_mail_is_remembered(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  add_sales(test);
  test_set(test, "mails-an-hour", "1");
  test_write(test, AGNES, "a@x", NULL, NULL, NULL);
  Bytes raw = bytes_of_text(dated(test, "by mx1", "b@x", "Hello."));
  ReceivedInput input = {.raw = raw, .mail = mail_parse(test->arena, raw), .envelope_to = HELP};
  *list_add(test->arena, &input.envelope_more) = "sales@godwit.example";
  ReceivedResult held, released;
  g_assert_true(received_take(test->arena, test->desk, &input, &held, &error));
  g_assert_cmpint(held.state, ==, RECEIVED_QUARANTINED);
  g_assert_true(received_release(test->arena, test->desk, &test->mira, held.received_id, &released, &error));
  g_assert_cmpuint(test_thread(test, released.number).came_too.count, ==, 1);
}

static void the_same_id_with_other_words_is_filed(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_take(test, dated(test, "by mx1", "yearly@x", "The mail of 2025."));
  ReceivedResult next = test_take(test, dated(test, "by mx1", "yearly@x", "The mail of 2026."));
  g_assert_cmpint(test_counts(test).messages, ==, 4); // each with its acknowledgement
  g_assert_true(next.is_new);
}

static void a_form_filled_in_twice_is_two_mails(void) { // neither id nor date: nothing says that they are the same
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult one = test_take(test, "Received: 1\nFrom: agnes@moor.example\nSubject: Call me\n\nPlease.\n");
  ReceivedResult other = test_take(test, "Received: 2\nFrom: agnes@moor.example\nSubject: Call me\n\nPlease.\n");
  g_assert_cmpint(other.message_id, !=, one.message_id);
}

static void a_mailbox_may_ignore_reply_to(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  MailboxList mailboxes = {0};
  g_assert_true(mailbox_list(test->arena, test->desk, &mailboxes, &error));
  mailboxes.items[0].reply_to = REPLY_TO_IGNORE;
  g_assert_true(mailbox_change(test->desk, &mailboxes.items[0], &error));
  ReceivedResult result = test_take(test, "From: agnes@moor.example\nReply-To: other@else.example\nSubject: s\n\nx\n");
  g_assert_cmpstr(shown(test, result.number)->customer_address, ==, "agnes@moor.example");
}

static void a_list_that_rewrote_from_says_who_wrote(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  const char *raw =
    "From: Agnes Moor via Help <help@groups.example>\nSubject: s\nMessage-ID: <g@x>\nX-Original-From: x\n\nHello.\n";
  Mail *mail = test_parse(test, raw);
  mail->original_from = (MailAddress){"Agnes Moor", "agnes@moor.example"};
  ReceivedResult result = test_take_parsed(test, raw, mail, HELP);
  g_assert_cmpstr(shown(test, result.number)->customer_address, ==, "agnes@moor.example");
  g_assert_cmpstr(test_thread(test, result.number).messages.items[0].mail->via, ==, "help@groups.example");
  // The list's address takes part in nothing: the next person behind it is somebody else.
  ReceivedResult bram = test_write(test, "Bram via Help <help@groups.example>", "h@x", NULL, "g@x", NULL);
  g_assert_true(bram.is_new);
}

static void judged(TestDesk *test, Mail *mail, const char *server, const char *dmarc) {
  *list_add(test->arena, &mail->authentication) = (MailAuthentication){server, "pass", "pass", dmarc};
}

static void a_failing_check_is_told_when_we_trust_who_says_so(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_set(test, "trusted-servers", "mx.godwit.example other.example");
  const char *raw = "From: agnes@moor.example\nSubject: s\nMessage-ID: <d1@x>\n\nHello.\n";
  Mail *mail = test_parse(test, raw);
  judged(test, mail, "MX.godwit.example", "fail");
  ReceivedResult result = test_take_parsed(test, raw, mail, HELP);
  g_assert_cmpstr(test_thread(test, result.number).messages.items[0].mail->doubt, ==, "DMARC fails, says MX.godwit.example");
}

static void what_an_unknown_server_says_counts_for_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_set(test, "trusted-servers", "mx.godwit.example");
  const char *raw = "From: agnes@moor.example\nSubject: s\nMessage-ID: <d1@x>\n\nHello.\n";
  Mail *mail = test_parse(test, raw);
  judged(test, mail, "mx.evil.example", "fail");
  g_assert_null(test_thread(test, test_take_parsed(test, raw, mail, HELP).number).messages.items[0].mail);
}

static ReceivedResult forward_by(TestDesk *test, const char *from, const char *subject, const char *inner, const char *dmarc) {
  const char *raw = arena_printf(test->arena,
                                 "From: %s\nTo: help@godwit.example\nSubject: %s\nMessage-ID: <f%s@x>\n\nCan we help her?\n",
                                 from, subject, inner);
  Mail *mail = test_parse(test, raw);
  test_set(test, "trusted-servers", "mx.godwit.example");
  if (dmarc) judged(test, mail, "mx.godwit.example", dmarc);
  MailForward *forward = arena_make(test->arena, MailForward);
  *forward = (MailForward){{"Ida Lark", inner}, "The bell", "My bell is mute.", "inner@lark.example"};
  mail->forward = forward;
  return test_take_parsed(test, raw, mail, HELP);
}

static void an_agent_passes_a_customers_mail_on(void) {
  static const char *const subjects[] = {"Fwd: The bell", "WG: The bell", "TR : The bell", "[Fwd: The bell]", "FW: x"};
  for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
    g_autoptr(TestDesk) test = test_desk_new();
    ReceivedResult result = forward_by(test, "Mira <mira@godwit.example>", subjects[i], "ida@lark.example", "pass");
    Thread thread = test_thread(test, result.number);
    g_assert_cmpstr(thread.conversation->customer_name, ==, "Ida Lark");
    g_assert_cmpstr(thread.conversation->customer_address, ==, "ida@lark.example");
    g_assert_cmpstr(thread.conversation->subject, ==, "The bell");
    g_assert_cmpuint(thread.messages.count, ==, 2); // her words, and what the agent wrote above them; no acknowledgement
    g_assert_cmpstr(thread.messages.items[0].body, ==, "My bell is mute.");
    g_assert_cmpstr(thread.messages.items[0].mail->forwarder, ==, "Mira Lindqvist");
    g_assert_cmpint(thread.messages.items[1].kind, ==, MESSAGE_NOTE);
    g_assert_cmpstr(thread.messages.items[1].body, ==, "Can we help her?");
    ReceivedResult answer = test_write(test, "ida@lark.example", "i2@x", "Re: The bell", "inner@lark.example", "Are you there?");
    g_assert_cmpint(answer.number, ==, result.number);
  }
}

static void only_a_verified_agent_speaks_for_a_customer(void) {
  static const struct {
    const char *from, *subject, *inner, *dmarc;
  } cases[] = {
    {"mira@godwit.example", "Fwd: The bell", "ida@lark.example", NULL},          // nobody vouches for the agent
    {"mira@godwit.example", "Fwd: The bell", "ida@lark.example", "fail"},        //
    {"mira@godwit.example", "Fwd: The bell", "ida@lark.example", "none"},        //
    {"bram@visser.example", "Fwd: The bell", "ida@lark.example", "pass"},        // no agent
    {"mira@godwit.example", "Re: The bell", "ida@lark.example", "pass"},         // an answer that quotes
    {"mira@godwit.example", "Forwarding address", "ida@lark.example", "pass"},   // a word
    {"mira@godwit.example", "Fwd: The bell", "x@font-face", "pass"},             // a style sheet
    {"mira@godwit.example", "Fwd: The bell", "mailto:ida@lark.example", "pass"}, // a link
    {"mira@godwit.example", "Fwd: The bell", "not an address", "pass"},          //
    {"mira@godwit.example", "Fwd: The bell", "help@godwit.example", "pass"},     // ours
    {"mira@godwit.example", "Fwd: The bell", "jonas@godwit.example", "pass"},    // a colleague
  };
  g_autoptr(TestDesk) test = test_desk_new();
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    test->clock.set_to += CLOCK_HOUR;
    int64_t number = forward_by(test, cases[i].from, cases[i].subject, cases[i].inner, cases[i].dmarc).number;
    g_assert_cmpstr(shown(test, number)->customer_address, ==, cases[i].from);
  }
}

static void a_person_who_left_speaks_for_nobody(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(staff_disable(test->desk, "mira@godwit.example", &error));
  int64_t number = forward_by(test, "mira@godwit.example", "Fwd: The bell", "ida@lark.example", "pass").number;
  g_assert_cmpstr(shown(test, number)->customer_address, ==, "mira@godwit.example");
}

static void a_wrong_guess_is_corrected_with_one_click(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = forward_by(test, "mira@godwit.example", "Fwd: The bell", "wrong@lark.example", "pass").number;
  g_assert_true(conversation_change_customer(test->desk, &test->mira, number, "ida@lark.example", "Ida", &error));
  Thread thread = test_thread(test, number);
  g_assert_cmpstr(thread.conversation->customer_name, ==, "Ida");
  g_assert_cmpstr(thread.messages.items[0].author_address, ==, "ida@lark.example");
  g_assert_cmpstr(test_sent_mail(test, test_reply(test, number, "Hello."))->to.items[0].address, ==, "ida@lark.example");
  g_assert_true(test_write(test, "wrong@lark.example", "w@x", "[#1001]", NULL, NULL).is_new); // takes part no more
  g_assert_true(had_event(test, number, EVENT_CUSTOMER_CHANGED));
  g_assert_false(conversation_change_customer(test->desk, &test->mira, number, "help@godwit.example", "", &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

static void a_signature_is_folded_from_the_second_mail_on(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  const char *signature = "Agnes Moor\nMoor & Daughters, Bookbinders\nThe Quay 4";
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL,
                                    arena_printf(test->arena, "My bell is mute.\n\n%s", signature));
  g_assert_nonnull(strstr(test_thread(test, first.number).messages.items[0].body, "Bookbinders"));
  test_write(test, AGNES, "a2@x", NULL, "a1@x", arena_printf(test->arena, "It rings again.\n\n%s", signature));
  const Message *second = last_message(test, first.number);
  g_assert_cmpstr(second->body, ==, "It rings again.");
  g_assert_nonnull(strstr(second->quoted, "Bookbinders"));
  test_write(test, AGNES, "a3@x", NULL, "a1@x", arena_printf(test->arena, "Thank you.\n\n%s", signature));
  g_assert_cmpstr(last_message(test, first.number)->body, ==, "Thank you.");
}

static void what_another_sender_ends_with_is_no_signature(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_write(test, AGNES, "a1@x", NULL, NULL, "One.\n\nWith best regards\nfrom the sea");
  ReceivedResult bram = test_write(test, BRAM, "b1@x", NULL, NULL, "Two.\n\nWith best regards\nfrom the sea");
  g_assert_nonnull(strstr(test_thread(test, bram.number).messages.items[0].body, "from the sea"));
}

static void what_a_web_form_ends_with_is_no_signature(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  const char *mail = NULL;
  for (int i = 0; i < 2; i++) {
    mail = arena_printf(
      test->arena, "From: form@shop.example\nReply-To: c%d@x.example\nSubject: s\n\nOrder %d\nUrgent: yes\nReturn: no\n", i, i);
    test_take(test, mail);
  }
  g_assert_nonnull(strstr(test_thread(test, 1002).messages.items[0].body, "Urgent: yes"));
}

static void forty_recipients_take_part_and_no_more(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GString) to = g_string_new("help@godwit.example");
  for (int i = 0; i < 60; i++) g_string_append_printf(to, ", r%02d@many.example", i);
  ReceivedResult result = test_take(
    test, arena_printf(test->arena, "From: agnes@moor.example\nTo: %s\nSubject: s\nMessage-ID: <m@x>\n\nx\n", to->str));
  g_assert_false(test_write(test, "r39@many.example", "r39@x", NULL, "m@x", NULL).is_new);
  g_assert_true(test_write(test, "r40@many.example", "r40@x", NULL, "m@x", NULL).is_new);
  g_assert_cmpuint(test_thread(test, result.number).participants.count, ==, 41);
}

static void headers_from_outside_command_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult plain = test_write(test, AGNES, "a@x", "s", NULL, "x");
  ReceivedResult result = test_take(
    test,
    "From: bram@visser.example\nX-Rapport-State: solved\nX-Rapport-Assign: mira@godwit.example\nX-Rapport-Customer: agnes@moor.example\n"
    "X-Zammad-Ticket-State: closed\nX-Zammad-Ticket-Owner: mira\nX-Zammad-Ignore: true\nX-OTRS-Queue: junk\n"
    "X-Rapport-Conversation: 1001\nX-Rapport-Mailbox: other@godwit.example\nSubject: s\nMessage-ID: <b@x>\n\nx\n");
  Conversation *conversation = shown(test, result.number);
  g_assert_true(result.is_new);
  g_assert_cmpint(result.number, !=, plain.number);
  g_assert_cmpint(conversation->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(conversation->assignee_id, ==, 0);
  g_assert_cmpstr(conversation->customer_address, ==, "bram@visser.example");
  g_assert_cmpstr(conversation->mailbox_address, ==, HELP);
}

static ReceivedResult machine_writes(TestDesk *test, const char *from, const char *topic, const char *id) {
  const char *raw = arena_printf(
    test->arena, "From: %s\nSubject: %s\nMessage-ID: <%s>\nAuto-Submitted: auto-generated\n\nState.\n", from, topic, id);
  Mail *mail = test_parse(test, raw);
  mail->machine_topic = topic;
  return test_take_parsed(test, raw, mail, HELP);
}

static void let_machines_thread(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  MailboxList mailboxes = {0};
  g_assert_true(mailbox_list(test->arena, test->desk, &mailboxes, &error));
  mailboxes.items[0].threads_machines = true;
  g_assert_true(mailbox_change(test->desk, &mailboxes.items[0], &error));
}

static void a_machine_goes_on_with_what_it_wrote_about(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  let_machines_thread(test);
  ReceivedResult down = machine_writes(test, "nagios@ops.example", "nagios:web1/http", "n1@x");
  g_assert_cmpint(machine_writes(test, "nagios@ops.example", "nagios:web1/http", "n2@x").number, ==, down.number);
  g_assert_true(machine_writes(test, "nagios@ops.example", "nagios:web2/http", "n3@x").is_new);
  g_assert_true(machine_writes(test, "nagios@other.example", "nagios:web1/http", "n4@x").is_new); // another's machine
}

static void machines_thread_only_where_that_is_wanted(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  machine_writes(test, "nagios@ops.example", "nagios:web1/http", "n1@x");
  g_assert_true(machine_writes(test, "nagios@ops.example", "nagios:web1/http", "n2@x").is_new);
}

static void an_outage_that_comes_back_is_not_hidden_among_the_solved(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  let_machines_thread(test);
  ReceivedResult down = machine_writes(test, "nagios@ops.example", "nagios:web1/http", "n1@x");
  g_assert_true(conversation_solve(test->desk, &test->mira, down.number, &error));
  ReceivedResult again = machine_writes(test, "nagios@ops.example", "nagios:web1/http", "n2@x");
  g_assert_true(again.is_new);
  g_assert_cmpint(shown(test, again.number)->linked_to, ==, down.number);
}

static void how_a_mail_came_is_kept_beside_it(void) { // 48, 49
  g_autoptr(TestDesk) test = test_desk_new();
  const char *raw = "From: agnes@moor.example\nSubject: s\nMessage-ID: <p@x>\n\nHello.\n";
  Mail *mail = test_parse(test, raw);
  mail->protection = (MailProtection){MAIL_SMIME_SIGNED, MAIL_DOUBTFUL, "agnes@else.example",
                                      "The certificate belongs to another address."};
  MailInvite invite = {.method = "REQUEST",
                       .summary = "A talk\nabout bells",
                       .place = "The shop",
                       .organiser = "agnes@moor.example",
                       .starts_at = 5,
                       .ends_at = 6};
  mail->invite = &invite;
  ReceivedResult result = test_take_parsed(test, raw, mail, HELP);
  const MessageMail *came = test_thread(test, result.number).messages.items[0].mail;
  g_assert_nonnull(came);
  g_assert_cmpint(came->protection.kind, ==, MAIL_SMIME_SIGNED);
  g_assert_cmpint(came->protection.state, ==, MAIL_DOUBTFUL);
  g_assert_cmpstr(came->protection.signer, ==, "agnes@else.example");
  g_assert_cmpstr(came->invite->summary, ==, "A talk about bells");
  g_assert_cmpint(came->invite->ends_at, ==, 6);
  g_assert_null(came->forwarder);
}

static void an_address_that_came_back_is_shown_with_the_customer(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number;
  const Mail *answer = test_sent_mail(test, test_reply(test, number, "Hello."));
  g_assert_false(test_thread(test, number).is_undeliverable);
  test_take(
    test,
    arena_printf(test->arena,
                 "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: help@godwit.example\nSubject: failed\nMIME-Version: 1.0\n"
                 "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSee below.\n--b\n"
                 "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
                 "Final-Recipient: rfc822; agnes@moor.example\nAction: failed\nStatus: 5.1.1\n\n--b\n"
                 "Content-Type: message/rfc822\n\nMessage-ID: <%s>\nSubject: Re\n\nx\n--b--\n",
                 answer->message_id));
  Thread thread = test_thread(test, number);
  g_assert_true(thread.is_undeliverable);
  g_assert_cmpuint(thread.addresses.count, ==, 1);
  g_assert_true(thread.addresses.items[0].is_undeliverable);
}

static ReceivedResult write_to_ourselves(TestDesk *test, int way) {
  return test_take(test, arena_printf(test->arena,
                                      "Received: %d\nFrom: help@godwit.example\nTo: help@godwit.example\nSubject: Self\n"
                                      "Message-ID: <self@x>\n\nx\n",
                                      way));
}

static void our_own_address_opens_once_however_it_came(void) { // 14
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_cmpint(write_to_ourselves(test, 1).number, ==, write_to_ourselves(test, 2).number);
  g_assert_cmpint(test_counts(test).outbox, ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/received/thread/case-3-newest-wins", the_newest_conversation_wins);
  g_test_add_func("/received/thread/case-4-shared-id", a_shared_id_joins_nobody);
  g_test_add_func("/received/thread/case-37-same-form", the_same_person_by_the_same_form_goes_on);
  g_test_add_func("/received/thread/case-6-number-inside-a-word", a_number_inside_a_word_is_none);
  g_test_add_func("/received/thread/case-8-setting", the_time_to_reopen_is_a_setting);
  g_test_add_func("/received/case-14-self", our_own_address_opens_once_however_it_came);
  g_test_add_func("/received/case-17-shown", an_address_that_came_back_is_shown_with_the_customer);
  g_test_add_func("/received/case-34-same-id", the_same_id_with_other_words_is_filed);
  g_test_add_func("/received/case-34-no-id", a_form_filled_in_twice_is_two_mails);
  g_test_add_func("/received/case-35-two-deliveries", one_mail_to_two_mailboxes_is_one_conversation);
  g_test_add_func("/received/case-35-one-transaction", one_transaction_for_two_mailboxes_is_one_conversation);
  g_test_add_func("/received/case-35-quarantined", the_envelope_of_a_quarantined_mail_is_remembered);
  g_test_add_func("/received/case-37-ignored", a_mailbox_may_ignore_reply_to);
  g_test_add_func("/received/case-38-list", a_list_that_rewrote_from_says_who_wrote);
  g_test_add_func("/received/case-40-forward", an_agent_passes_a_customers_mail_on);
  g_test_add_func("/received/case-40-unverified", only_a_verified_agent_speaks_for_a_customer);
  g_test_add_func("/received/case-40-left", a_person_who_left_speaks_for_nobody);
  g_test_add_func("/received/case-40-corrected", a_wrong_guess_is_corrected_with_one_click);
  g_test_add_func("/received/case-43-signature", a_signature_is_folded_from_the_second_mail_on);
  g_test_add_func("/received/case-43-others", what_another_sender_ends_with_is_no_signature);
  g_test_add_func("/received/case-43-form", what_a_web_form_ends_with_is_no_signature);
  g_test_add_func("/received/case-44-forty", forty_recipients_take_part_and_no_more);
  g_test_add_func("/received/case-48-49-facts", how_a_mail_came_is_kept_beside_it);
  g_test_add_func("/received/case-50-headers", headers_from_outside_command_nothing);
  g_test_add_func("/received/case-52-topic", a_machine_goes_on_with_what_it_wrote_about);
  g_test_add_func("/received/case-52-off", machines_thread_only_where_that_is_wanted);
  g_test_add_func("/received/case-52-solved", an_outage_that_comes_back_is_not_hidden_among_the_solved);
  g_test_add_func("/received/case-53-doubt", a_failing_check_is_told_when_we_trust_who_says_so);
  g_test_add_func("/received/case-53-untrusted", what_an_unknown_server_says_counts_for_nothing);
  return g_test_run();
}
