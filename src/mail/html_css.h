// CSS of style attributes, declaration by declaration.
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

// Appends the declarations of `style` that are on the list and hold nothing but plain values ("color: red; "). Addresses never
// pass; those that point to the network are counted in *remote (may be NULL).
void html_css_filter(GString *out, const char *style, int64_t *remote);
// Whether `style` hides its element, or what stands in it.
bool html_css_hides(const char *style);
bool html_css_is_invisible(const char *style); // hidden, transparent or not visible
// The pixels that `style` gives to `property` ("width"); -1 when it says nothing in pixels.
double html_css_pixels(const char *style, const char *property);
