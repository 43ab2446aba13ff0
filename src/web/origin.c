// Where a request came from, as the browser says it: no page can change that.
#include "web/exchange.h"

bool origin_is_ours(const WebExchange *exchange, const char *origin) {
  const char *ours = exchange->server->config.origin, *asked = exchange->facts.host;
  if (ours) return g_ascii_strcasecmp(origin, ours) == 0;
  const char *host = strstr(origin, "://");
  return host && asked && g_ascii_strcasecmp(host + 3, asked) == 0;
}

static bool answers_get(const WebExchange *exchange, const char *target) {
  return *target == '/' && route_match(exchange->server->routes, WEB_GET, target, strcspn(target, "?#")).route;
}

const char *web_came_from(const WebRequest *request) {
  const WebExchange *exchange = request->exchange;
  const char *referer = web_header(request, "Referer"), *host = referer ? strstr(referer, "://") : NULL;
  if (!host) return NULL;
  const char *target = host + 3 + strcspn(host + 3, "/?#");
  const char *origin = arena_strndup(request->arena, referer, (size_t)(target - referer));
  return origin_is_ours(exchange, origin) && answers_get(exchange, target) ? target : NULL;
}
