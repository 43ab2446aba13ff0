// The three kinds of a reading that a person may judge, and their values as words.
#include "desk/learning/learning.h"

#include <string.h>

const char *correction_value_word(CorrectionKind kind, int64_t value) {
  if (value < 0) return "";
  switch (kind) {
  case CORRECTION_EMOTION: return value < EMOTION_COUNT ? emotion_word((Emotion)value) : "";
  case CORRECTION_BEHAVIOUR: return value < BEHAVIOUR_COUNT ? behaviour_word((Behaviour)value) : "";
  case CORRECTION_NEED: return value <= NEED_UNCLEAR ? need_word((Need)value) : "";
  case CORRECTION_KIND_COUNT: break;
  }
  return "";
}

bool correction_value_from_word(CorrectionKind kind, const char *word, int *out) {
  if (!word || !*word) return false;
  for (int value = 0; *correction_value_word(kind, value); value++)
    if (strcmp(correction_value_word(kind, value), word) == 0) {
      *out = value;
      return true;
    }
  return false;
}
