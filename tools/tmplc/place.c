// Places: counting lines and columns, and saying them in the form that compilers use and editors jump to.
#include "place.h"

bool place_refuse(Place place, GError **error, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *message = g_strdup_vprintf(format, args);
  va_end(args);
  return error_set(error, ERROR_INVALID, "%s:%d:%d: %s", place.file, place.line, place.column, message);
}

Place place_after(Place place, const char *text, size_t size) {
  for (size_t i = 0; i < size; i++) {
    place.column++;
    if (text[i] != '\n') continue;
    place.line++;
    place.column = 1;
  }
  return place;
}
