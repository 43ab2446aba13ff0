// HTML in two steps. First a tokeniser after the WHATWG rules writes the input anew: known elements with known attributes,
// balanced, of limited depth and number. Then libxml2 makes the tree. The first step exists because libxml2 alone can be made to
// work for minutes (end tags are looked for through all open elements, attributes compared with each other); it also means that
// what the two understand as a tag cannot differ.
//
// Nothing is trusted after this: the sanitiser decides about every element and attribute again, on the tree.
#include "mail/html_tree.h"

#include <string.h>

typedef struct Element {
  const char *name;
  bool is_void;
  const char *closes; // open elements that its start ends, " li "; NULL for none
  const char *within; // … but not beyond one of these
} Element;

#define BLOCK " p ", " table td th li dd div blockquote "
#define LIST_ITEM " li p ", " ul ol "
#define CELL " td th p ", " tr table "

static const Element elements[] = {
  {"a"},
  {"abbr"},
  {"acronym"},
  {"address", false, BLOCK},
  {"article", false, BLOCK},
  {"aside", false, BLOCK},
  {"b"},
  {"bdi"},
  {"bdo"},
  {"big"},
  {"blockquote", false, BLOCK},
  {"br", true},
  {"caption"},
  {"center", false, BLOCK},
  {"cite"},
  {"code"},
  {"col", true},
  {"colgroup"},
  {"dd", false, " dd dt p ", " dl "},
  {"del"},
  {"dfn"},
  {"dir", false, BLOCK},
  {"div", false, BLOCK},
  {"dl", false, BLOCK},
  {"dt", false, " dd dt p ", " dl "},
  {"em"},
  {"figcaption"},
  {"figure", false, BLOCK},
  {"font"},
  {"footer", false, BLOCK},
  {"h1", false, BLOCK},
  {"h2", false, BLOCK},
  {"h3", false, BLOCK},
  {"h4", false, BLOCK},
  {"h5", false, BLOCK},
  {"h6", false, BLOCK},
  {"header", false, BLOCK},
  {"hr", true, BLOCK},
  {"i"},
  {"img", true},
  {"ins"},
  {"kbd"},
  {"li", false, LIST_ITEM},
  {"main", false, BLOCK},
  {"mark"},
  {"nav", false, BLOCK},
  {"ol", false, BLOCK},
  {"p", false, BLOCK},
  {"pre", false, BLOCK},
  {"q"},
  {"s"},
  {"samp"},
  {"section", false, BLOCK},
  {"small"},
  {"span"},
  {"strike"},
  {"strong"},
  {"sub"},
  {"sup"},
  {"table", false, BLOCK},
  {"tbody", false, " tbody thead tfoot tr td th p caption colgroup ", " table "},
  {"td", false, CELL},
  {"tfoot", false, " tbody thead tfoot tr td th p caption colgroup ", " table "},
  {"th", false, CELL},
  {"thead", false, " tbody thead tfoot tr td th p caption colgroup ", " table "},
  {"time"},
  {"tr", false, " tr td th p caption colgroup ", " table "},
  {"tt"},
  {"u"},
  {"ul", false, BLOCK},
  {"var"},
  {"wbr", true},
};

static const char *const attributes[] = {
  "align",   "alt",   "background", "bgcolor", "border", "cellpadding", "cellspacing", "cite",     "class",   "color",
  "colspan", "dir",   "face",       "height",  "href",   "id",          "lang",        "reversed", "rowspan", "size",
  "src",     "start", "style",      "title",   "type",   "valign",      "value",       "width",
};

// Elements whose content is no text for people. It ends at their own end tag, whatever stands in between.
static const char *const hidden[] = {"script", "style", "title", "iframe", "noembed", "noframes"};

typedef struct Tokeniser {
  const char *at, *end;
  GString *out;
  const Element *stack[HTML_DEEPEST];
  int depth;
  int count;                               // elements written
  bool never_closed[G_N_ELEMENTS(hidden)]; // no end tag is left in the input
  bool is_cut;
} Tokeniser;

static int compare_element(const void *name, const void *element) { return strcmp(name, ((const Element *)element)->name); }

static const Element *find_element(const char *name) {
  return bsearch(name, elements, G_N_ELEMENTS(elements), sizeof *elements, compare_element);
}

static bool is_known_attribute(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++)
    if (strcmp(attributes[i], name) == 0) return true;
  return false;
}

