// Inside the first engine: what its files share. Nobody outside this folder includes it; insight.h is the contract.
//
// A text is scanned once into tokens and sentences. The lexicon, built once from the word tables of this folder, knows
// every word and every phrase; each sentence is matched against it, and each craft (emotion, behaviour, need, reason, gap)
// takes the matches of its own kind. A later engine replaces all of this behind insight_read.
#pragma once

#include "insight/insight.h"

#define ENGINE_NAME "rapport-insight 2"

// Classes of words that phrases name in braces: "{you} are ~2 {insult}". The names are in class_words.c.
typedef enum WordClass {
  CLASS_YOU,
  CLASS_YOUR,
  CLASS_FIRST,
  CLASS_BE,
  CLASS_NEGATION,
  CLASS_BOOSTER,
  CLASS_DAMPENER,
  CLASS_INSULT,
  CLASS_SLIGHT,
  CLASS_VULGAR,
  CLASS_SLUR,
  CLASS_PROFANITY,
  CLASS_HURT,
  CLASS_TARGET,
  CLASS_STAFF,
  CLASS_BODY,
  CLASS_PLACE,
  CLASS_WEAPON,
  CLASS_TELLING,
  CLASS_HARMLESS,
  CLASS_NUMBER,
  CLASS_PERIOD,
  CLASS_ITEM,
  CLASS_WARM,
  CLASS_QUESTION,
  CLASS_KIN,
  CLASS_STRIKE,
  CLASS_HAZARD,
  CLASS_THIRD,
  CLASS_DEADLY,
  CLASS_INTENT,
  CLASS_HINGE,
  CLASS_COUNT
} WordClass;

#define CLASS_BIT(class_name) (UINT32_C(1) << (class_name))

typedef struct Token {
  size_t start, end; // bytes of the text; parts of one contraction ("don't": do, not) share them
  uint32_t word;     // number in the lexicon, 0 when it does not know the word
  uint32_t classes;  // bits of WordClass
  bool is_caps;      // written in capitals, two letters or more
  bool is_stretched; // "sooo"
  bool after_break;  // a comma, colon, dash or bracket stands before it
  bool in_quotes;    // between double quotation marks
} Token;
LIST_DEFINE(Token)

typedef struct Sentence {
  size_t first, count; // tokens
  size_t start, end;   // bytes, punctuation included
  int exclamations;
  bool is_question;
} Sentence;
LIST_DEFINE(Sentence)

typedef struct Scan {
  const char *text;
  size_t length;
  TokenList tokens;
  SentenceList sentences;
  size_t letters;    // characters that are letters
  size_t capitals;   // of them in capitals
  size_t lower;      // of them small
  size_t caps_words; // whole words of four letters and more in capitals
} Scan;

// Fills `scan` with the tokens and sentences of text[from … to). Lines quoted with ">" and a short signature are passed over.
void scan_passage(Arena *arena, Scan *scan, size_t from, size_t to);

// One character at `at`: its code and its size. An invalid byte counts as U+FFFD of size 1.
uint32_t character_at(const char *text, size_t length, size_t at, size_t *out_size);
bool character_is_letter(uint32_t code); // or a digit
bool character_is_apostrophe(uint32_t code);
bool character_is_emoji(uint32_t code);
bool character_is_part(uint32_t code); // of the character before it, or invisible
// Opens a folded word with an apostrophe, in room for 40 bytes ("don't": "do", and "not" in *out_second, or NULL): the stem's size.
size_t contraction_open(char *folded, size_t size, const char **out_second);
// Whether the full stop at `at` (its sentence has begun at `start`) ends a sentence, and whether the line break at `at` does.
bool stop_ends_sentence(const char *text, size_t length, size_t start, size_t at);
bool line_ends_sentence(const char *text, size_t length, size_t line_start, size_t at);

typedef enum MatchKind { MATCH_EMOTION, MATCH_BEHAVIOUR, MATCH_NEED, MATCH_REASON, MATCH_GAP, MATCH_KIND_COUNT } MatchKind;

typedef struct LabelWeight {
  uint8_t label;   // of the kind: an Emotion, a Blow, a Need, a Reason, a GapSide
  uint8_t percent; // how much these words say for it
} LabelWeight;

// One row of a word table: phrases with commas between them, and what they say. A row without weights says nothing and
// keeps shorter phrases inside it from speaking ("dying to" is not about death).
typedef struct Row {
  const char *phrases;
  double valence; // -4 … 4; emotion rows only
  LabelWeight says[3];
  bool is_customers; // emotion rows: customers say it and the labelled comments hardly do, so it counts beside the model
} Row;

typedef struct RowTable {
  const Row *rows;
  size_t count;
} RowTable;

extern const RowTable emotion_rows, behaviour_rows, threat_rows, need_rows, reason_rows, gap_rows;

