// The life of a request. libmicrohttpd calls exchange_open with the request line, exchange_continue once with the headers, then
// for every piece of the body, then when all of it is there, and exchange_completed at the end. What is wrong is found as early
// as possible but answered only after the body has passed by, because a client that still sends does not read: a body over its
// limit is counted and thrown away. Only what is far too long is answered at once, and the connection then lingers (keeper.c).
// A request that never becomes complete gets a few plain words on its way out.
#include "web/exchange.h"

#include "base/log.h"
#include "base/text.h"
#include "web/form.h"

#include <sys/socket.h>

#define STORE_MOST 32
#define UPLOAD_KEPT ((size_t)64 * 1024) // buffers larger than this are not kept for the next request
#define BODY_KEPT ((size_t)256 * 1024)
#define BODY_LIMIT (64 * 1024)
#define ASSET_USUAL (256 * 1024)               // bytes, for the time that sending one may take
#define DRAIN_MOST (INT64_C(64) * 1024 * 1024) // thrown away beyond the limit before we hang up

static WebExchange *exchange_take(WebServer *server) {
  pthread_mutex_lock(&server->lock);
  WebExchange *exchange = server->store;
  if (exchange) {
    server->store = exchange->next;
    server->stored--;
  }
  pthread_mutex_unlock(&server->lock);
  if (exchange) return exchange;
  exchange = g_new0(WebExchange, 1);
  exchange->request.arena = arena_new();
  exchange->response.body = g_string_sized_new(16 * 1024);
  exchange->upload = g_string_new(NULL);
  exchange->target = g_string_sized_new(256);
  return exchange;
}

static void exchange_free(WebExchange *exchange) {
  arena_free(exchange->request.arena);
  g_string_free(exchange->response.body, TRUE);
  g_string_free(exchange->upload, TRUE);
  g_string_free(exchange->target, TRUE);
  g_free(exchange);
}

void exchange_empty_store(WebServer *server) {
  while (server->store) {
    WebExchange *exchange = server->store;
    server->store = exchange->next;
    exchange_free(exchange);
  }
}

static GString *emptied(GString *string, size_t kept) {
  if (string->allocated_len > kept) {
    g_string_free(string, TRUE);
    return g_string_new(NULL);
  }
  return g_string_truncate(string, 0);
}

static void upload_forget(WebExchange *exchange) {
  if (exchange->upload->len) atomic_fetch_sub(&exchange->server->uploading, (int64_t)exchange->upload->len);
  exchange->upload = emptied(exchange->upload, UPLOAD_KEPT);
}

void exchange_answered(WebServer *server) {
  bool is_last = atomic_fetch_sub(&server->answering, 1) == 1;
  if (!is_last || !atomic_load(&server->is_stopping)) return;
  pthread_mutex_lock(&server->lock);
  pthread_cond_broadcast(&server->quiet);
  pthread_mutex_unlock(&server->lock);
}

void exchange_release(void *data) {
  WebExchange *exchange = data;
  WebServer *server = exchange->server;
  if (--exchange->holders) return;
  upload_forget(exchange);
  arena_reset(exchange->request.arena);
  bool was_answering = exchange->is_answering;
  WebExchange kept = {.request.arena = exchange->request.arena,
                      .response.body = emptied(exchange->response.body, BODY_KEPT),
                      .upload = exchange->upload,
                      .target = exchange->target};
  *exchange = kept;
  pthread_mutex_lock(&server->lock);
  bool is_kept = server->stored < STORE_MOST;
  if (is_kept) {
    exchange->next = server->store;
    server->store = exchange;
    server->stored++;
  }
  pthread_mutex_unlock(&server->lock);
  if (!is_kept) exchange_free(exchange);
  if (was_answering) exchange_answered(server);
}

void *exchange_open(void *data, const char *target, struct MHD_Connection *connection) {
  WebServer *server = data;
  WebExchange *exchange = exchange_take(server);
  exchange->server = server;
  exchange->connection = connection;
  exchange->holders = 1;
  exchange->peer = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
  exchange->target_end = target + strlen(target);
  if (*target == 'h' || *target == 'H') { // "http://host/path", as for a proxy: the host says nothing we believe
    const char *host = strstr(target, "://");
    const char *path = host ? strchr(host + 3, '/') : NULL;
    target = path ? path : "/";
  }
  g_string_assign(exchange->target, target);
  exchange->path_length = strcspn(target, "?");
  exchange->request.exchange = exchange->response.exchange = exchange;
  exchange->request.address = exchange->peer->address;
  exchange->request.application = server->config.application;
  exchange->request.path = "/";
  return exchange;
}

