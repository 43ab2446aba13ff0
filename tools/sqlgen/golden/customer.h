// What the golden statements read their rows into.
#pragma once

#include "base/bytes.h"
#include "base/list.h"

#include <stdbool.h>

typedef enum ConversationState { CONVERSATION_NEW, CONVERSATION_OPEN } ConversationState;

typedef struct Customer {
  int64_t id;
  const char *name;
  double score;
  Bytes picture;
  bool is_blocked;
  const char *note;
} Customer;
LIST_DEFINE(Customer)

typedef struct Conversation {
  int64_t id;
  const char *subject;
  ConversationState state;
  Customer customer;
} Conversation;
LIST_DEFINE(Conversation)
