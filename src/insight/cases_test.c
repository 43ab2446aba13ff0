// The cases of cases.c, read by the engine: every case that is not marked as missed must hold, and one that is marked must
// still be missed (so that the mark goes when the engine improves).
#include "insight/cases.h"
#include "insight/insight.h"

static const char *mood_of(Emotion emotion) {
  switch (emotion) {
  case EMOTION_ANGER:
  case EMOTION_ANNOYANCE:
  case EMOTION_DISAPPOINTMENT:
  case EMOTION_DISAPPROVAL:
  case EMOTION_DISGUST: return "angry";
  case EMOTION_SADNESS:
  case EMOTION_GRIEF:
  case EMOTION_REMORSE:
  case EMOTION_EMBARRASSMENT: return "sad";
  case EMOTION_FEAR:
  case EMOTION_NERVOUSNESS: return "afraid";
  case EMOTION_ADMIRATION:
  case EMOTION_AMUSEMENT:
  case EMOTION_EXCITEMENT:
  case EMOTION_GRATITUDE:
  case EMOTION_JOY:
  case EMOTION_LOVE:
  case EMOTION_PRIDE:
  case EMOTION_RELIEF:
  case EMOTION_CARING: return "glad";
  case EMOTION_CONFUSION:
  case EMOTION_CURIOSITY: return "asking";
  case EMOTION_APPROVAL:
  case EMOTION_DESIRE:
  case EMOTION_OPTIMISM:
  case EMOTION_REALIZATION:
  case EMOTION_SURPRISE:
  case EMOTION_NEUTRAL:
  case EMOTION_COUNT: break;
  }
  return "quiet";
}

static const char *flags_of(Arena *arena, const Reading *reading) {
  const char *flags = "";
  static const Flag order[] = {FLAG_LEGAL, FLAG_SELF_HARM, FLAG_THREAT}; // by name
  for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
    if (reading->flags[order[i]]) flags = arena_printf(arena, "%s%s%s", flags, *flags ? " " : "", flag_word(order[i]));
  }
  return flags;
}

static bool matches(const char *expected, const char *said) { return !*expected || strcmp(expected, said) == 0; }

static void check_case(gconstpointer data) {
  const Case *example = data;
  g_autoptr(Arena) arena = arena_new();
  const Reading *reading = insight_read(arena, example->text, strlen(example->text));
  const char *mood = mood_of(reading_main_emotion(reading)), *flags = flags_of(arena, reading);
  bool holds = matches(example->behaviour, behaviour_word(reading->behaviour)) &&
               matches(example->need, need_word(reading->need)) && matches(example->mood, mood) &&
               strcmp(example->flags, flags) == 0;
  if (holds != example->is_missed) return;
  g_test_message("%s", example->text);
  g_test_message("expected: %s, %s, %s, [%s]", example->behaviour, example->need, example->mood, example->flags);
  g_test_message("read:     %s, %s, %s (%s), [%s]", behaviour_word(reading->behaviour), need_word(reading->need), mood,
                 emotion_word(reading_main_emotion(reading)), flags);
  g_test_fail_printf("%s", holds ? "marked as missed, but read rightly: take the mark away" : "read wrongly");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  for (size_t i = 0; i < reading_case_count; i++) {
    g_autofree char *path = g_strdup_printf("/reading/case/%s/%zu", reading_cases[i].behaviour, i + 1);
    g_test_add_data_func(path, &reading_cases[i], check_case);
  }
  return g_test_run();
}
