// Rules: when, if, do; in their order, once for one event, never in a circle; those that wait, over several processes; what one would have
// done, and what they did.
#include "desk/rule/testing.h"

#include "desk/complaint/complaint.h"
#include "desk/conversation/verbs.h"
#include "desk/conversation/work.h"
#include "desk/notify/notice.h"
#include "desk/outbox/outbox.h"
#include "desk/protocol/script.h"
#include "desk/staff/admin.h"
#include "desk/tag/tag.h"

static void when_if_do(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Rule rule = rule_when("Refunds", WHEN(WHEN_OPENED));
  add_if(test, &rule, IF_SUBJECT, SENSE_HAS, "Refund");
  add_if(test, &rule, IF_DOMAIN, SENSE_IS, "moor.example");
  add_do(test, &rule, DO_ASSIGN, arena_printf(test->arena, "%d", (int)test->jonas.id), "");
  add_do(test, &rule, DO_PRIORITY, "high", "");
  add_do(test, &rule, DO_TAG, "money", "");
  add_do(test, &rule, DO_NOTE, "-", "Look at the \"invoice\" first.\nThen write.");
  int64_t id = keep(test, &rule), number = agnes_writes(test, "a1@x", "My REFUND", NULL);
  const Conversation *conversation = look(test, number);
  g_assert_cmpint(conversation->assignee_id, ==, test->jonas.id);
  g_assert_cmpint(conversation->priority, ==, PRIORITY_HIGH);
  TagList tags;
  g_assert_true(tag_of(test->arena, test->desk, number, &tags, &error));
  g_assert_cmpstr(tags.items[0].name, ==, "money");
  Thread thread = test_thread(test, number);
  const Message *note = &thread.messages.items[thread.messages.count - 1];
  g_assert_cmpint(note->kind, ==, MESSAGE_NOTE);
  g_assert_cmpstr(note->body, ==, "Look at the \"invoice\" first.\nThen write.");
  g_assert_cmpint(conversation->waiting_since, !=, 0);
  RuleFiringList log = log_of(test, id);
  g_assert_cmpuint(log.count, ==, 1);
  g_assert_cmpstr(log.items[0].outcome, ==, "given to somebody; priority high; tagged; note kept");
  g_assert_cmpint(log.items[0].number, ==, number);
  agnes_writes(test, "a2@x", "My refunded thing", NULL); // another word
  g_assert_cmpuint(log_of(test, id).count, ==, 1);
  test_counts(test);
}

static void a_rule_for_somebody_who_left_is_told_by_name(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  const char *jonas = arena_printf(test->arena, "%d", (int)test->jonas.id);
  Rule rule = rule_when("To Jonas", WHEN(WHEN_OPENED));
  add_do(test, &rule, DO_ASSIGN, jonas, "");
  add_do(test, &rule, DO_NOTIFY, jonas, "Look.");
  int64_t id = keep(test, &rule);
  g_assert_true(rule_names_person(&rule, test->jonas.id));
  g_assert_false(rule_names_person(&rule, test->mira.id));
  g_assert_true(staff_disable(test->desk, "jonas@godwit.example", &error));
  RuleNames names;
  RuleAction read = {.deed = DO_ASSIGN};
  g_assert_true(rule_names_load(test->arena, test->desk, &names, &error));
  g_assert_cmpstr(rule_action_words(test->arena, &names, &rule.actions.items[0]), ==, "Give it to Jonas Feld");
  g_assert_cmpstr(rule_action_left(test->arena, &names, &rule.actions.items[0]), ==,
                  "Jonas Feld has left; give it to somebody else.");
  g_assert_cmpstr(rule_action_left(test->arena, &names, &rule.actions.items[1]), ==, "Jonas Feld has left; tell somebody else.");
  g_assert_cmpstr(rule_action_read(test->arena, &names, "jonas feld", &read), ==, "Jonas Feld has left; choose somebody else.");
  g_assert_cmpint(look(test, agnes_writes(test, "a1@x", NULL, NULL))->assignee_id, ==, 0);
  g_assert_cmpstr(log_of(test, id).items[0].outcome, ==, "not given: Jonas Feld has left; not told: Jonas Feld has left");
}

