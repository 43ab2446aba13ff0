// Properties of conduct under random sequences of everything that can happen: reports, requests and decisions by anybody, reviews, appeals,
// mail, merges, and time. Nobody's contact ends without two others; no restriction has no end, no review or no answer about adjustments;
// what has run out restricts nobody; no mail is lost, and none is closed by anything but a person.
#include "desk/boundary/testing.h"

#include "desk/boundary/stored.h"
#include "desk/conversation/verbs.h"

#define STEPS 200
#define PEOPLE 6

typedef struct World {
  TestDesk *test;
  GRand *dice;
  Staff people[PEOPLE]; // two agents, four supervisors
  int mails;
  int64_t messages; // of customers, so far
  bool *happened;
  int64_t last_case;
} World;

static int roll(World *world, int below) { return g_rand_int_range(world->dice, 0, below); }
static const Staff *anybody(World *world) { return &world->people[roll(world, PEOPLE)]; }
static const Staff *agent(World *world) { return &world->people[roll(world, 2)]; } // who reports does not decide
static const Staff *supervisor(World *world) { return &world->people[2 + roll(world, 4)]; }

static void allow(bool worked, GError **error) {
  if (worked) return;
  bool is_refusal = error_is(*error, ERROR_CONFLICT) || error_is(*error, ERROR_INVALID) || error_is(*error, ERROR_NOT_FOUND) ||
                    error_is(*error, ERROR_FORBIDDEN);
  if (!is_refusal) g_error("%s", (*error)->message);
  g_clear_error(error);
}

static void write_mail(World *world) {
  const char *id = arena_printf(world->test->arena, "m%d@x", ++world->mails);
  const char *subject = roll(world, 2) ? "Again" : arena_printf(world->test->arena, "Matter %d", world->mails);
  const char *parent = world->mails > 1 && roll(world, 2) ? "m1@x" : NULL;
  ReceivedResult came = test_write(world->test, TEST_GRIM, id, subject, parent, roll(world, 3) ? TEST_ABUSE : "My lamp is dark.");
  g_assert_cmpint(came.state, ==, RECEIVED_FILED);
  world->messages++;
  Conversation *conversation = test_thread(world->test, came.number).conversation;
  g_assert_cmpint(conversation->state, ==, CONVERSATION_OPEN); // somebody has to look at it
  g_assert_cmpint(conversation->waiting_since, >, 0);
}

static int64_t any_number(World *world) {
  int64_t number = 1001 + roll(world, MAX(world->mails / 3, 1)), survivor = number;
  return conversation_survivor(world->test->desk, number, &survivor, NULL) ? survivor : 1001;
}

static void report(World *world) {
  GError *error = NULL;
  int64_t number = any_number(world), id = 0;
  IncidentDraft draft = {.message_id = test_newest_message(world->test, number),
                         .level = (IncidentLevel)roll(world, LEVEL_COUNT)};
  bool worked = boundary_report(world->test->desk, roll(world, 15) ? agent(world) : anybody(world), &draft, &id, &error);
  allow(worked, &error);
  if (worked && id) world->last_case = id;
}

static void propose(World *world) {
  GError *error = NULL;
  int64_t id = 0;
  MeasureKind kind = (MeasureKind)roll(world, MEASURE_KIND_COUNT);
  if (roll(world, 2))
    kind = (MeasureKind)MIN(test_case(world->test, world->last_case).head->stage, (unsigned)MEASURE_ENDING); // the next
  MeasureDraft draft = test_measure(world->test, world->last_case, kind);
  if (roll(world, 6) == 0) draft.ends_at = 0;
  if (roll(world, 6) == 0) draft.review_at = 0;
  if (roll(world, 6) == 0) draft.adjustment = ADJUSTMENT_UNASKED;
  if (roll(world, 3) == 0) draft.contact_id = supervisor(world)->id;
  allow(measure_propose(world->test->desk, supervisor(world), &draft, &id, &error), &error);
}

static void decide(World *world) {
  GError *error = NULL;
  MeasureOutcome outcome;
  BoundaryFile file = test_case(world->test, world->last_case);
  if (!file.head->asked_id) return;
  if (roll(world, 12) == 0)
    allow(measure_withdraw(world->test->desk, supervisor(world), file.head->asked_id, &error), &error);
  else
    allow(measure_decide(world->test->desk, roll(world, 6) ? supervisor(world) : anybody(world), file.head->asked_id,
                         roll(world, 8), "No.", NULL, &outcome, &error),
          &error);
}

static void appeal(World *world) {
  GError *error = NULL;
  BoundaryFile file = test_case(world->test, world->last_case);
  AppealVisit visit;
  if (!file.measures.count) return;
  const Measure *measure = &file.measures.items[roll(world, (int)file.measures.count)];
  const char *token = appeal_token(world->test->arena, world->test->desk, measure->id, world->test->clock.set_to + CLOCK_DAY);
  if (file.head->appeal_id)
    allow(appeal_decide(world->test->desk, anybody(world), file.head->appeal_id, roll(world, 3) == 0, "Because.", &error),
          &error);
  else
    allow(appeal_make(world->test->arena, world->test->desk, token, "It was not so.", "10.0.0.1", &visit, &error), &error);
}

