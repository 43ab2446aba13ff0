// The coach on German drafts: which steps it sees in drafts of our own (tests/coach/german/steps.txt), that it rewords "wir" only where the
// whole stays right, and that no English rule is held against German words.
#include "insight/coach.h"

#define FLOOR_PRECISION 0.95
#define FLOOR_RECALL 0.90

static Arena *arena;
static const char *drafts_path;

static const Coaching *coached(const char *draft, const char *message) {
  CoachInput input = {.draft = draft, .draft_length = strlen(draft)};
  if (message) {
    input.message = message;
    input.message_length = strlen(message);
    input.reading = insight_read(arena, message, strlen(message));
  }
  return coach_draft(arena, &input);
}

static void steps_are_seen_in_german(void) {
  g_autofree char *text = NULL;
  CoachStep step = STEP_COUNT;
  size_t met = 0, missed = 0, wrong = 0;
  g_assert_true(g_file_get_contents(drafts_path, &text, NULL, NULL));
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line; line++) {
    if (g_str_has_prefix(*line, "== ")) g_assert_true(coach_step_from_word(*line + 3, &step));
    if (**line != '+' && **line != '-') continue;
    g_autofree char *draft = g_strcompress(*line + 2);
    const Coaching *coaching = coached(draft, NULL);
    bool is_seen = coaching->steps[step], should = **line == '+';
    if (should && !coaching->is_read) g_test_message("not read: %s", draft);
    if (is_seen != should) g_test_message("%s: %s", coach_step_word(step), *line);
    met += is_seen && should;
    missed += !is_seen && should;
    wrong += is_seen && !should;
  }
  double precision = (double)met / (double)(met + wrong), recall = (double)met / (double)(met + missed);
  g_test_message("%zu seen, %zu missed, %zu seen where they are not: precision %.3f, recall %.3f", met, missed, wrong, precision,
                 recall);
  g_assert_cmpfloat(precision, >=, FLOOR_PRECISION);
  g_assert_cmpfloat(recall, >=, FLOOR_RECALL);
}

static const char good_reply[] =
  "Guten Tag Frau Moor,\n\nvielen Dank, dass Sie mir das schreiben. Wenn ich Sie richtig verstehe, haben Sie vor drei Wochen die blaue Lampe "
  "bestellt, den Expressversand bezahlt, und sie ist nicht angekommen. Das hätte mich auch geärgert, und es tut mir leid.\n\n"
  "Ich habe die Lampe im Depot in Leipzig gefunden. Ich kann Ihnen heute Abend eine neue per Kurier schicken oder die 49 Euro erstatten; was ist "
  "Ihnen lieber? Ich bleibe dran, bis sie bei Ihnen ist, und rufe Sie morgen um zehn an. Ist das so für Sie in Ordnung?\n\n"
  "Mit freundlichen Grüßen\nMara Weiß\nWir von Lumen: unser Team hilft!";

static void a_good_german_reply_gets_no_advice(void) {
  const Coaching *coaching = coached(good_reply, "I ordered a blue lamp three weeks ago and it still has not arrived!!");
  g_assert_true(coaching->is_read && coaching->is_partly);
  list_each(const Advice, advice, &coaching->advice) g_error("%s: %s", coach_rule_word(advice->rule), advice->instead);
  static const CoachStep met[] = {STEP_RESTATE, STEP_EMPATHY,   STEP_APOLOGY,  STEP_THANKS,
                                  STEP_OPTIONS, STEP_NEXT_STEP, STEP_AGREEMENT};
  for (size_t i = 0; i < G_N_ELEMENTS(met); i++)
    if (!coaching->steps[met[i]]) g_error("%s is not seen", coach_step_word(met[i]));
}

static void no_english_rule_is_held_against_german_words(void) {
  static const char *const drafts[] = {
    "Das Problem ist bald behoben.",            // "the problem", "soon"
    "Bitte senden Sie mir die Rechnung.",       // "please send"
    "Das geht nach unseren Richtlinien nicht.", // "our policy"
    "Ich verstehe Sie, aber der Preis bleibt.", // "but"
    "Nein.\nIn der Tat war der Plan so, und so war er am Ende fast gut.",
  };
  for (size_t i = 0; i < G_N_ELEMENTS(drafts); i++) {
    const Coaching *coaching = coached(drafts[i], "My lamp is broken and I am furious!");
    list_each(const Advice, advice, &coaching->advice) g_error("%s: %s", drafts[i], coach_rule_word(advice->rule));
  }
}

static void assert_reworded(const char *draft, const char *place, const char *instead) {
  const Coaching *coaching = coached(draft, NULL);
  if (!coaching->advice.count) g_error("nothing for \"%s\"", draft);
  const Advice *advice = &coaching->advice.items[0];
  g_assert_cmpint(advice->rule, ==, COACH_I_NOT_WE);
  g_autofree char *found = g_strndup(draft + advice->start, (gsize)(advice->end - advice->start));
  g_assert_cmpstr(found, ==, place);
  g_assert_cmpstr(advice->instead, ==, instead);
}

static void wir_becomes_ich(void) {
  assert_reworded("Wir prüfen das noch heute für Sie.", "Wir prüfen", "Ich prüfe");
  assert_reworded("Gern schicken wir Ihnen ein neues Gerät.", "schicken wir", "schicke ich");
  assert_reworded("Wir melden uns am Montag bei Ihnen.", "Wir melden uns", "Ich melde mich");
  assert_reworded("Können wir Ihnen noch helfen?", "Können wir", "Kann ich");
  static const char *const left[] = {"Wir geben das an unser Lager weiter.", "Wir finden das gemeinsam heraus, Sie und ich.",
                                     "Sobald wir das wissen, schreibe ich Ihnen.", "Wir fanden die Lampe im Lager."};
  for (size_t i = 0; i < G_N_ELEMENTS(left); i++)
    list_each(const Advice, advice, &coached(left[i], NULL)->advice) g_error("%s: %s", left[i], advice->instead);
}

static void one_german_apology_is_enough(void) {
  const Coaching *coaching = coached("Es tut mir leid, dass die Lampe zerbrochen ist. Ich bitte noch einmal um Entschuldigung.",
                                     NULL);
  g_assert_cmpuint(coaching->advice.count, ==, 1);
  g_assert_cmpint(coaching->advice.items[0].rule, ==, COACH_ONE_APOLOGY);
  coaching = coached("Wir haben es gefunden. Entschuldigen Sie die Unannehmlichkeiten.", NULL);
  g_assert_cmpint(coaching->advice.items[0].rule == COACH_ONE_APOLOGY || coaching->advice.items[1].rule == COACH_ONE_APOLOGY, ==,
                  true);
}

static void german_quotes_end_where_they_end(void) {
  const Coaching *coaching = coached("Sie schreiben „wir warten nun schon“, und das verstehe ich. Wir prüfen das heute.", NULL);
  g_assert_cmpuint(coaching->advice.count, ==, 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  arena = arena_new();
  drafts_path = argv[1];
  g_test_add_func("/coach/german/steps", steps_are_seen_in_german);
  g_test_add_func("/coach/german/good", a_good_german_reply_gets_no_advice);
  g_test_add_func("/coach/german/no-english-rule", no_english_rule_is_held_against_german_words);
  g_test_add_func("/coach/german/i", wir_becomes_ich);
  g_test_add_func("/coach/german/apology", one_german_apology_is_enough);
  g_test_add_func("/coach/german/quotes", german_quotes_end_where_they_end);
  int failed = g_test_run();
  arena_free(arena);
  return failed;
}
