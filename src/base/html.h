// HTML output: what compiled templates call. Escaping follows the type of the value and the place it stands in.
//
// Templates write into a GString that belongs to the request. Raw output exists only as type Html; the places that make
// one (html_trusted) can be counted with grep. Urls that stand for a whole attribute value exist only as type Url.
#pragma once

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Html { // markup that is known to be safe
  const char *text;
  size_t size;
} Html;

typedef struct Url { // a whole address that is safe to put into href, src or action
  const char *text;
} Url;

static inline Html html_trusted(const char *text, size_t size) { return (Html){text, size}; }
// A Url that points to the same text: relative addresses and http, https, mailto, tel, cid pass; anything else becomes "#".
Url url_checked(const char *text);

void html_literal(GString *out, const char *text, size_t size);
void html_put_text(GString *out, const char *text); // element content and quoted attributes; NULL writes nothing
void html_put_int(GString *out, int64_t value);
void html_put_unsigned(GString *out, uint64_t value);
void html_put_double(GString *out, double value); // shortest form, "." as the point, never exponent; for SVG
void html_put_bool(GString *out, bool value);     // "true" or "false"
void html_put_html(GString *out, Html value);
void html_put_url(GString *out, Url value);
// Inside an address, after a literal beginning: percent-encoded (RFC 3986 unreserved characters pass).
void html_put_url_part_text(GString *out, const char *text);
void html_put_url_part_int(GString *out, int64_t value);

// {{ value }} in element content or in a quoted attribute.
#define html_put(out, value)                                                                                                     \
  _Generic((value), char *: html_put_text, const char *: html_put_text, bool: html_put_bool, int: html_put_int,                  \
           long: html_put_int, long long: html_put_int, unsigned: html_put_unsigned, unsigned long: html_put_unsigned,           \
           float: html_put_double, double: html_put_double, Html: html_put_html)((out), (value))
// {{ value }} that begins an address attribute: only a Url may.
#define html_put_address(out, value) _Generic((value), Url : html_put_url)((out), (value))
// {{ value }} further on in an address attribute.
#define html_put_url_part(out, value)                                                                                            \
  _Generic((value), char *: html_put_url_part_text, const char *: html_put_url_part_text, int: html_put_url_part_int,            \
           long: html_put_url_part_int, long long: html_put_url_part_int, unsigned: html_put_url_part_int,                       \
           unsigned long: html_put_url_part_int)((out), (value))
// In a quoted attribute: as html_put, but never markup.
#define html_put_attribute(out, value)                                                                                           \
  _Generic((value), char *: html_put_text, const char *: html_put_text, bool: html_put_bool, int: html_put_int,                  \
           long: html_put_int, long long: html_put_int, unsigned: html_put_unsigned, unsigned long: html_put_unsigned,           \
           float: html_put_double, double: html_put_double)((out), (value))
