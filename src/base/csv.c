// Fields are written one after the other; a comma comes before each but the first of its row. Texts are always quoted, numbers and our own words never.
#include "base/csv.h"

#include <string.h>

static void begin(GString *out) {
  if (out->len && out->str[out->len - 1] != '\n') g_string_append_c(out, ',');
}

void csv_text(GString *out, const char *text) {
  begin(out);
  g_string_append_c(out, '"');
  if (text && *text && strchr("=+-@\t\r", *text)) g_string_append_c(out, '\'');
  for (const char *c = text ? text : ""; *c; c++) {
    if (*c == '"') g_string_append_c(out, '"');
    g_string_append_c(out, *c);
  }
  g_string_append_c(out, '"');
}

void csv_word(GString *out, const char *word) {
  begin(out);
  g_string_append(out, word);
}

void csv_int(GString *out, int64_t value) {
  begin(out);
  g_string_append_printf(out, "%" G_GINT64_FORMAT, value);
}

void csv_end(GString *out) { g_string_append(out, "\r\n"); }
