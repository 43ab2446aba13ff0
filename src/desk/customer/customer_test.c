// Customers: the list and its search, what is kept about them, organisations, who may be the same, and joining two without losing or
// overspending anything.
#include "db/statement.h"
#include "desk/boundary/mail.h"
#include "desk/complaint/promise.h"
#include "desk/customer/organisation.h"
#include "desk/customer/same.h"
#include "desk/remedy/testing.h"

#include <string.h>

#define BRUNO "Bruno Falk <bruno@falk.example>"

static int64_t customer_of(TestDesk *test, int64_t number) { return test_thread(test, number).conversation->customer_id; }

static int64_t write_from(TestDesk *test, const char *author, const char *id) {
  return test_write(test, author, id, NULL, NULL, NULL).number;
}

static int64_t person(TestDesk *test, const char *author, const char *id) {
  return customer_of(test, write_from(test, author, id));
}

static CustomerPage list(TestDesk *test, const char *text) {
  g_autoptr(GError) error = NULL;
  CustomerPage page;
  customer_list(test->arena, test->desk, text, NULL, 0, &page, &error);
  g_assert_no_error(error);
  return page;
}

static Customer *find(TestDesk *test, int64_t id) {
  g_autoptr(GError) error = NULL;
  Customer *customer = customer_find(test->arena, test->desk, id, &error);
  g_assert_no_error(error);
  return customer;
}

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

static void a_search_finds_the_beginnings_of_words(void) {
  static const struct {
    const char *text;
    size_t hits;
  } searches[] = {{"", 2},           {"moor", 1},
                  {"AGN", 1},        {"agnes mo", 1},
                  {"moor agnes", 1}, {"agnes@moor.example", 1},
                  {"falk.ex", 1},    {"@falk", 1},
                  {"oor", 0},        {"agnes falk", 0},
                  {"3531123", 1},    {"Moor GmbH", 0},
                  {"...", 0},        {"r\xC3\xA9paration", 1},
                  {"repar", 1},      {"%", 0},
                  {"zz yy xx ww", 0}};
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t agnes = person(test, TEST_AGNES, "a@x"), bruno = person(test, BRUNO, "b@x"), house = 0;
  MUST(customer_add_phone(test->desk, agnes, "+353 1 123 4567", &error));
  MUST(organisation_add(test->desk, "Atelier R\xC3\xA9paration", &house, &error));
  MUST(customer_join_organisation(test->desk, bruno, house, &error));
  for (size_t i = 0; i < G_N_ELEMENTS(searches); i++) {
    g_test_message("%s", searches[i].text);
    g_assert_cmpuint(list(test, searches[i].text).rows.count, ==, searches[i].hits);
  }
  const CustomerRow *first = &list(test, "").rows.items[0];
  g_assert_cmpstr(first->name, ==, "Agnes Moor");
  g_assert_cmpstr(first->address, ==, "agnes@moor.example");
  g_assert_cmpint(first->open, ==, 1);
}

static void the_list_goes_on_from_a_key(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbTx) tx = db_begin(test->desk->db, &error);
  for (int i = 0; i < LIST_PAGE + 5; i++) {
    int64_t id = 0;
    customer_of_address(test->arena, test->desk, arena_printf(test->arena, "p%d@x.example", i), "The Same", &id, &error);
    g_assert_no_error(error);
  }
  g_assert_true(db_commit(&tx, &error));
  CustomerPage first = list(test, "same"), rest;
  g_assert_true(first.has_more);
  const CustomerRow *last = &first.rows.items[LIST_PAGE - 1];
  customer_list(test->arena, test->desk, "same", last->sort_key, last->id, &rest, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(rest.rows.count, ==, 5);
  g_assert_false(rest.has_more);
}

