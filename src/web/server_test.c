// The server seen from the network: what it answers to good requests, and to those nobody should send.
#include "web/test_client.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct App {
  atomic_int runs; // of a handler that counts
  int busy_times;  // how often it fails first
} App;

static bool show_greeting(WebRequest *request, WebResponse *response, GError **error) {
  const char *name = web_query(request, "name");
  g_string_append_printf(response->body, "hello %s", name ? name : "nobody");
  return true;
}

static bool show_token(WebRequest *request, WebResponse *response, GError **error) {
  g_string_append(response->body, web_csrf(request));
  return true;
}

static bool show_number(WebRequest *request, WebResponse *response, GError **error) {
  int64_t number;
  if (!web_path_int(request, "number", &number, error)) return false;
  g_string_append_printf(response->body, "%" G_GINT64_FORMAT " %s", number, request->path);
  return true;
}

static bool show_text(WebRequest *request, WebResponse *response, GError **error) {
  g_string_append_printf(response->body, "[%s] %s from %s", web_path_text(request, "text"), request->path, request->address);
  return true;
}

static bool show_header(WebRequest *request, WebResponse *response, GError **error) {
  const char *value = web_header(request, "X-Word");
  g_string_append(response->body, value ? value : "(none)");
  return true;
}

static bool show_form(WebRequest *request, WebResponse *response, GError **error) {
  const WebFieldList *fields = web_form_fields(request);
  list_each(WebField, field, fields)
    if (strcmp(field->name, "csrf") != 0)
      g_string_append_printf(response->body, "%s=%s (%s, %zu)\n", field->name, field->value,
                             field->file_name ? field->file_name : "text", field->bytes.size);
  return true;
}

static bool count_run(WebRequest *request, WebResponse *response, GError **error) {
  App *app = request->application;
  int run = atomic_fetch_add(&app->runs, 1) + 1;
  g_string_append_printf(response->body, "run %d", run); // what a failed run has written must not stay
  web_add_header(response, "X-Run", response->body->str);
  arena_alloc(request->arena, 100);
  if (run <= app->busy_times) return error_set(error, ERROR_BUSY, "The database is locked. Please try again.");
  return true;
}

static bool fail_as_asked(WebRequest *request, WebResponse *response, GError **error) {
  int64_t code;
  if (!web_path_int(request, "code", &code, error)) return false;
  g_string_append(response->body, "half a page");
  if (code == 99) return false; // without a word
  if (code == 98) {
    g_set_error(error, G_FILE_ERROR, 1, "/secret/path is full");
    return false;
  }
  return error_set(error, (RapportError)code, "It failed <%d>.", (int)code);
}

static bool show_large(WebRequest *request, WebResponse *response, GError **error) {
  char *bytes = arena_alloc(request->arena, 5 * 1024 * 1024);
  memset(bytes, 'x', 5 * 1024 * 1024);
  response->bytes = bytes_of(bytes, 5 * 1024 * 1024);
  response->type = "text/plain";
  return true;
}

static bool show_body(WebRequest *request, WebResponse *response, GError **error) {
  Bytes body = web_body(request);
  g_string_append_len(response->body, body.data, (gssize)body.size);
  return true;
}

static bool show_where_from(WebRequest *request, WebResponse *response, GError **error) {
  const char *from = web_came_from(request);
  g_string_append_printf(response->body, "%s, to %s", from ? from : "nowhere", web_target(request));
  return true;
}

static const WebRoute routes[] = {
  {WEB_GET, "/", 1, show_greeting},
  {WEB_GET, "/token", 1, show_token},
  {WEB_GET, "/numbers/:number", 1, show_number},
  {WEB_GET, "/texts/:text", 1, show_text},
  {WEB_GET, "/texts/:text/end", 1, show_text},
  {WEB_GET, "/header", 1, show_header},
  {WEB_GET, "/count", 1, count_run},
  {WEB_POST, "/count", 1, count_run},
  {WEB_GET, "/fail/:code", 1, fail_as_asked},
  {WEB_GET, "/large", 1, show_large},
  {WEB_POST, "/form", 1, show_form},
  {WEB_POST, "/upload", 1, show_form, 2 * 1024 * 1024},
  {WEB_POST, "/body", 1, show_body},
  {WEB_GET, "/where-from", 1, show_where_from},
  {0},
};

