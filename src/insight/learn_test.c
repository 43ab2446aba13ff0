// What a desk teaches: it helps where the desk's words differ from those the base learnt, leaves the base alone, survives being
// packed, and is refused when it belongs to another base or is damaged.
#include "base/error.h"
#include "insight/insight.h"

typedef struct Phrase {
  const char *text;
  Emotion right;
} Phrase;

// A desk that sells boats: its customers' own words for joy and anger, which the base cannot know.
static const Phrase phrases[] = {
  {"the hull is properly bristol fashion", EMOTION_JOY}, {"she runs shipshape before the wind", EMOTION_JOY},
  {"fair winds since the refit", EMOTION_JOY},           {"the keel is all at sixes", EMOTION_ANNOYANCE},
  {"your yard left me in irons", EMOTION_ANNOYANCE},     {"the rig went by the board", EMOTION_ANNOYANCE},
};
static const char *const openings[] = {
  "Hello, ",      "Good morning, ",  "To the yard: ",      "About boat 12: ", "As I said on Monday, ",
  "Order 4711: ", "For your file, ", "From the harbour: ", "This week ",      "Regarding berth 9, "};

static CorrectionList corrections_of(Arena *arena, size_t count) {
  CorrectionList list = {0};
  for (size_t i = 0; i < count; i++) {
    const Phrase *phrase = &phrases[i % G_N_ELEMENTS(phrases)];
    const char *text = arena_printf(arena, "%s%s.", openings[i / G_N_ELEMENTS(phrases) % G_N_ELEMENTS(openings)], phrase->text);
    *list_add(arena, &list) = (Correction){.id = arena_printf(arena, "correction-%zu", i),
                                           .text = text,
                                           .length = strlen(text),
                                           .kind = CORRECTION_EMOTION,
                                           .right = (int)phrase->right};
  }
  return list;
}

static void learning_helps_where_the_words_are_new(void) {
  g_autoptr(Arena) arena = arena_new();
  CorrectionList list = corrections_of(arena, 240);
  const InsightDelta *delta = insight_learn(arena, &list);
  const LearningScore *score = &insight_delta_scores(delta)[CORRECTION_EMOTION];
  g_assert_cmpint(score->learnt + score->held_out, ==, 240);
  g_assert_cmpint(score->held_out, >, 10);
  g_assert_cmpint(score->held_out, <, 45);
  g_assert_cmpint(score->right_after, >, score->right_before);
  g_assert_cmpint(score->right_after * 10, >=, score->held_out * 9);
  const char *text = "The rig went by the board, sir.";
  g_assert_cmpint(reading_main_emotion(insight_read_with(arena, delta, text, strlen(text))), ==, EMOTION_ANNOYANCE);
}

static void a_few_corrections_do_not_outweigh_the_base(void) {
  g_autoptr(Arena) arena = arena_new();
  CorrectionList list = corrections_of(arena, 12);
  const InsightDelta *delta = insight_learn(arena, &list);
  const char *text = "Thank you so much for your help.";
  g_assert_cmpint(reading_main_emotion(insight_read_with(arena, delta, text, strlen(text))), ==, EMOTION_GRATITUDE);
}

static void behaviour_and_need_are_learnt_apart(void) {
  g_autoptr(Arena) arena = arena_new();
  CorrectionList list = {0};
  for (size_t i = 0; i < 200; i++) {
    bool is_odd = i % 2;
    const char *text = arena_printf(arena, "%s %s", openings[i / 2 % G_N_ELEMENTS(openings)],
                                    is_odd ? "the winch is a lemon." : "when is the tide in?");
    Correction correction = {.id = arena_printf(arena, "n%zu", i), .text = text, .length = strlen(text)};
    correction.kind = i % 4 < 2 ? CORRECTION_BEHAVIOUR : CORRECTION_NEED;
    correction.right = correction.kind == CORRECTION_BEHAVIOUR ? (is_odd ? BEHAVIOUR_FRUSTRATED : BEHAVIOUR_CALM)
                                                               : (is_odd ? NEED_SECURITY : NEED_LEARNING);
    *list_add(arena, &list) = correction;
  }
  const InsightDelta *delta = insight_learn(arena, &list);
  const char *text = "I say the winch is a lemon.";
  const Reading *base = insight_read(arena, text, strlen(text)), *taught = insight_read_with(arena, delta, text, strlen(text));
  g_assert_cmpint(taught->behaviour, ==, BEHAVIOUR_FRUSTRATED);
  g_assert_cmpint(taught->need, ==, NEED_SECURITY);
  g_assert_cmpint(taught->main, ==, base->main);
  g_assert_cmpint(insight_delta_scores(delta)[CORRECTION_EMOTION].learnt, ==, 0);
}

