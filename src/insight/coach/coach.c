// One coaching, in order: read the draft and the message, match all phrases, find the steps, ask every rule, put the advice in order.
// The order is evidence × severity, so that two hints are the two that matter most. A message without a word of trouble ("thanks,
// it works now") needs no options and no empathy: what is missing is then not missed.
#include "insight/coach/study.h"

#include <stdlib.h>

#define REPLY_LEAST 4 // words; below it a draft has only begun

typedef void (*RuleCheck)(CoachStudy *study);
static const RuleCheck checks[COACH_RULE_COUNT] = {
  [COACH_I_NOT_WE] = check_i_not_we,
  [COACH_ACCUSING_YOU] = check_accusing_you,
  [COACH_PERSPECTIVE_FIRST] = check_perspective_first,
  [COACH_CONCRETE] = check_concrete,
  [COACH_RESTATE] = check_restate,
  [COACH_WARM_ENDS] = check_warm_ends,
  [COACH_ONE_APOLOGY] = check_one_apology,
  [COACH_OPTIONS] = check_options,
  [COACH_NO_POLICY_TALK] = check_no_policy_talk,
  [COACH_ON_YOUR_TEAM] = check_on_your_team,
  [COACH_PROBLEM_NOT_PERSON] = check_problem_not_person,
  [COACH_AGREE_NEXT_STEP] = check_agree_next_step,
  [COACH_POLITE_REQUEST] = check_polite_request,
  [COACH_EMPATHY] = check_empathy,
  [COACH_TONE_GUARD] = check_tone_guard,
};

// By weight; among equals by rule and place, so that the order never depends on the sort.
static int compare_advice(const void *a, const void *b) {
  const Advice *left = a, *right = b;
  if (left->weight != right->weight) return left->weight > right->weight ? -1 : 1;
  if (left->rule != right->rule) return left->rule < right->rule ? -1 : 1;
  return (left->start > right->start) - (left->start < right->start);
}

static bool sounds_angry(const CoachStudy *study, const Reading *reading) {
  if (reading && reading->is_read &&
      (reading->behaviour != BEHAVIOUR_CALM || reading->felt[EMOTION_ANGER] || reading->felt[EMOTION_ANNOYANCE]))
    return true;
  static const char *const words[] = {"furious",   "angry",        "livid",    "disgusting",
                                      "disgusted", "unacceptable", "outraged", "ridiculous"};
  size_t caps = 0, exclamations = 0;
  list_each(const Word, word, &study->message.words) {
    if (word_in(word, words, G_N_ELEMENTS(words))) return true;
    caps += word->is_caps;
  }
  list_each(const Line, line, &study->message.lines) exclamations += line->exclamations;
  return caps >= 2 || exclamations >= 2 || (caps && exclamations);
}

static void read_message(CoachStudy *study, Arena *scratch, const CoachInput *input) {
  study->is_trouble = true;
  if (!input->message || !input->message_length) return;
  passage_read(scratch, &study->message, vocabulary_english(), input->message, input->message_length);
  if (!study->message.words.count) return;
  passage_match(scratch, &study->message);
  study->has_message = true;
  study->is_angry = sounds_angry(study, input->reading);
  bool is_pleasant = !input->reading || input->reading->valence >= 0;
  study->is_trouble = study->is_angry || !is_pleasant || has_mark(&study->message, MARK_TROUBLE);
}

static void sort_advice(Coaching *coaching) {
  if (coaching->advice.count)
    qsort(coaching->advice.items, coaching->advice.count, sizeof *coaching->advice.items, compare_advice);
}

static void read_german(CoachStudy *study, Arena *scratch, const CoachInput *input) {
  passage_read(scratch, &study->draft, vocabulary_german(), input->draft, input->draft_length);
  passage_match(scratch, &study->draft);
  study->out->is_read = study->out->is_partly = true;
  coach_german(study);
  sort_advice(study->out);
}

Coaching *coach_draft(Arena *arena, const CoachInput *input) {
  Coaching *out = arena_make(arena, Coaching);
  if (!input->draft || !input->draft_length) return out;
  g_autoptr(Arena) scratch = arena_new();
  CoachStudy study = {.arena = arena, .reading = input->reading, .out = out};
  passage_read(scratch, &study.draft, vocabulary_english(), input->draft, input->draft_length);
  if (!study.draft.lines.count) return out;
  if (passage_is_german(&study.draft)) {
    read_german(&study, scratch, input);
    return out;
  }
  if (!passage_is_english(&study.draft)) return out;
  out->is_read = true;
  passage_match(scratch, &study.draft);
  read_message(&study, scratch, input);
  stems_note(&study, scratch);
  study.is_reply = study.draft.words.count >= REPLY_LEAST;
  find_steps(&study);
  for (size_t rule = 0; rule < COACH_RULE_COUNT; rule++) checks[rule](&study);
  sort_advice(out);
  return out;
}
