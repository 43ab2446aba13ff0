// The list beside every conversation: a page of one view, who waits longest on top unless another order was chosen.
#pragma once

#include "pages/bulk/bulk.h"
#include "pages/conversation/sent.h"
#include "pages/search/found.h"
#include "pages/shell/shell.h"

typedef enum ListSort { LIST_BY_WAIT, LIST_BY_NEWEST, LIST_BY_DUE, LIST_BY_PRIORITY, LIST_SORT_COUNT } ListSort;

typedef struct ListChange { // what the view that is shown is to be, as it stands in the form
  ViewDraft draft;
  ViewProblems problems;
} ListChange;

typedef struct ListView {
  const Visit *visit;
  View view;
  const SavedView *saved; // NULL: it is one of the desk's own
  Found found;            // what is looked for, in VIEW_FOUND
  ListChange change;      // of it
  const char *title;
  ListSort sort;
  bool is_page;                    // it is what this page is about (its title is the page's)
  int64_t after_key, after_number; // what the page before ended with; 0: it is the first
  bool is_continued;               // not the beginning of it
  int64_t current;                 // number of the conversation that is open beside it; 0: none
  ConversationPage page;
  BulkNotice bulk; // what was done to several just now
  bool chooses;    // boxes stand in the rows; the scripts put them there by themselves
  RowFactsList facts;
  SentAnswer sent; // what was sent before one came here, and can still be taken back
} ListView;

// Reads view, order and place in the list from the address (?view=, ?sort= and ?after=); of what a search found also what it was (?q=).
bool list_view_load(const Visit *visit, int64_t current, ListView *out, GError **error);
bool list_may_sort(const ListView *list, ListSort sort);
const char *list_sort_word(ListSort sort);                        // "wait", "newest", "due", "priority"
const char *list_sort_words(const ListView *list, ListSort sort); // "Who waits longest comes first"
const char *list_suffix(
  const ListView *list); // "&sort=due&after=12.1004", behind ?view=; "" for the usual order from the top; "&q=bell"
const char *list_address(const ListView *list, int64_t after_key, int64_t after_number); // of the list, from there on
const char *list_back_address(const ListView *list); // of its page, from the conversation that is open beside it
const char *list_row_address(const ListView *list, const ConversationRow *row);
bool list_is_filling(const ListView *list);          // a view of somebody's making that is new: not all of it is here yet
bool list_is_indexed(const ListView *list);          // it shows what search knows, a moment after the change itself
const char *list_stage_title(const RowFacts *facts); // "Assessed"
const RowFacts *list_facts(const ListView *list, const ConversationRow *row);  // never NULL
const char *list_state_words(const Visit *visit, const ConversationRow *row);  // the same for a row of no list
const char *list_next_words(const ListView *list, const ConversationRow *row); // "with you", "nobody yet", "their turn"
bool list_says_more(const ConversationRow *row, const RowFacts *facts);        // its last line holds more than when it is due
const char *list_due_words(const Visit *visit, int64_t due_at);                // "due in 3 h", "2 days late"
const char *list_tags(const Visit *visit, const RowFacts *facts);              // "refund, bell"
const char *list_subject(const Visit *visit, const ConversationRow *row);      // the snippet when there is no subject
const char *list_who(const ConversationRow *row);                              // the address when there is no name

WebHandler list_page;
// The list of the view that the form names, with what could not be changed of it and why.
bool list_show_problem(const Visit *visit, WebResponse *response, const ListChange *change, GError **error);
