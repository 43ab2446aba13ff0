// Properties of complaints under random sequences of everything that can happen: mail, answers, hand-overs, promises, merges, people who
// leave. No sequence loses a complaint or leaves one without an owner or a next step; journals only grow; a stage is always what the last
// step says; the tallies agree with the rows.
#include "desk/testing.h"

#include "desk/complaint/effort.h"
#include "desk/complaint/handling.h"
#include "desk/complaint/next.h"
#include "desk/complaint/promise.h"
#include "desk/complaint/register.h"
#include "desk/complaint/stored.h"
#include "desk/conversation/regroup.h"
#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"

#define CONVERSATIONS 3
#define STEPS 220

typedef struct World {
  TestDesk *test;
  GRand *dice;
  int64_t numbers[CONVERSATIONS];
  size_t steps[CONVERSATIONS]; // seen so far
  bool was_made[CONVERSATIONS];
  int mails;
  bool *happened; // of every event, over all sequences
} World;

static int roll(World *world, int below) { return g_rand_int_range(world->dice, 0, below); }

// Mostly one that goes on.
static int64_t any_number(World *world) {
  int64_t number = world->numbers[roll(world, CONVERSATIONS)], survivor = number;
  if (roll(world, 6)) conversation_survivor(world->test->desk, number, &survivor, NULL);
  return survivor;
}

// What cannot happen is refused and changes nothing; anything else that fails is wrong.
static void allow(bool worked, GError **error) {
  if (worked) return;
  bool is_refusal = error_is(*error, ERROR_CONFLICT) || error_is(*error, ERROR_INVALID) || error_is(*error, ERROR_NOT_FOUND) ||
                    error_is(*error, ERROR_FORBIDDEN);
  if (!is_refusal) g_error("%s", (*error)->message);
  g_clear_error(error);
}

static const Staff *anybody(World *world) { return roll(world, 2) ? &world->test->mira : &world->test->jonas; }

static void send_everything(World *world) {
  GError *error = NULL;
  OutboxMail *mail = NULL;
  int64_t next_at = 0;
  while (outbox_claim(world->test->arena, world->test->desk, &mail, &next_at, &error) && mail)
    g_assert_true(roll(world, 5) ? outbox_settle_sent(world->test->desk, mail, "ok", &error)
                                 : outbox_settle_failed(world->test->desk, mail, "no", true, &error));
  g_assert_no_error(error);
}

static void write_mail(World *world) {
  const char *number = arena_printf(world->test->arena, "Again [#%" G_GINT64_FORMAT "]", any_number(world));
  const char *id = arena_printf(world->test->arena, "p%d@x", ++world->mails);
  test_write(world->test, "Agnes Moor <agnes@moor.example>", id, number, NULL, "I am still waiting, and I am angry.");
}

static void answer(World *world) {
  GError *error = NULL;
  ReplyDraft draft = {
    .number = any_number(world), .text = "We will.", .solve = roll(world, 2), .hold = roll(world, 2) ? CLOCK_SECOND : 0};
  ReplyOutcome outcome;
  int64_t id = 0;
  bool worked = conversation_reply(world->test->arena, world->test->desk, anybody(world), &draft, &outcome, &id, &error);
  allow(worked, &error);
  TakeBackOutcome back;
  if (worked && outcome == REPLY_KEPT && draft.hold && roll(world, 2))
    allow(conversation_take_back(world->test->desk, &world->test->mira, id, &back, &error), &error);
}

static int64_t newest_of(World *world, int64_t number, MessageKind kind) {
  Thread thread = test_thread(world->test, number);
  for (size_t i = thread.messages.count; i > 0; i--)
    if (thread.messages.items[i - 1].kind == kind) return thread.messages.items[i - 1].id;
  return 0;
}

// Mostly what the table allows from where it stands, so that sequences get somewhere; otherwise anything.
static ComplaintEvent any_event(World *world, int64_t number) {
  g_autoptr(GError) error = NULL;
  Complaint *complaint = NULL;
  ComplaintEvent event = (ComplaintEvent)roll(world, COMPLAINT_EVENT_COUNT);
  g_assert_true(complaint_find(world->test->arena, world->test->desk, number, &complaint, &error));
  for (int tries = roll(world, 4) ? 60 : 0; complaint && tries > 0 && !lifecycle_find(complaint->stage, event); tries--)
    event = (ComplaintEvent)roll(world, COMPLAINT_EVENT_COUNT);
  return event;
}

static void advance(World *world) {
  GError *error = NULL;
  int64_t number = any_number(world);
  ComplaintMove move = {.event = any_event(world, number),
                        .actor = roll(world, 8) ? anybody(world) : NULL,
                        .by_customer = roll(world, 4) == 0,
                        .detail = roll(world, 3) ? "Because of the lamp." : "",
                        .outside = roll(world, 2) ? "The ombudsman" : NULL,
                        .owner_id = roll(world, 2) ? anybody(world)->id : 0};
  if (move.event == COMPLAINT_WITHDRAW && roll(world, 4)) return; // so that most go the whole way
  if (move.event == COMPLAINT_MERGED || move.event == COMPLAINT_TAKEN_OUT || move.event == COMPLAINT_PROMISE ||
      move.event == COMPLAINT_PROMISE_SETTLED)
    return; // verbs of their own
  move.message_id = newest_of(world, number, roll(world, 4) ? MESSAGE_AGENT : MESSAGE_CUSTOMER);
  allow(complaint_advance(world->test->desk, number, &move, &error), &error);
}

