// The same mail by two ways (doc/mail.md 34, 35): to two of our mailboxes, or through a list and directly. Mail servers add headers on
// the way, so the bytes differ; what is compared is everything a person or a program reads. The Message-ID or the date is part of it,
// so a form that is filled in twice with the same words is two mails; without either no two mails are the same.
#include "desk/received/incoming.h"

#include "desk/received.sql.h"

#include <sodium.h>

static void add(crypto_hash_sha256_state *state, const char *text) {
  const char *given = text ? text : "";
  crypto_hash_sha256_update(state, (const unsigned char *)given, strlen(given) + 1);
}

static void add_addresses(crypto_hash_sha256_state *state, const MailAddressList *list) {
  list_each(const MailAddress, address, list) {
    add(state, address->name);
    add(state, address->address);
  }
  add(state, "");
}

Bytes incoming_content_hash(Arena *arena, const Incoming *incoming) {
  const Mail *mail = incoming->mail;
  if (!mail->message_id && !mail->claimed_at) return (Bytes){NULL, 0};
  unsigned char *hash = arena_alloc(arena, crypto_hash_sha256_BYTES);
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  add(&state, mail->message_id);
  add(&state, mail->from.address);
  add_addresses(&state, &mail->to);
  add_addresses(&state, &mail->cc);
  add_addresses(&state, &mail->reply_to);
  add(&state, mail->subject);
  add(&state, arena_printf(arena, "%" G_GINT64_FORMAT, mail->claimed_at));
  add(&state, mail->text);
  add(&state, mail->html);
  for (size_t i = 0; i < mail->attachments.count; i++) {
    add(&state, mail->attachments.items[i].name);
    crypto_hash_sha256_update(&state, incoming->attachments[i].hash.data, incoming->attachments[i].hash.size);
  }
  crypto_hash_sha256_final(&state, hash);
  return bytes_of(hash, crypto_hash_sha256_BYTES);
}

bool content_claim(Desk *desk, const Incoming *incoming, int64_t *out_message_id, GError **error) {
  int64_t claimed = 0;
  bool found = false;
  *out_message_id = 0;
  if (!incoming->content_hash.data) return true;
  if (!mail_content_insert(desk->db, incoming->content_hash, &claimed, error)) return false;
  return claimed == 1 || mail_content_select(desk->db, incoming->content_hash, &found, out_message_id, error);
}

bool content_settle(Desk *desk, const Incoming *incoming, int64_t message_id, GError **error) {
  return !incoming->content_hash.data || mail_content_update(desk->db, incoming->content_hash, message_id, error);
}
