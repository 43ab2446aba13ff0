// The complaint beside its conversation: where it stands, what is next, its clocks, and the forms for what can happen. Filled for the
// page of one conversation, see conversation/conversation.c.
#pragma once

#include "desk/complaint/clock.h"
#include "desk/complaint/effort.h"
#include "desk/complaint/handling.h"
#include "desk/complaint/next.h"
#include "desk/complaint/promise.h"
#include "pages/shell/shell.h"

typedef enum MarkState { MARK_DONE, MARK_NOW, MARK_PASSED_BY, MARK_TO_COME } MarkState;
typedef struct StageMark { // a step of the line
  ComplaintStage stage;
  MarkState state;
  int64_t at; // when it was last reached; 0: not
} StageMark;

typedef struct EvidenceChoice { // a message that can be named as evidence
  int64_t id;
  const char *words; // "22 Nov 2026, 09:15: Dear Agnes, …"
} EvidenceChoice;
LIST_DEFINE(EvidenceChoice)

typedef struct PanelAct { // a form for one event
  ComplaintEvent event;
  const char *title, *verb;
  const char *asks; // label of the text; NULL: nothing to write
  bool needs_words;
  bool names_answer, names_theirs, names_routes;
  bool is_open; // what comes next
} PanelAct;
LIST_DEFINE(PanelAct)

typedef struct ClockView {
  const ComplaintClock *clock;
  DeadlineStanding standing;
  bool is_over; // the complaint is closed and it was never met: it runs no more
} ClockView;
LIST_DEFINE(ClockView)

// What stood in a form that came back, with what was wrong.
typedef struct PanelInput {
  const char *problem;
  ComplaintEvent event; // COMPLAINT_EVENT_COUNT: none of the forms for events
  const char *detail, *outside;
} PanelInput;

typedef struct ComplaintPanel {
  const Visit *visit;
  const char *view; // the list the conversation was opened from, for the forms
  int64_t number;
  bool may_act;
  bool is_open;               // there is a complaint and it is not closed
  const char *suggestion;     // why it reads like one; NULL: it does not, it is one, or somebody said it is none
  const Complaint *complaint; // NULL: none. The rest says nothing then
  NextStep next;
  StageMark stages[STAGE_COUNT];
  ClockViewList clocks;
  ComplaintStepList steps;
  Gap gap; // confirmed, or proposed
  bool gap_is_confirmed;
  const char *gap_words; // for an answer
  ComplaintReasonList reasons, proposed;
  Effort effort;
  PromiseList promises;
  StaffList people; // to whom it can be handed
  EvidenceChoiceList answers, theirs;
  PanelActList acts;
  const PanelInput *input; // NULL: no form came back
} ComplaintPanel;

// `input` NULL: no form came back. `messages` are those of the page.
bool complaint_panel_load(const Visit *visit, int64_t number, const char *view, const MessageList *messages,
                          const PanelInput *input, ComplaintPanel *out, GError **error);

const char *panel_stage_class(const StageMark *mark); // "done", "now", "passed", "to-come"
bool panel_draws_stage(const ComplaintPanel *panel, const StageMark *mark);
const char *panel_stage_words(const StageMark *mark);  // for who cannot see the mark: "done", "here now", "left out", "to come"
const char *panel_clock_words(const ClockView *clock); // "2 h left", "no longer runs"
const char *panel_clock_class(const ClockView *clock); // "", "due", "late"
const char *panel_detail(const ComplaintPanel *panel, ComplaintEvent event); // what was written in the form that came back; ""
const char *panel_outside(const ComplaintPanel *panel);
const char *panel_span(Arena *arena, int64_t span);         // "3 h", "no time"
const char *panel_channels(Arena *arena, int64_t channels); // "E-mail, Telephone"
const char *panel_profile(const Complaint *complaint);      // "UK FCA DISP"; NULL: no legal clock
bool panel_wants_final(const ComplaintPanel *panel);        // a legal profile still waits for its final response

WebHandler complaint_post_make, complaint_post_deny, complaint_post_happen, complaint_post_assess, complaint_post_gap,
  complaint_post_reason, complaint_post_reason_remove, complaint_post_effort, complaint_post_owner, complaint_post_promise,
  promise_post_settle, promise_post_postpone, promises_page, complaint_rules_moved;
