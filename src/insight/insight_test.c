// What a reading must be whatever the words: its offsets, its bounds, its JSON, the same each time and on every thread. The
// cases by content stand in cases_test.c.
#include "base/random.h"
#include "insight/insight.h"

#include <math.h>
#include <time.h>

static Reading *read_text(Arena *arena, const char *text) { return insight_read(arena, text, strlen(text)); }

static const Span *find_span(const Reading *reading, const char *label) {
  list_each(Span, span, &reading->spans) {
    if (strcmp(span->label, label) == 0) return span;
  }
  return NULL;
}

static void assert_span_text(const char *text, const Span *span, const char *expected) {
  g_assert_nonnull(span);
  g_autofree char *words = g_strndup(text + span->start, (size_t)(span->end - span->start));
  g_assert_cmpstr(words, ==, expected);
}

static bool is_share(double value) { return value >= 0 && value <= 1; }
static bool begins_character(const char *text, size_t length, int64_t at) {
  return (size_t)at == length || (text[at] & 0xC0) != 0x80;
}

// Everything that holds for any bytes.
static void assert_sound(const Reading *reading, const char *text, size_t length) {
  for (size_t i = 0; i < EMOTION_COUNT; i++) g_assert_true(is_share(reading->emotions[i]));
  for (size_t i = 0; i < NEED_COUNT; i++) g_assert_true(is_share(reading->needs[i]));
  g_assert_true(reading->valence >= -1 && reading->valence <= 1);
  g_assert_true(reading->intensity >= 0 && reading->intensity <= 4);
  g_assert_true(is_share(reading->abuse) && is_share(reading->need_margin));
  g_assert_true(reading->behaviour < BEHAVIOUR_COUNT && reading->need <= NEED_UNCLEAR);
  int64_t last = 0;
  list_each(Span, span, &reading->spans) {
    g_assert_true(span->start >= last && span->end > span->start && (size_t)span->end <= length);
    g_assert_true(begins_character(text, length, span->start) && begins_character(text, length, span->end));
    g_assert_true(is_share(span->weight));
    last = span->start;
  }
  if (reading->present) g_assert_true(g_utf8_validate(reading->present, -1, NULL));
  if (reading->desired) g_assert_true(g_utf8_validate(reading->desired, -1, NULL));
}

// ---- Offsets ----

static void offsets_name_the_words(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *text = "Café closed?! I'm really furious about it.";
  const Reading *reading = read_text(arena, text);
  assert_span_text(text, find_span(reading, "anger"), "furious");
  assert_sound(reading, text, strlen(text));
}

static void offsets_survive_marks_emoji_and_line_ends(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *text =
    "Cafe\xcc\x81 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7\r\n\r\nI am f\xcc\x88urious\xcc\x81, thank\xe2\x80\x8b you \xf0\x9f\x98\xa1\xef\xb8\x8f";
  const Reading *reading = read_text(arena, text);
  assert_span_text(text, find_span(reading, "anger"), "f\xcc\x88urious\xcc\x81");
  assert_span_text(text, find_span(reading, "gratitude"), "thank\xe2\x80\x8b you");
  assert_sound(reading, text, strlen(text));
}

static void offsets_of_contractions_cover_the_whole_word(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *text = "I\xe2\x80\x99m new, I don\xe2\x80\x99t understand the bill.";
  assert_span_text(text, find_span(read_text(arena, text), "learning"), "don\xe2\x80\x99t understand");
}

static void quoted_lines_are_passed_over(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *text = "> You are an idiot\n> and a liar\nPlease send the form.\n-- \nBob, fuck you department\n";
  const Reading *reading = read_text(arena, text);
  g_assert_cmpint(reading->behaviour, ==, BEHAVIOUR_CALM);
}

static void wrapped_lines_are_one_sentence(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *text =
    "I am writing to you because in the end I can only say thank\nyou for the help that I was given by all of you.";
  g_assert_true(read_text(arena, text)->felt[EMOTION_GRATITUDE]);
}

// ---- Feeling ----

