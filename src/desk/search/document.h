// Documents: what can be found of some conversations, made from their rows. Internal to this folder.
#pragma once

#include "base/list.h"
#include "desk/hours/hours.h"

#define DOCUMENT_MESSAGES 2000    // of a conversation, the newest
#define DOCUMENT_CHARACTERS 50000 // of a message
#define DOCUMENT_WORDS 20000      // different ones of a conversation

// "12,15,99", as statements take a set of numbers.
const char *number_list(Arena *arena, const IntList *numbers);
// The documents of `numbers`, in their order; "" for what is merged away or not there.
bool documents_make(Arena *arena, Desk *desk, const BusinessHours *hours, const IntList *numbers, TextList *out, GError **error);
