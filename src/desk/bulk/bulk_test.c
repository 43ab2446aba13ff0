// Many at once, and back again: what cannot be done to one keeps no other from it; what somebody changed since is left alone.
#include "desk/bulk/bulk.h"
#include "desk/complaint/complaint.h"
#include "desk/conversation/verbs.h"
#include "desk/conversation/work.h"
#include "desk/tag/tag.h"
#include "desk/team/team.h"
#include "desk/testing.h"

static IntList three(TestDesk *test) {
  IntList numbers = {0};
  for (int i = 0; i < 3; i++)
    *list_add(test->arena, &numbers) =
      test_write(test, "Agnes Moor <agnes@moor.example>", arena_printf(test->arena, "a%d@x", i), NULL, NULL, NULL).number;
  return numbers;
}

static Batch act(TestDesk *test, BulkKind kind, int64_t value, const IntList *numbers) {
  g_autoptr(GError) error = NULL;
  Batch batch;
  bulk_do(test->arena, test->desk, &test->mira, kind, value, numbers, &batch, &error);
  g_assert_no_error(error);
  return batch;
}

static BulkUndone back(TestDesk *test, const Batch *batch) {
  g_autoptr(GError) error = NULL;
  BulkUndone undone;
  bulk_undo(test->arena, test->desk, &test->mira, batch->id, &undone, &error);
  g_assert_no_error(error);
  return undone;
}

static Conversation *look(TestDesk *test, int64_t number) { return test_thread(test, number).conversation; }

static void every_kind_is_done_and_undone(void) {
  for (BulkKind kind = 0; kind < BULK_KIND_COUNT; kind++) {
    g_autoptr(TestDesk) test = test_desk_new();
    g_autoptr(GError) error = NULL;
    IntList numbers = three(test);
    int64_t team = 0, tag = 0;
    team_make(test->desk, &test->mira, "Repairs", true, &team, &error);
    team_set_members(test->desk, &test->mira, team, &(IntList){.items = &test->jonas.id, .count = 1}, &error);
    g_assert_true(tag_make(test->desk, "bell", &tag, &error));
    if (kind == BULK_UNTAG) g_assert_true(tag_add(test->desk, &test->mira, 1003, "bell", &error));
    if (kind == BULK_UNTAG) g_assert_true(tag_add(test->desk, &test->mira, 1002, "bell", &error));
    const int64_t values[BULK_KIND_COUNT] = {
      test->jonas.id, team, PRIORITY_URGENT, test->clock.set_to + CLOCK_DAY, 0, tag, tag, 1001};
    int64_t since = look(test, 1002)->waiting_since;
    Batch batch = act(test, kind, values[kind], &numbers);
    g_test_message("%s", bulk_kind_word(kind));
    g_assert_cmpint(batch.changed, ==, kind == BULK_MERGE || kind == BULK_UNTAG ? 2 : 3);
    g_assert_true(bulk_may_undo(test->desk, &batch));
    test_counts(test);
    BulkUndone undone = back(test, &batch);
    g_assert_cmpint(undone.put_back, ==, batch.changed);
    g_assert_cmpuint(undone.left.count, ==, 0);
    for (int64_t number = 1001; number <= 1003; number++) {
      Conversation *again = look(test, number);
      g_assert_cmpint(again->state, ==, CONVERSATION_OPEN);
      g_assert_cmpint(again->assignee_id, ==, 0);
      g_assert_cmpint(again->team_id, ==, 0);
      g_assert_cmpint(again->priority, ==, PRIORITY_NORMAL);
      g_assert_cmpint(again->snoozed_until, ==, 0);
      g_assert_cmpint(again->waiting_since, ==, since);
      TagList tags = {0};
      g_assert_true(tag_of(test->arena, test->desk, number, &tags, &error));
      g_assert_cmpuint(tags.count, ==, kind == BULK_UNTAG && number > 1001);
    }
    test_counts(test);
  }
}

static void what_cannot_be_done_to_one_keeps_no_other_from_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  IntList numbers = three(test);
  *list_add(test->arena, &numbers) = 9999; // is not there: nothing to say of it
  *list_add(test->arena, &numbers) = 1001; // counted once
  g_assert_true(complaint_receive(test->desk, &test->mira, 1002, ORIGIN_PERSON, "", &error));
  Batch batch = act(test, BULK_SOLVE, 0, &numbers);
  g_assert_cmpint(batch.changed, ==, 2);
  g_assert_cmpuint(batch.items.count, ==, 3);
  g_assert_nonnull(strstr(batch.items.items[1].problem, "complaint"));
  g_assert_cmpint(look(test, 1002)->state, ==, CONVERSATION_OPEN);
}

