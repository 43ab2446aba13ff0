// One conversation at a time: what its clocks said, what is so now, and what follows. A conversation has one clock that runs or stands,
// since both of our promises run at the same times; the answer is counted from when the customer began to wait, less what was put off,
// and the resolution from all that ran so far.
#include "desk/due/settle.h"

#include "desk/complaint/complaint.h"
#include "desk/due.sql.h"

#define COMPLAINT_WARNING (4 * 60) // business minutes before a complaint's deadline: half a day

bool due_book_load(Arena *arena, Desk *desk, DueBook *out, GError **error) {
  DueRuleRow *rule = NULL;
  *out = (DueBook){0};
  if (!due_rule_select(arena, desk->db, &rule, error) || !hours_load(arena, desk, &out->hours, error) ||
      !due_target_select(arena, desk->db, &out->targets, error))
    return false;
  out->warning = (DueWarning){rule->warn_percent, rule->warn_minutes};
  out->version = rule->version;
  return true;
}

int64_t due_target_of(const DueBook *book, int64_t team_id, int64_t priority, DueKind kind) {
  const DueTargetRow *found = NULL;
  list_each(const DueTargetRow, row, &book->targets)
    if (row->priority == priority && (row->team_id == team_id || (row->team_id == 0 && !found))) found = row;
  if (!found) return 0;
  return kind == DUE_FIRST_ANSWER ? found->first_answer : kind == DUE_NEXT_ANSWER ? found->next_answer : found->resolution;
}

bool due_facts_run(const DueFacts *facts) {
  return facts->state == CONVERSATION_OPEN && facts->waiting_since && !facts->snoozed_until;
}

DueKind due_answer_kind(const DueFacts *facts) { return facts->has_answer ? DUE_NEXT_ANSWER : DUE_FIRST_ANSWER; }

// A complaint promises the first answer and the resolution itself.
int64_t due_answer_target(const DueBook *book, const DueFacts *facts) {
  DueKind kind = due_answer_kind(facts);
  if (kind == DUE_FIRST_ANSWER && facts->has_complaint) return 0;
  return due_target_of(book, facts->team_id, facts->priority, kind);
}

int64_t due_work_target(const DueBook *book, const DueFacts *facts) {
  return facts->has_complaint ? 0 : due_target_of(book, facts->team_id, facts->priority, DUE_RESOLUTION);
}

// ——— running and standing

static void start(const DueBook *book, DueFacts *facts, int64_t now) {
  bool was_put_off = facts->held_of == facts->waiting_since && facts->since > facts->waiting_since;
  if (was_put_off) facts->held += hours_between(&book->hours, facts->since, now);
  if (facts->held_of != facts->waiting_since) facts->held = 0;
  facts->held_of = facts->waiting_since;
  facts->since = was_put_off ? now : MAX(facts->waiting_since, facts->since);
  facts->runs = true;
}

static void stop(const DueBook *book, DueFacts *facts, int64_t now) {
  facts->work += hours_between(&book->hours, facts->since, now);
  facts->since = now;
  facts->runs = false;
}

#define ANSWER_ALARMS ((INT64_C(1) << ALARM_ANSWER_NEAR) | (INT64_C(1) << ALARM_ANSWER_MISSED))
#define COMPLAINT_ALARMS ((INT64_C(1) << ALARM_COMPLAINT_NEAR) | (INT64_C(1) << ALARM_COMPLAINT_MISSED))

static void move(const DueBook *book, DueFacts *facts, int64_t now) {
  bool runs = due_facts_run(facts);
  if (facts->runs && !runs) stop(book, facts, now);
  if (runs && facts->runs && facts->held_of != facts->waiting_since) { // another waiting in the same breath, by a merge
    facts->held_of = facts->waiting_since;
    facts->held = 0;
    facts->alarms &= ~ANSWER_ALARMS;
  }
  if (!runs || facts->runs) return;
  if (facts->held_of != facts->waiting_since) facts->alarms &= ~ANSWER_ALARMS;
  start(book, facts, now);
}

// ——— what is due

static int64_t usable(int64_t at) { return at == HOURS_NEVER ? 0 : at; }

static void work_out(const DueBook *book, DueFacts *facts) {
  int64_t answer = due_answer_target(book, facts), work = due_work_target(book, facts), complaint = facts->complaint_due;
  facts->answer_due = facts->runs && answer ? usable(hours_add(&book->hours, facts->waiting_since, answer + facts->held)) : 0;
  if (!facts->runs || !work)
    facts->work_due = 0;
  else if (work > facts->work || !facts->work_due)
    facts->work_due = usable(hours_add(&book->hours, facts->since, MAX(work - facts->work, 0)));
  bool is_open = facts->state == CONVERSATION_OPEN && facts->has_complaint;
  facts->complaint_due = is_open ? usable(facts->complaint_next) : 0;
  if (facts->complaint_due != complaint) facts->alarms &= ~COMPLAINT_ALARMS;
}

