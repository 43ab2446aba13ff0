// What servers say about a sender (case 53), read from headers as they are written in the wild.
#include "mail/mail.h"

static const MailAuthentication *read_headers(Arena *arena, const char *headers, size_t count) {
  Mail *mail = mail_parse(arena, bytes_of_text(arena_printf(arena, "From: a@b.example\n%s\n\nx\n", headers)));
  g_assert_cmpuint(mail->authentication.count, ==, count);
  return mail->authentication.items;
}

static void expect(const char *value, const char *server, const char *spf, const char *dkim, const char *dmarc) {
  g_autoptr(Arena) arena = arena_new();
  const MailAuthentication *found = read_headers(arena, arena_printf(arena, "Authentication-Results: %s", value), 1);
  g_assert_cmpstr(found->server, ==, server);
  g_assert_cmpstr(found->spf, ==, spf);
  g_assert_cmpstr(found->dkim, ==, dkim);
  g_assert_cmpstr(found->dmarc, ==, dmarc);
}

static void reads_the_methods(void) {
  expect("mx.example; spf=pass smtp.mailfrom=a@b; dkim=pass header.d=b; dmarc=pass", "mx.example", "pass", "pass", "pass");
  expect("mx.example; SPF=Fail;DKIM = none", "mx.example", "fail", "none", "");
  expect("mx.example; dkim/1=pass", "mx.example", "", "pass", "");
  expect("mx.example; none", "mx.example", "", "", "");
  expect("mx.example", "mx.example", "", "", "");
  expect("mx.example 1; spf=pass", "mx.example", "pass", "", "");
  expect("mx.example; sender-id=pass; iprev=fail", "mx.example", "", "", "");
}

static void is_not_fooled_by_comments_and_strings(void) {
  expect("mx.example (dmarc=pass; spf=pass); spf=fail", "mx.example", "fail", "", "");
  expect("mx.example; spf=fail (a (nested; dmarc=pass) one; dkim=pass)", "mx.example", "fail", "", "");
  expect("mx.example; dkim=fail reason=\"x; dmarc=pass\"", "mx.example", "", "fail", "");
  expect("mx.example; spf=fail (\\); dmarc=pass", "mx.example", "fail", "", "");
  expect("mx.example; spf=pass (unclosed; dmarc=pass", "mx.example", "pass", "", "");
}

static void takes_the_best_of_several_signatures(void) {
  expect("mx.example; dkim=fail header.d=list; dkim=pass header.d=b", "mx.example", "", "pass", "");
  expect("mx.example; dkim=pass header.d=b; dkim=fail header.d=list", "mx.example", "", "pass", "");
}

static void keeps_the_newest_first_and_their_number_bounded(void) {
  g_autoptr(Arena) arena = arena_new();
  const MailAuthentication *found = read_headers(
    arena, "Authentication-Results: near; spf=fail\nReceived: x\nAuthentication-Results: far; spf=pass", 2);
  g_assert_cmpstr(found[0].server, ==, "near");
  g_assert_cmpstr(found[1].server, ==, "far");
  read_headers(arena, "ARC-Authentication-Results: i=1; x; spf=pass\nX-Authentication-Results: x; spf=pass", 0);
  g_autoptr(GString) many = g_string_new("X-A: b");
  for (int i = 0; i < 1000; i++) g_string_append(many, "\nAuthentication-Results: x; spf=pass");
  read_headers(arena, many->str, 20);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/authentication/case-53-reads-the-methods", reads_the_methods);
  g_test_add_func("/mail/authentication/case-53-is-not-fooled-by-comments-and-strings", is_not_fooled_by_comments_and_strings);
  g_test_add_func("/mail/authentication/takes-the-best-of-several-signatures", takes_the_best_of_several_signatures);
  g_test_add_func("/mail/authentication/keeps-the-newest-first-and-their-number-bounded",
                  keeps_the_newest_first_and_their_number_bounded);
  return g_test_run();
}
