// Telling staff by mail that a customer wrote, or something else: one message and one mail for each, since each has a token of their own. The message
// stands in the conversation as a notice, which its page passes over.
#include "base/text.h"
#include "desk/conversation/entry.h"
#include "desk/notify/notify.h"
#include "desk/outbox.sql.h"
#include "desk/outbox/outbox.h"
#include "desk/staff.sql.h"

#define WORDS_MOST 6000 // characters of the customer's message
#define NAME_MOST 80

static bool had_enough(Arena *arena, Desk *desk, const Policy *policy, const Staff *staff, bool *out, GError **error) {
  int64_t sent = 0, since = clock_now(desk->clock) - CLOCK_HOUR;
  if (!outbox_automatic_since(desk->db, mail_address_key(arena, staff->email), since, policy->notices_an_hour, &sent, error))
    return false;
  *out = sent >= policy->notices_an_hour;
  return true;
}

static const char *who(Arena *arena, const NotifyNews *news) {
  const char *name = text_clamp(arena, text_one_line(arena, news->author_name), NAME_MOST);
  return text_is_blank(name) ? text_clamp(arena, news->author_address, NAME_MOST) : name;
}

// Each is told why they hear of it.
static const char *news_words(Arena *arena, const NotifyNews *news, const Staff *staff) {
  const char *with = news->assignee_id == staff->id ? "It is with you."
                     : news->assignee_id            ? "You follow it."
                                                    : "It is with nobody yet.";
  return arena_printf(arena, "%s <%s> wrote in #%" G_GINT64_FORMAT " \"%s\". %s\n\n%s", who(arena, news), news->author_address,
                      news->number, news->subject, with, text_clamp(arena, news->body, WORDS_MOST));
}

static const char *how_to_answer(Arena *arena, int64_t until_hour) {
  g_autoptr(GDateTime) until = g_date_time_new_from_unix_utc(until_hour * (CLOCK_HOUR / CLOCK_SECOND));
  g_autofree char *day = g_date_time_format(until, "%e %B %Y");
  return arena_printf(arena,
                      "----\n"
                      "Answer this mail, and what you write is kept as a note for the team; nothing goes to the customer.\n"
                      "Begin your answer with lines like these to do more:\n\n"
                      "#reply        send what follows to the customer\n"
                      "#solve        solve the conversation\n"
                      "#assign me    take it\n\n"
                      "Only you can answer here, from this address, until %s.\n",
                      g_strstrip(day));
}

static bool tell_one(Arena *arena, Desk *desk, const Policy *policy, const Notice *notice, const Staff *staff, GError **error) {
  int64_t now = clock_now(desk->clock);
  NoticeToken token = {
    .staff_id = staff->id, .number = notice->number, .until_hour = (now + policy->notice_answer_within) / CLOCK_HOUR};
  ConversationStand stand = {.number = notice->number};
  Entry entry = {
    .kind = MESSAGE_NOTICE,
    .state = MESSAGE_WAITING,
    .author_name = desk->name,
    .author_address = notice->mailbox->address,
    .answer_to = "",
    .recipients = staff->email,
    .subject = notice->subject,
    .body = arena_printf(arena, "%s\n\n\n%s", notice->words, how_to_answer(arena, token.until_hour)),
    .quoted = "",
    .made_at = now,
    .mail_id = outbox_new_mail_id(arena, desk, notice->number, notice->mailbox),
  };
  if (!entry_add(arena, desk, &stand, &entry, &token.notice_id, error)) return false;
  OutboxDraft draft = {
    .message_id = token.notice_id,
    .number = notice->number,
    .mailbox = notice->mailbox,
    .from_name = notice->from_name,
    .subject = entry.subject,
    .text = entry.body,
    .message_id_header = entry.mail_id,
    .is_automatic = true,
    .answer_token = notice_token(arena, desk, &token),
  };
  *list_add(arena, &draft.to) = (MailAddress){staff->name, staff->email};
  return outbox_add(arena, desk, &draft, error);
}

bool notify_one(Arena *arena, Desk *desk, const Policy *policy, const Notice *notice, const Staff *staff, GError **error) {
  bool enough = false;
  return had_enough(arena, desk, policy, staff, &enough, error) &&
         (enough || tell_one(arena, desk, policy, notice, staff, error));
}

bool notify_staff(Arena *arena, Desk *desk, const Policy *policy, const NotifyNews *news, GError **error) {
  StaffList watchers = {0};
  const char *author = mail_address_key(arena, news->author_address);
  Notice notice = {
    .number = news->number,
    .mailbox = news->mailbox,
    .from_name = arena_printf(arena, "%s, through %s", who(arena, news), desk->name),
    .subject = arena_printf(arena, "[#%" G_GINT64_FORMAT "] %s", news->number, news->subject),
  };
  if (!staff_select_watchers(arena, desk->db, news->number, news->assignee_id, &watchers, error)) return false;
  list_each(const Staff, staff, &watchers) {
    if (strcmp(author, mail_address_key(arena, staff->email)) == 0) continue; // they know
    notice.words = news_words(arena, news, staff);
    if (!notify_one(arena, desk, policy, &notice, staff, error)) return false;
  }
  return true;
}
