// What happens to complaints by themselves and beside them: mail that leaves, clocks, merging, rules, promises, effort, the register.
#include "desk/testing.h"

#include "desk/complaint/clock.h"
#include "desk/complaint/effort.h"
#include "desk/complaint/handling.h"
#include "desk/complaint/happen.h"
#include "desk/complaint/next.h"
#include "desk/complaint/promise.h"
#include "desk/complaint/register.h"
#include "desk/complaint/suggestion.h"
#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"
#include "desk/rule/rule.h"

#define AGNES "Agnes Moor <agnes@moor.example>"

static int64_t write_in(TestDesk *test, const char *id) {
  return test_write(test, AGNES, id, "The lamp", NULL, "I am furious about this lamp. Nobody listens to me.").number;
}

static void make(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  complaint_receive(test->desk, &test->mira, number, ORIGIN_PERSON, "", &error);
  g_assert_no_error(error);
}

static Complaint *look(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  Complaint *complaint = NULL;
  complaint_find(test->arena, test->desk, number, &complaint, &error);
  g_assert_no_error(error);
  return complaint;
}

static ComplaintStep last_step(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  ComplaintStepList steps = {0};
  complaint_steps(test->arena, test->desk, number, &steps, &error);
  g_assert_no_error(error);
  return steps.items[steps.count - 1];
}

static void happen(TestDesk *test, int64_t number, ComplaintMove move) {
  g_autoptr(GError) error = NULL;
  if (!move.actor) move.actor = &test->mira;
  complaint_advance(test->desk, number, &move, &error);
  g_assert_no_error(error);
}

static void send_everything(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  OutboxMail *mail = NULL;
  int64_t next_at = 0;
  while (outbox_claim(test->arena, test->desk, &mail, &next_at, &error) && mail)
    g_assert_true(outbox_settle_sent(test->desk, mail, "ok", &error));
  g_assert_no_error(error);
}

static ComplaintClock clock_of(TestDesk *test, int64_t number, DeadlineKind kind) {
  g_autoptr(GError) error = NULL;
  ComplaintClockList clocks = {0};
  complaint_clocks(test->arena, test->desk, number, &clocks, &error);
  g_assert_no_error(error);
  list_each(const ComplaintClock, clock, &clocks)
    if (clock->kind == kind) return *clock;
  return (ComplaintClock){.kind = DEADLINE_KIND_COUNT};
}

// ——— mail

static void an_acknowledgement_counts_when_it_has_left(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = write_in(test, "a1@x");
  make(test, number);
  g_assert_cmpint(look(test, number)->stage, ==, STAGE_RECEIVED);
  test->clock.set_to += CLOCK_MINUTE;
  send_everything(test);
  g_assert_cmpint(look(test, number)->stage, ==, STAGE_ACKNOWLEDGED);
  ComplaintStep step = last_step(test, number);
  g_assert_cmpint(step.happened_at, ==, test->clock.set_to);
  g_assert_cmpint(step.message_id, ==, test_thread(test, number).messages.items[1].id);
  g_assert_cmpint(clock_of(test, number, DEADLINE_ACKNOWLEDGE).met_at, ==, test->clock.set_to);
  g_assert_cmpint(clock_of(test, number, DEADLINE_FIRST_ANSWER).met_at, ==, 0); // a machine's answer is none
}

static void what_was_sent_before_it_was_seen_counts(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = write_in(test, "a1@x");
  send_everything(test);
  test->clock.set_to += CLOCK_HOUR;
  test_reply(test, number, "I will look at it.");
  send_everything(test);
  int64_t answered_at = test->clock.set_to;
  test->clock.set_to += CLOCK_HOUR;
  make(test, number);
  g_assert_cmpint(look(test, number)->stage, ==, STAGE_ACKNOWLEDGED);
  g_assert_cmpint(clock_of(test, number, DEADLINE_FIRST_ANSWER).met_at, ==, answered_at);
}

