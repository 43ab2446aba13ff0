// How a case changes. Internal to the desk; everything here is inside the caller's transaction.
#pragma once

#include "desk/boundary/boundary.h"

// The case, its row held until the transaction ends. ERROR_NOT_FOUND.
typedef struct CaseStand {
  int64_t id, customer_id, number;
  BoundaryStage stage;
} CaseStand;
CaseStand *boundary_hold(Arena *arena, Desk *desk, int64_t case_id, GError **error);

typedef struct BoundaryMove {
  BoundaryEvent event;
  const Staff *actor; // NULL: the desk, or the customer
  bool by_customer;
  const char *detail;   // "" or a sentence
  const Measure *holds; // what holds now; NULL: nothing
} BoundaryMove;
// Whether the table and its guard let it happen; else ERROR_CONFLICT with what is missing.
bool boundary_may(Arena *arena, Desk *desk, const CaseStand *stand, const BoundaryMove *move, GError **error);
// Lets it happen: the stage, a step, the conversation's journal and so the live views, the audit journal. `stand` follows.
bool boundary_move(Arena *arena, Desk *desk, CaseStand *stand, const BoundaryMove *move, GError **error);

Measure *measure_load(Arena *arena, Desk *desk, int64_t id, GError **error); // ERROR_NOT_FOUND
bool measure_holding(Arena *arena, Desk *desk, int64_t case_id, Measure **out, GError **error);
// What holds is over, and what waits is withdrawn: a new decision begins anew. `stand` is where it leads.
bool measure_over(Arena *arena, Desk *desk, CaseStand *stand, const Measure *holds, MeasureState state, const Staff *actor,
                  const char *why, GError **error);

// Whether somebody may say what a mail under a restriction was: to whom it went, and supervisors. Else ERROR_FORBIDDEN.
bool tray_may_read(Desk *desk, const Staff *actor, int64_t message_id, GError **error);

// ——— letters

// What a measure is called within a sentence: "restriction". In the language that is spoken.
const char *boundary_title(Arena *arena, MeasureKind kind);
// The template `word` (a script, so that supervisors edit it) in the language that is spoken, filled with what is known in the conversation and with `values`.
typedef struct LetterValue {
  const char *name, *value; // NULL or "": the mark stays
} LetterValue;
bool boundary_fill(Arena *arena, Desk *desk, const Staff *writer, int64_t number, const char *word, const LetterValue *values,
                   const char **out, GError **error);
// Sends it into the conversation of the case, to the customer whose case it is and to nobody else who takes part there. It is no answer to
// what they asked: they go on waiting. `*out_message` 0: no address.
bool boundary_send(Arena *arena, Desk *desk, const Staff *writer, const CaseStand *stand, const char *text, int64_t *out_message,
                   GError **error);

typedef struct IncidentMessage { // what a report needs to know of a message
  int64_t number, customer_id, kind;
  const char *body, *author_name, *author_address, *answer_to;
} IncidentMessage;
// Inside the caller's transaction, before anything is held. `customer_id` is whose words they are: in a conversation of several people, or
// one that was merged, not always whose it is. `*out` NULL: there is no such message.
bool incident_find_message(Arena *arena, Desk *desk, int64_t id, IncidentMessage **out, GError **error);

typedef struct AppealCounts {
  int64_t stands, granted; // decided ones against one measure
  int64_t recent;          // of the whole case
  int64_t other_due_at;    // of one that is open against another measure of the case; 0: none is
} AppealCounts;

typedef struct DueMark {
  int64_t id, case_id;
} DueMark;
LIST_DEFINE(DueMark)

#define MARK_APPEAL "{{appeal}}" // in a letter: filled when it leaves, since it names the measure
