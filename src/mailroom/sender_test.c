// The sender against a mail server of a few lines: what is waiting goes out, once, also when the database is busy at the wrong moment.
#include "mailroom/sender.h"

#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"
#include "desk/testing.h"

#include <arpa/inet.h>
#include <unistd.h>

typedef struct Peer { // a mail server that takes everything
  int socket, port;
  GThread *thread;
  GMutex lock;
  GCond taken;
  int mails, is_stopping;
} Peer;

static void note_mail(Peer *peer) {
  g_mutex_lock(&peer->lock);
  peer->mails++;
  g_cond_broadcast(&peer->taken);
  g_mutex_unlock(&peer->lock);
}

static void converse(Peer *peer, int client) {
  FILE *stream = fdopen(client, "r+");
  char line[2000];
  bool is_data = false;
  setvbuf(stream, NULL, _IONBF, 0);
  fputs("220 peer.example\r\n", stream);
  while (fgets(line, sizeof line, stream)) {
    if (is_data && strcmp(line, ".\r\n") != 0) continue;
    if (is_data) note_mail(peer);
    bool begins = !is_data && g_str_has_prefix(line, "DATA"), ends = !is_data && g_str_has_prefix(line, "QUIT");
    is_data = begins;
    fputs(begins ? "354 go on\r\n" : ends ? "221 bye\r\n" : "250 fine\r\n", stream);
    if (ends) break;
  }
  fclose(stream);
}

static gpointer serve(gpointer data) {
  Peer *peer = data;
  for (int client; (client = accept(peer->socket, NULL, NULL)) >= 0;) {
    if (g_atomic_int_get(&peer->is_stopping)) {
      close(client);
      break;
    }
    converse(peer, client);
  }
  return NULL;
}

static Peer *peer_start(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  Peer *peer = g_new0(Peer, 1);
  peer->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint(bind(peer->socket, (struct sockaddr *)&address, size), ==, 0);
  g_assert_cmpint(listen(peer->socket, 8), ==, 0);
  g_assert_cmpint(getsockname(peer->socket, (struct sockaddr *)&address, &size), ==, 0);
  peer->port = ntohs(address.sin_port);
  peer->thread = g_thread_new("peer", serve, peer);
  return peer;
}

static void peer_stop(Peer *peer) {
  g_atomic_int_set(&peer->is_stopping, 1);
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons((uint16_t)peer->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int knock = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint(connect(knock, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_thread_join(peer->thread);
  close(knock);
  close(peer->socket);
  g_free(peer);
}

static void wait_for_mails(Peer *peer, int count) {
  int64_t until = g_get_monotonic_time() + 30 * CLOCK_SECOND;
  g_mutex_lock(&peer->lock);
  while (peer->mails < count && g_cond_wait_until(&peer->taken, &peer->lock, until)) {}
  g_assert_cmpint(peer->mails, >=, count);
  g_mutex_unlock(&peer->lock);
}

static Sender *start_sender(TestDesk *test, const Peer *peer) {
  g_autoptr(GError) error = NULL;
  SenderConfig config = {.database = test->where,
                         .clock = &test->clock,
                         .random = &random_system,
                         .threads = 2,
                         .is_alone = true,
                         .server = {.url = arena_printf(test->arena, "smtp://127.0.0.1:%d", peer->port)}};
  Sender *sender = sender_start(&config, &error);
  g_assert_no_error(error);
  return sender;
}

static void wait_until_sent(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  g_autoptr(DbWatch) watch = db_watch_open(test->where, 20 * CLOCK_MILLISECOND, &error);
  g_assert_no_error(error);
  int64_t until = g_get_monotonic_time() + 30 * CLOCK_SECOND;
  while (test_thread(test, number).messages.items[1].state != MESSAGE_SENT) {
    g_assert_cmpint(g_get_monotonic_time(), <, until);
    db_watch_wait(watch, 100 * CLOCK_MILLISECOND);
  }
}

static void what_waits_goes_out(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Peer *peer = peer_start();
  int64_t early = test_write(test, "a@moor.example", "a1@x", NULL, NULL, NULL).number;
  Sender *sender = start_sender(test, peer);
  wait_until_sent(test, early);
  int64_t late = test_write(test, "b@moor.example", "b1@x", NULL, NULL, NULL).number; // seen by the watch
  wait_until_sent(test, late);
  sender_stop(sender);
  g_assert_cmpint(peer->mails, ==, 2);
  peer_stop(peer);
}

// Another process writes for longer than a connection waits, just when the mail was taken. It goes out once all the same.
static void a_busy_database_does_not_make_two_of_one(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  if (db_is_postgres(test->desk->db)) {
    g_test_skip("only SQLite locks the whole database");
    return;
  }
  Peer *peer = peer_start();
  int64_t number = test_write(test, "a@moor.example", "a1@x", NULL, NULL, NULL).number;
  g_mutex_lock(&peer->lock); // the peer cannot answer before the lock is held
  Sender *sender = start_sender(test, peer);
  OutboxMailList open = {0};
  do g_assert_true(outbox_list(test->arena, test->desk, &open, &error));
  while (open.items[0].state != OUTBOX_SENDING);
  DbTx *tx = db_begin(test->desk->db, &error);
  g_assert_no_error(error);
  g_mutex_unlock(&peer->lock);
  wait_for_mails(peer, 1);
  g_autoptr(GTimer) timer = g_timer_new();
  g_autoptr(DbWatch) watch = db_watch_open(test->where, CLOCK_SECOND, &error);
  while (g_timer_elapsed(timer, NULL) < (double)DB_PATIENCE / CLOCK_SECOND + 1) db_watch_wait(watch, CLOCK_SECOND);
  db_rollback(tx);
  wait_until_sent(test, number);
  sender_stop(sender);
  g_assert_cmpint(peer->mails, ==, 1);
  peer_stop(peer);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sender/sends", what_waits_goes_out);
  g_test_add_func("/sender/busy-database", a_busy_database_does_not_make_two_of_one);
  return g_test_run();
}