static void what_leaves_acknowledges_at_whatever_stage(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, "a1@x");
  make(test, number);
  Assessment assessment = {.severity = SEVERITY_SERIOUS, .about = "", .seeks = "A lamp"};
  g_assert_true(complaint_assess(test->desk, &test->mira, number, &assessment, &error)); // before anything was sent
  test->clock.set_to += CLOCK_MINUTE;
  send_everything(test);
  g_assert_cmpint(look(test, number)->stage, ==, STAGE_ASSESSED);
  g_assert_cmpint(clock_of(test, number, DEADLINE_ACKNOWLEDGE).met_at, ==, test->clock.set_to);
  g_assert_cmpint(look(test, number)->next_due_at, ==, clock_of(test, number, DEADLINE_FIRST_ANSWER).due_at);
}

static void an_owner_who_left_does_not_come_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, "a1@x");
  make(test, number);
  Complaint *read = look(test, number); // by somebody who is about to change it
  g_assert_cmpint(read->owner_id, ==, test->mira.id);
  g_assert_true(complaint_note_leaving(test->desk, test->mira.id, &error));
  Complaint after = *read;
  after.is_safety = true;
  g_assert_true(complaint_save(test->desk, read, &after, &error));
  g_assert_cmpint(look(test, number)->owner_id, ==, 0);
}

static void an_answer_and_the_final_response_are_noted_together(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, "a1@x");
  make(test, number);
  send_everything(test);
  Assessment assessment = {.severity = SEVERITY_SERIOUS, .about = "", .seeks = "A lamp"};
  g_assert_true(complaint_assess(test->desk, &test->mira, number, &assessment, &error));
  ComplaintMove found = {.event = COMPLAINT_INVESTIGATE, .actor = &test->mira, .detail = "The lamp is torn.", .is_final = true};
  g_assert_false(complaint_advance(test->desk, number, &found, &error)); // no message is named, so neither is kept
  g_assert_error(error, RAPPORT_ERROR, ERROR_CONFLICT);
  g_assert_cmpint(look(test, number)->stage, ==, STAGE_ASSESSED);
  int64_t answer = test_reply(test, number, "A new lamp.");
  send_everything(test);
  happen(test, number, (ComplaintMove){.event = COMPLAINT_ANSWER, .message_id = answer, .is_final = true});
  g_assert_cmpint(last_step(test, number).event, ==, COMPLAINT_FINAL_RESPONSE);
  g_assert_cmpint(look(test, number)->stage, ==, STAGE_ANSWERED);
}

static void an_answer_that_can_be_taken_back_shows_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, "a1@x"), id = 0;
  make(test, number);
  ReplyDraft draft = {.number = number, .text = "We will.", .hold = 10 * CLOCK_SECOND};
  ReplyOutcome outcome;
  g_assert_true(conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error));
  ComplaintMove move = {.event = COMPLAINT_ANSWER, .actor = &test->mira, .message_id = id};
  g_assert_false(complaint_advance(test->desk, number, &move, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_CONFLICT);
  test->clock.set_to += CLOCK_MINUTE;
  send_everything(test);
  happen(test, number, move);
}

static void who_writes_after_closing_is_news(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = write_in(test, "a1@x");
  make(test, number);
  happen(test, number, (ComplaintMove){.event = COMPLAINT_WITHDRAW, .detail = "She took it back."});
  g_assert_cmpint(test_write(test, AGNES, "a2@x", "The lamp", "a1@x", "It is broken again.").number, ==, number);
  test_write(test, AGNES, "a3@x", "The lamp", "a2@x", "Hello?");
  Complaint *complaint = look(test, number);
  g_assert_true(complaint->has_news);
  g_assert_cmpint(last_step(test, number).event, ==, COMPLAINT_NEWS); // once
  ComplaintFacts facts = {0};
  g_assert_nonnull(complaint_next_step(test->arena, complaint, &facts, test->clock.set_to).sentence);
  test_counts(test);
  happen(test, number, (ComplaintMove){.event = COMPLAINT_NEWS, .detail = "It is about another lamp."});
  g_assert_false(look(test, number)->has_news);
  happen(test, number, (ComplaintMove){.event = COMPLAINT_REOPEN, .detail = "It is the same lamp after all."});
  g_assert_cmpint(look(test, number)->stage, ==, STAGE_INVESTIGATED);
  test_counts(test);
}

