// Random: randomness as a parameter. The system's is libsodium's; a seeded one makes tests repeatable.
#pragma once

#include "base/arena.h"

#include <stdint.h>

typedef struct Random {
  void (*fill)(struct Random *random, void *out, size_t size);
  uint64_t seed;    // for a seeded source
  uint64_t counter; // likewise
} Random;

extern Random random_system;         // safe from any thread
Random random_seeded(uint64_t seed); // never for secrets; one thread

void random_fill(Random *random, void *out, size_t size);
uint64_t random_below(Random *random, uint64_t limit); // 0 … limit-1, unbiased; limit > 0
// `bytes` random bytes as base64url without padding: 18 bytes give 24 characters.
const char *random_token(Arena *arena, Random *random, size_t bytes);
