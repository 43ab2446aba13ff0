// Protocols and scripts in more than one language: what a desk begins with, how a set is added, who sees which protocol, and that what is
// German says the same steps as what is English.
#include "desk/testing.h"

#include "base/words.h"
#include "desk/audit/audit.h"
#include "desk/protocol.sql.h"
#include "desk/protocol/protocol.h"
#include "desk/protocol/script.h"

#define AGNES "Agnes Moor <agnes@moor.example>"

static Guide *guide_of(TestDesk *test, GuideKind kind, const char *word) {
  g_autoptr(GError) error = NULL;
  Guide *guide = NULL;
  g_assert_true(guide_select(test->arena, test->desk->db, kind, word, &guide, &error));
  return guide;
}

static bool is_offered(TestDesk *test, GuideKind kind, const char *word) {
  const Guide *guide = guide_of(test, kind, word);
  return guide && !guide->is_retired;
}

static Staff administrator(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {
    .email = "nuala@godwit.example", .name = "Nuala Brannigan", .password = "quiet lamp 42", .role = ROLE_ADMINISTRATOR};
  Staff nuala = {.name = draft.name, .email = draft.email, .role = draft.role, .is_active = true};
  staff_add(test->desk, &draft, &nuala.id, &error);
  g_assert_no_error(error);
  return nuala;
}

static void add(TestDesk *test, const Staff *actor, const char *code) {
  g_autoptr(GError) error = NULL;
  guide_add_language(test->desk, actor, code, &error);
  g_assert_no_error(error);
}

static void begin_in(TestDesk *test, const char *code) {
  g_autoptr(GError) error = NULL;
  g_autoptr(DbTx) tx = db_begin(test->desk->db, &error);
  guide_begin_in(test->arena, test->desk, code, &error);
  g_assert_no_error(error);
  g_assert_true(db_commit(&tx, &error));
}

static const char *at_hand(TestDesk *test, int64_t number, const char *reader) {
  g_autoptr(GError) error = NULL;
  Protocol *protocol = NULL;
  Thread thread = test_thread(test, number);
  int before = words_use(words_from_code(reader));
  protocol_at_hand(test->arena, test->desk, test->mira.id, number, &thread.messages.items[0], &protocol, &error);
  words_use(before);
  g_assert_no_error(error);
  return protocol ? protocol->guide.word : "";
}

static bool is_listed(TestDesk *test, const char *word, const char *reader) {
  g_autoptr(GError) error = NULL;
  GuideNameList list = {0};
  int before = words_use(words_from_code(reader));
  protocol_names_here(test->arena, test->desk, &list, &error);
  words_use(before);
  g_assert_no_error(error);
  list_each(const GuideName, name, &list)
    if (strcmp(name->word, word) == 0) return true;
  return false;
}

static size_t entries(TestDesk *test, const char *what) {
  g_autoptr(GError) error = NULL;
  AuditPage page;
  size_t count = 0;
  g_assert_true(audit_list(test->arena, test->desk, NULL, 0, &page, &error));
  list_each(const AuditEntry, entry, &page.rows) count += strcmp(entry->what, what) == 0;
  return count;
}

static void a_desk_begins_in_english_with_letters_in_every_language(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_true(is_offered(test, GUIDE_PROTOCOL, "frustrated"));
  g_assert_null(guide_of(test, GUIDE_PROTOCOL, "frustrated-de"));
  g_assert_null(guide_of(test, GUIDE_SCRIPT, "follow-up-de"));
  g_assert_true(is_offered(test, GUIDE_SCRIPT, "conduct-warning-de"));
}