static void an_open_complaint_is_not_solved(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, "a1@x"), id = 0;
  make(test, number);
  g_assert_false(conversation_solve(test->desk, &test->mira, number, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_CONFLICT);
  g_clear_error(&error);
  ReplyDraft draft = {.number = number, .text = "We will.", .solve = true};
  ReplyOutcome outcome;
  g_assert_true(conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error));
  g_assert_cmpint(outcome, ==, REPLY_KEPT); // the answer goes out
  g_assert_cmpint(test_thread(test, number).conversation->state, ==, CONVERSATION_OPEN);
  happen(test, number, (ComplaintMove){.event = COMPLAINT_WITHDRAW, .detail = "She took it back."});
  g_assert_true(conversation_solve(test->desk, &test->mira, number, &error));
}

static void making_one_opens_what_was_solved(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, "a1@x");
  g_assert_true(conversation_solve(test->desk, &test->mira, number, &error));
  make(test, number);
  g_assert_cmpint(test_thread(test, number).conversation->state, ==, CONVERSATION_OPEN);
  test_counts(test);
}

// ——— clocks

static void severity_moves_the_own_clock_and_never_the_legal_one(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(profile_set(test->desk, PROFILE_FCA_DISP, &error));
  int64_t number = write_in(test, "a1@x");
  make(test, number);
  g_assert_true(profile_set(test->desk, PROFILE_NONE, &error)); // chosen for those to come
  ComplaintClock own = clock_of(test, number, DEADLINE_RESOLUTION), legal = clock_of(test, number, DEADLINE_FINAL_RESPONSE);
  g_assert_true(legal.is_legal && *legal.arithmetic);
  Assessment assessment = {.severity = SEVERITY_CRITICAL, .seeks = "Light"};
  g_assert_true(complaint_assess(test->desk, &test->mira, number, &assessment, &error));
  g_assert_cmpint(clock_of(test, number, DEADLINE_RESOLUTION).due_at, <, own.due_at);
  g_assert_cmpint(clock_of(test, number, DEADLINE_FINAL_RESPONSE).due_at, ==, legal.due_at);
  g_assert_cmpint(look(test, number)->profile, ==, PROFILE_FCA_DISP);
  g_assert_cmpint(look(test, number)->next_due_at, >, 0);
}

static void agreed(TestDesk *test, int64_t number) {
  int64_t answer = test_reply(test, number, "A new lamp.");
  send_everything(test);
  happen(test, number, (ComplaintMove){.event = COMPLAINT_ANSWER, .message_id = answer});
  happen(test, number, (ComplaintMove){.event = COMPLAINT_AGREE, .by_customer = true});
}

static void agreed_in_time_is_a_summary_resolution(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(profile_set(test->desk, PROFILE_FCA_DISP, &error));
  int64_t number = write_in(test, "a1@x");
  make(test, number);
  test->clock.set_to += CLOCK_DAY;
  agreed(test, number);
  int64_t at = test->clock.set_to;
  g_assert_cmpint(clock_of(test, number, DEADLINE_SUMMARY).met_at, ==, at);
  g_assert_cmpint(clock_of(test, number, DEADLINE_FINAL_RESPONSE).met_at, ==, at);
  g_assert_cmpint(look(test, number)->next_due_at, ==, 0);
  happen(test, number, (ComplaintMove){.event = COMPLAINT_DECLINE, .by_customer = true}); // and then they say no after all
  g_assert_cmpint(clock_of(test, number, DEADLINE_SUMMARY).met_at, ==, 0);
  g_assert_cmpint(clock_of(test, number, DEADLINE_FINAL_RESPONSE).met_at, ==, 0);
  g_assert_cmpint(look(test, number)->next_due_at, >, 0);
}

