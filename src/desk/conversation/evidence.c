// Weights are kept in thousandths. Labels are words without spaces.
#include "desk/conversation/evidence.h"

#include <stdlib.h>

const char *evidence_write(Arena *arena, const SpanList *spans) {
  g_autoptr(GString) lines = g_string_new(NULL);
  list_each(const Span, span, spans)
    g_string_append_printf(lines, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %d\n", span->start, span->end, span->label,
                           (int)(span->weight * 1000 + 0.5));
  return arena_strndup(arena, lines->str, lines->len);
}

void evidence_read(Arena *arena, const char *lines, size_t length, SpanList *out) {
  for (const char *at = lines; at && *at;) {
    const char *end_of_line = strchrnul(at, '\n');
    char *next;
    int64_t start = g_ascii_strtoll(at, &next, 10), end = g_ascii_strtoll(next, &next, 10);
    if (*next == ' ') next++;
    size_t label = strcspn(next, " \n");
    int64_t weight = g_ascii_strtoll(next + label, NULL, 10);
    if (next < end_of_line && label > 0 && start >= 0 && start < end && (uint64_t)end <= length)
      *list_add(arena, out) = (Span){start, end, arena_strndup(arena, next, label), (double)weight / 1000};
    at = *end_of_line ? end_of_line + 1 : end_of_line;
  }
}
