// Raising, taking and closing alerts. Raising keeps the evidence and writes to everybody who decides, past the bound on notices that
// others share: a flood of news must not swallow a threat. The journal of the conversation says it, which is how open pages hear of it.
#include "desk/boundary/safety.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/audit/audit.h"
#include "desk/boundary.sql.h"
#include "desk/boundary/stored.h"
#include "desk/conversation/stand.h"
#include "desk/learning/learning.h"
#include "desk/notify/notify.h"
#include "desk/safety.sql.h"
#include "desk/shield/shield.h"

#include <string.h>

#define OUTCOME_MOST 4000

static const struct {
  const char *word, *title, *protocol;
  Flag flag;
} kinds[SAFETY_KIND_COUNT] = {
  [SAFETY_THREAT] = {"threat", "A threat", "safety", FLAG_THREAT},
  [SAFETY_WELFARE] = {"welfare", "Worry about somebody\xE2\x80\x99s life", "safety-welfare", FLAG_SELF_HARM},
};

const char *safety_word(SafetyKind kind) { return kind < SAFETY_KIND_COUNT ? kinds[kind].word : ""; }
const char *safety_title(SafetyKind kind) { return kind < SAFETY_KIND_COUNT ? kinds[kind].title : ""; }
const char *safety_protocol(SafetyKind kind) { return kind < SAFETY_KIND_COUNT ? kinds[kind].protocol : ""; }

bool safety_from_word(const char *word, SafetyKind *out) {
  for (unsigned kind = 0; word && kind < SAFETY_KIND_COUNT; kind++)
    if (strcmp(kinds[kind].word, word) == 0) {
      *out = kind;
      return true;
    }
  return false;
}

static SafetyAlert *load(Arena *arena, Desk *desk, int64_t id, GError **error) {
  SafetyAlert *alert = NULL;
  if (!safety_select(arena, desk->db, id, &alert, error)) return NULL;
  if (!alert) error_set(error, ERROR_NOT_FOUND, "There is no such alert.");
  return alert;
}

// ——— telling

static const char *words_of(Arena *arena, const SafetyAlert *alert) {
  const char *by = alert->raised_name ? alert->raised_name : N_("A reading");
  const char *what =
    alert->kind == SAFETY_THREAT
      ? N_("a message may be a threat. Nobody should answer it alone, or at all, before somebody of you has looked.")
      : N_("somebody may be in danger of their life. It must not be left to one person alone.");
  const char *with = alert->assignee_name
                       ? arena_say(arena, "It came to %s, who needs a person beside them now.", alert->assignee_name)
                       : N_("It is with nobody yet.");
  return arena_say(arena,
                   "%s says: %s\n\n#%jd \"%s\", from %s. %s\n\nTake it in the desk: the alert stands on top of every page, with "
                   "the steps. What was written is not repeated here.",
                   by, what, alert->number, shield_plain(arena, SHIELD_HOSTILITY, alert->subject), alert->customer_name, with);
}

static bool tell(Arena *arena, Desk *desk, const SafetyAlert *alert, const Staff *actor, GError **error) {
  StaffList told = {0};
  if (!safety_select_told(arena, desk->db, &told, error)) return false;
  list_each(const Staff, staff, &told) {
    int before = staff_speak_to(staff);
    const NoticeDraft notice = {.kind = NOTICE_SAFETY,
                                .number = alert->number,
                                .actor_id = actor ? actor->id : 0,
                                .detail = alert->kind == SAFETY_THREAT ? tr("Safety") : tr("Welfare"),
                                .words = words_of(arena, alert)};
    words_use(before);
    if (!notify_urgently(arena, desk, staff->id, &notice, error)) return false;
  }
  return true;
}

static bool note(Arena *arena, Desk *desk, const Staff *actor, const SafetyAlert *alert, const char *what, const char *words,
                 GError **error) {
  const char *subject = arena_printf(arena, "alert %" G_GINT64_FORMAT ", #%" G_GINT64_FORMAT, alert->id, alert->number);
  return event_add(desk, alert->number, EVENT_SAFETY, actor, words, error) &&
         (!actor || audit_add(desk, actor, what, subject, "", error)); // a mail that comes in must not wait for the journal
}

// ——— raising

bool safety_raise_within(Arena *arena, Desk *desk, const Staff *actor, int64_t message_id, SafetyKind kind, GError **error) {
  int64_t added = 0, id = 0, now = clock_now(desk->clock);
  bool found = false;
  if (!safety_insert(desk->db, message_id, kind, actor ? &actor->id : NULL, now, &added, error)) return false;
  if (!added && actor && !safety_reopen(desk->db, message_id, kind, actor->id, now, &added, error)) return false;
  if (!added) return true;
  if (!safety_find(desk->db, message_id, kind, &found, &id, error)) return false;
  SafetyAlert *alert = load(arena, desk, id, error);
  return alert && safety_keep_evidence(arena, desk, id, error) && tell(arena, desk, alert, actor, error) &&
         note(arena, desk, actor, alert, "conduct.alert", kinds[kind].title, error);
}

