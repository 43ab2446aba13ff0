// Rows of views as their statements give them.
#pragma once

#include "base/list.h"
#include "desk/view/view.h"

typedef struct ViewEntry {
  int64_t view_id, number, queue_key;
} ViewEntry;
LIST_DEFINE(ViewEntry)

typedef struct ViewPlace { // where a conversation stands in the queue
  int64_t number, queue_key;
} ViewPlace;
LIST_DEFINE(ViewPlace)

typedef struct UnfilledView {
  int64_t id, made_by, filled_to;
  const char *query;
} UnfilledView;