static void answers_pages(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  Answer answer = test_get(arena, server, "/");
  g_assert_cmpint(answer.status, ==, 200);
  g_assert_cmpstr(answer.body, ==, "hello nobody");
  g_assert_cmpstr(answer_header(arena, answer, "Content-Type"), ==, "text/html; charset=utf-8");
  g_assert_cmpstr(answer_header(arena, answer, "Content-Length"), ==, "12");
  g_assert_cmpstr(test_get(arena, server, "/?name=Ann+%C3%9C%ff&x").body, ==, "hello Ann Ü\xEF\xBF\xBD");
  g_assert_cmpstr(test_get(arena, server, "/?a=1?name=2&name=%").body, ==, "hello %");
  g_assert_cmpstr(test_ask(arena, server, "GET /header HTTP/1.1\r\nHost: x\r\nx-word: \xFF yes\r\n\r\n").body, ==,
                  "\xEF\xBF\xBD yes");
  g_assert_cmpstr(test_ask(arena, server, "GET http://evil.example/numbers/5 HTTP/1.1\r\nHost: x\r\n\r\n").body, ==,
                  "5 /numbers/5");
}

static const char *where_from(Arena *arena, const WebServer *server, const char *referer) {
  return test_ask(arena, server,
                  arena_printf(arena, "GET /where-from?a=%%C3 HTTP/1.1\r\nHost: desk.example\r\nReferer: %s\r\n\r\n", referer))
    .body;
}

static void says_which_of_its_pages_a_request_came_from(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  WebConfig config = {.origin = "https://desk.example"};
  g_autoptr(WebServer) named = test_server(routes, &config);
  g_assert_cmpstr(where_from(arena, server, "http://desk.example/texts/%C3%BC?b=1"), ==,
                  "/texts/%C3%BC?b=1, to /where-from?a=%C3");
  g_assert_cmpstr(where_from(arena, server, "https://Desk.example/"), ==, "/, to /where-from?a=%C3");
  g_assert_cmpstr(where_from(arena, named, "https://desk.example/count"), ==, "/count, to /where-from?a=%C3");
  const char *const none[] = {"http://evil.example/count",
                              "http://desk.example.evil.example/count",
                              "http://evil.example@desk.example/count",
                              "http://desk.example",
                              "http://desk.example?/count",
                              "http://desk.example/form",
                              "http://desk.example//evil.example/count",
                              "http://desk.example/\\evil.example",
                              "/count",
                              "count",
                              ""};
  for (size_t i = 0; i < G_N_ELEMENTS(none); i++)
    g_assert_cmpstr(where_from(arena, server, none[i]), ==, "nowhere, to /where-from?a=%C3");
  g_assert_cmpstr(where_from(arena, named, "http://desk.example/count"), ==, "nowhere, to /where-from?a=%C3");
}

static void reads_paths(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  g_assert_cmpstr(test_get(arena, server, "/numbers/1042").body, ==, "1042 /numbers/1042");
  g_assert_cmpstr(test_get(arena, server, "/texts/a%2Fb%20%C3%BC").body, ==, "[a/b ü] /texts/a/b ü from 127.0.0.1");
  g_assert_cmpstr(test_get(arena, server, "/texts/%ff/end").body, ==, "[\xEF\xBF\xBD] /texts/\xEF\xBF\xBD/end from 127.0.0.1");
  const char *const none[] = {"/numbers/x", "/numbers/1x", "/numbers/-1", "/numbers/", "/numbers/99999999999999999999",
                              "/texts/a/b"};
  for (size_t i = 0; i < G_N_ELEMENTS(none); i++) g_assert_cmpint(test_get(arena, server, none[i]).status, ==, 404);
}

