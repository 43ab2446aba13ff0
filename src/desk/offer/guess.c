// Which option a written answer seems to choose. Only what is plain is told: a number that is named as one or stands alone on a line,
// an ordinal ("the second one"), the words of exactly one option, or a plain yes to a single one; a no before them turns it round. All
// else is -1, for a person to read.
#include "base/text.h"
#include "desk/offer/offer.h"

#include <string.h>

#define READ_MOST 2000 // bytes: the choice stands at the top
#define WORD_LEAST 4   // letters of a word that can tell options apart

static char **words_of(const char *text) {
  g_autofree char *head = g_strndup(text, READ_MOST);
  g_autofree char *valid = g_utf8_make_valid(head, -1);
  g_autofree char *lower = g_utf8_strdown(valid, -1);
  g_autoptr(GString) plain = g_string_new(NULL);
  for (char *c = lower; *c; c = g_utf8_next_char(c)) {
    gunichar letter = g_utf8_get_char(c);
    if (letter == '\'' || letter == 0x2019) continue; // don't → dont
    g_string_append_unichar(plain, g_unichar_isalnum(letter) ? letter : ' ');
  }
  return g_strsplit_set(plain->str, " ", -1);
}

static bool is_one_of(const char *word, const char *const *list) {
  for (; *list; list++)
    if (strcmp(word, *list) == 0) return true;
  return false;
}

static int64_t number_of(const char *word, size_t count) {
  static const char *const ordinals[] = {"first", "second", "third", "fourth", "fifth"};
  static const char *const numbers[] = {"one", "two", "three", "four", "five"};
  for (size_t i = 0; i < MIN(count, G_N_ELEMENTS(ordinals)); i++)
    if (strcmp(word, ordinals[i]) == 0 || strcmp(word, numbers[i]) == 0) return (int64_t)i + 1;
  char *end;
  int64_t number = g_ascii_strtoll(word, &end, 10);
  if (end == word ||
      (*end && strcmp(end, "st") != 0 && strcmp(end, "nd") != 0 && strcmp(end, "rd") != 0 && strcmp(end, "th") != 0))
    return 0;
  return number >= 1 && number <= (int64_t)count ? number : 0;
}

// "option 2", "number two", "the second", "2nd one"; and a number that is all there is.
static int64_t by_number(char **words, size_t options) {
  static const char *const before[] = {"option", "number", "no",     "choice", "variant", "choose",
                                       "take",   "nummer", "opción", "opcja",  "numéro",  NULL};
  static const char *const behind[] = {"option", "one", "choice", "please", NULL};
  static const char *const after[] = {"thank", "thanks", "is", "would", "sounds", "suits", NULL}; // the second, thank you
  int64_t found = -1, alone = 0;
  const char *last = "";
  size_t count = 0;
  for (char **word = words; *word; word++) {
    if (!**word) continue;
    count++;
    int64_t number = number_of(*word, options);
    bool is_ordinal = number && !g_ascii_isdigit(**word) && strlen(*word) > 4;
    char **next = word + 1;
    while (*next && !**next) next++;
    bool is_named = is_one_of(last, before) || (strcmp(last, "the") == 0 && is_ordinal && (!*next || is_one_of(*next, after))) ||
                    (*next && is_one_of(*next, behind) && (is_ordinal || g_ascii_isdigit(**word)));
    if (number && is_named) {
      if (found > 0 && found != number) return -1; // two of them
      found = number;
    }
    if (count == 1) alone = number;
    last = *word;
  }
  if (found > 0) return found;
  return count == 1 && alone ? alone : -1;
}

static int64_t by_words(char **words, const Offer *offer) {
  int64_t best = -1;
  for (size_t i = 0; i < offer->options.count; i++) {
    g_auto(GStrv) title = words_of(offer->options.items[i]);
    size_t known = 0, heard = 0;
    for (char **word = title; *word; word++) {
      if (g_utf8_strlen(*word, -1) < WORD_LEAST) continue;
      known++;
      heard += is_one_of(*word, (const char *const *)words);
    }
    if (known == 0 || heard * 2 <= known) continue;
    if (best > 0) return -1;
    best = (int64_t)i + 1;
  }
  return best;
}

int64_t offer_guess(const Offer *offer, const char *answer) {
  static const char *const none[] = {"none", "neither", "nothing", "keine", "aucune", "ninguna", "nessuna", "geen", NULL};
  static const char *const no[] = {"not",    "no",           "dont",   "cant",   "wont", "isnt",
                                   "doesnt", "unacceptable", "refuse", "reject", "nein", NULL};
  static const char *const yes[] = {"yes",  "agreed", "agree", "accept", "ok", "okay", "perfect", "fine",
                                    "sure", "ja",     "oui",   "si",     "sí", "sim",  "tak",     NULL};
  bool says_none = false, says_no = false, says_yes = false;
  g_auto(GStrv) words = words_of(answer);
  for (char **word = words; *word; word++) {
    says_none |= is_one_of(*word, none);
    says_no |= is_one_of(*word, no) && strcmp(*word, "no") != 0;
    says_yes |= is_one_of(*word, yes);
  }
  bool begins_with_no = false;
  for (char **word = words; *word; word++)
    if (**word) {
      begins_with_no = strcmp(*word, "no") == 0 || strcmp(*word, "nein") == 0;
      break;
    }
  if (says_none) return 0;
  if (offer->options.count <= 1) return says_no || begins_with_no ? says_yes ? -1 : 0 : says_yes ? 1 : -1;
  if (says_no || begins_with_no) return -1;
  int64_t place = by_number(words, offer->options.count);
  return place > 0 ? place : by_words(words, offer);
}
