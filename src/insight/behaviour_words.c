// Phrases of hostility, by what they are: threats, insults at the reader, harsh words about a thing, and apart from those
// legal steps and words of self-harm. Rows without weight are idioms and keep what lies within them silent. Our own lists.
#include "insight/behaviour.h"
#include "insight/engine.h"

#define SAYS(blow, percent)                                                                                                      \
  0, {                                                                                                                           \
    { blow, percent }                                                                                                            \
  }

static const Row rows[] = {
  // Idioms and plain things
  {"killing me, kills me, kill two birds, kill time, killing time, killer deal, dying to, to die for, would kill for, "
   "could kill for, kill for a, shoot me|you|us|over an|a ~2 email|message|text|mail|line|note|question, "
   "shoot me|you|us over, shoot an|a ~1 email|message|text, shoot an|a email, hit me|you|us up, hit you|them back, "
   "hit the|a ~2 button, beat ~1 price|prices|quote, hurt my|your|their|his|her feelings, "
   "hurt your ~1 business|reputation|sales|brand, burn a hole, break the bank, "
   "break your ~2 policy|rules|rule|promise|promises|own|word, kill the deal|order|process|battery|lights|mood|power, "
   "blow your mind, knock your socks, photo shoot, over my dead body, stab in the back, stabbed in the back, a stab at, "
   "punch in, slap in the face, slap on the wrist, kick in the teeth, hit hard, hit by, kick in, kick off, break down, "
   "broke down, break up, break the news to you, hang up, hang on, hang around, hung up, hit the nail, "
   "beat around the bush, my|the|our dog, dog food|bed|bowl|toy|collar|lead|treats, maine coon, moby dick, dick van, "
   "cock up, what a shame, not a threat, waste bin|paper|disposal|collection, pain in the ass|arse|neck|butt, my ass off, "
   "smart ass, bad ass, badass, hang you out, beat you to it, shoot you down, shoot them down, "
   "come to your store|shop|office ~1 to collect|pick|return, hell of a lot, hot as hell, kill you|them|us with kindness, "
   "kick them|myself|him|her out, break it, break them, "
   "hit them|you with a|some|one|two|another|more ~2 review|reviews|question|questions|idea|ideas|news|reply|email, "
   "beat you to, beat your competitor|competitors|competition, find you a|an|the|some|another|one|something, "
   "see what i mean, see what i meant, waiting for you ~8 to hand|give|pick|collect|pay|sign|load|show|meet, "
   "drive you home, run you through, run it over, "
   "not|never ~1 think|thinking|believe|saying|say|suggesting|implying|mean|calling|call ~1 {you} ~4 {insult}|{slight}, "
   "nobody thinks|says ~1 {you} ~4 {insult}|{slight}, no one thinks|says ~1 {you} ~4 {insult}|{slight}, "
   "or else "
   "permanently|present|wise|nonexistent|i|you|we|the|he|she|they|it|remove|delete|please|to|there|this|my|a|be|how|why|what|who|where|in|is, "
   "come for you and collect, coming for you to, come after you|them with the bill",
   SAYS(BLOW_NONE, 0)},

  // Threats. Who, an intention, a verb of hurting, a target; then the many fixed ways of saying it.
  {"i|we will|shall|would|could|should|might ~4 {hurt} ~2 {target}, i|we am|are ~1 going to ~3 {hurt} ~2 {target}, "
   "i|we ~1 want|need|like|love|swear|promise|plan|intend|like|mean to ~2 {hurt} ~2 {target}, "
   "going to ~1 {hurt} {target}, going to {hurt} ~1 everyone|everybody|someone|somebody|staff, "
   "i|we will|shall|would|could|should ~4 {hurt} [the|that|this|one|each|all] [of] [the|your|you|that] ~2 {staff}, "
   "i|we am|are ~1 going to ~3 {hurt} [the|that|this|your] ~1 {staff}, "
   "{kin}|friends|boys|mates|brother|brothers|cousin|cousins|guys will|are|is ~3 {hurt} ~1 {target}, "
   "someone|somebody|people should|ought|must|needs|will|has ~3 {hurt} ~1 {target}, i swear ~4 {hurt} ~2 {target}, "
   "i hope someone|somebody ~1 kills|shoots|stabs|burns|bombs|beats|attacks|hurts|murders ~2 {target}|{place}",
   SAYS(BLOW_THREAT, 95)},
  {"{first} will|would|could|should|might|am|are|want ~4 {hurt}|knock|crush|rip|tear|cut|snap|wring his|her|their|that ~2 "
   "{body}|off|out, on ~2 way|over to ~4 with a|my ~1 {weapon}, "
   "{hurt}|crush your ~2 {body}|family|children|kids|wife|husband|brains|mother|people, "
   "rip|tear|cut|slit|wring|snap|chop your ~2 {body}|guts|balls|off|out, "
   "kick|whoop|whip|beat your|ur ~1 ass|arse|head|butt, knock your ~1 teeth|head|block, knock you ~1 out, "
   "kill|murder|shoot|stab|rape|slaughter your|all|the|every ~1 {staff}|family|kids|children|wife|husband, kill you all, "
   "kill all of you, kill every|each one of you, kill you, murder you, strangle you, beat you up, beat the ~2 out of, "
   "kick the ~2 out of, smash ~1 windows|window|face|skull|place|office|store|shop, break every bone, punch you, slap you, "
   "stab you, shoot you, burn you, hang you, choke you, end you, "
   "put you in [a|the] hospital|ground|coffin|grave|wheelchair, six feet under, dig your ~1 grave, throw acid, "
   "make you bleed|suffer|disappear|beg, i will hurt someone|somebody|people",
   SAYS(BLOW_THREAT, 92)},
  {"i|we ~1 know where you|he|she|they ~1 live|lives|work|works|park|parks|sleep, "
   "we|i ~1 know where your ~2 kids|children|family|wife|husband|daughter|son|mother|car|house|home, "
   "have|got|found|know your ~1 home address, i|we know your address, know what you look like, know your face, "
   "know where to find you, find out where you ~1 live|work, watch your ~1 back, watch out behind you, "
   "i|we will ~2 find you|him|her|them, i am going to find you|him|her|them, find you and, will hunt, hunt you ~1 down, "
   "hunting you, track you down, {first} ~3 come|coming for|after you|him|her|them, "
   "{first} ~3 come|coming for|after your ~1 family|kids|children|wife|husband|house|staff|job, coming for you, "
   "wait until i see|get|find|catch you|him|her|them, coming over there to|and ~4 {hurt}|hurt|teach|sort|make, "
   "get my hands on you|him|her|them|whoever|your, my hands on you|him|her|them|whoever, lay hands on you, "
   "pay you a ~1 visit, pay your ~2 a ~1 visit, sleep with one eye open, teach you ~2 lesson, sort you out, "
   "deal with you ~1 personally|myself|outside, waiting for you ~2 outside|after|home|car, waiting outside your, "
   "wait outside your, outside your ~1 office|house|home|store|shop|door|place ~1 with a|my ~2 {weapon}, "
   "run|running|ran you|him|her|them over, run you down, "
   "drive|driving|ram|ramming ~3 car|truck|van ~2 through|into ~2 {place}|you|him|her|them|front|building, "
   "someone|somebody should|ought|needs|has ~2 put you|him|her|them down, see you outside, follow you home, "
   "nice family you, something bad|terrible will happen to, accidents happen, "
   "your days are numbered, your last day on|alive, say goodbye to your, you are ~2 dead, you will be ~1 dead, "
   "you are a dead man|woman, dead man walking, dead meat, you should|must|will|deserve|need ~2 to die, "
   "you should|will|shall|must all|both die, you should|will|shall|must die, you will ~2 bleed|burn|suffer, "
   "you are ~2 going to ~1 die|bleed|burn|suffer, pay with ~1 life|lives|blood, paying with ~1 life|lives|blood, "
   "deserve|deserves a bullet|beating|kicking, "
   "you|he|she|they|u|idiots|bastards "
   "should|must|ought|need|needs|deserve|deserves ~2 be ~1 "
   "shot|killed|hanged|hung|stabbed|beaten|burned|murdered|punched|slapped|executed, "
   "people like you|him|her|that "
   "should|must|ought|need|deserve ~2 be ~1 "
   "shot|killed|hanged|hung|stabbed|beaten|burned|murdered|punched|slapped|executed, "
   "end up in a|the|your ~1 hospital|grave|coffin|box|morgue|ground, end up in hospital, you ~1 better run|hide, "
   "better watch out, better watch yourself, better look over your shoulder, look over your shoulder, not be safe, "
   "are not safe from me, nobody is safe, no one is safe, can not hide from, i will be at your door, "
   "show up at your ~1 door|house|home",
   SAYS(BLOW_THREAT, 88)},
  {"shoot up ~2 {place}, shoot the place up, burn ~3 {place} ~2 down, burn down ~2 {place}, burn it ~2 down, "
   "see|watch|hope your|this|that ~2 {place} ~2 burn|burns|explode|explodes|collapse|collapses, burn you ~2 down, "
   "burn ~1 your|the|this ~1 {place}, blow up ~2 {place}|you, blow ~2 {place} up, blow you ~1 up, set fire to ~2 {place}, "
   "set ~2 {place} on fire, torch ~1 {place}, bomb ~2 {place}, bomb in ~2 {place}, planted a bomb, petrol bomb, firebomb, "
   "brick through ~2 windows|window|door, put a bullet|knife ~4 you|your|head|him|her|them, bullet in ~2 head, "
   "bullet with your name, "
   "bring|bringing|get|getting|grab|grabbing|buy|buying|take|taking my|a|the ~1 "
   "gun|knife|rifle|shotgun|pistol|machete|axe|baseball|bat|crowbar|acid ~6 "
   "you|your|office|there|store|shop|staff|him|her|them, come|coming ~4 with a|my ~1 {weapon}, have|got a gun|knife and, "
   "there will be blood|violence|bloodshed, "
   "come|coming|drive|driving|go|going ~6 and ~3 {hurt} ~2 {target}|{staff}|{body}|{place}, "
   "not be ~2 responsible for what i|my, not be held responsible for what i|my, go postal, massacre, school shooter, "
   "go on a rampage",
   SAYS(BLOW_THREAT, 90)},

  // Sexual
  {"suck my ~1 dick|cock|balls, send nudes, send me ~2 nudes|naked, show me your ~1 tits|boobs|breasts|body|ass, "
   "nice tits|boobs|ass, want|like|love to ~1 fuck|bang|shag you|her|him, fuck you ~1 hard, have sex with, sex with me, "
   "want sex, sleep with me, are you horny, horny, you ~2 sexy, sexy voice, sit on my face|lap|dick, rape you|her|him|your, "
   "touch yourself, what are you wearing, blow job, blowjob, get naked, take off your ~1 clothes|top|bra, "
   "your tits|boobs|pussy|vagina|breasts, my dick|cock|penis|balls, lick my|your|me, your bra size, come to bed, "
   "in bed with you, spread your legs, bend over for, talk dirty, dirty talk, suck ~1 cock|cocks|dick|me, suck on my, "
   "big ~1 cock|cocks|dick, your cock|penis|pussy, cum on|in|for|sucker, swallow my|semen|cum, "
   "are|r you|u ~1 naked|hot|wet|turned, make love to me|you, make love with me, can i kiss you, want to kiss you, "
   "want you to lick, sexy time, so sexy, i am ~1 horny, jerk off, masturbate, masturbating, hairy balls, "
   "want to see you naked, see you naked, sleep with you tonight",
   SAYS(BLOW_SEXUAL, 88)},

  // Abuse: vulgar and at the reader
  {"fuck you, fuck off, f* you, f*k you, f*k off, go fuck, fuck yourself, fuck yourselves, fuck your, fuck u, "
   "fuck the lot of you, get fucked, eat shit, eat a dick, suck it, suck my, kiss my ~2 ass|arse|butt, "
   "up your ~2 ass|arse|butt, shove it ~3 up your, stick it ~3 up your, {you} {vulgar}, {you} {be} ~3 {vulgar}, "
   "{you} "
   "{profanity}|{slight}|{booster}|little|dirty|old|fat|ugly|lying|absolute|complete|total|miserable|rude|bunch|lazy|sad|dumb "
   "~2 {vulgar}, "
   "{vulgar} like you, your ~3 {staff} {be} ~3 {vulgar}, fat {vulgar}, stupid {vulgar}, {profanity} {vulgar}, "
   "dumb {vulgar}, ugly {vulgar}, {you} ~3 piece|pieces|sack|bag of ~1 shit|crap|garbage|trash|dirt, son of a bitch, "
   "sons of bitches, your mother is ~1 {vulgar}, cunts, pack|bunch|load|lot of ~1 {vulgar}, {you} ~2 dumbass, bitch ass, "
   "bitch please, shut the fuck up, stfu, stfu bitch, shut your ~2 mouth|face|hole, shut the hell up",
   SAYS(BLOW_ABUSE, 88)},
  {"i hope you ~3 die|rot|burn|suffer|choke|cancer|crash|dies, hope ~3 your ~2 die|dies|burns|burn, hope you ~3 hit by, "
   "wish you were dead, "
   "hope you|he|she|they|u get|gets ~1 raped|shot|killed|beaten|hit|cancer|covid|sick|run|mugged|robbed, "
   "wish you ~2 die|dead, kill yourself, kill yourselves, kys, go die, just die, rot in hell, burn in hell, hang yourself, "
   "jump off a bridge|cliff|building, drink bleach, neck yourself, world would be better without you, "
   "you do not deserve to live, you deserve to rot|suffer|burn",
   SAYS(BLOW_ABUSE, 90)},
  {"{you} ~3 {slur}, {slur} like you, your ~3 {slur}, fucking|stupid|dumb|dirty|filthy {slur}, go back to your ~1 country, "
   "go back to where you came from, go back to africa|india|china|mexico|pakistan, you ~1 foreigners, speak english you, "
   "you ~1 immigrants",
   SAYS(BLOW_ABUSE, 86)},
  {"{slur}", SAYS(BLOW_SLUR, 75)},

  // Insults at the reader or the reader's people
  {"{you} arrogant|smug|nasty|sick|twisted|greedy|filthy|slimy|sleazy|pompous|condescending|evil|vile|spiteful|miserable|sad|fat|ugly ~1 "
   "{insult}|{vulgar}|pig|pigs|cow|cows|snake|snakes|rat|rats|toad|worm|worms|creature|creatures, "
   "{you} ~5 sack|bag|heap|lump of shit|garbage|trash, dumbest|stupidest|thickest|rudest|laziest|nastiest ~1 person|people|man|woman|creature|human i|we, "
   "{insult}|{vulgar} who ~1 answered|wrote|replied|sent|answers|picked|sold|served|runs|took, "
   "only|just a|an {insult}|{vulgar}|{slur} could|would, only a|an retard could|would, not a|an ~2 {insult}|{vulgar}, "
   "{insult}|{vulgar}|{slur} in|from|at|of ~1 {staff}|accounts|billing|sales|shipping|reception, {slight} manager|boss|supervisor|woman|cow|pig|bint of yours, "
   "{you} ~1 {vulgar} manager|boss|team, {staff} ~2 {be} ~1 fat|dirty|filthy|lazy|stupid|ugly pig|pigs|cow|cows|rat|rats, "
   "fat|dirty|filthy|ugly pig|pigs|cow|cows, thick as ~2 short planks|pig|shit|bricks, as thick as you, nasty piece of work, waste of oxygen|skin|air|breath, "
   "you|such|sleazy|dirty con artist|artists, rotten to the core, you|your ~2 cancer, lazy good for nothing, {you} ~2 good for nothing, brain like that|yours, tiny|little|pea brain|brained, brain cells|cell, "
   "iq of a, dropped on your head, were you born ~1 stupid|dumb|thick, do you ~1 have a brain, half a brain, "
   "monkey|monkeys|dog|chimp|parrot|toddler|child|goldfish ~1 could|can|would do your|this job, train|trained ~1 monkey|dog|chimp|parrot to ~1 do your, "
   "crawl back under|into, nobody|no one would miss you, your mother|mum|mom|parents should|must be ~1 ashamed, "
   "should have been ~1 aborted|drowned|swallowed, slept your way, ask your mummy|mommy, too hard|difficult for a girl|woman, "
   "put|give|get me a man on, let|hire|hired|letting immigrants|foreigners, without a shred of intelligence|decency, play dumb with me, "
   "where the sun does not shine, exceeded by your stupidity|incompetence, your stupidity, your ~1 all braindead|brain|morons|idiots|stupid|useless|thick",
   SAYS(BLOW_INSULT, 80)},
  {"should ~1 be ~4 shot|hanged|sterilised|sterilized|castrated|exterminated|gassed, "
   "may your ~3 burn|rot|die|crash|suffer, picking up your|his|her teeth, like that again and you, drop dead",
   SAYS(BLOW_ABUSE, 82)},
  {"{you} {insult}, {you} {be} ~3 {insult}, your|you a|an|such ~2 {insult}|{vulgar}, "
   "{you} ~1 {slight} ~1 {insult}|people|lot|bunch|company|man|woman|person|cow|pig|pigs|bot|robot|machine, "
   "{you} {profanity}|{booster}|absolute|complete|bunch|total|little|pathetic|incompetent ~2 {insult}, "
   "{you} people|guys|lot|all ~2 {insult}, {insult} like you, {you} {be} {slight}, "
   "{you} {be} {booster}|all|just|a|an|the|completely|utterly|absolutely|fucking|as|both ~1 {slight}, "
   "{you} people|guys|lot|all {be} ~2 {slight}, {you} people|guys|lot|all {slight}, "
   "{you} ~1 "
   "lying|cheating|thieving|greedy|dirty|filthy|lazy|corrupt|scamming|ignorant ~1 "
   "{insult}|people|company|lot|dogs|rats|pigs, {you} stupid|dumb|idiotic|pathetic|brainless|useless|worthless|incompetent, "
   "{you} stink, pig you are, "
   "{you} {be} ~2 trash|garbage|rats|snakes|pigs|pig|dogs|dog|joke|parasites|animals|waste|nothing|nobody|jerk|evil, "
   "{you} {be} a ~2 failure|disgrace|embarrassment, {you} ~2 waste of ~1 space|oxygen|skin|air, "
   "waste of space|oxygen|skin|air, "
   "your ~3 {staff} {be} ~3 "
   "{insult}|stupid|dumb|brainless|idiotic|moronic|pathetic|worthless|thick|braindead|retarded|scum, "
   "are ~2 {you} ~2 {slight}, {be} {you} ~2 {insult}, how {slight} are|can|must you|your, "
   "are you [all|both|really|completely|totally|fucking|actually|people|guys|that|so|fully|just] "
   "deaf|blind|retarded|braindead|insane|thick, are you ~1 on drugs|drunk, are you mentally, "
   "{you} ~1 must be ~2 {slight}|{insult}|insane, {you} ~1 must be [all|really|completely|totally] deaf|blind, "
   "are you people ~2 {slight}|{insult}",
   SAYS(BLOW_INSULT, 72)},
  {"bunch|pack|load|gang|set|band|team|den|company of ~2 "
   "{insult}|{slight}|crooks|thieves|monkeys|donkeys|clowns|rats|dogs|parasites, {insult} the lot of you, "
   "{profanity}|stupid|dumb|bloody|useless {insult}, {slight} {insult}, {slight} woman|man|girl|cow|bimbo, {slight} as you, "
   "{slight} as you lot|people|guys, staffed by ~2 {insult}|monkeys|{slight}, run by ~2 {insult}|monkeys, "
   "can you ~1 not ~1 read, can you even read, can not you read, learn to read, pea brain, pea brained, brain cell, "
   "brain cells, half a brain, do you have a brain|any, use your brain, got no brain, no brains, brain dead, shut up, "
   "go to hell, screw you, get lost, drop dead, damn you, get a life, get stuffed, up yours, piss off, bugger off, sod off, "
   "bite me, {you} disgust me, {you} ~2 make|makes me sick, {you} ~1 suck, {you} ~1 all suck, i hate you, i despise you, "
   "i loathe you, hate you people|all|guys, i spit on, you are beneath, shame of a human, "
   "sorry excuse for a ~1 human|person|agent|man|woman, poor excuse for a ~1 human|person|agent|man|woman, "
   "nobody likes you, no one likes you, your mother|mom|mum is a ~1 {insult}|{vulgar}|pig|dog|cow, who asked you, "
   "no wonder you work, get a real job, minimum wage, dead end job, you call yourself, "
   "your tiny|little|small ~1 brain|mind, thick skull, your ~1 stupidity|idiocy|ignorance|incompetent face, you ~1 pathetic",
   SAYS(BLOW_INSULT, 66)},

  // Menace without violence
  {"you will ~2 regret, you are going to regret, regret this, live to regret, you will be ~2 sorry, "
   "you will wish you ~2 never, you will pay for this|it|that, make you pay for, pay dearly, or else, you have been warned, "
   "you were warned, do not mess with me, mess with me, messing with the wrong, messed with the wrong, "
   "picked the wrong person, do not test me, do not push me, do not cross me, "
   "make your life ~2 hell|miserable|misery|nightmare, ruin you, ruin your ~2 life|career|business|company|name, "
   "destroy you, destroy your ~2 life|career|business|company|name|reputation, bring you down, take you down, "
   "i am warning you, i warn you, who you are dealing with, do you know who i am, this is not over, this is far from over, "
   "have your job, have you fired, get you fired, get you sacked, you sacked, lose your job, cost you your job, you fired, "
   "end your career, i will make sure you, i have your name, i know your name, i know who you are, "
   "i will remember your name, you do not want to find out what, you will see what happens, we will see what happens when, "
   "you asked for it, wait and see what i|will, come to your ~3 office|house|home and, come down there and, "
   "coming to your ~3 office|house|home, i will be back and, you will see what i, you will find out what i, "
   "watch your mouth|step|tongue, you better watch, make an example of you",
   SAYS(BLOW_MENACE, 62)},

  // Harsh, but at a thing, the firm or nobody: frustrated, not hostile
  {"{insult}, {vulgar}, stupid, dumb, idiotic, moronic, pathetic, useless, worthless, incompetent, braindead, "
   "{you} {be} ~1 lying, {you} lied, {you} ~1 lie, shame on you, what is wrong with you, what the ~1 is wrong with you, "
   "{you} ~2 ashamed of yourself|yourselves, ashamed of yourself|yourselves, {you} should be ashamed, sucks, dumbest, "
   "stupidest, dumber, worst, trash, garbage, scam, con, are you kidding, are you joking, are you serious, how dare you, "
   "ass, butt, loser, shame on, pervert, whore, sex, racist, nazi, nazis, terrorist, terrorists, disgusting, gross, ugly, "
   "hate, corrupt",
   SAYS(BLOW_RUDE, 30)},
  {"{profanity}, what the hell|fuck, who|how|why|where the hell|fuck, for fuck sake, for fucks sake, "
   "piece of shit|crap|junk, bull",
   SAYS(BLOW_PROFANE, 28)},

  // Insisting: again and again, for the last time
  {"second|third|fourth|fifth|sixth|seventh|eighth|tenth|2nd|3rd|4th|5th|6th|7th|10th|umpteenth|hundredth|nth time, "
   "{number} times, for the last time, last time i, last warning, final warning, final notice, last chance, yet again, "
   "once again, still no ~1 reply|response|answer|news|refund|word|update|sign, still waiting, "
   "still have not ~1 heard|received|had|got|seen, again and again, over and over, every single time, every time i, "
   "how many times, how many more, how much longer, how long do i|we have to|must, i demand, i insist, i have had enough, "
   "had enough, enough is enough, fed up, sick of, sick and tired, i will not wait, i am done, done with you|this, "
   "i want ~3 manager|supervisor, get me ~2 manager|supervisor, "
   "{number} emails|calls|mails|letters|messages|tickets|attempts, {number} phone calls, called {number} times, "
   "tried {number} times, i have called ~3 times, i have emailed ~3 times, "
   "no one ~2 replies|replied|answers|answered|responds|responded|cares, "
   "nobody ~2 replies|replied|answers|answered|responds|responded|cares, do your job, sort this out now, right now, "
   "immediately",
   SAYS(BLOW_INSIST, 40)},

  // Reproach: judgements about what was done, and distress over it
  {"ridiculous, ridiculously, unacceptable, not acceptable, outrageous, absurd, ludicrous, unbelievable, predatory, preditory, "
   "ripping off, rips off, price gouging, gouge, gouging, rip off, ripped off, ripping me|people|us off, highway robbery, "
   "robbery, robbing, "
   "take|takes|taking|took|taken advantage, prey|preys|preying|preyed on|upon, shady, sketchy, deceptive, deceived, unethical, "
   "dishonest, sneaky, "
   "disgusted, disgusting, disgraceful, furious, frustrated, frustrating, frustration, fed up, sick of, tired of, exhausted, "
   "stressed, stressful, "
   "stress, run around, runaround, round and round, lied to, they|he|she|you lied, lying, a lie, all|flat|bold lies, "
   "lied about, liars, rude, condescending, horrible, horrendous, terrible, awful, worst, "
   "unfair, unfairly, not fair, not right, is not right, crazy, insane, nightmare, bad faith, deliberately, how dare, "
   "devastated, devastating, desperate, helpless, hopeless, ruining my, ruined my, destroyed my, "
   "do|does ~1 you|anyone ~1 even|really care, does anyone care, this is how ~1 you, is this how, "
   "very|extremely|deeply|so|really|bitterly disappointed, very upset, so upset, extremely upset, really upset, shame, "
   "shameful, ashamed, do not care, does not care, did not care, could not care less, "
   "nobody cares, no one cares, appalled, appalling, screwed, screwing, scam, scammed, incompetent, incompetence, negligent, "
   "negligence, "
   "hung up on, hangs up on, hang up on, laughed at, beyond angry|frustrated|furious|upset, harassing, harassed, harassment, "
   "bullied, bullying, "
   "intimidation, victimized, humiliated, poor service|customer, worst customer, had enough, i am done, never again, "
   "stole my, stolen my, stealing, theft by, crooked, corrupt, fraudulent practices, business practices, illegal practices, "
   "bad business",
   SAYS(BLOW_REPROACH, 52)},
  {"refuse|refused|refuses|refusing to, refuses, refused, to no avail, no avail, no success, several times, many times, "
   "multiple times, numerous times, countless times, "
   "times already, too many times, over and over, again and again, "
   "keep|keeps|kept telling|saying|asking|sending|calling|charging|giving|changing|making|getting|transferring|reporting, "
   "no one ~1 can|will|could|would|knows|wants, nobody can|will|knows|wants, not help|helping|helpful|willing, no help, "
   "unhelpful, no response, never responded|replied|called|heard|received|got, "
   "still have|has|had not, still no, still not, still waiting, how can you|they|a|this|it|i, "
   "how is|are ~1 this|that|it|they ~1 legal|possible|allowed|fair, "
   "should not have|be|has ~1 to, should never have, for no reason, false promises, "
   "without my permission|consent|knowledge, against my will, no explanation, no idea why, makes no sense, make no sense, "
   "does not make ~1 sense, "
   "hours on the phone, on hold, at all, not even, what kind of, what type of, why would, why should, "
   "affecting my, hurting my, hurts my, damaging my, unable to ~2 because, constantly, every single, every day, all day, "
   "their mistake|error|fault, your mistake|error|fault, excuse, excuses, ignored, ignoring, passed around, bounced, wasted, "
   "waste of, wasting, please help me, help me please, "
   "i just want, all i want, simply want, i do not know what ~1 to do, at a loss, end of my rope|wits",
   SAYS(BLOW_REPROACH, 26)},

  // Legal steps and outside bodies: a right, not abuse
  {"sue, suing, sued, sue you, will sue, lawyer, lawyers, attorney, attorneys, solicitor, solicitors, barrister, "
   "legal action, legal steps, legal proceedings, legal advice, legal team, legal rights, legal letter, take legal, "
   "lawsuit, class action, court, small claims, claims court, see you in court, ombudsman, trading standards, "
   "better business bureau, bbb, attorney general, consumer protection, consumer rights act, consumer affairs, regulator, "
   "ofcom, ofgem, ftc, cfpb, fca, financial conduct authority, citizens advice, letter before action, chargeback, "
   "charge back, press charges, pressing charges, police report, report you to ~4 police|authorities|regulator, "
   "go to the police, contact the police, call the police, data protection authority, ico, letter before claim, "
   "breach of contract, statutory rights, litigation, prosecute, prosecution",
   SAYS(BLOW_LEGAL, 80)},
  {"supreme court, tennis court, food court, court shoes, court road, court street, court lane, basketball court, "
   "squash court, sue is, sue was, my friend sue, of course",
   SAYS(BLOW_NONE, 0)},

  // Self-harm: a welfare matter, never abuse
  {"kill myself, killing myself, end my life, ending my life, end it all, take my own life, taking my own life, "
   "take my life, suicide, suicidal, want to die, wanted to die, wish i was dead, wish i were dead, better off dead, "
   "better off without me, no reason to live, nothing to live for, not worth living, do not want to live, "
   "do not want to be here anymore, do not want to be alive, can not go on living, can not go on anymore, "
   "can not go on like this, can not live like this, can not live anymore, harm myself, harming myself, self harm, "
   "want|going|tempted|about|thinking to|of ~1 hurt|hurting|cut|cutting myself, cutting myself, hurting myself, "
   "hang myself, shoot myself, overdose, jump off a bridge myself, throw myself, not want to wake up, end my own life, "
   "tired of living, tired of life, do not see a way out, see no way out, no way out anymore, ending it all, drown myself, "
   "i would rather be dead, i should just die, i just want to disappear, slit my wrists, "
   "he|she|son|daughter|husband|wife ~2 suicidal, tried to kill himself|herself",
   SAYS(BLOW_SELF_HARM, 90)},
  {"suicide squad, suicide prevention book, shoot myself in the foot, kick myself", SAYS(BLOW_NONE, 0)},
};
const RowTable behaviour_rows = {rows, G_N_ELEMENTS(rows)};
