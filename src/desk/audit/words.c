// What can stand in the journal. Whoever writes something new adds a row; the part before the dot is what the page narrows to.
#include "desk/audit/audit.h"

#include <string.h>

static const struct {
  const char *what, *words;
} words[] = {
  {"staff.invited", "Person invited"},
  {"staff.added", "Person added"},
  {"staff.joined", "Invitation accepted"},
  {"staff.renamed", "Person renamed"},
  {"staff.role", "Role changed"},
  {"staff.disabled", "Person disabled"},
  {"staff.enabled", "Person let in again"},
  {"staff.link", "New sign-in link made"},
  {"staff.password", "Password set for somebody"},
  {"staff.sessions", "Sessions ended"},
  {"staff.teams", "Teams changed"},
  {"mailbox.added", "Mailbox added"},
  {"mailbox.changed", "Mailbox changed"},
  {"mailbox.retired", "Mailbox retired"},
  {"mailbox.restored", "Mailbox taken into use again"},
  {"customer.merged", "Customers joined"},
  {"customer.unmerged", "Joining of customers undone"},
  {"organisation.changed", "Organisation changed"},
  {"desk.setup", "Desk set up"},
  {"desk.named", "Desk renamed"},
  {"desk.branding", "Branding changed"},
  {"desk.hours", "Hours changed"},
};

static const AuditTopic topics[] = {
  {"staff", "People"}, {"mailbox", "Mailboxes"}, {"customer", "Customers"}, {"conduct", "Conduct"}, {"desk", "Desk"},
};

const char *audit_words(const char *what) {
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (strcmp(words[i].what, what) == 0) return words[i].words;
  return what;
}

const AuditTopic *audit_topics(size_t *out_count) {
  *out_count = G_N_ELEMENTS(topics);
  return topics;
}
