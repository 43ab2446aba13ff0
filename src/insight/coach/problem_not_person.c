// The problem, not the person: no labels, blame or diagnoses. A person who is called difficult becomes so.
#include "insight/coach/study.h"

#define LABELS                                                                                                                      \
  "confused|irrational|wrong|mistaken|difficult|unreasonable|hysterical|emotional|aggressive|rude|impatient|silly|stupid|childish|" \
  "paranoid|ridiculous|absurd|oversensitive|sensitive|demanding|dramatic|hostile|uncooperative|unhelpful|negative|naive|ignorant|"  \
  "incompetent|dishonest|lying|exaggerating|overreacting|nasty|unfair|stubborn|picky|fussy|careless|lazy|arrogant|insulting|"       \
  "offensive|abusive|crazy|mad|insane|foolish|immature|ungrateful|pushy|petty|disrespectful|deluded|delusional|clueless|"           \
  "incapable|obsessed|annoying|argumentative|illogical|entitled|hopeless|old|liar|troublemaker|complainer"

static const PhraseRow rows[] = {
  {MARK_PERSON,
   "you are not [being] [at|a|all|in] " LABELS ", you are [absolutely|quite|not|completely] right, you have been very patient, "
   "you are [very|quite|so] patient, if you are confused, when you are ~2 upset, you are not wrong|alone, not|isnt ~1 silly|stupid "
   "question",
   .is_shield = true},
  {MARK_PERSON,
   "you are|were|seem|sound|appear|have|get|look [are|been|being|be|to] [just|simply|clearly|obviously|very|quite|so|too|a|an|being|"
   "rather|really|getting|still|totally|completely|somewhat|bit|little|be|always|throughout|the] [just|being|very|quite|so|too|a|an|"
   "rather|bit|little|such|one|most|more|simply] " LABELS ", find you [very|quite|rather|so|to] [difficult|be|hard|" LABELS
   "], you [clearly|obviously|simply|just|really|evidently] "
   "[do|can|did] not [even] understand|listen|read|grasp|get|comprehend|appreciate|care, you misunderstand, you must be mistaken|confused|joking|kidding|thinking, you [clearly|obviously|simply|just|really] do not know [how|what|much], you do|are not make|making [any|much] sense, impossible to please|help|deal|satisfy|work|talk, you are|were acting|behaving ~2 irrational*|unreasonabl*|childish*|aggressive*|rude*|like|ridiculous*, people|customers|someone|anyone who is|are|keep|keeps [so|being|always|this] " LABELS
   ",  not understand how "
   "~4 works"},
  {MARK_PERSON,
   "if you were not so|always ~1, your behaviour|behavior|conduct|manner|tone|language on|in|during|towards|with ~3 was|is|were, calm [yourself] down, relax $, ^ relax, settle down, [so] get|getting|got [so|all] worked up, overreact*, over reacting, [stop] being "
   "so " LABELS ", do not be [so] [so] " LABELS
   "|like, stop being, stop shouting|complaining|insulting|yelling|whining|exaggerating, "
   "not [get|be|become] hysterical|emotional|dramatic|silly, "
   "your attitude|behaviour|behavior|conduct|manners|temper|tone|rudeness|aggression|impatience|anger|ignorance|confusion|"
   "carelessness|stupidity|paranoia|hysteria|stubbornness|accusations is|was|are|were|does|will|has|makes|needs|leaves|about, that|this|such "
   "[an|kind] [of] attitude|tantrum|outburst, with|such [that|an|your] attitude, customers|people|someone|clients|somebody|"
   "person|persons like|as [rude|difficult|aggressive|emotional] [as] you, you people, your kind, you lot, people who complain"},
  {MARK_PERSON,
   "that|it|this|your|what [is|are|you|demand|request|claim] [is|are|a|an|ask|say|said|demand|complaint] [a|an|is|quite|simply|so|just|"
   "pure|totally|completely|very|are] ridiculous|absurd|nonsense|silly|paranoid|childish|rubbish|laughable|stupid|pathetic, your "
   "[demand|accusation|accusations|expectation|expectations|request|claim|complaint] "
   "demand|accusation|accusations|expectation|expectations|request|claim|complaint is|are [simply|just|quite|frankly|totally|a] "
   "unreasonable|absurd|ridiculous|silly|unrealistic|baseless|nonsense|excessive|exaggerated, lack of "
   "manners|respect|patience|understanding|intelligence, insulting people, no need to be " LABELS
   ", no reason|need to [get|be|become] [so|all|that] [upset|angry|worked|agitated|emotional|rude|shout|hysterical|dramatic|excited], trouble "
   "reading|understanding|listening|following, too old|slow|young|stupid [for|to], an|a|such [an] [a] "
   "impatient|difficult|rude|emotional|aggressive|unreasonable|angry|problem|troublesome|nightmare person|customer|man|woman|individual|client, "
   "as rude|difficult|aggressive|stubborn as|a, anger management, you have [a|an|some] [anger] problem|issues|attitude, learn to|some "
   "read|manners|listen|behave, grow up, what is wrong with you, making a fuss|scene, make a mountain|fuss, drama"},
  {MARK_PERSON,
   "the|your|a ~2 confusing, difficult situation, your anger is [completely|fully|quite|more|entirely] "
   "understandable|justified|than|right, find it difficult|hard, your behaviour|behavior on the site",
   .is_shield = true},
  {MARK_PERSON,
   "not get|be|become [so|too|all] emotional|angry|upset|excited|worked|personal, your [tone|attitude] tone|attitude [$], bad|poor|negative|awful|"
   "terrible attitude, a fool|idiot|moron|child, stupid|silly|dumb|idiotic|ridiculous question|mistake|idea|demand|complaint|thing, mountain "
   "out of, out of proportion, need|have|try to relax|chill|calm, you are no expert, take it|things|everything so|too personally|seriously"},
};
const PhraseTable problem_not_person_phrases = {rows, G_N_ELEMENTS(rows)};

void check_problem_not_person(CoachStudy *study) {
  const Passage *draft = &study->draft;
  const char *matter = matter_of(study);
  uint32_t after = 0;
  list_each(const Hit, hit, &draft->hits) {
    if (hit->mark != MARK_PERSON || hit->first < after) continue;
    uint32_t first = MAX(clause_start(draft, hit->first), after);
    after = MAX(clause_end(draft, hit->last), hit->last) + 1;
    const char *instead = matter ? arena_printf(study->arena, "%s is what went wrong, and I'd like to put that right", matter)
                                 : "this is a hard situation, and I'd like to put it right";
    advise_at(study, COACH_PROBLEM_NOT_PERSON, first, after - 1, 1, "This is about them as a person. Speak of the problem.",
              capital_as(study, first, instead));
  }
}
