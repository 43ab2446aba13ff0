// The tables behind markup.c. Browsers ignore the case of every name, inside <svg> too, so the tables do as well.
#include "markup_rules.h"

#include "base/html.h"

#include <string.h>

static bool is_among(const char *const *words, const char *word) {
  for (; *words; words++)
    if (g_ascii_strcasecmp(*words, word) == 0) return true;
  return false;
}

bool rules_is_void(const char *element) {
  static const char *const names[] = {"area",  "base", "br",   "col",    "embed", "hr",  "img",
                                      "input", "link", "meta", "source", "track", "wbr", NULL};
  return is_among(names, element);
}

bool rules_is_text_only(const char *element) {
  static const char *const names[] = {"textarea", "title", "script", "iframe", NULL};
  return is_among(names, element);
}

typedef struct Reason {
  const char *name, *why;
} Reason;

static const char *find_reason(const Reason *reasons, const char *name) {
  for (; reasons->name; reasons++)
    if (g_ascii_strcasecmp(reasons->name, name) == 0) return reasons->why;
  return NULL;
}

const char *rules_why_empty(const char *element) {
  static const Reason reasons[] = {
    {"script", "the content security policy lets no inline script run; put it into an asset and name it in src"},
    {"iframe", "nobody sees what is inside <iframe>"},
    {NULL, NULL},
  };
  return find_reason(reasons, element);
}

const char *rules_refuse_element(const char *element) {
  static const Reason reasons[] = {
    {"style", "inline style does nothing under the content security policy; put it into an asset"},
    {"animate", "motion belongs into the style sheet"},
    {"animateTransform", "motion belongs into the style sheet"},
    {"animateMotion", "motion belongs into the style sheet"},
    {"set", "motion belongs into the style sheet"},
    {"plaintext", "it is obsolete and cannot be closed"},
    {"xmp", "it is obsolete; use <pre>"},
    {"noembed", "it is obsolete"},
    {"noframes", "it is obsolete"},
    {"frame", "it is obsolete"},
    {"frameset", "it is obsolete"},
    {NULL, NULL},
  };
  return find_reason(reasons, element);
}

const char *rules_refuse_attribute(const char *attribute) {
  static const Reason reasons[] = {
    {"style", "inline style does nothing under the content security policy; use a class"},
    {"srcdoc", "a document inside an attribute cannot be escaped safely; serve it and name it in src"},
    {"http-equiv", "send the header instead"},
    {NULL, NULL},
  };
  if (g_ascii_strncasecmp(attribute, "on", 2) == 0 && strlen(attribute) > 2)
    return "inline handlers do nothing under the content security policy; add a listener in a script";
  return find_reason(reasons, attribute);
}

bool rules_is_address(const char *attribute) {
  static const char *const names[] = {"href",       "xlink:href", "src",      "srcset",  "imagesrcset", "action",
                                      "formaction", "poster",     "cite",     "data",    "ping",        "background",
                                      "manifest",   "longdesc",   "codebase", "classid", "profile",     NULL};
  return is_among(names, attribute);
}

bool rules_closes(const char *outer, const char *inner) {
  static const char *const blocks[] = {"address", "article", "aside",    "blockquote", "center", "details", "dialog", "dir",
                                       "div",     "dl",      "fieldset", "figcaption", "figure", "footer",  "form",   "h1",
                                       "h2",      "h3",      "h4",       "h5",         "h6",     "header",  "hgroup", "hr",
                                       "main",    "menu",    "nav",      "ol",         "p",      "pre",     "search", "section",
                                       "summary", "table",   "ul",       "li",         "dd",     "dt",      NULL};
  static const char *const not_inside_itself[] = {"a", "button", "form", NULL};
  if (strcmp(outer, inner) == 0 && is_among(not_inside_itself, inner)) return true;
  return strcmp(outer, "p") == 0 && is_among(blocks, inner);
}

bool rules_leaves_picture(const char *element) {
  static const char *const names[] = {
    "b",    "big",  "blockquote", "body", "br",    "center", "code",   "dd",       "div",    "dl",     "dt",     "em",  "embed",
    "h1",   "h2",   "h3",         "h4",   "h5",    "h6",     "head",   "hr",       "i",      "img",    "li",     "p",   "menu",
    "meta", "nobr", "listing",    "ol",   "pre",   "ruby",   "s",      "small",    "span",   "strong", "strike", "sub", "sup",
    "tt",   "u",    "ul",         "var",  "table", "font",   "script", "textarea", "iframe", NULL};
  return is_among(names, element);
}

bool rules_shields(const char *element) {
  static const char *const names[] = {"button",   "caption", "html", "table",         "td", "th",
                                      "template", "object",  "svg",  "foreignObject", NULL};
  return is_among(names, element);
}

bool rules_address_is_harmless(const char *text) {
  Url checked = url_checked(text);
  return checked.text == text;
}

bool rules_is_inline(const char *element) {
  static const char *const names[] = {"a",    "abbr",   "b",   "bdi", "bdo",  "br", "cite", "code", "data",
                                      "dfn",  "em",     "i",   "kbd", "mark", "q",  "s",    "samp", "small",
                                      "span", "strong", "sub", "sup", "time", "u",  "var",  "wbr",  NULL};
  return is_among(names, element);
}

bool rules_keeps(const char *element) {
  static const char *const names[] = {"code", "kbd", "samp", "var", "script", "style", NULL};
  return is_among(names, element);
}

bool rules_holds_words(const char *attribute) {
  static const char *const names[] = {"title",
                                      "alt",
                                      "placeholder",
                                      "label",
                                      "aria-label",
                                      "aria-description",
                                      "aria-roledescription",
                                      "aria-valuetext",
                                      "aria-placeholder",
                                      "data-label",
                                      "data-said",
                                      NULL};
  return is_among(names, attribute);
}
