// What a mail says of an offer. Internal to the desk.
#pragma once

#include "desk/complaint/complaint.h"
#include "desk/offer/offer.h"
#include "desk/template/language.h"

typedef struct OfferLetter {
  const Offer *offer;
  const Complaint *complaint; // NULL: the conversation carries none
  const char *origin;         // NULL: no links
  const Language *language;
  GTimeZone *zone;
} OfferLetter;
// Light Markdown to stand below the answer: the options with their links, and what the complaint's legal profile prescribes for a
// summary or final response.
const char *offer_words(Arena *arena, const Desk *desk, const OfferLetter *letter);
