// LMTP without sockets: what a client says, whole or byte by byte, and what it hears.
#include "mail/lmtp.h"

#include "mail/collect.h"

#include <string.h>

typedef struct Talk {
  Lmtp *lmtp;
  GString *heard;     // everything since the last look
  GPtrArray *mails;   // "sender|recipient,recipient|bytes"
  int64_t whole_size; // of the last mail
  bool is_closed, allows_large;
  size_t piece; // bytes fed at a time
} Talk;

static bool may_be_large(void *data) { return ((Talk *)data)->allows_large; }

static void set_up(Talk *talk, gconstpointer piece) {
  *talk = (Talk){.heard = g_string_new(NULL),
                 .mails = g_ptr_array_new_with_free_func(g_free),
                 .allows_large = true,
                 .piece = piece ? 1 : 65536};
  LmtpSetup setup = {.host = "desk.example", .mail_limit = 2 << 20, .may_be_large = may_be_large, .data = talk};
  talk->lmtp = lmtp_new(&setup, talk->heard);
  g_assert_cmpstr(talk->heard->str, ==, "220 desk.example LMTP Rapport\r\n");
  g_string_truncate(talk->heard, 0);
}

static void tear_down(Talk *talk, gconstpointer unused) {
  lmtp_free(talk->lmtp);
  g_string_free(talk->heard, true);
  g_ptr_array_unref(talk->mails);
}

static void take_mail(Talk *talk) {
  const LmtpMail *mail = lmtp_mail(talk->lmtp);
  g_autoptr(GString) text = g_string_new(mail->sender);
  for (size_t i = 0; i < mail->recipients.count; i++)
    g_string_append_printf(text, "%s%s", i ? "," : "|", mail->recipients.items[i]);
  g_string_append_c(text, '|');
  for (size_t i = 0; i < mail->raw.size; i++) { // NUL and CR made visible
    char c = ((const char *)mail->raw.data)[i];
    if (c == '\0')
      g_string_append(text, "\\0");
    else if (c == '\r')
      g_string_append(text, "~");
    else
      g_string_append_c(text, c);
  }
  talk->whole_size = mail->whole_size;
  g_ptr_array_add(talk->mails, g_strdup(text->str));
  lmtp_answer(talk->lmtp, 250, "2.0.0", "Kept.", talk->heard);
}

static void say_bytes(Talk *talk, Bytes bytes) {
  const char *at = bytes.data;
  for (size_t done = 0; done < bytes.size && !talk->is_closed;) {
    size_t used = 0;
    Bytes piece = bytes_of(at + done, MIN(talk->piece, bytes.size - done));
    LmtpNext next = lmtp_feed(talk->lmtp, piece, &used, talk->heard);
    g_assert_cmpuint(used, <=, piece.size);
    g_assert_true(used == piece.size || next != LMTP_READ);
    done += used;
    if (next == LMTP_MAIL) take_mail(talk);
    talk->is_closed = next == LMTP_CLOSE;
  }
}

// Says it, and compares the codes that came back: "250 354".
static void expect(Talk *talk, const char *words, const char *codes) {
  g_string_truncate(talk->heard, 0);
  say_bytes(talk, bytes_of_text(words));
  g_autoptr(GString) heard = g_string_new(NULL);
  g_auto(GStrv) lines = g_strsplit(talk->heard->str, "\r\n", -1);
  for (char **line = lines; *line && **line; line++)
    if ((*line)[3] == ' ') g_string_append_printf(heard, "%s%.3s", heard->len ? " " : "", *line);
  g_assert_cmpstr(heard->str, ==, codes);
}

static const char *mail_at(Talk *talk, unsigned at) {
  g_assert_cmpuint(talk->mails->len, >, at);
  return g_ptr_array_index(talk->mails, at);
}

#define ENVELOPE "MAIL FROM:<a@x.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\n"
#define TRACE "a@x.example|help@desk.example|Return-Path: <a@x.example>~\n"

static void test_one_mail(Talk *talk, gconstpointer unused) {
  expect(talk, "LHLO mx.example\r\n", "250");
  g_assert_nonnull(strstr(talk->heard->str, "250-PIPELINING\r\n"));
  expect(talk, "MAIL FROM:<a@x.example> SIZE=100 BODY=8BITMIME SMTPUTF8\r\n", "250");
  expect(talk, "RCPT TO:<help@desk.example>\r\n", "250");
  g_assert_true(lmtp_is_idle(talk->lmtp));
  expect(talk, "DATA\r\n", "354");
  g_assert_false(lmtp_is_idle(talk->lmtp));
  expect(talk, "Subject: hi\r\n\r\nhello\r\n.\r\n", "250");
  g_assert_cmpstr(mail_at(talk, 0), ==, TRACE "Subject: hi~\n~\nhello~\n");
  expect(talk, "QUIT\r\n", "221");
  g_assert_true(talk->is_closed);
}

