// Abusive words on a page: folded where they stand, opened by one click, also without scripts. The rest stays where it was.
#pragma once

#include "pages/conversation/reading.h"
#include "pages/shell/shell.h"

typedef struct ShieldPart {
  const char *label; // what is folded; NULL: nothing, it is simply shown
  TextRunList runs;
} ShieldPart;
LIST_DEFINE(ShieldPart)

typedef struct ShieldView {
  ShieldPartList parts; // every byte of the text is in exactly one run of one part
  bool is_folded;       // any of it
  const char *sum;      // when nothing else is said: what was read in it all the same; NULL
} ShieldView;

// The text of somebody from outside, with the evidence of its reading marked; `reading` NULL: there is none to show. A person who said that it
// is calm or merely angry is believed, and nothing is folded.
ShieldView shield_view(const Visit *visit, const char *text, const ShownReading *reading, bool shows_evidence);
// Text of ours: nothing is folded.
ShieldView shield_plain_view(const Visit *visit, const char *text);
bool shield_hides(const Visit *visit, const char *text); // anything of it
bool shield_hides_files(const Visit *visit, const ShieldView *view);
// Without words that are folded in the text that they were taken from.
void shield_quotes(const Visit *visit, QuoteList *quotes);
