// What rules ask of the customer, the conversation and its complaint; how a change of hands is told apart; and that rules which were kept
// by an earlier program mean what they meant.
#include "desk/rule/testing.h"

#include "desk/complaint/handling.h"
#include "desk/conversation/verbs.h"
#include "desk/conversation/work.h"
#include "desk/customer/organisation.h"
#include "desk/customer/people.h"
#include "desk/received/log.h"
#include "desk/team/team.h"

// Of all conversations that were opened, in how many it holds.
static int64_t held(TestDesk *test, RuleField field, RuleSense sense, const char *typed) {
  g_autoptr(GError) error = NULL;
  RuleNames names;
  RuleTrial trial;
  RuleCondition condition = {.field = field, .sense = sense};
  Rule rule = rule_when("Ask", WHEN(WHEN_OPENED));
  g_assert_true(rule_names_load(test->arena, test->desk, &names, &error));
  g_assert_cmpstr(rule_condition_read(test->arena, &names, typed, &condition), ==, NULL);
  *list_add(test->arena, &rule.conditions) = condition;
  add_do(test, &rule, DO_NOTE, "-", "x");
  g_assert_true(rule_try(test->arena, test->desk, &rule, &names, &trial, &error));
  return trial.held;
}

static void of_the_conversation(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  int64_t number = agnes_writes(test, "a1@x", NULL, NULL);
  test_write(test, AGNES, "a2@x", NULL, "a1@x", "Again.");
  test_reply(test, number, "Yes?");
  LogDraft call = {.channel = MESSAGE_BY_PHONE,
                   .name = "Bram",
                   .email = "",
                   .phone = "+49 30 123456",
                   .subject = "A bell",
                   .said = "Ring.",
                   .note = ""};
  LogProblems problems = {0};
  int64_t called = 0;
  g_assert_true(received_log(test->arena, test->desk, &test->mira, &call, &problems, &called, &error));
  g_assert_cmpint(called, !=, 0);
  g_assert_cmpint(held(test, IF_MESSAGES, SENSE_IS, "3"), ==, 1);
  g_assert_cmpint(held(test, IF_MESSAGES, SENSE_MORE, "2"), ==, 1);
  g_assert_cmpint(held(test, IF_MESSAGES, SENSE_LESS, "2"), ==, 1);
  g_assert_cmpint(held(test, IF_CHANNEL, SENSE_IS, "phone"), ==, 1);
  g_assert_cmpint(held(test, IF_CHANNEL, SENSE_IS_NOT, "phone"), ==, 1);
  g_assert_cmpint(held(test, IF_REOPENED, SENSE_MORE, "0"), ==, 0);
  g_assert_true(conversation_solve(test->desk, &test->mira, number, &error));
  test_write(test, AGNES, "a3@x", NULL, "a1@x", "No.");
  g_assert_cmpint(held(test, IF_REOPENED, SENSE_IS, "1"), ==, 1);
}

static void of_the_customer(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  int64_t organisation = 0, one = agnes_writes(test, "a1@x", NULL, NULL);
  g_assert_true(organisation_add(test->desk, "Moor & Sons", &organisation, &error));
  g_assert_true(customer_join_organisation(test->desk, look(test, one)->customer_id, organisation, &error));
  test_write(test, "Bram <bram@visser.example>", "b1@x", NULL, NULL, NULL);
  test->clock.set_to += 31 * CLOCK_DAY;
  agnes_writes(test, "a2@x", NULL, NULL);
  agnes_writes(test, "a3@x", NULL, NULL);
  g_assert_cmpint(held(test, IF_ORGANISATION, SENSE_IS, "moor & sons"), ==, 3);
  g_assert_cmpint(held(test, IF_ORGANISATION, SENSE_IS_NOT, "Moor & Sons"), ==, 1);
  g_assert_cmpint(held(test, IF_ORGANISATION, SENSE_HAS, "moor"), ==, 3);
  g_assert_cmpint(held(test, IF_ORGANISATION, SENSE_FILLED, ""), ==, 3);
  g_assert_cmpint(held(test, IF_ORGANISATION, SENSE_EMPTY, ""), ==, 1);
  g_assert_cmpint(held(test, IF_RECENT, SENSE_MORE, "1"), ==, 3); // the first is of long ago
  g_assert_cmpint(held(test, IF_RECENT, SENSE_MORE, "2"), ==, 0);
  g_assert_cmpint(held(test, IF_OTHER_COMPLAINT, SENSE_IS, "yes"), ==, 0);
  g_assert_true(complaint_receive(test->desk, &test->mira, one, ORIGIN_PERSON, "", &error));
  g_assert_cmpint(held(test, IF_OTHER_COMPLAINT, SENSE_IS, "yes"), ==, 2); // those beside it
}

