// Charset: bytes of an uncertain charset to UTF-8. Never fails; says in a sentence when the label was not right.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

#include <stdbool.h>

// Valid UTF-8 without NUL, controls but tab and newline dropped, \r\n as \n. `label` is what the mail says, NULL when it says
// nothing. `*out_problem` (may be NULL) becomes a clause without a full stop ("says charset \"foo\", which nobody knows; read as
// UTF-8") or stays as it was.
const char *charset_decode(Arena *arena, Bytes raw, const char *label, const char **out_problem);

// The charset that decodes everything `label` names and what mail programs mean by it ("gb2312" → "GB18030"); NULL when unknown.
const char *charset_superset(const char *label);
bool charset_is_known(const char *label);
