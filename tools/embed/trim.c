// Comments are a good part of what we write, and of what a browser would fetch on its first visit. They are taken out here, on the way
// into the program; names, line breaks and everything else stay as they were written, so that what a browser shows can be read.
#include "trim.h"

#include <stdbool.h>
#include <string.h>

static const char *without_empty_lines(Arena *arena, const char *text) {
  g_autoptr(GString) out = g_string_new(NULL);
  while (*text) {
    size_t size = strcspn(text, "\n"), blank = strspn(text, " \t\r");
    if (blank < size) {
      g_string_append_len(out, text, (gssize)size);
      g_string_append_c(out, '\n');
    }
    text += text[size] ? size + 1 : size;
  }
  return arena_strdup(arena, out->str);
}

static const char *skip_quoted(const char *at) {
  char quote = *at++;
  while (*at && *at != quote) at += at[0] == '\\' && at[1] ? 2 : 1;
  return *at ? at + 1 : at;
}

static const char *skip_comment(const char *at) {
  const char *end = strstr(at + 2, "*/");
  return end ? end + 2 : at + strlen(at);
}

const char *trim_style(Arena *arena, const char *text) {
  g_autoptr(GString) out = g_string_new(NULL);
  while (*text) {
    bool is_comment = text[0] == '/' && text[1] == '*', is_quoted = *text == '"' || *text == '\'';
    const char *end = is_comment ? skip_comment(text) : is_quoted ? skip_quoted(text) : text + 1;
    if (!is_comment) g_string_append_len(out, text, end - text);
    text = end;
  }
  return without_empty_lines(arena, out->str);
}

// The line, of `size` bytes, is nothing but a comment that also ends on it.
static bool is_comment_line(const char *line, size_t size) {
  size_t blank = strspn(line, " \t");
  if (blank + 2 > size || line[blank] != '/') return false;
  if (line[blank + 1] == '/') return true;
  while (size && strchr(" \t\r", line[size - 1])) size--;
  return line[blank + 1] == '*' && skip_comment(line + blank) == line + size;
}

const char *trim_script(Arena *arena, const char *text) {
  g_autoptr(GString) out = g_string_new(NULL);
  while (*text) {
    size_t size = strcspn(text, "\n");
    if (!is_comment_line(text, size)) {
      g_string_append_len(out, text, (gssize)size);
      g_string_append_c(out, '\n');
    }
    text += text[size] ? size + 1 : size;
  }
  return without_empty_lines(arena, out->str);
}