static void feeling_is_denied_strengthened_and_weakened(void) {
  g_autoptr(Arena) arena = arena_new();
  double good = read_text(arena, "The service was good.")->valence;
  g_assert_cmpfloat(read_text(arena, "The service was not good.")->valence, <, 0);
  g_assert_cmpfloat(read_text(arena, "The service was really good.")->valence, >, good);
  g_assert_cmpfloat(read_text(arena, "The service was GOOD!!!")->valence, >, good);
  g_assert_cmpfloat(read_text(arena, "I am slightly annoyed.")->valence, >, read_text(arena, "I am annoyed.")->valence);
  g_assert_cmpfloat(read_text(arena, "I am SO ANGRY!!!")->intensity, >, read_text(arena, "I am angry.")->intensity);
}

static void feeling_of_each_sentence_is_kept_in_a_long_mail(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) text = g_string_new("I am absolutely furious. ");
  for (int i = 0; i < 60; i++) g_string_append(text, "The box has four sides and a lid on top. ");
  const Reading *reading = read_text(arena, text->str);
  g_assert_true(reading->felt[EMOTION_ANGER]);
  g_assert_cmpint(reading_main_emotion(reading), ==, EMOTION_ANGER);
}

static void a_sign_off_is_no_gratitude(void) {
  g_autoptr(Arena) arena = arena_new();
  const Reading *reading = read_text(arena,
                                     "My washing machine leaks.\nIt came on Monday.\nPlease send somebody.\n\nThanks,\nBob");
  g_assert_cmpint(reading_main_emotion(reading), !=, EMOTION_GRATITUDE);
}

static void spelling_of_the_street_is_understood(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_true(read_text(arena, "thxxx soooo much")->felt[EMOTION_GRATITUDE]);
  g_assert_cmpint(read_text(arena, "f**k you")->behaviour, ==, BEHAVIOUR_ABUSIVE);
  g_assert_cmpint(read_text(arena, "ur an idiot")->behaviour, ==, BEHAVIOUR_HOSTILE);
  g_assert_cmpint(read_text(arena, "\xef\xbc\xb9\xef\xbd\x8f\xef\xbd\x95 are an idiot")->behaviour, ==,
                  BEHAVIOUR_HOSTILE); // full width
  g_assert_cmpint(read_text(arena, "I w\xcc\xb6ill k\xcc\xb6ill you")->behaviour, ==, BEHAVIOUR_ABUSIVE);
}

// ---- Reasons and gap ----

static void reasons_are_named(void) {
  g_autoptr(Arena) arena = arena_new();
  static const struct {
    const char *text;
    Reason reason;
  } examples[] = {{"Nobody listens to what I say.", REASON_NOT_LISTENED},
                  {"I could not get through, the line is always busy.", REASON_NO_ACCESS},
                  {"I was passed from one department to another and wasted two hours.", REASON_WASTED_TIME},
                  {"Your agent had no idea and sent the wrong part again.", REASON_INCOMPETENCE},
                  {"The clerk was rude to me.", REASON_DISCOURTESY},
                  {"They said your policy does not allow it, no exceptions.", REASON_RIGID_SYSTEM}};
  for (size_t i = 0; i < G_N_ELEMENTS(examples); i++)
    g_assert_true(read_text(arena, examples[i].text)->reasons[examples[i].reason]);
  const Reading *praise = read_text(arena, "The clerk was not rude at all, she was wonderful.");
  for (size_t i = 0; i < REASON_COUNT; i++) g_assert_false(praise->reasons[i]);
}

static void the_gap_is_in_the_customers_words(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *text =
    "Hello,\r\nI ordered a blue kettle but a red\r\none came. I would like to have the blue one by Friday.\r\nRegards";
  const Reading *reading = read_text(arena, text);
  g_assert_cmpstr(reading->present, ==, "I ordered a blue kettle but a red one came");
  g_assert_cmpstr(reading->desired, ==, "I would like to have the blue one by Friday");
  assert_span_text(text, find_span(reading, "desired"), "I would like to have the blue one by Friday");
  const Reading *one = read_text(arena, "The lamp is broken, please send me a new one.");
  g_assert_cmpstr(one->present, ==, "The lamp is broken");
  g_assert_cmpstr(one->desired, ==, "please send me a new one");
}

static void no_gap_is_made_up(void) {
  g_autoptr(Arena) arena = arena_new();
  const Reading *reading = read_text(arena, "What a lovely evening it was.");
  g_assert_null(reading->present);
  g_assert_null(reading->desired);
}

