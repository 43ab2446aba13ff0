// What stood in the form of an answer.
#pragma once

#include "pages/conversation/conversation.h"

typedef struct Written {
  ReplyDraft draft;
  const char *cc, *bcc; // as they were written, with those who were ticked
  const char *options;  // one a line
  const char *wrong;    // the address that cannot be read; NULL
} Written;

Written written_read(const Visit *visit, int64_t number);
