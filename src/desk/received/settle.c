// What people do with mail that was held back or could not be filed: look, release, dismiss; and what the desk does when nobody looked
// for a long time. Nothing is deleted, and each step is in the journal of the mail room.
#include "desk/received/incoming.h"

#include "desk/received.sql.h"

#define EXPIRED_AT_ONCE 200

static const char *const words[] = {[RECEIVED_FILED] = "filed",
                                    [RECEIVED_QUARANTINED] = "quarantined",
                                    [RECEIVED_FAILED] = "failed",
                                    [RECEIVED_DISMISSED] = "dismissed"};

const char *received_state_word(ReceivedState state) { return state < G_N_ELEMENTS(words) ? words[state] : "filed"; }

bool received_list(Arena *arena, Desk *desk, ReceivedState state, int64_t before, ReceivedMailList *out, bool *out_has_more,
                   GError **error) {
  if (!received_select_state(arena, desk->db, state, before ? before : INT64_MAX, LIST_PAGE + 1, out, error)) return false;
  *out_has_more = out->count > LIST_PAGE;
  if (*out_has_more) out->count = LIST_PAGE;
  return true;
}

static StoredReceived *load(Arena *arena, Desk *desk, int64_t id, GError **error) {
  StoredReceived *stored = NULL;
  if (!received_select(arena, desk->db, id, &stored, error)) return NULL;
  if (!stored) error_set(error, ERROR_NOT_FOUND, "There is no such mail.");
  return stored;
}

bool received_original(Arena *arena, Desk *desk, int64_t id, Bytes *out, GError **error) {
  StoredReceived *stored = load(arena, desk, id, error);
  return stored && blob_load(arena, desk, stored->original_hash, out, error);
}

// What was put away can still be let in.
static bool is_open(const StoredReceived *stored, bool is_to_release, GError **error) {
  if (is_to_release && stored->state == RECEIVED_DISMISSED) return true;
  if (stored->state == RECEIVED_QUARANTINED || stored->state == RECEIVED_FAILED) return true;
  return error_set(error, ERROR_CONFLICT, "Somebody else has settled this mail already; it is %s.",
                   received_state_word(stored->state));
}

static bool note(Desk *desk, int64_t id, ReceivedEventKind kind, const Staff *actor, GError **error) {
  return received_event_insert(desk->db, id, clock_now(desk->clock), kind, actor ? &actor->id : NULL, error);
}

// The row changes only from the state that was seen, so two people at once settle a mail once.
static bool settle(Desk *desk, const StoredReceived *stored, ReceivedState state, const int64_t *message_id, GError **error) {
  int64_t changed = 0;
  if (!received_settle(desk->db, stored->id, stored->state, state, message_id, clock_now(desk->clock), &changed, error))
    return false;
  if (changed != 1) return error_set(error, ERROR_CONFLICT, "Somebody else has settled this mail already.");
  bool is_counted = stored->state != RECEIVED_DISMISSED; // only what needs a person is
  return (!is_counted || tally_change(desk, received_state_word(stored->state), -1, error)) && db_announce(desk->db, error);
}

// The first line is the recipient it was kept for, the others are those of the same transaction.
static void split_envelope(Arena *arena, const char *lines, ReceivedInput *input) {
  g_auto(GStrv) list = g_strsplit(lines, "\n", -1);
  for (char **line = list; *line; line++)
    if (line == list)
      input->envelope_to = arena_strdup(arena, *line);
    else
      *list_add(arena, &input->envelope_more) = arena_strdup(arena, *line);
}

bool received_release(Arena *arena, Desk *desk, const Staff *actor, int64_t id, ReceivedResult *out, GError **error) {
  Bytes raw;
  Incoming incoming;
  StoredReceived *stored = load(arena, desk, id, error);
  if (!stored || !is_open(stored, true, error) || !blob_load(arena, desk, stored->original_hash, &raw, error)) return false;
  ReceivedInput input = {.raw = raw, .whole_size = stored->whole_size};
  split_envelope(arena, stored->envelope_to, &input);
  g_autoptr(MailParser) parser = mail_parser_new(error);
  if (!parser || !received_parse(arena, parser, &input, error)) return false;
  if (input.problem) return error_set(error, ERROR_BROKEN, "%s It stays where it is.", input.problem);
  if (!incoming_prepare(arena, desk, &input, &incoming, error)) return false;
  incoming.received_at = stored->received_at; // the customer has waited since then
  incoming.is_released = true;
  *out = (ReceivedResult){.state = RECEIVED_FILED, .received_id = id, .reason = ""};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && incoming_file(arena, desk, &incoming, out, error) &&
         settle(desk, stored, RECEIVED_FILED, &out->message_id, error) && note(desk, id, RECEIVED_EVENT_RELEASED, actor, error) &&
         db_commit(&tx, error);
}

bool received_dismiss(Desk *desk, const Staff *actor, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  StoredReceived *stored = load(arena, desk, id, error);
  if (!stored || !is_open(stored, false, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && settle(desk, stored, RECEIVED_DISMISSED, NULL, error) && note(desk, id, RECEIVED_EVENT_DISMISSED, actor, error) &&
         db_commit(&tx, error);
}

static bool expire_one(Desk *desk, int64_t id, int64_t *count, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  int64_t changed = 0;
  if (!tx || !received_expire_one(desk->db, id, RECEIVED_QUARANTINED, clock_now(desk->clock), &changed, error)) return false;
  if (!changed) return true; // a person was faster
  *count += 1;
  return note(desk, id, RECEIVED_EVENT_EXPIRED, NULL, error) &&
         tally_change(desk, received_state_word(RECEIVED_QUARANTINED), -1, error) && db_announce(desk->db, error) &&
         db_commit(&tx, error);
}

bool received_expire(Desk *desk, int64_t *out_count, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Policy policy;
  IntList old = {0};
  *out_count = 0;
  if (!policy_load(arena, desk, &policy, error)) return false;
  if (!policy.quarantine_keeps) return true;
  int64_t until = clock_now(desk->clock) - policy.quarantine_keeps;
  if (!received_select_old(arena, desk->db, RECEIVED_QUARANTINED, until, EXPIRED_AT_ONCE, &old, error)) return false;
  list_each(const Int, id, &old)
    if (!expire_one(desk, *id, out_count, error)) return false;
  return true;
}

bool received_count_expired(Desk *desk, int64_t since, int64_t *out, GError **error) {
  return received_event_count(desk->db, RECEIVED_EVENT_EXPIRED, since, out, error);
}

bool received_count_waiting(Desk *desk, int64_t *out, GError **error) { return received_need_person(desk->db, out, error); }

bool received_copies(Arena *arena, Desk *desk, int64_t message_id, ReceivedCopyList *out, GError **error) {
  return received_select_copies(arena, desk->db, message_id, out, error);
}

bool received_copy(Arena *arena, Desk *desk, int64_t message_id, int64_t id, Bytes *out, GError **error) {
  StoredReceived *stored = load(arena, desk, id, error);
  if (!stored) return false;
  if (stored->message_id != message_id) return error_set(error, ERROR_NOT_FOUND, "There is no such mail.");
  return blob_load(arena, desk, stored->original_hash, out, error);
}
