// Organisations: what there was with their people, and joining two without losing anybody.
#include "db/statement.h"
#include "desk/audit/audit.h"
#include "desk/customer/organisation.h"
#include "desk/customer/same.h"
#include "desk/remedy/testing.h"

#include <string.h>

#define NELL "Nell Moor <nell@moor.example>"
#define BRUNO "Bruno Falk <bruno@falk.example>"

#define MUST(call)                                                                                                               \
  do {                                                                                                                           \
    g_autoptr(GError) error = NULL;                                                                                              \
    bool is_done = (call);                                                                                                       \
    g_assert_no_error(error);                                                                                                    \
    g_assert_true(is_done);                                                                                                      \
  } while (0)
#define REFUSED(code, call)                                                                                                      \
  do {                                                                                                                           \
    g_autoptr(GError) error = NULL;                                                                                              \
    g_assert_false(call);                                                                                                        \
    g_assert_true(error_is(error, code));                                                                                        \
  } while (0)

static int64_t person(TestDesk *test, const char *author, const char *id) {
  return test_thread(test, test_write(test, author, id, NULL, NULL, NULL).number).conversation->customer_id;
}

static int64_t house(TestDesk *test, const char *name, const char *domain) {
  int64_t id = 0, people = 0;
  MUST(organisation_add(test->desk, name, &id, &error));
  if (domain) MUST(organisation_add_domain(test->desk, id, domain, &people, &error));
  return id;
}

static int64_t house_of(TestDesk *test, int64_t customer) {
  g_autoptr(GError) error = NULL;
  Customer *found = customer_find(test->arena, test->desk, customer, &error);
  g_assert_no_error(error);
  return found->organisation_id;
}

static const Organisation *look(TestDesk *test, int64_t id) {
  g_autoptr(GError) error = NULL;
  Organisation *found = organisation_find(test->arena, test->desk, id, &error);
  g_assert_no_error(error);
  return found;
}

static int64_t unite(TestDesk *test, int64_t from, int64_t into) {
  int64_t merge = 0;
  MUST(organisation_merge(test->desk, &test->mira, from, into, &merge, &error));
  return merge;
}

static void part(TestDesk *test, int64_t merge) { MUST(organisation_unmerge(test->desk, &test->jonas, merge, &error)); }

static size_t found_by(TestDesk *test, const char *text) {
  CustomerPage page;
  MUST(customer_list(test->arena, test->desk, text, NULL, 0, &page, &error));
  return page.rows.count;
}

// ——— what there was

static void all_conversations_are_read_a_page_at_a_time(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t moor = house(test, "Moor Ltd", "moor.example");
  const size_t all = 2 * ORGANISATION_CONVERSATIONS_SHOWN + 1;
  for (size_t i = 0; i < all; i++) { // several at one moment, so that the number decides too
    if (i % 3 == 0) test->clock.set_to += CLOCK_HOUR;
    person(test, i % 2 ? NELL : TEST_AGNES, arena_printf(test->arena, "%zu@x", i));
  }
  person(test, BRUNO, "bruno@x");
  size_t seen = 0;
  int64_t before_at = 0, before_number = 0;
  for (bool has_more = true; has_more;) {
    OrganisationConversations past;
    MUST(organisation_conversations(test->arena, test->desk, moor, before_at, before_number, &past, &error));
    list_each(const OrganisationConversation, row, &past.rows) {
      if (before_number) g_assert_true(row->last_message_at < before_at || row->number < before_number);
      g_assert_cmpstr(row->customer_name, !=, "Bruno Falk");
      before_at = row->last_message_at;
      before_number = row->number;
    }
    seen += past.rows.count;
    has_more = past.has_more;
  }
  g_assert_cmpuint(seen, ==, all);
}

