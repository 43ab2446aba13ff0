// Rows as they are stored, and spending; seen only by the verbs of this folder.
#pragma once

#include "desk/conversation/stand.h"
#include "desk/remedy/limit.h"

// What a verb must know of a remedy to change how it stands.
typedef struct StoredRemedy {
  int64_t id, number, customer_id, asked_by, amount, given_by, given_day, carried_out_at;
  StaffRole given_role;
  RemedyKind kind;
  RemedyState state;
  const char *currency;
} StoredRemedy;

typedef struct SpendDrift {
  int64_t scope, who;
  const char *currency;
  int64_t kept, counted;
} SpendDrift;
LIST_DEFINE(SpendDrift)

// Locks the remedy and the conversation it stands in, in this order: conversation, remedy. Inside the caller's transaction.
bool remedy_load(Arena *arena, Desk *desk, int64_t id, ConversationStand **out_stand, StoredRemedy **out, GError **error);
// Writes the journal of its conversation: "refund of 20.00 EUR".
bool remedy_note(Arena *arena, Desk *desk, const StoredRemedy *remedy, EventKind kind, const Staff *actor, GError **error);

// Something that one of the staff gives to a customer.
typedef struct Spending {
  const Staff *giver;
  int64_t customer_id;
  RemedyKind kind;
  int64_t amount;
  const char *currency;
  int64_t now;
} Spending;
// Takes the purses, which nobody else gets until the transaction ends, then looks whether it is within all limits; if so it is counted.
// `*out_why` NULL: it was. Inside the caller's transaction.
bool spend(Arena *arena, Desk *desk, const Spending *spending, const char **out_why, GError **error);
// Counts back what was given.
bool spend_back(Desk *desk, const StoredRemedy *remedy, GError **error);
int64_t spend_day(int64_t moment); // days since 1970 UTC

// Whoever changes limits and whoever asks for approval take turns, so that no request stands open to those whom the old limits allowed it.
// Inside the caller's transaction, after all purses.
bool limit_take_turn(Desk *desk, GError **error);

// Which roles may decide about an amount as far as their limits for EACH remedy go: bits 1 << StaffRole.
bool limit_deciders(Arena *arena, Desk *desk, RemedyKind kind, int64_t amount, const char *currency, int64_t *out,
                    GError **error);
