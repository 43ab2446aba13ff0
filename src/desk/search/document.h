// Documents: what can be found of some conversations, made from their rows. Internal to this folder.
#pragma once

#include "base/list.h"
#include "desk/hours/hours.h"

#define DOCUMENT_MESSAGES 1000    // of a conversation, the newest
#define DOCUMENT_CHARACTERS 20000 // of a message
#define DOCUMENT_BYTES 400000     // of a document; PostgreSQL takes a megabyte

// "12,15,99", as statements take a set of numbers.
const char *number_list(Arena *arena, const IntList *numbers);
// The documents of `numbers`, in their order; "" for what is merged away or not there.
bool documents_make(Arena *arena, Desk *desk, const BusinessHours *hours, const IntList *numbers, TextList *out, GError **error);
