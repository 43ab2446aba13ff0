// Remedies: what one may give, what must be asked for, who decides, and what the conversation says of it.
#include "desk/remedy/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"

#include <string.h>

typedef struct Story {
  TestDesk *test;
  Staff teodor, nuala; // supervisor, administrator
  int64_t number;
} Story;

// Agents may give 50.00 each and 80.00 to one customer in 30 days, supervisors 500.00 each.
static Story begin(void) {
  TestDesk *test = test_desk_new();
  Story story = {.test = test, .teodor = test_supervisor(test), .nuala = test_administrator(test)};
  story.number = test_write(test, TEST_AGNES, "a@x", "My saddle", NULL, NULL).number;
  test_limit(test, &story.teodor, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_EACH, 5000, 0);
  test_limit(test, &story.teodor, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_CUSTOMER, 8000, 30);
  test_limit(test, &story.nuala, ROLE_SUPERVISOR, LIMIT_ANY_KIND, LIMIT_EACH, 50000, 0);
  return story;
}

static void end(Story *story) {
  test_counts(story->test); // nothing is wrong in the database
  test_desk_free(story->test);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Story, end)

static bool journal_says(const Story *story, EventKind kind, const char *name, const char *detail) {
  Thread thread = test_thread(story->test, story->number);
  list_each(const Event, event, &thread.events)
    if (event->kind == kind) return g_strcmp0(event->staff_name, name) == 0 && strcmp(event->detail, detail) == 0;
  return false;
}

static RemedyStand stand_of(const Story *story, int64_t number) {
  g_autoptr(GError) error = NULL;
  RemedyStand stand;
  remedy_stand(story->test->desk, number, &stand, &error);
  g_assert_no_error(error);
  return stand;
}

static bool decide(const Story *story, const Staff *actor, int64_t id, bool is_approved, int64_t amount, GError **error) {
  RemedyDecision decision = {.is_approved = is_approved, .amount = amount, .reason = "Three weeks is too long."};
  return remedy_decide(story->test->desk, actor, id, &decision, error);
}

static int64_t left_for(const Story *story, const Staff *staff, RemedyKind kind) {
  g_autoptr(GError) error = NULL;
  AuthorityList list = {0};
  authority_of(story->test->arena, story->test->desk, staff, test_thread(story->test, story->number).conversation->customer_id,
               &list, &error);
  g_assert_no_error(error);
  return authority_for(&list, kind)->left;
}

static void within_the_limits_it_is_given_at_once(void) {
  g_auto(Story) story = begin();
  RemedyDraft draft = test_refund(story.number, 2000);
  int64_t id;
  g_assert_cmpint(test_give(story.test, &story.test->mira, &draft, &id), ==, REMEDY_DONE);
  const Remedy *remedy = test_remedy(story.test, id);
  g_assert_cmpint(remedy->state, ==, REMEDY_GRANTED);
  g_assert_cmpstr(remedy->asked_name, ==, "Mira Lindqvist");
  g_assert_cmpstr(remedy->customer_name, ==, "Agnes Moor");
  g_assert_cmpint(remedy->given_by, ==, story.test->mira.id);
  g_assert_true(journal_says(&story, EVENT_REMEDY_GRANTED, "Mira Lindqvist", "refund of 20.00 EUR"));
  RemedyStand stand = stand_of(&story, story.number);
  g_assert_cmpint(stand.granted, ==, 1);
  g_assert_cmpint(stand.waiting + stand.carried_out, ==, 0);
}

static void an_apology_needs_no_limit(void) {
  g_auto(Story) story = begin();
  RemedyDraft draft = {
    .number = story.number, .kind = REMEDY_APOLOGY, .currency = "EUR", .reason = "We were rude.", .seen_id = REMEDY_UNSEEN};
  int64_t id;
  g_assert_cmpint(test_give(story.test, &story.test->mira, &draft, &id), ==, REMEDY_DONE);
  g_assert_cmpstr(remedy_words(story.test->arena, test_remedy(story.test, id)), ==, "apology");
}

