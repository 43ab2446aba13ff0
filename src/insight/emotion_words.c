// What words say about feeling: our own lists, by the feeling they speak for. The valence (-4 … 4) is our judgement. The
// percent beside a label is how often a sentence with these words carries the label; for rows with enough cases it was
// counted on the training part of GoEmotions (`insight_evaluate rows`), for the words of customers it is our judgement.
// Rows without labels and valence keep the words inside them silent.
#include "insight/engine.h"

#define E(name) EMOTION_##name

static const Row rows[] = {
  // Silent: forms of politeness and idioms
  {"dear, hope you are well, hope this finds you well, hope all is well, hope this email finds you well, "
   "kind|best|warm|kindest|warmest regards, best wishes, yours sincerely|faithfully|truly, "
   "good morning|afternoon|evening|day, happy to provide|send|help|supply|confirm, customer care, like to know, "
   "would love to know, do not hesitate, if you like, feel free, no problem, as well, look like, looks like, looked like, "
   "feel like, felt like, something like, anything like, things like, stuff like, just like, seems like, sounds like, "
   "more like, much like, it is like, was like, be like, like this, like that, like a, like the, well known, pretty much, "
   "kind of, sort of, thing is, most likely, love island, free of charge, good faith, in good time, a good deal of, "
   "great britain, killer whale, drop dead, bad debt, credit card, credit note, best before, best buy, joy con, "
   "trust pilot, trust me, fun fact, super market, sick leave, sick pay, sick note, sick day, security code, pain au, "
   "no matter, in case, for sure, mean while, not only, no wonder, not just, no longer, thanks to, please advise, "
   "well then, good luck with that",
   0,
   {{0}}},

  // Gratitude
  {"thank you, thanks, my thanks, our thanks, big thanks, huge thanks, special thanks, "
   "thanks to you|the|all|your|everyone|her|him, extra mile, my gratitude, thank u, many thanks, thank you [very|so] much, "
   "thanks a lot|million|bunch, thank god you, ta very much",
   2.2,
   {{E(GRATITUDE), 98}}},
  {"grateful, thankful, appreciate, appreciated, gratitude, appreciative, much obliged, thanking, indebted to you, "
   "i owe you, can not thank you enough, could not thank you enough",
   2.4,
   {{E(ADMIRATION), 57}, {E(GRATITUDE), 55}}},
  {"thanks in advance, thank you in advance, thank you for your time, thanks for reading, thank you for your attention, "
   "thank you for your understanding",
   0.6,
   {{E(GRATITUDE), 35}}},
  {"thanks|thank [you] for nothing, thanks a lot for ruining, thanks for ruining|wasting|nothing|ignoring|losing|breaking, "
   "thank you for ruining|wasting|ignoring|losing|breaking, gee thanks, no thanks to you, thanks but no thanks",
   -2.4,
   {{E(ANNOYANCE), 60}, {E(ANGER), 30}, {E(DISAPPOINTMENT), 25}},
   true},
  {"bless you, god bless, you saved my life|day|bacon|weekend|holiday, life saver, lifesaver, you made my day|week|year, "
   "made my day",
   3.0,
   {{E(GRATITUDE), 48}, {E(JOY), 48}, {E(CARING), 8}},
   true},

  // Wishes and irony in words of praise
  {"would be [really|very|so] great|nice|helpful|appreciated|good|lovely|perfect|wonderful|fantastic|awesome, "
   "would have been great|nice|good|better|helpful|lovely, would appreciate, would be grateful, be grateful if, "
   "be happy if, appreciate it if, appreciate a, appreciate an, i would be happy to",
   0.3,
   {{E(DESIRE), 22}, {E(OPTIMISM), 18}, {E(GRATITUDE), 16}}},
  {"just great, oh great, just perfect, just brilliant, just wonderful, just lovely, just fantastic, "
   "well done for ruining|losing|breaking, great job ruining|losing|breaking, good job ruining|losing|breaking, "
   "so much for, what a great way to, nice way to, great way to treat",
   -1.8,
   {{E(ANNOYANCE), 40}, {E(DISAPPOINTMENT), 18}, {E(DISAPPROVAL), 18}}},

  // Admiration and approval
  {"amazing, awesome, brilliant, fantastic, outstanding, superb, exceptional, wonderful, magnificent, phenomenal, "
   "incredible, marvellous, marvelous, stellar, top notch, first class, first rate, world class, second to none, "
   "impeccable, fabulous, terrific, remarkable, extraordinary, spectacular",
   3.2,
   {{E(ADMIRATION), 78}, {E(EXCITEMENT), 7}}},
  {"excellent, perfect, great, impressive, impressed, gorgeous, beautiful, beautifully, stunning, flawless, faultless, "
   "lovely, nice, delightful, excellently, perfectly, neat, splendid, classy, elegant, exquisite",
   2.6,
   {{E(ADMIRATION), 66}}},
  {"well done, good job, great job, nice work, good work, great work, nice job, keep up the good work, keep it up, "
   "hats off, kudos, bravo, credit to, a credit to, shout out, congratulations, congrats, above and beyond, well played, "
   "the best, best ever, five stars, 5 stars, two thumbs up, highly recommend, would recommend, will recommend, "
   "recommend to, respect to, legend, genius, hero, champion, talented, skilled, a star",
   2.9,
   {{E(ADMIRATION), 53}, {E(GRATITUDE), 16}}},
  {"helpful, professional, efficient, knowledgeable, courteous, attentive, friendly, polite, patient, kind, kindness, "
   "reliable, trustworthy, honest, prompt, quick to respond, considerate, thorough, clever, smart, wise, brave, strong, "
   "respect, respected, inspiring, inspirational, thoughtful, generous, dedicated, hard working",
   2.1,
   {{E(ADMIRATION), 35}, {E(APPROVAL), 12}, {E(CARING), 6}}},
  {"good, better, decent, solid, fine, well made, works well, works great, works fine, works perfectly, does the job, "
   "good value, good quality, satisfied, satisfactory, useful, convenient, easy to use, clean, comfortable, pleasant, "
   "smooth, smoothly, positive, improved, improvement, worth it, worth every penny",
   1.7,
   {{E(ADMIRATION), 28}, {E(OPTIMISM), 9}}},
  {"agree, agreed, exactly, absolutely right, you are right, that is right, quite right, true, fair enough, good point, "
   "makes sense, good idea, definitely, indeed, of course, sure, absolutely, totally, correct, ok, okay, yes, yep, yeah, "
   "valid, valid point, i support, i approve, sounds good, that works, works for me, fair point",
   0.9,
   {{E(APPROVAL), 27}}},

  // Joy, excitement, love, amusement
  {"happy, glad, pleased, delighted, overjoyed, thrilled, joyful, cheerful, smiling, "
   "ecstatic, made me smile, so pleased, a pleasure, pleasure, joy, enjoy, enjoyed, enjoying, enjoyable, fun, "
   "blessed, blissful, satisfying, :), :d, 😊, 😀, 😃, 😄, 🙂, 😁, ☺, yay, hooray, woohoo, cheers, celebrate",
   2.7,
   {{E(JOY), 41}, {E(GRATITUDE), 14}, {E(EXCITEMENT), 7}}},
  {"over the moon, on cloud nine, tickled pink, chuffed, chuffed to bits", 2.9, {{E(JOY), 60}, {E(EXCITEMENT), 15}}, true},
  {"could not be happier, could not be more pleased, can not fault, could not fault, could not ask for more|better, "
   "nothing but praise, no complaints, nothing was too much trouble, exceeded my expectations, exceeded all expectations, "
   "better than expected, pleasantly surprised, blown away",
   3.3,
   {{E(ADMIRATION), 37}, {E(SURPRISE), 32}, {E(JOY), 28}}},
  {"excited, exciting, excitement, can not wait, could not wait, looking forward, look forward, thrilling, pumped, stoked, "
   "hyped, eager, eagerly, psyched, 🎉, 🤩, buzzing",
   2.4,
   {{E(EXCITEMENT), 60}}},
  {"love, loved, loves, loving, adore, adored, adores, in love with, ❤, 💕, 😍, 🥰, 💖, 💙, 💜, 💚, <3, 😘, my favorite, favorite",
   3.1,
   {{E(LOVE), 67}}},
  {"would love to, would love it if, would love a, i would love", 1.2, {{E(DESIRE), 45}, {E(LOVE), 25}, {E(OPTIMISM), 8}}},
  {"lol, lmao, rofl, haha, hahaha, ha ha, hehe, funny, hilarious, laugh, laughed, laughing, laughs, lmfao, 😂, 🤣, 😆, "
   "amusing, amused, comedy, joking, humour, humor, funniest",
   1.7,
   {{E(AMUSEMENT), 70}}},
  {"laughable, a joke, what a joke, joke of a, you are joking, you must be joking, you have got to be joking|kidding, "
   "you must be kidding, are you kidding, are you joking, laughing stock, is this a joke, beyond a joke, having a laugh",
   -2.6,
   {{E(ANNOYANCE), 55}, {E(ANGER), 35}, {E(DISAPPROVAL), 25}}},
  {"not funny, no laughing matter, not a joke, no joke, 🤦, 🙄, 🤷, sigh, ugh, argh, grr, smh, facepalm, jeez, "
   "for goodness sake, for heavens sake, for gods sake, for pete sake, give me a break",
   -1.9,
   {{E(ANNOYANCE), 40}, {E(DISAPPROVAL), 14}, {E(DISAPPOINTMENT), 10}}},

  // Caring, optimism, pride, relief
  {"take care, be careful, stay safe, hope you feel better, get well, hang in there, thinking of you, sending love|hugs, "
   "hugs, here for you, be safe, my thoughts are with, look after yourself, you are not alone, "
   "hope you are ok|okay|alright, please be safe, prayers, praying for, please do not worry",
   1.8,
   {{E(CARING), 46}, {E(OPTIMISM), 12}}},
  {"hope, hopefully, hoping, hopeful, fingers crossed, i trust you will, confident that, optimistic, good luck, "
   "best of luck, wish you luck, looking up, i am sure you will, i believe you will",
   1.2,
   {{E(OPTIMISM), 69}, {E(CARING), 9}}},
  {"proud, pride, proudly, so proud, achievement, accomplished, accomplishment", 2.4, {{E(PRIDE), 48}, {E(ADMIRATION), 35}}},
  {"relief, relieved, thank god, thank goodness, phew, thankfully, finally, at last, weight off my mind|shoulders, "
   "reassured, reassuring, a load off",
   1.5,
   {{E(GRATITUDE), 22}, {E(RELIEF), 18}, {E(JOY), 12}}},

  // Curiosity, confusion, realization, surprise, desire
  {"wonder, wondering, curious, i would like to know, interested in, want to know, could you tell me, can you tell me, "
   "please tell me, can you explain, could you explain, please explain, any idea, does anyone know, do you know, "
   "let me know, is there a way, is it possible, what is the difference, how does, how do i, how can i, how do you",
   0.1,
   {{E(CURIOSITY), 45}, {E(SURPRISE), 20}, {E(CONFUSION), 7}}},
  {"confused, confusing, confusion, do not understand, did not understand, can not understand, not sure, unsure, unclear, "
   "puzzled, puzzling, baffled, baffling, bewildered, perplexed, lost as to, at a loss, makes no sense, "
   "does not make sense, make no sense, do not know what, do not know why, do not know how, no idea, no clue, "
   "can not figure out, struggling to understand, mixed up, contradictory, i do not get, do not get it, hard to understand, "
   "misunderstood, 😕, 🤔, huh",
   -0.9,
   {{E(CONFUSION), 45}}},
  {"realize, realized, realizing, i see now, turns out, it turns out, i found out, i noticed, it dawned on me, "
   "now i understand, i just remembered, i never knew, just found out, i have just seen",
   0,
   {{E(REALIZATION), 49}}},
  {"surprised, surprise, surprising, surprisingly, wow, omg, oh my god, oh my, whoa, unexpected, unexpectedly, "
   "unbelievable, astonished, astonishing, astounded, amazed, can not believe, could not believe, did not expect, "
   "taken aback, shocked, shock, 😮, 😱, 😲, 😳, never seen, out of nowhere, who knew, to my surprise, stunned, gobsmacked, "
   "speechless",
   0,
   {{E(SURPRISE), 48}, {E(EXCITEMENT), 9}}},
  {"want, wish, i want, i wish, need, would like, i would like, desire, if only, dream of, longing, craving, i could use, "
   "desperate for, i long for, eager to get, please send, please refund",
   0.1,
   {{E(DESIRE), 24}, {E(CARING), 6}}},

  // Remorse, embarrassment
  {"sorry, my apologies, i apologize, apologies, apologize, regret, my fault, my bad, my mistake, i was wrong, forgive me, "
   "i feel bad, feel guilty, guilt, guilty, ashamed of myself, remorse, excuse me for",
   -0.6,
   {{E(REMORSE), 52}, {E(SADNESS), 22}}},
  {"not sorry, sorry excuse, sorry state, sorry to say, sorry but, sorry for your loss, i demand an apology, "
   "want an apology, expect an apology, deserve an apology, owe me an apology, an apology, no apology, not even an apology, "
   "without an apology, without apologizing, never apologized, not apologized, did not apologize, did not even apologize, "
   "refused to apologize",
   -1.2,
   {{E(DISAPPROVAL), 18}, {E(ANNOYANCE), 22}}},
  {"embarrassed, embarrassing, embarrassment, awkward, cringe, humiliated, humiliating, humiliation, ashamed, mortified, "
   "made a fool of, looked like a fool, made me look like, shameful, in front of everyone",
   -2.3,
   {{E(EMBARRASSMENT), 45}, {E(DISAPPROVAL), 10}, {E(SADNESS), 10}}},

  // Fear, nervousness
  {"afraid, scared, terrified, frightened, frightening, scary, terrifying, fear, fears, fearful, horrified, panic, "
   "panicking, panicked, petrified, nightmare, nightmares, dangerous, danger, unsafe, in danger, 😨, 😰, creepy, threatening, "
   "threatened, hazard, alarming, fire hazard",
   -2.6,
   {{E(FEAR), 54}}},
  {"worried, worrying, worry, worries, anxious, anxiety, nervous, concerned, concern, concerning, concerns, uneasy, "
   "stressed, stressful, stress, tense, on edge, uncertain, apprehensive, desperate, desperately, vulnerable, "
   "uncomfortable, nervously, sleepless",
   -1.9,
   {{E(NERVOUSNESS), 32}, {E(FEAR), 32}, {E(CARING), 6}}},
  {"stranded, nowhere to stay|go|sleep, losing sleep, can not sleep", -2.1, {{E(FEAR), 50}, {E(NERVOUSNESS), 45}}, true},
  {"do not be afraid, no fear, not scared, do not worry, not worried, no worries, no rush, not a big deal, no big deal, "
   "not urgent, never mind, no hurry, no need to worry, nothing urgent",
   0.7,
   {{E(CARING), 45}, {E(OPTIMISM), 9}}},
  {"suspicious, suspicious activity, someone has used my, unauthorized, unauthorised, stolen, hacked, fraud, fraudulent, "
   "identity theft, data breach, scam, phishing",
   -2.1,
   {{E(FEAR), 22}, {E(NERVOUSNESS), 16}, {E(ANGER), 10}}},

  // Sadness, grief, disappointment
  {"sad, sadly, sadness, unhappy, depressed, depressing, heartbroken, heartbreaking, upset, upsetting, crying, cried, cry, "
   "tears, tearful, in tears, miserable, devastated, devastating, gutted, lonely, alone, hurt, hurts, hurtful, painful, "
   "broken hearted, hopeless, helpless, 😢, 😭, 😞, 😔, ☹, 🙁, 😥, 💔, :(, tragic, distressed, distressing, distress, "
   "down in the dumps, suffering, suffered, misery, melancholy, bawling, sobbing, sob",
   -2.5,
   {{E(SADNESS), 45}, {E(DISAPPOINTMENT), 12}}},
  {"passed away, bereaved, bereavement, lost my husband|wife|mother|father|mum|mom|dad|son|daughter|child|dog|cat, "
   "late husband|wife|mother|father",
   -2.4,
   {{E(SADNESS), 65}, {E(GRIEF), 30}},
   true},
  {"funeral, died, death, rip, rest in peace, mourning, grieving, my loss, grief",
   -2.4,
   {{E(SADNESS), 55}, {E(GRIEF), 20}, {E(CARING), 8}}},
  {"disappointed, disappointing, disappointment, disappointingly, let down, letdown, expected better, expected more, "
   "not what i expected, not what i ordered, not as described, underwhelming, underwhelmed, dissatisfied, dissatisfaction, "
   "unsatisfied, unsatisfactory, not satisfied, not happy, not pleased, not impressed, unimpressed, not good enough, "
   "fell short, below par, substandard, sub standard, left wanting, shame, a shame, such a shame, real shame, "
   "unfortunately, unfortunate, regrettably, pity, not great, not good, no good, could be better, not up to standard, "
   "poor show, leaves a lot to be desired, lost faith, lost trust, lost confidence, anticlimax, not worth",
   -2.3,
   {{E(DISAPPOINTMENT), 45}, {E(SADNESS), 14}, {E(DISAPPROVAL), 16}}},
  {"broken promise, broken promises, promised, promise, you promised, as promised, supposed to, was meant to, "
   "were meant to, should have been, should have arrived, should have had, failed to, fails to, failed, fail, failing, "
   "failure, missed, never arrived, never came, never turned up, did not arrive, has not arrived, have not arrived, "
   "not arrived, not turned up, did not show up, no show, still not, still no, still waiting, still have not, "
   "still has not, yet to",
   -1.4,
   {{E(DISAPPOINTMENT), 22}, {E(ANNOYANCE), 22}, {E(DISAPPROVAL), 8}},
   true},
  {"late, delayed, delay, delays, overdue, damaged, broken, faulty, defective, cracked, scratched, leaking, missing, lost, "
   "wrong, wrong item, wrong size, wrong address, incorrect, mistake, mistakes, error, errors, problem, problems, issue, "
   "issues, trouble, does not work, did not work, not working, stopped working, will not work, does not fit, fell apart, "
   "out of order, malfunction, malfunctioning, dead on arrival, inconvenience, inconvenient, overcharged, double charged, "
   "charged twice, incomplete, unable to, can not access, cancelled, canceled, refused, declined, rejected, denied, dirty, "
   "cold food, poorly, complaint, complain, complaining, slow",
   -1.3,
   {{E(DISAPPOINTMENT), 14}, {E(ANNOYANCE), 14}, {E(DISAPPROVAL), 10}},
   true},

  // Disapproval, disgust
  {"unacceptable, not acceptable, inexcusable, unprofessional, disagree, do not agree, object, protest, disapprove, "
   "do not like, did not like, dislike, inappropriate, out of order, not right, is wrong, was wrong, unfair, unjust, "
   "unreasonable, irresponsible, misleading, dishonest, deceptive, unethical, immoral, not fair, not ok, not okay, "
   "intolerable, unforgivable, disrespectful, disrespect, careless, negligent, negligence, false advertising, lied, lie, "
   "lies, lying, misled, deceived, cheated, tricked, ripped off, rip off, con, scammed, conned, robbed, robbery, theft, "
   "daylight robbery, extortion, bait and switch, tut, boo, nope, never again, wrong of you, bad idea, bad take, shame on",
   -2.5,
   {{E(DISAPPROVAL), 42}, {E(ANNOYANCE), 30}, {E(ANGER), 16}},
   true},
  {"disgusting, disgusted, gross, revolting, vile, sickening, sick to my stomach, nauseating, repulsive, appalling, "
   "appalled, foul, filthy, yuck, ew, eww, 🤢, 🤮, nasty, stinks, stink, mould, mouldy, moldy, cockroach, cockroaches, "
   "maggots, hair in, rotten, puke, vomit, abhorrent, despicable, horrid, repugnant, makes me sick",
   -3.0,
   {{E(DISGUST), 52}, {E(ANGER), 9}}},
  {"disgrace, disgraceful, deplorable, atrocious, abysmal, scandalous, diabolical, shocking service, shocking, outrageous, "
   "outrage, absurd, preposterous, farce, farcical, shambles, shambolic, travesty, disaster, disastrous, catastrophe, "
   "train wreck, fiasco, is a nightmare, was a nightmare, absolute nightmare, total nightmare, complete nightmare, "
   "nightmare of a",
   -3.1,
   {{E(ANGER), 36}, {E(DISAPPROVAL), 32}, {E(ANNOYANCE), 30}},
   true},

  // Annoyance, anger
  {"terrible, horrible, awful, dreadful, worst, the worst, worst ever, horrendous, hideous, horrific, lousy, rubbish, crap, "
   "crappy, garbage, trash, useless, worthless, pathetic, hopeless, joke, sucks, suck, sucked, bad, poor, poor service, "
   "bad service, terrible service, worse, rude, ridiculous, stupid, nonsense, ludicrous, idiotic, lame, dumb, waste, "
   "a waste of, waste of time, waste of money, incompetent, incompetence, inept, tired of, laughably",
   -2.7,
   {{E(ANNOYANCE), 34}, {E(DISAPPROVAL), 18}, {E(DISAPPOINTMENT), 14}}},
  {"annoyed, annoying, annoyance, irritated, irritating, irritation, sick of, tired of this, "
   "aggravating, aggravated, infuriating, maddening, nuisance, "
   "drives me crazy|mad|nuts|insane, driving me crazy|mad|nuts|insane, getting on my nerves, a pain, pain in the, "
   "bothersome, bothers me, bugs me, bugging me, grumpy, cross, displeased, peeved, miffed, irks, hassle, 😒, 😑, 😤, :/, "
   "come on, once again, again and again, over and over, what is wrong with you, what are you doing, get it together, 👎",
   -2.4,
   {{E(ANNOYANCE), 52}, {E(ANGER), 16}, {E(DISAPPOINTMENT), 12}}},
  {"fed up, sick and tired, had enough, i have had enough, enough is enough, exasperated, exasperating, frustrated, "
   "frustrating, frustration, frustratingly, at my wits end, at the end of my tether, losing patience, lost patience, "
   "running out of patience, patience is running out, my patience, how many times, yet again, how hard can it be, "
   "how difficult can it be, get your act together, sort it out, do your job",
   -2.4,
   {{E(ANNOYANCE), 60}, {E(ANGER), 18}, {E(DISAPPOINTMENT), 14}},
   true},
  {"furious, livid, enraged, seething, fuming, irate, incensed, infuriated, hopping mad, beside myself, "
   "never buy from you again, never again will i, worst company|service|experience|airline|customer",
   -3.3,
   {{E(ANGER), 65}, {E(ANNOYANCE), 40}},
   true},
  {"angry, angrily, anger, outraged, raging, rage, mad, "
   "boiling, blood boil, hate, hated, hates, hatred, despise, detest, loathe, pissed, pissed off, p*ed off, "
   "fury, 😡, 😠, 🤬, 👿, how dare you, how dare they, damn you, screw you, go to hell, shut up, "
   "get lost, drop dead, fuck off, fuck you, piss off, f*k you, f*k off, kiss my",
   -3.3,
   {{E(ANGER), 58}, {E(ANNOYANCE), 28}, {E(DISGUST), 6}}},
  {"fuck, fucking, fucked, fucks, f*k, f*ing, f*king, bullshit, bs, asshole, assholes, bastard, bastards, bitch, bitches, "
   "idiot, idiots, moron, morons, scum, dumbass, dickhead, prick, wanker, cunt, arsehole, motherfucker, loser, losers, "
   "liar, liars, thieves, thief, crooks, clowns, clown, imbecile, scammers, wtf, ffs, stfu",
   -2.9,
   {{E(ANGER), 38}, {E(ANNOYANCE), 30}, {E(DISGUST), 4}}},
  {"shit, shitty, damn, damned, goddamn, hell, bloody, arse, bollocks, piss, dammit, sodding, freaking, effing",
   -1.8,
   {{E(ANGER), 22}, {E(ANNOYANCE), 24}, {E(SURPRISE), 5}}},
  {"kill, killed, murder, die, dead, violence, violent, threat, abuse, abused, attack, attacked, war, evil, cruel, crime, "
   "criminal, poison, victim",
   -2.0,
   {{E(ANGER), 10}}},

  // Customers' stories: what happened, rather than how it feels
  {"hung up on me, hung up on, put the phone down on me, ignored, ignoring, ignore, nobody listens, no one listens, "
   "nobody listened, no one listened, nobody cares, no one cares, do not care, does not care, could not care less, "
   "fobbed off, passed from pillar to post, passed around, passed from, treated like, talked down to, brushed off, "
   "dismissive, dismissed, condescending, patronizing, patronising, sarcastic, arrogant, abrupt, unhelpful, aggressive, "
   "shouted at me, yelled at me, laughed at me, kept waiting, left waiting, going round in circles, "
   "going around in circles, runaround, run around, treat|treats|treated|treating me|us|people|customers like, like dirt, "
   "is killing me, wasting my time, waste my time, wasted my time, waste of my time, excuses, no excuse, on hold, "
   "line went dead, cut me off, was cut off, this is how you, is this how you, do you even, "
   "nobody ~2 called|replied|replies|helped|helps|answered|answers|responds|responded|bothered|turned|came|showed, "
   "no one ~2 called|replied|replies|helped|helps|answered|answers|responds|responded|bothered|turned|came|showed, "
   "how little you, little you care, owe me, tired of asking|waiting|explaining|repeating|being, "
   "wasted ~3 day|saturday|sunday|morning|afternoon|evening|hours|weekend|hour, "
   "explained this|that|it to ~4 different|people, dumbest, stupidest, slowest, rudest, told to shut up, threw the|my, "
   "in front of my",
   -2.2,
   {{E(ANNOYANCE), 45}, {E(ANGER), 25}, {E(DISAPPOINTMENT), 20}},
   true},
  {"third|fourth|fifth|sixth|seventh|tenth|umpteenth time, how much longer, for the last time, final warning, last chance, "
   "i demand, demanding, i want my money back, money back, give me my money, i will never, "
   "will never use|order|buy|shop|return|fly|stay, taking my business elsewhere, take my business elsewhere, "
   "going elsewhere, cancel my account, closing my account, avoid this, avoid at all costs, stay away, do not buy, "
   "buyer beware, days late, weeks late, no reply, no response, no answer, no one replies, nobody replies, not replied, "
   "not responded, never replied, never responded, never called back, not called back, unanswered, radio silence",
   -1.9,
   {{E(ANNOYANCE), 40}, {E(ANGER), 22}, {E(DISAPPOINTMENT), 18}},
   true},
  {"refund, refunded, fixed, resolved, sorted, solved, repaired, replaced, working now, works now, arrived safely, "
   "arrived today, arrived early, ahead of schedule, earlier than expected, problem solved, all sorted, on time, "
   "quick response, quick reply, fast delivery, fast response, quickly, resolution, solution, success, successfully, win, "
   "won, welcome, safe, secure, free",
   0.8,
   {{E(APPROVAL), 8}, {E(RELIEF), 3}}},
  {"friend, friends, laughter, gift, cute, adorable, sweet, cool, best, winning, awesome sauce, interesting, hot, healthy, "
   "peace, peaceful, calm, easy, fresh, special, ready, luckily, lucky, smile, dream, dreams, beauty, heaven, birthday, "
   "party, holiday, wins, faith, grace, support, supported, treat, rich, gain, dance, music, sunshine, hug",
   1.5,
   {{E(ADMIRATION), 10}, {E(JOY), 10}, {E(LOVE), 4}}},
  {"not bad, not too bad, not so bad, can not complain", 1.3, {{E(APPROVAL), 19}}},
  {"😉, 👍, 👏, 🙌, 💪, ✨, 🔥, ⭐, ;), 😎, 🙏", 1.6, {{E(ADMIRATION), 24}, {E(APPROVAL), 16}, {E(OPTIMISM), 9}}},
  {"boring, bored, tired, exhausted, exhausting, sick, ill, weak, ugly, lazy, hard, difficult, struggle, struggling, pain, "
   "ache, headache, cold, noisy, loud, unlucky, guilt trip, weird, weirdo, odd, sore, poverty, ruin, ruined, ruining, "
   "spoiled, spoilt, destroyed, crash, crashed, cancel, fake, cheap, overpriced, expensive, costly, wasted, lose, losing, "
   "loss, hurting, fight, fighting, jealous, lack, lacking, blame, blamed, crazy, insane, harsh, kick, miss, missing you, "
   "misses",
   -1.6,
   {{E(SADNESS), 9}, {E(ANNOYANCE), 12}, {E(DISAPPOINTMENT), 9}}},
};
const RowTable emotion_rows = {rows, G_N_ELEMENTS(rows)};