static void a_threat_stays_a_threat(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *text = "I will come to your office and kill you.";
  const Reading *base = insight_read(arena, text, strlen(text));
  g_assert_true(base->flags[FLAG_THREAT]);
  CorrectionList list = {0};
  for (size_t i = 0; i < 300; i++)
    *list_add(arena, &list) = (Correction){.id = arena_printf(arena, "t%zu", i),
                                           .text = text,
                                           .length = strlen(text),
                                           .kind = CORRECTION_BEHAVIOUR,
                                           .right = BEHAVIOUR_CALM};
  const Reading *taught = insight_read_with(arena, insight_learn(arena, &list), text, strlen(text));
  g_assert_cmpint(taught->behaviour, ==, base->behaviour);
  g_assert_true(taught->flags[FLAG_THREAT]);
}

static const char *json_of(Arena *arena, const Reading *reading) {
  g_autoptr(Json) json = reading_to_json(reading);
  return json_text(arena, json);
}

static void the_base_does_not_change(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *text = "The rig went by the board and I am not amused.";
  const char *before = json_of(arena, insight_read(arena, text, strlen(text)));
  CorrectionList list = corrections_of(arena, 300);
  const InsightDelta *delta = insight_learn(arena, &list);
  insight_read_with(arena, delta, text, strlen(text));
  g_assert_cmpstr(json_of(arena, insight_read(arena, text, strlen(text))), ==, before);
  g_assert_cmpstr(json_of(arena, insight_read_with(arena, NULL, text, strlen(text))), ==, before);
}

static void packed_and_opened_it_reads_the_same(void) {
  g_autoptr(Arena) arena = arena_new();
  CorrectionList list = corrections_of(arena, 120);
  const InsightDelta *delta = insight_learn(arena, &list);
  Bytes packed = insight_delta_pack(arena, delta);
  g_assert_true(bytes_equal(packed, insight_delta_pack(arena, insight_learn(arena, &list))));
  g_autoptr(GError) error = NULL;
  const InsightDelta *opened = insight_delta_open(arena, packed, &error);
  g_assert_no_error(error);
  const char *text = "Fair winds since the refit.";
  const Reading *reading = insight_read_with(arena, opened, text, strlen(text));
  g_assert_cmpstr(json_of(arena, reading), ==, json_of(arena, insight_read_with(arena, delta, text, strlen(text))));
  g_assert_nonnull(strstr(reading->engine, insight_delta_version(delta)));
  g_assert_cmpint(insight_delta_scores(opened)[CORRECTION_EMOTION].right_after, ==,
                  insight_delta_scores(delta)[CORRECTION_EMOTION].right_after);
}

static void assert_refused(Bytes bytes, RapportError code) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_assert_null(insight_delta_open(arena, bytes, &error));
  g_assert_true(error_is(error, code));
}

static void what_is_foreign_or_damaged_is_refused(void) {
  g_autoptr(Arena) arena = arena_new();
  CorrectionList list = corrections_of(arena, 60);
  Bytes packed = insight_delta_pack(arena, insight_learn(arena, &list));
  char *copy = arena_copy(arena, packed.data, packed.size);
  assert_refused(bytes_of("", 0), ERROR_BROKEN);
  assert_refused(bytes_of_text("not a delta at all, but long enough"), ERROR_BROKEN);
  for (size_t cut = 8; cut < packed.size; cut += packed.size / 23 + 1) assert_refused(bytes_of(copy, cut), ERROR_BROKEN);
  copy[packed.size / 2] ^= 1;
  assert_refused(bytes_of(copy, packed.size), ERROR_BROKEN);
  copy[packed.size / 2] ^= 1;
  copy[9] ^= 1; // another base
  assert_refused(bytes_of(copy, packed.size), ERROR_INVALID);
  copy[9] ^= 1;
  copy[7] = '0'; // an older form
  assert_refused(bytes_of(copy, packed.size), ERROR_INVALID);
}

static uint64_t checksum_of(const unsigned char *data, size_t size) { // FNV-1a
  uint64_t hash = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < size; i++) hash = (hash ^ data[i]) * UINT64_C(1099511628211);
  return hash;
}

