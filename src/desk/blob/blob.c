// Packing is tried on everything over a hundred bytes and kept when it saves an eighth; pictures and archives stay as they are.
#include "desk/blob/blob.h"

#include "desk/blob.sql.h"

#include <sodium.h>
#include <zstd.h>

#define PACK_LEVEL 3
#define PACK_LEAST 100
#define BLOB_MOST ((size_t)512 * 1024 * 1024) // nothing larger is ever stored; a packed blob that claims more is damaged

Bytes blob_hash(Arena *arena, Bytes plain) {
  unsigned char *hash = arena_alloc(arena, crypto_hash_sha256_BYTES);
  crypto_hash_sha256(hash, plain.data, plain.size);
  return bytes_of(hash, crypto_hash_sha256_BYTES);
}

Blob blob_prepare(Arena *arena, Bytes plain) {
  // A NULL content would bind as SQL NULL; an empty blob is empty, not absent.
  Bytes content = plain.data ? plain : bytes_of("", 0);
  Blob blob = {.hash = blob_hash(arena, content), .content = content, .size = (int64_t)plain.size};
  if (plain.size < PACK_LEAST) return blob;
  size_t room = ZSTD_compressBound(plain.size);
  g_autofree char *packed = g_malloc(room);
  size_t size = ZSTD_compress(packed, room, plain.data, plain.size, PACK_LEVEL);
  if (!ZSTD_isError(size) && size <= plain.size - plain.size / 8) {
    blob.content = bytes_of(arena_copy(arena, packed, size), size);
    blob.is_packed = true;
  }
  return blob;
}

bool blob_keep(Desk *desk, const Blob *blob, GError **error) {
  return blob_insert(desk->db, blob->hash, blob->size, blob->is_packed, blob->content, error);
}

static bool unpack(Arena *arena, const StoredBlob *stored, Bytes *out_plain, GError **error) {
  if (stored->size < 0 || (size_t)stored->size > BLOB_MOST)
    return error_set(error, ERROR_BROKEN, "Stored bytes claim a size of %" G_GINT64_FORMAT "; restore them from a backup.",
                     stored->size);
  char *plain = arena_alloc(arena, (size_t)stored->size);
  size_t size = ZSTD_decompress(plain, (size_t)stored->size, stored->content.data, stored->content.size);
  if (ZSTD_isError(size) || size != (size_t)stored->size)
    return error_set(error, ERROR_BROKEN, "Stored bytes cannot be unpacked; restore them from a backup.");
  *out_plain = bytes_of(plain, size);
  return true;
}

bool blob_load(Arena *arena, Desk *desk, Bytes hash, Bytes *out_plain, GError **error) {
  StoredBlob *stored = NULL;
  if (!blob_select(arena, desk->db, hash, &stored, error)) return false;
  if (!stored) return error_set(error, ERROR_NOT_FOUND, "These bytes are not stored here.");
  if (stored->is_packed) {
    if (!unpack(arena, stored, out_plain, error)) return false;
  } else {
    *out_plain = stored->content;
  }
  if (!bytes_equal(blob_hash(arena, *out_plain), hash))
    return error_set(error, ERROR_BROKEN, "Stored bytes do not match their checksum; restore them from a backup.");
  return true;
}
