// The CSS allow-list. A declaration passes when its property is listed and its value is made of words, numbers, colours and
// quoted names; one with a function other than the colour functions, an escape, a comment or a bracket is dropped whole. Nothing
// listed can leave the frame's flow (no position, no content, no address), so a mail cannot paint over what is not its own.
#include "mail/html_css.h"

#include <string.h>

#define STYLE_LONGEST 8192
#define VALUE_LONGEST 300

static const char *const properties[] = {
  // a trailing - allows every property that begins so
  "background",
  "background-color",
  "border",
  "border-",
  "caption-side",
  "clear",
  "color",
  "direction",
  "display",
  "empty-cells",
  "float",
  "font",
  "font-",
  "height",
  "letter-spacing",
  "line-height",
  "list-style",
  "list-style-",
  "margin",
  "margin-",
  "max-height",
  "max-width",
  "min-height",
  "min-width",
  "overflow-wrap",
  "padding",
  "padding-",
  "table-layout",
  "text-align",
  "text-decoration",
  "text-decoration-",
  "text-indent",
  "text-transform",
  "unicode-bidi",
  "vertical-align",
  "white-space",
  "width",
  "word-break",
  "word-spacing",
  "word-wrap",
};

static const char *const functions[] = {"rgb", "rgba", "hsl", "hsla"};

static bool is_listed(const char *property) {
  for (size_t i = 0; i < G_N_ELEMENTS(properties); i++) {
    size_t length = strlen(properties[i]);
    bool is_family = properties[i][length - 1] == '-';
    if (is_family ? strncmp(property, properties[i], length) == 0 : strcmp(property, properties[i]) == 0)
      return strcmp(property, "border-image") != 0 && !g_str_has_prefix(property, "border-image-") &&
             strcmp(property, "list-style-image") != 0;
  }
  return false;
}

// Whether the "(" at `at` belongs to a colour function.
static bool is_colour_function(const char *value, const char *at) {
  const char *start = at;
  while (start > value && g_ascii_isalpha(start[-1])) start--;
  for (size_t i = 0; i < G_N_ELEMENTS(functions); i++)
    if ((size_t)(at - start) == strlen(functions[i]) && g_ascii_strncasecmp(start, functions[i], (size_t)(at - start)) == 0)
      return true;
  return false;
}

static bool is_plain_value(const char *value) {
  int single = 0, twice = 0, open = 0;
  for (const char *c = value; *c; c++) {
    if ((unsigned char)*c >= 0x80 || g_ascii_isalnum(*c)) continue;
    if (!strchr(" #%.,-+!'\"()_/", *c)) return false;
    if (*c == '/' && c[1] == '/') return false;
    if (*c == '(' && (open || !is_colour_function(value, c))) return false;
    open += *c == '(' ? 1 : *c == ')' ? -1 : 0;
    if (open < 0) return false;
    single += *c == '\'';
    twice += *c == '"';
  }
  return open == 0 && single % 2 == 0 && twice % 2 == 0;
}

static int64_t count_remote(const char *value) {
  int64_t count = 0;
  for (const char *at = value; (at = strstr(at, "url(")) != NULL; at += 4) {
    const char *address = at + 4 + strspn(at + 4, " \"'");
    count += g_str_has_prefix(address, "http:") || g_str_has_prefix(address, "https:") || g_str_has_prefix(address, "//");
  }
  return count;
}

// Where the declaration at `at` ends: its semicolon, those in quotes and brackets not counted, or the end.
static const char *declaration_end(const char *at) {
  char quote = '\0';
  bool in_brackets = false;
  for (; *at; at++) {
    if (quote) {
      if (*at == quote) quote = '\0';
    } else if (*at == '"' || *at == '\'') {
      quote = *at;
    } else if (*at == '(' || *at == ')') {
      in_brackets = *at == '(';
    } else if (*at == ';' && !in_brackets) {
      break;
    }
  }
  return at;
}

static void filter_declaration(GString *out, char *declaration, int64_t *remote) {
  char *colon = strchr(declaration, ':');
  if (!colon) return;
  *colon = '\0';
  char *property = g_strstrip(declaration), *value = g_strstrip(colon + 1);
  for (char *c = property; *c; c++) *c = g_ascii_tolower(*c);
  for (char *c = value; *c; c++)
    if (*c == '\n' || *c == '\r' || *c == '\t' || *c == '\f') *c = ' ';
  g_autofree char *lower = g_ascii_strdown(value, -1);
  if (remote) *remote += count_remote(lower);
  if (!is_listed(property) || !*value || strlen(value) > VALUE_LONGEST || !is_plain_value(value)) return;
  g_string_append_printf(out, "%s: %s; ", property, value);
}

void html_css_filter(GString *out, const char *style, int64_t *remote) {
  if (strnlen(style, STYLE_LONGEST + 1) > STYLE_LONGEST) return;
  while (*style) {
    const char *end = declaration_end(style);
    g_autofree char *declaration = g_strndup(style, (gsize)(end - style));
    filter_declaration(out, declaration, remote);
    style = *end ? end + 1 : end;
  }
}

bool html_css_hides(const char *style) {
  if (!*style || strnlen(style, STYLE_LONGEST + 1) > STYLE_LONGEST) return false;
  g_autoptr(GString) clean = g_string_new(NULL);
  html_css_filter(clean, style, NULL);
  g_autofree char *lower = g_ascii_strdown(clean->str, -1);
  return strstr(lower, "display: none") != NULL;
}

// The value of the last declaration of `property`, lower case; NULL when there is none. To be freed.
static char *declared_value(const char *style, const char *property) {
  char *found = NULL;
  if (strnlen(style, STYLE_LONGEST + 1) > STYLE_LONGEST) return NULL;
  while (*style) {
    const char *end = declaration_end(style), *colon = memchr(style, ':', (size_t)(end - style));
    if (colon) {
      g_autofree char *name = g_strndup(style, (gsize)(colon - style));
      if (g_ascii_strcasecmp(g_strstrip(name), property) == 0) {
        g_autofree char *value = g_strndup(colon + 1, (gsize)(end - colon - 1));
        g_free(found);
        found = g_ascii_strdown(g_strstrip(value), -1);
      }
    }
    style = *end ? end + 1 : end;
  }
  return found;
}

double html_css_pixels(const char *style, const char *property) {
  g_autofree char *value = declared_value(style, property);
  char *end = value;
  double pixels = value ? g_ascii_strtod(value, &end) : -1;
  bool is_pixels = value && end > value && pixels >= 0 && (g_str_has_prefix(end, "px") || (pixels == 0 && *end != '%'));
  return is_pixels ? pixels : -1;
}

bool html_css_is_invisible(const char *style) {
  if (!*style) return false;
  g_autofree char *visibility = declared_value(style, "visibility"), *opacity = declared_value(style, "opacity");
  bool is_clear = opacity && g_ascii_isdigit(*opacity) && g_ascii_strtod(opacity, NULL) == 0;
  return is_clear || (visibility && g_str_has_prefix(visibility, "hidden")) || html_css_hides(style);
}
