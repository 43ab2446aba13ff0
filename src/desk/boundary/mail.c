// What a restriction does when mail comes. It changes whose the conversation is, and nothing else: the mail is filed, read, rules make a
// complaint of it, the customer waits. Whoever gets it says what it was; until then it stands in the tray.
#include "desk/boundary/mail.h"

#include "desk/boundary.sql.h"
#include "desk/boundary/stored.h"
#include "desk/complaint/happen.h"

bool boundary_for_writer(Arena *arena, Desk *desk, int64_t customer_id, const char *sender_key, const char *answer_key,
                         Measure **out, GError **error) {
  bool found = false;
  int64_t id = 0;
  *out = NULL;
  if (!measure_for_writer(desk->db, customer_id, sender_key, answer_key, clock_now(desk->clock), &found, &id, error))
    return false;
  return !found || (*out = measure_load(arena, desk, id, error));
}

void boundary_route(const Measure *holds, ConversationStand *stand) {
  stand->assignee_id = holds->contact_name ? holds->contact_id : 0; // a person who left answers nobody
}

static const char *whose(const Measure *holds) { return holds->contact_name ? holds->contact_name : "the supervisors"; }

bool boundary_note_mail(Arena *arena, Desk *desk, const Measure *holds, const ConversationStand *before,
                        const ConversationStand *after, int64_t message_id, GError **error) {
  bool moved = before && before->assignee_id != after->assignee_id;
  const int64_t *contact = holds->contact_name ? &holds->contact_id : NULL;
  const char *detail = arena_printf(arena, "#%" G_GINT64_FORMAT ", to %s", after->number, whose(holds));
  if (!boundary_mail_insert(desk->db, message_id, holds->case_id, contact, clock_now(desk->clock), error) ||
      !boundary_step_insert(desk->db, holds->case_id, BOUNDARY_MAIL, BOUNDARY_RESTRICTED, BOUNDARY_RESTRICTED,
                            clock_now(desk->clock), NULL, true, detail, error))
    return false;
  if (moved && !complaint_note_assigned(arena, desk, NULL, before, after, error)) return false;
  return event_add(desk, after->number, EVENT_CONDUCT, NULL, arena_printf(arena, "by a restriction it went to %s", whose(holds)),
                   error);
}

bool boundary_is_to_be_told(const Measure *holds, int64_t now) {
  return holds->told_at == 0 || now - holds->told_at >= BOUNDARY_TOLD_EVERY;
}

bool boundary_note_told(Desk *desk, const Measure *holds, GError **error) {
  return measure_update_told(desk->db, holds->id, clock_now(desk->clock), error);
}

// ——— the tray

bool tray_may_read(Desk *desk, const Staff *actor, int64_t message_id, GError **error) {
  bool is_theirs = false;
  int64_t case_id = 0;
  if (role_may(actor->role, PERMISSION_SUPERVISE)) return true;
  if (!boundary_mail_is_of(desk->db, message_id, actor->id, &is_theirs, &case_id, error)) return false;
  return is_theirs || error_set(error, ERROR_FORBIDDEN, "What this mail is says the person to whom it went, or a supervisor.");
}

bool tray_read(Desk *desk, const Staff *actor, int64_t message_id, MailFinding finding, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  bool found = false;
  int64_t changed = 0, number = 0, case_id = 0;
  IncidentMessage *message = NULL;
  if (finding != FINDING_NEW && finding != FINDING_SAME) return error_set(error, ERROR_INVALID, "Say what it was.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !boundary_mail_case(desk->db, message_id, &found, &case_id, error) ||
      !incident_message(arena, desk->db, message_id, &message, error))
    return false;
  if (!found || !message) return error_set(error, ERROR_NOT_FOUND, "There is no such mail in the tray.");
  if (!tray_may_read(desk, actor, message_id, error)) return false;
  number = message->number;
  if (!boundary_mail_read(desk->db, message_id, finding, actor->id, clock_now(desk->clock), &changed, error)) return false;
  if (!changed) return error_set(error, ERROR_CONFLICT, "Somebody has read it already and said what it was.");
  const char *words = finding == FINDING_NEW ? "read a mail under the restriction: a new matter"
                                             : "read a mail under the restriction: the same matter";
  return event_add(desk, number, EVENT_CONDUCT, actor, words, error) && db_commit(&tx, error);
}

bool tray_unread(Arena *arena, Desk *desk, TrayMailList *out, GError **error) {
  return boundary_mail_unread(arena, desk->db, LIST_PAGE, out, error);
}
bool tray_of_case(Arena *arena, Desk *desk, int64_t case_id, TrayMailList *out, GError **error) {
  return boundary_mail_of(arena, desk->db, case_id, out, error);
}
bool tray_of(Arena *arena, Desk *desk, int64_t number, TrayMailList *out, GError **error) {
  return boundary_mail_of_conversation(arena, desk->db, number, out, error);
}
