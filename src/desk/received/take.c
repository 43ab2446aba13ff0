// The one way in. Order: make everything ready; in one transaction keep the bytes, see whether they came before, and file the mail or
// hold it back. When filing fails although the database works (a bug, or damage), the mail is kept as failed instead, with the
// reason, so that nobody's mail is lost and none stops the next.
#include "base/text.h"
#include "desk/received.sql.h"
#include "desk/received/incoming.h"

#include <sodium.h>

#define SUBJECT_SHOWN 200

static Bytes dedupe_key(Arena *arena, const Incoming *incoming) {
  unsigned char *key = arena_alloc(arena, crypto_hash_sha256_BYTES);
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  const char *mailbox = mail_address_key(arena, incoming->mailbox->address);
  crypto_hash_sha256_update(&state, (const unsigned char *)mailbox, strlen(mailbox) + 1);
  crypto_hash_sha256_update(&state, incoming->original.hash.data, incoming->original.hash.size);
  crypto_hash_sha256_final(&state, key);
  return bytes_of(key, crypto_hash_sha256_BYTES);
}

// Keeps the bytes and the row. `*out_id` 0 when the same mail came before; then `out` tells what became of it.
static bool keep(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedState state, const char *reason, ReceivedResult *out,
                 GError **error) {
  Bytes key = dedupe_key(arena, incoming);
  bool is_new = false;
  int64_t id = 0;
  const char *from = *incoming->sender_key ? incoming->sender_key : text_clamp(arena, incoming->mail->from.address, 254);
  if (!blob_keep(desk, &incoming->original, error) ||
      !received_insert(desk->db, key, incoming->received_at, incoming->mailbox->id, incoming->envelope_to,
                       incoming->original.hash, incoming->original.size, state, reason, from,
                       text_clamp(arena, incoming->mail->subject, SUBJECT_SHOWN), &is_new, &id, error))
    return false;
  *out = (ReceivedResult){.state = state, .received_id = id, .reason = reason, .was_known = !is_new};
  if (is_new) return true;
  StoredReceived *known = NULL;
  if (!received_select_known(arena, desk->db, key, &known, error)) return false;
  if (!known) return error_set(error, ERROR_BUSY, "The same mail is being taken in by another process; try again.");
  out->state = known->state;
  out->received_id = known->id;
  out->message_id = known->message_id;
  out->number = known->number;
  out->reason = known->reason;
  return true;
}

static bool set_aside(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedState state, const char *reason,
                      ReceivedResult *out, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !keep(arena, desk, incoming, state, reason, out, error)) return false;
  if (out->was_known) return true;
  return tally_change(desk, received_state_word(state), 1, error) && db_announce(desk->db, error) && db_commit(&tx, error);
}

static bool take_and_file(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedResult *out, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !keep(arena, desk, incoming, RECEIVED_FILED, "", out, error)) return false;
  if (out->was_known) return true;
  return incoming_file(arena, desk, incoming, out, error) &&
         received_update(desk->db, out->received_id, RECEIVED_FILED, "", &out->message_id, NULL, error) && db_commit(&tx, error);
}

bool received_take(Arena *arena, Desk *desk, const ReceivedInput *input, ReceivedResult *out, GError **error) {
  Incoming incoming;
  const char *held_back = NULL;
  if (!incoming_prepare(arena, desk, input, &incoming, error) || !incoming_held_back(arena, desk, &incoming, &held_back, error))
    return false;
  if (held_back) return set_aside(arena, desk, &incoming, RECEIVED_QUARANTINED, held_back, out, error);
  g_autoptr(GError) problem = NULL;
  if (take_and_file(arena, desk, &incoming, out, &problem)) return true;
  bool may_pass = error_is(problem, ERROR_BUSY) || error_is(problem, ERROR_UNAVAILABLE);
  if (!may_pass && set_aside(arena, desk, &incoming, RECEIVED_FAILED, arena_strdup(arena, problem->message), out, NULL))
    return true;
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}
