// mail_compose: what goes out comes back the same, and nothing that people type makes a header (properties over random input).
#include "base/random.h"
#include "mail/mail.h"
#include "mail/parts.h"

static MailDraft ordinary(void) {
  return (MailDraft){.from = {"Help Desk", "help@desk.example"},
                     .subject = "Your parcel",
                     .message_id = "out.1@desk.example",
                     .date = INT64_C(1793610900) * CLOCK_SECOND,
                     .text = "Dear Ann,\n\nit is on its way.\n"};
}

static Mail *round_trip(Arena *arena, const MailDraft *draft) { return mail_parse(arena, mail_compose(arena, draft)); }

static bool contains(Bytes mail, const char *text) { return memmem(mail.data, mail.size, text, strlen(text)) != NULL; }

static void assert_well_formed(Bytes mail) {
  const char *text = mail.data;
  size_t length = 0;
  for (size_t i = 0; i < mail.size; i++) {
    g_assert_cmpint(text[i], !=, '\0');
    if (text[i] == '\r') g_assert_true(i + 1 < mail.size && text[i + 1] == '\n');
    if (text[i] == '\n') g_assert_true(i > 0 && text[i - 1] == '\r');
    length = text[i] == '\n' ? 0 : length + 1;
    g_assert_cmpuint(length, <=, 999); // 998 and the \r
    g_assert_cmpint((unsigned char)text[i], <, 0x80);
  }
}

static void comes_back_the_same(void) {
  g_autoptr(Arena) arena = arena_new();
  MailDraft draft = ordinary();
  draft.reply_to = (MailAddress){"", "help+c1042.k9@desk.example"};
  draft.in_reply_to = "in.2@example.org";
  *list_add(arena, &draft.to) = (MailAddress){"Jürgen \"Jay\" Müller, Dr.", "j@example.org"};
  *list_add(arena, &draft.cc) = (MailAddress){"", "copy@example.org"};
  *list_add(arena, &draft.references) = "in.1@example.org";
  *list_add(arena, &draft.references) = "in.2@example.org";
  draft.subject = "Ihr Päckchen — 小包 ist da, und noch viel mehr Wörter, damit die Zeile lang genug wird";
  draft.text = "Grüße\n.\nFrom here\nspace at the end \n\ttab\n小包\n";
  Mail *mail = round_trip(arena, &draft);
  g_assert_cmpstr(mail->from.name, ==, "Help Desk");
  g_assert_cmpstr(mail->reply_to.items[0].address, ==, "help+c1042.k9@desk.example");
  g_assert_cmpstr(mail->to.items[0].name, ==, "Jürgen \"Jay\" Müller, Dr.");
  g_assert_cmpstr(mail->to.items[0].address, ==, "j@example.org");
  g_assert_cmpstr(mail->cc.items[0].address, ==, "copy@example.org");
  g_assert_cmpstr(mail->subject, ==, draft.subject);
  g_assert_cmpstr(mail->message_id, ==, "out.1@desk.example");
  g_assert_cmpstr(mail->references.items[0], ==, "in.2@example.org");
  g_assert_cmpstr(mail->references.items[1], ==, "in.1@example.org");
  g_assert_cmpint(mail->claimed_at, ==, draft.date);
  g_assert_cmpstr(mail->text, ==, draft.text);
  g_assert_cmpint(mail->kind, ==, MAIL_PERSON);
  g_assert_cmpuint(mail->problems.count, ==, 0);
}

static void marks_machine_mail(void) {
  g_autoptr(Arena) arena = arena_new();
  MailDraft draft = ordinary();
  draft.auto_submitted = "auto-replied";
  draft.loop_mark = "desk-7";
  Bytes mail = mail_compose(arena, &draft);
  g_assert_true(contains(mail, "\r\nAuto-Submitted: auto-replied\r\n"));
  g_assert_true(contains(mail, "\r\nX-Auto-Response-Suppress: All\r\n"));
  g_assert_true(contains(mail, "\r\nPrecedence: bulk\r\n"));
  g_assert_true(contains(mail, "\r\nX-Rapport-Loop: desk-7\r\n"));
  g_assert_cmpint(mail_parse(arena, mail)->kind, ==, MAIL_AUTO);
  draft.auto_submitted = NULL;
  g_assert_false(contains(mail_compose(arena, &draft), "Suppress"));
}

