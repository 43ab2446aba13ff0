// From sums to means, a change and its interval.
#include "desk/protocol/effect.h"

#include <math.h>

#define NORMAL_QUANTILE 1.959963984540054 // of 0.975

double effect_t_quantile(int64_t freedom) {
  double x = NORMAL_QUANTILE, x3 = x * x * x, x5 = x3 * x * x, x7 = x5 * x * x, n = (double)MAX(freedom, 1);
  return x + (x3 + x) / (4 * n) + (5 * x5 + 16 * x3 + 3 * x) / (96 * n * n) +
         (3 * x7 + 19 * x5 + 17 * x3 - 15 * x) / (384 * n * n * n);
}

Effect effect_of(const GuideEffect *sums) {
  if (sums->heard < EFFECT_LEAST) return (Effect){0};
  double n = (double)sums->heard, change = (sums->sum_after - sums->sum_before) / n;
  double variance = MAX(0, (sums->sum_squares - n * change * change) / (n - 1)); // rounding may leave it below 0
  double reach = effect_t_quantile(sums->heard - 1) * sqrt(variance / n);
  return (Effect){.is_known = true,
                  .before = sums->sum_before / n,
                  .after = sums->sum_after / n,
                  .change = change,
                  .low = change - reach,
                  .high = change + reach};
}
