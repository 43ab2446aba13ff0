// People, passwords and sessions.
#include "desk/testing.h"

#include "db/statement.h"
#include "desk/hours/hours.h"
#include "desk/staff/password.h"

extern const DbQuery *const desk_queries[];
extern const size_t desk_query_count;

static SignIn sign_in(TestDesk *test, const char *email, const char *password, const char *address) {
  g_autoptr(GError) error = NULL;
  SignIn result;
  staff_sign_in(test->arena, test->desk, email, password, address, "Firefox", &result, &error);
  g_assert_no_error(error);
  return result;
}

static Staff *who(TestDesk *test, const char *token, int64_t *out_session) {
  g_autoptr(GError) error = NULL;
  Staff *staff = NULL;
  int64_t session = 0;
  session_find(test->arena, test->desk, token, &staff, out_session ? out_session : &session, &error);
  g_assert_no_error(error);
  return staff;
}

static void the_right_password_makes_a_session(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  SignIn done = sign_in(test, "MIRA@godwit.example", "quiet lamp 42", "127.0.0.1");
  g_assert_cmpint(done.outcome, ==, SIGN_IN_DONE);
  g_assert_cmpstr(who(test, done.token, NULL)->name, ==, "Mira Lindqvist");
  g_assert_null(who(test, "somebody else's", NULL));
  g_assert_null(who(test, NULL, NULL));
}

static void a_wrong_one_says_no_more_than_an_unknown_person(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_cmpint(sign_in(test, "mira@godwit.example", "wrong", "127.0.0.1").outcome, ==, SIGN_IN_NO_MATCH);
  g_assert_cmpint(sign_in(test, "nobody@godwit.example", "wrong", "127.0.0.1").outcome, ==, SIGN_IN_NO_MATCH);
}

static void guessing_is_slowed_down_for_the_person_and_the_address(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  for (int i = 0; i < 8; i++) sign_in(test, "mira@godwit.example", "wrong", arena_printf(test->arena, "10.0.0.%d", i));
  SignIn refused = sign_in(test, "mira@godwit.example", "quiet lamp 42", "10.0.1.1");
  g_assert_cmpint(refused.outcome, ==, SIGN_IN_TOO_MANY);
  g_assert_cmpint(refused.wait, ==, 15 * CLOCK_MINUTE);
  g_assert_cmpint(sign_in(test, "jonas@godwit.example", "quiet lamp 42", "10.0.1.1").outcome, ==, SIGN_IN_DONE);
  test->clock.set_to += 15 * CLOCK_MINUTE + 1;
  g_assert_cmpint(sign_in(test, "mira@godwit.example", "quiet lamp 42", "10.0.1.1").outcome, ==, SIGN_IN_DONE);
}

static void guessing_from_a_whole_network_is_one_guesser(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  for (int i = 0; i < 40; i++)
    sign_in(test, arena_printf(test->arena, "nobody%d@godwit.example", i), "wrong",
            arena_printf(test->arena, "2001:db8:1:2::%x", i));
  g_assert_cmpint(sign_in(test, "mira@godwit.example", "quiet lamp 42", "2001:db8:1:2:ffff::1").outcome, ==, SIGN_IN_TOO_MANY);
  g_assert_cmpint(sign_in(test, "mira@godwit.example", "quiet lamp 42", "2001:db8:1:3::1").outcome, ==, SIGN_IN_DONE);
}

static void guessing_from_an_old_address_written_anew_is_the_same_guesser(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  for (int i = 0; i < 40; i++) sign_in(test, arena_printf(test->arena, "nobody%d@godwit.example", i), "wrong", "::ffff:10.0.0.1");
  g_assert_cmpint(sign_in(test, "mira@godwit.example", "quiet lamp 42", "10.0.0.1").outcome, ==, SIGN_IN_TOO_MANY);
  g_assert_cmpint(sign_in(test, "mira@godwit.example", "quiet lamp 42", "::ffff:10.0.0.2").outcome, ==, SIGN_IN_DONE);
}

