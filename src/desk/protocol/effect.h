// Effect: how the customers' next message sounded against the one before, after a script was used. Only those who wrote again can
// say, so it describes and does not prove.
//
// The interval is Student's t for paired differences, 95 %; the quantile by Abramowitz and Stegun 26.7.5, which from nine degrees of
// freedom on is right to three digits.
#pragma once

#include "desk/protocol/guide.h"

#define EFFECT_LEAST 10 // customers who wrote again; with fewer nothing is said

typedef struct Effect {
  bool is_known;            // false: not enough yet
  double before, after;     // mean valence, -1 … 1
  double change, low, high; // of the mean change, with its interval
} Effect;

Effect effect_of(const GuideEffect *sums);
double effect_t_quantile(int64_t freedom); // of 0.975; `freedom` at least 1
