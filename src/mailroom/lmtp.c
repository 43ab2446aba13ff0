// One thread waits for connections, and each connection has a thread that reads, feeds the machine of mail/lmtp.c, and hands whole
// mails to the intake. An event descriptor wakes all of them when the server stops; it is never read, so that none misses it.
//
// Bounds: connections, idle time, mails over a megabyte in memory at once, and all that the machine bounds by itself.
#include "mailroom/lmtp.h"

#include "base/log.h"
#include "mail/lmtp.h"
#include "mailroom/lmtp_listen.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define LISTENERS_MOST 8
#define CONNECTIONS_MOST 100
#define LARGE_MAILS_MOST 4 // at once, in memory
#define IDLE_MOST (5 * CLOCK_MINUTE)
#define READ_SIZE ((size_t)64 * 1024)

struct LmtpServer {
  LmtpServerConfig config;
  Arena *arena;
  char *host;
  const char *places[LISTENERS_MOST];
  int listeners[LISTENERS_MOST];
  int listener_count;
  int stop_event;
  GThread *thread;
  GPtrArray *connections; // of the listening thread alone, until it has ended
  int large_mails;        // atomic
};

typedef struct Connection {
  LmtpServer *server;
  GThread *thread;
  int socket;
  bool holds_large; // one of LARGE_MAILS_MOST
  int is_over;      // atomic
} Connection;

// ——— a connection

static bool may_be_large(void *data) {
  Connection *connection = data;
  if (!connection->holds_large) {
    connection->holds_large = g_atomic_int_add(&connection->server->large_mails, 1) < LARGE_MAILS_MOST;
    if (!connection->holds_large) g_atomic_int_add(&connection->server->large_mails, -1);
  }
  return connection->holds_large;
}

static void give_back_large(Connection *connection) {
  if (connection->holds_large) g_atomic_int_add(&connection->server->large_mails, -1);
  connection->holds_large = false;
}

typedef enum Event { EVENT_READY, EVENT_STOPPING, EVENT_IDLE, EVENT_GONE } Event;

static Event wait_for(const Connection *connection, short what) {
  int64_t most = connection->server->config.idle_most;
  struct pollfd wanted[] = {{.fd = connection->socket, .events = what}, {.fd = connection->server->stop_event, .events = POLLIN}};
  for (;;) {
    int found = poll(wanted, G_N_ELEMENTS(wanted), (int)(most / CLOCK_MILLISECOND));
    if (found < 0 && errno == EINTR) continue;
    if (found <= 0) return found == 0 ? EVENT_IDLE : EVENT_GONE;
    return wanted[1].revents ? EVENT_STOPPING : EVENT_READY;
  }
}

// False when the client is gone or does not listen. An answer is said also while the server stops, for as long as the client takes it.
static bool send_all(const Connection *connection, GString *out) {
  for (size_t done = 0; done < out->len;) {
    ssize_t count = send(connection->socket, out->str + done, out->len - done, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0)
      done += (size_t)count;
    else if (errno == EINTR)
      continue;
    else if (errno != EAGAIN || wait_for(connection, POLLOUT) != EVENT_READY)
      return false;
  }
  g_string_truncate(out, 0);
  return true;
}

static void take_mail(Connection *connection, Lmtp *lmtp, GString *out) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const LmtpMail *mail = lmtp_mail(lmtp);
  ReceivedInput input = {.raw = mail->raw, .whole_size = mail->whole_size, .envelope_to = mail->recipients.items[0]};
  for (size_t i = 1; i < mail->recipients.count; i++) *list_add(arena, &input.envelope_more) = mail->recipients.items[i];
  ReceivedResult result;
  if (intake_take(arena, connection->server->config.intake, &input, &result, &error))
    lmtp_answer(lmtp, 250, "2.0.0", result.was_known ? "It came before, and is kept once." : "Kept.", out);
  else
    lmtp_answer(lmtp, 451, "4.3.0", error->message, out); // whatever it is: no trouble of ours may bounce anybody's mail
  give_back_large(connection);
}

// Feeds what was read until all of it is used. False when the connection is to end.
static bool feed(Connection *connection, Lmtp *lmtp, Bytes in, GString *out) {
  for (size_t done = 0, used; done < in.size; done += used) {
    LmtpNext next = lmtp_feed(lmtp, bytes_of((const char *)in.data + done, in.size - done), &used, out);
    if (next == LMTP_MAIL) take_mail(connection, lmtp, out);
    if (next == LMTP_CLOSE) {
      send_all(connection, out);
      return false;
    }
  }
  return send_all(connection, out);
}

static void say_good_bye(Connection *connection, const Lmtp *lmtp, Event event, GString *out) {
  if (!lmtp_is_idle(lmtp) || event == EVENT_GONE) return;
  g_string_assign(out, event == EVENT_IDLE ? "421 4.4.2 Nothing came for a long time; good-bye.\r\n"
                                           : "421 4.3.2 The desk is being stopped; come again.\r\n");
  send_all(connection, out);
}

