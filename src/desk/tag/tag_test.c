// Tags: one of a name, put on and taken off, tidied by supervisors.
#include "desk/conversation/verbs.h"
#include "desk/tag/tag.h"
#include "desk/testing.h"

static int64_t write_one(TestDesk *test, const char *id) {
  return test_write(test, "Agnes Moor <agnes@moor.example>", id, NULL, NULL, NULL).number;
}

static void put(TestDesk *test, int64_t number, const char *name) {
  g_autoptr(GError) error = NULL;
  tag_add(test->desk, &test->mira, number, name, &error);
  g_assert_no_error(error);
}

// "bell, gift card" as it stands on the conversation.
static const char *tags_of(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) names = g_string_new(NULL);
  TagList tags = {0};
  tag_of(test->arena, test->desk, number, &tags, &error);
  g_assert_no_error(error);
  list_each(const Tag, tag, &tags) g_string_append_printf(names, "%s%s", names->len ? ", " : "", tag->name);
  return arena_strdup(test->arena, names->str);
}

static int64_t id_of(TestDesk *test, const char *name) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  tag_make(test->desk, name, &id, &error);
  g_assert_no_error(error);
  return id;
}

static void a_tag_is_one_however_it_is_written(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = write_one(test, "a@x"), two = write_one(test, "b@x");
  TagList tags = {0};
  put(test, one, "Gift card");
  put(test, two, "gift   CARD ");
  put(test, two, "bell");
  g_assert_cmpstr(tags_of(test, one), ==, "Gift card");
  g_assert_cmpstr(tags_of(test, two), ==, "bell, Gift card");
  bool has_more = true;
  g_assert_true(tag_list(test->arena, test->desk, true, "", "", &tags, &has_more, &error));
  g_assert_false(has_more);
  g_assert_cmpuint(tags.count, ==, 2);
  g_assert_cmpint(tags.items[1].uses, ==, 2);
}

static void the_journal_says_it_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_one(test, "a@x");
  put(test, number, "bell");
  Thread thread = test_thread(test, number);
  const Event *last = &thread.events.items[thread.events.count - 1];
  g_assert_cmpint(last->kind, ==, EVENT_TAGGED);
  g_assert_cmpstr(last->detail, ==, "bell");
  put(test, number, "Bell");
  g_assert_cmpuint(test_thread(test, number).events.count, ==, thread.events.count);
  g_assert_true(tag_remove(test->desk, &test->mira, number, id_of(test, "bell"), &error));
  g_assert_true(tag_remove(test->desk, &test->mira, number, id_of(test, "bell"), &error));
  g_assert_cmpuint(test_thread(test, number).events.count, ==, thread.events.count + 1);
  g_assert_cmpstr(tags_of(test, number), ==, "");
}

static void names_that_cannot_be_are_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = write_one(test, "a@x");
  static const char *const wrong[] = {"", "  \n", "a, b", "a tag that is much longer than any tag should ever be"};
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(tag_add(test->desk, &test->mira, number, wrong[i], &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
  g_autoptr(GError) error = NULL;
  g_assert_false(tag_remove(test->desk, &test->mira, number, 999, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void a_conversation_has_only_so_many(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_one(test, "a@x");
  for (int i = 0; i < TAGS_MOST; i++) put(test, number, arena_printf(test->arena, "tag %d", i));
  g_assert_false(tag_add(test->desk, &test->mira, number, "one more", &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  TagList tags = {0};
  g_clear_error(&error);
  g_assert_true(tag_of(test->arena, test->desk, number, &tags, &error));
  g_assert_cmpuint(tags.count, ==, TAGS_MOST);
}

static void a_tag_is_renamed_merged_and_retired(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = write_one(test, "a@x"), two = write_one(test, "b@x");
  put(test, one, "bel");
  put(test, one, "ring");
  put(test, two, "ring");
  g_assert_true(tag_rename(test->desk, &test->mira, id_of(test, "bel"), "bell", &error));
  g_assert_false(tag_rename(test->desk, &test->mira, id_of(test, "bell"), "RING", &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  g_assert_true(tag_merge(test->desk, &test->mira, id_of(test, "ring"), id_of(test, "bell"), &error));
  g_assert_cmpstr(tags_of(test, one), ==, "bell");
  g_assert_cmpstr(tags_of(test, two), ==, "bell");
  int64_t bell = id_of(test, "bell");
  g_assert_false(tag_merge(test->desk, &test->mira, bell, bell, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_true(tag_retire(test->desk, &test->mira, bell, &error));
  g_assert_cmpstr(tags_of(test, one), ==, "bell"); // what has it keeps it
  g_assert_false(tag_add(test->desk, &test->mira, two, "bell", &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  g_assert_true(tag_restore(test->desk, &test->mira, bell, &error));
  put(test, two, "bell");
}

static void a_merge_of_conversations_unites_their_tags(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = write_one(test, "a@x"), two = write_one(test, "b@x");
  put(test, one, "bell");
  put(test, one, "ring");
  put(test, two, "ring");
  g_assert_true(conversation_merge(test->desk, &test->mira, one, two, &error));
  g_assert_cmpstr(tags_of(test, two), ==, "bell, ring");
  g_assert_false(tag_add(test->desk, &test->mira, one, "lamp", &error)); // it went on there
  g_assert_true(error_is(error, ERROR_CONFLICT));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/tag/one-of-a-name", a_tag_is_one_however_it_is_written);
  g_test_add_func("/tag/journal", the_journal_says_it_once);
  g_test_add_func("/tag/refused", names_that_cannot_be_are_refused);
  g_test_add_func("/tag/only-so-many", a_conversation_has_only_so_many);
  g_test_add_func("/tag/tidied", a_tag_is_renamed_merged_and_retired);
  g_test_add_func("/tag/merge", a_merge_of_conversations_unites_their_tags);
  return g_test_run();
}
