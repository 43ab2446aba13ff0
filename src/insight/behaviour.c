// Behaviour in four levels, stacked (INSIGHT 2, product rule): calm; frustrated (strong displeasure, shouting, profanity about
// the thing, repeated contact); hostile (insults at the reader or the reader's people, slurs, menace); abusive (threats of
// violence, sexual harassment, vulgar abuse or slurs at the reader). Threats are looked for with high recall: a person
// decides. Legal steps and self-harm are flags of their own and never raise the level.
#include "insight/behaviour.h"
#include "insight/engine.h"

#include <math.h>

#define FRUSTRATED_SCORE 0.48 // anger_of from which on a message is frustrated
#define IDIOMS_AHEAD 32       // matches looked through for one
#define LOOK_AFTER 5          // words after a threat that may show it harmless ("in court")
#define LOOK_BEFORE 4         // words before an insult that may show it reported ("called me an …")

static const Emotion angry_emotions[] = {EMOTION_ANGER, EMOTION_ANNOYANCE, EMOTION_DISAPPOINTMENT, EMOTION_DISAPPROVAL,
                                         EMOTION_DISGUST};

typedef struct Findings {
  double weights[BLOW_COUNT]; // the heaviest of each
} Findings;

static bool any_between(const Scan *scan, const Match *match, uint32_t classes) {
  for (size_t i = match->first + 1; i < match->last; i++) {
    if (scan->tokens.items[i].classes & classes) return true;
  }
  return false;
}

// "called me an idiot", "was told to shut up", and words in quotation marks after such a verb: reported, not said.
static bool is_reported(const Scan *scan, const Sentence *sentence, const Match *match) {
  const Token *tokens = scan->tokens.items;
  bool is_about_me = false;
  for (size_t back = 1;
       match->first >= sentence->first + back && (back <= LOOK_BEFORE || tokens[match->first].in_quotes) && back <= 24; back++) {
    uint32_t classes = tokens[match->first - back].classes;
    bool is_passive = match->first > sentence->first + back && (tokens[match->first - back - 1].classes & CLASS_BIT(CLASS_BE));
    if ((classes & CLASS_BIT(CLASS_TELLING)) && (is_about_me || is_passive || tokens[match->first].in_quotes)) return true;
    is_about_me = is_about_me || (classes & CLASS_BIT(CLASS_FIRST));
  }
  return false;
}

static bool is_harmless(const Scan *scan, const Sentence *sentence, const Match *match) {
  size_t end = MIN(sentence->first + sentence->count, match->last + 1 + LOOK_AFTER);
  for (size_t i = match->last + 1; i < end && !scan->tokens.items[i].after_break; i++) {
    if (scan->tokens.items[i].classes & CLASS_BIT(CLASS_HARMLESS)) return true;
  }
  return any_between(scan, match, CLASS_BIT(CLASS_HARMLESS));
}

// An idiom that begins within the match and goes on behind it turns the match into something else ("I will beat you to it").
static bool runs_into_idiom(const MatchList *matches, const Match *match) {
  const Match *end = matches->items + matches->count;
  for (const Match *next = match + 1; next < end && next < match + IDIOMS_AHEAD && next->first <= match->last; next++) {
    if (next->kind == MATCH_BEHAVIOUR && !next->row->says[0].percent && next->first > match->first && next->last >= match->last)
      return true;
  }
  return false;
}

// What the match comes to in its place; BLOW_NONE when it means nothing there.
static Blow meant(const Scan *scan, const Sentence *sentence, const Match *match) {
  Blow blow = (Blow)match->row->says[0].label;
  uint32_t first = scan->tokens.items[match->first].classes;
  bool is_at_you = first & (CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_YOUR));
  if (blow == BLOW_THREAT) return is_harmless(scan, sentence, match) ? BLOW_MENACE : BLOW_THREAT;
  if (blow == BLOW_ABUSE || blow == BLOW_INSULT || blow == BLOW_SLUR || blow == BLOW_RUDE) {
    if (is_at_you && any_between(scan, match, CLASS_BIT(CLASS_FIRST) | CLASS_BIT(CLASS_NEGATION))) return BLOW_NONE;
    if (is_reported(scan, sentence, match)) return BLOW_NONE;
  }
  return blow;
}

static const char *label_of(Blow blow) {
  switch (blow) {
  case BLOW_THREAT: return flag_word(FLAG_THREAT);
  case BLOW_LEGAL: return flag_word(FLAG_LEGAL);
  case BLOW_SELF_HARM: return flag_word(FLAG_SELF_HARM);
  case BLOW_SEXUAL:
  case BLOW_ABUSE: return behaviour_word(BEHAVIOUR_ABUSIVE);
  case BLOW_SLUR:
  case BLOW_INSULT:
  case BLOW_MENACE: return behaviour_word(BEHAVIOUR_HOSTILE);
  case BLOW_RUDE:
  case BLOW_PROFANE:
  case BLOW_INSIST: return behaviour_word(BEHAVIOUR_FRUSTRATED);
  case BLOW_NONE:
  case BLOW_COUNT: break;
  }
  return NULL;
}

