// Hard conversations are spread by what somebody had before them lately, of which only they see the number; handing on asks no reasons.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/conversation/work.h"
#include "desk/exposure/exposure.h"
#include "desk/team/team.h"

static Vault *sign_in(TestDesk *test, const Staff *staff) {
  g_autoptr(GError) error = NULL;
  SignIn result;
  Staff *found = NULL;
  int64_t session = 0;
  Vault *vault = NULL;
  g_assert_true(staff_sign_in(test->arena, test->desk, staff->email, "quiet lamp 42", "a", "Firefox", &result, &error));
  g_assert_true(session_find(test->arena, test->desk, result.token, &found, &session, &error));
  g_assert_true(vault_open(test->arena, test->desk, staff->id, session, result.token, &vault, &error));
  g_assert_nonnull(vault);
  return vault;
}

static void opens(TestDesk *test, const Staff *staff, const Vault *vault, int64_t first, int64_t count, Behaviour level) {
  g_autoptr(GError) error = NULL;
  ExposureItemList items = {0};
  for (int64_t i = 0; i < count; i++) *list_add(test->arena, &items) = (ExposureItem){first + i, level};
  g_assert_true(exposure_note(test->desk, vault, staff->id, &items, &error));
}

static Exposure own(TestDesk *test, const Staff *staff, const Vault *vault) {
  g_autoptr(GError) error = NULL;
  Exposure exposure;
  g_assert_true(exposure_own(test->desk, vault, staff->id, &exposure, &error));
  return exposure;
}

static int64_t gentlest(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  IntList both = {0};
  int64_t found = 0;
  *list_add(test->arena, &both) = test->mira.id;
  *list_add(test->arena, &both) = test->jonas.id;
  g_assert_true(exposure_gentlest(test->desk, &both, &found, &error));
  return found;
}

static void a_message_counts_once_and_calm_ones_never(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Vault *mira = sign_in(test, &test->mira);
  opens(test, &test->mira, mira, 1, 3, BEHAVIOUR_HOSTILE);
  opens(test, &test->mira, mira, 2, 3, BEHAVIOUR_ABUSIVE); // two of them again
  opens(test, &test->mira, mira, 20, 5, BEHAVIOUR_FRUSTRATED);
  g_assert_cmpint(own(test, &test->mira, mira).week, ==, 4);
}

static void it_fades_and_is_forgotten(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Vault *mira = sign_in(test, &test->mira);
  opens(test, &test->mira, mira, 1, 3, BEHAVIOUR_HOSTILE);
  test->clock.set_to += 8 * CLOCK_DAY;
  opens(test, &test->mira, mira, 10, 1, BEHAVIOUR_HOSTILE);
  g_assert_cmpint(own(test, &test->mira, mira).week, ==, 1);
  g_assert_cmpint(own(test, &test->mira, mira).fortnight, ==, 4);
  test->clock.set_to += 20 * CLOCK_DAY;
  g_assert_cmpint(own(test, &test->mira, mira).fortnight, ==, 0);
}

static void who_had_less_comes_first_and_alike_keeps_the_turn(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_cmpint(gentlest(test), ==, test->mira.id); // nobody had any: the first keeps the turn
  Vault *mira = sign_in(test, &test->mira), *jonas = sign_in(test, &test->jonas);
  opens(test, &test->mira, mira, 1, 4, BEHAVIOUR_ABUSIVE);
  g_assert_cmpint(gentlest(test), ==, test->jonas.id);
  opens(test, &test->jonas, jonas, 1, 4, BEHAVIOUR_ABUSIVE);
  g_assert_cmpint(gentlest(test), ==, test->mira.id);
  opens(test, &test->mira, mira, 50, 20, BEHAVIOUR_ABUSIVE);
  g_assert_cmpint(gentlest(test), ==, test->jonas.id);
  test->clock.set_to += 30 * CLOCK_DAY;
  g_assert_cmpint(gentlest(test), ==, test->mira.id); // long ago is like never
}

static void nobody_else_can_count_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Vault *mira = sign_in(test, &test->mira), *jonas = sign_in(test, &test->jonas);
  opens(test, &test->mira, mira, 1, 7, BEHAVIOUR_ABUSIVE);
  g_assert_cmpint(own(test, &test->mira, jonas).fortnight, ==, 0); // her row, his key: it does not open
  g_assert_cmpint(own(test, &test->jonas, jonas).fortnight, ==, 0);
}

static int64_t abusive_conversation(TestDesk *test) {
  return test_write(test, "Rex <rex@moor.example>", "a@x", "My bell", NULL, "You are a moron. Fuck you.").number;
}

static const Event *last_event(TestDesk *test, int64_t number) {
  Thread thread = test_thread(test, number);
  return &thread.events.items[thread.events.count - 1];
}

static void without_a_team_it_goes_back_to_nobody_and_the_journal_names_nobody(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = abusive_conversation(test);
  const char *name = NULL;
  g_assert_false(exposure_hand_on(test->arena, test->desk, &test->mira, number, &name, &error)); // not hers
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  g_assert_true(exposure_hand_on(test->arena, test->desk, &test->mira, number, &name, &error));
  g_assert_null(name);
  Thread thread = test_thread(test, number);
  g_assert_cmpint(thread.conversation->assignee_id, ==, 0);
  const Event *event = last_event(test, number);
  g_assert_cmpint(event->kind, ==, EVENT_HANDED_ON);
  g_assert_null(event->staff_name);
  g_assert_cmpstr(event->detail, ==, "");
}