static void agreed_too_late_still_needs_the_final_response(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(profile_set(test->desk, PROFILE_FCA_DISP, &error));
  int64_t number = write_in(test, "a1@x");
  make(test, number);
  test->clock.set_to += 20 * CLOCK_DAY;
  agreed(test, number);
  g_assert_cmpint(clock_of(test, number, DEADLINE_SUMMARY).met_at, ==, 0);
  ComplaintClock final = clock_of(test, number, DEADLINE_FINAL_RESPONSE);
  g_assert_cmpint(final.met_at, ==, 0);
  g_assert_cmpint(look(test, number)->next_due_at, ==, final.due_at);
  int64_t letter = test_reply(test, number, "This is our final response.");
  send_everything(test);
  happen(test, number, (ComplaintMove){.event = COMPLAINT_FINAL_RESPONSE, .message_id = letter});
  g_assert_cmpint(clock_of(test, number, DEADLINE_FINAL_RESPONSE).met_at, ==, test->clock.set_to);
  g_assert_cmpint(look(test, number)->stage, ==, STAGE_AGREED);
}

// ——— merging

static void merge(TestDesk *test, int64_t from, int64_t into) {
  g_autoptr(GError) error = NULL;
  conversation_merge(test->desk, &test->mira, from, into, &error);
  g_assert_no_error(error);
}

static void merging_takes_the_complaint_along(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = write_in(test, "a1@x"), two = write_in(test, "a2@x"), id = 0;
  make(test, two);
  g_assert_true(promise_make(test->desk, &test->mira, two, test->clock.set_to + CLOCK_DAY, "A call", &id, &error));
  int64_t received_at = look(test, two)->received_at;
  merge(test, two, one);
  Complaint *survivor = look(test, one), *gone = look(test, two);
  g_assert_nonnull(survivor);
  g_assert_cmpint(survivor->received_at, ==, received_at);
  g_assert_cmpint(survivor->owner_id, ==, test->mira.id);
  g_assert_cmpint(survivor->next_due_at, >, 0);
  g_assert_cmpint(gone->merged_into, ==, one);
  ComplaintStepList steps = {0};
  g_assert_true(complaint_steps(test->arena, test->desk, one, &steps, &error));
  g_assert_cmpint(steps.items[0].number, ==, two); // kept under its number, read with the survivor's
  g_assert_cmpint(last_step(test, one).event, ==, COMPLAINT_MERGED);
  PromiseList promises = {0};
  g_assert_true(promise_list(test->arena, test->desk, one, &promises, &error));
  g_assert_cmpuint(promises.count, ==, 1);
  test_counts(test);
}

static void merging_moves_no_legal_clock(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(profile_set(test->desk, PROFILE_FCA_PAYMENT, &error)); // counts business days
  int64_t one = write_in(test, "a1@x"), two = write_in(test, "a2@x");
  make(test, two);
  ComplaintClock final = clock_of(test, two, DEADLINE_FINAL_RESPONSE);
  int64_t added = 0;
  OpeningList monday = {0};
  *list_add(test->arena, &monday) = (Opening){.weekday = 1, .opens_at = 600, .closes_at = 660};
  g_assert_true(hours_set_week(test->desk, &monday, &error));
  g_assert_true(holiday_import(test->desk, holiday_set_find("england-and-wales"), &added, &error));
  merge(test, two, one);
  g_assert_cmpint(clock_of(test, one, DEADLINE_FINAL_RESPONSE).due_at, ==, final.due_at);
  g_assert_cmpstr(clock_of(test, one, DEADLINE_FINAL_RESPONSE).arithmetic, ==, final.arithmetic);
  int64_t three = write_in(test, "a3@x");
  make(test, three);
  merge(test, one, three); // of two, the earlier one's goes on
  g_assert_cmpint(clock_of(test, three, DEADLINE_FINAL_RESPONSE).due_at, ==, final.due_at);
  test_counts(test);
}