// Several ways of the same words to match give one span.
static void add_blow_span(Arena *arena, Reading *reading, const Scan *scan, const Match *match, Blow blow, double weight) {
  const char *label = label_of(blow);
  int64_t start = (int64_t)scan->tokens.items[match->first].start, end = (int64_t)scan->tokens.items[match->last].end;
  for (size_t i = reading->spans.count, looked = 0; i-- > 0 && looked < 24; looked++) {
    Span *span = &reading->spans.items[i];
    if (strcmp(span->label, label) != 0 || start >= span->end || end <= span->start) continue;
    span->start = MIN(span->start, start);
    span->end = MAX(span->end, end);
    span->weight = MAX(span->weight, weight);
    return;
  }
  span_add(arena, reading, scan, match->first, match->last, label, weight);
}

static void read_blows(Arena *arena, const Study *study, Reading *reading, Findings *findings) {
  const Scan *scan = study->scan;
  for (size_t i = 0; i < scan->sentences.count; i++) {
    list_each(Match, match, &study->matches[i]) {
      if (match->kind != MATCH_BEHAVIOUR || !match->row->says[0].percent || runs_into_idiom(&study->matches[i], match)) continue;
      Blow blow = meant(scan, &scan->sentences.items[i], match);
      if (blow == BLOW_NONE) continue;
      double weight = match->row->says[0].percent / 100.0;
      findings->weights[blow] = MAX(findings->weights[blow], weight);
      add_blow_span(arena, reading, scan, match, blow, weight);
    }
  }
}

// The angriest sentence, 0 … 1: its strongest angry feeling, and a part of the others, for they tell of the same thing.
static double anger_of(const Study *study) {
  double most = 0;
  for (size_t i = 0; i < study->scan->sentences.count; i++) {
    double strongest = 0, sum = 0;
    for (size_t j = 0; j < G_N_ELEMENTS(angry_emotions); j++) {
      double score = study->sentence_emotions[i][angry_emotions[j]];
      strongest = MAX(strongest, score), sum += score;
    }
    most = MAX(most, strongest + 0.3 * (sum - strongest));
  }
  return MIN(most, 1);
}

// Hostility is a sign of anger, and swearing of annoyance, even where no word of feeling stands.
static void hear(Reading *reading, Emotion emotion, double probability) {
  if (reading->emotions[emotion] >= probability) return;
  reading->emotions[emotion] = round(probability * 10000) / 10000;
  reading->felt[emotion] = true;
  reading->emotions[EMOTION_NEUTRAL] = MIN(reading->emotions[EMOTION_NEUTRAL], 0.3);
  reading->felt[EMOTION_NEUTRAL] = false;
}

static double abuse_of(const Findings *findings, double anger) {
  static const Blow counted[] = {BLOW_THREAT, BLOW_SEXUAL, BLOW_ABUSE, BLOW_SLUR,
                                 BLOW_INSULT, BLOW_MENACE, BLOW_RUDE,  BLOW_PROFANE};
  double silence = 1 - 0.12 * anger;
  for (size_t i = 0; i < G_N_ELEMENTS(counted); i++) silence *= 1 - findings->weights[counted[i]];
  return round((1 - silence) * 10000) / 10000;
}

static bool is_frustrated(const Scan *scan, const Reading *reading, const Findings *findings, double anger) {
  int exclamations = 0;
  list_each(Sentence, sentence, &scan->sentences) exclamations = MAX(exclamations, sentence->exclamations);
  bool is_loud = (scan->caps_words >= 4 && scan->capitals > 2 * scan->lower) || exclamations >= 3;
  if (reading->valence > 0.25 && anger < 0.75) return false;
  return anger >= FRUSTRATED_SCORE || (is_loud && reading->valence <= 0) || findings->weights[BLOW_PROFANE] > 0 ||
         findings->weights[BLOW_RUDE] > 0 || (findings->weights[BLOW_INSIST] > 0 && (reading->valence < 0 || anger > 0.1));
}

void read_behaviour(Arena *arena, const Study *study, Reading *reading) {
  Findings findings = {0};
  read_blows(arena, study, reading, &findings);
  double anger = anger_of(study);
  const double *found = findings.weights;
  reading->abuse = abuse_of(&findings, anger);
  reading->flags[FLAG_THREAT] = found[BLOW_THREAT] > 0;
  reading->flags[FLAG_LEGAL] = found[BLOW_LEGAL] > 0;
  reading->flags[FLAG_SELF_HARM] = found[BLOW_SELF_HARM] > 0;
  if (found[BLOW_THREAT] > 0 || found[BLOW_SEXUAL] > 0 || found[BLOW_ABUSE] > 0)
    reading->behaviour = BEHAVIOUR_ABUSIVE;
  else if (found[BLOW_SLUR] > 0 || found[BLOW_INSULT] > 0 || found[BLOW_MENACE] > 0)
    reading->behaviour = BEHAVIOUR_HOSTILE;
  else if (is_frustrated(study->scan, reading, &findings, anger))
    reading->behaviour = BEHAVIOUR_FRUSTRATED;
  else
    reading->behaviour = BEHAVIOUR_CALM;
  bool is_lewd = found[BLOW_SEXUAL] > 0 && !(found[BLOW_THREAT] > 0 || found[BLOW_ABUSE] > 0 || found[BLOW_INSULT] > 0);
  if (reading->behaviour >= BEHAVIOUR_HOSTILE && !is_lewd) hear(reading, EMOTION_ANGER, 0.25 + 0.35 * reading->abuse);
  bool is_any_felt = false;
  for (size_t i = 0; i < G_N_ELEMENTS(angry_emotions); i++) is_any_felt = is_any_felt || reading->felt[angry_emotions[i]];
  if (reading->behaviour == BEHAVIOUR_FRUSTRATED && !is_any_felt) hear(reading, EMOTION_ANNOYANCE, 0.3);
}
