// Training a net (net.h): the same texts in the same order give the same net on the same compiler. Pure, one thread.
//
//   NetData *data = net_data(arena, texts, count, &recipe);          words and letter groups of all texts, once
//   NetTrained *trained = net_train(arena, data, &targets, &recipe); learn from some of them
//   net_trained_margins(trained, number, margins);                   score the others, before rounding
//   net_pack(arena, trained, share, &words, &rest);                  to bytes for net_open
#pragma once

#include "insight/net.h"
#include "insight/train.h"

typedef struct NetRecipe {
  size_t widths, filters; // a width
  int epochs, batch;
  float rate;          // of Adam, for filters and answers; falls to a tenth
  float word_rate;     // of AdaGrad, for words and letter groups; likewise
  float drop;          // of the filters' answers that are left out at each step
  float word_drop;     // of words left out, and as often again only their letter groups are seen
  uint32_t seen_least; // times that a word of the vocabulary occurs
  uint64_t seed;
} NetRecipe;
extern const NetRecipe net_recipe_default;

typedef struct NetData NetData;
NetData *net_data(Arena *arena, const TrainText *texts, size_t count, const NetRecipe *recipe);

typedef struct NetTrained NetTrained;
NetTrained *net_train(Arena *arena, const NetData *data, const TrainTargets *targets, const NetRecipe *recipe);
void net_trained_margins(const NetTrained *trained, size_t number, float *out_margins);
void net_pack(Arena *arena, const NetTrained *trained, float share, Bytes *out_words, Bytes *out_rest);
