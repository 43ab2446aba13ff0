// Assessing, the gap, and what went wrong. Each writes its fields and a step in one transaction, with the conversation locked.
#include "desk/complaint/handling.h"
#include "base/words.h"

#include "base/text.h"
#include "desk/complaint.sql.h"
#include "desk/complaint/clock.h"
#include "desk/complaint/stored.h"
#include "desk/conversation/evidence.h"
#include "desk/conversation/stand.h"

#include <string.h>

#define NOTE_MOST 500

bool severity_from_word(const char *word, ComplaintSeverity *out) {
  for (unsigned severity = 0; word && severity < SEVERITY_COUNT; severity++)
    if (strcmp(severity_word(severity), word) == 0) {
      *out = severity;
      return true;
    }
  return false;
}

static Complaint *lock(Arena *arena, Desk *desk, int64_t number, GError **error) {
  return stand_load(arena, desk, number, error) ? complaint_load(arena, desk, number, error) : NULL;
}

static const char *clean(Arena *arena, const char *text, size_t most) {
  return text_clamp(arena, text_one_line(arena, text ? text : ""), most);
}

static const char *assessment_words(Arena *arena, const Assessment *assessment) {
  return arena_printf(arena, "%s%s%s%s; they seek: %s", severity_word(assessment->severity),
                      assessment->is_safety ? ", somebody may come to harm" : "",
                      text_is_blank(assessment->about) ? "" : ", about ", assessment->about, assessment->seeks);
}

bool complaint_assess(Desk *desk, const Staff *actor, int64_t number, const Assessment *given, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Assessment assessment = {.severity = MIN(given->severity, SEVERITY_COUNT - 1),
                           .is_safety = given->is_safety,
                           .about = clean(arena, given->about, ASSESSMENT_TEXT_MOST),
                           .seeks = clean(arena, given->seeks, ASSESSMENT_TEXT_MOST)};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const Complaint *before = tx ? lock(arena, desk, number, error) : NULL;
  if (!before || !complaint_update_assessment(desk->db, number, assessment.severity, assessment.is_safety, assessment.about,
                                              assessment.seeks, error))
    return false;
  if (before->severity != assessment.severity && !complaint_clocks_follow_severity(arena, desk, number, error)) return false;
  ComplaintMove move = {.event = COMPLAINT_ASSESS, .actor = actor, .detail = assessment_words(arena, &assessment)};
  return complaint_advance_within(arena, desk, number, &move, error) && db_commit(&tx, error);
}

// ——— the gap

static const char *words_of(Arena *arena, const ComplaintReading *reading, const char *label) {
  SpanList spans = {0};
  size_t length = strlen(reading->body);
  evidence_read(arena, reading->evidence, length, &spans);
  list_each(const Span, span, &spans)
    if (strcmp(span->label, label) == 0 && span->start >= 0 && span->end <= (int64_t)length && span->start < span->end)
      return clean(arena, arena_strndup(arena, reading->body + span->start, (size_t)(span->end - span->start)), GAP_TEXT_MOST);
  return "";
}

bool complaint_gap_propose(Arena *arena, Desk *desk, int64_t number, Gap *out, GError **error) {
  ComplaintReadingList readings = {0};
  *out = (Gap){"", ""};
  if (!complaint_select_readings(arena, desk->db, number, &readings, error)) return false;
  list_each(const ComplaintReading, reading, &readings) {
    Gap gap = {words_of(arena, reading, "present"), words_of(arena, reading, "desired")};
    bool is_better = (*gap.present && *gap.desired) || (!*out->present && !*out->desired);
    if (is_better) *out = gap;
    if (*gap.present && *gap.desired) return true;
  }
  return true;
}

bool complaint_gap_confirm(Desk *desk, const Staff *actor, int64_t number, const Gap *gap, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t now = clock_now(desk->clock);
  const char *present = clean(arena, gap->present, GAP_TEXT_MOST), *desired = clean(arena, gap->desired, GAP_TEXT_MOST);
  if (!*present && !*desired) return error_set(error, ERROR_INVALID, "Say where they are, or where they want to be.");
  ComplaintMove move = {
    .event = COMPLAINT_GAP,
    .actor = actor,
    .detail = arena_printf(arena, "Now: %s\nWanted: %s", *present ? present : "(not said)", *desired ? desired : "(not said)")};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && lock(arena, desk, number, error) && complaint_advance_within(arena, desk, number, &move, error) &&
         complaint_update_gap(desk->db, number, present, desired, &actor->id, &now, error) && db_commit(&tx, error);
}

