// Files that insight_evaluate measures with: read whole, taken apart by lines.
#pragma once

#include "base/arena.h"

char *file_text(Arena *arena, const char *path); // ends the program with a message when it cannot be read (66, EX_NOINPUT)
char *next_line(char **rest);                    // cuts the next line off, without its end; NULL when there is none
