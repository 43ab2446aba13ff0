// Filling the panel: one complaint with everything that is said beside its conversation, in a dozen queries that do not depend on how long
// it is, and the forms for the events that its stage allows.
#include "pages/complaint/panel.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/complaint/stored.h"
#include "desk/complaint/suggestion.h"
#include "desk/template/template.h"

#include <string.h>

#define EVIDENCE_MOST 6
#define SNIPPET 48 // characters

static const PanelAct acts[] = {
  {COMPLAINT_ACKNOWLEDGE, "They know that it arrived", "It is acknowledged", "How they were told", false, false, false, false,
   false},
  {COMPLAINT_INVESTIGATE, "What was found", "Note what was found", "What happened, and why", true, false, false, false, false},
  {COMPLAINT_ANSWER, "It is answered", "It is answered", "What we offered, in a few words", false, true, false, false, false},
  {COMPLAINT_AGREE, "They said yes", "They agreed", "What they agreed to", false, false, true, false, false},
  {COMPLAINT_REMEDY, "It is put right", "It is put right", "What was done", false, false, false, false, false},
  {COMPLAINT_FOLLOW_UP, "They were asked whether it is right", "They were asked", "What they said", false, false, true, false,
   false},
  {COMPLAINT_CLOSE, "Close it", "Close the complaint", NULL, false, false, false, false, false},
  {COMPLAINT_DECLINE, "They said no", "They said no", "What they said", false, false, true, false, false},
  {COMPLAINT_REFUSE, "Our final no", "Refuse, with these routes", "Why, in a sentence", false, false, false, true, false},
  {COMPLAINT_REOPEN, "Open it again", "Reopen the complaint", "Why it is not over", true, false, false, false, false},
  {COMPLAINT_WITHDRAW, "Withdrawn, or no complaint", "Close it as withdrawn", "Why", true, false, false, false, false},
};
static const PanelAct final_response = {
  COMPLAINT_FINAL_RESPONSE, "The final response was sent", "It was sent", NULL, false, true, false, false, false};
static const PanelAct stays_closed = {COMPLAINT_NEWS, "It stays closed", "It stays closed", "Why", true, false, false, false,
                                      false};

// ——— the line of stages

static void reach(ComplaintPanel *panel, const ComplaintStep *step) { panel->stages[step->stage_after].at = step->happened_at; }

// Agreed and refused are two ways: the one not taken is left out. What a later step passed over was left out too.
static void draw_stages(ComplaintPanel *panel) {
  const Complaint *complaint = panel->complaint;
  list_each(const ComplaintStep, step, &panel->steps) reach(panel, step);
  panel->stages[STAGE_RECEIVED].at = complaint->received_at;
  for (unsigned stage = 0; stage < STAGE_COUNT; stage++) {
    StageMark *mark = &panel->stages[stage];
    mark->stage = stage;
    mark->state = stage == complaint->stage  ? MARK_NOW
                  : stage > complaint->stage ? MARK_TO_COME
                  : mark->at                 ? MARK_DONE
                                             : MARK_PASSED_BY;
    if (mark->state == MARK_TO_COME) mark->at = 0; // it went back
  }
  bool refused = complaint->stage >= STAGE_REFUSED && panel->stages[STAGE_REFUSED].at >= panel->stages[STAGE_AGREED].at;
  if (complaint->stage == STAGE_REFUSED || (refused && panel->stages[STAGE_REFUSED].at)) {
    panel->stages[STAGE_AGREED].state = panel->stages[STAGE_AGREED].at ? MARK_DONE : MARK_PASSED_BY;
    if (complaint->stage == STAGE_REFUSED)
      panel->stages[STAGE_REMEDIED].state = panel->stages[STAGE_FOLLOWED_UP].state = MARK_PASSED_BY;
  } else if (complaint->stage == STAGE_AGREED)
    panel->stages[STAGE_REFUSED].state = MARK_PASSED_BY;
}

// As on the map: of the two ways, the one not taken is not drawn.
bool panel_draws_stage(const ComplaintPanel *panel, const StageMark *mark) {
  const StageMark *refused = &panel->stages[STAGE_REFUSED];
  bool is_refused = refused->at || refused->state == MARK_NOW;
  bool of_agreement = mark->stage == STAGE_AGREED || mark->stage == STAGE_REMEDIED || mark->stage == STAGE_FOLLOWED_UP;
  if (mark->at || mark->state == MARK_NOW) return true;
  return mark->stage != STAGE_REFUSED && !(is_refused && of_agreement);
}

