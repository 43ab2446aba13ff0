// What somebody keeps for themselves opens with their own sign-in, and with nothing else: no other person, no administrator, no copy of
// the database. Notes on triggers are kept so.
#include "desk/testing.h"

#include "db/statement.h"
#include "desk/trigger/trigger.h"

#define PASSWORD "quiet lamp 42"
#define SECRET "Voices like my stepfather's make me small."
#define PHRASE "completely incompetent"

typedef struct Person {
  const char *token;
  int64_t session;
  Vault *vault;
} Person;

static Person sign_in(TestDesk *test, const Staff *staff, const char *password) {
  g_autoptr(GError) error = NULL;
  SignIn result;
  Person person = {0};
  Staff *found = NULL;
  staff_sign_in(test->arena, test->desk, staff->email, password, "a", "Firefox", &result, &error);
  g_assert_no_error(error);
  g_assert_cmpint(result.outcome, ==, SIGN_IN_DONE);
  person.token = result.token;
  g_assert_true(session_find(test->arena, test->desk, result.token, &found, &person.session, &error));
  g_assert_true(vault_open(test->arena, test->desk, staff->id, person.session, person.token, &person.vault, &error));
  return person;
}

static void keep(TestDesk *test, const Staff *staff, const Vault *vault, const char *text, const char *words) {
  g_autoptr(GError) error = NULL;
  TriggerNote note = {.text = text, .words = words, .behaviour = "", .emotion = ""};
  trigger_keep(test->desk, vault, staff->id, &note, &error);
  g_assert_no_error(error);
}

static TriggerNoteList notes(TestDesk *test, const Staff *staff, const Vault *vault) {
  g_autoptr(GError) error = NULL;
  TriggerNoteList list = {0};
  g_assert_true(trigger_list(test->arena, test->desk, vault, staff->id, &list, &error));
  return list;
}

static void what_i_keep_opens_at_every_sign_in_of_mine(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Person here = sign_in(test, &test->mira, PASSWORD);
  g_assert_nonnull(here.vault);
  keep(test, &test->mira, here.vault, SECRET, PHRASE);
  Person there = sign_in(test, &test->mira, PASSWORD);
  TriggerNoteList kept = notes(test, &test->mira, there.vault);
  g_assert_cmpuint(kept.count, ==, 1);
  g_assert_cmpstr(kept.items[0].text, ==, SECRET);
  g_assert_cmpstr(kept.items[0].words, ==, PHRASE);
}