// The first refusal counts.
static void refuse(WebExchange *exchange, int status, RapportError code, const char *message) {
  if (!exchange->refusal.status) exchange->refusal = (Refusal){status, code, message};
}

static void refuse_size(WebExchange *exchange) {
  refuse(exchange, 413, ERROR_INVALID, "What was sent is too large. Send less at once, or smaller files.");
}

// Header names that hold anything but token characters are how requests are smuggled past a proxy in front.
static bool is_token(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (text[i] <= ' ' || text[i] > '~') return false;
  return length > 0;
}

static bool has_name(const char *name, size_t length, const char *wanted, size_t wanted_length) {
  return length == wanted_length && g_ascii_strncasecmp(name, wanted, length) == 0;
}

static void read_length(Facts *facts, const char *value) {
  if (facts->content_length >= 0) facts->problem = "The request says its length twice.";
  size_t digits = strspn(value, "0123456789");
  if (digits == 0 || digits > 18 || value[digits]) facts->problem = "The request says a length that is no number.";
  facts->content_length = facts->problem ? 0 : g_ascii_strtoll(value, NULL, 10);
}

static enum MHD_Result read_header(void *data, enum MHD_ValueKind kind, const char *name, size_t name_length, const char *value,
                                   size_t value_length) {
  static const struct {
    const char *name;
    size_t length, offset;
  } texts[] = {
#define TEXT(header, field) {header, sizeof header - 1, offsetof(Facts, field)}
    TEXT("Host", host),
    TEXT("Cookie", cookie),
    TEXT("Content-Type", content_type),
    TEXT("X-CSRF-Token", csrf_token),
    TEXT("Origin", origin),
    TEXT("Sec-Fetch-Site", fetch_site),
    TEXT("Accept-Encoding", accept_encoding),
    TEXT("If-None-Match", if_none_match),
#undef TEXT
  };
  Facts *facts = data;
  if (!value) value = "";
  if (!is_token(name, name_length)) facts->problem = "The name of a header has a character that does not belong there.";
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
    if (has_name(name, name_length, texts[i].name, texts[i].length)) {
      const char **field = (const char **)(void *)((char *)facts + texts[i].offset);
      if (!*field) *field = value;
      return MHD_YES;
    }
  if (has_name(name, name_length, "Content-Length", 14)) {
    read_length(facts, value);
  } else if (has_name(name, name_length, "Transfer-Encoding", 17)) {
    if (facts->is_chunked || g_ascii_strcasecmp(value, "chunked") != 0)
      facts->problem = "The body is encoded in a way that is not known here.";
    facts->is_chunked = true;
  } else if (has_name(name, name_length, "Expect", 6)) {
    facts->expects_continue = true;
  }
  return MHD_YES;
}

static bool target_is_sound(const char *target) {
  if (*target != '/') return false;
  for (; *target; target++)
    if ((unsigned char)*target <= ' ' || *target == 0x7F) return false;
  return true;
}

static bool read_facts(WebExchange *exchange, const char *version) {
  Facts *facts = &exchange->facts;
  *facts = (Facts){.content_length = -1};
  MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, read_header, facts);
  if (facts->is_chunked && facts->content_length >= 0) facts->problem = "The request says its length in two ways.";
  if (!facts->host && strcmp(version, "HTTP/1.1") == 0) facts->problem = "The request has no Host.";
  // A NUL byte in the target makes it end before the version begins.
  if (version != exchange->target_end + 1 || !target_is_sound(exchange->target->str))
    facts->problem = "The address in the request cannot be read.";
  return !facts->problem;
}

const char *exchange_path(Arena *arena, RouteSlice raw) {
  char *path = arena_alloc(arena, raw.length + 1), *to = path;
  for (const char *at = raw.at, *end = at + raw.length; at < end;) {
    int byte = form_percent_byte(at, end);
    if (byte == 0 || (byte < 0 && *at == '%')) return NULL;
    *to++ = byte > 0 ? (char)byte : *at;
    at += byte > 0 ? 3 : 1;
  }
  return form_clean(arena, path, (size_t)(to - path));
}

