// TNEF: winmail.dat, in which Outlook wraps a mail that it thinks another Outlook will read (MS-OXTNEF).
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/list.h"

#include <stdbool.h>

typedef struct TnefFile {
  const char *name;       // as written; "" when it has none
  const char *type;       // as written; "" when it has none
  const char *content_id; // NULL when it has none
  Bytes bytes;
} TnefFile;
LIST_DEFINE(TnefFile)

typedef struct Tnef {
  const char *text, *html; // NULL when there is none
  TnefFileList files;
  bool is_cut; // it ends in the middle
} Tnef;

bool tnef_is(Bytes bytes); // begins as one
// Reads what can be read, which may be nothing; false when it is none. The files point into `bytes`. Linear.
bool tnef_read(Arena *arena, Bytes bytes, Tnef *out);
