// Word classes that phrases name in braces, and spellings that stand for other words. Our own lists. Words are written as
// the tokens are: small letters, contractions opened. Some lists are ugly; a desk that folds abuse away has to know it.
#include "insight/engine.h"

const char *const class_names[CLASS_COUNT] = {
  "you",       "your", "first",    "be",    "negation", "booster", "dampener", "insult",  "slight",   "vulgar", "slur",
  "profanity", "hurt", "target",   "staff", "body",     "place",   "weapon",   "telling", "harmless", "number", "period",
  "item",      "warm", "question", "kin",   "strike",   "hazard",  "third",    "deadly",  "intent",   "hinge"};

const ClassRow class_rows[] = {
  {CLASS_YOU, "you ya yall youse yourself yourselves thou"},
  {CLASS_YOUR, "your yours"},
  {CLASS_FIRST, "i me my mine myself we us our"},
  {CLASS_BE, "is are am was were be been being seems seem looks look sounds feel feels"},
  {CLASS_NEGATION, "not no never none nobody nothing neither nor without hardly barely scarcely cannot isn't nowhere lacks lack"},
  {CLASS_BOOSTER, "very really extremely absolutely totally completely utterly so incredibly beyond deeply truly seriously "
                  "highly thoroughly entirely quite fucking bloody damn super especially particularly insanely ridiculously "
                  "terribly awfully most outright sincerely genuinely massively exceptionally such too"},
  {CLASS_DAMPENER, "slightly somewhat bit little kind sort kinda sorta mildly rather fairly partly almost less marginally"},
  {CLASS_INSULT,
   "idiot idiots moron morons imbecile imbeciles fool fools clown clowns loser losers cretin cretins halfwit halfwits dimwit "
   "dimwits "
   "nitwit nitwits simpleton simpletons liar liars thief thieves crook crooks scammer scammers fraudster fraudsters robber "
   "robbers "
   "criminals cheats conman conmen scum scumbag scumbags vermin parasite parasites leech leeches coward cowards jerk jerks "
   "creep creeps weasel weasels muppet muppets numpty numpties pillock pillocks dunce dunces baboon baboons buffoon buffoons "
   "bozo "
   "bozos dummy dummies dumbo amateurs incompetents filth disgrace retard retards hypocrite hypocrites bullies vultures "
   "gangsters "
   "lowlife lowlifes monsters psycho psychos lunatics nutter nutters nutjob dope dopes airhead airheads ignoramus oaf oafs "
   "scoundrel freak freaks git gits "
   "scoundrels swindler swindlers charlatan charlatans joker jokers"},
  {CLASS_SLIGHT,
   "stupid dumb useless worthless incompetent clueless brainless pathetic hopeless lazy idiotic moronic ignorant disgusting "
   "dishonest "
   "crooked corrupt evil vile despicable inept braindead mindless spineless gutless shameless ugly retarded insufferable "
   "contemptible laughable illiterate uneducated heartless thick"},
  {CLASS_VULGAR,
   "bitch bitches cunt cunts motherfucker motherfuckers fucker fuckers asshole assholes arsehole arseholes dickhead dickheads "
   "dick dicks prick pricks twat twats wanker wankers bastard bastards shithead shitheads dumbass dumbasses fuckwit fuckwits "
   "tosser tossers bellend bellends whore whores slut sluts douche douchebag douchebags cocksucker cocksuckers turd turds "
   "jackass jackasses dipshit dipshits fuckface shitbag shitbags knobhead skank skanks hoe b*ch b*tch c*nt c*t a*hole a*holes "
   "mf mofo mofos fuckhead fuckheads dumbfuck"},
  {CLASS_SLUR,
   "nigger niggers nigga niggas faggot faggots fag fags kike kikes spic spics chink chinks gook gooks paki pakis wetback "
   "wetbacks tranny trannies dyke dykes coon coons raghead ragheads towelhead towelheads wog wogs gypo gyppo pikey pikeys beaner "
   "beaners sandnigger n*er n*a f*got"},
  {CLASS_PROFANITY,
   "fuck fucking fucked fucks fuckin shit shitty shite bullshit crap crappy damn damned goddamn hell bloody piss pissed arse "
   "ass bollocks "
   "wtf ffs omfg stfu f*k f*ing f*king f*ed f* s*t sh*t sh*ty b*s bs bugger sodding freaking frigging effing f'ing dammit "
   "damnit"},
  {CLASS_HURT,
   "kill murder shoot stab strangle choke punch smash slap smack hurt burn bomb behead slaughter bash batter rape hang beat hit "
   "kick stomp break cripple maim whip throttle butcher assault attack k*ll torture destroy"},
  {CLASS_TARGET, "you yourself ya him her them everyone everybody someone somebody yourselves staff anyone anybody whoever thee"},
  {CLASS_STAFF,
   "agent agents staff employee employees representative representatives rep reps manager managers supervisor supervisors driver "
   "drivers courier couriers team colleague colleagues advisor advisors adviser advisers operator operators assistant assistants "
   "receptionist cashier clerk clerks technician technicians engineer engineers waiter waitress guy lady man woman person people "
   "director directors ceo chairman owner boss banker bailiff bailiffs repairman plumber colleague girl boy lad "
   "workers worker salesman salesperson host hostess attendant attendants crew boss company support department"},
  {CLASS_BODY, "face head heads neck necks throat throats legs leg arms arm fingers teeth nose bones bone skull skulls "
               "kneecaps knees eyes ass "
               "arse jaw hands hand brains tongue guts ribs spine balls lungs"},
  {CLASS_PLACE,
   "reception lobby counter entrance desk office offices house home building store shop headquarters warehouse branch place "
   "premises windows window car door"},
  {CLASS_WEAPON,
   "gun guns knife knives rifle pistol shotgun bomb bombs bat machete axe grenade bullet bullets petrol gasoline molotov "
   "weapon weapons acid hammer crowbar baseball explosives bricks brick glock 9mm revolver axes blade hatchet chainsaw sword "
   "matches "
   "grenades pitbull taser dynamite"},
  {CLASS_TELLING,
   "called calling calls told tell telling said saying says say call labelled labeled sayin wrote writes write "
   "reads claiming claimed "
   "threatens threatened threatening line lyric lyrics quote novel film movie song print prints printed titled shouted yelled "
   "replied"},
  {CLASS_HARMLESS,
   "court lawyer solicitor review reviews email emails mail message messages line note twitter facebook trustpilot media press "
   "lawsuit text dm social yelp google stars rating complaint complaints newspaper invoice wallet reputation sales price "
   "prices competitors market"},
  {CLASS_NUMBER,
   "one two three four five six seven eight nine ten eleven twelve several many few dozen hundred second third fourth "
   "fifth sixth couple multiple countless"},
  {CLASS_PERIOD,
   "minute minutes mins hour hours hrs day days week weeks month months year years morning evening night nights weekend"},
  {CLASS_ITEM,
   "parcel parcels package packages order orders delivery deliveries refund refunds item items money payment product products "
   "bag bags luggage ticket tickets card account invoice letter shipment goods replacement sofa bed fridge phone laptop washing "
   "machine dress shoes jacket book books gift gifts present purchase booking reservation room flight stuff subscription "
   "coffee meal food kettle toaster lamp table chair tv television boiler bike bicycle camera headphones charger battery"},
  {CLASS_WARM,
   "kind friendly lovely warm caring patient wonderful thoughtful sweet helpful amazing brilliant fantastic great excellent "
   "delightful attentive welcoming considerate polite courteous understanding charming"},
  {CLASS_QUESTION, "how why what when where which who can could do does did is are would should will has have may"},
  {CLASS_KIN,
   "baby child children kid kids son daughter mother mum mom father dad wife husband grandmother grandfather gran elderly "
   "toddler "
   "infant newborn family"},
  {CLASS_STRIKE, // hurts only when somebody is struck right after
   "thump deck clobber pummel flatten lynch scalp skin gut drown bury hang poison throttle horsewhip unalive shank clap pop jump "
   "m*rder bash end cut slice carve mug ambush belt lamp slay bite throw push shove tackle knock kick hit smack slap beat break "
   "crush squash drag whack wallop hang whip bury"},
  {CLASS_HINGE, "if when because unless but while since although though as whether"},
  {CLASS_DEADLY, // hurts whatever else is said
   "kill murder shoot stab strangle choke punch smash slaughter behead batter rape stomp cripple maim throttle butcher torture "
   "kills "
   "poison lynch skin gut drown horsewhip unalive shank killing murdering shooting stabbing strangling choking punching smashing "
   "beating torturing burning drowning hanging hitting slapping kicking raping crippling bomb bombing torch torching firebomb "
   "electrocute impale mutilate dismember decapitate disembowel bludgeon suffocate smother execute assassinate eviscerate "
   "castrate scald flay hospitalise hospitalize k*ll m*rder pulverise pulverize pummel clobber bleed bleeding thrash mangle"},
  {CLASS_INTENT,
   "will shall going gonna want wanna would could should ought might must intend plan promise swear about like love dream "
   "ready let "
   "imma ill tempted dreaming thinking urge forward start starting before until need needs deserve deserves gladly happily about "
   "id fantasise fantasize hope try come coming try vow gotta better close"},
  {CLASS_THIRD, "he she they it who"},
  {CLASS_HAZARD, // goods and places that may hurt
   "recall recalled fault faulty brake brakes stairs stair step steps charger charging battery batteries cable wire wires wiring "
   "gas leak smoke heater boiler cooker oven ladder glass edge edges handle wheel wheels tyre tires defect defective product "
   "device "
   "appliance plug socket railing lift elevator toy slippery ice icy floor allergy allergic ingredient medicine drug dose "
   "pothole "
   "scaffolding shelf shelves pavement sign crossing light lights fridge machine ride swing playground hole road sharp unsafe "
   "dangerous safety hazard mould asbestos medication piano"},
};
const size_t class_row_count = G_N_ELEMENTS(class_rows);

