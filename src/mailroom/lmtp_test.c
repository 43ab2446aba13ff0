// The LMTP listener over real sockets, with a real desk behind it: what was answered with 250 is there, once; what was not is not
// ours, and handing it over again does no harm.
#include "mailroom/lmtp.h"

#include "desk/mailbox/mailbox.h"
#include "desk/testing.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct Fixture {
  TestDesk *test;
  Intake *intake;
  LmtpServer *server;
  int port;
} Fixture;

static void start(Fixture *fixture, const char *listen, int64_t idle_most) {
  g_autoptr(GError) error = NULL;
  IntakeConfig intake = {
    .database = fixture->test->where, .clock = &clock_system, .random = &random_system, .kind = CHANNEL_LMTP, .name = "test"};
  fixture->intake = intake_start(&intake, &error);
  g_assert_no_error(error);
  LmtpServerConfig config = {.intake = fixture->intake, .listen = listen, .mail_limit = 2 << 20, .idle_most = idle_most};
  fixture->server = lmtp_server_start(&config, &error);
  g_assert_no_error(error);
  const char *colon = strrchr(lmtp_server_places(fixture->server), ':');
  fixture->port = colon ? (int)g_ascii_strtoll(colon + 1, NULL, 10) : 0;
}

static void stop(Fixture *fixture) {
  lmtp_server_stop(g_steal_pointer(&fixture->server));
  intake_stop(g_steal_pointer(&fixture->intake));
}

static void set_up(Fixture *fixture, gconstpointer unused) {
  *fixture = (Fixture){.test = test_desk_new()};
  start(fixture, "127.0.0.1:0", 0);
}

static void tear_down(Fixture *fixture, gconstpointer unused) {
  stop(fixture);
  test_desk_free(fixture->test);
}

// ——— a client

static FILE *client_of(int client) {
  FILE *stream = fdopen(client, "r+");
  g_assert_nonnull(stream);
  setvbuf(stream, NULL, _IONBF, 0);
  return stream;
}

static FILE *client_at(int port) {
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint(connect(client, (struct sockaddr *)&address, sizeof address), ==, 0);
  return client_of(client);
}

// The code of the next answer, the last line of it; 0 when the server has closed.
static int answer(FILE *client) {
  char line[1000];
  do {
    if (!fgets(line, sizeof line, client)) return 0;
  } while (line[3] == '-');
  return (int)g_ascii_strtoll(line, NULL, 10);
}

static int say(FILE *client, const char *words) {
  fputs(words, client);
  return answer(client);
}

static FILE *greeted(int port) {
  FILE *client = client_at(port);
  g_assert_cmpint(answer(client), ==, 220);
  g_assert_cmpint(say(client, "LHLO mx.example\r\n"), ==, 250);
  return client;
}

static const char *mail_text(Arena *arena, const char *who, int number) {
  return arena_printf(arena,
                      "From: %s <%s@customer.example>\r\nTo: help@godwit.example\r\nSubject: Order %d\r\n"
                      "Message-ID: <%d.%s@customer.example>\r\n\r\nWhere is my order %d?\r\n",
                      who, who, number, number, who, number);
}

static int hand_over(FILE *client, const char *recipient, const char *mail) {
  fprintf(client, "MAIL FROM:<anna@customer.example>\r\nRCPT TO:<%s>\r\nDATA\r\n", recipient);
  int first = answer(client), second = answer(client);
  if (first != 250 || second != 250 || answer(client) != 354) return -1;
  fputs(mail, client);
  return say(client, ".\r\n");
}

static DeskCounts counts_of(const Fixture *fixture) {
  DeskCounts counts;
  TextList findings = {0};
  g_assert_true(desk_count(fixture->test->desk, &counts, NULL));
  g_assert_true(desk_verify(fixture->test->arena, fixture->test->desk, &findings, NULL));
  g_assert_cmpuint(findings.count, ==, 0);
  return counts;
}

// ——— what is to hold

static void test_a_mail_is_kept(Fixture *fixture, gconstpointer unused) {
  FILE *client = greeted(fixture->port);
  g_assert_cmpint(hand_over(client, "help@godwit.example", mail_text(fixture->test->arena, "anna", 1)), ==, 250);
  g_assert_cmpint(counts_of(fixture).conversations, ==, 1); // while the connection is open: 250 was after the commit
  g_assert_cmpint(hand_over(client, "help@godwit.example", mail_text(fixture->test->arena, "anna", 2)), ==, 250);
  g_assert_cmpint(say(client, "QUIT\r\n"), ==, 221);
  fclose(client);
  g_assert_cmpint(counts_of(fixture).conversations, ==, 2);
}

