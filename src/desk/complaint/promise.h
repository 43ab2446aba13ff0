// Promises: what somebody said would happen by a day, in a conversation, and whether it was kept. "Did we keep our promise?" is asked of
// the desk as a whole, never of a person.
#pragma once

#include "base/list.h"
#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"

typedef enum PromiseState { PROMISE_RUNNING, PROMISE_KEPT, PROMISE_BROKEN, PROMISE_STATE_COUNT } PromiseState;

typedef struct Promise {
  int64_t id, number, staff_id, made_at, due_at, settled_at;
  const char *staff_name, *words;
  PromiseState state;
  const char *result;     // what became of it; "" while it is running
  const char *settled_by; // NULL while it is running
} Promise;
LIST_DEFINE(Promise)

// A row of the list of those that are running.
typedef struct PromiseRow {
  int64_t id, number, due_at;
  const char *words, *staff_name, *subject, *customer_name;
} PromiseRow;
LIST_DEFINE(PromiseRow)
#define PROMISE_PAGE 50
// PROMISE_PAGE rows, the longest overdue on top. `after_due` and `after_id` 0: from the top, else the last row of the page before.
bool promise_list_running(Arena *arena, Desk *desk, int64_t after_due, int64_t after_id, PromiseRowList *out, bool *out_has_more,
                          GError **error);

#define PROMISE_WORDS_MOST 500 // characters
#define PROMISES_SHOWN 50

// Those of a conversation, running ones first and the earliest of them on top; at most PROMISES_SHOWN.
bool promise_list(Arena *arena, Desk *desk, int64_t number, PromiseList *out, GError **error);
// ERROR_INVALID without words or a day to come; ERROR_CONFLICT when the conversation carries a complaint that is closed.
bool promise_make(Desk *desk, const Staff *actor, int64_t number, int64_t due_at, const char *words, int64_t *out_id,
                  GError **error);
// Says whether it was kept, with what came of it in a sentence. ERROR_NOT_FOUND, ERROR_CONFLICT when somebody said so before,
// ERROR_INVALID without a sentence for one that was not kept.
bool promise_settle(Desk *desk, const Staff *actor, int64_t promise_id, bool kept, const char *result, GError **error);
// A promise that is running gets a later day; what was said first stays in the journal.
bool promise_postpone(Desk *desk, const Staff *actor, int64_t promise_id, int64_t due_at, const char *why, GError **error);

// How many are due before a moment, up to PROMISES_COUNTED: beyond that the rail says "100+".
#define PROMISES_COUNTED 100
bool promise_count_due(Desk *desk, int64_t before, int64_t *out, GError **error);

// "Did we keep our promise?", of those that were settled since a moment; for the desk as a whole.
typedef struct PromiseShare {
  int64_t kept, broken;
} PromiseShare;
bool promise_share(Desk *desk, int64_t since, PromiseShare *out, GError **error);
