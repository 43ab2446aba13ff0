// The life of a mail in the outbox: claimed, then sent, put off, or failed, recipient by recipient; failed ones tried again or put
// away when a person says so. The message it carries shows the same state, and the tally of failed mails is kept in step.
#include "desk/outbox/outbox.h"

#include "base/text.h"
#include "desk/complaint/happen.h"
#include "desk/conversation/stand.h"
#include "desk/customer.sql.h"
#include "desk/message.sql.h"
#include "desk/offer/offer.h"
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
  if (!outbox_claim_next(arena, desk->db, now, now + OUTBOX_CLAIM, out, error)) return false;
  return !*out || delivery_select_waiting(arena, desk->db, (*out)->message_id, &(*out)->waiting_for, error);
}

bool outbox_release_claims(Desk *desk, GError **error) { return outbox_release(desk->db, clock_now(desk->clock), error); }

static const char *clean_answer(Arena *arena, const char *answer) {
  g_autofree char *valid = g_utf8_make_valid(answer ? answer : "", -1);
  return text_clamp(arena, text_one_line(arena, valid), ANSWER_MOST);
}

static int64_t pause_after(int64_t attempts) {
  int64_t pause = FIRST_PAUSE;
  for (int64_t i = 0; i < attempts && pause < LONGEST_PAUSE; i++) pause *= 2;
  return MIN(pause, LONGEST_PAUSE);
}

static bool settle_each(Arena *arena, Desk *desk, const OutboxMail *mail, const OutboxOutcomeList *outcomes, GError **error) {
  list_each(const OutboxOutcome, outcome, outcomes) {
    DeliveryState state = outcome->is_taken ? DELIVERY_SENT : outcome->is_permanent ? DELIVERY_FAILED : DELIVERY_WAITING;
    const char *answer = clean_answer(arena, outcome->answer);
    if (!delivery_settle(desk->db, mail->message_id, outcome->address, state, answer, error)) return false;
    bool is_dead = state == DELIVERY_FAILED && mail_answer_is_wrong_address(answer); // as a report says it, only sooner
    if (is_dead && !customer_address_undeliverable(desk->db, mail_address_key(arena, outcome->address), error)) return false;
  }
  return true;
}

// The words to show for the mail as a whole: a refusal before a delay before a success, and who is meant when there are several.
static const char *answer_of(Arena *arena, const OutboxOutcomeList *outcomes) {
  const OutboxOutcome *worst = NULL;
  list_each(const OutboxOutcome, outcome, outcomes) {
    int weight = outcome->is_taken ? 0 : outcome->is_permanent ? 2 : 1;
    int worst_weight = !worst ? -1 : worst->is_taken ? 0 : worst->is_permanent ? 2 : 1;
    if (weight > worst_weight) worst = outcome;
  }
  if (!worst) return "";
  const char *answer = worst->answer ? worst->answer : "";
  bool names_one = outcomes->count > 1 && !worst->is_taken;
  return clean_answer(arena, names_one ? arena_printf(arena, "%s: %s", worst->address, answer) : answer);
}

// `number`: the conversation that holds the message by now.
static bool note_end(Arena *arena, Desk *desk, const OutboxMail *mail, int64_t number, bool has_failed, const char *answer,
                     GError **error) {
  if (!message_update_state(desk->db, mail->message_id, has_failed ? MESSAGE_FAILED : MESSAGE_SENT, error)) return false;
  bool is_notice = false;
  int64_t one = 0;
  if (!message_is_notice(desk->db, mail->message_id, &is_notice, &one, error)) return false;
  if (has_failed && !tally_change(desk, "outbox-failed", 1, error)) return false;
  if (is_notice) return db_announce(desk->db, error);
  if (!has_failed && (!complaint_note_outbox(arena, desk, number, mail->message_id, error) ||
                      !offer_note_sent(arena, desk, number, mail->message_id, error)))
    return false;
  if (mail->is_automatic && !has_failed) return db_announce(desk->db, error); // nobody's answer
  if (!has_failed) return event_add(desk, number, EVENT_SENT, NULL, "", error);
  return event_add(desk, number, EVENT_SEND_FAILED, NULL, answer, error);
}

// The conversation is held first, as whoever merges does it: a mail that was taken by the server must not be sent again because two of us
// waited for each other. It may have gone on elsewhere since the mail was claimed.
bool outbox_settle(Desk *desk, const OutboxMail *mail, const OutboxOutcomeList *outcomes, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t now = clock_now(desk->clock), changed = 0;
  const char *answer = answer_of(arena, outcomes);
  DeliveryCount *count = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const ConversationStand *stand = tx ? stand_load_survivor(arena, desk, mail->number, error) : NULL;
  if (!stand || !settle_each(arena, desk, mail, outcomes, error)) return false;
  if (now - mail->made_at > OUTBOX_GIVE_UP && !delivery_give_up(desk->db, mail->message_id, error)) return false;
  if (!delivery_count(arena, desk->db, mail->message_id, &count, error)) return false;
  bool is_over = count->waiting == 0, has_failed = count->failed > 0;
  bool done = is_over && !has_failed
                ? outbox_update_sent(desk->db, mail->message_id, mail->next_at, answer, now, &changed, error)
                : outbox_update_failed(desk->db, mail->message_id, mail->next_at, is_over ? OUTBOX_FAILED : OUTBOX_WAITING,
                                       answer, is_over ? 0 : now + pause_after(mail->attempts), &changed, error);
  if (!done) return false;
  if (changed == 0)
    return true; // another node settled it after our claim had run out; what was written above goes with the transaction
  return (is_over ? note_end(arena, desk, mail, stand->number, has_failed, answer, error) : db_announce(desk->db, error)) &&
         db_commit(&tx, error);
}

