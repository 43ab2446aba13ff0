// Deadlines are worked out once (hours/deadline.h) and kept with their arithmetic, so that what an ombudsman reads is what the desk worked
// to, whatever its hours and holidays are by then.
//
// What meets what: an acknowledgement or more meets the acknowledgements; a person's answer the first answer; agreement, refusal and
// closing the resolution. The law's final response is met by the response itself, by a refusal with its routes, or by an agreement in time
// for a summary resolution communication (FCA DISP 1.5). Their no, and opening again, open what an agreement had met.
#include "desk/complaint/clock.h"

#include "desk/complaint.sql.h"
#include "desk/complaint/stored.h"

bool complaint_clocks(Arena *arena, Desk *desk, int64_t number, ComplaintClockList *out, GError **error) {
  *out = (ComplaintClockList){0};
  return complaint_clock_select(arena, desk->db, number, out, error);
}

bool deadline_is_duty(DeadlineKind kind) { return kind != DEADLINE_SUMMARY && kind != DEADLINE_EXCEPTIONAL_RESPONSE; }

static int64_t next_due(const ComplaintClockList *clocks, const Complaint *complaint) {
  int64_t next = 0;
  if (!complaint_is_open(complaint)) return 0;
  list_each(const ComplaintClock, clock, clocks) {
    bool runs = !clock->met_at && deadline_is_duty(clock->kind) && clock->due_at != HOURS_NEVER;
    if (runs && (!next || clock->due_at < next)) next = clock->due_at;
  }
  return next;
}

static bool work_out(Arena *arena, Desk *desk, const Complaint *complaint, DeadlineList *out, GError **error) {
  BusinessHours hours;
  Targets targets;
  if (!hours_load(arena, desk, &hours, error) || !targets_load(desk, &targets, error)) return false;
  deadlines_of(arena, &hours, &targets, (LegalProfile)complaint->profile, complaint->severity, complaint->received_at, out);
  return true;
}

static bool write_clock(Desk *desk, int64_t number, const Deadline *deadline, int64_t met_at, GError **error) {
  return complaint_clock_upsert(desk->db, number, deadline->kind, deadline->is_legal, deadline->starts_at, deadline->due_at,
                                met_at ? &met_at : NULL, deadline->arithmetic, error);
}

static ComplaintClock *clock_of(const ComplaintClockList *clocks, DeadlineKind kind) {
  list_each(ComplaintClock, clock, clocks)
    if (clock->kind == kind) return clock;
  return NULL;
}

bool complaint_clocks_start(Arena *arena, Desk *desk, Complaint *complaint, GError **error) {
  DeadlineList deadlines = {0};
  ComplaintClockList clocks = {0};
  if (!work_out(arena, desk, complaint, &deadlines, error)) return false;
  list_each(const Deadline, deadline, &deadlines)
    if (!write_clock(desk, complaint->number, deadline, 0, error)) return false;
  if (!complaint_clocks(arena, desk, complaint->number, &clocks, error)) return false;
  complaint->next_due_at = next_due(&clocks, complaint);
  return true;
}

// What the severity decides is worked out again; what was met stays met.
bool complaint_clocks_follow_severity(Arena *arena, Desk *desk, int64_t number, GError **error) {
  ComplaintClockList clocks = {0};
  DeadlineList deadlines = {0};
  const Complaint *complaint = complaint_load(arena, desk, number, error);
  if (!complaint || !complaint_clocks(arena, desk, number, &clocks, error) ||
      !work_out(arena, desk, complaint, &deadlines, error))
    return false;
  for (unsigned kind = 0; kind < DEADLINE_OWN_COUNT; kind++)
    if (!complaint_clock_delete(desk->db, number, kind, error)) return false;
  list_each(const Deadline, deadline, &deadlines) {
    const ComplaintClock *known = clock_of(&clocks, deadline->kind);
    if (!deadline->is_legal && !write_clock(desk, number, deadline, known ? known->met_at : 0, error)) return false;
  }
  Complaint after = *complaint;
  if (!complaint_clocks(arena, desk, number, &clocks, error)) return false;
  after.next_due_at = next_due(&clocks, &after);
  return complaint_save(desk, complaint, &after, error);
}

