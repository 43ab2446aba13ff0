// Which language a text is in. Plain English shows by its small words and the words of the lexicon and is not looked at
// further. Everything else is asked of CLD2 (the Compact Language Detector, a library that holds its tables itself); where that
// is not sure, the script decides, or the small words that every text of a language is full of. English words that clearly
// outnumber the others overrule both. What fits nothing is unknown, and unknown text is read only while it is so short
// that nothing can be concluded from it. doc/decisions/0021 has the comparison.
#include "insight/engine.h"

typedef enum Script {
  SCRIPT_LATIN,
  SCRIPT_CYRILLIC,
  SCRIPT_GREEK,
  SCRIPT_HAN,
  SCRIPT_KANA,
  SCRIPT_HANGUL,
  SCRIPT_ARABIC,
  SCRIPT_HEBREW,
  SCRIPT_THAI,
  SCRIPT_DEVANAGARI,
  SCRIPT_OTHER,
  SCRIPT_COUNT
} Script;

static const char *const script_languages[SCRIPT_COUNT] = {"", "ru", "el", "zh", "ja", "ko", "ar", "he", "th", "hi", ""};

static const struct {
  const char *code, *words;
} languages[] = {
  {"en",
   " the and is are was were you your i my it not have has had for with this that to of in on be been will would can could please what how "
   "why when where who there they we our from but if or so as at an me he she do did does no am just about get got very never again "
   "hello hi thanks thank yes order refund "},
  {"de",
   " der die das und ist nicht ich sie wir ihr ihre ihren mein meine mit auf fur von zu im den dem ein eine einen noch seit haben habe hat "
   "wurde wird sind war bitte auch aber wie was warum wann wo danke kein keine sehr mir mich bei uber nach nur schon immer guten tag herr frau grusse "},
  {"fr",
   " le la les des du un une et est pas je vous nous mon ma mes votre vos pour avec dans sur que qui ce cette ne plus mais ou j'ai c'est "
   "n'ai bonjour merci suis etes avez ete au aux de en il elle toujours tres jamais depuis commande livraison j l d n c s qu "},
  {"es",
   " el la los las un una y es no que de en por para con mi su pero muy mas como cuando donde porque gracias hola buenos dias pedido "
   "esta este estoy tengo usted ustedes yo me lo se ha he al del todavia "},
  {"it",
   " il lo la gli le un una e non che di in per con mio mia ma molto piu come quando dove perche grazie buongiorno salve ordine sono ho "
   "ha questo questa della del dei al alla ancora mi si vi vostro "},
  {"nl",
   " de het een en is niet ik u jullie mijn uw met op voor van te in den zijn heb heeft wordt maar ook hoe wat waarom wanneer waar "
   "bedankt geen nog bij naar dat die deze er aan om hallo bestelling graag "},
  {"pt",
   " o a os as um uma e nao que de em por para com meu minha seu sua mas muito mais como quando onde porque obrigado obrigada ola "
   "bom dia pedido estou tenho voces voce eu me ainda foi ao da do na no "},
  {"sv", " och det att som en ett jag inte ar har ni vi min mitt mina er med pa for av till men hur vad varfor nar var tack hej "
         "fran om den detta mycket fortfarande "},
  {"da",
   " og det at som en et jeg ikke er har i vi min mit mine jeres med pa for af til men hvordan hvad hvorfor hvornar hvor tak hej "
   "fra om den dette meget stadig "},
  {"no",
   " og det at som en et jeg ikke er har dere vi min mitt mine med pa for av til men hvordan hva hvorfor nar hvor takk hei fra om den "
   "dette veldig fortsatt "},
  {"fi",
   " ja on ei en se han me te mina sina oli olen olette etta kun mutta miksi miten missa milloin kiitos hei tilaus viela ole myos "
   "tai jos tama "},
  {"pl",
   " i w na z do nie jest to ze sie jak ale co po od za dla moj moja moje prosze dziekuje dzien dobry czy mam jestem byl bylo "
   "zamowienie przez jeszcze bardzo "},
  {"cs",
   " a v na se je ze to s z do i jsem jste jak ale co po od za pro muj moje prosim dekuji dobry den objednavka jeste velmi nebo "
   "neni mam "},
  {"tr", " ve bir bu da de icin ile ben siz biz cok ama ne neden nasil nerede ne zaman tesekkurler merhaba siparis degil var yok "
         "benim hala kadar daha "},
  {"ro",
   " si nu este sunt un o de la in pe cu care am ati mi imi dar foarte cum cand unde multumesc buna ziua comanda pentru din "
   "mai "},
};

typedef struct Counts {
  size_t words;
  size_t known; // words of the lexicon, which is English
  size_t of[G_N_ELEMENTS(languages)];
  size_t scripts[SCRIPT_COUNT];
} Counts;

