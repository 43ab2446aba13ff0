// The sign-in page.
#pragma once

#include "pages/visit.h"

typedef struct SignInPage {
  const Visit *visit;
  const char *desk_name;
  const char *email;   // as typed before
  const char *next;    // where to go afterwards: a path of ours
  const char *problem; // NULL when there is none
  bool is_unsent;      // they come from a form that was not taken, because nobody was signed in
  bool is_new;         // nobody has set the desk up, so that nobody can sign in
} SignInPage;
