// Who is told of what, by which way and when: never of one's own doings, never by mail of what was seen, several things in one mail, and
// within the hours in which one works. The desk is open Monday to Friday, nine to five, UTC; tests begin on Sunday 22 November 2026.
#include "desk/testing.h"

#include "base/words.h"
#include "desk/conversation/verbs.h"
#include "desk/due/due.h"
#include "desk/hours/hours.h"
#include "desk/notify/notice.h"
#include "desk/outbox/outbox.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define TOM "Tom Hale <tom@hale.example>"
#define MONDAY_NINE (INT64_C(1795424400) * CLOCK_SECOND)
#define ALL 4095

static TestDesk *begin(void) {
  g_autoptr(GError) error = NULL;
  TestDesk *test = test_desk_new();
  g_assert_true(hours_set_zone(test->desk, "UTC", &error));
  test->clock.set_to = MONDAY_NINE;
  return test;
}

static NoticeChoice everything(void) { return (NoticeChoice){.kinds = {ALL, ALL, ALL}, .days = 31, .from = 540, .until = 1020}; }

static void choose(TestDesk *test, const Staff *staff, NoticeChoice choice) {
  g_autoptr(GError) error = NULL;
  g_assert_true(notice_choice_set(test->desk, staff->id, &choice, &error));
}

static NoticeList bell(TestDesk *test, const Staff *staff) {
  g_autoptr(GError) error = NULL;
  NoticeList notices;
  bool has_more;
  g_assert_true(notice_list(test->arena, test->desk, staff->id, 0, &notices, &has_more, &error));
  return notices;
}

static int64_t unseen(TestDesk *test, const Staff *staff) {
  g_autoptr(GError) error = NULL;
  int64_t count = 0;
  g_assert_true(notice_count_unseen(test->desk, staff->id, &count, &error));
  return count;
}

static int64_t with_mira(TestDesk *test, const char *from, const char *id) {
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, from, id, "My bell", NULL, NULL).number;
  g_assert_true(conversation_assign(test->desk, &test->jonas, number, test->mira.id, &error));
  return number;
}

static int mails_to(TestDesk *test, const Staff *staff, const char *words) {
  g_autoptr(GError) error = NULL;
  OutboxMailList mails = {0};
  int count = 0;
  g_assert_true(notice_send_due(test->desk, &error));
  g_assert_true(outbox_list(test->arena, test->desk, &mails, &error));
  list_each(const OutboxMail, mail, &mails)
    count += strcmp(mail->recipients, staff->email) == 0 && strstr(test_sent_mail(test, mail->message_id)->text, words);
  return count;
}

static void who_has_a_conversation_hears_of_it_and_not_of_their_own_doings(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  int64_t number = with_mira(test, AGNES, "a1@x");
  g_assert_cmpuint(bell(test, &test->mira).count, ==, 1);
  g_assert_cmpstr(notice_words(test->arena, &bell(test, &test->mira).items[0]), ==,
                  arena_printf(test->arena, "Jonas Feld gave you #%" G_GINT64_FORMAT " of Agnes Moor", number));
  test_write(test, AGNES, "a2@x", "My bell", "a1@x", "You there?");
  NoticeList notices = bell(test, &test->mira);
  g_assert_cmpuint(notices.count, ==, 2);
  g_assert_cmpint(notices.items[0].kind, ==, NOTICE_WROTE_MINE);
  g_assert_cmpstr(notice_words(test->arena, &notices.items[0]), ==,
                  arena_printf(test->arena, "Agnes Moor wrote in #%" G_GINT64_FORMAT, number)); // no word of what was written
  test_reply(test, number, "Yes.");
  g_assert_true(conversation_assign(test->desk, &test->mira, number, 0, &error));
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  g_assert_cmpuint(bell(test, &test->mira).count, ==, 2); // what one does oneself is no news
  g_assert_cmpuint(bell(test, &test->jonas).count, ==, 0);
}

static void machines_and_archives_ring_no_bell(void) {
  g_autoptr(TestDesk) test = begin();
  choose(test, &test->mira, everything());
  test_take(test, "From: robot@x.example\nAuto-Submitted: auto-generated\nSubject: s\n\nx\n");
  g_assert_cmpuint(bell(test, &test->mira).count, ==, 0);
  test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  g_assert_cmpint(bell(test, &test->mira).items[0].kind, ==, NOTICE_WROTE_NOBODYS);
}

