// Merging (doc/mail.md 7): everything goes on in the survivor, and whatever names the other one leads there.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/draft/draft.h"
#include "desk/outbox/outbox.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define BRAM "Bram Visser <bram@visser.example>"

static void merge(TestDesk *test, int64_t from, int64_t into) {
  g_autoptr(GError) error = NULL;
  conversation_merge(test->desk, &test->mira, from, into, &error);
  g_assert_no_error(error);
}

static void the_survivor_has_everything(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = test_write(test, AGNES, "a1@x", "The bell", NULL, NULL).number;
  int64_t since = test->clock.set_to;
  test->clock.set_to += CLOCK_HOUR;
  int64_t two = test_write(test, AGNES, "a2@x", "The lamp", NULL, "I am furious about this lamp.").number;
  g_assert_true(conversation_assign(test->desk, &test->mira, two, test->jonas.id, &error));
  merge(test, two, one);
  Thread thread = test_thread(test, one);
  g_assert_cmpuint(thread.messages.count, ==, 4);
  g_assert_cmpint(thread.conversation->message_count, ==, 2);
  g_assert_cmpint(thread.conversation->waiting_since, ==, since);
  g_assert_cmpint(thread.conversation->assignee_id, ==, test->jonas.id);
  g_assert_cmpint(thread.conversation->last_message_id, ==, thread.messages.items[2].id);
  g_assert_cmpint(thread.conversation->emotion, ==, thread.messages.items[2].reading->emotion);
  g_assert_cmpuint(thread.others.count, ==, 0);
  Conversation *gone = test_thread(test, two).conversation;
  g_assert_cmpint(gone->state, ==, CONVERSATION_MERGED);
  g_assert_cmpint(gone->merged_into, ==, one);
  test_counts(test); // the tallies agree with the rows
}

static void a_draft_goes_along(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number,
          two = test_write(test, AGNES, "a2@x", NULL, NULL, NULL).number;
  const int64_t staff = test->mira.id;
  DraftInput input = {.text = "Dear Agnes,", .cc = "", .bcc = "", .kept = &(IntList){0}, .added = &(MailAttachmentList){0}};
  Draft *draft = NULL;
  g_assert_true(draft_keep(test->desk, staff, two, DRAFT_REPLY, &input, &error));
  merge(test, two, one);
  g_assert_true(draft_load(test->arena, test->desk, staff, one, DRAFT_REPLY, &draft, &error));
  g_assert_nonnull(draft);
  g_assert_cmpstr(draft->text, ==, "Dear Agnes,");
}

static void two_drafts_of_one_person_become_one(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number,
          two = test_write(test, AGNES, "a2@x", NULL, NULL, NULL).number;
  const int64_t staff = test->mira.id;
  const IntList none = {0};
  MailAttachmentList files = {0};
  Draft *draft = NULL;
  *list_add(test->arena, &files) = (MailAttachment){.name = "a.txt", .type = "text/plain", .bytes = bytes_of_text("A")};
  g_assert_true(
    draft_keep(test->desk, staff, one, DRAFT_REPLY, &(DraftInput){"First words.", "ann@x.example", "", &none, &files}, &error));
  files.items[0].name = "b.txt";
  g_assert_true(draft_keep(test->desk, staff, two, DRAFT_REPLY,
                           &(DraftInput){"Second words.", "bob@x.example", "cy@x.example", &none, &files}, &error));
  g_assert_true(draft_keep(test->desk, test->jonas.id, two, DRAFT_REPLY,
                           &(DraftInput){"Mine.", "", "", &none, &(MailAttachmentList){0}}, &error));
  merge(test, two, one);
  g_assert_true(draft_load(test->arena, test->desk, staff, one, DRAFT_REPLY, &draft, &error));
  g_assert_cmpstr(draft->text, ==, "First words.\n\nSecond words.");
  g_assert_cmpstr(draft->cc, ==, "ann@x.example, bob@x.example");
  g_assert_cmpstr(draft->bcc, ==, "cy@x.example");
  g_assert_cmpuint(draft->attachments.count, ==, 2);
  g_assert_true(draft_load(test->arena, test->desk, staff, two, DRAFT_REPLY, &draft, &error));
  g_assert_null(draft); // nothing is left behind
  g_assert_true(draft_load(test->arena, test->desk, test->jonas.id, one, DRAFT_REPLY, &draft, &error));
  g_assert_cmpstr(draft->text, ==, "Mine.");
}

