// The need behind the words, as a hint (INSIGHT 4). Phrases speak for a need unless they are denied; a question asked in
// anger is no wish to learn but a claim to respect, so there Learning speaks for Power; feelings lean the same way they do
// in the table of INSIGHT 4. The top need is named only with enough weight and enough distance to the second; otherwise the
// answer is "unclear", never a guess.
#include "insight/engine.h"

#include <math.h>

#define NEED_LEAST 0.35
#define MARGIN_LEAST 0.12
#define RHETORICAL_ANGER 0.42

typedef struct Voices {
  double silence[NEED_COUNT]; // Π(1 - w)
} Voices;

static double anger_in(const double *emotions) {
  return MAX(MAX(emotions[EMOTION_ANGER], emotions[EMOTION_ANNOYANCE]),
             MAX(emotions[EMOTION_DISGUST], emotions[EMOTION_DISAPPROVAL]));
}

static bool speaks_to_you(const Scan *scan, const Sentence *sentence) {
  for (size_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    if (scan->tokens.items[i].classes & (CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_YOUR))) return true;
  }
  return false;
}

// Only what a denial turns round is denied: "not rude"; but "not ignored my …" and questions stay.
static bool denies(const Scan *scan, const Sentence *sentence, const Match *match) {
  if (match->row->says[0].label == NEED_SECURITY || match->row->says[0].label == NEED_LEARNING) return false;
  return is_negated(scan, sentence, match->first);
}

static void read_sentence_needs(Arena *arena, const Study *study, size_t number, Reading *reading, Voices *voices) {
  const Scan *scan = study->scan;
  const Sentence *sentence = &scan->sentences.items[number];
  const double *emotions = study->sentence_emotions[number];
  double anger = anger_in(emotions);
  list_each(Match, match, &study->matches[number]) {
    if (match->kind != MATCH_NEED || !match->row->says[0].percent || denies(scan, sentence, match)) continue;
    Need need = (Need)match->row->says[0].label;
    double weight = match->row->says[0].percent / 100.0;
    bool is_rhetorical = need == NEED_LEARNING && sentence->is_question && anger >= RHETORICAL_ANGER;
    if (is_rhetorical) need = NEED_POWER;
    voices->silence[need] *= 1 - weight;
    span_add(arena, reading, scan, match->first, match->last, need_word(need), weight);
  }
  voices->silence[NEED_SECURITY] *= 1 - 0.35 * MAX(emotions[EMOTION_FEAR], emotions[EMOTION_NERVOUSNESS]);
  if (speaks_to_you(scan, sentence))
    voices->silence[NEED_POWER] *= 1 - 0.25 * MAX(emotions[EMOTION_ANGER], emotions[EMOTION_ANNOYANCE]);
  voices->silence[NEED_LEARNING] *= 1 - (anger < RHETORICAL_ANGER ? 0.25 : 0) *
                                          MAX(emotions[EMOTION_CONFUSION], emotions[EMOTION_CURIOSITY]);
  voices->silence[NEED_AFFILIATION] *= 1 - 0.2 * MAX(emotions[EMOTION_GRATITUDE], emotions[EMOTION_LOVE]);
}

void read_needs(Arena *arena, const Study *study, Reading *reading) {
  Voices voices;
  for (size_t i = 0; i < NEED_COUNT; i++) voices.silence[i] = 1;
  for (size_t i = 0; i < study->scan->sentences.count; i++) read_sentence_needs(arena, study, i, reading, &voices);
  double best = 0, second = 0;
  reading->need = NEED_UNCLEAR;
  for (size_t i = 0; i < NEED_COUNT; i++) {
    double score = round((1 - voices.silence[i]) * 10000) / 10000;
    reading->needs[i] = score;
    if (score > best) {
      second = best;
      best = score;
      reading->need = (Need)i;
    } else if (score > second)
      second = score;
  }
  reading->need_margin = round((best - second) * 10000) / 10000;
  if (best < NEED_LEAST || best - second < MARGIN_LEAST) reading->need = NEED_UNCLEAR;
}