static void refuses_paths_that_mean_nothing(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  const char *const bad[] = {"/texts/%", "/texts/%4", "/texts/%zz", "/texts/a%00b", "/%", "/texts/a b"};
  for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) g_assert_cmpint(test_get(arena, server, bad[i]).status, ==, 400);
  int client = client_open(server);
  static const char with_nul[] = "GET /texts/a\0b HTTP/1.1\r\nHost: x\r\n\r\n";
  client_send_bytes(client, with_nul, sizeof with_nul - 1);
  g_assert_cmpint(client_receive(arena, client).status, ==, 400);
  client_close(client);
  g_assert_cmpint(test_ask(arena, server, "GET * HTTP/1.1\r\nHost: x\r\n\r\n").status, ==, 400);
}

static void says_404_and_405(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  Answer answer = test_get(arena, server, "/nothing<script>");
  g_assert_cmpint(answer.status, ==, 404);
  assert_contains(answer.body, "There is nothing at this address.");
  g_assert_null(strstr(answer.body, "<script>"));
  answer = test_get(arena, server, "/form");
  g_assert_cmpint(answer.status, ==, 405);
  g_assert_cmpstr(answer_header(arena, answer, "Allow"), ==, "POST");
  answer = test_ask(arena, server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b");
  g_assert_cmpint(answer.status, ==, 405);
  g_assert_cmpstr(answer_header(arena, answer, "Allow"), ==, "GET, HEAD");
  answer = test_ask(arena, server, "DELETE /count HTTP/1.1\r\nHost: x\r\n\r\n");
  g_assert_cmpint(answer.status, ==, 405);
  g_assert_cmpstr(answer_header(arena, answer, "Allow"), ==, "GET, HEAD, POST");
  g_assert_cmpint(test_ask(arena, server, "OPTIONS /nothing HTTP/1.1\r\nHost: x\r\n\r\n").status, ==, 404);
}

static void answers_head_without_a_body(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int client = client_open(server);
  client_send(client, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET /numbers/1 HTTP/1.1\r\nHost: x\r\n\r\n");
  Answer answer = client_receive_head(arena, client);
  g_assert_cmpint(answer.status, ==, 200);
  g_assert_cmpstr(answer_header(arena, answer, "Content-Length"), ==, "12");
  g_assert_cmpstr(client_receive(arena, client).body, ==, "1 /numbers/1"); // comes right behind
  client_close(client);
}

static void answers_many_requests_on_one_connection(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int client = client_open(server);
  g_autoptr(GString) requests = g_string_new(NULL);
  for (int i = 0; i < 200; i++) g_string_append_printf(requests, "GET /numbers/%d HTTP/1.1\r\nHost: x\r\n\r\n", i);
  client_send(client, requests->str);
  for (int i = 0; i < 200; i++)
    g_assert_cmpstr(client_receive(arena, client).body, ==, arena_printf(arena, "%d /numbers/%d", i, i));
  client_send(client, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  g_assert_cmpint(client_receive(arena, client).status, ==, 200);
  g_assert_true(client_is_closed(client));
  client_close(client);
}

static void *ask_often(void *data) {
  const WebServer *server = data;
  g_autoptr(Arena) arena = arena_new();
  int client = client_open(server);
  for (int i = 0; i < 200; i++) {
    arena_reset(arena);
    client_send(client, arena_printf(arena, "GET /texts/%d HTTP/1.1\r\nHost: x\r\n\r\n", i));
    const char *expected = arena_printf(arena, "[%d] /texts/%d from 127.0.0.1", i, i);
    g_assert_cmpstr(client_receive(arena, client).body, ==, expected);
  }
  client_close(client);
  return NULL;
}

static void answers_many_at_once(void) {
  g_autoptr(WebServer) server = test_server(routes, NULL);
  pthread_t threads[12];
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) pthread_create(&threads[i], NULL, ask_often, server);
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) pthread_join(threads[i], NULL);
}

static void sends_large_answers_whole(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  Answer answer = test_get(arena, server, "/large");
  g_assert_cmpuint(answer.size, ==, 5 * 1024 * 1024);
  g_assert_cmpuint(strspn(answer.body, "x"), ==, answer.size);
}

static void takes_a_request_byte_by_byte(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  int client = client_open(server);
  for (const char *at = "GET /numbers/3 HTTP/1.1\r\nHost: x\r\n\r\n"; *at; at++) client_send_bytes(client, at, 1);
  g_assert_cmpstr(client_receive(arena, client).body, ==, "3 /numbers/3");
  client_close(client);
}

static void takes_forms(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  Answer answer = test_post(arena, server, "/form", "a=1&b=%C3%BC+%ff");
  g_assert_cmpint(answer.status, ==, 200);
  g_assert_cmpstr(answer.body, ==, "a=1 (text, 0)\nb=ü \xEF\xBF\xBD (text, 0)\n");
  const char *cookie, *token;
  test_visit(arena, server, "/token", &cookie, &token);
  const char *parts = arena_printf(
    arena,
    "--B\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
    "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.txt\"\r\n\r\n1234\r\n--B--\r\n",
    token);
  const char *head = "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=B\r\n";
  answer = test_ask(arena, server,
                    arena_printf(arena, "%sCookie: %s\r\nContent-Length: %zu\r\n\r\n%s", head, cookie, strlen(parts), parts));
  g_assert_cmpstr(answer.body, ==, "f= (x.txt, 4)\n");
  // The same in chunks, and asked for with 100-continue.
  int client = client_open(server);
  client_send(client,
              arena_printf(arena, "%sCookie: %s\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n", head, cookie));
  g_assert_nonnull(client_receive_until(arena, client, "HTTP/1.1 100 Continue\r\n\r\n"));
  for (const char *at = parts; *at; at++) client_send(client, arena_printf(arena, "1\r\n%c\r\n", *at));
  client_send(client, "0\r\n\r\n");
  g_assert_cmpstr(client_receive(arena, client).body, ==, "f= (x.txt, 4)\n");
  client_close(client);
}

static void refuses_broken_forms(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  static const char *const bodies[] = {"--B\r\nContent-Disposition: form-data; name=a\r\n\r\nhalf", "--B", "nonsense"};
  for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
    Answer answer = test_ask(arena, server,
                             arena_printf(arena,
                                          "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=B\r\n"
                                          "Content-Length: %zu\r\n\r\n%s",
                                          strlen(bodies[i]), bodies[i]));
    g_assert_cmpint(answer.status, ==, 400);
    assert_contains(answer.body, "The form did not arrive whole");
  }
}

