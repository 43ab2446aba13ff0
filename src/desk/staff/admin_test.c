// Administering people and mailboxes, and the first person: links that work once, an administrator who is always left, and a journal of it.
#include "desk/audit/audit.h"
#include "desk/mailbox/mailbox.h"
#include "desk/protocol/guide.h"
#include "desk/remedy/testing.h"
#include "desk/setting.sql.h"
#include "desk/staff/admin.h"

#include <string.h>

#define GOOD "another good one"

static const AuditEntry *newest(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  AuditPage page;
  audit_list(test->arena, test->desk, NULL, 0, &page, &error);
  g_assert_no_error(error);
  return &page.rows.items[0];
}

static const char *invite(TestDesk *test, const Staff *actor, int64_t *out_id) {
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = "ada@godwit.example", .name = "Ada Reyes", .role = ROLE_SUPERVISOR};
  const char *token = NULL;
  staff_invite(test->arena, test->desk, actor, &draft, &token, out_id, &error);
  g_assert_no_error(error);
  return token;
}

static const char *redeem(TestDesk *test, const char *token, const char *password, RapportError expected) {
  g_autoptr(GError) error = NULL;
  const char *session = NULL;
  bool is_done = staff_link_redeem(test->arena, test->desk, token, password, "192.0.2.1", "test", &session, &error);
  if (is_done) return session;
  g_assert_true(error_is(error, expected));
  return NULL;
}

static Staff *whose(TestDesk *test, const char *token) {
  g_autoptr(GError) error = NULL;
  Staff *staff = NULL;
  staff_link_find(test->arena, test->desk, token, &staff, &error);
  g_assert_no_error(error);
  return staff;
}

