// Rows as they are stored, and what the parts of this folder share. Internal to the desk.
#pragma once

#include "desk/happening/happening.h"
#include "desk/hours/hours.h"
#include "desk/rule/rule.h"

typedef struct RuleRow {
  int64_t id, place, changed_at, moments, amount, up_to, up_to_number, fired;
  const char *name, *conditions, *actions;
  bool is_on, is_any;
} RuleRow;
LIST_DEFINE(RuleRow)

// A conversation as far as rules ask about it.
typedef struct RuleFacts {
  int64_t number, state, customer_id, mailbox_id, team_id, assignee_id, priority, snoozed_until, waiting_since, last_message_at,
    message_id;
  const char *customer_name, *customer_address, *subject, *body, *language; // body, language: of the customer's newest message
  const char *tags, *came_too;                                              // " 3 7 ": tags; other mailboxes that it came to
  bool is_read, is_complaint, is_denied;
  Behaviour behaviour;
  Emotion emotion;
  Need need;
  MailKind machine;
  const char *folded; // subject and body, when a rule first asked
  bool is_open_hours;
} RuleFacts;
LIST_DEFINE(RuleFacts)

typedef struct RuleTime { // who has waited long enough
  int64_t number, since;
} RuleTime;
LIST_DEFINE(RuleTime)

typedef struct RuleCame { // that something happened in a conversation
  int64_t number, kind;
} RuleCame;
LIST_DEFINE(RuleCame)

void rule_read_row(Arena *arena, const RuleRow *row, Rule *out); // lines that this program does not know are left out
const char *rule_write_conditions(Arena *arena, const Rule *rule);
const char *rule_write_actions(Arena *arena, const Rule *rule);

// The rules as this connection has them in memory, brought up to date by one query.
struct Rules {
  Arena *arena; // in which it lives itself
  int64_t version;
  RuleList list; // in their order, those that are on
};
bool rules_take_up(Desk *desk, GError **error); // desk->rules
void rules_forget(Desk *desk);

bool rule_holds(Arena *arena, const Rule *rule, RuleFacts *facts);
bool rule_facts_load(Arena *arena, Desk *desk, int64_t number, bool with_hours, RuleFacts **out, GError **error);
// Does it, and writes the log. Inside the caller's transaction, with the conversation locked.
bool rule_fire(Arena *arena, Desk *desk, const Rule *rule, RuleFacts *facts, RuleMoment moment, bool *out_stops, GError **error);
bool rule_answer(Arena *arena, Desk *desk, const Rule *rule, const RuleFacts *facts, const char *script, const char **out_why_not,
                 GError **error);
RuleMoment rule_moment_of(EventKind event); // WHEN_COUNT: none

// What follows from something that happened: called for each before the commit.
bool rule_happen(Arena *arena, Desk *desk, const Happening *happening, GError **error);
int64_t rule_threshold(const Rule *rule, const BusinessHours *hours, int64_t now); // who waited since before is due; 0: nobody