static Script script_of(uint32_t code) {
  if (code < 0x250 || (code >= 0x1E00 && code < 0x1F00)) return SCRIPT_LATIN;
  if (code >= 0x370 && code < 0x400) return SCRIPT_GREEK;
  if (code >= 0x400 && code < 0x530) return SCRIPT_CYRILLIC;
  if (code >= 0x590 && code < 0x600) return SCRIPT_HEBREW;
  if ((code >= 0x600 && code < 0x780) || (code >= 0xFB50 && code < 0xFE00)) return SCRIPT_ARABIC;
  if (code >= 0x900 && code < 0x980) return SCRIPT_DEVANAGARI;
  if (code >= 0xE00 && code < 0xE80) return SCRIPT_THAI;
  if (code >= 0x3040 && code < 0x3100) return SCRIPT_KANA;
  if (code >= 0xAC00 && code < 0xD7B0) return SCRIPT_HANGUL;
  if (code >= 0x3400 && code < 0xA000) return SCRIPT_HAN;
  return SCRIPT_OTHER;
}

#define UNKNOWN_LONG 5 // words: from here on a text that fits no language is not read
#define UNKNOWN_LONG 5 // words: from here on a text that fits no language is not read
#define WORD_ROOM 24
#define WORDS_LOOKED_AT 400 // enough to tell a language

// The token as a small word, accents removed by their base letter, between spaces; false when it is too long for one.
static bool small_word(const Scan *scan, const Token *token, char *out, Counts *counts) {
  size_t size = 0, step;
  out[size++] = ' ';
  bool fits = true;
  for (size_t at = token->start; at < token->end; at += step) {
    uint32_t code = character_at(scan->text, scan->length, at, &step);
    if (!g_unichar_isalpha(code)) {
      if (code == 0x2019) code = '\'';
      if (code != '\'') continue;
    } else
      counts->scripts[script_of(code)]++;
    gunichar base[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    if (code >= 0x80)
      g_unichar_fully_decompose(g_unichar_tolower(code), FALSE, base, G_N_ELEMENTS(base));
    else
      base[0] = (gunichar)g_ascii_tolower((char)code);
    if (code == 0xDF) base[0] = 's';
    if (base[0] >= 0x80 || size + 3 > WORD_ROOM)
      fits = false;
    else
      out[size++] = (char)base[0];
    if (code == 0xDF && size + 3 <= WORD_ROOM) out[size++] = 's';
  }
  out[size++] = ' ';
  out[size] = '\0';
  return fits && size > 2;
}

// Counts the words, and how many are small words of the languages `first` … `last`.
static Counts count_words(const Scan *scan, size_t first, size_t last) {
  Counts counts = {0};
  size_t last_start = SIZE_MAX;
  for (size_t i = 0; i < scan->tokens.count && counts.words < WORDS_LOOKED_AT; i++) {
    const Token *token = &scan->tokens.items[i];
    if (token->start == last_start) continue; // the second part of a contraction
    last_start = token->start;
    if (token->end - token->start > 200 || scan->text[token->start] == '@') continue;
    char word[WORD_ROOM + 4];
    size_t letters_before = counts.scripts[SCRIPT_LATIN];
    bool is_small = small_word(scan, token, word, &counts);
    if (counts.scripts[SCRIPT_LATIN] == letters_before) continue; // a number, an emoji, another script
    counts.words++;
    if (token->word) counts.known++;
    if (!is_small) continue;
    for (size_t j = first; j <= last; j++) counts.of[j] += strstr(languages[j].words, word) != NULL;
  }
  return counts;
}

static const char *script_language(const Counts *counts) {
  size_t all = 0, best = SCRIPT_LATIN;
  for (size_t i = 0; i < SCRIPT_COUNT; i++) {
    all += counts->scripts[i];
    if (counts->scripts[i] > counts->scripts[best]) best = i;
  }
  if (best == SCRIPT_LATIN || counts->scripts[best] * 2 <= all) return counts->scripts[SCRIPT_KANA] * 2 > all ? "ja" : NULL;
  if (best == SCRIPT_HAN && counts->scripts[SCRIPT_KANA] > 0) return "ja";
  return script_languages[best];
}

// ---- CLD2 ----

// A C++ library without a C interface. These two of its functions take and give plain C values only, so they are declared
// here by the names that the Itanium C++ ABI gives them (the ABI of every Debian architecture), and no C++ is compiled.
// ExtDetectLanguageSummary(text, length, is_plain, hints, flags, languages[3], percents[3], scores[3], chunks, bytes, is_reliable)
int cld2_detect(
  const char *text, int length, bool is_plain, const void *hints, int flags, int *languages, int *percents, double *scores,
  void *chunks, int *bytes,
  bool *
    is_reliable) __asm__("_ZN4CLD224ExtDetectLanguageSummaryEPKcibPKNS_8CLDHintsEiPNS_8LanguageEPiPdPSt6vectorINS_11ResultChunkESaISA_EES7_Pb");
const char *cld2_code(int language) __asm__("_ZN4CLD212LanguageCodeENS_8LanguageE");

#define ASKED_MOST 1024 // bytes given to CLD2: enough to tell

static bool is_redacted(const char *word, size_t size) { // "XXXX": somebody took the word out
  for (size_t i = 0; i < size; i++) {
    if (word[i] != 'X' && word[i] != 'x') return false;
  }
  return true;
}

// The words alone, valid UTF-8, without addresses of pages and people.
static int words_to_ask(const Scan *scan, char words[static ASKED_MOST]) {
  size_t size = 0, last_start = SIZE_MAX;
  list_each(Token, token, &scan->tokens) {
    const char *from = scan->text + token->start;
    size_t length = token->end - token->start;
    if (token->start == last_start) continue;
    last_start = token->start;
    if (memchr(from, '@', length) || memchr(from, '/', length) || is_redacted(from, length)) continue;
    if (size + length + 1 > ASKED_MOST) break; // a word as long as that is none
    if (!g_utf8_validate(from, (gssize)length, NULL)) continue;
    memcpy(words + size, from, length);
    size += length;
    words[size++] = ' ';
  }
  return (int)size;
}

// A code, or NULL when CLD2 is not sure.
static const char *asked_language(const Scan *scan) {
  static const struct {
    const char *said, *meant;
  } others[] = {{"iw", "he"}, {"zh-Hant", "zh"}, {"nb", "no"}, {"nn", "no"}, {"jw", "jv"}, {"tl", "fil"}};
  char words[ASKED_MOST];
  int said[3], percents[3], bytes, length = words_to_ask(scan, words);
  double scores[3];
  bool is_reliable = false;
  if (!length) return NULL;
  cld2_detect(words, length, true, NULL, 0, said, percents, scores, NULL, &bytes, &is_reliable);
  const char *code = cld2_code(said[0]);
  if (!is_reliable || strcmp(code, "un") == 0 || strncmp(code, "xx", 2) == 0) return NULL;
  for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
    if (strcmp(code, others[i].said) == 0) return others[i].meant;
  }
  return code;
}

