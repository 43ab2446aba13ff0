// Bodies of requests: those that are too large, too many, that stop half way or never end.
#include "web/test_client.h"

#include <stdatomic.h>

static bool show_greeting(WebRequest *request, WebResponse *response, GError **error) {
  g_string_append(response->body, "hello");
  return true;
}

static bool show_token(WebRequest *request, WebResponse *response, GError **error) {
  g_string_append(response->body, web_csrf(request));
  return true;
}

typedef struct App {
  atomic_int runs;
} App;

static bool count_run(WebRequest *request, WebResponse *response, GError **error) {
  App *app = request->application;
  atomic_fetch_add(&app->runs, 1);
  return true;
}

static const WebRoute routes[] = {
  {WEB_GET, "/", 1, show_greeting},
  {WEB_GET, "/token", 1, show_token},
  {WEB_POST, "/count", 1, count_run},
  {WEB_POST, "/form", 1, show_greeting},
  {WEB_POST, "/upload", 1, show_greeting, 2 * 1024 * 1024},
  {WEB_POST, "/files", 1, show_greeting, WEB_UPLOAD},
  {0},
};

#define UPLOAD (30 * 1024 * 1024)

static void answers_413_while_the_client_still_sends(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int client = client_open(server);
  client_send(client, arena_printf(arena, "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n", UPLOAD));
  client_send_zeros(client, UPLOAD);
  Answer answer = client_receive(arena, client);
  g_assert_cmpint(answer.status, ==, 413);
  assert_contains(answer.body, "too large");
  client_send(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); // and the connection is good for more
  g_assert_cmpint(client_receive(arena, client).status, ==, 200);
  client_send(client, "POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 30; i++) {
    client_send(client, "100000\r\n");
    client_send_zeros(client, 1024 * 1024);
    client_send(client, "\r\n");
  }
  client_send(client, "0\r\n\r\n");
  g_assert_cmpint(client_receive(arena, client).status, ==, 413);
  client_close(client);
}

static void answers_413_at_once_when_asked_or_hopeless(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int client = client_open(server);
  client_send(client, "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\nExpect: 100-continue\r\n\r\n");
  g_assert_cmpint(client_receive(arena, client).status, ==, 413);
  client_close(client);
  client = client_open(server);
  client_send(client, "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000000\r\n\r\n");
  client_send_zeros(client, 4 * 1024 * 1024);
  Answer answer = client_receive(arena, client); // not lost although bytes are on their way
  g_assert_cmpint(answer.status, ==, 413);
  assert_contains(answer.body, "too large");
  client_close(client);
}

static void gives_up_on_endless_bodies(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int client = client_open(server);
  client_send(client, "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n10000000\r\n");
  client_send_zeros(client, 80 * 1024 * 1024); // returns early when the server hangs up
  g_assert_cmpint(client_receive_head(arena, client).status, ==, 0);
  client_close(client);
}

static void limits_the_memory_of_all_uploads(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.limits.upload_memory = 1024 * 1024});
  int client = client_open(server);
  client_send(client, "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n");
  client_send_zeros(client, 2000000);
  Answer answer = client_receive(arena, client);
  g_assert_cmpint(answer.status, ==, 503);
  g_assert_nonnull(answer_header(arena, answer, "Retry-After"));
  client_close(client);
  g_assert_cmpint(test_post(arena, server, "/form", "a=1").status, ==, 200); // the memory is free again
}

static void words_for_a_body_that_stops_half_way(void) {
  g_autoptr(Arena) arena = arena_new();
  App app = {0};
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.application = &app, .limits.transfer_time = 50000});
  int client = client_open(server);
  client_send(client, "POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this");
  Answer answer = client_receive(arena, client);
  g_assert_cmpint(answer.status, ==, 408);
  assert_contains(answer.body, "took too long");
  g_assert_true(client_is_closed(client));
  client_close(client);
  g_assert_cmpint(app.runs, ==, 0);
}

static void words_for_a_client_that_ends_too_early(void) {
  g_autoptr(Arena) arena = arena_new();
  App app = {0};
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.application = &app});
  int client = client_open(server);
  client_send(client, "POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this");
  client_end(client);
  Answer answer = client_receive(arena, client);
  g_assert_cmpint(answer.status, ==, 400);
  assert_contains(answer.body, "stopped half way");
  client_close(client);
  g_assert_cmpint(app.runs, ==, 0);
}

static int status_of_body(const WebServer *server, int size) {
  g_autoptr(Arena) arena = arena_new();
  int client = client_open(server);
  client_send(client, arena_printf(arena, "POST /files HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n", size));
  client_send_zeros(client, (size_t)size);
  int status = client_receive(arena, client).status;
  client_close(client);
  return status;
}

static void the_limit_of_uploads_is_a_setting(void) {
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.limits.upload = 100 * 1000});
  g_assert_cmpint(status_of_body(server, 100 * 1000), !=, 413); // zeros are no form, which is another matter
  g_assert_cmpint(status_of_body(server, 100 * 1000 + 1), ==, 413);
  g_autoptr(WebServer) other = test_server(routes, NULL);
  g_assert_cmpint(status_of_body(other, 3 * 1000 * 1000), !=, 413);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/web/body/answers-413-while-the-client-still-sends", answers_413_while_the_client_still_sends);
  g_test_add_func("/web/body/answers-413-at-once-when-asked-or-hopeless", answers_413_at_once_when_asked_or_hopeless);
  g_test_add_func("/web/body/gives-up-on-endless-bodies", gives_up_on_endless_bodies);
  g_test_add_func("/web/body/limits-the-memory-of-all-uploads", limits_the_memory_of_all_uploads);
  g_test_add_func("/web/body/words-for-a-body-that-stops-half-way", words_for_a_body_that_stops_half_way);
  g_test_add_func("/web/body/words-for-a-client-that-ends-too-early", words_for_a_client_that_ends_too_early);
  g_test_add_func("/web/body/the-limit-of-uploads-is-a-setting", the_limit_of_uploads_is_a_setting);
  return g_test_run();
}
