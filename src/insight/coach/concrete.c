// Name the thing, the time, the amount. "The issue" could be anyone's; "the blue lamp" is theirs.
#include "insight/coach/study.h"

static const PhraseRow rows[] = {
  {MARK_VAGUE_THING,
   "the|this|that|your|any|an|these|such|of [above|whole|entire|relevant|necessary|recent|said|current|reported] "
   "issue|issues|matter|matters|problem|problems|item|items|situation|concern|concerns|request|requests|case|query|enquiry|inquiry|"
   "incident|trouble|inconvenience|product|order|complaint|feedback|circumstances|steps|thing|things, this matter, about that|this|it, "
   "into it|this|that, on it|this|that, of that|this|it, with it|that|this $, to it|this|that $, something about, sort|fix|resolve|handle"
   " it|this|that, regarding this|it|that, a solution, do my|our best, has|have been noted|logged, i see $, that is not"},
  {MARK_VAGUE_THING,
   "the|this|your|that issue|matter|problem|situation|request|case|query|concern|trouble|complaint|order "
   "with|about|of|regarding|concerning|number the|your|a|my|ref",
   .is_shield = true},
  {MARK_VAGUE_TIME,
   "soon, shortly, asap, as soon as, as quickly as, in [due|the|a] course|time, in the [near|coming|not] future|period|days|weeks|distant,"
   " at [your|our|my|the] [earliest|next] convenience|opportunity, in a timely, at some point, eventually, when there is, once it|there, "
   "in a while, before long, quickly, promptly, without delay, when possible, accordingly, next releases, one of the next"},
};
const PhraseTable concrete_phrases = {rows, G_N_ELEMENTS(rows)};

// Of what the customer named, and of what could be anyone's.
static const char *reworded(const CoachStudy *study, const Hit *hit, const char *matter) {
  if (hit->mark == MARK_VAGUE_TIME) return capital_as(study, hit->first, "by tomorrow at five");
  const Word *words = study->draft.words.items;
  static const char *const leads[] = {"about", "into", "on", "of", "with", "to", "regarding", "fix", "sort", "resolve", "handle"};
  const char *lead = word_in(&words[hit->first], leads, G_N_ELEMENTS(leads)) ? words_text(study, hit->first, hit->first) : NULL;
  const char *thing = matter ? matter : "the \xE2\x80\xA6 that you wrote about";
  return capital_as(study, hit->first, lead ? arena_printf(study->arena, "%s %s", lead, thing) : thing);
}

void check_concrete(CoachStudy *study) {
  const Passage *draft = &study->draft;
  if (!study->is_reply) return;
  const char *matter = matter_of(study);
  bool has_time = has_mark(draft, MARK_TIME), is_specific = has_specifics(draft, NULL);
  size_t echoes = study->has_message ? shared_matter(study, 0, (uint32_t)draft->words.count - 1, false) : 0;
  const Hit *thing = find_mark(draft, MARK_VAGUE_THING), *time = find_mark(draft, MARK_VAGUE_TIME);
  bool lacks_thing = study->has_message ? echoes == 0 && (thing || time || !is_specific) : thing && !is_specific;
  bool lacks_time = time && !has_time && (!study->has_message || echoes < 2);
  if (study->has_message && echoes == 0 && !matter && is_specific && has_time) lacks_thing = false;
  if (lacks_thing && thing)
    advise_at(study, COACH_CONCRETE, thing->first, thing->last, 0.7,
              matter ? N_("Name the thing in their own word, and they feel listened to.")
                     : N_("Name the thing: that shows that you listened."),
              reworded(study, thing, matter));
  else if (lacks_thing && !time)
    advise_opening(study, COACH_CONCRETE, 0.6, "Nothing here names what they wrote about.",
                   matter ? arena_printf(study->arena, "This is about %s.", matter)
                          : "This is about the \xE2\x80\xA6 that you wrote about.");
  if (lacks_time || (lacks_thing && time))
    advise_at(study, COACH_CONCRETE, time->first, time->last, 0.6, "Say when: a day and an hour can be relied on.",
              reworded(study, time, matter));
}
