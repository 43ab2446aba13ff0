// Feeling, sentence by sentence. Every phrase of the emotion tables that a sentence holds speaks for its labels; words before
// it strengthen, weaken or deny it; the voices of one sentence join as independent evidence (1 - Π(1 - w)), and the
// message takes the highest of its sentences for each label (INSIGHT 1.3). A straight line per label, fitted on the
// development part of GoEmotions (doc/insight.md), turns that into a probability. Valence and intensity follow the sums of
// the words' own valences; emphasis (capitals, exclamation marks) works as known from VADER (Hutto & Gilbert 2014), with our own constants.
#include "insight/engine.h"

#include <math.h>

#define WORDS_BEFORE 3    // that may deny or strengthen a word
#define VALENCE_HALF 15.0 // s / √(s² + 15): a sum of about 2.2 is half way
#define EXCLAMATION 0.29  // each, on the 0 … 4 scale, three at most
#define CAPITALS 0.6

typedef struct Calibration {
  double rest;      // probability of the label when no word speaks for it
  double gain;      // of the raw score
  double threshold; // from which on it counts as felt
  int pleasant;     // 1 pleasant, -1 unpleasant, 0 neither: how a person would sort it
  bool is_shown;    // reliable enough for a person to see as the main emotion (INSIGHT 1.2)
} Calibration;

// Printed by `insight_evaluate fit` from the training part of GoEmotions; the last two columns are ours.
static const Calibration calibrations[EMOTION_COUNT] = {
  [EMOTION_ADMIRATION] = {0.028, 0.91, 0.34, 1, true},
  [EMOTION_AMUSEMENT] = {0.013, 0.97, 0.15, 1, true},
  [EMOTION_ANGER] = {0.014, 0.63, 0.24, -1, true},
  [EMOTION_ANNOYANCE] = {0.030, 0.40, 0.15, -1, true},
  [EMOTION_APPROVAL] = {0.047, 0.78, 0.19, 0, true},
  [EMOTION_CARING] = {0.017, 0.90, 0.17, 1, true},
  [EMOTION_CONFUSION] = {0.010, 0.97, 0.25, 0, true},
  [EMOTION_CURIOSITY] = {0.009, 1.15, 0.15, 0, true},
  [EMOTION_DESIRE] = {0.005, 0.66, 0.15, 0, false},
  [EMOTION_DISAPPOINTMENT] = {0.015, 0.48, 0.15, -1, true},
  [EMOTION_DISAPPROVAL] = {0.038, 0.38, 0.15, -1, true},
  [EMOTION_DISGUST] = {0.014, 0.92, 0.22, -1, true},
  [EMOTION_EMBARRASSMENT] = {0.004, 1.10, 0.15, -1, false},
  [EMOTION_EXCITEMENT] = {0.010, 0.76, 0.17, 1, true},
  [EMOTION_FEAR] = {0.007, 0.81, 0.39, -1, true},
  [EMOTION_GRATITUDE] = {0.007, 0.99, 0.61, 1, true},
  [EMOTION_GRIEF] = {0.001, 0.77, 0.15, -1, false},
  [EMOTION_JOY] = {0.011, 0.85, 0.26, 1, true},
  [EMOTION_LOVE] = {0.009, 1.01, 0.16, 1, true},
  [EMOTION_NERVOUSNESS] = {0.002, 0.65, 0.20, -1, true},
  [EMOTION_OPTIMISM] = {0.016, 0.94, 0.37, 0, true},
  [EMOTION_PRIDE] = {0.001, 0.97, 0.15, 1, false},
  [EMOTION_REALIZATION] = {0.023, 1.01, 0.15, 0, false},
  [EMOTION_RELIEF] = {0.003, 0.89, 0.15, 1, false},
  [EMOTION_REMORSE] = {0.002, 0.95, 0.15, -1, true},
  [EMOTION_SADNESS] = {0.012, 0.75, 0.18, -1, true},
  [EMOTION_SURPRISE] = {0.009, 0.94, 0.23, 0, true},
  [EMOTION_NEUTRAL] = {-0.112, 0.68, 0.36, 0, false},
};

typedef struct Cue { // one match after its modifiers
  double factor;     // of its labels' weights
  double valence;
  bool is_negated;
} Cue;

bool is_negated(const Scan *scan, const Sentence *sentence, size_t first) {
  const Token *tokens = scan->tokens.items;
  for (size_t back = 1; back <= WORDS_BEFORE && first >= sentence->first + back; back++) {
    if (tokens[first - back + 1].after_break) return false;
    if (tokens[first - back].classes & CLASS_BIT(CLASS_NEGATION)) return true;
  }
  return false;
}

static bool is_shouting(const Scan *scan) { return scan->caps_words >= 3 && scan->capitals > 2 * scan->lower; }

