// What counts as felt. A short text is shown to the trained model as a whole, since the comments that the model learnt from are short
// texts, and what it says stands. A longer one is shown sentence by sentence and takes the highest of its sentences for each label.
// Customers are not the commenters it learnt from: what the lists' rows of customers hear ("hung up on me", "fed up") joins as
// independent evidence, 1 - (1 - p)(1 - w), in each sentence of a longer text, and always where the main emotion is chosen.
// A question in anger is no curiosity. Spans are the words whose n-grams moved a felt label most.
#include "insight/mind.h"

#include <math.h>
#include <stdlib.h>

#define WHOLE_TOKENS 60    // texts up to this length are read as a whole, just as the model reads them
#define PASSAGES_MOST 300  // of a longer text
#define CUSTOMER_SHARE 0.6 // of what customers' rows say
#define LIST_SHARE 0.35    // of what the other rows say, where the main emotion is chosen: strong words that are rare
#define RHETORICAL 0.35    // customers' anger from which on a question is not curious
#define SPANS_A_LABEL 3
#define SPAN_LEAST 0.35  // of the label's strongest word
#define SPAN_WEIGHT 0.15 // of a span that is not the label's first

typedef struct Label {
  int pleasant;  // 1 pleasant, -1 unpleasant, 0 neither: how a person would sort it
  bool is_shown; // reliable enough for a person to see as the main emotion (doc/insight.md)
} Label;

static const Label labels[EMOTION_COUNT] = {
  [EMOTION_ADMIRATION] = {1, true},
  [EMOTION_AMUSEMENT] = {1, true},
  [EMOTION_ANGER] = {-1, true},
  [EMOTION_ANNOYANCE] = {-1, true},
  [EMOTION_APPROVAL] = {0, true},
  [EMOTION_CARING] = {1, true},
  [EMOTION_CONFUSION] = {0, true},
  [EMOTION_CURIOSITY] = {0, true},
  [EMOTION_DESIRE] = {0, false},
  [EMOTION_DISAPPOINTMENT] = {-1, true},
  [EMOTION_DISAPPROVAL] = {-1, true},
  [EMOTION_DISGUST] = {-1, true},
  [EMOTION_EMBARRASSMENT] = {-1, false},
  [EMOTION_EXCITEMENT] = {1, true},
  [EMOTION_FEAR] = {-1, true},
  [EMOTION_GRATITUDE] = {1, true},
  [EMOTION_GRIEF] = {-1, false},
  [EMOTION_JOY] = {1, true},
  [EMOTION_LOVE] = {1, true},
  [EMOTION_NERVOUSNESS] = {-1, true},
  [EMOTION_OPTIMISM] = {0, true},
  [EMOTION_PRIDE] = {1, false},
  [EMOTION_REALIZATION] = {0, false},
  [EMOTION_RELIEF] = {1, false},
  [EMOTION_REMORSE] = {-1, true},
  [EMOTION_SADNESS] = {-1, true},
  [EMOTION_SURPRISE] = {0, true},
  [EMOTION_NEUTRAL] = {0, false},
};

typedef struct Passage { // sentences of the scan
  size_t first, count;
} Passage;

typedef struct Feeling {
  double probabilities[EMOTION_COUNT];
  Passage strongest[EMOTION_COUNT]; // where each label is highest
  double valence, weights;          // of the sentences, each weighted by how clear it is
} Feeling;

static void score(const Study *study, FeatureSet *set, Passage passage, double *out) {
  feeling_features(set, study->mind->emotions->kinds, study, passage.first, passage.count);
  mind_feel(study->mind, set, out);
}

static double customers_anger(const Voice *voice) {
  return MAX(MAX(voice->customers[EMOTION_ANGER], voice->customers[EMOTION_ANNOYANCE]), voice->customers[EMOTION_DISAPPROVAL]);
}

