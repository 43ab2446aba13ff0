// Place: where something stands in a template, so that every refusal names file, line and column.
#pragma once

#include "base/error.h"

typedef struct Place {
  const char *file;
  int line, column; // both from 1; the column counts bytes
} Place;

// Sets `error` to "file:line:column: message". Always false.
bool place_refuse(Place place, GError **error, const char *format, ...) __attribute__((format(printf, 3, 4)));
// The place after `size` bytes of `text`, which begins at `place`.
Place place_after(Place place, const char *text, size_t size);
