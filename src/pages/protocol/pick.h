// Putting a script into an answer: from the card, from the list of all, and by typing "/".
#pragma once

#include "pages/protocol/script.h"

typedef struct PickView {
  ScriptsView scripts;
  int64_t number;
  const char *subject, *here; // here: the address of this page
} PickView;

WebHandler pick_page, pick_post_keep, pick_post_insert, pick_find, pick_post_use;
