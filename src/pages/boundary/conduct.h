// Conduct on pages: what a conversation shows of it, the supervisors' cases, what is asked for and decided, appeals by link, and the
// alerts about somebody's safety. What each person may do the desk checks besides.
#pragma once

#include "desk/boundary/mail.h"
#include "desk/boundary/safety.h"
#include "desk/policy/policy.h"
#include "desk/protocol/protocol.h"
#include "pages/shell/shell.h"

const char *conduct_day(const Visit *visit, int64_t at); // "12 Mar 2027", for who reads

// ——— beside a conversation

typedef struct ConductView {
  const Visit *visit;
  int64_t number;
  const char *view;       // word of the list it was opened from
  BoundaryCase *open;     // NULL: none is
  Measure *holds;         // NULL: nothing does
  const char *warning;    // what an answer now would break; NULL: nothing
  IncidentList incidents; // of this conversation's messages, likewise the next two
  SafetyAlertList alerts;
  TrayMailList tray;
  bool may_report, may_decide;
} ConductView;
bool conduct_view_load(const Visit *visit, const Thread *thread, View view, ConductView *out, GError **error);
const char *conduct_line(const ConductView *view); // the case in a sentence; NULL: there is nothing to say
const TextList *conduct_mark_list(const ConductView *view, int64_t message_id); // what stands about a message
bool conduct_has_marks(const ConductView *view, int64_t message_id);
const char *conduct_state(const ConductView *view, int64_t message_id); // changes whenever that does
bool conduct_tray_waits(const ConductView *view, const TrayMail *mail); // for this person

// ——— reporting

typedef struct ReportChoice {
  const char *value, *words; // "12-40"; the sentence
} ReportChoice;
LIST_DEFINE(ReportChoice)
typedef struct ReportPage {
  int64_t message_id, number;
  const char *view, *author, *note, *problem;
  ReportChoiceList sentences;
  IncidentLevel level; // LEVEL_COUNT: not chosen
} ReportPage;
void report_sentences(Arena *arena, const char *body, ReportChoiceList *out);

// ——— cases

typedef struct CasesPage {
  BoundaryDue due;
  TrayMailList tray;
  SafetyAlertList alerts;
  BoundaryCaseList cases;
  bool closed, has_more;
} CasesPage;
const char *case_due_words(const Visit *visit, const BoundaryCase *row); // "looked at again by …"
const char *case_next(const Visit *visit, const BoundaryCase *row);      // what is next, as a sentence

typedef struct CaseInput {            // of a form that came back
  const char *form, *words, *problem; // problem NULL: none came back
} CaseInput;
typedef struct CasePage {
  const Visit *visit;
  BoundaryFile file;
  TrayMailList tray;
  const Measure *asked, *holds;        // NULL: none
  const Appeal *appeal;                // that is open; NULL
  const char *no_decision, *no_appeal; // why this person cannot decide these; NULL: they can
  const char *news;                    // what was done; NULL
  CaseInput input;
  const char *review_day; // for the form
} CasePage;
bool case_has_past(const CasePage *page);
bool case_may_propose(const CasePage *page, MeasureKind kind);
const char *case_words(const CasePage *page, const char *form); // what was written in it before
const char *step_who(const BoundaryStep *step);
const char *measure_line(const Visit *visit, const Measure *measure);
const char *measure_people(Arena *arena, const Measure *measure);

typedef struct MeasurePage {
  const Visit *visit;
  const BoundaryCase *head;
  MeasureDraft draft;
  const char *ends, *review, *from, *to; // as they were written
  StaffList staff;                       // who may be named
  const char *problem;
  bool has_letter;
} MeasurePage;
const char *adjustment_question(void);
bool conduct_read_day(const Visit *visit, const char *text, int64_t *out); // "2027-03-12": its end, where the desk is; else 0

// ——— appeals by link; nobody is signed in

typedef struct AppealPage {
  const Visit *visit;
  const char *desk_name, *token, *words, *problem, *last_day;
  AppealVisit appeal;
} AppealPage;

// ——— alerts

typedef struct AlertStep {
  const ProtocolStep *step;
  const char *action, *example; // with the desk's numbers filled in
  const SafetyTick *tick;       // NULL: not done
} AlertStep;
LIST_DEFINE(AlertStep)
typedef struct AlertPage {
  const Visit *visit;
  SafetyFile file;
  Protocol protocol;
  AlertStepList steps;
  const char *words, *problem;
} AlertPage;
typedef struct AlertsPage {
  SafetyAlertList alerts;
  bool has_more;
} AlertsPage;
const char *alert_state(const Visit *visit, const SafetyAlert *alert); // "waits for somebody to take it", "with Ines Prat, …"

WebHandler conduct_report_page, conduct_post_report, conduct_post_safety, conduct_post_tray, cases_page, case_page,
  case_post_close, case_post_set_aside, measure_page, measure_post, measure_post_decide, measure_post_withdraw,
  measure_post_review, measure_post_appeal, appeal_post_decide, appeal_page, appeal_post, alerts_page, alert_page,
  alert_post_take, alert_post_tick, alert_post_close, alert_post_false, alert_evidence;
