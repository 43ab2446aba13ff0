// What is to be done next about a complaint, by whom and by when: always there, unless it is closed without news.
#pragma once

#include "desk/complaint/complaint.h"

// What the sentence depends on beside the complaint itself. All zero is fine for lists: the sentence then follows from the stage.
typedef struct ComplaintFacts {
  int64_t promise_due_at; // of the earliest running promise; 0: none
  const char *promise_words;
  bool customer_waits;     // they wrote, and nobody has answered
  bool waits_for_approval; // a remedy waits for somebody who may decide
} ComplaintFacts;

typedef enum NextTurn { TURN_OURS, TURN_CUSTOMERS, TURN_APPROVERS, TURN_NOBODYS } NextTurn;

typedef struct NextStep {
  const char *sentence; // NULL: nothing, it is closed
  const char *who;      // "Mira Lindqvist", "the supervisors"
  NextTurn turn;        // whom it waits on; we ask again when the customer does not answer
  int64_t by;           // 0: no day is set
  bool is_late;
} NextStep;

bool complaint_facts(Arena *arena, Desk *desk, const Complaint *complaint, ComplaintFacts *out, GError **error);
NextStep complaint_next_step(Arena *arena, const Complaint *complaint, const ComplaintFacts *facts, int64_t now);
