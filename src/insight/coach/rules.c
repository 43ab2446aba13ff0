// The rules with what they rest on, and the names of rules and steps. doc/coach.md is printed from this table, so that a rule, its
// evidence and its source never part.
#include "base/words.h"
#include "insight/coach.h"

#include <string.h>

#define CONCRETE_SOURCE "Packard & Berger 2021, doi:10.1093/jcr/ucaa038"
#define PEERJ "Rogers, Howieson & Neame 2018, PeerJ 6:e4831"

const CoachRuleFacts coach_rules[COACH_RULE_COUNT] = {
  [COACH_I_NOT_WE] =
    {"i_not_we", N_("\xE2\x80\x9CI\xE2\x80\x9D, not \xE2\x80\x9Cwe\xE2\x80\x9D"),
     "The one who acts is I, and not we, our team or the company.",
     "Strong: five studies, purchases in the field among them; \xE2\x80\x9CI\xE2\x80\x9D shows empathy and agency, and raised "
     "satisfaction and purchases.",
     "Packard, Moore & McFerran 2018, doi:10.1509/jmr.16.0118", 1.0},
  [COACH_ACCUSING_YOU] =
    {"accusing_you", N_("No accusing \xE2\x80\x9Cyou\xE2\x80\x9D"),
     "\xE2\x80\x9CYou should have\xE2\x80\x9D, \xE2\x80\x9Cyou failed to\xE2\x80\x9D, \xE2\x80\x9Cyour mistake\xE2\x80\x9D.",
     "Fairly strong: \xE2\x80\x9Cyou\xE2\x80\x9D brings no gain and sometimes harm; I-language with their perspective lowers "
     "perceived hostility (scenario ratings).",
     PEERJ "; Packard, Moore & McFerran 2018", 0.9},
  [COACH_PERSPECTIVE_FIRST] = {"perspective_first", N_("Their side first, then what I do"),
                               "Their point of view is said, my own action too, and in this order.",
                               "Fairly strong: the two together were rated best.", PEERJ, 0.8},
  [COACH_CONCRETE] =
    {"concrete", N_("Name the thing"),
     "The customer's own noun instead of \xE2\x80\x9Cthe issue\xE2\x80\x9D; a time instead of \xE2\x80\x9Csoon\xE2\x80\x9D.",
     "Strong: five studies with more than 1,000 real conversations in two field settings; it works through the feeling "
     "of being listened to.",
     CONCRETE_SOURCE, 1.0},
  [COACH_RESTATE] = {"restate", N_("Say what I understood"),
                     "The problem in the customer's words, checked against the message when it is known.",
                     "Moderate: in 289 stressful calls attentive and cognitive empathy drew a very positive response, a plain "
                     "\xE2\x80\x9CI'm sorry\xE2\x80\x9D the least.",
                     "Clark, Murfett, Rogers & Ang 2013, doi:10.1177/1050651912468887", 0.75},
  [COACH_WARM_ENDS] = {"warm_ends", N_("Warm at both ends, exact between"),
                       "Warmth in the opening and in the close; a middle that says what is done.",
                       "Strong: 23,958 moments of real conversations and four experiments (1,589 people).",
                       "Packard, Li & Berger 2024, doi:10.1093/jcr/ucad080", 0.9},
  [COACH_ONE_APOLOGY] =
    {"one_apology", N_("One apology, and a real one"),
     "Sorry said once, for what happened; not twice, and not for how they feel.",
     "Moderate: responsibility weighs most in an apology, repair next, a plea for forgiveness least (755 people); in "
     "service calls options helped more than apologies.",
     "Lewicki, Polin & Lount 2016, doi:10.1111/ncmr.12073; Singh 2018, Harvard Business Review", 0.7},
  [COACH_OPTIONS] = {"options", N_("Two ways to choose from"), "At least two ways, or a choice between them.",
                     "Moderate: offering options beat apologising in service calls; choice gives back control.",
                     "Singh 2018, Harvard Business Review", 0.65},
  [COACH_NO_POLICY_TALK] =
    {"no_policy_talk", N_("No hiding behind policy"), "No policy, terms, system or other department as the reason.",
     "Weak to moderate, by way of interactional justice: being treated with respect and reasons counts much in "
     "satisfaction with how a complaint was handled (60 studies).",
     "Orsingher, Valentini & De Angelis 2010, doi:10.1007/s11747-009-0155-z", 0.6},
  [COACH_ON_YOUR_TEAM] = {"on_your_team", N_("On their side, with a step"),
                          "Words that stand beside the customer, and something I will do.",
                          "Weak: practice. \xE2\x80\x9CWe\xE2\x80\x9D is meant as you and me, never as the house.", "Practice",
                          0.4},
  [COACH_PROBLEM_NOT_PERSON] = {"problem_not_person", N_("The problem, not the person"), "No labels, blame or diagnoses.",
                                "Moderate: practice, and lower perceived hostility with language that does not label.", PEERJ,
                                0.85},
  [COACH_AGREE_NEXT_STEP] =
    {"agree_next_step", N_("Agree on what happens next"), "A step, who takes it, by when, and whether that is all right.",
     "Moderate, by way of procedural justice: a known and agreed course counts in satisfaction with handling.",
     "Orsingher, Valentini & De Angelis 2010, doi:10.1007/s11747-009-0155-z", 0.7},
  [COACH_POLITE_REQUEST] =
    {"polite_request", N_("Ask so that they may say no"),
     "Requests as questions; not \xE2\x80\x9CPlease send\xE2\x80\x9D or a bare question at the beginning.",
     "Moderate: among annotated requests thanks (+0.87), deference (+0.78) and an indirect form (+0.63) read as "
     "polite; \xE2\x80\x9CPlease\xE2\x80\x9D first (-0.30) and a direct beginning (-0.43) as impolite.",
     "Danescu-Niculescu-Mizil et al. 2013, aclanthology.org/P13-1025", 0.6},
  [COACH_EMPATHY] = {"empathy", N_("A feeling, its meaning, or a question"),
                     "One of three: a feeling named, what it means to them, a question about their situation.",
                     "Framework with 10,000 annotated pairs; people do not teach it to themselves, so feedback helps.",
                     "Sharma et al. 2020 (EPITOME), arXiv:2009.08441", 0.7},
  [COACH_TONE_GUARD] = {"tone_guard", N_("Tones that jar"),
                        "No emoji or \xE2\x80\x9C!\xE2\x80\x9D to somebody angry, no \xE2\x80\x9C"
                        "but\xE2\x80\x9D behind a kindness, no \xE2\x80\x9Cno problem\xE2\x80\x9D.",
                        "Weak: practice.", "Practice", 0.35},
};

