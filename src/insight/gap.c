// The gap in the customer's words: the sentence that says how things stand, and the words from "I want …" or "please …" to the
// end of that sentence. Each sentence is weighed by the phrases below; the heaviest wins, the earlier one when equal. What
// no phrase speaks for stays empty: the agent fills it in.
#include "insight/engine.h"

#define GAP_LEAST 0.3
#define GAP_TEXT_MOST 400 // bytes
#define SAYS(side, percent)                                                                                                      \
  0, {                                                                                                                           \
    { side, percent }                                                                                                            \
  }

typedef enum GapSide { GAP_PRESENT, GAP_DESIRED } GapSide;

static const Row rows[] = {
  {"i want ~1 to thank, i would like to thank|say|express|compliment|praise|point|add|mention|know who, "
   "i want to say|thank|mention|point, i wanted to, i need to say|tell|point|ask, i would like to tell|ask, please note, "
   "please be aware|advised, please see, please find, please do not hesitate, please excuse, please accept, "
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
  {"problem with, issue with, trouble with, difficulty, error, complaint about, late, delayed, overcharged, refused, "
   "ignored, still, yet, but, however",
   SAYS(GAP_PRESENT, 15)},

  // The situation they want
  {"i|we want, i|we would ~1 like, i|we need, i|we expect, i|we demand, i|we require, i|we request, i|we insist, "
   "i|we would ~1 appreciate, i|we would prefer, i|we would rather, i|we would be ~1 grateful|happy|glad, "
   "all i|we want|need|ask, what i|we want|need, i am asking ~1 for, i am ~1 looking for|to, i am requesting, i ask you to, "
   "i ask that, i just want|need, i|we wish to, i|we hope you ~1 will|can, my request is, i request",
   SAYS(GAP_DESIRED, 60)},
  {"please, could you, can you, would you, will you, can we|i|someone|somebody, could we|i|someone|somebody, "
   "is it possible, would it be possible, let me know, refund me, refund my, give me, send me, replace it|the, "
   "fix it|this|my, cancel my, give us, call me, contact me, get back to me, sort this|it out, kindly, i should ~1 be, "
   "you need to, you must, you should, i hope to, make it right, put ~1 right, how do i, how can i, where is my, "
   "where are my, when will ~1, i look forward to, looking forward to hearing|receiving|your, my money back, a full refund, "
   "a refund, a replacement, an apology, compensation",
   SAYS(GAP_DESIRED, 40)},
};
const RowTable gap_rows = {rows, G_N_ELEMENTS(rows)};

typedef struct Side { // the best of one side so far
  double weight;
  size_t start, end; // bytes
} Side;

// A cue with nothing behind it ("Please") says nothing.
static bool says_something(const Sentence *sentence, const Match *cue) {
  return sentence->first + sentence->count - cue->first >= 2;
}

static size_t last_letter(const Scan *scan, const Sentence *sentence) {
  return scan->tokens.items[sentence->first + sentence->count - 1].end;
}

static void weigh(const Study *study, size_t number, Side *present, Side *desired) {
  const Scan *scan = study->scan;
  const Sentence *sentence = &scan->sentences.items[number];
  if (!sentence->count) return;
  double here = 0, there = 0;
  const Match *cue = NULL;
  list_each(Match, match, &study->matches[number]) {
    if (match->kind != MATCH_GAP || !match->row->says[0].percent) continue;
    double weight = match->row->says[0].percent / 100.0;
    if (match->row->says[0].label == GAP_PRESENT)
      here = 1 - (1 - here) * (1 - weight);
    else if (weight > there && says_something(sentence, match))
      there = weight, cue = match;
  }
  if (cue && there > desired->weight) *desired = (Side){there, scan->tokens.items[cue->first].start, last_letter(scan, sentence)};
  if (here > present->weight) *present = (Side){here, scan->tokens.items[sentence->first].start, last_letter(scan, sentence)};
  // "I ordered a lamp and it never came, please send it again": the present ends where the wish begins.
  if (cue && here > 0 && present->start == scan->tokens.items[sentence->first].start && cue->first > sentence->first)
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
