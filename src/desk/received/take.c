// The one way in. Order: make everything ready; in one transaction keep the bytes, see whether they came before, and file the mail or
// hold it back. When filing fails although the database works (a bug, or damage), the mail is kept as failed instead, with the
// reason, so that nobody's mail is lost and none stops the next. What could not be parsed is kept as failed right away.
//
// Several mails share one transaction, since its commit costs more than the mail. When one of them fails there, each is taken by
// itself, so that the one is set aside and the others are filed.
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
      !received_insert(desk->db, key, incoming->received_at, incoming->mailbox->id, incoming->envelope, incoming->original.hash,
                       incoming->original.size, state, reason, from, text_clamp(arena, incoming->mail->subject, SUBJECT_SHOWN),
                       incoming->whole_size, &is_new, &id, error))
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

// A mail made ready, before any transaction.
typedef struct Ready {
  const ReceivedInput *input;
  Incoming incoming;
} Ready;

static bool make_ready(Arena *arena, Desk *desk, const ReceivedInput *input, Ready *out, GError **error) {
  out->input = input;
  if (!desk_read_name(desk, error)) return false; // this connection may be an old one
  if (!incoming_prepare(arena, desk, input, &out->incoming, error)) return false;
  if (input->received_at) out->incoming.received_at = MIN(input->received_at, out->incoming.received_at);
  out->incoming.is_history = input->is_history;
  out->incoming.is_quiet = out->incoming.is_quiet || input->is_history;
  return true;
}

static bool set_aside(Arena *arena, Desk *desk, const Incoming *incoming, ReceivedState state, const char *reason,
                      ReceivedResult *out, GError **error) {
  if (!keep(arena, desk, incoming, state, reason, out, error)) return false;
  return out->was_known || (tally_change(desk, received_state_word(state), 1, error) && db_announce(desk->db, error));
}

static bool file(Arena *arena, Desk *desk, const Ready *ready, ReceivedResult *out, GError **error) {
  const Incoming *incoming = &ready->incoming;
  if (!keep(arena, desk, incoming, RECEIVED_FILED, "", out, error)) return false;
  return out->was_known || incoming_settle(arena, desk, incoming, out, error);
}

// Inside a transaction.
static bool settle(Arena *arena, Desk *desk, const Ready *ready, ReceivedResult *out, GError **error) {
  const char *held_back = NULL, *problem = ready->input->problem;
  if (problem) return set_aside(arena, desk, &ready->incoming, RECEIVED_FAILED, problem, out, error);
  if (!ready->input->is_history && !incoming_held_back(arena, desk, &ready->incoming, &held_back, error)) return false;
  if (held_back) return set_aside(arena, desk, &ready->incoming, RECEIVED_QUARANTINED, held_back, out, error);
  return file(arena, desk, ready, out, error);
}

static bool settle_all(Arena *arena, Desk *desk, const Ready *ready, size_t count, ReceivedResult *out, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  for (size_t i = 0; i < count; i++)
    if (!tx || !settle(arena, desk, &ready[i], &out[i], error)) return false;
  return tx && db_commit(&tx, error);
}

static bool keep_as_failed(Arena *arena, Desk *desk, const Incoming *incoming, const char *reason, ReceivedResult *out) {
  g_autoptr(DbTx) tx = db_begin(desk->db, NULL);
  return tx && set_aside(arena, desk, incoming, RECEIVED_FAILED, reason, out, NULL) && db_commit(&tx, NULL);
}

static bool settle_alone(Arena *arena, Desk *desk, const Ready *ready, ReceivedResult *out, GError **error) {
  g_autoptr(GError) problem = NULL;
  if (settle_all(arena, desk, ready, 1, out, &problem)) return true;
  if (!error_may_pass(problem) && keep_as_failed(arena, desk, &ready->incoming, arena_strdup(arena, problem->message), out))
    return true;
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

bool received_take_batch(Arena *arena, Desk *desk, const ReceivedInput *inputs, size_t count, ReceivedResult *out,
                         GError **error) {
  Ready *ready = arena_make_array(arena, Ready, count);
  g_autoptr(GError) problem = NULL;
  if (count == 0) return true;
  for (size_t i = 0; i < count; i++)
    if (!make_ready(arena, desk, &inputs[i], &ready[i], error)) return false;
  if (count == 1) return settle_alone(arena, desk, ready, out, error);
  if (settle_all(arena, desk, ready, count, out, &problem)) return true;
  if (error_may_pass(problem)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  for (size_t i = 0; i < count; i++)
    if (!settle_alone(arena, desk, &ready[i], &out[i], error)) return false;
  return true;
}

bool received_take(Arena *arena, Desk *desk, const ReceivedInput *input, ReceivedResult *out, GError **error) {
  return received_take_batch(arena, desk, input, 1, out, error);
}