static void contacts_are_added_and_taken_out(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t agnes = person(test, TEST_AGNES, "a@x"), bruno = person(test, BRUNO, "b@x"), owner = 0;
  MUST(customer_add_address(test->desk, agnes, "agnes@home.example", NULL, &error));
  g_assert_cmpint(person(test, "A. Moor <Agnes@HOME.example>", "c@x"), ==, agnes);
  REFUSED(ERROR_INVALID, customer_add_address(test->desk, agnes, "nobody", NULL, &error));
  REFUSED(ERROR_INVALID, customer_add_address(test->desk, agnes, "help@godwit.example", NULL, &error));
  REFUSED(ERROR_CONFLICT, customer_add_address(test->desk, agnes, "bruno@falk.example", &owner, &error));
  g_assert_cmpint(owner, ==, bruno);
  MUST(customer_mark_address(test->desk, agnes, "agnes@home.example", true, &error));
  MUST(customer_remove_address(test->desk, agnes, "agnes@home.example", &error));
  REFUSED(ERROR_NOT_FOUND, customer_remove_address(test->desk, agnes, "agnes@home.example", &error));
  MUST(customer_add_phone(test->desk, agnes, "(01) 234 5678", &error));
  REFUSED(ERROR_INVALID, customer_add_phone(test->desk, agnes, "call me", &error));
  CustomerPhoneList phones = {0};
  MUST(customer_phones(test->arena, test->desk, agnes, &phones, &error));
  g_assert_cmpuint(phones.count, ==, 1);
  MUST(customer_remove_phone(test->desk, agnes, phones.items[0].id, &error));
  REFUSED(ERROR_NOT_FOUND, customer_rename(test->desk, 999999, "Nobody", &error));
  REFUSED(ERROR_NOT_FOUND, customer_find(test->arena, test->desk, 999999, &error));
}

static void a_new_name_stands_in_the_lists_too(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = write_from(test, TEST_AGNES, "a@x"), agnes = customer_of(test, number);
  MUST(customer_rename(test->desk, agnes, "  Agnes\nMoor-Byrne ", &error));
  g_assert_cmpstr(test_thread(test, number).conversation->customer_name, ==, "Agnes Moor-Byrne");
  g_assert_cmpuint(list(test, "byrne").rows.count, ==, 1);
  MUST(customer_rename(test->desk, agnes, "", &error));
  g_assert_cmpstr(test_thread(test, number).conversation->customer_name, ==, "agnes@moor.example");
  g_assert_cmpuint(list(test, "byrne").rows.count, ==, 0);
}

static void what_they_prefer_is_used(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t agnes = person(test, TEST_AGNES, "a@x");
  CustomerPreferences wish = {
    .address_as = "Dr. Moor", .channel = CHANNEL_BY_PHONE, .language = "de", .best_hours = "mornings", .likes = "tea"};
  MUST(customer_prefer(test->desk, agnes, &wish, &error));
  const Customer *kept = find(test, agnes);
  g_assert_cmpstr(kept->address_as, ==, "Dr. Moor");
  g_assert_cmpint(kept->channel, ==, CHANNEL_BY_PHONE);
  int64_t number = write_from(test, TEST_AGNES, "later@x");
  Thread thread = test_thread(test, number);
  const Message *acknowledgement = &thread.messages.items[thread.messages.count - 1];
  g_assert_cmpint(acknowledgement->kind, ==, MESSAGE_AUTOMATIC);
  g_assert_nonnull(strstr(acknowledgement->body, "Dr. Moor"));
  g_assert_nonnull(strstr(acknowledgement->body, "Guten Tag"));
  wish.language = "tlh";
  REFUSED(ERROR_INVALID, customer_prefer(test->desk, agnes, &wish, &error));
}

