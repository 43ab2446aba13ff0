// Trimming: what only the authors of a script or a style sheet read stays out of the program.
#pragma once

#include "base/arena.h"

// A style sheet without its comments and the lines that they leave empty. A comment that is not closed goes on to the end.
const char *trim_style(Arena *arena, const char *text);
// A script without the lines on which nothing but a comment stands, and without empty ones. A line that begins with two slashes is
// taken for a comment wherever it stands, so no text that goes over several lines may have one that begins so. What stands behind
// code is left.
const char *trim_script(Arena *arena, const char *text);
