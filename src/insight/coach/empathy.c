// A feeling named, its meaning understood, or a question about their situation: one of the three is enough. "Sorry for the
// inconvenience" is none of them.
#include "insight/coach/study.h"

#define HARD                                                                                                                         \
  "frustrat*|annoy*|upset*|worry*|worri*|frighten*|stress*|horrible|awful|terrible|hard|tough|exhaust*|tir*|disappoint*|maddening|"  \
  "difficult|miserable|painful|dreadful|nuisance|nightmare|shock|shocking|infuriat*|irritat*|distress*|scary|hurt*|unsettl*|"        \
  "embarrass*|lonely|unfair|sad|angry|cross|furious|mad|fed|anxious|tedious|humiliat*|devastat*|heartbreak*|inconvenient|aggravat*|" \
  "overwhelm*|alarm*|confus*|unpleasant|wearing|wearying|draining|rotten|lousy|grim|bitter|gutted|galling|unnerv*|trying"

static const PhraseRow rows[] = {
  {MARK_REACTION,
   "i would [also|probably|certainly|have|be|feel|have] [be|been|feel|felt|lost] ~2 " HARD "|patience|same|too, would ~1 "
   "upset|annoy|frustrate|anger|worry|bother|madden|irritate|hurt|exhaust|disappoint me|anyone|anybody|too, i feel for|with, feel for you, my heart "
   "goes, i am [so|very|truly|deeply|really|terribly] sorry [about|for|to|that] [hear|your|you|learn] [about|of|that|your] "
   "[your] loss|father|mother|husband|wife|son|daughter|brother|sister|family|dog|cat|that|had|were|have|went|lost|felt|"
   "spent|slept|waited|stood, sorry [that] you [have] "
   "[had|were|been|have|ve] had|were|been|have|went|lost|felt|stood|spent|slept|waited|left|sat|missed, sorry for what|all|everything you, "
   "condolences, sympath*, sorry for your loss, i [can|do] [only|well|just|really|fully|completely|certainly] imagine|understand|see|hear|"
   "appreciate|sense|feel|tell ~4 " HARD "|like|hard|upsetting|why|mean|means|meant|matters|much, how|what a|an "
   "[truly|really|very] " HARD "|shame|start|mess|experience|disappointment, how " HARD ", "
   "that|this|it|which|what [really|must|is|sounds|seems|was|would] [really|must|is|have|be|been|so|very|quite|like|just|feel|have|a|an] "
   "[been|be|so|very|feel|felt|a|an|really|quite|truly|incredibly|extremely] [so|a|an|very|really] " HARD
   ", must feel|have like|as|felt, must [have|be|feel] "
   "[be|been|feel|felt|left|made|so] ~2 " HARD
   ", no wonder, you have every|a|all|good every|right|reason|the, every|good right|reason to be|feel, you are right to be, "
   "[completely|totally|perfectly|entirely] understandable, anyone|anybody|everyone ~3 would|will, "
   "nobody|noone should, should not have to, should never have, you deserve*, i hear "
   "how|that|you|your, is|was|are|were a|an [real|true|absolute|awful|terrible] " HARD ", i [can] hear|sense|see how, how " HARD
   "|you must|feel|felt, your frustration|anger|disappointment|worry|concern|"
   "upset|distress is, understand your frustration|anger|disappointment|worry|upset|distress, last thing you|anyone"},
  {MARK_MEANING,
   "would|can|could|will make|leave anyone|you|anybody|everyone|a, feel|felt|feels "
   "ignored|unheard|let|left|alone|forgotten|cheated|helpless|dismissed|disrespected|unwelcome|unsafe|abandoned|overlooked|powerless|"
   "betrayed|undervalued, in your place|shoes|position|situation, know how much|important|hard, how much [it|this|that|you] "
   "matters|mattered|means|meant|were|hoped|wanted, matters|means|matter|mean [a] [lot|so|great] to you, it|this|that [has] "
   "cost|costs you, let down, taken seriously, "
   "[is|are|was] far too long|many|much, is too long|many|much, too many, wait|waited|waiting ~6 is|too "
   "exhausting|long|too, is|are|was [so|very|really|truly] [so|very|really] " HARD
   ", after everything, on top of, of all days|things, at the "
   "worst|wrong, lost|loses|losing|cost|costing you [a|your|sleep|time], i realise|realize|know|understand|appreciate how|what, "
   "should|can|may|will never|not [ever] happen, "
   "trust, worn you"},
  {MARK_EXPLORATION,
   "how has|have|did|does|is|are this|that|it|the|you ~3 affect*|feel|feeling|work|cope|coping|impact*|managing|doing|mean*, how are you, "
   "how do you feel, what would help, what matters|worries|bothers|concerns, what [has] been|was [the] hardest|worst, would you tell me "
   "more|how, could|can you tell me "
   "more|how|what, what does that|this mean, tell me more, is there anyone, are you safe|all|okay|ok, i would like to "
   "understand|hear|know, help me understand, what has this"},
  {MARK_REACTION,
   "sorry for any|the, sorry about that|the, for any inconvenience, for the inconvenience, i understand $, thank you for your "
   "understanding, so|really hard to do, could|would be hard|difficult to, it is hard|difficult to say|tell|find, hard copy",
   .is_shield = true},
  {MARK_REACTION,
   "would be livid|fuming|gutted|seething|beside, is|was no fun|joke|picnic|way, not how|what anyone|anybody|you|one, "
   "[this|it|that] has|have been a [very|long|hard|tough|rough|such] [wait|week|day|month|time|road], such a long, a long wait|time|day|week, wearing thin, "
   "lot to deal|handle|cope|go|bear, a lot for you, only imagine, last straw, worst|bad time|moment"},
  {MARK_EXPLORATION,
   "what was|is|has ~2 going|been through|on|like your|for|you, how did|do|have you ~2 feel|cope|coping|manage|managing|sleep|get, how has "
   "it|this|that been"},
};
const PhraseTable empathy_phrases = {rows, G_N_ELEMENTS(rows)};

void check_empathy(CoachStudy *study) {
  const Passage *draft = &study->draft;
  const Hit *hit = find_mark(draft, MARK_REACTION);
  if (!hit) hit = find_mark(draft, MARK_MEANING);
  if (!hit) {
    hit = find_mark(draft, MARK_EXPLORATION);
    if (hit && !line_of(draft, hit->first)->is_question && !word_is(&draft->words.items[hit->first], "i")) hit = NULL;
  }
  if (hit) step_met(study, STEP_EMPATHY, hit->first, hit->last);
  if (hit || !study->is_reply || !study->is_trouble) return;
  const char *matter = matter_of(study);
  advise_opening(study, COACH_EMPATHY, 0.7,
                 "Name what this is like for them; \xE2\x80\x9Csorry for the inconvenience\xE2\x80\x9D doesn't.",
                 matter ? arena_printf(study->arena, "I can imagine how frustrating this has been, with %s as it is.", matter)
                        : "I can imagine how frustrating this has been for you.");
}
