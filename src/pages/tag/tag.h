// Tags, for supervisors: renaming, merging, retiring.
#pragma once

#include "desk/tag/tag.h"
#include "pages/shell/shell.h"

typedef struct TagPage {
  Shell shell;
  TagList active, retired;
  const char *problem;
} TagPage;
