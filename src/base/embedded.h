// Embedded files: what `tools/embed --raw` builds into the program, such as the mails of the sample workspace.
#pragma once

#include "base/bytes.h"

typedef struct EmbeddedFile {
  const char *name; // the file's own name, without its folder
  Bytes bytes;      // followed by a NUL byte that is not counted, so a text file can be read as a string
} EmbeddedFile;
