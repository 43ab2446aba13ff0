// Reading and applying a graph of labels, and fitting one: a logistic regression of 30 numbers a label, by Newton's method, which
// takes some five rounds over the texts.
#include "insight/graph.h"

#include "insight/model.h"
#include "insight/solve.h"

#include <math.h>

#define MAGIC "RAPPGRF1"
#define NUMBERS (EMOTION_COUNT * GRAPH_WEIGHTS + EKMAN_COUNT + TONE_COUNT + VALENCE_WEIGHTS + 1)
#define SIZE (8 + 4 * NUMBERS + 8)
#define ROUNDS 12
#define SMALL 1e-5 // a step that ends the rounds

static double logistic(double x) { return 1 / (1 + exp(-x)); }

static uint64_t get(const unsigned char *at, size_t size) {
  uint64_t value = 0;
  for (size_t i = 0; i < size; i++) value |= (uint64_t)at[i] << (8 * i);
  return value;
}

static float *number_at(Graph *graph, size_t at) { // in the order of the bytes
  if (at < EMOTION_COUNT * GRAPH_WEIGHTS) return &graph->weights[at / GRAPH_WEIGHTS][at % GRAPH_WEIGHTS];
  at -= EMOTION_COUNT * GRAPH_WEIGHTS;
  if (at < EKMAN_COUNT) return &graph->ekman_thresholds[at];
  at -= EKMAN_COUNT;
  if (at < TONE_COUNT) return &graph->tone_thresholds[at];
  at -= TONE_COUNT;
  return at < VALENCE_WEIGHTS ? &graph->valence[at] : &graph->still;
}

bool graph_open(Graph *out, Bytes bytes, GError **error) {
  const unsigned char *data = bytes.data;
  if (bytes.size != SIZE || memcmp(data, MAGIC, 8) != 0 || get(data + SIZE - 8, 8) != bytes_checksum(data, SIZE - 8))
    return error_set(error, ERROR_BROKEN, "These bytes are no graph of labels.");
  for (size_t i = 0; i < NUMBERS; i++) {
    uint32_t bits = (uint32_t)get(data + 8 + 4 * i, 4);
    float *number = number_at(out, i);
    memcpy(number, &bits, sizeof *number);
    if (!isfinite(*number)) return error_set(error, ERROR_BROKEN, "The graph of labels has numbers that are none.");
  }
  return true;
}

Bytes graph_pack(Arena *arena, const Graph *graph) {
  unsigned char *data = arena_alloc_array(arena, SIZE, 1);
  Graph copy = *graph;
  memcpy(data, MAGIC, 8);
  for (size_t i = 0; i < NUMBERS; i++) {
    uint32_t bits;
    memcpy(&bits, number_at(&copy, i), sizeof bits);
    for (size_t byte = 0; byte < 4; byte++) data[8 + 4 * i + byte] = bits >> (8 * byte) & 0xFF;
  }
  uint64_t sum = bytes_checksum(data, SIZE - 8);
  for (size_t byte = 0; byte < 8; byte++) data[SIZE - 8 + byte] = sum >> (8 * byte) & 0xFF;
  return bytes_of(data, SIZE);
}

void graph_apply(const Graph *graph, const double *logits, double *out_probabilities) {
  double first[EMOTION_COUNT];
  for (size_t i = 0; i < EMOTION_COUNT; i++) first[i] = logistic(logits[i]);
  for (size_t i = 0; i < EMOTION_COUNT; i++) {
    const float *weights = graph->weights[i];
    double sum = (double)weights[EMOTION_COUNT] * logits[i] + (double)weights[EMOTION_COUNT + 1];
    for (size_t j = 0; j < EMOTION_COUNT; j++) sum += (double)weights[j] * first[j];
    out_probabilities[i] = logistic(sum);
  }
}

// ---- Fitting ----

typedef struct Fit {
  double weights[GRAPH_WEIGHTS], slopes[GRAPH_WEIGHTS];
  double bends[GRAPH_WEIGHTS][GRAPH_WEIGHTS]; // the lower half of the matrix of second derivatives
} Fit;

static void add_text(Fit *fit, const double *x, double target, double weight) {
  double sum = 0;
  for (size_t i = 0; i < GRAPH_WEIGHTS; i++) sum += fit->weights[i] * x[i];
  double p = logistic(sum), error = weight * (p - target), bend = weight * (p * (1 - p) + 1e-6);
  for (size_t i = 0; i < GRAPH_WEIGHTS; i++) {
    fit->slopes[i] += error * x[i];
    double share = bend * x[i];
    for (size_t j = 0; j <= i; j++) fit->bends[i][j] += share * x[j];
  }
}

static double step(Fit *fit) { // gives how far it went
  double most = 0;
  equations_solve(&fit->bends[0][0], fit->slopes, GRAPH_WEIGHTS);
  for (size_t i = 0; i < GRAPH_WEIGHTS; i++) {
    fit->weights[i] -= fit->slopes[i];
    most = MAX(most, fabs(fit->slopes[i]));
  }
  return most;
}

void graph_fit(Arena *arena, Graph *graph, size_t label, const GraphLessons *lessons, double pull) {
  Fit *fit = arena_make(arena, Fit);
  fit->weights[EMOTION_COUNT] = 1;
  for (int round = 0; round < ROUNDS; round++) {
    memset(fit->slopes, 0, sizeof fit->slopes), memset(fit->bends, 0, sizeof fit->bends);
    for (size_t i = 0; i < lessons->count; i++) {
      double weight = lessons->weights ? (double)lessons->weights[i] : 1, x[GRAPH_WEIGHTS];
      if (weight <= 0) continue;
      for (size_t j = 0; j < EMOTION_COUNT; j++) x[j] = (double)lessons->probabilities[i * EMOTION_COUNT + j];
      x[EMOTION_COUNT] = (double)lessons->logits[i * EMOTION_COUNT + label], x[EMOTION_COUNT + 1] = 1;
      add_text(fit, x, (double)lessons->targets[i * EMOTION_COUNT + label], weight);
    }
    for (size_t j = 0; j < EMOTION_COUNT + 1; j++) {
      fit->slopes[j] += pull * (fit->weights[j] - (j == EMOTION_COUNT ? 1 : 0));
      fit->bends[j][j] += pull;
    }
    if (step(fit) < SMALL) break;
  }
  for (size_t j = 0; j < GRAPH_WEIGHTS; j++) graph->weights[label][j] = (float)fit->weights[j];
}