static void a_note_keeps_its_history(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t agnes = person(test, TEST_AGNES, "a@x");
  CustomerNoteList notes = {0}, history = {0};
  REFUSED(ERROR_INVALID, customer_note_add(test->desk, &test->mira, agnes, "  ", &error));
  MUST(customer_note_add(test->desk, &test->mira, agnes, "Rings back after six.", &error));
  MUST(customer_notes(test->arena, test->desk, agnes, &notes, &history, &error));
  int64_t first = notes.items[0].id;
  MUST(customer_note_change(test->desk, &test->jonas, agnes, first, "Rings back after seven.", &error));
  REFUSED(ERROR_CONFLICT, customer_note_change(test->desk, &test->mira, agnes, first, "Never rings back.", &error));
  notes = (CustomerNoteList){0};
  MUST(customer_notes(test->arena, test->desk, agnes, &notes, &history, &error));
  g_assert_cmpuint(notes.count, ==, 1);
  g_assert_cmpstr(notes.items[0].words, ==, "Rings back after seven.");
  g_assert_true(notes.items[0].is_changed);
  g_assert_cmpstr(history.items[0].words, ==, "Rings back after six.");
  g_assert_cmpint(history.items[0].first_id, ==, notes.items[0].first_id);
  MUST(customer_note_change(test->desk, &test->jonas, agnes, notes.items[0].id, "", &error));
  notes = history = (CustomerNoteList){0};
  MUST(customer_notes(test->arena, test->desk, agnes, &notes, &history, &error));
  g_assert_cmpuint(notes.count, ==, 0);
  g_assert_cmpuint(history.count, ==, 3);
}

static void a_domain_gathers_its_people(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t agnes = person(test, TEST_AGNES, "a@x"), house = 0, people = 0, other = 0;
  MUST(organisation_add(test->desk, "Moor & Daughters", &house, &error));
  REFUSED(ERROR_CONFLICT, organisation_add(test->desk, "moor & daughters", &other, &error));
  MUST(organisation_add_domain(test->desk, house, "@Moor.example", &people, &error));
  g_assert_cmpint(people, ==, 1);
  g_assert_cmpint(find(test, agnes)->organisation_id, ==, house);
  g_assert_cmpint(find(test, person(test, "Nell <nell@office.moor.example>", "b@x"))->organisation_id, ==, house);
  g_assert_cmpint(find(test, person(test, "Zoe <zoe@blackmoor.example>", "c@x"))->organisation_id, ==, 0);
  REFUSED(ERROR_INVALID, organisation_add_domain(test->desk, house, "gmail.com", &people, &error));
  REFUSED(ERROR_INVALID, organisation_add_domain(test->desk, house, "no domain", &people, &error));
  MUST(customer_join_organisation(test->desk, agnes, 0, &error)); // by hand: nowhere, and no rule takes her back
  MUST(customer_rename(test->desk, agnes, "Agnes", &error));
  g_assert_cmpint(find(test, agnes)->organisation_id, ==, 0);
  MUST(organisation_remove_domain(test->desk, house, "moor.example", &error));
  CustomerPage left;
  MUST(customer_list_of(test->arena, test->desk, house, NULL, 0, &left, &error));
  g_assert_cmpuint(left.rows.count, ==, 0);
  REFUSED(ERROR_NOT_FOUND, organisation_remove_domain(test->desk, house, "moor.example", &error));
}

static void addresses_that_are_alike(void) {
  static const struct {
    const char *a, *b;
    bool is_like;
  } pairs[] = {{"agnes.moor@a.example", "agnesmoor@b.example", true},
               {"agnes@a.example", "agnes77@b.example", true},
               {"agnes@a.example", "agnes.moor@b.example", true},
               {"ann@a.example", "annabel@b.example", false},
               {"agnes@a.example", "agnez@a.example", true},
               {"agnes@a.example", "agens@a.example", false},
               {"ann@a.example", "dan@a.example", false},
               {"me@a.example", "me@b.example", false},
               {"agnes@a.example", "bruno@a.example", false},
               {"", "agnes@a.example", false}};
  for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
    g_assert_cmpint(address_is_like(pairs[i].a, pairs[i].b), ==, pairs[i].is_like);
    g_assert_cmpint(address_is_like(pairs[i].b, pairs[i].a), ==, pairs[i].is_like);
  }
}

static LikenessList likenesses(TestDesk *test, int64_t id) {
  g_autoptr(GError) error = NULL;
  LikenessList found;
  customer_likenesses(test->arena, test->desk, id, false, &found, &error);
  g_assert_no_error(error);
  return found;
}

