// Format=flowed (RFC 3676): paragraphs that were cut into lines for old programs.
#pragma once

#include "base/arena.h"

#include <stdbool.h>

// Whether a Content-Type says format=flowed, and in *out_deletes_space whether it says delsp=yes. NULL is no.
bool flowed_is_said(const char *content_type, bool *out_deletes_space);
// `text` with its paragraphs whole again: a line that ends in a space goes on in the next one of the same quote depth. With
// `deletes_space` (DelSp=yes) that space is not part of the text. Linear.
const char *flowed_join(Arena *arena, const char *text, bool deletes_space);