// ---- Language ----

static void other_languages_are_not_read(void) {
  g_autoptr(Arena) arena = arena_new();
  static const struct {
    const char *code, *text;
  } examples[] = {
    {"de", "Guten Tag, ich habe am Montag eine Lampe bestellt und sie ist noch nicht angekommen."},
    {"fr", "Bonjour, je n'ai toujours pas re\xc3\xa7u ma commande, pouvez-vous m'aider ?"},
    {"es", "Hola, mi pedido no ha llegado todav\xc3\xad"
           "a y no s\xc3\xa9 qu\xc3\xa9 hacer."},
    {"it", "Buongiorno, il mio ordine non \xc3\xa8 ancora arrivato."},
    {"nl", "Goedemiddag, ik heb mijn bestelling nog niet ontvangen."},
    {"ru", "\xd0\x93\xd0\xb4\xd0\xb5 \xd0\xbc\xd0\xbe\xd0\xb9 \xd0\xb7\xd0\xb0\xd0\xba\xd0\xb0\xd0\xb7?"},
    {"ja",
     "\xe6\xb3\xa8\xe6\x96\x87\xe3\x81\x97\xe3\x81\x9f\xe5\x95\x86\xe5\x93\x81\xe3\x81\x8c\xe5\xb1\x8a\xe3\x81\x8d\xe3\x81\xbe\xe3\x81\x9b\xe3\x82\x93"}};
  for (size_t i = 0; i < G_N_ELEMENTS(examples); i++) {
    const Reading *reading = read_text(arena, examples[i].text);
    g_assert_cmpstr(reading->language, ==, examples[i].code);
    g_assert_false(reading->is_read);
    g_assert_cmpint(reading->behaviour, ==, BEHAVIOUR_CALM);
    g_assert_cmpint(reading->need, ==, NEED_UNCLEAR);
    g_assert_true(reading->felt[EMOTION_NEUTRAL]);
    g_assert_cmpuint(reading->spans.count, ==, 0);
  }
}

static void english_is_known_and_short_text_is_not_guessed(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(read_text(arena, "Where is my parcel?")->language, ==, "en");
  g_assert_cmpstr(read_text(arena, "My friend J\xc3\xbcrgen from K\xc3\xb6ln ordered the Sp\xc3\xa4tzle press for me.")->language,
                  ==, "en");
  g_assert_cmpstr(read_text(arena, "qwrt zxcv")->language, ==, "");
  g_assert_cmpstr(read_text(arena, "\xf0\x9f\x91\x8d\xf0\x9f\x91\x8d")->language, ==, "");
  g_assert_true(read_text(arena, "")->is_read);
}

// ---- JSON ----

static void assert_same(const Reading *a, const Reading *b) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Json) left = reading_to_json(a);
  g_autoptr(Json) right = reading_to_json(b);
  g_assert_cmpstr(json_text(arena, left), ==, json_text(arena, right));
  g_assert_true(memcmp(a->emotions, b->emotions, sizeof a->emotions) == 0 && memcmp(a->felt, b->felt, sizeof a->felt) == 0);
  g_assert_true(a->valence == b->valence && a->need == b->need && a->spans.count == b->spans.count);
}

static void json_comes_back_the_same(void) {
  g_autoptr(Arena) arena = arena_new();
  static const char *const texts[] = {
    "", "I am furious! You took my money twice, I want it back or I will sue you, you thieves \xf0\x9f\x98\xa1",
    "Danke sch\xc3\xb6n, das ist sehr nett und ich bin froh.",
    "I ordered a \"lamp\"\tbut it never came. Please send it. I don't want to live like this, end it all."};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    const Reading *reading = read_text(arena, texts[i]);
    g_autoptr(Json) json = reading_to_json(reading);
    g_autoptr(GError) error = NULL;
    g_autoptr(Json) stored = json_read(json_text(arena, json), &error);
    g_assert_no_error(error);
    const Reading *back = reading_from_json(arena, stored);
    g_assert_nonnull(back);
    assert_same(reading, back);
  }
}

