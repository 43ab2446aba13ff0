// Working with conversations: answering, noting, assigning, solving, the order of lists and their counts.
#include "desk/testing.h"

#include "desk/conversation/evidence.h"
#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"

#define AGNES "Agnes Moor <agnes@moor.example>"

static ReplyOutcome reply_with(TestDesk *test, const Staff *writer, ReplyDraft draft, int64_t *out_id) {
  g_autoptr(GError) error = NULL;
  ReplyOutcome outcome;
  int64_t id = 0;
  conversation_reply(test->arena, test->desk, writer, &draft, &outcome, &id, &error);
  g_assert_no_error(error);
  if (out_id) *out_id = id;
  return outcome;
}

static ConversationPage list_of(TestDesk *test, View view, int64_t key, int64_t number) {
  g_autoptr(GError) error = NULL;
  ConversationPage page;
  conversation_list(test->arena, test->desk, view, test->mira.id, key, number, &page, &error);
  g_assert_no_error(error);
  return page;
}

static ViewCounts counts_of(TestDesk *test, const Staff *staff) {
  g_autoptr(GError) error = NULL;
  ViewCounts counts;
  conversation_counts(test->arena, test->desk, staff->id, &counts, &error);
  g_assert_no_error(error);
  return counts;
}

static void a_reply_ends_the_waiting_and_goes_to_the_outbox(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a1@x", "My bell", NULL, NULL).number, id = 0;
  g_assert_cmpint(reply_with(test, &test->mira, (ReplyDraft){.number = number, .text = "A new bell leaves on Monday."}, &id), ==,
                  REPLY_KEPT);
  Thread thread = test_thread(test, number);
  g_assert_cmpint(thread.conversation->waiting_since, ==, 0);
  g_assert_cmpint(thread.conversation->assignee_id, ==, test->mira.id);
  const Message *answer = &thread.messages.items[thread.messages.count - 1];
  g_assert_cmpint(answer->state, ==, MESSAGE_WAITING);
  g_assert_cmpstr(answer->recipients, ==, "agnes@moor.example");
  Bytes raw;
  g_assert_true(message_original(test->arena, test->desk, id, &raw, &error));
  const Mail *mail = mail_parse(test->arena, raw);
  g_assert_cmpstr(mail->subject, ==, "Re: My bell [#1001]");
  g_assert_cmpstr(mail->from.name, ==, "Mira Lindqvist, Godwit Cycles");
  g_assert_cmpstr(mail->from.address, ==, "help@godwit.example");
  g_assert_cmpstr(mail->references.items[0], ==, "a1@x");
  g_assert_cmpint(mail->kind, ==, MAIL_PERSON);
  const char *base, *tag;
  g_assert_true(mail_address_split_tag(test->arena, mail->reply_to.items[0].address, &base, &tag));
  g_assert_cmpint(reply_token_check(test->desk, tag), ==, number);
}

static void a_second_reply_refers_to_all_that_came_before(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number, id = 0;
  reply_with(test, &test->mira, (ReplyDraft){.number = number, .text = "One."}, NULL);
  test_write(test, AGNES, "a2@x", NULL, "a1@x", "Two.");
  reply_with(test, &test->mira, (ReplyDraft){.number = number, .text = "Three."}, &id);
  Bytes raw;
  g_assert_true(message_original(test->arena, test->desk, id, &raw, &error));
  const Mail *mail = mail_parse(test->arena, raw);
  g_assert_cmpstr(mail->references.items[0], ==, "a2@x");
  g_assert_cmpuint(mail->references.count, >=, 3);
}

static void nothing_written_sends_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number;
  g_assert_cmpint(reply_with(test, &test->mira, (ReplyDraft){.number = number, .text = " \n\t"}, NULL), ==, REPLY_EMPTY);
}

static void a_thread_that_changed_stops_the_send(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  test_write(test, AGNES, "a2@x", NULL, "a1@x", "Forget it, I found it.");
  ReplyDraft draft = {.number = first.number, .text = "I will look for it.", .seen_message_id = first.message_id};
  g_assert_cmpint(reply_with(test, &test->mira, draft, NULL), ==, REPLY_THREAD_CHANGED);
  g_assert_cmpint(test_thread(test, first.number).conversation->waiting_since, >, 0);
}

static void pressing_send_twice_sends_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  ReplyDraft draft = {.number = first.number, .text = "I will see to it.", .seen_message_id = first.message_id};
  g_assert_cmpint(reply_with(test, &test->mira, draft, NULL), ==, REPLY_KEPT);
  g_assert_cmpint(reply_with(test, &test->mira, draft, NULL), ==, REPLY_THREAD_CHANGED);
}

static void two_agents_at_once_do_not_both_answer(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  ReplyDraft draft = {.number = first.number, .text = "I will see to it.", .seen_message_id = first.message_id};
  g_assert_cmpint(reply_with(test, &test->mira, draft, NULL), ==, REPLY_KEPT);
  g_assert_cmpint(reply_with(test, &test->jonas, draft, NULL), ==, REPLY_THREAD_CHANGED);
}

