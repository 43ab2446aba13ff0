// A complaint of Agnes about a lamp, for the tests of this folder.
#pragma once

#include "desk/complaint/complaint.h"
#include "desk/testing.h"

#define AGNES "Agnes Moor <agnes@moor.example>"

static inline int64_t write_in(TestDesk *test, const char *id) {
  return test_write(test, AGNES, id, "The lamp", NULL, "I am furious about this lamp. Nobody listens to me.").number;
}

static inline void make(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  complaint_receive(test->desk, &test->mira, number, ORIGIN_PERSON, "", &error);
  g_assert_no_error(error);
}

static inline Complaint *look(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  Complaint *complaint = NULL;
  complaint_find(test->arena, test->desk, number, &complaint, &error);
  g_assert_no_error(error);
  return complaint;
}

static inline void happen(TestDesk *test, int64_t number, ComplaintMove move) {
  g_autoptr(GError) error = NULL;
  if (!move.actor) move.actor = &test->mira;
  complaint_advance(test->desk, number, &move, &error);
  g_assert_no_error(error);
}
