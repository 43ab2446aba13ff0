// The life of a mail in the outbox: claimed, then sent, put off, or failed; failed ones tried again when a person asks. The message
// it carries shows the same state, and the tally of failed mails is kept in step.
#include "desk/outbox/outbox.h"

#include "base/text.h"
#include "desk/conversation/stand.h"
#include "desk/message.sql.h"
#include "desk/outbox.sql.h"
#include "desk/outbox/stored.h"

#define FIRST_PAUSE CLOCK_MINUTE
#define LONGEST_PAUSE (4 * CLOCK_HOUR)
#define ANSWER_MOST 500 // characters

bool outbox_claim(Arena *arena, Desk *desk, OutboxMail **out, int64_t *out_next_at, GError **error) {
  int64_t now = clock_now(desk->clock);
  *out = NULL;
  // Looking first spares an idle desk a write transaction at every wake.
  if (!outbox_next_at(desk->db, out_next_at, error)) return false;
  if (*out_next_at == 0 || *out_next_at > now) return true;
  return outbox_claim_next(arena, desk->db, now, now + OUTBOX_CLAIM, out, error);
}

bool outbox_release_claims(Desk *desk, GError **error) { return outbox_release(desk->db, clock_now(desk->clock), error); }

static const char *clean_answer(Arena *arena, const char *answer) {
  g_autofree char *valid = g_utf8_make_valid(answer ? answer : "", -1);
  return text_clamp(arena, text_one_line(arena, valid), ANSWER_MOST);
}

bool outbox_settle_sent(Desk *desk, const OutboxMail *mail, const char *answer, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  int64_t changed = 0;
  if (!tx || !outbox_update_sent(desk->db, mail->message_id, mail->next_at, clean_answer(arena, answer), clock_now(desk->clock),
                                 &changed, error))
    return false;
  if (changed == 0) return true; // another node settled it after our claim had run out
  return message_update_state(desk->db, mail->message_id, MESSAGE_SENT, error) &&
         event_add(desk, mail->number, EVENT_SENT, NULL, "", error) && db_commit(&tx, error);
}

static int64_t pause_after(int64_t attempts) {
  int64_t pause = FIRST_PAUSE;
  for (int64_t i = 0; i < attempts && pause < LONGEST_PAUSE; i++) pause *= 2;
  return MIN(pause, LONGEST_PAUSE);
}

bool outbox_settle_failed(Desk *desk, const OutboxMail *mail, const char *answer, bool is_permanent, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t now = clock_now(desk->clock), changed = 0;
  bool give_up = is_permanent || now - mail->made_at > OUTBOX_GIVE_UP;
  const char *words = clean_answer(arena, answer);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !outbox_update_failed(desk->db, mail->message_id, mail->next_at, give_up ? OUTBOX_FAILED : OUTBOX_WAITING, words,
                                   give_up ? 0 : now + pause_after(mail->attempts), &changed, error))
    return false;
  if (changed == 0) return true;
  if (give_up &&
      (!message_update_state(desk->db, mail->message_id, MESSAGE_FAILED, error) ||
       !tally_change(desk, "outbox-failed", 1, error) || !event_add(desk, mail->number, EVENT_SEND_FAILED, NULL, words, error)))
    return false;
  return db_commit(&tx, error);
}

bool outbox_retry(Desk *desk, int64_t message_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  OutboxStand *stand = NULL;
  if (!tx || !outbox_select_state(arena, desk->db, message_id, &stand, error)) return false;
  if (!stand) return error_set(error, ERROR_NOT_FOUND, "This message is not in the outbox.");
  int64_t changed = 0;
  if (!outbox_update_retry(desk->db, message_id, clock_now(desk->clock), &changed, error)) return false;
  if (changed == 0) return true; // sent, or being sent right now
  if (stand->state == OUTBOX_FAILED && !tally_change(desk, "outbox-failed", -1, error)) return false;
  return message_update_state(desk->db, message_id, MESSAGE_WAITING, error) && db_announce(desk->db, error) &&
         db_commit(&tx, error);
}

bool outbox_list(Arena *arena, Desk *desk, OutboxMailList *out, GError **error) {
  return outbox_select_open(arena, desk->db, out, error);
}
