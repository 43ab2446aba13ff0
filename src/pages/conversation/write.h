// What stood in the form of an answer.
#pragma once

#include "pages/conversation/conversation.h"

typedef struct Written {
  ReplyDraft draft;
  const char *cc, *bcc; // as they were written, with those who were ticked
  const char *options;  // one a line
  int64_t base;         // the version of the draft that the page had
  const char *writer;   // the open page; "" without its scripts
  DraftWay way;         // which button sent it; DRAFT_WAY_UNSAID when it was not to be sent
  const char *wrong;    // the address that cannot be read; NULL
} Written;

Written written_read(const Visit *visit, int64_t number);
// Keeps what stands in the form as the writer's draft; nothing written is nothing kept. Files that are too large together are not kept:
// which of them to leave out is for the writer to choose.
bool written_keep(const Visit *visit, const Written *written, DraftKind kind, bool with_files, GError **error);
// The conversation of the address, or where it went on: who writes while somebody merges finds their text again there.
bool written_number(const Visit *visit, int64_t *out, GError **error);
