// Charset: bytes of an uncertain charset to UTF-8. Never fails; says in a sentence when the label was not right.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

// Valid UTF-8 without NUL, controls but tab and newline dropped, \r\n as \n. `label` is what the mail says, NULL when it says
// nothing. `*out_problem` (may be NULL) becomes a clause without a full stop ("says charset \"foo\", which nobody knows; read as
// UTF-8") or stays as it was.
const char *charset_decode(Arena *arena, Bytes raw, const char *label, const char **out_problem);

// The charset that bytes above ASCII seem to be in, which are known not to be UTF-8; NULL when they are too few to tell, or look
// Western.
const char *charset_guess(Bytes raw);
