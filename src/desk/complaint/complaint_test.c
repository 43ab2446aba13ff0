// The complaint from receipt to closing: what may happen when, who owns it, what stands in its journal.
#include "desk/testing.h"

#include "desk/complaint/complaint.h"
#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"

#define AGNES "Agnes Moor <agnes@moor.example>"

static int64_t write_in(TestDesk *test, const char *id) {
  return test_write(test, AGNES, id, "The lamp", NULL, "I am furious about this lamp. Nobody listens to me.").number;
}

static int64_t a_complaint(TestDesk *test, const char *id) {
  g_autoptr(GError) error = NULL;
  int64_t number = write_in(test, id);
  complaint_receive(test->desk, &test->mira, number, ORIGIN_PERSON, "She says nobody listens.", &error);
  g_assert_no_error(error);
  return number;
}

static const Complaint *found(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  Complaint *complaint = NULL;
  complaint_find(test->arena, test->desk, number, &complaint, &error);
  g_assert_no_error(error);
  g_assert_nonnull(complaint);
  return complaint;
}

static ComplaintStepList steps_of(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  ComplaintStepList steps = {0};
  complaint_steps(test->arena, test->desk, number, &steps, &error);
  g_assert_no_error(error);
  return steps;
}

static void happen(TestDesk *test, int64_t number, ComplaintMove move) {
  g_autoptr(GError) error = NULL;
  if (!move.actor && !move.by_customer) move.actor = &test->mira;
  complaint_advance(test->desk, number, &move, &error);
  g_assert_no_error(error);
}

static void refuses(TestDesk *test, int64_t number, ComplaintMove move, const char *words) {
  g_autoptr(GError) error = NULL;
  ComplaintStage before = found(test, number)->stage;
  size_t steps = steps_of(test, number).count;
  g_assert_false(complaint_advance(test->desk, number, &move, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_CONFLICT);
  g_assert_nonnull(strstr(error->message, words));
  g_assert_cmpint(found(test, number)->stage, ==, before);
  g_assert_cmpuint(steps_of(test, number).count, ==, steps);
}

static void received_when_they_wrote(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t wrote_at = test->clock.set_to, number = write_in(test, "a1@x");
  g_autoptr(GError) error = NULL;
  test->clock.set_to += 3 * CLOCK_HOUR;
  for (int i = 0; i < 2; i++) { // twice changes nothing
    complaint_receive(test->desk, &test->mira, number, ORIGIN_PERSON, "Angry", &error);
    g_assert_no_error(error);
  }
  const Complaint *complaint = found(test, number);
  g_assert_cmpint(complaint->stage, ==, STAGE_RECEIVED);
  g_assert_cmpint(complaint->received_at, ==, wrote_at);
  g_assert_cmpint(complaint->made_at, ==, wrote_at + 3 * CLOCK_HOUR);
  g_assert_cmpint(complaint->owner_id, ==, test->mira.id);
  g_assert_cmpuint(steps_of(test, number).count, ==, 1);
  g_assert_cmpint(steps_of(test, number).items[0].message_id, ==, test_thread(test, number).messages.items[0].id);
  test_counts(test);
}

static void no_complaint_no_event(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Complaint *complaint = NULL;
  int64_t number = write_in(test, "a1@x");
  g_assert_true(complaint_find(test->arena, test->desk, number, &complaint, &error));
  g_assert_null(complaint);
  ComplaintMove move = {.event = COMPLAINT_ACKNOWLEDGE, .actor = &test->mira};
  g_assert_false(complaint_advance(test->desk, number, &move, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_NOT_FOUND);
}

static void closing_needs_a_yes_or_a_no_with_routes(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = a_complaint(test, "a1@x");
  refuses(test, number, (ComplaintMove){.event = COMPLAINT_CLOSE, .actor = &test->mira}, "does not happen");
  refuses(test, number, (ComplaintMove){.event = COMPLAINT_ANSWER, .actor = &test->mira}, "message");
  int64_t answer = test_reply(test, number, "I will send you a new lamp tomorrow.");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_ANSWER, .message_id = answer});
  refuses(test, number, (ComplaintMove){.event = COMPLAINT_CLOSE, .actor = &test->mira}, "does not happen");
  refuses(test, number, (ComplaintMove){.event = COMPLAINT_REFUSE, .actor = &test->mira}, "outside routes");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_AGREE, .by_customer = true});
  happen(test, number, (ComplaintMove){.event = COMPLAINT_CLOSE});
  const Complaint *closed = found(test, number);
  g_assert_cmpint(closed->stage, ==, STAGE_CLOSED);
  g_assert_cmpint(closed->settled_at, ==, test->clock.set_to);
  g_assert_cmpint(closed->closed_at, ==, test->clock.set_to);
  test_counts(test);
}

static void a_refusal_keeps_its_routes(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = a_complaint(test, "a1@x");
  int64_t answer = test_reply(test, number, "We cannot do this.");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_ANSWER, .message_id = answer});
  happen(test, number,
         (ComplaintMove){.event = COMPLAINT_REFUSE, .outside = "The ombudsman, www.ombudsman.example", .detail = "It is worn."});
  happen(test, number, (ComplaintMove){.event = COMPLAINT_CLOSE});
  g_assert_cmpstr(found(test, number)->outside, ==, "The ombudsman, www.ombudsman.example");
  ComplaintStepList steps = steps_of(test, number);
  g_assert_nonnull(strstr(steps.items[2].detail, "www.ombudsman.example"));
}

static void a_foreign_message_is_no_evidence(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = a_complaint(test, "a1@x"), other = write_in(test, "b1@x");
  int64_t foreign = test_reply(test, other, "About something else.");
  ComplaintMove move = {.event = COMPLAINT_ANSWER, .actor = &test->mira, .message_id = foreign};
  g_assert_false(complaint_advance(test->desk, number, &move, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_INVALID);
}

static void handing_over(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = a_complaint(test, "a1@x");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_HAND_OVER, .owner_id = test->jonas.id, .detail = "He knows lamps."});
  g_assert_cmpint(found(test, number)->owner_id, ==, test->jonas.id);
  g_assert_cmpstr(steps_of(test, number).items[1].detail, ==, "to Jonas Feld: He knows lamps.");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_HAND_OVER});
  g_assert_cmpint(found(test, number)->owner_id, ==, 0);
  happen(test, number, (ComplaintMove){.event = COMPLAINT_ACKNOWLEDGE, .actor = &test->jonas});
  g_assert_cmpint(found(test, number)->owner_id, ==, test->jonas.id); // who acts takes it over
  ComplaintMove nobody = {.event = COMPLAINT_HAND_OVER, .actor = &test->mira, .owner_id = 9999};
  g_assert_false(complaint_advance(test->desk, number, &nobody, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_NOT_FOUND);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/complaint/received-when-they-wrote", received_when_they_wrote);
  g_test_add_func("/complaint/no-complaint-no-event", no_complaint_no_event);
  g_test_add_func("/complaint/closing-needs-a-yes-or-a-no-with-routes", closing_needs_a_yes_or_a_no_with_routes);
  g_test_add_func("/complaint/refusal-keeps-routes", a_refusal_keeps_its_routes);
  g_test_add_func("/complaint/foreign-evidence", a_foreign_message_is_no_evidence);
  g_test_add_func("/complaint/handing-over", handing_over);
  return g_test_run();
}
