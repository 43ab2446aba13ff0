// Made by tmplc from expressions.html.
#pragma once

#include "base/words.h"
void render_expressions(GString *out, const TextList *names, int64_t count);
