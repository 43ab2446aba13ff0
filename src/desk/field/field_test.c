// Fields of a desk's own: what is typed is checked and kept in one way of writing.
#include "desk/conversation/verbs.h"
#include "desk/field/field.h"
#include "desk/link/link.h"
#include "desk/testing.h"

static void values_are_kept_in_one_way_of_writing(void) {
  g_autoptr(Arena) arena = arena_new();
  static const struct {
    FieldKind kind;
    const char *text, *kept; // kept NULL: refused
  } cases[] = {
    {FIELD_TEXT, "  W-3131\n", "W-3131"},
    {FIELD_TEXT, NULL, ""},
    {FIELD_NUMBER, "12,50", "12.5"},
    {FIELD_NUMBER, "-3", "-3"},
    {FIELD_NUMBER, "-0", "0"},
    {FIELD_NUMBER, "123456789012", "123456789012"},
    {FIELD_NUMBER, "1e400", NULL},
    {FIELD_NUMBER, "nan", NULL},
    {FIELD_NUMBER, "0x10", NULL},
    {FIELD_NUMBER, "12 bells", NULL},
    {FIELD_NUMBER, "1.2.3", NULL},
    {FIELD_DATE, "2026-02-28", "2026-02-28"},
    {FIELD_DATE, "2026-02-30", NULL},
    {FIELD_DATE, "28.02.2026", NULL},
    {FIELD_DATE, "2026-2-8", NULL},
    {FIELD_DATE, "+026-02-28", NULL},
    {FIELD_CHOICE, "Dublin", "Dublin"},
    {FIELD_CHOICE, "Paris", NULL},
    {FIELD_CHECKBOX, "on", "1"},
    {FIELD_CHECKBOX, "", ""},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    Field field = {.kind = cases[i].kind, .choices = "Dublin\nCork"};
    const char *kept = NULL, *problem = NULL;
    g_test_message("%s", cases[i].text ? cases[i].text : "nothing");
    g_assert_true(field_read(arena, &field, cases[i].text, &kept, &problem) == (cases[i].kept != NULL));
    if (cases[i].kept) g_assert_cmpstr(kept, ==, cases[i].kept);
    g_assert_true((problem != NULL) == (cases[i].kept == NULL));
  }
}

static int64_t make(TestDesk *test, const char *name, FieldKind kind, const char *choices) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  field_make(test->desk, &test->mira, name, kind, choices, &id, &error);
  g_assert_no_error(error);
  return id;
}

static bool fill(TestDesk *test, int64_t number, int64_t one, const char *first, int64_t other, const char *second) {
  g_autoptr(GError) error = NULL;
  FieldEntryList entries = {0};
  bool has_problem = false;
  *list_add(test->arena, &entries) = (FieldEntry){.id = one, .text = first};
  if (other) *list_add(test->arena, &entries) = (FieldEntry){.id = other, .text = second};
  field_fill(test->arena, test->desk, &test->mira, number, &entries, &has_problem, &error);
  g_assert_no_error(error);
  return !has_problem;
}

static const char *value_of(TestDesk *test, int64_t number, int64_t id) {
  g_autoptr(GError) error = NULL;
  FieldList fields = {0};
  g_assert_true(field_of(test->arena, test->desk, number, &fields, &error));
  list_each(const Field, field, &fields)
    if (field->id == id) return field->value ? field->value : "";
  return NULL;
}

static void all_are_filled_in_or_none(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = test_write(test, "agnes@moor.example", "a@x", NULL, NULL, NULL).number;
  int64_t frame = make(test, "Frame", FIELD_TEXT, ""), paid = make(test, "Paid", FIELD_NUMBER, "");
  g_assert_false(fill(test, number, frame, "W-3131", paid, "a lot"));
  g_assert_cmpstr(value_of(test, number, frame), ==, "");
  g_assert_true(fill(test, number, frame, "W-3131", paid, "171,00"));
  g_assert_cmpstr(value_of(test, number, frame), ==, "W-3131");
  g_assert_cmpstr(value_of(test, number, paid), ==, "171");
  Thread thread = test_thread(test, number);
  g_assert_cmpint(thread.events.items[thread.events.count - 1].kind, ==, EVENT_FIELD);
  g_assert_cmpstr(thread.events.items[thread.events.count - 1].detail, ==, "Paid: 171");
  g_assert_true(fill(test, number, frame, "W-3131", paid, "171.0")); // the same: the journal says nothing
  g_assert_cmpuint(test_thread(test, number).events.count, ==, thread.events.count);
  g_assert_true(fill(test, number, frame, " ", 0, NULL));
  g_assert_cmpstr(value_of(test, number, frame), ==, "");
}

