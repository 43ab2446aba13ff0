// One apology that owns something, not many. Each further one weakens the first and stands where options could.
#include "insight/coach/study.h"

static const PhraseRow rows[] = {
  {MARK_APOLOGY,
   "sorry, apologise|apologize|apologises|apologizes|apologising|apologizing|apology|apologies, regret the|any|that|this|what|how|"
   "having|for|my|our|not|it, forgive us|me, pardon the|my|our|me, beg your pardon, mea culpa"},
  {MARK_APOLOGY,
   "no need to apologise|apologize|say|be, not [need|have] to [be] apologise|apologize|sorry|say, you are sorry, a sorry, "
   "you apologise|apologize|apologised|apologized, your apology, your [kind] apology, regret to|that i can, accept my|our, "
   "i [am] owe you an",
   .is_shield = true},
  {MARK_NO_APOLOGY,
   "sorry|apologise|apologize|apologies|regret [to|that] [hear|learn] [that] you feel|felt|think|believe|took|see|were offended|it, "
   "sorry|apologise|apologize|apologies|regret if|for any|to the|whatever [offence|offense|upset|misunderstanding] "
   "you|this|that|any|i|we|it|anyone|my|our|anything, sorry you feel, sorry that you feel, sorry but that is, please forgive us|me"},
  {MARK_NO_APOLOGY, "sorry that|you you feel let|ignored|left, sorry|apologise|apologize|apologies for any", .is_shield = true},
};
const PhraseTable one_apology_phrases = {rows, G_N_ELEMENTS(rows)};

void check_one_apology(CoachStudy *study) {
  const Passage *draft = &study->draft;
  const Hit *hollow = find_mark(draft, MARK_NO_APOLOGY);
  if (hollow)
    advise_at(study, COACH_ONE_APOLOGY, hollow->first, hollow->last, 0.9,
              "This apologises for their feeling, not for what happened.",
              capital_as(study, hollow->first, "I'm sorry for what went wrong here;"));
  size_t count = 0;
  list_each(const Hit, hit, &draft->hits) {
    if (hit->mark != MARK_APOLOGY) continue;
    count++;
    if (count < 2 || count > 4) continue;
    const Line *line = line_of(draft, hit->first);
    uint32_t end = line->first + line->count - 1;
    const char *instead = "Here is what I can do:";
    bool is_whole = hit->first - line->first <= 3;
    advise_at(study, COACH_ONE_APOLOGY, is_whole ? line->first : hit->first, is_whole ? end : clause_end(draft, hit->last), 0.7,
              "You have said sorry once, and that was heard; what you can do weighs more now.", instead);
  }
}
