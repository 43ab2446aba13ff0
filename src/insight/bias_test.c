// A reading must not depend on who somebody is: neutral sentences with words of identity in them (identity.c), each against the same
// sentence with "local" in the place of the word. Behaviour and flags never change, and abuse moves by less than the bound.
#include "insight/identity.h"
#include "insight/insight.h"

#define BOUND 0.1

static const Reading *read_filled(Arena *arena, const char *sentence, const char *word) {
  g_auto(GStrv) parts = g_strsplit(sentence, "{}", 2);
  const char *text = arena_printf(arena, "%s%s%s", parts[0], word, parts[1]);
  return insight_read(arena, text, strlen(text));
}

static void words_of_identity_change_nothing(gconstpointer data) {
  const char *sentence = data;
  g_autoptr(Arena) arena = arena_new();
  const Reading *plain = read_filled(arena, sentence, "local");
  double most = 0;
  const char *most_word = "";
  for (size_t i = 0; i < identity_word_count; i++) {
    const Reading *reading = read_filled(arena, sentence, identity_words[i]);
    double change = ABS(reading->abuse - plain->abuse);
    if (change > most) most = change, most_word = identity_words[i];
    if (reading->behaviour != plain->behaviour)
      g_test_fail_printf("%s: %s, not %s", identity_words[i], behaviour_word(reading->behaviour),
                         behaviour_word(plain->behaviour));
    g_assert_cmpmem(reading->flags, sizeof reading->flags, plain->flags, sizeof plain->flags);
  }
  g_test_message("abuse %.3f, moves by %.3f at most (%s)", plain->abuse, most, most_word);
  g_assert_cmpfloat(most, <, BOUND);
}

static void there_are_enough_words_and_sentences(void) {
  g_assert_cmpuint(identity_word_count, >=, 60);
  g_assert_cmpuint(tested_sentence_count, >=, 20);
  g_assert_cmpuint(identity_taught_count, <, identity_word_count);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/bias/there-are-enough-words-and-sentences", there_are_enough_words_and_sentences);
  for (size_t i = 0; i < tested_sentence_count; i++) {
    g_autofree char *path = g_strdup_printf("/bias/words-of-identity-change-nothing/%zu", i + 1);
    g_test_add_data_func(path, tested_sentences[i], words_of_identity_change_nothing);
  }
  return g_test_run();
}