static void merging_two_keeps_the_earlier_and_the_less_advanced(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t one = write_in(test, "a1@x"), received_at = test->clock.set_to;
  test->clock.set_to += CLOCK_DAY;
  int64_t two = write_in(test, "a2@x");
  make(test, one);
  make(test, two);
  agreed(test, one);
  happen(test, one, (ComplaintMove){.event = COMPLAINT_CLOSE});
  merge(test, one, two); // the later one survives
  Complaint *survivor = look(test, two);
  g_assert_cmpint(survivor->received_at, ==, received_at);
  g_assert_cmpint(survivor->stage, <, STAGE_ASSESSED);
  g_assert_cmpint(survivor->closed_at, ==, 0);
  g_assert_cmpint(clock_of(test, two, DEADLINE_RESOLUTION).met_at, ==, 0); // met for one of them only
  g_assert_cmpint(clock_of(test, two, DEADLINE_RESOLUTION).starts_at, <=, received_at + 3 * CLOCK_DAY);
  test_counts(test);
}

// ——— rules and the suggestion

static void add_rule(TestDesk *test, RuleField field, RuleSense sense, const char *value) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  Rule rule = {.name = "Complaints", .is_on = true, .moments = (1 << WHEN_OPENED) | (1 << WHEN_WROTE)};
  *list_add(test->arena, &rule.conditions) = (RuleCondition){field, sense, value};
  *list_add(test->arena, &rule.actions) = (RuleAction){DO_COMPLAINT, "-", ""};
  g_assert_true(rule_keep(test->desk, &test->mira, &rule, false, &id, &error));
}

static void rules_make_complaints_of_mail(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  add_rule(test, IF_TEXT, SENSE_HAS, "Late FEE");
  g_assert_null(look(test, test_write(test, AGNES, "a1@x", "A", NULL, "Late feedback on coffee.").number));
  int64_t number = test_write(test, AGNES, "a2@x", "B", NULL,
                              "Why this late f\xC3\xA9"
                              "e?")
                     .number;
  g_assert_cmpint(look(test, number)->origin, ==, ORIGIN_RULE);
  g_assert_cmpint(look(test, number)->owner_id, ==, 0);
  add_rule(test, IF_BEHAVIOUR, SENSE_LEAST, "frustrated");
  g_assert_nonnull(look(test, write_in(test, "a3@x")));
  add_rule(test, IF_MAILBOX, SENSE_IS, "1");
  g_assert_nonnull(look(test, test_write(test, AGNES, "a4@x", "D", NULL, "Thank you.").number));
  g_assert_null(look(
    test,
    test_take(test, "From: robot@x.example\nAuto-Submitted: auto-generated\nSubject: Late fee\nMessage-ID: <r@x>\n\nlate fee\n")
      .number));
  test_counts(test);
}

static void a_suggestion_that_was_turned_down_stays_down(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *why = NULL;
  int64_t number = write_in(test, "a1@x"),
          calm = test_write(test, AGNES, "b1@x", "B", NULL, "When do you open on Saturday?").number;
  g_assert_true(complaint_suggestion(test->arena, test->desk, calm, &why, &error));
  g_assert_null(why);
  g_assert_true(complaint_suggestion(test->arena, test->desk, number, &why, &error));
  g_assert_nonnull(why);
  g_assert_true(complaint_deny(test->desk, &test->mira, number, &error));
  g_assert_true(complaint_suggestion(test->arena, test->desk, number, &why, &error));
  g_assert_null(why);
  add_rule(test, IF_BEHAVIOUR, SENSE_LEAST, "frustrated");
  test_write(test, AGNES, "a2@x", "The lamp", "a1@x", "I am still furious about this lamp.");
  g_assert_null(look(test, number)); // nor does a rule know better than a person
  make(test, number);                // but a person may change their mind
  g_assert_nonnull(look(test, number));
}

// ——— promises, effort, handling

static void promises_are_settled_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, "a1@x"), id = 0, due = 0;
  g_assert_false(promise_make(test->desk, &test->mira, number, test->clock.set_to - 1, "A call", &id, &error));
  g_clear_error(&error);
  g_assert_false(promise_make(test->desk, &test->mira, number, test->clock.set_to + CLOCK_DAY, " ", &id, &error));
  g_clear_error(&error);
  g_assert_true(promise_make(test->desk, &test->mira, number, test->clock.set_to + CLOCK_DAY, "A call", &id, &error));
  g_assert_true(promise_count_due(test->desk, test->clock.set_to + 2 * CLOCK_DAY, &due, &error));
  g_assert_cmpint(due, ==, 1);
  g_assert_false(promise_settle(test->desk, &test->jonas, id, false, "", &error)); // why not?
  g_assert_error(error, RAPPORT_ERROR, ERROR_INVALID);
  g_clear_error(&error);
  g_assert_true(promise_settle(test->desk, &test->jonas, id, false, "I was ill.", &error));
  g_assert_false(promise_settle(test->desk, &test->mira, id, true, "", &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_CONFLICT);
  PromiseShare share;
  g_clear_error(&error);
  g_assert_true(promise_share(test->desk, 0, &share, &error));
  g_assert_cmpint(share.kept, ==, 0);
  g_assert_cmpint(share.broken, ==, 1);
}

