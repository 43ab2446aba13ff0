// Which words may be folded: each case is a text with what is to be folded in square brackets.
#include "insight/insight.h"

#include <string.h>

static char *marked(const char *text) {
  g_autoptr(Arena) arena = arena_new();
  OffenceList offences = {0};
  insight_offences(arena, text, strlen(text), &offences);
  g_autoptr(GString) shown = g_string_new(NULL);
  int64_t done = 0;
  list_each(const Offence, offence, &offences) {
    g_assert_cmpint(offence->start, >=, done);
    g_assert_cmpint(offence->start, <, offence->end);
    g_string_append_len(shown, text + done, (gssize)(offence->start - done));
    g_string_append_printf(shown, "[%.*s]", (int)(offence->end - offence->start), text + offence->start);
    done = offence->end;
  }
  g_string_append(shown, text + done);
  return g_strdup(shown->str);
}

static void check(const char *expected) {
  g_autoptr(GString) text = g_string_new(expected);
  g_string_replace(text, "[", "", 0);
  g_string_replace(text, "]", "", 0);
  g_autofree char *found = marked(text->str);
  g_assert_cmpstr(found, ==, expected);
}

static void the_insult_goes_and_the_problem_stays(void) {
  check("[You fucking idiots] lost my parcel again! Where is it?");
  check("I ordered a lamp on Monday and it never came. [You are all morons.] Please send it.");
  check("[You are useless ]and my order 4711 has not arrived, [you stupid cow.]");
  check("[You stupid morons, ]my parcel");
  check("If you do not refund me [I will come down there and break your legs.]");
}

static void nothing_but_abuse_goes_whole(void) {
  check("[Fuck you.]");
  check("[Go to hell, all of you.]");
  check("[Idiots!]");
}

static void anger_stays(void) {
  check("I am absolutely furious, this is the third time!");
  check("Where the fuck is my parcel?");
  check("This is complete bullshit and I want my money back.");
  check("Your service is a disgrace and I will go to my lawyer.");
  check("You lied to me.");
  check("I feel like an idiot for having trusted this shop.");
  check("Your colleague called me an idiot.");
}

static void any_bytes_are_taken(void) {
  check("");
  check("\xff\xfe");
  check("Größe 😀. [You fucking idiot.] Ünd?");
  g_autofree char *text = g_strnfill(200000, 'x');
  g_autofree char *found = marked(text);
  g_assert_cmpuint(strlen(found), ==, 200000);
}

static void a_language_that_is_not_read_is_left_alone(void) {
  check("Die Lampe, die ich am Montag bei Ihnen bestellt habe, ist leider nicht angekommen. Das Paket war dick, ihr Idioten.");
}

static void level_and_threat_are_told(void) {
  g_autoptr(Arena) arena = arena_new();
  OffenceList offences = {0};
  static const char text[] = "You are a moron. Fuck you. I will break your legs.";
  insight_offences(arena, text, strlen(text), &offences);
  g_assert_cmpuint(offences.count, ==, 3);
  g_assert_cmpint(offences.items[0].level, ==, BEHAVIOUR_HOSTILE);
  g_assert_cmpint(offences.items[1].level, ==, BEHAVIOUR_ABUSIVE);
  g_assert_false(offences.items[1].is_threat);
  g_assert_true(offences.items[2].is_threat);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/offence/problem-stays", the_insult_goes_and_the_problem_stays);
  g_test_add_func("/offence/nothing-but-abuse", nothing_but_abuse_goes_whole);
  g_test_add_func("/offence/anger-stays", anger_stays);
  g_test_add_func("/offence/any-bytes", any_bytes_are_taken);
  g_test_add_func("/offence/other-languages", a_language_that_is_not_read_is_left_alone);
  g_test_add_func("/offence/level", level_and_threat_are_told);
  return g_test_run();
}