static void writes_files(void) {
  g_autoptr(Arena) arena = arena_new();
  MailDraft draft = ordinary();
  draft.text = "See cid:pic@desk here.\n";
  *list_add(arena, &draft.attachments) = (MailAttachment){"Übersicht der Lieferungen und Rechnungen für das Jahr 2026.pdf",
                                                          "application/pdf", NULL, false, bytes_of("\0\xFF\r\n", 4)};
  *list_add(arena, &draft.attachments) = (MailAttachment){"pic.png", "image/png", "pic@desk", true, bytes_of_text("png")};
  *list_add(arena, &draft.attachments) = (MailAttachment){"other.png", "image/png", "other@desk", true, bytes_of_text("png")};
  *list_add(arena, &draft.attachments) = (MailAttachment){"", "not a type\r\nX-Evil: 1", "a\r\nX-Evil: 2", true,
                                                          bytes_of(NULL, 0)};
  Bytes raw = mail_compose(arena, &draft);
  assert_well_formed(raw);
  Mail *mail = mail_parse(arena, raw);
  g_assert_cmpuint(mail->attachments.count, ==, 4);
  g_assert_cmpstr(mail->attachments.items[0].name, ==, draft.attachments.items[0].name);
  g_assert_true(bytes_equal(mail->attachments.items[0].bytes, draft.attachments.items[0].bytes));
  g_assert_cmpstr(mail->attachments.items[1].content_id, ==, "pic@desk");
  g_assert_cmpstr(mail->attachments.items[3].type, ==, "application/octet-stream");
  g_assert_true(contains(raw, "Content-Disposition: inline; filename=pic.png"));
  g_assert_true(contains(raw, "Content-Disposition: attachment; filename=other.png")); // nothing refers to it
  g_assert_false(contains(raw, "X-Evil"));
}

static void writes_text_and_html_with_its_pictures(void) {
  g_autoptr(Arena) arena = arena_new();
  MailDraft draft = ordinary();
  draft.text = "So sieht es aus: Grüße\n";
  draft.html = "<p>So sieht es aus: Grüße <img src=\"cid:pic.1@desk\"></p>";
  *list_add(arena, &draft.attachments) = (MailAttachment){"terms.pdf", "application/pdf", NULL, false, bytes_of_text("pdf")};
  *list_add(arena, &draft.attachments) = (MailAttachment){"pic.png", "image/png", "pic.1@desk", true, bytes_of_text("png")};
  *list_add(arena, &draft.attachments) = (MailAttachment){"pic2.png", "image/png", "pic.1@des", true, bytes_of_text("png")};
  Bytes raw = mail_compose(arena, &draft);
  assert_well_formed(raw);
  g_autofree char *text = g_strndup(raw.data, raw.size);
  static const char *const order[] = {"multipart/mixed", "multipart/alternative", "text/plain",         "multipart/related",
                                      "text/html",       "filename=pic.png",      "filename=terms.pdf", "filename=pic2.png"};
  const char *at = text;
  for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
    at = strstr(at, order[i]);
    g_assert_nonnull(at);
  }
  g_assert_true(contains(raw, "Content-Disposition: inline; filename=pic.png"));
  g_assert_true(contains(raw, "Content-Disposition: attachment; filename=pic2.png")); // case 25: nothing shows it
  Mail *mail = mail_parse(arena, raw);
  g_assert_cmpstr(mail->text, ==, draft.text);
  g_assert_nonnull(strstr(mail->html, "Grüße <img"));
  g_assert_cmpuint(mail->attachments.count, ==, 3);
  list_each(MailAttachment, file, &mail->attachments) g_assert_cmpint(file->is_inline, ==, strcmp(file->name, "pic.png") == 0);
}

static void html_alone_needs_no_wrapping(void) {
  g_autoptr(Arena) arena = arena_new();
  MailDraft draft = ordinary();
  draft.html = "<p>it is on its way</p>";
  Bytes raw = mail_compose(arena, &draft);
  g_assert_true(contains(raw, "multipart/alternative"));
  g_assert_false(contains(raw, "multipart/mixed") || contains(raw, "multipart/related"));
}

