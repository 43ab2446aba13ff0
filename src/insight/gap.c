// The gap in the customer's words: the sentence that says how things stand, and the words from "I want …" or "please …" to the
// end of that sentence, or to the "but" or "because" in it. Each sentence is weighed by the phrases below; the heaviest wins,
// the earlier one when equal, so the present is the sentence that states the failure, not the first. What no phrase
// speaks for stays empty: the agent fills it in.
#include "insight/engine.h"

#define GAP_LEAST 0.3
#define GAP_TEXT_MOST 400 // bytes
#define LONG_SENTENCE 240 // bytes; longer ones are shown in part
#define LEAD 40           // bytes before and after the words that speak
#define SAYS(side, percent)                                                                                                      \
  0, {                                                                                                                           \
    { side, percent }                                                                                                            \
  }

typedef enum GapSide { GAP_PRESENT, GAP_DESIRED, GAP_ORDER } GapSide; // an order is a wish where it may be one: "send me"

static const Row rows[] = {
  {"i want ~1 to thank, i would like to thank|say|express|compliment|praise|point|add|mention|know who, "
   "i want to say|thank|mention|point, i wanted to, i need to say|tell|point|ask, i would like to tell|ask, please note, "
   "please be aware|advised, please see, please find, please do not hesitate, please excuse, please accept, "
   "how can|could|do|would you|i|they|we|this|it|a, why would|should|do|did you|i|we|they, who|what can|could|would you, "
   "what do|did you, "
   "i need to contact|call|go|wait|send|pay|provide|submit|prove, i need and, i needed, i would need, i want told, "
   "did not want, i want to file|submit|start|report|make ~2 complaint, "
   "i would like to file|submit|report|clarify|start|mention|lodge, i would like attention, asked me ~1 please, please please, "
   "told me i should|could|need, "
   "if you would like|need|want, you need to call|contact|send|wait|provide, you should have|know, you must have|be|know, "
   "you will need to, would you like|believe|guess, "
   "can you believe, could you believe, can you imagine, can you not, i expected, want to be ~1 rude, i do not want to, "
   "i did not want, i do not need, i will be happy to, hope you are|have, i hope this, i hope all",
   0,
   {{0}}},

  // The situation now
  {"i|we ordered ~8 but, i|we bought ~8 but, i|we paid ~8 but, i|we booked ~8 but, i|we returned ~8 but, "
   "was ~3 supposed to, was meant to, should have ~2 arrived|been|received|come|had",
   SAYS(GAP_PRESENT, 70)},
  {"i|we ordered, i|we bought, i|we purchased, i|we received, i|we got, i|we paid, i|we booked, i|we returned, "
   "i|we sent ~3 back, i|we have been waiting, have waited, i|we waited, still waiting, i|we was|were|have|been charged, "
   "been charged, charged me, charged twice, took ~4 from my, money was taken, you charged, you took, you sent, "
   "you delivered, you cancelled|canceled, you promised, you said, has not ~2 arrived|come|been|worked|shown, "
   "have not ~2 received|arrived|heard|had|got|been, not arrived, never arrived|came|received|got, "
   "did not arrive|come|work|receive|get, does not work|fit|turn|start|charge|open|load|match, do not work|fit|match, "
   "will not work|turn|start|open|load|charge|let|connect, "
   "can not log|access|open|find|use|get|connect|reach|sign|see|cancel, not working, stopped working, is broken, "
   "was broken, arrived broken|damaged|late|empty|open|dirty|with, "
   "is|was|are|were ~1 "
   "damaged|faulty|missing|wrong|cracked|late|delayed|lost|cancelled|canceled|empty|leaking|defective|torn|dirty|scratched|rude|closed, "
   "keeps crashing|stopping|breaking|failing|freezing|asking, fell apart, broke after, broke down, instead of, "
   "wrong item|size|colour|color|product|order|address|amount, no ~1 reply|response|answer|refund|delivery, "
   "nobody ~3 replied|answered|called|came|helps|helped, no one ~3 replied|answered|called|came|helps|helped, "
   "not been ~1 refunded|delivered|repaired|replaced|credited|paid|answered, days late, weeks late, hung up on me, "
   "has been ~3 {period}, for {number} {period}, since monday|tuesday|wednesday|thursday|friday|saturday|sunday|last|the, "
   "the problem is, my problem is, the issue is, my issue is, what happened, is missing, are missing, out of stock, "
   "locked out, stuck, only {number} of",
   SAYS(GAP_PRESENT, 45)},
  {"refuse|refused|refuses|refusing to ~2 "
   "refund|remove|fix|help|correct|cancel|pay|honor|honour|release|close|give|return|send|accept|credit|delete|acknowledge|let|stop|work|provide|investigate|reimburse, "
   "still have|has not, still showing|reporting|charging|charged|being|waiting|appears|shows, "
   "still not ~2 received|fixed|resolved|removed|credited|paid|corrected|refunded|closed|posted, "
   "keep|keeps|kept ~1 charging|calling|taking|asking|sending|reporting|saying|telling|adding|changing|withdrawing|denying, "
   "without my ~1 permission|consent|authorization|knowledge|approval, "
   "took|taken|withdrew|withdrawn|debited|deducted ~4 from my, charged ~1 me|my, "
   "being|was|were|am|is|are charged, now ~3 say|says|saying|claim|claiming|charging|telling|want|wants|wanting|told, "
   "is|are|was reporting|reported|showing|listed, does not belong to me, "
   "do not belong to me, is not mine, not my account|debt|loan, i did not ~1 open|authorize|apply|make|sign|receive|request, "
   "never ~2 opened|authorized|applied|received|signed|agreed|credited|posted|applied, "
   "denied ~4 claim|refund|request|application|dispute|loan|credit, hung up, no one ~2 help|responds|calls|returns|answers, "
   "will not ~1 "
   "refund|remove|fix|help|correct|cancel|release|close|let|work|allow|give|honor|stop|accept, "
   "would not ~1 refund|remove|fix|help|cancel|release|let|work|allow|give|honor|accept, "
   "i can not ~1 afford|pay|get|make|sleep|reach|access|log, "
   "affecting|hurting|ruining|damaging|hurt|ruined|damaged my ~1 credit, is ~1 incorrect|inaccurate|false|fraudulent, "
   "has|have ~1 failed to, failed to ~1 remove|correct|respond|provide|apply|credit|notify|send|pay|investigate|post, "
   "did not ~1 apply|credit|post|notify|honor|send|inform|disclose, lost ~2 my, "
   "went|gone up|from, has been ~2 closed|locked|frozen|denied|repossessed|stolen|opened, interest rate is|was|of, "
   "charging ~2 interest, identity theft, violated my, violating my",
   SAYS(GAP_PRESENT, 45)},
  {"problem with, issue with, trouble with, difficulty, error, complaint about, late, delayed, overcharged, refused, "
   "ignored, still, yet, but, however",
   SAYS(GAP_PRESENT, 15)},

  // The situation they want
  {"i|we want, i|we would ~1 like, i|we need, i|we expect, i|we demand, i|we require, i|we request, i|we insist, "
   "i|we would ~1 appreciate, i|we would prefer, i|we would rather, i|we would be ~1 grateful|happy|glad, "
   "all i|we want|need|ask, what i|we want|need, i am asking ~1 for, i am ~1 looking for|to, i am requesting, i ask you to, "
   "i ask that, i just want|need, i|we wish to, i|we hope you ~1 will|can, my request is, i request",
   SAYS(GAP_DESIRED, 60)},
  {"i am demanding, i demand that, i ask you, i|we am|are ~1 asking ~2 for|that|to, "
   "i|we am|are ~1 requesting ~1 that|for|the|a|an|to|you, "
   "i want ~2 removed|deleted|refunded|fixed|corrected|closed|cancelled|canceled|returned|credited|stopped|back|resolved, "
   "needs|need to be "
   "removed|deleted|refunded|fixed|corrected|closed|cancelled|canceled|returned|credited|stopped|resolved|investigated|updated, "
   "should be ~1 removed|deleted|refunded|fixed|corrected|closed|cancelled|returned|credited|stopped|updated|blocked, "
   "must be removed|deleted|corrected, "
   "please ~2 "
   "remove|delete|refund|fix|correct|close|cancel|return|credit|stop|investigate|send|help|contact|update|block|advise, "
   "need help, help me ~1 get|to|with|resolve|fix|clarify, "
   "i would like ~1 this|these|the|my|them|to, i hope to, the resolution i, my desired resolution, "
   "want this|it|them to stop|end, i want them|it|this|the|you|my ~3 to",
   SAYS(GAP_DESIRED, 62)},
  {"please, could you, can you, would you, will you, can we|i|someone|somebody, could we|i|someone|somebody, "
   "is it possible, would it be possible, let me know, kindly, i should ~1 be, "
   "you need to, you must, you should, i hope to, make it right, put ~1 right, how do i, how can i, where is my, "
   "where are my, when will ~1, i look forward to, looking forward to hearing|receiving|your, my money back, a full refund, "
   "a refund, a replacement, an apology, compensation",
   SAYS(GAP_DESIRED, 40)},
  {"refund me|my|us, give me|us|my, send me|us|my|it, replace it|the|my|this, fix it|this|my|the, cancel my|this|the|it, "
   "call me|us, contact me|us, "
   "get back to me|us, sort this|it|my ~1 out, remove my|this|the|these|all, delete my|this|the|these|all, return my, "
   "stop ~2 calling|charging|taking, correct my|this|the, help me",
   SAYS(GAP_ORDER, 40)},
};
const RowTable gap_rows = {rows, G_N_ELEMENTS(rows)};

