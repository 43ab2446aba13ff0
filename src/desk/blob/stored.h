// A row of the blob table as it is stored.
#pragma once

#include "base/bytes.h"
#include "base/list.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct StoredBlob {
  int64_t size;
  bool is_packed;
  Bytes content;
} StoredBlob;

typedef struct BlobMark {
  Bytes hash;
} BlobMark;
LIST_DEFINE(BlobMark)
