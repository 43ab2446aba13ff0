// Catalogue: a compiled message catalogue, read, checked, and written as C or as an ES module.
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/list.h"

#define MOST_FORMS 6

typedef struct Said {
  const char *english; // of a plural the form for one
  const char *many;    // NULL: it has no plural
  const char *forms[MOST_FORMS];
  size_t form_count;
} Said;
LIST_DEFINE(Said)

typedef struct Catalogue {
  const char *code, *name;
  bool is_right_to_left;
  const char *plural; // the expression of its header's Plural-Forms, checked to be one
  size_t form_count;
  SaidList said;
} Catalogue;

// Fails with "file: message: what is wrong". The texts are copied into `arena`.
bool catalogue_read(Arena *arena, const char *file, const char *bytes, size_t size, Catalogue *out, GError **error);
// Why `said` cannot stand for `english`: a placeholder ({1}, {}, <1>…</1>) is missing, doubled, foreign or crossed. NULL: it can.
const char *catalogue_difference(Arena *arena, const char *english, const char *said);
void catalogue_write_c(const Catalogue *catalogue, GString *out);
void catalogue_write_js(const Catalogue *catalogue, GString *out);
