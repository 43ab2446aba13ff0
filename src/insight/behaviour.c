// Behaviour in four levels, stacked: calm; frustrated (strong displeasure, shouting, profanity about
// the thing, repeated contact); hostile (insults at the reader or the reader's people, slurs, menace); abusive (threats of
// violence, sexual harassment, vulgar abuse or slurs at the reader). Threats are looked for with high recall: a person
// decides. Legal steps and self-harm are flags of their own and never raise the level.
#include "insight/behaviour.h"
#include "insight/engine.h"

#include <math.h>

#define LIKELY 0.7       // of the model: with a harsh word to bear it out the message is hostile
#define SURE 0.8         // and with a foul one at the reader abusive
#define BARE_WORDS 4     // a message of so few words is taken to be at the reader
#define HEATED 0.56      // heat from which on a message is frustrated
#define ANGER_SHARE 0.85 // of anger in heat
#define EMPHASIS 0.2     // a word in capitals
#define EXCLAMATION 0.12 // each mark
#define SHORT_STORY 6.0  // sentences
#define THREAT_BY_PARTS 0.8
#define IDIOMS_AHEAD 32 // matches looked through for one
#define LOOK_AFTER 5    // words after a threat that may show it harmless ("in court")
#define LOOK_BEFORE 4   // words before an insult that may show it reported ("called me an …")

static const Emotion angry_emotions[] = {EMOTION_ANGER, EMOTION_ANNOYANCE, EMOTION_DISAPPOINTMENT, EMOTION_DISAPPROVAL,
                                         EMOTION_DISGUST};

typedef struct Findings {
  double weights[BLOW_COUNT]; // the heaviest of each
  double coolness;            // Π(1 - w) of the reproaches
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
// So does one that lies within it and takes its deed or weapon ("I have a glue gun, and you …").
static bool is_hollowed(const Scan *scan, const MatchList *matches, const Match *match) {
  const uint32_t core = CLASS_BIT(CLASS_HURT) | CLASS_BIT(CLASS_STRIKE) | CLASS_BIT(CLASS_DEADLY) | CLASS_BIT(CLASS_WEAPON);
  const Match *end = matches->items + matches->count;
  for (const Match *next = match + 1; next < end && next < match + IDIOMS_AHEAD && next->first <= match->last; next++) {
    if (next->kind != MATCH_BEHAVIOUR || next->row->says[0].percent || next->last > match->last) continue;
    for (size_t i = next->first; i <= next->last; i++) {
      if (scan->tokens.items[i].classes & core) return true;
    }
  }
  return false;
}

static bool runs_into_idiom(const MatchList *matches, const Match *match) {
  const Match *end = matches->items + matches->count;
  for (const Match *next = match + 1; next < end && next < match + IDIOMS_AHEAD && next->first <= match->last; next++) {
    if (next->kind == MATCH_BEHAVIOUR && !next->row->says[0].percent && next->first > match->first && next->last >= match->last)
      return true;
  }
  return false;
}

static bool holds_class(const Scan *scan, const Sentence *sentence, WordClass word_class) {
  for (size_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    if (scan->tokens.items[i].classes & CLASS_BIT(word_class)) return true;
  }
  return false;
}

// Whether the writer or the reader stands in the match or before it: "I will …", "you are …".
static bool names_me(const Scan *scan, const Sentence *sentence, const Match *match) {
  for (size_t i = sentence->first; i < match->last; i++) {
    if (scan->tokens.items[i].classes & (CLASS_BIT(CLASS_FIRST) | CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_YOUR))) return true;
  }
  return false;
}

// "I would never hurt you"; but "you will not walk away" denies no blow.
static bool is_blow_denied(const Scan *scan, const Match *match) {
  for (size_t i = match->first; i < match->last; i++) {
    if ((scan->tokens.items[i].classes & CLASS_BIT(CLASS_NEGATION)) &&
        (scan->tokens.items[i + 1].classes & (CLASS_BIT(CLASS_HURT) | CLASS_BIT(CLASS_STRIKE))))
      return true;
  }
  return false;
}

