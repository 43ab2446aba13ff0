// A client for the tests of this folder: sockets on loopback that send requests byte by byte, broken ones too. Waiting is always
// for a socket, with a limit after which the test fails.
#pragma once

#include "web/web.h"

#define TEST_PATIENCE_MS 20000

typedef struct Answer {
  int status;       // 0: the connection ended without an answer
  const char *head; // status line and headers
  const char *body;
  size_t size;
} Answer;

// A server on a free port of loopback with these routes; `config` may be NULL, its `listen`, `tables` and `threads` are set here.
WebServer *test_server(const WebRoute *routes, const WebConfig *config);

int client_open(const WebServer *server);
void client_send(int client, const char *text); // what the other side no longer takes is dropped
void client_send_bytes(int client, const void *bytes, size_t size);
void client_send_zeros(int client, size_t size);
Answer client_receive(Arena *arena, int client);      // one whole answer; `head` and `body` are terminated
Answer client_receive_head(Arena *arena, int client); // of a HEAD request or a stream: headers only
const char *client_receive_until(Arena *arena, int client, const char *ending); // NULL when the connection ends before
bool client_is_closed(int client); // waits for the end of the connection; false when bytes came
void client_end(int client);       // no more will be sent; what comes can still be read
void client_close(int client);

// One request on a connection of its own.
Answer test_ask(Arena *arena, const WebServer *server, const char *request);
Answer test_get(Arena *arena, const WebServer *server, const char *path);
// A POST of an urlencoded form with the cookie and token of a visitor without session.
Answer test_post(Arena *arena, const WebServer *server, const char *path, const char *form);
// A header's value in an answer, NULL when it is not there.
const char *answer_header(Arena *arena, Answer answer, const char *name);
// The cookie and the token that `path`, a page which prints web_csrf() alone, gives out.
void test_visit(Arena *arena, const WebServer *server, const char *path, const char **out_cookie, const char **out_token);

#define assert_contains(text, part) g_assert_nonnull(strstr((text), (part)))