const char *panel_stage_class(const StageMark *mark) {
  static const char *const classes[] = {
    [MARK_DONE] = "done", [MARK_NOW] = "now", [MARK_PASSED_BY] = "passed", [MARK_TO_COME] = "to-come"};
  return classes[mark->state];
}

const char *panel_stage_words(const StageMark *mark) {
  static const char *const words[] = {
    [MARK_DONE] = "done", [MARK_NOW] = "here now", [MARK_PASSED_BY] = "left out", [MARK_TO_COME] = "to come"};
  return words[mark->state];
}

// ——— clocks

static bool load_clocks(const Visit *visit, ComplaintPanel *panel, GError **error) {
  ComplaintClockList clocks = {0};
  if (!complaint_clocks(visit->arena, visit->desk, panel->number, &clocks, error)) return false;
  list_each(const ComplaintClock, clock, &clocks)
    *list_add(visit->arena, &panel->clocks) = (ClockView){
      .clock = clock,
      .standing = deadline_standing(visit->arena, clock->due_at, clock->met_at, visit->now),
      .is_over = !clock->met_at && (!panel->is_open || (!deadline_is_duty(clock->kind) && clock->due_at < visit->now))};
  return true;
}

const char *panel_clock_words(const ClockView *clock) { return clock->is_over ? "no longer runs" : clock->standing.words; }

const char *panel_clock_class(const ClockView *clock) {
  DeadlineState state = clock->standing.state;
  if (clock->is_over || state == DEADLINE_MET) return "";
  if (state == DEADLINE_LATE || state == DEADLINE_MET_LATE) return "late";
  return clock->standing.span < CLOCK_DAY ? "due" : "";
}

const char *panel_profile(const Complaint *complaint) {
  return complaint->profile == PROFILE_NONE ? NULL : profile_rules((LegalProfile)complaint->profile)->title;
}

bool panel_wants_final(const ComplaintPanel *panel) {
  list_each(const ClockView, view, &panel->clocks)
    if (view->clock->kind == DEADLINE_FINAL_RESPONSE) return !view->clock->met_at;
  return false;
}

// ——— what can happen

static void add_act(const Visit *visit, ComplaintPanel *panel, const PanelAct *act) {
  PanelAct *added = list_add(visit->arena, &panel->acts);
  const PanelInput *input = panel->input;
  *added = *act;
  added->is_open = input ? input->event == act->event : panel->acts.count == 1;
}

static void list_acts(const Visit *visit, ComplaintPanel *panel) {
  const Complaint *complaint = panel->complaint;
  for (size_t i = 0; i < G_N_ELEMENTS(acts); i++)
    if (lifecycle_find(complaint->stage, acts[i].event)) add_act(visit, panel, &acts[i]);
  if (complaint->has_news) add_act(visit, panel, &stays_closed);
  if (panel->is_open && panel_wants_final(panel)) add_act(visit, panel, &final_response);
  bool comes_back = panel->input && panel->input->event != COMPLAINT_EVENT_COUNT;
  bool asks_to_assess = complaint->stage <= STAGE_ACKNOWLEDGED; // the form for that is another one
  bool is_quiet = complaint->stage == STAGE_CLOSED && !complaint->has_news;
  if (!comes_back && (asks_to_assess || is_quiet))
    list_each(PanelAct, act, &panel->acts) act->is_open = false;
}

static void offer(const Visit *visit, EvidenceChoiceList *list, const Message *message) {
  if (list->count == EVIDENCE_MOST) return;
  const char *snippet = text_clamp(visit->arena, shell_line(visit, text_one_line(visit->arena, message->body)), SNIPPET);
  *list_add(visit->arena, list) = (EvidenceChoice){
    message->id, arena_printf(visit->arena, "%s: %s", moment_exact(visit, message->made_at), snippet)};
}

