// Words that stand beside the customer, tied to a step that somebody can hold me to. "We" is fine here: it means you and me.
#include "insight/coach/study.h"

static const PhraseRow rows[] = {
  {MARK_TEAM,
   "on your side|team, with you [on|in|until|through|all], in your corner, let us, together, you and i, i [will|am] [will|am] "
   "[still|staying] stay|staying [on|with|your|in|available], i [will] "
   "keep|keeping [at|on|a|an|you|checking|pushing|chasing|track|after] [it|eye|informed|posted|updated|until|at], "
   "see|seeing this|it|that through, i have got this, i "
   "am on it|this, i am here [for|to|if|until|with], i will personally, personally make|see|handle|take|check|look, make sure that|you|the|"
   "this|it, i will fight|fighting, your contact, "
   "point of contact, will not [let|rest|stop|give|drop|leave|have|need] [this|until|to|go|up|it|you] [drop|go|chase|lie|alone|do|worry], not "
   "alone, off your shoulders|plate|hands|mind, i want the same, same goal, work this|it|that|something out, find a way|solution "
   "[that|together|for|with], sort|get|put|fix|solve|resolve|settle this|it|that|things out|sorted|right|together|for|with [for|with|out|you], "
   "follow [it|this|that] [it|this|up|through] up|through, take|taking care of, taking this|it over|from|on, i will take "
   "this|your|it|over|that, for you|your $, fight for, deal with [it|them|the|this|that], by your side, side by side, hand in hand, look after, "
   "count on me, rely on me, i have your back, help you [with|to|get|find|make|sort|write|through|solve], until [it|this|you|the|your|that] "
   "[is|are|has|have|money|refund|parcel] ~4 "
   "fixed|solved|sorted|done|right|back|there|works|working|resolved|hands|runs|happy|settled, i am in this with, on this with, we will get, "
   "we can [work|find|get|do|sort|fix|go|solve], make|making|put|set this|it|things right, me too, both want, every step of, committed to|on, my word, shoulder this, handle it|this|everything for|myself, as long as it takes, "
   "my priority|job to, whatever it takes, go through it|this|the|both ~2 with you"},
  {MARK_TEAM, "contact me|us with you, that is all, have it with you, can do for you, is with you by|on|in|before|within",
   .is_shield = true},
};
const PhraseTable on_your_team_phrases = {rows, G_N_ELEMENTS(rows)};

void check_on_your_team(CoachStudy *study) {
  const Passage *draft = &study->draft;
  const Hit *hit = find_mark(draft, MARK_TEAM);
  Action action = {0};
  bool acts = find_action(draft, 0, (uint32_t)draft->words.count, &action);
  bool is_met = hit && (acts || (has_specifics(draft, NULL) && draft->lines.count > 1));
  if (is_met) step_met(study, STEP_ON_YOUR_TEAM, hit->first, hit->last);
  if (is_met || !study->is_trouble || draft->words.count < 3) return;
  if (hit) {
    advise_closing(study, COACH_ON_YOUR_TEAM, 0.5, "Beside them, yes; now name the step that you take.",
                   "I'll see to the first step today and write to you by five.");
    return;
  }
  const char *matter = matter_of(study);
  advise_closing(study, COACH_ON_YOUR_TEAM, 0.6, "Nothing here stands beside them yet.",
                 matter ? arena_printf(study->arena, "I'm with you on this, and I'll stay on it until %s is sorted out.", matter)
                        : "I'm with you on this, and I'll stay on it until it is sorted out.");
}
