// Their point of view first, then what I do about it: both, in this order.
#include "insight/coach/study.h"

#define STORY_VERBS                                                                                                               \
  "ordered|paid|waited|expected|called|rang|phoned|asked|wrote|told|booked|bought|cancelled|canceled|needed|wanted|received|got|" \
  "found|lost|stayed|came|drove|travelled|traveled|spent|trusted|tried|missed|signed|sent|took|stood|slept|chose|planned|hoped|"  \
  "saw|heard|went|explained|reported|returned|moved|opened|noticed|had|were|was|deserve|deserved|relied|counted|saved|said|gave|" \
  "left|contacted|emailed|mentioned|described|felt|feel|shared|read|raised|brought|came|did|made|turned|arranged|cleared"

static const PhraseRow rows[] = {
  {MARK_PERSPECTIVE,
   "i [can|do|fully|completely|totally|really|also|certainly|well|now] [fully|completely|totally|well|only] "
   "understand|see|hear|realise|realize|appreciate|recognise|recognize|imagine|sense|gather|get|know|notice|grasp [that|how|why|what|"
   "from|you|your|this|it|the|just|where|exactly], i am aware, reading your [message|email|mail|letter], from what you, from your "
   "[point|side|view|message|description|perspective], the way you describe, for you [this|it|that], it [must|may|can|sounds|seems|"
   "looks] [must|like|as|to] [have|be|you|if|that|though] ~2 you, it sounds|seems|looks like|as, i would [also|probably|have|feel|be|want]"
   " ~2 too|same|likewise|well|patience|cross|angry|upset|furious|annoyed|frustrated|worried, in your place|shoes|position|situation, if "
   "i were|was you|in, anyone|anybody|everyone would, no wonder, you have every|a right|reason, you are right to, that must, this must, "
   "must [be|have] [been] ~2 for you, must be, must have been, to you, i take your point, i can only imagine, i put myself"},
  {MARK_PERSPECTIVE,
   "i see that your account, i appreciate your [patience|business|feedback], i know that we, ^ i understand $, to you "
   "soon|today|tomorrow|by|on|within|shortly|as|this|next|at|in",
   .is_shield = true},
  {MARK_YOUR_STORY,
   "you [have|had|also|already|never|only|just|even|specifically|still] [been|also|already|never|just|now|had] " STORY_VERBS
   ", you are|were|have [still|now|been] [still|been] waiting|left|without|out|worried|stuck|charged|sent|missing|locked|looking|trying|"
   "telling|saying|asking|cut|double|overcharged|short|losing|paying|facing, you lost|need|want|would like|wish|expect"},
};
const PhraseTable perspective_first_phrases = {rows, G_N_ELEMENTS(rows)};

static uint32_t first_of(const Passage *draft) {
  static const Mark marks[] = {MARK_PERSPECTIVE, MARK_YOUR_STORY, MARK_RESTATE, MARK_REACTION, MARK_MEANING, MARK_HOSTILITY};
  uint32_t first = UINT32_MAX;
  for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
    const Hit *hit = find_mark(draft, marks[i]);
    if (hit) first = MIN(first, hit->first);
  }
  return first;
}

// A sentence without "I" that speaks of several things the customer spoke of takes their side as well: "Four times is too many".
static uint32_t first_echo(const CoachStudy *study) {
  if (!study->has_message) return UINT32_MAX;
  list_each(const Line, line, &study->draft.lines) {
    Action action;
    uint32_t end = line->first + line->count;
    if (!find_action(&study->draft, line->first, end, &action) && line->count &&
        shared_matter(study, line->first, end - 1, true) >= 2)
      return line->first;
  }
  return UINT32_MAX;
}

void check_perspective_first(CoachStudy *study) {
  if (!study->is_reply || !study->is_trouble) return;
  const Passage *draft = &study->draft;
  Action action;
  bool acts = find_action(draft, 0, (uint32_t)draft->words.count, &action);
  uint32_t view = MIN(first_of(draft), first_echo(study));
  if (view != UINT32_MAX && acts && view <= action.last) return;
  const char *matter = matter_of(study);
  if (view != UINT32_MAX && !acts) {
    advise_closing(study, COACH_PERSPECTIVE_FIRST, 0.6, "You see their side; now say what you yourself will do.",
                   matter ? arena_printf(study->arena, "So I'll look into %s myself, today.", matter)
                          : "So I'll look into this myself, today.");
    return;
  }
  advise_opening(study, COACH_PERSPECTIVE_FIRST, view == UINT32_MAX ? 0.7 : 0.5,
                 view == UINT32_MAX ? N_("Begin with how it looks from their side; then what you do is heard.")
                                    : N_("Their side first, then what you do: put it before your first step."),
                 matter ? arena_printf(study->arena, "I can see what this means for you, with %s as it is.", matter)
                        : "I can see how this looks from your side.");
}
