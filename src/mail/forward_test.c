// Forwards (case 40): who is named as the first writer, and when nobody is.
#include "mail/mail.h"

static Mail *parse(Arena *arena, const char *subject, const char *text) {
  return mail_parse(arena, bytes_of_text(arena_printf(arena, "From: mira@godwit.example\nSubject: %s\n\n%s", subject, text)));
}

static void expect(const char *subject, const char *text, const char *address, const char *inside, const char *words) {
  g_autoptr(Arena) arena = arena_new();
  const MailForward *forward = parse(arena, subject, text)->forward;
  g_assert_nonnull(forward);
  g_assert_cmpstr(forward->from.address, ==, address);
  g_assert_cmpstr(forward->subject, ==, inside);
  g_assert_cmpstr(forward->text, ==, words);
}

static void expect_none(const char *subject, const char *text) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_null(parse(arena, subject, text)->forward);
}

#define BLOCK "From: Ida Lark <ida@lark.example>\nSent: Sunday\nTo: Mira\nSubject: Bell\n\nIt is mute.\n"

static void knows_the_subjects_of_many_languages(void) {
  static const char *const words[] = {"Fwd", "FW", "WG", "TR", "RV", "ENC", "I", "Doorst", "VS", "PD", "转发", "[Fwd", "fwd "};
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
    g_autofree char *subject = g_strdup_printf("%s: Bell", words[i]);
    expect(subject, BLOCK, "ida@lark.example", "Bell", "It is mute.");
  }
  expect_none("Re: Bell", "Thanks.\n\n" BLOCK);
  expect_none("Inform: Bell", BLOCK);
}

static void knows_a_forward_without_such_a_subject(void) {
  expect("Bell", "For us.\n\n---------- Forwarded message ---------\n" BLOCK, "ida@lark.example", "Bell", "It is mute.");
  expect("Klingel", "-------- Weitergeleitete Nachricht --------\nBetreff: Bell\nVon: Ida <ida@lark.example>\n\nStumm.\n",
         "ida@lark.example", "Bell", "Stumm.");
  expect_none("Bell", "-----Original Message-----\n" BLOCK); // also an answer looks so
  expect_none(
    "Re: Bell",
    "On Monday, Ida wrote:\n> Look:\n> ---------- Forwarded message ---------\n> From: Bo <bo@lark.example>\n> Subject: x\n>\n> y\n");
}

static void reads_addresses_as_programs_write_them(void) {
  expect("Fwd: x", "From: Ida Lark [mailto:ida@lark.example]\nSubject: Bell\n\nMute.", "ida@lark.example", "Bell", "Mute.");
  expect("Fwd: x", "*From:* Ida <mailto:ida@lark.example>\n*Subject:* Bell\n\nMute.", "ida@lark.example", "Bell", "Mute.");
  expect("Fwd: x", "From: ida@lark.example\nSubject: Bell\n\nMute.", "ida@lark.example", "Bell", "Mute.");
  expect("Fwd: x", "From: Lark, Ida\nSubject: Bell\n\nMute.", "", "Bell", "Mute.");
}

static void takes_the_quotes_off(void) {
  expect("Fwd: x", "> From: ida@lark.example\n> Subject: Bell\n>\n> Mute.\n> > before\n", "ida@lark.example", "Bell",
         "Mute.\n> before");
}

static void takes_nothing_for_a_header_that_is_none(void) {
  expect_none("Fwd: fonts", "@font-face { src: url(x) }\nWrite to mailto:nobody@lark.example\nFrom: that drawer\n");
  expect_none("Fwd: x", "");
  expect_none("Fwd: x", "Subject: Bell\nDate: Monday\n\nNobody is named.\n");
}

#define ATTACHED                                                                                                                 \
  "--b\nContent-Type: message/rfc822\n\nFrom: ida@lark.example\nSubject: Bell\nMessage-ID: <1@lark.example>\n\nMute.\n"

static void reads_one_attached_mail(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *head = "From: m@g.example\nSubject: Fwd: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHere.\n";
  Mail *one = mail_parse(arena, bytes_of_text(arena_printf(arena, "%s" ATTACHED "--b--\n", head)));
  g_assert_cmpstr(one->forward->message_id, ==, "1@lark.example");
  g_assert_cmpstr(one->forward->text, ==, "Mute.");
  Mail *two = mail_parse(arena, bytes_of_text(arena_printf(arena, "%s" ATTACHED ATTACHED "--b--\n", head)));
  g_assert_null(two->forward); // which of them would it be
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/forward/case-40-knows-the-subjects-of-many-languages", knows_the_subjects_of_many_languages);
  g_test_add_func("/mail/forward/case-40-knows-a-forward-without-such-a-subject", knows_a_forward_without_such_a_subject);
  g_test_add_func("/mail/forward/reads-addresses-as-programs-write-them", reads_addresses_as_programs_write_them);
  g_test_add_func("/mail/forward/takes-the-quotes-off", takes_the_quotes_off);
  g_test_add_func("/mail/forward/case-40-takes-nothing-for-a-header-that-is-none", takes_nothing_for_a_header_that_is_none);
  g_test_add_func("/mail/forward/case-40-reads-one-attached-mail", reads_one_attached_mail);
  return g_test_run();
}
