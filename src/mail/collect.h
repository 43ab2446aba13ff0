// Collecting a mail as it comes in: all of it up to the limit, of a larger one its beginning and how large it was (doc/mail.md 45).
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

#include <stdint.h>

#define COLLECT_CHUNK_MOST ((size_t)64 * 1024)
#define COLLECT_STUB ((size_t)256 * 1024) // so much of a mail over the limit is kept

typedef struct Collector {
  GByteArray *kept; // goes with the arena
  int64_t size;     // of everything so far
  int64_t limit;    // at least 1 MB
} Collector;

Collector collector_start(Arena *arena, int64_t limit);
void collector_add(Collector *collector, Bytes chunk);    // at most COLLECT_CHUNK_MOST
Bytes collector_bytes(const Collector *collector);        // lives as long as the arena
int64_t collector_whole_size(const Collector *collector); // of a mail over the limit; otherwise 0
