// The secret to sign in with, when a program has to be asked for it. Private to this folder.
#pragma once

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>

// Runs `command` without a shell and gives the first line of its output. It has `span` and a line of at most 16 KB; then it is ended,
// with what it started. ERROR_UNAVAILABLE says what went wrong, without the output.
bool fetch_secret(Arena *arena, char *const *command, int64_t span, const char **out, GError **error);