static Cue cue_of(const Scan *scan, const Sentence *sentence, const Match *match) {
  const Token *tokens = scan->tokens.items;
  Cue cue = {.factor = 1, .valence = match->row->valence};
  for (size_t back = 1; back <= 2 && match->first >= sentence->first + back; back++) {
    if (tokens[match->first - back + 1].after_break) break;
    uint32_t classes = tokens[match->first - back].classes;
    if (classes & CLASS_BIT(CLASS_BOOSTER))
      cue.factor *= 1.15, cue.valence *= 1.25;
    else if (classes & CLASS_BIT(CLASS_DAMPENER))
      cue.factor *= 0.6, cue.valence *= 0.6;
    else
      break;
  }
  const Token *token = &tokens[match->first];
  if ((token->is_caps && !is_shouting(scan)) || token->is_stretched) cue.factor *= 1.1, cue.valence *= 1.2;
  cue.is_negated = is_negated(scan, sentence, match->first);
  if (cue.is_negated) cue.valence *= cue.valence > 0 ? -0.7 : -0.3;
  return cue;
}

static void speak(double *silence, Emotion emotion, double weight) { silence[emotion] *= 1 - clamp(weight, 0, 0.97); }

// Adds what one match says; a denied pleasant word speaks of disappointment, a denied unpleasant one says nothing.
static void apply_cue(double *silence, const Match *match, const Cue *cue) {
  if (cue->is_negated) {
    if (match->row->valence < 1.5) return;
    speak(silence, EMOTION_DISAPPROVAL, 0.25);
    speak(silence, EMOTION_DISAPPOINTMENT, 0.2);
    speak(silence, EMOTION_ANNOYANCE, 0.15);
    return;
  }
  for (size_t i = 0; i < G_N_ELEMENTS(match->row->says); i++) {
    if (match->row->says[i].percent)
      speak(silence, (Emotion)match->row->says[i].label, match->row->says[i].percent / 100.0 * cue->factor);
  }
}

// A short "Thanks, Bob" at the end of a longer message is form, not feeling.
static bool is_sign_off(const Scan *scan, size_t number) {
  size_t count = scan->sentences.count;
  return count > 2 && number + 2 >= count && scan->sentences.items[number].count <= 4 &&
         scan->sentences.items[number].exclamations == 0;
}

static size_t contrast_of(const Scan *scan, const Sentence *sentence) { // the token of "but", or the start
  const Lexicon *lexicon = lexicon_get();
  uint32_t but = lexicon_word(lexicon, "but", 3), however = lexicon_word(lexicon, "however", 7);
  for (size_t i = sentence->first + sentence->count; i-- > sentence->first + 1;) {
    uint32_t word = scan->tokens.items[i].word;
    if (word && (word == but || word == however)) return i;
  }
  return sentence->first;
}

typedef struct Tally { // over the message
  double valence_sum, strongest;
  double weighted, weights; // valence of sentences, weighted by how clear it is
  double silence[EMOTION_COUNT];
} Tally;

static void add_emotion_span(Arena *arena, Reading *reading, const Scan *scan, const Match *match, const Cue *cue) {
  const LabelWeight *says = &match->row->says[0];
  if (!says->percent) return;
  const char *label = cue->is_negated ? emotion_word(EMOTION_DISAPPROVAL) : emotion_word((Emotion)says->label);
  if (cue->is_negated && match->row->valence < 1.5) return;
  double weight = cue->is_negated ? 0.25 : clamp(says->percent / 100.0 * cue->factor, 0, 1);
  span_add(arena, reading, scan, match->first, match->last, label, weight);
}

static void ask_and_exclaim(double *silence, const Sentence *sentence, double sum) {
  if (sentence->is_question) {
    speak(silence, EMOTION_CURIOSITY, 0.3);
    speak(silence, EMOTION_CONFUSION, 0.12);
  }
  if (sentence->exclamations && sum > 1.5) {
    speak(silence, EMOTION_EXCITEMENT, 0.12);
    speak(silence, EMOTION_JOY, 0.08);
  }
  if (sentence->exclamations && sum < -1.5) speak(silence, EMOTION_ANGER, 0.14);
}

static void read_sentence(Arena *arena, const Study *study, size_t number, Reading *reading, double *scores, Tally *tally) {
  const Scan *scan = study->scan;
  const Sentence *sentence = &scan->sentences.items[number];
  double silence[EMOTION_COUNT];
  for (size_t i = 0; i < EMOTION_COUNT; i++) silence[i] = 1;
  size_t contrast = contrast_of(scan, sentence);
  bool sign_off = is_sign_off(scan, number);
  double sum = 0;
  list_each(Match, match, &study->matches[number]) {
    if (match->kind != MATCH_EMOTION) continue;
    Cue cue = cue_of(scan, sentence, match);
    if (sign_off && match->row->valence > 0) cue.factor *= 0.2, cue.valence *= 0.2;
    apply_cue(silence, match, &cue);
    add_emotion_span(arena, reading, scan, match, &cue);
    sum += cue.valence * (contrast == sentence->first ? 1 : match->first > contrast ? 1.3 : 0.6);
    tally->strongest = MAX(tally->strongest, fabs(cue.valence));
  }
  ask_and_exclaim(silence, sentence, sum);
  for (size_t i = 0; i < EMOTION_NEUTRAL; i++) scores[i] = 1 - silence[i];
  double emphasis = 1 + 0.1 * MIN(sentence->exclamations, 3);
  double valence = sum * emphasis / sqrt(sum * sum * emphasis * emphasis + VALENCE_HALF);
  tally->valence_sum += sum * emphasis;
  tally->weighted += valence * fabs(valence);
  tally->weights += fabs(valence);
}

