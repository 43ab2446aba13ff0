// "You" that points a finger. The same fact can be said from where I stand: what I see, what I am missing, what I ask for.
// "You should receive it on Friday" accuses nobody, so what is said in the customer's favour is shielded.
#include "insight/coach/study.h"

#define HELP "I'd like to clear this up with you."

static const PhraseRow rows[] = {
  {MARK_ACCUSE,
   "you should have had|been|received|got|gotten|heard|it|your|"
   "a|an|to|everything|all|one, you should never have|need|be|feel|worry, you should not have had|to|been|need, you should not need|be|feel|ever|worry, you should receive|get|see|hear|be|find|now|feel|expect|start|notice",
   .is_shield = true},
  {MARK_ACCUSE,
   "if|when|whenever|nothing|anything|all|everything|what|whatever|do|that|thing|would|will|should|where|how|than|might|may|"
   "time|everywhere|way you need|have|must to",
   .is_shield = true},
  {MARK_ACCUSE,
   "you did not receive|get|hear|deserve|ask|want|sign|have|know|expect|see|need|feel|find|cause|owe|miss|do|make|order|authorise|"
   "authorize|agree|choose, you never received|got|had|heard|should|need|have|asked|signed|agreed|ordered|wanted|got, you must "
   "[have|be|also|really|feel|surely|still] be|been|feel|felt|have|had|think|wonder|wondered|find|found|worried, you have to "
   "be|say|work|travel|leave|wait|live, is|was|are|were|that|this|it not your|you fault|mistake|error|failure, none|nothing of [this|that|it] [is|was] "
   "your fault|mistake|error|doing, not your [own] fault|mistake|error|doing, no fault of yours, no [way|sense] your fault, you need "
   "not, you do not need|have",
   .is_shield = true},
  {MARK_ACCUSE, "you should [really|at|of] [least|course] [not] have", .instead = "I can still help with this."},
  {MARK_ACCUSE,
   "you ought to have, you ought to, you could at least have, you could [easily|simply|just|also] have avoided|prevented|checked|called|read|asked|looked|noticed|told|returned|cancelled",
   .instead = "it would help me to%s"},
  {MARK_ACCUSE,
   "[next|in] [time|future|the] [future] you should [always|also|really] "
   "check|read|follow|contact|call|try|know|understand|wait|calm|pay|make|take|use|ask|keep|learn|look|think|consider|remember|"
   "realise|realize|be",
   .instead = "it would help to%s"},
  {MARK_ACCUSE,
   "you [have|had|simply|apparently|clearly|obviously|also] failed|neglected|omitted|forgot|forgotten|refused|declined to",
   .instead = "I don't have this yet: could you%s, please?"},
  {MARK_ACCUSE,
   "you [clearly|obviously|simply|apparently|evidently] did not [even|actually|clearly|bother|properly], you [clearly|obviously|"
   "evidently|apparently] have not",
   .instead = "I don't have this yet: could you%s, please?"},
  {MARK_ACCUSE, "your failure to, failure on your part, your own failure", .instead = "what is still missing: to%s"},
  {MARK_ACCUSE,
   "you need to [please|first|also|really|just], you [will|would] need to calm|be|understand|pay|stop|wait, you must [not|first|"
   "always|also|now|please], you are required|obliged to, you [will|would|do] [just|simply|still] have to "
   "understand|realise|realize|accept|pay|wait|be|calm|take|contact|provide|send|fill|follow|learn|read, you have "
   "to understand|realise|realize|accept|pay|calm|take|contact|provide|send|fill|follow|learn|read|call|return|complete|sign|submit|"
   "give|make|check|show|prove",
   .instead = "could you%s, please?"},
  {MARK_ACCUSE,
   "as you were [already|clearly|repeatedly] told|informed|advised, you were|have [been] [already|clearly|repeatedly] "
   "told|informed|advised|warned|reminded in|by|on|that|about|to|twice|several|many|of",
   .instead = "what I'd like to explain is%s"},
  {MARK_ACCUSE, "you were [supposed|meant|expected] supposed|meant|expected to, you agreed to ~4 but",
   .instead = "I had understood that you would%s; did I get that wrong?"},
  {MARK_ACCUSE,
   "your [own] mistake|fault|error|oversight|negligence|carelessness|misunderstanding|misuse, your own doing, your [own|sole] responsibility, you did this|that to yourself, you are [simply|just] wrong|mistaken about, you are to blame, you "
   "only have yourself, you have only yourself, you brought this on, the fault|mistake|error is|lies yours|with, user error, you are "
   "[the|at] [one] fault|responsible, you are the one who|that, caused by you, you caused",
   .instead = "what went wrong"},
  {MARK_ACCUSE,
   "you never told|informed|mentioned|said|let|contacted|called|replied|responded|answered|notified|gave|sent|paid|asked us|"
   "me|that|about|anyone|the|anything, you never [even] replied|responded|answered|told|read|paid|called|followed",
   .instead = "I did not know%s"},
  {MARK_ACCUSE,
   "had you [only|just|simply|actually] read|called|contacted|told|checked|followed|informed|asked|waited|listened|paid|been|sent|"
   "let|given|returned|reported|acted, if you had [only|just|simply|actually|bothered|not] "
   "read|called|contacted|told|checked|followed|informed|asked|waited|listened|paid|been|sent|let|given|returned|to|reported|acted|"
   "looked|taken|done|used, if you would [only|just|simply] [have] read|called|checked|followed|told|contacted|listened, if only you had",
   .instead = "what I can do now is help with this."},
  {MARK_ACCUSE,
   "you [have] [simply|clearly|obviously|deliberately|repeatedly] ignored|disregarded|overlooked|missed our|my|the|all|"
   "three|two|several|every|that|this|it",
   .instead = "I have had no answer to%s"},
  {MARK_ACCUSE, "you claim|claimed|allege|alleged|insist|insisted [that], so you say, you are claiming|alleging",
   .instead = "you told me that%s"},
  {MARK_ACCUSE,
   "you [have|clearly|obviously|must] [clearly|obviously|have] "
   "misread|misunderstood|mistyped|misused|mishandled|overfilled|overlooked|forgot|forgotten|lied|abused|broke|damaged|caused|ruined, "
   "you [have] [clearly|obviously|evidently] used|entered|chose|gave|typed|selected|picked|ordered|sent|installed|filled|provided|"
   "provided|given|put the|us|in|it wrong|incorrect|incorrectly, you [have] "
   "used|entered|chose|gave|typed|selected|picked|ordered|sent|installed|filled|provided ~3 "
   "wrong|wrongly|incorrect|incorrectly|late",
   .instead = "this is easy to mix up; I can put it right with you."},
  {MARK_ACCUSE,
   "why did not you, why did you not|wait|choose|ignore|fail|only, why have not you, why would you, what were you thinking",
   .instead = "what got in the way."},
  {MARK_ACCUSE, "you can not [just|simply|really] expect|demand|just|simply|blame|complain, you can hardly expect",
   .instead = "what I can do is this."},
  {MARK_ACCUSE,
   "you [clearly|obviously|evidently] clearly|obviously|evidently, you are not "
   "listening|cooperating|reading|following|understanding|being",
   .instead = HELP},
  {MARK_ACCUSE,
   "you keep|kept saying|insisting|asking|calling|complaining|demanding|ignoring|changing, you always|constantly "
   "complain|call|demand|forget|blame, you chose|decided to ignore, you refuse|refused [to], you [have|clearly|simply] made a|an|the|this|some [simple|serious|small|big] "
   "mistake|error|mistakes|errors, you were careless|negligent|late|wrong",
   .instead = HELP},
  {MARK_ACCUSE,
   "next time|occasion make|be|do|please|read|check|call|remember|take|you, in [the] future make|be|do|please|read|check|call|you, you have "
   "[clearly|obviously|evidently|apparently|simply] clearly|obviously|evidently|apparently|simply not, you are supposed to, you keep|kept "
   "sending|making|doing|missing|using|giving|entering|writing|pressing|trying|filling|leaving|breaking, you [have] waited too|so|until, you "
   "[have] left ~4 unattended|unlocked|open|outside|running, you [have] signed|agreed|accepted ~6 so|and you, you [have] broke|broken it|the, you "
   "knew|know perfectly|very|full|about the fee|well|that, it is because you, because you did|have|were|are not, because of your, due to your, thanks to your "
   "negligence|carelessness|delay|mistake",
   .instead = HELP},
};
const PhraseTable accusing_you_phrases = {rows, G_N_ELEMENTS(rows)};

void check_accusing_you(CoachStudy *study) {
  const Passage *draft = &study->draft;
  uint32_t after = 0;
  list_each(const Hit, hit, &draft->hits) {
    if (hit->mark != MARK_ACCUSE || hit->first < after) continue;
    bool takes_rest = strstr(hit->row->instead, "%s") || g_str_has_suffix(hit->row->instead, ".");
    uint32_t last = takes_rest ? MIN(clause_end(draft, hit->last), hit->last + 30) : hit->last;
    after = last + 1;
    const char *instead = advice_wording(study, hit, last);
    advise_at(study, COACH_ACCUSING_YOU, hit->first, last, 0.9, "This points at them. Said from your side, it is easier to hear.",
              instead);
  }
}
