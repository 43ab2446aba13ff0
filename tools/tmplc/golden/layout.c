// Made by tmplc from layout.html.
#include "layout.html.h"

#include "base/list.h"

#line 2 "layout.html"
void render_part(GString *out, int64_t number) {
  html_literal(out, "<i>", 3);
#line 2 "layout.html"
  words_put(out, (number));
  html_literal(out, "</i>", 4);
}

#line 4 "layout.html"
void render_frame_open(GString *out, const char *title) {
  html_literal(out, "<!doctype html>\n"
    "<html lang=\"en\">\n"
    "<head><title>", 46);
#line 7 "layout.html"
  words_put_attribute(out, (title));
  html_literal(out, "</title></head>\n"
    "<body>\n"
    "<main>\n", 30);
}

#line 4 "layout.html"
void render_frame_close(GString *out, const char *title) {
  html_literal(out, "\n"
    "</main>\n"
    "</body>\n"
    "</html>", 24);
}

#line 16 "layout.html"
void render_nothing(GString *out) {
}

#line 18 "layout.html"
void render_page(GString *out, const char *name) {
#line 19 "layout.html"
  render_frame_open(out, "All of them");
  html_literal(out, "<h1>", 4);
#line 20 "layout.html"
  words_put(out, (name));
  html_literal(out, "</h1>\n", 6);
#line 21 "layout.html"
  render_part(out, 1);
  html_literal(out, " ", 1);
#line 21 "layout.html"
  render_part(out, 2);
  html_literal(out, "\n", 1);
#line 22 "layout.html"
  render_nothing(out);
  html_literal(out, "\n", 1);
#line 19 "layout.html"
  render_frame_close(out, "All of them");
}