static void test_an_answer_for_each_recipient(Talk *talk, gconstpointer unused) {
  expect(
    talk,
    "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@desk.example>\r\nRCPT TO:<nobody>\r\nRCPT TO:<b@desk.example>\r\nDATA\r\nx\r\n.\r\n",
    "250 250 250 553 250 354 250 250");
  g_assert_cmpstr(mail_at(talk, 0), ==, "|a@desk.example,b@desk.example|Return-Path: <>~\nx~\n");
}

static void test_pipelined_mails(Talk *talk, gconstpointer unused) {
  expect(talk, "LHLO x\r\n" ENVELOPE "one\r\n.\r\n" ENVELOPE "two\r\n.\r\nRSET\r\n" ENVELOPE "three\r\n.\r\nQUIT\r\nNOOP\r\n",
         "250 250 250 354 250 250 250 354 250 250 250 250 354 250 221");
  g_assert_cmpuint(talk->mails->len, ==, 3);
  g_assert_cmpstr(mail_at(talk, 2), ==, TRACE "three~\n");
}

static void test_dots(Talk *talk, gconstpointer unused) {
  expect(talk, "LHLO x\r\n" ENVELOPE "..one\r\n...\r\na.b\r\n.\rc\r\n..\r\n.\r\n", "250 250 250 354 250");
  g_assert_cmpstr(mail_at(talk, 0), ==, TRACE ".one~\n..~\na.b~\n~c~\n.~\n");
}

static void test_empty_data(Talk *talk, gconstpointer unused) {
  expect(talk, "LHLO x\r\n" ENVELOPE ".\r\n", "250 250 250 354 250");
  g_assert_cmpstr(mail_at(talk, 0), ==, TRACE);
}

// What other servers may take for an end is no end (SMTP smuggling).
static void test_only_one_end(Talk *talk, gconstpointer unused) {
  expect(talk, "LHLO x\r\n" ENVELOPE "a\n.\nb\r\n.\nc\n.\r\nMAIL FROM:<evil@x.example>\r\n\r.\r\r\n.\r\n", "250 250 250 354 250");
  g_assert_cmpuint(talk->mails->len, ==, 1);
  g_assert_cmpstr(mail_at(talk, 0), ==, TRACE "a\n.\nb~\n\nc\n.~\nMAIL FROM:<evil@x.example>~\n~.~~\n");
}

static void test_any_bytes_in_data(Talk *talk, gconstpointer unused) {
  static const char data[] = "LHLO x\r\n" ENVELOPE "nul \0 high \xFF\r\n.\r\n";
  g_string_truncate(talk->heard, 0);
  say_bytes(talk, bytes_of(data, sizeof data - 1));
  g_assert_cmpstr(mail_at(talk, 0), ==, TRACE "nul \\0 high \xFF~\n");
}

static void test_commands_out_of_order(Talk *talk, gconstpointer unused) {
  expect(talk, "MAIL FROM:<a@x.example>\r\n", "503");
  expect(talk, "EHLO x\r\nHELO x\r\nLHLO\r\n", "500 500 501");
  expect(talk, "LHLO x\r\nRCPT TO:<a@x.example>\r\nDATA\r\n", "250 503 503");
  expect(talk, "MAIL FROM:<a@x.example>\r\nMAIL FROM:<b@x.example>\r\nDATA\r\n", "250 503 503");
  expect(talk, "RSET\r\nRCPT TO:<a@x.example>\r\n", "250 503");
  expect(talk, "VRFY a\r\nNOOP\r\nEXPN a\r\n\r\n", "252 250 500 500");
}

static void test_wrong_words(Talk *talk, gconstpointer unused) {
  expect(talk, "LHLO x\r\nMAIL a@x.example\r\nMAIL FROM:a@x.example\r\nMAIL FROM:<a@x.example\r\n", "250 501 501 501");
  expect(talk, "MAIL FROM:<a@x.example> RET=HDRS\r\nMAIL FROM:<a@x.example> SIZE=x\r\nMAIL FROM:<a@x.example>x\r\n",
         "555 501 501");
  expect(talk, "MAIL FROM:<a@x.example> SIZE=99999999999999\r\n", "552");
  expect(talk, "MAIL FROM:<@relay.example,@b.example:\"odd > one\"@x.example>\r\n", "250");
  expect(talk, "RCPT TO:<a b@desk.example>\r\nRCPT TO:<>\r\nRCPT TO:<help@desk.example> NOTIFY=NEVER\r\n", "553 553 555");
  expect(talk, "RCPT TO:<Postmaster>\r\nRCPT TO:<j\xC3\xB6rg@desk.example>\r\nDATA x\r\n", "250 250 501");
  expect(talk, "DATA\r\n.\r\n", "354 250 250");
  g_assert_true(g_str_has_prefix(mail_at(talk, 0), "\"odd > one\"@x.example|Postmaster,j\xC3\xB6rg@desk.example|"));
}

