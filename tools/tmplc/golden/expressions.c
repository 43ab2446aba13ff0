// Made by tmplc from expressions.html.
#include "expressions.html.h"

#include "base/list.h"

#line 1 "expressions.html"
void render_expressions(GString *out, const TextList *names, int64_t count) {
#line 2 "expressions.html"
  html_put(out, ("}}"));
#line 2 "expressions.html"
  html_put(out, (count > 1 ? "many \"%}\" \\" : "one"));
  html_literal(out, "\n", 1);
#line 3 "expressions.html"
  html_put(out, (((const char *[]){"a", "b"})[count & 1]));
#line 3 "expressions.html"
  html_put(out, ((Html){"<b>", 3}));
  html_literal(out, "\n", 1);
#line 4 "expressions.html"
  html_put(out, (names->count    ? names->items[0]    : ""));
  html_literal(out, "\n", 1);
#line 7 "expressions.html"
  if (count == '}' || names->count > (size_t)count) {
  html_literal(out, "yes", 3);
  }
  html_literal(out, "\n"
    "<i title=\"", 11);
#line 8 "expressions.html"
  html_put_attribute(out, ('"' == 34));
  html_literal(out, "\">quotes \"in\" text & 'such' > that? \"?\?=\" C:\\dir \303\251</i>\n"
    "{ % not a tag % } {} {single}", 85);
}