static void effort_is_counted_in_rows(void) {
  g_autoptr(Arena) arena = arena_new();
  static EffortMark marks[] = {{1, 0, MESSAGE_CUSTOMER}, {2, 10, MESSAGE_CUSTOMER},  {3, 40, MESSAGE_AGENT},
                               {4, 50, MESSAGE_AGENT},   {5, 100, MESSAGE_CUSTOMER}, {6, 130, MESSAGE_CUSTOMER}};
  EffortMarkList list = {.items = marks, .count = G_N_ELEMENTS(marks)};
  Effort waiting = {0}, solved = {0}, none = {0};
  effort_count(arena, &list, true, 0, 200, &waiting);
  g_assert_cmpint(waiting.before_first_answer, ==, 2);
  g_assert_cmpint(waiting.repeats, ==, 2);
  g_assert_cmpint(waiting.waited, ==, 40 + 100);
  g_assert_cmpint(waiting.longest, ==, 100);
  g_assert_cmpuint(waiting.waits.count, ==, 2);
  effort_count(arena, &list, false, 150, 200, &solved);
  g_assert_cmpint(solved.waited, ==, 40 + 50);
  effort_count(arena, &(EffortMarkList){0}, false, 0, 200, &none);
  g_assert_cmpint(none.waited, ==, 0);
}

static void effort_of_a_conversation(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, "a1@x");
  Effort effort;
  write_in(test, "b1@x"); // another conversation of hers
  test->clock.set_to += CLOCK_HOUR;
  test_write(test, AGNES, "a2@x", "The lamp", "a1@x", "Hello?");
  make(test, number);
  g_assert_true(complaint_effort_set(test->desk, &test->mira, number, 3, 1 << EFFORT_TELEPHONE, &error));
  g_assert_false(complaint_effort_set(test->desk, &test->mira, number, 1000, 0, NULL));
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->jonas.id, &error));
  g_assert_true(complaint_effort(test->arena, test->desk, look(test, number), &effort, &error));
  g_assert_cmpint(effort.attempts_before, ==, 3);
  g_assert_cmpint(effort.channels_before, ==, 1 << EFFORT_TELEPHONE);
  g_assert_cmpint(effort.before_first_answer, ==, 2);
  g_assert_cmpint(effort.repeats, ==, 1);
  g_assert_cmpint(effort.other_conversations, ==, 1);
  g_assert_cmpint(effort.hand_overs, ==, 1); // the conversation and its complaint went together: one hand-over
  g_assert_cmpint(look(test, number)->owner_id, ==, test->jonas.id);
}

