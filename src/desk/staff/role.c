// Roles: one table says who may what.
#include "desk/staff/staff.h"

#include <string.h>

#define BIT(permission) (1u << (permission))
#define AGENT_MAY (BIT(PERMISSION_PUBLIC) | BIT(PERMISSION_OWN) | BIT(PERMISSION_READ) | BIT(PERMISSION_ANSWER))
#define SUPERVISOR_MAY (AGENT_MAY | BIT(PERMISSION_MAILROOM) | BIT(PERMISSION_REPORT) | BIT(PERMISSION_SUPERVISE))
#define ADMINISTRATOR_MAY (SUPERVISOR_MAY | BIT(PERMISSION_ADMINISTER))

static const struct {
  const char *word;
  unsigned may;
} roles[ROLE_COUNT] = {
  [ROLE_AGENT] = {"agent", AGENT_MAY},
  [ROLE_SUPERVISOR] = {"supervisor", SUPERVISOR_MAY},
  [ROLE_ADMINISTRATOR] = {"administrator", ADMINISTRATOR_MAY},
};

const char *role_word(StaffRole role) { return role < ROLE_COUNT ? roles[role].word : "nobody"; }

bool role_from_word(const char *word, StaffRole *out) {
  for (unsigned role = 0; role < ROLE_COUNT; role++)
    if (word && strcmp(roles[role].word, word) == 0) {
      *out = role;
      return true;
    }
  return false;
}

bool role_may(StaffRole role, Permission permission) { return role < ROLE_COUNT && (roles[role].may & BIT(permission)); }
