// Promises due: all that are running, late ones on top, and how many were kept.
#pragma once

#include "desk/complaint/promise.h"
#include "pages/shell/shell.h"

typedef struct PromisesPage {
  PromiseRowList rows;
  bool has_more;
  int64_t next_due, next_id;
  bool is_continued;
  PromiseShare share; // over the last PROMISES_SHARE_DAYS
  int64_t today_ends; // what is due before is due today
} PromisesPage;
#define PROMISES_SHARE_DAYS 90

const char *promises_share_words(Arena *arena, const PromiseShare *share);                       // "41 of 45 were kept (91 %)"
const char *promises_class(const PromisesPage *page, const Visit *visit, const PromiseRow *row); // "late", "due", ""
