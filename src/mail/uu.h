// Uuencode: files that stand in the text of a mail, from before there was MIME.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/list.h"

typedef struct UuFile {
  const char *name; // as written behind "begin 644 "
  Bytes bytes;
} UuFile;
LIST_DEFINE(UuFile)

// Takes every complete "begin … end" block out of `text` and returns what is left. Linear.
const char *uu_extract(Arena *arena, const char *text, UuFileList *out_files);
// The bytes of encoded lines, with or without the "begin" line.
Bytes uu_decode(Arena *arena, Bytes lines);