static void ends_clients_that_trickle(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.limits.header_time = 50000});
  int client = client_open(server); // one that says nothing at all
  g_assert_true(client_is_closed(client));
  client_close(client);
  g_autoptr(WebServer) patient = test_server(routes, &(WebConfig){.limits.header_time = 500000});
  client = client_open(patient); // one that does not come to an end
  client_send(client, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  g_assert_cmpint(client_receive(arena, client).status, ==, 408);
  client_close(client);
}

static void ends_clients_that_only_wait(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.limits.idle_time = 50000});
  int client = client_open(server);
  client_send(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  g_assert_cmpint(client_receive(arena, client).status, ==, 200);
  g_assert_true(client_is_closed(client));
  client_close(client);
}

static void refuses_ten_thousand_headers(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  g_autoptr(GString) request = g_string_new("GET / HTTP/1.1\r\nHost: x\r\n");
  for (int i = 0; i < 10000; i++) g_string_append_printf(request, "X-%d: %d\r\n", i, i);
  g_string_append(request, "\r\n");
  g_assert_cmpint(test_ask(arena, server, request->str).status, ==, 431);
  g_string_assign(request, "GET / HTTP/1.1\r\nHost: x\r\nX-Giant: ");
  for (int i = 0; i < 100000; i++) g_string_append(request, "giant");
  g_string_append(request, "\r\n\r\n");
  g_assert_cmpint(test_ask(arena, server, request->str).status, ==, 431);
  g_string_assign(request, "GET /");
  for (int i = 0; i < 100000; i++) g_string_append(request, "giant");
  g_string_append(request, " HTTP/1.1\r\n\r\n");
  g_assert_cmpint(test_ask(arena, server, request->str).status, ==, 414);
  g_assert_cmpint(test_get(arena, server, "/").status, ==, 200);
}

