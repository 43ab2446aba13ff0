// Live streams: an event reaches everybody who follows its topic, nobody else, and nobody can make the server hold memory.
#include "web/test_client.h"

#include <pthread.h>

static bool follow(WebRequest *request, WebResponse *response, GError **error) {
  web_stream(response, web_path_text(request, "topic"));
  return true;
}

static bool show_page(WebRequest *request, WebResponse *response, GError **error) {
  g_string_append(response->body, "page");
  return true;
}

static bool publish(WebRequest *request, WebResponse *response, GError **error) {
  web_publish(*(WebServer **)request->application, "all", "change", "from a handler");
  g_string_append(response->body, "told");
  return true;
}

static bool follow_and_fail(WebRequest *request, WebResponse *response, GError **error) {
  web_stream(response, "all");
  return error_set(error, ERROR_FORBIDDEN, "Not for you.");
}

static const WebRoute routes[] = {
  {WEB_GET, "/page", 1, show_page},
  {WEB_GET, "/live/:topic", 1, follow},
  {WEB_GET, "/publish", 1, publish},
  {WEB_GET, "/refused", 1, follow_and_fail},
  {0},
};

// A client that follows `topic` and has read everything up to the first event.
static int follower(Arena *arena, const WebServer *server, const char *topic) {
  int client = client_open(server);
  client_send(client, arena_printf(arena, "GET /live/%s HTTP/1.1\r\nHost: x\r\n\r\n", topic));
  Answer answer = client_receive_head(arena, client);
  g_assert_cmpint(answer.status, ==, 200);
  g_assert_cmpstr(answer_header(arena, answer, "Content-Type"), ==, "text/event-stream");
  g_assert_cmpstr(answer_header(arena, answer, "Cache-Control"), ==, "no-store");
  g_assert_nonnull(client_receive_until(arena, client, "retry: 2000\n\n\r\n"));
  return client;
}

// The next chunk, without its frame.
static const char *next_chunk(Arena *arena, int client) {
  const char *length = client_receive_until(arena, client, "\r\n");
  if (!length) return NULL;
  size_t size = (size_t)g_ascii_strtoull(length, NULL, 16);
  GString *text = g_string_new(NULL);
  while (text->len < size + 2) g_string_append(text, client_receive_until(arena, client, "\n"));
  const char *chunk = arena_strndup(arena, text->str, size);
  g_string_free(text, TRUE);
  return chunk;
}

// Streams are counted when they end, which a server thread notices a moment after the client; another client's stream that
// opens and ends on the way gives it that moment without sleeping.
static void wait_for_count(Arena *arena, WebServer *server, int64_t count) {
  for (int turn = 0; turn < 10000 && web_stream_count(server) != count; turn++) test_get(arena, server, "/page");
  g_assert_cmpint(web_stream_count(server), ==, count);
}

static void events_arrive(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int one = follower(arena, server, "all"), two = follower(arena, server, "other");
  g_assert_cmpint(web_stream_count(server), ==, 2);
  web_publish(server, "all", "change", "42");
  g_assert_cmpstr(next_chunk(arena, one), ==, "event: change\ndata: 42\n\n");
  web_publish(server, "nobody", "change", "43");
  web_publish(server, "other", NULL, NULL);
  g_assert_cmpstr(next_chunk(arena, two), ==, "data: \n\n"); // and nothing of the others before it
  client_close(one);
  client_close(two);
  wait_for_count(arena, server, 0);
}

static void text_of_any_shape_is_framed(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int client = follower(arena, server, "all");
  web_publish(server, "all", "a\nevent: b\r", "one\ntwo\r\nthree\rfour\n\nevent: x\n");
  g_assert_cmpstr(next_chunk(arena, client), ==,
                  "event: aevent: b\ndata: one\ndata: two\ndata: three\ndata: four\ndata: \ndata: event: x\ndata: \n\n");
  client_close(client);
}

static void handlers_can_publish(void) {
  g_autoptr(Arena) arena = arena_new();
  WebServer *server = NULL;
  server = test_server(routes, &(WebConfig){.application = &server});
  int client = follower(arena, server, "all");
  g_assert_cmpstr(test_get(arena, server, "/publish").body, ==, "told");
  g_assert_cmpstr(next_chunk(arena, client), ==, "event: change\ndata: from a handler\n\n");
  client_close(client);
  web_server_stop(server);
}

static void a_failed_stream_is_a_page(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  g_assert_cmpint(test_get(arena, server, "/refused").status, ==, 403);
  g_assert_cmpint(web_stream_count(server), ==, 0);
}

#define MANY 200

static void many_can_follow(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int clients[MANY];
  for (int i = 0; i < MANY; i++) clients[i] = follower(arena, server, "all");
  g_assert_cmpint(web_stream_count(server), ==, MANY);
  for (int round = 0; round < 3; round++) {
    web_publish(server, "all", "change", arena_printf(arena, "%d", round));
    for (int i = 0; i < MANY; i++)
      g_assert_cmpstr(next_chunk(arena, clients[i]), ==, arena_printf(arena, "event: change\ndata: %d\n\n", round));
    g_assert_cmpint(test_get(arena, server, "/page").status, ==, 200); // the threads are free for pages
  }
  for (int i = 0; i < MANY; i++) client_close(clients[i]);
  wait_for_count(arena, server, 0);
}

