// Net: a small convolutional network over words, as bytes that are read in place.
//
// Every word of a passage is NET_SIZE numbers of 8 bits: a row of the vocabulary, or for an unknown word the mean of the rows of its
// letter groups. Filters of width 1 … NET_WIDTHS slide over the words; each keeps its highest answer (Kim 2014), and a linear
// layer makes margins of them. Sums over words are of integers, so every compiler and machine gives the same.
//
// The vocabulary is a Model (model.h) whose outputs are the NET_SIZE numbers. The rest, all little-endian:
//
//   "RAPPNET1"  u32 widths  u32 filters a width  u32 outputs  u32 letter groups  f32 share in the blend
//   f32 scale and bias of each filter, f32 scale and bias of each output, f32 ratio of each number of letter groups to words
//   s8 letter groups × NET_SIZE   s8 filters × width × NET_SIZE, by width   s8 outputs a filter
//   u64 FNV-1a of all that stands before
#pragma once

#include "insight/model.h"

#define NET_SIZE 32
#define NET_WIDTHS_MOST 5
#define NET_FILTERS_MOST 64 // a width
#define NET_GROUPS 4096
#define NET_WORDS 64 // of a passage are read

typedef struct Net {
  Bytes bytes;
  Model words;
  size_t widths, filters, outputs;
  float share; // of the net's margin in the blend with a linear model, 0 to 1
  float filter_scale[NET_WIDTHS_MOST * NET_FILTERS_MOST], filter_bias[NET_WIDTHS_MOST * NET_FILTERS_MOST];
  float output_scale[MODEL_OUTPUTS], output_bias[MODEL_OUTPUTS];
  float group_ratio[NET_SIZE];
  const int8_t *groups, *answers; // into `bytes`
  int16_t weights[NET_FILTERS_MOST * NET_SIZE * NET_WIDTHS_MOST * (NET_WIDTHS_MOST + 1) / 2];
} Net;

bool net_open(Net *out, Bytes words, Bytes rest, GError **error);
bool net_is_whole(const Net *net);
// The margins for the tokens in the set, whatever features were taken.
void net_score(const Net *net, const FeatureSet *set, double *out_margins);

// The letter groups of a token: `out` has room for NET_GROUPS_MOST; gives how many.
#define NET_GROUPS_MOST 128
size_t net_groups(const FeatureSet *set, const FeatureToken *token, uint16_t *out);
// The key of a token in the vocabulary.
static inline uint32_t net_word(const FeatureToken *token) { return token->hash >> (32 - FEATURE_BITS); }
static inline size_t net_weights_before(size_t width, size_t filters) { // of the narrower filters
  return filters * NET_SIZE * (width * (width - 1) / 2);
}
