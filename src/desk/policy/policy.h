// Policy: the desk's own rules as numbers and words that an administrator may change, kept in the table `setting`.
//
// How the program runs (addresses, servers) is told in app/settings.h; this is what the desk does with mail. One table names each
// rule, its kind, bounds and default; `rapport set` prints it.
#pragma once

#include "base/list.h"
#include "base/settings.h"
#include "desk/desk.h"

typedef struct Policy {
  int64_t reopen_within;           // a later answer to a solved conversation opens a new one
  int64_t answers_an_hour;         // automatic mails to one address
  int64_t mailbox_answers_an_hour; // and from one mailbox as a whole
  int64_t mails_an_hour;           // from one sender; more is quarantined
  int64_t conversations_an_hour;   // opened by one sender
  int64_t unusable_an_hour;        // mails whose sender has no usable address
  int64_t reopens_a_day;           // of one conversation, by mail
  int64_t quarantine_keeps;        // then the desk dismisses a mail by itself; 0: never
  int64_t notices_an_hour;         // by mail, to one of the staff
  int64_t notices_after;           // what happens within that goes into one mail
  int64_t notices_keep;            // in the bell
  int64_t rule_log_keeps;          // what rules did
  int64_t notice_answer_within;    // how long a notice may be answered by mail
  int64_t approval_within;         // how long the approvers of a remedy have
  const char *currency;            // ISO 4217: of the desk
  const char *emergency_number;    // what to call where the desk is
  const char *helpline;            // for somebody who does not want to live; "": none is known
  const char *safety_contact;      // who in the house sees to threats; "": whoever takes the alert
  const char *outside_body;        // who looks at decisions about conduct that is not us; ""
  const char *trusted_servers;     // whose Authentication-Results count: "mx.example.org mail.example.org"
} Policy;

extern const SettingsTable policy_table;

bool policy_load(Arena *arena, Desk *desk, Policy *out, GError **error);
// Checks and keeps one rule. `value` NULL: back to the default. ERROR_INVALID says what is allowed, ERROR_NOT_FOUND that there is no
// such rule.
bool policy_set(Desk *desk, const char *name, const char *value, GError **error);

typedef struct PolicyRule {
  const char *name, *value, *help;
  bool is_default;
} PolicyRule;
LIST_DEFINE(PolicyRule)
bool policy_list(Arena *arena, Desk *desk, PolicyRuleList *out, GError **error); // in the order of the table
