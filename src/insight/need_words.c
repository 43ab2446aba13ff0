// Phrases that speak for a need: phrases rather than single words, because single words mislead. Our own lists.
// Rows without weight name what only looks like a need.
#include "insight/engine.h"

#define SAYS(need, percent)                                                                                                      \
  0, {                                                                                                                           \
    { NEED_##need, percent }                                                                                                     \
  }
#define SILENT                                                                                                                   \
  0, {                                                                                                                           \
    { 0 }                                                                                                                        \
  }

static const Row rows[] = {
  {"flight status, order status, bag status, status of my, ignore the sign, ignore this|my last|previous, please ignore, "
   "how are you, how do you do, how do you manage, how do you expect, how do you sleep, how do you think i, "
   "how can you|this|it|that, how could you, why bother, why do i bother, why should i, why on earth, my family and, "
   "family of four, family room|ticket|pack, no one at the gate, alone in the, safe to say, safe journey, safe delivery, "
   "in safe hands, safe mode, time saver, confirm receipt of this",
   SILENT},

  // Learning: to understand, to be able to do it themselves
  {"how do i, how do we, how can i, how can we, how would i, how should i, how to, how does, how do these, how exactly, "
   "what is the best way, is there a way, is it possible to, can you explain, could you explain, please explain, "
   "explain to me, explain how|why|what, can you show me, could you show me, show me how, teach me, tell me how, "
   "walk me through, guide me, step by step, instructions, tutorial, user guide, manual for, i want to understand, "
   "i would like to understand, help me understand, trying to understand, i want to learn, would like to learn, "
   "like to know how, figure out how, figure out, work out how, trying to set up, set it up, setting up, i am new to, "
   "first time using, never used, beginner, what does ~3 mean, what is the difference, difference between, "
   "which one|model|version|plan|size is, which is better, which would you recommend, which should i, do you recommend, "
   "would you recommend, any tips, any advice, could you advise, can you advise, how it works, how this works, "
   "how that works, where can i find ~2 instructions|guide|manual|information, where can i read|learn, "
   "more information about, more details about, learn more, curious about|how|whether, i wonder how|whether|if, "
   "wondering how|whether|if|what, compatible with, does it support, does it come with, does it work with",
   SAYS(LEARNING, 55)},
  {"do not understand, did not understand, can not understand, i do not know how, not sure how, not sure what, "
   "not sure which, unsure how, confused about|by|as, i am confused, confusing, makes no sense to me, no idea how|what|why, "
   "what am i doing wrong, what did i do wrong, why does, why do my|the|these, why is it ~1 that, why is there, "
   "why was i|my, what caused, what happens if|when, can not find|see where|out how, where do i, where can i, "
   "what do i need, do i need to, am i able to, can i still, what are the, what size, does this mean, is there a guide, "
   "please clarify, clarify, clarification, could you tell me|us, can you tell me|us, question about, i have a question, "
   "quick question, a few questions, what is the reason, reason for, i would like an explanation, need an explanation, "
   "transparent, transparency",
   SAYS(LEARNING, 40)},

  // Power: recognition and respect
  {"nobody listens|listened|listen, no one listens|listened|listen, not listening, not listened, did not listen, "
   "never listen, never listens, does anyone listen, ignored, ignoring me, ignoring my, keep ignoring, being ignored, "
   "fobbed off, brushed off, fob me off, brushing me off, dismissed my, dismissive, disrespected, disrespectful, "
   "disrespect, no respect, lack of respect, some respect, with respect ~1 i|we, show me respect, respect me, respect my, "
   "rude, so rude, hung up on me, hangs up on me, hang up on me, put the phone down, talked down to, talk down to me, "
   "spoke to me like, speak to me like, talked to me like, treated like, treat me like, treats me like, treating me like, "
   "treated me like, treat customers like, treat people like, treat your customers, treated this way, treat me this way, "
   "treated with contempt, way i was treated, way i have been treated, condescending, patronising, patronizing, belittled, "
   "humiliated, laughed at me, laughed in my face, made to feel, made me feel ~2 small|stupid|like, feel like an idiot, "
   "insulted, insulting, an insult, take me for, what do you take me for, think i am ~2 stupid|idiot|fool|born|lying, "
   "told to shut up, told me to shut up, shouted at me, yelled at me, swore at me, so humiliated, this is how you, "
   "is this how you, accused me, accusing me, accused of, called me a ~2 liar, called a liar",
   SAYS(POWER, 55)},
  {"i have been ~3 customer, i am a ~2 customer, loyal customer, loyal for, loyalty means nothing, valued customer, "
   "long standing customer, longstanding customer, long time customer, customer for ~3 years|decades, customer since, "
   "member since, been with you for|since, after ~3 years of, good customer, best customer, paying customer, "
   "i want ~3 manager, speak to ~2 manager|supervisor, talk to ~2 manager|supervisor, get me ~2 manager|supervisor, "
   "your manager, your supervisor, your boss, someone in charge, someone senior, the ceo, head of, escalate, escalated, "
   "make a formal complaint, formal complaint, i demand, i insist, i expect ~2 apology|explanation|compensation|better, "
   "an apology, apologize to me, owe me, deserve better, deserve ~2 apology|respect|explanation, do you know who i am, "
   "my time, wasting my time, waste of my time, my time is, value my time, i matter, take me seriously, taken seriously, "
   "not take me seriously, taking me seriously, hold you to account, held accountable, accountable, accountability, "
   "unacceptable, outrageous, disgraceful, how dare you, lied to, lied to me, you lied, misled, unfair, unfairly, "
   "discriminated, discrimination, my rights, i know my rights, tell everyone, tell all my friends, bad review, one star, "
   "1 star, leave a review, social media, go to the press, take my business, taking my business, i will never, never again, "
   "last time i, second class",
   SAYS(POWER, 45)},

  // Affiliation: to belong, warmth
  {"a real person, real person, real human, a human being, actual human, actual person, "
   "talk|speak to a human|person|someone, talking to a robot|machine|bot, speaking to a robot|machine|bot, "
   "not a robot|bot|machine, just a number, only a number, like a number, another number, feel like a number, nobody cares, "
   "no one cares, does anyone care, do you even care, do you care, you do not care, "
   "do not care about ~2 customers|people|me|us, stopped caring, cold reply|answer|response|email, impersonal, felt alone, "
   "feel alone, feeling alone, all alone, left alone, lonely, on my own with, abandoned, left out, excluded, forgotten, "
   "unwelcome, not welcome, unwanted, copy and paste, copy paste, canned response|reply|answer, "
   "template answer|reply|response, scripted, automated reply|response|answer|message, human touch, personal touch, "
   "same person, like family, part of the family, felt at home, feel at home, felt welcome, feel welcome, "
   "made me feel ~2 welcome|special|home|valued|heard, feel part of, part of the community, sense of community, belong, "
   "belonging, friends with, relationship with you, friendly ~1 face|voice|chat, lovely chat, made us feel",
   SAYS(AFFILIATION, 55)},
  {"so {warm}, very {warm}, really {warm}, was {warm}, were {warm}, was {booster} {warm}, were {booster} {warm}, "
   "such a {warm}|nice, how {warm}, so nice to me, warm welcome, genuinely cared, actually cared, really cared, "
   "went out of ~1 way, went the extra mile, above and beyond, took the time to, listened to me, put a smile, made my day, "
   "made me smile, pass ~2 thanks to, pass on my thanks, give my thanks, say thank you to, say thanks to, want to thank, "
   "wanted to thank, would like to thank, thank you to ~2, thanks to ~2 for, please thank, thank ~1 for me, "
   "thank your ~2 {staff}, thanks for being, love your ~2 {staff}|shop|store|company|team, "
   "love shopping|coming|dealing|being, big fan, huge fan, your team is|was|are|were, all the best to, everyone at, "
   "everyone there, the whole team, warm wishes, keep up the good work",
   SAYS(AFFILIATION, 40)},

  // Security: safety, order, money and basics kept whole
  {"where is my, where are my, where has my, where is the {item}, what has happened to my, what happened to my, "
   "has my ~3 {item}, has not arrived, have not arrived, not arrived, never arrived, did not arrive, "
   "has not been delivered, not been delivered, not delivered, not received, have not received, never received, "
   "still waiting for ~2 {item}, still not here, lost my, lost in transit, old address, wrong address, redirect it, "
   "missing from, my money, money back, money taken, took money, taken from my|our account, taken out of my, "
   "took ~3 from my|our, charged me, was charged, been charged, charged twice, charged my, double charged, overcharged, "
   "billed twice, been billed, was billed, wrong amount, refund me, my refund, a refund, full refund, the refund, "
   "refund for, refund yet, owe me money, owed money, reimburse, reimbursed, compensation for, unauthorized, unauthorised, "
   "unauthorized|unauthorised charge|charges|payment|transaction, someone ~2 used my, "
   "did not authorize|authorise|make this|order, fraud, fraudulent, scam, scammed, stolen, hacked, identity theft, "
   "my card details, my bank details, card details, bank details, personal data|details|information, my data, data breach, "
   "privacy, phishing, locked out ~2 account, my password",
   SAYS(SECURITY, 50)},
  {"{kin} has|is|have|are|needs|need ~3 without|ill|sick|hospital|cold|medicine|waiting, my {kin}, for my {kin}, "
   "medication, medicine, insulin, oxygen, prescription, hospital, no heating, no hot water, "
   "without heating|water|power|electricity|food|a, no food, no electricity, no power, gas leak, smell of gas, "
   "can smell gas, stranded, stuck at|in the|here, nowhere to stay|go|sleep, homeless, evicted, rent, mortgage, "
   "pay my bills, can not afford, can not pay, last money, is it safe, is this safe, safe to use|eat|drink|charge, "
   "not safe, unsafe, dangerous, danger, hazard, caught fire, on fire, smoke came, burnt, electric shock, allergic, "
   "allergy, recall, recalled, sharp edge, injured, injury, hurt my, scared, afraid, frightened, worried, i am worried, "
   "anxious, concerned that|about, panic, panicking, need to be sure, make sure, be sure that, can you confirm, "
   "could you confirm, please confirm, confirm that|whether|when|if, guarantee, guaranteed, warranty, insured, insurance, "
   "deadline, in time for, by friday|monday|tuesday|wednesday|thursday|saturday|sunday|tomorrow|tonight|christmas, "
   "before christmas|friday|monday|my wedding|the wedding|my birthday|the weekend, my wedding, urgent, urgently, "
   "as soon as possible, emergency, exact date, delivery date, a date, when will ~2 {item}, when will it, "
   "when can i expect, when is ~2 {item}, tracking, tracking number, no tracking, how long will, will i get, "
   "will i receive, will it arrive, when will i, cancel my ~3 {item}|contract|membership, backup, lost all my, deleted my, "
   "lost my data|photos|files, contract, in writing",
   SAYS(SECURITY, 42)},

  // Security in money, credit and home, as people write to a bank or an authority
  {"remove|removed|delete|deleted|deletion|removing|deleting ~6 from|off ~1 my ~1 credit|report|file|record|account|reports, "
   "remove|delete the|these|this|all|any ~3 "
   "account|accounts|inquiry|inquiries|item|items|information|debt|charges|charge|name|fee|fees, removed, deleted, deletion, "
   "correct|fix|update|restore|repair my|the|this ~2 credit|account|report|balance|record|information|error|score, "
   "block ~4 information|account|accounts|reporting, "
   "identity theft, id theft, my identity, victim of ~2 fraud|theft|scam, "
   "fraudulent account|accounts|charge|charges|inquiry|loan|activity|inquiries, not mine, "
   "not my account|debt|loan, does not belong to me, do not belong to me, did not open|authorize|apply|sign, "
   "never opened|authorized|applied|signed, without my consent|permission|authorization|knowledge, "
   "unauthorized inquiry|inquiries|withdrawal|withdrawals|account|access, hard inquiry|inquiries|pull, unverified, inaccurate, "
   "incorrect ~1 information|balance|amount|reporting, "
   "stop ~3 calling|calls|charging|taking|harassing|withdrawing|debiting|payments, cease and desist, restraining order",
   SAYS(SECURITY, 50)},
  {"my credit, credit report|reports|score|scores|file|bureau|bureaus|history|reporting, my score, my account, my home, "
   "my house, my property, my car, my vehicle, my truck, my title, "
   "interest rate, interest, apr, fee, fees, late fee, late fees, penalty, overdraft, balance, payoff, pay off, paid off, "
   "paid in full, overpayment, deposit, "
   "principal, escrow, foreclosure, foreclose, repossess, repossessed, repossession, repo, garnish, garnished, garnishment, "
   "collection, collections, collector, "
   "debt, bankruptcy, charge off, charged off, past due, late payment, payment, payments, pay back, paid back, owe, owed, "
   "afford, hardship, fixed income, "
   "unemployed, lost my job, disability, social security, bank account, checking account, savings, withdrew, withdrawn, "
   "withdrawal, autopay, automatic payment|payments, "
   "loan, mortgage, refund, refunded, credited, reimbursement, stolen, theft, fraud, scam, cancel, cancelled, canceled, "
   "charges, charge, charged, billing, bill",
   SAYS(SECURITY, 22)},
  {"refuse|refused|refuses to ~1 listen|speak|talk|acknowledge|let me speak|explain|honor|transfer|answer|respond, hung up, "
   "hanging up, hangs up, yelled, screamed, "
   "discriminate|discriminated|discriminating against, discrimination, discriminatory, violated my|our rights, "
   "violation of my|our rights, violating my|our rights, "
   "my ~2 rights as, rights were|are|being violated, trampled, demeaning, belittling, accused, accusing, lied to me, "
   "lie to me, lied to us, lying to me, "
   "talk to ~2 supervisor|manager, speak to|with ~2 supervisor|manager, asked for ~2 supervisor|manager, no accountability, "
   "held accountable, take accountability, "
   "never called ~1 back, will not call|return, no one ~2 called|calls|answers|listens|responds, "
   "ignored ~2 request|requests|calls|emails|me, disregard, attitude, "
   "unprofessional, poor customer service, terrible customer service, horrible customer service, worst customer service, "
   "customer experience, treat people, how they treat, "
   "my frustration, denied me, denied my ~1 application|right, creditworthy, credit worthy, equal credit opportunity, "
   "mistreated, mistreatment, retaliation, retaliating, "
   "made to wait, waste|wasted|wasting my|our time, my time, apology, apologize|apologized",
   SAYS(POWER, 40)},
  {"explain to me why|how|what, explanation of|for|why|as, provide|given|give ~3 explanation|clarification, an answer as to, "
   "reason|reasons for the|my|this, "
   "want|like|need to know why|how|what|if|whether, let me know if ~4 legal|possible|allowed, how is ~2 calculated, "
   "how it works, understand how|why|what, written disclosure, "
   "clarify with|to|what|how|why, what are my options|rights",
   SAYS(LEARNING, 45)},
  {"loyal customer ~6 years|decades, customer of|for ~3 years|decades, for ~2 decades, sympathy, compassion, empathy, "
   "zero|no compassion|empathy|sympathy, long time customer, faithful customer, been loyal, my loyalty, valued customer",
   SAYS(AFFILIATION, 45)},
};
const RowTable need_rows = {rows, G_N_ELEMENTS(rows)};