// Every "%" of the path begins a byte, and none is NUL.
static bool path_is_sound(const char *path, size_t length) {
  const char *end = path + length;
  for (const char *at = path; at < end && (at = memchr(at, '%', (size_t)(end - at))); at += 3)
    if (form_percent_byte(at, end) <= 0) return false;
  return true;
}

static int64_t body_limit(const WebExchange *exchange) {
  const WebRoute *route = exchange->match.route;
  if (!route || route->method == WEB_GET) return 0;
  if (route->body_limit == WEB_UPLOAD) return exchange->server->config.limits.upload;
  return route->body_limit > 0 ? route->body_limit : BODY_LIMIT;
}

static void find_route(WebExchange *exchange) {
  if (!path_is_sound(exchange->target->str, exchange->path_length)) {
    refuse(exchange, 400, ERROR_INVALID, "The address has a \"%\" in it that means nothing.");
    return;
  }
  exchange->match = route_match(exchange->server->routes, exchange->request.method, exchange->target->str, exchange->path_length);
  if (exchange->is_other_method) exchange->match.route = NULL;
  const RouteMatch *match = &exchange->match;
  exchange->request.route = match->route;
  if (match->route) return;
  if (match->has_get || match->has_post)
    refuse(exchange, 405, ERROR_INVALID, "This address does not answer requests of this kind.");
  else
    refuse(exchange, 404, ERROR_NOT_FOUND, "There is nothing at this address.");
}

static void set_deadline(WebExchange *exchange, int64_t span) {
  int64_t moment = keeper_now() + span;
  atomic_store(&exchange->peer->deadline, moment);
  keeper_expect(exchange->server->keeper, moment);
}

static int64_t transfer_span(const WebServer *server, int64_t bytes) {
  return server->config.limits.transfer_time + bytes / 8192 * CLOCK_SECOND;
}

static enum MHD_Result finish(WebExchange *exchange) {
  WebServer *server = exchange->server;
  atomic_store(&exchange->peer->deadline, 0); // our own time does not count
  exchange->is_answering = true;
  atomic_fetch_add(&server->answering, 1);
  unsigned status;
  struct MHD_Response *asset = NULL;
  bool is_asset = exchange->request.method == WEB_GET && !exchange->is_other_method && !exchange->facts.problem;
  if (is_asset && g_str_has_prefix(exchange->target->str, "/assets/"))
    asset = asset_answer(server->assets, (RouteSlice){exchange->target->str, exchange->path_length}, &exchange->facts, &status);
  if (asset) {
    set_deadline(exchange, transfer_span(server, ASSET_USUAL));
    return MHD_queue_response(exchange->connection, status, asset);
  }
  exchange->request.now = clock_now(server->config.clock);
  answer_make(exchange);
  if (exchange->stream_topic && exchange->is_head) { // wants to know only that there is a stream
    exchange->stream_topic = NULL;
    exchange->response.type = "text/event-stream";
  }
  if (exchange->stream_topic) return stream_start(exchange);
  enum MHD_Result result = response_send(exchange);
  int64_t size = exchange->response.bytes.data ? (int64_t)exchange->response.bytes.size : (int64_t)exchange->response.body->len;
  set_deadline(exchange, transfer_span(server, size));
  return result;
}

static enum MHD_Result begin(WebExchange *exchange, const char *method, const char *version) {
  exchange->has_begun = true;
  exchange->request.method = strcmp(method, "POST") == 0 ? WEB_POST : WEB_GET;
  exchange->is_head = strcmp(method, "HEAD") == 0;
  exchange->is_other_method = exchange->request.method == WEB_GET && strcmp(method, "GET") != 0 && !exchange->is_head;
  if (read_facts(exchange, version))
    find_route(exchange);
  else
    refuse(exchange, 400, ERROR_INVALID, exchange->facts.problem);
  const Facts *facts = &exchange->facts;
  if (facts->content_length <= 0 && !facts->is_chunked && !facts->problem) return MHD_YES; // no body
  int64_t limit = body_limit(exchange);
  if (exchange->match.route && exchange->match.route->method == WEB_POST && facts->content_length > limit) refuse_size(exchange);
  bool is_hopeless = facts->problem || facts->content_length > limit + DRAIN_MOST;
  if (is_hopeless || (exchange->refusal.status && facts->expects_continue)) {
    refuse_size(exchange);
    exchange->peer->should_linger = true;
    return finish(exchange);
  }
  // A large body is memory; who is not admitted anyway gets none.
  if (limit > BODY_LIMIT && !exchange->refusal.status) exchange->keeps_nothing = !answer_may(exchange);
  set_deadline(exchange, transfer_span(exchange->server, facts->is_chunked ? limit : facts->content_length));
  return MHD_YES;
}