static void of_the_complaint(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  int64_t number = agnes_writes(test, "a1@x", NULL, NULL);
  agnes_writes(test, "a2@x", NULL, NULL);
  g_assert_cmpint(held(test, IF_STAGE, SENSE_IS, "received"), ==, 0); // there is none
  g_assert_true(complaint_receive(test->desk, &test->mira, number, ORIGIN_PERSON, "", &error));
  g_assert_cmpint(held(test, IF_STAGE, SENSE_IS, "Received"), ==, 1);
  g_assert_cmpint(held(test, IF_STAGE, SENSE_IS_NOT, "followed up"), ==, 2);
  g_assert_cmpint(held(test, IF_SEVERITY, SENSE_LEAST, "serious"), ==, 0);
  Assessment assessment = {.severity = SEVERITY_SERIOUS, .about = "", .seeks = "A lamp"};
  g_assert_true(complaint_assess(test->desk, &test->mira, number, &assessment, &error));
  g_assert_no_error(error);
  g_assert_cmpint(held(test, IF_STAGE, SENSE_IS, "assessed"), ==, 1);
  g_assert_cmpint(held(test, IF_SEVERITY, SENSE_IS, "serious"), ==, 1);
  g_assert_cmpint(held(test, IF_SEVERITY, SENSE_LEAST, "moderate"), ==, 1);
  g_assert_cmpint(held(test, IF_SEVERITY, SENSE_LEAST, "critical"), ==, 0);
}

// The same at work as in a trial: what takes counting is loaded for the rule that asks.
static void a_rule_at_work_counts_too(void) {
  g_autoptr(TestDesk) test = begin();
  Rule rule = rule_when("Often", WHEN(WHEN_OPENED));
  add_if(test, &rule, IF_RECENT, SENSE_MORE, "1");
  add_if(test, &rule, IF_OTHER_COMPLAINT, SENSE_IS, "no");
  add_do(test, &rule, DO_PRIORITY, "high", "");
  keep(test, &rule);
  g_assert_cmpint(look(test, agnes_writes(test, "a1@x", NULL, NULL))->priority, ==, PRIORITY_NORMAL);
  g_assert_cmpint(look(test, agnes_writes(test, "a2@x", NULL, NULL))->priority, ==, PRIORITY_HIGH);
}

static int64_t counts(TestDesk *test, RuleMoment moment) {
  Rule rule = rule_when(rule_moment_word(moment), WHEN(moment));
  add_do(test, &rule, DO_NOTE, "-", "Look.");
  return keep(test, &rule);
}

static int64_t tried(TestDesk *test, RuleMoment moment) {
  g_autoptr(GError) error = NULL;
  RuleNames names = {0};
  RuleTrial trial;
  Rule rule = rule_when("Try", WHEN(moment));
  add_do(test, &rule, DO_SOLVE, "-", "");
  g_assert_true(rule_try(test->arena, test->desk, &rule, &names, &trial, &error));
  return trial.happened;
}