static void nobody_elses_sign_in_opens_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Person mira = sign_in(test, &test->mira, PASSWORD), jonas = sign_in(test, &test->jonas, PASSWORD);
  keep(test, &test->mira, mira.vault, SECRET, PHRASE);
  g_assert_cmpuint(notes(test, &test->jonas, jonas.vault).count, ==, 0);
  g_assert_cmpuint(notes(test, &test->mira, jonas.vault).count, ==, 0); // with the row before one and a key of one's own
  Vault *vault = NULL;
  g_assert_true(vault_open(test->arena, test->desk, test->mira.id, mira.session, jonas.token, &vault,
                           &error)); // the session's row, another's cookie
  g_assert_null(vault);
  g_assert_true(vault_open(test->arena, test->desk, test->mira.id, jonas.session, mira.token, &vault, &error));
  g_assert_null(vault);
  int64_t id = notes(test, &test->mira, mira.vault).items[0].id;
  g_assert_false(trigger_forget(test->desk, test->jonas.id, id, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void it_goes_along_with_a_new_password(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Person mira = sign_in(test, &test->mira, PASSWORD);
  keep(test, &test->mira, mira.vault, SECRET, PHRASE);
  g_assert_true(staff_change_password(test->desk, test->mira.id, PASSWORD, "a louder lamp 43", mira.session, &error));
  Vault *vault = NULL;
  g_assert_true(vault_open(test->arena, test->desk, test->mira.id, mira.session, mira.token, &vault, &error));
  g_assert_cmpuint(notes(test, &test->mira, vault).count, ==, 1);
  g_assert_cmpuint(notes(test, &test->mira, sign_in(test, &test->mira, "a louder lamp 43").vault).count, ==, 1);
}

static void a_reset_by_another_shuts_it_until_the_old_password_is_given(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  keep(test, &test->mira, sign_in(test, &test->mira, PASSWORD).vault, SECRET, PHRASE);
  g_assert_true(staff_set_password(test->desk, test->mira.id, "set by somebody", 0, &error));
  Person mira = sign_in(test, &test->mira, "set by somebody");
  g_assert_null(mira.vault);
  bool is_open = true;
  int64_t wait = 0;
  g_assert_true(vault_recover(test->desk, test->mira.id, mira.session, mira.token, "a guess that is wrong", "set by somebody",
                              &is_open, &wait, &error));
  g_assert_false(is_open);
  g_assert_true(
    vault_recover(test->desk, test->mira.id, mira.session, mira.token, PASSWORD, "set by somebody", &is_open, &wait, &error));
  g_assert_true(is_open);
  Vault *vault = NULL;
  g_assert_true(vault_open(test->arena, test->desk, test->mira.id, mira.session, mira.token, &vault, &error));
  g_assert_cmpuint(notes(test, &test->mira, vault).count, ==, 1);
  g_assert_cmpuint(notes(test, &test->mira, sign_in(test, &test->mira, "set by somebody").vault).count, ==, 1);
}

// Whoever set the new password can sign in with it, and must not find out the old one.
static void the_old_password_is_not_to_be_guessed(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  keep(test, &test->mira, sign_in(test, &test->mira, PASSWORD).vault, SECRET, PHRASE);
  g_assert_true(staff_set_password(test->desk, test->mira.id, "set by somebody", 0, &error));
  Person mira = sign_in(test, &test->mira, "set by somebody");
  bool is_open = true;
  int64_t wait = 0;
  for (int i = 0; i < 8; i++) {
    g_assert_true(
      vault_recover(test->desk, test->mira.id, mira.session, mira.token, "a guess", "set by somebody", &is_open, &wait, &error));
    g_assert_cmpint(wait, ==, 0);
  }
  g_assert_true(
    vault_recover(test->desk, test->mira.id, mira.session, mira.token, PASSWORD, "set by somebody", &is_open, &wait, &error));
  g_assert_false(is_open); // though it was the right one
  g_assert_cmpint(wait, ==, 15 * CLOCK_MINUTE);
  test->clock.set_to += wait;
  g_assert_true(
    vault_recover(test->desk, test->mira.id, mira.session, mira.token, PASSWORD, "set by somebody", &is_open, &wait, &error));
  g_assert_true(is_open);
}

static void or_until_its_owner_begins_anew_and_loses_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  keep(test, &test->mira, sign_in(test, &test->mira, PASSWORD).vault, SECRET, PHRASE);
  g_assert_true(staff_set_password(test->desk, test->mira.id, "set by somebody", 0, &error));
  Person mira = sign_in(test, &test->mira, "set by somebody");
  g_assert_true(vault_begin_anew(test->desk, test->mira.id, mira.session, mira.token, "set by somebody", &error));
  Vault *vault = NULL;
  g_assert_true(vault_open(test->arena, test->desk, test->mira.id, mira.session, mira.token, &vault, &error));
  g_assert_nonnull(vault);
  g_assert_cmpuint(notes(test, &test->mira, vault).count, ==, 0);
  g_assert_nonnull(sign_in(test, &test->mira, "set by somebody").vault);
}

// Every byte of the database, as whoever has the file sees it.
static void the_file_shows_nothing_of_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  if (g_str_has_prefix(test->where, "postgres")) {
    g_test_skip("its bytes lie in files of the server");
    return;
  }
  Person mira = sign_in(test, &test->mira, PASSWORD);
  keep(test, &test->mira, mira.vault, SECRET, PHRASE);
  static const char *const files[] = {"", "-wal"};
  gsize seen = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = g_strconcat(test->where, files[i], NULL), *bytes = NULL;
    gsize size = 0;
    if (!g_file_get_contents(path, &bytes, &size, NULL)) continue;
    seen += size;
    static const char *const wanted[] = {SECRET, PHRASE, "stepfather", "incompetent"};
    for (size_t j = 0; j < G_N_ELEMENTS(wanted); j++) g_assert_null(memmem(bytes, size, wanted[j], strlen(wanted[j])));
    g_assert_null(memmem(bytes, size, mira.token, strlen(mira.token)));
    g_assert_null(memmem(bytes, size, mira.vault, 32)); // nor the key
  }
  g_assert_cmpuint(seen, >, 10000);
}

