// What is held back before it is filed (doc/mail.md 12 to 14). These rules are last resorts against loops and floods; a person sees what
// they caught and can release it. How much is too much is the policy's.
#include "desk/received/incoming.h"

#include "desk/conversation.sql.h"
#include "desk/message.sql.h"
#include "desk/outbox/outbox.h"
#include "desk/received.sql.h"

// A report about a mail to one of us is no matter of the customer's.
static bool is_about_a_notice(Arena *arena, Desk *desk, const Mail *mail, bool *out, GError **error) {
  MailIdMarkList marks = {0};
  *out = false;
  if (mail->kind == MAIL_PERSON || !mail->bounced_id) return true;
  if (!mail_id_find(arena, desk->db, mail->bounced_id, &marks, error)) return false;
  list_each(const MailIdMark, mark, &marks) {
    int64_t one = 0;
    if (!*out && !message_is_notice(desk->db, mark->message_id, out, &one, error)) return false;
  }
  return true;
}

static bool wrote_too_much(Arena *arena, Desk *desk, const Incoming *incoming, const char **out_reason, GError **error) {
  const Policy *policy = &incoming->policy;
  int64_t count = 0, since = incoming->received_at - CLOCK_HOUR;
  if (!*incoming->sender_key) {
    if (!received_unusable_since(desk->db, since, policy->unusable_an_hour, &count, error)) return false;
    if (count >= policy->unusable_an_hour)
      *out_reason = arena_printf(arena,
                                 "More than %" G_GINT64_FORMAT " mails within an hour have no sender that can be answered.",
                                 policy->unusable_an_hour);
    return true;
  }
  if (!received_opened_since(desk->db, incoming->sender_key, since, policy->mails_an_hour, &count, error)) return false;
  if (count >= policy->mails_an_hour)
    *out_reason = arena_printf(
      arena, "%s sent more than %" G_GINT64_FORMAT " mails within an hour: perhaps a loop between two machines.",
      incoming->from.address, policy->mails_an_hour);
  return true;
}

bool incoming_held_back(Arena *arena, Desk *desk, const Incoming *incoming, const char **out_reason, GError **error) {
  const char *mark = incoming->mail->loop_mark;
  bool is_report = false;
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
  if (!is_about_a_notice(arena, desk, incoming->mail, &is_report, error)) return false;
  if (is_report) {
    *out_reason = "A notice to one of the staff could not be delivered; see what it says and whose address it names.";
    return true;
  }
  return wrote_too_much(arena, desk, incoming, out_reason, error);
}

static bool opened_too_much(Arena *arena, Desk *desk, const Incoming *incoming, const char **out_reason, GError **error) {
  const char *key = *incoming->answer_to ? mail_address_key(arena, incoming->answer_to) : incoming->sender_key; // the customer's
  int64_t count = 0, most = incoming->policy.conversations_an_hour;
  if (!*key) return true;
  if (!received_conversations_since(desk->db, key, incoming->received_at - CLOCK_HOUR, most, &count, error)) return false;
  if (count >= most)
    *out_reason = arena_printf(arena, "%s opened %" G_GINT64_FORMAT " conversations within an hour.",
                               *incoming->answer_to ? incoming->answer_to : incoming->from.address, count);
  return true;
}

bool incoming_is_too_much(Arena *arena, Desk *desk, const Incoming *incoming, const ConversationStand *before,
                          const char **out_reason, GError **error) {
  *out_reason = NULL;
  if (incoming->is_released || incoming->is_history) return true;
  if (!before) return opened_too_much(arena, desk, incoming, out_reason, error);
  if (before->state != CONVERSATION_SOLVED || incoming->mail->kind != MAIL_PERSON) return true;
  int64_t count = 0;
  if (!event_count_since(desk->db, before->number, EVENT_REOPENED, incoming->received_at - CLOCK_DAY, &count, error))
    return false;
  if (count >= incoming->policy.reopens_a_day)
    *out_reason = arena_printf(arena, "Mail has reopened #%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " times within a day.",
                               before->number, count);
  return true;
}
