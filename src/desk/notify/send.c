// Notices by mail. A mail gathers everything that one person has not seen yet and was to be told by mail, as soon as the first of it is
// due. What is about one conversation can be answered like a mail about it; with several, an answer goes to the first that is named.
// It stands in the conversation as a message of its own kind, which its page passes over.
//
// Each person's is a transaction of its own. One that fails holds up nobody else's: it says so in the log and is tried again later, a
// few times; after that the bell alone has what it was to tell.
#include "base/log.h"
#include "base/text.h"
#include "base/words.h"
#include "desk/conversation/entry.h"
#include "desk/notify.sql.h"
#include "desk/notify/notify.h"
#include "desk/notify/stored.h"
#include "desk/outbox.sql.h"
#include "desk/outbox/outbox.h"
#include "desk/policy/policy.h"
#include "desk/shield/shield.h"
#include "desk/staff.sql.h"

#define BODY_MOST 6000 // characters of what the customer wrote
#define BODY_MOST_OF_MANY 600
#define NAME_MOST 80
#define URGENT_MORE 30   // an hour, beyond the policy's bound
#define TOGETHER_MOST 30 // told one by one; the bell has all of them
#define TRIES_MOST 8
#define TRY_AGAIN (15 * CLOCK_MINUTE)

typedef struct Mailing {
  Arena *arena;
  Desk *desk;
  const Policy *policy;
  const MailboxList *mailboxes;
  const Staff *staff;
  NoticeMailList notices; // oldest first
} Mailing;

// A flood of news must not swallow a threat.
static bool had_enough(const Mailing *mailing, bool *out, GError **error) {
  int64_t sent = 0, since = clock_now(mailing->desk->clock) - CLOCK_HOUR, most = mailing->policy->notices_an_hour;
  list_each(const NoticeMail, notice, &mailing->notices)
    if (notice->kind == NOTICE_SAFETY) {
      most += URGENT_MORE;
      break;
    }
  if (!outbox_automatic_since(mailing->desk->db, mail_address_key(mailing->arena, mailing->staff->email), since, most, &sent,
                              error))
    return false;
  *out = sent >= most;
  return true;
}

static const char *one_line(Arena *arena, const char *text) { return text_clamp(arena, text_one_line(arena, text), NAME_MOST); }

static const char *who(Arena *arena, const NoticeMail *notice) {
  if (notice->actor_name) return one_line(arena, notice->actor_name);
  if (!text_is_blank(notice->author_name)) return one_line(arena, notice->author_name);
  return one_line(arena, text_is_blank(notice->author_address) ? notice->customer_name : notice->author_address);
}

static bool is_about_one(const NoticeMailList *notices) {
  list_each(const NoticeMail, notice, notices)
    if (notice->number != notices->items[0].number) return false;
  return true;
}

static bool is_writing(NoticeKind kind) { return kind >= NOTICE_WROTE_MINE && kind <= NOTICE_TEAM; }

static const char *headline(Arena *arena, const NoticeMail *notice) {
  Notice shown = {.number = notice->number,
                  .kind = notice->kind,
                  .actor_name = notice->actor_name,
                  .customer_name = is_writing(notice->kind) ? who(arena, notice) : notice->customer_name,
                  .detail = notice->detail};
  return notice_words(arena, &shown);
}

static void write_one(Arena *arena, GString *text, const NoticeMail *notice, int most) {
  const char *with = notice->assignee_id ? "" : tr(" It is with nobody yet.");
  if (text->len) g_string_append(text, "\n\n\n");
  if (!text_is_blank(notice->words) && !is_writing(notice->kind)) {
    g_string_append(text, notice->words);
    return;
  }
  const char *address = text_is_blank(notice->author_address) ? "" : arena_printf(arena, " <%s>", notice->author_address);
  g_string_append_printf(text, "%s \"%s\".%s", headline(arena, notice), notice->subject, with);
  if (is_writing(notice->kind) && *address) words_append(text, " It came from%s.", address);
  const char *body = text_is_blank(notice->words) ? notice->body : notice->words;
  if (!text_is_blank(body)) g_string_append_printf(text, "\n\n%s", text_clamp(arena, body, (size_t)most));
}

