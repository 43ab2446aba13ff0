// mail_parse on whole mails, written here by hand. The numbers are those of the project's table of hard mail cases.
#include "mail/mail.h"

static Mail *parse(Arena *arena, const char *raw) { return mail_parse(arena, bytes_of_text(raw)); }

static bool has_problem(const Mail *mail, const char *part) {
  list_each(Text, problem, &mail->problems)
    if (strstr(*problem, part)) return true;
  return false;
}

static void reads_a_plain_mail(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(arena,
                     "Return-Path: <ann@example.org>\r\nDelivered-To: help@desk.example\r\nFrom: Ann Lee <ann@example.org>\r\n"
                     "To: help@desk.example, \"B, C\" <bc@example.org>\r\nCc: d@example.org\r\nReply-To: ann@home.example\r\n"
                     "Subject: My\r\n parcel\r\nDate: Mon, 2 Nov 2026 10:15:00 +0100\r\nMessage-ID: <1@example.org>\r\n\r\n"
                     "Where is it?\r\nAnn\r\n");
  g_assert_cmpstr(mail->from.name, ==, "Ann Lee");
  g_assert_cmpstr(mail->from.address, ==, "ann@example.org");
  g_assert_cmpuint(mail->to.count, ==, 2);
  g_assert_cmpstr(mail->to.items[1].name, ==, "B, C");
  g_assert_cmpstr(mail->cc.items[0].address, ==, "d@example.org");
  g_assert_cmpstr(mail->reply_to.items[0].address, ==, "ann@home.example");
  g_assert_cmpstr(mail->subject, ==, "My parcel");
  g_assert_cmpint(mail->claimed_at, ==, INT64_C(1793610900) * CLOCK_SECOND);
  g_assert_cmpstr(mail->message_id, ==, "1@example.org");
  g_assert_cmpstr(mail->return_path, ==, "ann@example.org");
  g_assert_cmpstr(mail->delivered_to.items[0], ==, "help@desk.example");
  g_assert_cmpstr(mail->text, ==, "Where is it?\nAnn\n");
  g_assert_cmpstr(mail->reply, ==, "Where is it?\nAnn");
  g_assert_null(mail->html);
  g_assert_cmpint(mail->kind, ==, MAIL_PERSON);
  g_assert_cmpuint(mail->problems.count, ==, 0);
}

static void repairs_charsets(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(arena,
                     "From: a@b\nContent-Type: text/plain; charset=gb2312\n\n\xE4\xBD\xA0\xE5\xA5\xBD\xEF\xBC\x8C\xE4\xB8\x96\n");
  g_assert_cmpstr(mail->text, ==, "你好，世\n");
  g_assert_true(has_problem(mail, "The text part says charset \"gb2312\", but it is UTF-8."));
  mail = parse(arena, "From: a@b\nContent-Type: text/plain; charset=nonsense\n\ncaf\xE9\n");
  g_assert_cmpstr(mail->text, ==, "café\n");
  g_assert_true(has_problem(mail, "nobody knows"));
}

static void reads_headers_in_the_charset_of_the_text(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(
    arena,
    "From: \xC9\xD7\xC1\xCE <a@b>\nSubject: \xD0\xD2\xC9\xD7\xC5\xD4\nContent-Type: text/plain; charset=koi8-r\n\n\xC4\xC1\n");
  g_assert_cmpstr(mail->subject, ==, "привет");
  g_assert_cmpstr(mail->from.name, ==, "иван");
  g_assert_cmpstr(mail->text, ==, "да\n");
}

static void joins_encoded_words(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(
    arena,
    "From: =?utf-8?Q?J=C3?= =?utf-8?Q?=BCrgen=2C_M?= <j@example.org>\nSubject: =?UTF-8?B?w7w=?=\n =?UTF-8?B?w58=?=\n\nx\n");
  g_assert_cmpstr(mail->from.name, ==, "Jürgen, M");
  g_assert_cmpstr(mail->subject, ==, "üß");
}

static const MailAttachment *only_file(const Mail *mail) {
  g_assert_cmpuint(mail->attachments.count, ==, 1);
  return &mail->attachments.items[0];
}

static Mail *with_file(Arena *arena, const char *part) {
  return parse(
    arena,
    arena_printf(arena, "From: a@b\nContent-Type: multipart/mixed; boundary=xx\n\n--xx\n\nHello\n--xx\n%s\n--xx--\n", part));
}

