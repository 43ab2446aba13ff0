// Parts: a raw mail cut into its header lines and its leaves. No recursion, no copy of bodies, bounded in number and depth.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/list.h"

#include <gmime/gmime.h>
#include <stdbool.h>

#define PARTS_MOST 1000    // leaves; what comes after is left in the last one
#define PARTS_DEEPEST 60   // multiparts in each other; deeper ones are kept as one attachment
#define HEADERS_MOST 10000 // lines of one header block

typedef struct MailHeader {
  const char *name; // as written
  Bytes raw;        // what stands after the colon, folds and all
} MailHeader;
LIST_DEFINE(MailHeader)

typedef struct MailPart {
  int64_t parent; // index of the multipart it stands in; -1 for the mail itself
  MailHeaderList headers;
  const char *type;   // "text/plain", lower case; sniffed when the header is missing or senseless
  bool type_was_said; // by a Content-Type that makes sense
  bool is_multipart;
  const char *charset;     // NULL when not said
  const char *name;        // file name as the header gives it, decoded; NULL when none
  const char *disposition; // "attachment", "inline", …; NULL when none
  const char *content_id;  // without <>; NULL when none
  GMimeContentEncoding encoding;
  Bytes body;  // of a leaf, still encoded
  Bytes whole; // headers and all, up to the next boundary line: what a signature is over
} MailPart;
LIST_DEFINE(MailPart)

// Cuts `raw`, which must outlive the result. The parts stand in the order of the mail; the first is the mail itself.
MailPartList parts_split(Arena *arena, Bytes raw, TextList *problems);
// The body of a leaf, decoded.
Bytes parts_decode(Arena *arena, const MailPart *part);

// The first header called `name` with folds taken out, NUL dropped; NULL when there is none. Longer than 64 KB is cut.
const char *header_value(Arena *arena, const MailHeaderList *headers, const char *name);
// The same for any one header.
const char *header_unfold(Arena *arena, Bytes raw);
// Cuts a header block from the front of `raw`; returns where the body begins.
size_t headers_read(Arena *arena, Bytes raw, MailHeaderList *out_headers, TextList *problems);

// Adds a sentence unless there are many already.
void problem_add(Arena *arena, TextList *problems, const char *format, ...) __attribute__((format(printf, 3, 4)));
