// HTML from strangers as a libxml2 tree of bounded size and depth.
#pragma once

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include <glib.h>
#include <stdbool.h>

typedef xmlDoc XmlDocument;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(XmlDocument, xmlFreeDoc)

#define HTML_LONGEST ((size_t)4 * 1024 * 1024) // bytes that are read
#define HTML_ELEMENTS_MOST 50000
#define HTML_DEEPEST 200
#define HTML_ATTRIBUTES_MOST 16 // of one element

// Never NULL. Holds known elements and attributes only; scripts, styles, titles and comments are gone with their content, the
// tags of everything unknown are gone and their content stays. `*out_is_cut` (may be NULL) says that the limits were reached.
XmlDocument *html_tree_parse(const char *html, bool *out_is_cut);

// Walks `root` without recursion: begin with `at` NULL, go on until NULL. Every element is met twice, the second time with
// *is_leaving set, and other nodes once.
xmlNode *html_tree_next(xmlNode *root, xmlNode *at, bool *is_leaving);
// "" when there is none. Belongs to the tree.
const char *html_tree_attribute(const xmlNode *element, const char *name);
bool html_tree_is(const xmlNode *node, const char *element);
// Whether `list` (" li p ", NULL for none) holds `name`.
bool html_list_has(const char *list, const char *name);
// Whether `element` is on the list of what may be shown. html and body are not: they are ours to write.
bool html_tree_knows(const char *element, bool *out_is_void);
