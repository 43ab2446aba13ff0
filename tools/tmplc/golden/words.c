// Made by tmplc from words.html.
#include "words.html.h"

#include "base/list.h"

#line 4 "words.html"
void render_words(GString *out, const char *name, int64_t count, bool is_late, Url where) {
  html_literal(out, "<h1>", 4);
  words_write(out, "A plain title", "A plain title", 13);
  html_literal(out, "</h1>\n"
    "<p>", 9);
  for (WordsParts parts_1 = words_parts("The customer {1} wrote {2} times, and <3>waits & waits</3>.", "The customer {1} wrote {2} times, and <3>waits &amp; waits</3>."); words_next(out, &parts_1);) switch (parts_1.number) {
  case 1: {
#line 6 "words.html"
  words_put(out, (name));
  } break;
  case 2: {
  html_literal(out, "<b>", 3);
#line 6 "words.html"
  words_put(out, (count));
  html_literal(out, "</b>", 4);
  } break;
  case 3:
  html_literal(out, "<a href=\"", 9);
#line 7 "words.html"
  html_put_address(out, (where));
  html_literal(out, "\" title=\"", 9);
  words_write(out, "Their page", "Their page", 10);
  html_literal(out, "\">", 2);
  break;
  case -3:
  html_literal(out, "</a>", 4);
  break;
  }
  html_literal(out, "</p>\n"
    "<p class=\"facts\"><span>", 28);
  words_write(out, "first of all", "first of all", 12);
  html_literal(out, "</span> <span>", 14);
#line 8 "words.html"
  words_put(out, (name));
  html_literal(out, "</span> <span>", 14);
  for (WordsParts parts_2 = words_parts("since {1}", "since {1}"); words_next(out, &parts_2);) switch (parts_2.number) {
  case 1: {
#line 8 "words.html"
  words_put(out, (count));
  } break;
  }
  html_literal(out, "</span></p>\n"
    "<p>", 15);
#line 9 "words.html"
  render_icon(out, "clock");
  words_write(out, "With an icon", "With an icon", 12);
#line 9 "words.html"
  if (is_late) {
  words_write(out, ", late", ", late", 6);
  }
  html_literal(out, "</p>\n"
    "<p>", 8);
  for (WordsParts parts_3 = words_parts("{1} may not go so far.", "{1} may not go so far."); words_next(out, &parts_3);) switch (parts_3.number) {
  case 1: {
#line 10 "words.html"
  if (is_late) {
  words_write(out, "You", "You", 3);
#line 10 "words.html"
  } else {
#line 10 "words.html"
  words_put(out, (name));
  }
  } break;
  }
  html_literal(out, "</p>\n"
    "<p>", 8);
  for (WordsParts parts_4 = words_parts("{1} in {2}", "{1} in {2}"); words_next(out, &parts_4);) switch (parts_4.number) {
  case 1: {
#line 11 "words.html"
  words_write_count(out, "one mail", "{} mails", (uint64_t)(count));
  } break;
  case 2: {
#line 11 "words.html"
  words_put(out, (name));
  } break;
  }
  html_literal(out, "</p>\n"
    "<p translate=\"no\">Rapport <b>Desk</b> ", 43);
#line 12 "words.html"
  html_put(out, (name));
  html_literal(out, "</p>\n"
    "<p>", 8);
  for (WordsParts parts_5 = words_parts("Write {1} in a terminal.", "Write {1} in a terminal."); words_next(out, &parts_5);) switch (parts_5.number) {
  case 1: {
  html_literal(out, "<code>rapport help</code>", 25);
  } break;
  }
  html_literal(out, "</p>\n"
    "<pre>\n"
    "kept as it is</pre>\n"
    "<input placeholder=\"", 51);
  words_write(out, "Part of a name", "Part of a name", 14);
  html_literal(out, "\" value=\"not said\" aria-label=\"", 31);
  for (WordsParts parts_6 = words_parts("Find {1}", "Find {1}"); words_next(out, &parts_6);) switch (parts_6.number) {
  case 1: {
#line 15 "words.html"
  words_put_attribute(out, (name));
  } break;
  }
  html_literal(out, "\" title=\"", 9);
#line 15 "words.html"
  words_put_attribute(out, (is_late ? "late" : "in time"));
  html_literal(out, "\">\n"
    "<a href=\"", 12);
#line 16 "words.html"
  html_put_address(out, (where));
  html_literal(out, "\"><div>", 7);
  words_write(out, "A block in a link", "A block in a link", 17);
  html_literal(out, "</div> ", 7);
  words_write(out, "and more", "and more", 8);
  html_literal(out, "</a>\n"
    "<p>1 \303\227 2</p>\n", 19);
#line 18 "words.html"
  render_key(out, "o", "open it");
  html_literal(out, "\n"
    "<textarea aria-label=\"", 23);
  words_write(out, "What to say", "What to say", 11);
  html_literal(out, "\">\n", 3);
#line 19 "words.html"
  html_put_attribute(out, (name));
  html_literal(out, "</textarea>", 11);
}