static void opening_the_conversation_has_seen_it(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  choose(test, &test->mira, everything());
  int64_t first = with_mira(test, AGNES, "a1@x");
  with_mira(test, TOM, "t1@x");
  g_assert_cmpint(unseen(test, &test->mira), ==, 4); // twice each: it came, and it was given
  g_assert_true(notice_see(test->desk, test->mira.id, first, &error));
  g_assert_cmpint(unseen(test, &test->mira), ==, 2);
  g_assert_true(notice_see(test->desk, test->jonas.id, 0, &error));
  g_assert_cmpint(unseen(test, &test->mira), ==, 2); // that was his bell
  g_assert_true(notice_see(test->desk, test->mira.id, 0, &error));
  g_assert_cmpint(unseen(test, &test->mira), ==, 0);
  test->clock.set_to += CLOCK_HOUR;
  g_assert_cmpint(mails_to(test, &test->mira, ""), ==, 0); // nothing after it was seen
}

// Another process, or another thread, gives the desk its name; the connection that writes notices is an old one.
static void a_mail_comes_from_the_desk_as_it_is_called_now(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  choose(test, &test->mira, everything());
  with_mira(test, AGNES, "a1@x");
  Desk *other = desk_join(test->arena, test->where, &test->clock, &test->random, &error);
  g_assert_no_error(error);
  g_assert_true(desk_rename(other, "Godwit & Daughters", &error));
  test->clock.set_to += CLOCK_HOUR;
  g_assert_true(notice_send_due(test->desk, &error));
  OutboxMailList mails = {0};
  g_assert_true(outbox_list(test->arena, test->desk, &mails, &error));
  const char *name = "";
  list_each(const OutboxMail, mail, &mails)
    if (strcmp(mail->recipients, test->mira.email) == 0) name = test_sent_mail(test, mail->message_id)->from.name;
  g_assert_nonnull(strstr(name, "Godwit & Daughters"));
}

// Nothing else of the desk changes with a notice, and on PostgreSQL only what is announced is heard.
static void whoever_sends_hears_that_there_is_a_mail(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  choose(test, &test->mira, everything());
  with_mira(test, AGNES, "a1@x");
  g_autoptr(DbWatch) watch = db_watch_open(test->where, 10 * CLOCK_MILLISECOND, &error);
  g_assert_no_error(error);
  while (db_watch_wait(watch, 0)) {}
  test_tell_staff(test);
  g_assert_true(db_watch_wait(watch, 10 * CLOCK_SECOND));
}

static void a_burst_is_one_mail(void) {
  g_autoptr(TestDesk) test = begin();
  choose(test, &test->mira, everything());
  int64_t first = with_mira(test, AGNES, "a1@x");
  test_write(test, AGNES, "a2@x", "My bell", "a1@x", "You there?");
  with_mira(test, TOM, "t1@x");
  test->clock.set_to += 2 * CLOCK_MINUTE;
  g_assert_cmpint(mails_to(test, &test->mira, ""), ==, 0);
  test->clock.set_to += CLOCK_MINUTE;
  g_assert_cmpint(mails_to(test, &test->mira, ""), ==, 1);
  g_assert_cmpint(mails_to(test, &test->mira, "You there?"), ==, 1);
  g_assert_cmpint(mails_to(test, &test->mira, arena_printf(test->arena, "goes to #%" G_GINT64_FORMAT, first)), ==, 1);
  test->clock.set_to += CLOCK_HOUR;
  g_assert_cmpint(mails_to(test, &test->mira, ""), ==, 1); // once
}

static void two_processes_send_it_once(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Desk *other = desk_join(arena, test->where, &test->clock, &test->random, &error);
  choose(test, &test->mira, everything());
  with_mira(test, AGNES, "a1@x");
  test->clock.set_to += CLOCK_HOUR;
  g_assert_true(notice_send_due(other, &error));
  g_assert_cmpint(mails_to(test, &test->mira, ""), ==, 1);
}

// Until it is dropped, no second mail to Mira can be kept.
static void break_mails_to_mira(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  db_run_script(test->desk->db, "CREATE UNIQUE INDEX broken ON message (kind) WHERE recipients = 'mira@godwit.example'", &error);
  g_assert_no_error(error);
}

