// Languages in which the desk writes by itself: how each says a day and who wrote what when.
#pragma once

#include "base/arena.h"

#include <stdint.h>

typedef struct Language Language;

const Language *language_find(const char *code);     // "de", "pt-BR"; NULL when the desk does not write in it
const char *language_code(const Language *language); // "de"
const Language *language_at(size_t index);           // each in turn; NULL behind the last
// "Monday, 23 November"
const char *language_day(Arena *arena, const Language *language, int64_t moment, GTimeZone *zone);
// "On 22 November 2026 at 09:15, Anna Berg wrote:", in a form that mail programs know and fold.
const char *language_attribution(Arena *arena, const Language *language, int64_t moment, GTimeZone *zone, const char *name);