static void reads_file_names(void) {
  g_autoptr(Arena) arena = arena_new();
  static const char *const cases[][2] = {
    {"Content-Disposition: attachment; filename*0*=utf-8''%C3%BCber; filename*1=sicht.pdf", "übersicht.pdf"},
    {"Content-Disposition: attachment; filename*=iso-8859-1''%FCber.pdf", "über.pdf"},
    {"Content-Disposition: attachment; filename=\"=?utf-8?Q?=C3=BCber.pdf?=\"", "über.pdf"},
    {"Content-Disposition: attachment; filename=\"\xC3\xBC"
     "ber.pdf\"",
     "über.pdf"},
    {"Content-Disposition: attachment; filename=\"../../etc/passwd\"", "passwd"},
    {"Content-Disposition: attachment; filename=\"C:\\\\temp\\\\x.pdf\"", "x.pdf"},
    {"Content-Disposition: attachment; filename=my file.pdf", "my file.pdf"},
    {"Content-Type: application/pdf; name=a.pdf", "a.pdf"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *type = strstr(cases[i][0], "Type") ? "X: y" : "Content-Type: application/pdf";
    Mail *mail = with_file(arena, arena_printf(arena, "%s\n%s\n\ndata", type, cases[i][0]));
    g_assert_cmpstr(only_file(mail)->name, ==, cases[i][1]);
    g_assert_cmpstr(only_file(mail)->type, ==, "application/pdf");
    g_assert_true(bytes_equal(only_file(mail)->bytes, bytes_of_text("data")));
  }
}

static void invents_names(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(only_file(with_file(arena, "Content-Type: image/png\n\nx"))->name, ==, "part-3.png");
  g_assert_cmpstr(
    only_file(with_file(arena, "Content-Type: image/png; name=\"\"\nContent-Disposition: attachment; filename=\"..\"\n\nx"))
      ->name,
    ==, "part-3.png");
  g_assert_cmpstr(only_file(with_file(arena, "Content-Type: what/ever\n\nx"))->name, ==, "part-3.bin");
  g_assert_cmpstr(only_file(with_file(arena, "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"))->name, ==,
                  "part-3.ics");
  g_assert_cmpstr(
    only_file(with_file(arena, "Content-Type: image/jpg\nContent-Description: A =?utf-8?q?gr=C3=BCn?= box/1\n\nx"))->name, ==,
    "A grün box-1.jpg");
  g_assert_cmpstr(
    only_file(with_file(arena, "Content-Type: message/delivery-status\nContent-Description: Delivery report\n\nx"))->name, ==,
    "Delivery report.txt");
}

static void decides_inline_by_reference(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *raw =
    "From: a@b\nContent-Type: multipart/related; boundary=xx\n\n--xx\nContent-Type: text/html\n\n<p>See <img src=\"cid:one%40x\"> "
    "<img src='two@x'></p>\n--xx\nContent-Type: image/png\nContent-ID: <one@x>\nContent-Disposition: attachment\n\n1\n"
    "--xx\nContent-Type: image/png\nContent-ID: <two@x>\n\n2\n--xx\nContent-Type: image/png\nContent-ID: <three@x>\n"
    "Content-Disposition: inline\n\n3\n--xx\nContent-Type: image/png\nContent-Disposition: inline\n\n4\n--xx--\n";
  Mail *mail = parse(arena, raw);
  g_assert_cmpuint(mail->attachments.count, ==, 4);
  g_assert_true(mail->attachments.items[0].is_inline);
  g_assert_true(mail->attachments.items[1].is_inline);
  g_assert_false(mail->attachments.items[2].is_inline);
  g_assert_false(mail->attachments.items[3].is_inline);
  g_assert_cmpstr(mail->attachments.items[2].content_id, ==, "three@x");
  g_assert_null(mail->attachments.items[3].content_id);
}

static void keeps_mails_inside_whole(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *inner =
    "From: c@d\nSubject: =?utf-8?Q?=C3=9Cber/uns?=\nContent-Type: multipart/mixed; boundary=xx\n\n--yy\n\nInner\n--yy--";
  Mail *mail = with_file(arena, arena_printf(arena, "Content-Type: message/rfc822\n\n%s", inner));
  const MailAttachment *file = only_file(mail);
  g_assert_cmpstr(file->type, ==, "message/rfc822");
  g_assert_cmpstr(file->name, ==, "uns.eml");
  g_assert_true(bytes_equal(file->bytes, bytes_of_text(inner)));
  g_assert_cmpstr(mail->text, ==, "Hello");
}

static void joins_flowed_lines(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(arena, "From: a@b\nContent-Type: text/plain; format=flowed\n\nOne \nparagraph.\n\n> and a \n> quote\n");
  g_assert_cmpstr(mail->text, ==, "One paragraph.\n\n> and a quote\n");
  mail = parse(arena, "From: a@b\nContent-Type: text/plain\n\nOne \nparagraph.\n");
  g_assert_cmpstr(mail->text, ==, "One \nparagraph.\n");
}

static void takes_uuencoded_files_out(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(arena, "From: a@b\n\nSee below\nbegin 644 hi.txt\n#:&D*\n`\nend\nBye\n");
  g_assert_cmpstr(mail->text, ==, "See below\nBye\n");
  g_assert_cmpstr(only_file(mail)->name, ==, "hi.txt");
  g_assert_true(bytes_equal(only_file(mail)->bytes, bytes_of_text("hi\n")));
  mail = parse(arena, "From: a@b\n\nSee below\nbegin 644\n#:&D*\n`\nend\nBye\n");
  g_assert_cmpstr(only_file(mail)->name, ==, "part-1.bin");
  mail = parse(arena, "From: a@b\n\nWe begin 644 new stories\nbegin 644 of them\nnever mind\n");
  g_assert_cmpuint(mail->attachments.count, ==, 0);
  g_assert_cmpstr(mail->text, ==, "We begin 644 new stories\nbegin 644 of them\nnever mind\n");
  mail = with_file(
    arena, "Content-Type: application/pdf; name=x.pdf\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 x.pdf\n#:&D*\n`\nend");
  g_assert_true(bytes_equal(only_file(mail)->bytes, bytes_of_text("hi\n")));
}

static void sniffs_types(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(arena, "From: a@b\n\n<html><body>Hi <b>you</b></body></html>\n");
  g_assert_nonnull(mail->html);
  g_assert_cmpstr(mail->text, ==, "Hi you\n");
  static const char *const senseless[] = {"Content-Type: text", "Content-Type: ;", "Content-Type: charset=utf-8",
                                          "Content-Type: =?x?="};
  for (size_t i = 0; i < G_N_ELEMENTS(senseless); i++) {
    mail = parse(arena, arena_printf(arena, "From: a@b\n%s\n\ncaf\xC3\xA9\n", senseless[i]));
    g_assert_cmpstr(mail->text, ==, "café\n");
    g_assert_true(has_problem(mail, "Content-Type"));
  }
  mail = parse(arena, "From: a@b\nContent-Type: =?utf-8?Q?text/html?=; charset=utf-8\n\n<p>Hi</p>\n");
  g_assert_cmpstr(mail->text, ==, "Hi\n");
}

static void reads_multiparts_without_a_boundary(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(
    arena,
    "From: a@b\nContent-Type: multipart/mixed\n\n--xx\nContent-Type: text/plain\n\nHello\n--xx\nContent-Type: image/png\n\n1\n--xx--\n");
  g_assert_cmpstr(mail->text, ==, "Hello");
  g_assert_cmpuint(mail->attachments.count, ==, 1);
  mail = parse(arena, "From: a@b\nContent-Type: multipart/mixed\n\nJust words\n");
  g_assert_cmpstr(mail->text, ==, "Just words\n");
  mail = parse(arena, "From: a@b\nContent-Type: multipart/mixed; boundary=never\n\nJust words\n");
  g_assert_cmpstr(mail->text, ==, "Just words\n");
  g_assert_true(has_problem(mail, "no parts"));
  mail = parse(
    arena, "From: a@b\nContent-Type: multipart/mixed; boundary=xx\n\n--xx\n\nOne\n--xx--\n--xx\nContent-Type: image/png\n\n1\n");
  g_assert_cmpuint(mail->attachments.count, ==, 1);
}

static Mail *alternative(Arena *arena, const char *text, const char *html) {
  return parse(
    arena,
    arena_printf(arena,
                 "From: a@b\nContent-Type: multipart/alternative; boundary=xx\n\n--xx\nContent-Type: text/plain\n\n%s\n--xx\n"
                 "Content-Type: text/html\n\n%s\n--xx--\n",
                 text, html));
}

static void chooses_between_text_and_html(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = alternative(arena, "As text", "<p>As <b>HTML</b></p>");
  g_assert_cmpstr(mail->text, ==, "As text");
  g_assert_cmpstr(mail->html, ==, "<p>As <b>HTML</b></p>");
  mail = alternative(arena, "  ", "<p>Only here</p>");
  g_assert_cmpstr(mail->text, ==, "Only here\n");
  mail = alternative(arena, "Your program cannot show HTML.",
                     "<p>A long letter about what happened on Monday, with all that was said and the number of "
                     "the parcel, and what I should like to have instead.</p>");
  g_assert_true(g_str_has_prefix(mail->text, "A long letter"));
  mail = alternative(arena, "", "");
  g_assert_cmpstr(mail->text, ==, "");
}

static void joins_several_bodies(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(
    arena,
    "From: a@b\nContent-Type: multipart/mixed; boundary=xx\n\n--xx\n\nBefore <it>\n--xx\nContent-Type: image/png\n\n1\n--xx\n\nAfter\n--xx--\n");
  g_assert_cmpstr(mail->text, ==, "Before <it>\nAfter");
  g_assert_null(mail->html);
  mail = parse(
    arena,
    "From: a@b\nContent-Type: multipart/mixed; boundary=xx\n\n--xx\n\nBefore <it>\n--xx\nContent-Type: text/html\n\n<p>After</p>\n--xx--\n");
  g_assert_cmpstr(mail->text, ==, "Before <it>\nAfter\n");
  g_assert_nonnull(strstr(mail->html, "Before &lt;it&gt;"));
  g_assert_nonnull(strstr(mail->html, "<p>After</p>"));
}

static void keeps_texts_sent_as_files(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = with_file(arena, "Content-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nlog");
  g_assert_cmpstr(mail->text, ==, "Hello");
  g_assert_cmpstr(only_file(mail)->name, ==, "log.txt");
  mail = with_file(arena, "Content-Type: text/plain; name=notes.txt\nContent-Disposition: inline\n\nnotes");
  g_assert_cmpstr(only_file(mail)->name, ==, "notes.txt");
}

static void accepts_empty_mails(void) {
  static const char *const raws[] = {
    "", "\n", "\r\n\r\n", "From: a@b\n\n", "From: a@b", "Subject:\n\n\n", "not a header at all", "\xFF\xFE\xFD", ":\n:\n"};
  for (size_t i = 0; i < G_N_ELEMENTS(raws); i++) {
    g_autoptr(Arena) arena = arena_new();
    Mail *mail = parse(arena, raws[i]);
    g_assert_nonnull(mail->from.address);
    g_assert_nonnull(mail->subject);
    g_assert_nonnull(mail->text);
    g_assert_nonnull(mail->reply);
    g_assert_nonnull(mail->quoted);
  }
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(mail_parse(arena, bytes_of(NULL, 0))->text, ==, "");
}

static void doubts_dates(void) {
  static const char *const senseless[] = {
    "",
    "yesterday",
    "Mon, 2 Nov 2026 29:61:00 +0100",
    "Mon, 2 Nov 9999 10:00:00 +0000",
    "Thu, 1 Jan 1970 00:00:00 +0000",
    "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999"};
  for (size_t i = 0; i < G_N_ELEMENTS(senseless); i++) {
    g_autoptr(Arena) arena = arena_new();
    Mail *mail = parse(arena, arena_printf(arena, "From: a@b\nDate: %s\n\nx\n", senseless[i]));
    g_assert_cmpint(mail->claimed_at, ==, 0);
    g_assert_true(has_problem(mail, "date"));
  }
}

static void finds_a_sender(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(parse(arena, "From: nonsense\nSender: s@example.org\n\nx")->from.address, ==, "s@example.org");
  g_assert_cmpstr(parse(arena, "Return-Path: <r@example.org>\n\nx")->from.address, ==, "r@example.org");
  g_assert_cmpstr(parse(arena, "From: broken, ann@example.org\n\nx")->from.address, ==, "ann@example.org");
  Mail *mail = parse(arena, "From: Some Body\n\nx");
  g_assert_cmpstr(mail->from.address, ==, "");
  g_assert_cmpstr(mail->from.name, ==, "Some Body");
  g_assert_true(has_problem(mail, "Nobody is named"));
  g_assert_cmpstr(parse(arena, "Return-Path: <>\nFrom: a@b\n\nx")->return_path, ==, "");
  g_assert_null(parse(arena, "From: a@b\n\nx")->return_path);
}

static void collects_where_it_was_delivered(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(
    arena,
    "Delivered-To: one@example.org\nX-Original-To: two@example.org\nEnvelope-To: three@example.org\nDelivered-To: four@example.org\n\nx");
  g_assert_cmpuint(mail->delivered_to.count, ==, 4);
  g_assert_cmpstr(mail->delivered_to.items[1], ==, "four@example.org");
}

static void strips_nul_and_clamps(void) {
  g_autoptr(Arena) arena = arena_new();
  static const char raw[] = "From: a@b\nSubject: on\0e\n\nte\0xt\n";
  Mail *mail = mail_parse(arena, bytes_of(raw, sizeof raw - 1));
  g_assert_cmpstr(mail->subject, ==, "one");
  g_assert_cmpstr(mail->text, ==, "text\n");
  g_autofree char *long_subject = g_strnfill(3000, 's');
  mail = parse(arena, arena_printf(arena, "From: a@b\nSubject: %s\n\nx", long_subject));
  g_assert_cmpint((int)g_utf8_strlen(mail->subject, -1), ==, 998);
  g_assert_true(has_problem(mail, "longer"));
}

static void passes_over_mbox_lines_and_stray_ones(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(arena, "From ann@example.org Mon Nov  2 10:15:00 2026\nFrom: ann@example.org\nSubject: x\n\nText\n");
  g_assert_cmpstr(mail->from.address, ==, "ann@example.org");
  g_assert_cmpstr(mail->text, ==, "Text\n");
  mail = parse(arena, "From: ann@example.org\nthis line is lost\nSubject: x\n\nText\n");
  g_assert_cmpstr(mail->subject, ==, "x");
  g_assert_true(has_problem(mail, "no header"));
  mail = parse(arena, "From: ann@example.org\nThere is no empty line above this one.\nReally none.\n");
  g_assert_cmpstr(mail->text, ==, "There is no empty line above this one.\nReally none.\n");
  mail = parse(arena, "\n\n\xEF\xBB\xBF\nFrom: ann@example.org\n\nText");
  g_assert_nonnull(mail);
}

static double seconds_for(Bytes raw) {
  g_autoptr(Arena) arena = arena_new();
  gint64 start = g_get_monotonic_time();
  Mail *mail = mail_parse(arena, raw);
  g_assert_nonnull(mail->text);
  return (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
}

static void expect_quick(const GString *raw) { g_assert_cmpfloat(seconds_for(bytes_of(raw->str, raw->len)), <, 20); }

static void survives_header_bombs(void) {
  static const char *const lines[] = {"X-A: b\n",
                                      "To: a@b, c@d\n",
                                      "To: (((((((((\n",
                                      "References: <a@b>\n",
                                      "Received: from x\n by y\n",
                                      " folded\n",
                                      "garbage\n",
                                      "Content-Type: text/plain; a=b\n"};
  for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
    g_autoptr(GString) raw = g_string_new("From: a@b\nSubject: x");
    g_string_append_c(raw, '\n');
    while (raw->len < 1500000) g_string_append(raw, lines[i]);
    g_string_append(raw, "\nText\n");
    expect_quick(raw);
  }
  g_autoptr(GString) raw = g_string_new("Content-Type: text/plain");
  while (raw->len < 1000000) g_string_append_printf(raw, "; p%u=v", (unsigned)raw->len);
  g_string_append(raw, "\n\nText\n");
  expect_quick(raw);
}

static void survives_many_parts(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) raw = g_string_new("From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n");
  for (int i = 0; i < 100000; i++) g_string_append(raw, "--b\nContent-Type: image/png\n\nx\n");
  g_string_append(raw, "--b--\n");
  expect_quick(raw);
  Mail *mail = mail_parse(arena, bytes_of(raw->str, raw->len));
  g_assert_cmpuint(mail->attachments.count, <=, 1000);
  g_assert_cmpuint(mail->attachments.items[mail->attachments.count - 1].bytes.size, >, 1000000); // nothing is lost
  g_assert_true(has_problem(mail, "1000 parts"));
}

