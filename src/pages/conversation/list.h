// The list beside every conversation: a page of one view, who waits longest on top.
#pragma once

#include "pages/bulk/bulk.h"
#include "pages/shell/shell.h"

typedef struct ListView {
  const Visit *visit;
  View view;
  bool is_page;      // it is what this page is about (its title is the page's)
  bool is_continued; // not the beginning of the view
  int64_t current;   // number of the conversation that is open beside it; 0: none
  ConversationPage page;
  BulkNotice bulk;   // what was done to several just now
} ListView;

// Reads view and place in the list from the address (?view= and ?after=).
bool list_view_load(const Visit *visit, int64_t current, ListView *out, GError **error);
const char *list_state_words(const Visit *visit, const ConversationRow *row); // the same for a row of no list
const char *list_next_words(const ListView *list, const ConversationRow *row); // "with you", "nobody yet", "their turn"
const char *list_subject(const ConversationRow *row);                          // the snippet when there is no subject
const char *list_who(const ConversationRow *row);                              // the address when there is no name

WebHandler list_page;