static void what_is_sealed_stands_for_nothing_else(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Person mira = sign_in(test, &test->mira, PASSWORD);
  Bytes sealed = vault_seal(test->arena, test->desk, mira.vault, "trigger", "hello");
  g_assert_cmpstr(vault_unseal(test->arena, mira.vault, "trigger", sealed), ==, "hello");
  g_assert_null(vault_unseal(test->arena, mira.vault, "exposure", sealed));
  unsigned char *changed = arena_copy(test->arena, sealed.data, sealed.size);
  changed[sealed.size - 1] ^= 1;
  g_assert_null(vault_unseal(test->arena, mira.vault, "trigger", bytes_of(changed, sealed.size)));
  g_assert_null(vault_unseal(test->arena, mira.vault, "trigger", bytes_of(changed, 7)));
}

static bool matches(const char *words, const char *behaviour, const char *emotion, const char *text) {
  g_autoptr(Arena) arena = arena_new();
  TriggerNote note = {.text = "x", .words = words, .behaviour = behaviour, .emotion = emotion};
  return trigger_matches(arena, &note, text, true, BEHAVIOUR_HOSTILE, EMOTION_ANGER);
}

static void a_note_is_shown_at_its_words_or_what_was_read(void) {
  g_assert_true(matches("completely incompetent, my lawyer", "", "", "You are COMPLETELY\nincompetent!"));
  g_assert_true(matches("first\nmy lawyer", "", "", "My Lawyer, then."));
  g_assert_false(matches("law", "", "", "My lawyer"));
  g_assert_true(matches("Größe", "", "", "Welche grösse?"));
  g_assert_true(matches("", "hostile", "", "x"));
  g_assert_false(matches("", "abusive", "", "x"));
  g_assert_true(matches("", "", "anger", "x"));
  g_assert_false(matches(" , ", "", "", "x , y"));
}

static void a_note_that_could_never_be_shown_is_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Person mira = sign_in(test, &test->mira, PASSWORD);
  g_autofree char *longest = g_strnfill(TRIGGER_TEXT_MOST + 1, 'x');
  const TriggerNote bad[] = {{.text = " ", .words = "a", .behaviour = "", .emotion = ""},
                             {.text = "a", .words = " ", .behaviour = "", .emotion = ""},
                             {.text = "a", .words = "", .behaviour = "loud", .emotion = ""},
                             {.text = longest, .words = "a", .behaviour = "", .emotion = ""}};
  for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(trigger_keep(test->desk, mira.vault, test->mira.id, &bad[i], &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/vault/own-sign-in", what_i_keep_opens_at_every_sign_in_of_mine);
  g_test_add_func("/vault/nobody-else", nobody_elses_sign_in_opens_it);
  g_test_add_func("/vault/guessing", the_old_password_is_not_to_be_guessed);
  g_test_add_func("/vault/new-password", it_goes_along_with_a_new_password);
  g_test_add_func("/vault/reset", a_reset_by_another_shuts_it_until_the_old_password_is_given);
  g_test_add_func("/vault/anew", or_until_its_owner_begins_anew_and_loses_it);
  g_test_add_func("/vault/file", the_file_shows_nothing_of_it);
  g_test_add_func("/vault/bound", what_is_sealed_stands_for_nothing_else);
  g_test_add_func("/trigger/matches", a_note_is_shown_at_its_words_or_what_was_read);
  g_test_add_func("/trigger/refused", a_note_that_could_never_be_shown_is_refused);
  return g_test_run();
}