static void seal(unsigned char *data, size_t size) {
  uint64_t sum = checksum_of(data, size - 8);
  for (size_t i = 0; i < 8; i++) data[size - 8 + i] = sum >> (8 * i) & 0xFF;
}

// Whatever stands in the bytes under a checksum that fits: it is refused, or it reads.
static void what_is_forged_does_no_harm(void) {
  g_autoptr(Arena) arena = arena_new();
  CorrectionList list = corrections_of(arena, 60);
  Bytes packed = insight_delta_pack(arena, insight_learn(arena, &list));
  const char *text = "The rig went by the board, and nobody \xF0\x9F\x98\xA1 answers!";
  size_t opened = 0, refused = 0;
  for (size_t i = 0; i < 600; i++) {
    g_autoptr(Arena) scratch = arena_new();
    unsigned char *copy = arena_copy(scratch, packed.data, packed.size);
    // Near the beginning are the sizes and the numbers of the outputs; one in three goes anywhere.
    size_t at = i % 3 ? 16 + i * 3 % 1100 : 16 + (i * 7919) % (packed.size - 24);
    copy[at] = i % 2 ? 0xFF : copy[at] ^ 0x80;
    if (i % 5 == 0) memset(copy + at, i % 2 ? 0xFF : 0x7F, MIN((size_t)4, packed.size - 8 - at));
    seal(copy, packed.size);
    g_autoptr(GError) error = NULL;
    const InsightDelta *delta = insight_delta_open(scratch, bytes_of(copy, packed.size), &error);
    opened += delta != NULL, refused += delta == NULL;
    if (!delta) continue;
    const Reading *reading = insight_read_with(scratch, delta, text, strlen(text));
    g_assert_cmpint((int)reading->main, <, EMOTION_COUNT);
    for (size_t label = 0; label < EMOTION_COUNT; label++)
      g_assert_true(reading->emotions[label] >= 0 && reading->emotions[label] <= 1);
  }
  g_assert_cmpuint(opened, >, 0);
  g_assert_cmpuint(refused, >, 0);
}

static void the_held_out_tenth_hangs_on_the_id(void) {
  g_autoptr(Arena) arena = arena_new();
  CorrectionList list = corrections_of(arena, 200), turned = {0};
  for (size_t i = list.count; i > 0; i--) *list_add(arena, &turned) = list.items[i - 1];
  const LearningScore *one = &insight_delta_scores(insight_learn(arena, &list))[CORRECTION_EMOTION];
  const LearningScore *other = &insight_delta_scores(insight_learn(arena, &turned))[CORRECTION_EMOTION];
  g_assert_cmpint(one->held_out, ==, other->held_out);
  g_assert_cmpint(one->right_before, ==, other->right_before);
}

static void nothing_to_learn_is_no_error(void) {
  g_autoptr(Arena) arena = arena_new();
  CorrectionList list = {0};
  *list_add(arena, &list) = (Correction){.id = "x", .text = "Hello.", .length = 6, .kind = CORRECTION_NEED, .right = 99};
  const InsightDelta *delta = insight_learn(arena, &list);
  for (int i = 0; i < CORRECTION_KIND_COUNT; i++) g_assert_cmpint(insight_delta_scores(delta)[i].learnt, ==, 0);
  g_assert_nonnull(insight_read_with(arena, delta, "Hello.", 6));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/learn/helps-where-the-words-are-new", learning_helps_where_the_words_are_new);
  g_test_add_func("/learn/few-corrections-do-not-outweigh-the-base", a_few_corrections_do_not_outweigh_the_base);
  g_test_add_func("/learn/behaviour-and-need-apart", behaviour_and_need_are_learnt_apart);
  g_test_add_func("/learn/threat-stays", a_threat_stays_a_threat);
  g_test_add_func("/learn/base-does-not-change", the_base_does_not_change);
  g_test_add_func("/learn/packed-and-opened", packed_and_opened_it_reads_the_same);
  g_test_add_func("/learn/foreign-or-damaged", what_is_foreign_or_damaged_is_refused);
  g_test_add_func("/learn/forged", what_is_forged_does_no_harm);
  g_test_add_func("/learn/held-out-by-id", the_held_out_tenth_hangs_on_the_id);
  g_test_add_func("/learn/nothing-to-learn", nothing_to_learn_is_no_error);
  return g_test_run();
}
