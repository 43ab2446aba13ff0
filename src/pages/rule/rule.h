// Rules for supervisors: the list in its order, one rule as a form, what it would have done, and the log of what it did.
#pragma once

#include "desk/rule/rule.h"
#include "pages/shell/shell.h"

typedef struct RuleOption { // of a select
  const char *value, *title;
} RuleOption;
LIST_DEFINE(RuleOption)

typedef struct RuleGroup { // of a select: "The customer"
  const char *title;
  RuleOptionList options;
} RuleGroup;
LIST_DEFINE(RuleGroup)

typedef struct RuleLine { // of the form: a condition, or something to do
  int64_t index;
  const char *choice, *value, *words; // as they were typed; choice "": an empty line
  const char *problem;                // NULL when there is none
} RuleLine;
LIST_DEFINE(RuleLine)

typedef struct RuleMomentBox {
  const char *word, *title;
  bool is_checked;
} RuleMomentBox;
LIST_DEFINE(RuleMomentBox)

typedef struct RuleForm {
  Shell shell;
  int64_t id; // 0: a new one
  const char *name, *amount;
  bool is_on, is_any, with_past;
  size_t conditions_least, actions_least; // lines to show; 0: no matter
  RuleMomentBoxList happens, waits;
  RuleLineList conditions, actions;
  RuleGroupList asks, deeds;
  RuleOptionList watches;      // "" and the fields of the desk's own; empty when it has none
  const char *watched;         // as it was chosen
  const char *watched_problem; // NULL when there is none
  TextList choices;            // what may be typed as a value
  const char *problem;         // of the whole
  const RuleTrial *trial;      // NULL: it was not tried
  TextList deed_words;         // of the trial's counts
  RuleFiringList log;          // of this rule, the newest
} RuleForm;

typedef struct RuleCard { // a row of the list
  const Rule *rule;
  const char *when, *what_if, *what;
  TextList gone; // what of it is retired, in sentences
  bool is_first, is_last;
} RuleCard;
LIST_DEFINE(RuleCard)

typedef struct RuleListPage {
  Shell shell;
  RuleCardList cards;
  const char *kept; // what was done just now; NULL: nothing
} RuleListPage;

typedef struct RuleLogPage {
  Shell shell;
  RuleFiringList firings;
  int64_t next; // 0: no more
} RuleLogPage;

bool rule_option_is(const RuleOption *option, const char *choice);
// What of a rule is retired, as a sentence; NULL: nothing.
const char *rule_condition_problem(Arena *arena, const RuleNames *names, const RuleCondition *condition);
const char *rule_action_problem(Arena *arena, const RuleNames *names, const RuleAction *action);
const char *rule_watched_problem(Arena *arena, const RuleNames *names, const Rule *rule);
const char *rule_trial_words(const RuleForm *form, Arena *arena);
const char *rule_count_words(const RuleForm *form, Arena *arena, const Text *words); // of what it would do
WebHandler rule_page_list, rule_page_new, rule_page_edit, rule_page_log, rule_post_new, rule_post_edit, rule_post_switch,
  rule_post_move, rule_post_remove;
