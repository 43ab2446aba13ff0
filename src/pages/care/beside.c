// Beside a conversation: one's own notes about what the customer wrote, handing on, and a break afterwards.
#include "pages/care/care.h"

#include "pages/pages.h"

#include <string.h>

#define JUST_NOW (15 * CLOCK_MINUTE)
#define NOTE_PATIENCE (20 * CLOCK_MILLISECOND)

static bool is_hard(const Message *message) {
  return message->kind == MESSAGE_CUSTOMER && message->reading && message->reading->is_read &&
         message->reading->behaviour >= BEHAVIOUR_HOSTILE;
}

// Looking at a page must not wait for a writer: what cannot be noted now is noted when it is looked at again.
static void note_exposure(const Visit *visit, const Thread *thread) {
  const Vault *vault = visit_vault(visit);
  ExposureItemList items = {0};
  list_each(const Message, message, &thread->messages)
    if (is_hard(message)) *list_add(visit->arena, &items) = (ExposureItem){message->id, message->reading->behaviour};
  if (!vault || !items.count || !db_set_patience(visit->desk->db, NOTE_PATIENCE, NULL)) return;
  exposure_note(visit->desk, vault, visit->staff->id, &items, NULL);
  db_set_patience(visit->desk->db, DB_PATIENCE, NULL);
}

static bool matches(const Visit *visit, const TriggerNote *note, const Message *message) {
  const ShownReading *reading = message->reading;
  bool is_read = reading && reading->is_read && visit->shows_readings;
  return trigger_matches(visit->arena, note, message->body, is_read, is_read ? reading->behaviour : BEHAVIOUR_CALM,
                         is_read ? reading->emotion : EMOTION_NEUTRAL);
}

// What the customer wrote since the last answer of this visitor.
static bool find_notes(const Visit *visit, const Thread *thread, TriggerNoteList *out, GError **error) {
  const Vault *vault = visit_vault(visit);
  TriggerNoteList all = {0};
  if (!vault) return true;
  if (!trigger_list(visit->arena, visit->desk, vault, visit->staff->id, &all, error)) return false;
  list_each(const TriggerNote, note, &all) {
    bool is_meant = false;
    for (size_t i = thread->messages.count; i > 0 && !is_meant; i--) {
      const Message *message = &thread->messages.items[i - 1];
      if (message->kind == MESSAGE_AGENT && message->staff_id == visit->staff->id) break;
      is_meant = message->kind == MESSAGE_CUSTOMER && matches(visit, note, message);
    }
    if (is_meant) *list_add(visit->arena, out) = *note;
  }
  return true;
}

// This visitor has just answered, or solved, what was hard.
static bool just_did(const Visit *visit, const Thread *thread) {
  const Message *theirs = NULL;
  bool answered = false;
  list_each(const Message, message, &thread->messages) {
    if (message->kind == MESSAGE_CUSTOMER) theirs = message, answered = false;
    answered = answered || (message->kind == MESSAGE_AGENT && message->staff_id == visit->staff->id &&
                            visit->now - message->made_at < JUST_NOW);
  }
  list_each(const Event, event, &thread->events)
    answered = answered || (event->kind == EVENT_SOLVED && event->staff_name && visit->now - event->happened_at < JUST_NOW &&
                            strcmp(event->staff_name, visit->staff->name) == 0);
  return theirs && is_hard(theirs) && answered;
}

bool care_beside_load(const Visit *visit, const Thread *thread, View view, CareBeside *out, GError **error) {
  const char *rest = web_query(visit->request, "rest");
  BreakChoice choice;
  bool is_any_hard = false;
  *out = (CareBeside){.visit = visit, .number = thread->conversation->number, .view = view};
  if (!role_may(visit->staff->role, PERMISSION_ANSWER)) return true;
  note_exposure(visit, thread);
  if (!break_load(visit->arena, visit->desk, visit->staff->id, &choice, error) || !find_notes(visit, thread, &out->notes, error))
    return false;
  list_each(const Message, message, &thread->messages) is_any_hard = is_any_hard || is_hard(message);
  out->may_hand_on = is_any_hard && thread->conversation->assignee_id == visit->staff->id &&
                     thread->conversation->state == CONVERSATION_OPEN;
  out->break_until = choice.until;
  out->offers_break = choice.is_offered && !choice.until && just_did(visit, thread) && !(rest && strcmp(rest, "no") == 0);
  return true;
}

bool care_post_hand_on(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *name = NULL;
  int64_t number;
  View view = VIEW_OPEN;
  view_from_word(web_form(request, "view"), &view);
  if (!web_path_int(request, "number", &number, error) ||
      !exposure_hand_on(visit->arena, visit->desk, visit->staff, number, &name, error))
    return false;
  web_redirect(response, arena_printf(visit->arena, "/?view=%s", view_word(view))); // away from it
  return true;
}

bool care_post_break(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  if (!break_take(visit->desk, visit->staff->id, error)) return false;
  web_redirect(response, "/care#break");
  return true;
}

bool care_post_back(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  if (!break_end(visit->desk, visit->staff->id, error)) return false;
  web_redirect(response, "/");
  return true;
}