bool html_list_has(const char *list, const char *name) {
  if (!list) return false;
  size_t length = strlen(name);
  for (const char *found = strstr(list, name); found; found = strstr(found + 1, name))
    if (found > list && found[-1] == ' ' && found[length] == ' ') return true;
  return false;
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

static void close_down_to(Tokeniser *tokens, int depth) {
  while (tokens->depth > depth) g_string_append_printf(tokens->out, "</%s>", tokens->stack[--tokens->depth]->name);
}

// What the start of `element` ends: the outermost of the elements it closes, inside the nearest one it may not leave.
static void close_implied(Tokeniser *tokens, const Element *element) {
  int down_to = tokens->depth;
  for (int i = tokens->depth - 1; i >= 0 && !html_list_has(element->within, tokens->stack[i]->name); i--)
    if (html_list_has(element->closes, tokens->stack[i]->name)) down_to = i;
  close_down_to(tokens, down_to);
}

static void end_element(Tokeniser *tokens, const char *name) {
  for (int i = tokens->depth - 1; i >= 0; i--) {
    if (strcmp(tokens->stack[i]->name, name) == 0) {
      close_down_to(tokens, i);
      return;
    }
    if (strcmp(tokens->stack[i]->name, "table") == 0) return; // a stray end tag does not break a table
  }
}

// What &#128; to &#159; mean: their authors thought of windows-1252, and browsers agree.
static gunichar control_meant(gunichar c) {
  static const guint16 meant[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
  return c >= 0x80 && c <= 0x9F ? meant[c - 0x80] : c;
}

// The character that the reference at `at` ("&eacute;", "&#233;", "&#xE9;") stands for, 0 when it is none.
static gunichar read_reference(const char *at, const char *end, const char **out_after) {
  char name[16];
  size_t length = 0;
  while (length + 1 < sizeof name && at + 1 + length < end &&
         (g_ascii_isalnum(at[1 + length]) || (at[1 + length] == '#' && !length))) {
    name[length] = at[1 + length];
    length++;
  }
  name[length] = '\0';
  const char *after = at + 1 + length;
  bool is_closed = after < end && *after == ';';
  *out_after = is_closed ? after + 1 : after;
  if (name[0] == '#') {
    bool is_hex = name[1] == 'x' || name[1] == 'X';
    guint64 code = g_ascii_strtoull(name + (is_hex ? 2 : 1), NULL, is_hex ? 16 : 10);
    gunichar c = control_meant(code > 0x10FFFF ? 0xFFFD : (gunichar)code);
    return g_unichar_validate(c) && (c >= ' ' || c == '\n' || c == '\t') ? c : length > 1 ? 0xFFFD : 0;
  }
  const htmlEntityDesc *known = is_closed || strcmp(name, "nbsp") == 0 ? htmlEntityLookup((const xmlChar *)name) : NULL;
  return known ? known->value : strcmp(name, "apos") == 0 && is_closed ? '\'' : 0;
}

// Writes text or a value so that it means the same anywhere: references decoded, what is markup escaped.
static void append_plain(GString *out, const char *from, const char *end) {
  while (from < end) {
    const char *after = from + 1;
    gunichar c = *from == '&' ? read_reference(from, end, &after) : 0;
    if (!c) after = from + 1;
    char written = c ? (c < 0x80 ? (char)c : '\0') : *from;
    if (written == '&')
      g_string_append(out, "&amp;");
    else if (written == '"')
      g_string_append(out, "&quot;");
    else if (written == '<')
      g_string_append(out, "&lt;");
    else if (written == '>')
      g_string_append(out, "&gt;");
    else if (written)
      g_string_append_c(out, written);
    else
      g_string_append_unichar(out, c);
    from = after;
  }
}

typedef struct Attribute {
  char name[16]; // lower case; "" when longer
  const char *value, *value_end;
} Attribute;

static void copy_name(char *out, size_t room, const char *from, const char *end) {
  size_t length = (size_t)(end - from);
  if (length >= room) length = 0;
  for (size_t i = 0; i < length; i++) out[i] = g_ascii_tolower(from[i]);
  out[length] = '\0';
}

// Reads one attribute; false at the end of the tag, which is consumed, or of the input.
static bool read_attribute(Tokeniser *tokens, Attribute *out) {
  const char *at = tokens->at, *end = tokens->end;
  while (at < end && (is_space(*at) || *at == '/')) at++;
  tokens->at = at < end && *at == '>' ? at + 1 : at;
  if (at == end || *at == '>') return false;
  const char *name = at++;
  while (at < end && !is_space(*at) && *at != '/' && *at != '>' && *at != '=') at++;
  copy_name(out->name, sizeof out->name, name, at);
  while (at < end && is_space(*at)) at++;
  out->value = out->value_end = at;
  if (at < end && *at == '=') {
    at++;
    while (at < end && is_space(*at)) at++;
    char quote = at < end && (*at == '"' || *at == '\'') ? *at++ : '\0';
    out->value = at;
    while (at < end && (quote ? *at != quote : !is_space(*at) && *at != '>')) at++;
    out->value_end = at;
    if (quote && at < end) at++;
  }
  tokens->at = at;
  return true;
}

static bool is_among(char (*names)[16], int count, const char *name) {
  for (int i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0) return true;
  return false;
}

// Reads the attributes to the end of the tag and writes those that are known, each once.
static void write_attributes(Tokeniser *tokens) {
  char written[HTML_ATTRIBUTES_MOST][16];
  int count = 0;
  Attribute attribute;
  while (read_attribute(tokens, &attribute)) {
    if (count == HTML_ATTRIBUTES_MOST || !is_known_attribute(attribute.name) || is_among(written, count, attribute.name))
      continue;
    g_strlcpy(written[count++], attribute.name, sizeof written[0]);
    g_string_append_printf(tokens->out, " %s=\"", attribute.name);
    append_plain(tokens->out, attribute.value, attribute.value_end);
    g_string_append_c(tokens->out, '"');
  }
}

static void skip_tag(Tokeniser *tokens) {
  Attribute ignored;
  while (read_attribute(tokens, &ignored)) continue;
}

static void start_element(Tokeniser *tokens, const Element *element) {
  close_implied(tokens, element);
  bool has_room = tokens->count < HTML_ELEMENTS_MOST && (element->is_void || tokens->depth < HTML_DEEPEST);
  if (!has_room) {
    tokens->is_cut = true;
    skip_tag(tokens);
    return;
  }
  g_string_append_printf(tokens->out, "<%s", element->name);
  write_attributes(tokens);
  g_string_append_c(tokens->out, '>');
  tokens->count++;
  if (!element->is_void) tokens->stack[tokens->depth++] = element;
}

// Passes over the content of script, style and the like. Without an end tag only the start tag is dropped.
static void skip_hidden(Tokeniser *tokens, size_t which) {
  size_t length = strlen(hidden[which]);
  if (tokens->never_closed[which]) return;
  for (const char *at = tokens->at; (at = memmem(at, (size_t)(tokens->end - at), "</", 2)) != NULL; at += 2) {
    size_t left = (size_t)(tokens->end - at);
    if (left < length + 3 || g_ascii_strncasecmp(at + 2, hidden[which], length) != 0) continue;
    if (!is_space(at[length + 2]) && at[length + 2] != '>' && at[length + 2] != '/') continue;
    tokens->at = at + 2 + length;
    skip_tag(tokens);
    return;
  }
  tokens->never_closed[which] = true;
}

static void read_start_tag(Tokeniser *tokens) {
  const char *name = ++tokens->at;
  while (tokens->at < tokens->end && !is_space(*tokens->at) && *tokens->at != '/' && *tokens->at != '>') tokens->at++;
  char lower[16];
  copy_name(lower, sizeof lower, name, tokens->at);
  const Element *element = find_element(lower);
  if (element) {
    start_element(tokens, element);
    return;
  }
  skip_tag(tokens);
  for (size_t i = 0; i < G_N_ELEMENTS(hidden); i++)
    if (strcmp(hidden[i], lower) == 0) skip_hidden(tokens, i);
}

static void read_end_tag(Tokeniser *tokens) {
  const char *name = tokens->at += 2;
  while (tokens->at < tokens->end && !is_space(*tokens->at) && *tokens->at != '/' && *tokens->at != '>') tokens->at++;
  char lower[16];
  copy_name(lower, sizeof lower, name, tokens->at);
  skip_tag(tokens);
  if (strcmp(lower, "br") == 0) g_string_append(tokens->out, "<br>"); // as browsers do
  end_element(tokens, lower);
}

// Passes over "<!-- … -->", "<!doctype …>", "<?…>" and "</ …>".
static void skip_markup(Tokeniser *tokens) {
  size_t left = (size_t)(tokens->end - tokens->at);
  bool is_comment = left >= 4 && memcmp(tokens->at, "<!--", 4) == 0;
  const char *close;
  if (!is_comment) {
    close = memchr(tokens->at, '>', left);
    tokens->at = close ? close + 1 : tokens->end;
    return;
  }
  const char *body = tokens->at + 4;
  if (body < tokens->end && *body == '>') {
    tokens->at = body + 1;
    return;
  }
  close = memmem(body - 2, (size_t)(tokens->end - body + 2), "-->", 3); // "<!--->" is a whole comment
  const char *until = close ? close : tokens->end;
  const char *bang = until > body ? memmem(body, (size_t)(until - body), "--!>", 4) : NULL;
  if (bang) close = bang + 1;
  tokens->at = close ? close + 3 : tokens->end;
}

static void write_balanced(Tokeniser *tokens) {
  while (tokens->at < tokens->end) {
    const char *tag = memchr(tokens->at, '<', (size_t)(tokens->end - tokens->at));
    const char *text_end = tag ? tag : tokens->end;
    append_plain(tokens->out, tokens->at, text_end);
    tokens->at = text_end;
    char next = tokens->end - text_end > 1 ? text_end[1] : '\0';
    char after = tokens->end - text_end > 2 ? text_end[2] : '\0';
    if (text_end == tokens->end) break;
    if (g_ascii_isalpha(next))
      read_start_tag(tokens);
    else if (next == '/' && g_ascii_isalpha(after))
      read_end_tag(tokens);
    else if (next == '!' || next == '?' || next == '/')
      skip_markup(tokens);
    else
      g_string_append(tokens->out, "&lt;"), tokens->at++;
  }
  close_down_to(tokens, 0);
}

static void start_libxml(void) {
  static gsize started;
  if (g_once_init_enter(&started)) {
    xmlInitParser();
    g_once_init_leave(&started, 1);
  }
}

// The longest beginning of `html` within the limit that does not end inside a character.
static size_t bounded_length(const char *html) {
  size_t length = strnlen(html, HTML_LONGEST + 1);
  if (length <= HTML_LONGEST) return length;
  for (length = HTML_LONGEST; length > 0 && ((unsigned char)html[length] & 0xC0) == 0x80;) length--;
  return length;
}

XmlDocument *html_tree_parse(const char *html, bool *out_is_cut) {
  start_libxml();
  size_t length = bounded_length(html);
  g_autoptr(GString) out = g_string_sized_new(length + length / 8 + 64);
  g_string_append(out, "<html><body>");
  Tokeniser tokens = {.at = html, .end = html + length, .out = out, .is_cut = html[length] != '\0'};
  write_balanced(&tokens);
  g_string_append(out, "</body></html>");
  if (out_is_cut) *out_is_cut = tokens.is_cut;
  int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED |
                HTML_PARSE_NODEFDTD | HTML_PARSE_COMPACT;
  xmlDoc *document = htmlReadMemory(out->str, (int)out->len, NULL, "UTF-8", options);
  if (!document) document = htmlReadMemory("<html></html>", 13, NULL, "UTF-8", options);
  if (!document) g_error("libxml2 makes no document"); // out of memory
  return document;
}

xmlNode *html_tree_next(xmlNode *root, xmlNode *at, bool *is_leaving) {
  if (!at) {
    *is_leaving = false;
    return root;
  }
  if (!*is_leaving && at->type == XML_ELEMENT_NODE && at->children) return at->children;
  if (!*is_leaving && at->type == XML_ELEMENT_NODE) {
    *is_leaving = true;
    return at;
  }
  if (at == root) return NULL;
  *is_leaving = !at->next;
  return at->next ? at->next : at->parent;
}

bool html_tree_knows(const char *element, bool *out_is_void) {
  const Element *known = find_element(element);
  *out_is_void = known && known->is_void;
  return known != NULL;
}

bool html_tree_is(const xmlNode *node, const char *element) {
  return node->type == XML_ELEMENT_NODE && node->name && strcmp((const char *)node->name, element) == 0;
}

const char *html_tree_attribute(const xmlNode *element, const char *name) {
  for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next)
    if (strcmp((const char *)attribute->name, name) == 0) {
      const xmlNode *value = attribute->children;
      return value && value->content ? (const char *)value->content : "";
    }
  return "";
}