static void json_has_the_fields_of_the_contract(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Json) json = reading_to_json(read_text(arena, "Thank you"));
  static const char *const keys[] = {"emotions", "felt",        "valence",  "intensity", "abuse",   "behaviour", "needs",
                                     "need",     "need_margin", "language", "read",      "present", "desired",   "reasons",
                                     "flags",    "spans",       "engine",   "main",      "ekman",   "tones"};
  g_assert_cmpuint(json_object_size(json), ==, G_N_ELEMENTS(keys));
  for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) g_assert_nonnull(json_object_get(json, keys[i]));
  g_assert_cmpuint(json_object_size(json_object_get(json, "emotions")), ==, 28);
  g_assert_cmpuint(json_object_size(json_object_get(json, "needs")), ==, 4);
  g_assert_true(json_is_null(json_object_get(json, "present")));
}

static void json_of_something_else_is_refused(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_null(reading_from_json(arena, NULL));
  static const char *const others[] = {"{}", "[]", "{\"emotions\":{}}"};
  for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
    g_autoptr(Json) json = json_read(others[i], NULL);
    g_assert_null(reading_from_json(arena, json));
  }
  static const struct {
    const char *key, *value;
  } spoilt[] = {{"valence", "7.5"},
                {"behaviour", "\"cross\""},
                {"spans", "[{\"start\":5,\"end\":2,\"label\":\"joy\",\"weight\":0.5}]"},
                {"felt", "[\"ennui\"]"},
                {"read", "1"},
                {"emotions", "{\"joy\":1}"},
                {"present", "12"},
                {"engine", "null"},
                {"need", "null"},
                {"abuse", "\"much\""}};
  for (size_t i = 0; i < G_N_ELEMENTS(spoilt); i++) {
    g_autoptr(Json) json = reading_to_json(read_text(arena, "I am glad."));
    json_object_set_new(json, spoilt[i].key, json_loads(spoilt[i].value, JSON_DECODE_ANY, NULL));
    g_assert_null(reading_from_json(arena, json));
  }
}

// ---- Any bytes ----

static void bounded_text(const char *piece, size_t size, size_t length) {
  g_autoptr(Arena) arena = arena_new();
  g_autofree char *text = g_malloc(length);
  for (size_t at = 0; at < length; at += size) memcpy(text + at, piece, MIN(size, length - at));
  clock_t before = clock(); // processor time: the machine may be busy
  const Reading *reading = insight_read(arena, text, length);
  g_assert_cmpint(clock() - before, <, 5 * CLOCKS_PER_SEC); // sanitizers are slow; a square would take minutes
  assert_sound(reading, text, length);
}

static void huge_and_strange_texts_are_bounded(void) {
  static const struct {
    const char *piece;
    size_t size;
  } pieces[] = {{"a", 1},
                {"you idiot ", 10},
                {"\xf0\x9f\x98\xa1", 4},
                {"\0", 1},
                {"\xff\xfe", 2},
                {"\x80", 1},
                {"e\xcc\x81\xcc\x81\xcc\x81\xcc\x81", 9},
                {"!", 1},
                {"i will ", 7},
                {"you are so very ", 16},
                {"\n", 1},
                {"--\n", 3},
                {"> ", 2},
                {">\n", 2},
                {"\"", 1},
                {"*", 1},
                {"no. ", 4},
                {"@a ", 3},
                {":-", 2},
                {"i am going to kill ", 18},
                {"a*", 2},
                {"' ", 2},
                {"\xe2\x80\x8d", 3},
                {"\xe2\x80\xae", 3},
                {"\xe2\x81\xa6thank you\xe2\x81\xa9 ", 16},
                {"z\xcc\x81\xcc\xa7\xcd\x86\xcd\x9e\xcc\xbe ", 12},
                {"\xf0\x9f\x98\x80\xf0\x9f\x98\xa1 ", 9},
                {". ", 2}};
  for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
    bounded_text(pieces[i].piece, pieces[i].size, 70001);
    if (i < 8 || i > 23) bounded_text(pieces[i].piece, pieces[i].size, 10000000);
  }
}

static void the_end_of_a_huge_text_is_read(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) text = g_string_new(NULL);
  while (text->len < 300000) g_string_append(text, "The box has four sides. ");
  g_string_append(text, "I will kill you.");
  const Reading *reading = read_text(arena, text->str);
  g_assert_true(reading->flags[FLAG_THREAT]);
  assert_span_text(text->str, find_span(reading, "threat"), "I will kill you");
}