static void guessing_with_a_borrowed_session_is_slowed_down_too(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  SignInOutcome outcome = SIGN_IN_DONE;
  int64_t wait = 0;
  for (int i = 0; i < 8; i++) {
    g_assert_true(staff_check_password(test->arena, test->desk, test->mira.id, "wrong", &outcome, &wait, &error));
    g_assert_cmpint(outcome, ==, SIGN_IN_NO_MATCH);
  }
  g_assert_true(staff_check_password(test->arena, test->desk, test->mira.id, "quiet lamp 42", &outcome, &wait, &error));
  g_assert_cmpint(outcome, ==, SIGN_IN_TOO_MANY);
  test->clock.set_to += wait;
  g_assert_true(staff_check_password(test->arena, test->desk, test->mira.id, "quiet lamp 42", &outcome, &wait, &error));
  g_assert_cmpint(outcome, ==, SIGN_IN_DONE);
}

static void sessions_end_by_time_by_hand_and_with_the_person(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  SignIn one = sign_in(test, "mira@godwit.example", "quiet lamp 42", "a"),
         two = sign_in(test, "mira@godwit.example", "quiet lamp 42", "b");
  int64_t first = 0, second = 0;
  who(test, one.token, &first);
  who(test, two.token, &second);
  SessionList sessions = {0};
  g_assert_true(session_list(test->arena, test->desk, test->mira.id, second, &sessions, &error));
  g_assert_cmpuint(sessions.count, ==, 2);
  g_assert_true(session_end(test->desk, test->jonas.id, first, &error)); // not his
  g_assert_nonnull(who(test, one.token, NULL));
  g_assert_true(session_end(test->desk, test->mira.id, first, &error));
  g_assert_null(who(test, one.token, NULL));
  test->clock.set_to += SESSION_LIFETIME - CLOCK_HOUR;
  g_assert_nonnull(who(test, two.token, NULL)); // and this use renews it
  test->clock.set_to += SESSION_LIFETIME - CLOCK_HOUR;
  g_assert_nonnull(who(test, two.token, NULL));
  g_assert_true(staff_disable(test->desk, "mira@godwit.example", &error));
  g_assert_null(who(test, two.token, NULL));
  g_assert_cmpint(sign_in(test, "mira@godwit.example", "quiet lamp 42", "a").outcome, ==, SIGN_IN_NO_MATCH);
}

static void an_unused_session_runs_out(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  SignIn one = sign_in(test, "mira@godwit.example", "quiet lamp 42", "a");
  test->clock.set_to += SESSION_LIFETIME + 1;
  g_assert_null(who(test, one.token, NULL));
}

static void a_new_password_ends_the_other_sessions(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  SignIn here = sign_in(test, "mira@godwit.example", "quiet lamp 42", "a"),
         there = sign_in(test, "mira@godwit.example", "quiet lamp 42", "b");
  int64_t session = 0;
  who(test, here.token, &session);
  g_assert_true(staff_set_password(test->desk, test->mira.id, "another good one", session, &error));
  g_assert_nonnull(who(test, here.token, NULL));
  g_assert_null(who(test, there.token, NULL));
  g_assert_cmpint(sign_in(test, "mira@godwit.example", "another good one", "a").outcome, ==, SIGN_IN_DONE);
}

static void each_reads_in_their_language_and_zone(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *token = sign_in(test, "mira@godwit.example", "quiet lamp 42", "127.0.0.1").token;
  g_assert_cmpstr(who(test, token, NULL)->language, ==, "");
  g_assert_cmpstr(who(test, token, NULL)->zone, ==, ""); // the desk has none either
  g_assert_true(hours_set_zone(test->desk, "Europe/Lisbon", &error));
  g_assert_cmpstr(who(test, token, NULL)->zone, ==, "Europe/Lisbon");
  g_assert_true(staff_set_reader(test->desk, test->mira.id, "en", " Asia/Tokyo ", &error));
  g_assert_cmpstr(who(test, token, NULL)->language, ==, "en");
  g_assert_cmpstr(who(test, token, NULL)->zone, ==, "Asia/Tokyo");
  static const char *const refused[][2] = {
    {"en", "Asia/Nowhere"}, {"en", "../../etc/passwd"}, {"tlh", ""}, {"en", "Asia/Tokyo; DROP"}};
  for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
    g_assert_false(staff_set_reader(test->desk, test->mira.id, refused[i][0], refused[i][1], &error));
    g_assert_true(error_is(error, ERROR_INVALID));
    g_clear_error(&error);
  }
  g_assert_true(staff_set_reader(test->desk, test->mira.id, "", "", &error));
  g_assert_cmpstr(who(test, token, NULL)->zone, ==, "Europe/Lisbon");
}

