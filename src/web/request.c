// What a handler asks about its request. Values are decoded and made valid when they are asked for, since most are not.
#include "web/exchange.h"

#include "web/form.h"

const char *web_path_text(const WebRequest *request, const char *name) {
  const RouteMatch *match = &request->exchange->match;
  for (size_t i = 0; i < match->count; i++)
    if (strcmp(match->names[i], name) == 0) {
      const char *text = exchange_path(request->arena, match->values[i]);
      return text ? text : "";
    }
  g_error("the route %s names no \"%s\"", request->route ? request->route->pattern : "?", name);
}

bool web_path_int(const WebRequest *request, const char *name, int64_t *out, GError **error) {
  const char *text = web_path_text(request, name);
  size_t digits = strspn(text, "0123456789");
  if (digits == 0 || digits > 18 || text[digits]) return error_set(error, ERROR_NOT_FOUND, "There is nothing at this address.");
  *out = g_ascii_strtoll(text, NULL, 10);
  return true;
}

const char *web_query(const WebRequest *request, const char *name) {
  WebExchange *exchange = request->exchange;
  if (!exchange->has_query) {
    const char *target = exchange->target->str;
    size_t start = exchange->path_length + 1; // behind the "?"
    exchange->has_query = true;
    if (start < exchange->target->len) // fields beyond the limit are as if absent
      form_parse_urlencoded(request->arena, bytes_of(target + start, exchange->target->len - start), &exchange->query, NULL);
  }
  return form_value(&exchange->query, name);
}

const char *web_query_text(const WebRequest *request) {
  const GString *target = request->exchange->target;
  size_t start = request->exchange->path_length + 1;
  return start < target->len ? arena_strdup(request->arena, target->str + start) : "";
}

const char *web_header(const WebRequest *request, const char *name) {
  const char *value = MHD_lookup_connection_value(request->exchange->connection, MHD_HEADER_KIND, name);
  return value ? form_clean(request->arena, value, strlen(value)) : NULL;
}

const char *web_form(const WebRequest *request, const char *name) { return form_value(&request->exchange->form, name); }
const WebFieldList *web_form_fields(const WebRequest *request) { return &request->exchange->form; }

const char *web_target(const WebRequest *request) { return request->exchange->target->str; }

Bytes web_body(const WebRequest *request) {
  const GString *upload = request->exchange->upload;
  return bytes_of(upload->str, upload->len);
}
