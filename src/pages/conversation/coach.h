// The coach beside the composer: at most two hints on the draft, with better words that are put in by one press, and "not here".
#pragma once

#include "desk/coach/coach.h"
#include "pages/visit.h"

typedef struct CoachHint { // an Advice made ready for the page
  const char *rule, *title, *why;
  const char *place;   // "Instead of", "At the beginning", "At the end"
  const char *quoted;  // the draft's words; NULL when something is missing
  const char *instead; // better words, without the blanks that join them
  const char *insert;  // as they go in
  int64_t start, end;  // bytes of the draft
} CoachHint;
LIST_DEFINE(CoachHint)

typedef struct CoachView {
  bool is_on;        // for this person; nothing of the coach is shown when it is not
  bool was_asked;    // hints, or that there are none, are shown
  bool is_read;      // the draft is in a language that the coach reads
  bool is_partly;    // of which it knows little
  const char *steps; // met by the draft, with spaces between, for whoever ticks them off
  CoachHintList hints;
  TextList passed; // rules that were dismissed on this draft
} CoachView;

#define COACH_HINTS_MOST 2

bool coach_view_load(const Visit *visit, CoachView *out, GError **error); // whether it is on; no hints
WebHandler conversation_post_coach;