static void both_journals_say_so(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t one = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number,
          two = test_write(test, AGNES, "a2@x", NULL, NULL, NULL).number;
  merge(test, two, one);
  Thread kept = test_thread(test, one), gone = test_thread(test, two);
  const Event *in = &kept.events.items[kept.events.count - 1], *away = &gone.events.items[gone.events.count - 1];
  g_assert_cmpint(in->kind, ==, EVENT_MERGED);
  g_assert_cmpstr(in->detail, ==, "#1002");
  g_assert_cmpstr(in->staff_name, ==, "Mira Lindqvist");
  g_assert_cmpint(away->kind, ==, EVENT_MERGED_AWAY);
  g_assert_cmpstr(away->detail, ==, "#1001");
}

static void answers_reports_and_tokens_go_to_the_survivor(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t one = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number,
          two = test_write(test, AGNES, "a2@x", NULL, NULL, NULL).number;
  int64_t answer_id = test_reply(test, two, "I will look at it.");
  const Mail *answer = test_sent_mail(test, answer_id);
  const char *token = mail_address_with_tag(test->arena, "help@godwit.example", reply_token(test->arena, test->desk, two));
  merge(test, two, one);
  g_assert_cmpint(test_write(test, AGNES, "a3@x", NULL, answer->message_id, "By our id.").number, ==, one);
  g_assert_cmpint(test_write(test, AGNES, "a4@x", NULL, "a2@x", "By her own id.").number, ==, one);
  g_assert_cmpint(test_write(test, AGNES, "a5@x", "About [#1002]", NULL, "By number.").number, ==, one);
  g_assert_cmpint(test_take_for(test, "From: agnes@moor.example\nSubject: t\n\nBy token.\n", token).number, ==, one);
  const char *bounce = arena_printf(
    test->arena,
    "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: %s\nSubject: failed\nMIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSee.\n--b\n"
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
    "Final-Recipient: rfc822; agnes@moor.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n",
    token);
  g_assert_cmpint(test_take_for(test, bounce, token).number, ==, one);
  g_assert_cmpint(test_reply(test, one, "Answered in the survivor."), >, answer_id);
}

static void people_of_both_take_part(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t one = test_write(test, AGNES, "a1@x", NULL, NULL, NULL).number,
          two = test_write(test, BRAM, "b1@x", NULL, NULL, NULL).number;
  merge(test, two, one);
  g_assert_cmpint(test_write(test, BRAM, "b2@x", NULL, "b1@x", "More.").number, ==, one);
  g_assert_cmpint(test_write(test, AGNES, "a2@x", NULL, "a1@x", "More.").number, ==, one);
  g_assert_cmpint(test_write(test, BRAM, "b3@x", NULL, "a1@x", "More.").number, ==, one);
}

static void merges_in_a_row_lead_to_the_last(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t numbers[6], survivor = 0;
  g_autoptr(GError) error = NULL;
  for (int i = 0; i < 6; i++)
    numbers[i] = test_write(test, AGNES, arena_printf(test->arena, "a%d@x", i), NULL, NULL, NULL).number;
  for (int i = 0; i < 5; i++) merge(test, numbers[i], numbers[i + 1]);
  for (int i = 0; i < 6; i++) {
    g_assert_true(conversation_survivor(test->desk, numbers[i], &survivor, &error));
    g_assert_cmpint(survivor, ==, numbers[5]);
    const char *subject = arena_printf(test->arena, "[#%" G_GINT64_FORMAT "]", numbers[i]);
    g_assert_cmpint(test_write(test, AGNES, arena_printf(test->arena, "r%d@x", i), subject, NULL, NULL).number, ==, numbers[5]);
  }
}

static void a_merge_into_a_merged_one_goes_to_the_survivor(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  for (int i = 0; i < 3; i++) test_write(test, AGNES, arena_printf(test->arena, "a%d@x", i), NULL, NULL, NULL);
  merge(test, 1001, 1002);
  merge(test, 1003, 1001);
  g_assert_cmpint(test_thread(test, 1003).conversation->merged_into, ==, 1002);
}

static void what_cannot_be_merged_is_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  static const struct {
    int64_t from, into;
    RapportError code;
  } cases[] = {{1002, 1002, ERROR_INVALID},
               {1001, 1002, ERROR_CONFLICT},
               {1002, 1001, ERROR_INVALID},
               {1003, 9999, ERROR_NOT_FOUND},
               {9999, 1003, ERROR_NOT_FOUND}};
  for (int i = 0; i < 3; i++) test_write(test, AGNES, arena_printf(test->arena, "a%d@x", i), NULL, NULL, NULL);
  merge(test, 1001, 1003);
  merge(test, 1003, 1002);
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(conversation_merge(test->desk, &test->mira, cases[i].from, cases[i].into, &error));
    if (cases[i].from != 1003) g_assert_true(error_is(error, cases[i].code));
  }
  test_counts(test);
}

