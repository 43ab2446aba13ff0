// Letters about conduct go out in the customer's language: the template, the days and terms that are put in, how to appeal, the subject.
#include "desk/boundary/testing.h"

#include "base/words.h"
#include "desk/boundary/appeals.h"

#define GERMAN_ABUSE "Ihr seid alle Idioten und Lügner, und ich bekomme seit Wochen keine Antwort von euch."

static int64_t case_of(TestDesk *test, const char *words) {
  int64_t number = test_write(test, TEST_GRIM, "a@x", NULL, NULL, words).number;
  return test_report(test, &test->mira, test_newest_message(test, number), LEVEL_THREAT);
}

static const char *written(TestDesk *test, const Staff *writer, int64_t case_id, MeasureKind kind) {
  g_autoptr(GError) error = NULL;
  const char *letter = NULL;
  MeasureDraft draft = test_measure(test, case_id, kind);
  measure_write(test->arena, test->desk, writer, &draft, &letter, &error);
  g_assert_no_error(error);
  return letter;
}

static void assert_says(const char *text, const char *words) {
  if (!strstr(text, words)) g_error("\"%s\" is not in: %s", words, text);
}

static void a_letter_is_in_the_customers_language(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  const char *letter = written(test, &house.teodor, case_of(test, GERMAN_ABUSE), MEASURE_RESTRICTION);
  assert_says(letter, "Guten Tag Victor Grim");
  assert_says(letter, "Was sich ändert: per E-Mail.");
  assert_says(letter, "bis zum 20. Februar 2027");
  assert_says(letter, "{{appeal}}");
  g_assert_cmpint(words_language(), ==, 0); // and the thread speaks as before
}

static void whoever_writes_another_language_gets_english(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  int64_t id = case_of(test, "Vous êtes tous des idiots et des menteurs, et je n'ai jamais reçu ma commande depuis un mois.");
  const char *letter = written(test, &house.teodor, id, MEASURE_RESTRICTION);
  assert_says(letter, "Hello Victor");
  assert_says(letter, "What changes: by e-mail.");
  assert_says(letter, "until 20 February 2027");
}

static void the_letter_leaves_with_its_subject_and_the_way_to_appeal(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  int64_t id = case_of(test, GERMAN_ABUSE);
  MeasureDraft draft = test_measure(test, id, MEASURE_WARNING);
  test_approve(test, &house.ines, test_propose(test, &house.teodor, &draft));
  const Mail *letter = test_sent_mail(test, test_case(test, id).measures.items[0].message_id);
  assert_says(letter->subject, "Wie wir miteinander umgehen");
  assert_says(letter->text, "this is the letter. antworten Sie auf diesen Brief");
}

static void what_follows_a_measure_is_in_that_language_too(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  int64_t id = case_of(test, GERMAN_ABUSE);
  MeasureDraft draft = test_measure(test, id, MEASURE_WARNING);
  int64_t measure = test_propose(test, &house.teodor, &draft);
  test_approve(test, &house.ines, measure);
  int64_t number = test_case(test, id).head->number;
  g_assert_true(appeal_note(test->desk, &house.odile, measure, 0, "Er sieht es anders.", &error));
  Thread thread = test_thread(test, number);
  const Message *confirmed = &thread.messages.items[thread.messages.count - 1];
  assert_says(confirmed->body, "Ihr Einspruch hat uns erreicht. Es geht um: Schriftliche Verwarnung.");
  g_assert_true(measure_review(test->desk, &house.pavel, measure, true, 0, "Es ist ruhig geblieben.", &error));
  thread = test_thread(test, number);
  assert_says(thread.messages.items[thread.messages.count - 1].body, "sie endet heute. Es ging um: Schriftliche Verwarnung.");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  test_teach_german("%d %s %d", "%d. %s %d");
  test_teach_german("February", "Februar");
  test_teach_german("by e-mail", "per E-Mail");
  test_teach_german("Written warning", "Schriftliche Verwarnung");
  test_teach_german("How we write to each other [#%jd]", "Wie wir miteinander umgehen [#%jd]");
  test_teach_german("answer this letter and say why you see it differently", "antworten Sie auf diesen Brief");
  g_test_add_func("/conduct/letter/german", a_letter_is_in_the_customers_language);
  g_test_add_func("/conduct/letter/otherwise", whoever_writes_another_language_gets_english);
  g_test_add_func("/conduct/letter/leaves", the_letter_leaves_with_its_subject_and_the_way_to_appeal);
  g_test_add_func("/conduct/letter/afterwards", what_follows_a_measure_is_in_that_language_too);
  return g_test_run();
}
