// Embedding: files become a C table. Two kinds: assets for browsers, with a hash in their path and compressed beforehand
// (WebAsset in web/web.h), and raw files (EmbeddedFile in base/embedded.h).
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/list.h"

typedef struct InputFile {
  const char *name; // without folder
  Bytes bytes;
} InputFile;
LIST_DEFINE(InputFile)

// The C source that defines `const WebAsset symbol[]` and `const size_t symbol_count`. Where an asset's text names another as
// /assets/NAME, the hashed path is put in its place; the other must come earlier in `files`. Comments in scripts and style sheets stay out
// (trim.h). ERROR_INVALID names the file and line of a reference to nothing or to a later one, a doubled name, or an ending whose type is
// not known.
bool embed_assets(Arena *arena, const InputFileList *files, const char *symbol, GString *out, GError **error);
// The same for `const EmbeddedFile symbol[]`. Only a doubled name is refused.
bool embed_raw(const InputFileList *files, const char *symbol, GString *out, GError **error);
// A header that declares the table; `type` is WebAsset or EmbeddedFile.
void embed_header(const char *type, const char *symbol, GString *out);
