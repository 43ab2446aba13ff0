// Teams: whose mail they get, whose turn it is, and that nobody gets more than they have room for, also when two mails come at once.
#include "desk/conversation/tally.h"
#include "desk/conversation/verbs.h"
#include "desk/conversation/work.h"
#include "desk/mailbox/mailbox.h"
#include "desk/staff/admin.h"
#include "desk/team/team.h"
#include "desk/testing.h"

static int64_t make_team(TestDesk *test, const char *name, bool takes_turns) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  team_make(test->desk, &test->mira, name, takes_turns, &id, &error);
  g_assert_no_error(error);
  return id;
}

static void put_in(TestDesk *test, int64_t team, int64_t one, int64_t two) {
  g_autoptr(GError) error = NULL;
  IntList members = {0};
  if (one) *list_add(test->arena, &members) = one;
  if (two) *list_add(test->arena, &members) = two;
  team_set_members(test->desk, &test->mira, team, &members, &error);
  g_assert_no_error(error);
}

// A team of both, in turns, that gets the mail of the one mailbox.
static int64_t repairs(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  MailboxList mailboxes = {0};
  int64_t team = make_team(test, "Repairs", true);
  put_in(test, team, test->mira.id, test->jonas.id);
  g_assert_true(mailbox_list(test->arena, test->desk, &mailboxes, &error));
  team_take_mailbox(test->desk, &test->mira, team, mailboxes.items[0].id, &error);
  g_assert_no_error(error);
  test_set(test, "conversations-an-hour", "1000");
  test_set(test, "mails-an-hour", "1000");
  return team;
}

static void set_room(TestDesk *test, int64_t staff, int64_t capacity, bool is_away) {
  g_autoptr(GError) error = NULL;
  team_set_room(test->desk, &test->mira, staff, capacity, is_away, &error);
  g_assert_no_error(error);
}

static const Conversation *next_mail(TestDesk *test, int i) {
  const char *id = arena_printf(test->arena, "m%d@x", i);
  return test_thread(test, test_write(test, "Agnes Moor <agnes@moor.example>", id, NULL, NULL, NULL).number).conversation;
}

static void new_mail_goes_to_the_team_and_in_turn_to_its_members(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t team = repairs(test);
  int64_t had[2] = {0};
  for (int i = 0; i < 6; i++) {
    const Conversation *conversation = next_mail(test, i);
    g_assert_cmpint(conversation->team_id, ==, team);
    g_assert_cmpstr(conversation->team_name, ==, "Repairs");
    had[conversation->assignee_id == test->jonas.id]++;
    g_assert_true(conversation->assignee_id == test->mira.id || conversation->assignee_id == test->jonas.id);
  }
  g_assert_cmpint(had[0], ==, 3);
  g_assert_cmpint(had[1], ==, 3);
  Thread thread = test_thread(test, 1001);
  bool is_said = false;
  list_each(const Event, event, &thread.events) is_said |= event->kind == EVENT_ASSIGNED && !event->staff_name && *event->detail;
  g_assert_true(is_said);
  test_counts(test);
}

static void a_team_without_turns_leaves_it_to_be_taken(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t team = repairs(test);
  g_assert_true(team_change(test->desk, &test->mira, team, "Repairs", false, &error));
  const Conversation *conversation = next_mail(test, 0);
  g_assert_cmpint(conversation->team_id, ==, team);
  g_assert_cmpint(conversation->assignee_id, ==, 0);
}

static void turns_pass_by_whoever_has_no_room_or_is_away(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  repairs(test);
  set_room(test, test->mira.id, 1, false);
  set_room(test, test->jonas.id, 2, false);
  int64_t given = 0;
  for (int i = 0; i < 5; i++) given += next_mail(test, i)->assignee_id != 0;
  g_assert_cmpint(given, ==, 3); // and two wait for somebody to take them
  set_room(test, test->mira.id, 0, true);
  set_room(test, test->jonas.id, 0, false);
  for (int i = 5; i < 8; i++) g_assert_cmpint(next_mail(test, i)->assignee_id, ==, test->jonas.id);
  test_counts(test);
}

static void room_comes_back_with_what_is_solved_or_put_off(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  repairs(test);
  set_room(test, test->jonas.id, 0, true);
  set_room(test, test->mira.id, 1, false);
  g_assert_cmpint(next_mail(test, 0)->assignee_id, ==, test->mira.id);
  g_assert_cmpint(next_mail(test, 1)->assignee_id, ==, 0);
  g_assert_true(conversation_solve(test->desk, &test->mira, 1001, &error));
  g_assert_cmpint(next_mail(test, 2)->assignee_id, ==, test->mira.id);
  g_assert_true(conversation_snooze(test->desk, &test->mira, 1003, test->clock.set_to + CLOCK_DAY, &error));
  g_assert_cmpint(next_mail(test, 3)->assignee_id, ==, test->mira.id);
}

