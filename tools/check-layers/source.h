// What the checks need to know of a C file: its includes, its calls, how long it and its functions are.
#pragma once

#include "base/arena.h"
#include "base/list.h"

typedef struct Include {
  const char *path; // as written between the quotes; includes in angle brackets are not listed
  int line;
} Include;
LIST_DEFINE(Include)

typedef struct Call {
  const char *name;
  int line;
} Call;
LIST_DEFINE(Call)

typedef struct Function {
  const char *name;
  int line, lines;
} Function;
LIST_DEFINE(Function)

typedef struct SourceFile {
  const char *path; // from the project's root: "src/desk/complaint/offer.c"
  int lines;
  IncludeList includes;
  CallList calls;         // a name followed by "(", which is no member of a struct
  FunctionList functions; // with a body
} SourceFile;
LIST_DEFINE(SourceFile)

// Reads the text of one file; comments and strings count for nothing. Broken C gives odd results but never fails.
SourceFile source_read(Arena *arena, const char *path, const char *text);
