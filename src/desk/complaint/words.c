// The words for stages, events and severities: as they stand in addresses, and as people read them.
#include "desk/complaint/complaint.h"

#include <string.h>

static const struct {
  const char *word, *title;
} stages[STAGE_COUNT] = {
  [STAGE_RECEIVED] = {"received", "Received"},
  [STAGE_ACKNOWLEDGED] = {"acknowledged", "Acknowledged"},
  [STAGE_ASSESSED] = {"assessed", "Assessed"},
  [STAGE_INVESTIGATED] = {"investigated", "Investigated"},
  [STAGE_ANSWERED] = {"answered", "Answered"},
  [STAGE_AGREED] = {"agreed", "Agreed"},
  [STAGE_REFUSED] = {"refused", "Refused"},
  [STAGE_REMEDIED] = {"remedied", "Remedied"},
  [STAGE_FOLLOWED_UP] = {"followed-up", "Followed up"},
  [STAGE_CLOSED] = {"closed", "Closed"},
};

const char *stage_word(ComplaintStage stage) { return stage < STAGE_COUNT ? stages[stage].word : "received"; }
const char *stage_title(ComplaintStage stage) { return stage < STAGE_COUNT ? stages[stage].title : ""; }

bool stage_from_word(const char *word, ComplaintStage *out) {
  for (unsigned stage = 0; word && stage < STAGE_COUNT; stage++)
    if (strcmp(stages[stage].word, word) == 0) {
      *out = stage;
      return true;
    }
  return false;
}

static const struct {
  const char *word, *title;
} events[COMPLAINT_EVENT_COUNT] = {
  [COMPLAINT_RECEIVE] = {"receive", "Received"},
  [COMPLAINT_ACKNOWLEDGE] = {"acknowledge", "Acknowledged"},
  [COMPLAINT_ASSESS] = {"assess", "Assessed"},
  [COMPLAINT_INVESTIGATE] = {"investigate", "Investigated"},
  [COMPLAINT_ANSWER] = {"answer", "Answered"},
  [COMPLAINT_AGREE] = {"agree", "Agreed"},
  [COMPLAINT_DECLINE] = {"decline", "They said no"},
  [COMPLAINT_REFUSE] = {"refuse", "Refused"},
  [COMPLAINT_REMEDY] = {"remedy", "Put right"},
  [COMPLAINT_FOLLOW_UP] = {"follow-up", "Followed up"},
  [COMPLAINT_CLOSE] = {"close", "Closed"},
  [COMPLAINT_REOPEN] = {"reopen", "Reopened"},
  [COMPLAINT_WITHDRAW] = {"withdraw", "Withdrawn"},
  [COMPLAINT_HAND_OVER] = {"hand-over", "Handed over"},
  [COMPLAINT_NEWS] = {"news", "News after closing"},
  [COMPLAINT_GAP] = {"gap", "Gap confirmed"},
  [COMPLAINT_REASON] = {"reason", "What went wrong noted"},
  [COMPLAINT_PROMISE] = {"promise", "Promised"},
  [COMPLAINT_PROMISE_SETTLED] = {"promise-settled", "Promise settled"},
  [COMPLAINT_MERGED] = {"merged", "Merged"},
  [COMPLAINT_EFFORT] = {"effort", "Effort noted"},
  [COMPLAINT_FINAL_RESPONSE] = {"final-response", "Final response sent"},
  [COMPLAINT_TAKEN_OUT] = {"taken-out", "Taken out again"},
};

const char *complaint_event_word(ComplaintEvent event) { return event < COMPLAINT_EVENT_COUNT ? events[event].word : ""; }
const char *complaint_event_title(ComplaintEvent event) { return event < COMPLAINT_EVENT_COUNT ? events[event].title : ""; }

bool complaint_event_from_word(const char *word, ComplaintEvent *out) {
  for (unsigned event = 0; word && event < COMPLAINT_EVENT_COUNT; event++)
    if (strcmp(events[event].word, word) == 0) {
      *out = event;
      return true;
    }
  return false;
}

const char *severity_word(ComplaintSeverity severity) {
  static const char *const words[SEVERITY_COUNT] = {[SEVERITY_MINOR] = "minor",
                                                    [SEVERITY_MODERATE] = "moderate",
                                                    [SEVERITY_SERIOUS] = "serious",
                                                    [SEVERITY_CRITICAL] = "critical"};
  return severity < SEVERITY_COUNT ? words[severity] : "";
}
