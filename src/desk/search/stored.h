// Rows as the statements of search give them, seen by its verbs alone.
#pragma once

#include "desk/conversation/conversation.h"

typedef struct SearchState {
  int64_t up_to, changes;
} SearchState;

typedef struct SearchEvent {
  int64_t id, number;
  bool is_known;
} SearchEvent;
LIST_DEFINE(SearchEvent)

typedef enum SearchTextKind { SEARCH_TEXT, SEARCH_SENDER, SEARCH_RECIPIENT, SEARCH_FACT } SearchTextKind;
typedef struct SearchText {
  int64_t number, at; // at: when it was said; 0: at no time
  SearchTextKind kind;
  const char *text;
} SearchText;
LIST_DEFINE(SearchText)

// Documents are numbered downward from here, so that the newest stands first in the order of FTS5, which is slow the other way round: it
// would read a page of each segment to its end before it gives the first.
#define SEARCH_DOC_FIRST (INT64_C(1) << 40)

typedef struct SearchDoc {
  int64_t id, number, up_to;
  const char *words;
} SearchDoc;
LIST_DEFINE(SearchDoc)

typedef struct SearchNewest {
  int64_t number, up_to;
} SearchNewest;
LIST_DEFINE(SearchNewest)

typedef struct SearchBody {
  int64_t number, message_id;
  MessageKind kind;
  const char *body;
} SearchBody;
LIST_DEFINE(SearchBody)

typedef struct SearchName {
  int64_t id;
  const char *name, *key;
} SearchName;
LIST_DEFINE(SearchName)

typedef struct SearchHit {
  int64_t doc;
  ConversationRow row;
} SearchHit;
LIST_DEFINE(SearchHit)