// What customers' words in a sentence add to what the model says of it, or take away.
static void hear_customer(const Study *study, size_t number, double *probabilities) {
  const Voice *voice = &study->voices[number];
  double loudest = 0;
  for (size_t i = 0; i < EMOTION_NEUTRAL; i++) {
    double heard = CUSTOMER_SHARE * voice->customers[i];
    probabilities[i] = 1 - (1 - probabilities[i]) * (1 - heard);
    loudest = MAX(loudest, heard);
  }
  probabilities[EMOTION_NEUTRAL] *= 1 - loudest;
  if (study->scan->sentences.items[number].is_question && customers_anger(voice) >= RHETORICAL)
    probabilities[EMOTION_CURIOSITY] *= 0.3, probabilities[EMOTION_CONFUSION] *= 0.3;
}

static void join(Feeling *feeling, Passage passage, const double *probabilities, bool is_first) {
  for (size_t i = 0; i < EMOTION_NEUTRAL; i++) {
    if (probabilities[i] <= feeling->probabilities[i]) continue;
    feeling->probabilities[i] = probabilities[i];
    feeling->strongest[i] = passage;
  }
  double *neutral = &feeling->probabilities[EMOTION_NEUTRAL];
  *neutral = is_first ? probabilities[EMOTION_NEUTRAL] : MIN(*neutral, probabilities[EMOTION_NEUTRAL]);
}

// Without "Thanks," and a name on lines of their own at the end of a longer message: form, not feeling.
static size_t count_without_sign_off(const Scan *scan) {
  size_t count = scan->sentences.count;
  for (size_t left = 2; left > 0 && count > 1 && is_sign_off(scan, count - 1); left--) {
    const Sentence *before = &scan->sentences.items[count - 2], *last = &scan->sentences.items[count - 1];
    if (!memchr(scan->text + before->end, '\n', last->start - before->end) && scan->text[before->end - 1] != '\n') break;
    count--;
  }
  return count;
}

// `heard`: the reading as the word lists left it.
static void feel(const Study *study, FeatureSet *set, const Reading *heard, Feeling *out) {
  size_t count = count_without_sign_off(study->scan);
  bool is_short = study->scan->tokens.count <= WHOLE_TOKENS;
  double probabilities[EMOTION_COUNT];
  if (is_short || count <= 1) {
    Passage whole = {0, count};
    score(study, set, whole, probabilities);
    join(out, whole, probabilities, true);
    out->valence = valence_from(study->mind->graph, heard->valence, heard->intensity, probabilities);
    return;
  }
  size_t step = (count + PASSAGES_MOST - 1) / PASSAGES_MOST; // in a text of very many sentences, several at once
  for (size_t i = 0; i < count; i += step) {
    Passage passage = {i, MIN(step, count - i)};
    double sum = 0;
    score(study, set, passage, probabilities);
    for (size_t j = i; j < i + passage.count; j++) sum += study->voices[j].sum;
    double valence = valence_from(study->mind->graph, valence_of_sum(sum), heard->intensity, probabilities);
    out->valence += valence * fabs(valence), out->weights += fabs(valence);
    for (size_t j = i; j < i + passage.count; j++) hear_customer(study, j, probabilities);
    join(out, passage, probabilities, i == 0);
  }
  double mean = out->weights > 0 ? out->valence / out->weights : 0;
  out->valence = (heard->valence + mean) / 2;
}

// When the labels of one tone together say that it is felt, but none of them alone, the nearest to its threshold is.
static void hear_tones(const Mind *mind, Reading *reading) {
  for (Tone tone = 0; tone < TONE_NEUTRAL; tone++) {
    bool is_felt = false, is_any = false;
    size_t nearest = EMOTION_NEUTRAL;
    double near = 0;
    reading_tone(reading, tone, &is_felt);
    for (size_t i = 0; i < EMOTION_NEUTRAL; i++) {
      if (emotion_tone((Emotion)i) != tone) continue;
      double nearness = reading->emotions[i] / (double)mind->emotions->output[i].threshold;
      is_any = is_any || reading->felt[i];
      if (nearness > near) near = nearness, nearest = i;
    }
    if (is_felt && !is_any) reading->felt[nearest] = true;
  }
}