// The newest first. An answer that can still be taken back is none yet.
static void offer_evidence(const Visit *visit, const MessageList *messages, ComplaintPanel *panel) {
  for (size_t i = messages->count; i > 0; i--) {
    const Message *message = &messages->items[i - 1];
    bool is_ours = (message->kind == MESSAGE_AGENT && !message->held_until) || message->kind == MESSAGE_NOTE;
    if (is_ours) offer(visit, &panel->answers, message);
    if (message->kind == MESSAGE_CUSTOMER) offer(visit, &panel->theirs, message);
  }
}

const char *panel_detail(const ComplaintPanel *panel, ComplaintEvent event) {
  return panel->input && panel->input->event == event && panel->input->detail ? panel->input->detail : "";
}

const char *panel_outside(const ComplaintPanel *panel) {
  return panel->input && panel->input->outside ? panel->input->outside : panel->complaint->outside;
}

// ——— words

const char *panel_span(Arena *arena, int64_t span) {
  return span < CLOCK_MINUTE ? "less than a minute" : clock_span(arena, span);
}

const char *panel_channels(Arena *arena, int64_t channels) {
  const char *words = "";
  for (unsigned channel = 0; channel < EFFORT_CHANNEL_COUNT; channel++)
    if (channels >> channel & 1)
      words = arena_printf(arena, "%s%s%s", words, *words ? ", " : "", tr_of(effort_channel_title(channel)));
  return words;
}

// ——— loading

static bool load_gap(const Visit *visit, ComplaintPanel *panel, GError **error) {
  const Complaint *complaint = panel->complaint;
  panel->gap = (Gap){complaint->present, complaint->desired};
  panel->gap_is_confirmed = complaint->gap_at != 0;
  if (!panel->gap_is_confirmed) {
    if (!complaint_gap_propose(visit->arena, visit->desk, panel->number, &panel->gap, error)) return false;
    panel->gap = (Gap){shield_clean(visit->arena, panel->gap.present), shield_clean(visit->arena, panel->gap.desired)};
  }
  int before;
  if (!template_speak(visit->arena, visit->desk, panel->number, &before, error)) return false;
  panel->gap_words = complaint_gap_words(visit->arena, &panel->gap); // to be said to the customer
  words_use(before);
  return true;
}

static bool load_people(const Visit *visit, ComplaintPanel *panel, GError **error) {
  StaffList all = {0};
  if (!staff_list(visit->arena, visit->desk, &all, error)) return false;
  list_each(const Staff, person, &all)
    if (person->is_active && person->has_joined && person->id != panel->complaint->owner_id)
      *list_add(visit->arena, &panel->people) = *person;
  return true;
}

static bool load_complaint(const Visit *visit, ComplaintPanel *panel, GError **error) {
  Arena *arena = visit->arena;
  Desk *desk = visit->desk;
  ComplaintFacts facts;
  int64_t number = panel->number;
  panel->is_open = complaint_is_open(panel->complaint);
  if (!complaint_facts(arena, desk, panel->complaint, &facts, error) ||
      !complaint_steps(arena, desk, number, &panel->steps, error) || !load_clocks(visit, panel, error) ||
      !load_gap(visit, panel, error) || !load_people(visit, panel, error) ||
      !complaint_reasons(arena, desk, number, &panel->reasons, error) ||
      !complaint_reasons_propose(arena, desk, number, &panel->proposed, error) ||
      !complaint_effort(arena, desk, panel->complaint, &panel->effort, error))
    return false;
  panel->next = complaint_next_step(arena, panel->complaint, &facts, visit->now);
  draw_stages(panel);
  return true;
}

bool complaint_panel_load(const Visit *visit, int64_t number, const char *view, const MessageList *messages,
                          const PanelInput *input, ComplaintPanel *out, GError **error) {
  Complaint *complaint = NULL;
  *out = (ComplaintPanel){
    .visit = visit, .view = view, .number = number, .may_act = role_may(visit->staff->role, PERMISSION_ANSWER), .input = input};
  if (!complaint_find(visit->arena, visit->desk, number, &complaint, error) ||
      !promise_list(visit->arena, visit->desk, number, &out->promises, error))
    return false;
  out->complaint = complaint;
  if (!complaint) return complaint_suggestion(visit->arena, visit->desk, number, &out->suggestion, error);
  if (!load_complaint(visit, out, error)) return false;
  offer_evidence(visit, messages, out);
  list_acts(visit, out);
  return true;
}
