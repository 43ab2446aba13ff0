// Rows as they are stored, and what the parts of this folder share. Internal to the desk.
#pragma once

#include "desk/complaint/complaint.h"
#include "desk/happening/happening.h"
#include "desk/hours/hours.h"
#include "desk/rule/rule.h"

typedef struct RuleRow {
  int64_t id, place, changed_at, moments, amount, watched, up_to, up_to_number, fired;
  const char *name, *conditions, *actions;
  bool is_on, is_any;
} RuleRow;
LIST_DEFINE(RuleRow)

typedef struct RuleValue { // of a field of the desk's own
  int64_t number, field_id;
  const char *value;
} RuleValue;
LIST_DEFINE(RuleValue)

typedef struct RuleMore { // what takes counting, and is loaded only when a rule asks for it
  int64_t number, messages, reopened, recent;
  bool has_other_complaint;
} RuleMore;
LIST_DEFINE(RuleMore)

// A conversation as far as rules ask about it.
typedef struct RuleFacts {
  int64_t number, state, customer_id, mailbox_id, team_id, assignee_id, priority, snoozed_until, waiting_since, last_message_at,
    message_id;
  const char *customer_name, *customer_address, *subject, *body, *language; // body, language: of the customer's newest message
  const char *tags, *came_too;                                              // " 3 7 ": tags; other mailboxes that it came to
  const char *organisation;                                                 // ""
  bool is_read, is_complaint, is_denied;
  Behaviour behaviour;
  Emotion emotion;
  Need need;
  MailKind machine;
  MessageChannel channel;
  ComplaintStage stage; // these two while is_complaint
  ComplaintSeverity severity;
  const char *folded; // subject and body, when a rule first asked
  bool is_open_hours;
  Day today;
  RuleMore more;           // with ASKS_MORE
  const FieldList *fields; // these two with ASKS_FIELDS: those of the desk, the retired ones too; what is filled in
  RuleValueList values;
} RuleFacts;
LIST_DEFINE(RuleFacts)

typedef struct RuleTime { // who has waited long enough
  int64_t number, since;
} RuleTime;
LIST_DEFINE(RuleTime)

typedef struct RuleCame { // that something happened in a conversation
  int64_t number, kind;
  bool is_bare, is_of_field; // nothing more was said; it is the field that the rule watches
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

// What of the above has to be loaded.
enum { ASKS_MORE = 1, ASKS_FIELDS = 2 };
unsigned rule_asks(const Rule *rule);
// `hours` NULL: they are loaded. *out NULL: there is no such conversation.
bool rule_facts_load(Arena *arena, Desk *desk, int64_t number, const BusinessHours *hours, unsigned asks, RuleFacts **out,
                     GError **error);
bool rule_facts_load_newest(Arena *arena, Desk *desk, const BusinessHours *hours, unsigned asks, RuleFactsList *out,
                            GError **error);
// `*out_gone`: what is retired, when that alone keeps the rule from firing; else NULL.
bool rule_holds(Arena *arena, const Rule *rule, RuleFacts *facts, const char **out_gone);
bool rule_text_has(const char *text, const char *words); // whole words, both folded

// Does it, and writes the log. Inside the caller's transaction, with the conversation locked.
bool rule_fire(Arena *arena, Desk *desk, const Rule *rule, RuleFacts *facts, RuleMoment moment, bool *out_stops, GError **error);
// The log of a rule says that it does not fire, and why; once, until it says something else.
bool rule_say_gone(Desk *desk, const Rule *rule, const RuleFacts *facts, RuleMoment moment, const char *gone, GError **error);
bool rule_answer(Arena *arena, Desk *desk, const Rule *rule, const RuleFacts *facts, const char *script, const char **out_why_not,
                 GError **error);
int64_t rule_moments_of(EventKind event, bool is_bare); // as bits; bare: the line of the journal says no more
// Whether a rule looks at these moments; of WHEN_FIELD `field_id` says which changed.
bool rule_looks(const Rule *rule, int64_t moments, int64_t field_id);

// What follows from something that happened: called for each before the commit.
bool rule_happen(Arena *arena, Desk *desk, const Happening *happening, GError **error);
int64_t rule_threshold(const Rule *rule, const BusinessHours *hours, int64_t now); // who waited since before is due; 0: nobody

// For the audit journal, in English: what is different, a line each; `before` or `after` NULL: it was not there, or is there no more.
bool rule_told_changes(Arena *arena, Desk *desk, const Rule *before, const Rule *after, const char **out, GError **error);

// ——— words.c and own.c

typedef enum RuleValueKind {
  VALUE_NONE,
  VALUE_TEXT,
  VALUE_PERSON,
  VALUE_TEAM,
  VALUE_TAG,
  VALUE_MAILBOX,
  VALUE_SCRIPT,
  VALUE_LANGUAGE,
  VALUE_CHANNEL,
  VALUE_BEHAVIOUR,
  VALUE_EMOTION,
  VALUE_NEED,
  VALUE_PRIORITY,
  VALUE_STATE,
  VALUE_STAGE,
  VALUE_SEVERITY,
  VALUE_YES,
  VALUE_MINUTES,
  VALUE_COUNT,
  VALUE_HEARER,
  VALUE_OWN, // as the kind of the field says
  VALUE_KIND_COUNT
} RuleValueKind;
RuleValueKind rule_field_value(RuleField field);
RuleValueKind rule_deed_value(RuleDeed deed);
bool rule_deed_has_words(RuleDeed deed);

#define RULE_TODAY "today"                                             // as it is kept
const char *rule_today(void);                                          // as it is read and typed
bool rule_day_read(Arena *arena, const char *typed, const char **out); // false: it is not told from today
const char *rule_day_shown(Arena *arena, const char *value);
// `choice` NULL: any. A sentence, or NULL.
const char *rule_own_gone(Arena *arena, const FieldList *fields, int64_t id, const char *choice);
// As somebody would fill it in by hand, for field_read.
const char *rule_own_text(Arena *arena, const Field *field, const char *value, Day today);
bool rule_own_holds(Arena *arena, const RuleCondition *condition, const RuleFacts *facts); // without what its sense denies
bool rule_own_would_change(Arena *arena, const RuleFacts *facts, const RuleAction *action);
