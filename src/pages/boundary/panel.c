// What a conversation shows of conduct: a quiet line beside the customer, marks at messages, and a word in the composer when an answer
// would break what holds.
#include "pages/boundary/conduct.h"

#include "base/words.h"

bool conduct_view_load(const Visit *visit, const Thread *thread, View view, ConductView *out, GError **error) {
  const Conversation *conversation = thread->conversation;
  *out = (ConductView){.visit = visit,
                       .number = conversation->number,
                       .view = view_word(view),
                       .may_report = role_may(visit->staff->role, PERMISSION_ANSWER),
                       .may_decide = role_may(visit->staff->role, PERMISSION_SUPERVISE)};
  if (!boundary_of_customer(visit->arena, visit->desk, conversation->customer_id, &out->open, &out->holds, error) ||
      !boundary_incidents(visit->arena, visit->desk, conversation->number, &out->incidents, error) ||
      !safety_of(visit->arena, visit->desk, conversation->number, &out->alerts, error) ||
      !tray_of(visit->arena, visit->desk, conversation->number, &out->tray, error))
    return false;
  out->warning = boundary_warning(visit->arena, out->holds, visit->staff, visit->now, visit->zone);
  return true;
}

const char *conduct_line(const ConductView *view) {
  Arena *arena = view->visit->arena;
  if (!view->open) return NULL;
  if (!view->holds)
    return view->open->stage == BOUNDARY_REPORTED ? "An incident was reported. Supervisors look at it."
                                                  : "What held has run out.";
  const char *terms = boundary_terms(arena, view->holds);
  const char *title = measure_title(view->holds->kind), *until = conduct_day(view->visit, view->holds->ends_at);
  return *terms ? arena_say(arena, "%s until %s: %s.", title, until, terms) : arena_say(arena, "%s until %s.", title, until);
}

static const char *alert_words(const ConductView *view, const SafetyAlert *alert) {
  const char *state = alert_state(view->visit, alert);
  return arena_say(view->visit->arena, "%s: %s", safety_title(alert->kind), state);
}

static bool conduct_marks(const ConductView *view, int64_t message_id, TextList *out) {
  Arena *arena = view->visit->arena;
  list_each(const SafetyAlert, alert, &view->alerts)
    if (alert->message_id == message_id) *list_add(arena, out) = alert_words(view, alert);
  list_each(const Incident, incident, &view->incidents)
    if (incident->message_id == message_id && !incident->set_aside_by)
      *list_add(arena, out) = incident->staff_id == view->visit->staff->id
                                ? arena_say(arena, "Reported by you: %s", level_title(incident->level))
                                : arena_say(arena, "Reported by %s: %s", incident->staff_name, level_title(incident->level));
  list_each(const TrayMail, mail, &view->tray)
    if (mail->message_id == message_id)
      *list_add(arena, out) = arena_say(arena,
                                        mail->finding == FINDING_UNREAD
                                          ? N_("Came under a restriction, to %s; nobody has said yet what it is")
                                          : N_("Came under a restriction, to %s"),
                                        mail->contact_name ? mail->contact_name : N_("the supervisors"));
  return out->count > 0;
}

const TextList *conduct_mark_list(const ConductView *view, int64_t message_id) {
  TextList *marks = arena_make(view->visit->arena, TextList);
  *marks = (TextList){0};
  conduct_marks(view, message_id, marks);
  return marks;
}

bool conduct_has_marks(const ConductView *view, int64_t message_id) { return conduct_mark_list(view, message_id)->count > 0; }

const char *conduct_state(const ConductView *view, int64_t message_id) {
  TextList marks = {0};
  if (!conduct_marks(view, message_id, &marks)) return "";
  g_autoptr(GString) all = g_string_new(NULL);
  list_each(const Text, mark, &marks) g_string_append(all, *mark);
  return arena_printf(view->visit->arena, ".%u", g_str_hash(all->str));
}

bool conduct_tray_waits(const ConductView *view, const TrayMail *mail) {
  return mail->finding == FINDING_UNREAD && view->may_report && (view->may_decide || mail->contact_id == view->visit->staff->id);
}
