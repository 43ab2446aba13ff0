// The need behind the words, as a hint. Phrases speak for a need unless they are denied; a question asked in
// anger, and one that wants no answer, is no wish to learn but a claim to respect, so there Learning speaks for Power;
// feelings lean the same way: fear to Security, anger at the reader to Power. Each need weighs what its phrases weigh together, what is
// asked for counting more; its score is its share of all that was said, so that a long story does not score high on
// everything. The top need is named only with enough weight and enough distance to the second; otherwise the answer is
// "unclear", never a guess.
#include "insight/behaviour.h"
#include "insight/engine.h"

#include <math.h>

#define DOUBT 0.3        // weight that stands for all that was not said
#define NEED_LEAST 0.37  // share of the top need
#define MARGIN_LEAST 0.1 // to the second
#define REPEATED 0.7     // what a phrase of the same row weighs when it comes again
#define ASKED 1.5        // times a phrase weighs in a sentence that asks for something
#define RHETORICAL_ANGER 0.42
#define ROWS_MOST 64

typedef struct Voices {
  double weights[NEED_COUNT];
  uint8_t said[ROWS_MOST]; // how often each row spoke
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

static bool is_harsh(uint8_t blow) {
  return blow == BLOW_REPROACH || blow == BLOW_RUDE || blow == BLOW_PROFANE || blow == BLOW_INSULT || blow == BLOW_ABUSE;
}

// "How can this be legal?", "why would anyone …?": asked of nobody, with reproach in it.
static bool is_rhetorical(const Scan *scan, const Sentence *sentence, const MatchList *matches, double anger) {
  if (!sentence->is_question) return false;
  if (anger >= RHETORICAL_ANGER || sentence->exclamations > 0) return true;
  list_each(Match, match, matches) {
    if (match->kind == MATCH_BEHAVIOUR && match->row->says[0].percent && is_harsh(match->row->says[0].label)) return true;
  }
  return sentence->end - sentence->start >= 2 && scan->text[sentence->end - 1] == '?' && scan->text[sentence->end - 2] == '?';
}

static bool asks(const MatchList *matches) {
  list_each(Match, match, matches) {
    if (match->kind == MATCH_GAP && is_wish(match)) return true;
  }
  return false;
}

// A row weighs less each time it speaks again.
static double weight_again(Voices *voices, const Match *match) {
  double weight = match->row->says[0].percent / 100.0;
  size_t row = (size_t)(match->row - need_rows.rows);
  if (row >= ROWS_MOST) return weight;
  for (uint8_t i = 0; i < MIN(voices->said[row], 8); i++) weight *= REPEATED;
  voices->said[row]++;
  return weight;
}

static void lean(Voices *voices, const Study *study, size_t number, double anger) {
  const double *emotions = study->sentence_emotions[number];
  voices->weights[NEED_SECURITY] += 0.25 * MAX(emotions[EMOTION_FEAR], emotions[EMOTION_NERVOUSNESS]);
  if (speaks_to_you(study->scan, &study->scan->sentences.items[number]))
    voices->weights[NEED_POWER] += 0.2 * MAX(emotions[EMOTION_ANGER], emotions[EMOTION_ANNOYANCE]);
  if (anger < RHETORICAL_ANGER)
    voices->weights[NEED_LEARNING] += 0.2 * MAX(emotions[EMOTION_CONFUSION], emotions[EMOTION_CURIOSITY]);
  voices->weights[NEED_AFFILIATION] += 0.2 * MAX(emotions[EMOTION_GRATITUDE], emotions[EMOTION_LOVE]);
}

static void read_sentence_needs(Arena *arena, const Study *study, size_t number, Reading *reading, Voices *voices) {
  const Scan *scan = study->scan;
  const Sentence *sentence = &scan->sentences.items[number];
  const MatchList *matches = &study->matches[number];
  double anger = anger_in(study->sentence_emotions[number]);
  bool is_reproachful = is_rhetorical(scan, sentence, matches, anger), is_request = asks(matches);
  list_each(Match, match, matches) {
    if (match->kind != MATCH_NEED || !match->row->says[0].percent || denies(scan, sentence, match)) continue;
    Need need = (Need)match->row->says[0].label;
    if (need == NEED_LEARNING && is_reproachful) need = NEED_POWER;
    double weight = weight_again(voices, match);
    voices->weights[need] += is_request ? ASKED * weight : weight;
    span_add(arena, reading, scan, match->first, match->last, need_word(need), match->row->says[0].percent / 100.0);
  }
  lean(voices, study, number, anger);
}

void read_needs(Arena *arena, const Study *study, Reading *reading) {
  Voices voices = {0};
  for (size_t i = 0; i < study->scan->sentences.count; i++) read_sentence_needs(arena, study, i, reading, &voices);
  double all = DOUBT, best = 0, second = 0;
  for (size_t i = 0; i < NEED_COUNT; i++) all += voices.weights[i];
  reading->need = NEED_UNCLEAR;
  for (size_t i = 0; i < NEED_COUNT; i++) {
    double score = round(voices.weights[i] / all * 10000) / 10000;
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
