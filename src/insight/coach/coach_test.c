// The coach as its callers rely on it: places on character boundaries, steps with their words, better words made from the draft and
// the customer's message, an order by weight, silence where nothing is to be said, and a bound on what a draft may cost.
#include "insight/coach.h"

#include <time.h>

static Arena *arena;

static const Coaching *coached(const char *draft, const char *message) {
  CoachInput input = {.draft = draft, .draft_length = strlen(draft)};
  if (message) {
    input.message = message;
    input.message_length = strlen(message);
    input.reading = insight_read(arena, message, strlen(message));
  }
  return coach_draft(arena, &input);
}

static const Advice *advice_of(const Coaching *coaching, CoachRule rule) {
  list_each(const Advice, advice, &coaching->advice)
    if (advice->rule == rule) return advice;
  return NULL;
}

static void assert_reworded(const char *draft, const char *message, CoachRule rule, const char *place, const char *instead) {
  const Advice *advice = advice_of(coached(draft, message), rule);
  if (!advice) g_error("no %s for \"%s\"", coach_rule_word(rule), draft);
  g_autofree char *found = g_strndup(draft + advice->start, (gsize)(advice->end - advice->start));
  g_assert_cmpstr(found, ==, place);
  g_assert_cmpstr(advice->instead, ==, instead);
}

static void better_words_are_made_from_the_draft(void) {
  assert_reworded("We will look into it.", NULL, COACH_I_NOT_WE, "We will look into it", "I will look into it");
  assert_reworded("We've sent our driver back.", NULL, COACH_I_NOT_WE, "We've sent our driver back", "I've sent my driver back");
  assert_reworded("Our team is working on it.", NULL, COACH_I_NOT_WE, "Our team is working on it", "I am working on it");
  assert_reworded("As far as I know you forgot to attach the bill.", NULL, COACH_ACCUSING_YOU, "you forgot to attach the bill",
                  "I don't have this yet: could you attach the bill, please?");
  assert_reworded("You claim that the box was empty.", NULL, COACH_ACCUSING_YOU, "You claim that the box was empty",
                  "You told me that the box was empty");
  assert_reworded("Please send the receipt.", NULL, COACH_POLITE_REQUEST, "Please send the receipt.",
                  "Could you send the receipt, please?");
  assert_reworded("I need your account number.", NULL, COACH_POLITE_REQUEST, "I need your account number.",
                  "Could I have your account number, please?");
  assert_reworded("I see how hard that is, but the price stays.", NULL, COACH_TONE_GUARD, "but", "and");
}

static void the_customers_noun_is_echoed(void) {
  const char *message = "My blue lamp arrived broken and nobody answers the phone!";
  const Advice *advice = advice_of(coached("I will look into the issue.", message), COACH_CONCRETE);
  g_assert_nonnull(advice);
  g_assert_cmpstr(advice->instead, ==, "your blue lamp");
  g_assert_null(advice_of(coached("I'll replace the blue lamp on Friday.", message), COACH_CONCRETE));
}

static void restating_is_checked_against_the_message(void) {
  const char *message = "I cancelled the gym in January and you still take 35 pounds a month.";
  g_assert_nonnull(
    advice_of(coached("So you are not happy with us, if I understand you correctly. I'm sorry.", message), COACH_RESTATE));
  const Coaching *coaching = coached("So you cancelled the gym in January, and the money still goes. I'm sorry.", message);
  g_assert_null(advice_of(coaching, COACH_RESTATE));
  g_assert_true(coaching->steps[STEP_RESTATE]);
  g_assert_cmpint(coaching->step_spans[STEP_RESTATE].start, ==, 0);
}

static void steps_are_met_with_their_words(void) {
  static const struct {
    CoachStep step;
    const char *draft;
  } cases[] = {
    {STEP_RESTATE, "If I understand you correctly, the lamp came broken and nobody called."},
    {STEP_EMPATHY, "I can imagine how frustrating that is."},
    {STEP_APOLOGY, "I'm sorry that it came broken."},
    {STEP_THANKS, "Thank you for the photo."},
    {STEP_OPTIONS, "Would you prefer a new one or your money back?"},
    {STEP_NEXT_STEP, "I'll call you on Tuesday at ten."},
    {STEP_AGREEMENT, "Does that work for you?"},
    {STEP_ACKNOWLEDGE_HOSTILITY, "I can hear that you are very angry with me."},
    {STEP_WANT_TO_SOLVE, "I want to solve this with you."},
    {STEP_HARD_TO_FOCUS, "I find it hard to think clearly when I am shouted at."},
    {STEP_RETURN_TO_PROBLEM, "Let us come back to your refund."},
    {STEP_ON_YOUR_TEAM, "I'm on your side, and I'll call the courier today."},
    {STEP_INSTEAD, "I can't move the date; what I can do is refund it."},
    {STEP_WHO_DECIDES, "My manager, Jana Weiss, can approve more than I can."},
  };
  g_assert_cmpint(G_N_ELEMENTS(cases), ==, STEP_COUNT);
  const Coaching *none = coached("The door is green and the wall is white.", NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    const Coaching *coaching = coached(cases[i].draft, NULL);
    if (!coaching->steps[cases[i].step]) g_error("%s is not seen in \"%s\"", coach_step_word(cases[i].step), cases[i].draft);
    g_assert_cmpint(coaching->step_spans[cases[i].step].end, >, coaching->step_spans[cases[i].step].start);
    if (none->steps[cases[i].step]) g_error("%s is seen where it is not", coach_step_word(cases[i].step));
    CoachStep back;
    g_assert_true(coach_step_from_word(coach_step_word(cases[i].step), &back) && back == cases[i].step);
    g_assert_true(*coach_step_title(cases[i].step));
  }
}

