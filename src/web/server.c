// Starting and stopping. The order of starting is: check the tables, open the socket, start the keeper, then libmicrohttpd with
// its threads; whatever fails takes back what came before it. Stopping goes the other way, gently: no new connections, streams
// end, what is running gets its time, and only then the threads are joined.
#include "web/exchange.h"

#include "base/log.h"

#include <sodium.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define THREADS_LEAST 4
#define HEADERS_MOST ((size_t)16 * 1024) // memory of a connection: request line, headers, answer's headers
#define SILENCE_MOST 60u                 // seconds without a byte in either direction
#define FILES_SPARE 128                  // open files that are not connections

static void set_default(int64_t *limit, int64_t otherwise) {
  if (*limit <= 0) *limit = otherwise;
}

static void fill_limits(WebLimits *limits) {
  set_default(&limits->header_time, 30 * CLOCK_SECOND);
  set_default(&limits->idle_time, 75 * CLOCK_SECOND);
  set_default(&limits->transfer_time, 30 * CLOCK_SECOND);
  set_default(&limits->stop_time, 5 * CLOCK_SECOND);
  set_default(&limits->beat_time, 25 * CLOCK_SECOND);
  set_default(&limits->upload_memory, INT64_C(256) * 1024 * 1024);
  set_default(&limits->upload, INT64_C(40) * 1000 * 1000);
  struct rlimit files;
  int64_t possible = 4000;
  if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != RLIM_INFINITY)
    possible = MIN(possible, (int64_t)files.rlim_cur - FILES_SPARE);
  if (limits->connections <= 0) limits->connections = (int)MAX(possible, 16);
  if (limits->connections_of_one <= 0) limits->connections_of_one = MIN(1000, limits->connections);
}

static void meet(WebServer *server, struct MHD_Connection *connection, void **context) {
  Peer *peer = g_new0(Peer, 1);
  peer->server = server;
  peer->socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
  listen_peer_name(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr, peer->address,
                   sizeof peer->address);
  int64_t moment = keeper_now() + server->config.limits.header_time;
  atomic_store(&peer->deadline, moment);
  pthread_mutex_lock(&server->lock);
  peer->next = server->peers;
  if (peer->next) peer->next->previous = peer;
  server->peers = peer;
  pthread_mutex_unlock(&server->lock);
  keeper_expect(server->keeper, moment);
  *context = peer;
}

static void part(WebServer *server, Peer *peer) {
  pthread_mutex_lock(&server->lock);
  if (peer->next) peer->next->previous = peer->previous;
  if (peer->previous)
    peer->previous->next = peer->next;
  else
    server->peers = peer->next;
  pthread_mutex_unlock(&server->lock);
  char byte;
  bool has_unread = recv(peer->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
  if ((peer->should_linger || has_unread) && !atomic_load(&server->is_stopping)) keeper_linger(server->keeper, peer->socket);
  g_free(peer);
}

static void meet_or_part(void *server, struct MHD_Connection *connection, void **context,
                         enum MHD_ConnectionNotificationCode what) {
  if (what == MHD_CONNECTION_NOTIFY_STARTED)
    meet(server, connection, context);
  else if (*context)
    part(server, *context);
}

// libmicrohttpd complains about what strangers send; that is for the curious only.
__attribute__((format(printf, 2, 0))) static void complain(void *server, const char *format, va_list args) {
  char text[256];
  g_vsnprintf(text, sizeof text, format, args);
  log_debug("web", "%s", g_strchomp(text));
}

// We decode addresses ourselves, where a "%" that means nothing can be refused.
static size_t leave_as_it_is(void *server, struct MHD_Connection *connection, char *text) { return strlen(text); }

static struct MHD_Daemon *start_daemon(WebServer *server, int listener) {
  const WebConfig *config = &server->config;
  return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
                          exchange_continue, server,                                                       //
                          MHD_OPTION_EXTERNAL_LOGGER, complain, server,                                    //
                          MHD_OPTION_LISTEN_SOCKET, listener,                                              //
                          MHD_OPTION_THREAD_POOL_SIZE, (unsigned)MAX(config->threads, THREADS_LEAST),      //
                          MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEADERS_MOST,                                //
                          MHD_OPTION_CONNECTION_LIMIT, (unsigned)config->limits.connections,               //
                          MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)config->limits.connections_of_one, //
                          MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_MOST,                                     //
                          MHD_OPTION_NOTIFY_CONNECTION, meet_or_part, server,                              //
                          MHD_OPTION_NOTIFY_COMPLETED, exchange_completed, server,                         //
                          MHD_OPTION_URI_LOG_CALLBACK, exchange_open, server,                              //
                          MHD_OPTION_UNESCAPE_CALLBACK, leave_as_it_is, server,                            //
                          MHD_OPTION_END);
}

static void server_free(WebServer *server) {
  keeper_free(server->keeper);
  stream_hub_free(server->streams);
  asset_shelf_free(server->assets);
  exchange_empty_store(server);
  pthread_mutex_destroy(&server->lock);
  pthread_cond_destroy(&server->quiet);
  arena_free(server->arena);
  g_free(server);
}

static WebServer *server_new(const WebConfig *config) {
  WebServer *server = g_new0(WebServer, 1);
  server->arena = arena_new();
  server->config = *config;
  server->config.listen = arena_strdup(server->arena, config->listen);
  server->config.origin = arena_strdup(server->arena, config->origin);
  if (!config->clock) server->config.clock = &clock_system;
  fill_limits(&server->config.limits);
  pthread_mutex_init(&server->lock, NULL);
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&server->quiet, &monotonic);
  pthread_condattr_destroy(&monotonic);
  return server;
}

WebServer *web_server_start(const WebConfig *config, GError **error) {
  if (sodium_init() < 0) g_error("libsodium did not start");
  WebServer *server = server_new(config);
  int listener = -1;
  server->routes = route_tree_new(server->arena, config->tables, error);
  if (server->routes) listener = listen_open(server->config.listen, &server->port, error);
  if (listener >= 0) {
    server->assets = asset_shelf_new(server);
    server->streams = stream_hub_new(server);
    server->keeper = keeper_new(server, error);
    if (server->keeper) {
      server->daemon = start_daemon(server, listener); // closes the listener when it fails
      if (server->daemon) return server;
      error_set(error, ERROR_UNAVAILABLE, "The web server cannot start its threads: %s.", g_strerror(errno));
    } else {
      close(listener);
    }
  }
  server_free(server);
  return NULL;
}

int web_server_port(const WebServer *server) { return server->port; }

static void wait_for_answers(WebServer *server) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  int64_t limit = server->config.limits.stop_time;
  until.tv_nsec += limit % CLOCK_SECOND * 1000;
  until.tv_sec += limit / CLOCK_SECOND + until.tv_nsec / 1000000000;
  until.tv_nsec %= 1000000000;
  pthread_mutex_lock(&server->lock);
  while (atomic_load(&server->answering) > 0 && pthread_cond_timedwait(&server->quiet, &server->lock, &until) == 0) {}
  pthread_mutex_unlock(&server->lock);
}

void web_server_stop(WebServer *server) {
  if (!server) return;
  atomic_store(&server->is_stopping, true);
  MHD_socket listener = MHD_quiesce_daemon(server->daemon);
  stream_hub_end(server->streams);
  wait_for_answers(server);
  MHD_stop_daemon(server->daemon);
  if (listener != MHD_INVALID_SOCKET) close(listener);
  server_free(server);
}