static void decide(const Mind *mind, const Feeling *feeling, Reading *reading) {
  bool is_any_felt = false;
  for (size_t i = 0; i < EMOTION_COUNT; i++) {
    double probability = clamp(feeling->probabilities[i], 0, 1);
    reading->emotions[i] = rounded(probability);
    reading->felt[i] = probability >= (double)mind->emotions->output[i].threshold;
  }
  hear_tones(mind, reading);
  for (size_t i = 0; i < EMOTION_COUNT; i++) is_any_felt = is_any_felt || reading->felt[i];
  if (!is_any_felt) reading->felt[EMOTION_NEUTRAL] = true;
}

// ---- Spans ----

// How much each token of the passage moved the label: the parts of its n-grams, shared among their tokens.
static void weigh_tokens(const Model *model, const FeatureSet *set, size_t label, double *out_weights) {
  memset(out_weights, 0, set->token_count * sizeof *out_weights);
  for (size_t i = 0; i < set->count; i++) {
    const Feature *feature = &set->items[i];
    if (feature->block == BLOCK_SHAPE) continue;
    double part = model_part(model, set, feature, label) / (feature->last - feature->first + 1);
    for (size_t token = feature->first; token <= feature->last; token++) out_weights[token] += part;
  }
}

typedef struct Run { // of tokens next to each other
  size_t first, last;
  double weight;
} Run;

static int by_weight(const void *a, const void *b) {
  const Run *left = a, *right = b;
  if (left->weight != right->weight) return left->weight > right->weight ? -1 : 1;
  return (left->first > right->first) - (left->first < right->first);
}

static size_t find_runs(const FeatureSet *set, const double *weights, Run *runs) {
  double most = 0;
  size_t count = 0;
  for (size_t i = 0; i < set->token_count; i++) most = MAX(most, weights[i]);
  for (size_t i = 0; i < set->token_count && most > 0; i++) {
    if (weights[i] < most * SPAN_LEAST) continue;
    if (count && runs[count - 1].last + 1 == i)
      runs[count - 1].last = i, runs[count - 1].weight += weights[i];
    else
      runs[count++] = (Run){i, i, weights[i]};
  }
  qsort(runs, count, sizeof *runs, by_weight);
  return MIN(count, SPANS_A_LABEL);
}

static bool is_boundary(const Scan *scan, size_t at) { return at >= scan->length || (scan->text[at] & 0xC0) != 0x80; }

// A run within a phrase that the lists know is shown as the phrase: "thank you", not "thank".
static void show_run(Arena *arena, const Study *study, size_t start, size_t end, Passage passage, size_t label, double weight,
                     Reading *reading) {
  const Token *tokens = study->scan->tokens.items;
  for (size_t i = passage.first; i < passage.first + passage.count; i++) {
    list_each(Match, match, &study->matches[i]) {
      if (match->kind != MATCH_EMOTION || tokens[match->first].start > start || tokens[match->last].end < start) continue;
      start = MIN(start, tokens[match->first].start), end = MAX(end, tokens[match->last].end);
      break;
    }
  }
  // The model's tokens are cut from any bytes; what follows a broken character belongs to no other.
  while (start < end && !is_boundary(study->scan, start)) start++;
  while (end > start && !is_boundary(study->scan, end)) end++;
  if (start < end) span_put(arena, reading, start, end, emotion_word((Emotion)label), weight);
}

static void show_label(Arena *arena, const Study *study, FeatureSet *set, size_t label, Passage passage, Reading *reading) {
  const Model *model = study->mind->emotions;
  feeling_features(set, model->kinds, study, passage.first, passage.count);
  double *weights = arena_alloc_array(study->scratch, set->token_count + 1, sizeof *weights);
  Run *runs = arena_alloc_array(study->scratch, set->token_count + 1, sizeof *runs);
  weigh_tokens(model, set, label, weights);
  size_t count = find_runs(set, weights, runs);
  for (size_t i = 0; i < count; i++) {
    // A margin becomes a weight as a probability would that began even.
    double weight = tanh((double)model->output[label].slope * runs[i].weight / 2);
    if (i > 0 && weight < SPAN_WEIGHT) continue;
    show_run(arena, study, set->tokens[runs[i].first].start, set->tokens[runs[i].last].end, passage, label, weight, reading);
  }
}

