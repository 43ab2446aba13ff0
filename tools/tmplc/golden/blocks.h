// Made by tmplc from blocks.html.
#pragma once

#include "base/words.h"
void render_blocks(GString *out, const TextList *names, int64_t count, bool is_open, bool is_late, Url url);
