// Phrases: what they are made of, and what each says. Every rule brings a table of its own; phrase.c matches them all in one walk.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// What a phrase says. A mark belongs to one file, but rules read each other's.
typedef enum Mark {
  MARK_WE_ACTOR,      // "we", "our team" as the one who acts
  MARK_ACCUSE,        // "you should have"
  MARK_PERSPECTIVE,   // "I can see that you"
  MARK_YOUR_STORY,    // "you waited", "you ordered": what they lived through
  MARK_VAGUE_THING,   // "the issue"
  MARK_VAGUE_TIME,    // "soon"
  MARK_RESTATE,       // "so you", "if I understand you correctly"
  MARK_WARM,          // "thank you for", "I'm glad"
  MARK_FEELING_WORD,  // a feeling, for drafts that are all feeling
  MARK_APOLOGY,       // "sorry", "apologise"
  MARK_NO_APOLOGY,    // "sorry you feel that way"
  MARK_CHOICE,        // "would you prefer"
  MARK_OFFER,         // "I can", "you could": an "or" after it is a choice
  MARK_OR,            // "or" between two things
  MARK_POLICY,        // "our policy"
  MARK_TEAM,          // "with you on this"
  MARK_PERSON,        // "you are irrational"
  MARK_TIME,          // "by Friday"
  MARK_COMING,        // "will", "arrives": something that happens from now on
  MARK_AGREEMENT,     // "does that work for you"
  MARK_COMMAND,       // "please send"
  MARK_COURTEOUS,     // "could you"
  MARK_REACTION,      // "I'd be annoyed too"
  MARK_MEANING,       // "two weeks without an answer would make anyone feel ignored"
  MARK_EXPLORATION,   // "how has this affected you"
  MARK_BUT,           // "but", "however"
  MARK_TONE,          // "no problem", "to be honest"
  MARK_TONE_ANGRY,    // the same, to an angry customer only
  MARK_HOSTILITY,     // "I can hear that you are angry"
  MARK_WANT_TO_SOLVE, // "I want to put this right"
  MARK_HARD_TO_FOCUS, // "I find it hard to think when I am shouted at"
  MARK_RETURN,        // "coming back to your refund"
  MARK_INSTEAD,       // "what I can do is"
  MARK_WHO_DECIDES,   // "who can decide more"
  MARK_THANKS,        // "thank you"
  MARK_TROUBLE,       // words of a message that is about trouble
  MARK_COUNT
} Mark;

// One row of a table: phrases with commas between them. Elements of a phrase: a word, `a|b|c`, `[optional]`, `~N` (up to N words
// of any kind), `word*` (any word that begins so), `^` first (at the beginning of a sentence) and `$` last (at its end). Words are
// as they are after folding: contractions opened ("we'll": we will), small letters, British and American spelling as written.
typedef struct PhraseRow {
  Mark mark;
  const char *phrases;
  bool is_shield; // keeps what lies within it from being found as `mark`
  const char
    *instead; // better words, for rules that offer them by phrase; `%s`: what follows it in its clause; "….": for all of that
} PhraseRow;

typedef struct PhraseTable {
  const PhraseRow *rows;
  size_t count;
} PhraseTable;

extern const PhraseTable i_not_we_phrases, accusing_you_phrases, perspective_first_phrases, concrete_phrases, restate_phrases,
  warm_ends_phrases, one_apology_phrases, options_phrases, no_policy_talk_phrases, on_your_team_phrases,
  problem_not_person_phrases, agree_next_step_phrases, polite_request_phrases, empathy_phrases, tone_guard_phrases, steps_phrases,
  german_phrases;