// Another's threat, told to us: "he said he would smash my face in", "a man claims he will find you". Who is struck is the
// writer, or who strikes is a third person. What "I" told somebody stays the writer's own.
static bool is_of_others(const Scan *scan, const Sentence *sentence, const Match *match) {
  const Token *tokens = scan->tokens.items;
  const uint32_t you = CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_YOUR), me = CLASS_BIT(CLASS_FIRST);
  if (!(tokens[match->first].classes & me)) {
    for (size_t back = 1; back <= 3 && match->first >= sentence->first + back && !(tokens[match->first - back].classes & me);
         back++) {
      if (tokens[match->first - back].classes & CLASS_BIT(CLASS_THIRD)) return true;
    }
    bool is_at_me = any_between(scan, match, me) || (tokens[match->last].classes & me);
    bool is_at_you = any_between(scan, match, you) || ((tokens[match->first].classes | tokens[match->last].classes) & you);
    if (is_at_me && !is_at_you) return true;
  }
  if (!tokens[match->first].in_quotes) return false;
  for (size_t at = match->first; at-- > sentence->first && match->first - at <= 24;) {
    if (!(tokens[at].classes & CLASS_BIT(CLASS_TELLING))) continue;
    return at == sentence->first || !(tokens[at - 1].classes & me);
  }
  return false;
}

static Blow threat_meant(const Scan *scan, const Sentence *sentence, const Match *match) {
  bool is_foretold = match->row->says[0].label == BLOW_DANGER || !names_me(scan, sentence, match);
  if (is_foretold && holds_class(scan, sentence, CLASS_HAZARD)) return BLOW_NONE;
  if (is_blow_denied(scan, match) || is_of_others(scan, sentence, match)) return BLOW_NONE;
  return is_harmless(scan, sentence, match) ? BLOW_MENACE : BLOW_THREAT;
}

static Blow meant(const Scan *scan, const Sentence *sentence, const Match *match) {
  Blow blow = (Blow)match->row->says[0].label;
  uint32_t first = scan->tokens.items[match->first].classes;
  bool is_at_you = first & (CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_YOUR));
  if (blow == BLOW_THREAT || blow == BLOW_DANGER) return threat_meant(scan, sentence, match);
  if (blow == BLOW_ABUSE || blow == BLOW_INSULT || blow == BLOW_SLUR || blow == BLOW_RUDE) {
    if (is_at_you && any_between(scan, match, CLASS_BIT(CLASS_FIRST) | CLASS_BIT(CLASS_NEGATION))) return BLOW_NONE;
    if (is_reported(scan, sentence, match)) return BLOW_NONE;
  }
  return blow;
}

Blow match_blow(const Scan *scan, const Sentence *sentence, const MatchList *matches, const Match *match) {
  bool is_silent = match->kind != MATCH_BEHAVIOUR || !match->row->says[0].percent;
  if (is_silent || runs_into_idiom(matches, match) || is_hollowed(scan, matches, match)) return BLOW_NONE;
  return meant(scan, sentence, match);
}

Behaviour blow_level(Blow blow) {
  switch (blow) {
  case BLOW_THREAT:
  case BLOW_SEXUAL:
  case BLOW_ABUSE: return BEHAVIOUR_ABUSIVE;
  case BLOW_SLUR:
  case BLOW_INSULT:
  case BLOW_MENACE: return BEHAVIOUR_HOSTILE;
  case BLOW_RUDE:
  case BLOW_PROFANE:
  case BLOW_REPROACH:
  case BLOW_INSIST: return BEHAVIOUR_FRUSTRATED;
  case BLOW_NONE:
  case BLOW_DANGER:
  case BLOW_LEGAL:
  case BLOW_SELF_HARM:
  case BLOW_COUNT: break;
  }
  return BEHAVIOUR_CALM;
}

