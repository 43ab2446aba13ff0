// The marks that mail programs leave in HTML: where the quoted mail begins, and the sender's signature.
#pragma once

#include "base/arena.h"

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum HtmlMark { HTML_MARK_NONE, HTML_MARK_QUOTE, HTML_MARK_SIGNATURE } HtmlMark;
// What an element says about its content by its class, id or type.
HtmlMark html_mark_of(const xmlNode *element);

typedef struct HtmlMarks {
  size_t quote_at, signature_at; // bytes of the text, at the beginning of a line; SIZE_MAX when there is no such mark
} HtmlMarks;
#define HTML_NO_MARKS ((HtmlMarks){SIZE_MAX, SIZE_MAX})
// Where the marks of `html` stand in `text`, which must hold the same words; HTML_NO_MARKS when it does not.
HtmlMarks html_quote_marks(Arena *scratch, const char *html, const char *text);
