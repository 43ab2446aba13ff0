// Making the answer: admit, read the form, check its token, run the handler, and when something fails, the page that says so.
// A failure that may pass (ERROR_BUSY) starts all of it again, with an empty arena, after a few random milliseconds: this is a
// worker thread, and the other side of the lock needs about that long.
#include "web/exchange.h"

#include "base/html.h"
#include "base/log.h"
#include "base/words.h"
#include "web/form.h"

#define RERUNS_MOST 3

static bool refused(const WebExchange *exchange, GError **error) {
  const Refusal *refusal = &exchange->refusal;
  return refusal->status && !error_set(error, refusal->code, "%s", refusal->message);
}

// In English until WebConfig.admit knows the reader: what this thread said last was for another.
static void begin_anew(WebExchange *exchange) {
  WebRequest *request = &exchange->request;
  words_use(0);
  arena_reset(request->arena);
  exchange->form = exchange->query = (WebFieldList){0};
  exchange->has_query = false;
  exchange->form_secret = exchange->fresh_secret = NULL;
  request->visit = NULL;
  request->refused = exchange->refusal.message;
  response_reset(exchange);
  const char *path = exchange_path(request->arena, (RouteSlice){exchange->target->str, exchange->path_length});
  request->path = path ? path : "/";
}

bool answer_may(WebExchange *exchange) {
  const WebServer *server = exchange->server;
  const char *secret = NULL;
  g_autoptr(GError) error = NULL;
  begin_anew(exchange);
  exchange->request.now = clock_now(server->config.clock);
  return !server->config.admit || server->config.admit(&exchange->request, &exchange->response, &secret, &error);
}

// True when the response is filled.
static bool try_once(WebExchange *exchange, GError **error) {
  WebRequest *request = &exchange->request;
  const WebServer *server = exchange->server;
  begin_anew(exchange);
  if (refused(exchange, error)) return false;
  const char *secret = NULL;
  if (server->config.admit && !server->config.admit(request, &exchange->response, &secret, error)) return !*error;
  if (secret) exchange->form_secret = secret;
  if (exchange->keeps_nothing)
    return error_set(error, ERROR_UNAVAILABLE, "What was sent could not be kept. Please send it again.");
  if (request->method == WEB_POST) {
    Bytes body = bytes_of(exchange->upload->str, exchange->upload->len);
    if (!form_parse(request->arena, exchange->facts.content_type, body, &exchange->form, error)) return false;
    if (!csrf_check(exchange, error)) return false;
  }
  if (request->route->handler(request, &exchange->response, error)) return true;
  if (error && !*error) error_set(error, ERROR_BROKEN, "The page failed without saying why.");
  return false;
}

static const char *title_of(int status) {
  static const struct {
    int status;
    const char *title;
  } titles[] = {{400, "This request makes no sense"}, {403, "Not allowed"},           {404, "Not found"},
                {405, "Not answered here"},           {409, "Somebody was faster"},   {413, "Too large"},
                {500, "Something is broken"},         {503, "Not possible right now"}};
  for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
    if (titles[i].status == status) return titles[i].title;
  return "Not possible";
}

// The page of last resort: no style, no session, nothing that could fail too.
static void plain_page(WebExchange *exchange, int status, const GError *error) {
  response_reset(exchange);
  exchange->response.status = status;
  GString *body = exchange->response.body;
  const char *title = title_of(status);
  g_string_assign(body, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>");
  html_put_text(body, title);
  g_string_append(body, "</title>\n<h1>");
  html_put_text(body, title);
  g_string_append(body, "</h1>\n<p>");
  // A message of another domain was not written for the person who reads it.
  html_put_text(body, error->domain == RAPPORT_ERROR ? error->message : "Please try again in a moment.");
  g_string_append(body, "</p>\n");
}

static void add_allow(WebExchange *exchange) {
  const RouteMatch *match = &exchange->match;
  web_add_header(&exchange->response, "Allow",
                 match->has_get && match->has_post ? "GET, HEAD, POST"
                 : match->has_get                  ? "GET, HEAD"
                                                   : "POST");
}

static void fail(WebExchange *exchange, const GError *error) {
  const WebServer *server = exchange->server;
  WebResponse *response = &exchange->response;
  const WebRoute *route = exchange->request.route;
  int status = exchange->refusal.status ? exchange->refusal.status : error_http_status(error);
  if (status >= 500) log_error("web", "%s: %s", route ? route->pattern : "(no route)", error->message);
  response_reset(exchange);
  response->status = status;
  if (server->config.fail) server->config.fail(&exchange->request, response, error);
  exchange->stream_topic = NULL;
  if (!response->body->len && !response->bytes.data && response->status >= 400) plain_page(exchange, status, error);
  if (exchange->refusal.status) response->status = status;
  if (status == 405) add_allow(exchange);
  if (status == 503) web_add_header(response, "Retry-After", "2");
}

void answer_make(WebExchange *exchange) {
  for (int reruns = 0;; reruns++) {
    g_autoptr(GError) error = NULL;
    if (try_once(exchange, &error)) return;
    if (error_is(error, ERROR_BUSY) && reruns < RERUNS_MOST && !exchange->refusal.status) {
      g_usleep(1000 + random_below(&random_system, 3000) * (uint64_t)(reruns + 1));
      continue;
    }
    fail(exchange, error);
    return;
  }
}
