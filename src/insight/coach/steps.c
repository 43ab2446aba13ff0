// Steps that protocols ask for and no rule looks at: what is said to a hostile customer, and how a no is said well.
#include "insight/coach/study.h"

static const PhraseRow rows[] = {
  {MARK_HOSTILITY,
   "i [can|do] [really|clearly] hear|see|read|understand|sense|notice|realise|realize ~3 [how|that|you|are|your] "
   "angry|anger|furious|upset|cross|mad|livid|rage|fury|outraged, your anger|fury|words|message ~4 "
   "angry|strong|hard|hurt|hurtful|harsh|understandable|me, you are|sound|must|seem [be|so|very] "
   "angry|furious|livid, every right|reason ~2 angry|furious|mad, those|these|your|some|strong|hard|harsh words, i have read what you|your ~2 "
   "called|said|wrote, the words you, how angry, that|your language"},
  {MARK_WANT_TO_SOLVE,
   "i [do|really|would|still|very] [do|really|much|still|like] want|like|intend|mean|aim to "
   "solve|fix|help|resolve|sort|put|make|find|settle|get, i want this solved|fixed|sorted|resolved|settled, put|make|set "
   "this|it|things right, i am here to solve|help|fix|sort|resolve|get, let me put|make|set|fix|solve, my aim|goal|wish is"},
  {MARK_HARD_TO_FOCUS,
   "hard|difficult|harder|easier|impossible|struggle|tough [for] [me] [to] ~1 "
   "focus|think|concentrate|help|work|listen|hear|solve|read|keep|stay ~6, can not [focus|think|concentrate] "
   "focus|think|concentrate, when i am|feel [being] shouted|insulted|threatened|intimidated|called|sworn|attacked|abused, when you|we "
   "shout|swear|threaten|insult|call|stay|keep, makes it hard|difficult|harder"},
  {MARK_RETURN,
   "coming|come|going|get|getting|turn|turning|return|returning|back|let [me|us] [get|come|go|turn|return] [back] to "
   "your|the|what, back to your|the, let us [now] look|focus|talk|keep|stay|get, when we stay|keep with|to, "
   "as for|to your|the, now to your|the, about your|the ~3 "
   "here|i|now, keep it|this to the, concerning your|the, so about|to your|the"},
  {MARK_INSTEAD,
   "what i can|could|will [do|offer|promise] [do|offer|promise|is], what i am able, i can not ~14 i can|could, here is what i, instead "
   "i|you|of, i can|could|will instead, instead $, what is|would be possible, i can offer [you] [instead], but i can, alternatively, rather than "
   "that, another way"},
  {MARK_WHO_DECIDES,
   "can|could|may|will decide|approve|authorise|authorize|review|overrule|grant|change [that|more|this|a|it|the|such|anything], "
   "my|the|our manager|supervisor|lead|director|head|ombudsman [can|who|could|may|decides|will|has|is|of], who [can|could|may|will] "
   "decide|decides|approve|approves|approved|authorise|authorize, ombudsman, person|one who decides, has the authority|last|final, "
   "the decision lies|rests|is"},
  {MARK_THANKS,
   "thank you, thanks, i [really|do|so|very|truly] [much] appreciate, i am grateful, grateful for|to|that, thankful"},
  {MARK_THANKS, "no thanks to, thanks to the", .is_shield = true},
  {MARK_TROUBLE,
   "not, never, no, nothing, nobody, without, broke*, break*, late, delay*, wrong*, missing, lost, lose, refund*, fail*, faulty, fault, "
   "damage*, crack*, leak*, charged, overcharg*, double|twice|again|still, wait*, complain*, problem*, issue*, error*, cancel*, rude, "
   "terrible, awful, angry, furious, disgust*, disappoint*, unaccept*, ridiculous, useless, worst, bad, poor*, ignor*, stuck, stop*, dead, "
   "died, hurt, ill, sick, stolen, fraud*, scam, money back, sue, lawyer, hate, horrible, annoy*, frustrat*, upset*, noise, noisy, dirty, "
   "cold, broken, defect*, crash*, delete*, lied, lie, cheat*, rip, ripped, smash*, spoil*, ruin*, pieces, threw, freez*"},
  {MARK_TROUBLE, "no rush|hurry|worries|problem|complaints, thank you so much again, never better, not a problem",
   .is_shield = true},
};
const PhraseTable steps_phrases = {rows, G_N_ELEMENTS(rows)};

void find_steps(CoachStudy *study) {
  static const struct {
    CoachStep step;
    Mark mark;
  } pairs[] = {{STEP_APOLOGY, MARK_APOLOGY},
               {STEP_THANKS, MARK_THANKS},
               {STEP_ACKNOWLEDGE_HOSTILITY, MARK_HOSTILITY},
               {STEP_WANT_TO_SOLVE, MARK_WANT_TO_SOLVE},
               {STEP_HARD_TO_FOCUS, MARK_HARD_TO_FOCUS},
               {STEP_RETURN_TO_PROBLEM, MARK_RETURN},
               {STEP_INSTEAD, MARK_INSTEAD},
               {STEP_WHO_DECIDES, MARK_WHO_DECIDES}};
  for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
    const Hit *hit = find_mark(&study->draft, pairs[i].mark);
    if (hit) step_met(study, pairs[i].step, hit->first, hit->last);
  }
}
