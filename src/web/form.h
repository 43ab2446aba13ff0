// Form: the body of a POST, or a query, to fields. The bytes of files point into the body.
#pragma once

#include "web/web.h"

#define FORM_FIELDS_MOST 1000

// By the Content-Type (NULL: no form). False with ERROR_INVALID for a broken multipart body or too many fields.
bool form_parse(Arena *arena, const char *content_type, Bytes body, WebFieldList *fields, GError **error);
// "name=value&…" as browsers write and read it (WHATWG URL, section 5): a "%" that begins no byte stands for itself.
bool form_parse_urlencoded(Arena *arena, Bytes body, WebFieldList *fields, GError **error);
bool form_parse_multipart(Arena *arena, Bytes body, const char *boundary, WebFieldList *fields, GError **error);

// The first text field of this name, NULL when there is none.
const char *form_value(const WebFieldList *fields, const char *name);
// The byte that the three characters at `at` spell ("%2F"), or -1.
int form_percent_byte(const char *at, const char *end);
// text_make_valid, without work when nothing is to be done: `text` is terminated and in `arena`.
const char *form_clean(Arena *arena, const char *text, size_t length);