static void somebody_whose_mail_cannot_be_made_holds_up_nobody(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  choose(test, &test->mira, everything());
  choose(test, &test->jonas, everything());
  test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  test->clock.set_to += CLOCK_HOUR;
  g_assert_cmpint(mails_to(test, &test->mira, ""), ==, 1);
  break_mails_to_mira(test);
  test_write(test, TOM, "t1@x", NULL, NULL, "Where is my saddle?");
  test->clock.set_to += CLOCK_HOUR;
  g_assert_cmpint(mails_to(test, &test->jonas, "Where is my saddle?"), ==, 1);
  g_assert_cmpint(mails_to(test, &test->mira, "Where is my saddle?"), ==, 0);
  g_assert_true(db_run_script(test->desk->db, "DROP INDEX broken", &error));
  g_assert_cmpint(mails_to(test, &test->mira, "Where is my saddle?"), ==, 0); // not yet
  test->clock.set_to += 15 * CLOCK_MINUTE;
  g_assert_cmpint(mails_to(test, &test->mira, "Where is my saddle?"), ==, 1);
}

static void a_busy_database_puts_no_mail_off(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL, problem = NULL;
  choose(test, &test->mira, everything());
  test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  test->clock.set_to += CLOCK_HOUR;
  g_autoptr(Db) other = db_open(test->where, &error);
  g_autoptr(DbTx) tx = db_begin(other, &error);
  g_assert_true(db_run_script(other, "UPDATE notice SET mail_tries = mail_tries", &error));
  g_assert_true(db_set_patience(test->desk->db, 20 * CLOCK_MILLISECOND, &error));
  g_assert_false(notice_send(test->desk, test->clock.set_to, &problem));
  g_assert_true(error_is(problem, ERROR_BUSY));
  g_assert_true(db_commit(&tx, &error));
  g_assert_cmpint(mails_to(test, &test->mira, ""), ==, 1); // at once
}

static void what_cannot_be_mailed_is_given_up_and_stays_in_the_bell(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  choose(test, &test->mira, everything());
  test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  test->clock.set_to += CLOCK_HOUR;
  g_assert_cmpint(mails_to(test, &test->mira, ""), ==, 1);
  break_mails_to_mira(test);
  test_write(test, TOM, "t1@x", NULL, NULL, "Where is my saddle?");
  test->clock.set_to += CLOCK_HOUR;
  for (int i = 0; i < 8; i++) {
    mails_to(test, &test->mira, "");
    test->clock.set_to += 15 * CLOCK_MINUTE;
  }
  g_assert_true(db_run_script(test->desk->db, "DROP INDEX broken", &error));
  test->clock.set_to += CLOCK_DAY;
  g_assert_cmpint(mails_to(test, &test->mira, "Where is my saddle?"), ==, 0);
  g_assert_cmpint(unseen(test, &test->mira), ==, 2);
  test_write(test, TOM, "t2@x", NULL, "t1@x", "And my pump?"); // what is new goes by mail as ever
  test->clock.set_to += CLOCK_HOUR;
  g_assert_cmpint(mails_to(test, &test->mira, "And my pump?"), ==, 1);
}

static void mail_waits_for_the_hours_in_which_one_works(void) {
  g_autoptr(TestDesk) test = begin();
  NoticeChoice choice = everything();
  choose(test, &test->mira, choice);
  choice.hours = NOTICE_OWN_HOURS;
  choice.days = 1 << 5; // Saturdays
  choose(test, &test->jonas, choice);
  test->clock.set_to = MONDAY_NINE + 9 * CLOCK_HOUR; // in the evening
  test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  test->clock.set_to += 14 * CLOCK_HOUR;
  g_assert_cmpint(mails_to(test, &test->mira, ""), ==, 0);
  test->clock.set_to = MONDAY_NINE + 24 * CLOCK_HOUR;
  g_assert_cmpint(mails_to(test, &test->mira, ""), ==, 1);
  g_assert_cmpint(mails_to(test, &test->jonas, ""), ==, 0);
  test->clock.set_to = MONDAY_NINE + 5 * CLOCK_DAY;
  g_assert_cmpint(mails_to(test, &test->jonas, ""), ==, 1);
}

static void the_browser_is_told_what_is_new_and_within_those_hours(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  NoticeList notices;
  int64_t last = 0, next = 0;
  g_assert_true(notice_last(test->desk, test->mira.id, &last, &error));
  with_mira(test, AGNES, "a1@x");
  g_assert_true(notice_for_browser(test->arena, test->desk, test->mira.id, last, &notices, &next, &error));
  g_assert_cmpuint(notices.count, ==, 1);
  g_assert_true(notice_for_browser(test->arena, test->desk, test->mira.id, next, &notices, &next, &error));
  g_assert_cmpuint(notices.count, ==, 0);
  test->clock.set_to = MONDAY_NINE + 12 * CLOCK_HOUR;
  with_mira(test, TOM, "t1@x");
  g_assert_true(notice_for_browser(test->arena, test->desk, test->mira.id, next, &notices, &next, &error));
  g_assert_cmpuint(notices.count, ==, 0);
}