static void readings_only_propose(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a1@x", NULL, NULL,
                              "Nobody listens to me. I paid three weeks ago and my lamp has not come. I want my money back.")
                     .number;
  ComplaintReasonList kept = {0}, proposed = {0};
  Gap gap;
  make(test, number);
  g_assert_true(complaint_reasons(test->arena, test->desk, number, &kept, &error));
  g_assert_cmpuint(kept.count, ==, 0);
  g_assert_true(complaint_reasons_propose(test->arena, test->desk, number, &proposed, &error));
  g_assert_cmpuint(proposed.count, >, 0);
  g_assert_true(complaint_reason_set(test->desk, &test->mira, number, &proposed.items[0], &error));
  Reason confirmed = proposed.items[0].reason;
  g_assert_true(complaint_reasons_propose(test->arena, test->desk, number, &proposed, &error));
  list_each(const ComplaintReason, reason, &proposed) g_assert_cmpint(reason->reason, !=, confirmed);
  ComplaintReason other = {.reason = REASON_COUNT, .feeling = EMOTION_NEUTRAL, .note = " "};
  g_assert_false(complaint_reason_set(test->desk, &test->mira, number, &other, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_INVALID);
  g_clear_error(&error);
  g_assert_true(complaint_gap_propose(test->arena, test->desk, number, &gap, &error));
  g_assert_nonnull(strstr(gap.desired, "money back"));
  g_assert_cmpstr(look(test, number)->desired, ==, ""); // nothing of it is kept
  g_assert_true(complaint_gap_confirm(test->desk, &test->mira, number, &gap, &error));
  g_assert_cmpstr(look(test, number)->desired, ==, gap.desired);
  g_assert_nonnull(strstr(complaint_gap_words(test->arena, &gap), gap.desired));
}

// ——— the register

static size_t listed(TestDesk *test, ComplaintFilter filter) {
  g_autoptr(GError) error = NULL;
  ComplaintPage page;
  complaint_list(test->arena, test->desk, &filter, 0, 0, COMPLAINT_PAGE, &page, &error);
  g_assert_no_error(error);
  return page.rows.count;
}

static ComplaintFilter only(ComplaintState state, int64_t stage, int64_t owner, const char *text) {
  ComplaintFilter filter = COMPLAINT_FILTER_ALL;
  filter.state = state;
  filter.stage = stage;
  filter.owner_id = owner;
  filter.text = text;
  return filter;
}

static void the_register_filters(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t numbers[3];
  for (int i = 0; i < 3; i++) {
    numbers[i] = write_in(test, arena_printf(test->arena, "a%d@x", i));
    make(test, numbers[i]);
    test->clock.set_to += CLOCK_HOUR;
  }
  happen(test, numbers[0], (ComplaintMove){.event = COMPLAINT_WITHDRAW, .detail = "It was none."});
  happen(test, numbers[1], (ComplaintMove){.event = COMPLAINT_HAND_OVER});
  g_assert_cmpuint(listed(test, COMPLAINT_FILTER_ALL), ==, 3);
  g_assert_cmpuint(listed(test, only(COMPLAINT_OPEN, -1, -1, NULL)), ==, 2);
  g_assert_cmpuint(listed(test, only(COMPLAINT_CLOSED, -1, -1, NULL)), ==, 1);
  g_assert_cmpuint(listed(test, only(COMPLAINT_WITH_NEWS_ONLY, -1, -1, NULL)), ==, 0);
  g_assert_cmpuint(listed(test, only(COMPLAINT_ANY, STAGE_RECEIVED, -1, NULL)), ==, 2);
  g_assert_cmpuint(listed(test, only(COMPLAINT_OPEN, -1, 0, NULL)), ==, 1);
  g_assert_cmpuint(listed(test, only(COMPLAINT_OPEN, -1, test->mira.id, NULL)), ==, 1);
  g_assert_cmpuint(listed(test, only(COMPLAINT_ANY, -1, -1, "L\xC3\x81MP")), ==, 3); // folded: a lamp with an accent is a lamp
  g_assert_cmpuint(listed(test, only(COMPLAINT_ANY, -1, -1, "#1002")), ==, 1);
  g_assert_cmpuint(listed(test, only(COMPLAINT_ANY, -1, -1, "bicycle")), ==, 0);
  ComplaintFilter late = only(COMPLAINT_ANY, -1, -1, NULL), early = late, news;
  late.is_late = true;
  g_assert_cmpuint(listed(test, late), ==, 0);
  early.received_before = look(test, numbers[1])->received_at;
  g_assert_cmpuint(listed(test, early), ==, 1);
  test->clock.set_to += 60 * CLOCK_DAY;
  g_assert_cmpuint(listed(test, late), ==, 2);
  test_write(test, AGNES, "again@x", "The lamp", "a0@x", "It is dark.");
  news = only(COMPLAINT_WITH_NEWS_ONLY, -1, -1, NULL);
  g_assert_cmpuint(listed(test, news), ==, 1);
  g_autoptr(GError) error = NULL;
  ComplaintCounts counts;
  g_assert_true(complaint_counts(test->arena, test->desk, test->clock.set_to, &counts, &error));
  g_assert_cmpint(counts.late, ==, 2);
  g_assert_cmpint(counts.news, ==, 1);
  g_assert_cmpint(counts.stages[STAGE_CLOSED], ==, 1);
}

