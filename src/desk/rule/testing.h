// What tests of rules share: a desk that is open Monday to Friday, nine to five, UTC, on a Monday morning at nine; rules made of parts; the
// customer Agnes, and what the log says.
#pragma once

#include "desk/boundary/testing.h"
#include "desk/hours/hours.h"
#include "desk/rule/rule.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define MONDAY_NINE (INT64_C(1795424400) * CLOCK_SECOND)
#define WHEN(moment) (INT64_C(1) << (moment))

static inline TestDesk *begin(void) {
  g_autoptr(GError) error = NULL;
  TestDesk *test = test_desk_new();
  g_assert_true(hours_set_zone(test->desk, "UTC", &error));
  test->clock.set_to = MONDAY_NINE;
  return test;
}

static inline Rule rule_when(const char *name, int64_t moments) {
  return (Rule){.name = name, .is_on = true, .moments = moments};
}

static inline void add_if(TestDesk *test, Rule *rule, RuleField field, RuleSense sense, const char *value) {
  *list_add(test->arena, &rule->conditions) = (RuleCondition){field, sense, value};
}

static inline void add_do(TestDesk *test, Rule *rule, RuleDeed deed, const char *value, const char *words) {
  *list_add(test->arena, &rule->actions) = (RuleAction){deed, value, words};
}

static inline int64_t keep(TestDesk *test, const Rule *rule) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  rule_keep(test->desk, &test->mira, rule, false, &id, &error);
  g_assert_no_error(error);
  return id;
}

static inline int64_t agnes_writes(TestDesk *test, const char *id, const char *subject, const char *body) {
  return test_write(test, AGNES, id, subject, NULL, body).number;
}

static inline const Conversation *look(TestDesk *test, int64_t number) { return test_thread(test, number).conversation; }

static inline RuleFiringList log_of(TestDesk *test, int64_t id) {
  g_autoptr(GError) error = NULL;
  RuleFiringList log;
  bool has_more;
  g_assert_true(rule_log(test->arena, test->desk, id, 0, &log, &has_more, &error));
  return log;
}
