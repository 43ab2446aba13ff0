// VADER's rules: a word's valence from the lexicon; raised by capitals among small letters and by the three words before it (boosters,
// fading with distance), turned round by a denial before it; "but" halves what stands before and raises what stands after;
// exclamation and question marks add to the sum, which is brought into -1 … 1 by s / √(s² + 15).
#include "insight/vader.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define BOOST 0.293
#define CAPITALS 0.733
#define DENIAL -0.74
#define EXCLAMATION 0.292
#define QUESTION 0.18
#define WORDS_MOST 2048

struct Vader {
  GHashTable *words; // to a double
};

Vader *vader_open(Arena *arena, char *lexicon) {
  Vader *vader = arena_make(arena, Vader);
  vader->words = g_hash_table_new(g_str_hash, g_str_equal);
  arena_defer(arena, (GDestroyNotify)g_hash_table_unref, vader->words);
  for (char *line = lexicon; line && *line;) {
    char *next = strchr(line, '\n'), *tab = strchr(line, '\t');
    if (next) *next++ = '\0';
    if (tab) {
      *tab = '\0';
      double *valence = arena_make(arena, double);
      *valence = g_ascii_strtod(tab + 1, NULL);
      g_hash_table_insert(vader->words, line, valence);
    }
    line = next;
  }
  return vader;
}

typedef struct VaderWord {
  const char *small; // without signs around it, in small letters
  bool is_caps;
} VaderWord;

static bool is_one_of(const char *word, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(word, list[i]) == 0) return true;
  return false;
}

static double booster(const char *word) {
  static const char *const up[] = {
    "absolutely",   "amazingly", "awfully",      "completely",    "considerably", "decidedly",     "deeply",     "effing",
    "enormously",   "entirely",  "especially",   "exceptionally", "extremely",    "fabulously",    "flipping",   "flippin",
    "fricking",     "frickin",   "frigging",     "friggin",       "fully",        "fucking",       "greatly",    "hella",
    "highly",       "hugely",    "incredibly",   "intensely",     "majorly",      "more",          "most",       "particularly",
    "purely",       "quite",     "really",       "remarkably",    "so",           "substantially", "thoroughly", "totally",
    "tremendously", "uber",      "unbelievably", "unusually",     "utterly",      "very"};
  static const char *const down[] = {"almost",   "barely",   "hardly",     "kinda",        "kindof",
                                     "less",     "little",   "marginally", "occasionally", "partly",
                                     "scarcely", "slightly", "somewhat",   "sorta",        "sortof"};
  if (is_one_of(word, up, G_N_ELEMENTS(up))) return BOOST;
  return is_one_of(word, down, G_N_ELEMENTS(down)) ? -BOOST : 0;
}

static bool is_denial(const char *word) {
  static const char *const words[] = {"aint",    "arent",  "cannot",   "cant",   "couldnt", "darent",  "didnt",   "doesnt",
                                      "dont",    "hadnt",  "hasnt",    "havent", "isnt",    "mightnt", "mustnt",  "neither",
                                      "neednt",  "never",  "none",     "nope",   "nor",     "not",     "nothing", "nowhere",
                                      "oughtnt", "shant",  "shouldnt", "uhuh",   "wasnt",   "werent",  "without", "wont",
                                      "wouldnt", "rarely", "seldom",   "despite"};
  return is_one_of(word, words, G_N_ELEMENTS(words)) || strstr(word, "n't");
}

static size_t split(Arena *scratch, const char *text, VaderWord *out, bool *out_is_mixed) {
  g_auto(GStrv) parts = g_strsplit_set(text, " \t\r\n", -1);
  size_t count = 0, caps = 0;
  for (char **part = parts; *part && count < WORDS_MOST; part++) {
    char *word = *part, *end = word + strlen(word);
    if (end - word <= 1) continue;
    char *first = word, *last = end;
    while (first < last && g_ascii_ispunct(*first)) first++;
    while (last > first && g_ascii_ispunct(last[-1])) last--;
    if (last - first <= 2) first = word, last = end; // an emoticon keeps its signs
    char *bare = arena_strndup(scratch, first, (size_t)(last - first));
    bool has_upper = false, has_lower = false;
    for (char *c = bare; *c; c++) {
      has_upper = has_upper || g_ascii_isupper(*c), has_lower = has_lower || g_ascii_islower(*c);
      *c = g_ascii_tolower(*c);
    }
    out[count] = (VaderWord){bare, has_upper && !has_lower};
    caps += out[count++].is_caps;
  }
  *out_is_mixed = caps > 0 && caps < count;
  return count;
}

static double known(const Vader *vader, const char *word) {
  const double *valence = g_hash_table_lookup(vader->words, word);
  return valence ? *valence : 0;
}

static double valence_at(const Vader *vader, const VaderWord *words, size_t at, bool is_mixed) {
  double valence = known(vader, words[at].small);
  if (valence == 0 || booster(words[at].small) != 0) return 0;
  if (is_mixed && words[at].is_caps) valence += valence > 0 ? CAPITALS : -CAPITALS;
  for (size_t back = 1; back <= 3 && back <= at; back++) {
    const VaderWord *before = &words[at - back];
    if (known(vader, before->small) != 0 && booster(before->small) == 0 && !is_denial(before->small)) continue;
    double boost = booster(before->small);
    if (boost != 0 && is_mixed && before->is_caps) boost += boost > 0 ? CAPITALS : -CAPITALS;
    if (valence < 0) boost = -boost;
    valence += boost * (back == 1 ? 1 : back == 2 ? 0.95 : 0.9);
    if (is_denial(before->small)) valence *= DENIAL;
  }
  bool is_least = at > 0 && strcmp(words[at - 1].small, "least") == 0;
  bool is_at_least = is_least && at > 1 && (strcmp(words[at - 2].small, "at") == 0 || strcmp(words[at - 2].small, "very") == 0);
  return is_least && !is_at_least ? valence * DENIAL : valence;
}

static double emphasis(const char *text) {
  double exclamations = 0, questions = 0;
  for (; *text; text++) exclamations += *text == '!', questions += *text == '?';
  double asked = questions > 3 ? 0.96 : questions > 1 ? questions * QUESTION : 0;
  return MIN(exclamations, 4) * EXCLAMATION + asked;
}

double vader_compound(Arena *scratch, const Vader *vader, const char *text) {
  VaderWord *words = arena_alloc_array(scratch, WORDS_MOST, sizeof *words);
  bool is_mixed;
  size_t count = split(scratch, text, words, &is_mixed), but = SIZE_MAX;
  for (size_t i = 0; i < count; i++)
    if (but == SIZE_MAX && strcmp(words[i].small, "but") == 0) but = i;
  double sum = 0;
  for (size_t i = 0; i < count; i++)
    sum += valence_at(vader, words, i, is_mixed) * (but == SIZE_MAX || i == but ? 1 : i < but ? 0.5 : 1.5);
  if (sum != 0) sum += sum > 0 ? emphasis(text) : -emphasis(text);
  return sum / sqrt(sum * sum + 15);
}
