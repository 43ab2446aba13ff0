// People and limits for the tests of this folder.
#pragma once

#include "desk/remedy/ledger.h"
#include "desk/remedy/limit.h"
#include "desk/testing.h"

#define TEST_AGNES "Agnes Moor <agnes@moor.example>"

static inline Staff test_person(TestDesk *test, const char *name, const char *email, StaffRole role) {
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = email, .name = name, .password = "quiet lamp 42", .role = role};
  Staff person = {.email = email, .name = name, .role = role, .is_active = true};
  staff_add(test->desk, &draft, &person.id, &error);
  g_assert_no_error(error);
  return person;
}
static inline Staff test_supervisor(TestDesk *test) {
  return test_person(test, "Teodor Iliescu", "teodor@godwit.example", ROLE_SUPERVISOR);
}
static inline Staff test_administrator(TestDesk *test) {
  return test_person(test, "Nuala Brannigan", "nuala@godwit.example", ROLE_ADMINISTRATOR);
}

// A limit in euros, set by `actor`; `amount` in cents.
static inline void test_limit(TestDesk *test, const Staff *actor, StaffRole role, int64_t kind, RemedyScope scope, int64_t amount,
                              int64_t days) {
  g_autoptr(GError) error = NULL;
  RemedyLimit limit = {.role = role, .kind = kind, .scope = scope, .amount = amount, .currency = "EUR", .days = days};
  limit_set(test->desk, actor, &limit, &error);
  g_assert_no_error(error);
}

static inline RemedyDraft test_refund(int64_t number, int64_t amount) {
  return (RemedyDraft){.number = number,
                       .kind = REMEDY_REFUND,
                       .amount = amount,
                       .currency = "EUR",
                       .reason = "The saddle came torn.",
                       .seen_id = REMEDY_UNSEEN};
}

// Must not fail; `out_id` may be NULL.
static inline RemedyOutcome test_give(TestDesk *test, const Staff *actor, const RemedyDraft *draft, int64_t *out_id) {
  g_autoptr(GError) error = NULL;
  RemedyOutcome outcome;
  int64_t id = 0;
  const char *why;
  remedy_give(test->arena, test->desk, actor, draft, &outcome, &id, &why, &error);
  g_assert_no_error(error);
  if (out_id) *out_id = id;
  return outcome;
}

static inline int64_t test_ask(TestDesk *test, const Staff *actor, int64_t number, int64_t amount) {
  RemedyDraft draft = test_refund(number, amount);
  int64_t id = 0;
  draft.ask = true;
  g_assert_cmpint(test_give(test, actor, &draft, &id), ==, REMEDY_ASKED);
  return id;
}

static inline const Remedy *test_remedy(TestDesk *test, int64_t id) {
  g_autoptr(GError) error = NULL;
  const Remedy *remedy = remedy_find(test->arena, test->desk, id, &error);
  g_assert_no_error(error);
  return remedy;
}
