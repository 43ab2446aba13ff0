// The words of priorities, as they stand in forms and in the journal.
#include "base/words.h"
#include "desk/conversation/conversation.h"

#include <string.h>

static const char *const words[PRIORITY_COUNT] = {
  [PRIORITY_LOW] = N_("low"), [PRIORITY_NORMAL] = N_("normal"), [PRIORITY_HIGH] = N_("high"), [PRIORITY_URGENT] = N_("urgent")};

const char *priority_word(Priority priority) { return priority < PRIORITY_COUNT ? words[priority] : "normal"; }

bool priority_from_word(const char *word, Priority *out) {
  for (unsigned priority = 0; priority < PRIORITY_COUNT; priority++)
    if (word && strcmp(words[priority], word) == 0) {
      *out = priority;
      return true;
    }
  return false;
}
