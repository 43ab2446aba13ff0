// Limits under a hundred parallel grants: many threads, each with a connection of its own, give and approve at once. No limit is exceeded,
// what could be given was given to the last cent, and nothing that was said to be given is missing.
#include "desk/remedy/testing.h"

#include <string.h>

#define THREADS 50 // a PostgreSQL of the tests has room for a hundred connections, and other tests run beside this one

typedef struct Giver {
  const char *where;
  Staff staff;
  int64_t number, amount, moment;
  int rounds;
  int64_t *ids; // to approve, a remedy each round; NULL: give
  int given, refused;
  int64_t sum;
  GMutex *start;
} Giver;

static bool give_once(Desk *desk, Giver *giver, bool *out_given, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  RemedyDraft draft = test_refund(giver->number, giver->amount);
  RemedyOutcome outcome;
  int64_t id;
  const char *why;
  if (!remedy_give(arena, desk, &giver->staff, &draft, &outcome, &id, &why, error)) return false;
  *out_given = outcome == REMEDY_DONE;
  g_assert_true(*out_given || (outcome == REMEDY_ABOVE && why));
  return true;
}

static bool approve_once(Desk *desk, const Giver *giver, int64_t id, bool *out_given, GError **error) {
  RemedyDecision decision = {.is_approved = true, .reason = "It is fair."};
  g_autoptr(GError) problem = NULL;
  *out_given = remedy_decide(desk, &giver->staff, id, &decision, &problem);
  if (*out_given || error_is(problem, ERROR_FORBIDDEN)) return true;
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

static void *work(void *data) {
  Giver *giver = data;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Clock clock = clock_standing_at(giver->moment);
  Desk *desk = desk_join(arena, giver->where, &clock, &random_system, &error);
  g_assert_no_error(error);
  g_mutex_lock(giver->start); // all at once
  g_mutex_unlock(giver->start);
  for (int round = 0; round < giver->rounds;) {
    bool is_given = false;
    bool done = giver->ids ? approve_once(desk, giver, giver->ids[round], &is_given, &error)
                           : give_once(desk, giver, &is_given, &error);
    if (!done) {
      g_assert_true(error_is(error, ERROR_BUSY)); // the whole unit of work runs again, as every edge does it
      g_clear_error(&error);
      continue;
    }
    round++;
    if (!is_given) giver->refused++;
    if (is_given) giver->given++, giver->sum += giver->amount;
  }
  return NULL;
}

static void run_all(Giver *givers, size_t count) {
  GThread *threads[THREADS];
  GMutex start;
  g_mutex_init(&start);
  g_mutex_lock(&start);
  for (size_t i = 0; i < count; i++) {
    givers[i].start = &start;
    threads[i] = g_thread_new("giver", work, &givers[i]);
  }
  g_mutex_unlock(&start);
  for (size_t i = 0; i < count; i++) g_thread_join(threads[i]);
  g_mutex_clear(&start);
}

static int64_t given_in_all(TestDesk *test, int64_t *out_count) {
  g_autoptr(GError) error = NULL;
  LedgerTotalList totals = {0};
  int64_t sum = 0, month = ledger_month(test->clock.set_to);
  *out_count = 0;
  ledger_totals(test->arena, test->desk, month, month, &totals, &error);
  g_assert_no_error(error);
  list_each(const LedgerTotal, total, &totals) sum += total->amount, *out_count += total->count;
  return sum;
}

// Four conversations of two customers, so that the locks of conversations do not do the work.
static void write_conversations(TestDesk *test, int64_t numbers[4]) {
  static const char *const authors[] = {TEST_AGNES, "Bruno Falk <bruno@falk.example>", TEST_AGNES,
                                        "Bruno Falk <bruno@falk.example>"};
  for (int i = 0; i < 4; i++)
    numbers[i] = test_write(test, authors[i], arena_printf(test->arena, "m%d@x", i), NULL, NULL, NULL).number;
}

static void begin(TestDesk *test, Giver *givers, size_t count, const Staff *staff, size_t staff_count) {
  int64_t numbers[4];
  write_conversations(test, numbers);
  for (size_t i = 0; i < count; i++)
    givers[i] = (Giver){.where = test->where,
                        .staff = staff[i % staff_count],
                        .number = numbers[(i / 2) % 4],
                        .amount = 1000,
                        .moment = test->clock.set_to,
                        .rounds = 2};
}

static void check_all(TestDesk *test, const Giver *givers, size_t count, int64_t expected) {
  int64_t sum = 0, given = 0, counted;
  for (size_t i = 0; i < count; i++) sum += givers[i].sum, given += givers[i].given;
  g_assert_cmpint(sum, ==, expected);
  g_assert_cmpint(given_in_all(test, &counted), ==, sum); // what was said to be given is in the ledger, and nothing else
  g_assert_cmpint(counted, ==, given);
  test_counts(test); // what the limits count is what the ledger says
}

static void a_role_together_stays_within_its_limit(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test), agents[2] = {test->mira, test->jonas};
  Giver givers[THREADS];
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_EACH, 5000, 0);
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_ROLE, 36500, 30);
  begin(test, givers, THREADS, agents, 2);
  run_all(givers, THREADS);
  check_all(test, givers, THREADS, 36000); // a hundred times 10.00, and 365.00 in all
}