typedef struct ClassRow {
  WordClass word_class;
  const char *words;
} ClassRow;
extern const ClassRow class_rows[];
extern const size_t class_row_count;
extern const char *const class_names[CLASS_COUNT];

typedef struct Alias { // "dont" is read as "do not"
  const char *written, *meant;
} Alias;
extern const Alias alias_rows[];
extern const size_t alias_row_count;

typedef struct Match {
  MatchKind kind;
  const Row *row;
  size_t first, last; // tokens of the scan, both inclusive
} Match;
LIST_DEFINE(Match)

// Built at the first call, then never changed.
typedef struct Lexicon Lexicon;
const Lexicon *lexicon_get(void);
uint32_t lexicon_word(const Lexicon *lexicon, const char *folded, size_t size); // 0 when unknown
uint32_t lexicon_classes(const Lexicon *lexicon, uint32_t word);
const uint32_t *lexicon_alias(const Lexicon *lexicon, uint32_t word, size_t *out_count); // NULL when it stands for itself
// Adds every phrase found in the sentence, by start; a phrase within a longer one of its kind is left out.
void lexicon_match(Arena *arena, const Lexicon *lexicon, const Scan *scan, const Sentence *sentence, MatchList *out);

typedef struct Mind Mind; // mind.h

// What the word lists hear in one sentence, before calibration.
typedef struct Voice {
  double scores[EMOTION_COUNT];    // 0 … 1
  double customers[EMOTION_COUNT]; // of them, from the rows of customers alone
  double sum;                      // of the words' valences, with emphasis
  double strongest;                // of them, without its sign
} Voice;

// Scans all of `scan->text`, or its beginning and end where it is very long.
void scan_text(Arena *arena, Scan *scan);
bool language_is_english(
  const char *language); // what language_of gave, for the English engine: too little to tell counts as English

// What `reading` is filled from: the scan, and the matches of each sentence.
typedef struct Study {
  Arena *scratch;
  const Scan *scan;
  MatchList *matches;                               // one list a sentence
  const double (*sentence_emotions)[EMOTION_COUNT]; // raw scores a sentence, once hear_emotions has run
  const Voice *voices;                              // one a sentence, likewise
  const Mind *mind;                                 // what read_emotions reads with
  double *heard;                                    // a label: how surely something beside the model speaks for it, 0 … 1
} Study;

// Each fills its part of `reading` and adds its spans; in this order.
void hear_emotions(Study *study, Reading *reading); // by the word lists: voices, valence, intensity
double valence_of_sum(double sum);                  // -1 … 1
void read_emotions(Arena *arena, const Study *study, Reading *reading);
void read_behaviour(Arena *arena, const Study *study, Reading *reading);
void read_reasons(Arena *arena, const Study *study, Reading *reading);
void read_needs(Arena *arena, const Study *study, Reading *reading);
void read_gap(Arena *arena, const Study *study, Reading *reading);

uint64_t insight_base_mark(void);                                    // of the engine and its models: deltas go with them
Emotion emotion_to_show(const Study *study, const Reading *reading); // once all the others are done

bool is_wish(const Match *match); // a gap match that says what is wanted

// The language of the scanned text: a code; "" when it cannot be told because there is too little, NULL when it cannot although
// there is enough.
const char *language_of(const Scan *scan);

// Whether sentence `number` may be a short "Thanks, Bob" at the end of a longer message.
bool is_sign_off(const Scan *scan, size_t number);
// True when the words from token `first` on are denied by one of the three words before them in the same clause.
bool is_negated(const Scan *scan, const Sentence *sentence, size_t first);
typedef struct Suspicion { // of one sentence
  double probability;      // that it is abuse
  size_t start, end;       // bytes of the word that weighs most; equal when there is none, or the probability is low
} Suspicion;
// Fills one Suspicion a sentence, and gives the highest probability, that of a short message as a whole included.
double suspect_abuse(const Study *study, Suspicion *out_sentences);
#define SPANS_MOST 400

// Whether the sentence threatens by its parts (threat.c), and the tokens that do.
bool sentence_threatens(const Scan *scan, const Sentence *sentence, const MatchList *matches, size_t *out_first,
                        size_t *out_last);
// A span of tokens `first` … `last`, unless the reading has very many already.
void span_add(Arena *arena, Reading *reading, const Scan *scan, size_t first, size_t last, const char *label, double weight);
// The same by bytes.
void span_put(Arena *arena, Reading *reading, size_t start, size_t end, const char *label, double weight);
static inline double rounded(double value) { // to four places; never -0
  double whole = value * 10000 + (value < 0 ? -0.5 : 0.5);
  return (double)(int64_t)whole / 10000 + 0.0;
}
static inline double clamp(double value, double least, double most) {
  return value < least ? least : value > most ? most : value;
}
