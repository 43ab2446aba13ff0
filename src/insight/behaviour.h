// What the rows of behaviour_words.c speak for.
#pragma once

#include "insight/engine.h"

typedef enum Blow {
  BLOW_NONE,
  BLOW_THREAT, // of violence to people or places
  BLOW_DANGER, // "someone will get hurt": a threat, unless it is about goods or places
  BLOW_SEXUAL,
  BLOW_ABUSE, // vulgar and at the reader
  BLOW_SLUR,
  BLOW_INSULT,   // at the reader or the reader's people
  BLOW_MENACE,   // "you will regret this"
  BLOW_RUDE,     // harsh words about the firm, or at nobody in particular
  BLOW_PROFANE,  // about the thing
  BLOW_INSIST,   // repeated contact, last warnings
  BLOW_REPROACH, // judgement and distress: of these several make a message frustrated, one strong one does
  BLOW_LEGAL,
  BLOW_SELF_HARM,
  BLOW_COUNT
} Blow;

// What a match comes to in its place; BLOW_NONE when it means nothing there: an idiom, denied, reported, told of others.
Blow match_blow(const Scan *scan, const Sentence *sentence, const MatchList *matches, const Match *match);
Behaviour blow_level(Blow blow); // the level that it alone makes a message
// What the model says counts only with a word that bears it out: a harsh word in a sentence that speaks to the reader or the
// reader's people and not of the writer, or alone in a very short message. A vulgar word or slur at the reader is abuse.
Behaviour sentence_level(const Scan *scan, const Sentence *sentence, double probability);
