// Forms: urlencoded (WHATWG URL) and multipart/form-data (RFC 7578, escaped as browsers do it). Both are read once from
// front to back. Names and texts are decoded, made valid UTF-8 and copied into the arena; the bytes of a file stay where they
// are in the body. What a browser never sends (a part without a name, a boundary that does not end) is refused with a
// sentence, because guessing at a broken upload would lose a part of it silently.
#include "web/form.h"

#include "base/text.h"

#define PART_HEADERS_MOST ((size_t)8 * 1024)
#define BOUNDARY_MOST 70 // RFC 2046

static bool is_plain(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if ((unsigned char)text[i] < ' ' || (unsigned char)text[i] >= 0x80) return false;
  return true;
}

const char *form_clean(Arena *arena, const char *text, size_t length) {
  return is_plain(text, length) ? text : text_make_valid(arena, bytes_of(text, length));
}

int form_percent_byte(const char *at, const char *end) {
  if (end - at < 3 || at[0] != '%') return -1;
  int high = g_ascii_xdigit_value(at[1]), low = g_ascii_xdigit_value(at[2]);
  return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static const char *decode(Arena *arena, const char *from, const char *end) {
  char *decoded = arena_alloc(arena, (size_t)(end - from) + 1);
  char *to = decoded;
  while (from < end) {
    int byte = form_percent_byte(from, end);
    *to++ = byte >= 0 ? (char)byte : *from == '+' ? ' ' : *from;
    from += byte >= 0 ? 3 : 1;
  }
  *to = '\0';
  return form_clean(arena, decoded, (size_t)(to - decoded));
}

static bool too_many(const WebFieldList *fields, GError **error) {
  if (fields->count < FORM_FIELDS_MOST) return false;
  error_set(error, ERROR_INVALID, "The form has more than %d fields. Send fewer at once.", FORM_FIELDS_MOST);
  return true;
}

bool form_parse_urlencoded(Arena *arena, Bytes body, WebFieldList *fields, GError **error) {
  const char *at = body.data, *end = at + body.size;
  while (at < end) {
    const char *stop = memchr(at, '&', (size_t)(end - at));
    if (!stop) stop = end;
    if (stop > at) {
      if (too_many(fields, error)) return false;
      const char *equals = memchr(at, '=', (size_t)(stop - at));
      WebField *field = list_add(arena, fields);
      field->name = decode(arena, at, equals ? equals : stop);
      field->value = equals ? decode(arena, equals + 1, stop) : "";
    }
    at = stop + 1;
  }
  return true;
}

static bool broken(GError **error, const char *what) {
  return error_set(error, ERROR_INVALID, "The form did not arrive whole: %s. Please send it again.", what);
}

// In names and file names browsers write %22 %0D %0A for what would end the quotes; older ones a backslash before the quote.
static char *unescape_quoted(Arena *arena, const char *from, const char *end) {
  char *text = arena_alloc(arena, (size_t)(end - from) + 1);
  char *to = text;
  while (from < end) {
    int byte = form_percent_byte(from, end);
    if (byte == '"' || byte == '\r' || byte == '\n') {
      *to++ = (char)byte;
      from += 3;
      continue;
    }
    if (*from == '\\' && end - from > 1 && from[1] == '"') from++;
    *to++ = *from++;
  }
  return text;
}

// The value of `name` among the parameters ("; name=value; other="quoted""); NULL when absent.
static char *parameter(Arena *arena, const char *at, const char *end, const char *name) {
  size_t name_length = strlen(name);
  while (at < end && (at = memchr(at, ';', (size_t)(end - at)))) {
    for (at++; at < end && (*at == ' ' || *at == '\t');) at++;
    bool is_it = (size_t)(end - at) > name_length && g_ascii_strncasecmp(at, name, name_length) == 0 && at[name_length] == '=';
    while (at < end && *at != '=' && *at != ';') at++;
    if (at == end || *at == ';') continue;
    const char *value = ++at, *stop;
    if (at < end && *at == '"') {
      for (value = ++at; at < end && *at != '"';) at += *at == '\\' && end - at > 1 && at[1] == '"' ? 2 : 1;
      stop = at;
    } else {
      while (at < end && *at != ';') at++;
      for (stop = at; stop > value && (stop[-1] == ' ' || stop[-1] == '\t');) stop--;
    }
    if (is_it) return unescape_quoted(arena, value, stop);
  }
  return NULL;
}

// Some clients send the whole path; only the name in it is anybody's business.
static const char *file_name_of(Arena *arena, const char *claimed) {
  for (const char *at = claimed; *at; at++)
    if (*at == '/' || *at == '\\') claimed = at + 1;
  const char *name = text_one_line(arena, form_clean(arena, claimed, strlen(claimed)));
  return *name ? name : "file";
}

typedef struct Part {
  const char *disposition, *disposition_end; // header values
  const char *type, *type_end;
} Part;

static bool is_header(const char *line, size_t length, const char *name) {
  size_t name_length = strlen(name);
  return length > name_length && line[name_length] == ':' && g_ascii_strncasecmp(line, name, name_length) == 0;
}

static Part part_headers(const char *at, const char *end) {
  Part part = {0};
  while (at < end) {
    const char *stop = memmem(at, (size_t)(end - at), "\r\n", 2);
    if (!stop) stop = end;
    size_t length = (size_t)(stop - at);
    if (is_header(at, length, "content-disposition")) {
      part.disposition = at + strlen("content-disposition:");
      part.disposition_end = stop;
    } else if (is_header(at, length, "content-type")) {
      part.type = at + strlen("content-type:");
      part.type_end = stop;
    }
    at = stop + 2;
  }
  return part;
}

// One part: its headers, an empty line, its content.
static bool add_part(Arena *arena, const char *at, const char *end, WebFieldList *fields, GError **error) {
  const char *blank = memmem(at, MIN((size_t)(end - at), PART_HEADERS_MOST), "\r\n\r\n", 4);
  if (!blank) return broken(error, "a part of it has no end of its headers");
  Part part = part_headers(at, blank);
  const char *content = blank + 4;
  char *name = part.disposition ? parameter(arena, part.disposition, part.disposition_end, "name") : NULL;
  if (!name) return broken(error, "a part of it has no name");
  const char *file = parameter(arena, part.disposition, part.disposition_end, "filename");
  Bytes bytes = bytes_of(content, (size_t)(end - content));
  if (file && !*file && bytes.size == 0) return true; // a file input in which nothing was chosen
  if (too_many(fields, error)) return false;
  WebField *field = list_add(arena, fields);
  field->name = form_clean(arena, name, strlen(name));
  if (!file) {
    field->value = text_make_valid(arena, bytes);
    return true;
  }
  field->value = "";
  field->bytes = bytes;
  field->file_name = file_name_of(arena, file);
  const char *type = part.type ? text_make_valid(arena, bytes_of(part.type, (size_t)(part.type_end - part.type))) : "";
  type = text_one_line(arena, type);
  field->file_type = *type ? type : "application/octet-stream";
  return true;
}

bool form_parse_multipart(Arena *arena, Bytes body, const char *boundary, WebFieldList *fields, GError **error) {
  size_t length = strlen(boundary);
  if (length == 0 || length > BOUNDARY_MOST) return broken(error, "its boundary is missing or too long");
  const char *line = arena_printf(arena, "\r\n--%s", boundary); // what ends a part
  length += 4;
  const char *at = body.data, *end = at + body.size;
  if (body.size >= length - 2 && memcmp(at, line + 2, length - 2) == 0)
    at += length - 2; // the first one may stand at the very beginning
  else if (body.size && (at = memmem(at, body.size, line, length)))
    at += length;
  else
    return broken(error, "its boundary is nowhere in it");
  for (;;) {
    if (end - at >= 2 && at[0] == '-' && at[1] == '-') return true;
    while (at < end && (*at == ' ' || *at == '\t')) at++;
    if (end - at < 2 || at[0] != '\r' || at[1] != '\n') return broken(error, "it stops at a boundary");
    const char *stop = memmem(at, (size_t)(end - at), line, length);
    if (!stop) return broken(error, "its last part has no end");
    at += 2;
    // An empty part ("boundary, boundary") would begin behind its own end.
    if (stop < at) return broken(error, "a part of it is empty");
    if (!add_part(arena, at, stop, fields, error)) return false;
    at = stop + length;
  }
}

static bool is_type(const char *content_type, const char *type) {
  size_t length = strlen(type);
  if (g_ascii_strncasecmp(content_type, type, length) != 0) return false;
  return strchr("; \t", content_type[length]) != NULL; // or its end
}

bool form_parse(Arena *arena, const char *content_type, Bytes body, WebFieldList *fields, GError **error) {
  if (!content_type) return true;
  if (is_type(content_type, "application/x-www-form-urlencoded")) return form_parse_urlencoded(arena, body, fields, error);
  if (!is_type(content_type, "multipart/form-data")) return true;
  const char *boundary = parameter(arena, content_type, content_type + strlen(content_type), "boundary");
  return form_parse_multipart(arena, body, boundary ? boundary : "", fields, error);
}

const char *form_value(const WebFieldList *fields, const char *name) {
  list_each(WebField, field, fields)
    if (!field->file_name && strcmp(field->name, name) == 0) return field->value;
  return NULL;
}
