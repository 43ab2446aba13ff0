// A Mail as bytes: everything comes back, and bytes that are no Mail harm nobody.
#include "mail/wire.h"

#include "base/random.h"

static Mail *mail_with_everything(Arena *arena) {
  Mail *mail = arena_make(arena, Mail);
  *mail = (Mail){.from = {"Jörg", "j@example.org"},
                 .subject = "A subject",
                 .claimed_at = 5 * CLOCK_DAY,
                 .traced_at = 6 * CLOCK_DAY,
                 .message_id = "id@example.org",
                 .kind = MAIL_LIST,
                 .kind_reason = "List-Id: x",
                 .return_path = "",
                 .loop_mark = "1042.abc",
                 .bounced_id = "other@example.org",
                 .text = "One\nTwo\n\tThree",
                 .reply = "One",
                 .quoted = "Two\n\tThree",
                 .html = "<p>One</p>",
                 .signature = "Three",
                 .original_from = {"List", "list@example.org"},
                 .protection = {MAIL_SMIME_SIGNED, MAIL_DOUBTFUL, "j@example.org", "Nobody vouches for the certificate."},
                 .machine_topic = "jira:ABC-12"};
  *list_add(arena, &mail->reply_to) = (MailAddress){"", "answers@example.org"};
  *list_add(arena, &mail->to) = (MailAddress){"Desk", "help@desk.example"};
  *list_add(arena, &mail->to) = (MailAddress){"", "second@desk.example"};
  *list_add(arena, &mail->cc) = (MailAddress){"C", "c@desk.example"};
  *list_add(arena, &mail->references) = "first@example.org";
  *list_add(arena, &mail->delivered_to) = "help@desk.example";
  *list_add(arena, &mail->problems) = "Something is odd.";
  *list_add(arena, &mail->authentication) = (MailAuthentication){"mx.desk.example", "pass", "fail", "none"};
  *list_add(arena, &mail->attachments) = (MailAttachment){"a.png", "image/png", "cid1", true, bytes_of("\0\1\2", 3)};
  *list_add(arena, &mail->attachments) = (MailAttachment){"b.bin", "application/octet-stream", NULL, false, bytes_of("", 0)};
  mail->invite = arena_make(arena, MailInvite);
  *mail->invite = (MailInvite){"REQUEST", "Meeting", "Room 1", "boss@example.org", CLOCK_DAY, 2 * CLOCK_DAY, true};
  mail->forward = arena_make(arena, MailForward);
  *mail->forward = (MailForward){{"W", "w@example.org"}, "Inner", "Words\nof others", "inner@example.org"};
  return mail;
}

static Bytes written(Arena *arena, const Mail *mail) {
  g_autoptr(GByteArray) out = g_byte_array_new();
  wire_write(out, mail);
  return bytes_of(arena_copy(arena, out->data, out->len), out->len);
}

// Written again it gives the same bytes: every field that the tables name has come back. Single fields are looked at too, because
// tables that are wrong the same way twice would agree.
static void test_everything_comes_back(void) {
  g_autoptr(Arena) arena = arena_new();
  Bytes bytes = written(arena, mail_with_everything(arena));
  Mail *mail = NULL;
  g_assert_true(wire_read(arena, bytes, &mail));
  g_assert_true(bytes_equal(written(arena, mail), bytes));
  g_assert_cmpstr(mail->from.name, ==, "Jörg");
  g_assert_cmpstr(mail->to.items[1].address, ==, "second@desk.example");
  g_assert_cmpint(mail->traced_at, ==, 6 * CLOCK_DAY);
  g_assert_cmpstr(mail->text, ==, "One\nTwo\n\tThree");
  g_assert_cmpstr(mail->authentication.items[0].dkim, ==, "fail");
  g_assert_cmpint(mail->protection.state, ==, MAIL_DOUBTFUL);
  g_assert_cmpstr(mail->invite->organiser, ==, "boss@example.org");
  g_assert_true(mail->invite->is_all_day);
  g_assert_cmpstr(mail->forward->from.address, ==, "w@example.org");
  g_assert_true(bytes_equal(mail->attachments.items[0].bytes, bytes_of("\0\1\2", 3)));
  g_assert_null(mail->attachments.items[1].content_id);
  g_assert_cmpstr(mail->machine_topic, ==, "jira:ABC-12");
}