static void what_nobody_wants_to_hear_is_not_kept(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  NoticeChoice none = {.kinds = {0}};
  choose(test, &test->mira, none);
  with_mira(test, AGNES, "a1@x");
  g_assert_cmpuint(bell(test, &test->mira).count, ==, 0);
  none.hours = NOTICE_OWN_HOURS;
  g_assert_false(notice_choice_set(test->desk, test->mira.id, &none, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

static void old_notices_go(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  with_mira(test, AGNES, "a1@x");
  test->clock.set_to += 89 * CLOCK_DAY;
  g_assert_true(notice_prune(test->desk, &error));
  g_assert_cmpuint(bell(test, &test->mira).count, ==, 1);
  test->clock.set_to += 2 * CLOCK_DAY;
  g_assert_true(notice_prune(test->desk, &error));
  g_assert_cmpuint(bell(test, &test->mira).count, ==, 0);
}

static void a_missed_target_is_told_to_whoever_has_it(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  int64_t number = with_mira(test, AGNES, "a1@x");
  test->clock.set_to = MONDAY_NINE + 25 * CLOCK_HOUR;
  g_assert_true(due_alarm(test->desk, &error));
  Notice newest = bell(test, &test->mira).items[0];
  g_assert_cmpint(newest.kind, ==, NOTICE_TARGET_MISSED);
  g_assert_cmpstr(notice_words(test->arena, &newest), ==,
                  arena_printf(test->arena, "First answer is late in #%" G_GINT64_FORMAT, number));
}

static void each_reads_it_in_their_language(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  choose(test, &test->mira, everything());
  choose(test, &test->jonas, everything());
  g_assert_true(staff_set_reader(test->desk, test->mira.id, "de", "", &error));
  int64_t number = with_mira(test, AGNES, "a1@x");
  int64_t his = test_write(test, TOM, "t1@x", "My bell", NULL, NULL).number;
  g_assert_true(conversation_assign(test->desk, &test->mira, his, test->jonas.id, &error));
  test->clock.set_to += CLOCK_HOUR;
  g_assert_cmpint(
    mails_to(test, &test->mira,
             arena_printf(test->arena, "Jonas Feld hat Ihnen #%" G_GINT64_FORMAT " von Agnes Moor gegeben", number)),
    ==, 1);
  g_assert_cmpint(mails_to(test, &test->mira, ". Dez. 2026"), ==, 1); // until when it can be answered
  g_assert_cmpint(mails_to(test, &test->jonas, "Mira Lindqvist gave you"), ==, 1);
  g_assert_cmpint(words_language(), ==, 0); // and the thread speaks as before
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  test_teach_german("%s gave you #%jd of %s", "%s hat Ihnen #%jd von %s gegeben");
  test_teach_german("%d %s %d", "%d. %s %d");
  test_teach_german("Dec", "Dez.");
  g_test_add_func("/notice/language", each_reads_it_in_their_language);
  g_test_add_func("/notice/whose", who_has_a_conversation_hears_of_it_and_not_of_their_own_doings);
  g_test_add_func("/notice/machines", machines_and_archives_ring_no_bell);
  g_test_add_func("/notice/seen", opening_the_conversation_has_seen_it);
  g_test_add_func("/notice/burst", a_burst_is_one_mail);
  g_test_add_func("/notice/sender-hears", whoever_sends_hears_that_there_is_a_mail);
  g_test_add_func("/notice/name", a_mail_comes_from_the_desk_as_it_is_called_now);
  g_test_add_func("/notice/two-processes", two_processes_send_it_once);
  g_test_add_func("/notice/holds-up-nobody", somebody_whose_mail_cannot_be_made_holds_up_nobody);
  g_test_add_func("/notice/busy", a_busy_database_puts_no_mail_off);
  g_test_add_func("/notice/given-up", what_cannot_be_mailed_is_given_up_and_stays_in_the_bell);
  g_test_add_func("/notice/hours", mail_waits_for_the_hours_in_which_one_works);
  g_test_add_func("/notice/browser", the_browser_is_told_what_is_new_and_within_those_hours);
  g_test_add_func("/notice/nothing", what_nobody_wants_to_hear_is_not_kept);
  g_test_add_func("/notice/old", old_notices_go);
  g_test_add_func("/notice/target", a_missed_target_is_told_to_whoever_has_it);
  return g_test_run();
}
