// Training: from labelled texts to a model (model.h). Pure: no I/O, one thread, no chance but a fixed seed, so the same texts in
// the same order give the same model on the same compiler.
//
// Two logistic regressions over the same features, learnt with AdaGrad, are folded into one table of weights: a plain one, and
// one whose features are multiplied by how much more often they occur with the label than without (NB-SVM: Wang & Manning 2012).
//
//   TrainData *data = train_data(arena, texts, count, &recipe);       features of all texts, once
//   Trained *trained = train(arena, data, &targets, &recipe);         learn from some of them
//   trained_margins(trained, data, number, margins);                  score the others, before rounding
//   trained_calibrate(…), Bytes bytes = trained_pack(arena, trained, names, rows);
#pragma once

#include "insight/model.h"

typedef struct TrainText {
  const char *text;
  size_t length;
  size_t number; // the caller's own
} TrainText;

typedef struct TrainRecipe {
  unsigned kinds;            // FEATURE_… bits
  float blocks[BLOCK_COUNT]; // the value of each block before it is normalised
  int epochs;
  float rate;        // of AdaGrad
  float decay;       // L2 of a weight, an epoch (so a rare feature decays as much as a common one)
  float ratio_share; // of the second regression in the fold, 0 … 1; 0: it is not learnt
  float ratio_rate;  // its rate
  float ratio_decay;
  int seen_least; // texts that a feature must occur in
  uint64_t seed;  // of the order of texts
  // Takes the features of a text; NULL: features_take with `kinds`.
  void (*take)(FeatureSet *set, unsigned kinds, const TrainText *text, const void *context);
  const void *context;
} TrainRecipe;
extern const TrainRecipe train_recipe_default;

typedef struct TrainTargets {
  size_t outputs;
  const float *targets; // texts × outputs, 0 … 1; what lies between is a soft label
  const float *weights; // a text; 0: not learnt from; NULL: all 1
} TrainTargets;

typedef struct TrainData TrainData;
TrainData *train_data(Arena *arena, const TrainText *texts, size_t count, const TrainRecipe *recipe);

typedef struct Trained {
  size_t outputs, stride;
  const TrainData *data;
  TrainRecipe recipe;
  float *weights; // features of the data × stride
  float bias[MODEL_OUTPUTS];
  ModelOutput output[MODEL_OUTPUTS]; // calibration and threshold
} Trained;
Trained *train(Arena *arena, const TrainData *data, const TrainTargets *targets, const TrainRecipe *recipe);
void trained_margins(const Trained *trained, const TrainData *data, size_t number, float *out_margins);

// One more number of a generator (splitmix64), and an order made by it.
uint64_t train_random(uint64_t *state);
void train_shuffle(uint32_t *order, size_t count, uint64_t *state);

// Fits slope and shift of one output to margins that were not learnt from (Platt 1999, with his softened targets).
void calibration_fit(const float *margins, const float *targets, const float *weights, size_t count, float *out_slope,
                     float *out_shift);
// The threshold of the probability with the best F1, the curve smoothed over a tenth of the rank.
float threshold_find(const float *probabilities, const float *targets, size_t count);

Bytes trained_pack(Arena *arena, const Trained *trained, const char *const *names, size_t rows);
