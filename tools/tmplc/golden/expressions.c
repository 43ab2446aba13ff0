// Made by tmplc from expressions.html.
#include "expressions.html.h"

#include "base/list.h"

#line 1 "expressions.html"
void render_expressions(GString *out, const TextList *names, int64_t count) {
  for (WordsParts parts_1 = words_parts("{1}{2} {3}{4} {5} {6} <7>quotes \"in\" text & 'such' > that? \"?\?=\" C:\\dir \303\251</7> { % not a tag % } {} {single}", "{1}{2} {3}{4} {5} {6} <7>quotes \"in\" text & 'such' > that? \"?\?=\" C:\\dir \303\251</7> { % not a tag % } {} {single}"); words_next(out, &parts_1);) switch (parts_1.number) {
  case 1: {
#line 2 "expressions.html"
  words_put(out, ("}}"));
  } break;
  case 2: {
#line 2 "expressions.html"
  words_put(out, (count > 1 ? "many \"%}\" \\" : "one"));
  } break;
  case 3: {
#line 3 "expressions.html"
  words_put(out, (((const char *[]){"a", "b"})[count & 1]));
  } break;
  case 4: {
#line 3 "expressions.html"
  words_put(out, ((Html){"<b>", 3}));
  } break;
  case 5: {
#line 4 "expressions.html"
  words_put(out, (names->count    ? names->items[0]    : ""));
  } break;
  case 6: {
#line 7 "expressions.html"
  if (count == '}' || names->count > (size_t)count) {
  words_write(out, "yes", "yes", 3);
  }
  } break;
  case 7:
  html_literal(out, "<i title=\"", 10);
#line 8 "expressions.html"
  words_put_attribute(out, ('"' == 34));
  html_literal(out, "\">", 2);
  break;
  case -7:
  html_literal(out, "</i>", 4);
  break;
  }
}
