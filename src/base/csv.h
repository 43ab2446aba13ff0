// CSV to be written: RFC 4180 with \r\n ends, UTF-8. A text that a spreadsheet would take for a formula (it begins with = + - @, a tab
// or a return) gets a ' in front (OWASP, "CSV Injection").
#pragma once

#include <glib.h>
#include <stdint.h>

void csv_text(GString *out, const char *text); // NULL is ""
void csv_word(GString *out, const char *word); // of our own and plain, such as a kind or a time: neither quoted nor looked at
void csv_int(GString *out, int64_t value);
void csv_end(GString *out); // of the row