bool safety_raise(Desk *desk, const Staff *actor, int64_t message_id, SafetyKind kind, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  IncidentMessage *message = NULL;
  bool found = false;
  if (kind >= SAFETY_KIND_COUNT)
    return error_set(error, ERROR_INVALID, "Say whether it is a threat or a worry about somebody's life.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !incident_message(arena, desk->db, message_id, &message, error)) return false;
  if (!message) return error_set(error, ERROR_NOT_FOUND, "There is no such message.");
  if (message->kind != MESSAGE_CUSTOMER) return error_set(error, ERROR_INVALID, "An alert is about what a customer said.");
  return safety_raise_within(arena, desk, actor, message_id, kind, error) &&
         safety_find(desk->db, message_id, kind, &found, out_id, error) && db_commit(&tx, error);
}

bool safety_look(Arena *arena, Desk *desk, const Reading *reading, int64_t message_id, GError **error) {
  for (unsigned kind = 0; reading && kind < SAFETY_KIND_COUNT; kind++)
    if (reading->flags[kinds[kind].flag] && !safety_raise_within(arena, desk, NULL, message_id, kind, error)) return false;
  return true;
}

// ——— taking, doing, closing

bool safety_take(Desk *desk, const Staff *actor, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !safety_update_taken(desk->db, id, actor->id, clock_now(desk->clock), &changed, error)) return false;
  SafetyAlert *alert = load(arena, desk, id, error);
  if (!alert) return false;
  if (!changed && alert->taken_by == actor->id && alert->state == SAFETY_TAKEN) return true;
  if (!changed)
    return error_set(error, ERROR_CONFLICT, "%s has taken it already.", alert->taken_name ? alert->taken_name : "Somebody");
  return note(arena, desk, actor, alert, "conduct.alert-taken", "took the alert", error) && db_commit(&tx, error);
}

bool safety_tick(Desk *desk, const Staff *actor, int64_t id, const char *step, bool done, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *key = text_clamp(arena, text_one_line(arena, step), 60);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  SafetyAlert *alert = tx ? load(arena, desk, id, error) : NULL;
  if (!alert) return false;
  if (text_is_blank(key)) return error_set(error, ERROR_INVALID, "Say which step.");
  if (alert->state >= SAFETY_CLOSED) return error_set(error, ERROR_CONFLICT, "It is closed already.");
  return (done ? safety_tick_insert(desk->db, id, key, actor->id, clock_now(desk->clock), error)
               : safety_tick_delete(desk->db, id, key, error)) &&
         db_announce(desk->db, error) && db_commit(&tx, error);
}

static bool settle(Arena *arena, Desk *desk, const Staff *actor, int64_t id, SafetyState state, const char *outcome,
                   SafetyAlert **out, GError **error) {
  int64_t changed = 0;
  if (!safety_update_closed(desk->db, id, state, actor->id, clock_now(desk->clock), outcome, &changed, error)) return false;
  *out = load(arena, desk, id, error);
  return *out && (changed || error_set(error, ERROR_CONFLICT, "It is closed already; look again."));
}

bool safety_close(Desk *desk, const Staff *actor, int64_t id, const char *outcome, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  SafetyAlert *alert = NULL;
  if (text_is_blank(outcome))
    return error_set(error, ERROR_INVALID, "Say what was done, and who looks after the person it came to.");
  const char *said = text_clamp(arena, text_trim(arena, outcome), OUTCOME_MOST);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && settle(arena, desk, actor, id, SAFETY_CLOSED, said, &alert, error) &&
         safety_keep_evidence(arena, desk, id, error) &&
         note(arena, desk, actor, alert, "conduct.alert-closed", "closed the alert", error) && db_commit(&tx, error);
}

static bool clear_flag(Arena *arena, Desk *desk, const Staff *actor, int64_t id, SafetyAlert **out, GError **error) {
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && settle(arena, desk, actor, id, SAFETY_FALSE_ALARM, "", out, error) &&
         safety_clear_flag(desk->db, (*out)->message_id, INT64_C(1) << kinds[(*out)->kind].flag, &changed, error) &&
         note(arena, desk, actor, *out, "conduct.alert-false", "said it was a false alarm", error) && db_commit(&tx, error);
}

bool safety_false_alarm(Desk *desk, const Staff *actor, int64_t id, Behaviour behaviour, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  SafetyAlert *alert = NULL;
  bool is_read = false;
  int64_t number = 0, read = 0;
  if (!clear_flag(arena, desk, actor, id, &alert, error)) return false;
  if (behaviour >= BEHAVIOUR_COUNT || alert->kind != SAFETY_THREAT) return true;
  if (!safety_reading_behaviour(desk->db, alert->message_id, &is_read, &read, error)) return false;
  return !is_read || reading_correct(desk, actor, alert->message_id, CORRECTION_BEHAVIOUR, (int)behaviour, &number,
                                     error); // and so it is learnt from
}

// ——— looking

bool safety_open(Arena *arena, Desk *desk, SafetyAlertList *out, GError **error) {
  return safety_select_open(arena, desk->db, SAFETY_SHOWN + 1, out, error);
}

bool safety_list(Arena *arena, Desk *desk, int64_t before, SafetyAlertList *out, bool *out_has_more, GError **error) {
  if (!safety_select_before(arena, desk->db, before ? before : INT64_MAX, LIST_PAGE + 1, out, error)) return false;
  *out_has_more = out->count > LIST_PAGE;
  if (*out_has_more) out->count = LIST_PAGE;
  return true;
}

bool safety_file(Arena *arena, Desk *desk, int64_t id, SafetyFile *out, GError **error) {
  *out = (SafetyFile){.alert = load(arena, desk, id, error)};
  return out->alert && safety_tick_select(arena, desk->db, id, &out->ticks, error) &&
         safety_evidence_select(arena, desk->db, id, &out->evidence, error);
}

bool safety_of(Arena *arena, Desk *desk, int64_t number, SafetyAlertList *out, GError **error) {
  return safety_select_of(arena, desk->db, number, out, error);
}
