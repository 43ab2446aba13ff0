// Feeling as the word lists hear it, sentence by sentence. Every phrase of the emotion tables that a sentence holds speaks for its
// labels; words before it strengthen, weaken or deny it; the voices of one sentence join as independent evidence (1 - Π(1 - w)).
// Valence and intensity follow the sums of the words' own valences; emphasis (capitals, exclamation marks) works as known from
// VADER (Hutto & Gilbert 2014), with our own constants. What a person sees as felt is decided in feeling.c, where these voices
// stand beside a model that was trained.
#include "insight/engine.h"

#include <math.h>

#define WORDS_BEFORE 3    // that may deny or strengthen a word
#define VALENCE_HALF 15.0 // s / √(s² + 15): a sum of about 2.2 is half way
#define EXCLAMATION 0.29  // each, on the 0 … 4 scale, three at most
#define CAPITALS 0.6

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
bool is_sign_off(const Scan *scan, size_t number) {
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
} Tally;

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

static void hear_sentence(const Study *study, size_t number, Voice *voice) {
  const Scan *scan = study->scan;
  const Sentence *sentence = &scan->sentences.items[number];
  double silence[EMOTION_COUNT], customers[EMOTION_COUNT];
  for (size_t i = 0; i < EMOTION_COUNT; i++) silence[i] = customers[i] = 1;
  size_t contrast = contrast_of(scan, sentence);
  bool sign_off = is_sign_off(scan, number);
  double sum = 0;
  list_each(Match, match, &study->matches[number]) {
    if (match->kind != MATCH_EMOTION) continue;
    Cue cue = cue_of(scan, sentence, match);
    if (sign_off && match->row->valence > 0) cue.factor *= 0.2, cue.valence *= 0.2;
    apply_cue(silence, match, &cue);
    if (match->row->is_customers) apply_cue(customers, match, &cue);
    sum += cue.valence * (contrast == sentence->first ? 1 : match->first > contrast ? 1.3 : 0.6);
    voice->strongest = MAX(voice->strongest, fabs(cue.valence));
  }
  ask_and_exclaim(silence, sentence, sum);
  for (size_t i = 0; i < EMOTION_NEUTRAL; i++) voice->scores[i] = 1 - silence[i], voice->customers[i] = 1 - customers[i];
  voice->sum = sum * (1 + 0.1 * MIN(sentence->exclamations, 3));
}

double valence_of_sum(double sum) { return sum / sqrt(sum * sum + VALENCE_HALF); }

// 0 … 4: the strongest word, and a little for every way of raising the voice.
static double intensity_of(const Scan *scan, const Tally *tally, double strongest_score) {
  int exclamations = 0;
  list_each(Sentence, sentence, &scan->sentences) exclamations = MAX(exclamations, MIN(sentence->exclamations, 3));
  double voice = EXCLAMATION * exclamations + (is_shouting(scan) ? 2 * CAPITALS : MIN(scan->caps_words, 2) * CAPITALS / 2);
  double feeling = MAX(tally->strongest * 0.8, strongest_score * 2.5);
  return clamp(feeling > 0.5 ? feeling + voice : feeling + voice / 2, 0, 4);
}

static double strongest_score(const Voice *voice) { // of what is more than interest
  double strongest = 0;
  for (size_t i = 0; i < EMOTION_NEUTRAL; i++)
    if (i != EMOTION_CURIOSITY && i != EMOTION_DESIRE && i != EMOTION_REALIZATION) strongest = MAX(strongest, voice->scores[i]);
  return strongest;
}

void hear_emotions(Study *study, Reading *reading) {
  size_t count = study->scan->sentences.count;
  Voice *voices = arena_make_array(study->scratch, Voice, count + 1);
  double(*scores)[EMOTION_COUNT] = arena_alloc_array(study->scratch, count + 1, sizeof *scores);
  Tally tally = {0};
  double strongest = 0;
  for (size_t i = 0; i < count; i++) {
    hear_sentence(study, i, &voices[i]);
    memcpy(scores[i], voices[i].scores, sizeof scores[i]);
    double valence = valence_of_sum(voices[i].sum);
    tally.valence_sum += voices[i].sum;
    tally.weighted += valence * fabs(valence), tally.weights += fabs(valence);
    tally.strongest = MAX(tally.strongest, voices[i].strongest);
    strongest = MAX(strongest, strongest_score(&voices[i]));
  }
  study->voices = voices;
  study->sentence_emotions = (const double(*)[EMOTION_COUNT])scores;
  double mean = tally.weights > 0 ? tally.weighted / tally.weights : 0;
  reading->valence = rounded(clamp((valence_of_sum(tally.valence_sum) + mean) / 2, -1, 1));
  reading->intensity = rounded(intensity_of(study->scan, &tally, strongest));
}