static void a_customer_gets_no_more_than_the_limit(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test), agents[2] = {test->mira, test->jonas};
  Giver givers[THREADS];
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_EACH, 5000, 0);
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_CUSTOMER, 12500, 7);
  begin(test, givers, THREADS, agents, 2);
  run_all(givers, THREADS);
  check_all(test, givers, THREADS, 24000); // 120.00 for each of two customers
}

static void a_person_with_many_tabs_stays_within_their_limit(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  Giver givers[THREADS];
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_EACH, 5000, 0);
  test_limit(test, &nuala, ROLE_AGENT, REMEDY_REFUND, LIMIT_PERSON, 9999, 1);
  begin(test, givers, THREADS, &test->mira, 1);
  run_all(givers, THREADS);
  check_all(test, givers, THREADS, 9000);
}

// Any amounts: the limit holds, and whatever was refused did not fit any more when all was over.
static void any_amounts_fill_a_limit_and_no_more(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test), agents[2] = {test->mira, test->jonas};
  Giver givers[THREADS];
  const int64_t limit = 40000;
  int64_t sum = 0, counted, least_refused = INT64_MAX;
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_EACH, 5000, 0);
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_ROLE, limit, 366);
  begin(test, givers, THREADS, agents, 2);
  for (size_t i = 0; i < THREADS; i++) givers[i].amount = g_test_rand_int_range(1, 5001);
  run_all(givers, THREADS);
  for (size_t i = 0; i < THREADS; i++) {
    sum += givers[i].sum;
    if (givers[i].refused) least_refused = MIN(least_refused, givers[i].amount);
  }
  g_assert_cmpint(sum, <=, limit);
  g_assert_true(least_refused == INT64_MAX || sum + least_refused > limit);
  g_assert_cmpint(given_in_all(test, &counted), ==, sum);
  test_counts(test);
}

static void approvals_count_as_the_approvers(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test), teodor = test_supervisor(test);
  Staff both[2] = {teodor, test_person(test, "Ines Prat", "ines@godwit.example", ROLE_SUPERVISOR)};
  Giver givers[20];
  int64_t ids[20][2];
  test_set(test, "notices-an-hour", "0");
  test_limit(test, &nuala, ROLE_SUPERVISOR, LIMIT_ANY_KIND, LIMIT_EACH, 5000, 0);
  test_limit(test, &nuala, ROLE_SUPERVISOR, LIMIT_ANY_KIND, LIMIT_ROLE, 15000, 30);
  begin(test, givers, 20, both, 2);
  for (size_t i = 0; i < 20; i++) {
    for (int round = 0; round < 2; round++) ids[i][round] = test_ask(test, &test->mira, givers[i].number, 1000);
    givers[i].ids = ids[i];
  }
  run_all(givers, 20);
  check_all(test, givers, 20, 15000);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/remedy/spend/role", a_role_together_stays_within_its_limit);
  g_test_add_func("/remedy/spend/customer", a_customer_gets_no_more_than_the_limit);
  g_test_add_func("/remedy/spend/person", a_person_with_many_tabs_stays_within_their_limit);
  g_test_add_func("/remedy/spend/any-amounts", any_amounts_fill_a_limit_and_no_more);
  g_test_add_func("/remedy/spend/approvals", approvals_count_as_the_approvers);
  return g_test_run();
}
