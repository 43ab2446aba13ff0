// Made by tmplc from words.html.
#pragma once

#include "base/words.h"
#line 2 "words.html"
#include "base/list.h"
void render_words(GString *out, const char *name, int64_t count, bool is_late, Url where);
