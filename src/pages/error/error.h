// The page for what went wrong.
#pragma once

#include "pages/shell/shell.h"

typedef struct ErrorPage {
  const char *title;   // what happened, short
  const char *message; // in a sentence
  const char *safe;    // what is safe
  const char *do_now;  // what to do
} ErrorPage;