static void test_people_see_how_it_fares(Fixture *fixture, gconstpointer unused) {
  FILE *client = greeted(fixture->port);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint(hand_over(client, "help@godwit.example", mail_text(fixture->test->arena, "anna", i)), ==, 250);
  g_assert_cmpint(hand_over(client, "help@godwit.example", mail_text(fixture->test->arena, "anna", 0)), ==, 250);
  fclose(client);
  stop(fixture);
  ChannelList channels = {0};
  g_assert_true(channel_list(fixture->test->arena, fixture->test->desk, &channels, NULL));
  g_assert_cmpuint(channels.count, ==, 1);
  g_assert_cmpint(channels.items[0].kind, ==, CHANNEL_LMTP);
  g_assert_cmpint(channels.items[0].state, ==, CHANNEL_STOPPED);
  g_assert_cmpint(channels.items[0].mails, ==, 3); // what came before is not counted again
  start(fixture, "127.0.0.1:0", 0);
}

static void test_a_mail_comes_twice(Fixture *fixture, gconstpointer unused) {
  FILE *client = greeted(fixture->port);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint(hand_over(client, "help@godwit.example", mail_text(fixture->test->arena, "anna", 1)), ==, 250);
  fclose(client);
  g_assert_cmpint(counts_of(fixture).originals, ==, 1);
}

static void test_several_recipients(Fixture *fixture, gconstpointer unused) {
  int64_t id = 0;
  g_assert_true(mailbox_add(fixture->test->desk, "sales@godwit.example", "Sales", "", &id, NULL));
  FILE *client = greeted(fixture->port);
  fprintf(client, "MAIL FROM:<>\r\nRCPT TO:<help@godwit.example>\r\nRCPT TO:<sales@godwit.example>\r\nDATA\r\n%s.\r\n",
          mail_text(fixture->test->arena, "anna", 1));
  const int expected[] = {250, 250, 250, 354, 250, 250};
  for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) g_assert_cmpint(answer(client), ==, expected[i]);
  fclose(client);
  g_assert_cmpint(counts_of(fixture).conversations, ==, 1);
}

static void test_an_oversized_mail_leaves_its_beginning(Fixture *fixture, gconstpointer unused) {
  g_autoptr(GString) mail = g_string_new("From: anna@customer.example\r\nSubject: Pictures\r\n\r\nHere they are.\r\n");
  while (mail->len < 3 << 20) g_string_append(mail, "one of very many lines that nobody would ever want to read at all\r\n");
  FILE *client = greeted(fixture->port);
  g_assert_cmpint(hand_over(client, "help@godwit.example", mail->str), ==, 250);
  g_assert_cmpint(hand_over(client, "help@godwit.example", mail->str), ==, 250);
  fclose(client);
  DeskCounts counts = counts_of(fixture);
  g_assert_cmpint(counts.conversations, ==, 1);
  g_assert_cmpint(counts.outbox, ==, 1); // the sender hears of it once
  Thread thread = test_thread(fixture->test, 1001);
  g_assert_cmpstr(thread.messages.items[1].subject, ==, "Your message was too large [#1001]: Pictures");
  bool is_told = false;
  list_each(Event, event, &thread.events) is_told = is_told || event->kind == EVENT_TOO_LARGE;
  g_assert_true(is_told);
}

// The connection ends at every step; what was not answered is handed over again, and is there once.
static void test_lost_connections(Fixture *fixture, gconstpointer unused) {
  const char *mail = mail_text(fixture->test->arena, "anna", 1);
  const char *whole = arena_printf(fixture->test->arena,
                                   "LHLO x\r\nMAIL FROM:<a@x.example>\r\nRCPT TO:<help@godwit.example>\r\nDATA\r\n%s.\r\n", mail);
  size_t length = strlen(whole);
  for (size_t cut = 0; cut < length; cut += 7) {
    FILE *client = client_at(fixture->port);
    g_assert_cmpint(answer(client), ==, 220);
    fwrite(whole, 1, cut, client);
    fclose(client);
  }
  stop(fixture); // whatever they left behind is dealt with
  start(fixture, "127.0.0.1:0", 0);
  g_assert_cmpint(counts_of(fixture).originals, ==, 0);
  FILE *client = client_at(fixture->port); // all of it, but nobody waits for the answer
  fputs(whole, client);
  fclose(client);
  client = greeted(fixture->port);
  fputs("RSET\r\n", client);
  g_assert_cmpint(answer(client), ==, 250);
  g_assert_cmpint(hand_over(client, "help@godwit.example", arena_printf(fixture->test->arena, "%s", mail)), ==, 250);
  fclose(client);
  stop(fixture);
  start(fixture, "127.0.0.1:0", 0);
  g_assert_cmpint(counts_of(fixture).originals, <=, 2); // the Return-Path of the two differs
}

typedef struct Sender {
  int port, number;
  Arena *arena;
} Sender;

#define MAILS_EACH 20

static gpointer send_many(gpointer data) {
  const Sender *sender = data;
  FILE *client = greeted(sender->port);
  for (int i = 0; i < MAILS_EACH; i++) {
    const char *who = arena_printf(sender->arena, "customer%d", sender->number);
    g_assert_cmpint(hand_over(client, "help@godwit.example", mail_text(sender->arena, who, i)), ==, 250);
  }
  fclose(client);
  return NULL;
}