static void the_acknowledgement_does_not_count_as_a_change(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  ReplyDraft draft = {.number = first.number, .text = "I will see to it.", .seen_message_id = first.message_id};
  g_assert_cmpint(reply_with(test, &test->mira, draft, NULL), ==, REPLY_KEPT);
}

static void a_customer_without_an_address_cannot_be_answered(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = test_take(test, "From: nobody\nSubject: s\n\nx\n").number;
  g_assert_cmpint(reply_with(test, &test->mira, (ReplyDraft){.number = number, .text = "Hello."}, NULL), ==, REPLY_NO_RECIPIENT);
}

static void attachments_over_the_limit_are_refused_whole(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number;
  ReplyDraft draft = {.number = number, .text = "See the plan."};
  Bytes large = bytes_of(arena_alloc(test->arena, REPLY_ATTACHMENTS_MOST + 1), REPLY_ATTACHMENTS_MOST + 1);
  *list_add(test->arena,
            &draft.attachments) = (MailAttachment){.name = "plan.bin", .type = "application/octet-stream", .bytes = large};
  g_assert_cmpint(reply_with(test, &test->mira, draft, NULL), ==, REPLY_TOO_LARGE);
  g_assert_cmpint(test_thread(test, number).conversation->waiting_since, >, 0);
}

static void send_and_solve_does_both(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number;
  reply_with(test, &test->mira, (ReplyDraft){.number = number, .text = "Done.", .solve = true}, NULL);
  g_assert_cmpint(test_thread(test, number).conversation->state, ==, CONVERSATION_SOLVED);
  g_assert_cmpuint(list_of(test, VIEW_OPEN, 0, 0).rows.count, ==, 0);
  g_assert_cmpuint(list_of(test, VIEW_SOLVED, 0, 0).rows.count, ==, 1);
}

