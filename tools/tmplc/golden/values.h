// Made by tmplc from values.html.
#pragma once

#include "base/words.h"
#line 1 "values.html"
#include "base/clock.h"
#line 2 "values.html"
#include <stdint.h>
void render_values(GString *out, const char *text, int64_t number, Url url, Html body);
