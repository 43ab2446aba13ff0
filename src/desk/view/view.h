// Views that people make: a search with a name, for oneself or for everybody, in the rail.
//
// Which conversations are in one is kept, not looked for: the thread that follows the journal for search (search/index.c) knows what
// every conversation is after a change, and puts it in or takes it out, a second later. So a view has a count at any size, and shows who
// waits longest first. What a view finds by the calendar ("before:", "after:today") changes without any conversation changing, and
// what everybody's view finds by "is:mine" is something else for each: those are searched when they are opened, and have no count.
#pragma once

#include "base/list.h"
#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"

typedef struct SavedView {
  int64_t id, staff_id, made_by; // staff_id 0: everybody's
  int64_t version;               // grows with each change
  const char *name, *query;
  bool is_kept;
  bool is_filling; // not all that belong in it are there yet
  int64_t count;   // when it is kept
} SavedView;
LIST_DEFINE(SavedView)

typedef struct ViewDraft { // what a view is to be
  const char *name, *query;
  bool is_shared;  // everybody's; else it is of whoever makes it so
  int64_t version; // of a change: the one that was looked at
} ViewDraft;

// Sentences about what cannot be, NULL where all is well: one of the name, one of the query, and one of the whole.
typedef struct ViewProblems {
  const char *name, *query, *whole;
} ViewProblems;

#define VIEW_NAME_MOST 30 // characters
#define VIEWS_MOST 30     // of one person, and of everybody

// Those of `staff` and everybody's, by name.
bool view_list(Arena *arena, Desk *desk, int64_t staff_id, SavedViewList *out, GError **error);
bool view_find(Arena *arena, Desk *desk, const Staff *who, int64_t id, SavedView **out,
               GError **error); // ERROR_NOT_FOUND; others' too
// What is wrong with a name or a query as a sentence in `*out_problem`; NULL: it was made.
bool view_make(Arena *arena, Desk *desk, const Staff *who, const char *name, const char *query, bool is_shared, int64_t *out_id,
               const char **out_problem, GError **error);
bool view_has_problem(const ViewProblems *problems);
// Nothing is changed when there is a problem; that somebody else changed it first is one of them. With another query, who is in it is
// found anew, as when it was made: its count begins at nothing and grows as search_catch_up goes on. ERROR_FORBIDDEN for everybody's that
// somebody else made, unless `who` supervises.
bool view_change(Arena *arena, Desk *desk, const Staff *who, int64_t id, const ViewDraft *draft, ViewProblems *out,
                 GError **error);
bool view_remove(Desk *desk, const Staff *who, int64_t id, GError **error); // ERROR_FORBIDDEN likewise
bool view_may_change(const Staff *who, const SavedView *view);              // and remove

// A page of one that is kept, who waits longest first; as conversation_list.
bool view_show(Arena *arena, Desk *desk, const SavedView *view, int64_t after_key, int64_t after_number, ConversationPage *out,
               GError **error);

// Internal to the desk, inside the caller's transaction: what these conversations are from now on, each as its document says.
bool view_follow(Arena *arena, Desk *desk, const IntList *numbers, const TextList *documents, GError **error);
// Goes on filling a view that is new or looks for something else than before; `*out_more`: one is not full yet.
bool view_fill(Desk *desk, bool *out_more, GError **error);
