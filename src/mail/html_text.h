// HTML as text, with the places of the marks that mail programs leave (html_quote.h).
#pragma once

#include "base/arena.h"

#include <stdint.h>

typedef struct HtmlSpans {                         // bytes of the text; SIZE_MAX when there is none
  size_t quote_from, signature_from, signature_to; // of the first quote, and of the last signature before it or at all
} HtmlSpans;

// As mail_html_to_text; `out_spans` may be NULL.
const char *html_text_with_spans(Arena *arena, const char *html, HtmlSpans *out_spans);
