// Insight: what a message expresses. Text in, Reading out: pure, thread safe, no I/O, no database.
//
// A reading is advice: it names the words it rests on and how sure it is, and "unclear" is a legal answer. The text is
// scored sentence by sentence and the sentences are combined, for scored at once a long mail would drown what each of them
// says. The same text always gives the same reading.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/json.h"
#include "base/list.h"

#include <stdbool.h>
#include <stdint.h>

// The 28 labels of GoEmotions (Demszky et al. 2020), in its order; neutral last.
typedef enum Emotion {
  EMOTION_ADMIRATION,
  EMOTION_AMUSEMENT,
  EMOTION_ANGER,
  EMOTION_ANNOYANCE,
  EMOTION_APPROVAL,
  EMOTION_CARING,
  EMOTION_CONFUSION,
  EMOTION_CURIOSITY,
  EMOTION_DESIRE,
  EMOTION_DISAPPOINTMENT,
  EMOTION_DISAPPROVAL,
  EMOTION_DISGUST,
  EMOTION_EMBARRASSMENT,
  EMOTION_EXCITEMENT,
  EMOTION_FEAR,
  EMOTION_GRATITUDE,
  EMOTION_GRIEF,
  EMOTION_JOY,
  EMOTION_LOVE,
  EMOTION_NERVOUSNESS,
  EMOTION_OPTIMISM,
  EMOTION_PRIDE,
  EMOTION_REALIZATION,
  EMOTION_RELIEF,
  EMOTION_REMORSE,
  EMOTION_SADNESS,
  EMOTION_SURPRISE,
  EMOTION_NEUTRAL,
  EMOTION_COUNT
} Emotion;

typedef enum Behaviour { BEHAVIOUR_CALM, BEHAVIOUR_FRUSTRATED, BEHAVIOUR_HOSTILE, BEHAVIOUR_ABUSIVE, BEHAVIOUR_COUNT } Behaviour;

typedef enum Need { NEED_LEARNING, NEED_POWER, NEED_AFFILIATION, NEED_SECURITY, NEED_COUNT, NEED_UNCLEAR = NEED_COUNT } Need;

// Failures of handling in the customer's eyes.
typedef enum Reason {
  REASON_NOT_LISTENED,
  REASON_NO_ACCESS,
  REASON_WASTED_TIME,
  REASON_INCOMPETENCE,
  REASON_DISCOURTESY,
  REASON_RIGID_SYSTEM,
  REASON_COUNT
} Reason;

// Apart from abuse, and never counted as such.
typedef enum Flag { FLAG_THREAT, FLAG_LEGAL, FLAG_SELF_HARM, FLAG_COUNT } Flag;

const char *emotion_word(Emotion emotion);              // "admiration" … "neutral"
const char *behaviour_word(Behaviour behaviour);        // "calm" …
const char *need_word(Need need);                       // "learning" … "unclear"
const char *reason_word(Reason reason);                 // "not_listened" …
const char *flag_word(Flag flag);                       // "threat" …
bool emotion_from_word(const char *word, Emotion *out); // likewise for the others, for forms and stored readings
bool behaviour_from_word(const char *word, Behaviour *out);
bool need_from_word(const char *word, Need *out);
bool reason_from_word(const char *word, Reason *out);
bool flag_from_word(const char *word, Flag *out);

// Words that led to something. Byte offsets into the text that was read, start inclusive, end exclusive, on character boundaries.
typedef struct Span {
  int64_t start, end;
  const char *label; // an emotion, behaviour, need, reason or flag word, or "present" / "desired"
  double weight;     // how much these words moved it, 0 to 1
} Span;
LIST_DEFINE(Span)

typedef struct Reading {
  const char *engine;             // name and version of what read it
  const char *language;           // "en", or what the text seems to be; "" when unknown
  bool is_read;                   // false: the language is not one we read; the rest is then neutral, calm, unclear
  double emotions[EMOTION_COUNT]; // probabilities, each on its own (several may be felt)
  bool felt[EMOTION_COUNT];       // those that count as felt
  double valence;                 // -1 most unpleasant … 1 most pleasant
  double intensity;               // 0 none … 4 extreme
  double abuse;                   // 0 … 1
  Behaviour behaviour;
  double needs[NEED_COUNT]; // 0 … 1 each
  Need need;                // the top one, or NEED_UNCLEAR
  double need_margin;       // top minus second
  bool reasons[REASON_COUNT];
  bool flags[FLAG_COUNT];
  const char *present, *desired; // the gap in the customer's words; NULL when not found
  SpanList spans;                // by start
  Emotion main;                  // the strongest felt emotion that a person should see, or EMOTION_NEUTRAL
} Reading;

// Reads one message: the reply alone, without quoted text. Any bytes are accepted; invalid UTF-8 is passed over. Bounded work:
// beyond 64 KiB only the beginning and the end are read.
Reading *insight_read(Arena *arena, const char *text, size_t length);

