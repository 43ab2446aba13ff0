// insight_evaluate tweets TRAIN_TEXT TRAIN_LABELS VAL_TEXT VAL_LABELS CLASSES: how well our trainer learns a task of other people.
//
// Each tweet has one class. One output a class is learnt from the training part, over n-grams, what the word lists hear, and what the
// built-in models say of the tweet. Fold by fold scores calibrate them, and choose an offset a class for the best macro-F1; the
// other part is scored once. Nothing here goes into the program.
#include "insight/evaluate_tweets.h"

#include "base/random.h"
#include "insight/evaluate_file.h"
#include "insight/lines.h"
#include "insight/mind.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define FOLDS 5
#define CLASSES_MOST 8
#define DRAWS 1000
#define STEPS 5 // of a probability, as a feature

static const TrainRecipe recipe_of_tweets = {
  .kinds = FEATURE_WORDS | FEATURE_LETTERS | FEATURE_SHAPE | FEATURE_EDGES | FEATURE_DENIED | FEATURE_LISTS,
  .blocks = {1, 1, 1},
  .epochs = 10,
  .rate = 0.15f,
  .decay = 0.3f,
  .ratio_share = 0.6f,
  .ratio_rate = 0.2f,
  .ratio_decay = 0.8f,
  .seen_least = 2,
  .seed = 1,
};

static void take_tweet(FeatureSet *set, unsigned kinds, const TrainText *text, const void *context) {
  g_autoptr(Arena) scratch = arena_new();
  const Reading *reading = insight_read(scratch, text->text, text->length);
  feeling_features_of_text(set, kinds, text->text, text->length, NULL);
  for (uint32_t i = 0; i < EMOTION_COUNT; i++)
    feature_add_own(set, "felt", i * (STEPS + 1) + (uint32_t)(reading->emotions[i] * STEPS + 0.5));
  feature_add_own(set, "abuse", (uint32_t)(reading->abuse * 2 * STEPS + 0.5));
  feature_add_own(set, "behaviour", (uint32_t)reading->behaviour);
  feature_add_own(set, "pleasant", (uint32_t)((reading->valence + 1) * STEPS + 0.5));
}

static Lines read_tweets(Arena *arena, const char *texts_path, const char *labels_path, size_t classes) {
  Lines lines = {0};
  g_auto(GStrv) texts = g_strsplit(file_text(arena, texts_path), "\n", -1);
  g_auto(GStrv) labels = g_strsplit(file_text(arena, labels_path), "\n", -1);
  for (size_t i = 0; texts[i] && labels[i] && *labels[i]; i++) {
    const char *text = arena_strdup(arena, texts[i]);
    *list_add(arena, &lines.texts) = (TrainText){.text = text, .length = strlen(text)};
    for (size_t j = 0; j < classes; j++) *list_add(arena, &lines.targets) = (size_t)g_ascii_strtoull(labels[i], NULL, 10) == j;
  }
  return lines;
}

// ---- Choosing among the classes ----

typedef struct Guesses {
  const float *scores, *targets; // texts × classes
  size_t classes;
  double offsets[CLASSES_MOST]; // of the logits
} Guesses;

static size_t guess(const Guesses *guesses, size_t text) {
  size_t best = 0;
  double most = -INFINITY;
  for (size_t j = 0; j < guesses->classes; j++) {
    double p = CLAMP((double)guesses->scores[text * guesses->classes + j], 1e-6, 1 - 1e-6);
    double score = log(p / (1 - p)) + guesses->offsets[j];
    if (score > most) most = score, best = j;
  }
  return best;
}

static double macro_f1(const Guesses *guesses, const uint32_t *drawn, size_t count) {
  double hits[CLASSES_MOST] = {0}, all[CLASSES_MOST] = {0}, sum = 0;
  for (size_t i = 0; i < count; i++) {
    size_t text = drawn ? drawn[i] : i, said = guess(guesses, text);
    for (size_t j = 0; j < guesses->classes; j++) {
      bool is_real = guesses->targets[text * guesses->classes + j] > 0.5f;
      hits[j] += is_real && said == j, all[j] += is_real + (said == j);
    }
  }
  for (size_t j = 0; j < guesses->classes; j++) sum += all[j] > 0 ? 2 * hits[j] / all[j] : 0;
  return sum / (double)guesses->classes;
}