static void chains_of_merges_have_an_end(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_set(test, "conversations-an-hour", "1000");
  test_set(test, "answers-an-hour", "0");
  int64_t deepest = test_write(test, AGNES, "a@x", NULL, NULL, NULL).number, survivor = 0, next = 0;
  for (int i = 0; i < MERGES_DEEP; i++) {
    next = test_write(test, AGNES, arena_printf(test->arena, "a%d@x", i), NULL, NULL, NULL).number;
    if (!conversation_merge(test->desk, &test->mira, next - 1, next, &error)) break;
  }
  g_assert_true(error_is(error, ERROR_INVALID)); // the last one was refused
  g_clear_error(&error);
  g_assert_true(conversation_survivor(test->desk, deepest, &survivor, &error));
  g_assert_cmpint(survivor, ==, next - 1);
  merge(test, next, survivor); // the other way round there is always room
}

static void work_on_a_merged_one_says_where_it_went_on(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  test_write(test, AGNES, "a2@x", NULL, NULL, NULL);
  merge(test, 1002, 1001);
  g_assert_false(conversation_solve(test->desk, &test->mira, 1002, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_assert_nonnull(strstr(error->message, "#1001"));
}

static void an_open_one_opens_the_solved_one(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
  test_write(test, AGNES, "a2@x", NULL, NULL, NULL);
  g_assert_true(conversation_solve(test->desk, &test->mira, 1001, &error));
  merge(test, 1002, 1001);
  Conversation *kept = test_thread(test, 1001).conversation;
  g_assert_cmpint(kept->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(kept->waiting_since, ==, test->clock.set_to);
  test_counts(test);
}

typedef struct Crossing {
  const char *where;
  Staff actor;
  int64_t from, into;
} Crossing;

static gpointer cross(gpointer data) {
  const Crossing *crossing = data;
  g_autoptr(Arena) arena = arena_new();
  Clock clock = clock_standing_at(INT64_C(1795338000) * CLOCK_SECOND);
  g_autoptr(GError) error = NULL;
  Desk *desk = desk_join(arena, crossing->where, &clock, &random_system, &error);
  g_assert_no_error(error);
  while (!conversation_merge(desk, &crossing->actor, crossing->from, crossing->into, &error)) {
    bool is_late = error_is(error, ERROR_CONFLICT) || error_is(error, ERROR_INVALID); // the other was first
    bool may_pass = error_is(error, ERROR_BUSY);
    g_clear_error(&error);
    g_assert_true(is_late || may_pass);
    if (is_late) break;
  }
  return NULL;
}

static void two_merges_that_cross_leave_one_survivor(void) {
  for (int round = 0; round < 5; round++) {
    g_autoptr(TestDesk) test = test_desk_new();
    test_write(test, AGNES, "a1@x", NULL, NULL, NULL);
    test_write(test, AGNES, "a2@x", NULL, NULL, NULL);
    Crossing there = {test->where, test->mira, 1001, 1002}, back = {test->where, test->jonas, 1002, 1001};
    GThread *one = g_thread_new("one", cross, &there), *two = g_thread_new("two", cross, &back);
    g_thread_join(one);
    g_thread_join(two);
    bool first_gone = test_thread(test, 1001).conversation->state == CONVERSATION_MERGED;
    bool second_gone = test_thread(test, 1002).conversation->state == CONVERSATION_MERGED;
    g_assert_true(first_gone != second_gone);
    g_assert_cmpuint(test_thread(test, first_gone ? 1002 : 1001).messages.count, ==, 4);
    test_counts(test);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/conversation/merge/survivor-has-everything", the_survivor_has_everything);
  g_test_add_func("/conversation/merge/draft", a_draft_goes_along);
  g_test_add_func("/conversation/merge/two-drafts", two_drafts_of_one_person_become_one);
  g_test_add_func("/conversation/merge/journals", both_journals_say_so);
  g_test_add_func("/conversation/merge/case-7-answers-reports-tokens", answers_reports_and_tokens_go_to_the_survivor);
  g_test_add_func("/conversation/merge/participants", people_of_both_take_part);
  g_test_add_func("/conversation/merge/case-7-in-a-row", merges_in_a_row_lead_to_the_last);
  g_test_add_func("/conversation/merge/into-a-merged-one", a_merge_into_a_merged_one_goes_to_the_survivor);
  g_test_add_func("/conversation/merge/refused", what_cannot_be_merged_is_refused);
  g_test_add_func("/conversation/merge/chains-end", chains_of_merges_have_an_end);
  g_test_add_func("/conversation/merge/work-on-a-merged-one", work_on_a_merged_one_says_where_it_went_on);
  g_test_add_func("/conversation/merge/opens", an_open_one_opens_the_solved_one);
  g_test_add_func("/conversation/merge/crossing", two_merges_that_cross_leave_one_survivor);
  return g_test_run();
}
