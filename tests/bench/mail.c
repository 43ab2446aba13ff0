// `./dev bench`: how many mails a second the desk takes in by LMTP, each durable before it is answered, parsed apart and read. One
// connection, where each mail has a commit to itself, and many, whose mails share commits. Beside them the floors: GMime alone on
// the same bytes, one fsync for each batch of that size, and our own parser in this process and apart.
// bench_mail [MAILS]; the program measured is the one built beside it.
#include "bench.h"

#include "desk/mailbox/mailbox.h"
#include "insight/insight.h"
#include "mail/apart.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gmime/gmime.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define BATCH 16 // connections, and so about the mails in a commit

static void check(GError *error) {
  if (error) g_error("%s", error->message);
}

// A mail of some 6 KB as mail programs write it: text and HTML, a quote below.
static const char *mail_of(Arena *arena, int64_t i) {
  static const char *const words[] = {"The light stopped working on the second evening.", "I have changed the batteries twice.",
                                      "This is the third time that I write about it.", "I am really disappointed.",
                                      "Please send me a new one, or give me my money back."};
  g_autoptr(GString) text = g_string_new(NULL), html = g_string_new("<html><body>");
  for (int line = 0; line < 14; line++) {
    const char *sentence = words[(i + line * 3) % (int64_t)G_N_ELEMENTS(words)];
    g_string_append_printf(text, "%s It is order %" G_GINT64_FORMAT ".\r\n", sentence, i * 14 + line);
    g_string_append_printf(html,
                           "<p style=\"margin:0\"><span class=\"x\">%s</span> It is order <b>%" G_GINT64_FORMAT "</b>.</p>\r\n",
                           sentence, i * 14 + line);
  }
  for (int line = 0; line < 12; line++) {
    g_string_append(text, "> Thank you for writing to us. A person reads your message and answers it.\r\n");
    g_string_append(html, "<blockquote type=\"cite\">Thank you for writing to us. A person reads your message.</blockquote>\r\n");
  }
  return arena_printf(arena,
                      "Received: from mx.customers.example (mx.customers.example [192.0.2.1]) by mx.godwit.example;\r\n"
                      "\tSun, 22 Nov 2026 09:00:00 +0000\r\nFrom: Customer %" G_GINT64_FORMAT " <n%" G_GINT64_FORMAT
                      "@customers.example>\r\n"
                      "To: help@godwit.example\r\nSubject: =?utf-8?q?The_light=2C_again_=28%" G_GINT64_FORMAT "=29?=\r\n"
                      "Message-ID: <bench.%" G_GINT64_FORMAT ".%d@customers.example>\r\nDate: Sun, 22 Nov 2026 08:59:58 +0000\r\n"
                      "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b\"\r\n\r\n"
                      "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n"
                      "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%s</body></html>\r\n--b--\r\n",
                      i, i, i, i, (int)getpid(), text->str, html->str);
}

// ——— the client

typedef struct Sender {
  const char *path;
  int *next; // shared: the number of the next mail
  int last;
} Sender;

static void expect(FILE *client, int code) {
  char line[1000];
  do {
    if (!fgets(line, sizeof line, client)) g_error("the server closed the connection");
  } while (line[3] == '-');
  if (g_ascii_strtoll(line, NULL, 10) != code) g_error("not %d: %s", code, line);
}

static gpointer send_mails(gpointer data) {
  const Sender *sender = data;
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  g_strlcpy(address.sun_path, sender->path, sizeof address.sun_path);
  int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0) g_error("connect: %s", g_strerror(errno));
  FILE *in = fdopen(connection, "r"), *out = fdopen(dup(connection), "w");
  expect(in, 220);
  fputs("LHLO bench\r\n", out);
  fflush(out);
  expect(in, 250);
  for (int i; (i = g_atomic_int_add(sender->next, 1)) < sender->last;) {
    g_autoptr(Arena) arena = arena_new();
    fprintf(out, "MAIL FROM:<n%d@customers.example>\r\nRCPT TO:<help@godwit.example>\r\nDATA\r\n", i);
    fflush(out);
    expect(in, 250);
    expect(in, 250);
    expect(in, 354);
    fprintf(out, "%s.\r\n", mail_of(arena, i));
    fflush(out);
    expect(in, 250);
  }
  fclose(in);
  fclose(out);
  return NULL;
}

static double lmtp_rate(const char *path, int connections, int *next, int mails) {
  g_autofree GThread **threads = g_new0(GThread *, (size_t)connections);
  Sender sender = {path, next, *next + mails};
  int64_t began = g_get_monotonic_time();
  for (int i = 0; i < connections; i++) threads[i] = g_thread_new("sender", send_mails, &sender);
  for (int i = 0; i < connections; i++) g_thread_join(threads[i]);
  *next = sender.last;
  return 1e6 * mails / (double)(g_get_monotonic_time() - began);
}

// ——— floors

static double gmime_rate(int mails) {
  g_autoptr(Arena) arena = arena_new();
  const char **texts = arena_make_array(arena, const char *, (size_t)mails);
  for (int i = 0; i < mails; i++) texts[i] = mail_of(arena, i);
  int64_t began = thread_cpu();
  for (int i = 0; i < mails; i++) {
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(texts[i], strlen(texts[i]));
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(message);
    g_object_unref(parser);
    g_object_unref(stream);
  }
  return 1e9 * mails / (double)(thread_cpu() - began);
}

