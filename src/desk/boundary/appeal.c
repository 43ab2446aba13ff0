// Appeals. A link in the letter shows a page, and its button appeals; a mail or a call is noted by a person. Who decides had no part in
// the matter: did not ask for it, approve it, review it, or report an incident of the case. The link is signed like those of offers, over
// words of its own; opening it changes nothing, so mail scanners appeal against nothing.
//
// What is too much is decided under the lock of the case, and is no error: the page says what can be done instead, with what was written.
#include "desk/boundary/appeals.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/boundary.sql.h"
#include "desk/staff/secret.h"
#include "desk/template/template.h"

#include <sodium.h>
#include <string.h>

#define SIGNATURE_BYTES 16
#define A_MEASURE 2 // the appeal, and one more after it was decided
#define A_CASE 4    // within
#define A_CASE_WITHIN (30 * CLOCK_DAY)

// ——— the link

static const char *signature_of(Arena *arena, const Desk *desk, const AppealToken *token) {
  unsigned char hash[SIGNATURE_BYTES];
  const char *words = arena_printf(arena, "appeal:%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, token->measure_id, token->until_hour);
  crypto_generichash(hash, sizeof hash, (const unsigned char *)words, strlen(words), desk->secret, sizeof desk->secret);
  return text_hex(arena, bytes_of(hash, sizeof hash));
}

const char *appeal_token(Arena *arena, const Desk *desk, int64_t measure_id, int64_t until) {
  AppealToken token = {.measure_id = measure_id, .until_hour = until / CLOCK_HOUR};
  return arena_printf(arena, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ".%s", token.measure_id, token.until_hour,
                      signature_of(arena, desk, &token));
}

static bool read_number(const char **at, char end, int64_t *out) {
  char *next;
  if (!g_ascii_isdigit(**at)) return false;
  *out = g_ascii_strtoll(*at, &next, 10);
  if (*next != end) return false;
  *at = next + 1;
  return true;
}

bool appeal_token_read(const Desk *desk, const char *text, AppealToken *out) {
  if (!read_number(&text, '-', &out->measure_id) || !read_number(&text, '.', &out->until_hour) ||
      strlen(text) != 2 * SIGNATURE_BYTES)
    return false;
  g_autoptr(Arena) arena = arena_new();
  return sodium_memcmp(text, signature_of(arena, desk, out), 2 * SIGNATURE_BYTES) == 0;
}

const char *appeal_fill(Arena *arena, const Desk *desk, const Measure *measure, const char *origin) {
  const char *how = tr("answer this letter and say why you see it differently");
  g_autoptr(GString) text = g_string_new(measure->letter);
  if (origin)
    how = arena_say(arena, "answer this letter, or write to us here: <%s/appeal/%s>", origin,
                    appeal_token(arena, desk, measure->id, measure->ends_at + APPEAL_LINK_AFTER));
  g_string_replace(text, MARK_APPEAL, how, 0);
  return arena_strdup(arena, text->str);
}

// ——— making one

static Appeal *load(Arena *arena, Desk *desk, int64_t id, GError **error) {
  Appeal *appeal = NULL;
  if (!appeal_select(arena, desk->db, id, &appeal, error)) return NULL;
  if (!appeal) error_set(error, ERROR_NOT_FOUND, "There is no such appeal.");
  return appeal;
}

static bool newest(Arena *arena, Desk *desk, int64_t measure_id, const Appeal **out, GError **error) {
  bool found = false;
  int64_t id = 0;
  *out = NULL;
  return appeal_select_newest(desk->db, measure_id, &found, &id, error) && (!found || (*out = load(arena, desk, id, error)));
}

// How it stands with one measure: what there is, and whether there may be more.
static bool look(Arena *arena, Desk *desk, AppealVisit *out, GError **error) {
  const Measure *measure = out->measure;
  AppealCounts *counts = NULL;
  if (!appeal_count(arena, desk->db, measure->case_id, measure->id, clock_now(desk->clock) - A_CASE_WITHIN, &counts, error) ||
      !newest(arena, desk, measure->id, &out->appeal, error))
    return false;
  out->other_due_at = counts->other_due_at;
  out->closed = counts->granted               ? APPEAL_WAS_GRANTED
                : counts->stands >= A_MEASURE ? APPEAL_WAS_TWICE
                : counts->other_due_at        ? APPEAL_OTHER_IS_OPEN
                : counts->recent >= A_CASE    ? APPEAL_TOO_MANY
                                              : APPEAL_MAY;
  return true;
}

bool appeal_show(Arena *arena, Desk *desk, const char *token, AppealVisit *out, GError **error) {
  AppealToken link;
  *out = (AppealVisit){0};
  if (!appeal_token_read(desk, token, &link))
    return error_set(error, ERROR_NOT_FOUND, "This link is damaged. Answer our letter instead; somebody reads it.");
  out->measure = measure_load(arena, desk, link.measure_id, error);
  out->is_past = clock_now(desk->clock) >= link.until_hour * CLOCK_HOUR;
  return out->measure && look(arena, desk, out, error);
}

typedef struct NewAppeal {
  const Staff *noted_by; // NULL: the customer
  AppealWay way;
  int64_t message_id;
  const char *words;
} NewAppeal;

static bool confirm(Arena *arena, Desk *desk, const CaseStand *stand, const Measure *measure, const Staff *actor,
                    GError **error) {
  const char *letter = NULL;
  int64_t message = 0, due = clock_now(desk->clock) + APPEAL_WITHIN;
  Staff house = {.name = desk->name};
  int before;
  if (!template_speak(arena, desk, stand->number, &before, error)) return false;
  const LetterValue values[] = {
    {"what", boundary_title(arena, measure->kind)}, {"by day", boundary_day(arena, due)}, {"outside", measure->outside}, {0}};
  const Staff *writer = actor ? actor : &house;
  bool is_written = boundary_fill(arena, desk, writer, stand->number, "conduct-appeal-received", values, &letter, error);
  words_use(before);
  return is_written && boundary_send(arena, desk, writer, stand, letter, &message, error);
}

static bool is_open(const AppealVisit *visit) { return visit->appeal && visit->appeal->state == APPEAL_OPEN; }

static bool make(Arena *arena, Desk *desk, AppealVisit *visit, const NewAppeal *draft, GError **error) {
  int64_t added = 0, now = clock_now(desk->clock);
  const Measure *measure = visit->measure;
  const char *words = text_clamp(arena, text_trim(arena, draft->words ? draft->words : ""), BOUNDARY_TEXT_MOST);
  CaseStand *stand = boundary_hold(arena, desk, measure->case_id, error);
  if (!stand || !look(arena, desk, visit, error)) return false;
  if (is_open(visit) || visit->closed != APPEAL_MAY) return true;
  if (!appeal_insert(desk->db, measure->id, draft->way, words, draft->message_id ? &draft->message_id : NULL,
                     draft->noted_by ? &draft->noted_by->id : NULL, now, now + APPEAL_WITHIN, &added, error))
    return false;
  BoundaryMove move = {.event = BOUNDARY_APPEAL,
                       .actor = draft->noted_by,
                       .by_customer = !draft->noted_by,
                       .detail = arena_printf(arena, "against the %s", text_fold(arena, measure_title(measure->kind)))};
  visit->is_new = added > 0;
  return !added || (confirm(arena, desk, stand, measure, draft->noted_by, error) &&
                    boundary_move(arena, desk, stand, &move, error) && newest(arena, desk, measure->id, &visit->appeal, error));
}

bool appeal_make(Arena *arena, Desk *desk, const char *token, const char *words, const char *address, AppealVisit *out,
                 GError **error) {
  const char *place = arena_printf(arena, "appeal:%s", guess_place(arena, address));
  int64_t wait = 0;
  if (!appeal_show(arena, desk, token, out, error)) return false;
  if (out->is_past)
    return error_set(error, ERROR_INVALID, "This link has run out. Answer our letter instead; somebody reads it.");
  if (!out->measure->approved_by || !out->measure->starts_at)
    return error_set(error, ERROR_NOT_FOUND, "There is nothing to appeal against.");
  if (text_is_blank(words)) return error_set(error, ERROR_INVALID, "Write in a sentence or two how you see it.");
  if (!guess_wait(arena, desk, place, &wait, error)) return false;
  if (wait > 0) {
    if (out->closed == APPEAL_MAY) out->closed = APPEAL_TOO_MANY;
    return true;
  }
  NewAppeal draft = {.way = APPEAL_BY_LINK, .words = words};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && guess_failed(desk, place, error) && make(arena, desk, out, &draft, error) && db_commit(&tx, error);
}

static bool evidence_is_theirs(Arena *arena, Desk *desk, const Measure *measure, int64_t message_id, GError **error) {
  IncidentMessage *message = NULL;
  if (!incident_find_message(arena, desk, message_id, &message, error)) return false;
  CaseStand *stand = boundary_hold(arena, desk, measure->case_id, error);
  if (!stand) return false;
  return (message && message->kind == MESSAGE_CUSTOMER && message->customer_id == stand->customer_id) ||
         error_set(error, ERROR_INVALID, "Name a message of this customer's, or none.");
}

static bool may_note(Desk *desk, const Staff *actor, int64_t message_id, GError **error) {
  if (message_id) return tray_may_read(desk, actor, message_id, error);
  return role_may(actor->role, PERMISSION_SUPERVISE) ||
         error_set(error, ERROR_FORBIDDEN, "Supervisors note what was said as an appeal.");
}

// For the person who notes one.
static const char *const closed_words[APPEAL_CLOSED_COUNT] = {
  [APPEAL_WAS_GRANTED] = "It was appealed against, and the appeal was granted: there is nothing left to appeal against.",
  [APPEAL_WAS_TWICE] =
    "It was appealed against twice, and both were decided. Read it as what they write otherwise, and answer whatever in it is new.",
  [APPEAL_OTHER_IS_OPEN] = "Another appeal of this case is open. Decide it first, with this in mind; then this one can be noted.",
  [APPEAL_TOO_MANY] =
    "There were four appeals in this case within 30 days. Read it as what they write otherwise, or note it as an appeal later.",
};

bool appeal_note(Desk *desk, const Staff *actor, int64_t measure_id, int64_t message_id, const char *words, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t changed = 0;
  if (text_is_blank(words) && !message_id)
    return error_set(error, ERROR_INVALID, "Say what they said, or name the mail that says it.");
  NewAppeal draft = {
    .noted_by = actor, .way = message_id ? APPEAL_BY_MAIL : APPEAL_OTHERWISE, .message_id = message_id, .words = words};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  AppealVisit visit = {.measure = tx ? measure_load(arena, desk, measure_id, error) : NULL};
  const Measure *measure = visit.measure;
  if (!measure) return false;
  if (!measure->starts_at) return error_set(error, ERROR_CONFLICT, "It never held, so there is nothing to appeal against.");
  if (!may_note(desk, actor, message_id, error)) return false;
  if (message_id && !evidence_is_theirs(arena, desk, measure, message_id, error)) return false;
  if (message_id &&
      !boundary_mail_read(desk->db, message_id, 3, actor->id, clock_now(desk->clock), &changed, error)) // FINDING_APPEAL
    return false;
  if (!make(arena, desk, &visit, &draft, error)) return false;
  if (!is_open(&visit)) return error_set(error, ERROR_CONFLICT, "%s", closed_words[visit.closed]);
  return db_commit(&tx, error);
}

// ——— deciding

bool appeal_may_decide(Arena *arena, Desk *desk, const Staff *staff, const Appeal *appeal, const char **out_why, GError **error) {
  int64_t reported = 0, reviewed = 0;
  *out_why = NULL;
  if (!incident_reported_by(desk->db, appeal->case_id, staff->id, &reported, error) ||
      !boundary_reviewed_by(desk->db, appeal->case_id, staff->id, &reviewed, error))
    return false;
  if (!role_may(staff->role, PERMISSION_SUPERVISE))
    *out_why = "Supervisors decide appeals.";
  else if (staff->id == appeal->requested_by)
    *out_why = "You asked for what it is against.";
  else if (staff->id == appeal->approved_by || staff->id == appeal->second_by)
    *out_why = "You approved what it is against.";
  else if (reviewed)
    *out_why = "You reviewed what it is against.";
  else if (reported)
    *out_why = "You reported an incident of this case.";
  if (*out_why) *out_why = arena_say(arena, "%s Somebody who had no part in it decides.", *out_why);
  return true;
}

static bool tell(Arena *arena, Desk *desk, const Staff *actor, const CaseStand *stand, const Measure *measure, bool grant,
                 const char *why, GError **error) {
  const char *letter = NULL;
  int64_t message = 0;
  bool holds = measure->state == MEASURE_HOLDS && measure->ends_at > clock_now(desk->clock);
  int before;
  if (!template_speak(arena, desk, stand->number, &before, error)) return false;
  const char *outcome = grant   ? tr("You were right to ask. It is lifted from today, and you can write to us as anybody can.")
                        : holds ? arena_say(arena, "It stays as it is, until %s.", boundary_day(arena, measure->ends_at))
                                : tr("It was right at the time. It is over now, and you can write to us as anybody can.");
  const LetterValue values[] = {
    {"what", boundary_title(arena, measure->kind)}, {"outcome", outcome}, {"decision", why}, {"outside", measure->outside}, {0}};
  bool is_written = boundary_fill(arena, desk, actor, stand->number, "conduct-appeal-outcome", values, &letter, error);
  words_use(before);
  return is_written && boundary_send(arena, desk, actor, stand, letter, &message, error);
}

static bool decide(Arena *arena, Desk *desk, const Staff *actor, Appeal *appeal, bool grant, const char *why, GError **error) {
  int64_t changed = 0;
  const char *forbidden = NULL;
  CaseStand *stand = boundary_hold(arena, desk, appeal->case_id, error);
  Measure *measure = stand ? measure_load(arena, desk, appeal->measure_id, error) : NULL;
  if (!measure || !appeal_may_decide(arena, desk, actor, appeal, &forbidden, error)) return false;
  if (forbidden) return error_set(error, ERROR_FORBIDDEN, "%s", forbidden);
  if (!appeal_settle(desk->db, appeal->id, grant ? APPEAL_GRANTED : APPEAL_STANDS, actor->id, clock_now(desk->clock), why,
                     &changed, error))
    return false;
  if (!changed) return error_set(error, ERROR_CONFLICT, "Somebody has decided it already.");
  bool ends = grant && measure->state == MEASURE_HOLDS;
  BoundaryMove move = {.event = BOUNDARY_APPEAL_STANDS, .actor = actor, .detail = why};
  if (ends || (grant && stand->stage == BOUNDARY_CLOSED)) move.event = BOUNDARY_APPEAL_GRANTED;
  if (grant &&
      move.event == BOUNDARY_APPEAL_STANDS) // what it was against was replaced: that goes on, and the appeal is a word on it
    move.detail = arena_printf(arena, "They were right, and it was replaced meanwhile: %s", why);
  return (!ends || measure_over(arena, desk, stand, measure, MEASURE_LIFTED, actor, why, error)) &&
         tell(arena, desk, actor, stand, measure, grant, why, error) && boundary_move(arena, desk, stand, &move, error);
}

bool appeal_decide(Desk *desk, const Staff *actor, int64_t id, bool grant, const char *why, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (text_is_blank(why)) return error_set(error, ERROR_INVALID, "Say why in a few sentences; they stand in the letter.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  Appeal *appeal = tx ? load(arena, desk, id, error) : NULL;
  const char *said = text_clamp(arena, text_trim(arena, why), BOUNDARY_TEXT_MOST);
  return appeal && decide(arena, desk, actor, appeal, grant, said, error) && db_commit(&tx, error);
}
