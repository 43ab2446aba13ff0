// Bytes: a run of memory with a length, not terminated and not owned. Raw mails, attachments, hashes.
#pragma once

#include <stddef.h>
#include <string.h>

typedef struct Bytes {
  const void *data;
  size_t size;
} Bytes;

static inline Bytes bytes_of(const void *data, size_t size) { return (Bytes){data, size}; }
static inline Bytes bytes_of_text(const char *text) { return (Bytes){text, strlen(text)}; }
static inline int bytes_equal(Bytes a, Bytes b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}
