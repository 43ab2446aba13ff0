// Tones that jar: cheer at an angry customer, "but" right behind a kindness, making little of it, "to be honest".
#include "insight/coach/study.h"

static const PhraseRow rows[] = {
  {MARK_BUT, "but|however|nevertheless|nonetheless|although|though, that said, having said that, even so"},
  {MARK_BUT, "nothing but, all but, anything but, but also, but for you, but i have ~4 for you, but found, but you are right",
   .is_shield = true},
  {MARK_TONE,
   "to be [perfectly|quite|completely|totally|brutally] honest|frank|fair, with [all] [due|the] [greatest] respect, as i [have|already] "
   "[already|previously|just|repeatedly|clearly] said|told|explained|mentioned|wrote|stated, like i said, i [have] already told|explained|said, "
   "frankly, honestly, lol, haha, hehe, ha ha, omg, oops, whoops, oh [no|well|dear], actually, simply put, obviously, at the end of the day, sooo*, yeah, yep, nope, dude, mate, buddy",
   .instead = "%s"}, // left out
  {MARK_TONE,
   "whatever $, ^ whatever, [it] is|was not [such] [a|that|the] [that|big|end] "
   "deal|bad|serious|of the world, not that big, no big deal, not the end, only|just a|an scratch|joke|glitch|lamp|minor|small|little|"
   "misunderstanding|few|matter, not [such] a big|great deal, these|such things [do|can|just] happen, it happens, happens to the best, cheer up, never mind, chill [out], "
   "no worries, not to worry, nobody|no one else has, no other customer, "
   "weird, awesome, cool $"},
  {MARK_TONE_ANGRY,
   "no problem, great news, do not worry, no worries, not a problem, no biggie, happy to help with, good news, slipped through, "
   "all good, easy fix"},
  {MARK_TONE, "do not worry about it|that, do not worry [it|that] is|it", .is_shield = false},
  {MARK_TONE,
   "an|your|the honest|actually, it is not just|only|merely, is not just|only, not merely|just a, actually received|got|sent|paid|arrived|"
   "happened",
   .is_shield = true},
};
const PhraseTable tone_guard_phrases = {rows, G_N_ELEMENTS(rows)};

#define CAPS_MANY 3

// "I understand how you feel, but …": in the same sentence behind the kindness, or first in the next one.
static const Hit *find_but(const Passage *draft) {
  static const Mark kindness[] = {MARK_REACTION, MARK_MEANING, MARK_APOLOGY, MARK_PERSPECTIVE, MARK_HOSTILITY};
  list_each(const Line, line, &draft->lines) {
    for (size_t i = 0; i < G_N_ELEMENTS(kindness); i++) {
      const Hit *kind = find_mark_in(draft, line, kindness[i]);
      if (!kind) continue;
      const Hit *but = find_mark_after(draft, line, MARK_BUT, kind->last);
      if (but && but->first <= kind->last + 14) return but;
      const Line *next = line + 1;
      if (next >= draft->lines.items + draft->lines.count) continue;
      but = find_mark_in(draft, next, MARK_BUT);
      if (but && but->first == next->first) return but;
    }
  }
  return NULL;
}

// The word before it and a full stop take its place.
static void check_emoji(CoachStudy *study) {
  const Passage *draft = &study->draft;
  if (!draft->emoji_end) return;
  const Word *before = NULL;
  list_each(const Word, word, &draft->words)
    if (word->end <= draft->emoji_start) before = word;
  const char *why = N_("A smile can read as not taking it seriously.");
  if (!before) {
    advise_bytes(study, COACH_TONE_GUARD, draft->emoji_start, draft->emoji_end, 0.9, why, "I take this seriously.");
    return;
  }
  uint32_t at = (uint32_t)(before - draft->words.items);
  advise_bytes(study, COACH_TONE_GUARD, before->start, draft->emoji_end, 0.9, why,
               arena_printf(study->arena, "%s.", words_text(study, at, at)));
}

static void check_signs(CoachStudy *study) {
  const Passage *draft = &study->draft;
  check_emoji(study);
  size_t total = 0;
  list_each(const Line, line, &draft->lines) {
    total += line->exclamations;
    bool is_loud = line->exclamations >= 2 || (line->exclamations && (study->is_angry || total >= 2));
    if (!is_loud) continue;
    advise_bytes(
      study, COACH_TONE_GUARD, draft->words.items[line->first + line->count - 1].start, line->end, 0.6,
      "An exclamation mark is loud to somebody who is upset.",
      arena_printf(study->arena, "%s.", words_text(study, line->first + line->count - 1, line->first + line->count - 1)));
  }
  const Word *first = NULL, *last = NULL;
  size_t caps = 0;
  list_each(const Word, word, &draft->words) {
    if (!word->is_caps || word->is_quoted) continue;
    if (!first) first = word;
    last = word;
    caps++;
  }
  if (caps < CAPS_MANY) return;
  char *small = g_utf8_strdown(draft->text + first->start, (gssize)(last->end - first->start));
  advise_bytes(study, COACH_TONE_GUARD, first->start, last->end, 0.8, "Capitals read as shouting.",
               arena_take(study->arena, small));
}

// A filler is left out: it and the word behind it become that word. What makes little of it gives way with its whole clause.
static void advise_tone(CoachStudy *study, const Hit *hit) {
  const Passage *draft = &study->draft;
  const Line *line = line_of(draft, hit->first);
  if (hit->row->instead && hit->last + 1 < line->first + line->count) {
    advise_at(study, COACH_TONE_GUARD, hit->first, hit->last + 1, 0.7,
              "To somebody who is upset this sounds careless; leave it out.",
              capital_as(study, hit->first, words_text(study, hit->last + 1, hit->last + 1)));
    return;
  }
  advise_at(study, COACH_TONE_GUARD, clause_start(draft, hit->first), MAX(clause_end(draft, hit->last), hit->last), 0.7,
            "To somebody who is upset this makes little of it.",
            capital_as(study, clause_start(draft, hit->first), "I take this seriously"));
}

void check_tone_guard(CoachStudy *study) {
  const Passage *draft = &study->draft;
  const Hit *but = find_but(draft);
  if (but)
    advise_at(study, COACH_TONE_GUARD, but->first, but->last, 0.9,
              "A \xE2\x80\x9C"
              "but\xE2\x80\x9D takes back what stands before it.",
              capital_as(study, but->first, "and"));
  list_each(const Hit, hit, &draft->hits) {
    bool is_jarring = hit->mark == MARK_TONE || (hit->mark == MARK_TONE_ANGRY && study->is_angry);
    if (is_jarring) advise_tone(study, hit);
  }
  check_signs(study);
}
