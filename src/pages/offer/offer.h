// Offers in the browser: the page that a customer's link opens, and what agents see of an offer below the answer that carried it.
#pragma once

#include "desk/complaint/complaint.h"
#include "desk/hours/deadline.h"
#include "desk/offer/offer.h"
#include "pages/brand/brand.h"
#include "pages/visit.h"

typedef struct OfferView {
  const Visit *visit;
  const Offer *offer;
  const char *view_word; // the list that the conversation was opened from
  const char *customer;  // their name
  int64_t guess;         // the option that `guess_message` seems to choose; 0: none of them; -1: it cannot be told
  int64_t guess_message; // the customer's latest message since; 0: none
} OfferView;
LIST_DEFINE(OfferView)

// Of a thread, with what the customer's latest message seems to choose.
bool offer_views(const Visit *visit, const Thread *thread, const char *view_word, OfferViewList *out, GError **error);
const OfferView *offer_view_of(const OfferViewList *views, int64_t message_id); // NULL: that message carries none
const char *offer_status(const OfferView *view);                                // a sentence
const char *offer_option_words(const OfferView *view, int64_t place);           // its title; "none of these"
bool offer_can_be_noted(const OfferView *view);

// What stands in the composer's part for options.
typedef struct OfferFields {
  const char *options; // one a line
  OfferKind kind;
  const Complaint *complaint; // NULL: the conversation carries none
  bool links;                 // the mail will carry links
} OfferFields;
OfferDraft offer_read_form(const Visit *visit, const char **out_options);

typedef struct ChoosePage {
  const Visit *visit;
  const char *desk_name, *token;
  const OfferVisit *offer;
  const char *words, *problem;
  const char *last_day; // until when the links work
  BrandHead brand;
} ChoosePage;
