// Inside the coach: what its files share. Nobody outside this folder includes it; insight/coach.h is the contract.
//
// A draft is read once into words and sentences (study.c), all phrase tables are matched over it in one walk (phrase.c), and each
// rule looks at the marks that were found. A rule is a file: its phrases, and one function that adds advice.
#pragma once

#include "base/words.h"
#include "insight/coach.h"
#include "insight/coach/phrase.h"

#define WORD_IDS 4 // vocabulary numbers a word may have: itself, and what it begins with

typedef struct Word {
  const char *folded;
  uint32_t start, end; // bytes; the parts of a contraction share them
  uint16_t ids[WORD_IDS];
  uint32_t stem; // hash of the stem; 0 for a word that carries no matter of its own ("the", "send")
  uint16_t sentence;
  bool is_quoted; // within quotation marks
  bool is_number;
  bool is_name;     // written with a capital within a sentence
  bool is_caps;     // all in capitals, four letters or more
  bool is_generic;  // "order", "item": matter, but of no particular kind
  bool after_break; // a comma, colon, dash or bracket stands before it
} Word;
LIST_DEFINE(Word)

typedef struct Line {    // a sentence
  uint32_t first, count; // words
  uint32_t start, end;   // bytes, punctuation included
  uint16_t exclamations;
  bool is_question, is_item; // an item of a list
} Line;
LIST_DEFINE(Line)

typedef struct Hit {
  Mark mark;
  const PhraseRow *row;
  uint32_t first, last; // words, both inclusive
} Hit;
LIST_DEFINE(Hit)

typedef struct Vocabulary Vocabulary;

typedef struct Passage {        // a draft or a message, read
  const Vocabulary *vocabulary; // of the language that it was read in
  const char *text;
  size_t length;
  uint32_t begin; // of what is judged, behind a greeting
  WordList words;
  LineList lines;
  HitList hits;                    // by first word
  uint32_t counts[MARK_COUNT];     // hits of each mark
  uint32_t emoji_start, emoji_end; // the first emoji or emoticon; equal: none
} Passage;

typedef struct CoachStudy {
  Arena *arena; // of the coaching
  Passage draft;
  Passage message; // without words when there is none
  uint32_t *stems; // hash set of the message's stems
  size_t stem_room;
  bool has_message;
  bool is_angry;          // the message is
  bool is_trouble;        // the message is about trouble, or there is none to tell
  bool is_reply;          // the draft is long enough to miss something in it
  const Reading *reading; // of the message, or NULL
  Coaching *out;
} CoachStudy;

// ---- study.c ----
void passage_read(Arena *arena, Passage *passage, const Vocabulary *vocabulary, const char *text, size_t length);
bool passage_is_english(const Passage *passage);
bool passage_is_german(const Passage *passage); // german.c

// ---- phrase.c ----
const Vocabulary *vocabulary_english(void); // built at the first call, then never changed
const Vocabulary *vocabulary_german(void);  // likewise
void vocabulary_ids(const Vocabulary *vocabulary, const char *folded, size_t size, uint16_t out_ids[WORD_IDS]);
void passage_match(Arena *arena, Passage *passage);

// ---- words.c ----
// The hash of the stem of a folded word, 0 for one that carries no matter of its own.
uint32_t word_stem(const char *folded, size_t size, bool *out_is_generic);

// ---- looking (look.c) ----
bool word_is(const Word *word, const char *folded);
bool word_in(const Word *word, const char *const *words, size_t count);
void stems_note(CoachStudy *study, Arena *scratch);      // of the message, before shared_matter
const Hit *find_mark(const Passage *passage, Mark mark); // the first, or NULL
const Hit *find_mark_in(const Passage *passage, const Line *line, Mark mark);
const Hit *find_mark_after(const Passage *passage, const Line *line, Mark mark, uint32_t word);
static inline bool has_mark(const Passage *passage, Mark mark) { return passage->counts[mark] > 0; }
const Line *line_of(const Passage *passage, uint32_t word);
bool has_specifics(const Passage *passage, const Line *line); // a number, a name or a time; NULL: anywhere
// What the customer's message and words first … last of the draft have in common: stems that carry matter, each counted once.
size_t shared_matter(const CoachStudy *study, uint32_t first, uint32_t last, bool with_generic);
// The best noun phrase of the message to echo ("blue lamp"), or NULL.
const char *matter_of(const CoachStudy *study);

// Something that I do: "I'll call", "I've sent", "let me check". Not "I see", "I'm sorry", "I can't".
typedef struct Action {
  uint32_t first, last; // words
  bool is_past;
} Action;
bool find_action(const Passage *passage, uint32_t from, uint32_t to, Action *out);

// ---- advice (look.c) ----
// For words that stand there. At most ADVICE_A_RULE of one rule are kept.
#define ADVICE_A_RULE 8
void advise_at(CoachStudy *study, CoachRule rule, uint32_t first, uint32_t last, double severity, const char *why,
               const char *instead);
void advise_bytes(CoachStudy *study, CoachRule rule, size_t start, size_t end, double severity, const char *why,
                  const char *instead);
// For what is missing: to be inserted before the first sentence, or behind the last one.
void advise_opening(CoachStudy *study, CoachRule rule, double severity, const char *why, const char *instead);
void advise_closing(CoachStudy *study, CoachRule rule, double severity, const char *why, const char *instead);
void step_met(CoachStudy *study, CoachStep step, uint32_t first, uint32_t last);
const char *words_text(const CoachStudy *study, uint32_t first, uint32_t last);   // as written in the draft
uint32_t clause_start(const Passage *passage, uint32_t word);                     // the first one
uint32_t clause_end(const Passage *passage, uint32_t word);                       // the last word of its clause
const char *capital_as(const CoachStudy *study, uint32_t word, const char *text); // begins as the draft's word there begins

// The row's better words, with the rest of its clause (to word `last`) in the place of %s.
const char *advice_wording(const CoachStudy *study, const Hit *hit, uint32_t last);

// The words that offer a choice: "which would you prefer", "I can … or …", a list of two.
bool find_choice(const Passage *draft, uint32_t *out_first, uint32_t *out_last); // options.c

// ---- One file each ----
void coach_german(CoachStudy *study); // in place of all that follows
void find_steps(CoachStudy *study);   // before the rules
void check_i_not_we(CoachStudy *study);
void check_accusing_you(CoachStudy *study);
void check_perspective_first(CoachStudy *study);
void check_concrete(CoachStudy *study);
void check_restate(CoachStudy *study);
void check_warm_ends(CoachStudy *study);
void check_one_apology(CoachStudy *study);
void check_options(CoachStudy *study);
void check_no_policy_talk(CoachStudy *study);
void check_on_your_team(CoachStudy *study);
void check_problem_not_person(CoachStudy *study);
void check_agree_next_step(CoachStudy *study);
void check_polite_request(CoachStudy *study);
void check_empathy(CoachStudy *study);
void check_tone_guard(CoachStudy *study);
