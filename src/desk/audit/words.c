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
  {"staff.email", "E-mail address of a person changed"},
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
  {"conduct.report", "Incident reported"},
  {"conduct.set-aside", "Incident set aside"},
  {"conduct.propose", "Measure asked for"},
  {"conduct.approve", "Measure approved by the first of two"},
  {"conduct.decline", "Measure declined"},
  {"conduct.withdraw", "Request for a measure withdrawn"},
  {"conduct.request", "Informal request sent"},
  {"conduct.warn", "Written warning sent"},
  {"conduct.restrict", "Restriction begun"},
  {"conduct.end", "Contact ended"},
  {"conduct.review", "Measure reviewed, and it stays"},
  {"conduct.lift", "Measure lifted"},
  {"conduct.expire", "Measure ran out"},
  {"conduct.appeal", "Appeal received"},
  {"conduct.appeal-granted", "Appeal granted"},
  {"conduct.appeal-stands", "Appeal decided, and it stays"},
  {"conduct.close", "Conduct case closed"},
  {"conduct.alert", "Safety alert raised"},
  {"conduct.alert-taken", "Safety alert taken"},
  {"conduct.alert-closed", "Safety alert closed"},
  {"conduct.alert-false", "Safety alert was a false alarm"},
  {"customer.merged", "Customers joined"},
  {"customer.unmerged", "Joining of customers undone"},
  {"organisation.changed", "Organisation changed"},
  {"organisation.merged", "Organisations joined"},
  {"organisation.unmerged", "Joining of organisations undone"},
  {"rule.made", "Rule written"},
  {"rule.changed", "Rule changed"},
  {"rule.switched", "Rule switched"},
  {"rule.moved", "Rules put in another order"},
  {"rule.removed", "Rule removed"},
  {"tag.made", "Tag made"},
  {"tag.renamed", "Tag renamed"},
  {"tag.merged", "Tags made one"},
  {"tag.retired", "Tag retired"},
  {"tag.restored", "Tag taken into use again"},
  {"field.made", "Field made"},
  {"field.changed", "Field changed"},
  {"field.retired", "Field retired"},
  {"field.restored", "Field taken into use again"},
  {"team.made", "Team made"},
  {"team.changed", "Team changed"},
  {"team.retired", "Team retired"},
  {"team.restored", "Team taken into use again"},
  {"team.room", "Room for conversations changed"},
  {"view.made", "View for everybody made"},
  {"view.changed", "View for everybody changed"},
  {"view.removed", "View for everybody removed"},
  {"desk.targets", "Targets changed"},
  {"desk.setup", "Desk set up"},
  {"desk.named", "Desk renamed"},
  {"desk.branding", "Branding changed"},
  {"desk.hours", "Hours changed"},
  {"desk.readings", "Readings switched"},
  {"desk.rule", "Rule of the desk set"},
  {"desk.guides", "Protocols and scripts of a language added"},
};

static const AuditTopic topics[] = {
  {"staff", "People"},    {"mailbox", "Mailboxes"}, {"customer", "Customers"}, {"organisation", "Organisations"},
  {"conduct", "Conduct"}, {"rule", "Rules"},        {"tag", "Tags"},           {"field", "Fields"},
  {"team", "Teams"},      {"view", "Views"},        {"desk", "Desk"},
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