static bool peer_has_ended(const Peer *peer) {
  char byte;
  return recv(peer->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static enum MHD_Result receive(WebExchange *exchange, const char *data, size_t *size) {
  WebServer *server = exchange->server;
  int64_t limit = body_limit(exchange), length = (int64_t)*size;
  exchange->received += length;
  *size = 0;
  if (exchange->received > limit && exchange->request.method == WEB_POST) refuse_size(exchange);
  if (exchange->received > limit + DRAIN_MOST) return MHD_NO;
  if (!exchange->refusal.status && !exchange->keeps_nothing && exchange->request.method == WEB_POST) {
    if (atomic_fetch_add(&server->uploading, length) + length > server->config.limits.upload_memory) {
      atomic_fetch_sub(&server->uploading, length);
      refuse(exchange, 503, ERROR_BUSY, "Too much is being sent at the moment. Please try again in a minute.");
    } else {
      g_string_append_len(exchange->upload, data, (gssize)length);
    }
  }
  if (exchange->refusal.status) upload_forget(exchange);
  // libmicrohttpd overlooks an end that comes together with the last bytes, and would wait for the rest.
  exchange->has_hung_up = exchange->received < exchange->facts.content_length && peer_has_ended(exchange->peer);
  return exchange->has_hung_up ? MHD_NO : MHD_YES;
}

enum MHD_Result exchange_continue(void *data, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *body, size_t *size, void **context) {
  WebExchange *exchange = *context;
  if (!exchange || exchange->is_answering) return MHD_NO; // asked again because the server stops
  if (!exchange->has_begun) return begin(exchange, method, version);
  if (*size) return receive(exchange, body, size);
  enum MHD_Result result = finish(exchange);
  if (exchange->stream_topic) { // a stream lives long and needs nothing of this
    *context = NULL;
    exchange_release(exchange);
  }
  return result;
}

// Some words for who never finished the request, written straight to the socket: nothing else has been sent for it.
static void say_incomplete(const WebExchange *exchange, bool is_late) {
  char text[512];
  const char *status = is_late ? "408 Request Timeout" : "400 Bad Request";
  const char *page = is_late ? "The request took too long to arrive. Please send it again.\n"
                             : "The request stopped half way. Please send it again.\n";
  int length = g_snprintf(text, sizeof text,
                          "HTTP/1.1 %s\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
                          "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nContent-Length: %zu\r\n\r\n%s",
                          status, strlen(page), page);
  ssize_t sent = send(exchange->peer->socket, text, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT);
  (void)sent; // if the other side is gone, nobody misses it
}

void exchange_completed(void *data, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode why) {
  WebServer *server = data;
  WebExchange *exchange = *context;
  Peer *peer = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
  bool is_late = why == MHD_REQUEST_TERMINATED_TIMEOUT_REACHED || atomic_load(&peer->is_late);
  bool has_ended = why == MHD_REQUEST_TERMINATED_CLIENT_ABORT || (exchange && exchange->has_hung_up);
  if (exchange && !exchange->is_answering && (is_late || has_ended)) say_incomplete(exchange, is_late);
  if (why == MHD_REQUEST_TERMINATED_WITH_ERROR) peer->should_linger = true; // libmicrohttpd has refused the request itself
  if (why == MHD_REQUEST_TERMINATED_COMPLETED_OK) {
    int64_t moment = keeper_now() + server->config.limits.idle_time;
    atomic_store(&peer->deadline, moment);
    keeper_expect(server->keeper, moment);
  }
  *context = NULL;
  if (exchange) exchange_release(exchange);
}
