// Made by tmplc from space.html.
#pragma once

#include "base/words.h"
void render_space(GString *out, const char *text, bool is_on);
