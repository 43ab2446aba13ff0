// Asking for a measure: what it must say, the letter from its template, and the request. Nothing holds yet, and nobody is written to.
#include "desk/boundary/stored.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/boundary.sql.h"
#include "desk/conversation/verbs.h"
#include "desk/protocol/script.h"
#include "desk/template/template.h"

#include <string.h>

#define SHORT_MOST 500 // characters of what stands in one line

static const char *text_problem(const MeasureDraft *draft) {
  const char *const long_ones[] = {draft->reason, draft->adjustment_note, draft->still_open};
  const char *const short_ones[] = {draft->subject, draft->place, draft->outside};
  for (size_t i = 0; i < G_N_ELEMENTS(long_ones); i++)
    if (text_length(long_ones[i]) > BOUNDARY_TEXT_MOST) return "This is longer than 4000 characters. Keep what matters.";
  for (size_t i = 0; i < G_N_ELEMENTS(short_ones); i++)
    if (text_length(short_ones[i]) > SHORT_MOST)
      return "What it covers, where, and the outside body take 500 characters at most.";
  return text_length(draft->letter) > BOUNDARY_LETTER_MOST ? "The letter is longer than 12000 characters." : NULL;
}

static const char *date_problem(const MeasureDraft *draft, int64_t now) {
  if (draft->ends_at <= now) return "Say until when it holds: a day in the future. Nothing here is for ever.";
  if (draft->ends_at > now + MEASURE_LONGEST) return "It can hold for a year at most. What should go on longer is decided anew.";
  if (draft->review_at <= now) return "Say when it is looked at again: a day in the future, and not after its end.";
  if (draft->review_at > draft->ends_at) return "It is looked at again before it ends, not after.";
  if (draft->review_at > now + MEASURE_REVIEW_WITHIN) return "It is looked at again within six months.";
  return NULL;
}

static const char *terms_problem(const MeasureDraft *draft) {
  bool restricts = draft->contact_id || draft->channels || draft->days || draft->to_minute || !text_is_blank(draft->subject) ||
                   !text_is_blank(draft->place);
  if (draft->from_minute < 0 || draft->to_minute > 24 * 60 || (draft->to_minute && draft->from_minute >= draft->to_minute))
    return "The hours run from an earlier to a later time of the same day.";
  if (draft->days < 0 || draft->days > 127 || draft->channels < 0 || draft->channels > 15)
    return "The form is damaged; load the page again.";
  if (draft->kind == MEASURE_RESTRICTION && !restricts)
    return "Say what is restricted: who answers, how, when, where, or which matters.";
  return NULL;
}

const char *measure_problem(Arena *arena, const MeasureDraft *draft, int64_t now) {
  if (draft->kind >= MEASURE_KIND_COUNT) return "Choose what to ask for.";
  if (text_is_blank(draft->reason)) return "Say what happened, so that it can be read in the letter and in a year.";
  if (draft->adjustment != ADJUSTMENT_NONE && draft->adjustment != ADJUSTMENT_MADE)
    return "Answer the question about adjustments first: does this person need things done differently, and were they asked?";
  if (text_is_blank(draft->adjustment_note)) return "Say how you know about adjustments: whom you asked, and what they said.";
  const char *problem = date_problem(draft, now);
  if (!problem) problem = terms_problem(draft);
  if (!problem && text_is_blank(draft->outside)) problem = "Name the outside body that the letter points to.";
  if (!problem && text_is_blank(draft->still_open))
    problem = "Say what is still open to them: at least, how a new matter reaches us.";
  return problem ? problem : text_problem(draft);
}

static Measure terms_of(Arena *arena, Desk *desk, const MeasureDraft *draft) {
  Measure terms = {.kind = draft->kind,
                   .subject = draft->subject,
                   .place = draft->place,
                   .contact_id = draft->contact_id,
                   .channels = draft->channels,
                   .days = draft->days,
                   .from_minute = draft->from_minute,
                   .to_minute = draft->to_minute};
  if (draft->contact_id) measure_contact_name(arena, desk->db, draft->contact_id, &terms.contact_name, NULL);
  return terms;
}

bool measure_open_words(Arena *arena, Desk *desk, int64_t case_id, MeasureKind kind, const char **out, GError **error) {
  bool found = false;
  int64_t number = 0;
  int before;
  if (!boundary_case_number(desk->db, case_id, &found, &number, error)) return false;
  if (!found) return error_set(error, ERROR_NOT_FOUND, "There is no such case.");
  if (!template_speak(arena, desk, number, &before, error)) return false;
  *out = kind == MEASURE_ENDING ? tr("Tell us about a new matter by e-mail, with \xE2\x80\x9Cnew\xE2\x80\x9D in its first line.")
                                : tr("You can write to us about anything, as before.");
  words_use(before);
  return true;
}

