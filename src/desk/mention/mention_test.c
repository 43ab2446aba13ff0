// Mentions: who is called by a note, and until when it is news to them.
#include "desk/conversation/verbs.h"
#include "desk/mention/mention.h"
#include "desk/testing.h"

static const char *called_in(Arena *arena, const char *text) {
  Staff people[] = {{.id = 1, .name = "Mira Lindqvist", .is_active = true},
                    {.id = 2, .name = "Mira Lind", .is_active = true},
                    {.id = 3, .name = "Inês Prado", .is_active = true},
                    {.id = 4, .name = "Jonas Feld", .is_active = false},
                    {.id = 5, .name = "Jonas Vale", .is_active = true}};
  StaffList list = {.items = people, .count = G_N_ELEMENTS(people)}, called = {0};
  g_autoptr(GString) ids = g_string_new(NULL);
  mention_read(arena, text, &list, &called);
  list_each(const Staff, person, &called) g_string_append_printf(ids, "%" G_GINT64_FORMAT, person->id);
  return arena_strdup(arena, ids->str);
}

static void names_are_read_as_people_write_them(void) {
  g_autoptr(Arena) arena = arena_new();
  static const struct {
    const char *text, *called;
  } cases[] = {
    {"Can you look, @Mira Lindqvist?", "1"},
    {"@Mira Lind, please", "2"}, // and not the other, whose name begins so
    {"@Mira, please", ""},       // there are two
    {"@ines knows. So does @INÊS PRADO.", "3"},
    {"@Jonas has it", "5"},     // the other one is not here any more
    {"@Jonas Feld had it", ""}, // and is nobody else
    {"@Jonasson", ""},
    {"write to jonas@Jonas or a@ines.example", ""},
    {"(@Ines) and @Jonas.", "35"},
    {"@", ""},
    {"@@Ines", "3"},
    {"", ""},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_test_message("%s", cases[i].text);
    g_assert_cmpstr(called_in(arena, cases[i].text), ==, cases[i].called);
  }
}

static int64_t note(TestDesk *test, int64_t number, const char *text) {
  g_autoptr(GError) error = NULL;
  ReplyDraft draft = {.number = number, .text = text};
  ReplyOutcome outcome;
  int64_t id = 0;
  conversation_note(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error);
  g_assert_no_error(error);
  return id;
}

static int64_t unseen(TestDesk *test, const Staff *person) {
  g_autoptr(GError) error = NULL;
  ViewCounts counts = {0};
  conversation_counts(test->arena, test->desk, person->id, &counts, &error);
  g_assert_no_error(error);
  return counts.views[VIEW_MENTIONS];
}

static void it_is_news_until_they_open_the_conversation(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, "agnes@moor.example", "a@x", NULL, NULL, NULL).number;
  note(test, number, "@Jonas, is this yours? @Mira thinks so.");
  note(test, number, "@jonas feld: again");
  g_assert_cmpint(unseen(test, &test->jonas), ==, 1); // one conversation
  g_assert_cmpint(unseen(test, &test->mira), ==, 0);  // nobody calls themselves
  Thread thread = test_thread(test, number);
  const Event *last = &thread.events.items[thread.events.count - 1];
  g_assert_cmpint(last->kind, ==, EVENT_MENTIONED);
  g_assert_cmpstr(last->detail, ==, "Jonas Feld");
  g_assert_true(mention_see(test->desk, test->mira.id, number, &error));
  g_assert_cmpint(unseen(test, &test->jonas), ==, 1);
  g_assert_true(mention_see(test->desk, test->jonas.id, number, &error));
  g_assert_cmpint(unseen(test, &test->jonas), ==, 0);
  note(test, number, "@Jonas?");
  g_assert_cmpint(unseen(test, &test->jonas), ==, 1);
}

static void it_goes_where_the_note_goes(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = test_write(test, "agnes@moor.example", "a@x", NULL, NULL, NULL).number;
  int64_t two = test_write(test, "agnes@moor.example", "b@x", NULL, NULL, NULL).number;
  note(test, one, "@Jonas?");
  g_assert_true(conversation_merge(test->desk, &test->mira, one, two, &error));
  g_assert_true(mention_see(test->desk, test->jonas.id, two, &error));
  g_assert_cmpint(unseen(test, &test->jonas), ==, 0);
}

static void who_wants_mail_is_told_by_mail(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, "agnes@moor.example", "a@x", NULL, NULL, NULL).number;
  int64_t before = test_counts(test).outbox;
  note(test, number, "@Jonas?");
  test_tell_staff(test);
  g_assert_cmpint(test_counts(test).outbox, ==, before);
  g_assert_true(staff_set_mails(test->desk, test->jonas.id, STAFF_MAILS_MINE, &error));
  note(test, number, "@Jonas?");
  test_tell_staff(test);
  g_assert_cmpint(test_counts(test).outbox, ==, before + 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mention/names", names_are_read_as_people_write_them);
  g_test_add_func("/mention/news", it_is_news_until_they_open_the_conversation);
  g_test_add_func("/mention/merge", it_goes_where_the_note_goes);
  g_test_add_func("/mention/mail", who_wants_mail_is_told_by_mail);
  return g_test_run();
}
