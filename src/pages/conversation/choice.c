// What a person may say about a reading, as buttons and as the words their form sends.
#include "pages/conversation/reading.h"

#include <string.h>

static const char *const kind_words[CORRECTION_KIND_COUNT] = {
  [CORRECTION_EMOTION] = "emotion", [CORRECTION_BEHAVIOUR] = "behaviour", [CORRECTION_NEED] = "need"};

// The feelings that people tell apart well; the others are too rare or too close to their neighbours to be offered.
static const Emotion offered[] = {
  EMOTION_ANGER,     EMOTION_ANNOYANCE,  EMOTION_DISAPPOINTMENT, EMOTION_SADNESS,  EMOTION_FEAR,
  EMOTION_CONFUSION, EMOTION_CURIOSITY,  EMOTION_REMORSE,        EMOTION_SURPRISE, EMOTION_GRATITUDE,
  EMOTION_JOY,       EMOTION_ADMIRATION, EMOTION_OPTIMISM,       EMOTION_NEUTRAL};

static void add_choice(Arena *arena, CorrectionKind kind, int value, int now, ReadingChoiceList *out) {
  const char *word = correction_value_word(kind, value);
  const char *says = arena_printf(arena, "%s.%s", kind_words[kind], word);
  if (kind == CORRECTION_EMOTION && value == EMOTION_NEUTRAL) word = "nothing much";
  *list_add(arena, out) = (ReadingChoice){.says = says, .word = word, .is_now = value == now};
}

static void add_emotions(Arena *arena, Emotion now, ReadingChoiceList *out) {
  bool has_now = false;
  for (size_t i = 0; i < G_N_ELEMENTS(offered); i++) has_now |= offered[i] == now;
  if (!has_now) add_choice(arena, CORRECTION_EMOTION, (int)now, (int)now, out);
  for (size_t i = 0; i < G_N_ELEMENTS(offered); i++) add_choice(arena, CORRECTION_EMOTION, (int)offered[i], (int)now, out);
}

void reading_choices(Arena *arena, const ShownReading *reading, CorrectionKind kind, ReadingChoiceList *out) {
  switch (kind) {
  case CORRECTION_EMOTION: add_emotions(arena, reading->emotion, out); break;
  case CORRECTION_BEHAVIOUR:
    for (int value = 0; value < BEHAVIOUR_COUNT; value++) add_choice(arena, kind, value, (int)reading->behaviour, out);
    break;
  case CORRECTION_NEED:
    for (int value = 0; value <= NEED_UNCLEAR; value++) add_choice(arena, kind, value, (int)reading->need, out);
    break;
  case CORRECTION_KIND_COUNT: break;
  }
}

bool reading_choice_from_word(Arena *arena, const char *says, CorrectionKind *out_kind, int *out_value) {
  for (CorrectionKind kind = 0; kind < CORRECTION_KIND_COUNT; kind++) {
    const char *prefix = arena_printf(arena, "%s.", kind_words[kind]);
    if (!g_str_has_prefix(says, prefix)) continue;
    *out_kind = kind;
    return correction_value_from_word(kind, says + strlen(prefix), out_value);
  }
  return false;
}
