// Reporting an incident, setting one aside, and closing a case without a measure. A report is a person's word; the words it is about
// are kept as they stood, beside their place in the message.
#include "desk/boundary/stored.h"

#include "base/text.h"
#include "desk/boundary.sql.h"
#include "desk/boundary/safety.h"
#include "desk/customer.sql.h"
#include "desk/customer/customer.h"
#include "desk/customer/stored.h"

#include <string.h>

#define QUOTE_MOST 2000 // characters

bool incident_find_message(Arena *arena, Desk *desk, int64_t id, IncidentMessage **out, GError **error) {
  CustomerAddressList addresses = {0};
  if (!incident_message(arena, desk->db, id, out, error)) return false;
  IncidentMessage *message = *out;
  if (!message || message->kind != MESSAGE_CUSTOMER || !mail_address_is_valid(message->author_address)) return true;
  if (!customer_select_addresses(arena, desk->db, message->customer_id, &addresses, error)) return false;
  const char *author = mail_address_key(arena, message->author_address), *answer = mail_address_key(arena, message->answer_to);
  list_each(const CustomerAddress, address, &addresses)
    if (strcmp(address->address_key, author) == 0 || strcmp(address->address_key, answer) == 0)
      return true; // or it came by a form
  return customer_of_address(arena, desk, message->author_address, message->author_name, &message->customer_id, error);
}

static bool is_boundary_of_characters(const char *text, int64_t at) { return (text[at] & 0xC0) != 0x80; }

// The words that a draft names; NULL when there are none such.
static const char *quote_of(Arena *arena, const char *body, const IncidentDraft *draft) {
  int64_t length = (int64_t)strlen(body), start = draft->start, end = draft->end;
  if (start == 0 && end == 0) return text_clamp(arena, text_trim(arena, body), QUOTE_MOST);
  if (start < 0 || end <= start || end > length) return NULL;
  if (!is_boundary_of_characters(body, start) || !is_boundary_of_characters(body, end)) return NULL;
  return text_clamp(arena, arena_strndup(arena, body + start, (size_t)(end - start)), QUOTE_MOST);
}

// A customer who is just being joined to another takes their cases along: one that begins now must not stay behind.
static bool hold_customer(Desk *desk, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  CustomerLock *lock = NULL;
  if (!customer_lock(arena, desk->db, id, &lock, error)) return false;
  return (lock && !lock->merged_into) || error_set(error, ERROR_BUSY, "This customer is being joined to another one; try again.");
}

static bool find_case(Desk *desk, const Staff *actor, const IncidentMessage *message, int64_t *out, GError **error) {
  bool found = false;
  Db *db = desk->db;
  if (!boundary_case_open_of(db, message->customer_id, &found, out, error)) return false;
  if (!found && !hold_customer(desk, message->customer_id, error)) return false;
  if (!found &&
      !boundary_case_insert(db, message->customer_id, message->number, actor->id, clock_now(desk->clock), &found, out, error))
    return false;
  if (!found && !boundary_case_open_of(db, message->customer_id, &found, out, error)) return false; // somebody was faster
  return found || error_set(error, ERROR_BUSY, "A case of this customer is being closed; try again.");
}

static bool add_incident(Arena *arena, Desk *desk, const Staff *actor, const IncidentMessage *message, const IncidentDraft *draft,
                         const char *quote, int64_t *out_case, GError **error) {
  int64_t added = 0;
  const char *note = text_clamp(arena, text_trim(arena, draft->note ? draft->note : ""), BOUNDARY_TEXT_MOST);
  if (!find_case(desk, actor, message, out_case, error)) return false;
  CaseStand *stand = boundary_hold(arena, desk, *out_case, error);
  if (!stand) return false;
  if (stand->stage == BOUNDARY_CLOSED) return error_set(error, ERROR_BUSY, "The case was closed just now; try again.");
  if (!incident_insert(desk->db, stand->id, draft->message_id, draft->level, draft->start, draft->end, quote, note, actor->id,
                       clock_now(desk->clock), &added, error))
    return false;
  BoundaryMove move = {.event = BOUNDARY_REPORT, .actor = actor, .detail = level_title(draft->level)};
  return !added || boundary_move(arena, desk, stand, &move, error);
}

bool boundary_report(Desk *desk, const Staff *actor, const IncidentDraft *draft, int64_t *out_case, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  IncidentMessage *message = NULL;
  bool known = false;
  *out_case = 0;
  if (draft->level >= LEVEL_COUNT) return error_set(error, ERROR_INVALID, "Say how bad it was.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !incident_find_message(arena, desk, draft->message_id, &message, error)) return false;
  if (!message) return error_set(error, ERROR_NOT_FOUND, "There is no such message.");
  if (message->kind != MESSAGE_CUSTOMER) return error_set(error, ERROR_INVALID, "Only what a customer said can be reported.");
  const char *quote = quote_of(arena, message->body, draft);
  if (!quote) return error_set(error, ERROR_INVALID, "These words do not stand in the message; choose them again.");
  if (!incident_select_case(desk->db, draft->message_id, actor->id, draft->start, draft->level, &known, out_case, error))
    return false;
  if (known) return true;
  if (!add_incident(arena, desk, actor, message, draft, quote, out_case, error)) return false;
  if (draft->level == LEVEL_THREAT && !safety_raise_within(arena, desk, actor, draft->message_id, SAFETY_THREAT, error))
    return false;
  return db_commit(&tx, error);
}

bool boundary_set_aside(Desk *desk, const Staff *actor, int64_t incident, const char *why, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  bool found = false;
  int64_t case_id = 0, changed = 0;
  if (text_is_blank(why)) return error_set(error, ERROR_INVALID, "Say in a sentence why it is set aside.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !incident_case_of(desk->db, incident, &found, &case_id, error)) return false;
  if (!found) return error_set(error, ERROR_NOT_FOUND, "There is no such incident.");
  CaseStand *stand = boundary_hold(arena, desk, case_id, error);
  const char *said = text_clamp(arena, text_trim(arena, why), BOUNDARY_TEXT_MOST);
  if (!stand || !incident_set_aside(desk->db, incident, actor->id, clock_now(desk->clock), said, &changed, error)) return false;
  if (!changed) return error_set(error, ERROR_CONFLICT, "Somebody set it aside already.");
  BoundaryMove move = {.event = BOUNDARY_SET_ASIDE, .actor = actor, .detail = said};
  return boundary_move(arena, desk, stand, &move, error) && db_commit(&tx, error);
}

bool boundary_close(Desk *desk, const Staff *actor, int64_t case_id, const char *why, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  CaseStand *stand = tx ? boundary_hold(arena, desk, case_id, error) : NULL;
  BoundaryMove move = {.event = BOUNDARY_CLOSE, .actor = actor, .detail = why};
  return stand && boundary_may(arena, desk, stand, &move, error) &&
         measure_withdraw_asked(desk->db, case_id, &actor->id, clock_now(desk->clock), "The case was closed.", &changed, error) &&
         boundary_move(arena, desk, stand, &move, error) && db_commit(&tx, error);
}
