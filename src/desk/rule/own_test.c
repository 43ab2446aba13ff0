// Fields of the desk's own in rules: asked for, filled in, emptied, watched; and what becomes of a rule when a field or a choice is retired.
#include "desk/rule/testing.h"

#include "desk/conversation/verbs.h"

typedef struct Fields {
  int64_t frame, paid, bought, shop, gift;
} Fields;

static int64_t make(TestDesk *test, const char *name, FieldKind kind, const char *choices) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  field_make(test->desk, &test->mira, name, kind, choices, &id, &error);
  g_assert_no_error(error);
  return id;
}

static Fields make_all(TestDesk *test) {
  return (Fields){make(test, "Frame", FIELD_TEXT, ""), make(test, "Paid", FIELD_NUMBER, ""), make(test, "Bought", FIELD_DATE, ""),
                  make(test, "Shop", FIELD_CHOICE, "Dublin\nCork"), make(test, "Gift", FIELD_CHECKBOX, "")};
}

static void fill(TestDesk *test, int64_t number, int64_t field, const char *text) {
  g_autoptr(GError) error = NULL;
  FieldEntryList entries = {0};
  bool has_problem = false;
  *list_add(test->arena, &entries) = (FieldEntry){.id = field, .text = text};
  field_fill(test->arena, test->desk, &test->mira, number, &entries, &has_problem, &error);
  g_assert_no_error(error);
  g_assert_false(has_problem);
}

static const char *value_of(TestDesk *test, int64_t number, int64_t id) {
  g_autoptr(GError) error = NULL;
  FieldList fields = {0};
  g_assert_true(field_of(test->arena, test->desk, number, &fields, &error));
  list_each(const Field, field, &fields)
    if (field->id == id) return field->value ? field->value : "";
  return NULL;
}

static RuleNames names_of(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  RuleNames names;
  g_assert_true(rule_names_load(test->arena, test->desk, &names, &error));
  return names;
}

// What a person typed; it must make sense.
static RuleCondition asked(TestDesk *test, int64_t field, RuleSense sense, const char *typed) {
  RuleNames names = names_of(test);
  RuleCondition condition = {.field = IF_OWN, .sense = sense, .own = field};
  g_assert_cmpstr(rule_condition_read(test->arena, &names, typed, &condition), ==, NULL);
  return condition;
}

static RuleAction done(TestDesk *test, RuleDeed deed, int64_t field, const char *typed) {
  RuleNames names = names_of(test);
  RuleAction action = {.deed = deed, .own = field};
  g_assert_cmpstr(rule_action_read(test->arena, &names, typed, &action), ==, NULL);
  return action;
}

// In how many of those that were noted: the same question as a rule's at work, asked of what stands there.
static int64_t holds(TestDesk *test, RuleCondition condition) {
  g_autoptr(GError) error = NULL;
  RuleNames names = names_of(test);
  RuleTrial trial;
  Rule rule = rule_when("Ask", WHEN(WHEN_OPENED));
  *list_add(test->arena, &rule.conditions) = condition;
  add_do(test, &rule, DO_NOTE, "-", "x");
  g_assert_true(rule_try(test->arena, test->desk, &rule, &names, &trial, &error));
  return trial.held;
}

