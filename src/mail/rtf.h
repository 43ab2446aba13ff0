// RTF: the text of a mail as Outlook keeps it, made readable.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

// Compressed RTF (MS-OXRTFCP) as RTF; of size 0 when it is none. What was cut short is given as far as it goes.
Bytes rtf_decompress(Arena *arena, Bytes compressed);
// The text of an RTF document, valid UTF-8. `*out_html` becomes the HTML that Outlook made the RTF from (MS-OXRTFEX), NULL when it was
// not. Linear; never fails.
const char *rtf_read(Arena *arena, Bytes rtf, const char **out_html);