static int64_t warning_of(const DueBook *book, int64_t target) {
  if (book->warning.percent) return target * book->warning.percent / 100;
  return MIN(book->warning.minutes, target);
}

void due_alarm_moments(const DueBook *book, const DueFacts *facts, int64_t moments[ALARM_COUNT]) {
  const BusinessHours *hours = &book->hours;
  int64_t answer = due_answer_target(book, facts), work = due_work_target(book, facts);
  int64_t before_answer = warning_of(book, answer), before_work = warning_of(book, work);
  for (int i = 0; i < ALARM_COUNT; i++) moments[i] = 0;
  if (facts->answer_due) {
    moments[ALARM_ANSWER_MISSED] = facts->answer_due;
    if (before_answer) moments[ALARM_ANSWER_NEAR] = hours_add(hours, facts->waiting_since, answer + facts->held - before_answer);
  }
  if (facts->work_due) {
    moments[ALARM_WORK_MISSED] = facts->work_due;
    if (before_work) moments[ALARM_WORK_NEAR] = hours_add(hours, facts->since, MAX(work - facts->work - before_work, 0));
  }
  if (facts->complaint_due) {
    moments[ALARM_COMPLAINT_MISSED] = facts->complaint_due;
    moments[ALARM_COMPLAINT_NEAR] = hours_before(hours, facts->complaint_due, COMPLAINT_WARNING);
  }
}

// What was given stays given, unless its moment lies ahead again: a lower priority, longer targets.
static void set_alarm(const DueBook *book, DueFacts *facts, int64_t now) {
  int64_t moments[ALARM_COUNT];
  facts->alarm_at = 0;
  due_alarm_moments(book, facts, moments);
  for (int alarm = 0; alarm < ALARM_COUNT; alarm++) {
    int64_t bit = INT64_C(1) << alarm;
    if (moments[alarm] > now) facts->alarms &= ~bit;
    if (!moments[alarm] || (facts->alarms & bit)) continue;
    if (!facts->alarm_at || moments[alarm] < facts->alarm_at) facts->alarm_at = moments[alarm];
  }
}

static void choose_next(DueFacts *facts) {
  const struct {
    int64_t at;
    DueKind kind;
  } all[] = {
    {facts->answer_due, due_answer_kind(facts)}, {facts->work_due, DUE_RESOLUTION}, {facts->complaint_due, DUE_COMPLAINT}};
  facts->due_at = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
    if (all[i].at && (!facts->due_at || all[i].at < facts->due_at)) {
      facts->due_at = all[i].at;
      facts->due_kind = all[i].kind;
    }
}

// ——— keeping

static const int64_t *or_null(const int64_t *value) { return *value ? value : NULL; }

static bool save(Desk *desk, const DueFacts *before, const DueFacts *after, GError **error) {
  bool is_same = before->has_clock && memcmp(before, after, sizeof *before) == 0;
  if (is_same) return true;
  bool shows_same = before->due_at == after->due_at && before->due_kind == after->due_kind;
  return due_clock_set(desk->db, after->number, after->runs, after->since, after->work, after->held_of, after->held,
                       or_null(&after->answer_due), or_null(&after->work_due), or_null(&after->complaint_due), after->alarms,
                       or_null(&after->alarm_at), after->version, error) &&
         (shows_same || due_conversation_update(desk->db, after->number, or_null(&after->due_at), after->due_kind, error));
}

// A conversation that never ran and does not run needs no clock.
static bool needs_none(const DueFacts *facts) { return !facts->has_clock && !due_facts_run(facts) && !facts->has_complaint; }

// Nothing that matters here has changed since it was worked out last: the way of most happenings.
static bool stands_as_it_did(const DueFacts *facts) {
  bool is_open = facts->state == CONVERSATION_OPEN;
  return facts->has_clock && !facts->runs && !due_facts_run(facts) &&
         facts->complaint_due == (is_open && facts->has_complaint ? usable(facts->complaint_next) : 0) && !facts->answer_due &&
         !facts->work_due;
}

bool due_settle(Arena *arena, Desk *desk, int64_t number, GError **error) {
  DueFacts *before = NULL;
  DueBook book;
  int64_t now = clock_now(desk->clock);
  if (!due_select(arena, desk->db, number, MESSAGE_AGENT, STAGE_CLOSED, &before, error)) return false;
  if (!before || needs_none(before) || stands_as_it_did(before)) return true;
  if (!due_book_load(arena, desk, &book, error)) return false;
  DueFacts *after = arena_copy(arena, before, sizeof *before);
  move(&book, after, now);
  work_out(&book, after);
  set_alarm(&book, after, now);
  choose_next(after);
  after->version = book.version;
  return save(desk, before, after, error);
}