bool is_wish(const Match *match) { return match->row->says[0].percent >= 40 && match->row->says[0].label != GAP_PRESENT; }

typedef struct Side { // the best of one side so far
  double weight;
  size_t start, end; // bytes
} Side;

// A cue with nothing behind it ("Please") says nothing.
static bool says_something(const Sentence *sentence, const Match *cue) {
  return sentence->first + sentence->count - cue->first >= 2;
}

// An order to the reader stands at the beginning of a clause: "send me …", not "they never send me …".
static bool is_ordered(const Scan *scan, const Sentence *sentence, const Match *match) {
  if (match->row->says[0].label != GAP_ORDER || match->first == sentence->first) return true;
  static const char *const leads[] = {"please", "and", "just", "or", "so", "then", "now"};
  const Token *before = &scan->tokens.items[match->first - 1];
  for (size_t i = 0; i < G_N_ELEMENTS(leads); i++) {
    if (before->word && before->word == lexicon_word(lexicon_get(), leads[i], strlen(leads[i]))) return true;
  }
  return scan->tokens.items[match->first].after_break;
}

static size_t last_letter(const Scan *scan, const Sentence *sentence) {
  return scan->tokens.items[sentence->first + sentence->count - 1].end;
}

// A wish ends where its reason or an objection begins: "my money back | because …".
static size_t end_of_wish(const Scan *scan, const Sentence *sentence, const Match *cue) {
  static const char *const turns[] = {"but", "because", "since", "although", "though", "however"};
  uint32_t numbers[G_N_ELEMENTS(turns)];
  for (size_t i = 0; i < G_N_ELEMENTS(turns); i++) numbers[i] = lexicon_word(lexicon_get(), turns[i], strlen(turns[i]));
  for (size_t at = cue->last + 2; at < sentence->first + sentence->count; at++) {
    for (size_t i = 0; i < G_N_ELEMENTS(turns); i++) {
      if (numbers[i] && scan->tokens.items[at].word == numbers[i]) return scan->tokens.items[at - 1].end;
    }
  }
  return last_letter(scan, sentence);
}