static void handle(World *world) {
  GError *error = NULL;
  int64_t number = any_number(world);
  Desk *desk = world->test->desk;
  const Staff *actor = anybody(world);
  Assessment assessment = {
    .severity = (ComplaintSeverity)roll(world, SEVERITY_COUNT), .about = "lamp", .seeks = roll(world, 3) ? "light" : ""};
  Gap gap = {roll(world, 2) ? "It is dark" : "", "It is light"};
  ComplaintReason reason = {.reason = (Reason)roll(world, REASON_COUNT + 1), .feeling = EMOTION_ANGER, .note = "Twice"};
  switch (roll(world, 5)) {
  case 0: allow(complaint_gap_confirm(desk, actor, number, &gap, &error), &error); break;
  case 1: allow(complaint_reason_set(desk, actor, number, &reason, &error), &error); break;
  case 2: allow(complaint_effort_set(desk, actor, number, roll(world, 9) - 1, roll(world, 8), &error), &error); break;
  default: allow(complaint_assess(desk, actor, number, &assessment, &error), &error);
  }
}

static void promise(World *world) {
  GError *error = NULL;
  int64_t number = any_number(world), id = 0;
  PromiseList promises = {0};
  bool worked = promise_make(world->test->desk, anybody(world), number, world->test->clock.set_to + CLOCK_DAY, "A call", &id,
                             &error);
  allow(worked, &error);
  g_assert_true(promise_list(world->test->arena, world->test->desk, number, &promises, &error));
  if (promises.count && roll(world, 3))
    allow(promise_settle(world->test->desk, anybody(world), promises.items[0].id, roll(world, 2), "It was done.", &error),
          &error);
}

static void move_conversation(World *world) {
  GError *error = NULL;
  int64_t number = any_number(world);
  const Staff *actor = anybody(world);
  Desk *desk = world->test->desk;
  switch (roll(world, 4)) {
  case 0: allow(conversation_assign(desk, actor, number, roll(world, 2) ? anybody(world)->id : 0, &error), &error); break;
  case 1: allow(conversation_solve(desk, actor, number, &error), &error); break;
  case 2: allow(conversation_reopen(desk, actor, number, &error), &error); break;
  default: allow(complaint_receive(desk, actor, number, ORIGIN_PERSON, "", &error), &error);
  }
}

static void merge(World *world) {
  GError *error = NULL;
  allow(conversation_merge(world->test->desk, anybody(world), any_number(world), any_number(world), &error), &error);
}

// Who had one has one again; what the two had become together may end here, with its part of the journal.
static void unmerge(World *world) {
  g_autoptr(GError) error = NULL;
  for (size_t i = 0; i < CONVERSATIONS; i++) {
    Complaint *gone = NULL, *again = NULL;
    int64_t number = world->numbers[i], into = test_thread(world->test, number).conversation->merged_into;
    if (!into) continue;
    g_assert_true(complaint_find(world->test->arena, world->test->desk, number, &gone, &error));
    allow(conversation_unmerge(world->test->desk, anybody(world), number, &error), &error);
    g_assert_true(complaint_find(world->test->arena, world->test->desk, number, &again, &error));
    g_assert_true(!gone == !again);
    for (size_t at = 0; at < CONVERSATIONS; at++)
      if (world->numbers[at] == into) world->was_made[at] = false, world->steps[at] = 0;
  }
}

static void something_happens(World *world) {
  world->test->clock.set_to += CLOCK_MINUTE + roll(world, 600) * CLOCK_MINUTE;
  switch (roll(world, 28)) {
  case 0:
  case 1: write_mail(world); break;
  case 2:
  case 3:
  case 4: answer(world); break;
  case 5:
  case 6: send_everything(world); break;
  case 7:
  case 12: handle(world); break;
  case 8: promise(world); break;
  case 9:
  case 10: move_conversation(world); break;
  case 11:
    if (roll(world, 4) == 0) merge(world);
    if (roll(world, 8) == 0) unmerge(world);
    break;
  default: advance(world);
  }
}