static void converse(Connection *connection) {
  g_autoptr(GString) out = g_string_new(NULL);
  g_autofree char *buffer = g_malloc(READ_SIZE);
  LmtpSetup setup = {.host = connection->server->host,
                     .mail_limit = connection->server->config.mail_limit,
                     .may_be_large = may_be_large,
                     .data = connection};
  g_autoptr(Lmtp) lmtp = lmtp_new(&setup, out);
  if (!send_all(connection, out)) return;
  for (;;) {
    Event event = wait_for(connection, POLLIN);
    if (event != EVENT_READY) return say_good_bye(connection, lmtp, event, out);
    ssize_t count = recv(connection->socket, buffer, READ_SIZE, MSG_DONTWAIT);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count <= 0 || !feed(connection, lmtp, bytes_of(buffer, (size_t)count), out)) return;
  }
}

static gpointer run_connection(gpointer data) {
  Connection *connection = data;
  converse(connection);
  give_back_large(connection);
  shutdown(connection->socket, SHUT_RDWR); // closed when the thread is joined, so that its number is not another's meanwhile
  g_atomic_int_set(&connection->is_over, true);
  return NULL;
}

// ——— the server

static void end_connection(gpointer data) {
  Connection *connection = data;
  g_thread_join(connection->thread);
  close(connection->socket);
  g_free(connection);
}

static void end_those_that_are_over(LmtpServer *server) {
  for (guint i = server->connections->len; i-- > 0;) {
    Connection *connection = g_ptr_array_index(server->connections, i);
    if (g_atomic_int_get(&connection->is_over)) g_ptr_array_remove_index_fast(server->connections, i);
  }
}

static void turn_away(int socket) {
  static const char full[] = "421 4.3.2 There are too many connections; come again.\r\n";
  send(socket, full, sizeof full - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
  close(socket);
}

static void welcome(LmtpServer *server, int socket) {
  end_those_that_are_over(server);
  if (server->connections->len >= CONNECTIONS_MOST) return turn_away(socket);
  Connection *connection = g_new0(Connection, 1);
  *connection = (Connection){.server = server, .socket = socket};
  connection->thread = g_thread_try_new("lmtp", run_connection, connection, NULL);
  if (!connection->thread) {
    turn_away(socket);
    g_free(connection);
    return;
  }
  g_ptr_array_add(server->connections, connection);
}

static gpointer run(gpointer data) {
  LmtpServer *server = data;
  for (;;) {
    struct pollfd wanted[LISTENERS_MOST + 1] = {{.fd = server->stop_event, .events = POLLIN}};
    for (int i = 0; i < server->listener_count; i++)
      wanted[i + 1] = (struct pollfd){.fd = server->listeners[i], .events = POLLIN};
    if (poll(wanted, (nfds_t)server->listener_count + 1, -1) < 0 && errno != EINTR) return NULL;
    if (wanted[0].revents) return NULL;
    for (int i = 0; i < server->listener_count; i++) {
      if (!wanted[i + 1].revents) continue;
      int socket = accept4(server->listeners[i], NULL, NULL, SOCK_CLOEXEC);
      if (socket >= 0)
        welcome(server, socket);
      else if (errno == EMFILE || errno == ENFILE)
        g_usleep(100000); // until somebody else is done
    }
  }
}

static bool open_listeners(LmtpServer *server, const char *listen, GError **error) {
  g_auto(GStrv) wanted = g_strsplit_set(listen, ", ", -1);
  for (char **place = wanted; *place; place++) {
    if (!**place) continue;
    if (server->listener_count == LISTENERS_MOST)
      return error_set(error, ERROR_INVALID, "LMTP listens on at most %d places.", LISTENERS_MOST);
    int listener = lmtp_listen(server->arena, *place, &server->places[server->listener_count], error);
    if (listener < 0) return false;
    server->listeners[server->listener_count++] = listener;
  }
  return server->listener_count > 0 || error_set(error, ERROR_INVALID, "There is no place for LMTP to listen on.");
}

const char *lmtp_server_places(const LmtpServer *server) {
  const char *all = server->places[0];
  for (int i = 1; i < server->listener_count; i++) all = arena_printf(server->arena, "%s, %s", all, server->places[i]);
  return all;
}

static char *own_name(void) {
  char name[256] = "";
  bool is_usable = gethostname(name, sizeof name - 1) == 0 && *name && g_str_is_ascii(name) && !strpbrk(name, " \r\n");
  return g_strdup(is_usable ? name : "localhost");
}

LmtpServer *lmtp_server_start(const LmtpServerConfig *config, GError **error) {
  g_autoptr(LmtpServer) server = g_new0(LmtpServer, 1);
  server->config = *config;
  if (!server->config.idle_most) server->config.idle_most = IDLE_MOST;
  server->arena = arena_new();
  server->host = own_name();
  server->connections = g_ptr_array_new_with_free_func(end_connection);
  server->stop_event = eventfd(0, EFD_CLOEXEC);
  if (!open_listeners(server, config->listen, error)) return NULL;
  server->thread = g_thread_new("lmtp listen", run, server);
  return g_steal_pointer(&server);
}

void lmtp_server_stop(LmtpServer *server) {
  if (!server) return;
  uint64_t one = 1;
  if (write(server->stop_event, &one, sizeof one) < 0) log_warning("lmtp", "The connections cannot be woken.");
  if (server->thread) g_thread_join(server->thread);
  for (int i = 0; i < server->listener_count; i++) {
    close(server->listeners[i]);
    lmtp_unlisten(server->places[i]);
  }
  g_ptr_array_unref(server->connections); // waits for each
  close(server->stop_event);
  g_free(server->host);
  arena_free(server->arena);
  g_free(server);
}
