// The lifecycle of a conduct case as one table: from, what happens, to, and what must hold. Guards are sentences here and checks in
// move.c, which finds them by the sentence; the documentation is printed from this table (doc/conduct.md, tested).
//
// Each step needs the one before it and something that happened since: nobody is restricted for what they were warned about. Only a
// threat may pass over steps, and even then contact is not ended without a warning.
#include "base/words.h"
#include "desk/boundary/guards.h"

#include <string.h>

static const BoundaryTransition transitions[] = {
  {BOUNDARY_REPORTED, BOUNDARY_REPORT, BOUNDARY_REPORTED, NULL},
  {BOUNDARY_REQUESTED, BOUNDARY_REPORT, BOUNDARY_REQUESTED, NULL},
  {BOUNDARY_WARNED, BOUNDARY_REPORT, BOUNDARY_WARNED, NULL},
  {BOUNDARY_RESTRICTED, BOUNDARY_REPORT, BOUNDARY_RESTRICTED, NULL},
  {BOUNDARY_ENDED, BOUNDARY_REPORT, BOUNDARY_ENDED, NULL},
  {BOUNDARY_REPORTED, BOUNDARY_REQUEST, BOUNDARY_REQUESTED, NEEDS_INCIDENT},
  {BOUNDARY_REPORTED, BOUNDARY_WARN, BOUNDARY_WARNED, NEEDS_ABUSE},
  {BOUNDARY_REQUESTED, BOUNDARY_WARN, BOUNDARY_WARNED, NEEDS_SINCE},
  {BOUNDARY_REPORTED, BOUNDARY_RESTRICT, BOUNDARY_RESTRICTED, NEEDS_THREAT},
  {BOUNDARY_REQUESTED, BOUNDARY_RESTRICT, BOUNDARY_RESTRICTED, NEEDS_THREAT},
  {BOUNDARY_WARNED, BOUNDARY_RESTRICT, BOUNDARY_RESTRICTED, NEEDS_SINCE},
  {BOUNDARY_RESTRICTED, BOUNDARY_RESTRICT, BOUNDARY_RESTRICTED, NEEDS_SINCE}, // anew, with an end of its own
  {BOUNDARY_WARNED, BOUNDARY_END, BOUNDARY_ENDED, NEEDS_THREAT_SINCE},
  {BOUNDARY_RESTRICTED, BOUNDARY_END, BOUNDARY_ENDED, NEEDS_SINCE},
  {BOUNDARY_ENDED, BOUNDARY_END, BOUNDARY_ENDED, NEEDS_SINCE},
  {BOUNDARY_REQUESTED, BOUNDARY_EXPIRE, BOUNDARY_CLOSED, NULL},
  {BOUNDARY_WARNED, BOUNDARY_EXPIRE, BOUNDARY_CLOSED, NULL},
  {BOUNDARY_RESTRICTED, BOUNDARY_EXPIRE, BOUNDARY_CLOSED, NULL},
  {BOUNDARY_ENDED, BOUNDARY_EXPIRE, BOUNDARY_CLOSED, NULL},
  {BOUNDARY_REQUESTED, BOUNDARY_LIFT, BOUNDARY_CLOSED, NEEDS_REASON},
  {BOUNDARY_WARNED, BOUNDARY_LIFT, BOUNDARY_CLOSED, NEEDS_REASON},
  {BOUNDARY_RESTRICTED, BOUNDARY_LIFT, BOUNDARY_CLOSED, NEEDS_REASON},
  {BOUNDARY_ENDED, BOUNDARY_LIFT, BOUNDARY_CLOSED, NEEDS_REASON},
  {BOUNDARY_REQUESTED, BOUNDARY_APPEAL_GRANTED, BOUNDARY_CLOSED, NEEDS_REASON},
  {BOUNDARY_WARNED, BOUNDARY_APPEAL_GRANTED, BOUNDARY_CLOSED, NEEDS_REASON},
  {BOUNDARY_RESTRICTED, BOUNDARY_APPEAL_GRANTED, BOUNDARY_CLOSED, NEEDS_REASON},
  {BOUNDARY_ENDED, BOUNDARY_APPEAL_GRANTED, BOUNDARY_CLOSED, NEEDS_REASON},
  {BOUNDARY_CLOSED, BOUNDARY_APPEAL_GRANTED, BOUNDARY_CLOSED, NEEDS_REASON}, // what it was against was over already
  {BOUNDARY_REPORTED, BOUNDARY_CLOSE, BOUNDARY_CLOSED, NEEDS_REASON},
};

const BoundaryTransition *boundary_find_transition(BoundaryStage from, BoundaryEvent event) {
  for (size_t i = 0; i < G_N_ELEMENTS(transitions); i++)
    if (transitions[i].from == from && transitions[i].event == event) return &transitions[i];
  return NULL;
}

const char *boundary_stage_title(BoundaryStage stage) {
  static const char *const titles[BOUNDARY_STAGE_COUNT] = {
    [BOUNDARY_REPORTED] = "Reported",     [BOUNDARY_REQUESTED] = "Informal request", [BOUNDARY_WARNED] = "Written warning",
    [BOUNDARY_RESTRICTED] = "Restricted", [BOUNDARY_ENDED] = "Contact ended",        [BOUNDARY_CLOSED] = "Closed"};
  return stage < BOUNDARY_STAGE_COUNT ? titles[stage] : "";
}