// Where this person is; where the mailbox is, without a zone of their own.
static const char *day_words(const Mailing *mailing, const Mailbox *mailbox, int64_t at) {
  const char *chosen = mailing->staff->zone;
  g_autoptr(GTimeZone) own = text_is_blank(chosen) ? NULL : g_time_zone_new_identifier(chosen);
  g_autoptr(GTimeZone) desk = mailbox_zone(mailbox);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / CLOCK_SECOND);
  g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, own ? own : desk);
  return words_date(mailing->arena, g_date_time_get_year(here), g_date_time_get_month(here), g_date_time_get_day_of_month(here));
}

static const char *how_to_answer(const Mailing *mailing, const Mailbox *mailbox, int64_t until_hour) {
  Arena *arena = mailing->arena;
  const char *where = is_about_one(&mailing->notices)
                        ? ""
                        : arena_say(arena, "An answer to this mail goes to #%jd, the first one above.\n",
                                    mailing->notices.items[0].number);
  return arena_say(arena,
                   "----\n%s"
                   "Answer this mail, and what you write is kept as a note for the team; nothing goes to the customer.\n"
                   "Begin your answer with lines like these to do more:\n\n"
                   "#reply        send what follows to the customer\n"
                   "#solve        solve the conversation\n"
                   "#assign me    take it\n\n"
                   "Only you can answer here, from this address, until %s.\n",
                   where, day_words(mailing, mailbox, until_hour * CLOCK_HOUR));
}

static const char *words_of(const Mailing *mailing) {
  g_autoptr(GString) text = g_string_new(NULL);
  const NoticeMailList *notices = &mailing->notices;
  size_t shown = MIN(notices->count, TOGETHER_MOST);
  for (size_t i = 0; i < shown; i++)
    write_one(mailing->arena, text, &notices->items[i], notices->count == 1 ? BODY_MOST : BODY_MOST_OF_MANY);
  if (shown < notices->count)
    words_append(text, "\n\n\nAnd %d more, which the bell in the desk shows.", (int)(notices->count - shown));
  return arena_strdup(mailing->arena, text->str);
}

static const char *subject_of(const Mailing *mailing) {
  const NoticeMail *first = &mailing->notices.items[0];
  Arena *arena = mailing->arena;
  if (!is_about_one(&mailing->notices)) return arena_say(arena, "%d things happened in the desk", (int)mailing->notices.count);
  if (mailing->notices.count == 1 && !is_writing(first->kind)) return headline(arena, first);
  return arena_printf(arena, "[#%" G_GINT64_FORMAT "] %s", first->number, first->subject);
}

static const Mailbox *mailbox_of(const Mailing *mailing) {
  list_each(const Mailbox, mailbox, mailing->mailboxes)
    if (mailbox->id == mailing->notices.items[0].mailbox_id) return mailbox;
  return NULL;
}

static bool queue(const Mailing *mailing, GError **error) {
  Arena *arena = mailing->arena;
  Desk *desk = mailing->desk;
  const NoticeMail *first = &mailing->notices.items[0];
  const Mailbox *mailbox = mailbox_of(mailing);
  if (!mailbox)
    return error_set(error, ERROR_BROKEN, "The mailbox of #%jd is gone; restore the database from a backup.", first->number);
  int64_t now = clock_now(desk->clock);
  NoticeToken token = {.staff_id = mailing->staff->id,
                       .number = first->number,
                       .until_hour = (now + mailing->policy->notice_answer_within) / CLOCK_HOUR};
  ConversationStand stand = {.number = first->number};
  Entry entry = {
    .kind = MESSAGE_NOTICE,
    .state = MESSAGE_WAITING,
    .author_name = desk->name,
    .author_address = mailbox->address,
    .answer_to = "",
    .recipients = mailing->staff->email,
    .subject = subject_of(mailing),
    .body = arena_printf(arena, "%s\n\n\n%s", words_of(mailing), how_to_answer(mailing, mailbox, token.until_hour)),
    .quoted = "",
    .made_at = now,
    .mail_id = outbox_new_mail_id(arena, desk, first->number, mailbox),
  };
  if (!entry_add(arena, desk, &stand, &entry, &token.notice_id, error)) return false;
  bool speaks = mailing->notices.count == 1;
  OutboxDraft draft = {
    .message_id = token.notice_id,
    .number = first->number,
    .mailbox = mailbox,
    .from_name = speaks ? arena_say(arena, "%s, through %s", who(arena, first), desk->name) : desk->name,
    .subject = entry.subject,
    .text = entry.body,
    .message_id_header = entry.mail_id,
    .is_automatic = true,
    .answer_token = notice_token(arena, desk, &token),
  };
  *list_add(arena, &draft.to) = (MailAddress){mailing->staff->name, mailing->staff->email};
  return outbox_add(arena, desk, &draft, error);
}