// The whole sentence; of a very long one the part between commas and the like around the words that speak.
static Side part_around(const Scan *scan, const Sentence *sentence, const Match *cue, double weight) {
  const Token *tokens = scan->tokens.items;
  size_t last = sentence->first + sentence->count - 1, from = sentence->first, to = last;
  if (tokens[last].end - tokens[from].start <= LONG_SENTENCE) return (Side){weight, tokens[from].start, tokens[last].end};
  for (size_t at = cue->first; at > sentence->first && tokens[cue->first].start - tokens[at].start < LONG_SENTENCE / 2; at--) {
    from = at;
    if (tokens[at].after_break && tokens[cue->first].start - tokens[at].start >= LEAD) break;
  }
  for (to = cue->last; to < last && tokens[to].end - tokens[cue->last].end < LONG_SENTENCE / 2; to++) {
    if (tokens[to + 1].after_break && tokens[to].end - tokens[cue->last].end >= LEAD) break;
  }
  return (Side){weight, tokens[from].start, tokens[to].end};
}

static void weigh(const Study *study, size_t number, Side *present, Side *desired) {
  const Scan *scan = study->scan;
  const Sentence *sentence = &scan->sentences.items[number];
  if (!sentence->count) return;
  double here = 0, there = 0, most = 0;
  const Match *cue = NULL, *failure = NULL;
  list_each(Match, match, &study->matches[number]) {
    if (match->kind != MATCH_GAP || !match->row->says[0].percent) continue;
    double weight = match->row->says[0].percent / 100.0;
    if (match->row->says[0].label == GAP_PRESENT) {
      here = 1 - (1 - here) * (1 - weight);
      if (weight > most) most = weight, failure = match;
    } else if (weight > there && says_something(sentence, match) && is_ordered(scan, sentence, match))
      there = weight, cue = match;
  }
  if (cue && there > desired->weight)
    *desired = (Side){there, scan->tokens.items[cue->first].start, end_of_wish(scan, sentence, cue)};
  if (cue && cue->first == sentence->first) here /= 2; // the sentence is a wish first of all
  if (!failure || here <= present->weight) return;
  *present = part_around(scan, sentence, failure, here);
  // "I ordered a lamp and it never came, please send it again": the present ends where the wish begins.
  size_t wish = cue ? scan->tokens.items[cue->first].start : 0;
  if (cue && cue->first > sentence->first && wish > present->start)
    present->end = MIN(present->end, scan->tokens.items[cue->first - 1].end);
}

