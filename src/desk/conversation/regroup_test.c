// Taking conversations apart and putting them together otherwise; and mail finds its way afterwards.
#include "desk/complaint/complaint.h"
#include "desk/complaint/promise.h"
#include "desk/conversation/regroup.h"
#include "desk/conversation/verbs.h"
#include "desk/conversation/work.h"
#include "desk/link/link.h"
#include "desk/tag/tag.h"
#include "desk/testing.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define BRAM "Bram Visser <bram@visser.example>"

static Conversation *look(TestDesk *test, int64_t number) { return test_thread(test, number).conversation; }

static int64_t split(TestDesk *test, int64_t message) {
  g_autoptr(GError) error = NULL;
  int64_t number = 0;
  conversation_split(test->desk, &test->mira, message, &number, &error);
  g_assert_no_error(error);
  return number;
}

static void take(TestDesk *test, int64_t message, int64_t into, bool means_other) {
  g_autoptr(GError) error = NULL;
  message_move_to(test->desk, &test->mira, message, into, means_other, &into, &error);
  g_assert_no_error(error);
}

static void merge(TestDesk *test, int64_t from, int64_t into) {
  g_autoptr(GError) error = NULL;
  conversation_merge(test->desk, &test->mira, from, into, &error);
  g_assert_no_error(error);
}

static void unmerge(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  conversation_unmerge(test->desk, &test->mira, number, &error);
  g_assert_no_error(error);
}

static Unmerge what_would_happen(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  Unmerge look;
  conversation_unmerge_look(test->arena, test->desk, number, &look, &error);
  g_assert_no_error(error);
  return look;
}

static void messages_from_here_on_become_a_conversation_of_their_own(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = test_write(test, AGNES, "a@x", "The bell", NULL, NULL).number;
  test_reply(test, one, "We send you a bell.");
  test->clock.set_to += CLOCK_HOUR;
  ReceivedResult lamp = test_write(test, AGNES, "b@x", "The lamp", "a@x",
                                   "I am furious about the lamp. You are liars and thieves.");
  int64_t since = test->clock.set_to;
  test_write(test, AGNES, "c@x", NULL, "b@x", "And the chain.");
  int64_t part = split(test, lamp.message_id);
  Thread left = test_thread(test, one), new = test_thread(test, part);
  g_assert_cmpint(left.conversation->message_count, ==, 2);
  g_assert_cmpint(new.conversation->message_count, ==, 2);
  g_assert_cmpuint(new.messages.count, ==, 2);
  g_assert_cmpstr(new.conversation->subject, ==, "The lamp");
  g_assert_cmpstr(new.conversation->customer_name, ==, "Agnes Moor");
  g_assert_cmpint(new.conversation->waiting_since, ==, since);
  g_assert_cmpint(new.conversation->assignee_id, ==, test->mira.id);
  g_assert_cmpint(left.conversation->waiting_since, ==, 0); // that was answered
  g_assert_cmpint(left.conversation->last_message_id, ==, left.messages.items[left.messages.count - 1].id);
  g_assert_cmpint(left.conversation->behaviour, ==, left.messages.items[0].reading->behaviour);
  g_assert_cmpint(left.events.items[left.events.count - 1].kind, ==, EVENT_SPLIT);
  g_assert_cmpint(new.events.items[new.events.count - 1].kind, ==, EVENT_SPLIT_FROM);
  OtherConversationList links = {0};
  g_assert_true(link_list(test->arena, test->desk, part, &links, &error));
  g_assert_cmpint(links.items[0].number, ==, one);
  test_counts(test);
}

