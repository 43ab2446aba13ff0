// What is folded for whom, and what a mail to the staff says of it.
#include "desk/testing.h"

#include "desk/notify/notice.h"
#include "desk/outbox/outbox.h"
#include "desk/shield/shield.h"

static const char rude[] = "You fucking idiots lost my parcel again! Where is it? Fuck you.";

static void a_setting_decides_how_much(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(shield_plain(arena, SHIELD_NOTHING, rude), ==, rude);
  g_assert_cmpstr(shield_plain(arena, SHIELD_HOSTILITY, rude), ==,
                  "[Hostile words, 3] lost my parcel again! Where is it? [Abusive words, 2]");
  g_assert_cmpstr(shield_plain(arena, SHIELD_ABUSE, "You idiot. Fuck you."), ==, "You idiot. [Abusive words, 2]");
  g_assert_cmpstr(shield_plain(arena, SHIELD_PICTURES, "I will break your legs."), ==, "[A threat, 5 words]");
}

static void the_problem_stays_and_so_does_anger(void) {
  g_autoptr(Arena) arena = arena_new();
  static const char angry[] = "Where the hell is my order? I am furious, you lied to me.";
  g_assert_cmpstr(shield_plain(arena, SHIELD_PICTURES, angry), ==, angry);
}

static void what_is_said_back_to_them_leaves_it_out(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(shield_clean(arena, rude), ==, "lost my parcel again! Where is it?");
  g_assert_cmpstr(shield_clean(arena, "Fuck you."), ==, "");
}

static void a_message_of_nothing_else_is_known_as_such(void) {
  g_autoptr(Arena) arena = arena_new();
  ShieldFoldList all = {0}, part = {0}, none = {0};
  shield_text(arena, SHIELD_HOSTILITY, "Fuck you. You are an idiot.", &all);
  shield_text(arena, SHIELD_HOSTILITY, rude, &part);
  g_assert_true(shield_is_all("Fuck you. You are an idiot.", &all));
  g_assert_false(shield_is_all(rude, &part));
  g_assert_false(shield_is_all("Hello", &none));
}

static void everybody_has_a_setting_of_their_own(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ShieldSetting setting;
  g_assert_true(shield_setting(test->desk, test->mira.id, &setting, &error));
  g_assert_cmpint(setting, ==, SHIELD_HOSTILITY);
  g_assert_true(shield_choose(test->desk, test->mira.id, SHIELD_NOTHING, &error));
  g_assert_true(shield_setting(test->desk, test->mira.id, &setting, &error));
  g_assert_cmpint(setting, ==, SHIELD_NOTHING);
  g_assert_true(shield_setting(test->desk, test->jonas.id, &setting, &error));
  g_assert_cmpint(setting, ==, SHIELD_HOSTILITY);
  g_assert_false(shield_choose(test->desk, 4711, SHIELD_NOTHING, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

// The notice that waits for one of the staff, as text.
static const char *notice_for(TestDesk *test, const char *email) {
  g_autoptr(GError) error = NULL;
  OutboxMailList outbox = {0};
  test_tell_staff(test);
  g_assert_true(outbox_list(test->arena, test->desk, &outbox, &error));
  list_each(const OutboxMail, each, &outbox) {
    if (strcmp(each->recipients, email) != 0) continue;
    const Mail *mail = test_sent_mail(test, each->message_id);
    return arena_printf(test->arena, "%s\n%s", mail->subject, mail->text);
  }
  return NULL;
}

static void a_mail_to_the_staff_folds_for_each_as_they_like(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const NoticeChoice by_mail = {.kinds = {[NOTICE_BY_MAIL] = 1 << NOTICE_WROTE_NOBODYS}, .hours = NOTICE_ANY_HOUR};
  g_assert_true(notice_choice_set(test->desk, test->mira.id, &by_mail, &error));
  g_assert_true(notice_choice_set(test->desk, test->jonas.id, &by_mail, &error));
  g_assert_true(shield_choose(test->desk, test->jonas.id, SHIELD_NOTHING, &error));
  int64_t number = test_write(test, "Rex <rex@moor.example>", "a@x", "You are idiots", NULL, rude).number;
  g_assert_true(notice_send(test->desk, INT64_MAX, &error));
  const char *folded = notice_for(test, "mira@godwit.example"), *plain = notice_for(test, "jonas@godwit.example");
  g_assert_nonnull(folded);
  g_assert_nonnull(plain);
  g_assert_null(strstr(folded, "idiots"));
  g_assert_nonnull(strstr(folded, "[Hostile words, 3]"));
  g_assert_nonnull(strstr(folded, "lost my parcel again! Where is it?"));
  g_assert_nonnull(strstr(plain, rude));
  g_assert_cmpstr(test_thread(test, number).messages.items[0].body, ==, rude); // what came is as it came
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/shield/setting", a_setting_decides_how_much);
  g_test_add_func("/shield/problem", the_problem_stays_and_so_does_anger);
  g_test_add_func("/shield/said-back", what_is_said_back_to_them_leaves_it_out);
  g_test_add_func("/shield/nothing-else", a_message_of_nothing_else_is_known_as_such);
  g_test_add_func("/shield/own-setting", everybody_has_a_setting_of_their_own);
  g_test_add_func("/shield/mails", a_mail_to_the_staff_folds_for_each_as_they_like);
  return g_test_run();
}