// What customers wrote, with abusive words folded as this person has it.
static bool shield_all(Mailing *mailing, GError **error) {
  ShieldSetting setting;
  if (!shield_setting(mailing->desk, mailing->staff->id, &setting, error)) return false;
  list_each(NoticeMail, notice, &mailing->notices) {
    notice->subject = shield_plain(mailing->arena, setting, notice->subject);
    notice->words = shield_plain(mailing->arena, setting, notice->words);
    if (notice->body) notice->body = shield_plain(mailing->arena, setting, notice->body);
  }
  return true;
}

// Those that were claimed, out of all between the first and the last of them.
static bool load(Mailing *mailing, const IntList *claimed, GError **error) {
  NoticeMailList all = {0};
  int64_t first = INT64_MAX, last = 0;
  list_each(const Int, id, claimed) first = MIN(first, *id), last = MAX(last, *id);
  if (!notice_select_mail(mailing->arena, mailing->desk->db, mailing->staff->id, first, last, &all, error)) return false;
  list_each(const NoticeMail, notice, &all)
    list_each(const Int, id, claimed)
      if (*id == notice->id) *list_add(mailing->arena, &mailing->notices) = *notice;
  return shield_all(mailing, error);
}

// All of it in the language of who reads it.
static bool write_and_queue(Mailing *mailing, const IntList *claimed, GError **error) {
  bool enough = false;
  int before = staff_speak_to(mailing->staff);
  bool worked = load(mailing, claimed, error) && had_enough(mailing, &enough, error) &&
                (enough || !mailing->notices.count || queue(mailing, error));
  words_use(before);
  return worked;
}

static bool send_to(Mailing *mailing, int64_t staff_id, GError **error) {
  Arena *arena = mailing->arena;
  Desk *desk = mailing->desk;
  IntList claimed = {0};
  Staff *staff = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !notice_claim(arena, desk->db, staff_id, &claimed, error) ||
      !staff_select_by_id(arena, desk->db, staff_id, &staff, error))
    return false;
  mailing->staff = staff;
  mailing->notices = (NoticeMailList){0};
  if (staff && staff->is_active && claimed.count && !write_and_queue(mailing, &claimed, error)) return false;
  return db_commit(&tx, error);
}

static bool put_off(Desk *desk, int64_t staff_id, const GError *problem, GError **error) {
  int64_t changed = 0;
  log_warning("notify", "mail to person %jd: %s", (intmax_t)staff_id, problem->message);
  return notice_put_off(desk->db, staff_id, clock_now(desk->clock) + TRY_AGAIN, TRIES_MOST, &changed, error);
}

bool notice_send(Desk *desk, int64_t due_by, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  IntList people = {0};
  Policy policy;
  MailboxList mailboxes = {0};
  Mailing mailing = {.arena = arena, .desk = desk, .policy = &policy, .mailboxes = &mailboxes};
  if (!notice_due(arena, desk->db, due_by, &people, error)) return false;
  if (people.count == 0) return true;
  if (!desk_read_name(desk, error)) return false; // this connection may be an old one
  if (!policy_load(arena, desk, &policy, error) || !mailbox_list(arena, desk, &mailboxes, error)) return false;
  list_each(const Int, person, &people) {
    g_autoptr(GError) problem = NULL;
    if (send_to(&mailing, *person, &problem)) continue;
    if (error_may_pass(problem)) return g_propagate_error(error, g_steal_pointer(&problem)), false; // the next round is soon
    if (!put_off(desk, *person, problem, error)) return false;
  }
  return true;
}

bool notice_send_due(Desk *desk, GError **error) { return notice_send(desk, clock_now(desk->clock), error); }
