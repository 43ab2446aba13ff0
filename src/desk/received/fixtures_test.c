// The fixtures of the hard cases (tests/mail), taken in by a desk: what the parser finds in them and what the desk does with it fit.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/mailbox/mailbox.h"
#include "desk/outbox/outbox.h"

#define HELP "help@godwit.example"

static Bytes fixture(TestDesk *test, const char *name) {
  g_autofree char *bytes = NULL;
  size_t size = 0;
  g_autoptr(GError) error = NULL;
  g_assert_true(g_file_get_contents(arena_printf(test->arena, FIXTURES "/%s", name), &bytes, &size, &error));
  return bytes_of(arena_copy(test->arena, bytes, size + 1), size);
}

static ReceivedResult take_bytes(TestDesk *test, Bytes raw, const char *envelope_to) {
  g_autoptr(GError) error = NULL;
  ReceivedInput input = {.raw = raw, .mail = mail_parse(test->arena, raw), .envelope_to = envelope_to};
  ReceivedResult result;
  received_take(test->arena, test->desk, &input, &result, &error);
  g_assert_no_error(error);
  return result;
}

static ReceivedResult take(TestDesk *test, const char *name) { return take_bytes(test, fixture(test, name), HELP); }

// As the trusted mail server hands it over.
static ReceivedResult take_vouched_for(TestDesk *test, const char *name) {
  Bytes mail = fixture(test, name);
  static const char head[] = "Authentication-Results: mx.godwit.example; dmarc=pass header.from=godwit.example\n";
  char *raw = arena_alloc(test->arena, sizeof head + mail.size);
  memcpy(raw, head, sizeof head - 1);
  memcpy(raw + sizeof head - 1, mail.data, mail.size);
  return take_bytes(test, bytes_of(raw, sizeof head - 1 + mail.size), HELP);
}

static void every_fixture_ends_somewhere_byte_for_byte(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) folder = g_dir_open(FIXTURES, 0, &error);
  g_assert_no_error(error);
  int count = 0;
  for (const char *name; (name = g_dir_read_name(folder));) {
    if (!g_str_has_suffix(name, ".eml")) continue;
    test->clock.set_to += 2 * CLOCK_HOUR; // no flood
    ReceivedResult result = take(test, name);
    Bytes kept;
    g_assert_true(received_original(test->arena, test->desk, result.received_id, &kept, &error));
    g_assert_true(bytes_equal(kept, fixture(test, name)));
    g_test_message("%s: %s", name, received_state_word(result.state));
    g_assert_cmpint(result.state, !=, RECEIVED_FAILED);
    if (result.state == RECEIVED_FILED) test_thread(test, result.number);
    count++;
  }
  g_assert_cmpint(count, >, 150);
  test_counts(test);
}

static void what_agents_pass_on_opens_in_the_customers_name(void) {
  static const char *const names[] = {
    "40-apple.eml",      "40-attached.eml",       "40-attached-as-the-whole-mail.eml", "40-french.eml",
    "40-gmail.eml",      "40-outlook-german.eml", "40-outlook-original-message.eml",   "40-quoted-forward.eml",
    "40-thunderbird.eml"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autoptr(TestDesk) test = test_desk_new();
    test_set(test, "trusted-servers", "mx.godwit.example");
    ReceivedResult result = take_vouched_for(test, names[i]);
    Thread thread = test_thread(test, result.number);
    g_test_message("%s: %s", names[i], thread.conversation->customer_address);
    g_assert_cmpstr(thread.conversation->customer_address, ==, "ida@lark.example");
    g_assert_nonnull(strstr(thread.messages.items[0].body, "My bell is mute."));
    g_assert_cmpstr(thread.messages.items[0].mail->forwarder, ==, "Mira Lindqvist");
  }
}

static void what_is_no_forward_stays_the_agents_own(void) {
  static const char *const names[] = {"40-answer-is-no-forward.eml", "40-false-hits.eml"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autoptr(TestDesk) test = test_desk_new();
    test_set(test, "trusted-servers", "mx.godwit.example");
    g_assert_cmpstr(test_thread(test, take_vouched_for(test, names[i]).number).conversation->customer_address, ==,
                    "mira@godwit.example");
  }
}

static void lists_say_who_wrote(void) {
  static const char *const names[] = {"38-google-groups.eml", "38-google-groups-sender-only.eml"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autoptr(TestDesk) test = test_desk_new();
    ReceivedResult result = take(test, names[i]);
    g_test_message("%s: %s", names[i], test_thread(test, result.number).conversation->customer_address);
    g_assert_nonnull(test_thread(test, result.number).messages.items[0].mail);
    g_assert_cmpstr(test_thread(test, result.number).messages.items[0].mail->via, !=, "");
  }
}

static void doubts_and_passes_are_read(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_set(test, "trusted-servers", "mx.godwit.example");
  const MessageMail *fails = test_thread(test, take(test, "53-dmarc-fails.eml").number).messages.items[0].mail;
  g_assert_nonnull(strstr(fails->doubt, "mx.godwit.example"));
  g_assert_null(test_thread(test, take(test, "53-dmarc-passes.eml").number).messages.items[0].mail);
}

static void machines_go_on_with_their_topics(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  MailboxList mailboxes = {0};
  g_assert_true(mailbox_list(test->arena, test->desk, &mailboxes, &error));
  mailboxes.items[0].threads_machines = true;
  g_assert_true(mailbox_change(test->desk, &mailboxes.items[0], &error));
  ReceivedResult fires = take(test, "52-alertmanager.eml"), resolved = take(test, "52-alertmanager-resolved.eml");
  g_assert_cmpint(resolved.number, ==, fires.number);
  g_assert_true(take(test, "52-nagios.eml").is_new);
  OutboxMailList outbox = {0};
  g_assert_true(outbox_list(test->arena, test->desk, &outbox, &error));
  g_assert_cmpuint(outbox.count, ==, 0); // no machine is answered, whatever it says of itself
  take(test, "52-person-who-mentions-jira.eml");
  g_assert_true(outbox_list(test->arena, test->desk, &outbox, &error));
  g_assert_cmpuint(outbox.count, ==, 1);
}

static void two_deliveries_are_one_conversation(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t id;
  g_assert_true(mailbox_add(test->desk, "sales@godwit.example", "", "", &id, &error));
  ReceivedResult one = take_bytes(test, fixture(test, "35-a.eml"), HELP);
  ReceivedResult other = take_bytes(test, fixture(test, "35-b.eml"), "sales@godwit.example");
  g_assert_cmpint(one.message_id, ==, other.message_id);
}

static void headers_command_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Conversation *conversation = test_thread(test, take(test, "50-commands-in-headers.eml").number).conversation;
  g_assert_cmpint(conversation->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(conversation->assignee_id, ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/fixtures/every-one-ends-somewhere", every_fixture_ends_somewhere_byte_for_byte);
  g_test_add_func("/fixtures/case-40-forwards", what_agents_pass_on_opens_in_the_customers_name);
  g_test_add_func("/fixtures/case-40-no-forwards", what_is_no_forward_stays_the_agents_own);
  g_test_add_func("/fixtures/case-38-lists", lists_say_who_wrote);
  g_test_add_func("/fixtures/case-53-doubts", doubts_and_passes_are_read);
  g_test_add_func("/fixtures/case-52-topics", machines_go_on_with_their_topics);
  g_test_add_func("/fixtures/case-35-two-deliveries", two_deliveries_are_one_conversation);
  g_test_add_func("/fixtures/case-50-headers", headers_command_nothing);
  return g_test_run();
}