static const char *label_of(Blow blow) {
  if (blow == BLOW_DANGER || blow == BLOW_THREAT) return flag_word(FLAG_THREAT);
  if (blow == BLOW_LEGAL) return flag_word(FLAG_LEGAL);
  if (blow == BLOW_SELF_HARM) return flag_word(FLAG_SELF_HARM);
  Behaviour level = blow_level(blow);
  return level == BEHAVIOUR_CALM ? NULL : behaviour_word(level);
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
  size_t said_until = 0;
  for (size_t i = 0; i < scan->sentences.count; i++) {
    list_each(Match, match, &study->matches[i]) {
      Blow blow = match_blow(scan, &scan->sentences.items[i], &study->matches[i], match);
      if (blow == BLOW_NONE) continue;
      double weight = match->row->says[0].percent / 100.0;
      findings->weights[blow] = MAX(findings->weights[blow], weight);
      if (blow == BLOW_REPROACH && match->first >= said_until) findings->coolness *= 1 - weight;
      if (blow == BLOW_REPROACH) said_until = match->last + 1; // "refused" within "refused to" is one reproach
      add_blow_span(arena, reading, scan, match, blow, weight);
    }
    Match parts = {.kind = MATCH_BEHAVIOUR};
    if (sentence_threatens(scan, &scan->sentences.items[i], &study->matches[i], &parts.first, &parts.last)) {
      findings->weights[BLOW_THREAT] = MAX(findings->weights[BLOW_THREAT], THREAT_BY_PARTS);
      add_blow_span(arena, reading, scan, &parts, BLOW_THREAT, THREAT_BY_PARTS);
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
static void hear(const Study *study, Emotion emotion, double probability) {
  study->heard[emotion] = MAX(study->heard[emotion], probability);
}

static double abuse_by_words(const Findings *findings, double anger) {
  static const Blow counted[] = {BLOW_THREAT, BLOW_SEXUAL, BLOW_ABUSE, BLOW_SLUR,
                                 BLOW_INSULT, BLOW_MENACE, BLOW_RUDE,  BLOW_PROFANE};
  double silence = 1 - 0.12 * anger;
  for (size_t i = 0; i < G_N_ELEMENTS(counted); i++) silence *= 1 - findings->weights[counted[i]];
  return 1 - silence;
}

// Words that everybody knows, in capitals among small letters: "I have NEVER been late". Names and short forms are not known.
static double emphasis_of(const Scan *scan) {
  if (scan->lower < scan->capitals) return 0; // all in capitals is a habit
  double calm = 1;
  list_each(Token, token, &scan->tokens) {
    if (token->is_caps && token->word && token->end - token->start >= 3) calm *= 1 - EMPHASIS;
  }
  list_each(Sentence, sentence, &scan->sentences) calm *= pow(1 - EXCLAMATION, MIN(sentence->exclamations, 4));
  return 1 - calm;
}

// How heated the writer is, 0 … 1: reproaches, emphasis and anger together. In a long story some reproach is always to be
// found, so there more of them are asked for.
static double heat_of(const Scan *scan, const Findings *findings, double anger) {
  double length = 1 + MAX(0, (double)scan->sentences.count - SHORT_STORY) / SHORT_STORY / 2;
  double calm = findings->coolness * (1 - emphasis_of(scan));
  return 1 - pow(calm, 1 / length) * (1 - ANGER_SHARE * anger);
}

static bool is_frustrated(const Scan *scan, const Reading *reading, const Findings *findings, double anger) {
  int exclamations = 0;
  list_each(Sentence, sentence, &scan->sentences) exclamations = MAX(exclamations, sentence->exclamations);
  bool is_loud = (scan->caps_words >= 4 && scan->capitals > 2 * scan->lower) || exclamations >= 3;
  double heat = heat_of(scan, findings, anger);
  if (reading->valence > 0.25 && anger < 0.75 && heat < 0.75) return false;
  if (heat >= HEATED || (is_loud && reading->valence <= 0)) return true;
  return findings->weights[BLOW_PROFANE] > 0 || findings->weights[BLOW_RUDE] > 0 ||
         (findings->weights[BLOW_INSIST] > 0 && scan->sentences.count <= SHORT_STORY && (reading->valence < 0 || anger > 0.1));
}

Behaviour sentence_level(const Scan *scan, const Sentence *sentence, double probability) {
  const uint32_t harsh = CLASS_BIT(CLASS_INSULT) | CLASS_BIT(CLASS_SLIGHT) | CLASS_BIT(CLASS_PROFANITY);
  const uint32_t foul = CLASS_BIT(CLASS_VULGAR) | CLASS_BIT(CLASS_SLUR);
  uint32_t all = 0;
  for (size_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    if (scan->tokens.items[i].in_quotes) return BEHAVIOUR_CALM;
    all |= scan->tokens.items[i].classes;
  }
  bool is_to_you = all & (CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_YOUR)), is_bare = scan->tokens.count <= BARE_WORDS;
  bool is_told = all & (CLASS_BIT(CLASS_FIRST) | CLASS_BIT(CLASS_TELLING));
  if (is_told && !is_to_you) return BEHAVIOUR_CALM;
  if (probability >= SURE && is_to_you && (all & foul)) return BEHAVIOUR_ABUSIVE;
  bool is_borne_out = (all & (harsh | foul)) && (is_to_you || is_bare) && !is_told;
  return is_borne_out && probability >= LIKELY ? BEHAVIOUR_HOSTILE : BEHAVIOUR_CALM;
}

static Behaviour supported_level(Arena *arena, const Study *study, const Suspicion *suspicions, Reading *reading) {
  Behaviour most = BEHAVIOUR_CALM;
  for (size_t i = 0; i < study->scan->sentences.count; i++) {
    const Suspicion *suspicion = &suspicions[i];
    Behaviour level = sentence_level(study->scan, &study->scan->sentences.items[i], suspicion->probability);
    most = MAX(most, level);
    if (level == BEHAVIOUR_CALM || suspicion->end <= suspicion->start || reading->spans.count >= SPANS_MOST) continue;
    *list_add(arena, &reading->spans) = (Span){(int64_t)suspicion->start, (int64_t)suspicion->end, behaviour_word(level),
                                               clamp(suspicion->probability, 0, 1)};
  }
  return most;
}

void read_behaviour(Arena *arena, const Study *study, Reading *reading) {
  Findings findings = {.coolness = 1};
  read_blows(arena, study, reading, &findings);
  double anger = anger_of(study);
  const double *found = findings.weights;
  Suspicion *suspicions = arena_make_array(study->scratch, Suspicion, study->scan->sentences.count + 1);
  double by_model = suspect_abuse(study, suspicions);
  reading->abuse = round((1 - (1 - by_model) * (1 - abuse_by_words(&findings, anger))) * 10000) / 10000;
  Behaviour supported = supported_level(arena, study, suspicions, reading);
  reading->flags[FLAG_THREAT] = found[BLOW_THREAT] > 0;
  reading->flags[FLAG_LEGAL] = found[BLOW_LEGAL] > 0;
  reading->flags[FLAG_SELF_HARM] = found[BLOW_SELF_HARM] > 0;
  if (found[BLOW_THREAT] > 0 || found[BLOW_SEXUAL] > 0 || found[BLOW_ABUSE] > 0 || supported == BEHAVIOUR_ABUSIVE)
    reading->behaviour = BEHAVIOUR_ABUSIVE;
  else if (found[BLOW_SLUR] > 0 || found[BLOW_INSULT] > 0 || found[BLOW_MENACE] > 0 || supported == BEHAVIOUR_HOSTILE)
    reading->behaviour = BEHAVIOUR_HOSTILE;
  else if (is_frustrated(study->scan, reading, &findings, anger))
    reading->behaviour = BEHAVIOUR_FRUSTRATED;
  else
    reading->behaviour = BEHAVIOUR_CALM;
  bool is_lewd = found[BLOW_SEXUAL] > 0 && !(found[BLOW_THREAT] > 0 || found[BLOW_ABUSE] > 0 || found[BLOW_INSULT] > 0);
  if (reading->behaviour >= BEHAVIOUR_HOSTILE && !is_lewd) hear(study, EMOTION_ANGER, 0.3 + 0.3 * reading->abuse);
  bool is_any_felt = false;
  for (size_t i = 0; i < G_N_ELEMENTS(angry_emotions); i++) is_any_felt = is_any_felt || reading->felt[angry_emotions[i]];
  if (reading->behaviour == BEHAVIOUR_FRUSTRATED && !is_any_felt) hear(study, EMOTION_ANNOYANCE, 0.3);
}