// With what speaks for the label beside the model.
static double heard_probability(const Study *study, const Reading *reading, size_t label) {
  return 1 - (1 - reading->emotions[label]) * (1 - study->heard[label]);
}
static double threshold_of(const Study *study, size_t label) { return (double)study->mind->emotions->output[label].threshold; }

// The phrases of customers that were heard, each for its first label when that is felt or near to it.
static void show_customers(Arena *arena, const Study *study, Reading *reading) {
  for (size_t i = 0; i < study->scan->sentences.count; i++) {
    const Sentence *sentence = &study->scan->sentences.items[i];
    list_each(Match, match, &study->matches[i]) {
      const LabelWeight *says = &match->row->says[0];
      if (match->kind != MATCH_EMOTION || !match->row->is_customers || is_negated(study->scan, sentence, match->first) ||
          (!reading->felt[says->label] && heard_probability(study, reading, says->label) < threshold_of(study, says->label)))
        continue;
      span_add(arena, reading, study->scan, match->first, match->last, emotion_word((Emotion)says->label),
               says->percent / 100.0 * CUSTOMER_SHARE);
    }
  }
}

void read_emotions(Arena *arena, const Study *study, Reading *reading) {
  FeatureSet *set = feature_set_of_thread();
  Feeling feeling = {0};
  feel(study, set, reading, &feeling);
  reading->valence = rounded(clamp(feeling.valence, -1, 1));
  decide(study->mind, &feeling, reading);
  for (size_t i = 0; i < study->scan->sentences.count; i++)
    for (size_t label = 0; label < EMOTION_NEUTRAL; label++)
      study->heard[label] = MAX(study->heard[label], MAX(CUSTOMER_SHARE * study->voices[i].customers[label],
                                                         LIST_SHARE * study->voices[i].scores[label]));
  show_customers(arena, study, reading);
  for (size_t i = 0; i < EMOTION_NEUTRAL; i++)
    if (reading->felt[i]) show_label(arena, study, set, i, feeling.strongest[i], reading);
}

// ---- The main emotion ----

static double odds(double probability) {
  return log(clamp(probability, 1e-4, 1 - 1e-4) / (1 - clamp(probability, 1e-4, 1 - 1e-4)));
}

// How likely a label is and how far above its threshold, 0 to 1; 0 when a person should not see it as the main one.
static double shown_strength(const Study *study, const Reading *reading, size_t label) {
  double probability = heard_probability(study, reading, label), threshold = threshold_of(study, label);
  if (!labels[label].is_shown || (!reading->felt[label] && probability < threshold)) return 0;
  return (probability + 1 / (1 + exp(odds(threshold) - odds(probability)))) / 2;
}

// Feelings that go with the valence of the whole come first, then other feelings, then curiosity, surprise and their like.
Emotion emotion_to_show(const Study *study, const Reading *reading) {
  int tone = reading->valence > 0.05 ? 1 : reading->valence < -0.05 ? -1 : 0;
  bool is_attack = reading->behaviour >= BEHAVIOUR_HOSTILE;
  bool is_cross = reading->behaviour > BEHAVIOUR_CALM || reading->flags[FLAG_LEGAL] || reading->flags[FLAG_THREAT];
  Emotion main_emotion = EMOTION_NEUTRAL;
  double best = 0;
  for (size_t i = 0; i < EMOTION_NEUTRAL; i++) {
    double strength = shown_strength(study, reading, i);
    if (strength <= 0 || (is_cross && emotion_tone((Emotion)i) == TONE_POSITIVE)) continue;
    if (labels[i].pleasant != 0) strength += labels[i].pleasant == tone ? 4 : 2;
    if (is_attack && (i == EMOTION_ANGER || i == EMOTION_ANNOYANCE)) strength += 4; // who insults is angry first
    if (strength <= best) continue;
    best = strength;
    main_emotion = (Emotion)i;
  }
  return main_emotion;
}