const Alias alias_rows[] = {
  {"dont", "do not"},
  {"doesnt", "does not"},
  {"didnt", "did not"},
  {"cant", "can not"},
  {"cannot", "can not"},
  {"wont", "will not"},
  {"isnt", "is not"},
  {"arent", "are not"},
  {"wasnt", "was not"},
  {"werent", "were not"},
  {"havent", "have not"},
  {"hasnt", "has not"},
  {"hadnt", "had not"},
  {"couldnt", "could not"},
  {"wouldnt", "would not"},
  {"shouldnt", "should not"},
  {"aint", "is not"},
  {"im", "i am"},
  {"ive", "i have"},
  {"youre", "you are"},
  {"youve", "you have"},
  {"youll", "you will"},
  {"theyre", "they are"},
  {"thats", "that is"},
  {"whats", "what is"},
  {"theres", "there is"},
  {"wheres", "where is"},
  {"hows", "how is"},
  {"lets", "let us"},
  {"gonna", "going to"},
  {"wanna", "want to"},
  {"gotta", "got to"},
  {"gimme", "give me"},
  {"imma", "i am going to"},
  {"ima", "i am going to"},
  {"gunna", "going to"},
  {"kno", "know"},
  {"m8", "mate"},
  {"b4", "before"},
  {"tmrw", "tomorrow"},
  {"tonite", "tonight"},
  {"sum1", "someone"},
  {"some1", "someone"},
  {"fkin", "fucking"},
  {"dnt", "do not"},
  {"shld", "should"},
  {"cos", "because"},
  {"coz", "because"},
  {"cuz", "because"},
  {"goin", "going"},
  {"comin", "coming"},
  {"w", "with"},
  {"n", "and"},
  {"u", "you"},
  {"ur", "your"},
  {"urself", "yourself"},
  {"r", "are"},
  {"plz", "please"},
  {"pls", "please"},
  {"thx", "thanks"},
  {"thnx", "thanks"},
  {"tnx", "thanks"},
  {"ty", "thank you"},
  {"tysm", "thank you so much"},
  {"thankyou", "thank you"},
  {"fuk", "fuck"},
  {"fck", "fuck"},
  {"fkn", "fucking"},
  {"fking", "fucking"},
  {"f*cking", "fucking"},
  {"f*cked", "fucked"},
  {"f*ck", "fuck"},
  {"fuckn", "fucking"},
  {"phuck", "fuck"},
  {"sh1t", "shit"},
  {"biatch", "bitch"},
  {"b1tch", "bitch"},
  {"azz", "ass"},
  {"k1ll", "kill"},
  {"ki11", "kill"},
  {"kil", "kill"},
  {"k!ll", "kill"},
  {"stoopid", "stupid"},
  {"stupit", "stupid"},
  {"idk", "i do not know"},
  {"tho", "though"},
  {"ppl", "people"},
  {"mgr", "manager"},
  {"cust", "customer"},
  {"asap", "as soon as possible"},
  {"luv", "love"},
  {"thru", "through"},
  {"till", "until"},
  {"til", "until"},
  {"centre", "center"},
  {"apologise", "apologize"},
  {"organise", "organize"},
  {"disapointed", "disappointed"},
  {"dissapointed", "disappointed"},
  {"dissappointed", "disappointed"},
  {"disapointing", "disappointing"},
  {"dissapointing", "disappointing"},
  {"recieved", "received"},
  {"recieve", "receive"},
  {"definately", "definitely"},
  {"rediculous", "ridiculous"},
  {"ridiculus", "ridiculous"},
  {"unacceptible", "unacceptable"},
  {"usless", "useless"},
  {"alot", "a lot"},
  {"pathethic", "pathetic"},
  {"wich", "which"},
  {"wat", "what"},
  {"sry", "sorry"},
  {"soz", "sorry"},
  {"terible", "terrible"},
  {"horible", "horrible"},
  {"realise", "realize"},
  {"realised", "realized"},
  {"favourite", "favorite"},
  {"honour", "honor"},
  {"colour", "color"},
};
const size_t alias_row_count = G_N_ELEMENTS(alias_rows);
