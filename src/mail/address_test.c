// Address lists as they come (cases 20, 21 and 36), and what two spellings share.
#include "mail/address.h"

// "name <address>|name <address>|…" of what was read.
static const char *read_all(Arena *arena, const char *value) {
  MailAddressList list = {0};
  address_list_read(arena, value, NULL, "To", &list, NULL);
  const char *all = "";
  list_each(MailAddress, address, &list)
    all = arena_printf(arena, "%s%s%s <%s>", all, *all ? "|" : "", address->name, address->address);
  return all;
}

static void expect(const char *value, const char *all) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(read_all(arena, value), ==, all);
}

static void reads_ordinary_lists(void) {
  expect("ann@example.org", " <ann@example.org>");
  expect("Ann <ann@example.org>, bob@example.org", "Ann <ann@example.org>| <bob@example.org>");
  expect("\"Lee, Ann\" <ann@example.org>", "Lee, Ann <ann@example.org>");
  expect("\"Ann \\\"A\\\" Lee\" <ann@example.org>", "Ann \"A\" Lee <ann@example.org>");
  expect("ann@example.org (Ann Lee)", "Ann Lee <ann@example.org>");
  expect("Ann <Ann@Example.ORG>", "Ann <Ann@Example.ORG>");
  expect("<@a.example,@b.example:ann@example.org>", " <ann@example.org>");
}

static void decodes_after_cutting(void) {
  expect("=?utf-8?Q?Lee,_Ann;_x?= <ann@example.org>, bob@example.org", "Lee, Ann; x <ann@example.org>| <bob@example.org>");
  expect("\"=?utf-8?Q?J=C3=BCrgen?=\" <j@example.org>", "Jürgen <j@example.org>");
  expect("=?utf-8?B?SsO8cmdlbiA8akBleGFtcGxlLm9yZz4=?=", "Jürgen <j@example.org>");
  expect("J\xFCrgen <j@example.org>", "Jürgen <j@example.org>");
}

static void forgives(void) {
  expect("Ann <ann@example.org", "Ann <ann@example.org>");
  expect("Ann ann@example.org>", "Ann <ann@example.org>");
  expect("Ann <<ann@example.org>>", "Ann <ann@example.org>");
  expect("ann @ example.org", " <ann@example.org>");
  expect("< ann@example.org >", " <ann@example.org>");
  expect("'ann@example.org' <ann@example.org>", "ann@example.org <ann@example.org>");
  expect("Ann <Desk ann@example.org>", "Ann <ann@example.org>");
  expect("mailto:ann@example.org", " <ann@example.org>");
  expect("<mailto:ann@example.org>", " <ann@example.org>");
  expect("ann@example.org.", " <ann@example.org>");
  expect("a@example.org; b@example.org", " <a@example.org>| <b@example.org>");
  expect("Ann <a@example.org> Bob <b@example.org>", "Ann <a@example.org>|Bob <b@example.org>");
  expect("Lee, Ann <ann@example.org>", "Lee, Ann <ann@example.org>");
  expect("\"Ann <ann@example.org>", "Ann <ann@example.org>");
  expect("Ann (unclosed <ann@example.org>", "Ann unclosed <ann@example.org>");
  expect(",, ,ann@example.org,,", " <ann@example.org>");
}

static void knows_groups(void) {
  expect("undisclosed-recipients:;", "");
  expect("Undisclosed recipients: ;", "");
  expect("Friends: ann@example.org, Bob <bob@example.org>;, c@example.org",
         " <ann@example.org>|Bob <bob@example.org>| <c@example.org>");
}

static void keeps_the_unusable(void) {
  expect("MAILER-DAEMON", " <MAILER-DAEMON>");
  expect("Some Body", "Some Body <>");
  expect("Ann <no at sign>", "Ann <noatsign>");
  expect("", "");
}

static void is_bounded(void) {
  static const char *const pieces[] = {
    "a@b.example,", "(", "((a)", "\"", "<", "a:", "a:;", "=?utf-8?q?a", "\\", "<a@b> ", "a <", "a,"};
  for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) value = g_string_new(NULL);
    while (value->len < 64 * 1024) g_string_append(value, pieces[i]);
    MailAddressList list = {0};
    TextList problems = {0};
    gint64 start = g_get_monotonic_time();
    address_list_read(arena, value->str, NULL, "To", &list, &problems);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_USEC_PER_SEC);
    g_assert_cmpuint(list.count, <=, 1000);
  }
}

static void makes_keys(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(mail_address_key(arena, " <Ann.Lee@Example.ORG> "), ==, "ann.lee@example.org");
  g_assert_cmpstr(mail_address_key(arena, "JÜRGEN@MÜLLER.example"), ==, "jürgen@müller.example");
  g_assert_cmpstr(mail_address_key(arena, "nobody"), ==, "");
  g_assert_cmpstr(mail_address_key(arena, NULL), ==, "");
}

static void tells_valid_from_invalid(void) {
  static const char *const good[] = {
    "a@b", "ann.lee+tag@example.org", "o'brien@example.org", "x@[192.0.2.1]", "x@[IPv6:::1]", "ü@example.org"};
  static const char *const bad[] = {"",      "a",       "@b",    "a@",    "a@b@c",  "a b@c", "a@b c", "a\n@b", "a@b\r\nBcc: x",
                                    "<a@b>", "a@b,c@d", "a:b@c", "\"a@b", "a\xFF@b"};
  for (size_t i = 0; i < G_N_ELEMENTS(good); i++) g_assert_true(mail_address_is_valid(good[i]));
  for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) g_assert_false(mail_address_is_valid(bad[i]));
  g_autofree char *local = g_strnfill(242, 'a'), *longest = g_strconcat(local, "@example.org", NULL),
                  *longer = g_strconcat("a", longest, NULL);
  g_assert_true(mail_address_is_valid(longest));
  g_assert_false(mail_address_is_valid(longer));
  g_assert_false(mail_address_is_valid(NULL));
}

static void splits_and_joins_tags(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *base = NULL, *tag = NULL;
  g_assert_true(mail_address_split_tag(arena, "help+c1042.x9@example.org", &base, &tag));
  g_assert_cmpstr(base, ==, "help@example.org");
  g_assert_cmpstr(tag, ==, "c1042.x9");
  g_assert_cmpstr(mail_address_with_tag(arena, base, tag), ==, "help+c1042.x9@example.org");
  tag = NULL;
  g_assert_false(mail_address_split_tag(arena, "help@example.org", &base, &tag));
  g_assert_false(mail_address_split_tag(arena, "+x@example.org", &base, &tag));
  g_assert_false(mail_address_split_tag(arena, "help+@example.org", &base, &tag));
  g_assert_false(mail_address_split_tag(arena, "help", &base, &tag));
  g_assert_null(tag);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/address/reads-ordinary-lists", reads_ordinary_lists);
  g_test_add_func("/mail/address/case-21-decodes-after-cutting", decodes_after_cutting);
  g_test_add_func("/mail/address/case-36-forgives", forgives);
  g_test_add_func("/mail/address/case-36-knows-groups", knows_groups);
  g_test_add_func("/mail/address/case-36-keeps-the-unusable", keeps_the_unusable);
  g_test_add_func("/mail/address/case-44-is-bounded", is_bounded);
  g_test_add_func("/mail/address/makes-keys", makes_keys);
  g_test_add_func("/mail/address/tells-valid-from-invalid", tells_valid_from_invalid);
  g_test_add_func("/mail/address/splits-and-joins-tags", splits_and_joins_tags);
  return g_test_run();
}