// The customer's own words stand in quotation marks: turning "my" into "your" by rule makes nonsense of half of them.
const char *complaint_gap_words(Arena *arena, const Gap *gap) {
  bool has_present = !text_is_blank(gap->present), has_desired = !text_is_blank(gap->desired);
  if (!has_present && !has_desired) return "";
  const char *wish = has_desired ? arena_say(arena, "What you would like is this: \xE2\x80\x9C%s\xE2\x80\x9D", gap->desired) : "";
  if (!has_present) return wish;
  return arena_say(arena, "As I understand it, this is where things stand for you: \xE2\x80\x9C%s\xE2\x80\x9D%s%s", gap->present,
                   has_desired ? "\n\n" : "", wish);
}

// ——— what went wrong

const char *complaint_reason_title(Reason reason) {
  static const char *const titles[REASON_COUNT + 1] = {
    [REASON_NOT_LISTENED] = "They were not listened to",
    [REASON_NO_ACCESS] = "They could not get through",
    [REASON_WASTED_TIME] = "Their time was wasted on other paths",
    [REASON_INCOMPETENCE] = "Nobody seemed able to do it",
    [REASON_DISCOURTESY] = "They were treated without courtesy",
    [REASON_RIGID_SYSTEM] = "They met a rigid system",
    [REASON_COUNT] = "Something else",
  };
  return reason <= REASON_COUNT ? titles[reason] : "";
}

bool complaint_reasons(Arena *arena, Desk *desk, int64_t number, ComplaintReasonList *out, GError **error) {
  return complaint_reason_select(arena, desk->db, number, out, error);
}

static bool is_known(const ComplaintReasonList *reasons, Reason reason) {
  list_each(const ComplaintReason, known, reasons)
    if (known->reason == reason) return true;
  return false;
}

bool complaint_reasons_propose(Arena *arena, Desk *desk, int64_t number, ComplaintReasonList *out, GError **error) {
  ComplaintReasonList confirmed = {0};
  ComplaintReadingList readings = {0};
  *out = (ComplaintReasonList){0};
  if (!complaint_reason_select(arena, desk->db, number, &confirmed, error) ||
      !complaint_select_readings(arena, desk->db, number, &readings, error))
    return false;
  list_each(const ComplaintReading, reading, &readings)
    for (unsigned reason = 0; reason < REASON_COUNT; reason++)
      if ((reading->reasons >> reason & 1) && !is_known(&confirmed, reason) && !is_known(out, reason))
        *list_add(arena, out) = (ComplaintReason){
          .reason = reason, .feeling = reading->emotion, .source = REASON_FROM_READING, .note = ""};
  return true;
}

bool complaint_reason_set(Desk *desk, const Staff *actor, int64_t number, const ComplaintReason *reason, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *note = clean(arena, reason->note, NOTE_MOST);
  int64_t feeling = reason->feeling;
  if (reason->reason > REASON_COUNT || reason->source >= REASON_SOURCE_COUNT || reason->feeling >= EMOTION_COUNT)
    return error_set(error, ERROR_INVALID, "That is none of the things that can have gone wrong.");
  if (reason->reason == REASON_COUNT && !*note) return error_set(error, ERROR_INVALID, "Say in a few words what went wrong.");
  bool is_felt = reason->feeling != EMOTION_NEUTRAL;
  ComplaintMove move = {.event = COMPLAINT_REASON,
                        .actor = actor,
                        .detail = arena_printf(arena, "%s%s%s%s%s", complaint_reason_title(reason->reason),
                                               is_felt ? ", felt as " : "", is_felt ? emotion_word(reason->feeling) : "",
                                               *note ? ": " : "", note)};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && lock(arena, desk, number, error) &&
         complaint_reason_upsert(desk->db, number, reason->reason, is_felt ? &feeling : NULL, reason->source, note,
                                 actor ? &actor->id : NULL, clock_now(desk->clock), error) &&
         complaint_advance_within(arena, desk, number, &move, error) && db_commit(&tx, error);
}

bool complaint_reason_remove(Desk *desk, const Staff *actor, int64_t number, Reason reason, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !lock(arena, desk, number, error) || !complaint_reason_delete(desk->db, number, reason, &changed, error))
    return false;
  ComplaintMove move = {
    .event = COMPLAINT_REASON, .actor = actor, .detail = arena_printf(arena, "Taken back: %s", complaint_reason_title(reason))};
  return !changed || (complaint_advance_within(arena, desk, number, &move, error) && db_commit(&tx, error));
}
