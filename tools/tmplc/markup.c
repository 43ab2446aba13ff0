// Following the HTML: a tokenizer for the strict part of HTML that templates are written in (every element closed, every value
// quoted), resumable between pieces. It stands in one of three places: in content, in a tag between attributes, or in a quoted
// value; names and comments must lie within one piece. Each scan_ function takes what belongs to its place from the cursor.
// Cleaning white space happens on the way. What is allowed and refused stands in markup_rules.c.
#include "markup.h"

#include "markup_rules.h"

#include <string.h>

typedef struct Cursor {
  const char *at, *end;
  Place place; // of `at`
} Cursor;

static void step(Cursor *cursor, size_t size) {
  cursor->place = place_after(cursor->place, cursor->at, size);
  cursor->at += size;
}

static bool begins(const Cursor *cursor, const char *text) {
  size_t size = strlen(text);
  return (size_t)(cursor->end - cursor->at) >= size && g_ascii_strncasecmp(cursor->at, text, size) == 0;
}

static void copy(Cursor *cursor, size_t size, GString *out) {
  g_string_append_len(out, cursor->at, (gssize)size);
  step(cursor, size);
}

static size_t span_of(const Cursor *cursor, bool (*belongs)(char)) {
  size_t size = 0;
  while (cursor->at + size < cursor->end && belongs(cursor->at[size])) size++;
  return size;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
static bool is_element_name(char c) { return g_ascii_isalnum(c) || c == '-' || c == ':'; }
static bool is_attribute_name(char c) { return !is_blank(c) && !g_ascii_iscntrl(c) && !strchr("\"'<>/=", c); }

// Takes a name from the cursor; lower case unless it stands inside <svg>.
static const char *take_name(Markup *markup, Cursor *cursor, size_t size, bool keep_case) {
  char *name = arena_strndup(markup->arena, cursor->at, size);
  for (char *at = name; !keep_case && *at; at++) *at = g_ascii_tolower(*at);
  step(cursor, size);
  return name;
}

static bool is_text_only(const Element *element) { return element && !element->is_foreign && rules_is_text_only(element->name); }

// White space between tags: a run with a line break becomes one line break.
static void scan_blank(const Markup *markup, Cursor *cursor, GString *out) {
  size_t size = span_of(cursor, is_blank);
  bool keep = (markup->open && markup->open->is_verbatim) || !memchr(cursor->at, '\n', size);
  if (keep) {
    copy(cursor, size, out);
    return;
  }
  g_string_append_c(out, '\n');
  step(cursor, size);
}

static bool scan_comment(Cursor *cursor, GString *out, GError **error) {
  const char *end = g_strstr_len(cursor->at + 2, cursor->end - cursor->at - 2, "-->");
  if (!end)
    return place_refuse(cursor->place, error,
                        "this comment is not closed before the next tag or value, which cannot stand in it; use {# … #}");
  copy(cursor, (size_t)(end + 3 - cursor->at), out);
  return true;
}

static bool scan_doctype(Cursor *cursor, GString *out, GError **error) {
  const char *end = memchr(cursor->at, '>', (size_t)(cursor->end - cursor->at));
  if (!begins(cursor, "<!doctype ") || !end) return place_refuse(cursor->place, error, "only <!doctype html> may begin with <!");
  copy(cursor, (size_t)(end + 1 - cursor->at), out);
  return true;
}

// Where a browser would close an open element by itself, the tree is not what the template says.
static bool check_nesting(const Markup *markup, const char *name, Place place, GError **error) {
  for (const Element *outer = markup->open; outer && !outer->is_foreign; outer = outer->around) {
    if (rules_closes(outer->name, name))
      return place_refuse(place, error, "<%s> cannot stand inside the <%s> of line %d: a browser would close that first", name,
                          outer->name, outer->place.line);
    if (rules_shields(outer->name)) break;
  }
  return true;
}

static bool is_foreign_inside(const Element *around) {
  return around && around->is_foreign && g_ascii_strcasecmp(around->name, "foreignObject") != 0;
}

static bool scan_open_tag(Markup *markup, Cursor *cursor, GString *out, GError **error) {
  Place place = cursor->place;
  step(cursor, 1);
  bool is_inside = is_foreign_inside(markup->open);
  const char *name = take_name(markup, cursor, span_of(cursor, is_element_name), is_inside);
  const char *why = rules_refuse_element(name);
  if (why) return place_refuse(place, error, "<%s> is refused: %s", name, why);
  if (is_inside && rules_leaves_picture(name))
    return place_refuse(place, error, "<%s> cannot stand inside <svg> or <math>", name);
  if (!is_inside && !check_nesting(markup, name, place, error)) return false;
  bool is_root = strcmp(name, "svg") == 0 || strcmp(name, "math") == 0;
  bool is_verbatim = (markup->open && markup->open->is_verbatim) || strcmp(name, "pre") == 0 || strcmp(name, "textarea") == 0;
  Element *element = arena_make(markup->arena, Element);
  bool is_kept = is_verbatim || (markup->open && markup->open->is_kept) || rules_keeps(name);
  *element = (Element){name, place, markup->open, is_inside || is_root, is_verbatim, is_kept, false};
  markup->tag = element;
  markup->attributes = NULL;
  markup->where = IN_TAG;
  markup->is_spaced = false;
  g_string_append_printf(out, "<%s", name);
  return true;
}

static bool scan_close_tag(Markup *markup, Cursor *cursor, GString *out, GError **error) {
  Place place = cursor->place;
  step(cursor, 2);
  const char *name = take_name(markup, cursor, span_of(cursor, is_element_name), markup->open && markup->open->is_foreign);
  step(cursor, span_of(cursor, is_blank));
  if (!begins(cursor, ">")) return place_refuse(place, error, "</%s must end with >", name);
  step(cursor, 1);
  const Element *open = markup->open;
  if (rules_is_void(name) && !(open && open->is_foreign)) return place_refuse(place, error, "<%s> has no end tag", name);
  if (!open) return place_refuse(place, error, "</%s> closes nothing", name);
  if (open == markup->floor)
    return place_refuse(place, error, "</%s> would close an element that was opened outside of this block", name);
  if (strcmp(open->name, name) != 0)
    return place_refuse(place, error, "</%s> crosses <%s>, which is open since line %d", name, open->name, open->place.line);
  markup->open = open->around;
  g_string_append_printf(out, "</%s>", name);
  return true;
}

// Text that is not to be parsed as tags: the content of textarea, title, script.
static bool scan_text_only(Markup *markup, Cursor *cursor, GString *out, GError **error) {
  const char *name = markup->open->name;
  if (begins(cursor, "</")) return scan_close_tag(markup, cursor, out, error);
  if (*cursor->at == '<') return place_refuse(cursor->place, error, "tags have no meaning inside <%s>; write &lt;", name);
  if (is_blank(*cursor->at)) {
    scan_blank(markup, cursor, out);
    return true;
  }
  const char *why = rules_why_empty(name);
  if (why) return place_refuse(cursor->place, error, "<%s> must be empty: %s", name, why);
  copy(cursor, 1, out);
  return true;
}

static bool scan_content(Markup *markup, Cursor *cursor, GString *out, GError **error) {
  if (is_text_only(markup->open)) return scan_text_only(markup, cursor, out, error);
  if (is_blank(*cursor->at)) {
    scan_blank(markup, cursor, out);
    return true;
  }
  if (*cursor->at != '<') {
    copy(cursor, 1, out);
    return true;
  }
  if (begins(cursor, "<!--")) return scan_comment(cursor, out, error);
  if (begins(cursor, "<!")) return scan_doctype(cursor, out, error);
  if (begins(cursor, "</")) return scan_close_tag(markup, cursor, out, error);
  if (cursor->at + 1 < cursor->end && g_ascii_isalpha(cursor->at[1])) return scan_open_tag(markup, cursor, out, error);
  return place_refuse(cursor->place, error, "'<' begins no tag; write &lt;");
}

// The > or /> of a start tag. A browser drops one line break after <pre> and <textarea>, so they get one to drop.
static bool end_tag(Markup *markup, Cursor *cursor, bool is_self_closed, GString *out, GError **error) {
  const Element *element = markup->tag;
  bool is_void = !element->is_foreign && rules_is_void(element->name);
  if (is_self_closed && !is_void && !element->is_foreign)
    return place_refuse(element->place, error, "<%s/> would stay open in a browser; write <%s></%s>", element->name,
                        element->name, element->name);
  step(cursor, is_self_closed ? 2 : 1);
  g_string_append(out, is_self_closed && element->is_foreign ? "/>" : ">");
  markup->where = IN_CONTENT;
  if (!is_void && !is_self_closed) markup->open = element;
  bool drops_line = strcmp(element->name, "pre") == 0 || strcmp(element->name, "textarea") == 0;
  if (drops_line && !element->is_foreign && !begins(cursor, "\n")) g_string_append_c(out, '\n');
  return true;
}

static bool add_attribute(Markup *markup, const char *name, Place place, GError **error) {
  const char *why = rules_refuse_attribute(name);
  if (why) return place_refuse(place, error, "%s= is refused: %s", name, why);
  for (const Attribute *other = markup->attributes; other; other = other->before)
    if (g_ascii_strcasecmp(other->name, name) == 0)
      return place_refuse(place, error, "<%s> has two attributes %s", markup->tag->name, name);
  Attribute *attribute = arena_make(markup->arena, Attribute);
  *attribute = (Attribute){name, place, rules_is_address(name), markup->attributes};
  markup->attributes = attribute;
  if (strcmp(name, "translate") == 0) markup->tag->is_kept = markup->tag->is_marked = true;
  return true;
}

static bool scan_attribute(Markup *markup, Cursor *cursor, GString *out, GError **error) {
  Place place = cursor->place;
  size_t size = span_of(cursor, is_attribute_name);
  if (!size) return place_refuse(place, error, "'%c' cannot stand inside <%s>", *cursor->at, markup->tag->name);
  if (!markup->is_spaced) return place_refuse(place, error, "a space is missing before this attribute");
  const char *name = take_name(markup, cursor, size, markup->tag->is_foreign);
  if (!add_attribute(markup, name, place, error)) return false;
  g_string_append(out, name);
  markup->is_spaced = false;
  Cursor ahead = *cursor;
  step(&ahead, span_of(&ahead, is_blank));
  if (!begins(&ahead, "=")) return true;
  step(&ahead, 1);
  step(&ahead, span_of(&ahead, is_blank));
  if (!begins(&ahead, "\"") && !begins(&ahead, "'"))
    return place_refuse(ahead.place, error, "the value of %s needs quotes", name);
  markup->quote = *ahead.at;
  step(&ahead, 1);
  *cursor = ahead;
  markup->where = IN_VALUE;
  markup->may_begin = markup->surely_begins = true;
  g_string_append_printf(out, "=%c", markup->quote);
  return true;
}

static bool scan_tag(Markup *markup, Cursor *cursor, GString *out, GError **error) {
  size_t blank = span_of(cursor, is_blank);
  if (blank) {
    step(cursor, blank);
    bool is_over = begins(cursor, ">") || begins(cursor, "/>");
    if (!is_over && !markup->is_spaced) g_string_append_c(out, ' ');
    markup->is_spaced = true;
    return true;
  }
  if (begins(cursor, ">")) return end_tag(markup, cursor, false, out, error);
  if (begins(cursor, "/>")) return end_tag(markup, cursor, true, out, error);
  return scan_attribute(markup, cursor, out, error);
}

static bool scan_value(Markup *markup, Cursor *cursor, GString *out, GError **error) {
  const char *quote = memchr(cursor->at, markup->quote, (size_t)(cursor->end - cursor->at));
  size_t size = (size_t)((quote ? quote : cursor->end) - cursor->at);
  const Attribute *attribute = markup->attributes;
  if (size && attribute->is_address && markup->may_begin) {
    if (!rules_address_is_harmless(arena_strndup(markup->arena, cursor->at, size)))
      return place_refuse(cursor->place, error,
                          "%s may not begin like this: only relative, http, https, mailto, tel and cid addresses",
                          attribute->name);
  }
  if (size) {
    bool begins_next = g_str_has_suffix(attribute->name, "srcset") && cursor->at[size - 1] == ' ' &&
                       memchr(cursor->at, ',', size);
    markup->may_begin = markup->surely_begins = begins_next; // srcset is a list of addresses
  }
  copy(cursor, size, out);
  if (!quote) return true;
  copy(cursor, 1, out);
  markup->where = IN_TAG;
  markup->is_spaced = false;
  return true;
}

bool markup_step(Markup *markup, const char **text, size_t *size, Place *place, GString *out, GError **error) {
  Cursor cursor = {*text, *text + *size, *place};
  bool is_fine = markup->where == IN_CONTENT ? scan_content(markup, &cursor, out, error)
                 : markup->where == IN_TAG   ? scan_tag(markup, &cursor, out, error)
                                             : scan_value(markup, &cursor, out, error);
  *size -= (size_t)(cursor.at - *text);
  *text = cursor.at;
  *place = cursor.place;
  return is_fine;
}

bool markup_value(Markup *markup, Place place, PutHow *out_how, GError **error) {
  if (markup->where == IN_TAG)
    return place_refuse(place, error, "a value cannot stand between the attributes of <%s>", markup->tag->name);
  if (markup->where == IN_CONTENT) {
    const char *why = markup->open && is_text_only(markup->open) ? rules_why_empty(markup->open->name) : NULL;
    if (why) return place_refuse(place, error, "<%s> must be empty: %s", markup->open->name, why);
    *out_how = is_text_only(markup->open) ? PUT_TEXT_ONLY : PUT_CONTENT;
    return true;
  }
  if (!markup->attributes->is_address) {
    *out_how = PUT_TEXT_ONLY;
    return true;
  }
  if (markup->may_begin != markup->surely_begins)
    return place_refuse(place, error,
                        "whether this value begins the address depends on a condition; write the whole address in each branch");
  *out_how = markup->may_begin ? PUT_ADDRESS : PUT_ADDRESS_PART;
  markup->may_begin = markup->surely_begins = false;
  return true;
}

bool markup_expect_content(const Markup *markup, Place place, const char *what, GError **error) {
  if (markup->where != IN_CONTENT)
    return place_refuse(place, error, "%s cannot stand inside the tag of <%s>", what, markup->tag->name);
  if (is_text_only(markup->open)) return place_refuse(place, error, "%s cannot stand inside <%s>", what, markup->open->name);
  return true;
}

// The attributes of both branches, so that one that either has cannot be given again.
static const Attribute *all_attributes(Arena *arena, const Attribute *start, const Attribute *one, const Attribute *other) {
  for (; other != start; other = other->before) {
    Attribute *both = arena_make(arena, Attribute);
    *both = *other;
    both->before = one;
    one = both;
  }
  return one;
}

static const char *difference(const Markup *start, const Markup *end) {
  if (start->where == IN_VALUE) return "it ends the value around it";
  if (end->where == IN_VALUE) return "a value is still open";
  return start->where == IN_TAG ? "it ends the tag around it" : "a tag is still open";
}

bool markup_join(const Markup *start, const Markup *end, Place place, Markup *joined, GError **error) {
  if (start->where == IN_CONTENT && end->open != start->open && end->open)
    return place_refuse(end->open->place, error, "<%s> is not closed in its block, which ends in line %d", end->open->name,
                        place.line);
  bool same_tag = start->where == IN_CONTENT || end->tag == start->tag;
  bool same_value = start->where != IN_VALUE || end->attributes == start->attributes;
  if (end->where != start->where || !same_tag || !same_value)
    return place_refuse(place, error, "this block does not end where it began: %s", difference(start, end));
  joined->is_spaced = joined->is_spaced && end->is_spaced;
  joined->may_begin = joined->may_begin || end->may_begin;
  joined->surely_begins = joined->surely_begins && end->surely_begins;
  if (start->where == IN_TAG)
    joined->attributes = all_attributes(start->arena, start->attributes, joined->attributes, end->attributes);
  return true;
}

bool markup_finish(const Markup *markup, GError **error) {
  if (markup->where == IN_VALUE)
    return place_refuse(markup->attributes->place, error, "the value of %s is not closed", markup->attributes->name);
  if (markup->where == IN_TAG)
    return place_refuse(markup->tag->place, error, "the tag <%s is not closed with >", markup->tag->name);
  if (markup->open) return place_refuse(markup->open->place, error, "<%s> is not closed", markup->open->name);
  return true;
}