static bool settle_all(Desk *desk, const OutboxMail *mail, OutboxOutcome outcome, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  OutboxOutcomeList outcomes = {0};
  list_each(const Text, address, &mail->waiting_for) {
    outcome.address = *address;
    *list_add(arena, &outcomes) = outcome;
  }
  return outbox_settle(desk, mail, &outcomes, error);
}

bool outbox_settle_sent(Desk *desk, const OutboxMail *mail, const char *answer, GError **error) {
  return settle_all(desk, mail, (OutboxOutcome){.is_taken = true, .answer = answer}, error);
}

bool outbox_settle_failed(Desk *desk, const OutboxMail *mail, const char *answer, bool is_permanent, GError **error) {
  return settle_all(desk, mail, (OutboxOutcome){.is_permanent = is_permanent, .answer = answer}, error);
}

bool outbox_retry(Desk *desk, int64_t message_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  OutboxStand *stand = NULL;
  if (!tx || !outbox_select_state(arena, desk->db, message_id, &stand, error)) return false;
  if (!stand) return error_set(error, ERROR_NOT_FOUND, "This message is not in the outbox.");
  int64_t changed = 0;
  if (stand->state == OUTBOX_SENDING) return true;
  if (!delivery_retry(desk->db, message_id, &changed, error) ||
      !outbox_update_retry(desk->db, message_id, clock_now(desk->clock), &changed, error))
    return false;
  if (changed == 0) return true; // everybody has it
  if (stand->state == OUTBOX_FAILED && !tally_change(desk, "outbox-failed", -1, error)) return false;
  return message_update_state(desk->db, message_id, MESSAGE_WAITING, error) && db_announce(desk->db, error) &&
         db_commit(&tx, error);
}

bool outbox_dismiss(Desk *desk, const Staff *actor, int64_t message_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  OutboxStand *stand = NULL;
  int64_t changed = 0;
  if (!tx || !outbox_select_state(arena, desk->db, message_id, &stand, error)) return false;
  if (!stand) return error_set(error, ERROR_NOT_FOUND, "This message is not in the outbox.");
  if (stand->state == OUTBOX_DISMISSED) return true; // two people at once
  if (!outbox_update_dismissed(desk->db, message_id, actor->id, clock_now(desk->clock), &changed, error)) return false;
  if (changed == 0) return error_set(error, ERROR_CONFLICT, "This mail has not failed: it is on its way, or was sent.");
  return tally_change(desk, "outbox-failed", -1, error) && db_announce(desk->db, error) && db_commit(&tx, error);
}

// Whether the report means this recipient: it says so, or there was no other.
static bool is_meant(Arena *arena, const RecipientList *deliveries, const Recipient *delivery, const TextList *addresses) {
  const char *key = mail_address_key(arena, delivery->address);
  list_each(const Text, address, addresses)
    if (strcmp(mail_address_key(arena, *address), key) == 0) return true;
  return deliveries->count == 1;
}

bool outbox_mark_returned(Arena *arena, Desk *desk, int64_t number, int64_t message_id, const TextList *addresses,
                          const char *reason, GError **error) {
  RecipientList deliveries = {0};
  g_autoptr(GString) names = g_string_new(NULL);
  if (!delivery_select_of(arena, desk->db, message_id, &deliveries, error) ||
      !message_update_state(desk->db, message_id, MESSAGE_RETURNED, error))
    return false;
  list_each(const Recipient, delivery, &deliveries) {
    int64_t changed = 0;
    if (!is_meant(arena, &deliveries, delivery, addresses)) continue;
    if (!delivery_return(desk->db, message_id, delivery->address, clean_answer(arena, reason), &changed, error)) return false;
    g_string_append_printf(names, "%s%s", names->len ? ", " : "", delivery->address);
  }
  return event_add(desk, number, EVENT_RETURNED, NULL, names->str, error);
}

bool outbox_list_dismissed(Arena *arena, Desk *desk, OutboxMailList *out, GError **error) {
  return outbox_select_dismissed(arena, desk->db, out, error);
}

bool outbox_list(Arena *arena, Desk *desk, OutboxMailList *out, GError **error) {
  return outbox_select_open(arena, desk->db, out, error);
}