static void refuses_what_smuggles(void) {
  g_autoptr(Arena) arena = arena_new();
  App app = {0};
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.application = &app});
  static const char *const heads[] = {
    "Content-Length: 5\r\nContent-Length: 6",
    "Content-Length: 5\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: gzip",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    "Content-Length : 5",
    "Content-Length: +5",
    "Content-Length: 5 5",
    "Content-Length: 99999999999999999999999",
    "Transfer-Encoding\t: chunked",
    "X\x01Y: 1",
    "no colon",
  };
  for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
    int client = client_open(server);
    const char *hidden = "GET /count HTTP/1.1\r\nHost: x\r\n\r\n";
    client_send(client, arena_printf(arena, "POST /form HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n%s", heads[i], hidden));
    Answer answer = client_receive(arena, client);
    if (answer.status != 400 && answer.status != 413) g_error("%s: %d", heads[i], answer.status);
    while (client_receive_until(arena, client, "\n")) {} // to the end of the connection
    client_close(client);
  }
  g_assert_cmpint(app.runs, ==, 0); // what came behind was not taken for another request
  g_assert_cmpint(test_ask(arena, server, "GET / HTTP/1.1\r\n\r\n").status, ==, 400); // no Host
}

static void survives_noise(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.limits.header_time = 500000});
  static const char noise[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n\0\0\0GET\r\n\r\n";
  int clients[sizeof noise];
  for (size_t length = 0; length < sizeof noise; length++) {
    clients[length] = client_open(server);
    client_send_bytes(clients[length], noise, length);
    client_end(clients[length]);
  }
  for (size_t i = 0; i < sizeof noise; i++) {
    while (client_receive_until(arena, clients[i], "\n")) {} // to the end of the connection
    client_close(clients[i]);
  }
  g_assert_cmpint(test_get(arena, server, "/").status, ==, 200);
}

static void reruns_what_was_busy(void) {
  g_autoptr(Arena) arena = arena_new();
  App app = {.busy_times = 2};
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.application = &app});
  Answer answer = test_get(arena, server, "/count");
  g_assert_cmpint(answer.status, ==, 200);
  g_assert_cmpstr(answer.body, ==, "run 3");
  g_assert_cmpstr(answer_header(arena, answer, "X-Run"), ==, "run 3");
  atomic_store(&app.runs, 0);
  g_assert_cmpstr(test_post(arena, server, "/count", "a=1").body, ==, "run 3"); // its form is read again
}

static void stops_rerunning(void) {
  g_autoptr(Arena) arena = arena_new();
  App app = {.busy_times = 100};
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.application = &app});
  Answer answer = test_get(arena, server, "/count");
  g_assert_cmpint(answer.status, ==, 503);
  assert_contains(answer.body, "The database is locked.");
  g_assert_cmpstr(answer_header(arena, answer, "Retry-After"), ==, "2");
  g_assert_null(answer_header(arena, answer, "X-Run"));
  g_assert_cmpint(app.runs, ==, 4);
}

static void failures_get_a_plain_page(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  static const int statuses[] = {404, 403, 400, 409};
  for (int code = 0; code < (int)G_N_ELEMENTS(statuses); code++) {
    Answer answer = test_get(arena, server, arena_printf(arena, "/fail/%d", code));
    g_assert_cmpint(answer.status, ==, statuses[code]);
    assert_contains(answer.body, arena_printf(arena, "It failed &lt;%d&gt;.", code));
    g_assert_null(strstr(answer.body, "half a page"));
    g_assert_nonnull(answer_header(arena, answer, "Content-Security-Policy"));
  }
  Answer silent = test_get(arena, server, "/fail/99");
  g_assert_cmpint(silent.status, ==, 500);
  Answer foreign = test_get(arena, server, "/fail/98");
  g_assert_cmpint(foreign.status, ==, 503);
  g_assert_null(strstr(foreign.body, "secret")); // not written for visitors
}

static void make_page(WebRequest *request, WebResponse *response, const GError *error) {
  if (strcmp(request->path, "/nothing/either") == 0) return; // fails too
  g_string_append_printf(response->body, "our page: %d %s", response->status, error->message);
  web_add_header(response, "X-Ours", "yes");
}

