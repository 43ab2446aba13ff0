// A request that leaves room. "Please send …" at the beginning reads as a command, and a bare question as an interrogation; the
// same wish as a question in the conditional, with its reason, reads as respect.
#include "insight/coach/study.h"

#define ASKED                                                                                                                       \
  "send|provide|give|confirm|fill|return|reply|call|attach|upload|tell|check|forward|supply|submit|complete|state|specify|email|"   \
  "mail|post|contact|ring|write|bring|show|print|sign|explain|describe|enter|enclose|include|advise|answer|go|log|click|visit|try|" \
  "make|read|see|fax|quote|verify|update|restart|reset|open|use|download|install|resend|ensure|keep|remember|wait|respond|follow|"  \
  "put|take|list|pay|register|refer|be|have|hold|ask|get|clarify|indicate|scan|share|note|do|pop|place|transfer|delete|remove"

static const PhraseRow rows[] = {
  {MARK_COMMAND,
   "^ [just|kindly|so|then|also|and] please [just|kindly|also] let|accept|know|do|rest|feel|take|be|tell|write|ring|call|forgive|"
   "excuse|bear|enjoy|find|say|ask me|my|that|not|hesitate|assured|free|care|assured|if|rest|with|attached|our|this|so, ^ please "
   "contact|reach|call|ring|write|text|email [out] [to] [me|us] [back|directly|any] [time|anytime] if|any|anytime|whenever|should, ^ please "
   "see|find|enjoy|take|give|have a|my|care|attached|enclosed|below|your|the, ^ please be "
   "assured|welcome, ^ please do not|let|accept|feel|rest|find|bear|forgive|excuse, ^ let|call|ring|write|text|ask|take|keep|have|be|"
   "enjoy|see|try|do|reply me|care|safe|a|well|assured|to|not, ^ [just|simply|so|then|and|please] tell|let me|us "
   "if|which|whether|know|when|what|how, ^ give your|her|him|them my, ^ call|ring|write|reply ~2 "
   "any|anytime|directly|whenever|if|to this|and i",
   .is_shield = true},
  {MARK_COMMAND, "^ [just|so|then|also|and|first|now|next] please, ^ kindly " ASKED, .instead = "could you %s, please"},
  {MARK_COMMAND,
   "^ [just|then|also|and|first|now|next|simply] " ASKED
   " [back|in|out] the|a|an|your|us|me|it|this|that|these|any|all|proof|full|some|two|photos|pictures|copies|with|and|to|on|in|off|"
   "page|exactly|again|both|further|more|details|at|by",
   .instead = "could you%s, please"},
  {MARK_COMMAND,
   "^ tell me exactly|precisely, ^ tell me how|where|why, ^ tell me what happened|went|you did, ^ explain why|how|what",
   .instead = "would you tell me what happened"},
  {MARK_COMMAND,
   "i|we [will|would|do|also|still|urgently] need|require [to|you|from] [see|have|know|to] [have|see] "
   "your|you|the|a|proof|from|some|more|to, you must|need|have [to|first|then] [to] "
   "send|provide|give|fill|return|attach|upload|supply|submit|complete|call|contact|confirm|sign, you are required to, i am requesting you, it is mandatory",
   .instead = "could I have%s, please"},
  {MARK_COMMAND,
   "i|we need you to|know|to be|do|get|talk|thank|say, i need to, i need a signature because, i need the|a ~5 because|so|to, "
   "^ see you, ^ have a, ^ be well, ^ take your time, ^ see below",
   .is_shield = true},
  {MARK_COMMAND,
   "^ [and] what is|was|are your|the ~4, ^ what is|are|was your, ^ where was|did|is, ^ when was|did, ^ why did|do|have|are|were, ^ who did|is|was, ^ "
   "what "
   "model|version|number|did|were, ^ which model|version|browser|number",
   .instead = "may I ask about this"},
  {MARK_COMMAND,
   "^ what is|was|are the best|right, ^ what i, ^ what a, ^ what can|would|do|suits, ^ where would|shall|should, ^ when would|shall|"
   "may|can|should|is a|it, ^ what is your preference",
   .is_shield = true},
  {MARK_COURTEOUS,
   "could|would|can|will you [please|kindly|also|be] send|provide|give|tell|confirm|share|forward|let|check|mind|attach|"
   "show|describe|say|please|kindly|able|pop|have|happen, may|could|might|can i [please|also] [please] ask|have|trouble|also, would you "
   "mind|be, if you could|would|do not|have|can, grateful for|if, when|whenever you have|it|can, wondering if|whether, would it be "
   "possible, it would help, i would appreciate|like"},
  {MARK_COMMAND,
   "^ [please] make|be sure to|you|that, ^ ensure [that] you|to, ^ [please] let us|me have, i|we want|expect|need you to "
   "send|provide|give|fill|return|call|bring|confirm|sign|complete|upload|pay, you will need|have to "
   "send|provide|give|fill|return|call|bring|confirm|sign|complete|upload|pay|contact",
   .instead = "could you%s, please"},
  {MARK_COMMAND,
   "^ [and|so] how did|many|much|long|old|often, ^ who did|is|was|installed|sold|gave|told|delivered|signed|has|bought",
   .instead = "may I ask about this"},
  {MARK_COMMAND,
   "^ how did|do|does|has ~3 feel|cope|manage|affect|affected|go|sleep|sound|suit|work|help, ^ how long would|will|have, ^ be sure that|i",
   .is_shield = true},
};
const PhraseTable polite_request_phrases = {rows, G_N_ELEMENTS(rows)};