static void writes_foreign_domains_in_ascii(void) {
  g_autoptr(Arena) arena = arena_new();
  MailDraft draft = ordinary();
  *list_add(arena, &draft.to) = (MailAddress){"Jörg", "jörg@müller.example"};
  *list_add(arena, &draft.to) = (MailAddress){"Jo", "jo@Müller.example"};
  Bytes raw = mail_compose(arena, &draft);
  g_assert_true(contains(raw, "<jo@xn--mller-kva.example>"));
  g_assert_true(contains(raw, "@xn--mller-kva.example>"));
  Mail *mail = mail_parse(arena, raw);
  g_assert_cmpuint(mail->to.count, ==, 2);
  g_assert_cmpstr(mail->to.items[0].address, ==, "jörg@xn--mller-kva.example"); // RFC 6531
}

static void leaves_out_unusable_addresses_and_ids(void) {
  g_autoptr(Arena) arena = arena_new();
  MailDraft draft = ordinary();
  *list_add(arena, &draft.to) = (MailAddress){"A", "a@b\r\nBcc: evil@example.org"};
  *list_add(arena, &draft.to) = (MailAddress){"B\r\nBcc: evil@example.org", "b@example.org"};
  draft.message_id = "x>\r\nBcc: evil@example.org\r\nY: <y";
  draft.in_reply_to = "a b";
  *list_add(arena, &draft.references) = "ok@example.org";
  *list_add(arena, &draft.references) = "x>\r\nBcc: evil";
  Bytes raw = mail_compose(arena, &draft);
  assert_well_formed(raw);
  g_assert_false(contains(raw, "\nBcc"));
  Mail *mail = mail_parse(arena, raw);
  g_assert_cmpuint(mail->to.count, ==, 1);
  g_assert_null(mail->message_id);
  g_assert_cmpuint(mail->references.count, ==, 1);
}

// Random text that likes trouble: line ends, separators, encoded words, other scripts.
static const char *random_text(Arena *arena, Random *random, size_t longest) {
  static const char *const pieces[] = {
    "\r\n",
    "\n",
    "\r",
    "\nBcc: evil@example.org",
    "\r\n\r\n<script>",
    ": ",
    "<",
    ">",
    ",",
    ";",
    "\"",
    "\\",
    "(",
    ")",
    "@",
    "=?utf-8?Q?=0D=0ABcc:_x?=",
    "ü",
    "小",
    "😀",
    "\u202e",
    "\xFF",
    "\t",
    " ",
    "  ",
    "a",
    "Wort",
    "--=-boundary",
    "From ",
    ".",
    "\x01",
    "\u2028",
    "\u00a0",
    "verylongwordwithoutanyspaceinitverylongwordwithoutanyspaceinitverylongwordwithoutanyspaceinit"};
  g_autoptr(GString) text = g_string_new(NULL);
  for (uint64_t i = random_below(random, longest); i > 0; i--)
    g_string_append(text, pieces[random_below(random, G_N_ELEMENTS(pieces))]);
  return arena_strdup(arena, text->str);
}

static void assert_known_headers(Bytes raw) {
  static const char *const names[] = {"From",
                                      "Reply-To",
                                      "To",
                                      "Cc",
                                      "Subject",
                                      "Date",
                                      "Message-Id",
                                      "In-Reply-To",
                                      "References",
                                      "Auto-Submitted",
                                      "X-Auto-Response-Suppress",
                                      "Precedence",
                                      "X-Rapport-Loop",
                                      "MIME-Version",
                                      "Content-Type",
                                      "Content-Transfer-Encoding"};
  g_autoptr(Arena) arena = arena_new();
  MailHeaderList headers = {0};
  TextList problems = {0};
  headers_read(arena, raw, &headers, &problems);
  g_assert_cmpuint(problems.count, ==, 0);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  list_each(MailHeader, header, &headers) {
    bool is_known = false;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) is_known |= g_ascii_strcasecmp(names[i], header->name) == 0;
    g_assert_true(is_known);
    g_assert_true(g_hash_table_add(seen, arena_take(arena, g_ascii_strdown(header->name, -1)))); // none twice
  }
}

