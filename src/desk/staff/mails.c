// Who hears by mail that a customer wrote.
#include "desk/staff.sql.h"
#include "desk/staff/staff.h"

#include <string.h>

static const char *const words[STAFF_MAILS_COUNT] = {
  [STAFF_MAILS_NONE] = "none", [STAFF_MAILS_MINE] = "mine", [STAFF_MAILS_UNASSIGNED] = "unassigned"};

const char *staff_mails_word(StaffMails mails) { return mails < STAFF_MAILS_COUNT ? words[mails] : "none"; }

bool staff_mails_from_word(const char *word, StaffMails *out) {
  for (unsigned mails = 0; mails < STAFF_MAILS_COUNT; mails++)
    if (word && strcmp(words[mails], word) == 0) {
      *out = mails;
      return true;
    }
  return false;
}

bool staff_set_mails(Desk *desk, int64_t staff_id, StaffMails mails, GError **error) {
  int64_t changed = 0;
  return staff_update_mails(desk->db, staff_id, mails, &changed, error) &&
         (changed == 1 || error_set(error, ERROR_NOT_FOUND, "This person is not here any more."));
}

bool staff_mails(Desk *desk, int64_t staff_id, StaffMails *out, GError **error) {
  int64_t mails = 0;
  if (!staff_select_mails(desk->db, staff_id, &mails, error)) return false;
  *out = mails >= 0 && mails < STAFF_MAILS_COUNT ? (StaffMails)mails : STAFF_MAILS_NONE;
  return true;
}
