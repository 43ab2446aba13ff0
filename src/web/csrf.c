// Forms that only our own pages can send. A token is a keyed hash (BLAKE2b) of a constant under the session's secret, so knowing
// the token does not give the secret. Before there is a session, as at the sign-in form, the secret is a cookie that web_csrf
// sets; another site can neither read it nor, with SameSite and the checks of Sec-Fetch-Site and Origin, send a form with it.
// The browser's own word comes first: it names where a form came from, and no page can change that.
#include "web/exchange.h"

#include "web/form.h"

#include <sodium.h>

#define TOKEN_BYTES 24
#define SECRET_BYTES 18
#define SECRET_CHARACTERS 24

const char *web_csrf_token(Arena *arena, const char *secret) {
  static const char purpose[] = "form token 1";
  unsigned char key[32], token[TOKEN_BYTES];
  crypto_generichash(key, sizeof key, (const unsigned char *)secret, strlen(secret), NULL, 0);
  crypto_generichash(token, sizeof token, (const unsigned char *)purpose, sizeof purpose - 1, key, sizeof key);
  sodium_memzero(key, sizeof key);
  char *text = arena_alloc(arena, TOKEN_BYTES * 2);
  return sodium_bin2base64(text, TOKEN_BYTES * 2, token, sizeof token, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

// "__Host-": the browser itself refuses one set by another host or over http.
static const char *cookie_name(const WebServer *server) { return server->config.is_https ? "__Host-form" : "form"; }

static const char *cookie_secret(const WebExchange *exchange) {
  const char *secret = web_cookie(&exchange->request, cookie_name(exchange->server));
  return secret && strlen(secret) == SECRET_CHARACTERS ? secret : NULL;
}

const char *web_csrf(WebRequest *request) {
  WebExchange *exchange = request->exchange;
  if (exchange->form_secret) return web_csrf_token(request->arena, exchange->form_secret);
  const char *secret = cookie_secret(exchange);
  if (!secret) {
    if (!exchange->fresh_secret) exchange->fresh_secret = random_token(request->arena, &random_system, SECRET_BYTES);
    secret = exchange->fresh_secret;
    WebCookie cookie = {.name = cookie_name(exchange->server), .value = secret};
    web_set_cookie(&exchange->response, &cookie); // again on a page of failure, whose answer begins anew
  }
  return web_csrf_token(request->arena, secret);
}

static bool came_from_here(const WebExchange *exchange) {
  const Facts *facts = &exchange->facts;
  if (facts->fetch_site) return strcmp(facts->fetch_site, "same-origin") == 0 || strcmp(facts->fetch_site, "none") == 0;
  return !facts->origin || origin_is_ours(exchange, facts->origin); // none: not a browser of this decade; the token decides
}

static bool is_equal(const char *a, const char *b) {
  size_t length = strlen(b);
  return strlen(a) == length && sodium_memcmp(a, b, length) == 0;
}

bool csrf_check(WebExchange *exchange, GError **error) {
  if (!came_from_here(exchange))
    return error_set(error, ERROR_FORBIDDEN, "This form was sent from another site. Open the page here and send it again.");
  const char *secret = exchange->form_secret ? exchange->form_secret : cookie_secret(exchange);
  const char *given = form_value(&exchange->form, "csrf");
  if (!given) given = exchange->facts.csrf_token;
  Arena *arena = exchange->request.arena;
  if (secret && given && is_equal(given, web_csrf_token(arena, secret))) return true;
  return error_set(error, ERROR_FORBIDDEN,
                   "This form is too old, or cookies are switched off. Go back, load the page again and send it once more.");
}
