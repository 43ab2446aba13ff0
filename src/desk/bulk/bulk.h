// One thing done to many conversations, with a way back for ten minutes. Each conversation is changed in a transaction of its own, which
// also writes down how it stood; so what cannot be done to one (a complaint is open; it was merged away) keeps no other from it, and is
// said. Undoing leaves alone what somebody changed since, and says so.
#pragma once

#include "base/list.h"
#include "desk/staff/staff.h"

typedef enum BulkKind {
  BULK_ASSIGN,
  BULK_TEAM,
  BULK_PRIORITY,
  BULK_SNOOZE,
  BULK_SOLVE,
  BULK_TAG,
  BULK_UNTAG,
  BULK_MERGE,
  BULK_KIND_COUNT
} BulkKind;
const char *bulk_kind_word(BulkKind kind); // "assign", "team", …: as in forms
bool bulk_kind_from_word(const char *word, BulkKind *out);

#define BULK_MOST 200
#define BULK_UNDO (10 * CLOCK_MINUTE)

typedef struct BulkItem {
  int64_t number;
  const char *problem; // why nothing was done to it; "" when something was, or it stood so already
  bool is_change;
} BulkItem;
LIST_DEFINE(BulkItem)

typedef struct Batch {
  int64_t id, staff_id, value, made_at, undone_at;
  BulkKind kind;
  const char *label; // what was done, beside the kind: "Jonas Feld", "urgent"
  int64_t changed;
  BulkItemList items;
} Batch;

typedef struct BulkRow { // of what somebody chose
  int64_t number, customer_id;
  const char *subject, *customer_name;
} BulkRow;
LIST_DEFINE(BulkRow)
// Those of `numbers` that are there and not merged away, by number; at most BULK_MOST.
bool bulk_rows(Arena *arena, Desk *desk, const IntList *numbers, BulkRowList *out, GError **error);

// `value`: whom, team, Priority, until when, 0, tag, tag, or the conversation that the others are merged into, which is one of them. Only
// conversations of its own customer are merged. At most BULK_MOST numbers, each counted once. ERROR_INVALID when there are none or too
// many, or the value makes no sense for any of them.
bool bulk_do(Arena *arena, Desk *desk, const Staff *actor, BulkKind kind, int64_t value, const IntList *numbers, Batch *out,
             GError **error);
bool bulk_find(Arena *arena, Desk *desk, const Staff *actor, int64_t id, Batch *out,
               GError **error); // ERROR_NOT_FOUND also for somebody else's
// The same without its items; NULL unless it is theirs and may be undone. One statement.
bool bulk_fresh(Arena *arena, Desk *desk, const Staff *actor, int64_t id, Batch **out, GError **error);
bool bulk_may_undo(const Desk *desk, const Batch *batch);

typedef struct BulkUndone {
  int64_t put_back;
  IntList left; // changed since, and left alone
} BulkUndone;
// ERROR_CONFLICT when it was undone before, or ten minutes are over.
bool bulk_undo(Arena *arena, Desk *desk, const Staff *actor, int64_t id, BulkUndone *out, GError **error);