// Mails a second when the bytes of a batch are written and one fsync made for it.
static double fsync_rate(const char *folder, int batch) {
  g_autoptr(Arena) arena = arena_new();
  g_autofree char *path = g_build_filename(folder, "fsync", NULL);
  int file = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
  const char *text = mail_of(arena, 1);
  int64_t began = g_get_monotonic_time();
  const int rounds = 200;
  for (int round = 0; round < rounds; round++) {
    for (int i = 0; i < batch; i++)
      if (write(file, text, strlen(text)) < 0) g_error("write: %s", g_strerror(errno));
    if (fdatasync(file) != 0) g_error("fdatasync: %s", g_strerror(errno));
  }
  double rate = 1e6 * rounds * batch / (double)(g_get_monotonic_time() - began);
  close(file);
  g_unlink(path);
  return rate;
}

// Here it is the processor time of this thread, which does not grow when others use the machine; apart, the time that one waits.
static double parse_micros(int mails, MailParser *parser) {
  g_autoptr(Arena) arena = arena_new(), one = arena_new();
  const char **texts = arena_make_array(arena, const char *, (size_t)mails);
  for (int i = 0; i < mails; i++) texts[i] = mail_of(arena, i);
  GError *error = NULL;
  int64_t began = g_get_monotonic_time(), cpu = thread_cpu();
  for (int i = 0; i < mails; i++) {
    arena_reset(one);
    Mail *mail = NULL;
    if (!parser)
      mail = mail_parse(one, bytes_of_text(texts[i]));
    else if (!mail_parser_parse(parser, one, bytes_of_text(texts[i]), &mail, &error))
      check(error);
    if (!*mail->reply) g_error("nothing was parsed");
  }
  return parser ? (double)(g_get_monotonic_time() - began) / mails : (double)(thread_cpu() - cpu) / 1e3 / mails;
}

static double read_micros(int mails) {
  g_autoptr(Arena) arena = arena_new(), one = arena_new();
  const char *text = mail_parse(arena, bytes_of_text(mail_of(arena, 1)))->reply;
  int64_t began = thread_cpu();
  for (int i = 0; i < mails; i++) {
    arena_reset(one);
    insight_read(one, text, strlen(text));
  }
  return (double)(thread_cpu() - began) / 1e3 / mails;
}

// ———

static void make_desk(const char *folder) {
  g_autoptr(Arena) arena = arena_new();
  GError *error = NULL;
  int64_t id;
  Desk *desk = desk_open(arena, arena_printf(arena, "%s/rapport.db", folder), &clock_system, &random_system, &error);
  check(error);
  mailbox_add(desk, "help@godwit.example", "Godwit Cycles", "", &id, &error);
  check(error);
}

static void measure_lmtp(const char *folder, int mails) {
  static const int connections[] = {1, BATCH, 2 * BATCH, 4 * BATCH};
  g_autofree char *path = g_build_filename(folder, "lmtp", NULL);
  g_autofree char *self = g_file_read_link("/proc/self/exe", NULL), *beside = g_path_get_dirname(self);
  g_autofree char *program = g_build_filename(beside, "..", "..", "rapport", NULL);
  int next = 0;
  g_setenv("RAPPORT_LMTP_LISTEN", path, true);
  Child server = child_serve(program, folder);
  lmtp_rate(path, BATCH, &next, 200); // warms up
  double gmime = gmime_rate(2000);
  for (size_t i = 0; i < G_N_ELEMENTS(connections); i++) {
    int count = connections[i] == 1 ? MAX(mails / 8, 1) : mails;
    int64_t cpu = child_family_cpu(&server), own = child_cpu(&server);
    double rate = lmtp_rate(path, connections[i], &next, count), floor = fsync_rate(folder, connections[i]);
    double cost = (double)(child_family_cpu(&server) - cpu) / 1e3 / count;
    printf("LMTP, %2d connections   %6.0f mails a second   %.2f of an fsync for each %2d (%.0f)   %.3f of GMime alone (%.0f)   "
           "processor time %.0f µs a mail (%.0f without the parsers): %.0f a second on each core\n",
           connections[i], rate, rate / floor, connections[i], floor, rate / gmime, gmime, cost,
           (double)(child_cpu(&server) - own) / 1e3 / count, 1e6 / cost);
  }
  child_end(&server);
}

static void remove_folder(const char *folder) {
  g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
  for (const char *name; files && (name = g_dir_read_name(files));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_unlink(path);
  }
  g_rmdir(folder);
}

int main(int argc, char **argv) {
  mail_apart_if_asked(argc, argv);
  g_autofree char *folder = g_dir_make_tmp("rapport-bench-XXXXXX", NULL);
  GError *error = NULL;
  int mails = argc > 1 ? (int)CLAMP(g_ascii_strtoll(argv[1], NULL, 10), 100, 100000) : 4000;
  g_mime_init();
  make_desk(folder);
  g_autoptr(MailParser) parser = mail_parser_new(&error);
  check(error);
  parse_micros(200, parser); // warms up
  double here = parse_micros(2000, NULL), gmime = 1e6 / gmime_rate(2000), apart = parse_micros(2000, parser);
  printf(
    "parsing a mail          %7.1f µs in this process: %.1f times GMime alone (%.1f); %.1f µs apart;  reading its words %.1f\n",
    here, here / gmime, gmime, apart, read_micros(1000));
  measure_lmtp(folder, mails);
  remove_folder(folder);
  return 0;
}
