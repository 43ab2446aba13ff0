// Made by tmplc from values.html.
#include "values.html.h"

#include "base/list.h"

#line 4 "values.html"
void render_values(GString *out, const char *text, int64_t number, Url url, Html body) {
  html_literal(out, "<h1 title=\"", 11);
#line 5 "values.html"
  words_put_attribute(out, (text));
  html_literal(out, "\" data-number='", 15);
#line 5 "values.html"
  html_put_attribute(out, (number));
  html_literal(out, "'>", 2);
  for (WordsParts parts_1 = words_parts("{1} and {2}", "{1} and {2}"); words_next(out, &parts_1);) switch (parts_1.number) {
  case 1: {
#line 5 "values.html"
  words_put(out, (text));
  } break;
  case 2: {
#line 5 "values.html"
  words_put(out, (body));
  } break;
  }
  html_literal(out, "</h1>\n"
    "<a href=\"", 15);
#line 6 "values.html"
  html_put_address(out, (url));
  html_literal(out, "\">", 2);
  words_write(out, "whole", "whole", 5);
  html_literal(out, "</a>\n"
    "<a href=\"", 14);
#line 7 "values.html"
  html_put_address(out, (url));
  html_literal(out, "?page=", 6);
#line 7 "values.html"
  html_put_url_part(out, (number));
  html_literal(out, "#", 1);
#line 7 "values.html"
  html_put_url_part(out, (text));
  html_literal(out, "\">", 2);
  words_write(out, "whole and parts", "whole and parts", 15);
  html_literal(out, "</a>\n"
    "<a href=\"/conversations/", 29);
#line 8 "values.html"
  html_put_url_part(out, (number));
  html_literal(out, "?q=", 3);
#line 8 "values.html"
  html_put_url_part(out, (text));
  html_literal(out, "\">", 2);
  words_write(out, "parts", "parts", 5);
  html_literal(out, "</a>\n"
    "<form action=\"", 19);
#line 9 "values.html"
  html_put_address(out, (url));
  html_literal(out, "\" method=\"post\"><button formaction=\"/x/", 39);
#line 9 "values.html"
  html_put_url_part(out, (text));
  html_literal(out, "\">", 2);
  words_write(out, "go", "go", 2);
  html_literal(out, "</button></form>\n"
    "<img src=\"", 27);
#line 10 "values.html"
  html_put_address(out, (url));
  html_literal(out, "\" srcset=\"", 10);
#line 10 "values.html"
  html_put_address(out, (url));
  html_literal(out, " 1x, ", 5);
#line 10 "values.html"
  html_put_address(out, (url));
  html_literal(out, " 2x\" alt=\"\">\n"
    "<title>", 20);
#line 11 "values.html"
  words_put_attribute(out, (text));
  html_literal(out, "</title>\n"
    "<textarea name=\"reply\">\n", 33);
#line 12 "values.html"
  html_put_attribute(out, (text));
  html_literal(out, "</textarea>\n"
    "<script type=\"module\" src=\"", 39);
#line 13 "values.html"
  html_put_address(out, (url));
  html_literal(out, "\"></script>", 11);
}
