// What a link says. Internal to the desk.
#pragma once

#include "desk/desk.h"

typedef struct OfferToken {
  int64_t offer_id, place, until_hour;
} OfferToken;
bool offer_token_read(const Desk *desk, const char *text, OfferToken *out); // false: none of ours
