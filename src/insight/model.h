// Model: a linear model over hashed features (feature.h), as bytes that are read in place.
//
// A row of small integers a feature, a scale an output: margin = bias + scale · Σ over blocks (value of the block · Σ rows).
// A model may be trained by anyone with train.h; `insight_train` writes one from labelled lines. Reading it allocates nothing, and
// threads may share it. All numbers in the file are little-endian and stand at any address:
//
//   "RAPPMDL1"  u32 outputs  u32 rows  u32 kinds of features  f32 value of each of the BLOCK_COUNT blocks
//   an output: name in 16 bytes, f32 bias, scale, slope and shift of the calibration, threshold
//   u32 first row of each of the 2^14 buckets, and the end     (a bucket is the upper 14 bits of a key)
//   u16 lower 10 bits of each row's key, rows in order of their keys
//   s8  weights, row by row
//   u64 FNV-1a of all that stands before
#pragma once

#include "base/bytes.h"
#include "base/error.h"
#include "insight/feature.h"

#define MODEL_OUTPUTS 64 // at most

typedef struct ModelOutput {
  char name[16];
  float bias, scale;
  float slope, shift; // probability = 1 / (1 + e^-(slope · margin + shift))
  float threshold;    // of the probability
} ModelOutput;

typedef struct Model {
  Bytes bytes;
  size_t outputs, rows;
  unsigned kinds;
  float blocks[BLOCK_COUNT];
  ModelOutput output[MODEL_OUTPUTS];
  const unsigned char *buckets, *rests, *weights; // into `bytes`
} Model;

// Opens bytes that must outlive the model. ERROR_BROKEN when they cannot be read safely; the checksum is not looked at.
bool model_open(Model *out, Bytes bytes, GError **error);
bool model_is_whole(const Model *model); // the checksum fits

// The margin of each output for the features of a passage, which were taken with the model's kinds.
void model_score(const Model *model, const FeatureSet *set, double *out_margins);
double model_probability(const Model *model, size_t output, double margin);
// The weights of a key, one an output; NULL when the model does not know it.
const int8_t *model_row(const Model *model, uint32_t key);
// How much one feature moves the margin of an output.
double model_part(const Model *model, const FeatureSet *set, const Feature *feature, size_t output);

uint64_t bytes_checksum(const void *data, size_t size); // FNV-1a

// Writing: the rows with the greatest weights of `row_count`, `keep` at most, rounded to 8 bits with a scale an output.
// `weights` has `outputs` floats a row, `stride` apart; keys need no order.
typedef struct ModelDraft {
  size_t outputs, row_count, stride;
  unsigned kinds;
  float blocks[BLOCK_COUNT];
  ModelOutput output[MODEL_OUTPUTS]; // bias, calibration and threshold; scale is set while writing
  const uint32_t *keys;
  const float *weights;
} ModelDraft;
Bytes model_write(Arena *arena, const ModelDraft *draft, size_t keep);
