// Roles: one table says who may what.
#include "desk/staff/staff.h"

#include <string.h>

#define BIT(permission) (1u << (permission))
#define AGENT_MAY (BIT(PERMISSION_PUBLIC) | BIT(PERMISSION_OWN) | BIT(PERMISSION_READ) | BIT(PERMISSION_ANSWER))
#define SUPERVISOR_MAY (AGENT_MAY | BIT(PERMISSION_MAILROOM) | BIT(PERMISSION_REPORT) | BIT(PERMISSION_SUPERVISE))
#define ADMINISTRATOR_MAY (SUPERVISOR_MAY | BIT(PERMISSION_ADMINISTER))

static const struct {
  const char *word, *words;
  unsigned may;
} roles[ROLE_COUNT] = {
  [ROLE_AGENT] = {"agent", "Answers customers.", AGENT_MAY},
  [ROLE_SUPERVISOR] = {"supervisor", "Answers customers, decides about remedies, and sets what guides answers.", SUPERVISOR_MAY},
  [ROLE_ADMINISTRATOR] = {"administrator", "All of that, and who works here and how the desk is set up.", ADMINISTRATOR_MAY},
};

static const struct {
  const char *word, *words;
} permissions[PERMISSION_LAST + 1] = {
  [PERMISSION_PUBLIC] = {"public", "Anyone, signed in or not."},
  [PERMISSION_OWN] = {"own", "One\xE2\x80\x99s own account, sessions and password."},
  [PERMISSION_READ] = {"read", "Reading conversations, complaints and customers."},
  [PERMISSION_ANSWER] = {"answer", "Answering, and everything that changes a conversation or a customer."},
  [PERMISSION_MAILROOM] = {"mail room", "Quarantine, mail that could not be read, and the outbox."},
  [PERMISSION_REPORT] = {"report", "Reports about the desk\xE2\x80\x99s work, never about one person\xE2\x80\x99s."},
  [PERMISSION_ADMINISTER] = {"administer", "People, mailboxes, and how the desk is set up."},
  [PERMISSION_SUPERVISE] = {"supervise", "Deciding about remedies; limits, protocols, scripts and rules."},
};

const char *permission_word(Permission permission) {
  return permission <= PERMISSION_LAST && permission ? permissions[permission].word : "";
}
const char *permission_words(Permission permission) {
  return permission <= PERMISSION_LAST && permission ? permissions[permission].words : "";
}
const char *role_words(StaffRole role) { return role < ROLE_COUNT ? roles[role].words : ""; }

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