static void an_invitation_sets_the_password_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test), *who = NULL;
  g_autoptr(GError) error = NULL;
  int64_t id = 0, session_id = 0;
  SignIn result;
  const char *token = invite(test, &nuala, &id);
  g_assert_cmpstr(newest(test)->what, ==, "staff.invited");
  g_assert_true(staff_sign_in(test->arena, test->desk, "ada@godwit.example", "", "192.0.2.1", "", &result, &error));
  g_assert_cmpint(result.outcome, ==, SIGN_IN_NO_MATCH);
  g_assert_cmpstr(whose(test, token)->name, ==, "Ada Reyes");
  g_assert_null(redeem(test, token, "short", ERROR_INVALID));
  const char *session = redeem(test, token, GOOD, 0);
  g_assert_true(session_find(test->arena, test->desk, session, &who, &session_id, &error));
  g_assert_cmpint(who->id, ==, id);
  g_assert_null(redeem(test, token, GOOD, ERROR_NOT_FOUND));
  g_assert_null(whose(test, token));
  g_assert_cmpstr(newest(test)->what, ==, "staff.joined");
  StaffDraft again = {.email = "Ada@godwit.example", .name = "Ada", .role = ROLE_AGENT};
  g_assert_false(staff_invite(test->arena, test->desk, &nuala, &again, &token, &id, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
}

static void an_address_is_changed_and_old_links_end(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test), *who = NULL;
  g_autoptr(GError) error = NULL;
  int64_t id = 0, session_id = 0;
  SignIn result;
  const char *token = invite(test, &nuala, &id), *session = redeem(test, token, GOOD, 0), *second = NULL;
  g_assert_true(staff_renew_link(test->arena, test->desk, &nuala, id, &second, &error));
  g_assert_false(staff_set_email(test->desk, &nuala, id, "ada at home", &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_false(staff_set_email(test->desk, &nuala, id, arena_printf(test->arena, " %s", "MIRA@Godwit.example"), &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  g_assert_nonnull(whose(test, second)); // nothing happened yet
  g_assert_true(staff_set_email(test->desk, &nuala, id, "Ada.Reyes@godwit.example", &error));
  g_assert_cmpstr(newest(test)->what, ==, "staff.email");
  g_assert_cmpstr(newest(test)->detail, ==, "e-mail: ada@godwit.example \xE2\x86\x92 Ada.Reyes@godwit.example");
  g_assert_null(whose(test, second));
  g_assert_true(session_find(test->arena, test->desk, session, &who, &session_id, &error));
  g_assert_cmpstr(who->email, ==, "Ada.Reyes@godwit.example");
  g_assert_true(staff_sign_in(test->arena, test->desk, "ada.reyes@GODWIT.example", GOOD, "192.0.2.1", "", &result, &error));
  g_assert_cmpint(result.outcome, ==, SIGN_IN_DONE);
  g_assert_true(staff_sign_in(test->arena, test->desk, "ada@godwit.example", GOOD, "192.0.2.1", "", &result, &error));
  g_assert_cmpint(result.outcome, ==, SIGN_IN_NO_MATCH);
}

static void a_link_runs_out_and_a_new_one_ends_the_old(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  const char *first = invite(test, &nuala, &id), *second = NULL;
  g_assert_true(staff_renew_link(test->arena, test->desk, &nuala, id, &second, &error));
  g_assert_null(redeem(test, first, GOOD, ERROR_NOT_FOUND));
  test->clock.set_to += STAFF_LINK_LIFETIME + 1;
  g_assert_null(redeem(test, second, GOOD, ERROR_NOT_FOUND));
  g_assert_true(staff_renew_link(test->arena, test->desk, &nuala, id, &second, &error));
  g_assert_true(staff_set_active(test->desk, &nuala, id, false, &error));
  g_assert_null(redeem(test, second, GOOD, ERROR_NOT_FOUND));
  g_assert_false(staff_renew_link(test->arena, test->desk, &nuala, id, &second, &error));
  g_assert_null(redeem(test, "", GOOD, ERROR_NOT_FOUND));
}

static void a_new_password_ends_the_links_to_set_one(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  g_autoptr(GError) error = NULL;
  const char *token = NULL;
  g_assert_true(staff_renew_link(test->arena, test->desk, &nuala, test->mira.id, &token, &error));
  g_assert_true(staff_change_password(test->desk, test->mira.id, "quiet lamp 42", GOOD, 0, &error));
  g_assert_null(redeem(test, token, "taken over 1", ERROR_NOT_FOUND));
}

static void an_administrator_is_always_left(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  g_autoptr(GError) error = NULL;
  int64_t ada = 0;
  invite(test, &nuala, &ada);
  g_assert_true(staff_set_role(test->desk, &nuala, ada, ROLE_ADMINISTRATOR, &error)); // who cannot sign in yet does not count
  g_assert_false(staff_set_role(test->desk, &nuala, nuala.id, ROLE_AGENT, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  g_assert_false(staff_set_active(test->desk, &nuala, nuala.id, false, &error));
  g_clear_error(&error);
  g_assert_false(staff_disable(test->desk, "nuala@godwit.example", &error));
  g_clear_error(&error);
  g_assert_true(staff_set_role(test->desk, &nuala, test->mira.id, ROLE_ADMINISTRATOR, &error));
  g_assert_cmpstr(newest(test)->detail, ==, "role: agent \xE2\x86\x92 administrator");
  g_assert_true(staff_set_active(test->desk, &test->mira, nuala.id, false, &error));
  g_assert_true(staff_set_active(test->desk, &test->mira, nuala.id, true, &error));
  g_assert_cmpstr(newest(test)->what, ==, "staff.enabled");
}

typedef struct Demotion {
  TestDesk *test;
  int64_t who;
  bool is_done;
} Demotion;

static void *demote(void *data) {
  Demotion *demotion = data;
  g_autoptr(Arena) arena = arena_new();
  for (;;) {
    g_autoptr(GError) error = NULL;
    Desk *desk = desk_join(arena, demotion->test->where, &demotion->test->clock, &random_system, &error);
    g_assert_no_error(error);
    demotion->is_done = staff_set_role(desk, NULL, demotion->who, ROLE_AGENT, &error);
    if (demotion->is_done || !error_is(error, ERROR_BUSY)) return NULL;
  }
}

static void two_who_demote_each_other_leave_one(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  g_autoptr(GError) error = NULL;
  g_assert_true(staff_set_role(test->desk, &nuala, test->mira.id, ROLE_ADMINISTRATOR, &error));
  Demotion both[] = {{test, nuala.id, false}, {test, test->mira.id, false}};
  GThread *threads[] = {g_thread_new("demote", demote, &both[0]), g_thread_new("demote", demote, &both[1])};
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) g_thread_join(threads[i]);
  g_assert_true(both[0].is_done != both[1].is_done);
  test_counts(test);
}

static void a_mailbox_is_changed_with_what_was_there_before(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  g_assert_true(mailbox_open(test->desk, &nuala, "sales@godwit.example", "Sales", "", &id, &error));
  Mailbox mailbox = *mailbox_find(test->arena, test->desk, id, &error);
  mailbox.name = "Sales and hire", mailbox.language = "de";
  g_assert_true(mailbox_keep(test->desk, &nuala, &mailbox, &error));
  g_assert_cmpstr(newest(test)->detail, ==, "name: Sales \xE2\x86\x92 Sales and hire\nlanguage: en \xE2\x86\x92 de");
  g_assert_true(mailbox_keep(test->desk, &nuala, &mailbox, &error)); // nothing changed, nothing is written
  g_assert_cmpint(newest(test)->number, ==, newest(test)->number);
  g_assert_true(mailbox_retire(test->desk, &nuala, id, true, &error));
  MailboxList in_use = {0};
  g_assert_true(mailbox_in_use(test->arena, test->desk, &in_use, &error));
  g_assert_cmpuint(in_use.count, ==, 1);
  g_assert_false(mailbox_retire(test->desk, &nuala, in_use.items[0].id, true, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  ReceivedResult late = test_take_for(
    test, "From: a@b.example\nTo: sales@godwit.example\nSubject: Late\nMessage-ID: <l@x>\n\nHello\n", "sales@godwit.example");
  g_assert_cmpint(late.number, >, 0); // nothing is lost because an address is old
  mailbox.team_id = 99;
  g_assert_false(mailbox_keep(test->desk, &nuala, &mailbox, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

// ——— the first person

static const Setup good_setup = {.name = "Nuala Brannigan",
                                 .email = "nuala@godwit.example",
                                 .password = GOOD,
                                 .firm = "Godwit Cycles",
                                 .mailbox = "hello@godwit.example",
                                 .zone = "Europe/Dublin",
                                 .hours = "09:00-17:30"};

// A desk on which nobody works.
static Desk *empty_desk(Arena *arena, const Clock *clock, Random *random, const char **out_where) {
  g_autoptr(GError) error = NULL;
  *out_where = db_testing_place(arena);
  Desk *desk = desk_open(arena, *out_where, clock, random, &error);
  g_assert_no_error(error);
  return desk;
}

static bool finish(Arena *arena, Desk *desk, const char *token, const Setup *setup, SetupProblems *problems,
                   const char **session) {
  g_autoptr(GError) error = NULL;
  *session = NULL;
  bool is_done = setup_finish(arena, desk, token, setup, "192.0.2.1", "test", problems, session, &error);
  if (!is_done) g_assert_true(error_is(error, ERROR_NOT_FOUND));
  return is_done;
}

static void the_first_person_sets_the_desk_up(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Clock clock = clock_standing_at(INT64_C(1795338000) * CLOCK_SECOND);
  Random random = random_seeded(7);
  const char *where, *token = NULL, *session = NULL;
  Desk *desk = empty_desk(arena, &clock, &random, &where);
  SetupProblems problems;
  Staff *who = NULL;
  int64_t session_id = 0;
  bool is_due = false, may = true;
  g_assert_true(setup_is_due(desk, &is_due, &error) && is_due);
  g_assert_true(setup_begin(arena, desk, &token, &error));
  g_assert_true(setup_may(arena, desk, "guess", &may, &error) && !may);
  g_assert_true(setup_may(arena, desk, token, &may, &error) && may);
  Setup bad = {
    .name = " ", .email = "x", .password = "short", .firm = "", .mailbox = "a+b@c.example", .zone = "Mars", .hours = "25"};
  g_assert_false(finish(arena, desk, "guess", &bad, &problems, &session)); // and nothing is said about the rest
  g_assert_true(finish(arena, desk, token, &bad, &problems, &session) && !session);
  g_assert_true(problems.name && problems.email && problems.password && problems.firm && problems.mailbox && problems.zone &&
                problems.hours);
  g_assert_true(finish(arena, desk, token, &good_setup, &problems, &session) && session);
  g_assert_true(session_find(arena, desk, session, &who, &session_id, &error));
  g_assert_cmpint(who->role, ==, ROLE_ADMINISTRATOR);
  g_assert_false(finish(arena, desk, token, &good_setup, &problems, &session));
  g_assert_true(setup_is_due(desk, &is_due, &error) && !is_due);
  MailboxList mailboxes = {0};
  g_assert_true(mailbox_list(arena, desk, &mailboxes, &error));
  g_assert_cmpstr(mailboxes.items[0].address, ==, "hello@godwit.example");
}

static void a_setup_link_is_good_for_a_day_and_for_an_empty_desk(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Clock clock = clock_standing_at(INT64_C(1795338000) * CLOCK_SECOND);
  Random random = random_seeded(7);
  const char *where, *old = NULL, *token = NULL, *session = NULL;
  Desk *desk = empty_desk(arena, &clock, &random, &where);
  SetupProblems problems;
  g_assert_true(setup_begin(arena, desk, &old, &error));
  clock.set_to += SETUP_LIFETIME;
  g_assert_false(finish(arena, desk, old, &good_setup, &problems, &session));
  g_assert_true(setup_begin(arena, desk, &token, &error)); // the next start
  StaffDraft draft = {.email = "nuala@godwit.example", .name = "Nuala", .password = GOOD, .role = ROLE_ADMINISTRATOR};
  int64_t id = 0;
  g_assert_true(staff_add(desk, &draft, &id, &error)); // by the command line meanwhile
  g_assert_false(finish(arena, desk, token, &good_setup, &problems, &session));
}

static void a_desk_set_up_in_german_speaks_german_to_customers(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Clock clock = clock_standing_at(INT64_C(1795338000) * CLOCK_SECOND);
  Random random = random_seeded(7);
  const char *where, *token = NULL, *session = NULL;
  Desk *desk = empty_desk(arena, &clock, &random, &where);
  SetupProblems problems;
  Setup german = good_setup;
  german.language = "de";
  g_assert_true(setup_begin(arena, desk, &token, &error));
  g_assert_true(finish(arena, desk, token, &german, &problems, &session) && session);
  MailboxList mailboxes = {0};
  g_assert_true(mailbox_list(arena, desk, &mailboxes, &error));
  g_assert_cmpstr(mailboxes.items[0].language, ==, "de");
  GuideLanguageList sets = {0};
  g_assert_true(guide_languages(arena, desk, &sets, &error));
  list_each(const GuideLanguage, set, &sets) g_assert_cmpint(set->is_here, ==, strcmp(set->code, "de") == 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/admin/link/new-password", a_new_password_ends_the_links_to_set_one);
  g_test_add_func("/admin/invitation", an_invitation_sets_the_password_once);
  g_test_add_func("/admin/email", an_address_is_changed_and_old_links_end);
  g_test_add_func("/admin/link", a_link_runs_out_and_a_new_one_ends_the_old);
  g_test_add_func("/admin/last", an_administrator_is_always_left);
  g_test_add_func("/admin/last/at-once", two_who_demote_each_other_leave_one);
  g_test_add_func("/admin/mailbox", a_mailbox_is_changed_with_what_was_there_before);
  g_test_add_func("/admin/setup", the_first_person_sets_the_desk_up);
  g_test_add_func("/admin/setup/german", a_desk_set_up_in_german_speaks_german_to_customers);
  g_test_add_func("/admin/setup/link", a_setup_link_is_good_for_a_day_and_for_an_empty_desk);
  return g_test_run();
}
