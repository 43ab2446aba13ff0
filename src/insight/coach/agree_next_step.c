// What happens next, who does it, by when, and whether that is all right with them. A promise without a day is none, and a plan
// that nobody agreed to is an announcement.
#include "insight/coach/study.h"

#define DAYS "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thurs|fri|sat|sun|weekend"
#define MONTHS                                                                                                                   \
  "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
#define NUMBERS "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
#define DIGITS "1*|2*|3*|4*|5*|6*|7*|8*|9*|0*"

static const PhraseRow rows[] = {
  {MARK_TIME, DAYS
   ", today, tonight, tomorrow, noon, midday, midnight, this|that|next|the "
   "morning|afternoon|evening|week|month|minute, in the morning|afternoon|evening, end of [the|this|next|business] "
   "day|week|month|business, [" DIGITS "|the|" NUMBERS
   "] [of] january|february|april|june|july|august|september|october|november|december, " DIGITS " " MONTHS ", " MONTHS " " DIGITS
   ", in|within|after|for [the] [next] [an|a|half|couple] " NUMBERS "|" DIGITS
   "|hour|couple|few|next|the [of|or|to|working|business|next] [or|to|working|business|" NUMBERS
   "] [working|business] minute|minutes|hour|hours|day|days|week|weeks, by|at|before|until|till|from|around|about|after " NUMBERS
   "|" DIGITS
   "|close|lunch|lunchtime|then [pm|am|oclock], the 1st|2nd|3rd|4th|5th|6th|7th|8th|9th|10th|11th|12th|13th|14th|15th|16th|17th|18th|19th|"
   "20th|21st|22nd|23rd|24th|25th|26th|27th|28th|29th|30th|31st, right now|away, straight away, immediately, now, " DIGITS
   " am|pm|oclock|"
   "hours|minutes|days"},
  {MARK_TIME, "by now, until now, right now the, for now, now that, from now on, now closed, case as", .is_shield = true},
  {MARK_COMING,
   "will, shall, going to, i am ~1 "
   "sending|booking|calling|ringing|checking|moving|arranging|asking|refunding|taking|putting|speaking|bringing|writing|tracing|driving|"
   "looking|posting|dealing|getting|mailing|emailing|issuing|processing|crediting|preparing|meeting|coming, "
   "arrives|comes|leaves|reaches|goes|starts|gets|takes|starts|happens|opens|visits, i "
   "[then|also] refund|send|call|ring|write|check|book|ask|pay|cancel|credit|return|mail|phone|post|order|arrange|text, next step|steps, "
   "i can|could|would|would like, expect my|a call|message|mail|visit, is due, is|are booked|scheduled|planned|with, my plan"},
  {MARK_COMING, "will be dealt|answered|handled|processed|addressed|resolved|fixed|looked|reviewed", .is_shield = true},
  {MARK_AGREEMENT,
   "does|would|will|do|is|are|can|shall|should|did ~7 work|works|suit|suits|okay|ok|alright|fine|agree|agreeable|happy|acceptable|convenient|"
   "sound|rather|prefer|comfortable|settle|enough|good|right|agreed, how does that, how would that, shall|should|may i, do you "
   "want|agree|accept|prefer, would you like|rather|prefer|be|want, are you happy|ok|okay|fine|comfortable|content|all, which [one|of] "
   "[shall|should|would|do|will|one|date|day|time|suits|is] , is that|this|it ~2 "
   "ok|okay|alright|fine|right|good|soon|acceptable|convenient|enough, that|this|it [be] ok|okay|alright|fine with|for|by you, let me know "
   "~1 "
   "if|whether|which|what|when|how|that, tell|write me if|whether|which|what|when|how, just say, say so, say the word, ^ sound|sounds good|okay|ok|fair|right|reasonable|alright, ^ okay|ok|agreed|deal $, tell me $, let me know $, can|could|shall|may we agree, "
   "with your agreement|permission|consent, if you agree|are, if that works|suits|is|does|sounds, can you live, what do you think, "
   "what would you, unless you would, your choice|call|decision, up to you, okay|ok|agreed|deal $, for you $"},
  {MARK_AGREEMENT,
   "let me know if you have|need, let me know if there, let me know when|how|what, is there anything, do you have, tell me what "
   "happened, are you able, is that you, would you like to know",
   .is_shield = true},
  {MARK_AGREEMENT,
   "^ ok|okay|happy|fine|good|alright|comfortable|content|agreed|all with|by|for|right you|that|this|with, could|can you live with, "
   "another|different|other|earlier|later time|day|date ~3 better|suit|suits|easier|work|prefer"},
};
const PhraseTable agree_next_step_phrases = {rows, G_N_ELEMENTS(rows)};

// A sentence that promises something with a time; or two sentences one after the other that do.
static const Line *find_promise(const Passage *draft) {
  list_each(const Line, line, &draft->lines) {
    const Line *next = line + 1 < draft->lines.items + draft->lines.count ? line + 1 : line;
    bool is_dated = find_mark_in(draft, line, MARK_TIME) != NULL;
    if (!find_mark_in(draft, line, MARK_COMING)) continue;
    if (is_dated || (find_mark_in(draft, next, MARK_TIME) && find_mark_in(draft, next, MARK_COMING))) return line;
  }
  return NULL;
}

static const Hit *find_question(const Passage *draft) {
  list_each(const Hit, hit, &draft->hits) {
    if (hit->mark != MARK_AGREEMENT) continue;
    const Line *line = line_of(draft, hit->first);
    static const char *const plain[] = {"let", "tell", "write", "just", "say", "unless", "if", "your", "up", "with"};
    if (line->is_question || word_in(&draft->words.items[hit->first], plain, G_N_ELEMENTS(plain))) return hit;
  }
  return NULL;
}

void check_agree_next_step(CoachStudy *study) {
  const Passage *draft = &study->draft;
  const Line *promise = find_promise(draft);
  const Hit *question = find_question(draft);
  if (promise) step_met(study, STEP_NEXT_STEP, promise->first, promise->first + promise->count - 1);
  if (question) step_met(study, STEP_AGREEMENT, question->first, question->last);
  if ((promise && question) || !study->is_trouble || draft->words.count < 3) return;
  const char *matter = matter_of(study);
  if (!promise) {
    const char *step = matter ? arena_printf(study->arena, "I'll write to you about %s by tomorrow at five.", matter)
                              : "I'll write to you by tomorrow at five.";
    advise_closing(study, COACH_AGREE_NEXT_STEP, 0.75, "Say what happens next, who does it, and by when.",
                   question ? step : arena_printf(study->arena, "%s Does that work for you?", step));
    return;
  }
  advise_closing(study, COACH_AGREE_NEXT_STEP, 0.6, "Ask whether that is all right with them.", "Does that work for you?");
}
