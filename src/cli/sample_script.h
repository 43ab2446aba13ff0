// The sample workspace as a script: the files under sample/ (their format is told in sample/README.md) as a list of steps in the order of
// time.
#pragma once

#include "base/error.h"
#include "base/list.h"

#include <stdint.h>

typedef enum StepKind {
  STEP_CUSTOMER,
  STEP_AGENT,
  STEP_NOTE,
  STEP_ASSIGN,
  STEP_SOLVE,
  STEP_REOPEN,
  STEP_COMPLAINT, // from here on: sample_story.h
  STEP_ASSESS,
  STEP_GAP,
  STEP_STAGE,
  STEP_OFFER,
  STEP_CHOOSE,
  STEP_PROMISE,
  STEP_KEPT,
  STEP_REMEDY,
  STEP_PAID
} StepKind;

typedef struct SampleLine {
  const char *name, *value;
} SampleLine;
LIST_DEFINE(SampleLine)

typedef struct SampleStep {
  StepKind kind;
  int64_t happens_at;
  size_t conversation;                    // index of the file
  const char *file;                       // for messages
  const char *mailbox;                    // of the conversation
  const char *who;                        // a staff handle; NULL for the customer
  const char *from, *subject, *html_file; // of a customer's mail; html_file NULL when there is none
  TextList attachments, headers;
  SampleLineList head; // the lines above the text, of the kinds from STEP_ASSESS on
  int64_t due_at;      // of a promise
  const char *body;
} SampleStep;
LIST_DEFINE(SampleStep)

// Adds the steps of one file. Times such as "-6d 09:12", "-90m", "-5h" count back from `now`. ERROR_INVALID names file and line.
bool sample_script_add(Arena *arena, const char *file, const char *text, size_t conversation, int64_t now, SampleStepList *steps,
                       GError **error);
const char *sample_step_line(const SampleStep *step, const char *name); // NULL when there is none such
void sample_script_sort(SampleStepList *steps);                         // by time; equal times keep their order
