// Two ways or more to choose from: choice gives back some of the control that the failure took.
#include "insight/coach/study.h"

static const PhraseRow rows[] = {
  {MARK_CHOICE,
   "would|do|should|will you [like|rather|prefer|want] ~9 or, would|do|should you [rather|prefer] prefer|rather, if you [would] "
   "prefer|rather, you [would|might|may] prefer, "
   "which [one|of|way|would|do|option|date|day|suits|is|works|shall|should|helps|time|the|you], whichever, whatever suits|you, either "
   "~9 or, "
   "two|three|four|several|some|few|different|following|these|both ways|options|choices|possibilities|alternatives|dates|things|paths|"
   "routes|solutions|times, one of the following, "
   "option|choice|first|second one|two|three|1|2|3|a|b|option|choice|possibility, alternatively, as an alternative, another "
   "[possibility|option|way|choice] is|would, up to you, your choice|call|decision, the choice is, choice is yours, you choose|decide|pick, "
   "one [possibility|option|way|choice] "
   "is, refund|repair|replacement|exchange|credit or|and|versus "
   "exchange|replacement|refund|repair|credit|a, otherwise i|you|we, tell me which|what|whether|if you would, shall|should|may i ~9 or, i "
   "[can|could|will] ~2 either, or|and if you [would] prefer|rather|like, choose between|from, if a|the|this|that|neither ~3 does|is|do|are not suit|work|right|possible|ideal|fit|what, be glad|happy to ~4 instead, pick one|from|whichever, or would you, or "
   "[else] i|we can|could|will, as you prefer|like|wish"},
  {MARK_CHOICE,
   "whether or not, which is why|a, which takes|means|shows|will|was|has, which i, one or two, if you [would] prefer|rather "
   "not|to not",
   .is_shield = true},
  {MARK_OFFER,
   "i can|could|may|might, i am able|happy|glad, i offer|have, you can|could|may|might, we can|could|will, happy to, "
   "glad to, can|could offer|send|refund|do|arrange|give, offer you, would you like, do you want, shall i, let me, the "
   "options, it could|can|may be"},
  {MARK_OR, "or"},
  {MARK_OR,
   "questions|question|comments|comment|concerns|doubts or, before|around|after|by ~1 or, a|the ~4 and the ~2 or, one|two|three|four|five|six|day|days|week|an|hour|hours|hand|more|sooner|before|whether|once or "
   "two|three|four|five|six|seven|eight|ten|so|less|later|not|around|after|twice|hours|days, or so|not|around|earlier|later|less|more|any|"
   "anything|else, name|number or, within ~2 or",
   .is_shield = true},
  {MARK_CHOICE,
   "whatever is easier|best|better|easiest|simpler, works|work|possible|fine as well|too, two ways|roads|routes, you can choose|pick|decide|have "
   "your pick, how about ~7 or, whichever way"},
};
const PhraseTable options_phrases = {rows, G_N_ELEMENTS(rows)};

static bool is_asking_for_something(const Passage *draft, const Line *line) { // "Could you send the photo or the number?"
  const Hit *hit = find_mark_in(draft, line, MARK_COURTEOUS);
  return hit && line->is_question;
}

// An "or" after an offer, in one sentence; or a question with an "or" in it.
static const Hit *find_or(const Passage *draft) {
  list_each(const Line, line, &draft->lines) {
    const Hit *offer = find_mark_in(draft, line, MARK_OFFER);
    const Hit *found = offer ? find_mark_after(draft, line, MARK_OR, offer->last) : NULL;
    if (!found && line->is_question) found = find_mark_in(draft, line, MARK_OR);
    if (found && !is_asking_for_something(draft, line)) return found;
  }
  return NULL;
}

static const Line *find_list(const Passage *draft) {
  size_t items = 0;
  list_each(const Line, line, &draft->lines) {
    items = line->is_item ? items + 1 : 0;
    if (items == 2) return line;
  }
  return NULL;
}

bool find_choice(const Passage *draft, uint32_t *out_first, uint32_t *out_last) {
  const Hit *hit = find_mark(draft, MARK_CHOICE);
  if (!hit) hit = find_or(draft);
  const Line *list = hit ? NULL : find_list(draft);
  if (!hit && !list) return false;
  *out_first = hit ? hit->first : list->first;
  *out_last = hit ? hit->last : list->first + list->count - 1;
  return true;
}

void check_options(CoachStudy *study) {
  uint32_t first, last;
  if (find_choice(&study->draft, &first, &last)) step_met(study, STEP_OPTIONS, first, last);
  if (study->out->steps[STEP_OPTIONS] || !study->is_reply || !study->is_trouble) return;
  const char *matter = matter_of(study);
  advise_closing(
    study, COACH_OPTIONS, 0.7, "Two ways to choose from give them back some say in it.",
    matter
      ? arena_printf(study->arena,
                     "If you'd rather have another solution for %s, I can refund you instead; which would you prefer?", matter)
      : "I can also refund you instead; which would you prefer?");
}