static const struct {
  const char *word, *title;
} steps[STEP_COUNT] = {
  [STEP_RESTATE] = {"restate", "Says the problem in their words"},
  [STEP_EMPATHY] = {"empathy", "Shows that it is understood what this is like"},
  [STEP_APOLOGY] = {"apology", "Says sorry"},
  [STEP_THANKS] = {"thanks", "Says thank you"},
  [STEP_OPTIONS] = {"options", "Offers two ways or more"},
  [STEP_NEXT_STEP] = {"next_step", "Says what happens next, and when"},
  [STEP_AGREEMENT] = {"agreement", "Asks whether that is all right"},
  [STEP_ACKNOWLEDGE_HOSTILITY] = {"acknowledge_hostility", "Says that the anger was heard"},
  [STEP_WANT_TO_SOLVE] = {"want_to_solve", "Says that I want to solve it"},
  [STEP_HARD_TO_FOCUS] = {"hard_to_focus", "Says how hard it is to focus when intimidated"},
  [STEP_RETURN_TO_PROBLEM] = {"return_to_problem", "Comes back to the problem"},
  [STEP_ON_YOUR_TEAM] = {"on_your_team", "Stands beside them"},
  [STEP_INSTEAD] = {"instead", "Says what can be done instead"},
  [STEP_WHO_DECIDES] = {"who_decides", "Says who can decide more"},
};

const char *coach_rule_word(CoachRule rule) { return coach_rules[rule].word; }
const char *coach_step_word(CoachStep step) { return steps[step].word; }
const char *coach_step_title(CoachStep step) { return steps[step].title; }

bool coach_rule_from_word(const char *word, CoachRule *out) {
  for (CoachRule rule = 0; word && rule < COACH_RULE_COUNT; rule++) {
    if (strcmp(coach_rules[rule].word, word) != 0) continue;
    *out = rule;
    return true;
  }
  return false;
}

bool coach_step_from_word(const char *word, CoachStep *out) {
  for (CoachStep step = 0; word && step < STEP_COUNT; step++) {
    if (strcmp(steps[step].word, word) != 0) continue;
    *out = step;
    return true;
  }
  return false;
}
