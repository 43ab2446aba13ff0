// Say in the customer's terms what was understood, before solving it. A cue alone ("I understand your concern") restates nothing:
// with the message at hand, their own words must come back.
#include "insight/coach/study.h"

static const PhraseRow rows[] = {
  {MARK_RESTATE,
   "^ so you|your|the|it, so , if i [have|am|got] ~2 understand|understood|right|correctly|hear|hearing|reading, as i understand [it], "
   "have|did|do|if i [have] ~2 got|understood|understand|get ~3 right|correctly|that|you, do i have that right, is that it|right|correct, "
   "what i [am] hear|hearing|understand|gather|read, you are|were "
   "telling|saying, "
   "it sounds|seems|looks|appears like|as|that|you|to, sounds like, let me make|check|see|play|repeat|sum|summarise|summarize|restate|"
   "confirm|recap [sure|if|that|back] [i|what|whether|up|it], just to|so check|confirm|make|i|be, to make sure, from what you, i see|"
   "read|gather|understand from|in your, you told|wrote|said|mentioned|explained|described [me|us|that|to|how|in], your message "
   "says|tells, in other words, in short, "
   "i hear that you, i understand [that] you [have|had|are|were|did|ordered|paid|want|wanted|waited|cancelled|need|needed|lost|bought|"
   "received|expected], i understand that your, i read that, i can see [that] you [have|had|were|waited|ordered|paid|are], i see that you"
   ", is there anything i [have] missed, have i missed anything, did i miss, reading your, the way you describe"},
  {MARK_RESTATE,
   "so you can|will|could|may|should|know|do, ^ so i, so that, i understand you are|feel "
   "upset|frustrated|angry|annoyed|disappointed, i see that you are|feel upset|frustrated|angry|annoyed|disappointed|an",
   .is_shield = true},
};
const PhraseTable restate_phrases = {rows, G_N_ELEMENTS(rows)};

static bool is_told(const CoachStudy *study, const Line *line) { // in the past, of them
  return find_mark_in(&study->draft, line, MARK_YOUR_STORY) != NULL;
}

// The line that restates, or NULL.
static const Line *find_restating(const CoachStudy *study) {
  const Passage *draft = &study->draft;
  list_each(const Line, line, &draft->lines) {
    const Hit *cue = find_mark_in(draft, line, MARK_RESTATE);
    uint32_t last = line->first + line->count - 1;
    if (!study->has_message) {
      bool says_much = line->count >= 8 || has_specifics(draft, line);
      if ((cue && line->count >= 5) || (is_told(study, line) && says_much && !line->is_question)) return line;
      continue;
    }
    // The matter may come in the sentence after the cue: "Let me check that I have this right: …"
    const Line *next = line + 1 < draft->lines.items + draft->lines.count ? line + 1 : line;
    uint32_t reach = cue ? next->first + next->count - 1 : last;
    size_t kinds = shared_matter(study, line->first, reach, false), all = shared_matter(study, line->first, reach, true);
    Action action;
    bool acts = find_action(draft, line->first, last + 1, &action);
    if ((cue && (kinds >= 1 || all >= 2)) || (is_told(study, line) && (kinds >= 1 || all >= 2)) || (kinds >= 2 && !acts) ||
        (all >= 4 && !acts))
      return line;
  }
  return NULL;
}

// Nobody is made to repeat an insult.
static bool is_sayable(const CoachStudy *study, const char *words) {
  OffenceList offences = {0};
  insight_offences(study->arena, words, strlen(words), &offences);
  return strlen(words) <= 160 && offences.count == 0;
}

static const char *restatement(const CoachStudy *study) {
  const Reading *reading = study->reading;
  if (reading && reading->present && is_sayable(study, reading->present))
    return arena_printf(study->arena, "If I understand you correctly: \xE2\x80\x9C%s\xE2\x80\x9D. Have I got that right?",
                        reading->present);
  const char *matter = matter_of(study);
  return matter
           ? arena_printf(study->arena,
                          "If I understand you correctly, this is about %s, and it isn't as it should be. Have I got that right?",
                          matter)
           : "If I understand you correctly, what happened is this: \xE2\x80\xA6 Have I got that right?";
}

void check_restate(CoachStudy *study) {
  const Line *line = study->draft.lines.count ? find_restating(study) : NULL;
  if (line) step_met(study, STEP_RESTATE, line->first, line->first + line->count - 1);
  if (line || !study->is_reply || !study->is_trouble) return;
  advise_opening(study, COACH_RESTATE, 0.8, "Say in their words what you understood, so that they know they were heard.",
                 restatement(study));
}
