// Wilson's interval stays within 0 and 1 and is honest for few cases, where the usual one claims to know everything.
#include "base/share.h"

#include <math.h>

Share share_of(int64_t count, int64_t of) {
  const double z = 1.959963984540054;
  if (of <= 0) return (Share){.low = 0, .high = 1};
  double n = (double)of, p = (double)count / n;
  double middle = p + z * z / (2 * n), reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)), scale = 1 + z * z / n;
  double low = (middle - reach) / scale, high = (middle + reach) / scale;
  return (Share){.count = count, .of = of, .share = p, .low = low < 0 ? 0 : low, .high = high > 1 ? 1 : high};
}
