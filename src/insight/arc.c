// The arc over a conversation, from the valence of the customer's messages in order. The slope is Theil–Sen: the median of
// the slopes of all pairs, which one odd message cannot bend (Sen 1968). Pairs grow with the square of the messages, so in
// a very long conversation the slope looks at the newest ones alone.
#include "insight/insight.h"

#include <stdlib.h>

#define ARC_NOISE 0.1
#define SLOPE_MESSAGES 128 // 8,128 pairs

static int compare_doubles(const void *a, const void *b) {
  const double *left = a, *right = b;
  return (*left > *right) - (*left < *right);
}

static double theil_sen(const double *valences, size_t count) {
  if (count > SLOPE_MESSAGES) {
    valences += count - SLOPE_MESSAGES;
    count = SLOPE_MESSAGES;
  }
  if (count < 2) return 0;
  g_autofree double *slopes = g_new(double, count *(count - 1) / 2);
  size_t pairs = 0;
  for (size_t i = 0; i < count; i++) {
    for (size_t j = i + 1; j < count; j++) slopes[pairs++] = (valences[j] - valences[i]) / (double)(j - i);
  }
  qsort(slopes, pairs, sizeof *slopes, compare_doubles);
  return pairs % 2 ? slopes[pairs / 2] : (slopes[pairs / 2 - 1] + slopes[pairs / 2]) / 2;
}

Arc insight_arc(const double *valences, size_t count) {
  Arc arc = {.count = (int64_t)count};
  if (count == 0) return arc;
  arc.start = arc.lowest = arc.highest = valences[0];
  arc.end = valences[count - 1];
  double sum = 0;
  for (size_t i = 0; i < count; i++) {
    sum += valences[i];
    if (valences[i] < arc.lowest) arc.lowest = valences[i];
    if (valences[i] > arc.highest) arc.highest = valences[i];
  }
  arc.mean = sum / (double)count;
  arc.slope = theil_sen(valences, count);
  arc.is_worsening = count >= 3 && valences[count - 2] - valences[count - 3] < -ARC_NOISE &&
                     valences[count - 1] - valences[count - 2] < -ARC_NOISE;
  return arc;
}
