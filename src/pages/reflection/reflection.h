// Preparing for a conversation and looking back at it: a fold beside it, and a page of one's own. Nobody else's is ever asked for.
#pragma once

#include "desk/reflection/reflection.h"
#include "pages/shell/shell.h"

typedef struct ReflectionFold {
  const Visit *visit;
  int64_t number;
  ReflectionMoment moment;
  const Reflection *kept; // NULL: none
} ReflectionFold;

typedef struct ReflectionFolds {
  ReflectionFold before, after;
} ReflectionFolds;
bool reflection_folds_load(const Visit *visit, int64_t number, ReflectionFolds *out, GError **error);

typedef struct ReflectionsView {
  const Visit *visit;
  ReflectionList list;
  int64_t before; // of the next page; 0: this is the last
} ReflectionsView;

WebHandler reflection_post, reflections_page, reflection_post_forget;