static const char good_reply[] =
  "Hi Ada,\n\nThank you for telling me about this. If I understand you correctly, you ordered the blue lamp three weeks ago, paid for express "
  "delivery, and it still has not arrived. I'd be annoyed as well, and I'm sorry that it took so long.\n\n"
  "I've traced the lamp to the depot in Leeds. I can send a new one by courier tonight, or refund the 49 pounds today; which would you "
  "prefer? I'm with you on this and I'll call you tomorrow at ten to make sure that the lamp is there. Does that work for you?\n\n"
  "Kind regards,\nMara\nBrightline: we care, and our team will help!";

static void a_good_reply_gets_no_advice(void) {
  const char *message = "I ordered a blue lamp three weeks ago, paid for express delivery, and it still has not arrived!!";
  for (int with_message = 0; with_message < 2; with_message++) {
    const Coaching *coaching = coached(good_reply, with_message ? message : NULL);
    list_each(const Advice, advice, &coaching->advice) g_error("%s: %s", coach_rule_word(advice->rule), advice->instead);
  }
}

static void words_of_others_are_not_judged(void) {
  g_assert_null(advice_of(coached("> We will look into it.\n\nI've done it today.", NULL), COACH_I_NOT_WE));
  g_assert_null(
    advice_of(coached("On Monday, Sam wrote:\n> you should have told me\n\nI've done it today.", NULL), COACH_ACCUSING_YOU));
  g_assert_null(
    advice_of(coached("I heard my colleague say \xE2\x80\x9Cyou should have read it\xE2\x80\x9D, and that was wrong.", NULL),
              COACH_ACCUSING_YOU));
  g_assert_null(advice_of(coached("I've done it today.\n-- \nWe are here for you.", NULL), COACH_I_NOT_WE));
  g_assert_null(advice_of(coached("I've done it today.\n\nBest wishes,\nWe at Lumen", NULL), COACH_I_NOT_WE));
}

static void nothing_is_missed_where_there_is_no_trouble(void) {
  const Coaching *coaching = coached("You're welcome, Ada. Have a good weekend.", "Thank you so much, the lamp is lovely!");
  g_assert_true(coaching->is_read);
  list_each(const Advice, advice, &coaching->advice) g_assert_false(advice->is_missing);
}

static void other_languages_and_nothing_get_no_advice(void) {
  g_assert_false(coached("", NULL)->is_read);
  g_assert_false(coached(" \n\n", NULL)->is_read);
  g_assert_false(coached("> quoted only", NULL)->is_read);
  const Coaching *dutch = coached("Wij zullen dit uitzoeken en nemen zo snel mogelijk contact met u op.", NULL);
  g_assert_false(dutch->is_read);
  g_assert_cmpuint(dutch->advice.count, ==, 0);
}

static void advice_is_ordered_by_weight(void) {
  const Coaching *coaching = coached(
    "We will look into it. We will call. To be honest, you should have read the terms. Calm down!!", NULL);
  g_assert_cmpuint(coaching->advice.count, >, 5);
  double before = 1;
  list_each(const Advice, advice, &coaching->advice) {
    g_assert_cmpfloat(advice->weight, <=, before);
    g_assert_cmpfloat(advice->weight, >, 0);
    before = advice->weight;
  }
  g_assert_cmpint(coaching->advice.items[0].rule, !=, coaching->advice.items[1].rule);
}

static void places_stand_on_characters(void) {
  static const char text[] =
    "\xE2\x80\x9CWe\xE2\x80\x9D caf\xC3\xA9 we\xCC\x81 we\xF0\x9F\x98\x82 you should have \xC3 \x80we will\xE2\x80\xA6 \xF0\x9F\x98\x82\xE2\x80\x8D!!";
  for (size_t length = 0; length < sizeof text; length++) {
    CoachInput input = {.draft = text, .draft_length = length, .message = text, .message_length = length};
    const Coaching *coaching = coach_draft(arena, &input);
    list_each(const Advice, advice, &coaching->advice) {
      g_assert_true(advice->start >= 0 && advice->start <= advice->end && (size_t)advice->end <= length);
      g_assert_true((size_t)advice->start == length || (text[advice->start] & 0xC0) != 0x80);
      g_assert_true((size_t)advice->end == length || (text[advice->end] & 0xC0) != 0x80);
      g_assert_true(g_utf8_validate(advice->instead, -1, NULL));
    }
  }
}

