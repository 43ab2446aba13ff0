// Where sentences end: abbreviations, lists, emoji, other scripts, no punctuation at all.
#include "insight/engine.h"

static size_t sentences_in(const char *text) {
  g_autoptr(Arena) arena = arena_new();
  Scan scan = {.text = text, .length = strlen(text)};
  scan_passage(arena, &scan, 0, scan.length);
  return scan.sentences.count;
}

static void abbreviations_end_nothing(void) {
  g_assert_cmpuint(sentences_in("Dear Mr. Brown, Prof. Lee of Acme Ltd. called at 9 a.m. about invoice no. 4711."), ==, 1);
  g_assert_cmpuint(sentences_in("It costs 3.50. That is too much."), ==, 2);
  g_assert_cmpuint(sentences_in("Is it there? No. I looked."), ==, 3);
}

static void items_of_a_list_are_sentences(void) {
  g_assert_cmpuint(
    sentences_in("I have several problems with this order today\n- the lid is cracked and does not fit\n- a cup is missing"), ==,
    3);
  g_assert_cmpuint(sentences_in("These are the things that went wrong with it\n1. the lid is cracked\n2) a cup is missing"), ==,
                   3);
  g_assert_cmpuint(sentences_in("The things that are still missing from my order\n\xe2\x80\xa2 the lid\n\xe2\x80\xa2 the cup"),
                   ==, 3);
}

static void wrapped_lines_stay_together(void) {
  g_assert_cmpuint(sentences_in("I am writing because the kettle that I bought from you\nhas stopped working after a day."), ==,
                   1);
}

static void emoji_and_no_punctuation_are_survived(void) {
  g_assert_cmpuint(sentences_in("\xf0\x9f\x98\xa1\xf0\x9f\x98\xa1\xf0\x9f\x98\xa1"), ==, 1);
  g_assert_cmpuint(sentences_in("where is my parcel i want it now"), ==, 1);
  g_assert_cmpuint(sentences_in("What?!?! Really..."), ==, 2);
  g_assert_cmpuint(sentences_in(""), ==, 0);
}

static void full_stops_of_other_scripts_count(void) {
  g_assert_cmpuint(sentences_in("\xe8\xaf\xb7\xe9\x80\x80\xe6\xac\xbe\xe3\x80\x82\xe8\xb0\xa2\xe8\xb0\xa2\xe3\x80\x82"), ==, 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sentence/abbreviations-end-nothing", abbreviations_end_nothing);
  g_test_add_func("/sentence/items-of-a-list-are-sentences", items_of_a_list_are_sentences);
  g_test_add_func("/sentence/wrapped-lines-stay-together", wrapped_lines_stay_together);
  g_test_add_func("/sentence/emoji-and-no-punctuation-are-survived", emoji_and_no_punctuation_are_survived);
  g_test_add_func("/sentence/full-stops-of-other-scripts-count", full_stops_of_other_scripts_count);
  return g_test_run();
}
