// The files named on the command line. A measuring tool without its data has nothing to do, so it ends there and then.
#include "insight/evaluate_file.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *file_text(Arena *arena, const char *path) {
  char *text = NULL;
  g_autoptr(GError) error = NULL;
  if (!g_file_get_contents(path, &text, NULL, &error)) {
    fprintf(stderr, "insight_evaluate: %s\n", error->message);
    exit(66);
  }
  return arena_take(arena, text);
}

char *next_line(char **rest) {
  char *line = *rest;
  if (!*line) return NULL;
  char *end = strchr(line, '\n');
  *rest = end ? end + 1 : line + strlen(line);
  if (end) *end = '\0';
  size_t size = strlen(line);
  if (size && line[size - 1] == '\r') line[size - 1] = '\0';
  return line;
}
