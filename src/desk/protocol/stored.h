// Rows as they are stored, seen only by the verbs of protocols and scripts.
#pragma once

#include "desk/protocol/guide.h"

typedef struct GuideStand { // what a verb must know of a guide to change it
  int64_t id, version;
  bool is_retired, is_shipped; // shipped: the program made the version that counts
  const char *content;
} GuideStand;

typedef struct PickedScript { // stands in somebody's draft
  int64_t id, guide_id, version;
  const char *content;
} PickedScript;
LIST_DEFINE(PickedScript)

typedef struct FactsRow {
  const char *subject, *customer_name, *customer_called, *mailbox_address, *mailbox_name, *mailbox_zone;
  const char *reading; // of the customer's latest message, as JSON; NULL
} FactsRow;
