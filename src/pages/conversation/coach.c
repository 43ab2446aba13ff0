// Checking a draft: by the scripts while somebody writes (they get the hints alone), by the button "Check my draft" (the page comes
// back with the hints and everything that was written in its place), by "Put it in" and "Not here". Nothing of the draft is stored
// or logged; "Not here" keeps the name of the rule, for this person.
#include "pages/conversation/coach.h"

#include "base/text.h"
#include "pages/coach.html.h"
#include "pages/conversation/conversation.h"

#include <string.h>

#define DONE_WORDS 25   // a draft of so many words is more than a beginning
#define QUOTED_MOST 120 // characters of the draft that are shown with a hint

static size_t words_in(const char *text) {
  size_t words = 0;
  bool is_word = false;
  for (const char *at = text; *at; at++) {
    bool is_letter = !strchr(" \t\n", *at);
    words += is_letter && !is_word;
    is_word = is_letter;
  }
  return words;
}

static const char *place_words(const Advice *advice, const char *draft) {
  if (advice->start < advice->end) return "Instead of";
  const char *after = draft + advice->start;
  return text_is_blank(after)                                     ? "At the end"
         : advice->rule == COACH_WARM_ENDS && !advice->is_missing ? "In the middle"
                                                                  : "Further up";
}

static CoachHint hint_of(const Visit *visit, const Advice *advice, const char *draft) {
  const CoachRuleFacts *facts = &coach_rules[advice->rule];
  bool is_first = advice->is_missing && *text_trim(visit->arena, draft + advice->start);
  CoachHint hint = {.rule = facts->word, .title = facts->title, .why = advice->why, .start = advice->start, .end = advice->end};
  hint.place = is_first ? "At the beginning" : place_words(advice, draft);
  hint.insert = advice->instead;
  hint.instead = text_trim(visit->arena, advice->instead);
  if (advice->start < advice->end) {
    const char *words = arena_strndup(visit->arena, draft + advice->start, (size_t)(advice->end - advice->start));
    hint.quoted = text_clamp(visit->arena, text_one_line(visit->arena, words), QUOTED_MOST);
  }
  return hint;
}

static const char *steps_words(Arena *arena, const Coaching *coaching) {
  const char *words = "";
  for (CoachStep step = 0; step < STEP_COUNT; step++)
    if (coaching->steps[step]) words = arena_printf(arena, "%s%s%s", words, *words ? " " : "", coach_step_word(step));
  return words;
}

bool coach_view_load(const Visit *visit, CoachView *out, GError **error) {
  CoachChoice choice;
  if (!coach_choice_load(visit->arena, visit->desk, visit->staff->id, &choice, error)) return false;
  out->is_on = !choice.is_off;
  if (!out->steps) out->steps = "";
  return true;
}

typedef struct Checked { // a draft, and what was pressed
  int64_t number;
  const char *draft;
  CoachRule put;   // COACH_RULE_COUNT: none
  uint32_t passed; // bits of the rules dismissed on this draft, now and before
  bool is_live;    // the scripts ask while somebody writes
} Checked;

static bool check(const Visit *visit, const Checked *checked, CoachView *out, AdviceList *out_hints, GError **error) {
  CoachChoice choice;
  Coaching *coaching = NULL;
  if (!coach_choice_load(visit->arena, visit->desk, visit->staff->id, &choice, error) ||
      !coach_answer(visit->arena, visit->desk, checked->number, checked->draft, &coaching, error))
    return false;
  bool is_done = !checked->is_live || words_in(checked->draft) >= DONE_WORDS;
  *out = (CoachView){
    .is_on = !choice.is_off, .was_asked = !checked->is_live, .is_read = coaching->is_read, .is_partly = coaching->is_partly};
  out->steps = steps_words(visit->arena, coaching);
  if (choice.is_off) return true;
  *out_hints = coach_hints(visit->arena, coaching, &choice, checked->passed, is_done, COACH_HINTS_MOST);
  for (CoachRule rule = 0; rule < COACH_RULE_COUNT; rule++)
    if (checked->passed >> rule & 1) *list_add(visit->arena, &out->passed) = coach_rule_word(rule);
  list_each(const Advice, advice, out_hints) *list_add(visit->arena, &out->hints) = hint_of(visit, advice, checked->draft);
  return true;
}

static CoachRule rule_field(const Visit *visit, const char *name) {
  CoachRule rule = COACH_RULE_COUNT;
  coach_rule_from_word(web_form(visit->request, name), &rule);
  return rule;
}

static uint32_t passed_rules(const Visit *visit, CoachRule pass) {
  uint32_t passed = pass == COACH_RULE_COUNT ? 0 : UINT32_C(1) << pass;
  CoachRule rule;
  list_each(const WebField, field, web_form_fields(visit->request))
    if (strcmp(field->name, "passed") == 0 && coach_rule_from_word(field->value, &rule)) passed |= UINT32_C(1) << rule;
  return passed;
}

// The draft with the better words of the hint that was pressed.
static const char *put_in(const Visit *visit, const Checked *checked, const AdviceList *hints) {
  list_each(const Advice, advice, hints) {
    if (advice->rule != checked->put) continue;
    return arena_printf(visit->arena, "%.*s%s%s", (int)advice->start, checked->draft, advice->instead,
                        checked->draft + advice->end);
  }
  return checked->draft;
}

static const char *copies_of(const Visit *visit) { // those who were ticked stand in the field afterwards
  const char *cc = web_form(visit->request, "cc");
  cc = cc ? text_trim(visit->arena, cc) : "";
  list_each(const WebField, field, web_form_fields(visit->request))
    if (strcmp(field->name, "also") == 0 && field->value && !text_is_blank(field->value))
      cc = arena_printf(visit->arena, "%s%s%s", cc, *cc ? ", " : "", text_one_line(visit->arena, field->value));
  return cc;
}

bool conversation_post_coach(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *text = web_form(request, "text"), *bcc = web_form(request, "bcc"), *options = NULL;
  Checked checked = {.draft = text ? text : "", .is_live = web_form(request, "live") != NULL};
  checked.put = rule_field(visit, "put");
  CoachRule pass = rule_field(visit, "pass");
  checked.passed = passed_rules(visit, pass);
  CoachView coach;
  AdviceList hints = {0};
  if (!web_path_int(request, "number", &checked.number, error) ||
      !conversation_survivor(visit->desk, checked.number, &checked.number, error))
    return false;
  if (pass != COACH_RULE_COUNT && !coach_dismiss(visit->desk, visit->staff->id, pass, error)) return false;
  if (!check(visit, &checked, &coach, &hints, error)) return false;
  if (checked.put != COACH_RULE_COUNT) {
    checked.draft = put_in(visit, &checked, &hints);
    if (!check(visit, &checked, &coach, &hints, error)) return false;
  }
  if (web_header(request, "X-Live")) {
    web_add_header(response, "Cache-Control", "no-store");
    render_coach_hints_part(response->body, &coach, checked.number);
    return true;
  }
  OfferDraft offer = offer_read_form(visit, &options);
  Composer composer = {.reply = checked.draft,
                       .cc = copies_of(visit),
                       .bcc = bcc ? bcc : "",
                       .offer = {.options = options, .kind = offer.kind},
                       .coach = coach};
  return conversation_render(visit, response, checked.number, &composer, error);
}
