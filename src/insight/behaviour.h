// What the rows of behaviour_words.c speak for.
#pragma once

typedef enum Blow {
  BLOW_NONE,
  BLOW_THREAT, // of violence to people or places
  BLOW_DANGER, // "someone will get hurt": a threat, unless it is about goods or places
  BLOW_SEXUAL,
  BLOW_ABUSE, // vulgar and at the reader
  BLOW_SLUR,
  BLOW_INSULT,  // at the reader or the reader's people
  BLOW_MENACE,  // "you will regret this"
  BLOW_RUDE,    // harsh words about the firm, or at nobody in particular
  BLOW_PROFANE, // about the thing
  BLOW_INSIST,  // repeated contact, last warnings
  BLOW_REPROACH, // judgement and distress: of these several make a message frustrated, one strong one does
  BLOW_LEGAL,
  BLOW_SELF_HARM,
  BLOW_COUNT
} Blow;
