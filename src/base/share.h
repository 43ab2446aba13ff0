// A share of a whole with how sure one can be of it.
#pragma once

#include <stdint.h>

typedef struct Share {
  int64_t count, of;
  double share;     // count / of; 0 of nothing
  double low, high; // 95 % interval; 0 to 1 of nothing
} Share;

// Wilson's score interval: Wilson 1927, J. Am. Stat. Assoc. 22:209, with z = 1.96.
Share share_of(int64_t count, int64_t of);
