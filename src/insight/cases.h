// Our own messages with what a person reads in them: the specification of the readings, by example. Written for this
// purpose; no customer wrote them. An empty word means: not said, any answer is right.
#pragma once

#include <stdbool.h>

typedef struct Case {
  const char *behaviour; // "calm" … "abusive"
  const char *need;      // "learning" … "unclear"
  const char *mood;      // of the main emotion: "angry", "sad", "afraid", "glad", "asking", "quiet"
  const char *flags;     // all flags, with spaces between
  const char *text;
  bool is_missed; // the engine is known to read it wrongly; kept as a task for the next one
} Case;

extern const Case reading_cases[];
extern const unsigned long reading_case_count;