static void test_many_at_once(Fixture *fixture, gconstpointer unused) {
  Sender senders[8];
  GThread *threads[G_N_ELEMENTS(senders)];
  for (size_t i = 0; i < G_N_ELEMENTS(senders); i++) {
    senders[i] = (Sender){fixture->port, (int)i, arena_new()};
    threads[i] = g_thread_new("sender", send_many, &senders[i]);
  }
  for (size_t i = 0; i < G_N_ELEMENTS(senders); i++) {
    g_thread_join(threads[i]);
    arena_free(senders[i].arena);
  }
  g_assert_cmpint(counts_of(fixture).originals, ==, MAILS_EACH * (int)G_N_ELEMENTS(senders));
  g_assert_cmpint(counts_of(fixture).failed, ==, 0);
}

static void test_stopping(Fixture *fixture, gconstpointer unused) {
  FILE *idle = greeted(fixture->port), *busy = greeted(fixture->port);
  fputs("MAIL FROM:<a@x.example>\r\nRCPT TO:<help@godwit.example>\r\nDATA\r\nhalf a mail", busy);
  for (int i = 0; i < 3; i++) answer(busy);
  stop(fixture);
  g_assert_cmpint(answer(idle), ==, 421);
  g_assert_cmpint(answer(idle), ==, 0);
  g_assert_cmpint(answer(busy), ==, 0); // not a word that could be taken for yes
  fclose(idle);
  fclose(busy);
  start(fixture, "127.0.0.1:0", 0);
  g_assert_cmpint(counts_of(fixture).originals, ==, 0);
}

static void test_idle_connections_are_closed(Fixture *fixture, gconstpointer unused) {
  stop(fixture);
  start(fixture, "127.0.0.1:0", 50 * CLOCK_MILLISECOND);
  FILE *client = greeted(fixture->port);
  g_assert_cmpint(answer(client), ==, 421);
  g_assert_cmpint(answer(client), ==, 0);
  fclose(client);
}

static void test_too_many_connections(Fixture *fixture, gconstpointer unused) {
  FILE *clients[101];
  for (int i = 0; i < 101; i++) clients[i] = client_at(fixture->port);
  for (int i = 0; i < 100; i++) g_assert_cmpint(answer(clients[i]), ==, 220);
  g_assert_cmpint(answer(clients[100]), ==, 421);
  for (int i = 0; i < 101; i++) fclose(clients[i]);
}

static void test_socket_in_the_file_system(Fixture *fixture, gconstpointer unused) {
  g_autofree char *folder = g_dir_make_tmp("rapport-lmtp-XXXXXX", NULL), *path = g_build_filename(folder, "lmtp", NULL);
  for (int round = 0; round < 2; round++) { // the second time the file is a dead server's
    stop(fixture);
    if (round == 1) {
      struct sockaddr_un dead = {.sun_family = AF_UNIX};
      g_strlcpy(dead.sun_path, path, sizeof dead.sun_path);
      int left_behind = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      g_assert_cmpint(bind(left_behind, (struct sockaddr *)&dead, sizeof dead), ==, 0);
      close(left_behind);
    }
    start(fixture, path, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    int socket_of_client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(connect(socket_of_client, (struct sockaddr *)&address, sizeof address), ==, 0);
    FILE *client = client_of(socket_of_client);
    g_assert_cmpint(answer(client), ==, 220);
    fclose(client);
    g_autoptr(GError) error = NULL;
    LmtpServerConfig second = {.intake = fixture->intake, .listen = path, .mail_limit = 2 << 20};
    g_assert_null(lmtp_server_start(&second, &error));
    g_assert_true(error_is(error, ERROR_UNAVAILABLE));
  }
  stop(fixture);
  g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
  rmdir(folder);
  start(fixture, "127.0.0.1:0", 0);
}

static void test_places_that_make_no_sense(Fixture *fixture, gconstpointer unused) {
  static const char *const places[] = {"", " , ", "mail.example:24", "127.0.0.1:x", "127.0.0.1:99999"};
  for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
    g_autoptr(GError) error = NULL;
    LmtpServerConfig config = {.intake = fixture->intake, .listen = places[i], .mail_limit = 2 << 20};
    g_assert_null(lmtp_server_start(&config, &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
#define ADD(path, test) g_test_add("/mailroom/lmtp/" path, Fixture, NULL, set_up, test, tear_down)
  ADD("a-mail-is-kept", test_a_mail_is_kept);
  ADD("people-see-how-it-fares", test_people_see_how_it_fares);
  ADD("a-mail-comes-twice", test_a_mail_comes_twice);
  ADD("several-recipients-one-mail", test_several_recipients);
  ADD("an-oversized-mail-leaves-its-beginning", test_an_oversized_mail_leaves_its_beginning);
  ADD("lost-connections", test_lost_connections);
  ADD("many-at-once", test_many_at_once);
  ADD("stopping", test_stopping);
  ADD("idle-connections-are-closed", test_idle_connections_are_closed);
  ADD("too-many-connections", test_too_many_connections);
  ADD("socket-in-the-file-system", test_socket_in_the_file_system);
  ADD("places-that-make-no-sense", test_places_that_make_no_sense);
  return g_test_run();
}
