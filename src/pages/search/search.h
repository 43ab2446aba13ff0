// The search page: a box, what was found with its words marked, and the filters as links that add themselves to the query.
#pragma once

#include "desk/search/search.h"
#include "pages/bulk/bulk.h"
#include "pages/conversation/sent.h"
#include "pages/search/found.h"
#include "pages/shell/shell.h"

typedef struct SearchToken { // a filter that can be added
  const char *token, *meaning;
  const char *address; // of this query with it
} SearchToken;
LIST_DEFINE(SearchToken)

typedef struct SearchSheet {
  Shell shell;
  Search search;
  SearchPage page;
  Found found;
  SentAnswer sent; // as in the list
  BulkNotice bulk;
  SearchTokenList tokens;
  bool is_continued;
  const char *view_name, *view_problem; // what somebody called a view that could not be made, and why; NULL
  bool view_is_shared;
  const char *top, *more; // addresses
} SearchSheet;

const char *search_place_words(const SearchResult *result); // "in a note", "a file"; NULL: what the customer wrote

// Of the message that the snippet is from.
const char *search_address(const SearchSheet *sheet, const SearchResult *result);

WebHandler search_page;
