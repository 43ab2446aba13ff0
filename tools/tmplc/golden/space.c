// Made by tmplc from space.html.
#include "space.html.h"

#include "base/list.h"

#line 1 "space.html"
void render_space(GString *out, const char *text, bool is_on) {
  html_literal(out, "<p>", 3);
  words_write(out, "one two three", "one two three", 13);
  html_literal(out, "</p>\n"
    "<p class=\"a\" id='b'>  ", 27);
  words_write(out, "four", "four", 4);
  html_literal(out, " </p>\n"
    "<pre>\n"
    "  kept\n"
    "     as it is ", 33);
#line 12 "space.html"
  html_put(out, (text));
  html_literal(out, "\n"
    "  ", 3);
#line 13 "space.html"
  if (is_on) {
  html_literal(out, "\n"
    "  too\n"
    "  ", 9);
  }
  html_literal(out, "\n"
    "  </pre>\n"
    "<pre>\n"
    "first</pre>\n"
    "<textarea>\n"
    "  kept </textarea>\n"
    "<textarea>\n", 69);
#line 20 "space.html"
  html_put_attribute(out, (text));
  html_literal(out, "</textarea>\n"
    "<b>", 15);
  words_write(out, "x", "x", 1);
  html_literal(out, "</b><b>", 7);
  words_write(out, "y", "y", 1);
  html_literal(out, "</b>\n", 5);
#line 23 "space.html"
  words_put(out, (text));
  html_literal(out, " ", 1);
#line 23 "space.html"
  words_put(out, (text));
  html_literal(out, "\n", 1);
#line 24 "space.html"
  words_put(out, (text));
  html_literal(out, "\n"
    "<br> <input type=\"text\" disabled>\n"
    "<!-- stays -->", 49);
}