static void who_was_invited_is_not_offered_yet(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = "ada@godwit.example", .name = "Ada Reyes", .role = ROLE_AGENT};
  const char *token = NULL;
  int64_t ada = 0;
  RuleNames names;
  RuleAction read = {.deed = DO_ASSIGN};
  g_assert_true(staff_invite(test->arena, test->desk, &test->mira, &draft, &token, &ada, &error));
  g_assert_true(rule_names_load(test->arena, test->desk, &names, &error));
  list_each(const RuleName, person, &names.people) g_assert_cmpint(person->id, !=, ada);
  g_assert_cmpstr(rule_action_read(test->arena, &names, "Ada Reyes", &read), ==, "Ada Reyes was invited and is not here yet.");
}

static void order_matters_and_one_may_stop_the_rest(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Rule first = rule_when("First", WHEN(WHEN_OPENED)), second = rule_when("Second", WHEN(WHEN_OPENED));
  add_do(test, &first, DO_PRIORITY, "low", "");
  add_do(test, &first, DO_STOP, "-", "");
  add_do(test, &second, DO_PRIORITY, "urgent", "");
  keep(test, &first);
  int64_t id = keep(test, &second);
  g_assert_cmpint(look(test, agnes_writes(test, "a1@x", NULL, NULL))->priority, ==, PRIORITY_LOW);
  g_assert_true(rule_move(test->desk, &test->mira, id, true, &error));
  g_assert_cmpint(look(test, agnes_writes(test, "a2@x", NULL, NULL))->priority, ==, PRIORITY_LOW); // both, in their order
  g_assert_cmpuint(log_of(test, id).count, ==, 1);
}

// Each hands it to the other whenever it changes hands.
static void nothing_goes_round_in_a_circle(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Rule there = rule_when("There", WHEN(WHEN_ASSIGNED)), back = rule_when("Back", WHEN(WHEN_ASSIGNED));
  add_do(test, &there, DO_ASSIGN, arena_printf(test->arena, "%d", (int)test->jonas.id), "");
  add_do(test, &back, DO_ASSIGN, arena_printf(test->arena, "%d", (int)test->mira.id), "");
  int64_t first = keep(test, &there);
  keep(test, &back);
  int64_t number = agnes_writes(test, "a1@x", NULL, NULL);
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  RuleFiringList log = log_of(test, first);
  g_assert_cmpuint(log.count, ==, 2);
  g_assert_nonnull(strstr(log.items[0].outcome, "would have fired again"));
  g_assert_true(conversation_assign(test->desk, &test->mira, number, 0, &error)); // another event, another turn
  g_assert_cmpuint(log_of(test, first).count, ==, 4);
  test_counts(test);
}

