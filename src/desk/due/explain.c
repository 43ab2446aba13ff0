// The arithmetic of a conversation's own clocks, as the panel beside it shows it: what was promised to whom, since when it counts, what
// does not count, and when it ends.
#include "base/words.h"
#include "desk/complaint/complaint.h"
#include "desk/due.sql.h"
#include "desk/due/settle.h"

typedef struct Explanation {
  Arena *arena;
  const DueBook *book;
  const DueFacts *facts;
  int64_t now;
} Explanation;

static const char *moment(const Explanation *of, int64_t at) {
  const BusinessHours *hours = &of->book->hours;
  return arena_say(of->arena, "%s at %s", day_words(of->arena, hours_day_of(hours, at)), hours_clock_words(of->arena, hours, at));
}

static const char *promise(const Explanation *of, int64_t target) {
  const char *team = NULL;
  list_each(const DueTargetRow, row, &of->book->targets)
    if (row->team_id && row->team_id == of->facts->team_id) team = row->team_name;
  return arena_say(of->arena, "%s for %s priority%s%s.", business_time_words(of->arena, target),
                   priority_word((Priority)of->facts->priority), team ? " in " : "", team ? team : "");
}

static const char *why_it_stands(const DueFacts *facts) {
  return facts->snoozed_until ? "stands still while it is snoozed" : "stands still: it is their turn";
}

static DueClock clock_of(const Explanation *of, DueKind kind, int64_t due_at, const char *arithmetic, DueAlarm near) {
  int64_t given = of->facts->alarms >> near;
  DueClock clock = {.kind = kind, .due_at = due_at, .arithmetic = arithmetic, .words = why_it_stands(of->facts)};
  if (!due_at) return clock;
  DeadlineStanding standing = deadline_standing(of->arena, due_at, 0, of->now);
  clock.words = standing.words;
  clock.is_late = standing.state == DEADLINE_LATE;
  clock.is_near = !clock.is_late && (given & 1);
  return clock;
}

static void answer_clock(const Explanation *of, DueClockList *out) {
  const DueFacts *facts = of->facts;
  Arena *arena = of->arena;
  int64_t target = due_answer_target(of->book, facts);
  if (!target || !facts->waiting_since) return;
  const char *held = facts->held
                       ? arena_say(arena, "\nOf that %s were snoozed and do not count.", business_time_words(arena, facts->held))
                       : "";
  const char *first = arena_say(arena, "%s\nThey wait since %s.%s", promise(of, target), moment(of, facts->waiting_since), held);
  const char *arithmetic = first;
  if (facts->runs) deadline_own(arena, &of->book->hours, first, facts->waiting_since, target + facts->held, &arithmetic);
  *list_add(arena, out) = clock_of(of, due_answer_kind(facts), facts->answer_due, arithmetic, ALARM_ANSWER_NEAR);
}

static void work_clock(const Explanation *of, DueClockList *out) {
  const DueFacts *facts = of->facts;
  Arena *arena = of->arena;
  int64_t target = due_work_target(of->book, facts), left = target - facts->work;
  if (!target) return;
  const char *before =
    facts->work ? arena_say(arena, "\nIt ran for %s before; time in which it is their turn, or which is snoozed, does not count.",
                            business_time_words(arena, facts->work))
                : "";
  const char *first = arena_printf(arena, "%s%s", promise(of, target), before), *arithmetic = first;
  if (facts->runs && left > 0) {
    first = arena_say(arena, "%s\nIt runs since %s.", first, moment(of, facts->since));
    deadline_own(arena, &of->book->hours, first, facts->since, left, &arithmetic);
  }
  *list_add(arena, out) = clock_of(of, DUE_RESOLUTION, facts->work_due, arithmetic, ALARM_WORK_NEAR);
}

bool due_clocks(Arena *arena, Desk *desk, int64_t number, DueClockList *out, GError **error) {
  DueFacts *facts = NULL;
  DueBook book;
  *out = (DueClockList){0};
  if (!due_select(arena, desk->db, number, MESSAGE_AGENT, STAGE_CLOSED, &facts, error)) return false;
  if (!facts || !facts->has_clock || facts->state != CONVERSATION_OPEN) return true;
  if (!due_book_load(arena, desk, &book, error)) return false;
  const Explanation of = {arena, &book, facts, clock_now(desk->clock)};
  answer_clock(&of, out);
  work_clock(&of, out);
  return true;
}