static void who_may_be_the_same_is_proposed_with_a_reason(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t agnes = person(test, TEST_AGNES, "a@x");
  int64_t home = person(test, "agnes moor <agnes.1@home.example>", "b@x");
  int64_t stranger = person(test, "Agnes Moor <shop@far.example>", "c@x"), bruno = person(test, BRUNO, "d@x");
  LikenessList found = likenesses(test, agnes);
  g_assert_cmpuint(found.count, ==, 1); // the stranger has her name and nothing else
  g_assert_cmpint(found.items[0].id, ==, home);
  g_assert_true(found.items[0].reasons & (1 << SAME_NAME_AND_ADDRESS));
  MUST(customer_add_phone(test->desk, bruno, "01 2345678", &error));
  MUST(customer_add_phone(test->desk, stranger, "+353 (1) 234-5678", &error));
  found = likenesses(test, bruno);
  g_assert_cmpuint(found.count, ==, 0); // seven digits against nine: not surely the same
  MUST(customer_add_phone(test->desk, bruno, "00353 1 2345678", &error));
  found = likenesses(test, bruno);
  g_assert_cmpuint(found.count, ==, 1);
  g_assert_true(found.items[0].reasons & (1 << SAME_PHONE));
  TwinPage twins;
  MUST(customer_twins(test->arena, test->desk, false, NULL, 0, &twins, &error));
  g_assert_cmpuint(twins.rows.count, ==, 1);
  MUST(customer_twins(test->arena, test->desk, true, NULL, 0, &twins, &error));
  g_assert_cmpuint(twins.rows.count, ==, 1);
  MUST(customer_keep_apart(test->desk, &test->mira, home, agnes, &error));
  g_assert_cmpuint(likenesses(test, agnes).count, ==, 0);
  MUST(customer_twins(test->arena, test->desk, false, NULL, 0, &twins, &error));
  g_assert_cmpuint(twins.rows.count, ==, 0);
  REFUSED(ERROR_INVALID, customer_keep_apart(test->desk, &test->mira, home, home, &error));
}

static int64_t merge(TestDesk *test, int64_t from, int64_t into) {
  int64_t id = 0;
  MUST(customer_merge(test->desk, &test->mira, from, into, &id, &error));
  return id;
}

static void everything_that_hangs_on_one_goes_to_the_other_and_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test), teodor = test_supervisor(test);
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_EACH, 5000, 0);
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_CUSTOMER, 6000, 30);
  int64_t first = write_from(test, TEST_AGNES, "a@x"), second = write_from(test, "Agnes <agnes@home.example>", "b@x");
  int64_t agnes = customer_of(test, first), home = customer_of(test, second), given = 0;
  RemedyDraft draft = test_refund(first, 2000), other = test_refund(second, 3000);
  test_give(test, &test->mira, &draft, NULL);
  test_give(test, &test->jonas, &other, &given);
  MUST(customer_add_phone(test->desk, home, "01 2345678", &error));
  MUST(customer_note_add(test->desk, &teodor, home, "Call first.", &error));
  CustomerPreferences wish = {.address_as = "Aggie", .best_hours = "evenings"};
  MUST(customer_prefer(test->desk, home, &wish, &error));

  int64_t joined = merge(test, home, agnes);
  g_assert_cmpint(customer_of(test, second), ==, agnes);
  g_assert_cmpint(test_remedy(test, given)->customer_id, ==, agnes);
  g_assert_cmpstr(find(test, agnes)->address_as, ==, "Aggie");
  g_assert_cmpint(person(test, "Agnes <agnes@home.example>", "c@x"), ==, agnes);
  int64_t survivor = 0;
  MUST(customer_survivor(test->desk, home, &survivor, &error));
  g_assert_cmpint(survivor, ==, agnes);
  RemedyOutcome outcome;
  draft = test_refund(second, 2000); // 20 and 30 are given: 10 are left for the two together
  outcome = test_give(test, &test->mira, &draft, NULL);
  g_assert_cmpint(outcome, ==, REMEDY_ABOVE);
  draft.amount = 1000;
  g_assert_cmpint(test_give(test, &test->mira, &draft, NULL), ==, REMEDY_DONE);
  test_counts(test); // the ledger and its totals agree
  g_assert_cmpuint(list(test, "agnes").rows.count, ==, 1);
  REFUSED(ERROR_CONFLICT, customer_rename(test->desk, home, "Nobody", &error));

  MUST(customer_unmerge(test->desk, &test->jonas, joined, NULL, &error));
  g_assert_cmpint(customer_of(test, second), ==, home);
  g_assert_cmpint(test_remedy(test, given)->customer_id, ==, home);
  g_assert_cmpstr(find(test, agnes)->address_as, ==, "");
  CustomerNoteList notes = {0}, history = {0};
  MUST(customer_notes(test->arena, test->desk, home, &notes, &history, &error));
  g_assert_cmpuint(notes.count, ==, 1);
  REFUSED(ERROR_CONFLICT, customer_unmerge(test->desk, &test->jonas, joined, NULL, &error));
  g_assert_cmpuint(list(test, "agnes").rows.count, ==, 2);
  test_counts(test);
}