// ——— what meets what

typedef struct Meeting {
  Desk *desk;
  int64_t number;
  ComplaintClockList clocks;
} Meeting;

static bool set_met(Meeting *meeting, DeadlineKind kind, int64_t at, GError **error) {
  ComplaintClock *clock = clock_of(&meeting->clocks, kind);
  if (!clock || (clock->met_at && at) || clock->met_at == at) return true;
  clock->met_at = at;
  return complaint_clock_meet(meeting->desk->db, meeting->number, kind, at ? &at : NULL, error);
}

static bool meet_all(Meeting *meeting, const DeadlineKind *kinds, size_t count, int64_t at, GError **error) {
  for (size_t i = 0; i < count; i++)
    if (!set_met(meeting, kinds[i], at, error)) return false;
  return true;
}

static bool acknowledges(ComplaintEvent event) {
  return event == COMPLAINT_ACKNOWLEDGE || event == COMPLAINT_ANSWER || event == COMPLAINT_REFUSE || event == COMPLAINT_AGREE ||
         event == COMPLAINT_WITHDRAW || event == COMPLAINT_FINAL_RESPONSE;
}

static bool answers(ComplaintEvent event) { return acknowledges(event) && event != COMPLAINT_ACKNOWLEDGE; }

static bool resolves(ComplaintEvent event) {
  return event == COMPLAINT_AGREE || event == COMPLAINT_REFUSE || event == COMPLAINT_WITHDRAW || event == COMPLAINT_CLOSE;
}

static bool meet_acknowledgements(Meeting *meeting, int64_t at, GError **error) {
  static const DeadlineKind kinds[] = {DEADLINE_ACKNOWLEDGE, DEADLINE_LEGAL_ACKNOWLEDGE};
  return meet_all(meeting, kinds, G_N_ELEMENTS(kinds), at, error);
}

static bool meet_by(Meeting *meeting, ComplaintEvent event, int64_t at, GError **error) {
  static const DeadlineKind finals[] = {DEADLINE_FINAL_RESPONSE, DEADLINE_EXCEPTIONAL_RESPONSE};
  const ComplaintClock *summary = clock_of(&meeting->clocks, DEADLINE_SUMMARY);
  bool in_summary = event == COMPLAINT_AGREE && summary && at <= summary->due_at;
  if (acknowledges(event) && !meet_acknowledgements(meeting, at, error)) return false;
  if (answers(event) && !set_met(meeting, DEADLINE_FIRST_ANSWER, at, error)) return false;
  if (resolves(event) && !set_met(meeting, DEADLINE_RESOLUTION, at, error)) return false;
  if (in_summary && !set_met(meeting, DEADLINE_SUMMARY, at, error)) return false;
  bool is_final = in_summary || event == COMPLAINT_REFUSE || event == COMPLAINT_FINAL_RESPONSE;
  return !is_final || meet_all(meeting, finals, G_N_ELEMENTS(finals), at, error);
}

static bool open_again(Meeting *meeting, const Complaint *before, GError **error) {
  static const DeadlineKind finals[] = {DEADLINE_FINAL_RESPONSE, DEADLINE_EXCEPTIONAL_RESPONSE};
  const ComplaintClock *summary = clock_of(&meeting->clocks, DEADLINE_SUMMARY),
                       *final = clock_of(&meeting->clocks, DEADLINE_FINAL_RESPONSE);
  bool by_summary = summary && final && summary->met_at && final->met_at == summary->met_at &&
                    before->settled_at == summary->met_at;
  if (by_summary && !meet_all(meeting, finals, G_N_ELEMENTS(finals), 0, error)) return false;
  return set_met(meeting, DEADLINE_SUMMARY, 0, error) && set_met(meeting, DEADLINE_RESOLUTION, 0, error);
}

