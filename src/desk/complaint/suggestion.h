// The suggestion to make a complaint of a conversation, which follows from the readings; a person takes it up or turns it down.
#pragma once

#include "desk/complaint/complaint.h"

// Why a conversation reads like a complaint, in words for "This reads like a complaint: …"; `*out` NULL when it does not, when it is one,
// or when somebody said that it is none.
bool complaint_suggestion(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error);
// "It is not": nobody is asked again, and no rule makes one of it.
bool complaint_deny(Desk *desk, const Staff *actor, int64_t number, GError **error);
