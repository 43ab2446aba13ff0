// The lifecycle of a complaint as one table: from, what happens, to, and what must hold. Guards are sentences here and checks in
// advance.c, which finds them by the event; the documentation is printed from this table (doc/complaint-lifecycle.md, tested).
//
// A complaint may be acknowledged, assessed and investigated in any order in which people really work: an answer on the first day
// needs no assessment form, so the later stage is reachable from each earlier one, and the steps say what was done and what not.
#include "desk/complaint/complaint.h"

#define NEEDS_ASSESSMENT "Say how severe it is and what they seek first."
#define NEEDS_MESSAGE "Name the message that shows it."
#define NEEDS_ROUTES "Name where they can go from here: a final no carries its outside routes."
#define NEEDS_NOTHING_OPEN "Something is still promised or waiting for approval; settle that first."
#define NEEDS_REASON "Say why in a sentence."

static const Transition transitions[] = {
  {STAGE_RECEIVED, COMPLAINT_ACKNOWLEDGE, STAGE_ACKNOWLEDGED, NULL},
  {STAGE_RECEIVED, COMPLAINT_ASSESS, STAGE_ASSESSED, NEEDS_ASSESSMENT},
  {STAGE_ACKNOWLEDGED, COMPLAINT_ASSESS, STAGE_ASSESSED, NEEDS_ASSESSMENT},
  {STAGE_ASSESSED, COMPLAINT_ASSESS, STAGE_ASSESSED, NEEDS_ASSESSMENT}, // what was thought of it may change
  {STAGE_INVESTIGATED, COMPLAINT_ASSESS, STAGE_INVESTIGATED, NEEDS_ASSESSMENT},
  {STAGE_ANSWERED, COMPLAINT_ASSESS, STAGE_ANSWERED, NEEDS_ASSESSMENT},
  {STAGE_ASSESSED, COMPLAINT_INVESTIGATE, STAGE_INVESTIGATED, NEEDS_REASON},
  {STAGE_INVESTIGATED, COMPLAINT_INVESTIGATE, STAGE_INVESTIGATED, NEEDS_REASON}, // what else was found
  {STAGE_RECEIVED, COMPLAINT_ANSWER, STAGE_ANSWERED, NEEDS_MESSAGE},
  {STAGE_ACKNOWLEDGED, COMPLAINT_ANSWER, STAGE_ANSWERED, NEEDS_MESSAGE},
  {STAGE_ASSESSED, COMPLAINT_ANSWER, STAGE_ANSWERED, NEEDS_MESSAGE},
  {STAGE_INVESTIGATED, COMPLAINT_ANSWER, STAGE_ANSWERED, NEEDS_MESSAGE},
  {STAGE_ANSWERED, COMPLAINT_ANSWER, STAGE_ANSWERED, NEEDS_MESSAGE},
  {STAGE_ANSWERED, COMPLAINT_AGREE, STAGE_AGREED, NULL},
  {STAGE_ANSWERED, COMPLAINT_DECLINE, STAGE_INVESTIGATED, NULL},
  {STAGE_ANSWERED, COMPLAINT_REFUSE, STAGE_REFUSED, NEEDS_ROUTES},
  {STAGE_INVESTIGATED, COMPLAINT_REFUSE, STAGE_REFUSED, NEEDS_ROUTES},
  {STAGE_REFUSED, COMPLAINT_ANSWER, STAGE_ANSWERED, NEEDS_MESSAGE},
  {STAGE_AGREED, COMPLAINT_REMEDY, STAGE_REMEDIED, NULL},
  {STAGE_AGREED, COMPLAINT_DECLINE, STAGE_INVESTIGATED, NULL},
  {STAGE_AGREED, COMPLAINT_FOLLOW_UP, STAGE_FOLLOWED_UP, NULL},
  {STAGE_REMEDIED, COMPLAINT_DECLINE, STAGE_INVESTIGATED, NULL},
  {STAGE_REMEDIED, COMPLAINT_FOLLOW_UP, STAGE_FOLLOWED_UP, NULL},
  {STAGE_FOLLOWED_UP, COMPLAINT_DECLINE, STAGE_INVESTIGATED, NULL},
  {STAGE_AGREED, COMPLAINT_CLOSE, STAGE_CLOSED, NEEDS_NOTHING_OPEN},
  {STAGE_REMEDIED, COMPLAINT_CLOSE, STAGE_CLOSED, NEEDS_NOTHING_OPEN},
  {STAGE_FOLLOWED_UP, COMPLAINT_CLOSE, STAGE_CLOSED, NEEDS_NOTHING_OPEN},
  {STAGE_REFUSED, COMPLAINT_CLOSE, STAGE_CLOSED, NEEDS_NOTHING_OPEN},
  {STAGE_RECEIVED, COMPLAINT_WITHDRAW, STAGE_CLOSED, NEEDS_REASON},
  {STAGE_ACKNOWLEDGED, COMPLAINT_WITHDRAW, STAGE_CLOSED, NEEDS_REASON},
  {STAGE_ASSESSED, COMPLAINT_WITHDRAW, STAGE_CLOSED, NEEDS_REASON},
  {STAGE_INVESTIGATED, COMPLAINT_WITHDRAW, STAGE_CLOSED, NEEDS_REASON},
  {STAGE_ANSWERED, COMPLAINT_WITHDRAW, STAGE_CLOSED, NEEDS_REASON},
  {STAGE_CLOSED, COMPLAINT_REOPEN, STAGE_INVESTIGATED, NEEDS_REASON},
};

const Transition *lifecycle_find(ComplaintStage from, ComplaintEvent event) {
  for (size_t i = 0; i < G_N_ELEMENTS(transitions); i++)
    if (transitions[i].from == from && transitions[i].event == event) return &transitions[i];
  return NULL;
}

static bool is_entry(ComplaintEvent event) { return event >= COMPLAINT_HAND_OVER; }

char *lifecycle_print(Arena *arena) {
  g_autoptr(GString) text = g_string_new("| from | what happens | to | what must hold |\n|---|---|---|---|\n");
  g_string_append_printf(text, "| | %s | %s | |\n", complaint_event_title(COMPLAINT_RECEIVE), stage_title(STAGE_RECEIVED));
  for (size_t i = 0; i < G_N_ELEMENTS(transitions); i++) {
    const Transition *row = &transitions[i];
    g_string_append_printf(text, "| %s | %s | %s | %s |\n", stage_title(row->from), complaint_event_title(row->event),
                           stage_title(row->to), row->guard ? row->guard : "");
  }
  g_string_append(text, "\nThese move no stage and stand in the journal:");
  for (unsigned event = 0; event < COMPLAINT_EVENT_COUNT; event++)
    if (is_entry(event))
      g_string_append_printf(text, "%s %s", event == COMPLAINT_HAND_OVER ? "" : ",", complaint_event_title(event));
  g_string_append(text, ".\n");
  return arena_strdup(arena, text->str);
}
