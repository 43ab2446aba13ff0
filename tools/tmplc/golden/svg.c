// Made by tmplc from svg.html.
#include "svg.html.h"

#include "base/list.h"

#line 1 "svg.html"
void render_svg(GString *out, double x, Url sprite, const char *name) {
  html_literal(out, "<svg viewBox=\"0 0 ", 18);
#line 2 "svg.html"
  html_put_attribute(out, (x));
  html_literal(out, " 10\" class=\"icon\" aria-hidden=\"true\"><use href=\"", 48);
#line 2 "svg.html"
  html_put_address(out, (sprite));
  html_literal(out, "\"/><use xlink:href=\"", 20);
#line 2 "svg.html"
  html_put_address(out, (sprite));
  html_literal(out, "#", 1);
#line 2 "svg.html"
  html_put_url_part(out, (name));
  html_literal(out, "\"></use></svg>\n"
    "<svg><title>", 27);
#line 3 "svg.html"
  words_put(out, (name));
  html_literal(out, "</title><linearGradient id=\"g\"><stop offset=\"0\"/></linearGradient><path d=\"M0 0\n"
    "L", 81);
#line 4 "svg.html"
  html_put_attribute(out, (x));
  html_literal(out, " 1\"/><foreignObject><div>", 25);
#line 4 "svg.html"
  words_put(out, (name));
  html_literal(out, "<br></div></foreignObject><a href=\"", 35);
#line 4 "svg.html"
  html_put_address(out, (sprite));
  html_literal(out, "\"><text>", 8);
#line 4 "svg.html"
  words_put(out, (name));
  html_literal(out, "</text></a></svg>", 17);
}
