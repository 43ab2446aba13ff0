// Tags, for supervisors: the list with a search in it, and a page for each to rename, unite and retire it.
#pragma once

#include "desk/tag/tag.h"
#include "pages/shell/shell.h"

typedef struct TagsPage {
  Shell shell;
  const char *text; // what was searched for
  bool is_retired;  // the retired ones are listed
  TagList tags;
  const char *more; // address of the next page; NULL: none
  const char *kept, *problem;
  const char *name; // of a new one, as it was typed
} TagsPage;

typedef struct TagPage {
  Shell shell;
  const Tag *tag;
  const char *kept;
  const char *name, *name_problem; // as kept, or as typed
  const char *with, *with_problem; // the other one, as typed
  const char *problem;             // of the whole
} TagPage;

typedef struct TagUnitePage { // the question before two become one
  Shell shell;
  const Tag *tag, *into;
} TagUnitePage;

typedef struct TagSuggestions { // for a field that is typed in
  TagList known;
  bool has_more; // than stand here: with scripts they are asked for while one types
} TagSuggestions;

bool tag_suggestions(const Visit *visit, TagSuggestions *out, GError **error);
