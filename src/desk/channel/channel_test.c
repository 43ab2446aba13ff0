// What channels tell, and what is told of them.
#include "desk/channel/channel.h"

#include "desk/testing.h"

static ChannelReport begin(TestDesk *test, const char *name) {
  g_autoptr(GError) error = NULL;
  ChannelReport report;
  channel_begin(test->arena, test->desk, CHANNEL_IMAP, name, "help@godwit.example", &report, NULL, &error);
  g_assert_no_error(error);
  return report;
}

static ChannelList list(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  ChannelList channels = {0};
  channel_list(test->arena, test->desk, &channels, &error);
  g_assert_no_error(error);
  return channels;
}

static Channel only(TestDesk *test) {
  ChannelList channels = list(test);
  g_assert_cmpuint(channels.count, ==, 1);
  return channels.items[0];
}

static const char *words(TestDesk *test) {
  Channel channel = only(test);
  return channel_words(test->arena, &channel, test->clock.set_to);
}

static void is_known_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ChannelReport first = begin(test, "help"), second = begin(test, "help");
  g_assert_cmpint(first.id, ==, second.id);
  Channel channel = only(test);
  g_assert_cmpstr(channel.name, ==, "help");
  g_assert_cmpstr(channel.mailbox, ==, "help@godwit.example");
  g_assert_cmpint(channel.made_at, ==, test->clock.set_to);
  g_assert_cmpint(channel.last_mail_at, ==, 0);
}

static void mails_are_counted_and_written_now_and_then(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ChannelReport report = begin(test, "help");
  g_assert_true(channel_note_state(test->desk, &report, CHANNEL_FETCHING, 0, NULL));
  int64_t before = 0, after = 0;
  g_assert_true(channel_changes(test->desk, &before, NULL));
  for (int i = 0; i < 40; i++) g_assert_true(channel_note_mail(test->desk, &report, NULL));
  g_assert_true(channel_changes(test->desk, &after, NULL));
  g_assert_cmpint(after, ==, before);
  g_assert_cmpint(only(test).mails, ==, 0);
  test->clock.set_to += CHANNEL_WRITE_EVERY;
  report.backlog = 7;
  g_assert_true(channel_note_state(test->desk, &report, CHANNEL_FETCHING, 0, NULL));
  Channel channel = only(test);
  g_assert_cmpint(channel.mails, ==, 40);
  g_assert_cmpint(channel.backlog, ==, 7);
  g_assert_cmpint(channel.last_mail_at, ==, test->clock.set_to - CHANNEL_WRITE_EVERY);
  g_assert_true(channel_note_mail(test->desk, &report, NULL));
  g_assert_true(channel_flush(test->desk, &report, NULL));
  g_assert_cmpint(only(test).mails, ==, 41);
  g_assert_true(channel_flush(test->desk, &report, NULL));
  g_assert_cmpint(only(test).mails, ==, 41);
}

static void two_threads_of_a_channel_count_together(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ChannelReport one = begin(test, "help"), other = begin(test, "help");
  g_assert_true(channel_note_mail(test->desk, &one, NULL));
  g_assert_true(channel_note_mail(test->desk, &other, NULL));
  g_assert_true(channel_flush(test->desk, &one, NULL));
  g_assert_true(channel_flush(test->desk, &other, NULL));
  g_assert_cmpint(only(test).mails, ==, 2);
}

static void an_error_is_shown_until_it_is_over_and_remembered_then(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ChannelReport report = begin(test, "help");
  int64_t began = test->clock.set_to, failing = 0;
  g_assert_true(channel_note_mail(test->desk, &report, NULL));
  g_assert_true(channel_note_error(test->desk, &report, "The mail server\r\nis away.", began + CLOCK_SECOND, NULL));
  g_assert_cmpstr(words(test), ==, "It fails just now; it tries again in a moment");
  g_assert_cmpint(only(test).mails, ==, 1);
  g_assert_true(channel_count_failing(test->desk, &failing, NULL));
  g_assert_cmpint(failing, ==, 0);
  test->clock.set_to += 10 * CLOCK_MINUTE;
  g_assert_true(channel_note_error(test->desk, &report, "The mail server is away.", test->clock.set_to + 5 * CLOCK_MINUTE, NULL));
  g_assert_cmpstr(words(test), ==, "It has failed for 10 min; it tries again in 5 min");
  g_assert_cmpstr(only(test).last_error, ==, "The mail server is away.");
  g_assert_cmpint(only(test).failing_since, ==, began);
  g_assert_true(channel_count_failing(test->desk, &failing, NULL));
  g_assert_cmpint(failing, ==, 1);
  g_assert_true(channel_note_state(test->desk, &report, CHANNEL_WAITING, 0, NULL));
  g_assert_cmpstr(words(test), ==, "Waiting for mail, which comes in at once");
  g_assert_cmpstr(only(test).last_error, ==, "The mail server is away.");
  g_assert_cmpint(only(test).failing_since, ==, 0);
}

