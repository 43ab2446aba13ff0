// Rows that only the verbs of this folder see, and what they share.
#pragma once

#include "desk/customer/organisation.h"
#include "desk/customer/people.h"
#include "desk/customer/same.h"

typedef struct CustomerIndex { // what the words of a customer are made of
  int64_t id, organisation_how;
  const char *name, *address, *phone; // the oldest of each
} CustomerIndex;

typedef struct CustomerLock {
  int64_t id, merged_into, organisation_how;
} CustomerLock;

typedef struct OrganisationLock {
  int64_t id, merged_into;
} OrganisationLock;

typedef struct CustomerMark { // one message, for counting effort
  int64_t number, message_id, made_at, waiting_since, solved_at;
  MessageKind kind;
} CustomerMark;
LIST_DEFINE(CustomerMark)

typedef struct CaseWriter { // of a message that was reported
  const char *author_address;
  int64_t customer_id; // of its conversation
} CaseWriter;
LIST_DEFINE(CaseWriter)

typedef struct LikeRow { // somebody who may be the same, with the first reason
  int64_t id, how, organisation_id;
  const char *name, *address;
} LikeRow;
LIST_DEFINE(LikeRow)

typedef struct TwinRow {
  int64_t low_id, high_id, how;
  const char *low_name, *high_name, *low_address, *high_address, *key;
  bool is_same_house;
} TwinRow;
LIST_DEFINE(TwinRow)

// Locks the customer, who must be one of their own. Inside the caller's transaction.
bool customer_hold(Arena *arena, Desk *desk, int64_t id, CustomerLock **out, GError **error);
// Makes the keys and words of a customer anew from what they have now, and puts who is nowhere where their domain says. Inside the
// caller's transaction.
bool customer_index(Arena *arena, Desk *desk, int64_t id, GError **error);
// Holds an organisation that stands for itself: it is joined to none until the caller's transaction ends. Before any customer is locked.
bool organisation_hold(Arena *arena, Desk *desk, int64_t id, GError **error);
// Makes the words of an organisation anew. Inside the caller's transaction.
bool organisation_index(Arena *arena, Desk *desk, int64_t id, GError **error);
// The words of a search, the longest first: it leads. "@moor" looks for a domain.
void customer_search_words(Arena *arena, const char *text, size_t most, TextList *out);
// The words of a text, folded: each begins a hit. `out` may hold some already.
void customer_words(Arena *arena, const char *text, TextList *out);
const char *customer_words_json(Arena *arena, const TextList *words);
const char *customer_phone_key(Arena *arena, const char *phone); // the last nine digits; "" for fewer than six
const char *customer_domain(const char *address_key);            // what stands behind the last @; ""