static void to_a_team_by_hand(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = next_mail(test, 0)->number, sales = make_team(test, "Sales", false),
          returns = make_team(test, "Returns", true);
  put_in(test, sales, test->mira.id, 0);
  put_in(test, returns, test->jonas.id, 0);
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  g_assert_true(conversation_assign_team(test->desk, &test->mira, number, sales, &error));
  g_assert_cmpint(test_thread(test, number).conversation->assignee_id, ==, test->mira.id); // she is in it
  g_assert_true(conversation_assign_team(test->desk, &test->mira, number, returns, &error));
  g_assert_cmpint(test_thread(test, number).conversation->assignee_id, ==, test->jonas.id); // whose turn it is
  g_assert_true(conversation_assign_team(test->desk, &test->mira, number, sales, &error));
  g_assert_cmpint(test_thread(test, number).conversation->assignee_id, ==, 0); // no turns there
  g_assert_true(conversation_assign_team(test->desk, &test->mira, number, 0, &error));
  g_assert_null(test_thread(test, number).conversation->team_name);
  g_assert_false(conversation_assign_team(test->desk, &test->mira, number, 999, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  test_counts(test);
}

static void a_retired_team_gets_nothing_more(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t team = repairs(test);
  StaffTeamList teams = {0};
  int64_t number = next_mail(test, 0)->number;
  g_assert_true(team_retire(test->desk, &test->mira, team, &error));
  g_assert_cmpint(next_mail(test, 1)->team_id, ==, 0);
  g_assert_cmpstr(test_thread(test, number).conversation->team_name, ==, "Repairs"); // what it has it keeps
  g_assert_false(conversation_assign_team(test->desk, &test->mira, 1002, team, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_clear_error(&error);
  g_assert_true(staff_teams(test->arena, test->desk, test->mira.id, &teams, &error));
  g_assert_cmpuint(teams.count, ==, 0);
  g_assert_true(team_restore(test->desk, &test->mira, team, &error));
  g_assert_true(staff_teams(test->arena, test->desk, test->mira.id, &teams, &error));
  g_assert_cmpuint(teams.count, ==, 1);
  g_assert_true(teams.items[0].is_member);
}

static void members_are_who_is_named_and_no_others(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  TeamMemberList people = {0};
  int64_t team = make_team(test, "Sales", true);
  put_in(test, team, test->mira.id, 4711);
  put_in(test, team, test->jonas.id, 0);
  g_assert_true(team_members(test->arena, test->desk, team, &people, &error));
  g_assert_cmpuint(people.count, ==, 2); // by name: Jonas, Mira
  g_assert_true(people.items[0].is_member);
  g_assert_false(people.items[1].is_member);
  TeamList teams = {0};
  g_assert_true(team_list(test->arena, test->desk, &teams, &error));
  g_assert_cmpint(teams.items[0].members, ==, 1);
}

static void names_are_there_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t one = make_team(test, "Réparations", true), id = 0;
  make_team(test, "Sales", false);
  static const struct {
    const char *name;
    RapportError code;
  } cases[] = {{" ", ERROR_INVALID}, {"reparations", ERROR_CONFLICT}, {"SALES ", ERROR_CONFLICT}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(team_make(test->desk, &test->mira, cases[i].name, true, &id, &error));
    g_assert_true(error_is(error, cases[i].code));
  }
  g_autoptr(GError) error = NULL;
  g_assert_false(team_change(test->desk, &test->mira, one, "Sales", true, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  g_assert_false(team_change(test->desk, &test->mira, 999, "Else", true, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_clear_error(&error);
  g_assert_false(team_set_room(test->desk, &test->mira, test->mira.id, -1, false, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

typedef struct Door {
  const char *where, *prefix;
} Door;

static gpointer bring_mail(gpointer data) {
  const Door *door = data;
  g_autoptr(Arena) arena = arena_new();
  Clock clock = clock_standing_at(INT64_C(1795338000) * CLOCK_SECOND);
  g_autoptr(GError) error = NULL;
  Desk *desk = desk_join(arena, door->where, &clock, &random_system, &error);
  g_assert_no_error(error);
  for (int i = 0; i < 6; i++) {
    const char *raw = arena_printf(
      arena, "From: agnes@moor.example\nTo: help@godwit.example\nSubject: Bell\nMessage-ID: <%s%d@x>\n\nHello.\n", door->prefix,
      i);
    Bytes bytes = bytes_of_text(raw);
    ReceivedInput input = {.raw = bytes, .mail = mail_parse(arena, bytes), .envelope_to = "help@godwit.example"};
    ReceivedResult result = {0};
    while (!received_take(arena, desk, &input, &result, &error)) {
      g_assert_true(error_is(error, ERROR_BUSY)); // its turn comes
      g_clear_error(&error);
    }
  }
  return NULL;
}

// Mails that come together share a commit, and what the first of them adds is in no table yet.
static void mails_of_one_commit_never_give_over_capacity(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t team = repairs(test);
  put_in(test, team, test->mira.id, 0);
  set_room(test, test->mira.id, 2, false);
  ReceivedInput inputs[4] = {0};
  ReceivedResult results[4] = {0};
  for (int i = 0; i < 4; i++) {
    const char *raw = arena_printf(test->arena,
                                   "From: Agnes Moor <agnes%d@moor.example>\nTo: help@godwit.example\nSubject: A question\n"
                                   "Message-ID: <m%d@x>\n\nHello.\n",
                                   i, i);
    inputs[i] = (ReceivedInput){.raw = bytes_of_text(raw), .mail = test_parse(test, raw), .envelope_to = "help@godwit.example"};
  }
  g_assert_true(received_take_batch(test->arena, test->desk, inputs, 4, results, &error));
  int given = 0;
  for (int i = 0; i < 4; i++) given += test_thread(test, results[i].number).conversation->assignee_id != 0;
  g_assert_cmpint(given, ==, 2);
  test_counts(test);
}

// Whoever holds a tally holds nothing that others wait for first: staff, conversations and the audit journal are taken before all tallies, and
// tallies by their names at the very end. On SQLite there is one writer anyway.
static void tallies_are_held_by_nobody_who_still_works(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  if (!db_testing_is_postgres()) return;
  Desk *other = desk_join(arena, test->where, &test->clock, &test->random, &error);
  g_assert_true(db_set_patience(other->db, 100 * CLOCK_MILLISECOND, &error));
  g_autoptr(DbTx) tx = db_begin(test->desk->db, &error);
  g_assert_true(tally_change(test->desk, "waiting", 1, &error)); // and then by name, what comes before it
  g_assert_true(tally_change(test->desk, "open", 1, &error));
  {
    g_autoptr(DbTx) others = db_begin(other->db, &error);
    g_assert_true(tally_change(other, "open", -1, &error));
    g_assert_true(tally_change(other, "waiting", -1, &error));
    g_assert_true(db_commit(&others, &error)); // while the first is still at work
  }
  g_assert_true(db_commit(&tx, &error));
  g_assert_no_error(error);
  test_counts(test); // both were counted
}

static void two_mails_at_once_never_give_over_capacity(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t team = repairs(test);
  TeamMemberList people = {0};
  set_room(test, test->mira.id, 3, false);
  set_room(test, test->jonas.id, 4, false);
  Door front = {test->where, "f"}, back = {test->where, "b"};
  GThread *one = g_thread_new("front", bring_mail, &front), *two = g_thread_new("back", bring_mail, &back);
  g_thread_join(one);
  g_thread_join(two);
  g_assert_true(team_members(test->arena, test->desk, team, &people, &error));
  g_assert_cmpint(people.items[0].open, ==, 4);
  g_assert_cmpint(people.items[1].open, ==, 3);
  test_counts(test);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/team/turns", new_mail_goes_to_the_team_and_in_turn_to_its_members);
  g_test_add_func("/team/without-turns", a_team_without_turns_leaves_it_to_be_taken);
  g_test_add_func("/team/room", turns_pass_by_whoever_has_no_room_or_is_away);
  g_test_add_func("/team/room-comes-back", room_comes_back_with_what_is_solved_or_put_off);
  g_test_add_func("/team/by-hand", to_a_team_by_hand);
  g_test_add_func("/team/retired", a_retired_team_gets_nothing_more);
  g_test_add_func("/team/members", members_are_who_is_named_and_no_others);
  g_test_add_func("/team/names", names_are_there_once);
  g_test_add_func("/team/one-commit", mails_of_one_commit_never_give_over_capacity);
  g_test_add_func("/team/tallies", tallies_are_held_by_nobody_who_still_works);
  g_test_add_func("/team/two-at-once", two_mails_at_once_never_give_over_capacity);
  return g_test_run();
}