static void a_change_of_hands_is_told_apart(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  int64_t team = 0, hands = counts(test, WHEN_ASSIGNED), person = counts(test, WHEN_GIVEN),
          to_team = counts(test, WHEN_GIVEN_TEAM), back = counts(test, WHEN_HANDED_BACK);
  g_assert_true(team_make(test->desk, &test->mira, "Workshop", false, &team, &error));
  int64_t number = agnes_writes(test, "a1@x", NULL, NULL);
  const struct {
    int64_t person, team;                // -1: not this
    size_t hands, persons, teams, backs; // how often each has fired by then
  } steps[] = {
    {test->mira.id, -1, 1, 1, 0, 0}, // to Mira
    {-1, team, 2, 1, 1, 1},          // to a team that she is not in: it is taken from her, in the same moment
    {test->jonas.id, -1, 3, 2, 1, 1},
    {0, -1, 4, 2, 1, 2}, // he hands it back
    {-1, 0, 5, 2, 1, 2}, // from the team to none
  };
  for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
    g_assert_true(steps[i].team < 0 ? conversation_assign(test->desk, &test->mira, number, steps[i].person, &error)
                                    : conversation_assign_team(test->desk, &test->mira, number, steps[i].team, &error));
    g_test_message("step %d", (int)i);
    g_assert_cmpuint(log_of(test, person).count, ==, steps[i].persons);
    g_assert_cmpuint(log_of(test, to_team).count, ==, steps[i].teams);
    g_assert_cmpuint(log_of(test, back).count, ==, steps[i].backs);
    g_assert_cmpuint(log_of(test, hands).count, >=, steps[i].hands);
  }
  g_assert_cmpint(tried(test, WHEN_GIVEN), ==, 1);
  g_assert_cmpint(tried(test, WHEN_GIVEN_TEAM), ==, 1);
  agnes_writes(test, "a2@x", NULL, NULL);
  int64_t third = agnes_writes(test, "a3@x", NULL, NULL);
  g_assert_true(conversation_assign(test->desk, &test->mira, third, test->jonas.id, &error));
  g_assert_cmpint(tried(test, WHEN_GIVEN), ==, 2);
  g_assert_cmpint(tried(test, WHEN_ASSIGNED), ==, 2);
  g_assert_cmpint(tried(test, WHEN_GIVEN_TEAM), ==, 1);
  test_counts(test);
}

// As the program before this one wrote it into its row: moments by their numbers, conditions and actions by their words.
static void what_was_kept_by_an_earlier_program_means_the_same(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  g_assert_true(db_run_script(
    test->desk->db,
    "INSERT INTO rule (place, name, is_on, moments, amount, is_any, conditions, actions, up_to, up_to_number, is_gone, changed_at) "
    "VALUES (1, 'Old', 1, 64, 0, 0, 'subject has refund\nbehaviour is-not abusive\nteam is 0\ncomplaint is no\n', "
    "'priority high \nnote - Look.\n', 0, 0, 0, 0); UPDATE rule_book SET version = version + 1",
    &error));
  int64_t number = agnes_writes(test, "a1@x", "My refund", NULL), other = agnes_writes(test, "a2@x", "My bell", NULL);
  g_assert_cmpint(look(test, number)->priority, ==, PRIORITY_NORMAL);
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->jonas.id, &error));
  g_assert_true(conversation_assign(test->desk, &test->mira, other, test->jonas.id, &error));
  g_assert_cmpint(look(test, number)->priority, ==, PRIORITY_HIGH);
  g_assert_cmpint(look(test, other)->priority, ==, PRIORITY_NORMAL);
  RuleList rules;
  RuleNames names;
  g_assert_true(rule_list(test->arena, test->desk, &rules, &error) && rule_names_load(test->arena, test->desk, &names, &error));
  g_assert_cmpuint(rules.items[0].conditions.count, ==, 4);
  g_assert_cmpstr(rule_condition_words(test->arena, &names, &rules.items[0].conditions.items[2]), ==, "Team is none");
  g_assert_true(conversation_assign(test->desk, &test->mira, number, 0, &error)); // that it is handed back, too
  g_assert_cmpuint(log_of(test, rules.items[0].id).count, ==, 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/rule/asks/conversation", of_the_conversation);
  g_test_add_func("/rule/asks/customer", of_the_customer);
  g_test_add_func("/rule/asks/complaint", of_the_complaint);
  g_test_add_func("/rule/asks/at-work", a_rule_at_work_counts_too);
  g_test_add_func("/rule/asks/hands", a_change_of_hands_is_told_apart);
  g_test_add_func("/rule/asks/earlier-program", what_was_kept_by_an_earlier_program_means_the_same);
  return g_test_run();
}