static void an_administrator_adds_the_german_set_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = administrator(test);
  g_autoptr(GError) error = NULL;
  Script mine;
  const char *word;
  g_assert_true(script_find(test->arena, test->desk, "conduct-warning-de", &mine, &error));
  g_assert_true(
    script_keep(test->arena, test->desk, &test->mira, "conduct-warning-de", 1, &mine.head, "Ganz eigene Worte.", &word, &error));
  g_assert_false(guide_add_language(test->desk, &test->mira, "de", &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_clear_error(&error);
  g_assert_false(guide_add_language(test->desk, &nuala, "xx", &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  add(test, &nuala, "de");
  add(test, &nuala, "de");
  g_assert_cmpuint(entries(test, "desk.guides"), ==, 1);
  g_assert_true(is_offered(test, GUIDE_PROTOCOL, "frustrated"));
  g_assert_true(is_offered(test, GUIDE_PROTOCOL, "frustrated-de"));
  g_assert_cmpint(guide_of(test, GUIDE_SCRIPT, "follow-up-de")->version, ==, 1);
  g_clear_error(&error);
  g_assert_true(script_find(test->arena, test->desk, "conduct-warning-de", &mine, &error));
  g_assert_cmpstr(mine.text, ==, "Ganz eigene Worte."); // what somebody changed stays
  g_assert_cmpstr(mine.head.language, ==, "de");        // and so does its language
  g_assert_true(guide_ship(test->desk, &error));        // the next start
  g_assert_cmpint(guide_of(test, GUIDE_PROTOCOL, "frustrated-de")->version, ==, 1);
}

static void a_desk_that_is_set_up_in_german_has_the_german_set_alone(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = administrator(test);
  g_autoptr(GError) error = NULL;
  begin_in(test, "de");
  g_assert_true(is_offered(test, GUIDE_PROTOCOL, "frustrated-de"));
  g_assert_false(is_offered(test, GUIDE_PROTOCOL, "frustrated"));
  g_assert_false(is_offered(test, GUIDE_SCRIPT, "follow-up"));
  g_assert_true(is_offered(test, GUIDE_SCRIPT, "conduct-warning")); // for customers who write English
  g_assert_true(guide_ship(test->desk, &error));
  g_assert_false(is_offered(test, GUIDE_PROTOCOL, "frustrated"));
  int64_t number = test_write(test, AGNES, "a@x", NULL, NULL, "This is the third time I ask. I am so annoyed!").number;
  g_assert_cmpstr(at_hand(test, number, "en"), ==, "frustrated-de"); // better than none
  g_assert_true(is_listed(test, "frustrated-de", "en"));
  add(test, &nuala, "en");
  g_assert_true(is_offered(test, GUIDE_PROTOCOL, "frustrated"));
  g_assert_cmpstr(at_hand(test, number, "en"), ==, "frustrated");
}

static void a_language_without_a_set_begins_in_english(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  begin_in(test, "fi");
  g_assert_true(is_offered(test, GUIDE_PROTOCOL, "frustrated"));
}

static void each_sees_the_protocol_in_their_language(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = administrator(test);
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a@x", NULL, NULL, "This is the third time I ask. I am so annoyed!").number;
  g_assert_cmpstr(at_hand(test, number, "de"), ==, "frustrated"); // as long as there is no other
  add(test, &nuala, "de");
  g_assert_cmpstr(at_hand(test, number, "de"), ==, "frustrated-de");
  g_assert_cmpstr(at_hand(test, number, "en"), ==, "frustrated");
  g_assert_true(is_listed(test, "frustrated-de", "de") && !is_listed(test, "frustrated", "de"));
  g_assert_true(is_listed(test, "frustrated", "en") && !is_listed(test, "frustrated-de", "en"));
  g_assert_true(protocol_choose(test->desk, test->mira.id, number, "calm", &error));
  g_assert_cmpstr(at_hand(test, number, "de"), ==, "calm"); // their own choice
}

static bool suggests(TestDesk *test, const char *language, const char *word) {
  g_autoptr(GError) error = NULL;
  ScriptList found = {0};
  script_suggest(test->arena, test->desk, BEHAVIOUR_FRUSTRATED, NEED_UNCLEAR, language, 5, &found, &error);
  g_assert_no_error(error);
  list_each(const Script, script, &found)
    if (strcmp(script->guide.word, word) == 0) return true;
  return false;
}

static void scripts_are_offered_in_the_customers_language(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = administrator(test);
  g_assert_true(suggests(test, "de", "frustrated-options"));
  add(test, &nuala, "de");
  g_assert_true(suggests(test, "de", "frustrated-options-de") && !suggests(test, "de", "frustrated-options"));
  g_assert_true(suggests(test, "en", "frustrated-options") && !suggests(test, "en", "frustrated-options-de"));
  GuidePage page;
  g_autoptr(GError) error = NULL;
  GuideFilter english = GUIDE_ANY;
  english.language = "en";
  g_assert_true(guide_list(test->arena, test->desk, GUIDE_SCRIPT, &english, "", 0, &page, &error));
  list_each(const Guide, guide, &page.rows) g_assert_false(g_str_has_suffix(guide->word, "-de"));
}

static void a_day_in_a_script_is_said_in_the_customers_language(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ScriptFacts facts;
  int64_t number = test_write(test, AGNES, "a@x", NULL, NULL,
                              "Guten Tag, mein Fahrrad ist noch nicht angekommen, und ich warte seit drei Wochen darauf.")
                     .number;
  g_assert_true(script_facts(test->arena, test->desk, &test->mira, number, &facts, &error));
  g_assert_cmpstr(script_fill(test->arena, "am {{next.day}}", &facts, NULL), ==, "am Montag, den 23. November");
}

static void the_german_set_says_what_the_english_says(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = administrator(test);
  g_autoptr(GError) error = NULL;
  ProtocolList protocols = {0};
  g_assert_true(protocol_list(test->arena, test->desk, &protocols, &error));
  GuidePage scripts;
  g_assert_true(guide_list(test->arena, test->desk, GUIDE_SCRIPT, &GUIDE_ANY, "", 0, &scripts, &error));
  add(test, &nuala, "de");
  g_assert_cmpuint(protocols.count, >=, 10);
  list_each(const Protocol, english, &protocols) {
    Protocol german;
    protocol_find(test->arena, test->desk, guide_word_in(test->arena, english->guide.word, "de"), &german, &error);
    g_assert_no_error(error);
    g_assert_cmpint(german.head.behaviour, ==, english->head.behaviour);
    g_assert_cmpuint(german.steps.count, ==, english->steps.count);
    for (size_t i = 0; i < german.steps.count; i++) {
      const ProtocolStep *one = &german.steps.items[i], *other = &english->steps.items[i];
      g_assert_cmpint(one->check, ==, other->check);
      g_assert_cmpstr(one->key, ==, other->key);
      g_assert_true((*one->example != '\0') == (*other->example != '\0'));
    }
  }
  list_each(const Guide, guide, &scripts.rows) {
    Script english, german;
    const char *word;
    script_read(test->arena, guide, &english);
    if (strcmp(english.head.language, "de") == 0) continue;
    script_find(test->arena, test->desk, guide_word_in(test->arena, guide->word, "de"), &german, &error);
    g_assert_no_error(error);
    g_assert_cmpint(german.head.behaviour, ==, english.head.behaviour);
    g_assert_cmpint(german.head.need, ==, english.head.need);
    g_assert_cmpint(german.head.step, ==, english.head.step);
    g_assert_true(
      script_keep(test->arena, test->desk, &test->mira, german.guide.word, 1, &german.head, german.text, &word, &error));
    g_assert_cmpint(guide_of(test, GUIDE_SCRIPT, word)->version, ==, 1); // it can be kept as it is
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  test_teach_german("Dec", "Dez.");
  g_test_add_func("/protocol/language/begins", a_desk_begins_in_english_with_letters_in_every_language);
  g_test_add_func("/protocol/language/added", an_administrator_adds_the_german_set_once);
  g_test_add_func("/protocol/language/set-up", a_desk_that_is_set_up_in_german_has_the_german_set_alone);
  g_test_add_func("/protocol/language/none", a_language_without_a_set_begins_in_english);
  g_test_add_func("/protocol/language/reader", each_sees_the_protocol_in_their_language);
  g_test_add_func("/protocol/language/customer", scripts_are_offered_in_the_customers_language);
  g_test_add_func("/protocol/language/day", a_day_in_a_script_is_said_in_the_customers_language);
  g_test_add_func("/protocol/language/same", the_german_set_says_what_the_english_says);
  return g_test_run();
}