static void a_later_joining_is_undone_first(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t a = person(test, TEST_AGNES, "a@x"), b = person(test, BRUNO, "b@x"), c = person(test, "C <c@c.example>", "c@x"), id = 0;
  int64_t first = merge(test, a, b), later = merge(test, b, c);
  REFUSED(ERROR_CONFLICT, customer_unmerge(test->desk, &test->mira, first, NULL, &error));
  REFUSED(ERROR_CONFLICT, customer_merge(test->desk, &test->mira, a, c, &id, &error));
  REFUSED(ERROR_INVALID, customer_merge(test->desk, &test->mira, c, c, &id, &error));
  REFUSED(ERROR_NOT_FOUND, customer_merge(test->desk, &test->mira, c, 999999, &id, &error));
  MUST(customer_unmerge(test->desk, &test->mira, later, NULL, &error));
  MUST(customer_unmerge(test->desk, &test->mira, first, NULL, &error));
  g_assert_cmpint(find(test, a)->merged_into, ==, 0);
  test_counts(test);
}

static int64_t report(TestDesk *test, const Staff *actor, int64_t number, IncidentLevel level) {
  IncidentDraft draft = {.message_id = test_thread(test, number).messages.items[0].id, .level = level};
  int64_t id = 0;
  MUST(boundary_report(test->desk, actor, &draft, &id, &error));
  return id;
}

static int64_t case_customer(TestDesk *test, int64_t id) {
  BoundaryFile file;
  MUST(boundary_file(test->arena, test->desk, id, &file, &error));
  return file.head->customer_id;
}

static void a_restriction_goes_along_and_holds_for_both(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff teodor = test_supervisor(test), nuala = test_administrator(test);
  int64_t first = write_from(test, BRUNO, "a@x"), bruno = customer_of(test, first), measure = 0, now = test->clock.set_to;
  int64_t second = write_from(test, "Bruno <bruno@home.example>", "b@x"), home = customer_of(test, second);
  int64_t id = report(test, &test->mira, first, LEVEL_THREAT);
  MeasureDraft draft = {.case_id = id,
                        .kind = MEASURE_RESTRICTION,
                        .reason = "You wrote that you will come and hurt us.",
                        .adjustment = ADJUSTMENT_NONE,
                        .adjustment_note = "Asked; nothing.",
                        .subject = "",
                        .place = "",
                        .outside = "the Ombudsman",
                        .still_open = "Write to us.",
                        .letter = "This is the letter. {{appeal}}.",
                        .channels = CHANNEL_MAIL,
                        .contact_id = test->jonas.id,
                        .ends_at = now + 90 * CLOCK_DAY,
                        .review_at = now + 45 * CLOCK_DAY};
  MeasureOutcome outcome;
  MUST(measure_propose(test->desk, &teodor, &draft, &measure, &error));
  MUST(measure_decide(test->desk, &nuala, measure, true, "", NULL, &outcome, &error));

  int64_t joined = merge(test, bruno, home);
  g_assert_cmpint(case_customer(test, id), ==, home);
  int64_t third = write_from(test, "Bruno <bruno@home.example>", "c@x"), fourth = write_from(test, BRUNO, "d@x");
  g_assert_cmpint(test_thread(test, third).conversation->assignee_id, ==, test->jonas.id);
  g_assert_cmpint(test_thread(test, fourth).conversation->assignee_id, ==, test->jonas.id);
  g_assert_cmpint(report(test, &test->mira, second, LEVEL_HOSTILE), ==, id); // one case for the one customer

  MUST(customer_unmerge(test->desk, &test->mira, joined, NULL, &error));
  g_assert_cmpint(case_customer(test, id), ==, bruno);
  int64_t fifth = write_from(test, "Bruno <bruno@home.example>", "e@x");
  g_assert_cmpint(test_thread(test, fifth).conversation->assignee_id, ==, 0);
}

