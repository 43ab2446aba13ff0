// Until when to put something off: a few sensible choices, and any time that a person picks.
#pragma once

#include "pages/visit.h"

typedef struct SnoozeChoice {
  const char *word, *title; // "tomorrow", "Tomorrow"
  int64_t at;
} SnoozeChoice;
LIST_DEFINE(SnoozeChoice)

#define SNOOZE_HOUR 9 // in the morning, in the zone in which times are shown

// Later today (in three hours, to the full hour, while there is a today left), tomorrow, Monday, in a week.
SnoozeChoiceList snooze_choices(const Visit *visit);
// What a form says: one of those words, "now" for 0, or the field "when" as a browser writes a local time, "2026-11-23T14:30". False with
// a sentence when it is none.
bool snooze_read(const Visit *visit, int64_t *out, const char **out_problem);