// 0 … 4: the strongest word, and a little for every way of raising the voice.
static double intensity_of(const Scan *scan, const Tally *tally, double strongest_score) {
  int exclamations = 0;
  list_each(Sentence, sentence, &scan->sentences) exclamations = MAX(exclamations, MIN(sentence->exclamations, 3));
  double voice = EXCLAMATION * exclamations + (is_shouting(scan) ? 2 * CAPITALS : MIN(scan->caps_words, 2) * CAPITALS / 2);
  double feeling = MAX(tally->strongest * 0.8, strongest_score * 2.5);
  return clamp(feeling > 0.5 ? feeling + voice : feeling + voice / 2, 0, 4);
}

static double rounded(double value) { return round(value * 10000) / 10000 + 0.0; }

static double finish_labels(Reading *reading, const double *message) {
  double others = 1, strongest = 0;
  for (size_t i = 0; i < EMOTION_NEUTRAL; i++) {
    const Calibration *fit = &calibrations[i];
    double probability = clamp(fit->rest + (1 - fit->rest) * fit->gain * message[i], 0, 0.99);
    reading->emotions[i] = rounded(probability);
    reading->felt[i] = probability >= fit->threshold;
    if (i != EMOTION_CURIOSITY && i != EMOTION_DESIRE && i != EMOTION_REALIZATION) strongest = MAX(strongest, message[i]);
    others = MIN(others, 1 - message[i]);
  }
  const Calibration *fit = &calibrations[EMOTION_NEUTRAL];
  double neutral = clamp(fit->rest + fit->gain * others, 0, 0.99);
  reading->emotions[EMOTION_NEUTRAL] = rounded(neutral);
  bool is_any_felt = false;
  for (size_t i = 0; i < EMOTION_NEUTRAL; i++) is_any_felt = is_any_felt || reading->felt[i];
  reading->felt[EMOTION_NEUTRAL] = !is_any_felt || neutral >= fit->threshold;
  return strongest;
}

void read_emotions(Arena *arena, Study *study, Reading *reading) {
  const Scan *scan = study->scan;
  size_t count = scan->sentences.count;
  double(*scores)[EMOTION_COUNT] = arena_alloc_array(study->scratch, count + 1, sizeof *scores);
  double message[EMOTION_COUNT] = {0};
  Tally tally = {0};
  for (size_t i = 0; i < count; i++) {
    read_sentence(arena, study, i, reading, scores[i], &tally);
    for (size_t label = 0; label < EMOTION_NEUTRAL; label++) message[label] = MAX(message[label], scores[i][label]);
  }
  study->sentence_emotions = (const double(*)[EMOTION_COUNT])scores;
  double strongest = finish_labels(reading, message);
  double whole = tally.valence_sum / sqrt(tally.valence_sum * tally.valence_sum + VALENCE_HALF);
  double mean = tally.weights > 0 ? tally.weighted / tally.weights : 0;
  reading->valence = rounded(clamp((whole + mean) / 2, -1, 1));
  reading->intensity = rounded(intensity_of(scan, &tally, strongest));
}

// How strong a label is against what it can reach; 0 when a person should not see it as the main one.
static double shown_strength(const Reading *reading, size_t label) {
  const Calibration *fit = &calibrations[label];
  if (!reading->felt[label] || !fit->is_shown) return 0;
  return reading->emotions[label] / MIN(fit->rest + fit->gain, 1);
}

// Feelings that go with the valence of the whole come first, then other feelings, then curiosity, surprise and their like.
Emotion reading_main_emotion(const Reading *reading) {
  int tone = reading->valence > 0.05 ? 1 : reading->valence < -0.05 ? -1 : 0;
  Emotion main_emotion = EMOTION_NEUTRAL;
  double best = 0;
  for (size_t i = 0; i < EMOTION_NEUTRAL; i++) {
    double strength = shown_strength(reading, i);
    if (strength <= 0) continue;
    if (calibrations[i].pleasant != 0) strength += calibrations[i].pleasant == tone ? 4 : 2;
    if (strength <= best) continue;
    best = strength;
    main_emotion = (Emotion)i;
  }
  return main_emotion;
}