static void each_kind_of_field_has_the_comparisons_that_fit(void) {
  g_autoptr(TestDesk) test = begin();
  Fields fields = make_all(test);
  int64_t number = agnes_writes(test, "a1@x", NULL, NULL);
  agnes_writes(test, "a2@x", NULL, NULL); // in which nothing is filled in
  fill(test, number, fields.frame, "W-3131 Whimbrel");
  fill(test, number, fields.paid, "171,50");
  fill(test, number, fields.bought, "2026-11-22"); // yesterday
  fill(test, number, fields.shop, "Cork");
  fill(test, number, fields.gift, "1");
  const struct {
    int64_t field;
    RuleSense sense;
    const char *typed;
    int64_t held; // of two
  } cases[] = {
    {fields.frame, SENSE_IS, "w-3131 WHIMBREL", 1},
    {fields.frame, SENSE_IS, "W-3131", 0},
    {fields.frame, SENSE_IS_NOT, "W-3131", 2},
    {fields.frame, SENSE_HAS, "whimbrel", 1},
    {fields.frame, SENSE_HAS, "whim", 0}, // whole words
    {fields.frame, SENSE_HAS_NOT, "whimbrel", 1},
    {fields.frame, SENSE_FILLED, "", 1},
    {fields.frame, SENSE_EMPTY, "", 1},
    {fields.paid, SENSE_IS, "171.5", 1},
    {fields.paid, SENSE_IS_NOT, "171,5", 1},
    {fields.paid, SENSE_MORE, "99", 1}, // by number, not by letters
    {fields.paid, SENSE_MORE, "171.5", 0},
    {fields.paid, SENSE_LESS, "1000", 1}, // of nothing is neither
    {fields.paid, SENSE_LESS, "171.5", 0},
    {fields.paid, SENSE_EMPTY, "", 1},
    {fields.bought, SENSE_IS, "2026-11-22", 1},
    {fields.bought, SENSE_BEFORE, "2026-11-23", 1},
    {fields.bought, SENSE_BEFORE, "2026-11-22", 0},
    {fields.bought, SENSE_AFTER, "2026-11-21", 1},
    {fields.bought, SENSE_BEFORE, "today", 1},
    {fields.bought, SENSE_IS, "today - 1", 1},
    {fields.bought, SENSE_AFTER, "Today-2", 1},
    {fields.bought, SENSE_AFTER, "today + 7", 0},
    {fields.bought, SENSE_FILLED, "", 1},
    {fields.shop, SENSE_IS, "cork", 1},
    {fields.shop, SENSE_IS, "Dublin", 0},
    {fields.shop, SENSE_IS_NOT, "Cork", 1},
    {fields.shop, SENSE_FILLED, "", 1},
    {fields.gift, SENSE_IS, "yes", 1},
    {fields.gift, SENSE_IS, "no", 1},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_test_message("field %d sense %s: %s", (int)cases[i].field, rule_sense_word(cases[i].sense), cases[i].typed);
    g_assert_cmpint(holds(test, asked(test, cases[i].field, cases[i].sense, cases[i].typed)), ==, cases[i].held);
  }
}

