// gzip through zlib (no name and no time in its header, so that builds repeat) and brotli.
#include "compress.h"

#include <brotli/encode.h>
#include <stdbool.h>
#include <zlib.h>

Bytes compress_gzip(Arena *arena, Bytes plain) {
  z_stream stream = {0};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
    g_error("zlib did not start");
  size_t room = deflateBound(&stream, plain.size);
  unsigned char *packed = arena_alloc(arena, room);
  stream.next_in = (z_const Bytef *)(uintptr_t)plain.data; // zlib does not write there
  stream.avail_in = (unsigned)plain.size;
  stream.next_out = packed;
  stream.avail_out = (unsigned)room;
  int result = deflate(&stream, Z_FINISH);
  size_t size = stream.total_out;
  deflateEnd(&stream);
  return result == Z_STREAM_END && size < plain.size ? bytes_of(packed, size) : bytes_of(NULL, 0);
}

Bytes compress_brotli(Arena *arena, Bytes plain) {
  size_t size = BrotliEncoderMaxCompressedSize(plain.size);
  unsigned char *packed = arena_alloc(arena, size);
  bool is_done = BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT, plain.size, plain.data,
                                       &size, packed);
  return is_done && size < plain.size ? bytes_of(packed, size) : bytes_of(NULL, 0);
}
