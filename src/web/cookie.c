// Reading cookies. A browser sends "name=value; name=value"; the first one of a name counts, because it has the most specific
// path. A value is opaque to us, so it is not decoded.
#include "web/exchange.h"

#include "web/form.h"

const char *cookie_find(Arena *arena, const char *header, const char *name) {
  size_t name_length = strlen(name);
  for (const char *at = header; at && *at;) {
    at += strspn(at, " \t;");
    size_t length = strcspn(at, ";");
    if (length > name_length && at[name_length] == '=' && memcmp(at, name, name_length) == 0) {
      const char *value = at + name_length + 1, *end = at + length;
      while (end > value && (end[-1] == ' ' || end[-1] == '\t')) end--;
      if (end - value >= 2 && *value == '"' && end[-1] == '"') value++, end--;
      const char *copy = arena_strndup(arena, value, (size_t)(end - value));
      return form_clean(arena, copy, strlen(copy));
    }
    at += length;
  }
  return NULL;
}

const char *web_cookie(const WebRequest *request, const char *name) {
  return cookie_find(request->arena, request->exchange->facts.cookie, name);
}
