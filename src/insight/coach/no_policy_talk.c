// No hiding behind policy, terms, systems, or others. The customer asked a person; what can be done, and a reason that lies in their
// interest, answers them.
#include "insight/coach/study.h"

#define CAN_DO "what I can do for you is \xE2\x80\xA6"

static const PhraseRow rows[] = {
  {MARK_POLICY,
   "insurance|life|health|home|travel|car|motor|cover policy, "
   "policy number|holder|document|documents|starts|started|schedule|certificate|renews|is|ends|runs with|in|on|from|until|active, your "
   "~1 policy from|starts|number|is|was|has|ends|with|on, of our terms, copy of, on good terms, in terms of, your rules, house rules, "
   "the rule about, fire regulations, systems engineer, nothing i can do is",
   .is_shield = true},
  {MARK_POLICY,
   "company|our|the|standard|store|shop|internal|house|this|refund|return|returns|cancellation policy|policies, it is|against ~2 policy, "
   "policy is|states|says|does|requires|prohibits|prevents|dictates, per|under|by|to|in|with [our|the] [terms|general|company] "
   "terms|policy|policies|guidelines|procedure|procedures|rules|regulations|conditions|protocol|agreement|contract|tariff, as per, our "
   "[general|standard] "
   "terms|rules|procedures|procedure|processes|process|guidelines|protocol|regulations|system|systems|conditions|practice, terms and "
   "conditions, terms of service|business|use|sale, subject to, clause|section|paragraph 1|2|3|4|5|6|7|8|9|10|11|12|4.2, as "
   "[clearly|already] stated|mentioned|outlined|specified|explained|set|described [in|on|under|out|above], fine|small print, the "
   "contract|agreement|terms|rules|regulations|guidelines|policy clearly|state|states|says|say|do|does|require|requires|specify|"
   "specifies|prevent|prohibit|are, those|these|them are the rules, rules are rules, the rules are, standard|normal|usual "
   "procedure|practice|process|protocol, regulations|rules|guidelines|procedures do|does|require|say|state|prevent|prohibit, for "
   "[legal|security|compliance|data|regulatory] ~2 reasons no, it says in, according to [our|the] "
   "~1 guidelines|policy|terms|rules|procedures|regulations|contract|records|agreement|system",
   .instead = CAN_DO},
  {MARK_POLICY,
   "the|our|my computer|system|systems|software|machine|program [simply|just] "
   "will|does|would|do|can|is not|allow|only, system will not, not allow|let|permit me|us|that|this, system does not",
   .instead = CAN_DO},
  {MARK_POLICY,
   "not our|my|the [companys] fault|problem|responsibility|department|job|doing|decision|place|area, not responsible|liable|at fault, no "
   "liability|responsibility, out of [my|our] hands|control, beyond [my|our] control, my|our hands are tied, [just|only] "
   "following|doing [my|our] orders|job|rules, nothing [more|else|further] [that] [i|we|can] [i|we|can] [can] do|done, not in [my|our|a] "
   "[a|my] "
   "position|power|authority to, above my pay, i do not make the, i only work, take it up with someone, not entitled [to], "
   "you are not entitled|eligible, no entitlement, a matter for the, accept no, we|i can not be held, take no responsibility",
   .instead = CAN_DO},
  {MARK_POLICY,
   "unfortunately|regrettably|sadly [we|i|it|this|that|there] [we|i|is|am|are] [can|is|are|am|do|was] [not] "
   "not|unable|impossible|nothing, unfortunately ~3 can not, i am|we are afraid ~2 [we|i|that] can not, i am [simply|afraid] "
   "not [able|allowed|authorised|authorized|permitted] able|allowed|authorised|authorized|permitted to, we are "
   "not|unable able|allowed|to|authorised|permitted, i am unable to, are unable to, is not possible to, no exceptions, make [an|any] "
   "exception|exceptions, we can not [make|offer|accept|give|refund|provide|process|change|do|help], "
   "decision is final, it|that|this is not allowed|permitted, management|headquarters|legal|compliance does|will not, our return|refund|returns|warranty|cancellation|claims|complaint window|period|deadline|term, outside [of] the|our ~3 window|period|deadline, "
   " not permitted to, not within our|my, must be declined|rejected",
   .instead = "here is what I can do: \xE2\x80\xA6"},
  {MARK_POLICY,
   "we|i only refund|accept|offer|exchange|replace|pay|do, we do not [do|offer|give|make|accept|refund|provide|allow|issue|exchange|cover|take|"
   "ship|sell] do|offer|give|make|accept|refund|provide|allow|issue|exchange|cover|take|ship, we never refund|accept|offer|exchange|make, "
   "head|main office [has] decided|says|requires|insists|does, headquarters|management|corporate|legal|accounting|finance [has] "
   "decided|says|requires|insists|refuses, have|must|need|obliged|required to follow|stick|adhere|abide [to|by] the|a|our "
   "procedure|procedures|rule|rules|process|protocol|script|policy, how the|our process|system|procedure works, the|our "
   "courier|couriers|carrier|supplier|manufacturer|bank|driver|post|airline|seller|landlord fault, is the|a fault|responsibility of the, "
   "override|bypass|change the|a|our system|rule|rules|policy, corporate|internal|strict guidelines|rules|regulations|policy|policies, no say in, "
   "under the|our [current|general] conditions|terms|rules|agreement, it is how|what we do, the rule|rules|procedure is|says|are that|to|clear",
   .instead = CAN_DO},
};
const PhraseTable no_policy_talk_phrases = {rows, G_N_ELEMENTS(rows)};

void check_no_policy_talk(CoachStudy *study) {
  const Passage *draft = &study->draft;
  bool offers = has_mark(draft, MARK_INSTEAD);
  uint32_t after = 0;
  list_each(const Hit, hit, &draft->hits) {
    if (hit->mark != MARK_POLICY || hit->first < after) continue;
    // A plain "I'm unable to" is soon forgiven when what can be done stands beside it.
    if (offers && strchr(hit->row->instead, ':')) continue;
    uint32_t first = MAX(clause_start(draft, hit->first), after);
    after = MAX(clause_end(draft, hit->last), hit->last) + 1;
    advise_at(study, COACH_NO_POLICY_TALK, first, after - 1, 0.8,
              "This defends the house. Say what you can do, and a reason that is in their interest.",
              capital_as(study, first, hit->row->instead));
  }
}
