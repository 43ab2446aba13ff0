// Made by tmplc from svg.html.
#pragma once

#include "base/words.h"
void render_svg(GString *out, double x, Url sprite, const char *name);