static void *publish_many(void *data) {
  for (int i = 0; i < 500; i++) web_publish(data, "all", "n", "x");
  return NULL;
}

static void any_thread_can_publish(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int client = follower(arena, server, "all");
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, publish_many, server);
  size_t frame = strlen("event: n\ndata: x\n\n"), received = 0;
  while (received < 4 * 500 * frame) received += strlen(next_chunk(arena, client));
  g_assert_cmpuint(received, ==, 4 * 500 * frame);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  client_close(client);
}

static void slow_readers_get_one_resync(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int client = follower(arena, server, "all");
  char *text = arena_alloc(arena, 8001);
  memset(text, 'x', 8000);
  for (int i = 0; i < 5000; i++) web_publish(server, "all", "big", text); // 40 MB: more than the sockets of both sides hold
  size_t events = 0;
  GString *all = g_string_new(NULL);
  while (!strstr(all->str, "it goes on\n\n")) {
    size_t before = all->len;
    g_string_append(all, next_chunk(arena, client));
    if (strstr(all->str + (before > 20 ? before - 20 : 0), "data: resync\n")) web_publish(server, "all", "after", "it goes on");
  }
  assert_contains(all->str, "event: resync\n");
  g_auto(GStrv) frames = g_strsplit(all->str, "\n\n", -1);
  for (char **frame = frames; *frame && **frame; frame++) { // every event is whole
    bool is_big = g_str_has_prefix(*frame, "event: big\ndata: ");
    if (is_big)
      g_assert_cmpuint(strlen(*frame), ==, strlen("event: big\ndata: ") + 8000);
    else
      g_assert_true(strcmp(*frame, "event: resync\ndata: resync") == 0 || strcmp(*frame, "event: after\ndata: it goes on") == 0);
    events += is_big;
  }
  g_assert_cmpuint(events, <, 5000);
  g_string_free(all, TRUE);
  client_close(client);
}

static void comments_keep_streams_open(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.limits.beat_time = 20000});
  int client = follower(arena, server, "all");
  g_assert_cmpstr(next_chunk(arena, client), ==, ":\n\n");
  g_assert_cmpstr(next_chunk(arena, client), ==, ":\n\n");
  client_close(client);
  wait_for_count(arena, server, 0);
}

static void streams_outlive_the_limits_of_pages(void) {
  g_autoptr(Arena) arena = arena_new();
  WebLimits limits = {.idle_time = 20000, .transfer_time = 20000, .beat_time = 100000};
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.limits = limits});
  int client = follower(arena, server, "all");
  g_assert_cmpstr(next_chunk(arena, client), ==, ":\n\n");
  client_close(client);
}

static void hanging_up_is_noticed_at_once(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.limits.beat_time = CLOCK_HOUR});
  int client = follower(arena, server, "all");
  g_assert_cmpint(web_stream_count(server), ==, 1);
  client_close(client);
  wait_for_count(arena, server, 0);
}

static void stopping_ends_streams(void) {
  g_autoptr(Arena) arena = arena_new();
  WebServer *server = test_server(routes, NULL);
  int clients[20];
  for (int i = 0; i < 20; i++) clients[i] = follower(arena, server, "all");
  web_publish(server, "all", "last", "words");
  web_server_stop(server);
  for (int i = 0; i < 20; i++) {
    g_assert_cmpstr(next_chunk(arena, clients[i]), ==, "event: last\ndata: words\n\n");
    while (next_chunk(arena, clients[i])) {} // the last chunk, then the end
    client_close(clients[i]);
  }
}

static void head_opens_no_stream(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int client = client_open(server);
  client_send(client, "HEAD /live/all HTTP/1.1\r\nHost: x\r\n\r\nGET /page HTTP/1.1\r\nHost: x\r\n\r\n");
  g_assert_cmpint(client_receive_head(arena, client).status, ==, 200);
  g_assert_cmpstr(client_receive(arena, client).body, ==, "page");
  client_close(client);
  wait_for_count(arena, server, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/web/stream/events-arrive", events_arrive);
  g_test_add_func("/web/stream/text-of-any-shape-is-framed", text_of_any_shape_is_framed);
  g_test_add_func("/web/stream/handlers-can-publish", handlers_can_publish);
  g_test_add_func("/web/stream/a-failed-stream-is-a-page", a_failed_stream_is_a_page);
  g_test_add_func("/web/stream/many-can-follow", many_can_follow);
  g_test_add_func("/web/stream/any-thread-can-publish", any_thread_can_publish);
  g_test_add_func("/web/stream/slow-readers-get-one-resync", slow_readers_get_one_resync);
  g_test_add_func("/web/stream/comments-keep-streams-open", comments_keep_streams_open);
  g_test_add_func("/web/stream/streams-outlive-the-limits-of-pages", streams_outlive_the_limits_of_pages);
  g_test_add_func("/web/stream/hanging-up-is-noticed-at-once", hanging_up_is_noticed_at_once);
  g_test_add_func("/web/stream/stopping-ends-streams", stopping_ends_streams);
  g_test_add_func("/web/stream/head-opens-no-stream", head_opens_no_stream);
  return g_test_run();
}