static void bad_drafts_are_refused_with_a_reason(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  static const struct {
    StaffDraft draft;
    RapportError code;
  } cases[] = {{{"not-an-address", "A", "long enough pw", ROLE_AGENT}, ERROR_INVALID},
               {{"a@x.example", " ", "long enough pw", ROLE_AGENT}, ERROR_INVALID},
               {{"a@x.example", "A", "short", ROLE_AGENT}, ERROR_INVALID},
               {{"Mira@GODWIT.example", "A", "long enough pw", ROLE_AGENT}, ERROR_CONFLICT}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_assert_false(staff_add(test->desk, &cases[i].draft, &id, &error));
    g_assert_true(error_is(error, cases[i].code));
  }
}

static void the_database_holds_neither_password_nor_cookie(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *hash = password_hash(arena, "quiet lamp 42");
  g_assert_true(g_str_has_prefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
  g_assert_true(password_matches("quiet lamp 42", hash));
  g_assert_false(password_matches("quiet lamp 43", hash));
  g_assert_false(password_matches("quiet lamp 42", NULL));
}

static void roles_may_what_the_table_says(void) {
  g_assert_true(role_may(ROLE_AGENT, PERMISSION_ANSWER));
  g_assert_false(role_may(ROLE_AGENT, PERMISSION_MAILROOM));
  g_assert_true(role_may(ROLE_SUPERVISOR, PERMISSION_MAILROOM));
  g_assert_false(role_may(ROLE_SUPERVISOR, PERMISSION_ADMINISTER));
  g_assert_true(role_may(ROLE_ADMINISTRATOR, PERMISSION_ADMINISTER));
}

static void every_statement_of_the_desk_prepares(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_cmpuint(desk_query_count, >, 50);
  for (size_t i = 0; i < desk_query_count; i++) {
    g_autoptr(GError) error = NULL;
    DbStatement *statement = db_prepare(test->desk->db, desk_queries[i], &error);
    g_assert_no_error(error);
    db_finish(statement);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/staff/sign-in/right", the_right_password_makes_a_session);
  g_test_add_func("/staff/sign-in/wrong", a_wrong_one_says_no_more_than_an_unknown_person);
  g_test_add_func("/staff/sign-in/limits", guessing_is_slowed_down_for_the_person_and_the_address);
  g_test_add_func("/staff/guessing-network", guessing_from_a_whole_network_is_one_guesser);
  g_test_add_func("/staff/guessing-mapped", guessing_from_an_old_address_written_anew_is_the_same_guesser);
  g_test_add_func("/staff/password/guessing", guessing_with_a_borrowed_session_is_slowed_down_too);
  g_test_add_func("/staff/session/ends", sessions_end_by_time_by_hand_and_with_the_person);
  g_test_add_func("/staff/session/runs-out", an_unused_session_runs_out);
  g_test_add_func("/staff/password/change", a_new_password_ends_the_other_sessions);
  g_test_add_func("/staff/reader", each_reads_in_their_language_and_zone);
  g_test_add_func("/staff/add/refused", bad_drafts_are_refused_with_a_reason);
  g_test_add_func("/staff/password/argon2id", the_database_holds_neither_password_nor_cookie);
  g_test_add_func("/staff/roles", roles_may_what_the_table_says);
  g_test_add_func("/desk/statements", every_statement_of_the_desk_prepares);
  return g_test_run();
}
