// Rows as they are stored.
#pragma once

#include "base/list.h"
#include "desk/conversation/conversation.h"

typedef struct BatchItem {
  int64_t number, was_assignee, was_team, was_snoozed, was_woke, was_waiting, became_assignee, became_solved;
  Priority was_priority;
} BatchItem;
LIST_DEFINE(BatchItem)