static void nothing_makes_a_header(void) {
  Random random = random_seeded(42);
  for (int round = 0; round < 1500; round++) {
    g_autoptr(Arena) arena = arena_new();
    MailDraft draft = {.date = INT64_C(1793610900) * CLOCK_SECOND};
    draft.from = (MailAddress){random_text(arena, &random, 12), round % 2 ? "help@desk.example" : random_text(arena, &random, 6)};
    draft.reply_to = (MailAddress){random_text(arena, &random, 6), random_text(arena, &random, 6)};
    for (int i = 0; i < 3; i++)
      *list_add(arena, &draft.to) = (MailAddress){random_text(arena, &random, 20),
                                                  i ? "a@example.org" : random_text(arena, &random, 5)};
    draft.subject = random_text(arena, &random, 60);
    draft.message_id = random_text(arena, &random, 5);
    draft.in_reply_to = random_text(arena, &random, 5);
    for (int i = 0; i < 5; i++) *list_add(arena, &draft.references) = random_text(arena, &random, 4);
    draft.text = random_text(arena, &random, 80);
    if (round % 2) draft.html = random_text(arena, &random, 80);
    draft.auto_submitted = random_text(arena, &random, 5);
    draft.loop_mark = random_text(arena, &random, 5);
    *list_add(arena, &draft.attachments) = (MailAttachment){random_text(arena, &random, 10), random_text(arena, &random, 4),
                                                            random_text(arena, &random, 4), round % 3 == 0,
                                                            bytes_of_text(random_text(arena, &random, 10))};
    if (round % 4 == 0) draft.attachments.count = 0;
    Bytes raw = mail_compose(arena, &draft);
    assert_well_formed(raw);
    assert_known_headers(raw);
    Mail *mail = mail_parse(arena, raw);
    g_assert_cmpuint(mail->attachments.count, ==, draft.attachments.count);
    if (draft.attachments.count) g_assert_true(bytes_equal(mail->attachments.items[0].bytes, draft.attachments.items[0].bytes));
  }
}

// Words of any script come back as they were sent.
static const char *random_words(Arena *arena, Random *random, size_t most) {
  static const char *const words[] = {"parcel", "Päckchen", "посылка", "包裹", "😀",  "a,b", "x;y", "\"so\"",
                                      "(hm)",   "<i>",      "a@b",     "100%", "=?", "?=",  "_",   "ß"};
  g_autoptr(GString) text = g_string_new("w");
  for (uint64_t i = random_below(random, most); i > 0; i--)
    g_string_append_printf(text, " %s", words[random_below(random, G_N_ELEMENTS(words))]);
  return arena_strdup(arena, text->str);
}

static void words_come_back(void) {
  Random random = random_seeded(9);
  for (int round = 0; round < 1000; round++) {
    g_autoptr(Arena) arena = arena_new();
    MailDraft draft = ordinary();
    draft.subject = random_words(arena, &random, 30);
    draft.text = arena_printf(arena, "%s\n%s\n", random_words(arena, &random, 60), random_words(arena, &random, 5));
    *list_add(arena, &draft.to) = (MailAddress){random_words(arena, &random, 6), "ann@example.org"};
    Mail *mail = round_trip(arena, &draft);
    g_assert_cmpstr(mail->subject, ==, draft.subject);
    g_assert_cmpstr(mail->text, ==, draft.text);
    g_assert_cmpuint(mail->to.count, ==, 1);
    g_assert_cmpstr(mail->to.items[0].address, ==, "ann@example.org");
    g_assert_cmpstr(mail->to.items[0].name, ==, draft.to.items[0].name);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/compose/comes-back-the-same", comes_back_the_same);
  g_test_add_func("/mail/compose/case-12-marks-machine-mail", marks_machine_mail);
  g_test_add_func("/mail/compose/case-25-writes-files", writes_files);
  g_test_add_func("/mail/compose/writes-text-and-html-with-its-pictures", writes_text_and_html_with_its_pictures);
  g_test_add_func("/mail/compose/html-alone-needs-no-wrapping", html_alone_needs_no_wrapping);
  g_test_add_func("/mail/compose/writes-foreign-domains-in-ascii", writes_foreign_domains_in_ascii);
  g_test_add_func("/mail/compose/leaves-out-unusable-addresses-and-ids", leaves_out_unusable_addresses_and_ids);
  g_test_add_func("/mail/compose/nothing-makes-a-header", nothing_makes_a_header);
  g_test_add_func("/mail/compose/words-come-back", words_come_back);
  return g_test_run();
}
