// Randomness: libsodium's generator for the program, SplitMix64 (Steele, Lea and Flood 2014) for repeatable tests. Numbers
// below a limit are drawn by rejection, so that each is exactly as likely as any other.
#include "base/random.h"

#include <sodium.h>

static void system_fill(Random *random, void *out, size_t size) {
  (void)random;
  static gsize is_ready;
  if (g_once_init_enter(&is_ready)) {
    if (sodium_init() < 0) g_error("libsodium did not start");
    g_once_init_leave(&is_ready, 1);
  }
  randombytes_buf(out, size);
}

static uint64_t split_mix(uint64_t state) {
  state = (state ^ (state >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  state = (state ^ (state >> 27)) * UINT64_C(0x94D049BB133111EB);
  return state ^ (state >> 31);
}

static void seeded_fill(Random *random, void *out, size_t size) {
  unsigned char *to = out;
  while (size) {
    uint64_t number = GUINT64_TO_LE(split_mix(random->seed + ++random->counter * UINT64_C(0x9E3779B97F4A7C15)));
    size_t part = MIN(size, sizeof number);
    memcpy(to, &number, part);
    to += part;
    size -= part;
  }
}

Random random_system = {.fill = system_fill};

Random random_seeded(uint64_t seed) { return (Random){.fill = seeded_fill, .seed = seed}; }

void random_fill(Random *random, void *out, size_t size) {
  if (size) random->fill(random, out, size);
}

uint64_t random_below(Random *random, uint64_t limit) {
  g_assert(limit > 0);
  uint64_t uneven = (UINT64_MAX - limit + 1) % limit; // 2^64 mod limit: that many of the lowest numbers would come once too often
  uint64_t number;
  do random_fill(random, &number, sizeof number);
  while (number < uneven);
  return number % limit;
}

const char *random_token(Arena *arena, Random *random, size_t bytes) {
  unsigned char *raw = arena_alloc(arena, bytes);
  random_fill(random, raw, bytes);
  size_t room = sodium_base64_encoded_len(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  char *token = arena_alloc(arena, room);
  sodium_bin2base64(token, room, raw, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero(raw, bytes); // a token may be a secret; only its text remains
  return token;
}