static void check_one(World *world, size_t at) {
  TestDesk *test = world->test;
  g_autoptr(GError) error = NULL;
  int64_t number = world->numbers[at];
  Complaint *complaint = NULL;
  ComplaintStepList steps = {0};
  ComplaintFacts facts;
  g_assert_true(complaint_find(test->arena, test->desk, number, &complaint, &error));
  g_assert_true(complaint || !world->was_made[at]); // none is lost
  if (!complaint) return;
  world->was_made[at] = true;
  g_assert_true(complaint_steps(test->arena, test->desk, number, &steps, &error));
  g_assert_cmpuint(steps.count, >=, world->steps[at]);
  for (size_t i = world->steps[at]; i < steps.count; i++) world->happened[steps.items[i].event] = true;
  world->steps[at] = steps.count;
  g_assert_cmpint(complaint->stage, ==, steps.items[steps.count - 1].stage_after);
  g_assert_true(complaint_facts(test->arena, test->desk, complaint, &facts, &error));
  NextStep next = complaint_next_step(test->arena, complaint, &facts, test->clock.set_to);
  bool is_over = !complaint_is_open(complaint) && !complaint->has_news;
  g_assert_true(is_over ? !next.sentence : next.sentence && *next.sentence && *next.who);
  bool has_end = complaint->stage != STAGE_CLOSED || complaint->merged_into || complaint->closed_at;
  g_assert_true(has_end);
  if (complaint->stage == STAGE_AGREED || complaint->stage == STAGE_REFUSED) g_assert_cmpint(complaint->settled_at, >, 0);
  Conversation *conversation = test_thread(test, number).conversation;
  if (complaint->merged_into) // it goes on there
    g_assert_cmpint(conversation->state, ==, CONVERSATION_MERGED);
  else if (complaint_is_open(complaint))
    g_assert_cmpint(conversation->state, ==, CONVERSATION_OPEN);
  if (conversation->state != CONVERSATION_MERGED) return;
  g_assert_true(complaint->merged_into > 0);
  Complaint *survivor = NULL;
  int64_t where = 0;
  g_assert_true(conversation_survivor(test->desk, number, &where, &error));
  g_assert_true(complaint_find(test->arena, test->desk, where, &survivor, &error));
  g_assert_nonnull(survivor);
  g_assert_cmpint(survivor->received_at, <=, complaint->received_at);
}

// What the register lists is what there is: each that goes on, once, whichever order.
static void check_register(World *world) {
  TestDesk *test = world->test;
  g_autoptr(GError) error = NULL;
  size_t there = 0;
  for (size_t i = 0; i < CONVERSATIONS; i++) {
    Complaint *complaint = NULL;
    g_assert_true(complaint_find(test->arena, test->desk, world->numbers[i], &complaint, &error));
    there += complaint && !complaint->merged_into;
  }
  for (int order = COMPLAINT_BY_DUE; order <= COMPLAINT_BY_RECEIVED; order++) {
    ComplaintFilter filter = COMPLAINT_FILTER_ALL;
    ComplaintPage page;
    size_t listed = 0;
    int64_t key = 0, number = 0;
    filter.order = (ComplaintOrder)order;
    do {
      g_assert_true(complaint_list(test->arena, test->desk, &filter, key, number, 1, &page, &error));
      listed += page.rows.count;
      key = page.next_key;
      number = page.next_number;
    } while (page.has_more);
    g_assert_cmpuint(listed, ==, there);
  }
}

static void no_sequence_loses_a_complaint(void) {
  bool happened[COMPLAINT_EVENT_COUNT] = {0};
  for (guint32 seed = 1; seed <= 16; seed++) {
    g_autoptr(TestDesk) test = test_desk_new();
    World world = {.test = test, .dice = g_rand_new_with_seed(seed), .happened = happened};
    for (size_t i = 0; i < CONVERSATIONS; i++) {
      const char *id = arena_printf(test->arena, "first%zu@x", i);
      world.numbers[i] = test_write(test, "Agnes Moor <agnes@moor.example>", id, id, NULL, "I am angry about my lamp.").number;
    }
    for (int step = 0; step < STEPS; step++) {
      something_happens(&world);
      for (size_t i = 0; i < CONVERSATIONS; i++) check_one(&world, i);
    }
    check_register(&world);
    test_counts(test);
    g_rand_free(world.dice);
  }
  for (unsigned event = 0; event < COMPLAINT_EVENT_COUNT; event++) // the sequences reach everything that the verbs here can do
    if (!happened[event]) g_error("%s never happened, so this shows nothing about it", complaint_event_title(event));
}

static void who_leaves_leaves_no_complaint_behind(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Complaint *complaint = NULL;
  int64_t number = test_write(test, "Agnes Moor <agnes@moor.example>", "a@x", NULL, NULL, NULL).number;
  g_assert_true(complaint_receive(test->desk, &test->jonas, number, ORIGIN_PERSON, "", &error));
  g_assert_true(staff_disable(test->desk, "jonas@godwit.example", &error));
  g_assert_true(complaint_find(test->arena, test->desk, number, &complaint, &error));
  g_assert_cmpint(complaint->owner_id, ==, 0);
  ComplaintFacts facts = {0};
  g_assert_cmpstr(complaint_next_step(test->arena, complaint, &facts, test->clock.set_to).who, ==, "the supervisors");
  ComplaintStepList steps = {0};
  g_assert_true(complaint_steps(test->arena, test->desk, number, &steps, &error));
  g_assert_cmpint(steps.items[steps.count - 1].event, ==, COMPLAINT_HAND_OVER);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/complaint/property/no-sequence-loses-one", no_sequence_loses_a_complaint);
  g_test_add_func("/complaint/property/who-leaves", who_leaves_leaves_no_complaint_behind);
  return g_test_run();
}
