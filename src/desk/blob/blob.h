// Blobs: bytes kept under their SHA-256, each content once, packed with zstd when that helps.
#pragma once

#include "base/bytes.h"
#include "desk/desk.h"

// A blob made ready outside the transaction, where packing costs nobody time.
typedef struct Blob {
  Bytes hash;    // 32 bytes
  Bytes content; // as it will be stored
  int64_t size;  // of the plain bytes
  bool is_packed;
} Blob;

Blob blob_prepare(Arena *arena, Bytes plain);
Bytes blob_hash(Arena *arena, Bytes plain);
bool blob_keep(Desk *desk, const Blob *blob, GError **error);                           // does nothing when it is there
bool blob_load(Arena *arena, Desk *desk, Bytes hash, Bytes *out_plain, GError **error); // ERROR_NOT_FOUND, ERROR_BROKEN
