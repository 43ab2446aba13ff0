// What parse.c and declaration.c share: the state while one file is read.
#pragma once

#include "sqlgen.h"

typedef struct Parser {
  Arena *arena;
  Scanner scanner;
  Source *source;
  GString *note; // the comment lines read since the last blank line
} Parser;

// Reads `name(parameter: type, …) -> result` into the statement, whose line is set.
bool declaration_parse(Parser *parser, const char *text, Statement *statement, GError **error);
