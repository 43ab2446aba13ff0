// The chores. An alarm is given under the lock of its conversation, and what is due is looked at again there, so that two processes give
// it once. Each is a transaction of its own: what follows from it, rules and notices, commits with it.
#include "base/text.h"
#include "desk/complaint/complaint.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/stand.h"
#include "desk/due.sql.h"
#include "desk/due/settle.h"

static const DueKind kind_of_alarm[ALARM_COUNT] = {[ALARM_WORK_NEAR] = DUE_RESOLUTION,
                                                   [ALARM_WORK_MISSED] = DUE_RESOLUTION,
                                                   [ALARM_COMPLAINT_NEAR] = DUE_COMPLAINT,
                                                   [ALARM_COMPLAINT_MISSED] = DUE_COMPLAINT};

static bool is_missed(int alarm) { return alarm % 2 == 1; }

static const char *title_of(const DueFacts *facts, int alarm) {
  return due_kind_title(alarm <= ALARM_ANSWER_MISSED ? due_answer_kind(facts) : kind_of_alarm[alarm]);
}

// Of each clock the later of what is to be said alone: who is late need not hear that it was near.
static bool say(Desk *desk, const DueBook *book, DueFacts *facts, int64_t now, GError **error) {
  int64_t moments[ALARM_COUNT];
  due_alarm_moments(book, facts, moments);
  for (int alarm = ALARM_COUNT - 1; alarm >= 0; alarm--) {
    int64_t bit = INT64_C(1) << alarm;
    if (!moments[alarm] || moments[alarm] > now || (facts->alarms & bit)) continue;
    facts->alarms |= bit;
    if (is_missed(alarm)) facts->alarms |= bit >> 1;
    if (moments[alarm] < now - DUE_OLD_NEWS) continue;
    EventKind kind = is_missed(alarm) ? EVENT_TARGET_MISSED : EVENT_TARGET_NEAR;
    if (!event_add(desk, facts->number, kind, NULL, title_of(facts, alarm), error)) return false;
  }
  return true;
}

static const int64_t *or_null(const int64_t *value) { return *value ? value : NULL; }

static bool keep_alarms(Desk *desk, const DueFacts *facts, GError **error) {
  return due_clock_set(desk->db, facts->number, facts->runs, facts->since, facts->work, facts->held_of, facts->held,
                       or_null(&facts->answer_due), or_null(&facts->work_due), or_null(&facts->complaint_due), facts->alarms,
                       NULL, facts->version, error);
}

// Settled first, so that what it is warned of is what is due now, and after it, for the next alarm.
static bool alarm_one(Desk *desk, int64_t number, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ConversationStand *stand = NULL;
  DueFacts *facts = NULL;
  DueBook book;
  int64_t now = clock_now(desk->clock);
  if (!tx || !conversation_lock(arena, desk->db, number, &stand, error) || !due_settle(arena, desk, number, error) ||
      !due_select(arena, desk->db, number, MESSAGE_AGENT, STAGE_CLOSED, &facts, error))
    return false;
  if (!stand || !facts || !facts->alarm_at || facts->alarm_at > now) return db_commit(&tx, error); // another process was here
  return due_book_load(arena, desk, &book, error) && say(desk, &book, facts, now, error) && keep_alarms(desk, facts, error) &&
         due_settle(arena, desk, number, error) && db_commit(&tx, error);
}

bool due_alarm(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  IntList numbers = {0};
  do {
    numbers = (IntList){0};
    if (!due_alarm_select(arena, desk->db, clock_now(desk->clock), &numbers, error)) return false;
    list_each(const Int, number, &numbers)
      if (!alarm_one(desk, *number, error)) return false;
  } while (numbers.count);
  return true;
}

// ——— renewing

#define RECKONED "2|" // how: another number when the arithmetic itself changes, so that what stands is worked out anew

// Everything that what is due is worked out with, as one text.
static const char *made_of(Arena *arena, const DueBook *book) {
  g_autoptr(GString) text = g_string_new(RECKONED);
  g_string_append(text, book->hours.zone_name);
  list_each(const Opening, opening, &book->hours.openings)
    g_string_append_printf(text, "|%d %d-%d", (int)opening->weekday, (int)opening->opens_at, (int)opening->closes_at);
  list_each(const Holiday, holiday, &book->hours.holidays)
    g_string_append_printf(text, "|%d-%d-%d", (int)holiday->year, (int)holiday->month, (int)holiday->day);
  list_each(const DueTargetRow, row, &book->targets)
    g_string_append_printf(text, "|%" G_GINT64_FORMAT " %d: %d %d %d", row->team_id, (int)row->priority, (int)row->first_answer,
                           (int)row->next_answer, (int)row->resolution);
  g_string_append_printf(text, "|%d %d", (int)book->warning.percent, (int)book->warning.minutes);
  g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
  return arena_strdup(arena, sum);
}

static bool renew_some(Desk *desk, const IntList *numbers, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ConversationStand *stand = NULL;
  if (!tx) return false;
  list_each(const Int, number, numbers)
    if (!conversation_lock(arena, desk->db, *number, &stand, error) || !due_settle(arena, desk, *number, error)) return false;
  return db_announce(desk->db, error) && db_commit(&tx, error);
}

bool due_renew(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  DueBook book;
  IntList numbers = {0};
  int64_t changed = 0;
  if (!due_book_load(arena, desk, &book, error) || !due_rule_renew(desk->db, made_of(arena, &book), &changed, error))
    return false;
  do {
    numbers = (IntList){0};
    if (!due_outdated_select(arena, desk->db, book.version + changed, &numbers, error)) return false;
    if (numbers.count && !renew_some(desk, &numbers, error)) return false;
  } while (numbers.count);
  return true;
}