static void mood_is_of_what_all_its_people_wrote(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t moor = house(test, "Moor Ltd", "moor.example");
  int64_t torn =
    test_write(test, TEST_AGNES, "a@x", "Torn", NULL, "I am furious. The saddle came torn and nobody answers!").number;
  test->clock.set_to += CLOCK_DAY;
  test_reply(test, torn, "I hate this. Terrible, awful, a disgrace."); // what we write counts for nothing
  test->clock.set_to += CLOCK_DAY;
  int64_t bell = test_write(test, NELL, "b@x", "Bell", NULL, "Thank you, I am very happy with the bell.").number;
  test_write(test, BRUNO, "c@x", "Pump", NULL, "I am furious.");
  MoodPointList mood = {0};
  MUST(organisation_mood(test->arena, test->desk, moor, &mood, &error));
  g_assert_cmpuint(mood.count, ==, 2);
  g_assert_cmpint(mood.items[0].number, ==, torn);
  g_assert_cmpint(mood.items[0].messages, ==, 1);
  g_assert_cmpint(mood.items[1].number, ==, bell);
  g_assert_cmpfloat(mood.items[0].mean, <, mood.items[1].mean);
  for (size_t i = 0; i < MOOD_POINTS; i++)
    test_write(test, NELL, arena_printf(test->arena, "more%zu@x", i), NULL, NULL, "Thank you, that was kind.");
  mood = (MoodPointList){0};
  MUST(organisation_mood(test->arena, test->desk, moor, &mood, &error));
  g_assert_cmpuint(mood.count, ==, MOOD_POINTS);
}

// ——— two that are one

static void who_it_may_be_is_found_by_the_beginnings_of_words(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t moor = house(test, "Moor Ltd", NULL), daughters = house(test, "Moor & Daughters", NULL);
  house(test, "Blackmoor", NULL);
  OrganisationList found = {0};
  MUST(organisation_alike(test->arena, test->desk, moor, "moo", &found, &error));
  g_assert_cmpuint(found.count, ==, 1); // never itself
  g_assert_cmpint(found.items[0].id, ==, daughters);
  found = (OrganisationList){0};
  MUST(organisation_alike(test->arena, test->desk, moor, "moor ltd", &found, &error));
  g_assert_cmpuint(found.count, ==, 0);
  MUST(organisation_alike(test->arena, test->desk, moor, " & ", &found, &error));
  g_assert_cmpuint(found.count, ==, 0);
}

static void everything_of_one_goes_to_the_other_and_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t agnes = person(test, TEST_AGNES, "a@x"), bruno = person(test, BRUNO, "b@x"),
          zoe = person(test, "Zoe <zoe@zoe.example>", "z@x");
  int64_t moor = house(test, "Moor Ltd", "moor.example"), falk = house(test, "Falk & Sons", "falk.example");
  MUST(customer_join_organisation(test->desk, zoe, falk, &error));
  MUST(organisation_change(test->desk, moor, "Moor Ltd", "Pays late.", &error));
  MUST(organisation_change(test->desk, falk, "Falk & Sons", "Rings first.", &error));

  int64_t merge = unite(test, falk, moor);
  g_assert_cmpint(house_of(test, bruno), ==, moor);
  g_assert_cmpint(house_of(test, zoe), ==, moor);
  g_assert_cmpint(look(test, moor)->people, ==, 3);
  g_assert_cmpstr(look(test, moor)->about, ==, "Pays late.\n\nRings first.");
  int64_t survivor = 0, named = 0, people = 0;
  MUST(organisation_survivor(test->desk, falk, &survivor, &error));
  g_assert_cmpint(survivor, ==, moor);
  MUST(organisation_named(test->desk, "FALK & sons", &named, &error)); // whoever types the old name means the new one
  g_assert_cmpint(named, ==, moor);
  g_assert_cmpuint(found_by(test, "falk sons"), ==, 3); // and finds its people
  MUST(organisation_change(test->desk, moor, "Moor & Falk", "Pays late.\n\nRings first.", &error));
  g_assert_cmpuint(found_by(test, "sons"), ==, 3);
  int64_t bela = person(test, "Bela <bela@falk.example>", "c@x"); // a domain that came along gathers on
  g_assert_cmpint(house_of(test, bela), ==, moor);
  bool has_more = false;
  OrganisationList all = {0};
  MUST(organisation_list(test->arena, test->desk, NULL, &all, &has_more, &error));
  g_assert_cmpuint(all.count, ==, 1);
  REFUSED(ERROR_CONFLICT, organisation_add(test->desk, "Falk & Sons", &named, &error));
  REFUSED(ERROR_CONFLICT, organisation_change(test->desk, falk, "Falk", "", &error));
  REFUSED(ERROR_CONFLICT, organisation_add_domain(test->desk, falk, "other.example", &people, &error));
  REFUSED(ERROR_CONFLICT, organisation_remove_domain(test->desk, falk, "falk.example", &error));
  REFUSED(ERROR_CONFLICT, customer_join_organisation(test->desk, agnes, falk, &error));

  OrganisationMergeList merges = {0};
  MUST(organisation_merges(test->arena, test->desk, moor, &merges, &error));
  g_assert_cmpuint(merges.count, ==, 1);
  g_assert_cmpstr(merges.items[0].from_name, ==, "Falk & Sons");
  MUST(customer_join_organisation(test->desk, zoe, 0, &error)); // what somebody did meanwhile stands
  part(test, merge);
  g_assert_cmpint(house_of(test, agnes), ==, moor);
  g_assert_cmpint(house_of(test, bruno), ==, falk);
  g_assert_cmpint(house_of(test, bela), ==, falk); // she came by a domain that goes back
  g_assert_cmpint(house_of(test, zoe), ==, 0);
  g_assert_cmpstr(look(test, moor)->about, ==, "Pays late.");
  g_assert_cmpuint(found_by(test, "sons"), ==, 2);
  REFUSED(ERROR_CONFLICT, organisation_unmerge(test->desk, &test->mira, merge, &error));
  REFUSED(ERROR_NOT_FOUND, organisation_unmerge(test->desk, &test->mira, 999999, &error));
  test_counts(test);
}

