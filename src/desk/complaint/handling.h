// What people say about a complaint: how severe it is, the gap between where the customer is and where they want to be, and what went
// wrong in the handling in the customer's eyes, with how it felt. What the engine reads are proposals; nothing of it is kept until
// somebody confirms it.
#pragma once

#include "desk/complaint/complaint.h"

typedef struct Assessment {
  ComplaintSeverity severity;
  bool is_safety;            // somebody may come to harm
  const char *about, *seeks; // the product or service; what they seek, in a few words
} Assessment;
#define ASSESSMENT_TEXT_MOST 300 // characters
bool severity_from_word(const char *word, ComplaintSeverity *out);
// Keeps it and lets COMPLAINT_ASSESS happen. The own targets follow the severity; the legal clock does not. ERROR_CONFLICT without what
// they seek, or from a stage where it cannot be.
bool complaint_assess(Desk *desk, const Staff *actor, int64_t number, const Assessment *assessment, GError **error);

// The gap. Proposed from the newest message in which both, or one of the two, could be read: "" where not.
typedef struct Gap {
  const char *present, *desired;
} Gap;
#define GAP_TEXT_MOST 600 // characters
bool complaint_gap_propose(Arena *arena, Desk *desk, int64_t number, Gap *out, GError **error);
// Confirmed by a person, in the customer's terms. ERROR_INVALID when both are empty.
bool complaint_gap_confirm(Desk *desk, const Staff *actor, int64_t number, const Gap *gap, GError **error);
// For an answer: "As I understand it, …" followed by what they want; "" without a gap.
const char *complaint_gap_words(Arena *arena, const Gap *gap);

// What went wrong in the handling. REASON_COUNT is "something else", which needs words.
typedef enum ReasonSource { REASON_BY_AGENT, REASON_FROM_READING, REASON_FROM_SURVEY, REASON_SOURCE_COUNT } ReasonSource;
typedef struct ComplaintReason {
  Reason reason;
  Emotion feeling; // EMOTION_NEUTRAL: not said
  ReasonSource source;
  const char *note;
  int64_t made_at;
  const char *staff_name;
} ComplaintReason;
LIST_DEFINE(ComplaintReason)
const char *complaint_reason_title(Reason reason); // "They were not listened to"
bool complaint_reasons(Arena *arena, Desk *desk, int64_t number, ComplaintReasonList *out, GError **error);
// What the readings suggest and nobody has confirmed yet.
bool complaint_reasons_propose(Arena *arena, Desk *desk, int64_t number, ComplaintReasonList *out, GError **error);
// ERROR_INVALID for something else without words. Saying one again changes how it felt and its words.
bool complaint_reason_set(Desk *desk, const Staff *actor, int64_t number, const ComplaintReason *reason, GError **error);
bool complaint_reason_remove(Desk *desk, const Staff *actor, int64_t number, Reason reason, GError **error);

// What the engine read in one message; internal to the desk.
typedef struct ComplaintReading {
  int64_t message_id, reasons;
  Behaviour behaviour;
  Emotion emotion;
  double valence, intensity;
  const char *evidence, *body;
} ComplaintReading;
LIST_DEFINE(ComplaintReading)
