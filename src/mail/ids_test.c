// Message ids of both headers (case 1).
#include "mail/ids.h"

static const char *joined(Arena *arena, TextList ids) {
  const char *all = "";
  list_each(Text, id, &ids) all = arena_printf(arena, "%s%s%s", all, *all ? " " : "", *id);
  return all;
}

static MailHeaderList headers_of(Arena *arena, const char *block) {
  MailHeaderList headers = {0};
  headers_read(arena, bytes_of_text(block), &headers, NULL);
  return headers;
}

static void expect(const char *block, const char *all) {
  g_autoptr(Arena) arena = arena_new();
  MailHeaderList headers = headers_of(arena, block);
  g_assert_cmpstr(joined(arena, ids_references(arena, &headers, ids_own(arena, &headers))), ==, all);
}

static void takes_both_headers_newest_first(void) {
  expect("References: <1@x> <2@x>\n <3@x>\nIn-Reply-To: <3@x>\n\n", "3@x 2@x 1@x");
  expect("References: <1@x> <2@x>\nIn-Reply-To: <9@x>\n\n", "9@x 2@x 1@x");
  expect("In-Reply-To: <9@x> <8@x>\n\n", "9@x 8@x");
  expect("References: <1@x>\nReferences: <2@x>\n\n", "2@x 1@x");
  expect("Subject: none\n\n", "");
}

static void leaves_out_doubles_and_its_own(void) {
  expect("Message-ID: <me@x>\nReferences: <1@x> <me@x> <1@x>\nIn-Reply-To: <1@x>\n\n", "1@x");
}

static void reads_ids_without_brackets_and_with_spaces(void) {
  expect("In-Reply-To: 1@x\n\n", "1@x");
  expect("References: 1@x 2@x,3@x\n\n", "3@x 2@x 1@x");
  expect("In-Reply-To: Your message of Monday <1@x>\n\n", "1@x");
  expect("In-Reply-To: Your message of Monday\n\n", "");
  expect("References: <long-\r\n part@x>\n\n", "long-part@x");
  expect("References: < 1@x >\n\n", "1@x");
  expect("References: <1@x <2@x> <>\n\n", "2@x 1@x");
  expect("References: <1@x><2@x>\n\n", "2@x 1@x");
}

static void reads_its_own_id(void) {
  static const char *const cases[][2] = {{"Message-ID: <a@x>\n\n", "a@x"},    {"Message-Id:a@x\n\n", "a@x"},
                                         {"message-id: <a b@x>\n\n", "ab@x"}, {"Message-ID:\n <a@x>\n\n", "a@x"},
                                         {"Message-ID: no at\n\n", "noat"},   {"Message-ID: <>\n\n", NULL},
                                         {"Message-ID:\n\n", NULL},           {"Subject: x\n\n", NULL}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Arena) arena = arena_new();
    MailHeaderList headers = headers_of(arena, cases[i][0]);
    g_assert_cmpstr(ids_own(arena, &headers), ==, cases[i][1]);
  }
}

static void keeps_the_newest_of_very_many(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) block = g_string_new("References:");
  for (int i = 0; i < 20000; i++) g_string_append_printf(block, " <%d@example.org>\n", i);
  g_string_append(block, "\n");
  MailHeaderList headers = headers_of(arena, block->str);
  TextList ids = ids_references(arena, &headers, NULL);
  g_assert_cmpstr(ids.items[0], ==, "19999@example.org");
  g_assert_cmpuint(ids.count, ==, 1000);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/ids/case-1-takes-both-headers-newest-first", takes_both_headers_newest_first);
  g_test_add_func("/mail/ids/leaves-out-doubles-and-its-own", leaves_out_doubles_and_its_own);
  g_test_add_func("/mail/ids/reads-ids-without-brackets-and-with-spaces", reads_ids_without_brackets_and_with_spaces);
  g_test_add_func("/mail/ids/case-34-reads-its-own-id", reads_its_own_id);
  g_test_add_func("/mail/ids/keeps-the-newest-of-very-many", keeps_the_newest_of_very_many);
  return g_test_run();
}
