// Customers: the people who write to us, known by their addresses. Two customers are never joined by a guess; a person can join them
// (customer/same.h). What a customer's page shows is in customer/people.h.
#pragma once

#include "base/list.h"
#include "desk/desk.h"

// Finds the customer who owns the address, or makes one. An unusable address makes a customer without one. Inside the
// caller's transaction.
bool customer_of_address(Arena *arena, Desk *desk, const char *address, const char *name, int64_t *out_id, GError **error);

// Makes what a search needs for customers who have not got it yet: those of an older program. When the desk opens.
bool customer_index_missing(Desk *desk, GError **error);