// Stray bytes between the words, at every place and in twos and threes: spans still stand between characters.
static void spans_stand_between_characters_of_broken_text(void) {
  static const char found[] = "\xe2\x80\x8d\xc3\xa9is it\x80\xec?\x85\xbf\f\xe2\x80\xf0\x9f|"; // by fuzzing
  g_autoptr(Arena) own = arena_new();
  assert_sound(read_text(own, found), found, strlen(found));
  static const char text[] = "What is it ? I wonder !! so sad :( thank you";
  static const char *const strays[] = {"\x80", "\xf0\x9f", "\x80\xbf\x80", "\xe2\x80", "\xc3"};
  for (size_t at = 0; at <= sizeof text - 1; at++) {
    for (size_t i = 0; i < G_N_ELEMENTS(strays); i++) {
      g_autoptr(Arena) arena = arena_new();
      g_autoptr(GString) broken = g_string_new(text);
      g_string_insert(broken, (gssize)at, strays[i]);
      assert_sound(insight_read(arena, broken->str, broken->len), broken->str, broken->len);
    }
  }
}

// Twice the text takes about twice the time, not four times: what is measured is processor time, the best of three.
static double seconds_for(const char *piece, size_t length) {
  g_autofree char *text = g_malloc(length);
  size_t size = strlen(piece);
  for (size_t at = 0; at < length; at += size) memcpy(text + at, piece, MIN(size, length - at));
  double best = 1e9;
  for (int i = 0; i < 3; i++) {
    g_autoptr(Arena) arena = arena_new();
    clock_t before = clock();
    insight_read(arena, text, length);
    best = MIN(best, (double)(clock() - before) / CLOCKS_PER_SEC);
  }
  return best;
}

static void time_grows_no_faster_than_the_text(void) {
  static const char *const pieces[] = {"I am so angry that you lost it. ", "waiting ", "a", "you!!! ", "not "};
  for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
    double some = seconds_for(pieces[i], 8000), more = seconds_for(pieces[i], 64000);
    g_assert_cmpfloat(more, <, 8 * some * 4 + 0.02); // four for a busy machine; a square would be eight
  }
}

// Strange writing is read for what it says.
static void strange_writing_keeps_its_feeling(void) {
  g_autoptr(Arena) arena = arena_new();
  static const char *const thanks[] = {
    "\xe2\x80\xaeThank you so much!\xe2\x80\xac",            // right to left by force
    "T\xcc\xb4h\xcc\xb5\xcd\x9d\x61\xcc\xb6nk you so much!", // zalgo
    "Thank\xe2\x80\x8b you so much!",                        // a space of no width
  };
  for (size_t i = 0; i < G_N_ELEMENTS(thanks); i++) g_assert_true(read_text(arena, thanks[i])->felt[EMOTION_GRATITUDE]);
  const char nul[] = "Thank you\0 so much!";
  const Reading *reading = insight_read(arena, nul, sizeof nul - 1);
  g_assert_true(reading->felt[EMOTION_GRATITUDE]);
  assert_sound(reading, nul, sizeof nul - 1);
  g_assert_cmpfloat(read_text(arena, "\xf0\x9f\x98\xa1\xf0\x9f\x98\xa1\xf0\x9f\x98\xa1")->valence, <, 0);
  const Reading *empty = read_text(arena, "");
  g_assert_true(empty->felt[EMOTION_NEUTRAL]);
  g_assert_cmpfloat(fabs(empty->valence), <, 0.05);
  g_assert_cmpint(empty->main, ==, EMOTION_NEUTRAL);
}