static void choose_offsets(Guesses *guesses, size_t count) { // one after the other, on scores of texts not learnt from
  for (int round = 0; round < 3; round++) {
    for (size_t j = 0; j < guesses->classes; j++) {
      double best = -1, best_offset = 0, begin = guesses->offsets[j];
      for (int step = -10; step <= 10; step++) {
        guesses->offsets[j] = begin + step * 0.1;
        double score = macro_f1(guesses, NULL, count);
        if (score > best + 1e-9) best = score, best_offset = guesses->offsets[j];
      }
      guesses->offsets[j] = best_offset;
    }
  }
}

static int by_value(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

static void print_guesses(Arena *arena, const char *title, const Guesses *guesses, size_t count) {
  uint32_t *drawn = arena_alloc_array(arena, count + 1, sizeof *drawn);
  double values[DRAWS];
  Random random = random_seeded(4);
  for (size_t draw = 0; draw < DRAWS; draw++) {
    for (size_t i = 0; i < count; i++) drawn[i] = (uint32_t)random_below(&random, count);
    values[draw] = macro_f1(guesses, drawn, count);
  }
  qsort(values, DRAWS, sizeof *values, by_value);
  printf("%s: n %zu, macro-F1 of %zu classes %.4f [%.4f, %.4f]\n", title, count, guesses->classes, macro_f1(guesses, NULL, count),
         values[DRAWS / 40], values[DRAWS - 1 - DRAWS / 40]);
}

// ---- Learning and scoring ----

static void evaluate(Arena *arena, const Lines *learnt, const Lines *others, size_t classes) {
  TrainRecipe recipe = recipe_of_tweets;
  recipe.take = take_tweet;
  TrainTextList all = {0};
  list_each(TrainText, text, &learnt->texts) *list_add(arena, &all) = *text;
  list_each(TrainText, text, &others->texts) *list_add(arena, &all) = *text;
  size_t count = learnt->texts.count;
  const TrainData *data = train_data(arena, all.items, all.count, &recipe);
  float *targets = arena_make_array(arena, float, all.count *classes + 1);
  float *weights = arena_make_array(arena, float, all.count + 1); // 0 for the others: never learnt from
  float *margins = arena_make_array(arena, float, all.count *classes + 1);
  memcpy(targets, learnt->targets.items, count * classes * sizeof *targets);
  for (int fold = 0; fold <= FOLDS; fold++) { // the last one learns from all and scores the others
    g_autoptr(Arena) scratch = arena_new();
    for (size_t i = 0; i < count; i++) weights[i] = line_fold(&all.items[i], FOLDS) != (unsigned)fold;
    const Trained *trained = train(scratch, data, &(TrainTargets){classes, targets, weights}, &recipe);
    for (size_t i = 0; i < all.count; i++)
      if (i >= count ? fold == FOLDS : weights[i] <= 0) trained_margins(trained, data, i, margins + i * classes);
  }
  ModelOutput output[MODEL_OUTPUTS];
  lines_calibrate(arena, learnt, classes, margins, output); // its margins become probabilities
  Guesses guesses = {.scores = margins, .targets = learnt->targets.items, .classes = classes};
  choose_offsets(&guesses, count);
  print_guesses(arena, "the training part, fold by fold", &guesses, count);
  float *others_scores = margins + count * classes;
  for (size_t i = 0; i < others->texts.count * classes; i++)
    others_scores[i] = 1 / (1 + expf(-(output[i % classes].slope * others_scores[i] + output[i % classes].shift)));
  guesses.scores = others_scores, guesses.targets = others->targets.items;
  print_guesses(arena, "the other part", &guesses, others->texts.count);
}

bool evaluate_tweets_command(int argc, char **argv) {
  if (argc != 7 || strcmp(argv[1], "tweets") != 0) return false;
  size_t classes = (size_t)g_ascii_strtoull(argv[6], NULL, 10);
  if (classes < 2 || classes > CLASSES_MOST) return false;
  g_autoptr(Arena) arena = arena_new();
  Lines learnt = read_tweets(arena, argv[2], argv[3], classes), others = read_tweets(arena, argv[4], argv[5], classes);
  evaluate(arena, &learnt, &others, classes);
  return true;
}

void evaluate_tweets_usage(void) {
  fprintf(stderr, "       insight_evaluate tweets TRAIN_TEXT TRAIN_LABELS VAL_TEXT VAL_LABELS CLASSES\n");
}
