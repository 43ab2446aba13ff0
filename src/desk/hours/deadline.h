// Deadlines of a complaint: the desk's own targets in business time, and those of a legal profile, each with its arithmetic in sentences.
//
// deadlines_of is a pure function of what is given. Nothing pauses a legal deadline: it does not know about waiting for the customer,
// and own holidays of the desk do not move it. Numbers of the enums are kept in databases and never change.
#pragma once

#include "desk/hours/hours.h"

#define DEADLINE_SEVERITIES 4 // 0 minor, 1 moderate, 2 serious, 3 critical

typedef enum DeadlineKind {
  DEADLINE_ACKNOWLEDGE, // own targets
  DEADLINE_FIRST_ANSWER,
  DEADLINE_RESOLUTION,
  DEADLINE_LEGAL_ACKNOWLEDGE, // of a profile
  DEADLINE_SUMMARY,           // resolved by then, a summary resolution communication is enough
  DEADLINE_FINAL_RESPONSE,
  DEADLINE_EXCEPTIONAL_RESPONSE, // when the final response is held up beyond the firm's control and a holding reply said so
  DEADLINE_KIND_COUNT,
} DeadlineKind;
#define DEADLINE_OWN_COUNT 3 // the first kinds are own targets

typedef enum LegalProfile { PROFILE_NONE, PROFILE_ISO_10002, PROFILE_FCA_DISP, PROFILE_FCA_PAYMENT, PROFILE_COUNT } LegalProfile;

typedef struct Deadline {
  DeadlineKind kind;
  const char *name; // "Final response"
  bool is_legal;
  int64_t starts_at, due_at; // due_at HOURS_NEVER: the desk never opens
  const char *arithmetic;    // sentences, one a line
} Deadline;
LIST_DEFINE(Deadline)

// The desk's own targets: business minutes by severity and kind (DEADLINE_ACKNOWLEDGE to DEADLINE_RESOLUTION); 0: none.
typedef struct Targets {
  int64_t minutes[DEADLINE_SEVERITIES][DEADLINE_OWN_COUNT];
} Targets;
// "8 h", "1 h 30 min", "45 min"; "" or "0" is none. What is wrong with it, or NULL.
const char *target_read(Arena *arena, const char *text, int64_t *out_minutes);
const char *target_write(Arena *arena, int64_t minutes); // as target_read reads it
#define TARGET_MOST (366 * 24 * 60)                      // minutes

// What a profile asks for, and where it says so.
typedef enum RuleMeasure {
  MEASURE_OWN_TARGET,    // no number in the source: the desk's own target for the acknowledgement
  MEASURE_CLOSE_OF_DAYS, // the close of business of the amount-th business day following the day of receipt
  MEASURE_END_OF_DAYS,   // the end of that day
  MEASURE_END_OF_WEEKS,  // the end of the day that many weeks after the day of receipt
} RuleMeasure;
typedef struct LegalRule {
  DeadlineKind kind;
  RuleMeasure measure;
  int64_t amount;
  const char *asks;   // a sentence
  const char *source; // "DISP 1.6.2 R"
} LegalRule;
typedef struct ProfileRules {
  const char *word, *title, *meaning; // "fca-disp"
  const LegalRule *rules;
  size_t count;
} ProfileRules;
const ProfileRules *profile_rules(LegalProfile profile); // never NULL; of PROFILE_NONE without rules
bool profile_from_word(const char *word, LegalProfile *out);

const char *deadline_name(DeadlineKind kind); // "Acknowledgement", "Final response"

// Every deadline of a complaint received at `received_at`, the earliest first; each kind at most once. Own targets of 0 minutes give none.
void deadlines_of(Arena *arena, const BusinessHours *hours, const Targets *targets, LegalProfile profile, int64_t severity,
                  int64_t received_at, DeadlineList *out);

// When `minutes` of business time from `from` on are over, for a target that is no complaint's. The sentences begin with `first`, which
// are the caller's, one a line; HOURS_NEVER: the desk never opens.
int64_t deadline_own(Arena *arena, const BusinessHours *hours, const char *first, int64_t from, int64_t minutes,
                     const char **out_arithmetic);
const char *business_time_words(Arena *arena, int64_t minutes); // "1 business hour and 30 minutes"

typedef enum DeadlineState { DEADLINE_RUNNING, DEADLINE_LATE, DEADLINE_MET, DEADLINE_MET_LATE } DeadlineState;
typedef struct DeadlineStanding {
  DeadlineState state;
  int64_t span;      // how long is left (running), or how long it was early (met); 0 or more
  int64_t late_by;   // real time past due (late, met late), else 0
  const char *words; // "2 h left", "3 days late", "met 4 h before it was due"
} DeadlineStanding;
// How a deadline stands at `now`; `met_at` 0: not met. Met at the very moment it is due is in time.
DeadlineStanding deadline_standing(Arena *arena, int64_t due_at, int64_t met_at, int64_t now);

// What the desk chose; defaults: no profile, and targets_default.
extern const Targets targets_default;
bool targets_load(Desk *desk, Targets *out, GError **error);
bool targets_set(Desk *desk, const Targets *targets, GError **error); // ERROR_INVALID: below 0 or above TARGET_MOST
bool profile_load(Desk *desk, LegalProfile *out, GError **error);
bool profile_set(Desk *desk, LegalProfile profile, GError **error);