static void what_does_not_fit_is_said_in_a_sentence(void) {
  g_autoptr(TestDesk) test = begin();
  Fields fields = make_all(test);
  RuleNames names = names_of(test);
  const struct {
    int64_t field;
    RuleSense sense;
    const char *typed, *problem;
  } cases[] = {
    {fields.frame, SENSE_MORE, "1", "cannot be asked with"},
    {fields.gift, SENSE_FILLED, "", "cannot be asked with"},
    {fields.paid, SENSE_IS, "a lot", "This is no number"},
    {fields.paid, SENSE_MORE, "", "Something is missing"},
    {fields.bought, SENSE_BEFORE, "22.11.2026", "This is no date"},
    {fields.bought, SENSE_BEFORE, "today7", "This is no date"},
    {fields.bought, SENSE_BEFORE, "today + 99999", "This is no date"},
    {fields.shop, SENSE_IS, "Paris", "This is none of the choices"},
    {fields.gift, SENSE_IS, "perhaps", "Choose one of: yes, no."},
    {999, SENSE_IS, "x", "the field is not there any more"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    RuleCondition condition = {.field = IF_OWN, .sense = cases[i].sense, .own = cases[i].field};
    const char *problem = rule_condition_read(test->arena, &names, cases[i].typed, &condition);
    g_test_message("%s: %s", cases[i].typed, problem ? problem : "nothing");
    g_assert_nonnull(problem);
    g_assert_nonnull(strstr(problem, cases[i].problem));
  }
}

static void fields_are_filled_in_and_emptied_as_by_hand(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Fields fields = make_all(test);
  Rule rule = rule_when("Ours", WHEN(WHEN_OPENED)), clear = rule_when("Clear", WHEN(WHEN_SOLVED));
  *list_add(test->arena, &rule.actions) = done(test, DO_FILL, fields.shop, "cork");
  *list_add(test->arena, &rule.actions) = done(test, DO_FILL, fields.paid, "12,50");
  *list_add(test->arena, &rule.actions) = done(test, DO_FILL, fields.bought, "today + 7");
  *list_add(test->arena, &rule.actions) = done(test, DO_FILL, fields.gift, "yes");
  *list_add(test->arena, &clear.actions) = done(test, DO_EMPTY, fields.shop, "");
  *list_add(test->arena, &clear.actions) = done(test, DO_FILL, fields.gift, "no");
  *list_add(test->arena, &clear.actions) = done(test, DO_EMPTY, fields.frame, ""); // is empty already
  int64_t id = keep(test, &rule), clears = keep(test, &clear), number = agnes_writes(test, "a1@x", NULL, NULL);
  g_assert_cmpstr(value_of(test, number, fields.shop), ==, "Cork");
  g_assert_cmpstr(value_of(test, number, fields.paid), ==, "12.5");
  g_assert_cmpstr(value_of(test, number, fields.bought), ==, "2026-11-30");
  g_assert_cmpstr(value_of(test, number, fields.gift), ==, "1");
  Thread thread = test_thread(test, number);
  const Event *rules = &thread.events.items[thread.events.count - 1], *shop = &thread.events.items[thread.events.count - 5];
  g_assert_cmpint(rules->kind, ==, EVENT_RULE);
  g_assert_true(g_str_has_prefix(rules->detail, "Ours: \xE2\x80\x9CShop\xE2\x80\x9D filled in; "));
  g_assert_cmpint(shop->kind, ==, EVENT_FIELD);
  g_assert_cmpstr(shop->detail, ==, "Shop: Cork");
  g_assert_null(shop->staff_name);
  g_assert_true(conversation_solve(test->desk, &test->mira, number, &error));
  g_assert_cmpstr(value_of(test, number, fields.shop), ==, "");
  g_assert_cmpstr(value_of(test, number, fields.gift), ==, "");
  g_assert_cmpstr(log_of(test, clears).items[0].outcome, ==,
                  "\xE2\x80\x9CShop\xE2\x80\x9D emptied; \xE2\x80\x9CGift\xE2\x80\x9D filled in");
  g_assert_cmpuint(log_of(test, id).count, ==, 1);
  test_counts(test);
}

static void a_field_that_changes_is_a_moment(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Fields fields = make_all(test);
  Rule any = rule_when("Any", WHEN(WHEN_FIELD)), shop = rule_when("Shop", WHEN(WHEN_FIELD) | WHEN(WHEN_NOTED));
  shop.watched = fields.shop;
  add_do(test, &any, DO_NOTIFY, "-1", "Look.");
  add_do(test, &shop, DO_PRIORITY, "high", "");
  int64_t any_id = keep(test, &any), shop_id = keep(test, &shop), number = agnes_writes(test, "a1@x", NULL, NULL);
  fill(test, number, fields.frame, "W-3131");
  g_assert_cmpuint(log_of(test, any_id).count, ==, 1);
  g_assert_cmpuint(log_of(test, shop_id).count, ==, 0);
  fill(test, number, fields.shop, "Cork");
  fill(test, number, fields.shop, "Cork"); // no change
  g_assert_cmpuint(log_of(test, any_id).count, ==, 2);
  g_assert_cmpuint(log_of(test, shop_id).count, ==, 1);
  g_assert_cmpint(log_of(test, shop_id).items[0].moment, ==, WHEN_FIELD);
  Rule *kept = NULL;
  g_assert_true(rule_find(test->arena, test->desk, shop_id, &kept, &error));
  g_assert_cmpint(kept->watched, ==, fields.shop);
}

// By the journal: it tells which field it was.
static void trying_knows_which_field_changed(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Fields fields = make_all(test);
  int64_t one = agnes_writes(test, "a1@x", NULL, NULL), two = agnes_writes(test, "a2@x", NULL, NULL);
  fill(test, one, fields.shop, "Cork");
  fill(test, two, fields.frame, "W-1");
  RuleNames names = names_of(test);
  RuleTrial trial;
  Rule rule = rule_when("Shop", WHEN(WHEN_FIELD));
  rule.watched = fields.shop;
  *list_add(test->arena, &rule.actions) = done(test, DO_FILL, fields.shop, "Cork");
  *list_add(test->arena, &rule.actions) = done(test, DO_FILL, fields.paid, "5");
  g_assert_true(rule_try(test->arena, test->desk, &rule, &names, &trial, &error));
  g_assert_cmpint(trial.happened, ==, 1);
  g_assert_cmpint(trial.counts.items[0], ==, 0); // it stands so already
  g_assert_cmpint(trial.counts.items[1], ==, 1);
  g_assert_cmpstr(trial.examples.items[0].what, ==, "Fill in \xE2\x80\x9CPaid\xE2\x80\x9D with 5");
  rule.watched = 0;
  g_assert_true(rule_try(test->arena, test->desk, &rule, &names, &trial, &error));
  g_assert_cmpint(trial.happened, ==, 2);
}

static void a_rule_does_not_fire_on_what_is_retired_and_its_log_says_so_once(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Fields fields = make_all(test);
  Rule rule = rule_when("Cork", WHEN(WHEN_OPENED)), other = rule_when("Any", WHEN(WHEN_OPENED));
  *list_add(test->arena, &rule.conditions) = asked(test, fields.shop, SENSE_IS_NOT, "Cork");
  add_if(test, &rule, IF_SUBJECT, SENSE_HAS, "Bell");
  add_do(test, &rule, DO_PRIORITY, "high", "");
  other.conditions = rule.conditions;
  other.is_any = true;
  add_do(test, &other, DO_TAG, "bell", "");
  int64_t id = keep(test, &rule), any_id = keep(test, &other);
  g_assert_cmpint(look(test, agnes_writes(test, "a1@x", "Bell", NULL))->priority, ==, PRIORITY_HIGH);
  g_assert_true(field_change(test->desk, &test->mira, fields.shop, "Shop", "Dublin\nGalway", &error));
  g_assert_cmpint(look(test, agnes_writes(test, "a2@x", "Bell", NULL))->priority, ==, PRIORITY_NORMAL);
  agnes_writes(test, "a3@x", "Bell", NULL);
  agnes_writes(test, "a4@x", "Lamp", NULL); // it would not hold anyhow
  g_assert_cmpuint(log_of(test, id).count, ==, 2);
  g_assert_cmpstr(log_of(test, id).items[0].outcome, ==,
                  "nothing: \xE2\x80\x9C"
                  "Cork\xE2\x80\x9D is no choice of the field \xE2\x80\x9CShop\xE2\x80\x9D any more");
  g_assert_true(field_retire(test->desk, &test->mira, fields.shop, &error));
  agnes_writes(test, "a5@x", "Bell", NULL);
  g_assert_cmpstr(log_of(test, id).items[0].outcome, ==,
                  "nothing: the field \xE2\x80\x9CShop\xE2\x80\x9D is not asked for any more");
  RuleFiringList any = log_of(test, any_id); // its other condition is enough, and where that fails its log says why
  g_assert_cmpuint(any.count, ==, 5);
  g_assert_cmpstr(any.items[0].outcome, ==, "tagged");
  g_assert_cmpstr(any.items[1].outcome, ==,
                  "nothing: \xE2\x80\x9C"
                  "Cork\xE2\x80\x9D is no choice of the field \xE2\x80\x9CShop\xE2\x80\x9D any more");
  test_counts(test);
}

static void what_cannot_be_filled_in_any_more_is_said(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Fields fields = make_all(test);
  Rule rule = rule_when("Cork", WHEN(WHEN_OPENED));
  *list_add(test->arena, &rule.actions) = done(test, DO_FILL, fields.shop, "Cork");
  *list_add(test->arena, &rule.actions) = done(test, DO_EMPTY, fields.frame, "");
  add_do(test, &rule, DO_PRIORITY, "high", "");
  int64_t id = keep(test, &rule);
  g_assert_true(field_change(test->desk, &test->mira, fields.shop, "Shop", "Dublin\nGalway", &error));
  g_assert_true(field_retire(test->desk, &test->mira, fields.frame, &error));
  int64_t number = agnes_writes(test, "a1@x", NULL, NULL);
  g_assert_cmpint(look(test, number)->priority, ==, PRIORITY_HIGH);
  g_assert_cmpstr(value_of(test, number, fields.shop), ==, "");
  g_assert_cmpstr(log_of(test, id).items[0].outcome, ==,
                  "not filled in: \xE2\x80\x9C"
                  "Cork\xE2\x80\x9D is no choice of the field \xE2\x80\x9CShop\xE2\x80\x9D any more; "
                  "not emptied: the field \xE2\x80\x9C"
                  "Frame\xE2\x80\x9D is not asked for any more; priority high");
  RuleNames names = names_of(test);
  Rule *kept = NULL;
  g_assert_true(rule_find(test->arena, test->desk, id, &kept, &error));
  g_assert_nonnull(rule_action_gone(test->arena, &names.fields, &kept->actions.items[0]));
  g_assert_nonnull(rule_action_gone(test->arena, &names.fields, &kept->actions.items[1]));
  g_assert_null(rule_action_gone(test->arena, &names.fields, &kept->actions.items[2]));
  kept->moments = WHEN(WHEN_FIELD);
  kept->watched = fields.frame;
  g_assert_nonnull(rule_watched_gone(test->arena, &names.fields, kept));
}

static void a_rule_comes_back_as_it_was_kept(void) {
  g_autoptr(TestDesk) test = begin();
  g_autoptr(GError) error = NULL;
  Fields fields = make_all(test);
  RuleNames names = names_of(test);
  Rule rule = rule_when("All", WHEN(WHEN_OPENED)), *kept = NULL;
  *list_add(test->arena, &rule.conditions) = asked(test, fields.bought, SENSE_AFTER, "today - 30");
  *list_add(test->arena, &rule.conditions) = asked(test, fields.frame, SENSE_EMPTY, "whatever");
  *list_add(test->arena, &rule.actions) = done(test, DO_FILL, fields.frame, "100 % \"W\" 3131");
  *list_add(test->arena, &rule.actions) = done(test, DO_EMPTY, fields.gift, "");
  g_assert_true(rule_find(test->arena, test->desk, keep(test, &rule), &kept, &error));
  g_assert_cmpuint(kept->conditions.count, ==, 2);
  g_assert_cmpuint(kept->actions.count, ==, 2);
  g_assert_cmpstr(rule_condition_words(test->arena, &names, &kept->conditions.items[0]), ==, "Bought is after today - 30");
  g_assert_cmpstr(rule_condition_words(test->arena, &names, &kept->conditions.items[1]), ==, "Frame is empty");
  g_assert_cmpstr(rule_action_words(test->arena, &names, &kept->actions.items[0]), ==,
                  "Fill in \xE2\x80\x9C"
                  "Frame\xE2\x80\x9D with 100 % \"W\" 3131");
  g_assert_cmpstr(rule_action_words(test->arena, &names, &kept->actions.items[1]), ==, "Empty \xE2\x80\x9CGift\xE2\x80\x9D");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/rule/own/comparisons", each_kind_of_field_has_the_comparisons_that_fit);
  g_test_add_func("/rule/own/does-not-fit", what_does_not_fit_is_said_in_a_sentence);
  g_test_add_func("/rule/own/filled-in", fields_are_filled_in_and_emptied_as_by_hand);
  g_test_add_func("/rule/own/moment", a_field_that_changes_is_a_moment);
  g_test_add_func("/rule/own/trying", trying_knows_which_field_changed);
  g_test_add_func("/rule/own/retired", a_rule_does_not_fire_on_what_is_retired_and_its_log_says_so_once);
  g_test_add_func("/rule/own/not-filled-in", what_cannot_be_filled_in_any_more_is_said);
  g_test_add_func("/rule/own/kept", a_rule_comes_back_as_it_was_kept);
  return g_test_run();
}
