// Text: UTF-8 as it is after it has been made valid. Everything from outside goes through text_make_valid first; the other calls
// trust that it is valid and take NULL as "".
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

#include <stdbool.h>

// The character after the one that `text` points to, which must not be the end. (g_utf8_next_char casts const away.)
static inline const char *text_next(const char *text) { return text + g_utf8_skip[*(const unsigned char *)text]; }

// Valid UTF-8: invalid bytes become U+FFFD, NUL bytes and other C0 controls except \t \n are dropped, \r\n and \r become \n.
const char *text_make_valid(Arena *arena, Bytes raw);
// For comparing and searching: compatibility-normalised, case-folded, accents removed ("Straße" → "strasse").
const char *text_fold(Arena *arena, const char *text);
// All white space and control characters become single spaces; ends trimmed. For headers, subjects, names.
const char *text_one_line(Arena *arena, const char *text);
// At most `characters` characters, cut at a character boundary, "…" as the last when something was cut.
const char *text_clamp(Arena *arena, const char *text, size_t characters);
// White space at both ends removed.
const char *text_trim(Arena *arena, const char *text);
bool text_is_blank(const char *text); // NULL, "" or white space only
size_t text_length(const char *text); // characters, not bytes
// Lower-case ASCII hexadecimal of `bytes`.
const char *text_hex(Arena *arena, Bytes bytes);