bool measure_write(Arena *arena, Desk *desk, const Staff *writer, const MeasureDraft *draft, const char **out, GError **error) {
  bool found = false;
  int64_t number = 0;
  if (!boundary_case_number(desk->db, draft->case_id, &found, &number, error)) return false;
  if (!found) return error_set(error, ERROR_NOT_FOUND, "There is no such case.");
  Measure terms = terms_of(arena, desk, draft);
  int before;
  if (!template_speak(arena, desk, number, &before, error)) return false;
  const LetterValue values[] = {
    {"reason", text_trim(arena, draft->reason)},
    {"action", boundary_terms(arena, &terms)},
    {"until", draft->ends_at ? boundary_day(arena, draft->ends_at) : NULL},
    {"review", draft->review_at ? boundary_day(arena, draft->review_at) : NULL},
    {"outside", text_trim(arena, draft->outside)},
    {"still open", text_trim(arena, draft->still_open)},
    {0},
  };
  const char *word = arena_printf(arena, "conduct-%s", measure_word(draft->kind));
  bool is_written = boundary_fill(arena, desk, writer, number, word, values, out, error);
  words_use(before);
  return is_written;
}

// The mark for appeals is the desk's own to fill.
static const char *letter_problem(Arena *arena, const char *letter) {
  TextList blanks = {0};
  if (text_is_blank(letter)) return "Write the letter first: the template fills it with what stands above.";
  script_blanks(arena, letter, &blanks);
  list_each(const Text, blank, &blanks)
    if (strcmp(*blank, "appeal") != 0)
      return arena_say(arena, "The letter still has the blank {{%s}}. Fill it in, or take the sentence out.", *blank);
  if (!strstr(letter, MARK_APPEAL)) return "Leave {{appeal}} in the letter: it says there how to appeal.";
  return NULL;
}

static bool insert(Arena *arena, Desk *desk, const Staff *actor, const MeasureDraft *draft, int64_t *out_id, GError **error) {
  const char *const *texts = (const char *const[]){draft->reason,  draft->adjustment_note, draft->subject, draft->place,
                                                   draft->outside, draft->still_open,      draft->letter};
  const char *clean[7];
  for (size_t i = 0; i < G_N_ELEMENTS(clean); i++) clean[i] = text_trim(arena, texts[i] ? texts[i] : "");
  return measure_insert(desk->db, draft->case_id, draft->kind, clean[0], draft->adjustment, clean[1],
                        draft->contact_id ? &draft->contact_id : NULL, clean[2], draft->channels, draft->days, draft->from_minute,
                        draft->to_minute, clean[3], clean[4], clean[5], clean[6], draft->ends_at, draft->review_at, actor->id,
                        clock_now(desk->clock), out_id, error);
}

static bool check_contact(Arena *arena, Desk *desk, const MeasureDraft *draft, GError **error) {
  const char *name = NULL;
  if (!draft->contact_id) return true;
  return measure_contact_name(arena, desk->db, draft->contact_id, &name, error) &&
         (name || error_set(error, ERROR_INVALID, "The person who is to answer them is not here any more; choose another."));
}

bool measure_propose(Desk *desk, const Staff *actor, const MeasureDraft *draft, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *problem = measure_problem(arena, draft, clock_now(desk->clock));
  if (!problem) problem = letter_problem(arena, draft->letter);
  if (problem) return error_set(error, ERROR_INVALID, "%s", problem);
  Measure *holds = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  CaseStand *stand = tx ? boundary_hold(arena, desk, draft->case_id, error) : NULL;
  if (!stand || !measure_holding(arena, desk, draft->case_id, &holds, error) || !check_contact(arena, desk, draft, error))
    return false;
  BoundaryMove later = {.event = measure_event(draft->kind), .actor = actor, .holds = holds};
  BoundaryMove asks = {.event = BOUNDARY_PROPOSE, .actor = actor, .detail = measure_title(draft->kind), .holds = holds};
  g_autoptr(GError) conflict = NULL;
  if (!boundary_may(arena, desk, stand, &later, error)) return false;
  if (!insert(arena, desk, actor, draft, out_id, &conflict)) {
    if (error_is(conflict, ERROR_CONFLICT))
      return error_set(error, ERROR_CONFLICT,
                       "Another measure waits for approval in this case; decide or withdraw that one first.");
    g_propagate_error(error, g_steal_pointer(&conflict));
    return false;
  }
  return boundary_move(arena, desk, stand, &asks, error) && db_commit(&tx, error);
}

bool measure_withdraw(Desk *desk, const Staff *actor, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  Measure *measure = tx ? measure_load(arena, desk, id, error) : NULL;
  CaseStand *stand = measure ? boundary_hold(arena, desk, measure->case_id, error) : NULL;
  if (!stand) return false;
  if (measure->requested_by != actor->id) return error_set(error, ERROR_FORBIDDEN, "Only who asked for it can withdraw it.");
  BoundaryMove move = {.event = BOUNDARY_WITHDRAW, .actor = actor, .detail = measure_title(measure->kind)};
  if (!measure_end(desk->db, id, MEASURE_ASKED, MEASURE_WITHDRAWN, &actor->id, clock_now(desk->clock), "", &changed, error))
    return false;
  if (!changed) return error_set(error, ERROR_CONFLICT, "It was decided or withdrawn already.");
  return boundary_move(arena, desk, stand, &move, error) && db_commit(&tx, error);
}