static void choices_may_change_and_what_was_chosen_stays(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, "agnes@moor.example", "a@x", NULL, NULL, NULL).number;
  int64_t shop = make(test, "Shop", FIELD_CHOICE, "Dublin\n\n Cork \nDublin\n");
  g_assert_true(fill(test, number, shop, "Cork", 0, NULL));
  g_assert_true(field_change(test->desk, &test->mira, shop, "Shop", "Dublin\nGalway", &error));
  g_assert_cmpstr(value_of(test, number, shop), ==, "Cork");
  g_assert_true(fill(test, number, shop, "Cork", 0, NULL));
  g_assert_true(fill(test, number, shop, "Galway", 0, NULL));
  g_assert_false(fill(test, number, shop, "Cork", 0, NULL));
}

static void what_cannot_be_a_field_is_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t id = 0;
  make(test, "Frame number", FIELD_TEXT, "");
  static const struct {
    const char *name;
    FieldKind kind;
    const char *choices;
    RapportError code;
  } cases[] = {{"", FIELD_TEXT, "", ERROR_INVALID},
               {"FRAME  number", FIELD_DATE, "", ERROR_CONFLICT},
               {"Shop", FIELD_CHOICE, "Dublin", ERROR_INVALID},
               {"Shop", FIELD_KIND_COUNT, "", ERROR_INVALID}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(field_make(test->desk, &test->mira, cases[i].name, cases[i].kind, cases[i].choices, &id, &error));
    g_assert_true(error_is(error, cases[i].code));
  }
  g_autoptr(GError) error = NULL;
  g_assert_false(field_change(test->desk, &test->mira, 999, "Else", "", &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void a_retired_field_is_asked_for_no_more_and_keeps_its_values(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = test_write(test, "agnes@moor.example", "a@x", NULL, NULL, NULL).number;
  int64_t two = test_write(test, "agnes@moor.example", "b@x", NULL, NULL, NULL).number;
  int64_t frame = make(test, "Frame", FIELD_TEXT, "");
  g_assert_true(fill(test, one, frame, "W-3131", 0, NULL));
  g_assert_true(field_retire(test->desk, &test->mira, frame, &error));
  g_assert_cmpstr(value_of(test, one, frame), ==, "W-3131");
  g_assert_null(value_of(test, two, frame));
  g_assert_true(fill(test, one, frame, "", 0, NULL)); // not asked for: nothing happens
  g_assert_cmpstr(value_of(test, one, frame), ==, "W-3131");
  g_assert_true(field_restore(test->desk, &test->mira, frame, &error));
  g_assert_cmpstr(value_of(test, two, frame), ==, "");
}

static void links_are_seen_from_both_sides(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  OtherConversationList links = {0};
  int64_t one = test_write(test, "agnes@moor.example", "a@x", NULL, NULL, NULL).number;
  int64_t two = test_write(test, "bram@visser.example", "b@x", NULL, NULL, NULL).number;
  int64_t three = test_write(test, "bram@visser.example", "c@x", NULL, NULL, NULL).number;
  for (int i = 0; i < 2; i++) g_assert_true(link_add(test->desk, &test->mira, two, one, &error));
  g_assert_true(link_list(test->arena, test->desk, one, &links, &error));
  g_assert_cmpuint(links.count, ==, 1);
  g_assert_cmpint(links.items[0].number, ==, two);
  links = (OtherConversationList){0};
  g_assert_true(conversation_merge(test->desk, &test->mira, two, three, &error)); // the link goes along
  g_assert_true(link_list(test->arena, test->desk, one, &links, &error));
  g_assert_cmpuint(links.count, ==, 1);
  g_assert_cmpint(links.items[0].number, ==, three);
  g_assert_true(link_remove(test->desk, &test->mira, one, three, &error));
  links = (OtherConversationList){0};
  g_assert_true(link_list(test->arena, test->desk, three, &links, &error));
  g_assert_cmpuint(links.count, ==, 0);
  g_assert_false(link_add(test->desk, &test->mira, one, one, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_false(link_add(test->desk, &test->mira, one, 9999, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/field/values", values_are_kept_in_one_way_of_writing);
  g_test_add_func("/field/all-or-none", all_are_filled_in_or_none);
  g_test_add_func("/field/choices", choices_may_change_and_what_was_chosen_stays);
  g_test_add_func("/field/refused", what_cannot_be_a_field_is_refused);
  g_test_add_func("/field/retired", a_retired_field_is_asked_for_no_more_and_keeps_its_values);
  g_test_add_func("/link/both-sides", links_are_seen_from_both_sides);
  return g_test_run();
}
