// Rules: when something happens to a conversation, and if it is so, then the desk does something. Supervisors write them in the browser;
// they are gone through in their order, and each does what it does at once, in the transaction of what happened.
//
// Nothing can go round in a circle. What a rule does may set off other rules, and the same one no second time for all that began with one
// event: so there are at most as many firings as there are rules. A rule that would have fired again says so in its log.
#pragma once

#include "base/list.h"
#include "desk/field/field.h"
#include "desk/staff/staff.h"

// Numbers are kept in databases and never change. Two are waited for, all others happen.
typedef enum RuleMoment {
  WHEN_OPENED,
  WHEN_WROTE,
  WHEN_ANSWERED,
  WHEN_NOTED,
  WHEN_SOLVED,
  WHEN_REOPENED,
  WHEN_ASSIGNED,
  WHEN_COMPLAINT,
  WHEN_WOKE,
  WHEN_TARGET_NEAR,
  WHEN_TARGET_MISSED,
  WHEN_WAITED,    // the customer waits for so many business minutes
  WHEN_UNTOUCHED, // nothing was written for so many days
  WHEN_FIELD,     // a field of the desk's own changes: any, or the one that the rule watches
  WHEN_GIVEN,     // these three: as WHEN_ASSIGNED, told apart
  WHEN_GIVEN_TEAM,
  WHEN_HANDED_BACK,
  WHEN_COUNT
} RuleMoment;
#define WHEN_WAITS ((INT64_C(1) << WHEN_WAITED) | (INT64_C(1) << WHEN_UNTOUCHED))
extern const RuleMoment rule_moments[WHEN_COUNT]; // in the order in which they are read
const char *rule_moment_word(RuleMoment moment);  // "opened": as in forms
const char *rule_moment_title(RuleMoment moment); // "A conversation is opened"

// What may be asked. Kept by their words, so that their order is how they are read.
typedef enum RuleField {
  IF_SUBJECT,
  IF_TEXT,
  IF_LANGUAGE,
  IF_MAILBOX,
  IF_CHANNEL, // how the customer's newest message came
  IF_MACHINE,
  IF_PRIORITY,
  IF_TEAM,
  IF_ASSIGNEE,
  IF_TAG,
  IF_STATE,
  IF_MESSAGES, // the customer's and ours; no notes, nothing by itself
  IF_REOPENED, // how often
  IF_ADDRESS,
  IF_DOMAIN,
  IF_NAME,
  IF_ORGANISATION,
  IF_RECENT,          // conversations of the customer opened in 30 days, this one too
  IF_OTHER_COMPLAINT, // open, in another conversation of the customer
  IF_BEHAVIOUR,
  IF_FEELING,
  IF_NEED,
  IF_COMPLAINT,
  IF_STAGE,
  IF_SEVERITY,
  IF_HOURS,
  IF_OWN, // a field of the desk's own: which, stands in the condition
  IF_COUNT
} RuleField;
const char *rule_field_group(RuleField field); // "The customer": under which it stands in a list

typedef enum RuleSense {
  SENSE_IS,
  SENSE_IS_NOT,
  SENSE_HAS,
  SENSE_HAS_NOT,
  SENSE_LEAST,
  SENSE_MORE,
  SENSE_LESS,
  SENSE_BEFORE,
  SENSE_AFTER,
  SENSE_FILLED, // these two ask for no value
  SENSE_EMPTY,
  SENSE_COUNT
} RuleSense;
const char *rule_sense_title(RuleSense sense); // "is", "is not", "contains", "is more than", "is filled in"

typedef struct RuleCondition {
  RuleField field;
  RuleSense sense;
  // A number of a person, team, tag or mailbox, 0: none; a word; text as it was written. Of a date "2026-11-22", or "today", "today+7".
  const char *value;
  int64_t own; // of IF_OWN: the number of the field
} RuleCondition;
LIST_DEFINE(RuleCondition)

typedef enum RuleDeed {
  DO_ASSIGN,
  DO_TEAM,
  DO_PRIORITY,
  DO_TAG,
  DO_UNTAG,
  DO_NOTE,
  DO_ANSWER,
  DO_COMPLAINT,
  DO_SNOOZE,
  DO_SOLVE,
  DO_NOTIFY,
  DO_STOP,
  DO_FILL,  // a field of the desk's own, which stands in the action
  DO_EMPTY, // likewise
  DO_COUNT
} RuleDeed;

typedef struct RuleAction {
  RuleDeed deed;
  const char
    *value; // whom, which: as of a condition; of a snooze business minutes; of a notice "0" whoever has it, "-1" supervisors
  const char *words; // of a note or a notice
  int64_t own;       // of DO_FILL and DO_EMPTY: the number of the field
} RuleAction;
LIST_DEFINE(RuleAction)

typedef struct Rule {
  int64_t id, place, changed_at;
  const char *name;
  bool is_on;
  int64_t moments; // bits of 1 << RuleMoment
  int64_t amount;  // of a moment that waits: business minutes, or days
  int64_t watched; // of WHEN_FIELD: the number of the field; 0: any
  bool is_any;     // one condition is enough; else all must hold
  RuleConditionList conditions;
  RuleActionList actions;
  int64_t up_to, up_to_number; // how far a rule that waits has looked
  int64_t fired;               // how often it is in the log; rule_list only
} Rule;
LIST_DEFINE(Rule)

#define RULES_MOST 100
#define RULE_CONDITIONS_MOST 12
#define RULE_ACTIONS_MOST 8
#define RULE_NAME_MOST 80                // characters
#define RULE_VALUE_MOST FIELD_VALUE_MOST // characters
#define RULE_WORDS_MOST 2000             // characters

