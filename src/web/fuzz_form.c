// libFuzzer: form bodies of both kinds. The first byte chooses; a multipart body brings its Content-Type as its first line, so that
// boundaries are fuzzed too. What comes out must hold what form.h and web.h promise.
#include "web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const WebFieldList *fields, Bytes body) {
  const char *start = body.data, *end = start + body.size;
  g_assert(fields->count <= FORM_FIELDS_MOST);
  list_each(WebField, field, fields) {
    g_assert(g_utf8_validate(field->name, -1, NULL) && g_utf8_validate(field->value, -1, NULL));
    if (!field->file_name) continue;
    const char *bytes = field->bytes.data;
    g_assert(*field->file_name && !strpbrk(field->file_name, "/\\\r\n") && g_utf8_validate(field->file_name, -1, NULL));
    g_assert(*field->file_type && g_utf8_validate(field->file_type, -1, NULL));
    g_assert(bytes >= start && bytes + field->bytes.size <= end);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  WebFieldList fields = {0};
  const char *text = (const char *)data + 1, *type = "application/x-www-form-urlencoded";
  size--;
  const char *line = data[0] & 1 ? memchr(text, '\n', size) : NULL;
  if (line) {
    type = arena_printf(arena, "multipart/form-data%s", arena_strndup(arena, text, (size_t)(line - text)));
    size -= (size_t)(line + 1 - text);
    text = line + 1;
  }
  Bytes body = bytes_of(arena_copy(arena, text, size), size); // at the end of its memory, so that reading past it is seen
  bool is_read = form_parse(arena, type, body, &fields, &error);
  g_assert(is_read == !error);
  if (error) g_assert(error_is(error, ERROR_INVALID));
  check(&fields, body);
  return 0;
}