static void the_application_makes_its_own_page(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.fail = make_page});
  Answer answer = test_get(arena, server, "/fail/1");
  g_assert_cmpint(answer.status, ==, 403);
  g_assert_cmpstr(answer.body, ==, "our page: 403 It failed <1>.");
  g_assert_cmpstr(answer_header(arena, answer, "X-Ours"), ==, "yes");
  g_assert_cmpint(test_get(arena, server, "/form").status, ==, 405);
  assert_contains(test_get(arena, server, "/nothing/either").body, "<h1>Not found</h1>");
}

static bool admit(WebRequest *request, WebResponse *response, const char **out_secret, GError **error) {
  if (request->route->permission == 1) return true;
  if (web_query(request, "as")) return error_set(error, ERROR_FORBIDDEN, "Only for others.");
  g_string_append(response->body, "please sign in");
  return false;
}

static void admission_comes_first(void) {
  static const WebRoute guarded[] = {{WEB_GET, "/open", 1, show_greeting}, {WEB_GET, "/closed", 2, show_greeting}, {0}};
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(guarded, &(WebConfig){.admit = admit});
  g_assert_cmpstr(test_get(arena, server, "/open").body, ==, "hello nobody");
  Answer answer = test_get(arena, server, "/closed");
  g_assert_cmpint(answer.status, ==, 200);
  g_assert_cmpstr(answer.body, ==, "please sign in");
  g_assert_cmpint(test_get(arena, server, "/closed?as=x").status, ==, 403);
}

static void keeps_no_large_body_of_who_is_not_admitted(void) {
  static const WebRoute guarded[] = {{WEB_POST, "/closed", 2, show_greeting, 4 * 1024 * 1024}, {0}};
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(guarded, &(WebConfig){.admit = admit, .limits.upload_memory = 1024 * 1024});
  int client = client_open(server);
  client_send(client, "POST /closed HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n");
  client_send_zeros(client, 2000000); // more than all uploads together may take, had it been kept
  Answer answer = client_receive(arena, client);
  g_assert_cmpint(answer.status, ==, 200);
  g_assert_cmpstr(answer.body, ==, "please sign in");
  client_close(client);
}

static void limits_connections_of_one_address(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.limits.connections_of_one = 3});
  int clients[3];
  for (int i = 0; i < 3; i++) {
    clients[i] = client_open(server);
    client_send(clients[i], "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    g_assert_cmpint(client_receive(arena, clients[i]).status, ==, 200);
  }
  int one_more = client_open(server);
  g_assert_true(client_is_closed(one_more));
  client_close(one_more);
  for (int i = 0; i < 3; i++) client_close(clients[i]);
}

static void two_servers_run_side_by_side(void) {
  g_autoptr(Arena) arena = arena_new();
  App apps[2] = {{0}, {0}};
  g_autoptr(WebServer) one = test_server(routes, &(WebConfig){.application = &apps[0]});
  g_autoptr(WebServer) two = test_server(routes, &(WebConfig){.application = &apps[1]});
  g_assert_cmpint(web_server_port(one), !=, web_server_port(two));
  test_get(arena, one, "/count");
  g_assert_cmpstr(test_get(arena, one, "/count").body, ==, "run 2");
  g_assert_cmpstr(test_get(arena, two, "/count").body, ==, "run 1");
}

static void start_fails(const char *listen, const WebRoute *rows, RapportError code, const char *why) {
  const WebRoute *const tables[] = {rows, NULL};
  g_autoptr(GError) error = NULL;
  g_assert_null(web_server_start(&(WebConfig){.listen = listen, .tables = tables}, &error));
  g_assert_true(error_is(error, code));
  if (!strstr(error->message, why)) g_error("\"%s\" does not say \"%s\"", error->message, why);
}