static void the_tightest_limit_wins(void) {
  g_auto(Story) story = begin();
  TestDesk *test = story.test;
  RemedyDraft draft = test_refund(story.number, 5000);
  g_assert_cmpint(left_for(&story, &test->mira, REMEDY_REFUND), ==, 5000); // each, before 80.00 to the customer
  g_assert_cmpint(test_give(test, &test->mira, &draft, NULL), ==, REMEDY_DONE);
  g_assert_cmpint(left_for(&story, &test->mira, REMEDY_REFUND), ==, 3000); // to the customer, whoever gave it
  g_assert_cmpint(left_for(&story, &test->jonas, REMEDY_REFUND), ==, 3000);
  draft.amount = 3001;
  g_assert_cmpint(test_give(test, &test->jonas, &draft, NULL), ==, REMEDY_ABOVE);
  test_limit(test, &story.teodor, ROLE_AGENT, REMEDY_REFUND, LIMIT_EACH, 1000, 0);
  g_assert_cmpint(left_for(&story, &test->mira, REMEDY_REFUND), ==, 1000); // refunds alone
  g_assert_cmpint(left_for(&story, &test->mira, REMEDY_CREDIT), ==, 3000);
  test_limit(test, &story.teodor, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_PERSON, 5500, 7);
  g_assert_cmpint(left_for(&story, &test->mira, REMEDY_CREDIT), ==, 500); // 50.00 of 55.00 are Mira's
  g_assert_cmpint(left_for(&story, &test->jonas, REMEDY_CREDIT), ==, 3000);
  test_limit(test, &story.teodor, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_ROLE, 5100, 7);
  g_assert_cmpint(left_for(&story, &test->jonas, REMEDY_CREDIT), ==, 100); // 50.00 of 51.00 are all agents'
}

// The worked example of doc/remedies.md.
static void the_example_of_the_documentation(void) {
  g_auto(Story) story = begin();
  TestDesk *test = story.test;
  g_autoptr(GError) error = NULL;
  test_limit(test, &story.teodor, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_PERSON, 20000, 7);
  test_limit(test, &story.teodor, ROLE_AGENT, REMEDY_REFUND, LIMIT_EACH, 4000, 0);
  RemedyDraft credit = test_refund(story.number, 4500);
  credit.kind = REMEDY_CREDIT;
  g_assert_cmpint(test_give(test, &test->jonas, &credit, NULL), ==, REMEDY_DONE);
  test->clock.set_to += 7 * CLOCK_DAY;
  for (int i = 0; i < 4; i++) { // 170.00 to others
    const char *author = arena_printf(test->arena, "c%d@falk.example", i);
    RemedyDraft other = test_refund(test_write(test, author, arena_printf(test->arena, "o%d@x", i), NULL, NULL, NULL).number,
                                    i ? 4000 : 5000);
    other.kind = REMEDY_CREDIT;
    g_assert_cmpint(test_give(test, &test->mira, &other, NULL), ==, REMEDY_DONE);
  }
  g_assert_cmpint(left_for(&story, &test->mira, REMEDY_REFUND), ==, 3000);
  g_assert_cmpint(left_for(&story, &test->mira, REMEDY_CREDIT), ==, 3000);
  g_assert_true(decide(&story, &story.teodor, test_ask(test, &test->mira, story.number, 6000), true, 5500, &error));
  g_assert_cmpint(left_for(&story, &test->mira, REMEDY_CREDIT), ==, 0); // 100.00 of 80.00 to Agnes
  RemedyDraft last = test_refund(test_write(test, "d@falk.example", "d@x", NULL, NULL, NULL).number, 3000);
  g_assert_cmpint(test_give(test, &test->mira, &last, NULL), ==, REMEDY_DONE); // and 30.00 of her own
}