static void what_somebody_wrote_since_is_not_taken_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t moor = house(test, "Moor Ltd", NULL), falk = house(test, "Falk", NULL);
  MUST(organisation_change(test->desk, falk, "Falk", "Rings first.", &error));
  int64_t merge = unite(test, falk, moor);
  g_assert_cmpstr(look(test, moor)->about, ==, "Rings first.");
  MUST(organisation_change(test->desk, moor, "Moor Ltd", "Rings first, and twice.", &error));
  part(test, merge);
  g_assert_cmpstr(look(test, moor)->about, ==, "Rings first, and twice.");
  g_assert_cmpstr(look(test, falk)->about, ==, "Rings first.");
}

static void a_later_joining_is_undone_first(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t a = house(test, "A Ltd", "a.example"), b = house(test, "B Ltd", NULL), c = house(test, "C Ltd", NULL), id = 0;
  int64_t anna = person(test, "Anna <anna@a.example>", "a@x"), first = unite(test, a, b), later = unite(test, b, c);
  g_assert_cmpint(house_of(test, anna), ==, c);
  g_assert_cmpuint(found_by(test, "a ltd"), ==, 1);
  MUST(organisation_survivor(test->desk, a, &id, &error));
  g_assert_cmpint(id, ==, c);
  REFUSED(ERROR_CONFLICT, organisation_unmerge(test->desk, &test->mira, first, &error));
  REFUSED(ERROR_CONFLICT, organisation_merge(test->desk, &test->mira, a, c, &id, &error));
  REFUSED(ERROR_INVALID, organisation_merge(test->desk, &test->mira, c, c, &id, &error));
  REFUSED(ERROR_NOT_FOUND, organisation_merge(test->desk, &test->mira, c, 999999, &id, &error));
  part(test, later);
  part(test, first);
  g_assert_cmpint(house_of(test, anna), ==, a);
  g_assert_cmpint(look(test, a)->merged_into, ==, 0);
}

// Nothing of what one knows is cut off to make it fit.
static void what_does_not_fit_in_one_is_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t moor = house(test, "Moor Ltd", NULL), falk = house(test, "Falk", NULL), id = 0, people = 0;
  g_autofree char *words = g_strnfill(ORGANISATION_ABOUT_MOST, 'x'), *others = g_strnfill(ORGANISATION_ABOUT_MOST / 2, 'y');
  MUST(organisation_change(test->desk, moor, "Moor Ltd", words, &error));
  MUST(organisation_change(test->desk, falk, "Falk", others, &error));
  REFUSED(ERROR_CONFLICT, organisation_merge(test->desk, &test->mira, falk, moor, &id, &error));
  MUST(organisation_change(test->desk, moor, "Moor Ltd", "", &error));
  for (int i = 0; i < ORGANISATION_DOMAINS_MOST; i++)
    MUST(organisation_add_domain(test->desk, moor, arena_printf(test->arena, "d%d.example", i), &people, &error));
  MUST(organisation_add_domain(test->desk, falk, "falk.example", &people, &error));
  REFUSED(ERROR_CONFLICT, organisation_merge(test->desk, &test->mira, falk, moor, &id, &error));
  g_assert_cmpint(look(test, falk)->merged_into, ==, 0);
}

