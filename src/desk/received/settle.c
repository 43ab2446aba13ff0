// What people do with mail that was held back or could not be filed: look, release, dismiss. Nothing is deleted.
#include "desk/received/incoming.h"

#include "desk/received.sql.h"

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

static bool is_open(const StoredReceived *stored, GError **error) {
  if (stored->state == RECEIVED_QUARANTINED || stored->state == RECEIVED_FAILED) return true;
  return error_set(error, ERROR_CONFLICT, "Somebody else has settled this mail already; it is %s.",
                   received_state_word(stored->state));
}

// The row changes only from the state that was seen, so two people at once settle a mail once.
static bool settle(Desk *desk, const StoredReceived *stored, ReceivedState state, const int64_t *message_id, GError **error) {
  int64_t changed = 0;
  if (!received_settle(desk->db, stored->id, stored->state, state, message_id, clock_now(desk->clock), &changed, error))
    return false;
  if (changed != 1) return error_set(error, ERROR_CONFLICT, "Somebody else has settled this mail already.");
  return tally_change(desk, received_state_word(stored->state), -1, error) && db_announce(desk->db, error);
}

bool received_release(Arena *arena, Desk *desk, int64_t id, ReceivedResult *out, GError **error) {
  Bytes raw;
  Incoming incoming;
  StoredReceived *stored = load(arena, desk, id, error);
  if (!stored || !is_open(stored, error) || !blob_load(arena, desk, stored->original_hash, &raw, error)) return false;
  ReceivedInput input = {.raw = raw, .mail = mail_parse(arena, raw), .envelope_to = stored->envelope_to};
  if (!incoming_prepare(arena, desk, &input, &incoming, error)) return false;
  incoming.received_at = stored->received_at; // the customer has waited since then
  *out = (ReceivedResult){.state = RECEIVED_FILED, .received_id = id, .reason = ""};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && incoming_file(arena, desk, &incoming, out, error) &&
         settle(desk, stored, RECEIVED_FILED, &out->message_id, error) && db_commit(&tx, error);
}

bool received_dismiss(Desk *desk, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  StoredReceived *stored = load(arena, desk, id, error);
  if (!stored || !is_open(stored, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && settle(desk, stored, RECEIVED_DISMISSED, NULL, error) && db_commit(&tx, error);
}
