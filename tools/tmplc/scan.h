// Scanning: a template is a row of pieces: text, {{ values }}, {% tags %} and {# comments #}.
#pragma once

#include "base/arena.h"
#include "place.h"

typedef enum PieceKind { PIECE_TEXT, PIECE_VALUE, PIECE_TAG, PIECE_COMMENT, PIECE_END } PieceKind;

typedef struct Piece {
  PieceKind kind;
  const char *text; // what stands inside the braces, trimmed, line breaks made spaces; for text as it is
  size_t size;
  Place place;   // of `text`
  bool is_alone; // a tag or comment on lines where only white space, tags and comments stand
} Piece;

typedef struct Scanner {
  Arena *arena;
  const char *rest;
  Place place;
  bool line_is_bare; // so far only white space, tags and comments on this line
} Scanner;

Scanner scanner_of(Arena *arena, const char *file, const char *text); // text: valid UTF-8, terminated
bool scanner_next(Scanner *scanner, Piece *out, GError **error);

// Checks that `text` can stand as one C expression or parameter list: brackets balanced, strings ended, no statement, no comment.
bool scan_check_code(const char *text, Place place, GError **error);