// Two customers were one when their organisation was joined to another, and are two again later: both are where it went.
static void who_was_joined_to_another_customer_goes_along(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t agnes = person(test, TEST_AGNES, "a@x"), nell = person(test, NELL, "b@x"), one = 0;
  int64_t moor = house(test, "Moor Ltd", "moor.example"), other = house(test, "Moor Holding", NULL);
  MUST(customer_merge(test->desk, &test->mira, nell, agnes, &one, &error));
  int64_t merge = unite(test, moor, other);
  MUST(customer_unmerge(test->desk, &test->mira, one, NULL, &error));
  g_assert_cmpint(house_of(test, nell), ==, other);
  part(test, merge);
  g_assert_cmpint(house_of(test, nell), ==, moor);
}

static void both_are_in_the_journal(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t moor = house(test, "Moor Ltd", NULL), falk = house(test, "Falk", NULL);
  part(test, unite(test, falk, moor));
  AuditPage page = {0};
  MUST(audit_list(test->arena, test->desk, "organisation", 0, &page, &error));
  g_assert_cmpuint(page.rows.count, ==, 2);
  g_assert_cmpstr(page.rows.items[0].what, ==, "organisation.unmerged");
  g_assert_cmpstr(page.rows.items[1].what, ==, "organisation.merged");
  g_assert_nonnull(strstr(page.rows.items[1].subject, "Moor Ltd"));
  g_assert_nonnull(strstr(page.rows.items[1].detail, "Falk"));
}

// Whoever adds a table that names an organisation says here what joining two does with it.
static void no_table_that_names_an_organisation_is_forgotten(void) {
  static const char *const known[] = {"customer", "organisation_domain", "organisation_word"};
  static const DbQuery query = {
    .name = "test_organisation_tables",
    .where = "desk/customer/organisation_test.c",
    .sqlite = "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
              " WHERE m.type = 'table' AND c.name = 'organisation_id' ORDER BY m.name",
    .postgres = "SELECT CAST(c.table_name AS TEXT) FROM information_schema.columns c"
                " JOIN information_schema.tables t ON t.table_name = c.table_name AND t.table_schema = c.table_schema"
                " WHERE c.column_name = 'organisation_id' AND t.table_type = 'BASE TABLE'"
                " AND c.table_schema = current_schema() ORDER BY c.table_name",
    .columns = 1};
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  DbStatement *statement = db_prepare(test->desk->db, &query, &error);
  g_assert_no_error(error);
  size_t at = 0;
  DbStep step;
  while ((step = db_step(statement, &error)) == DB_STEP_ROW) {
    g_assert_cmpuint(at, <, G_N_ELEMENTS(known));
    g_assert_cmpstr(db_column_text(test->arena, statement, 0), ==, known[at++]);
  }
  g_assert_cmpuint(at, ==, G_N_ELEMENTS(known));
  g_assert_true(db_end(statement, step, &error));
}

// ——— several at once

#define ROUNDS 12

typedef struct Worker {
  TestDesk *test;
  int64_t moor, falk, customer, other;
} Worker;

static Desk *join(Arena *arena, const Worker *worker, Clock *clock) {
  g_autoptr(GError) error = NULL;
  *clock = clock_standing_at(worker->test->clock.set_to);
  Desk *desk = desk_join(arena, worker->test->where, clock, &random_system, &error);
  g_assert_no_error(error);
  return desk;
}

static void part_again(Desk *desk, const Worker *worker, int64_t merge) {
  g_autoptr(GError) error = NULL;
  while (!organisation_unmerge(desk, &worker->test->mira, merge, &error)) {
    g_assert_true(error_is(error, ERROR_BUSY));
    g_clear_error(&error);
  }
}