static void what_is_long_ago_counts_no_more(void) {
  g_auto(Story) story = begin();
  RemedyDraft draft = test_refund(story.number, 5000);
  test_give(story.test, &story.test->mira, &draft, NULL);
  story.test->clock.set_to += 29 * CLOCK_DAY; // the 30th day, the first included
  g_assert_cmpint(left_for(&story, &story.test->mira, REMEDY_REFUND), ==, 3000);
  story.test->clock.set_to += CLOCK_DAY;
  g_assert_cmpint(left_for(&story, &story.test->mira, REMEDY_REFUND), ==, 5000);
}

static void above_the_limits_nothing_happens_until_it_is_asked_for(void) {
  g_auto(Story) story = begin();
  RemedyDraft draft = test_refund(story.number, 12000);
  RemedyOutcome outcome;
  int64_t id;
  const char *why;
  g_assert_true(remedy_give(story.test->arena, story.test->desk, &story.test->mira, &draft, &outcome, &id, &why, NULL));
  g_assert_cmpint(outcome, ==, REMEDY_ABOVE);
  g_assert_cmpstr(why, ==, "50.00 EUR can be given now. The limit is 50.00 EUR each.");
  g_assert_cmpint(stand_of(&story, story.number).waiting, ==, 0);
  id = test_ask(story.test, &story.test->mira, story.number, 12000);
  const Remedy *remedy = test_remedy(story.test, id);
  g_assert_cmpint(remedy->state, ==, REMEDY_WAITING);
  g_assert_cmpstr(remedy->why_asked, ==, "50.00 EUR can be given now. The limit is 50.00 EUR each.");
  g_assert_cmpint(remedy->due_at, ==, story.test->clock.set_to + 24 * CLOCK_HOUR);
  g_assert_cmpint(stand_of(&story, story.number).waiting, ==, 1);
  g_assert_cmpint(left_for(&story, &story.test->mira, REMEDY_REFUND), ==, 5000); // what waits takes nothing
  g_assert_true(journal_says(&story, EVENT_REMEDY_ASKED, "Mira Lindqvist", "refund of 120.00 EUR"));
}

static void a_colleague_with_authority_approves(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  int64_t id = test_ask(story.test, &story.test->mira, story.number, 12000);
  decide(&story, &story.teodor, id, true, 0, &error);
  g_assert_no_error(error);
  const Remedy *remedy = test_remedy(story.test, id);
  g_assert_cmpint(remedy->state, ==, REMEDY_APPROVED);
  g_assert_cmpint(remedy->amount, ==, 12000);
  g_assert_cmpstr(remedy->decided_name, ==, "Teodor Iliescu");
  g_assert_cmpstr(remedy->decision_reason, ==, "Three weeks is too long.");
  g_assert_cmpint(remedy->given_role, ==, ROLE_SUPERVISOR); // it was Teodor's authority
  g_assert_true(journal_says(&story, EVENT_REMEDY_APPROVED, "Teodor Iliescu", "refund of 120.00 EUR"));
  g_assert_cmpint(left_for(&story, &story.test->mira, REMEDY_REFUND), ==, 0); // the customer got 120.00 of 80.00 in 30 days
}