const char *boundary_event_title(BoundaryEvent event) {
  static const char *const titles[BOUNDARY_EVENT_COUNT] = {
    [BOUNDARY_REPORT] = "Incident reported",
    [BOUNDARY_REQUEST] = "Informal request",
    [BOUNDARY_WARN] = "Written warning",
    [BOUNDARY_RESTRICT] = "Restriction",
    [BOUNDARY_END] = "End of contact",
    [BOUNDARY_EXPIRE] = "Ran out",
    [BOUNDARY_LIFT] = "Lifted",
    [BOUNDARY_APPEAL_GRANTED] = "Appeal granted",
    [BOUNDARY_CLOSE] = "Closed without a measure",
    [BOUNDARY_PROPOSE] = "Asked for",
    [BOUNDARY_APPROVE] = "First approval",
    [BOUNDARY_DECLINE] = "Declined",
    [BOUNDARY_WITHDRAW] = "Request withdrawn",
    [BOUNDARY_SET_ASIDE] = "Incident set aside",
    [BOUNDARY_REVIEW] = "Reviewed, and it stays",
    [BOUNDARY_APPEAL] = "Appeal",
    [BOUNDARY_APPEAL_STANDS] = "Appeal decided, and it stays",
    [BOUNDARY_MAIL] = "They wrote",
  };
  return event < BOUNDARY_EVENT_COUNT ? titles[event] : "";
}

char *boundary_print(Arena *arena) {
  g_autoptr(GString) text = g_string_new("| from | what happens | to | what must hold |\n|---|---|---|---|\n");
  g_string_append_printf(text, "| | %s | %s | |\n", boundary_event_title(BOUNDARY_REPORT),
                         boundary_stage_title(BOUNDARY_REPORTED));
  for (size_t i = 0; i < G_N_ELEMENTS(transitions); i++) {
    const BoundaryTransition *row = &transitions[i];
    g_string_append_printf(text, "| %s | %s | %s | %s |\n", boundary_stage_title(row->from), boundary_event_title(row->event),
                           boundary_stage_title(row->to), row->guard ? row->guard : "");
  }
  g_string_append(text, "\nThese move no stage and stand in the journal:");
  for (unsigned event = BOUNDARY_PROPOSE; event < BOUNDARY_EVENT_COUNT; event++)
    g_string_append_printf(text, "%s %s", event == BOUNDARY_PROPOSE ? "" : ";", boundary_event_title(event));
  g_string_append(text, ".\n");
  return arena_strdup(arena, text->str);
}

// ——— words

static const struct {
  const char *word, *title;
} levels[LEVEL_COUNT] = {[LEVEL_UNREASONABLE] = {"unreasonable", "Unreasonable demands or persistence"},
                         [LEVEL_HOSTILE] = {"hostile", "Hostile or insulting"},
                         [LEVEL_ABUSIVE] = {"abusive", "Abusive or discriminating"},
                         [LEVEL_THREAT] = {"threat", "Threatening or violent"}};

const char *level_word(IncidentLevel level) { return level < LEVEL_COUNT ? levels[level].word : ""; }
const char *level_title(IncidentLevel level) { return level < LEVEL_COUNT ? levels[level].title : ""; }

bool level_from_word(const char *word, IncidentLevel *out) {
  for (unsigned level = 0; word && level < LEVEL_COUNT; level++)
    if (strcmp(levels[level].word, word) == 0) {
      *out = level;
      return true;
    }
  return false;
}

static const struct {
  const char *word, *title;
  BoundaryEvent event;
  int approvers;
} kinds[MEASURE_KIND_COUNT] = {[MEASURE_REQUEST] = {"request", "Informal request", BOUNDARY_REQUEST, 1},
                               [MEASURE_WARNING] = {"warning", "Written warning", BOUNDARY_WARN, 1},
                               [MEASURE_RESTRICTION] = {"restriction", "Restriction", BOUNDARY_RESTRICT, 1},
                               [MEASURE_ENDING] = {"ending", "End of contact", BOUNDARY_END, 2}};

const char *measure_word(MeasureKind kind) { return kind < MEASURE_KIND_COUNT ? kinds[kind].word : ""; }
const char *measure_title(MeasureKind kind) { return kind < MEASURE_KIND_COUNT ? kinds[kind].title : ""; }
BoundaryEvent measure_event(MeasureKind kind) { return kinds[kind].event; }
int measure_approvers(MeasureKind kind) { return kinds[kind].approvers; }

bool measure_from_word(const char *word, MeasureKind *out) {
  for (unsigned kind = 0; word && kind < MEASURE_KIND_COUNT; kind++)
    if (strcmp(kinds[kind].word, word) == 0) {
      *out = kind;
      return true;
    }
  return false;
}

const char *measure_state_title(MeasureState state) {
  static const char *const titles[MEASURE_STATE_COUNT] = {
    [MEASURE_ASKED] = "waits for approval",         [MEASURE_HOLDS] = N_("holds"), [MEASURE_DECLINED] = N_("declined"),
    [MEASURE_WITHDRAWN] = N_("withdrawn"),          [MEASURE_EXPIRED] = "ran out", [MEASURE_LIFTED] = N_("lifted"),
    [MEASURE_REPLACED] = "replaced by the next one"};
  return state < MEASURE_STATE_COUNT ? titles[state] : "";
}
