// Valence from two witnesses: what the word lists sum up to, and how likely the model thinks each feeling. A straight line joins them,
// fitted to mean human ratings when the model is made; where the model hears no feeling, the lists count for less. The line has no
// constant of its own: words that say nothing have no valence.
#include "insight/graph.h"
#include "insight/solve.h"

#include <math.h>

#define PULL 2.0 // of ridge regression

void valence_features(double heard, double intensity, const double *probabilities, double *out) {
  double neutral = probabilities[EMOTION_NEUTRAL];
  for (size_t i = 0; i < EMOTION_COUNT; i++) out[i] = probabilities[i], out[EMOTION_COUNT + i] = sqrt(probabilities[i]);
  out += 2 * EMOTION_COUNT;
  out[0] = heard, out[1] = heard * fabs(heard), out[2] = heard * intensity;
  out[3] = heard * neutral, out[4] = fabs(heard) * neutral;
}

double valence_from(const Graph *graph, double heard, double intensity, const double *probabilities) {
  double features[VALENCE_WEIGHTS], sum = (double)graph->still;
  valence_features(heard, intensity, probabilities, features);
  for (size_t i = 0; i < VALENCE_WEIGHTS; i++) sum += (double)graph->valence[i] * features[i];
  return CLAMP(sum, -1, 1);
}

void valence_fit(Graph *graph, const double *features, const double *ratings, const bool *is_left_out, size_t count) {
  enum { SIZE = VALENCE_WEIGHTS + 1 }; // a constant while fitting
  double matrix[SIZE * SIZE] = {0}, vector[SIZE] = {0};
  for (size_t text = 0; text < count; text++) {
    if (is_left_out && is_left_out[text]) continue;
    double x[SIZE];
    memcpy(x, features + text * VALENCE_WEIGHTS, VALENCE_WEIGHTS * sizeof *x);
    x[VALENCE_WEIGHTS] = 1;
    for (size_t i = 0; i < SIZE; i++) {
      vector[i] += x[i] * ratings[text];
      for (size_t j = 0; j <= i; j++) matrix[i * SIZE + j] += x[i] * x[j];
    }
  }
  for (size_t i = 0; i < SIZE; i++) matrix[i * SIZE + i] += i < VALENCE_WEIGHTS ? PULL : 1e-9;
  equations_solve(matrix, vector, SIZE);
  for (size_t i = 0; i < VALENCE_WEIGHTS; i++) graph->valence[i] = (float)vector[i];
  graph->still = (float)vector[VALENCE_WEIGHTS];
}