// Pieces that make the engine work, between bytes that it must survive.
static void random_texts_are_sound_and_the_same_each_time(void) {
  static const char *const pieces[] = {"you",
                                       " ",
                                       "idiot",
                                       "I",
                                       "will",
                                       "kill",
                                       "not",
                                       "happy",
                                       "don't",
                                       "!",
                                       "?",
                                       ".",
                                       "\n",
                                       "\r\n",
                                       "\xcc\x81",
                                       "\xf0\x9f\x98\xa1",
                                       "\xe2\x80\x99",
                                       "thank you",
                                       "\"",
                                       "called me",
                                       ", ",
                                       "> ",
                                       "please",
                                       "f**k",
                                       ":)",
                                       "http://x.y/z",
                                       "-- \n",
                                       "\xf0\x9f",
                                       "refund"};
  Random random = random_seeded(20260807);
  for (int round = 0; round < 1500; round++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) text = g_string_new(NULL);
    uint64_t count = random_below(&random, 60);
    for (uint64_t i = 0; i < count; i++) {
      if (random_below(&random, 3) == 0)
        g_string_append_c(text, (char)random_below(&random, 256));
      else
        g_string_append(text, pieces[random_below(&random, G_N_ELEMENTS(pieces))]);
      if (random_below(&random, 2)) g_string_append_c(text, ' ');
    }
    g_autofree char *exact = g_memdup2(text->str, text->len); // not terminated: reading past the end shows
    const Reading *first = insight_read(arena, exact, text->len);
    assert_sound(first, text->str, text->len);
    assert_same(first, insight_read(arena, exact, text->len));
  }
}

static gpointer read_in_thread(gpointer data) {
  const Reading *expected = data;
  for (int i = 0; i < 100; i++) {
    g_autoptr(Arena) arena = arena_new();
    assert_same(expected, read_text(arena, "You idiots lost my parcel again! I want my money back, I am so disappointed."));
  }
  return NULL;
}

static void threads_read_at_once(void) {
  g_autoptr(Arena) arena = arena_new();
  Reading *expected = read_text(arena, "You idiots lost my parcel again! I want my money back, I am so disappointed.");
  GThread *threads[4];
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) threads[i] = g_thread_new("read", read_in_thread, expected);
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) g_thread_join(threads[i]);
}

// ---- Words and arc ----

static void words_go_both_ways(void) {
  for (int i = 0; i < EMOTION_COUNT; i++) {
    Emotion emotion;
    g_assert_true(emotion_from_word(emotion_word((Emotion)i), &emotion) && emotion == (Emotion)i);
  }
  Behaviour behaviour;
  Need need;
  g_assert_true(behaviour_from_word("hostile", &behaviour) && behaviour == BEHAVIOUR_HOSTILE);
  g_assert_true(need_from_word("unclear", &need) && need == NEED_UNCLEAR);
  g_assert_false(need_from_word("money", &need));
  g_assert_false(behaviour_from_word(NULL, &behaviour));
  for (int i = 0; i < REASON_COUNT; i++) {
    Reason reason;
    g_assert_true(reason_from_word(reason_word((Reason)i), &reason) && reason == (Reason)i);
  }
  for (int i = 0; i < FLAG_COUNT; i++) {
    Flag flag;
    g_assert_true(flag_from_word(flag_word((Flag)i), &flag) && flag == (Flag)i);
  }
  Reason reason;
  Flag flag;
  g_assert_false(reason_from_word("price", &reason));
  g_assert_false(reason_from_word(NULL, &reason));
  g_assert_false(flag_from_word("", &flag));
  g_assert_cmpstr(reason_word(REASON_NOT_LISTENED), ==, "not_listened");
  g_assert_cmpstr(flag_word(FLAG_SELF_HARM), ==, "self_harm");
}

static void an_arc_tells_start_lowest_end_and_slope(void) {
  Arc arc = insight_arc((double[]){-0.8, -0.2, 0.1, 0.6}, 4);
  g_assert_cmpfloat(arc.start, ==, -0.8);
  g_assert_cmpfloat(arc.lowest, ==, -0.8);
  g_assert_cmpfloat(arc.highest, ==, 0.6);
  g_assert_cmpfloat(arc.end, ==, 0.6);
  g_assert_cmpfloat_with_epsilon(arc.mean, -0.075, 1e-12);
  g_assert_cmpfloat_with_epsilon(arc.slope, 0.7 * 2 / 3, 0.02);
  g_assert_false(arc.is_worsening);
  g_assert_cmpint(arc.count, ==, 4);
}

static void an_arc_worsens_when_the_last_two_steps_fall(void) {
  g_assert_true(insight_arc((double[]){0.1, 0.4, 0.1, -0.3}, 4).is_worsening);
  g_assert_true(insight_arc((double[]){0.4, 0.1, -0.3}, 3).is_worsening);
  g_assert_false(insight_arc((double[]){0.4, 0.1, 0.05}, 3).is_worsening); // noise
  g_assert_false(insight_arc((double[]){0.4, 0.1, -0.3, 0.2}, 4).is_worsening);
  g_assert_false(insight_arc((double[]){0.4, -0.9}, 2).is_worsening);
}

