// "I" as the one who acts. "We", "our team" and "the company" put a house between two people; "we" stays where it means the
// customer and me.
#include "insight/coach/study.h"

static const PhraseRow rows[] = {
  {MARK_WE_ACTOR, "we"},
  {MARK_WE_ACTOR,
   "our [own] [customer|support|billing|service|technical|accounts|sales|legal|it|finance|warehouse|delivery|dedicated] "
   "team|teams|department|company|staff|specialists|specialist|experts|engineers|technicians|management|colleagues|agents|office|desk"
   " [who|which] will|is|are|has|have|can|would|was|were|takes|take|apologises|apologise|regrets|regret|aims|aim|strives|strive|looks|"
   "look|needs|need|reviews|review|handles|does|do|shall|may|could"},
  {MARK_WE_ACTOR,
   "the [relevant|responsible|whole|entire|support|billing|finance|accounts|customer|technical|service|warehouse|sales|legal] "
   "company|team|department|management|firm|business|organisation|organization "
   "will|is|are|has|have|can|would|takes|apologises|regrets|looks|aims|strives|shall|may"},
  {MARK_WE_ACTOR,
   "someone|somebody|one|member|members|anyone|another from|of|in|at|on our|the ~2 "
   "team|department|office|company|staff|desk|colleagues|specialists|experts|engineers|agents|advisors|advisers|representatives|technicians|managers"},
  {MARK_WE_ACTOR,
   "customer|technical|guest|passenger|client service|services|support|care|relations will|is|are|has|have|shall|can"},
  {MARK_WE_ACTOR,
   "we both, shall|can|could|should|may|might|do we, you and i ~3 we, we [can|could|might|may|will|should] ~2 "
   "compare|go|agree|decide|talk|speak|discuss|meet, that|what|which|as|once|when|if|until|after|before|how|where "
   "we agreed|spoke|talked|discussed|speak|talk|agree|meet|have agreed|met|arranged|said, since we spoke|talked, when|once|if we "
   "have both|spoken|agreed|talked, because we both, between us we",
   .is_shield = true},
  {MARK_WE_ACTOR, "^ let us check|verify|investigate|handle|examine|review|fix"},
};
const PhraseTable i_not_we_phrases = {rows, G_N_ELEMENTS(rows)};

// "Let's look at this together: we can …" means the two of us.
static bool means_us_both(const Passage *draft, const Line *line, uint32_t word) {
  static const char *const joint[] = {"together", "both", "jointly"};
  for (uint32_t i = line->first; i < line->first + line->count; i++) {
    const Word *at = &draft->words.items[i];
    if (word_in(at, joint, G_N_ELEMENTS(joint))) return true;
    if (i + 1 < word && word_is(at, "let") && word_is(&at[1], "us")) return true;
    if (i + 2 < line->first + line->count && word_is(at, "you") && word_is(&at[1], "and") && word_is(&at[2], "i")) return true;
  }
  return false;
}

// The form of a word that goes with "I": "are" becomes "am", "our" becomes "my", "takes" becomes "take".
static const char *mine(Arena *arena, const Word *word, const char *written, bool is_after_actor) {
  static const char *const pairs[][2] = {{"we", "I"}, {"our", "my"}, {"us", "me"}, {"ourselves", "myself"}, {"ours", "mine"}};
  static const char *const verbs[][2] = {{"is", "am"}, {"are", "am"}, {"were", "was"}, {"has", "have"}, {"does", "do"}};
  for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
    if (word_is(word, pairs[i][0])) return pairs[i][1];
  if (!is_after_actor) return written;
  for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
    if (word_is(word, verbs[i][0])) return verbs[i][1];
  size_t size = strlen(written);
  bool is_third = size > 4 && written[size - 1] == 's' && written[size - 2] != 's';
  return is_third ? arena_strndup(arena, written, size - 1) : written;
}

static const char *reworded(const CoachStudy *study, const Hit *hit, uint32_t last) {
  const Passage *draft = &study->draft;
  const Word *words = draft->words.items;
  // The subject ends before its verb: a phrase of several words has the verb as its last.
  bool is_pronoun = hit->first == hit->last, ends_in_noun = false;
  static const char *const nouns[] = {"team",       "department",  "office",  "company",   "staff", "desk",
                                      "colleagues", "specialists", "experts", "engineers", "agents"};
  if (!is_pronoun) ends_in_noun = word_in(&words[hit->last], nouns, G_N_ELEMENTS(nouns));
  uint32_t at = is_pronoun || ends_in_noun ? hit->last + 1 : hit->last;
  bool is_let = word_is(&words[hit->first], "let");
  GString *text = g_string_new(is_let ? "I'll" : "I");
  bool is_first = true;
  for (; at <= last; at++) {
    bool shares = at > 0 && words[at].start == words[at - 1].start; // the second part of "we'll"
    if (shares && is_first && is_pronoun) {
      const char *tail = word_is(&words[at], "are")    ? "'m"
                         : word_is(&words[at], "will") ? "'ll"
                         : word_is(&words[at], "have") ? "'ve"
                                                       : "'d";
      g_string_append(text, tail);
    } else if (!shares) {
      const char *written = arena_strndup(study->arena, draft->text + words[at].start, words[at].end - words[at].start);
      g_string_append_printf(text, " %s", mine(study->arena, &words[at], written, is_first));
    }
    is_first = false;
  }
  return arena_take(study->arena, g_string_free(text, FALSE));
}

void check_i_not_we(CoachStudy *study) {
  const Passage *draft = &study->draft;
  uint32_t after = 0;
  list_each(const Hit, hit, &draft->hits) {
    if (hit->mark != MARK_WE_ACTOR || hit->first < after) continue;
    bool is_lets = draft->words.items[hit->first].start == draft->words.items[hit->last].start ||
                   (word_is(&draft->words.items[hit->first], "let") &&
                    draft->words.items[hit->first].start == draft->words.items[hit->first + 1].start);
    if (is_lets && hit->first < hit->last) continue; // "let's" is you and me
    if (means_us_both(draft, line_of(draft, hit->first), hit->first)) continue;
    uint32_t last = MAX(clause_end(draft, hit->last), hit->last);
    last = MIN(last, hit->last + 30);
    after = last + 1;
    advise_at(study, COACH_I_NOT_WE, hit->first, last, 0.8,
              "\xE2\x80\x9CI\xE2\x80\x9D tells them that a person is acting for them; \xE2\x80\x9Cwe\xE2\x80\x9D is a house.",
              reworded(study, hit, last));
  }
}
