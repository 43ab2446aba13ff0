// The desk's rules: defaults, what is accepted, and what an odd row in the database does.
#include "desk/testing.h"

#include "desk/policy/policy.h"
#include "desk/setting.sql.h"

static Policy load(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  Policy policy;
  g_assert_true(policy_load(test->arena, test->desk, &policy, &error));
  return policy;
}

static void a_new_desk_has_the_defaults(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Policy policy = load(test);
  g_assert_cmpint(policy.reopen_within, ==, 30 * CLOCK_DAY);
  g_assert_cmpint(policy.answers_an_hour, ==, 5);
  g_assert_cmpstr(policy.trusted_servers, ==, "");
}

static void a_rule_is_changed_listed_and_put_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  PolicyRuleList rules = {0};
  test_set(test, "quarantine-keeps", "2 weeks");
  g_assert_cmpint(load(test).quarantine_keeps, ==, 14 * CLOCK_DAY);
  g_assert_true(policy_list(test->arena, test->desk, &rules, &error));
  g_assert_cmpuint(rules.count, ==, policy_table.count);
  list_each(const PolicyRule, rule, &rules) {
    bool is_changed = strcmp(rule->name, "quarantine-keeps") == 0;
    g_assert_true(rule->is_default != is_changed);
    if (is_changed) g_assert_cmpstr(rule->value, ==, "2 weeks");
  }
  test_set(test, "quarantine-keeps", NULL);
  g_assert_cmpint(load(test).quarantine_keeps, ==, 30 * CLOCK_DAY);
}

static void what_makes_no_sense_is_refused(void) {
  static const struct {
    const char *name, *value;
    RapportError code;
  } cases[] = {
    {"answers-an-hour", "many", ERROR_INVALID},
    {"answers-an-hour", "-1", ERROR_INVALID},
    {"mails-an-hour", "0", ERROR_INVALID},
    {"reopen-within", "30", ERROR_INVALID},
    {"notice-answer-within", "1 min", ERROR_INVALID},
    {"secret", "00", ERROR_NOT_FOUND},
    {"name", "x", ERROR_NOT_FOUND},
    {"", "x", ERROR_NOT_FOUND},
  };
  g_autoptr(TestDesk) test = test_desk_new();
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(policy_set(test->desk, cases[i].name, cases[i].value, &error));
    g_assert_true(error_is(error, cases[i].code));
  }
}

static void a_row_that_makes_no_sense_stops_no_mail(void) { // from a newer program, or by hand
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(setting_set(test->desk->db, "answers-an-hour", "as many as it takes", &error));
  g_assert_cmpint(test_write(test, "agnes@moor.example", "a@x", NULL, NULL, NULL).state, ==, RECEIVED_FILED);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/policy/defaults", a_new_desk_has_the_defaults);
  g_test_add_func("/policy/changed-and-put-back", a_rule_is_changed_listed_and_put_back);
  g_test_add_func("/policy/refused", what_makes_no_sense_is_refused);
  g_test_add_func("/policy/odd-row", a_row_that_makes_no_sense_stops_no_mail);
  return g_test_run();
}
