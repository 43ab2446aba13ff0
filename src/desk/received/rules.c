// What is held back before it is filed (EMAIL-CASES 12 to 14). These rules are last resorts against loops and floods; a person sees what
// they caught and can release it.
#include "desk/received/incoming.h"

#include "desk/outbox/outbox.h"
#include "desk/received.sql.h"

#define MAILS_AN_HOUR 100

bool incoming_held_back(Arena *arena, Desk *desk, const Incoming *incoming, const char **out_reason, GError **error) {
  const char *mark = incoming->mail->loop_mark;
  *out_reason = NULL;
  // The mark is signed, so another desk that runs Rapport is not mistaken for us.
  if (mark && reply_token_check(desk, mark)) {
    *out_reason = "This desk sent it itself, and it came back: an address that we write to forwards to us.";
    return true;
  }
  if (incoming->is_from_us && incoming->mail->kind != MAIL_PERSON) {
    *out_reason = "It comes from one of our own addresses and was sent by a machine: probably our own mail coming back.";
    return true;
  }
  if (!*incoming->sender_key) return true;
  int64_t count = 0;
  if (!received_opened_since(desk->db, incoming->sender_key, incoming->received_at - CLOCK_HOUR, &count, error)) return false;
  if (count >= MAILS_AN_HOUR)
    *out_reason = arena_printf(arena, "%s sent more than %d mails within an hour: perhaps a loop between two machines.",
                               incoming->mail->from.address, MAILS_AN_HOUR);
  return true;
}
