// Merging, asked for and confirmed.
#pragma once

#include "pages/shell/shell.h"

typedef struct MergePage {
  Conversation *from, *into; // into NULL: which one is still to be said
  const char *problem;       // NULL when there is none
  View view;
} MergePage;

WebHandler merge_page, merge_post;