static void less_can_be_approved_and_nothing_more(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  int64_t id = test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_false(decide(&story, &story.teodor, id, true, 12001, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_true(decide(&story, &story.teodor, id, true, 9000, &error));
  g_assert_cmpint(test_remedy(story.test, id)->amount, ==, 9000);
  g_assert_cmpint(test_remedy(story.test, id)->asked_amount, ==, 12000);
  g_assert_true(journal_says(&story, EVENT_REMEDY_APPROVED, "Teodor Iliescu", "refund of 90.00 EUR"));
}

static void what_is_declined_takes_nothing(void) {
  g_auto(Story) story = begin();
  int64_t id = test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_true(decide(&story, &story.teodor, id, false, 0, NULL));
  g_assert_cmpint(test_remedy(story.test, id)->state, ==, REMEDY_DECLINED);
  g_assert_cmpint(left_for(&story, &story.test->mira, REMEDY_REFUND), ==, 5000);
  g_assert_true(journal_says(&story, EVENT_REMEDY_DECLINED, "Teodor Iliescu", "refund of 120.00 EUR"));
}

static void who_may_not_decide_is_told_why(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  int64_t id = test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_false(decide(&story, &story.test->jonas, id, true, 0, &error)); // an agent
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_clear_error(&error);
  id = test_ask(story.test, &story.teodor, story.number, 60000); // beyond a supervisor
  g_assert_false(decide(&story, &story.teodor, id, true, 0, &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_assert_nonnull(strstr(error->message, "yourself"));
  g_clear_error(&error);
  g_assert_false(decide(&story, &story.teodor, id, true, 100, &error)); // nor a part of it
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_clear_error(&error);
  Staff other = test_person(story.test, "Ines Prat", "ines@godwit.example", ROLE_SUPERVISOR);
  g_assert_false(decide(&story, &other, id, true, 0, &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_assert_nonnull(strstr(error->message, "500.00 EUR can be given now"));
  g_clear_error(&error);
  g_assert_true(decide(&story, &other, id, true, 40000, &error)); // as far as their authority goes
  g_assert_no_error(error);
}

static void a_decision_needs_a_reason(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  RemedyDecision silent = {.is_approved = true, .reason = "  "};
  int64_t id = test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_false(remedy_decide(story.test->desk, &story.teodor, id, &silent, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_assert_cmpint(test_remedy(story.test, id)->state, ==, REMEDY_WAITING);
}

static void of_two_decisions_the_second_is_a_conflict(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  int64_t id = test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_true(decide(&story, &story.teodor, id, true, 0, &error));
  g_assert_false(decide(&story, &story.nuala, id, false, 0, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_assert_cmpstr(error->message, ==, "Teodor Iliescu has approved this already; your decision was not kept.");
  g_assert_cmpint(test_remedy(story.test, id)->state, ==, REMEDY_APPROVED);
}

static void late_is_late_and_never_approved(void) {
  g_auto(Story) story = begin();
  int64_t id = test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_false(remedy_is_late(test_remedy(story.test, id), story.test->clock.set_to + 24 * CLOCK_HOUR));
  story.test->clock.set_to += 365 * CLOCK_DAY;
  g_assert_cmpint(test_remedy(story.test, id)->state, ==, REMEDY_WAITING);
  g_assert_true(remedy_is_late(test_remedy(story.test, id), story.test->clock.set_to));
  g_assert_true(decide(&story, &story.teodor, id, true, 0, NULL)); // and can still be decided
}

static void who_asked_can_withdraw(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  int64_t id = test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_false(remedy_withdraw(story.test->desk, &story.teodor, id, &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_clear_error(&error);
  g_assert_true(remedy_withdraw(story.test->desk, &story.test->mira, id, &error));
  g_assert_false(decide(&story, &story.teodor, id, true, 0, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_assert_nonnull(strstr(error->message, "Mira Lindqvist has withdrawn"));
}

static void what_is_withdrawn_comes_back_to_the_limits(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  RemedyDraft draft = test_refund(story.number, 5000);
  int64_t id;
  test_give(story.test, &story.test->mira, &draft, &id);
  story.test->clock.set_to += 2 * CLOCK_DAY; // it was counted two days ago
  g_assert_true(remedy_withdraw(story.test->desk, &story.test->mira, id, &error));
  g_assert_cmpint(left_for(&story, &story.test->mira, REMEDY_REFUND), ==, 5000);
  g_assert_false(remedy_withdraw(story.test->desk, &story.test->mira, id, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
}

// Who gave it may have left; then nothing else could free what it holds, and its complaint could not be closed.
static void a_supervisor_can_withdraw_what_was_given(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  RemedyDraft draft = test_refund(story.number, 5000);
  int64_t id;
  test_give(story.test, &story.test->mira, &draft, &id);
  g_assert_false(remedy_withdraw(story.test->desk, &story.test->jonas, id, &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_clear_error(&error);
  g_assert_true(remedy_withdraw(story.test->desk, &story.teodor, id, &error));
  g_assert_cmpint(test_remedy(story.test, id)->state, ==, REMEDY_WITHDRAWN);
  g_assert_cmpint(left_for(&story, &story.test->mira, REMEDY_REFUND), ==, 5000);
}

static void what_is_carried_out_stays(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  RemedyDraft draft = test_refund(story.number, 5000);
  int64_t id, now = story.test->clock.set_to;
  test_give(story.test, &story.test->mira, &draft, &id);
  g_assert_false(remedy_carry_out(story.test->desk, &story.test->jonas, id, now + 1, "", &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_true(remedy_carry_out(story.test->desk, &story.test->jonas, id, now, "bank transfer 77", &error));
  const Remedy *remedy = test_remedy(story.test, id);
  g_assert_cmpint(remedy->carried_out_at, ==, now);
  g_assert_cmpstr(remedy->carried_out_name, ==, "Jonas Feld");
  g_assert_cmpstr(remedy->carried_out_how, ==, "bank transfer 77");
  g_assert_true(journal_says(&story, EVENT_REMEDY_CARRIED_OUT, "Jonas Feld", "refund of 50.00 EUR"));
  g_assert_cmpint(stand_of(&story, story.number).carried_out, ==, 1);
  g_assert_cmpint(stand_of(&story, story.number).granted, ==, 0);
  g_assert_false(remedy_carry_out(story.test->desk, &story.test->mira, id, now, "", &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  g_assert_false(remedy_withdraw(story.test->desk, &story.test->mira, id, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
}

static void what_waits_cannot_be_carried_out(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  int64_t id = test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_false(remedy_carry_out(story.test->desk, &story.test->mira, id, story.test->clock.set_to, "", &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
}

static void another_currency_needs_approval_by_who_has_no_bound(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  RemedyDraft draft = test_refund(story.number, 100);
  draft.currency = "CHF";
  g_assert_cmpint(test_give(story.test, &story.test->mira, &draft, NULL), ==, REMEDY_ABOVE);
  draft.ask = true;
  int64_t id;
  g_assert_cmpint(test_give(story.test, &story.test->mira, &draft, &id), ==, REMEDY_ASKED);
  g_assert_nonnull(strstr(test_remedy(story.test, id)->why_asked, "The limit is in EUR"));
  g_assert_false(decide(&story, &story.teodor, id, true, 0, &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_assert_true(decide(&story, &story.nuala, id, true, 0, NULL)); // administrators begin without a bound
}

static void a_role_without_limits_asks_for_everything(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test), teodor = test_supervisor(test);
  RemedyDraft draft = test_refund(test_write(test, TEST_AGNES, "a@x", NULL, NULL, NULL).number, 1);
  g_assert_cmpint(test_give(test, &test->mira, &draft, NULL), ==, REMEDY_ABOVE);
  g_assert_cmpint(test_give(test, &teodor, &draft, NULL), ==, REMEDY_ABOVE);
  g_assert_cmpint(test_give(test, &nuala, &draft, NULL), ==, REMEDY_DONE);
}

static void drafts_that_make_no_sense_are_refused(void) {
  g_auto(Story) story = begin();
  RemedyDraft good = test_refund(story.number, 100), drafts[] = {good, good, good, good, good, good, good, good};
  drafts[0].amount = 0;
  drafts[1].amount = -100;
  drafts[2].amount = MONEY_MOST + 1;
  drafts[3].currency = "EURO";
  drafts[4].reason = " \n ";
  drafts[5].kind = REMEDY_APOLOGY;
  drafts[6].kind = REMEDY_KIND_COUNT;
  drafts[7].ask_within = 1;
  for (size_t i = 0; i < G_N_ELEMENTS(drafts); i++) {
    g_autoptr(GError) error = NULL;
    RemedyOutcome outcome;
    int64_t id;
    const char *why;
    g_assert_false(remedy_give(story.test->arena, story.test->desk, &story.nuala, &drafts[i], &outcome, &id, &why, &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
  g_assert_cmpint(stand_of(&story, story.number).granted, ==, 0);
}

static void pressing_twice_gives_once(void) {
  g_auto(Story) story = begin();
  RemedyDraft draft = test_refund(story.number, 100);
  int64_t newest = -1;
  g_assert_true(remedy_newest(story.test->desk, story.number, &draft.seen_id, NULL));
  g_assert_cmpint(test_give(story.test, &story.test->mira, &draft, &newest), ==, REMEDY_DONE);
  g_assert_cmpint(test_give(story.test, &story.test->mira, &draft, NULL), ==, REMEDY_CHANGED);
  draft.seen_id = newest;
  g_assert_cmpint(test_give(story.test, &story.test->mira, &draft, NULL), ==, REMEDY_DONE);
}

static void a_merge_takes_remedies_along(void) {
  g_auto(Story) story = begin();
  g_autoptr(GError) error = NULL;
  int64_t other = test_write(story.test, "Bruno <bruno@falk.example>", "b@x", NULL, NULL, NULL).number;
  RemedyDraft draft = test_refund(other, 2000);
  int64_t given, waiting;
  test_give(story.test, &story.test->mira, &draft, &given);
  waiting = test_ask(story.test, &story.test->mira, other, 12000);
  g_assert_true(conversation_merge(story.test->desk, &story.test->mira, other, story.number, &error));
  RemedyList list = {0};
  g_assert_true(remedy_list_of(story.test->arena, story.test->desk, story.number, &list, &error));
  g_assert_cmpuint(list.count, ==, 2);
  g_assert_cmpint(list.items[0].id, ==, given);
  g_assert_cmpstr(list.items[0].customer_name, ==, "Bruno"); // he got it
  g_assert_true(decide(&story, &story.teodor, waiting, true, 0, &error));
  g_assert_cmpint(test_remedy(story.test, waiting)->number, ==, story.number);
  g_assert_cmpstr(test_remedy(story.test, waiting)->customer_name, ==, "Agnes Moor"); // whose conversation it is now
}

static void approvals_wait_for_those_who_can_decide(void) {
  g_auto(Story) story = begin();
  TestDesk *test = story.test;
  RemedyPage page;
  int64_t count, large;
  test_ask(test, &test->mira, story.number, 12000);
  large = test_ask(test, &test->mira, story.number, 60000);
  int64_t own = test_ask(test, &story.teodor, story.number, 60000);
  g_assert_true(remedy_approvals(test->arena, test->desk, &story.teodor, true, 0, 0, &page, NULL));
  g_assert_cmpuint(page.rows.count, ==, 1); // 600.00 is too much for him
  g_assert_true(remedy_approvals(test->arena, test->desk, &story.teodor, false, 0, 0, &page, NULL));
  g_assert_cmpuint(page.rows.count, ==, 2);
  g_assert_cmpint(page.rows.items[1].id, ==, own);
  g_assert_true(remedy_approvals_count(test->desk, &story.nuala, &count, NULL));
  g_assert_cmpint(count, ==, 3);
  g_assert_true(remedy_approvals_count(test->desk, &test->jonas, &count, NULL)); // an agent decides nothing
  g_assert_cmpint(count, ==, 0);
  test_limit(test, &story.nuala, ROLE_SUPERVISOR, LIMIT_ANY_KIND, LIMIT_EACH, 100000, 0); // higher limits open what waits
  g_assert_true(remedy_approvals_count(test->desk, &story.teodor, &count, NULL));
  g_assert_cmpint(count, ==, 2);
  test_limit(test, &story.nuala, ROLE_SUPERVISOR, REMEDY_REFUND, LIMIT_EACH, 20000, 0); // and tighter ones close it
  g_assert_true(remedy_approvals_count(test->desk, &story.teodor, &count, NULL));
  g_assert_cmpint(count, ==, 1);
  g_assert_true(decide(&story, &story.nuala, large, false, 0, NULL));
  g_assert_true(remedy_approvals_count(test->desk, &story.nuala, &count, NULL));
  g_assert_cmpint(count, ==, 2);
}

static int notices_to(const Story *story, const char *email, const char *words) {
  OutboxMailList mails = {0};
  int found = 0;
  test_tell_staff(story->test);
  g_assert_true(outbox_list(story->test->arena, story->test->desk, &mails, NULL));
  list_each(const OutboxMail, mail, &mails)
    if (strstr(mail->recipients, email) && strstr(test_sent_mail(story->test, mail->message_id)->text, words)) found++;
  return found;
}

static void those_who_can_decide_are_told_by_mail(void) {
  g_auto(Story) story = begin();
  test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_cmpint(
    notices_to(&story, "teodor@godwit.example", "Mira Lindqvist asks for approval of a refund of 120.00 EUR for Agnes Moor"), ==,
    1);
  g_assert_cmpint(notices_to(&story, "nuala@godwit.example", "The saddle came torn."), ==, 1);
  g_assert_cmpint(notices_to(&story, "jonas@godwit.example", "asks for approval"), ==, 0);
  g_assert_cmpint(notices_to(&story, "mira@godwit.example", "asks for approval"), ==, 0);
  test_ask(story.test, &story.teodor, story.number, 60000); // beyond supervisors
  g_assert_cmpint(notices_to(&story, "teodor@godwit.example", "asks for approval"), ==, 1);
  g_assert_cmpint(notices_to(&story, "nuala@godwit.example", "asks for approval"), ==, 2);
  g_assert_cmpuint(test_thread(story.test, story.number).messages.count, ==, 2); // notices are no messages of the thread
}

static void who_asked_hears_of_the_decision_when_they_want_mails(void) {
  g_auto(Story) story = begin();
  int64_t quiet = test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_true(decide(&story, &story.teodor, quiet, true, 9000, NULL));
  g_assert_cmpint(notices_to(&story, "mira@godwit.example", "approved"), ==, 0);
  g_assert_true(staff_set_mails(story.test->desk, story.test->mira.id, STAFF_MAILS_MINE, NULL));
  int64_t heard = test_ask(story.test, &story.test->mira, story.number, 12000);
  g_assert_true(decide(&story, &story.teodor, heard, true, 9000, NULL));
  g_assert_cmpint(notices_to(&story, "mira@godwit.example", "Teodor Iliescu approved in part the refund for Agnes Moor"), ==, 1);
  g_assert_cmpint(notices_to(&story, "mira@godwit.example", "90.00 EUR of the 120.00 EUR you asked for"), ==, 1);
}

static void limits_are_for_those_above(void) {
  g_auto(Story) story = begin();
  RemedyLimit limit = {.role = ROLE_AGENT, .kind = LIMIT_ANY_KIND, .scope = LIMIT_EACH, .amount = 100, .currency = "EUR"};
  g_autoptr(GError) error = NULL;
  g_assert_false(limit_set(story.test->desk, &story.test->mira, &limit, &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_clear_error(&error);
  limit.role = ROLE_SUPERVISOR;
  g_assert_false(limit_set(story.test->desk, &story.teodor, &limit, &error)); // not their own
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_assert_true(limit_set(story.test->desk, &story.nuala, &limit, NULL));
}

static void limits_that_make_no_sense_are_refused(void) {
  g_auto(Story) story = begin();
  const RemedyLimit good = {
    .role = ROLE_AGENT, .kind = LIMIT_ANY_KIND, .scope = LIMIT_PERSON, .amount = 100, .currency = "EUR", .days = 7};
  RemedyLimit limits[] = {good, good, good, good, good, good, good, good};
  limits[0].days = 0;
  limits[1].days = LIMIT_DAYS_MOST + 1;
  limits[2].amount = LIMIT_NO_BOUND;
  limits[3].amount = -2;
  limits[4].kind = REMEDY_APOLOGY;
  limits[5].kind = REMEDY_KIND_COUNT;
  limits[6].currency = "euro";
  limits[7].scope = LIMIT_EACH; // with days
  for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(limit_set(story.test->desk, &story.teodor, &limits[i], &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
}

static void limits_are_ended_and_remembered(void) {
  g_auto(Story) story = begin();
  RemedyLimitList holding = {0}, ended = {0};
  Arena *arena = story.test->arena;
  g_assert_true(limit_list(arena, story.test->desk, &holding, NULL));
  g_assert_cmpuint(holding.count, ==, 4); // three of ours, and the administrators'
  g_assert_cmpstr(limit_words(arena, &holding.items[0]), ==, "up to 50.00 EUR each, any remedy");
  g_assert_cmpstr(limit_words(arena, &holding.items[1]), ==, "up to 80.00 EUR in 30 days to one customer, any remedy");
  g_assert_cmpstr(limit_words(arena, &holding.items[3]), ==, "any amount each, any remedy");
  test_limit(story.test, &story.teodor, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_EACH, 2000, 0); // in place of 50.00
  g_assert_cmpint(left_for(&story, &story.test->mira, REMEDY_REFUND), ==, 2000);
  g_assert_true(limit_end(story.test->desk, &story.teodor, holding.items[1].id, NULL));
  g_autoptr(GError) error = NULL;
  g_assert_false(limit_end(story.test->desk, &story.teodor, holding.items[1].id, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_assert_true(limit_history(arena, story.test->desk, &ended, NULL));
  g_assert_cmpuint(ended.count, ==, 2);
  g_assert_cmpint(ended.items[0].amount + ended.items[1].amount, ==, 5000 + 8000);
  g_assert_cmpstr(ended.items[0].ended_name, ==, "Teodor Iliescu");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/remedy/give/within", within_the_limits_it_is_given_at_once);
  g_test_add_func("/remedy/give/apology", an_apology_needs_no_limit);
  g_test_add_func("/remedy/give/above", above_the_limits_nothing_happens_until_it_is_asked_for);
  g_test_add_func("/remedy/give/currency", another_currency_needs_approval_by_who_has_no_bound);
  g_test_add_func("/remedy/give/without-limits", a_role_without_limits_asks_for_everything);
  g_test_add_func("/remedy/give/refused", drafts_that_make_no_sense_are_refused);
  g_test_add_func("/remedy/give/twice", pressing_twice_gives_once);
  g_test_add_func("/remedy/authority/tightest", the_tightest_limit_wins);
  g_test_add_func("/remedy/authority/example", the_example_of_the_documentation);
  g_test_add_func("/remedy/authority/long-ago", what_is_long_ago_counts_no_more);
  g_test_add_func("/remedy/decide/approve", a_colleague_with_authority_approves);
  g_test_add_func("/remedy/decide/less", less_can_be_approved_and_nothing_more);
  g_test_add_func("/remedy/decide/decline", what_is_declined_takes_nothing);
  g_test_add_func("/remedy/decide/forbidden", who_may_not_decide_is_told_why);
  g_test_add_func("/remedy/decide/reason", a_decision_needs_a_reason);
  g_test_add_func("/remedy/decide/conflict", of_two_decisions_the_second_is_a_conflict);
  g_test_add_func("/remedy/decide/late", late_is_late_and_never_approved);
  g_test_add_func("/remedy/decide/whose", approvals_wait_for_those_who_can_decide);
  g_test_add_func("/remedy/decide/mail", those_who_can_decide_are_told_by_mail);
  g_test_add_func("/remedy/decide/answer", who_asked_hears_of_the_decision_when_they_want_mails);
  g_test_add_func("/remedy/withdraw/asker", who_asked_can_withdraw);
  g_test_add_func("/remedy/withdraw/supervisor", a_supervisor_can_withdraw_what_was_given);
  g_test_add_func("/remedy/withdraw/limits", what_is_withdrawn_comes_back_to_the_limits);
  g_test_add_func("/remedy/carry-out/stays", what_is_carried_out_stays);
  g_test_add_func("/remedy/carry-out/waiting", what_waits_cannot_be_carried_out);
  g_test_add_func("/remedy/merge", a_merge_takes_remedies_along);
  g_test_add_func("/remedy/limit/above", limits_are_for_those_above);
  g_test_add_func("/remedy/limit/refused", limits_that_make_no_sense_are_refused);
  g_test_add_func("/remedy/limit/ended", limits_are_ended_and_remembered);
  return g_test_run();
}