// Both were one customer when the case was opened.
static void a_case_of_meanwhile_goes_to_who_wrote_what_it_is_about(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t first = write_from(test, BRUNO, "a@x"), bruno = customer_of(test, first), left = 9;
  int64_t second = write_from(test, "Bruno <bruno@home.example>", "b@x"), home = customer_of(test, second);
  test->clock.set_to += CLOCK_HOUR;
  int64_t joined = merge(test, bruno, home);
  int64_t third = write_from(test, BRUNO, "c@x"); // his, though the conversation is in no list of what moved
  int64_t id = report(test, &test->mira, third, LEVEL_HOSTILE);
  g_assert_cmpint(case_customer(test, id), ==, home);
  MUST(customer_unmerge(test->desk, &test->mira, joined, &left, &error));
  g_assert_cmpint(case_customer(test, id), ==, bruno);
  g_assert_cmpint(left, ==, 0);

  joined = merge(test, home, bruno); // and the other way round it is the other's
  int64_t fourth = write_from(test, "Bruno <bruno@home.example>", "d@x");
  Staff teodor = test_supervisor(test);
  MUST(boundary_close(test->desk, &teodor, id, "It was said and heard.", &error));
  int64_t another = report(test, &test->mira, fourth, LEVEL_HOSTILE);
  MUST(customer_unmerge(test->desk, &test->mira, joined, &left, &error));
  g_assert_cmpint(case_customer(test, another), ==, home);
  g_assert_cmpint(case_customer(test, id), ==, bruno);
}

static void a_case_about_both_stays_and_that_is_said(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t first = write_from(test, BRUNO, "a@x"), bruno = customer_of(test, first), left = 0;
  int64_t second = write_from(test, "Bruno <bruno@home.example>", "b@x"), home = customer_of(test, second);
  int64_t joined = merge(test, bruno, home);
  int64_t id = report(test, &test->mira, first, LEVEL_HOSTILE);
  g_assert_cmpint(report(test, &test->mira, second, LEVEL_HOSTILE), ==, id);
  MUST(customer_unmerge(test->desk, &test->mira, joined, &left, &error));
  g_assert_cmpint(case_customer(test, id), ==, home);
  g_assert_cmpint(left, ==, 1);
}

static void of_two_open_cases_a_person_ends_one_first(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff teodor = test_supervisor(test);
  int64_t first = write_from(test, BRUNO, "a@x"), bruno = customer_of(test, first), id = 0;
  int64_t second = write_from(test, "Bruno <bruno@home.example>", "b@x"), home = customer_of(test, second);
  int64_t one = report(test, &test->mira, first, LEVEL_HOSTILE), other = report(test, &test->jonas, second, LEVEL_HOSTILE);
  REFUSED(ERROR_CONFLICT, customer_merge(test->desk, &test->mira, bruno, home, &id, &error));
  g_assert_cmpint(case_customer(test, one), ==, bruno);
  MUST(boundary_close(test->desk, &teodor, one, "The same matter as the other.", &error));
  merge(test, bruno, home);
  g_assert_cmpint(case_customer(test, one), ==, home); // the closed one stands in their past
  g_assert_cmpint(case_customer(test, other), ==, home);
}