static void check_empty(Arena *arena, Desk *desk, int64_t id) { // nobody belongs to one that is no more
  CustomerPage left;
  MUST(customer_list_of(arena, desk, id, NULL, 0, &left, &error));
  g_assert_cmpuint(left.rows.count, ==, 0);
}

static void *unite_and_part(void *data) {
  const Worker *worker = data;
  g_autoptr(Arena) arena = arena_new();
  Clock clock;
  Desk *desk = join(arena, worker, &clock);
  for (int round = 0; round < ROUNDS;) {
    g_autoptr(GError) error = NULL;
    int64_t merge = 0;
    if (!organisation_merge(desk, &worker->test->mira, worker->falk, worker->moor, &merge, &error)) {
      g_assert_true(error_is(error, ERROR_BUSY));
      continue;
    }
    check_empty(arena, desk, worker->falk);
    part_again(desk, worker, merge);
    round++;
  }
  return NULL;
}

static void *put_there(void *data) {
  const Worker *worker = data;
  g_autoptr(Arena) arena = arena_new();
  Clock clock;
  Desk *desk = join(arena, worker, &clock);
  for (int round = 0; round < ROUNDS * 2;) {
    g_autoptr(GError) error = NULL;
    if (customer_join_organisation(desk, worker->customer, round % 2 ? 0 : worker->falk, &error) ||
        error_is(error, ERROR_CONFLICT))
      round++;
    else
      g_assert_true(error_is(error, ERROR_BUSY));
  }
  return NULL;
}

static void *join_customers(void *data) {
  const Worker *worker = data;
  g_autoptr(Arena) arena = arena_new();
  Clock clock;
  Desk *desk = join(arena, worker, &clock);
  for (int round = 0; round < ROUNDS;) {
    g_autoptr(GError) error = NULL;
    int64_t merge = 0;
    if (!customer_merge(desk, &worker->test->mira, worker->customer, worker->other, &merge, &error)) {
      g_assert_true(error_is(error, ERROR_BUSY));
      continue;
    }
    while (!customer_unmerge(desk, &worker->test->mira, merge, NULL, &error)) {
      g_assert_true(error_is(error, ERROR_BUSY));
      g_clear_error(&error);
    }
    round++;
  }
  return NULL;
}

static void nobody_is_put_into_one_that_is_no_more(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t moor = house(test, "Moor Ltd", NULL), falk = house(test, "Falk", "falk.example");
  int64_t agnes = person(test, TEST_AGNES, "a@x"), nell = person(test, NELL, "b@x"), bruno = person(test, BRUNO, "c@x");
  Worker workers[] = {{test, moor, falk, 0, 0}, {test, moor, falk, agnes, 0}, {test, moor, falk, bruno, nell}};
  GThread *threads[] = {g_thread_new("unite", unite_and_part, &workers[0]), g_thread_new("put", put_there, &workers[1]),
                        g_thread_new("join", join_customers, &workers[2])};
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) g_thread_join(threads[i]);
  g_assert_cmpint(house_of(test, bruno), ==, falk);
  test_counts(test);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/organisation/conversations", all_conversations_are_read_a_page_at_a_time);
  g_test_add_func("/organisation/mood", mood_is_of_what_all_its_people_wrote);
  g_test_add_func("/organisation/alike", who_it_may_be_is_found_by_the_beginnings_of_words);
  g_test_add_func("/organisation/merge", everything_of_one_goes_to_the_other_and_back);
  g_test_add_func("/organisation/merge/about", what_somebody_wrote_since_is_not_taken_back);
  g_test_add_func("/organisation/merge/order", a_later_joining_is_undone_first);
  g_test_add_func("/organisation/merge/room", what_does_not_fit_in_one_is_refused);
  g_test_add_func("/organisation/merge/customers", who_was_joined_to_another_customer_goes_along);
  g_test_add_func("/organisation/merge/journal", both_are_in_the_journal);
  g_test_add_func("/organisation/merge/tables", no_table_that_names_an_organisation_is_forgotten);
  g_test_add_func("/organisation/merge/at-once", nobody_is_put_into_one_that_is_no_more);
  return g_test_run();
}
