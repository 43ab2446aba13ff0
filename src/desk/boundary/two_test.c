// Many browsers at once: threads with connections of their own press the same buttons at the same moment. One decision comes of it, made
// by people who may, and one letter leaves.
#include "desk/boundary/testing.h"

#define THREADS 16

typedef struct Presser {
  const char *where;
  Staff staff;
  int64_t id, moment;
  void (*press)(Desk *desk, struct Presser *presser, bool *out_done, GError **error);
  int done;
  GMutex *start;
} Presser;

static void *work(void *data) {
  Presser *presser = data;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Clock clock = clock_standing_at(presser->moment);
  Desk *desk = desk_join(arena, presser->where, &clock, &random_system, &error);
  g_assert_no_error(error);
  g_mutex_lock(presser->start); // all at once
  g_mutex_unlock(presser->start);
  for (bool again = true; again;) {
    bool done = false;
    presser->press(desk, presser, &done, &error);
    again = error_is(error, ERROR_BUSY); // the whole unit of work runs again, as every edge does it
    presser->done += done;
    if (error && !again && !error_is(error, ERROR_CONFLICT) && !error_is(error, ERROR_FORBIDDEN)) g_error("%s", error->message);
    g_clear_error(&error);
  }
  return NULL;
}

// Each of `staff` presses in turn; gives how often it was done.
static int press_all(TestDesk *test, const Staff *staff, size_t count, int64_t id,
                     void (*press)(Desk *, Presser *, bool *, GError **)) {
  GThread *threads[THREADS];
  Presser pressers[THREADS];
  GMutex start;
  int done = 0;
  g_mutex_init(&start);
  g_mutex_lock(&start);
  for (size_t i = 0; i < THREADS; i++) {
    pressers[i] = (Presser){
      .where = test->where, .staff = staff[i % count], .id = id, .moment = test->clock.set_to, .press = press, .start = &start};
    threads[i] = g_thread_new("presser", work, &pressers[i]);
  }
  g_mutex_unlock(&start);
  for (size_t i = 0; i < THREADS; i++) {
    g_thread_join(threads[i]);
    done += pressers[i].done;
  }
  g_mutex_clear(&start);
  return done;
}

static void press_approve(Desk *desk, Presser *presser, bool *out_done, GError **error) {
  MeasureOutcome outcome;
  *out_done = measure_decide(desk, &presser->staff, presser->id, true, "", NULL, &outcome, error);
}

static void press_report(Desk *desk, Presser *presser, bool *out_done, GError **error) {
  IncidentDraft draft = {.message_id = presser->id, .level = LEVEL_HOSTILE};
  int64_t id;
  *out_done = boundary_report(desk, &presser->staff, &draft, &id, error);
}

static void press_propose(Desk *desk, Presser *presser, bool *out_done, GError **error) {
  TestDesk test = {.clock = {.set_to = presser->moment}};
  MeasureDraft draft = test_measure(&test, presser->id, MEASURE_REQUEST);
  int64_t id;
  *out_done = measure_propose(desk, &presser->staff, &draft, &id, error);
}

static void press_appeal(Desk *desk, Presser *presser, bool *out_done, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  AppealVisit visit;
  const char *token = appeal_token(arena, desk, presser->id, presser->moment + CLOCK_DAY);
  *out_done = appeal_make(arena, desk, token, "It was not so.", "10.0.0.1", &visit, error);
}

static void press_appeal_decision(Desk *desk, Presser *presser, bool *out_done, GError **error) {
  *out_done = appeal_decide(desk, &presser->staff, presser->id, true, "They are right.", error);
}

static void press_take(Desk *desk, Presser *presser, bool *out_done, GError **error) {
  *out_done = safety_take(desk, &presser->staff, presser->id, error);
}

static int64_t letters(TestDesk *test, int64_t number) {
  Thread thread = test_thread(test, number);
  int64_t count = 0;
  list_each(const Message, message, &thread.messages) count += message->about == AUTOMATIC_CONDUCT;
  return count;
}

static void an_end_of_contact_takes_two_others(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  int64_t measure = 0, id = test_restricted(test, &house, 0, &measure);
  test_later(test, CLOCK_DAY);
  test_report(test, &test->jonas, test_newest_message(test, 1001), LEVEL_HOSTILE);
  MeasureDraft draft = test_measure(test, id, MEASURE_ENDING);
  int64_t ending = test_propose(test, &house.teodor, &draft);
  Staff one[] = {house.teodor, house.ines, test->mira}; // one who may, however often they press
  g_assert_cmpint(press_all(test, one, 3, ending, press_approve), ==, 1);
  g_assert_cmpint(test_case(test, id).head->stage, ==, BOUNDARY_RESTRICTED);
  Staff all[] = {house.teodor, house.ines, house.odile, house.pavel};
  g_assert_cmpint(press_all(test, all, 4, ending, press_approve), ==, 1);
  BoundaryFile file = test_case(test, id);
  g_assert_cmpint(file.head->stage, ==, BOUNDARY_ENDED);
  g_assert_cmpint(letters(test, 1001), ==, 2); // the restriction's and this one's
}

static void one_case_one_request_one_letter(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  int64_t number = test_write(test, TEST_GRIM, "a@x", NULL, NULL, TEST_ABUSE).number;
  Staff agents[] = {test->mira, test->jonas}, supervisors[] = {house.teodor, house.ines},
        approvers[] = {house.odile, house.pavel};
  press_all(test, agents, 2, test_newest_message(test, number), press_report);
  BoundaryFile file = test_case(test, 1);
  g_assert_cmpuint(file.incidents.count, ==, 2); // a word of each
  g_assert_cmpint(press_all(test, supervisors, 2, 1, press_propose), ==, 1);
  g_assert_cmpint(press_all(test, approvers, 2, test_case(test, 1).head->asked_id, press_approve), ==, 1);
  g_assert_cmpint(letters(test, number), ==, 1);
}

static void one_appeal_one_decision(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  int64_t measure = 0, id = test_restricted(test, &house, 0, &measure);
  Staff nobody[] = {test->mira}, all[] = {house.teodor, house.ines, house.odile, house.pavel};
  press_all(test, nobody, 1, measure, press_appeal);
  BoundaryFile file = test_case(test, id);
  g_assert_cmpuint(file.appeals.count, ==, 1);
  g_assert_cmpint(press_all(test, all, 4, file.appeals.items[0].id, press_appeal_decision), ==, 1);
  file = test_case(test, id);
  g_assert_cmpint(file.head->stage, ==, BOUNDARY_CLOSED);
  g_assert_true(file.appeals.items[0].decided_by == house.odile.id || file.appeals.items[0].decided_by == house.pavel.id);
}

static void one_person_takes_an_alert(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  int64_t id = 0, number = test_write(test, TEST_GRIM, "a@x", NULL, NULL, "Hello.").number;
  g_assert_true(safety_raise(test->desk, &test->mira, test_newest_message(test, number), SAFETY_THREAT, &id, &error));
  Staff all[] = {house.teodor, house.ines, house.odile, house.pavel};
  press_all(test, all, 4, id, press_take);
  SafetyFile file;
  g_assert_true(safety_file(test->arena, test->desk, id, &file, &error));
  g_assert_cmpint(file.alert->state, ==, SAFETY_TAKEN);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/conduct/two/ending", an_end_of_contact_takes_two_others);
  g_test_add_func("/conduct/two/case", one_case_one_request_one_letter);
  g_test_add_func("/conduct/two/appeal", one_appeal_one_decision);
  g_test_add_func("/conduct/two/alert", one_person_takes_an_alert);
  return g_test_run();
}