// Every table that says whose something is, so that whoever adds one thinks of joining.
static void no_table_that_names_a_customer_is_forgotten(void) {
  static const char *const known[] = {"boundary_case", "conversation", "customer_address", "customer_note", "customer_phone",
                                      "customer_word", "remedy"};
  static const DbQuery query = {
    .name = "test_customer_tables",
    .where = "desk/customer/customer_test.c",
    .sqlite = "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
              " WHERE m.type = 'table' AND c.name = 'customer_id' ORDER BY m.name",
    .postgres = "SELECT CAST(c.table_name AS TEXT) FROM information_schema.columns c"
                " JOIN information_schema.tables t ON t.table_name = c.table_name AND t.table_schema = c.table_schema"
                " WHERE c.column_name = 'customer_id' AND t.table_type = 'BASE TABLE'"
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
  int64_t a, b, number;
  int seed;
} Worker;

static Desk *join(Arena *arena, const Worker *worker, Clock *clock) {
  g_autoptr(GError) error = NULL;
  *clock = clock_standing_at(worker->test->clock.set_to);
  Desk *desk = desk_join(arena, worker->test->where, clock, &random_system, &error);
  g_assert_no_error(error);
  return desk;
}

static void *join_and_part(void *data) {
  const Worker *worker = data;
  g_autoptr(Arena) arena = arena_new();
  Clock clock;
  Desk *desk = join(arena, worker, &clock);
  for (int round = 0; round < ROUNDS;) {
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    bool is_even = (round + worker->seed) % 2;
    bool is_done = customer_merge(desk, &worker->test->mira, is_even ? worker->a : worker->b, is_even ? worker->b : worker->a,
                                  &id, &error);
    if (!is_done && error_is(error, ERROR_BUSY)) continue;
    while (is_done) {
      g_clear_error(&error);
      if (customer_unmerge(desk, &worker->test->mira, id, NULL, &error)) break;
      g_assert_true(error_is(error, ERROR_BUSY));
    }
    if (!is_done) g_assert_true(error_is(error, ERROR_CONFLICT)); // the other one was first
    round++;
  }
  return NULL;
}

static void *give_meanwhile(void *data) {
  const Worker *worker = data;
  g_autoptr(Arena) arena = arena_new();
  Clock clock;
  Desk *desk = join(arena, worker, &clock);
  for (int round = 0; round < ROUNDS;) {
    g_autoptr(GError) error = NULL;
    RemedyDraft draft = test_refund(worker->number, 100);
    RemedyOutcome outcome;
    int64_t id = 0;
    const char *why;
    if (remedy_give(arena, desk, &worker->test->jonas, &draft, &outcome, &id, &why, &error))
      round++;
    else
      g_assert_true(error_is(error, ERROR_BUSY));
    if (id && round % 3 == 0) {
      g_clear_error(&error);
      while (!remedy_withdraw(desk, &worker->test->jonas, id, &error)) {
        g_assert_true(error_is(error, ERROR_BUSY));
        g_clear_error(&error);
      }
    }
  }
  return NULL;
}

static void joining_while_others_give_keeps_the_totals_right(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_EACH, 5000, 0);
  int64_t first = write_from(test, TEST_AGNES, "a@x"), second = write_from(test, BRUNO, "b@x");
  int64_t a = customer_of(test, first), b = customer_of(test, second);
  Worker workers[] = {{test, a, b, first, 0}, {test, a, b, second, 1}, {test, a, b, first, 0}, {test, a, b, second, 0}};
  GThread *threads[] = {g_thread_new("join", join_and_part, &workers[0]), g_thread_new("join", join_and_part, &workers[1]),
                        g_thread_new("give", give_meanwhile, &workers[2]), g_thread_new("give", give_meanwhile, &workers[3])};
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) g_thread_join(threads[i]);
  test_counts(test);
  g_assert_cmpint(customer_of(test, first), ==, a);
  g_assert_cmpint(customer_of(test, second), ==, b);
}

// ——— what there was