// "Please send the receipt" → "Could you send the receipt, please?"
static const char *reworded(const CoachStudy *study, const Hit *hit, uint32_t last) {
  const Passage *draft = &study->draft;
  const Word *words = draft->words.items;
  const char *shape = hit->row->instead;
  if (!strstr(shape, "%s")) {
    bool is_question = line_of(draft, hit->first)->is_question && g_str_has_prefix(shape, "may");
    if (!is_question) return "Would you tell me what happened, please?";
    return arena_printf(study->arena, "May I ask: %s", capital_as(study, hit->last, words_text(study, hit->first, last)));
  }
  uint32_t from = hit->first;
  static const char *const leads[] = {"just", "kindly", "so", "then", "also", "and", "first", "now", "next", "simply", "please"};
  static const char *const needs[] = {"i",    "we",      "you",  "will", "would", "do",  "still", "urgently",
                                      "need", "require", "must", "have", "to",    "see", "from",  "know"};
  bool is_need = g_str_has_prefix(shape, "could I");
  while (from < last &&
         (is_need ? word_in(&words[from], needs, G_N_ELEMENTS(needs)) : word_in(&words[from], leads, G_N_ELEMENTS(leads))))
    from++;
  const char *wish = words_text(study, from, last);
  const char *plain = draft->text[words[from].start] == 'I'
                        ? wish
                        : arena_printf(study->arena, "%c%s", g_ascii_tolower(wish[0]), wish + 1);
  const Word *before = hit->first > line_of(draft, hit->first)->first ? &words[hit->first] : NULL;
  bool asks_for_thing = is_need && !word_in(&words[MIN(from, last)],
                                            (const char *const[]){"send", "provide", "give", "fill", "return", "attach", "upload",
                                                                  "supply", "submit", "complete"},
                                            10);
  return arena_printf(study->arena, "%s %s, please?",
                      before ? (asks_for_thing ? "could I have" : "could you") : (asks_for_thing ? "Could I have" : "Could you"),
                      plain);
}

// A greeting, a thank-you or a reason before the request softens "please": only what opens the sentence is looked at.
void check_polite_request(CoachStudy *study) {
  const Passage *draft = &study->draft;
  list_each(const Hit, hit, &draft->hits) {
    if (hit->mark != MARK_COMMAND) continue;
    const Line *line = line_of(draft, hit->first);
    bool is_question_shape = !strstr(hit->row->instead, "%s") && g_str_has_prefix(hit->row->instead, "may");
    if (line->is_item || (is_question_shape && !line->is_question)) continue;
    if (is_question_shape && study->is_trouble && find_mark_in(draft, line, MARK_AGREEMENT)) continue;
    uint32_t last = MAX(clause_end(draft, hit->last), hit->last);
    bool closes = last + 1 == line->first + line->count;
    last = MIN(last, hit->last + 40);
    size_t end = closes ? line->end : draft->words.items[last].end;
    advise_bytes(study, COACH_POLITE_REQUEST, draft->words.items[hit->first].start, end, 0.6,
                 "As a question it leaves them room.", reworded(study, hit, last));
  }
}
