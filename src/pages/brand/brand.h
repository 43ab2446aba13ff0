// Branding: for administrators its page, for customers the head of the pages that they open.
#pragma once

#include "desk/brand/brand.h"
#include "pages/shell/shell.h"

typedef struct AccentChoice {
  const char *word, *title;
  bool is_chosen;
} AccentChoice;
LIST_DEFINE(AccentChoice)

typedef struct BrandPage {
  const Visit *visit;
  Brand brand;
  BrandMark *mark;                   // what mails carry; NULL: nothing
  const char *name, *problem, *kept; // problem: of the name, or of the logo when `is_about_logo`
  bool is_about_logo;
  const BrandAccent *accent; // as it was chosen; NULL: as it is kept
  AccentChoiceList accents;
} BrandPage;

// The head of a page that customers open; what cannot be loaded is left out, for their page is worth more than our logo.
typedef struct BrandHead {
  const char *name, *accent, *logo; // accent: a class; logo: "": none
} BrandHead;
BrandHead brand_head(const Visit *visit);