static void survives_deep_nesting(void) {
  g_autoptr(GString) raw = g_string_new("From: a@b\n");
  for (int i = 0; i < 100000; i++) g_string_append_printf(raw, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
  g_string_append(raw, "\nHello\n");
  expect_quick(raw);
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = mail_parse(arena, bytes_of(raw->str, raw->len));
  g_assert_true(has_problem(mail, "too deep"));
  g_assert_cmpuint(mail->attachments.count, ==, 1);
  g_string_assign(raw, "From: a@b\n");
  for (int i = 0; i < 100000; i++) g_string_append(raw, "Content-Type: message/rfc822\n\n");
  expect_quick(raw);
}

// Mails as deep in each other as mail allows: what is inside one is not opened, and a forward is read once.
static void survives_mails_in_mails(void) {
  g_autoptr(GString) raw = g_string_new("From: a@b\nSubject: Fwd: x\n");
  for (int i = 0; i < 1000; i++)
    g_string_append_printf(
      raw, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\nContent-Type: message/rfc822\n\nSubject: Fwd: x\nFrom: c%d@d\n",
      i, i, i);
  g_string_append(raw, "\nAt the bottom.\n");
  expect_quick(raw);
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = mail_parse(arena, bytes_of(raw->str, raw->len));
  g_assert_cmpuint(mail->attachments.count, ==, 1);
  g_assert_cmpstr(mail->forward->from.address, ==, "c0@d");
}

static void survives_many_recipients(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) raw = g_string_new("From: a@b\nTo: first@x.example");
  for (int i = 0; i < 10000; i++) g_string_append_printf(raw, ",\n Member %d <m%d@x.example>", i, i);
  g_string_append(raw, "\n\nText\n");
  expect_quick(raw);
  Mail *mail = mail_parse(arena, bytes_of(raw->str, raw->len));
  g_assert_cmpuint(mail->to.count, >=, 100);
  g_assert_cmpstr(mail->to.items[0].address, ==, "first@x.example");
}

