// Emotions in groups: the six of Ekman and four tones, as the authors of GoEmotions sort the 28 (Demszky et al. 2020). A group is felt
// from a threshold of its own on, chosen like those of the labels when the model was made.
#include "insight/mind.h"

typedef struct Group {
  Ekman ekman;
  Tone tone;
} Group;

static const Group groups[EMOTION_COUNT] = {
  [EMOTION_ADMIRATION] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_AMUSEMENT] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_ANGER] = {EKMAN_ANGER, TONE_NEGATIVE},
  [EMOTION_ANNOYANCE] = {EKMAN_ANGER, TONE_NEGATIVE},
  [EMOTION_APPROVAL] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_CARING] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_CONFUSION] = {EKMAN_SURPRISE, TONE_AMBIGUOUS},
  [EMOTION_CURIOSITY] = {EKMAN_SURPRISE, TONE_AMBIGUOUS},
  [EMOTION_DESIRE] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_DISAPPOINTMENT] = {EKMAN_SADNESS, TONE_NEGATIVE},
  [EMOTION_DISAPPROVAL] = {EKMAN_ANGER, TONE_NEGATIVE},
  [EMOTION_DISGUST] = {EKMAN_DISGUST, TONE_NEGATIVE},
  [EMOTION_EMBARRASSMENT] = {EKMAN_SADNESS, TONE_NEGATIVE},
  [EMOTION_EXCITEMENT] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_FEAR] = {EKMAN_FEAR, TONE_NEGATIVE},
  [EMOTION_GRATITUDE] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_GRIEF] = {EKMAN_SADNESS, TONE_NEGATIVE},
  [EMOTION_JOY] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_LOVE] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_NERVOUSNESS] = {EKMAN_FEAR, TONE_NEGATIVE},
  [EMOTION_OPTIMISM] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_PRIDE] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_REALIZATION] = {EKMAN_SURPRISE, TONE_AMBIGUOUS},
  [EMOTION_RELIEF] = {EKMAN_JOY, TONE_POSITIVE},
  [EMOTION_REMORSE] = {EKMAN_SADNESS, TONE_NEGATIVE},
  [EMOTION_SADNESS] = {EKMAN_SADNESS, TONE_NEGATIVE},
  [EMOTION_SURPRISE] = {EKMAN_SURPRISE, TONE_AMBIGUOUS},
  [EMOTION_NEUTRAL] = {EKMAN_NEUTRAL, TONE_NEUTRAL},
};

const char *ekman_word(Ekman ekman) {
  static const char *const words[EKMAN_COUNT] = {"anger", "disgust", "fear", "joy", "sadness", "surprise", "neutral"};
  return ekman < EKMAN_COUNT ? words[ekman] : "";
}

const char *tone_word(Tone tone) {
  static const char *const words[TONE_COUNT] = {"positive", "negative", "ambiguous", "neutral"};
  return tone < TONE_COUNT ? words[tone] : "";
}

Ekman emotion_ekman(Emotion emotion) { return groups[emotion].ekman; }
Tone emotion_tone(Emotion emotion) { return groups[emotion].tone; }

double reading_ekman(const Reading *reading, Ekman ekman, bool *out_is_felt) {
  double none = 1;
  for (size_t i = 0; i < EMOTION_COUNT; i++)
    if (groups[i].ekman == ekman) none *= 1 - reading->emotions[i];
  *out_is_felt = 1 - none >= (double)mind_get()->graph->ekman_thresholds[ekman];
  return 1 - none;
}

double reading_tone(const Reading *reading, Tone tone, bool *out_is_felt) {
  double none = 1;
  for (size_t i = 0; i < EMOTION_COUNT; i++)
    if (groups[i].tone == tone) none *= 1 - reading->emotions[i];
  *out_is_felt = 1 - none >= (double)mind_get()->graph->tone_thresholds[tone];
  return 1 - none;
}