static void start_says_what_is_wrong(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  const char *taken = arena_printf(arena, "127.0.0.1:%d", web_server_port(server));
  start_fails(taken, routes, ERROR_UNAVAILABLE, taken);
  start_fails("127.0.0.1", routes, ERROR_INVALID, "is no address to listen on");
  start_fails("127.0.0.1:99999", routes, ERROR_INVALID, "is no address to listen on");
  start_fails("::1:80", routes, ERROR_INVALID, "is no address to listen on");
  start_fails(NULL, routes, ERROR_INVALID, "is no address to listen on");
  start_fails("192.0.2.1:0", routes, ERROR_UNAVAILABLE, "has no address for 192.0.2.1:0");
  static const WebRoute open_to_all[] = {{WEB_GET, "/a", 0, show_greeting}, {0}};
  start_fails("127.0.0.1:0", open_to_all, ERROR_INVALID, "The route GET /a has no permission");
}

static void listens_on_ipv6_too(void) {
  const WebRoute *const tables[] = {routes, NULL};
  g_autoptr(GError) error = NULL;
  g_autoptr(WebServer) server = web_server_start(&(WebConfig){.listen = "[::1]:0", .tables = tables}, &error);
  if (!server)
    g_test_skip("this machine has no ::1");
  else
    g_assert_cmpint(web_server_port(server), >, 0);
}

static void stops_with_connections_open(void) {
  g_autoptr(Arena) arena = arena_new();
  WebServer *server = test_server(routes, NULL);
  int idle = client_open(server), half = client_open(server);
  client_send(half, "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
  client_send(idle, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  g_assert_cmpint(client_receive(arena, idle).status, ==, 200);
  web_server_stop(server);
  g_assert_true(client_is_closed(idle));
  client_close(idle);
  client_close(half);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/web/server/answers-pages", answers_pages);
  g_test_add_func("/web/server/reads-paths", reads_paths);
  g_test_add_func("/web/server/came-from", says_which_of_its_pages_a_request_came_from);
  g_test_add_func("/web/server/refuses-paths-that-mean-nothing", refuses_paths_that_mean_nothing);
  g_test_add_func("/web/server/says-404-and-405", says_404_and_405);
  g_test_add_func("/web/server/answers-head-without-a-body", answers_head_without_a_body);
  g_test_add_func("/web/server/answers-many-requests-on-one-connection", answers_many_requests_on_one_connection);
  g_test_add_func("/web/server/answers-many-at-once", answers_many_at_once);
  g_test_add_func("/web/server/sends-large-answers-whole", sends_large_answers_whole);
  g_test_add_func("/web/server/takes-a-request-byte-by-byte", takes_a_request_byte_by_byte);
  g_test_add_func("/web/server/takes-forms", takes_forms);
  g_test_add_func("/web/server/refuses-broken-forms", refuses_broken_forms);
  g_test_add_func("/web/server/ends-clients-that-trickle", ends_clients_that_trickle);
  g_test_add_func("/web/server/ends-clients-that-only-wait", ends_clients_that_only_wait);
  g_test_add_func("/web/server/refuses-ten-thousand-headers", refuses_ten_thousand_headers);
  g_test_add_func("/web/server/refuses-what-smuggles", refuses_what_smuggles);
  g_test_add_func("/web/server/survives-noise", survives_noise);
  g_test_add_func("/web/server/reruns-what-was-busy", reruns_what_was_busy);
  g_test_add_func("/web/server/stops-rerunning", stops_rerunning);
  g_test_add_func("/web/server/failures-get-a-plain-page", failures_get_a_plain_page);
  g_test_add_func("/web/server/the-application-makes-its-own-page", the_application_makes_its_own_page);
  g_test_add_func("/web/server/keeps-no-large-body-of-strangers", keeps_no_large_body_of_who_is_not_admitted);
  g_test_add_func("/web/server/admission-comes-first", admission_comes_first);
  g_test_add_func("/web/server/limits-connections-of-one-address", limits_connections_of_one_address);
  g_test_add_func("/web/server/two-servers-run-side-by-side", two_servers_run_side_by_side);
  g_test_add_func("/web/server/start-says-what-is-wrong", start_says_what_is_wrong);
  g_test_add_func("/web/server/listens-on-ipv6-too", listens_on_ipv6_too);
  g_test_add_func("/web/server/stops-with-connections-open", stops_with_connections_open);
  return g_test_run();
}
