// Who hears by mail that a customer wrote: the words for it. What is chosen is kept with all other notices, see notify/choice.c.
#include "desk/staff/staff.h"

#include <string.h>

static const char *const words[STAFF_MAILS_COUNT] = {
  [STAFF_MAILS_NONE] = "none", [STAFF_MAILS_MINE] = "mine", [STAFF_MAILS_UNASSIGNED] = "unassigned"};

bool staff_mails_from_word(const char *word, StaffMails *out) {
  for (unsigned mails = 0; mails < STAFF_MAILS_COUNT; mails++)
    if (word && strcmp(words[mails], word) == 0) {
      *out = mails;
      return true;
    }
  return false;
}