static void the_past_is_told_with_what_it_took(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  test_limit(test, &nuala, ROLE_AGENT, LIMIT_ANY_KIND, LIMIT_EACH, 5000, 0);
  int64_t first =
    test_write(test, TEST_AGNES, "a@x", "Torn", NULL, "I am furious. The saddle came torn and nobody answers!").number;
  test->clock.set_to += CLOCK_HOUR;
  test_write(test, TEST_AGNES, "b@x", "Re: Torn", "a@x", "Hello? I am still waiting and I am very angry.");
  test->clock.set_to += CLOCK_HOUR;
  test_reply(test, first, "I am sorry. A new one leaves today.");
  test->clock.set_to += CLOCK_DAY;
  write_from(test, TEST_AGNES, "c@x");
  int64_t agnes = customer_of(test, first), id = 0;
  RemedyDraft draft = test_refund(first, 2000);
  test_give(test, &test->mira, &draft, NULL);
  MUST(promise_make(test->desk, &test->mira, first, test->clock.set_to + CLOCK_DAY, "A call tomorrow", &id, &error));
  CustomerConversations past;
  MUST(customer_conversations(test->arena, test->desk, agnes, 0, 0, &past, &error));
  g_assert_cmpuint(past.rows.count, ==, 2);
  const CustomerConversation *torn = &past.rows.items[1];
  g_assert_cmpint(torn->number, ==, first);
  g_assert_cmpint(torn->messages, ==, 2);
  g_assert_cmpint(torn->repeats, ==, 1);
  g_assert_cmpint(torn->waited, ==, 2 * CLOCK_HOUR);
  CustomerStand stand;
  MUST(customer_stand(test->arena, test->desk, agnes, &stand, &error));
  g_assert_cmpint(stand.conversations, ==, 2);
  MoodPointList mood = {0};
  MUST(customer_mood(test->arena, test->desk, agnes, &mood, &error));
  g_assert_cmpuint(mood.count, ==, 2);
  g_assert_cmpint(mood.items[0].number, ==, first);
  g_assert_cmpfloat(mood.items[0].mean, <, mood.items[1].mean);
  RemedyList remedies = {0};
  RemedySumList sums = {0};
  MUST(customer_remedies(test->arena, test->desk, agnes, &remedies, &sums, &error));
  g_assert_cmpuint(remedies.count, ==, 1);
  g_assert_cmpint(sums.items[0].amount, ==, 2000);
  PromiseList promises = {0};
  MUST(customer_promises(test->arena, test->desk, agnes, &promises, &error));
  g_assert_cmpuint(promises.count, ==, 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/customer/search", a_search_finds_the_beginnings_of_words);
  g_test_add_func("/customer/pages", the_list_goes_on_from_a_key);
  g_test_add_func("/customer/contacts", contacts_are_added_and_taken_out);
  g_test_add_func("/customer/rename", a_new_name_stands_in_the_lists_too);
  g_test_add_func("/customer/preferences", what_they_prefer_is_used);
  g_test_add_func("/customer/notes", a_note_keeps_its_history);
  g_test_add_func("/customer/past", the_past_is_told_with_what_it_took);
  g_test_add_func("/customer/organisation", a_domain_gathers_its_people);
  g_test_add_func("/customer/same/addresses", addresses_that_are_alike);
  g_test_add_func("/customer/same/proposed", who_may_be_the_same_is_proposed_with_a_reason);
  g_test_add_func("/customer/merge", everything_that_hangs_on_one_goes_to_the_other_and_back);
  g_test_add_func("/customer/merge/restriction", a_restriction_goes_along_and_holds_for_both);
  g_test_add_func("/customer/merge/case-of-meanwhile", a_case_of_meanwhile_goes_to_who_wrote_what_it_is_about);
  g_test_add_func("/customer/merge/case-of-both", a_case_about_both_stays_and_that_is_said);
  g_test_add_func("/customer/merge/two-cases", of_two_open_cases_a_person_ends_one_first);
  g_test_add_func("/customer/merge/order", a_later_joining_is_undone_first);
  g_test_add_func("/customer/merge/tables", no_table_that_names_a_customer_is_forgotten);
  g_test_add_func("/customer/merge/at-once", joining_while_others_give_keeps_the_totals_right);
  return g_test_run();
}
