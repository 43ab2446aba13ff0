// Mail parsed in a process of its own: the same as in this one, and what happens to a mail that breaks that process. This program
// becomes the process itself; there a header "X-Do: …" makes it misbehave.
#include "mail/apart.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER true
#else
#define HAS_SANITIZER false
#endif

static bool asks_for(Bytes raw, const char *what) {
  g_autofree char *line = g_strdup_printf("X-Do: %s\n", what);
  return memmem(raw.data, raw.size, line, strlen(line)) != NULL;
}

static void spin(void) {
  for (volatile unsigned i = 0;; i++) continue;
}

static void eat(void) {
  while (mmap(NULL, 1 << 24, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) continue;
  g_error("out of memory"); // what arena and GLib do
}

// Misbehaves when the header asks for it; "always" in it also when the headers come alone.
static Mail *parse_or_misbehave(Arena *arena, Bytes raw) {
  bool has_body = memmem(raw.data, raw.size, "\n\n", 2) || memmem(raw.data, raw.size, "crash always", 12);
  if (has_body && (asks_for(raw, "crash") || asks_for(raw, "crash always"))) __builtin_trap();
  if (has_body && asks_for(raw, "spin")) spin();
  if (has_body && asks_for(raw, "eat")) eat();
  if (has_body && asks_for(raw, "exit")) _exit(0);
  if (has_body && asks_for(raw, "socket")) socket(AF_INET, SOCK_STREAM, 0);
  if (has_body && asks_for(raw, "kill")) kill(getppid(), SIGTERM);
  if (has_body && asks_for(raw, "execute")) execl("/bin/true", "true", NULL);
  if (has_body && asks_for(raw, "answer")) (void)!write(STDIN_FILENO, "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 9);
  Mail *mail = mail_parse(arena, raw);
  if (asks_for(raw, "open")) mail->subject = open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? "refused" : "opened";
  return mail;
}

static const char *mail_that(Arena *arena, const char *what) {
  return arena_printf(arena, "From: Anna <anna@customer.example>\nSubject: A tyre\nX-Do: %s\n\nIt is flat.\n", what);
}

typedef struct Fixture {
  Arena *arena;
  MailParser *parser;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer unused) {
  fixture->arena = arena_new();
  fixture->parser = mail_parser_new(NULL);
  g_assert_nonnull(fixture->parser);
}

static void tear_down(Fixture *fixture, gconstpointer unused) {
  mail_parser_free(fixture->parser);
  arena_free(fixture->arena);
}

static void assert_works(Fixture *fixture) {
  Mail *mail = NULL;
  g_autoptr(GError) error = NULL;
  mail_parser_parse(fixture->parser, fixture->arena, bytes_of_text(mail_that(fixture->arena, "nothing")), &mail, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(mail->subject, ==, "A tyre");
  g_assert_cmpstr(mail->reply, ==, "It is flat.");
}

// The mail is refused with these words; its headers are known all the same, and the next mail is parsed as if nothing had been.
static void assert_broken(Fixture *fixture, const char *what, const char *words) {
  Mail *mail = NULL;
  g_autoptr(GError) error = NULL;
  g_assert_false(
    mail_parser_parse(fixture->parser, fixture->arena, bytes_of_text(mail_that(fixture->arena, what)), &mail, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  if (!strstr(error->message, words)) g_error("\"%s\" does not say \"%s\"", error->message, words);
  g_assert_cmpstr(mail->subject, ==, "A tyre");
  g_assert_cmpstr(mail->from.address, ==, "anna@customer.example");
  g_assert_cmpstr(mail->text, ==, "");
  assert_works(fixture);
}

static void test_same_result(Fixture *fixture, gconstpointer unused) {
  static const char *const names[] = {"alternative.eml", "bounce.eml", "broken.eml", "files.eml", "plain.eml"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(FUZZ_CORPUS, names[i], NULL), *raw = NULL;
    size_t size = 0;
    Mail *apart = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(g_file_get_contents(path, &raw, &size, NULL));
    mail_parser_parse(fixture->parser, fixture->arena, bytes_of(raw, size), &apart, &error);
    g_assert_no_error(error);
    Mail *here = mail_parse(fixture->arena, bytes_of(raw, size));
    g_autoptr(Json) is = mail_to_json(fixture->arena, apart), should = mail_to_json(fixture->arena, here);
    g_assert_true(json_equal(is, should));
    for (size_t file = 0; file < here->attachments.count; file++)
      g_assert_true(bytes_equal(here->attachments.items[file].bytes, apart->attachments.items[file].bytes));
  }
}

static void test_charsets(Fixture *fixture, gconstpointer unused) {
  static const char *const labels[] = {"iso-8859-2", "windows-1251", "koi8-r",  "shift_jis", "euc-jp", "iso-2022-jp", "gb18030",
                                       "big5",       "euc-kr",       "tis-620", "viscii",    "utf-7",  "macintosh",   "utf-16"};
  for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
    Bytes raw = bytes_of_text(arena_printf(fixture->arena,
                                           "Content-Type: text/plain; charset=%s; name*=%s''%%B1%%A4\n"
                                           "Content-Disposition: inline; filename*=x-unheard-of''%%E4\n\n\xB1\xA4\xB1\xA4 a\n",
                                           labels[i], labels[i]));
    Mail *mail = NULL;
    g_autoptr(GError) error = NULL;
    mail_parser_parse(fixture->parser, fixture->arena, raw, &mail, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(mail->text, ==, mail_parse(fixture->arena, raw)->text);
  }
}

static void test_empty_and_large(Fixture *fixture, gconstpointer unused) {
  Mail *mail = NULL;
  g_assert_true(mail_parser_parse(fixture->parser, fixture->arena, bytes_of("", 0), &mail, NULL));
  g_autoptr(GString) large = g_string_new("Subject: large\nContent-Type: application/octet-stream\n\n");
  for (int i = 0; i < 200000; i++) g_string_append(large, "a line of a mail that has ten megabytes, all of one kind\n");
  g_assert_true(mail_parser_parse(fixture->parser, fixture->arena, bytes_of(large->str, large->len), &mail, NULL));
  g_assert_cmpuint(mail->attachments.items[0].bytes.size, >, 10 * 1000 * 1000);
  assert_works(fixture);
}

static void test_crash(Fixture *fixture, gconstpointer unused) { assert_broken(fixture, "crash", "ended the process"); }
static void test_exit(Fixture *fixture, gconstpointer unused) { assert_broken(fixture, "exit", "ended the process"); }
static void test_answer(Fixture *fixture, gconstpointer unused) { assert_broken(fixture, "answer", "makes no sense"); }

static void test_crash_of_headers(Fixture *fixture, gconstpointer unused) {
  Mail *mail = NULL;
  g_autoptr(GError) error = NULL;
  Bytes raw = bytes_of_text(mail_that(fixture->arena, "crash always"));
  g_assert_false(mail_parser_parse(fixture->parser, fixture->arena, raw, &mail, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_assert_null(mail);
  assert_works(fixture);
}

static void test_time(Fixture *fixture, gconstpointer unused) {
  mail_parser_set_budget(fixture->parser, CLOCK_SECOND);
  int64_t began = g_get_monotonic_time();
  assert_broken(fixture, "spin", "longer than 1 second");
  g_assert_cmpint(g_get_monotonic_time() - began, <, 30 * CLOCK_SECOND);
}

static void test_memory(Fixture *fixture, gconstpointer unused) {
  if (HAS_SANITIZER)
    g_test_skip("the address sanitizer reserves more addresses than any limit allows");
  else
    assert_broken(fixture, "eat", "more memory");
}

static void test_forbidden(Fixture *fixture, gconstpointer unused) {
  static const char *const acts[] = {"socket", "kill", "execute"};
  for (size_t i = 0; i < G_N_ELEMENTS(acts); i++) assert_broken(fixture, acts[i], "reading a mail never needs");
}

static void test_no_file(Fixture *fixture, gconstpointer unused) {
  Mail *mail = NULL;
  g_assert_true(
    mail_parser_parse(fixture->parser, fixture->arena, bytes_of_text(mail_that(fixture->arena, "open")), &mail, NULL));
  g_assert_cmpstr(mail->subject, ==, "refused");
}

// The only child of this program that was started to parse.
static pid_t child(void) {
  g_autofree char *text = NULL, *path = g_strdup_printf("/proc/self/task/%d/children", (int)getpid());
  g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
  return (pid_t)g_ascii_strtoll(text, NULL, 10);
}

static void test_killed_from_outside(Fixture *fixture, gconstpointer unused) {
  assert_works(fixture);
  pid_t first = child();
  g_assert_cmpint(kill(first, SIGKILL), ==, 0);
  assert_works(fixture); // nobody's mail is to blame
  g_assert_cmpint(child(), !=, first);
}

static void test_renewed(Fixture *fixture, gconstpointer unused) {
  assert_works(fixture);
  pid_t first = child();
  for (int i = 0; i < APART_MAILS; i++) assert_works(fixture);
  g_assert_cmpint(child(), !=, first);
}

static void test_two_at_once(Fixture *fixture, gconstpointer unused) {
  g_autoptr(MailParser) other = mail_parser_new(NULL);
  Mail *mail = NULL;
  assert_works(fixture);
  g_assert_true(mail_parser_parse(other, fixture->arena, bytes_of_text("Subject: other\n\nx"), &mail, NULL));
  g_assert_cmpstr(mail->subject, ==, "other");
  assert_works(fixture);
}

int main(int argc, char **argv) {
  mail_apart_if_asked_with(argc, argv, parse_or_misbehave);
  g_test_init(&argc, &argv, NULL);
#define ADD(path, test) g_test_add(path, Fixture, NULL, set_up, test, tear_down)
  ADD("/mail/apart/same-as-in-this-process", test_same_result);
  ADD("/mail/apart/charsets-are-loaded-before", test_charsets);
  ADD("/mail/apart/empty-and-large", test_empty_and_large);
  ADD("/mail/apart/crash-costs-that-mail-alone", test_crash);
  ADD("/mail/apart/headers-that-crash-are-left-out", test_crash_of_headers);
  ADD("/mail/apart/quiet-end-is-a-crash", test_exit);
  ADD("/mail/apart/answer-without-sense", test_answer);
  ADD("/mail/apart/endless-work-is-ended", test_time);
  ADD("/mail/apart/endless-memory-is-ended", test_memory);
  ADD("/mail/apart/forbidden-calls-end-it", test_forbidden);
  ADD("/mail/apart/no-file-is-opened", test_no_file);
  ADD("/mail/apart/killed-from-outside-is-no-judgement", test_killed_from_outside);
  ADD("/mail/apart/made-anew-after-many-mails", test_renewed);
  ADD("/mail/apart/two-parsers", test_two_at_once);
  return g_test_run();
}