// ——— two at once

typedef struct Presser {
  TestDesk *test;
  int64_t number, message;
  bool worked;
} Presser;

static void *press_answer(void *data) {
  Presser *presser = data;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Random random = random_seeded(presser->message);
  Desk *desk = desk_join(arena, presser->test->where, &presser->test->clock, &random, &error);
  g_assert_no_error(error);
  ComplaintMove move = {.event = COMPLAINT_ACKNOWLEDGE, .actor = &presser->test->jonas};
  do {
    g_clear_error(&error);
    presser->worked = complaint_advance(desk, presser->number, &move, &error);
  } while (error_is(error, ERROR_BUSY));
  g_assert_true(presser->worked || error_is(error, ERROR_CONFLICT));
  return NULL;
}

static void of_two_who_press_at_once_one_does_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = write_in(test, "a1@x");
  make(test, number);
  Presser pressers[] = {{test, number, 1, false}, {test, number, 2, false}};
  GThread *threads[] = {g_thread_new("one", press_answer, &pressers[0]), g_thread_new("two", press_answer, &pressers[1])};
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) g_thread_join(threads[i]);
  g_assert_true(pressers[0].worked != pressers[1].worked);
  g_assert_cmpint(look(test, number)->stage, ==, STAGE_ACKNOWLEDGED);
  test_counts(test);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/complaint/mail/acknowledgement-counts-when-sent", an_acknowledgement_counts_when_it_has_left);
  g_test_add_func("/complaint/mail/sent-before-it-was-seen", what_was_sent_before_it_was_seen_counts);
  g_test_add_func("/complaint/mail/acknowledges-at-whatever-stage", what_leaves_acknowledges_at_whatever_stage);
  g_test_add_func("/complaint/owner/left", an_owner_who_left_does_not_come_back);
  g_test_add_func("/complaint/clock/final-response-with-the-answer", an_answer_and_the_final_response_are_noted_together);
  g_test_add_func("/complaint/mail/held-answer-is-no-evidence", an_answer_that_can_be_taken_back_shows_nothing);
  g_test_add_func("/complaint/mail/news-after-closing", who_writes_after_closing_is_news);
  g_test_add_func("/complaint/solving/waits", an_open_complaint_is_not_solved);
  g_test_add_func("/complaint/solving/making-one-opens", making_one_opens_what_was_solved);
  g_test_add_func("/complaint/clock/severity", severity_moves_the_own_clock_and_never_the_legal_one);
  g_test_add_func("/complaint/clock/summary-resolution", agreed_in_time_is_a_summary_resolution);
  g_test_add_func("/complaint/clock/final-response", agreed_too_late_still_needs_the_final_response);
  g_test_add_func("/complaint/merge/takes-along", merging_takes_the_complaint_along);
  g_test_add_func("/complaint/merge/legal-clock", merging_moves_no_legal_clock);
  g_test_add_func("/complaint/merge/earlier-and-less-advanced", merging_two_keeps_the_earlier_and_the_less_advanced);
  g_test_add_func("/complaint/rule/makes", rules_make_complaints_of_mail);
  g_test_add_func("/complaint/suggestion/turned-down", a_suggestion_that_was_turned_down_stays_down);
  g_test_add_func("/complaint/promise/settled-once", promises_are_settled_once);
  g_test_add_func("/complaint/effort/rows", effort_is_counted_in_rows);
  g_test_add_func("/complaint/effort/conversation", effort_of_a_conversation);
  g_test_add_func("/complaint/handling/readings-only-propose", readings_only_propose);
  g_test_add_func("/complaint/register/filters", the_register_filters);
  g_test_add_func("/complaint/at-once", of_two_who_press_at_once_one_does_it);
  return g_test_run();
}
