// Signatures learnt from two mails of one sender (case 43).
#include "mail/mail.h"

static void expect(const char *first, const char *second, const char *ending) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(mail_common_ending(arena, first, second), ==, ending);
}

static void finds_what_two_mails_share(void) {
  expect("Where is it?\n\nBest wishes\nAnn Lee\nLee & Sons", "It came.\n\nBest wishes\nAnn Lee\nLee & Sons",
         "Best wishes\nAnn Lee\nLee & Sons");
  expect("One\nAnn Lee\nTel. 1", "Two\n  Ann Lee  \n\n\nTel. 1\n\n", "  Ann Lee  \n\n\nTel. 1");
  expect("Grüße\nAnn", "Liebe Grüße\nAnn", "");
}

static void wants_two_lines(void) {
  expect("One\nRegards", "Two\nRegards", "");
  expect("One\nAnn", "Two\nBen", "");
  expect("", "", "");
  expect(NULL, "Two\nRegards", "");
}

// The same words twice are a message, not a signature.
static void wants_something_above(void) {
  expect("Please call me.\nAnn\nTel. 1", "Please call me.\nAnn\nTel. 1", "Ann\nTel. 1");
  expect("Ann\nTel. 1", "Ann\nTel. 1", "");
  expect("Ann\nTel. 1\nCity", "Ann\nTel. 1\nCity", "Tel. 1\nCity");
}

static void is_bounded(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) text = g_string_new(NULL);
  for (int i = 0; i < 100; i++) g_string_append_printf(text, "line %d\n", i);
  const char *ending = mail_common_ending(arena, text->str, text->str);
  g_assert_true(g_str_has_prefix(ending, "line 70\n"));
  g_assert_true(g_str_has_suffix(ending, "line 99"));
  g_autofree char *blank = g_strnfill(1000000, '\n');
  g_assert_cmpstr(mail_common_ending(arena, blank, blank), ==, "");
}

static void takes_a_known_ending_off(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *reply = NULL, *ending = NULL;
  g_assert_true(mail_split_ending(arena, "Third one.\n\nAnn  \nTel. 1\n", "Ann\n\nTel. 1", &reply, &ending));
  g_assert_cmpstr(reply, ==, "Third one.");
  g_assert_cmpstr(ending, ==, "Ann  \nTel. 1");
  g_assert_false(mail_split_ending(arena, "Ann\nTel. 1", "Ann\nTel. 1", &reply, &ending));
  g_assert_false(mail_split_ending(arena, "Third\nAnn\nTel. 2", "Ann\nTel. 1", &reply, &ending));
  g_assert_false(mail_split_ending(arena, "Third\nAnn", "", &reply, &ending));
  g_assert_false(mail_split_ending(arena, "", "Ann\nTel. 1", &reply, &ending));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/ending/case-43-finds-what-two-mails-share", finds_what_two_mails_share);
  g_test_add_func("/mail/ending/case-43-wants-two-lines", wants_two_lines);
  g_test_add_func("/mail/ending/case-43-wants-something-above", wants_something_above);
  g_test_add_func("/mail/ending/is-bounded", is_bounded);
  g_test_add_func("/mail/ending/takes-a-known-ending-off", takes_a_known_ending_off);
  return g_test_run();
}