// The words as they stand, with white space made single and what is not UTF-8 left out.
static const char *words_of(Arena *arena, const Scan *scan, const Side *side) {
  char *words = arena_alloc(arena, GAP_TEXT_MOST + 8);
  size_t size = 0, step;
  for (size_t at = side->start; at < side->end && size < GAP_TEXT_MOST; at += step) {
    uint32_t code = character_at(scan->text, scan->length, at, &step);
    bool is_space = code <= ' ' || code == 0x7F || code == 0xA0;
    if (code == 0xFFFD && step == 1) continue;
    if (is_space) {
      if (size && words[size - 1] != ' ') words[size++] = ' ';
      continue;
    }
    memcpy(words + size, scan->text + at, step);
    size += step;
  }
  while (size && words[size - 1] == ' ') size--;
  words[size] = '\0';
  return words;
}

static const char *keep(Arena *arena, const Scan *scan, Reading *reading, const Side *side, const char *label) {
  if (side->weight < GAP_LEAST || side->end <= side->start) return NULL;
  Side shown = *side;
  if (shown.end - shown.start > GAP_TEXT_MOST) { // cut where a character begins
    shown.end = shown.start + GAP_TEXT_MOST;
    while (shown.end > shown.start && (scan->text[shown.end] & 0xC0) == 0x80) shown.end--;
  }
  if (shown.end == shown.start) return NULL;
  *list_add(arena, &reading->spans) = (Span){(int64_t)shown.start, (int64_t)shown.end, label, side->weight};
  return words_of(arena, scan, &shown);
}

void read_gap(Arena *arena, const Study *study, Reading *reading) {
  Side present = {0}, desired = {0};
  for (size_t i = 0; i < study->scan->sentences.count; i++) weigh(study, i, &present, &desired);
  bool is_praise = reading->valence > 0.5 && present.weight < 0.6;
  if (!is_praise) reading->present = keep(arena, study->scan, reading, &present, "present");
  reading->desired = keep(arena, study->scan, reading, &desired, "desired");
}
