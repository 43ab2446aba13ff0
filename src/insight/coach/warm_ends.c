// Warm at the beginning and at the end, matter-of-fact between: feeling in the middle of the solution reads as less able, and a
// cold opening or close as not caring.
#include "insight/coach/study.h"

static const PhraseRow rows[] = {
  {MARK_WARM,
   "thank you, thanks, i|we [do|am|really|truly|so|very] [really|truly|very|so] "
   "appreciate|grateful|glad|happy|pleased|delighted|thankful|sorry, sorry, i would love|be, i feel for, feel for you, i "
   "[really|truly|do] [really] care, i wish, wish you|your, i hope, hope you|your|that|the|this|she|he, take care, all the best, best wishes, "
   "my best|warmest, good to hear, lovely to, a pleasure, my pleasure, welcome, looking forward, look forward, i am here, here for|if you, "
   "anything else, if anything, any time, whenever you, happy to|with, glad to|you|that, keeping my fingers, thinking of, i would be, "
   "bear|bearing with, for your patience|time|trust|loyalty|understanding, do not hesitate, feel free, reach out, write|ring|call|text|"
   "tell|come back to "
   "me, let me know, have a lovely|good|nice|great|wonderful|pleasant|restful, enjoy, on your side, with you, together, take that weight|"
   "worry, weight off, my condolences, deepest|heartfelt, does|is|would|will ~4 "
   "work|suit|okay|ok|right|fine|good|happy|enough you|with|for, i can [only|well|just|really] imagine|understand|hear|see, i understand, "
   "apolog*, i am so, check in with you, you deserve, your trust"},
  {MARK_WARM,
   "i would|be|were be [cross|angry|upset|annoyed|furious|frustrated|worried] too|as|frustrated|annoyed|upset|angry, what a|an|how "
   "disappoint*|frustrat*|annoy*|upset*|worry*|frighten*|stress*|horrible|awful|terrible|lovely|nice|kind|sad|miserable|shame|relief|"
   "dreadful|nuisance|nightmare, that|this|it|which must|sounds ~2 "
   "frustrat*|annoy*|upset*|worry*|worri*|frighten*|stress*|horrible|awful|terrible|hard|tough|exhaust*|tir*|disappoint*|maddening|"
   "difficult|miserable|painful, must [have] [be|been] ~2 frustrat*|annoy*|upset*|worry*|worri*|frighten*|stress*|hard|tough|exhaust*|"
   "tir*|disappoint*|maddening|difficult|miserable|painful|horrible|awful|shock, is|are ~2 frustrat*|upset*|maddening|exhaust*|awful|"
   "miserable|horrible, should never|not have, deserve* better, every reason|right, no wonder, anyone would, ^ dear"},
  {MARK_WARM, "thank you in advance, no further, i am here to inform, i hope you understand, happy with $", .is_shield = true},
  {MARK_FEELING_WORD,
   "feel|feels|felt|feeling|sorry|sad|heart|care|hope|warmly|warm|love|hug|hugs|apologise|apologize|apologies|terrible|awful|"
   "devastated|upset|angry|frustrated|understand|imagine|sympathy|sympathise|emotions|feelings"},
  {MARK_WARM,
   "wishing you, [so] good|kind|nice|lovely|thoughtful of you, sorry to read|hear|learn|see, call|message|mail|mail away, rooting for, "
   "fingers crossed, cheering for|you, i was [so|very|really] sorry|glad|pleased|touched, warm|kind thoughts, in my thoughts, "
   "do let me, by your side, made my day, means a lot"},
};
const PhraseTable warm_ends_phrases = {rows, G_N_ELEMENTS(rows)};

// Sentences first … last hold a mark of warmth.
static bool is_warm(const Passage *draft, size_t first, size_t last) {
  static const Mark marks[] = {MARK_WARM, MARK_REACTION, MARK_MEANING, MARK_AGREEMENT, MARK_EXPLORATION, MARK_THANKS, MARK_TEAM};
  for (size_t i = first; i <= last; i++)
    for (size_t j = 0; j < G_N_ELEMENTS(marks); j++)
      if (find_mark_in(draft, &draft->lines.items[i], marks[j])) return true;
  return false;
}

// Nothing is done, named or counted, and feeling is named again and again.
static bool is_all_feeling(const Passage *draft) {
  Action action;
  return draft->counts[MARK_FEELING_WORD] >= 4 && !has_specifics(draft, NULL) &&
         !find_action(draft, 0, (uint32_t)draft->words.count, &action);
}

void check_warm_ends(CoachStudy *study) {
  const Passage *draft = &study->draft;
  if (!study->is_reply || !study->is_trouble) return;
  size_t count = draft->lines.count, third = count >= 6 ? count / 3 : count >= 4 ? 2 : 1;
  if (is_all_feeling(draft)) {
    const Line *middle = &draft->lines.items[count / 2];
    advise_bytes(study, COACH_WARM_ENDS, middle->end, middle->end, 0.6,
                 "Warmth opens and closes; between them they want to know what you do.",
                 " Here is what I'm doing about it, step by step.");
    return;
  }
  const char *matter = matter_of(study);
  if (!is_warm(draft, 0, third - 1))
    advise_opening(study, COACH_WARM_ENDS, 0.6, "Begin warmly; the facts are heard better after it.",
                   matter ? arena_printf(study->arena, "Thank you for telling me about %s.", matter)
                          : "Thank you for telling me about this.");
  if (!is_warm(draft, count - third, count - 1))
    advise_closing(study, COACH_WARM_ENDS, 0.55, "End warmly: the last words stay.",
                   "I'm here if anything else comes up, and I'm glad to help.");
}
