// Made by tmplc from blocks.html.
#include "blocks.html.h"

#include "base/list.h"

#line 1 "blocks.html"
void render_blocks(GString *out, const TextList *names, int64_t count, bool is_open, bool is_late, Url url) {
  html_literal(out, "<ul class=\"list", 15);
#line 2 "blocks.html"
  if (is_open) {
  html_literal(out, " open", 5);
  }
#line 2 "blocks.html"
  if (is_late) {
  html_literal(out, " late", 5);
#line 2 "blocks.html"
  } else {
  html_literal(out, " early", 6);
  }
  html_literal(out, "\" ", 2);
#line 2 "blocks.html"
  if (count > 1 && is_open) {
  html_literal(out, "hidden", 6);
  }
  html_literal(out, " id=\"a\">\n", 9);
#line 3 "blocks.html"
  list_each(const Text, name, names) {
  html_literal(out, "<li>\n", 5);
#line 5 "blocks.html"
  if (count == 0) {
  words_write(out, "none", "none", 4);
  html_literal(out, "\n", 1);
#line 7 "blocks.html"
  } else if (count == 1) {
  html_literal(out, "<b>", 3);
  words_write(out, "one", "one", 3);
  html_literal(out, "</b>\n", 5);
#line 9 "blocks.html"
  } else {
#line 10 "blocks.html"
  words_put(out, (*name));
  html_literal(out, "\n", 1);
  }
  html_literal(out, "</li>\n", 6);
  }
  html_literal(out, "</ul>\n"
    "<option value=\"1\" ", 24);
#line 15 "blocks.html"
  if (is_open) {
  html_literal(out, "selected", 8);
#line 15 "blocks.html"
  } else {
  html_literal(out, "disabled", 8);
  }
  html_literal(out, ">", 1);
  words_write(out, "x", "x", 1);
  html_literal(out, "</option>\n"
    "<a href=\"", 19);
#line 16 "blocks.html"
  if (is_open) {
#line 16 "blocks.html"
  html_put_address(out, (url));
#line 16 "blocks.html"
  } else {
  html_literal(out, "/closed", 7);
  }
  html_literal(out, "\">", 2);
  words_write(out, "y", "y", 1);
  html_literal(out, "</a>\n"
    "<a ", 8);
#line 17 "blocks.html"
  if (is_open) {
  html_literal(out, "href=\"/a\"", 9);
#line 17 "blocks.html"
  } else if (is_late) {
  html_literal(out, "href=\"/b\" rel=\"next\"", 20);
#line 17 "blocks.html"
  } else {
  html_literal(out, "href=\"/c\"", 9);
  }
  html_literal(out, " id=\"z\">", 8);
  words_write(out, "z", "z", 1);
  html_literal(out, "</a>\n"
    "<p class=\"", 15);
#line 18 "blocks.html"
  list_each(const Text, name, names) {
  html_literal(out, "tag-", 4);
#line 18 "blocks.html"
  html_put_attribute(out, (*name));
  html_literal(out, " ", 1);
  }
  html_literal(out, "\">", 2);
  words_write(out, "joined", "joined", 6);
  html_literal(out, "</p>\n", 5);
#line 19 "blocks.html"
  if (is_open) {
#line 19 "blocks.html"
  if (is_late) {
  words_write(out, "both", "both", 4);
  }
  }
}