static void a_calm_one_cannot_be_handed_on(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *name = NULL;
  int64_t number = test_write(test, "Agnes <agnes@moor.example>", "a@x", "My bell", NULL, "Hello, my bell is broken.").number;
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  g_assert_false(exposure_hand_on(test->arena, test->desk, &test->mira, number, &name, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
}

static void within_a_team_it_goes_to_who_had_least_and_is_there(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {
    .email = "teodor@godwit.example", .name = "Teodor Iliescu", .password = "quiet lamp 42", .role = ROLE_SUPERVISOR};
  int64_t teodor = 0;
  g_assert_true(staff_add(test->desk, &draft, &teodor, &error));
  int64_t number = abusive_conversation(test);
  IntList members = {0};
  int64_t team = 0;
  *list_add(test->arena, &members) = test->mira.id;
  *list_add(test->arena, &members) = test->jonas.id;
  *list_add(test->arena, &members) = teodor;
  g_assert_true(team_make(test->desk, &test->mira, "Care", false, &team, &error));
  g_assert_true(team_set_members(test->desk, &test->mira, team, &members, &error));
  g_assert_true(conversation_assign_team(test->desk, &test->mira, number, team, &error));
  Vault *jonas = sign_in(test, &test->jonas);
  opens(test, &test->jonas, jonas, 1, 9, BEHAVIOUR_ABUSIVE);
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  const char *name = NULL;
  g_assert_true(exposure_hand_on(test->arena, test->desk, &test->mira, number, &name, &error));
  g_assert_cmpstr(name, ==, "Teodor Iliescu"); // Jonas, who would come first, had much
  g_assert_true(conversation_assign(test->desk, &test->mira, number, test->mira.id, &error));
  g_assert_true(break_take(test->desk, teodor, &error));
  g_assert_true(exposure_hand_on(test->arena, test->desk, &test->mira, number, &name, &error));
  g_assert_cmpstr(name, ==, "Jonas Feld"); // the other one is having a break
}

static void a_turn_of_a_hard_one_goes_to_who_had_least(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  IntList members = {0};
  int64_t team = 0;
  *list_add(test->arena, &members) = test->mira.id;
  *list_add(test->arena, &members) = test->jonas.id;
  g_assert_true(team_make(test->desk, &test->mira, "Care", true, &team, &error));
  g_assert_true(team_set_members(test->desk, &test->mira, team, &members, &error));
  Vault *mira = sign_in(test, &test->mira);
  opens(test, &test->mira, mira, 1, 9, BEHAVIOUR_ABUSIVE);
  int64_t number = abusive_conversation(test);
  g_assert_true(conversation_assign_team(test->desk, &test->mira, number, team, &error));
  g_assert_cmpint(test_thread(test, number).conversation->assignee_id, ==, test->jonas.id); // though the turn was hers
}

static void a_break_ends_by_itself_and_leaves_no_trace(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  BreakChoice choice;
  g_assert_true(break_take(test->desk, test->mira.id, &error));
  g_assert_true(break_load(test->arena, test->desk, test->mira.id, &choice, &error));
  g_assert_cmpint(choice.until, >, 0);
  test->clock.set_to += BREAK_LENGTH;
  g_assert_true(break_load(test->arena, test->desk, test->mira.id, &choice, &error));
  g_assert_cmpint(choice.until, ==, 0);
  g_assert_true(break_forget_past(test->desk, &error));
  test->clock.set_to -= BREAK_LENGTH; // even with the clock put back nothing is known
  g_assert_true(break_load(test->arena, test->desk, test->mira.id, &choice, &error));
  g_assert_cmpint(choice.until, ==, 0);
  g_assert_true(choice.is_offered);
  g_assert_true(break_offer(test->desk, test->mira.id, false, &error));
  g_assert_true(break_load(test->arena, test->desk, test->mira.id, &choice, &error));
  g_assert_false(choice.is_offered);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/exposure/once", a_message_counts_once_and_calm_ones_never);
  g_test_add_func("/exposure/fades", it_fades_and_is_forgotten);
  g_test_add_func("/exposure/compare", who_had_less_comes_first_and_alike_keeps_the_turn);
  g_test_add_func("/exposure/private", nobody_else_can_count_it);
  g_test_add_func("/hand-on/to-nobody", without_a_team_it_goes_back_to_nobody_and_the_journal_names_nobody);
  g_test_add_func("/hand-on/calm", a_calm_one_cannot_be_handed_on);
  g_test_add_func("/hand-on/team", within_a_team_it_goes_to_who_had_least_and_is_there);
  g_test_add_func("/hand-on/turn", a_turn_of_a_hard_one_goes_to_who_had_least);
  g_test_add_func("/break", a_break_ends_by_itself_and_leaves_no_trace);
  return g_test_run();
}
