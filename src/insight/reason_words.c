// Phrases by which customers name a failure in the handling (PRODUCT.md part 4, INSIGHT 4). Our own lists.
#include "insight/engine.h"

#define SAYS(reason, percent)                                                                                                    \
  0, {                                                                                                                           \
    { REASON_##reason, percent }                                                                                                 \
  }

static const Row rows[] = {
  {"nobody listens|listened|listen, no one listens|listened|listen, not listening, not listened, did not listen, "
   "do not listen, does not listen, never listen|listens|listened, refuse|refused|refuses to listen, ignored, "
   "ignoring me|my|us, keep|keeps ignoring, did not read my, have not read my, not even read, did you ~1 read, "
   "did not answer my question, not answered my question, did not address, ignored my question, same answer, same reply, "
   "same response, same question again, keep asking the same, already told you, i have told you, told you already, "
   "as i ~1 said, as i wrote, like i said, brushed off, fobbed off, dismissed, dismissive, talking to a wall, brick wall, "
   "fell on deaf ears, deaf ears, canned response|reply|answer, copy paste, copy and paste, generic reply|response|answer, "
   "template reply|response|answer, nobody|no|one cares, do not care, does not care, not taken seriously, "
   "not take me seriously, do not believe me, does not believe me, did not believe me, interrupted me, talked over me",
   SAYS(NOT_LISTENED, 70)},
  {"can not get through, could not get through, unable to get through, can not reach, could not reach, unable to reach, "
   "impossible to reach|contact, can not contact, unable to contact, no way to contact|reach, no ~1 reply, no ~1 response, "
   "no answer, no one ~2 answers|answered|replies|replied|responds|responded|calls|called|picks, "
   "nobody ~2 answers|answered|replies|replied|responds|responded|calls|called|picks, not replied, not responded, "
   "not answered, never replied|responded|answered, never called ~1 back, not called ~1 back, did not call back, "
   "no call back, no callback, did not reply|respond|answer, does not answer, do not answer|reply|respond, "
   "have not heard ~1 back, not heard back, not heard from, never heard back, not heard anything, on hold, kept on hold, "
   "line is ~1 busy|dead|engaged, lines are ~1 busy, voicemail, phone just rings, phone rings, rings out, got cut off, "
   "cut off, been cut off, was cut off, disconnected, hung up on me, no phone number, can not find a phone number, "
   "unanswered, radio silence, mailbox full, chat is ~1 offline, bounced, still no ~1 answer|reply|response|word, "
   "nobody gets|got back, no one gets|got back, get hold of, waiting for a|an|your reply|response|answer|call|callback",
   SAYS(NO_ACCESS, 70)},
  {"waste of ~1 time, wasted ~3 time, wasting ~1 time, wasted {number} {period}, "
   "wasted ~2 hours|hour|day|days|morning|afternoon|evening|weekend, spent ~2 hours|days|weeks, hours on the phone, "
   "hours of my, hour on hold, on hold for ~2 hours|hour|minutes, waited ~4 hours|hour, waited in all|at home, "
   "waited at home, took ~1 day off, took the day off, taken the day off, took time off, passed from, passed around, "
   "pillar to post, sent me to, transferred ~2 times, transferred me, transferred from, kept transferring, "
   "keep transferring, bounced between|around|from, going round|around in circles, round in circles, runaround, run around, "
   "different department, another department, {number} departments|people|agents|numbers, start over, start again, "
   "start all over, from the beginning again, explain ~3 again, explain everything again, explained ~3 times, "
   "explaining ~3 again, repeat myself, repeating myself, repeat my story, repeat everything, same form ~1 again|twice, "
   "third|fourth|fifth|sixth|seventh|tenth time, {number} times, had to call ~2 times, had to come back, drove all the way, "
   "drove ~3 miles|hours, for nothing, wild goose chase, chasing, chased, having to chase",
   SAYS(WASTED_TIME, 65)},
  {"incompetent, incompetence, inept, clueless, no idea what, did not have a clue, did not know what, does not know what, "
   "do not know what you|they, had no idea, has no idea, untrained, badly trained, poorly trained, needs|need training, "
   "not trained, no training, amateurs, amateurish, unprofessional, wrong information, wrong advice, wrong answer, "
   "incorrect information, misinformed, false information, contradictory, contradicted, conflicting, different answers, "
   "different answer, told me something different|else, one says ~5 another, {staff} said ~6 another, messed up, "
   "messed it up, screwed up, screw up, screwed it up, botched, bungled, mixed up, mix up, wrong item, wrong order, "
   "wrong address, wrong product, wrong size again, sent the wrong, lost my, you lost, made a mistake again, same mistake, "
   "another mistake, mistake after mistake, error after error, again wrong, wrong again, broke again, broken again, "
   "failed again, not fixed, still broken, still not working, still not fixed, shambles, shambolic, chaos, chaotic, "
   "disorganised, disorganized, can not even, could not even, how hard can it|that be, how difficult can it|that be, "
   "get anything right, gets anything right, forgot my|to|about, left hand does not know",
   SAYS(INCOMPETENCE, 60)},
  {"rude, rudest, rudely, rudeness, impolite, discourteous, disrespectful, disrespected, disrespect, no manners, "
   "bad manners, attitude problem, bad attitude, terrible attitude, awful attitude, with attitude, an attitude, "
   "his attitude, her attitude, attitude of, hung up on me, hangs up on me, put the phone down on, slammed the, shouted at, "
   "yelled at, screamed at, swore at, sworn at, laughed at me|us, laughed in my, sarcastic, sarcasm, condescending, "
   "patronising, patronizing, talked down to, spoke down to, spoke to me like, spoken to like, arrogant, arrogance, "
   "aggressive, abrupt, curt, dismissive, rolled ~1 eyes, sneered, snapped at me, unfriendly, hostile staff, snotty, "
   "unkind, impatient with, no apology, not even an apology, not even a sorry, without apology, without an apology, "
   "never apologized, did not ~1 apologize, not ~1 apologized, refused to apologize, no sorry, not even sorry, called me a, "
   "called me an, insulted me, insulting, bullied, intimidated me, threatened me, made fun of, mocked, "
   "treated like ~2 dirt|criminal|idiot|rubbish|fool|child|thief|shit|crap, treated me like, treats me like",
   SAYS(DISCOURTESY, 70)},
  {"your policy, the policy, company policy, policy says, because of policy, not our policy, against policy, it is policy, "
   "your rules, the rules, your rule, your procedure, procedures, your process, the process, bureaucracy, bureaucratic, "
   "red tape, the system will not|does not|says|can not|would not|did not, your system, computer says no, computer says, "
   "terms and conditions, small print, fine print, no exceptions, not make an exception, make an exception, inflexible, "
   "rigid, one size fits all, not allowed to, hands are tied, not authorised, not authorized, "
   "nothing they|you|we|i can|could do, nothing that can be done, can not do anything, unable to help, "
   "refuse|refused|refuses to help|refund|exchange|replace|cancel|let, will not let me, would not let me, does not let me, "
   "do not let me, can not cancel, impossible to cancel, not possible to cancel, only by phone|email|letter|post|fax, "
   "only accept, only accepts, only during, fill ~3 form, form again, another form, {number} forms, same form, "
   "must be the account holder, need a|the|my original receipt, without a receipt, no receipt, automated, "
   "automatic reply|replies|response|responses|message|email, chatbot, chat bot, your bot, stupid bot, phone menu, "
   "press one, press 1, endless menu, loop, script, scripted",
   SAYS(RIGID_SYSTEM, 60)},
};
const RowTable reason_rows = {rows, G_N_ELEMENTS(rows)};