static void look_again(World *world) {
  GError *error = NULL;
  BoundaryFile file = test_case(world->test, world->last_case);
  int64_t now = world->test->clock.set_to;
  if (file.head->holding_id)
    allow(measure_review(world->test->desk, supervisor(world), file.head->holding_id, roll(world, 4) == 0, now + 10 * CLOCK_DAY,
                         "Seen.", &error),
          &error);
  if (roll(world, 10) == 0)
    allow(boundary_close(world->test->desk, supervisor(world), world->last_case, "Nothing.", &error), &error);
  if (roll(world, 6) == 0 && file.incidents.count)
    allow(boundary_set_aside(world->test->desk, supervisor(world), file.incidents.items[0].id, "It was a quote.", &error),
          &error);
}

static void read_tray(World *world) {
  g_autoptr(GError) error = NULL;
  TrayMailList tray = {0};
  g_assert_true(tray_unread(world->test->arena, world->test->desk, &tray, &error));
  if (tray.count) allow(tray_read(world->test->desk, anybody(world), tray.items[0].message_id, FINDING_SAME, &error), &error);
}

static void check_measures(World *world, const BoundaryFile *file) {
  int holding = 0;
  list_each(const Measure, measure, &file->measures) {
    holding += measure->state == MEASURE_HOLDS;
    g_assert_cmpint(measure->ends_at, >=, measure->review_at);
    g_assert_cmpint(measure->review_at, >, 0);
    g_assert_cmpint(measure->adjustment, !=, ADJUSTMENT_UNASKED);
    g_assert_cmpstr(measure->adjustment_note, !=, "");
    if (!measure->starts_at) continue; // it never held
    g_assert_cmpint(measure->approved_by, !=, 0);
    g_assert_cmpint(measure->approved_by, !=, measure->requested_by);
    g_assert_cmpint(measure->message_id, !=, 0); // its letter left with it
    if (measure->kind != MEASURE_ENDING) continue;
    g_assert_cmpint(measure->second_by, !=, 0);
    g_assert_cmpint(measure->second_by, !=, measure->requested_by);
    g_assert_cmpint(measure->second_by, !=, measure->approved_by);
  }
  g_assert_cmpint(holding, <=, 1);
  bool has_measure = file->head->stage >= BOUNDARY_REQUESTED && file->head->stage <= BOUNDARY_ENDED;
  g_assert_cmpint(holding, ==, has_measure);
  g_assert_true(file->head->stage != BOUNDARY_CLOSED || !file->head->asked_id);
}

static void check_case(World *world) {
  g_autoptr(GError) error = NULL;
  BoundaryCase *head = NULL;
  Measure *holds = NULL;
  if (!world->last_case) return;
  BoundaryFile file = test_case(world->test, world->last_case);
  check_measures(world, &file);
  list_each(const BoundaryStep, step, &file.steps) world->happened[step->event] = true;
  list_each(const Appeal, each, &file.appeals)
    if (each->decided_by) {
      g_assert_cmpint(each->decided_by, !=, each->requested_by);
      g_assert_cmpint(each->decided_by, !=, each->approved_by);
      g_assert_cmpint(each->decided_by, !=, each->second_by);
    }
  g_assert_true(boundary_of_customer(world->test->arena, world->test->desk, file.head->customer_id, &head, &holds, &error));
  if (holds) g_assert_cmpint(holds->ends_at, >, world->test->clock.set_to);
}

static void something_happens(World *world) {
  GError *error = NULL;
  int64_t count = 0;
  world->test->clock.set_to += CLOCK_MINUTE + roll(world, 1000) * CLOCK_MINUTE;
  if (roll(world, 50) == 0) world->test->clock.set_to += 60 * CLOCK_DAY;
  if (!world->last_case) return report(world);
  switch (roll(world, 14)) {
  case 0:
  case 1: return write_mail(world);
  case 2:
  case 3:
  case 4: return report(world);
  case 5:
  case 6:
  case 7: return propose(world);
  case 8:
  case 9:
  case 10: return decide(world);
  case 11: return appeal(world);
  case 12: return look_again(world);
  default:
    read_tray(world);
    allow(boundary_expire(world->test->desk, &count, &error), &error);
    if (roll(world, 6) == 0)
      allow(conversation_merge(world->test->desk, anybody(world), any_number(world), any_number(world), &error), &error);
  }
}

static void nothing_gets_around_it(void) {
  bool happened[BOUNDARY_EVENT_COUNT] = {0};
  for (guint32 seed = 1; seed <= 10; seed++) {
    g_autoptr(TestDesk) test = test_desk_new();
    House house = test_house(test);
    World world = {.test = test,
                   .dice = g_rand_new_with_seed(seed),
                   .happened = happened,
                   .people = {test->mira, test->jonas, house.teodor, house.ines, house.odile, house.pavel}};
    write_mail(&world);
    for (int step = 0; step < STEPS; step++) {
      something_happens(&world);
      check_case(&world);
    }
    g_assert_cmpint(test_counts(test).messages, >=, world.messages); // none is lost
    g_rand_free(world.dice);
  }
  for (unsigned event = 0; event < BOUNDARY_EVENT_COUNT; event++)
    if (!happened[event]) g_error("%s never happened, so this shows nothing about it", boundary_event_title(event));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/conduct/property", nothing_gets_around_it);
  return g_test_run();
}
