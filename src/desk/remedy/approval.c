// The two mails about an approval. They say what a colleague needs to decide (what, for whom, why, which limit is in the way, until when)
// and lead to the desk: nothing is approved by answering a mail.
#include "desk/remedy/approval.h"
#include "base/words.h"

#include "desk/conversation.sql.h"
#include "desk/mailbox/mailbox.h"
#include "desk/notify/notify.h"
#include "desk/remedy.sql.h"
#include "desk/remedy/stored.h"
#include "desk/shield/shield.h"
#include "desk/staff.sql.h"

static const Mailbox *mailbox_of(Arena *arena, Desk *desk, int64_t number, GError **error) {
  Conversation *conversation = NULL;
  if (!conversation_select(arena, desk->db, number, &conversation, error)) return NULL;
  return mailbox_find(arena, desk, conversation ? conversation->mailbox_id : 0, error);
}

static const char *zone_moment(Arena *arena, const Mailbox *mailbox, int64_t at) {
  g_autoptr(GTimeZone) zone = mailbox_zone(mailbox);
  return clock_exact(arena, at, zone);
}

static const char *question(Arena *arena, const Mailbox *mailbox, const Remedy *remedy) {
  return arena_say(
    arena,
    "%s asks for approval of a %s for %s, in #%jd \"%s\".\n\nWhy: %s\n\nIt goes beyond what they may "
    "give: %s\n\nA decision is needed until %s. To decide, open the conversation in the desk, or \"Approvals\" there.",
    remedy->asked_name, remedy_words(arena, remedy), remedy->customer_name, remedy->number,
    shield_plain(arena, SHIELD_HOSTILITY, remedy->subject), remedy->reason, remedy->why_asked,
    zone_moment(arena, mailbox, remedy->due_at));
}

bool approval_tell_deciders(Arena *arena, Desk *desk, const Staff *asker, int64_t id, GError **error) {
  StaffList deciders = {0};
  Remedy *remedy = remedy_find(arena, desk, id, error);
  const Mailbox *mailbox = remedy ? mailbox_of(arena, desk, remedy->number, error) : NULL;
  if (!mailbox || !staff_select_deciders(arena, desk->db, remedy->deciders, asker->id, &deciders, error)) return false;
  list_each(const Staff, decider, &deciders) {
    int before = staff_speak_to(decider);
    const NoticeDraft notice = {.kind = NOTICE_APPROVAL_ASKED,
                                .number = remedy->number,
                                .actor_id = asker->id,
                                .detail = remedy_words(arena, remedy),
                                .words = question(arena, mailbox, remedy)};
    words_use(before);
    if (!notify_person(arena, desk, decider->id, &notice, error)) return false;
  }
  return true;
}

static const char *decided_words(Arena *arena, const Remedy *remedy) {
  if (remedy->state == REMEDY_DECLINED) return "declined";
  return remedy->amount < remedy->asked_amount ? "approved in part" : "approved";
}

static const char *answer(Arena *arena, const Remedy *remedy) {
  const char *asked = money_words(arena, remedy->asked_amount, remedy->currency);
  const char *amount = remedy->state == REMEDY_DECLINED ? "not given"
                       : remedy->amount < remedy->asked_amount
                         ? arena_say(arena, "%s of the %s you asked for", money_words(arena, remedy->amount, remedy->currency),
                                     asked)
                         : asked;
  return arena_say(arena, "%s %s the %s for %s, in #%jd \"%s\": %s.\n\nWhy: %s", remedy->decided_name,
                   decided_words(arena, remedy), remedy_kind_word(remedy->kind), remedy->customer_name, remedy->number,
                   shield_plain(arena, SHIELD_HOSTILITY, remedy->subject), amount, remedy->decision_reason);
}

bool approval_tell_asker(Arena *arena, Desk *desk, const Staff *decider, int64_t id, GError **error) {
  Remedy *remedy = remedy_find(arena, desk, id, error);
  Staff *asker = NULL;
  if (!remedy || !staff_select_by_id(arena, desk->db, remedy->asked_by, &asker, error)) return false;
  if (!asker) return true;
  int before = staff_speak_to(asker);
  const NoticeDraft notice = {.kind = NOTICE_APPROVAL_DECIDED,
                              .number = remedy->number,
                              .actor_id = decider->id,
                              .detail = arena_say(arena, "%s the %s", decided_words(arena, remedy), remedy_words(arena, remedy)),
                              .words = answer(arena, remedy)};
  words_use(before);
  return notify_person(arena, desk, remedy->asked_by, &notice, error);
}
