// The words by which the enums are written: in JSON, in forms, in stored readings. Each table is in the order of its enum;
// the reverse look-up is a walk through the table.
#include "insight/insight.h"

static const char *const emotions[EMOTION_COUNT] = {
  "admiration", "amusement",   "anger",          "annoyance",   "approval", "caring",        "confusion",
  "curiosity",  "desire",      "disappointment", "disapproval", "disgust",  "embarrassment", "excitement",
  "fear",       "gratitude",   "grief",          "joy",         "love",     "nervousness",   "optimism",
  "pride",      "realization", "relief",         "remorse",     "sadness",  "surprise",      "neutral"};
static const char *const behaviours[BEHAVIOUR_COUNT] = {"calm", "frustrated", "hostile", "abusive"};
static const char *const needs[NEED_COUNT + 1] = {"learning", "power", "affiliation", "security", "unclear"};
static const char *const reasons[REASON_COUNT] = {"not_listened", "no_access",   "wasted_time",
                                                  "incompetence", "discourtesy", "rigid_system"};
static const char *const flags[FLAG_COUNT] = {"threat", "legal", "self_harm"};

const char *emotion_word(Emotion emotion) { return emotion < EMOTION_COUNT ? emotions[emotion] : ""; }
const char *behaviour_word(Behaviour behaviour) { return behaviour < BEHAVIOUR_COUNT ? behaviours[behaviour] : ""; }
const char *need_word(Need need) { return need <= NEED_UNCLEAR ? needs[need] : ""; }
const char *reason_word(Reason reason) { return reason < REASON_COUNT ? reasons[reason] : ""; }
const char *flag_word(Flag flag) { return flag < FLAG_COUNT ? flags[flag] : ""; }

static bool find(const char *const *words, size_t count, const char *word, size_t *out) {
  for (size_t i = 0; word && i < count; i++) {
    if (strcmp(words[i], word) == 0) {
      *out = i;
      return true;
    }
  }
  return false;
}

bool emotion_from_word(const char *word, Emotion *out) {
  size_t at;
  if (!find(emotions, EMOTION_COUNT, word, &at)) return false;
  *out = (Emotion)at;
  return true;
}

bool behaviour_from_word(const char *word, Behaviour *out) {
  size_t at;
  if (!find(behaviours, BEHAVIOUR_COUNT, word, &at)) return false;
  *out = (Behaviour)at;
  return true;
}

bool need_from_word(const char *word, Need *out) {
  size_t at;
  if (!find(needs, NEED_COUNT + 1, word, &at)) return false;
  *out = (Need)at;
  return true;
}

bool reason_from_word(const char *word, Reason *out) {
  size_t at;
  if (!find(reasons, REASON_COUNT, word, &at)) return false;
  *out = (Reason)at;
  return true;
}

bool flag_from_word(const char *word, Flag *out) {
  size_t at;
  if (!find(flags, FLAG_COUNT, word, &at)) return false;
  *out = (Flag)at;
  return true;
}