static void survives_fifty_megabytes(void) {
  static const struct {
    const char *head;
    size_t megabytes;
  } forms[] = {
    {"From: a@b\n\n", 50},
    {"From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n",
     50},
    {"From: a@b\nContent-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n", 50},
    {"From: a@b\nContent-Type: text/html\n\n<p>", 10},
    {"From: a@b\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n", 10},
    {"From: a@b\nContent-Type: text/calendar\n\n", 10}};
  g_autofree char *line = g_strnfill(76, 'A');
  for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
    g_autoptr(GString) raw = g_string_new(forms[i].head);
    while (raw->len < forms[i].megabytes * 1000 * 1000) g_string_append_printf(raw, "%s\n", line);
    expect_quick(raw);
  }
}

static void survives_boundary_bombs(void) {
  g_autoptr(GString) raw = g_string_new("From: a@b\nContent-Type: multipart/mixed; boundary=b0\n\n--b0\n");
  for (int i = 1; i < 60; i++) g_string_append_printf(raw, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
  while (raw->len < 4000000) g_string_append(raw, "--b\n--b00\n--\n");
  expect_quick(raw);
}

static gpointer parse_often(gpointer raw) {
  for (int i = 0; i < 20; i++) {
    g_autoptr(Arena) arena = arena_new();
    Mail *mail = mail_parse(arena, bytes_of_text(raw));
    g_assert_cmpstr(mail->from.name, ==, "Jürgen");
    g_assert_cmpstr(mail->text, ==, "Über\n");
  }
  return NULL;
}

static void is_safe_from_several_threads(void) {
  static char raw[] =
    "From: =?utf-8?Q?J=C3=BCrgen?= <j@example.org>\nDate: Mon, 2 Nov 2026 10:15:00 +0100\nContent-Type: text/html; charset=iso-8859-1\n\n<p>\xDC"
    "ber</p>\n";
  GThread *threads[4];
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) threads[i] = g_thread_new("parse", parse_often, raw);
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) g_thread_join(threads[i]);
}

