// Measures: what is asked for and decided in a case of conduct, with its terms, its letter, and the day on which it ends.
#pragma once

#include "base/list.h"
#include "desk/boundary/lifecycle.h"
#include "desk/desk.h"
#include "desk/staff/staff.h"

#define BOUNDARY_LETTER_MOST 12000
#define MEASURE_LONGEST (366 * CLOCK_DAY)
#define MEASURE_REVIEW_WITHIN (184 * CLOCK_DAY)

typedef struct Measure {
  int64_t id, case_id;
  MeasureKind kind;
  MeasureState state;
  const char *reason, *adjustment_note, *subject, *place, *outside, *still_open, *letter;
  Adjustment adjustment;
  int64_t contact_id, channels, days, from_minute, to_minute; // who, how, when; 0: not limited
  const char *contact_name;                                   // NULL: nobody is named, or they are not here any more
  int64_t ends_at, review_at, requested_by, requested_at, approved_by, approved_at, second_by, second_at, starts_at;
  const char *requested_name, *approved_name, *second_name;
  int64_t over_by, over_at, reviewed_by, reviewed_at, message_id, told_at;
  const char *over_name, *over_why;
} Measure;
LIST_DEFINE(Measure)

typedef struct MeasureDraft {
  int64_t case_id;
  MeasureKind kind;
  const char *reason, *adjustment_note, *subject, *place, *outside, *still_open, *letter;
  Adjustment adjustment;
  int64_t contact_id, channels, days, from_minute, to_minute;
  int64_t ends_at, review_at;
} MeasureDraft;
// What is wrong with it, as a sentence; NULL: nothing.
const char *measure_problem(Arena *arena, const MeasureDraft *draft, int64_t now);
// The letter as the template of its kind says it, filled with the draft; blanks stay marked.
bool measure_write(Arena *arena, Desk *desk, const Staff *writer, const MeasureDraft *draft, const char **out, GError **error);
// What stays open to the customer as long as nobody says it otherwise, in the customer's language.
bool measure_open_words(Arena *arena, Desk *desk, int64_t case_id, MeasureKind kind, const char **out, GError **error);
// Asks for it. ERROR_INVALID with what is wrong; ERROR_CONFLICT: another one waits, or the table or a guard forbids it.
bool measure_propose(Desk *desk, const Staff *actor, const MeasureDraft *draft, int64_t *out_id, GError **error);
bool measure_withdraw(Desk *desk, const Staff *actor, int64_t id, GError **error); // who asked
typedef enum MeasureOutcome {
  MEASURE_OUT_DECLINED,
  MEASURE_OUT_ONE_MORE,
  MEASURE_OUT_HOLDS,
  MEASURE_OUT_NO_ADDRESS
} MeasureOutcome;
// `why` is needed for a no. ERROR_FORBIDDEN: who asked, who reported an incident of it, and who approved it already. When the last
// yes is in, the measure holds and the letter is in the outbox, in the same transaction. NO_ADDRESS: likewise, but nobody can be written to.
// `origin` is where a link to appeal leads; NULL: the letter asks for an answer instead.
bool measure_decide(Desk *desk, const Staff *actor, int64_t id, bool approve, const char *why, const char *origin,
                    MeasureOutcome *out, GError **error);
// Looks at what holds: it stays, until `next_review`, or it is lifted now. The letter goes out. ERROR_INVALID, ERROR_CONFLICT.
bool measure_review(Desk *desk, const Staff *actor, int64_t id, bool lift, int64_t next_review, const char *why, GError **error);

// ——— what it says

// What an answer by `staff` now would break of what holds: a sentence, or NULL. `zone` is where hours are meant.
const char *boundary_warning(Arena *arena, const Measure *holds, const Staff *staff, int64_t now, GTimeZone *zone);
const char *boundary_terms(Arena *arena,
                           const Measure *measure); // "only Teodor Iliescu answers, by e-mail, Monday to Friday, 09:00 to 12:00"
const char *boundary_terms_kept(Arena *arena, const Measure *measure); // in English, whoever reads: for the journal
const char *boundary_day(Arena *arena, int64_t at);          // "12 March 2027", where the desk is, in the language that is spoken
bool measure_restricts(const Measure *measure, int64_t now); // a restriction or an end of contact that holds now
const char *channels_words(Arena *arena, int64_t channels);  // "by e-mail or by letter"
