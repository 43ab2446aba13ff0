// Evidence: the spans of a reading as compact lines, "start end label weight", because a page shows many and parses none of the rest.
#pragma once

#include "insight/insight.h"

const char *evidence_write(Arena *arena, const SpanList *spans);
// Skips lines that are not such; offsets are checked against `length`, the size of the text they point into.
void evidence_read(Arena *arena, const char *lines, size_t length, SpanList *out);
