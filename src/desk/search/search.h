// Search: every conversation by its words and by what is true of it.
//
// What can be found of a conversation is one document: each word of its subject, messages, notes, names, addresses and attachments once,
// and its facts ("with Mira", "tagged refund") as words that nobody can write. A thread of src/jobs reads the journal and writes the
// documents, so mail that comes in waits for none of it; a second later it can be found. Whatever changes a conversation writes to the
// journal, and so merges, moves and answers taken back need nothing of their own. Results come newest change first, and no more is
// looked at than a page needs, however common a word is.
//
// In a query words may be parts of words, "quoted words" are whole ones, and a minus means without. Filters are word:value, see
// search_filters(). What cannot be understood is said in a sentence and otherwise left out; nothing that is typed is an error.
#pragma once

#include "base/list.h"
#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"

#define SEARCH_TEXT_MOST 2000 // characters of a query; the rest is not read
#define SEARCH_TERMS_MOST 16
#define SEARCH_PAGE 30

// One of the filters, for the help beside the box and for suggestions.
typedef struct SearchFilter {
  const char *example, *meaning; // "is:open"
} SearchFilter;
const SearchFilter *search_filters(size_t *out_count);

typedef struct SearchGroup { // what is found has one of the words, or none of them
  TextList any_of;
  bool is_without;
} SearchGroup;
LIST_DEFINE(SearchGroup)

typedef struct Search {
  const char *text; // as it was typed, one line
  SearchGroupList groups;
  const char *query;  // the groups for db/full_text.h; NULL: nothing is looked for
  TextList problems;  // sentences about what was not understood
  TextList marks;     // folded words to show in what is found: those that stand free
  TextList who_marks; // and in whose it is, with those after from:
  bool has_words;     // something besides filters
  bool has_times;     // what it finds changes as days go by
  bool is_personal;   // "mine" and the like: it means something else for everybody
} Search;

// Reads what `who` typed. Names are looked up; parts of words become the words that hold them, at most 24 each.
bool search_read(Arena *arena, Desk *desk, const Staff *who, const char *text, bool shows_readings, Search *out, GError **error);

// Whether a document (a set of its words) is found by it.
bool search_matches(const Search *search, GHashTable *words);

// What stands around what was found; hits are to be marked.
typedef struct SnippetPiece {
  const char *text;
  bool is_hit;
} SnippetPiece;
LIST_DEFINE(SnippetPiece)

typedef struct SearchResult {
  ConversationRow *row;
  int64_t message_id; // where the snippet is from; 0: nowhere
  MessageKind kind;   // of that message
  bool is_attachment; // the snippet is the name of a file
  SnippetPieceList subject, who, snippet;
} SearchResult;
LIST_DEFINE(SearchResult)

typedef struct SearchPage {
  SearchResultList results;
  bool has_more;
  int64_t next; // pass it to get the next page
} SearchPage;

// `after` 0: the newest.
bool search_look(Arena *arena, Desk *desk, const Search *search, int64_t after, SearchPage *out, GError **error);

// The rows alone, at most `most`, for lists: the key of each is what comes next after it.
bool search_rows(Arena *arena, Desk *desk, const Search *search, int64_t after, int64_t most, ConversationPage *out,
                 GError **error);

// Brings documents up to what happened since, some conversations in one transaction; several nodes may try. `*out_more`: that was not
// all yet.
bool search_catch_up(Desk *desk, bool *out_more, GError **error);
// Forgets every document; search_catch_up makes them again from the first event on.
bool search_rebuild(Desk *desk, GError **error);
// What has this tag is to be read again, though its journal says nothing: tags are united. Inside the caller's transaction.
bool search_tag_changes(Desk *desk, int64_t tag_id, GError **error);
// Likewise every conversation of a customer who has another name or other addresses now.
bool search_customer_changes(Desk *desk, int64_t customer_id, GError **error);
// Grows whenever something else can be found than before.
bool search_changes(Desk *desk, int64_t *out, GError **error);
// Compares the documents with the conversations as they are; what is not in step is said in `out`. What happened since the last
// search_catch_up is none of it.
bool search_verify(Arena *arena, Desk *desk, TextList *out, GError **error);
