// Graph: how the labels of a model of feelings lean on each other, and from where on groups of them count as felt, as bytes.
//
// A label's final probability comes from its own margin and the first probabilities of all labels ("surely gratitude" speaks against
// neutral and for joy): 1 / (1 + e^-(w · logit + Σ v · p + b)). From these and the word lists comes the valence. Read once,
// little-endian:
//
//   "RAPPGRF1"  a label: f32 weight of each label's probability, of its own logit, bias
//   f32 threshold of each Ekman emotion, f32 threshold of each tone, f32 weight of each feature of valence, f32 its constant
//   u64 FNV-1a of all that stands before
#pragma once

#include "base/bytes.h"
#include "base/error.h"
#include "insight/insight.h"

#define GRAPH_WEIGHTS (EMOTION_COUNT + 2)       // of a label: the probabilities, its logit, the bias
#define VALENCE_WEIGHTS (2 * EMOTION_COUNT + 5) // valence_features says which

typedef struct Graph {
  float weights[EMOTION_COUNT][GRAPH_WEIGHTS];
  float ekman_thresholds[EKMAN_COUNT], tone_thresholds[TONE_COUNT];
  float valence[VALENCE_WEIGHTS], still; // still: takes away what the weights say of texts that are neutral
} Graph;

bool graph_open(Graph *out, Bytes bytes, GError **error); // ERROR_BROKEN
// From the calibrated logits of all labels to their final probabilities.
void graph_apply(const Graph *graph, const double *logits, double *out_probabilities);

// What a graph is fitted to: `count` texts × EMOTION_COUNT each; texts of weight 0 are left out.
typedef struct GraphLessons {
  size_t count;
  const float *logits, *probabilities; // the first ones, both of the same
  const float *targets;
  const float *weights; // a text, or NULL
} GraphLessons;
// Fits the weights of one label by Newton's method. `pull` draws them to "the logit as it is".
void graph_fit(Arena *arena, Graph *graph, size_t label, const GraphLessons *lessons, double pull);

// Valence, -1 … 1, from that of the word lists (`heard`), the intensity and the final probabilities of a passage.
double valence_from(const Graph *graph, double heard, double intensity, const double *probabilities);
void valence_features(double heard, double intensity, const double *probabilities, double *out);
// Fits weights and constant to `count` ratings, -1 … 1, by ridge regression; `is_left_out` may be NULL.
void valence_fit(Graph *graph, const double *features, const double *ratings, const bool *is_left_out, size_t count);

Bytes graph_pack(Arena *arena, const Graph *graph);
