// Answers: the headers that go with every one, those a handler adds or replaces, and handing the body to libmicrohttpd, which
// sends it from where it was written. A header value with a control character never leaves: it would end the line and begin
// another. Addresses for redirects are checked as a browser would read them.
#include "web/exchange.h"

#include "base/log.h"
#include "base/text.h"

#include <inttypes.h>

static const Header standard[] = {
  {"Cache-Control", "no-store"}, // RESPONSE_CACHE_CONTROL
  {"Content-Security-Policy",
   "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'; "
   "img-src 'self' data:; frame-src 'self'"},
  {"X-Content-Type-Options", "nosniff"},
  {"Referrer-Policy", "same-origin"},
  {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"},
  {"Cross-Origin-Opener-Policy", "same-origin"},
  {"Strict-Transport-Security", "max-age=31536000"}, // the last one, over https only
};

void response_put_standard(struct MHD_Response *response, const WebServer *server, unsigned replaced) {
  size_t count = G_N_ELEMENTS(standard) - !server->config.is_https;
  for (size_t i = 0; i < count; i++)
    if (!(replaced & 1u << i)) MHD_add_response_header(response, standard[i].name, standard[i].value);
}

void response_reset(WebExchange *exchange) {
  WebResponse *response = &exchange->response;
  GString *body = g_string_truncate(response->body, 0);
  *response = (WebResponse){.status = 200, .body = body, .type = "text/html; charset=utf-8", .exchange = exchange};
  exchange->headers = (HeaderList){0};
  exchange->replaced = 0;
  exchange->stream_topic = NULL;
  exchange->stream_resyncs = false;
  exchange->stream_watch = (WebStreamWatch){0};
}

static bool has_control(const char *text) {
  for (; *text; text++)
    if ((unsigned char)*text < ' ' || *text == 0x7F) return true;
  return false;
}

static void append_header(WebResponse *response, const char *name, const char *value) {
  Arena *arena = response->exchange->request.arena;
  Header *header = list_add(arena, &response->exchange->headers);
  *header = (Header){arena_strdup(arena, name), arena_strdup(arena, value)};
}

void web_add_header(WebResponse *response, const char *name, const char *value) {
  WebExchange *exchange = response->exchange;
  if (!*name || strpbrk(name, " :") || has_control(name) || has_control(value)) {
    log_error("web", "a header was left out because it has control characters: a bug in the page");
    return;
  }
  if (g_ascii_strcasecmp(name, "Content-Type") == 0) {
    response->type = arena_strdup(exchange->request.arena, value);
    return;
  }
  for (size_t i = 0; i < G_N_ELEMENTS(standard); i++)
    if (g_ascii_strcasecmp(name, standard[i].name) == 0) exchange->replaced |= 1u << i;
  list_each(Header, header, &exchange->headers)
    if (g_ascii_strcasecmp(header->name, name) == 0) {
      header->value = arena_strdup(exchange->request.arena, value);
      return;
    }
  append_header(response, name, value);
}

// What RFC 6265 allows in a cookie, so that no value can end it and begin an attribute.
static bool is_cookie_text(const char *text) {
  for (; *text; text++)
    if (*text <= ' ' || *text > '~' || strchr("\",;\\", *text)) return false;
  return true;
}

void web_set_cookie(WebResponse *response, const WebCookie *cookie) {
  WebExchange *exchange = response->exchange;
  Arena *arena = exchange->request.arena;
  if (!*cookie->name || strchr(cookie->name, '=') || !is_cookie_text(cookie->name) || !is_cookie_text(cookie->value)) {
    log_error("web", "a cookie was left out because it has characters that cookies cannot have: a bug in the page");
    return;
  }
  const char *age = "";
  if (!*cookie->value)
    age = "; Max-Age=0";
  else if (cookie->lifetime > 0)
    age = arena_printf(arena, "; Max-Age=%" PRId64, cookie->lifetime / CLOCK_SECOND);
  const char *secure = exchange->server->config.is_https ? "; Secure" : "";
  const char *start = arena_printf(arena, "%s=", cookie->name);
  const char *value = arena_printf(arena, "%s%s; Path=/; HttpOnly; SameSite=Lax%s%s", start, cookie->value, secure, age);
  list_each(Header, header, &exchange->headers)
    if (strcmp(header->name, "Set-Cookie") == 0 && g_str_has_prefix(header->value, start)) {
      header->value = value;
      return;
    }
  append_header(response, "Set-Cookie", value);
}

// Browsers read "\" as "/" and "//host" as another host.
static bool stays_here(const char *path) { return path && path[0] == '/' && path[1] != '/' && path[1] != '\\'; }

void web_redirect(WebResponse *response, const char *path) {
  if (!stays_here(path)) {
    log_warning("web", "a redirect to another server was turned to the first page");
    path = "/";
  }
  GString *address = g_string_new(NULL);
  for (const char *at = path; *at; at++)
    if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x7F || strchr("\"<>\\^`{|}", *at))
      g_string_append_printf(address, "%%%02X", (unsigned char)*at);
    else
      g_string_append_c(address, *at);
  response->status = 303;
  web_add_header(response, "Location", address->str);
  g_string_free(address, TRUE);
}