static void is_always_whole(void) {
  static const char *const pieces[] = {"From: ",
                                       "a@b",
                                       "\n",
                                       "\n\n",
                                       "Content-Type: multipart/mixed; boundary=x\n\n",
                                       "--x\n",
                                       "--x--\n",
                                       "=?utf-8?B?",
                                       "?=",
                                       "\xC3",
                                       "<html><p>",
                                       "> quoted\n",
                                       "On 1 May 2026 10:00, A <a@b> wrote:\n",
                                       "Content-Transfer-Encoding: base64\n",
                                       "AAAA",
                                       "begin 644 x\n",
                                       "Content-Type: text/html; charset=\"utf-16\"\n",
                                       "Content-Disposition: attachment; filename*=x''%FF\n",
                                       "References: <",
                                       "\r\n",
                                       "\t",
                                       "Subject: "};
  g_autoptr(GRand) rand = g_rand_new_with_seed(3);
  for (int round = 0; round < 1500; round++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) raw = g_string_new(NULL);
    for (int i = g_rand_int_range(rand, 0, 60); i > 0; i--)
      g_string_append(raw, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
    Mail *mail = mail_parse(arena, bytes_of(raw->str, raw->len));
    g_autoptr(Json) json = mail_to_json(arena, mail);
    g_assert_cmpuint(json_object_size(json), ==, MAIL_JSON_KEYS); // a text that is not UTF-8 would be missing
    g_assert_true(json_is_string(json_object_get(json, "text")));
    list_each(MailAttachment, file, &mail->attachments) g_assert_true(*file->name && !strchr(file->name, '/'));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/parse/reads-a-plain-mail", reads_a_plain_mail);
  g_test_add_func("/mail/parse/case-18-repairs-charsets", repairs_charsets);
  g_test_add_func("/mail/parse/case-19-reads-headers-in-the-charset-of-the-text", reads_headers_in_the_charset_of_the_text);
  g_test_add_func("/mail/parse/case-21-encoded-word-split-mid-character", joins_encoded_words);
  g_test_add_func("/mail/parse/case-22-reads-file-names", reads_file_names);
  g_test_add_func("/mail/parse/case-23-invents-names", invents_names);
  g_test_add_func("/mail/parse/case-24-decides-inline-by-reference", decides_inline_by_reference);
  g_test_add_func("/mail/parse/case-27-keeps-mails-inside-whole", keeps_mails_inside_whole);
  g_test_add_func("/mail/parse/joins-flowed-lines", joins_flowed_lines);
  g_test_add_func("/mail/parse/case-28-takes-uuencoded-files-out", takes_uuencoded_files_out);
  g_test_add_func("/mail/parse/case-29-sniffs-types", sniffs_types);
  g_test_add_func("/mail/parse/case-29-reads-multiparts-without-a-boundary", reads_multiparts_without_a_boundary);
  g_test_add_func("/mail/parse/case-30-accepts-empty-mails", accepts_empty_mails);
  g_test_add_func("/mail/parse/case-31-chooses-between-text-and-html", chooses_between_text_and_html);
  g_test_add_func("/mail/parse/joins-several-bodies", joins_several_bodies);
  g_test_add_func("/mail/parse/keeps-texts-sent-as-files", keeps_texts_sent_as_files);
  g_test_add_func("/mail/parse/case-33-doubts-dates", doubts_dates);
  g_test_add_func("/mail/parse/case-36-finds-a-sender", finds_a_sender);
  g_test_add_func("/mail/parse/case-39-collects-where-it-was-delivered", collects_where_it_was_delivered);
  g_test_add_func("/mail/parse/case-51-strips-nul-and-clamps", strips_nul_and_clamps);
  g_test_add_func("/mail/parse/passes-over-mbox-lines-and-stray-ones", passes_over_mbox_lines_and_stray_ones);
  g_test_add_func("/mail/parse/case-46-survives-header-bombs", survives_header_bombs);
  g_test_add_func("/mail/parse/case-46-survives-many-parts", survives_many_parts);
  g_test_add_func("/mail/parse/case-46-survives-deep-nesting", survives_deep_nesting);
  g_test_add_func("/mail/parse/case-46-survives-boundary-bombs", survives_boundary_bombs);
  g_test_add_func("/mail/parse/case-46-survives-mails-in-mails", survives_mails_in_mails);
  g_test_add_func("/mail/parse/case-44-survives-many-recipients", survives_many_recipients);
  g_test_add_func("/mail/parse/case-45-survives-fifty-megabytes", survives_fifty_megabytes);
  g_test_add_func("/mail/parse/is-safe-from-several-threads", is_safe_from_several_threads);
  g_test_add_func("/mail/parse/is-always-whole", is_always_whole);
  return g_test_run();
}
