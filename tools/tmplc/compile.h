// Compiling one template file to C.
#pragma once

#include "base/arena.h"
#include "base/error.h"

typedef struct Compiled {
  const char *source; // the .c file
  const char *header; // the .h file
  const char *words;  // the messages in it, as entries of a .po file
} Compiled;

// `file` is what messages and #line say, `name` what the header is called without ".h" ("conversation.html"). Fails with
// "file:line:column: what is wrong".
bool compile_template(Arena *arena, const char *file, const char *name, const char *text, Compiled *out, GError **error);
