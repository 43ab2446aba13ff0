// Made by tmplc from layout.html.
#pragma once

#include "base/words.h"
void render_part(GString *out, int64_t number);
void render_frame_open(GString *out, const char *title);
void render_frame_close(GString *out, const char *title);
void render_nothing(GString *out);
void render_page(GString *out, const char *name);
