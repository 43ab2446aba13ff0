// Uuencode. A line is a length character (32 + bytes) and groups of four characters for three bytes. A block counts only when it
// is whole: "begin MODE NAME", lines that are all well formed, "end". Anything else stays text.
#include "mail/uu.h"

#include <stdbool.h>

static bool is_code(char c) { return c >= 32 && c <= 96; }
static int code_value(char c) { return (c - 32) & 63; }

// Decodes one line (without its newline) into `out`, or only checks it when `out` is NULL. Trailing spaces may be missing.
static bool decode_line(const char *line, size_t length, GByteArray *out) {
  if (length == 0 || !is_code(line[0])) return false;
  size_t bytes = (size_t)code_value(line[0]), needed = (bytes + 2) / 3 * 4;
  if (length - 1 > needed + 2) return false;
  for (size_t i = 1; i < length; i++)
    if (!is_code(line[i])) return false;
  if (bytes > 0 && length == 1) return false;
  for (size_t at = 1; out && bytes > 0; at += 4) {
    int value[4];
    for (size_t i = 0; i < 4; i++) value[i] = at + i < length ? code_value(line[at + i]) : 0;
    guint8 group[3] = {(guint8)(value[0] << 2 | value[1] >> 4), (guint8)(value[1] << 4 | value[2] >> 2),
                       (guint8)(value[2] << 6 | value[3])};
    size_t count = MIN(bytes, 3);
    g_byte_array_append(out, group, (guint)count);
    bytes -= count;
  }
  return true;
}

static size_t line_length(const char *line, const char *end) {
  const char *newline = memchr(line, '\n', (size_t)(end - line));
  size_t length = (size_t)((newline ? newline : end) - line);
  return length && line[length - 1] == '\r' ? length - 1 : length;
}

static const char *next_line(const char *line, const char *end) {
  const char *newline = memchr(line, '\n', (size_t)(end - line));
  return newline ? newline + 1 : end;
}

// The file name in "begin 644 name", which may be missing; NULL when the line is none.
static const char *begin_name(const char *line, const char *end) {
  size_t length = line_length(line, end);
  if (length < 9 || strncmp(line, "begin ", 6) != 0) return NULL;
  size_t digits = strspn(line + 6, "01234567");
  if (digits < 3 || digits > 4 || 6 + digits > length) return NULL;
  if (6 + digits == length) return line + length;
  return line[6 + digits] == ' ' ? line + 6 + digits + 1 : NULL;
}

// Where the block whose first line is `line` ends (behind "end"), NULL when it is not whole.
static const char *block_end(const char *line, const char *end) {
  for (const char *at = next_line(line, end); at < end; at = next_line(at, end)) {
    size_t length = line_length(at, end);
    if (length == 3 && strncmp(at, "end", 3) == 0) return next_line(at, end);
    if (length > 0 && !decode_line(at, length, NULL)) return NULL;
  }
  return NULL;
}

Bytes uu_decode(Arena *arena, Bytes lines) {
  g_autoptr(GByteArray) out = g_byte_array_new();
  const char *at = lines.data, *end = at + lines.size;
  for (; at < end; at = next_line(at, end)) {
    size_t length = line_length(at, end);
    if (begin_name(at, end)) continue;
    if (length == 3 && strncmp(at, "end", 3) == 0) break;
    if (length && decode_line(at, length, NULL)) decode_line(at, length, out);
  }
  return bytes_of(arena_copy(arena, out->data, out->len), out->len);
}

const char *uu_extract(Arena *arena, const char *text, UuFileList *out_files) {
  if (!strstr(text, "begin ")) return text;
  const char *end = text + strlen(text);
  g_autoptr(GString) left = g_string_new(NULL);
  for (const char *line = text; line < end;) {
    const char *name = begin_name(line, end), *after = name ? block_end(line, end) : NULL;
    if (after) {
      UuFile *file = list_add(arena, out_files);
      file->name = arena_strndup(arena, name, line_length(line, end) - (size_t)(name - line));
      file->bytes = uu_decode(arena, bytes_of(line, (size_t)(after - line)));
    } else {
      after = next_line(line, end);
      g_string_append_len(left, line, after - line);
    }
    line = after;
  }
  return arena_strndup(arena, left->str, left->len);
}
