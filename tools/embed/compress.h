// Compression done once, at build time, as hard as it goes. The same input gives the same bytes on every run.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

// {NULL, 0} when the result is not smaller than `plain`.
Bytes compress_gzip(Arena *arena, Bytes plain);   // level 9
Bytes compress_brotli(Arena *arena, Bytes plain); // quality 11