// ---- All together ----

// By the small words of languages other than English, when they clearly outnumber the English ones.
static const char *small_words_language(const Scan *scan, const Counts *english) {
  Counts others = count_words(scan, 1, G_N_ELEMENTS(languages) - 1);
  size_t best = 1;
  for (size_t i = 2; i < G_N_ELEMENTS(languages); i++) best = others.of[i] > others.of[best] ? i : best;
  size_t other = others.of[best], ours = english->of[0];
  bool is_english_too = ours >= 4 && ours * 5 >= other * 2;
  return other >= 2 && other * 2 > ours * 3 && other * 5 >= english->words && !is_english_too ? languages[best].code : NULL;
}

static bool is_written_in(const char *code, const char *script_code) { // by a script that has one language or several
  static const char *const cyrillic[] = {"ru", "uk", "bg", "sr", "mk", "be", "kk", "mn", "ky", "tg", "tt"};
  if (strcmp(code, script_code) == 0) return true;
  bool is_known = false;
  for (size_t i = 0; i < G_N_ELEMENTS(cyrillic); i++) is_known = is_known || strcmp(code, cyrillic[i]) == 0;
  if (strcmp(script_code, "ru") == 0) return is_known;
  if (strcmp(script_code, "ar") == 0) return strcmp(code, "fa") == 0 || strcmp(code, "ur") == 0 || strcmp(code, "ps") == 0;
  if (strcmp(script_code, "hi") == 0) return strcmp(code, "ne") == 0 || strcmp(code, "mr") == 0;
  return strcmp(script_code, "he") == 0 && strcmp(code, "yi") == 0;
}

const char *language_of(const Scan *scan) {
  Counts counts = count_words(scan, 0, 0);
  size_t english = counts.of[0];
  const char *by_script = script_language(&counts);
  bool is_mostly_known = counts.known * 10 >= counts.words * 6;
  bool is_plainly_english = is_mostly_known && counts.words >= 4 && english * 4 >= counts.words;
  if (!by_script && is_plainly_english) return "en";
  const char *asked = asked_language(scan);
  if (by_script) return asked && *by_script && is_written_in(asked, by_script) ? asked : by_script;
  bool is_nearly_all_known = counts.known >= 2 && counts.known * 10 >= counts.words * 8;
  if ((is_mostly_known && english >= 1) || is_nearly_all_known) return "en"; // a name or chat spelling easily misleads CLD2
  const char *by_words = small_words_language(scan, &counts);
  if (asked && strcmp(asked, "en") != 0) return is_mostly_known && !by_words ? "en" : asked;
  if (by_words) return by_words;
  if (asked) return "en";
  if ((english >= 1 && english * 8 >= counts.words) || (counts.known >= 1 && counts.known * 3 >= counts.words)) return "en";
  return counts.words >= UNKNOWN_LONG ? NULL : "";
}
