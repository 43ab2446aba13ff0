// What is over the limit is counted and let go, so that memory is bounded whatever is sent.
#include "mail/collect.h"

static void unref(void *array) { g_byte_array_unref(array); }

Collector collector_start(Arena *arena, int64_t limit) {
  Collector collector = {.kept = g_byte_array_new(), .limit = limit};
  arena_defer(arena, unref, collector.kept);
  return collector;
}

void collector_add(Collector *collector, Bytes chunk) {
  g_assert(chunk.size <= COLLECT_CHUNK_MOST);
  collector->size += (int64_t)chunk.size;
  if (collector->size <= collector->limit)
    g_byte_array_append(collector->kept, chunk.data, (guint)chunk.size);
  else if (collector->kept->len > COLLECT_STUB)
    g_byte_array_set_size(collector->kept, COLLECT_STUB);
}

Bytes collector_bytes(const Collector *collector) { return bytes_of(collector->kept->data, collector->kept->len); }

int64_t collector_whole_size(const Collector *collector) { return collector->size > collector->limit ? collector->size : 0; }