Emotion reading_main_emotion(const Reading *reading); // its `main`

// What a person may not want to have before their eyes: words that are hostile or abusive to whoever reads them, and no more than
// those. Anger, swearing about a thing, and reproach are no such words. A clause at most where it says nothing else, the insult
// alone where the rest of its clause tells what is wrong, so that the problem stays readable.
typedef struct Offence {
  int64_t start, end; // bytes, on character boundaries; in order, without overlap
  Behaviour level;    // hostile or abusive
  bool is_threat;
} Offence;
LIST_DEFINE(Offence)

// As pure as insight_read and much cheaper, for it looks at nothing else. Empty for a language that is not read.
void insight_offences(Arena *arena, const char *text, size_t length, OffenceList *out);

// Coarser names for what is felt: the six emotions of Ekman and the four tones to which the authors of GoEmotions sort the 28.
// A group's probability is that of any of its labels, 1 - Π(1 - p), and it is felt from a threshold of its own on.
typedef enum Ekman {
  EKMAN_ANGER,
  EKMAN_DISGUST,
  EKMAN_FEAR,
  EKMAN_JOY,
  EKMAN_SADNESS,
  EKMAN_SURPRISE,
  EKMAN_NEUTRAL,
  EKMAN_COUNT
} Ekman;
typedef enum Tone { TONE_POSITIVE, TONE_NEGATIVE, TONE_AMBIGUOUS, TONE_NEUTRAL, TONE_COUNT } Tone;
const char *ekman_word(Ekman ekman); // "anger" … "neutral"
const char *tone_word(Tone tone);    // "positive" …
Ekman emotion_ekman(Emotion emotion);
Tone emotion_tone(Emotion emotion);
double reading_ekman(const Reading *reading, Ekman ekman, bool *out_is_felt);
double reading_tone(const Reading *reading, Tone tone, bool *out_is_felt);

// As the contract of `rapport read` says; reading_from_json takes what it wrote back (for stored readings), NULL when it is not one.
Json *reading_to_json(const Reading *reading);
Reading *reading_from_json(Arena *arena, const Json *json);

// The arc over a conversation: valence of the customer's messages in order.
typedef struct Arc {
  double start, lowest, highest, end; // valence
  double mean;
  double slope;      // Theil–Sen, valence a message; 0 below two messages
  bool is_worsening; // the last two of three steps fall by more than noise (0.1)
  int64_t count;
} Arc;
Arc insight_arc(const double *valences, size_t count);

// ---- Learning on a desk ----
//
// Agents correct readings. From all corrections of a desk a small delta is learnt over the built-in models, which never change:
// the same hashed features, and for every part (emotion, behaviour, need) the blend N / (N + 50) of what N corrections teach.
// A tenth of the corrections, chosen by the hash of their id, is never learnt from: it says how often readings are right without and
// with the delta. 10,000 corrections take seconds; run it in the background.

typedef enum CorrectionKind { CORRECTION_EMOTION, CORRECTION_BEHAVIOUR, CORRECTION_NEED, CORRECTION_KIND_COUNT } CorrectionKind;

typedef struct Correction {
  const char *id;   // unique and stable; decides whether it is held out
  const char *text; // what was read
  size_t length;
  CorrectionKind kind;
  int right; // the Emotion a person should see first (neutral: none), the Behaviour, or the Need (unclear is one)
} Correction;
LIST_DEFINE(Correction)

typedef struct LearningScore {       // of one kind of correction
  int64_t learnt, held_out;          // corrections
  int64_t right_before, right_after; // of the held out ones: read rightly by the base alone, with the delta
} LearningScore;

// What a desk has taught. Never changes once made, so threads may share it; it lives in the arena it was made in.
typedef struct InsightDelta InsightDelta;

// The same corrections in the same order give the same delta. A correction whose `right` is none of its kind is passed over.
const InsightDelta *insight_learn(Arena *arena, const CorrectionList *corrections);
const LearningScore *insight_delta_scores(const InsightDelta *delta); // CORRECTION_KIND_COUNT of them
const char *insight_delta_version(const InsightDelta *delta);         // "d1f09c22": short, of its content

// To keep it: bytes that are the same on every machine. Opening refuses with ERROR_INVALID what another version of the program or
// other models learnt (learn anew then: the corrections are the truth), and with ERROR_BROKEN what is damaged.
Bytes insight_delta_pack(Arena *arena, const InsightDelta *delta);
const InsightDelta *insight_delta_open(Arena *arena, Bytes packed, GError **error);

// As insight_read, with what the desk taught; NULL: without. `engine` of the reading then names base and delta.
Reading *insight_read_with(Arena *arena, const InsightDelta *delta, const char *text, size_t length);