static void a_split_that_leaves_nothing_is_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t first = test_write(test, AGNES, "a@x", NULL, NULL, NULL).message_id, number = 0;
  test_write(test, AGNES, "b@x", NULL, "a@x", NULL);
  g_assert_false(conversation_split(test->desk, &test->mira, first, &number, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_false(conversation_split(test->desk, &test->mira, 4711, &number, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

// The token in the address names the old conversation; the message that is answered is in the new one.
static void answers_come_to_where_the_message_is_now(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t one = test_write(test, AGNES, "a@x", "The bell", NULL, NULL).number;
  test_reply(test, one, "About the bell.");
  const char *bell_id = test_sent_mail(test, test_thread(test, one).conversation->last_message_id)->message_id;
  ReceivedResult lamp = test_write(test, AGNES, "b@x", NULL, "a@x", "And the lamp.");
  int64_t answer = test_reply(test, one, "About the lamp.");
  const Mail *sent = test_sent_mail(test, answer);
  const char *token = sent->reply_to.count ? sent->reply_to.items[0].address : sent->from.address;
  int64_t part = split(test, lamp.message_id);
  const char *raw = arena_printf(test->arena,
                                 "From: %s\nTo: %s\nSubject: Re: The bell\nMessage-ID: <d@x>\nIn-Reply-To: <%s>\n\nThank you.\n",
                                 AGNES, token, sent->message_id);
  g_assert_cmpint(test_take_for(test, raw, token).number, ==, part);
  raw = arena_printf(test->arena,
                     "From: %s\nTo: %s\nSubject: Re: The bell\nMessage-ID: <e@x>\nIn-Reply-To: <%s>\n\nThe bell rings.\n", AGNES,
                     token, bell_id);
  g_assert_cmpint(test_take_for(test, raw, token).number, ==, one);
  g_assert_cmpint(test_write(test, AGNES, "f@x", NULL, "b@x", "More about the lamp.").number, ==, part);
  g_assert_cmpint(test_write(test, BRAM, "g@x", NULL, "b@x", "Let me in.").number, >, part); // a stranger opens their own
}

static void one_message_goes_to_another_conversation(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t one = test_write(test, AGNES, "a@x", NULL, NULL, NULL).number;
  test->clock.set_to += CLOCK_MINUTE;
  int64_t two = test_write(test, AGNES, "b@x", NULL, NULL, NULL).number;
  test->clock.set_to += CLOCK_MINUTE;
  ReceivedResult lost = test_write(test, AGNES, "c@x", NULL, "a@x", "This is about the other matter.");
  test->clock.set_to += CLOCK_MINUTE;
  test_reply(test, two, "Answered, before anybody saw the lost one.");
  take(test, lost.message_id, two, false);
  g_assert_cmpint(look(test, one)->message_count, ==, 1);
  g_assert_cmpint(look(test, two)->message_count, ==, 3);
  g_assert_cmpint(look(test, two)->waiting_since, ==, test->clock.set_to - CLOCK_MINUTE); // it was never answered
  g_assert_cmpint(test_write(test, AGNES, "d@x", NULL, "c@x", "As I said.").number, ==, two);
  test_counts(test);
}

static void to_another_customer_only_when_it_is_meant(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = test_write(test, BRAM, "a@x", NULL, NULL, NULL).number, into = 0;
  int64_t two = test_write(test, AGNES, "b@x", NULL, NULL, NULL).number;
  ReceivedResult more = test_write(test, BRAM, "c@x", NULL, "a@x", "For Agnes.");
  g_assert_false(message_move_to(test->desk, &test->mira, more.message_id, two, false, &into, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  take(test, more.message_id, two, true);
  g_assert_cmpint(test_write(test, BRAM, "d@x", NULL, "c@x", "And more.").number, ==, two); // he takes part now
  g_assert_cmpint(look(test, one)->message_count, ==, 1);
}

static void what_cannot_be_moved_is_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult one = test_write(test, AGNES, "a@x", NULL, NULL, NULL), two = test_write(test, AGNES, "b@x", NULL, NULL, NULL);
  const struct {
    int64_t message, into;
    RapportError code;
  } cases[] = {{one.message_id, two.number, ERROR_INVALID}, // nothing would be left
               {one.message_id, one.number, ERROR_INVALID},
               {one.message_id, 9999, ERROR_NOT_FOUND},
               {4711, two.number, ERROR_NOT_FOUND}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    int64_t into = 0;
    g_assert_false(message_move_to(test->desk, &test->mira, cases[i].message, cases[i].into, true, &into, &error));
    g_assert_true(error_is(error, cases[i].code));
  }
  test_counts(test);
}

static void a_merge_is_undone_and_both_are_as_before(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  TagList tags = {0};
  int64_t one = test_write(test, AGNES, "a@x", "The bell", NULL, NULL).number, since = test->clock.set_to;
  int64_t two = test_write(test, BRAM, "b@x", "The lamp", NULL, NULL).number;
  test_reply(test, two, "We look at the lamp.");
  g_assert_true(conversation_assign(test->desk, &test->mira, one, test->jonas.id, &error));
  g_assert_true(conversation_set_priority(test->desk, &test->mira, one, PRIORITY_URGENT, &error));
  g_assert_true(tag_add(test->desk, &test->mira, one, "bell", &error));
  test->clock.set_to += CLOCK_HOUR;
  merge(test, one, two);
  g_assert_cmpint(look(test, two)->priority, ==, PRIORITY_URGENT);
  g_assert_cmpint(look(test, two)->waiting_since, ==, since);
  g_assert_cmpint(what_would_happen(test, one).messages, ==, 1);
  g_assert_cmpuint(what_would_happen(test, one).stays.count, ==, 0);
  unmerge(test, one);
  Thread again = test_thread(test, one), other = test_thread(test, two);
  g_assert_cmpint(again.conversation->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(again.conversation->merged_into, ==, 0);
  g_assert_cmpint(again.conversation->assignee_id, ==, test->jonas.id);
  g_assert_cmpint(again.conversation->priority, ==, PRIORITY_URGENT);
  g_assert_cmpint(again.conversation->waiting_since, ==, since);
  g_assert_cmpint(again.conversation->message_count, ==, 1);
  g_assert_cmpint(other.conversation->assignee_id, ==, test->mira.id);
  g_assert_cmpint(other.conversation->priority, ==, PRIORITY_NORMAL);
  g_assert_cmpint(other.conversation->waiting_since, ==, 0);
  g_assert_cmpint(other.conversation->message_count, ==, 2);
  g_assert_cmpuint(other.participants.count, ==, 1);
  g_assert_true(tag_of(test->arena, test->desk, two, &tags, &error));
  g_assert_cmpuint(tags.count, ==, 0);
  g_assert_cmpint(again.events.items[again.events.count - 1].kind, ==, EVENT_UNMERGED_FROM);
  g_assert_cmpint(test_write(test, AGNES, "c@x", NULL, "a@x", "More.").number, ==, one);
  g_assert_cmpint(test_write(test, BRAM, "d@x", NULL, "b@x", "More.").number, ==, two);
  g_assert_cmpint(test_write(test, AGNES, "e@x", NULL, "b@x", "More.").number, >, two); // she takes no part there
  test_counts(test);
}

static void what_was_written_since_stays_and_that_is_said(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = test_write(test, AGNES, "a@x", NULL, NULL, NULL).number,
          two = test_write(test, AGNES, "b@x", NULL, NULL, NULL).number;
  test->clock.set_to += CLOCK_HOUR;
  merge(test, one, two);
  test->clock.set_to += CLOCK_HOUR;
  test_reply(test, two, "For both.");
  g_assert_true(conversation_set_priority(test->desk, &test->mira, two, PRIORITY_HIGH, &error));
  g_assert_cmpuint(what_would_happen(test, one).stays.count, ==, 1);
  unmerge(test, one);
  g_assert_cmpint(look(test, one)->waiting_since, ==, 0); // we answered since
  g_assert_cmpint(look(test, two)->message_count, ==, 2);
  g_assert_cmpint(look(test, two)->priority, ==, PRIORITY_HIGH); // somebody said so since
  test_counts(test);
}

static void a_merge_within_a_merge_goes_along(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t numbers[3];
  for (int i = 0; i < 3; i++)
    numbers[i] = test_write(test, AGNES, arena_printf(test->arena, "a%d@x", i), NULL, NULL, NULL).number;
  merge(test, numbers[0], numbers[1]);
  merge(test, numbers[1], numbers[2]);
  g_assert_false(conversation_unmerge(test->desk, &test->mira, numbers[0], &error));
  g_assert_true(error_is(error, ERROR_CONFLICT)); // first the one around it
  unmerge(test, numbers[1]);
  g_assert_cmpint(look(test, numbers[1])->message_count, ==, 2);
  g_assert_cmpint(look(test, numbers[2])->message_count, ==, 1);
  unmerge(test, numbers[0]);
  for (int i = 0; i < 3; i++) g_assert_cmpint(look(test, numbers[i])->message_count, ==, 1);
  g_clear_error(&error);
  g_assert_false(conversation_unmerge(test->desk, &test->mira, numbers[0], &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  merge(test, numbers[0], numbers[2]); // and it can be merged again
  unmerge(test, numbers[0]);
  test_counts(test);
}

static Complaint *complaint_of(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  Complaint *complaint = NULL;
  complaint_find(test->arena, test->desk, number, &complaint, &error);
  g_assert_no_error(error);
  return complaint;
}

static void receive(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  complaint_receive(test->desk, &test->mira, number, ORIGIN_PERSON, "", &error);
  g_assert_no_error(error);
}

static void the_complaint_goes_back_where_it_came_from(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t one = test_write(test, AGNES, "a@x", NULL, NULL, NULL).number,
          two = test_write(test, AGNES, "b@x", NULL, NULL, NULL).number;
  receive(test, one);
  int64_t due = complaint_of(test, one)->next_due_at;
  test->clock.set_to += CLOCK_HOUR;
  merge(test, one, two);
  g_assert_nonnull(complaint_of(test, two));
  g_assert_cmpuint(what_would_happen(test, one).stays.count, ==, 0);
  unmerge(test, one);
  g_assert_cmpint(complaint_of(test, one)->stage, ==, STAGE_RECEIVED);
  g_assert_cmpint(complaint_of(test, one)->merged_into, ==, 0);
  g_assert_cmpint(complaint_of(test, one)->next_due_at, ==, due);
  g_assert_null(complaint_of(test, two));
  receive(test, two); // it can become one of its own
  g_assert_cmpint(complaint_of(test, two)->stage, ==, STAGE_RECEIVED);
  merge(test, one, two);
  g_assert_cmpint(complaint_of(test, one)->merged_into, ==, two);
  test_counts(test);
}

static void two_complaints_are_two_again_and_what_was_united_is_said(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t one = test_write(test, AGNES, "a@x", NULL, NULL, NULL).number,
          two = test_write(test, AGNES, "b@x", NULL, NULL, NULL).number;
  receive(test, one);
  receive(test, two);
  test->clock.set_to += CLOCK_HOUR;
  merge(test, one, two);
  g_assert_cmpuint(what_would_happen(test, one).stays.count, ==, 1);
  unmerge(test, one);
  g_assert_cmpint(complaint_of(test, one)->stage, ==, STAGE_RECEIVED);
  g_assert_cmpint(complaint_of(test, two)->stage, ==, STAGE_RECEIVED);
  test_counts(test);
}

typedef struct Splitting {
  const char *where;
  Staff actor;
  int64_t message;
} Splitting;

static gpointer split_once(gpointer data) {
  const Splitting *splitting = data;
  g_autoptr(Arena) arena = arena_new();
  Clock clock = clock_standing_at(INT64_C(1795338000) * CLOCK_SECOND);
  g_autoptr(GError) error = NULL;
  int64_t number = 0;
  Desk *desk = desk_join(arena, splitting->where, &clock, &random_system, &error);
  g_assert_no_error(error);
  while (!conversation_split(desk, &splitting->actor, splitting->message, &number, &error)) {
    bool is_late = error_is(error, ERROR_CONFLICT) || error_is(error, ERROR_INVALID);
    g_assert_true(is_late || error_is(error, ERROR_BUSY));
    g_clear_error(&error);
    if (is_late) break;
  }
  return NULL;
}

static void two_who_split_at_once_split_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t one = test_write(test, AGNES, "a@x", NULL, NULL, NULL).number;
  int64_t message = test_write(test, AGNES, "b@x", NULL, "a@x", NULL).message_id;
  Splitting mine = {test->where, test->mira, message}, theirs = {test->where, test->jonas, message};
  GThread *first = g_thread_new("mine", split_once, &mine), *second = g_thread_new("theirs", split_once, &theirs);
  g_thread_join(first);
  g_thread_join(second);
  g_assert_cmpint(look(test, one)->message_count, ==, 1);
  g_assert_cmpint(test_counts(test).conversations, ==, 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/regroup/split", messages_from_here_on_become_a_conversation_of_their_own);
  g_test_add_func("/regroup/split-refused", a_split_that_leaves_nothing_is_refused);
  g_test_add_func("/regroup/answers", answers_come_to_where_the_message_is_now);
  g_test_add_func("/regroup/move", one_message_goes_to_another_conversation);
  g_test_add_func("/regroup/move-to-another-customer", to_another_customer_only_when_it_is_meant);
  g_test_add_func("/regroup/move-refused", what_cannot_be_moved_is_refused);
  g_test_add_func("/regroup/unmerge", a_merge_is_undone_and_both_are_as_before);
  g_test_add_func("/regroup/unmerge-since", what_was_written_since_stays_and_that_is_said);
  g_test_add_func("/regroup/unmerge-within", a_merge_within_a_merge_goes_along);
  g_test_add_func("/regroup/unmerge-complaint", the_complaint_goes_back_where_it_came_from);
  g_test_add_func("/regroup/unmerge-two-complaints", two_complaints_are_two_again_and_what_was_united_is_said);
  g_test_add_func("/regroup/two-at-once", two_who_split_at_once_split_once);
  return g_test_run();
}