static void a_note_stays_in_the_house(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number, id = 0;
  DeskCounts before, after;
  desk_count(test->desk, &before, &error);
  ReplyOutcome outcome;
  ReplyDraft draft = {.number = number, .text = "She called twice before."};
  g_assert_true(conversation_note(test->arena, test->desk, &test->jonas, &draft, &outcome, &id, &error));
  desk_count(test->desk, &after, &error);
  g_assert_cmpint(before.outbox, ==, after.outbox);
  Thread thread = test_thread(test, number);
  g_assert_cmpint(thread.messages.items[thread.messages.count - 1].kind, ==, MESSAGE_NOTE);
  g_assert_cmpint(thread.conversation->waiting_since, >, 0);
  g_assert_false(message_original(test->arena, test->desk, id, &(Bytes){0}, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void who_waits_longest_is_on_top(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t first = test_write(test, "a@x.example", "a1@x", NULL, NULL, NULL).number;
  test->clock.set_to += CLOCK_MINUTE;
  int64_t second = test_write(test, "b@x.example", "b1@x", NULL, NULL, NULL).number;
  test->clock.set_to += CLOCK_MINUTE;
  int64_t third = test_write(test, "c@x.example", "c1@x", NULL, NULL, NULL).number;
  reply_with(test, &test->mira, (ReplyDraft){.number = first, .text = "Hello."}, NULL);
  test->clock.set_to += CLOCK_MINUTE;
  test_write(test, "c@x.example", "c2@x", NULL, "c1@x", "Still waiting."); // does not lose the place
  ConversationPage page = list_of(test, VIEW_OPEN, 0, 0);
  g_assert_cmpint(page.rows.items[0].number, ==, second);
  g_assert_cmpint(page.rows.items[1].number, ==, third);
  g_assert_cmpint(page.rows.items[2].number, ==, first);
}

static void pages_follow_each_other_without_gap_or_double(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  for (int i = 0; i < 2 * LIST_PAGE + 7; i++)
    test_write(test, arena_printf(test->arena, "p%d@x.example", i), arena_printf(test->arena, "p%d@x", i), NULL, NULL,
               NULL); // same moment
  int64_t key = 0, number = 0, seen = 0, last = 0;
  for (;;) {
    ConversationPage page = list_of(test, VIEW_UNASSIGNED, key, number);
    list_each(const ConversationRow, row, &page.rows) {
      g_assert_cmpint(row->number, >, last);
      last = row->number;
      seen++;
    }
    if (!page.has_more) break;
    key = page.next_key;
    number = page.next_number;
  }
  g_assert_cmpint(seen, ==, 2 * LIST_PAGE + 7);
}

static void counts_follow_every_change(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = test_write(test, "a@x.example", "a1@x", NULL, NULL, NULL).number;
  int64_t two = test_write(test, "b@x.example", "b1@x", NULL, NULL, NULL).number;
  g_assert_cmpint(counts_of(test, &test->mira).views[VIEW_UNASSIGNED], ==, 2);
  g_assert_true(conversation_assign(test->desk, &test->mira, one, test->mira.id, &error));
  g_assert_true(conversation_assign(test->desk, &test->mira, one, test->mira.id, &error));
  g_assert_true(conversation_assign(test->desk, &test->mira, two, test->jonas.id, &error));
  g_assert_true(conversation_solve(test->desk, &test->mira, two, &error));
  g_assert_true(conversation_solve(test->desk, &test->jonas, two, &error));
  ViewCounts counts = counts_of(test, &test->mira);
  g_assert_cmpint(counts.views[VIEW_MINE], ==, 1);
  g_assert_cmpint(counts.views[VIEW_UNASSIGNED], ==, 0);
  g_assert_cmpint(counts.views[VIEW_OPEN], ==, 1);
  g_assert_cmpint(counts.views[VIEW_SOLVED], ==, 1);
  g_assert_true(conversation_reopen(test->desk, &test->jonas, two, &error));
  g_assert_cmpint(counts_of(test, &test->jonas).views[VIEW_MINE], ==, 1);
  g_assert_true(conversation_assign(test->desk, &test->mira, two, 0, &error));
  g_assert_cmpint(counts_of(test, &test->jonas).views[VIEW_UNASSIGNED], ==, 1);
  TextList findings = {0};
  g_assert_true(desk_verify(test->arena, test->desk, &findings, &error));
  g_assert_cmpuint(findings.count, ==, 0);
}

static void what_is_not_there_is_said_so(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Thread thread;
  g_assert_false(conversation_show(test->arena, test->desk, 4711, 0, &thread, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_assert_nonnull(strstr(error->message, "#4711"));
  g_clear_error(&error);
  g_assert_false(conversation_solve(test->desk, &test->mira, 4711, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_clear_error(&error);
  int64_t number = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number;
  g_assert_false(conversation_assign(test->desk, &test->mira, number, 99, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void a_long_thread_comes_in_pages(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "l0@x", NULL, NULL, NULL).number;
  for (int i = 1; i < THREAD_PAGE + 10; i++)
    test_write(test, AGNES, arena_printf(test->arena, "l%d@x", i), NULL, "l0@x", arena_printf(test->arena, "Line %d.", i));
  Thread newest = test_thread(test, number), earlier;
  g_assert_true(newest.has_earlier);
  g_assert_cmpuint(newest.messages.count, ==, THREAD_PAGE);
  g_assert_true(conversation_show(test->arena, test->desk, number, newest.messages.items[0].id, &earlier, &error));
  g_assert_false(earlier.has_earlier);
  g_assert_cmpuint(earlier.messages.count, ==, 11); // the rest, and the acknowledgement
}

static void evidence_survives_its_short_form(void) {
  g_autoptr(Arena) arena = arena_new();
  SpanList spans = {0}, back = {0};
  *list_add(arena, &spans) = (Span){3, 9, "anger", 0.75};
  *list_add(arena, &spans) = (Span){12, 20, "security", 1.0};
  evidence_read(arena, evidence_write(arena, &spans), 20, &back);
  g_assert_cmpuint(back.count, ==, 2);
  g_assert_cmpint(back.items[1].end, ==, 20);
  g_assert_cmpstr(back.items[0].label, ==, "anger");
  g_assert_cmpfloat_with_epsilon(back.items[0].weight, 0.75, 0.001);
}

static void evidence_outside_the_text_is_left_out(void) {
  g_autoptr(Arena) arena = arena_new();
  SpanList spans = {0};
  evidence_read(arena, "0 5 joy 100\n3 900 anger 1\n9 2 fear 1\nnonsense\n\n-1 4 joy 1", 10, &spans);
  g_assert_cmpuint(spans.count, ==, 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/conversation/reply/to-the-outbox", a_reply_ends_the_waiting_and_goes_to_the_outbox);
  g_test_add_func("/conversation/reply/references", a_second_reply_refers_to_all_that_came_before);
  g_test_add_func("/conversation/reply/empty", nothing_written_sends_nothing);
  g_test_add_func("/conversation/reply/thread-changed", a_thread_that_changed_stops_the_send);
  g_test_add_func("/conversation/reply/twice", pressing_send_twice_sends_once);
  g_test_add_func("/conversation/reply/two-agents", two_agents_at_once_do_not_both_answer);
  g_test_add_func("/conversation/reply/acknowledgement-is-no-change", the_acknowledgement_does_not_count_as_a_change);
  g_test_add_func("/conversation/reply/no-recipient", a_customer_without_an_address_cannot_be_answered);
  g_test_add_func("/conversation/reply/too-large", attachments_over_the_limit_are_refused_whole);
  g_test_add_func("/conversation/reply/and-solve", send_and_solve_does_both);
  g_test_add_func("/conversation/note", a_note_stays_in_the_house);
  g_test_add_func("/conversation/list/longest-waiting-first", who_waits_longest_is_on_top);
  g_test_add_func("/conversation/list/pages", pages_follow_each_other_without_gap_or_double);
  g_test_add_func("/conversation/counts", counts_follow_every_change);
  g_test_add_func("/conversation/not-there", what_is_not_there_is_said_so);
  g_test_add_func("/conversation/long-thread", a_long_thread_comes_in_pages);
  g_test_add_func("/conversation/evidence/round-trip", evidence_survives_its_short_form);
  g_test_add_func("/conversation/evidence/bad-lines", evidence_outside_the_text_is_left_out);
  return g_test_run();
}
