// What happens to a complaint in the sample workspace, through the verbs that the pages call.
#pragma once

#include "cli/sample_script.h"
#include "desk/desk.h"
#include "desk/staff/staff.h"

typedef struct SampleScene {
  Arena *arena;
  Desk *desk; // its clock stands where the step happens
  const Staff *person;
  int64_t number; // of the conversation
} SampleScene;

// A step of a kind from STEP_COMPLAINT on. ERROR_INVALID names the file when the step says what cannot be; else the verb's own error.
bool sample_story_play(const SampleScene *scene, const SampleStep *step, GError **error);
