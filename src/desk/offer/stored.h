// Rows as they are stored, seen only by the verbs of offers.
#pragma once

#include "desk/offer/offer.h"

typedef struct StoredOption {
  int64_t offer_id;
  const char *title;
} StoredOption;
LIST_DEFINE(StoredOption)

typedef struct OfferMark {
  int64_t id, staff_id;
  const char *staff_name;
  OfferKind kind;
  OfferState state;
} OfferMark;

// An offer with its options; `*out` NULL when there is none.
bool offer_load(Arena *arena, Desk *desk, int64_t offer_id, Offer **out, GError **error);
