// The tests' client: blocking reads behind poll, answers cut by their Content-Length, nothing clever.
#include "web/test_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

WebServer *test_server(const WebRoute *routes, const WebConfig *config) {
  const WebRoute *const tables[] = {routes, NULL};
  WebConfig own = config ? *config : (WebConfig){0};
  own.listen = "127.0.0.1:0";
  own.tables = tables;
  own.threads = 4;
  g_autoptr(GError) error = NULL;
  WebServer *server = web_server_start(&own, &error);
  g_assert_no_error(error);
  g_assert_nonnull(server);
  return server;
}

int client_open(const WebServer *server) {
  int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)web_server_port(server))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const void *any = &address;
  g_assert_cmpint(connect(client, any, sizeof address), ==, 0);
  return client;
}

void client_send_bytes(int client, const void *bytes, size_t size) {
  const char *at = bytes;
  while (size) {
    struct pollfd wait = {.fd = client, .events = POLLOUT};
    g_assert_cmpint(poll(&wait, 1, TEST_PATIENCE_MS), >, 0);
    ssize_t sent = send(client, at, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EAGAIN) continue;
    if (sent < 0) return; // the other side has had enough
    at += sent;
    size -= (size_t)sent;
  }
}

void client_send(int client, const char *text) { client_send_bytes(client, text, strlen(text)); }

// Adds what comes to `text`; false at the end of the connection.
static bool receive_some(int client, GString *text) {
  char buffer[16 * 1024];
  struct pollfd wait = {.fd = client, .events = POLLIN};
  g_assert_cmpint(poll(&wait, 1, TEST_PATIENCE_MS), >, 0);
  ssize_t count = recv(client, buffer, sizeof buffer, MSG_DONTWAIT);
  if (count < 0 && errno == EAGAIN) return true;
  if (count <= 0) return false;
  g_string_append_len(text, buffer, count);
  return true;
}

// Looks at what has come and takes only what belongs to this piece, so that the next one finds the rest.
const char *client_receive_until(Arena *arena, int client, const char *ending) {
  GString *text = g_string_new(NULL);
  bool has_ended = false, is_whole = false;
  size_t length = strlen(ending);
  while (!has_ended && !is_whole) {
    char seen[16 * 1024];
    struct pollfd wait = {.fd = client, .events = POLLIN};
    g_assert_cmpint(poll(&wait, 1, TEST_PATIENCE_MS), >, 0);
    ssize_t count = recv(client, seen, sizeof seen, MSG_PEEK), taken = 0;
    has_ended = count <= 0;
    while (taken < count && !is_whole) {
      g_string_append_c(text, seen[taken++]);
      is_whole = text->len >= length && memcmp(text->str + text->len - length, ending, length) == 0;
    }
    if (taken) g_assert_cmpint(recv(client, seen, (size_t)taken, 0), ==, taken);
  }
  const char *copy = is_whole ? arena_strndup(arena, text->str, text->len) : NULL;
  g_string_free(text, TRUE);
  return copy;
}

Answer client_receive_head(Arena *arena, int client) {
  Answer answer = {.body = ""};
  answer.head = client_receive_until(arena, client, "\r\n\r\n");
  if (answer.head)
    answer.status = (int)g_ascii_strtoll(answer.head + strlen("HTTP/1.1 "), NULL, 10);
  else
    answer.head = "";
  return answer;
}

void client_send_zeros(int client, size_t size) {
  static const char zeros[64 * 1024];
  for (; size; size -= MIN(size, sizeof zeros)) client_send_bytes(client, zeros, MIN(size, sizeof zeros));
}

Answer client_receive(Arena *arena, int client) {
  Answer answer = client_receive_head(arena, client);
  const char *length = answer_header(arena, answer, "Content-Length");
  size_t size = length ? (size_t)g_ascii_strtoll(length, NULL, 10) : 0;
  char *body = arena_alloc(arena, size + 1);
  while (answer.size < size) {
    struct pollfd wait = {.fd = client, .events = POLLIN};
    g_assert_cmpint(poll(&wait, 1, TEST_PATIENCE_MS), >, 0);
    ssize_t count = recv(client, body + answer.size, size - answer.size, 0);
    g_assert_cmpint(count, >, 0);
    answer.size += (size_t)count;
  }
  answer.body = body;
  return answer;
}

bool client_is_closed(int client) {
  GString *rest = g_string_new(NULL);
  while (receive_some(client, rest) && !rest->len) {}
  bool is_closed = rest->len == 0;
  g_string_free(rest, TRUE);
  return is_closed;
}

void client_end(int client) { shutdown(client, SHUT_WR); }
void client_close(int client) { close(client); }

Answer test_ask(Arena *arena, const WebServer *server, const char *request) {
  int client = client_open(server);
  client_send(client, request);
  Answer answer = client_receive(arena, client);
  client_close(client);
  return answer;
}

Answer test_get(Arena *arena, const WebServer *server, const char *path) {
  return test_ask(arena, server, arena_printf(arena, "GET %s HTTP/1.1\r\nHost: desk\r\n\r\n", path));
}

const char *answer_header(Arena *arena, Answer answer, const char *name) {
  const char *line = arena_printf(arena, "\r\n%s: ", name);
  const char *found = strcasestr(answer.head, line);
  if (!found) return NULL;
  found += strlen(line);
  return arena_strndup(arena, found, strcspn(found, "\r"));
}

void test_visit(Arena *arena, const WebServer *server, const char *path, const char **out_cookie, const char **out_token) {
  Answer answer = test_get(arena, server, path);
  const char *cookie = answer_header(arena, answer, "Set-Cookie");
  g_assert_nonnull(cookie);
  *out_cookie = arena_strndup(arena, cookie, strcspn(cookie, ";"));
  *out_token = answer.body;
}

Answer test_post(Arena *arena, const WebServer *server, const char *path, const char *form) {
  const char *cookie, *token;
  test_visit(arena, server, "/token", &cookie, &token);
  const char *body = arena_printf(arena, "%s&csrf=%s", form, token);
  return test_ask(arena, server,
                  arena_printf(arena,
                               "POST %s HTTP/1.1\r\nHost: desk\r\nCookie: %s\r\nContent-Length: %zu\r\n"
                               "Content-Type: application/x-www-form-urlencoded\r\n\r\n%s",
                               path, cookie, strlen(body), body));
}