static void test_bad_lines(Talk *talk, gconstpointer unused) {
  g_autofree char *too_long = g_strnfill(LMTP_LINE_MOST * 3, 'x');
  g_autofree char *line = g_strdup_printf("NOOP %s\r\nNOOP\r\n", too_long);
  expect(talk, line, "500 250");
  expect(talk, "NOOP\nNOOP\r\n", "500 250");
  expect(talk, "NOOP \rx\r\nNOOP \xFF\r\n", "500 500");
  g_string_truncate(talk->heard, 0);
  say_bytes(talk, bytes_of("NO\0OP\r\n", 7));
  g_assert_true(g_str_has_prefix(talk->heard->str, "500 "));
}

static void test_garbage_ends_it(Talk *talk, gconstpointer unused) {
  for (int i = 0; i < 1000 && !talk->is_closed; i++) say_bytes(talk, bytes_of_text("GET / HTTP/1.1\r\nHost: x\r\n"));
  g_assert_true(talk->is_closed);
  g_assert_nonnull(strstr(talk->heard->str, "\r\n421 "));
  g_assert_cmpuint(talk->heard->len, <, 2000);
}

static void test_endless_idling_ends_it(Talk *talk, gconstpointer unused) {
  for (int i = 0; i <= LMTP_IDLE_MOST && !talk->is_closed; i++) say_bytes(talk, bytes_of_text("NOOP\r\n"));
  g_assert_true(talk->is_closed);
}

static void test_many_recipients(Talk *talk, gconstpointer unused) {
  expect(talk, "LHLO x\r\nMAIL FROM:<a@x.example>\r\n", "250 250");
  g_autoptr(GString) all = g_string_new(NULL);
  for (int i = 0; i < LMTP_RECIPIENTS_MOST + 5; i++) g_string_append_printf(all, "RCPT TO:<u%d@desk.example>\r\n", i);
  say_bytes(talk, bytes_of(all->str, all->len));
  g_assert_nonnull(strstr(talk->heard->str, "\r\n452 4.5.3"));
  g_string_truncate(talk->heard, 0);
  say_bytes(talk, bytes_of_text("DATA\r\n.\r\n"));
  g_auto(GStrv) lines = g_strsplit(talk->heard->str, "\r\n", -1);
  g_assert_cmpuint(g_strv_length(lines), ==, 1 + LMTP_RECIPIENTS_MOST + 1);
  g_assert_cmpuint(talk->mails->len, ==, 1);
}

static void say_megabytes(Talk *talk, size_t count) {
  g_autofree char *block = g_malloc(1 << 20);
  for (size_t i = 0; i < 1 << 20; i += 64)
    memcpy(block + i, "a line of sixty-four bytes, which is two to the power of six..\r\n", 64);
  talk->piece = 65536;
  for (size_t i = 0; i < count; i++) say_bytes(talk, bytes_of(block, 1 << 20));
}

static void test_over_the_limit(Talk *talk, gconstpointer unused) {
  expect(talk, "LHLO x\r\n" ENVELOPE, "250 250 250 354");
  say_megabytes(talk, 5);
  expect(talk, ".\r\n", "250");
  g_assert_cmpint(talk->whole_size, >, 5 << 20);
  g_assert_cmpuint(strlen(mail_at(talk, 0)), <, COLLECT_STUB + 1000);
}

static void test_no_room_now(Talk *talk, gconstpointer unused) {
  talk->allows_large = false;
  expect(talk, "LHLO x\r\n" ENVELOPE, "250 250 250 354");
  say_megabytes(talk, 2);
  expect(talk, ".\r\n", "452");
  g_assert_cmpuint(talk->mails->len, ==, 0);
  expect(talk, ENVELOPE "small\r\n.\r\n", "250 250 354 250"); // it goes on
  g_assert_cmpstr(mail_at(talk, 0), ==, TRACE "small~\n");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
#define ADD(path, test)                                                                                                          \
  g_test_add("/mail/lmtp/" path, Talk, NULL, set_up, test, tear_down);                                                           \
  g_test_add("/mail/lmtp/byte-by-byte/" path, Talk, "", set_up, test, tear_down)
  ADD("one-mail", test_one_mail);
  ADD("an-answer-for-each-recipient", test_an_answer_for_each_recipient);
  ADD("pipelined-mails", test_pipelined_mails);
  ADD("dots", test_dots);
  ADD("empty-data", test_empty_data);
  ADD("only-one-end", test_only_one_end);
  ADD("any-bytes-in-data", test_any_bytes_in_data);
  ADD("commands-out-of-order", test_commands_out_of_order);
  ADD("wrong-words", test_wrong_words);
  ADD("bad-lines", test_bad_lines);
  ADD("garbage-ends-it", test_garbage_ends_it);
  ADD("endless-idling-ends-it", test_endless_idling_ends_it);
  ADD("many-recipients", test_many_recipients);
  ADD("over-the-limit", test_over_the_limit);
  ADD("no-room-now", test_no_room_now);
  return g_test_run();
}
