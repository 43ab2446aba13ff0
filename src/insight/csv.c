// Reading comma-separated values in place (RFC 4180).
#include "insight/csv.h"

char *csv_field(char **rest, bool *out_is_last) {
  char *at = *rest, *field = at, *to = at;
  bool is_quoted = *at == '"';
  if (is_quoted) field = to = ++at;
  for (; *at && (is_quoted || (*at != ',' && *at != '\n' && *at != '\r')); at++) {
    if (is_quoted && *at == '"') {
      if (at[1] != '"') break;
      at++;
    }
    *to++ = *at;
  }
  while (*at && *at != ',' && *at != '\n') at++;
  *out_is_last = *at != ',';
  *rest = *at ? at + 1 : at;
  *to = '\0';
  return field;
}