void web_sandbox(WebResponse *response, bool allow_remote_images) {
  web_add_header(
    response, "Content-Security-Policy",
    allow_remote_images
      ? "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src 'self' data: https: http:; style-src 'unsafe-inline'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
      : "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'");
}

// "type/subtype" in token characters; what a mail claims may be anything.
static const char *sound_type(Arena *arena, const char *type) {
  static const char otherwise[] = "application/octet-stream";
  if (!type) return otherwise;
  size_t length = strcspn(type, "; \t");
  int slashes = 0;
  for (size_t i = 0; i < length; i++) {
    if (!g_ascii_isalnum(type[i]) && !strchr("/.+-_", type[i])) return otherwise;
    slashes += type[i] == '/';
  }
  if (slashes != 1 || length > 100 || type[0] == '/' || type[length - 1] == '/') return otherwise;
  char *sound = arena_strndup(arena, type, length);
  for (char *at = sound; *at; at++) *at = g_ascii_tolower(*at);
  return sound;
}

static bool may_show(const char *type) {
  static const char *const types[] = {"image/png",  "image/jpeg", "image/gif", "image/webp",
                                      "image/avif", "image/bmp",  "text/plain"};
  for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
    if (strcmp(type, types[i]) == 0) return true;
  return false;
}

// RFC 6266: a name every client can read, and the true one in UTF-8.
static const char *disposition(Arena *arena, const char *file_name, bool show_inline) {
  const char *name = text_one_line(arena, text_make_valid(arena, bytes_of_text(file_name ? file_name : "")));
  GString *plain = g_string_new(NULL), *encoded = g_string_new(NULL);
  for (const char *at = name; *at; at++) {
    unsigned char byte = (unsigned char)*at;
    bool is_harmless = g_ascii_isalnum(byte) || strchr(".-_", byte);
    if (is_harmless || byte == ' ')
      g_string_append_c(plain, (char)byte);
    else if (byte < 0x80 || byte >= 0xC0)
      g_string_append_c(plain, '_'); // one for each character
    if (is_harmless)
      g_string_append_c(encoded, (char)byte);
    else
      g_string_append_printf(encoded, "%%%02X", byte);
  }
  if (!plain->len) g_string_assign(plain, "file"), g_string_assign(encoded, "file");
  const char *value = arena_printf(arena, "%s; filename=\"%s\"; filename*=UTF-8''%s", show_inline ? "inline" : "attachment",
                                   plain->str, encoded->str);
  g_string_free(plain, TRUE);
  g_string_free(encoded, TRUE);
  return value;
}

void web_download(WebResponse *response, const char *file_name, const char *type, Bytes bytes, bool show_inline) {
  Arena *arena = response->exchange->request.arena;
  type = sound_type(arena, type);
  response->type = strcmp(type, "text/plain") == 0 ? "text/plain; charset=utf-8" : type;
  response->bytes = bytes_of(bytes.data ? bytes.data : "", bytes.size);
  web_add_header(response, "Content-Disposition", disposition(arena, file_name, show_inline && may_show(type)));
  web_add_header(response, "Content-Security-Policy",
                 "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'");
}

enum MHD_Result response_send(WebExchange *exchange) {
  WebResponse *from = &exchange->response;
  Bytes body = from->bytes.data ? from->bytes : bytes_of(from->body->str, from->body->len);
  union { // libmicrohttpd takes what it only reads as changeable
    const void *given;
    void *taken;
  } data = {.given = body.data};
  struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(body.size, data.taken, exchange_release,
                                                                                         exchange);
  if (!response) g_error("out of memory for an answer");
  exchange->holders++;
  if (body.size || from->status == 200) MHD_add_response_header(response, "Content-Type", from->type);
  response_put_standard(response, exchange->server, exchange->replaced);
  list_each(Header, header, &exchange->headers) MHD_add_response_header(response, header->name, header->value);
  if (atomic_load(&exchange->server->is_stopping)) MHD_add_response_header(response, "Connection", "close");
  enum MHD_Result result = MHD_queue_response(exchange->connection, (unsigned)from->status, response);
  MHD_destroy_response(response);
  return result;
}
