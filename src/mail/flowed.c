// RFC 3676, 4.1 to 4.5, in this order for each line: the ">" at its beginning are its quote depth; one space behind them is
// stuffing; "-- " is the mark of a signature and always stands alone; a space at the end means that the paragraph goes on, unless
// the next line is of another depth.
#include "mail/flowed.h"

#include <string.h>

typedef struct Line {
  const char *start; // behind quotes and stuffing
  size_t length;
  size_t depth;
  bool goes_on;
} Line;

static Line read_line(const char *at) {
  Line line = {.start = at, .length = strcspn(at, "\n")};
  while (line.length && *line.start == '>') {
    line.start++;
    line.length--;
    line.depth++;
  }
  if (line.length && *line.start == ' ') {
    line.start++;
    line.length--;
  }
  bool signs = line.length == 3 && memcmp(line.start, "-- ", 3) == 0;
  line.goes_on = !signs && line.length && line.start[line.length - 1] == ' ';
  return line;
}

static void begin_line(GString *out, const Line *line) {
  for (size_t i = 0; i < line->depth; i++) g_string_append_c(out, '>');
  if (line->depth && line->length) g_string_append_c(out, ' ');
}

const char *flowed_join(Arena *arena, const char *text, bool deletes_space) {
  g_autoptr(GString) out = g_string_sized_new(strlen(text) + 16);
  Line before = {0};
  while (*text) {
    Line line = read_line(text);
    bool signs = line.length == 3 && memcmp(line.start, "-- ", 3) == 0;
    if (!before.goes_on || before.depth != line.depth || signs) {
      if (before.start) g_string_append_c(out, '\n');
      begin_line(out, &line);
    } else if (deletes_space) {
      g_string_truncate(out, out->len - 1);
    }
    g_string_append_len(out, line.start, (gssize)line.length);
    text += strcspn(text, "\n");
    if (*text) text++;
    before = line;
    if (!*text && text[-1] == '\n') g_string_append_c(out, '\n');
  }
  return arena_strndup(arena, out->str, out->len);
}

bool flowed_is_said(const char *content_type, bool *out_deletes_space) {
  g_autoptr(GString) plain = g_string_new(NULL);
  for (const char *at = content_type ? content_type : ""; *at; at++)
    if (!g_ascii_isspace(*at) && *at != '"') g_string_append_c(plain, g_ascii_tolower(*at));
  *out_deletes_space = strstr(plain->str, ";delsp=yes") != NULL;
  return strstr(plain->str, ";format=flowed") != NULL;
}
