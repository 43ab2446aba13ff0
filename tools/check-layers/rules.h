// The rules of the house, as tables, and the checks that apply them.
#pragma once

#include "source.h"

#include <stdbool.h>

typedef struct Finding {
  bool is_error; // else a warning, which does not fail the build
  const char *path;
  int line;
  const char *message;
} Finding;
LIST_DEFINE(Finding)

void rules_check_file(Arena *arena, const SourceFile *file, FindingList *out);
// Headers that include each other in a circle; each circle is reported once.
void rules_check_cycles(Arena *arena, const SourceFileList *files, FindingList *out);