bool complaint_clocks_note(Arena *arena, Desk *desk, const Complaint *before, Complaint *after, const ComplaintMove *move,
                           GError **error) {
  Meeting meeting = {.desk = desk, .number = after->number};
  if (!complaint_clocks(arena, desk, after->number, &meeting.clocks, error)) return false;
  bool opens = move->event == COMPLAINT_DECLINE || move->event == COMPLAINT_REOPEN;
  if (opens ? !open_again(&meeting, before, error) : !meet_by(&meeting, move->event, move->happened_at, error)) return false;
  after->next_due_at = next_due(&meeting.clocks, after);
  return true;
}

bool complaint_clocks_sent(Arena *arena, Desk *desk, Complaint *complaint, bool by_person, int64_t at, GError **error) {
  Meeting meeting = {.desk = desk, .number = complaint->number};
  if (!complaint_clocks(arena, desk, complaint->number, &meeting.clocks, error) || !meet_acknowledgements(&meeting, at, error) ||
      (by_person && !set_met(&meeting, DEADLINE_FIRST_ANSWER, at, error)))
    return false;
  complaint->next_due_at = next_due(&meeting.clocks, complaint);
  return true;
}

static int64_t met_in_both(const ComplaintClockList *gone, const ComplaintClockList *into, DeadlineKind kind) {
  const ComplaintClock *first = clock_of(gone, kind), *second = clock_of(into, kind);
  if (!second) return first ? first->met_at : 0;
  if (!first) return second->met_at;
  return first->met_at && second->met_at ? MAX(first->met_at, second->met_at) : 0;
}

static Deadline deadline_of(const ComplaintClock *clock) {
  return (Deadline){.kind = clock->kind,
                    .is_legal = clock->is_legal,
                    .starts_at = clock->starts_at,
                    .due_at = clock->due_at,
                    .arithmetic = clock->arithmetic};
}

// As they were worked out then, whatever the hours are by now.
static bool take_clocks(Desk *desk, int64_t number, const ComplaintClockList *clocks, GError **error) {
  list_each(const ComplaintClock, clock, clocks) {
    Deadline deadline = deadline_of(clock);
    if (!write_clock(desk, number, &deadline, clock->met_at, error)) return false;
  }
  return true;
}

// Own targets are worked out anew, for the higher severity; the legal clocks of the earlier one go on as they are.
static bool unite_clocks(Arena *arena, Desk *desk, const Complaint *gone, const Complaint *both, const ComplaintClockList *theirs,
                         const ComplaintClockList *ours, GError **error) {
  DeadlineList deadlines = {0};
  bool gone_is_earlier = gone->received_at == both->received_at && gone->profile == both->profile;
  const ComplaintClockList *earlier = gone_is_earlier ? theirs : ours;
  if (!work_out(arena, desk, both, &deadlines, error)) return false;
  for (unsigned kind = 0; kind < DEADLINE_KIND_COUNT; kind++)
    if (!complaint_clock_delete(desk->db, both->number, kind, error)) return false;
  list_each(const Deadline, deadline, &deadlines) {
    const ComplaintClock *known = deadline->is_legal ? clock_of(earlier, deadline->kind) : NULL;
    Deadline kept = known ? deadline_of(known) : *deadline;
    if (!write_clock(desk, both->number, &kept, met_in_both(theirs, ours, kept.kind), error)) return false;
  }
  return true;
}

bool complaint_clocks_unite(Arena *arena, Desk *desk, const Complaint *gone, Complaint *into, bool had_one, GError **error) {
  ComplaintClockList theirs = {0}, ours = {0}, now = {0};
  if (!complaint_clocks(arena, desk, gone->number, &theirs, error) ||
      !complaint_clocks(arena, desk, into->number, &ours, error) ||
      !(had_one ? unite_clocks(arena, desk, gone, into, &theirs, &ours, error) : take_clocks(desk, into->number, &theirs, error)))
    return false;
  if (!complaint_clocks(arena, desk, into->number, &now, error)) return false;
  into->next_due_at = next_due(&now, into);
  return true;
}

bool complaint_clocks_again(Arena *arena, Desk *desk, Complaint *complaint, GError **error) {
  ComplaintClockList clocks = {0};
  if (!complaint_clocks(arena, desk, complaint->number, &clocks, error)) return false;
  complaint->next_due_at = complaint->stage == STAGE_CLOSED ? 0 : next_due(&clocks, complaint);
  return true;
}
