// Counting effort. A row begins with a message that nobody had to answer yet, and ends when a person answers; what comes in between is a
// repeat. Automatic mail is no answer. A conversation that was solved without one ends its row there.
#include "desk/complaint/effort.h"
#include "base/words.h"

#include "desk/complaint.sql.h"
#include "desk/complaint/stored.h"
#include "desk/conversation/stand.h"

const char *effort_channel_title(EffortChannel channel) {
  static const char *const titles[EFFORT_CHANNEL_COUNT] = {
    [EFFORT_MAIL] = "E-mail",
    [EFFORT_TELEPHONE] = "Telephone",
    [EFFORT_VISIT] = "In person",
    [EFFORT_LETTER] = "Letter",
    [EFFORT_FORM] = "Web form",
    [EFFORT_CHAT] = "Chat",
    [EFFORT_NETWORKS] = "A public network",
  };
  return channel < EFFORT_CHANNEL_COUNT ? titles[channel] : "";
}

static void end_wait(EffortWait *wait, int64_t until, int64_t now, Effort *out) {
  int64_t span = MAX((until ? until : now) - wait->since, 0);
  wait->until = until;
  out->waited += span;
  out->longest = MAX(out->longest, span);
}

void effort_count(Arena *arena, const EffortMarkList *marks, bool waiting, int64_t ended_at, int64_t now, Effort *out) {
  EffortWait *wait = NULL;
  list_each(const EffortMark, mark, marks) {
    bool by_customer = mark->kind == MESSAGE_CUSTOMER;
    if (by_customer && !out->is_answered) out->before_first_answer++;
    if (by_customer && wait) {
      wait->messages++;
      out->repeats++;
    } else if (by_customer) {
      wait = list_add(arena, &out->waits);
      *wait = (EffortWait){.since = mark->made_at, .messages = 1};
    } else {
      if (wait) end_wait(wait, mark->made_at, now, out);
      wait = NULL;
      out->is_answered = true;
    }
  }
  if (!wait) return;
  int64_t last = marks->items[marks->count - 1].made_at;
  end_wait(wait, waiting ? 0 : MAX(ended_at, last), now, out);
}

bool complaint_effort(Arena *arena, Desk *desk, const Complaint *complaint, Effort *out, GError **error) {
  int64_t now = clock_now(desk->clock);
  EffortMarkList marks = {0};
  EffortCounts *counts = NULL;
  *out = (Effort){.attempts_before = complaint->attempts_before, .channels_before = complaint->channels_before};
  if (!complaint_select_effort_marks(arena, desk->db, complaint->number, &marks, error) ||
      !complaint_select_effort_counts(arena, desk->db, complaint->number, complaint->made_at, now - EFFORT_LOOK_BACK, &counts,
                                      error))
    return false;
  if (!counts) return error_set(error, ERROR_NOT_FOUND, "There is no conversation #%jd.", complaint->number);
  effort_count(arena, &marks, counts->waiting_since != 0, counts->solved_at, now, out);
  out->mailboxes = counts->mailboxes;
  out->other_conversations = counts->other_conversations;
  out->hand_overs = counts->handed_over + MAX(counts->assigned - 1, 0); // the first who takes it is not a hand-over
  return true;
}

bool complaint_effort_set(Desk *desk, const Staff *actor, int64_t number, int64_t attempts, int64_t channels, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (attempts > EFFORT_ATTEMPTS_MOST || channels < 0 || channels >= (1 << EFFORT_CHANNEL_COUNT))
    return error_set(error, ERROR_INVALID, "How often they tried is a number up to %d.", EFFORT_ATTEMPTS_MOST);
  ComplaintMove move = {.event = COMPLAINT_EFFORT, .actor = actor, .detail = "Taken back"};
  if (attempts >= 0) move.detail = arena_say(arena, "They tried %jd times before", attempts);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && stand_load(arena, desk, number, error) && complaint_advance_within(arena, desk, number, &move, error) &&
         complaint_update_effort(desk->db, number, attempts >= 0 ? &attempts : NULL, channels, error) && db_commit(&tx, error);
}
