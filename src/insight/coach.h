// Coach: what a draft already does well, and what could be worded better. Draft in, Coaching out: pure, thread safe, no I/O, no
// database; nothing of a draft is kept. Advice is for the writer alone, and never a verdict on a person.
//
// The coach judges the agent's own words: quoted lines, text in quotation marks, greeting, sign-off and signature are passed over.
// It knows the customer's message when it is given: restating is checked against it, and its nouns are offered for echoing. Each
// rule rests on published evidence that stands with its name in coach_rules; doc/coach.md is printed from that table.
#pragma once

#include "insight/insight.h"

// In this order everywhere. An advice names the rule that the draft does NOT meet.
typedef enum CoachRule {
  COACH_I_NOT_WE,
  COACH_ACCUSING_YOU,
  COACH_PERSPECTIVE_FIRST,
  COACH_CONCRETE,
  COACH_RESTATE,
  COACH_WARM_ENDS,
  COACH_ONE_APOLOGY,
  COACH_OPTIONS,
  COACH_NO_POLICY_TALK,
  COACH_ON_YOUR_TEAM,
  COACH_PROBLEM_NOT_PERSON,
  COACH_AGREE_NEXT_STEP,
  COACH_POLITE_REQUEST,
  COACH_EMPATHY,
  COACH_TONE_GUARD,
  COACH_RULE_COUNT
} CoachRule;

typedef struct CoachRuleFacts {
  const char *word;     // "i_not_we"
  const char *title;    // "Say “I”, not “we”"
  const char *looks_at; // what is checked, in a sentence
  const char *evidence; // what was found, in a sentence
  const char *source;   // authors, year, DOI
  double strength;      // of the evidence, 0 to 1; with how much it matters in the draft it gives the order of advice
} CoachRuleFacts;
extern const CoachRuleFacts coach_rules[COACH_RULE_COUNT];
const char *coach_rule_word(CoachRule rule);
bool coach_rule_from_word(const char *word, CoachRule *out);

// What a draft can do that a protocol may ask for. Protocols name steps by these words.
typedef enum CoachStep {
  STEP_RESTATE,               // says the problem in the customer's terms
  STEP_EMPATHY,               // names a feeling, says what it means to them, or asks about their situation
  STEP_APOLOGY,               // says sorry for something
  STEP_THANKS,                // thanks for something
  STEP_OPTIONS,               // offers two ways or more
  STEP_NEXT_STEP,             // what happens next, with a time
  STEP_AGREEMENT,             // asks whether that is all right
  STEP_ACKNOWLEDGE_HOSTILITY, // says that anger or hard words were heard
  STEP_WANT_TO_SOLVE,         // says that I want to solve it
  STEP_HARD_TO_FOCUS,         // says how hard it is to focus when intimidated
  STEP_RETURN_TO_PROBLEM,     // comes back to the matter in hand
  STEP_ON_YOUR_TEAM,          // stands beside the customer
  STEP_INSTEAD,               // what can be done instead of what cannot
  STEP_WHO_DECIDES,           // who can decide more
  STEP_COUNT
} CoachStep;
const char *coach_step_word(CoachStep step);  // "restate" …
const char *coach_step_title(CoachStep step); // "Says the problem in the customer's words"
bool coach_step_from_word(const char *word, CoachStep *out);

// Byte offsets into the draft, on character boundaries. `instead` takes the place of start … end; where something is missing,
// start and end are the same place, and `instead` is to be inserted there.
typedef struct Advice {
  CoachRule rule;
  int64_t start, end;
  const char *why;     // one sentence
  const char *instead; // better words; never empty
  bool is_missing;     // the draft lacks it as a whole: worth saying only once the writer seems done
  double weight;       // evidence × severity, 0 to 1
} Advice;
LIST_DEFINE(Advice)

typedef struct StepSpan {
  int64_t start, end; // the words that meet it; both 0 when it is not met
} StepSpan;

typedef struct Coaching {
  bool is_read;   // false: empty, or not in a language that the coach reads; there is then no advice and no step
  bool is_partly; // a language of which the coach knows steps and few rules: German (see german.c); nothing is missed in it
  bool steps[STEP_COUNT];
  StepSpan step_spans[STEP_COUNT];
  AdviceList advice; // greatest weight first
} Coaching;

typedef struct CoachInput {
  const char *draft;
  size_t draft_length;
  const char *message; // the customer's latest, without quoted text; NULL when there is none
  size_t message_length;
  const Reading *reading; // of the message; NULL: the coach looks at the words alone
} CoachInput;

// Any bytes are accepted. Bounded work: what stands beyond COACH_MOST bytes of either text is not looked at.
#define COACH_MOST ((size_t)16 * 1024)
Coaching *coach_draft(Arena *arena, const CoachInput *input);

// As the contract of `rapport coach` says: {steps{name: bool}, advice[{rule,start,end,why,instead}], …}
Json *coaching_to_json(const Coaching *coaching);