static void a_problem_does_not_make_it_fail(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ChannelReport report = begin(test, "help");
  g_assert_true(channel_note_state(test->desk, &report, CHANNEL_WAITING, 5 * CLOCK_MINUTE, NULL));
  g_assert_true(channel_note_problem(test->desk, &report, "A mail could not be fetched.", NULL));
  g_assert_cmpstr(words(test), ==, "Asks for mail every 5 min");
  g_assert_cmpstr(only(test).last_error, ==, "A mail could not be fetched.");
}

static void a_server_that_died_is_told_to_be_silent(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ChannelReport report = begin(test, "help");
  g_assert_true(channel_note_state(test->desk, &report, CHANNEL_WAITING, 0, NULL));
  test->clock.set_to += 3 * CLOCK_HOUR;
  g_assert_cmpstr(words(test), ==, "Not heard of for 3 h");
  g_assert_true(channel_note_state(test->desk, &report, CHANNEL_STOPPED, 0, NULL));
  test->clock.set_to += 3 * CLOCK_HOUR;
  g_assert_cmpstr(words(test), ==, "Not running");
}

static void short_lived_processes_count_each_mail(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_true(channel_count_mail(test->desk, CHANNEL_DELIVER, "", NULL));
  test->clock.set_to += CLOCK_DAY;
  g_assert_true(channel_count_mail(test->desk, CHANNEL_DELIVER, "", NULL));
  Channel channel = only(test);
  g_assert_cmpint(channel.mails, ==, 2);
  g_assert_cmpint(channel.last_mail_at, ==, test->clock.set_to);
  test->clock.set_to += 30 * CLOCK_DAY;
  g_assert_cmpstr(words(test), ==, "Takes what a mail server hands over");
}

static void what_is_not_set_up_any_more_is_retired_and_comes_last(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ChannelReport gone = begin(test, "a gone one"), kept = begin(test, "kept"), fresh = begin(test, "of another node");
  g_assert_true(channel_note_state(test->desk, &gone, CHANNEL_WAITING, 0, NULL));
  test->clock.set_to += 2 * CHANNEL_SILENCE;
  g_assert_true(channel_note_state(test->desk, &kept, CHANNEL_WAITING, 0, NULL));
  g_assert_true(channel_note_state(test->desk, &fresh, CHANNEL_WAITING, 0, NULL));
  TextList names = {0};
  *list_add(test->arena, &names) = "kept";
  g_assert_true(channel_retire_others(test->desk, CHANNEL_IMAP, &names, NULL));
  ChannelList channels = list(test);
  g_assert_cmpuint(channels.count, ==, 3);
  g_assert_cmpstr(channels.items[2].name, ==, "a gone one");
  g_assert_cmpint(channels.items[2].state, ==, CHANNEL_RETIRED);
  g_assert_cmpint(channels.items[0].state, ==, CHANNEL_WAITING);
  g_assert_cmpint(channels.items[1].state, ==, CHANNEL_WAITING);
}

static void a_place_is_kept_with_what_was_counted(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ChannelReport report = begin(test, "help");
  ChannelPlace place;
  g_assert_true(channel_place(test->arena, test->desk, report.id, "mail.example/INBOX", &place, NULL));
  g_assert_cmpint(place.uid_validity, ==, 0);
  g_assert_true(channel_note_mail(test->desk, &report, NULL));
  g_assert_true(channel_advance(test->desk, &report, "mail.example/INBOX", (ChannelPlace){38, 17, 5}, NULL));
  g_assert_true(channel_advance(test->desk, &report, "mail.example/INBOX", (ChannelPlace){38, 18, 5}, NULL));
  g_assert_true(channel_place(test->arena, test->desk, report.id, "mail.example/INBOX", &place, NULL));
  g_assert_cmpint(place.uid_validity, ==, 38);
  g_assert_cmpint(place.uid, ==, 18);
  g_assert_cmpint(place.found_uid, ==, 5);
  g_assert_cmpint(only(test).mails, ==, 1);
  g_assert_true(channel_place(test->arena, test->desk, report.id, "mail.example/Other", &place, NULL));
  g_assert_cmpint(place.uid, ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/desk/channel/is-known-once", is_known_once);
  g_test_add_func("/desk/channel/mails-are-counted-and-written-now-and-then", mails_are_counted_and_written_now_and_then);
  g_test_add_func("/desk/channel/two-threads-count-together", two_threads_of_a_channel_count_together);
  g_test_add_func("/desk/channel/an-error-is-shown-until-it-is-over", an_error_is_shown_until_it_is_over_and_remembered_then);
  g_test_add_func("/desk/channel/a-problem-does-not-make-it-fail", a_problem_does_not_make_it_fail);
  g_test_add_func("/desk/channel/a-server-that-died-is-silent", a_server_that_died_is_told_to_be_silent);
  g_test_add_func("/desk/channel/short-lived-processes-count-each-mail", short_lived_processes_count_each_mail);
  g_test_add_func("/desk/channel/retired-ones-come-last", what_is_not_set_up_any_more_is_retired_and_comes_last);
  g_test_add_func("/desk/channel/a-place-is-kept-with-the-count", a_place_is_kept_with_what_was_counted);
  return g_test_run();
}