static void an_arc_may_be_empty_short_or_very_long(void) {
  g_assert_cmpint(insight_arc(NULL, 0).count, ==, 0);
  Arc one = insight_arc((double[]){-0.5}, 1);
  g_assert_cmpfloat(one.slope, ==, 0);
  g_assert_cmpfloat(one.lowest, ==, -0.5);
  g_autofree double *many = g_new(double, 200000);
  for (size_t i = 0; i < 200000; i++) many[i] = 1 - (double)i / 100000;
  g_assert_cmpfloat_with_epsilon(insight_arc(many, 200000).slope, -1e-5, 1e-9);
  many[199990] = 1; // one odd message does not bend it
  g_assert_cmpfloat_with_epsilon(insight_arc(many, 200000).slope, -1e-5, 1e-6);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/reading/offsets/name-the-words", offsets_name_the_words);
  g_test_add_func("/reading/offsets/survive-marks-emoji-and-line-ends", offsets_survive_marks_emoji_and_line_ends);
  g_test_add_func("/reading/offsets/of-contractions-cover-the-whole-word", offsets_of_contractions_cover_the_whole_word);
  g_test_add_func("/reading/quoted-lines-are-passed-over", quoted_lines_are_passed_over);
  g_test_add_func("/reading/wrapped-lines-are-one-sentence", wrapped_lines_are_one_sentence);
  g_test_add_func("/reading/feeling/is-denied-strengthened-and-weakened", feeling_is_denied_strengthened_and_weakened);
  g_test_add_func("/reading/feeling/of-each-sentence-is-kept-in-a-long-mail", feeling_of_each_sentence_is_kept_in_a_long_mail);
  g_test_add_func("/reading/feeling/a-sign-off-is-no-gratitude", a_sign_off_is_no_gratitude);
  g_test_add_func("/reading/spelling-of-the-street-is-understood", spelling_of_the_street_is_understood);
  g_test_add_func("/reading/reasons-are-named", reasons_are_named);
  g_test_add_func("/reading/gap/is-in-the-customers-words", the_gap_is_in_the_customers_words);
  g_test_add_func("/reading/gap/is-not-made-up", no_gap_is_made_up);
  g_test_add_func("/reading/language/others-are-not-read", other_languages_are_not_read);
  g_test_add_func("/reading/language/english-is-known-and-short-text-is-not-guessed",
                  english_is_known_and_short_text_is_not_guessed);
  g_test_add_func("/reading/json/comes-back-the-same", json_comes_back_the_same);
  g_test_add_func("/reading/json/has-the-fields-of-the-contract", json_has_the_fields_of_the_contract);
  g_test_add_func("/reading/json/of-something-else-is-refused", json_of_something_else_is_refused);
  g_test_add_func("/reading/any-bytes/huge-and-strange-texts-are-bounded", huge_and_strange_texts_are_bounded);
  g_test_add_func("/reading/any-bytes/the-end-of-a-huge-text-is-read", the_end_of_a_huge_text_is_read);
  g_test_add_func("/reading/any-bytes/random-texts-are-sound-and-the-same-each-time",
                  random_texts_are_sound_and_the_same_each_time);
  g_test_add_func("/reading/any-bytes/spans-stand-between-characters", spans_stand_between_characters_of_broken_text);
  g_test_add_func("/reading/any-bytes/time-grows-no-faster-than-the-text", time_grows_no_faster_than_the_text);
  g_test_add_func("/reading/any-bytes/strange-writing-keeps-its-feeling", strange_writing_keeps_its_feeling);
  g_test_add_func("/reading/threads-read-at-once", threads_read_at_once);
  g_test_add_func("/words/go-both-ways", words_go_both_ways);
  g_test_add_func("/arc/tells-start-lowest-end-and-slope", an_arc_tells_start_lowest_end_and_slope);
  g_test_add_func("/arc/worsens-when-the-last-two-steps-fall", an_arc_worsens_when_the_last_two_steps_fall);
  g_test_add_func("/arc/may-be-empty-short-or-very-long", an_arc_may_be_empty_short_or_very_long);
  return g_test_run();
}
