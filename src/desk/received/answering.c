// When a machine of ours may answer a mail (doc/mail.md 10, 13, 14, 17): only a person's, only to an address that takes mail, and not
// without end. The bound for the whole mailbox is what stands between us and a flood with a different sender on every mail.
#include "base/text.h"
#include "desk/customer.sql.h"
#include "desk/outbox.sql.h"
#include "desk/received/incoming.h"

bool incoming_may_answer(Arena *arena, Desk *desk, const Incoming *incoming, bool *out, GError **error) {
  *out = false;
  if (incoming->mail->kind != MAIL_PERSON || incoming->is_from_us || !*incoming->answer_to) return true;
  if (!text_is_blank(incoming->mail->machine_topic)) return true; // a tracker or a monitor, whatever else it says of itself
  if (incoming->is_history || *incoming->doubt) return true;      // of long ago, or in somebody else's name
  if (incoming->forward) return true; // they wrote to a person here, and who they are was read from a forward
  const Policy *policy = &incoming->policy;
  const char *key = mail_address_key(arena, incoming->answer_to);
  int64_t since = clock_now(desk->clock) - CLOCK_HOUR, sent = 0, of_mailbox = 0, undeliverable = 0;
  bool is_known = false;
  if (!outbox_automatic_since(desk->db, key, since, policy->answers_an_hour, &sent, error) ||
      !outbox_automatic_of_mailbox(desk->db, incoming->mailbox->id, since, policy->mailbox_answers_an_hour, &of_mailbox, error) ||
      !customer_address_is_undeliverable(desk->db, key, &is_known, &undeliverable, error))
    return false;
  *out = sent < policy->answers_an_hour && of_mailbox < policy->mailbox_answers_an_hour && !undeliverable;
  return true;
}
