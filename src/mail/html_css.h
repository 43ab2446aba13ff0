// CSS of style attributes, declaration by declaration.
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

// Appends the declarations of `style` that are on the list and hold nothing but plain values ("color: red; "). Addresses never
// pass; those that point to the network are counted in *remote (may be NULL).
void html_css_filter(GString *out, const char *style, int64_t *remote);
// Whether `style` hides its element.
bool html_css_hides(const char *style);
