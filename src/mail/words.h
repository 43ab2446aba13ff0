// Words: encoded words in headers (RFC 2047) to UTF-8, as lenient as mail programs need them to be.
#pragma once

#include "base/arena.h"
#include "base/list.h"

#include <stddef.h>

// Decodes a header value (unfolded, without NUL; other bytes may be anything). Adjacent words of one charset are joined before
// they are decoded, so a character split between two words is whole again. What is wrong is added to `problems` (may be NULL)
// as sentences about `where` ("The subject"). Plain 8-bit bytes that are not UTF-8 are read as `hint` (the charset of the mail's
// text; may be NULL). Linear in the length.
const char *words_decode(Arena *arena, const char *value, const char *hint, const char *where, TextList *problems);

// The length of the encoded word that begins at `at`, 0 when none does.
size_t words_length(const char *at);
