// What makes a complaint of a conversation without anybody pressing a key: rules that supervisors edit, and the suggestion that follows
// from the readings, which a person takes up or turns down. Without rules the desk only suggests.
#pragma once

#include "desk/complaint/complaint.h"

typedef enum ComplaintRuleKind { RULE_MAILBOX, RULE_WORDS, RULE_BEHAVIOUR, RULE_KIND_COUNT } ComplaintRuleKind;
const char *rule_kind_word(ComplaintRuleKind kind);  // "mailbox", "words", "behaviour": as in forms
const char *rule_kind_title(ComplaintRuleKind kind); // "It came to"
bool rule_kind_from_word(const char *word, ComplaintRuleKind *out);

typedef struct ComplaintRule {
  int64_t id, made_at;
  ComplaintRuleKind kind;
  const char *value; // an address of ours; words that stand in subject or text, whatever their case and accents; "frustrated"
  const char *staff_name; // who made it
} ComplaintRule;
LIST_DEFINE(ComplaintRule)

#define RULES_MOST 200
#define RULE_VALUE_MOST 200 // characters
bool complaint_rules(Arena *arena, Desk *desk, ComplaintRuleList *out, GError **error);
// ERROR_INVALID when the address is none of ours, nothing is written, or the behaviour is not one; ERROR_CONFLICT when the rule is there
// or there are RULES_MOST.
bool complaint_rule_add(Desk *desk, const Staff *actor, ComplaintRuleKind kind, const char *value, GError **error);
bool complaint_rule_remove(Desk *desk, int64_t rule_id, GError **error); // does nothing when there is none

// Why a conversation reads like a complaint, in words for "This reads like a complaint: …"; `*out` NULL when it does not, when it is one,
// or when somebody said that it is none.
bool complaint_suggestion(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error);
// "It is not": nobody is asked again, and no rule makes one of it.
bool complaint_deny(Desk *desk, const Staff *actor, int64_t number, GError **error);

// A mail of a customer that was just filed. Internal to the desk; inside the caller's transaction, with the conversation locked.
typedef struct RuleMail {
  int64_t number;
  const char *const *mailboxes; // keys of the addresses of ours that it came to, NULL at the end
  const char *subject, *text;
  const Reading *reading; // NULL: not read
} RuleMail;
bool complaint_rules_apply(Arena *arena, Desk *desk, const RuleMail *mail, GError **error);
