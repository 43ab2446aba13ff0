// The names of the views, as they stand in addresses.
#include "desk/conversation/conversation.h"

#include <string.h>

static const char *const words[VIEW_COUNT] = {
  [VIEW_MINE] = "mine",   [VIEW_UNASSIGNED] = "unassigned", [VIEW_OPEN] = "open",
  [VIEW_UPSET] = "upset", [VIEW_SNOOZED] = "snoozed",       [VIEW_SOLVED] = "solved"};

const char *view_word(View view) { return view < VIEW_COUNT ? words[view] : "open"; }

bool view_from_word(const char *word, View *out) {
  for (unsigned view = 0; view < VIEW_COUNT; view++)
    if (word && strcmp(words[view], word) == 0) {
      *out = view;
      return true;
    }
  return false;
}