static void test_nothing_comes_back(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = NULL;
  g_assert_true(wire_read(arena, written(arena, &(Mail){0}), &mail));
  g_assert_cmpstr(mail->subject, ==, "");
  g_assert_cmpstr(mail->protection.signer, ==, "");
  g_assert_null(mail->message_id);
  g_assert_null(mail->html);
  g_assert_null(mail->invite);
  g_assert_cmpuint(mail->to.count, ==, 0);
}

static void test_lies_are_mended(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = mail_with_everything(arena);
  mail->subject = "two\nlines\x7F";
  mail->from.address = "a@b.example\nRCPT TO:<c@d.example>";
  mail->text = "bell\a and\rreturn";
  mail->claimed_at = INT64_MAX;
  mail->traced_at = -5;
  mail->attachments.items[0].name = "../../etc/passwd";
  mail->attachments.items[0].type = "text/html\nX: y";
  mail->attachments.items[1].name = "";
  g_assert_true(wire_read(arena, written(arena, mail), &mail));
  g_assert_cmpstr(mail->subject, ==, "two lines");
  g_assert_null(strchr(mail->from.address, '\n'));
  g_assert_cmpstr(mail->text, ==, "bell and\nreturn");
  g_assert_cmpint(mail->claimed_at, ==, 0);
  g_assert_cmpint(mail->traced_at, ==, 0);
  g_assert_cmpstr(mail->attachments.items[0].name, ==, "attachment");
  g_assert_cmpstr(mail->attachments.items[0].type, ==, "application/octet-stream");
  g_assert_cmpstr(mail->attachments.items[1].name, ==, "attachment");
}

static void test_refused(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = mail_with_everything(arena), *out = NULL;
  mail->subject = "not \xFF utf-8";
  g_assert_false(wire_read(arena, written(arena, mail), &out));
  mail = mail_with_everything(arena);
  mail->kind = 77;
  g_assert_false(wire_read(arena, written(arena, mail), &out));
  Bytes whole = written(arena, mail_with_everything(arena));
  for (size_t size = 0; size < whole.size; size++) g_assert_false(wire_read(arena, bytes_of(whole.data, size), &out));
  char *longer = arena_alloc(arena, whole.size + 1);
  memcpy(longer, whole.data, whole.size);
  g_assert_false(wire_read(arena, bytes_of(longer, whole.size + 1), &out));
  g_assert_null(out);
}

// Any byte turned into any other: never a crash (the sanitizers look), and what is read keeps the promises.
static void test_damage(void) {
  g_autoptr(Arena) keep = arena_new();
  Bytes whole = written(keep, mail_with_everything(keep));
  Random dice = random_seeded(42);
  for (int round = 0; round < 20000; round++) {
    g_autoptr(Arena) arena = arena_new();
    char *copy = arena_copy(arena, whole.data, whole.size);
    for (uint64_t left = 1 + random_below(&dice, 4); left > 0; left--)
      copy[random_below(&dice, whole.size)] = (char)random_below(&dice, 256);
    Mail *mail = NULL;
    if (!wire_read(arena, bytes_of(copy, whole.size), &mail)) continue;
    g_assert_true(g_utf8_validate(mail->subject, -1, NULL));
    g_assert_null(strchr(mail->subject, '\n'));
    list_each(MailAttachment, file, &mail->attachments) g_assert_cmpstr(file->name, !=, "");
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/wire/everything-comes-back", test_everything_comes_back);
  g_test_add_func("/mail/wire/nothing-comes-back", test_nothing_comes_back);
  g_test_add_func("/mail/wire/lies-are-mended", test_lies_are_mended);
  g_test_add_func("/mail/wire/what-is-no-mail-is-refused", test_refused);
  g_test_add_func("/mail/wire/damage", test_damage);
  return g_test_run();
}