static void what_cannot_be_done_is_said_and_the_rest_is_done(void) {
  g_autoptr(TestDesk) test = begin();
  Rule rule = rule_when("Close", WHEN(WHEN_OPENED));
  add_do(test, &rule, DO_COMPLAINT, "-", "");
  add_do(test, &rule, DO_SOLVE, "-", "");
  add_do(test, &rule, DO_PRIORITY, "high", "");
  int64_t id = keep(test, &rule), number = agnes_writes(test, "a1@x", NULL, NULL);
  g_assert_cmpint(look(test, number)->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(look(test, number)->priority, ==, PRIORITY_HIGH);
  g_assert_true(
    g_str_has_prefix(log_of(test, id).items[0].outcome, "made a complaint; not solved: This conversation carries a complaint"));
}

// The database refuses it, in the middle of taking in the mail.
static void what_the_database_forbids_leaves_the_mail_and_the_other_actions(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Rule rule = rule_when("Tags", WHEN(WHEN_OPENED));
  add_do(test, &rule, DO_PRIORITY, "high", "");
  add_do(test, &rule, DO_TAG, "money", "");
  add_do(test, &rule, DO_NOTE, "-", "Look.");
  int64_t id = keep(test, &rule);
  g_assert_true(db_run_script(test->desk->db, "CREATE UNIQUE INDEX one_for_each_tag ON conversation_tag (tag_id)", &error));
  int64_t first = agnes_writes(test, "a1@x", "One", NULL), second = agnes_writes(test, "a2@x", "Two", NULL);
  g_assert_cmpstr(log_of(test, id).items[1].outcome, ==, "priority high; tagged; note kept");
  g_assert_cmpint(second, ==, first + 1);
  g_assert_cmpint(look(test, second)->priority, ==, PRIORITY_HIGH);
  Thread thread = test_thread(test, second);
  g_assert_cmpstr(thread.messages.items[thread.messages.count - 1].body, ==, "Look.");
  list_each(const Event, event, &thread.events) g_assert_cmpint(event->kind, !=, EVENT_TAGGED); // nor does the journal say so
  g_assert_true(g_str_has_prefix(log_of(test, id).items[0].outcome, "priority high; not tagged: The change does not fit"));
  g_assert_true(g_str_has_suffix(log_of(test, id).items[0].outcome, "; note kept"));
  test_counts(test);
}

// What an action did before it failed has not happened for other rules either.
static void what_is_taken_back_sets_nothing_off(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Rule rule = rule_when("To Jonas", WHEN(WHEN_OPENED)), after = rule_when("After", WHEN(WHEN_ASSIGNED));
  add_do(test, &rule, DO_ASSIGN, arena_printf(test->arena, "%d", (int)test->jonas.id), "");
  add_do(test, &after, DO_PRIORITY, "urgent", "");
  int64_t id = keep(test, &rule), other = keep(test, &after);
  g_assert_true(
    db_run_script(test->desk->db, "CREATE UNIQUE INDEX one_of_a_kind ON event (kind) WHERE kind = 4", &error)); // assigned
  agnes_writes(test, "a1@x", "One", NULL);
  g_assert_cmpuint(log_of(test, other).count, ==, 1);
  int64_t second = agnes_writes(test, "a2@x", "Two", NULL);
  g_assert_true(g_str_has_prefix(log_of(test, id).items[0].outcome, "not given: "));
  g_assert_cmpint(look(test, second)->assignee_id, ==, 0);
  g_assert_cmpuint(log_of(test, other).count, ==, 1);
  test_counts(test);
}

static void archives_are_left_alone(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Rule rule = rule_when("All", WHEN(WHEN_OPENED));
  add_do(test, &rule, DO_PRIORITY, "high", "");
  keep(test, &rule);
  const char *raw = "From: agnes@moor.example\nTo: help@godwit.example\nMessage-ID: <h@x>\nSubject: Old\n\nHello\n";
  ReceivedInput input = {
    .raw = bytes_of_text(raw), .mail = test_parse(test, raw), .envelope_to = "help@godwit.example", .is_history = true};
  ReceivedResult result = {0};
  g_assert_true(received_take(test->arena, test->desk, &input, &result, &error));
  g_assert_cmpint(look(test, result.number)->priority, ==, PRIORITY_NORMAL);
}

static int answers_in(TestDesk *test, int64_t number) {
  Thread thread = test_thread(test, number);
  int count = 0;
  list_each(const Message, message, &thread.messages)
    count += message->kind == MESSAGE_AUTOMATIC && message->about == AUTOMATIC_BY_RULE;
  return count;
}

static void it_answers_people_by_itself_and_no_machine(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  const char *word = NULL;
  GuideHead head = {.title = "We look into it", .situation = "", .behaviour = BEHAVIOUR_COUNT, .need = NEED_UNCLEAR};
  g_assert_true(script_keep(test->arena, test->desk, &test->mira, NULL, 0, &head, "Dear {{customer.first}}, we look into it.",
                            &word, &error));
  Rule rule = rule_when("Hello", WHEN(WHEN_OPENED) | WHEN(WHEN_WROTE));
  add_do(test, &rule, DO_ANSWER, word, "");
  int64_t id = keep(test, &rule), number = agnes_writes(test, "a1@x", NULL, NULL);
  g_assert_cmpint(answers_in(test, number), ==, 1);
  g_assert_cmpint(look(test, number)->waiting_since, !=, 0); // they still wait for a person
  test_write(test, AGNES, "a2@x", NULL, "a1@x", "Thanks!");
  g_assert_cmpint(answers_in(test, number), ==, 1); // once a day
  int64_t robot =
    test_take(test, "From: robot@x.example\nAuto-Submitted: auto-generated\nSubject: s\nMessage-ID: <r@x>\n\nx\n").number;
  g_assert_cmpint(answers_in(test, robot), ==, 0);
  g_assert_cmpstr(log_of(test, id).items[0].outcome, ==, "not answered: a machine wrote");
  test_counts(test);
}

static void those_that_wait_look_once_whoever_comes_first(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Desk *other = desk_join(arena, test->where, &test->clock, &test->random, &error);
  Rule rule = rule_when("Waits", WHEN(WHEN_WAITED));
  rule.amount = 120;
  add_do(test, &rule, DO_PRIORITY, "urgent", "");
  add_do(test, &rule, DO_NOTIFY, "-1", "Somebody waits.");
  int64_t id = keep(test, &rule), number = agnes_writes(test, "a1@x", NULL, NULL);
  test->clock.set_to = MONDAY_NINE + CLOCK_HOUR;
  g_assert_true(rule_watch(test->desk, &error));
  g_assert_cmpuint(log_of(test, id).count, ==, 0);
  test->clock.set_to = MONDAY_NINE + 2 * CLOCK_HOUR + CLOCK_MINUTE;
  g_assert_true(rule_watch(other, &error));
  g_assert_true(rule_watch(test->desk, &error));
  g_assert_cmpuint(log_of(test, id).count, ==, 1);
  g_assert_cmpint(look(test, number)->priority, ==, PRIORITY_URGENT);
  test_reply(test, number, "Yes?");
  test_write(test, AGNES, "a2@x", NULL, "a1@x", "Again.");
  test->clock.set_to += 3 * CLOCK_HOUR;
  g_assert_true(rule_watch(test->desk, &error));
  g_assert_cmpuint(log_of(test, id).count, ==, 2); // another waiting
}

static void a_rule_that_waits_looks_back_only_when_asked_to(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  int64_t id = 0, number = agnes_writes(test, "a1@x", NULL, NULL);
  test->clock.set_to += 20 * CLOCK_DAY;
  Rule rule = rule_when("Old", WHEN(WHEN_UNTOUCHED));
  rule.amount = 14;
  add_do(test, &rule, DO_SOLVE, "-", "");
  id = keep(test, &rule);
  g_assert_true(rule_watch(test->desk, &error));
  g_assert_cmpint(look(test, number)->state, ==, CONVERSATION_OPEN);
  rule.id = id;
  g_assert_true(rule_keep(test->desk, &test->mira, &rule, true, &id, &error));
  g_assert_true(rule_watch(test->desk, &error));
  g_assert_cmpint(look(test, number)->state, ==, CONVERSATION_SOLVED);
}

static void trying_changes_nothing(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  RuleNames names;
  RuleTrial trial;
  int64_t number = agnes_writes(test, "a1@x", "Refund", NULL);
  agnes_writes(test, "a2@x", "Bell", NULL);
  g_assert_true(
    conversation_set_priority(test->desk, &test->mira, agnes_writes(test, "a3@x", "Refund", NULL), PRIORITY_HIGH, &error));
  Rule rule = rule_when("Refunds", WHEN(WHEN_OPENED));
  add_if(test, &rule, IF_SUBJECT, SENSE_HAS, "refund");
  add_do(test, &rule, DO_PRIORITY, "high", "");
  g_assert_true(rule_names_load(test->arena, test->desk, &names, &error));
  g_assert_true(rule_try(test->arena, test->desk, &rule, &names, &trial, &error));
  g_assert_cmpint(trial.looked_at, ==, 3);
  g_assert_cmpint(trial.happened, ==, 3);
  g_assert_cmpint(trial.held, ==, 2);
  g_assert_cmpint(trial.counts.items[0], ==, 1); // the other stands so already
  g_assert_cmpint(look(test, number)->priority, ==, PRIORITY_NORMAL);
  rule.moments = WHEN(WHEN_SOLVED);
  g_assert_true(rule_try(test->arena, test->desk, &rule, &names, &trial, &error));
  g_assert_cmpint(trial.happened, ==, 0);
}

static void values_are_read_as_people_write_them(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  RuleNames names;
  g_assert_true(rule_names_load(test->arena, test->desk, &names, &error));
  RuleCondition whose = {.field = IF_ASSIGNEE, .sense = SENSE_IS};
  g_assert_null(rule_condition_read(test->arena, &names, "mira lindqvist", &whose));
  g_assert_cmpint(g_ascii_strtoll(whose.value, NULL, 10), ==, test->mira.id);
  g_assert_cmpstr(rule_condition_words(test->arena, &names, &whose), ==, "Whose it is is Mira Lindqvist");
  g_assert_nonnull(rule_condition_read(test->arena, &names, "Nobody Here", &whose));
  whose.sense = SENSE_HAS;
  g_assert_nonnull(rule_condition_read(test->arena, &names, "mira", &whose));
  RuleAction snooze = {.deed = DO_SNOOZE};
  g_assert_null(rule_action_read(test->arena, &names, "4 h", &snooze));
  g_assert_cmpstr(snooze.value, ==, "240");
  g_assert_nonnull(rule_action_read(test->arena, &names, "soon", &snooze));
  RuleAction note = {.deed = DO_NOTE, .words = " "};
  g_assert_nonnull(rule_action_read(test->arena, &names, "", &note));
  RuleAction tag = {.deed = DO_TAG};
  g_assert_null(rule_action_read(test->arena, &names, "a new one", &tag));
  g_assert_nonnull(rule_action_read(test->arena, &names, "a name of more than forty characters, all", &tag));
}

static void rules_that_make_no_sense_are_refused(void) {
  g_autoptr(TestDesk) test = begin();
  Rule nothing = rule_when("Nothing", WHEN(WHEN_OPENED)), never = rule_when("Never", 0),
       both = rule_when("Both", WHEN(WHEN_OPENED) | WHEN(WHEN_WAITED));
  add_do(test, &never, DO_SOLVE, "-", "");
  add_do(test, &both, DO_SOLVE, "-", "");
  const Rule *const bad[] = {&nothing, &never, &both};
  for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_assert_false(rule_keep(test->desk, &test->mira, bad[i], false, &id, &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
}

static void what_is_switched_off_or_removed_does_nothing_in_any_process(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Desk *other = desk_join(arena, test->where, &test->clock, &test->random, &error);
  Rule rule = rule_when("All", WHEN(WHEN_OPENED));
  add_do(test, &rule, DO_PRIORITY, "high", "");
  int64_t id = keep(test, &rule);
  g_assert_cmpint(look(test, agnes_writes(test, "a1@x", NULL, NULL))->priority, ==,
                  PRIORITY_HIGH); // this connection has it in memory
  g_assert_true(rule_switch(other, &test->mira, id, false, &error));
  g_assert_cmpint(look(test, agnes_writes(test, "a2@x", NULL, NULL))->priority, ==, PRIORITY_NORMAL);
  g_assert_true(rule_remove(other, &test->mira, id, &error));
  g_assert_cmpuint(log_of(test, id).count, ==, 1); // its log stays
  g_assert_false(rule_remove(other, &test->mira, id, &error));
}

static void a_restriction_says_who_answers_and_no_rule(void) {
  g_autoptr(TestDesk) test = begin();
  House house = test_house(test);
  int64_t measure = 0;
  test_restricted(test, &house, house.pavel.id, &measure);
  Rule rule = rule_when("All to Jonas", WHEN(WHEN_OPENED));
  add_do(test, &rule, DO_ASSIGN, arena_printf(test->arena, "%d", (int)test->jonas.id), "");
  int64_t id = keep(test, &rule), number = test_write(test, TEST_GRIM, "grim2@x", "My chain", NULL, NULL).number;
  g_assert_cmpint(look(test, number)->assignee_id, ==, house.pavel.id);
  g_assert_cmpstr(log_of(test, id).items[0].outcome, ==, "not given: a restriction says who answers them");
  g_assert_cmpint(look(test, agnes_writes(test, "a1@x", "My bell", NULL))->assignee_id, ==, test->jonas.id);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/rule/left", a_rule_for_somebody_who_left_is_told_by_name);
  g_test_add_func("/rule/invited", who_was_invited_is_not_offered_yet);
  g_test_add_func("/rule/when-if-do", when_if_do);
  g_test_add_func("/rule/order", order_matters_and_one_may_stop_the_rest);
  g_test_add_func("/rule/no-circle", nothing_goes_round_in_a_circle);
  g_test_add_func("/rule/refused", what_cannot_be_done_is_said_and_the_rest_is_done);
  g_test_add_func("/rule/forbidden", what_the_database_forbids_leaves_the_mail_and_the_other_actions);
  g_test_add_func("/rule/taken-back", what_is_taken_back_sets_nothing_off);
  g_test_add_func("/rule/archives", archives_are_left_alone);
  g_test_add_func("/rule/answers", it_answers_people_by_itself_and_no_machine);
  g_test_add_func("/rule/waits", those_that_wait_look_once_whoever_comes_first);
  g_test_add_func("/rule/past", a_rule_that_waits_looks_back_only_when_asked_to);
  g_test_add_func("/rule/trying", trying_changes_nothing);
  g_test_add_func("/rule/values", values_are_read_as_people_write_them);
  g_test_add_func("/rule/no-sense", rules_that_make_no_sense_are_refused);
  g_test_add_func("/rule/switched-off", what_is_switched_off_or_removed_does_nothing_in_any_process);
  g_test_add_func("/rule/restriction", a_restriction_says_who_answers_and_no_rule);
  return g_test_run();
}
