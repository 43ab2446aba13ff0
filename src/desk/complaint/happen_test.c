// What happens to complaints by themselves: mail that leaves and comes, an owner who left, clocks, solving, merging.
#include "desk/complaint/testing.h"

#include "desk/complaint/clock.h"
#include "desk/complaint/handling.h"
#include "desk/complaint/happen.h"
#include "desk/complaint/next.h"
#include "desk/complaint/promise.h"
#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"

static ComplaintStep last_step(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  ComplaintStepList steps = {0};
  complaint_steps(test->arena, test->desk, number, &steps, &error);
  g_assert_no_error(error);
  return steps.items[steps.count - 1];
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
  return g_test_run();
}