bool rule_list(Arena *arena, Desk *desk, RuleList *out, GError **error);          // in their order
bool rule_find(Arena *arena, Desk *desk, int64_t id, Rule **out, GError **error); // ERROR_NOT_FOUND
// The audit journal says who wrote and changed one, and what stood in it before.
// id 0: a new one, behind the others; `*out_id` its id. ERROR_INVALID says what is missing. `with_past`: a rule that waits also looks at
// what waits that long already.
bool rule_keep(Desk *desk, const Staff *actor, const Rule *rule, bool with_past, int64_t *out_id, GError **error);
bool rule_switch(Desk *desk, const Staff *actor, int64_t id, bool is_on, GError **error);
bool rule_move(Desk *desk, const Staff *actor, int64_t id, bool up, GError **error); // past its neighbour
bool rule_remove(Desk *desk, const Staff *actor, int64_t id, GError **error);        // its log stays

// ——— what people call the things that rules name

typedef struct RuleName {
  int64_t id;       // of a script: 0
  const char *name; // "Mira Lindqvist"
  const char *word; // of a script; else NULL
} RuleName;
LIST_DEFINE(RuleName)
typedef struct RuleNames {
  RuleNameList people, teams, tags, mailboxes, scripts; // that may be named now
  RuleNameList left, invited;                           // people who may not: who left, and who is not here yet
  FieldList fields;                                     // of the desk's own; the retired ones too
} RuleNames;
bool rule_names_load(Arena *arena, Desk *desk, RuleNames *out, GError **error);
const Field *rule_field_named(const FieldList *fields, int64_t id); // NULL: there is none

// How a form calls them: "subject", "own-12"; "tag", "fill-12". Reading one sets what is asked or done, and of which field.
const char *rule_condition_word(Arena *arena, const RuleCondition *condition);
bool rule_condition_from_word(const char *word, RuleCondition *out);
const char *rule_sense_word(RuleSense sense);
bool rule_sense_from_word(const char *word, RuleSense *out);
const char *rule_action_word(Arena *arena, const RuleAction *action);
bool rule_action_from_word(const char *word, RuleAction *out);
bool rule_condition_allows(const FieldList *fields, const RuleCondition *condition); // what it asks, with its sense

// As a person reads it: "Subject", "Give it to", "Fill in “Shop” with".
const char *rule_condition_title(const FieldList *fields, const RuleCondition *condition);
const char *rule_action_title(Arena *arena, const FieldList *fields, const RuleAction *action);
// And whole: "Subject contains refund", "Give it to Mira Lindqvist".
const char *rule_condition_words(Arena *arena, const RuleNames *names, const RuleCondition *condition);
const char *rule_action_words(Arena *arena, const RuleNames *names, const RuleAction *action);
const char *rule_condition_value(Arena *arena, const RuleNames *names, const RuleCondition *condition); // as one types it
const char *rule_action_value(Arena *arena, const RuleNames *names, const RuleAction *action);
// What it names that is retired: "the field “Shop” is not asked for any more". NULL: nothing. Such a condition holds never, whatever it
// asks; such an action is not done.
const char *rule_condition_gone(Arena *arena, const FieldList *fields, const RuleCondition *condition);
const char *rule_action_gone(Arena *arena, const FieldList *fields, const RuleAction *action);
const char *rule_watched_gone(Arena *arena, const FieldList *fields, const Rule *rule);
// Whether it gives to somebody who left, or tells them, as a sentence: "Priya Shah has left; give it to somebody else." NULL: it does not.
const char *rule_action_left(Arena *arena, const RuleNames *names, const RuleAction *action);
bool rule_names_person(const Rule *rule, int64_t staff_id); // what it does is about them
// What one typed as a value of a rule; what is wrong with it in a sentence, or NULL. A tag that is not there yet is made when kept.
const char *rule_condition_read(Arena *arena, const RuleNames *names, const char *typed, RuleCondition *condition);
const char *rule_action_read(Arena *arena, const RuleNames *names, const char *typed, RuleAction *action);
// All that may be typed as a value somewhere, each once, for a list beside the fields of a form.
void rule_choices(Arena *arena, const RuleNames *names, TextList *out);

// ——— the log

typedef struct RuleFiring {
  int64_t id, fired_at, number, rule_id;
  RuleMoment moment;
  const char *rule_name, *customer_name, *outcome;
} RuleFiring;
LIST_DEFINE(RuleFiring)
#define RULE_LOG_PAGE 50
// Newest first; rule_id 0: of all rules; `before` 0: from the top.
bool rule_log(Arena *arena, Desk *desk, int64_t rule_id, int64_t before, RuleFiringList *out, bool *out_has_more, GError **error);

// ——— trying

#define RULE_TRIED 1000
typedef struct RuleExample {
  int64_t number;
  const char *customer_name, *subject, *what; // what it would do: "give it to Mira Lindqvist; …"
} RuleExample;
LIST_DEFINE(RuleExample)
typedef struct RuleTrial {
  int64_t looked_at;        // the newest conversations, at most RULE_TRIED
  int64_t happened;         // in as many of them its moment came
  int64_t held;             // and in as many of these its conditions hold
  RuleExampleList examples; // of the newest, at most 20
  IntList counts;           // for each action: in how many conversations it would change something
} RuleTrial;
// What the rule would have done to the last thousand conversations, as they stand now. Changes nothing.
bool rule_try(Arena *arena, Desk *desk, const Rule *rule, const RuleNames *names, RuleTrial *out, GError **error);

// ——— chores. Several processes may do them at once; each rule looks at each conversation once.
bool rule_watch(Desk *desk, GError **error); // rules that wait
bool rule_prune(Desk *desk, GError **error); // log entries older than the policy's rule-log-keeps