static void what_changed_since_is_left_alone_and_named(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  IntList numbers = three(test);
  Batch batch = act(test, BULK_ASSIGN, test->jonas.id, &numbers);
  g_assert_true(conversation_assign(test->desk, &test->jonas, 1002, test->mira.id, &error));
  g_assert_true(conversation_merge(test->desk, &test->mira, 1003, 1001, &error));
  BulkUndone undone = back(test, &batch);
  g_assert_cmpint(undone.put_back, ==, 1);
  g_assert_cmpuint(undone.left.count, ==, 2);
  g_assert_cmpint(undone.left.items[0], ==, 1002);
  g_assert_cmpint(look(test, 1002)->assignee_id, ==, test->mira.id);
  g_assert_cmpint(look(test, 1001)->assignee_id, ==, 0);
}

static void one_goes_back_once_by_oneself_and_within_ten_minutes(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  IntList numbers = three(test);
  Batch batch = act(test, BULK_PRIORITY, PRIORITY_HIGH, &numbers), late = act(test, BULK_SOLVE, 0, &numbers);
  BulkUndone undone;
  g_autoptr(GError) error = NULL;
  g_assert_false(bulk_undo(test->arena, test->desk, &test->jonas, batch.id, &undone, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_clear_error(&error);
  back(test, &batch);
  g_assert_false(bulk_undo(test->arena, test->desk, &test->mira, batch.id, &undone, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  test->clock.set_to += BULK_UNDO;
  g_assert_false(bulk_may_undo(test->desk, &late));
  g_assert_false(bulk_undo(test->arena, test->desk, &test->mira, late.id, &undone, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
}

static bool is_fresh(TestDesk *test, const Staff *who, const Batch *batch) {
  g_autoptr(GError) error = NULL;
  Batch *fresh = NULL;
  g_assert_true(bulk_fresh(test->arena, test->desk, who, batch->id, &fresh, &error));
  return fresh != NULL;
}

static void ones_own_is_offered_until_it_went_back_or_ten_minutes_are_over(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  IntList numbers = three(test);
  Batch first = act(test, BULK_PRIORITY, PRIORITY_HIGH, &numbers), second = act(test, BULK_SOLVE, 0, &numbers);
  g_assert_true(is_fresh(test, &test->mira, &first) && is_fresh(test, &test->mira, &second));
  g_assert_false(is_fresh(test, &test->jonas, &second));
  back(test, &second);
  g_assert_false(is_fresh(test, &test->mira, &second));
  test->clock.set_to += BULK_UNDO;
  g_assert_false(is_fresh(test, &test->mira, &first));
}

static void only_one_customers_are_merged_at_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  IntList numbers = three(test);
  int64_t other = test_write(test, "bram@visser.example", "b@x", NULL, NULL, NULL).number;
  *list_add(test->arena, &numbers) = other;
  Batch batch = act(test, BULK_MERGE, 1001, &numbers);
  g_assert_cmpint(batch.changed, ==, 2);
  g_assert_cmpint(look(test, other)->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(look(test, 1001)->message_count, ==, 3);
}

static void what_makes_no_sense_is_refused_as_a_whole(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  IntList numbers = three(test), none = {0}, many = {0};
  for (int64_t i = 0; i <= BULK_MOST; i++) *list_add(test->arena, &many) = 1000 + i;
  const struct {
    BulkKind kind;
    int64_t value;
    const IntList *numbers;
  } cases[] = {{BULK_SOLVE, 0, &none},        {BULK_SOLVE, 0, &many},       {BULK_ASSIGN, 4711, &numbers},
               {BULK_PRIORITY, 17, &numbers}, {BULK_SNOOZE, 5, &numbers},   {BULK_TAG, 4711, &numbers},
               {BULK_TEAM, 4711, &numbers},   {BULK_MERGE, 4711, &numbers}, {BULK_KIND_COUNT, 0, &numbers}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    Batch batch;
    g_assert_false(
      bulk_do(test->arena, test->desk, &test->mira, cases[i].kind, cases[i].value, cases[i].numbers, &batch, &error));
    g_assert_true(error_is(error, ERROR_INVALID) || error_is(error, ERROR_NOT_FOUND));
  }
  for (BulkKind kind = 0; kind < BULK_KIND_COUNT; kind++) {
    BulkKind read;
    g_assert_true(bulk_kind_from_word(bulk_kind_word(kind), &read));
    g_assert_cmpint(read, ==, kind);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/bulk/every-kind", every_kind_is_done_and_undone);
  g_test_add_func("/bulk/problems", what_cannot_be_done_to_one_keeps_no_other_from_it);
  g_test_add_func("/bulk/changed-since", what_changed_since_is_left_alone_and_named);
  g_test_add_func("/bulk/once", one_goes_back_once_by_oneself_and_within_ten_minutes);
  g_test_add_func("/bulk/fresh", ones_own_is_offered_until_it_went_back_or_ten_minutes_are_over);
  g_test_add_func("/bulk/merge", only_one_customers_are_merged_at_once);
  g_test_add_func("/bulk/refused", what_makes_no_sense_is_refused_as_a_whole);
  return g_test_run();
}
