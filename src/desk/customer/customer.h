// Customers: the people who write to us, known by their addresses. Two customers are never joined by a guess.
#pragma once

#include "base/list.h"
#include "desk/desk.h"

// Finds the customer who owns the address, or makes one. An unusable address makes a customer without one. Inside the
// caller's transaction.
bool customer_of_address(Arena *arena, Desk *desk, const char *address, const char *name, int64_t *out_id, GError **error);