static void the_json_keeps_the_contract(void) {
  g_autoptr(Json) json = coaching_to_json(coached("We will look into it soon.", NULL));
  g_assert_cmpuint(json_object_size(json_object_get(json, "steps")), ==, STEP_COUNT);
  const Json *first = json_array_get(json_object_get(json, "advice"), 0);
  static const char *const keys[] = {"rule", "start", "end", "why", "instead"};
  g_assert_cmpuint(json_object_size(first), ==, G_N_ELEMENTS(keys));
  for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) g_assert_nonnull(json_object_get(first, keys[i]));
}

static void rules_have_names_evidence_and_order(void) {
  static const char *const words[] = {"i_not_we",       "accusing_you", "perspective_first",  "concrete",
                                      "restate",        "warm_ends",    "one_apology",        "options",
                                      "no_policy_talk", "on_your_team", "problem_not_person", "agree_next_step",
                                      "polite_request", "empathy",      "tone_guard"};
  g_assert_cmpint(G_N_ELEMENTS(words), ==, COACH_RULE_COUNT);
  for (CoachRule rule = 0; rule < COACH_RULE_COUNT; rule++) {
    g_assert_cmpstr(coach_rule_word(rule), ==, words[rule]);
    const CoachRuleFacts *facts = &coach_rules[rule];
    g_assert_true(*facts->title && *facts->looks_at && *facts->evidence && *facts->source && facts->strength > 0 &&
                  facts->strength <= 1);
  }
}

static int64_t cpu_now(void) { // microseconds
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int64_t cost_of(const char *piece, size_t size) {
  GString *text = g_string_new(NULL);
  while (text->len < size) g_string_append(text, piece);
  int64_t best = INT64_MAX;
  for (int i = 0; i < 3; i++) {
    g_autoptr(Arena) own = arena_new();
    int64_t start = cpu_now();
    coach_draft(own, &(CoachInput){.draft = text->str, .draft_length = size, .message = text->str, .message_length = size});
    best = MIN(best, cpu_now() - start);
  }
  g_string_free(text, TRUE);
  return best;
}

// Ratios, not times: twice the text costs about twice as much, whatever stands in it.
static void the_cost_grows_with_the_text_only(void) {
  static const char *const pieces[] = {"I ",
                                       "we will ",
                                       "you ",
                                       "sorry ",
                                       "\"",
                                       "> ",
                                       "- a\n",
                                       "!?",
                                       "so you ",
                                       "or ",
                                       "\xF0\x9F\x98\x82",
                                       "\xC3",
                                       "the ",
                                       "a, ",
                                       "you should have been able to and I would have been ",
                                       good_reply};
  for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
    int64_t half = cost_of(pieces[i], COACH_MOST / 4), whole = cost_of(pieces[i], COACH_MOST);
    if (whole > half * 9 + 20000) g_error("\"%s\": %lld then %lld", pieces[i], (long long)half, (long long)whole);
    int64_t more = cost_of(pieces[i], COACH_MOST * 8);
    if (more > whole * 3 + 20000) g_error("\"%s\" is not bounded: %lld then %lld", pieces[i], (long long)whole, (long long)more);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  arena = arena_new();
  g_test_add_func("/coach/better-words-are-made-from-the-draft", better_words_are_made_from_the_draft);
  g_test_add_func("/coach/the-customers-noun-is-echoed", the_customers_noun_is_echoed);
  g_test_add_func("/coach/restating-is-checked-against-the-message", restating_is_checked_against_the_message);
  g_test_add_func("/coach/steps-are-met-with-their-words", steps_are_met_with_their_words);
  g_test_add_func("/coach/a-good-reply-gets-no-advice", a_good_reply_gets_no_advice);
  g_test_add_func("/coach/words-of-others-are-not-judged", words_of_others_are_not_judged);
  g_test_add_func("/coach/nothing-is-missed-where-there-is-no-trouble", nothing_is_missed_where_there_is_no_trouble);
  g_test_add_func("/coach/other-languages-and-nothing-get-no-advice", other_languages_and_nothing_get_no_advice);
  g_test_add_func("/coach/advice-is-ordered-by-weight", advice_is_ordered_by_weight);
  g_test_add_func("/coach/places-stand-on-characters", places_stand_on_characters);
  g_test_add_func("/coach/the-json-keeps-the-contract", the_json_keeps_the_contract);
  g_test_add_func("/coach/rules-have-names-evidence-and-order", rules_have_names_evidence_and_order);
  g_test_add_func("/coach/the-cost-grows-with-the-text-only", the_cost_grows_with_the_text_only);
  int failed = g_test_run();
  arena_free(arena);
  return failed;
}
