// Protocols and scripts: what the program brings along, versions, which protocol is at hand, filling, and what became of a conversation
// after a script was used.
#include "desk/testing.h"

#include "base/text.h"
#include "desk/conversation/verbs.h"
#include "desk/protocol/effect.h"
#include "desk/protocol/protocol.h"
#include "desk/protocol/script.h"

#include <math.h>

#define AGNES "Agnes Moor <agnes@moor.example>"

static Protocol protocol_of(TestDesk *test, const char *word) {
  g_autoptr(GError) error = NULL;
  Protocol protocol;
  protocol_find(test->arena, test->desk, word, &protocol, &error);
  g_assert_no_error(error);
  return protocol;
}

static Script script_of(TestDesk *test, const char *word) {
  g_autoptr(GError) error = NULL;
  Script script;
  script_find(test->arena, test->desk, word, &script, &error);
  g_assert_no_error(error);
  return script;
}

static GuidePage list_of(TestDesk *test, GuideKind kind, GuideFilter filter) {
  g_autoptr(GError) error = NULL;
  GuidePage page;
  guide_list(test->arena, test->desk, kind, &filter, "", 0, &page, &error);
  g_assert_no_error(error);
  return page;
}

static const char *keep_script(TestDesk *test, const char *word, int64_t seen, const char *title, const char *text,
                               GError **error) {
  const char *out = NULL;
  GuideHead head = {.title = title, .situation = "", .behaviour = BEHAVIOUR_COUNT, .need = NEED_UNCLEAR};
  return script_keep(test->arena, test->desk, &test->mira, word, seen, &head, text, &out, error) ? out : NULL;
}

static void the_program_brings_a_protocol_for_every_behaviour(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  for (Behaviour behaviour = 0; behaviour < BEHAVIOUR_COUNT; behaviour++) {
    Protocol protocol = protocol_of(test, behaviour_word(behaviour));
    g_assert_cmpint(protocol.head.behaviour, ==, behaviour);
    g_assert_cmpuint(protocol.steps.count, >=, 4);
    g_assert_null(protocol.guide.made_by);
    g_assert_cmpint(protocol.guide.version, ==, 1);
  }
  const char *const situations[] = {"saying-no", PROTOCOL_THREAT, PROTOCOL_WELFARE, PROTOCOL_PHONE};
  for (size_t i = 0; i < G_N_ELEMENTS(situations); i++) g_assert_cmpuint(protocol_of(test, situations[i]).steps.count, >=, 4);
}

// Restate, empathy, options, agreement; and for the hostile: restate, acknowledge, solve, hard to focus, return.
static void the_steps_stand_in_the_order_of_the_checks(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  static const StepCheck frustrated[] = {CHECK_RESTATE, CHECK_EMPATHY, CHECK_OPTIONS, CHECK_NEXT_STEP, CHECK_AGREEMENT};
  static const StepCheck hostile[] = {CHECK_RESTATE, CHECK_ACKNOWLEDGE_HOSTILITY, CHECK_WANT_TO_SOLVE, CHECK_HARD_TO_FOCUS,
                                      CHECK_RETURN_TO_PROBLEM};
  Protocol one = protocol_of(test, "frustrated"), other = protocol_of(test, "hostile");
  g_assert_cmpuint(one.steps.count, ==, G_N_ELEMENTS(frustrated));
  g_assert_cmpuint(other.steps.count, ==, G_N_ELEMENTS(hostile));
  for (size_t i = 0; i < G_N_ELEMENTS(frustrated); i++) g_assert_cmpint(one.steps.items[i].check, ==, frustrated[i]);
  for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) g_assert_cmpint(other.steps.items[i].check, ==, hostile[i]);
}

static void the_program_brings_scripts_that_can_be_kept_as_they_are(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  GuidePage page = list_of(test, GUIDE_SCRIPT, GUIDE_ANY);
  g_assert_cmpuint(page.rows.count, >=, 40);
  list_each(const Guide, guide, &page.rows) {
    Script script;
    const char *word;
    script_read(test->arena, guide, &script);
    g_assert_null(strchr(script.text, '!'));
    g_assert_true(script_keep(test->arena, test->desk, &test->mira, guide->word, 1, &script.head, script.text, &word, &error));
    g_assert_no_error(error);
  }
  GuidePage after = list_of(test, GUIDE_SCRIPT, GUIDE_ANY);
  list_each(const Guide, guide, &after.rows) g_assert_cmpint(guide->version, ==, 1); // nothing changed, so nothing was kept
}

static void a_text_goes_through_a_protocol_and_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  GuidePage page = list_of(test, GUIDE_PROTOCOL, GUIDE_ANY);
  g_assert_cmpuint(page.rows.count, ==, 10);
  list_each(const Guide, guide, &page.rows) {
    Protocol protocol;
    protocol_read(test->arena, guide->content, &protocol);
    g_assert_cmpstr(protocol_write(test->arena, &protocol), ==, guide->content);
  }
}

static void a_change_is_a_new_version_and_the_old_one_stays_readable(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *word = keep_script(test, NULL, 0, "A bell", "Your bell is here.", &error);
  g_assert_cmpstr(word, ==, "a-bell");
  test->clock.set_to += CLOCK_HOUR;
  g_assert_nonnull(keep_script(test, word, 1, "A bell", "Your bell is here, {{customer.first}}.", &error));
  Script script = script_of(test, word);
  g_assert_cmpint(script.guide.version, ==, 2);
  g_assert_cmpstr(script.guide.made_by, ==, "Mira Lindqvist");
  GuideVersionList history = {0};
  g_assert_true(guide_history(test->arena, test->desk, script.guide.id, &history, &error));
  g_assert_cmpuint(history.count, ==, 2);
  g_assert_cmpint(history.items[0].made_at - history.items[1].made_at, ==, CLOCK_HOUR);
  g_assert_nonnull(strstr(history.items[1].content, "Your bell is here.\n"));
  g_assert_true(guide_restore(test->desk, &test->jonas, GUIDE_SCRIPT, word, 1, &error));
  script = script_of(test, word);
  g_assert_cmpint(script.guide.version, ==, 3);
  g_assert_cmpint(script.guide.restored, ==, 1);
  g_assert_cmpstr(script.text, ==, "Your bell is here.");
  g_assert_cmpstr(script.guide.made_by, ==, "Jonas Feld");
}

static void who_changes_what_somebody_changed_meanwhile_is_told(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *word = keep_script(test, NULL, 0, "A bell", "Your bell is here.", &error);
  g_assert_nonnull(keep_script(test, word, 1, "A bell", "Another.", &error));
  g_assert_null(keep_script(test, word, 1, "A bell", "Mine.", &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_assert_cmpstr(script_of(test, word).text, ==, "Another.");
}

typedef struct Rival {
  TestDesk *test;
  int64_t seen;
  const char *text;
  bool kept, was_told;
} Rival;

static void *keep_beside(void *data) {
  Rival *rival = data;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Random random = random_seeded(11);
  const char *word;
  GuideHead head = {.title = "A bell", .situation = "", .behaviour = BEHAVIOUR_COUNT, .need = NEED_UNCLEAR};
  Desk *desk = desk_join(arena, rival->test->where, &rival->test->clock, &random, &error);
  g_assert_no_error(error);
  rival->kept = script_keep(arena, desk, &rival->test->mira, "a-bell", rival->seen, &head, rival->text, &word, &error);
  rival->was_told = !rival->kept && error_is(error, ERROR_CONFLICT);
  return NULL;
}

static void of_two_at_the_same_moment_one_is_kept_and_the_other_told(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_nonnull(keep_script(test, NULL, 0, "A bell", "First.", NULL));
  for (int64_t round = 1; round <= 8; round++) {
    Rival one = {test, round, arena_printf(test->arena, "One %d.", (int)round), false, false};
    Rival other = {test, round, arena_printf(test->arena, "Other %d.", (int)round), false, false};
    GThread *thread = g_thread_new("rival", keep_beside, &other);
    keep_beside(&one);
    g_thread_join(thread);
    g_assert_cmpint(one.kept + other.kept, ==, 1);
    g_assert_cmpint(one.was_told + other.was_told, ==, 1);
    g_assert_cmpint(script_of(test, "a-bell").guide.version, ==, round + 1);
  }
}

static void two_of_one_title_have_words_of_their_own(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_cmpstr(keep_script(test, NULL, 0, "Größe, zweimal", "One.", NULL), ==, "grosse-zweimal");
  g_assert_cmpstr(keep_script(test, NULL, 0, "Größe, zweimal", "Two.", NULL), ==, "grosse-zweimal-2");
  g_assert_cmpstr(keep_script(test, NULL, 0, "New", "Three.", NULL), ==, "new-1");
  g_assert_cmpstr(keep_script(test, NULL, 0, "???", "Four.", NULL), ==, "guide");
}

static void what_is_retired_is_kept_and_offered_to_nobody(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  GuideFilter retired = GUIDE_ANY, refunds = GUIDE_ANY;
  retired.retired = true;
  refunds.situation = "Refund";
  size_t before = list_of(test, GUIDE_SCRIPT, refunds).rows.count;
  g_assert_true(guide_retire(test->desk, &test->mira, GUIDE_SCRIPT, "security-money-back", true, &error));
  g_assert_cmpuint(list_of(test, GUIDE_SCRIPT, refunds).rows.count, ==, before - 1);
  g_assert_cmpuint(list_of(test, GUIDE_SCRIPT, retired).rows.count, ==, 1);
  ScriptList offered = {0};
  g_assert_true(script_suggest(test->arena, test->desk, BEHAVIOUR_CALM, NEED_SECURITY, "en", 50, &offered, &error));
  list_each(const Script, script, &offered) g_assert_cmpstr(script->guide.word, !=, "security-money-back");
  g_assert_true(guide_restore(test->desk, &test->mira, GUIDE_SCRIPT, "security-money-back", 1, &error)); // it is offered again
  g_assert_cmpuint(list_of(test, GUIDE_SCRIPT, retired).rows.count, ==, 0);
}

static void a_newer_program_brings_its_words_where_nobody_changed_them(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Script mine = script_of(test, "follow-up");
  const char *word;
  g_assert_true(script_keep(test->arena, test->desk, &test->mira, "follow-up", 1, &mine.head, "My own.", &word, &error));
  g_assert_true(db_run_script(
    test->desk->db,
    "UPDATE setting SET value = 'of an older program' WHERE name = 'shipped-guides';"
    "UPDATE guide_version SET content = 'Title: Old' WHERE guide_id IN (SELECT id FROM guide WHERE word = 'no-news-yet')",
    &error));
  g_assert_true(guide_ship(test->desk, &error));
  g_assert_no_error(error);
  Script followed = script_of(test, "no-news-yet");
  g_assert_cmpint(followed.guide.version, ==, 2);
  g_assert_null(followed.guide.made_by);
  g_assert_cmpstr(followed.head.title, ==, "No news yet, as promised");
  g_assert_cmpstr(script_of(test, "follow-up").text, ==, "My own.");
  g_assert_cmpint(script_of(test, "closing-with-agreement").guide.version, ==, 1);
}

static void scripts_are_found_by_a_part_of_name_or_text_and_by_category(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_nonnull(keep_script(test, NULL, 0, "Rückgabe_100%", "Zurück binnen 14 Tagen.", NULL));
  g_assert_cmpuint(list_of(test, GUIDE_SCRIPT, (GuideFilter){"RUCKGA", BEHAVIOUR_COUNT, NEED_UNCLEAR, NULL, false}).rows.count,
                   ==, 1);
  g_assert_cmpuint(list_of(test, GUIDE_SCRIPT, (GuideFilter){"innen 14", BEHAVIOUR_COUNT, NEED_UNCLEAR, NULL, false}).rows.count,
                   ==, 1);
  g_assert_cmpuint(list_of(test, GUIDE_SCRIPT, (GuideFilter){"_100%", BEHAVIOUR_COUNT, NEED_UNCLEAR, NULL, false}).rows.count, ==,
                   1);
  g_assert_cmpuint(list_of(test, GUIDE_SCRIPT, (GuideFilter){"%", BEHAVIOUR_COUNT, NEED_UNCLEAR, NULL, false}).rows.count, ==, 1);
  GuidePage security = list_of(test, GUIDE_SCRIPT, (GuideFilter){NULL, BEHAVIOUR_COUNT, NEED_SECURITY, NULL, false});
  g_assert_cmpuint(security.rows.count, ==, 6);
  GuidePage no = list_of(test, GUIDE_SCRIPT, (GuideFilter){NULL, BEHAVIOUR_COUNT, NEED_UNCLEAR, "Saying no", false});
  g_assert_cmpuint(no.rows.count, ==, 3);
}

static void a_long_list_goes_on_from_where_it_ended(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  for (int i = 0; i < 20; i++) keep_script(test, NULL, 0, arena_printf(test->arena, "Ähnlich %02d", i), "Text.", NULL);
  size_t all = 0;
  const char *key = "", *last = "";
  int64_t id = 0;
  for (int page_number = 0; page_number < 3; page_number++) {
    GuidePage page;
    g_assert_true(guide_list(test->arena, test->desk, GUIDE_SCRIPT, &GUIDE_ANY, key, id, &page, &error));
    list_each(const Guide, guide, &page.rows) {
      g_assert_cmpstr(guide->word, !=, last);
      last = guide->word;
    }
    all += page.rows.count;
    if (!page.has_more) break;
    key = page.next_key, id = page.next_id;
  }
  g_assert_cmpuint(all, ==, 78);
}

static void what_cannot_be_kept_says_why(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  const char *const texts[][2] = {{"", "Words."}, {"Title", "  "}, {"Title", "Hello {{Customer Name}}"}, {"Title", "Hello {{"}};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(keep_script(test, NULL, 0, texts[i][0], texts[i][1], &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
  g_autoptr(GError) error = NULL;
  const char *word;
  Protocol empty = {.head = {.title = "Empty", .situation = "", .behaviour = BEHAVIOUR_COUNT, .need = NEED_UNCLEAR}, .why = ""};
  g_assert_false(protocol_keep(test->arena, test->desk, &test->mira, NULL, 0, &empty, &word, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

static void a_protocol_of_ones_own_has_keys_of_its_own(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *word;
  Protocol own = {.head = {.title = "A recall", .situation = "Recall", .behaviour = BEHAVIOUR_COUNT, .need = NEED_UNCLEAR},
                  .why = "Safety."};
  for (int i = 0; i < 2; i++)
    *list_add(test->arena, &own.steps) = (ProtocolStep){.key = "",
                                                        .title = "Tell them",
                                                        .action = "Say what to stop using.",
                                                        .example = "# Stop\n\nCheck: the fork",
                                                        .check = CHECK_RESTATE};
  g_assert_true(protocol_keep(test->arena, test->desk, &test->mira, NULL, 0, &own, &word, &error));
  Protocol kept = protocol_of(test, word);
  g_assert_cmpstr(kept.steps.items[0].key, ==, "tell-them");
  g_assert_cmpstr(kept.steps.items[1].key, ==, "tell-them-2");
  g_assert_cmpstr(kept.steps.items[1].example, ==, "# Stop\n\nCheck: the fork");
  g_assert_cmpint(kept.steps.items[1].check, ==, CHECK_RESTATE);
}

static const char *at_hand(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  const Message *latest = NULL;
  Thread thread = test_thread(test, number);
  list_each(const Message, message, &thread.messages)
    if (message->kind == MESSAGE_CUSTOMER) latest = message;
  Protocol *protocol = NULL;
  g_assert_true(protocol_at_hand(test->arena, test->desk, test->mira.id, number, latest, &protocol, &error));
  return protocol ? protocol->guide.word : NULL;
}

static void the_latest_reading_chooses_and_the_agent_may_choose_another(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a1@x", "Bell", NULL, "Good morning, which bell fits my bike? Thank you.").number;
  g_assert_cmpstr(at_hand(test, number), ==, "calm");
  g_assert_true(protocol_choose(test->desk, test->mira.id, number, "saying-no", &error));
  g_assert_cmpstr(at_hand(test, number), ==, "saying-no");
  test_write(test, AGNES, "a2@x", "Bell", "a1@x", "You are useless idiots and liars, all of you. Give me my money back now.");
  g_assert_cmpstr(at_hand(test, number), !=, "saying-no"); // they wrote again: what they say now counts
  g_assert_cmpstr(at_hand(test, number), !=, "calm");
  g_assert_true(protocol_choose(test->desk, test->mira.id, number, "calm", &error));
  g_assert_cmpstr(at_hand(test, number), ==, "calm");
  g_assert_true(protocol_choose(test->desk, test->mira.id, number, "", &error));
  g_assert_cmpstr(at_hand(test, number), !=, "calm");
  g_assert_false(protocol_choose(test->desk, test->mira.id, number, "nothing", &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void a_threat_and_a_worry_come_before_the_behaviour(void) {
  ShownReading reading = {.is_read = true, .behaviour = BEHAVIOUR_HOSTILE};
  Message message = {.kind = MESSAGE_CUSTOMER, .reading = &reading};
  g_assert_cmpstr(protocol_word_for(&message), ==, "hostile");
  reading.flags = 1 << FLAG_THREAT;
  g_assert_cmpstr(protocol_word_for(&message), ==, PROTOCOL_THREAT);
  reading.flags |= 1 << FLAG_SELF_HARM;
  g_assert_cmpstr(protocol_word_for(&message), ==, PROTOCOL_WELFARE);
  reading = (ShownReading){.is_read = true, .behaviour = BEHAVIOUR_CALM};
  message.channel = MESSAGE_BY_PHONE;
  g_assert_cmpstr(protocol_word_for(&message), ==, PROTOCOL_PHONE);
  reading.is_read = false;
  message.channel = MESSAGE_BY_MAIL;
  g_assert_cmpstr(protocol_word_for(&message), ==, "calm");
  g_assert_cmpstr(protocol_word_for(NULL), ==, "calm");
}

static void what_the_desk_does_not_know_stays_marked_and_is_reported(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a1@x", "My bell", NULL, NULL).number;
  ScriptFacts facts;
  TextList missing = {0};
  g_assert_true(script_facts(test->arena, test->desk, &test->mira, number, &facts, &error));
  const char *text = script_fill(
    test->arena,
    "Hello {{customer.first}}, {{ amount }} and {{amount}} by {{next.day}} for {{subject}} ({{number}}). "
    "{{Not one}} {{}} {{ }} {{{number}} {{agent.name}}",
    &facts, &missing);
  g_assert_cmpstr(text, ==,
                  "Hello Agnes, {{amount}} and {{amount}} by Monday, 23 November for My bell (#1001). "
                  "{{Not one}} {{}} {{ }} {#1001 Mira Lindqvist");
  g_assert_cmpuint(missing.count, ==, 1);
  g_assert_cmpstr(missing.items[0], ==, "amount");
}

static void a_value_is_never_read_as_a_mark(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ScriptFacts facts = {.values = {[0] = "{{agent.name}}"}};
  TextList missing = {0};
  g_assert_cmpstr(script_fill(test->arena, "Hello {{customer.name}}", &facts, &missing), ==, "Hello {{agent.name}}");
  g_assert_cmpuint(missing.count, ==, 0);
}

static void nothing_is_sent_while_a_mark_stands_in_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a1@x", "My bell", NULL, NULL).number, id = 0;
  ReplyDraft draft = {.number = number, .text = "I will pay {{amount}} back."};
  ReplyOutcome outcome;
  g_assert_true(conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error));
  g_assert_cmpint(outcome, ==, REPLY_BLANKS);
  g_assert_cmpint(test_thread(test, number).conversation->message_count, ==, 1);
  draft.text = "I will pay {{amount}} back by {{day}}.";
  draft.blanks_meant = "{{amount}}"; // told of one, not of the other
  g_assert_true(conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error));
  g_assert_cmpint(outcome, ==, REPLY_BLANKS);
  g_assert_cmpint(test_thread(test, number).conversation->message_count, ==, 1);
  draft.blanks_meant = "{{amount}}, {{day}}"; // somebody explains templates to a customer
  g_assert_true(conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error));
  g_assert_cmpint(outcome, ==, REPLY_KEPT);
  g_assert_true(conversation_note(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error));
  g_assert_cmpint(outcome, ==, REPLY_KEPT); // a note stays in the house
}

static void braces_without_end_cost_little(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) braces = g_string_new(NULL);
  for (int i = 0; i < 100000; i++) g_string_append(braces, "{{a");
  TextList blanks = {0};
  gint64 began = g_get_monotonic_time();
  script_blanks(arena, braces->str, &blanks);
  g_assert_cmpuint(blanks.count, ==, 0);
  g_assert_cmpint(g_get_monotonic_time() - began, <, 2 * G_USEC_PER_SEC);
}

#define WORDS_OF_SCRIPT "I have found your bicycle bell and it travels to you tomorrow morning by courier"

static GuideEffect effect_of_script(TestDesk *test, const char *word) { return script_of(test, word).guide.effect; }

static int64_t answer_with(TestDesk *test, int64_t number, const char *text, int64_t hold) {
  g_autoptr(GError) error = NULL;
  ReplyDraft draft = {.number = number, .text = text, .hold = hold};
  ReplyOutcome outcome;
  int64_t id = 0;
  conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error);
  g_assert_no_error(error);
  g_assert_cmpint(outcome, ==, REPLY_KEPT);
  return id;
}

static void a_script_counts_when_it_was_sent_and_has_its_effect_when_the_customer_writes_again(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *word = keep_script(test, NULL, 0, "Bell found", "Hello {{customer.first}}, " WORDS_OF_SCRIPT ".", NULL);
  Script script = script_of(test, word);
  int64_t number =
    test_write(test, AGNES, "a1@x", "Bell", NULL, "I am so angry and disappointed. My bell is broken and nobody answers.").number;
  g_assert_true(script_pick(test->desk, test->mira.id, number, &script, &error));
  g_assert_true(script_pick(test->desk, test->mira.id, number, &script, &error)); // twice into one draft is once
  g_assert_cmpint(effect_of_script(test, word).uses, ==, 0);
  answer_with(test, number, "Dear Agnes, " WORDS_OF_SCRIPT ". Kind regards, Mira", 0);
  g_assert_cmpint(effect_of_script(test, word).uses, ==, 1);
  double before = test_thread(test, number).messages.items[0].reading->valence;
  test_write(test, AGNES, "a2@x", "Bell", "a1@x", "Wonderful, thank you so much, I am very happy with this.");
  GuideEffect effect = effect_of_script(test, word);
  g_assert_cmpint(effect.heard, ==, 1);
  g_assert_cmpfloat_with_epsilon(effect.sum_before, before, 1e-9);
  g_assert_cmpfloat(effect.sum_after, >, effect.sum_before);
  g_assert_cmpfloat_with_epsilon(effect.sum_squares, pow(effect.sum_after - effect.sum_before, 2), 1e-9);
  test_write(test, AGNES, "a3@x", "Bell", "a1@x", "And now it is broken again. I hate this.");
  g_assert_cmpint(effect_of_script(test, word).heard, ==, 1); // only the next message says something
}

static void a_script_that_was_thrown_out_again_does_not_count(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *word = keep_script(test, NULL, 0, "Bell found", WORDS_OF_SCRIPT, NULL);
  Script script = script_of(test, word);
  int64_t number = test_write(test, AGNES, "a1@x", "Bell", NULL, NULL).number;
  g_assert_true(script_pick(test->desk, test->mira.id, number, &script, &error));
  answer_with(test, number, "Something else altogether about a lamp.", 0);
  answer_with(test, number, WORDS_OF_SCRIPT, 0); // typed by hand later
  g_assert_cmpint(effect_of_script(test, word).uses, ==, 0);
}

static void an_answer_that_is_taken_back_was_not_used(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *word = keep_script(test, NULL, 0, "Bell found", WORDS_OF_SCRIPT, NULL);
  Script script = script_of(test, word);
  int64_t number = test_write(test, AGNES, "a1@x", "Bell", NULL, NULL).number;
  g_assert_true(script_pick(test->desk, test->mira.id, number, &script, &error));
  int64_t id = answer_with(test, number, WORDS_OF_SCRIPT, 10 * CLOCK_SECOND);
  TakeBackOutcome outcome;
  g_assert_true(conversation_take_back(test->desk, &test->mira, id, &outcome, &error));
  g_assert_cmpint(outcome, ==, TAKE_BACK_DONE);
  g_assert_cmpint(effect_of_script(test, word).uses, ==, 0);
  answer_with(test, number, WORDS_OF_SCRIPT ". Mira", 0);
  g_assert_cmpint(effect_of_script(test, word).uses, ==, 1);
}

static void nobody_can_be_told_by_what_was_used(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *word = keep_script(test, NULL, 0, "Bell found", WORDS_OF_SCRIPT, NULL);
  Script script = script_of(test, word);
  int64_t number = test_write(test, AGNES, "a1@x", "Bell", NULL, NULL).number;
  g_assert_true(script_pick(test->desk, test->mira.id, number, &script, &error));
  answer_with(test, number, WORDS_OF_SCRIPT, 0);
  // Were somebody's number left in it, this would break the rule that forbids it.
  g_assert_true(
    db_run_script(test->desk->db,
                  "CREATE TABLE proof (n BIGINT CHECK (n = 0)); INSERT INTO proof SELECT COUNT(staff_id) FROM script_use;"
                  "INSERT INTO proof SELECT COUNT(*) - 1 FROM script_use",
                  &error));
  g_assert_no_error(error);
}

static void a_merge_takes_along_what_was_used(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *word = keep_script(test, NULL, 0, "Bell found", WORDS_OF_SCRIPT, NULL);
  Script script = script_of(test, word);
  int64_t into = test_write(test, AGNES, "b1@x", "Older", NULL, NULL).number;
  int64_t from = test_write(test, AGNES, "a1@x", "Bell", NULL, NULL).number;
  g_assert_true(script_pick(test->desk, test->mira.id, from, &script, &error));
  answer_with(test, from, WORDS_OF_SCRIPT, 0);
  g_assert_true(conversation_merge(test->desk, &test->mira, from, into, &error));
  test_write(test, AGNES, "a2@x", "Bell", "a1@x", "Thank you, that is lovely.");
  g_assert_cmpint(effect_of_script(test, word).heard, ==, 1);
}

// t of 0.975 from printed tables (Student 1908 and later), three digits from nine degrees of freedom on.
static void the_interval_is_students(void) {
  static const double printed[][2] = {{9, 2.262}, {10, 2.228}, {15, 2.131}, {20, 2.086}, {30, 2.042}, {60, 2.000}, {120, 1.980}};
  for (size_t i = 0; i < G_N_ELEMENTS(printed); i++)
    g_assert_cmpfloat_with_epsilon(effect_t_quantile((int64_t)printed[i][0]), printed[i][1], 0.001);
  g_assert_false(effect_of(&(GuideEffect){.uses = 50, .heard = 9}).is_known);
  // Changes 0, 0.1 … 0.9: mean 0.45, standard deviation 0.30277, half width 2.2622 × 0.30277 / √10 = 0.21659.
  GuideEffect sums = {.heard = 10, .sum_before = -5, .sum_after = -0.5, .sum_squares = 2.85};
  Effect effect = effect_of(&sums);
  g_assert_true(effect.is_known);
  g_assert_cmpfloat_with_epsilon(effect.change, 0.45, 1e-9);
  g_assert_cmpfloat_with_epsilon(effect.low, 0.45 - 0.21659, 2e-4);
  g_assert_cmpfloat_with_epsilon(effect.high, 0.45 + 0.21659, 2e-4);
}

static const char *changes_of(Arena *arena, const char *before, const char *after) {
  GuideChangeList changes = {0};
  g_autoptr(GString) out = g_string_new(NULL);
  guide_changes(arena, before, after, &changes);
  list_each(const GuideChange, change, &changes)
    g_string_append_printf(out, "%c%s|",
                           change->kind == CHANGE_SAME   ? ' '
                           : change->kind == CHANGE_GONE ? '-'
                                                         : '+',
                           change->line);
  return arena_strndup(arena, out->str, out->len);
}

static void two_versions_are_compared_line_by_line(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(changes_of(arena, "a\nb\nc\n", "a\nb\nc\n"), ==, " a| b| c|");
  g_assert_cmpstr(changes_of(arena, "a\nb\nc\n", "a\nx\nc\n"), ==, " a|-b|+x| c|");
  g_assert_cmpstr(changes_of(arena, "", "a\n"), ==, "+a|");
  g_assert_cmpstr(changes_of(arena, "a", ""), ==, "-a|");
  g_assert_cmpstr(changes_of(arena, "a\nb\nc\nd\n", "b\nc\ne\nd\na\n"), ==, "-a| b| c|+e| d|+a|");
  g_autoptr(GString) many = g_string_new(NULL), others = g_string_new(NULL);
  for (int i = 0; i < 8000; i++) g_string_append(many, "x\n"), g_string_append(others, "y\n");
  GuideChangeList changes = {0};
  guide_changes(arena, many->str, others->str, &changes);
  g_assert_cmpuint(changes.count, ==, 16000);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/protocol/ships/one-for-every-behaviour", the_program_brings_a_protocol_for_every_behaviour);
  g_test_add_func("/protocol/ships/steps-in-order", the_steps_stand_in_the_order_of_the_checks);
  g_test_add_func("/protocol/ships/forty-scripts", the_program_brings_scripts_that_can_be_kept_as_they_are);
  g_test_add_func("/protocol/ships/newer-words-where-unchanged", a_newer_program_brings_its_words_where_nobody_changed_them);
  g_test_add_func("/protocol/text/there-and-back", a_text_goes_through_a_protocol_and_back);
  g_test_add_func("/protocol/text/changes", two_versions_are_compared_line_by_line);
  g_test_add_func("/protocol/version/old-ones-stay", a_change_is_a_new_version_and_the_old_one_stays_readable);
  g_test_add_func("/protocol/version/conflict", who_changes_what_somebody_changed_meanwhile_is_told);
  g_test_add_func("/protocol/version/same-moment", of_two_at_the_same_moment_one_is_kept_and_the_other_told);
  g_test_add_func("/protocol/version/words-of-their-own", two_of_one_title_have_words_of_their_own);
  g_test_add_func("/protocol/version/retired", what_is_retired_is_kept_and_offered_to_nobody);
  g_test_add_func("/protocol/version/refused", what_cannot_be_kept_says_why);
  g_test_add_func("/protocol/version/own-protocol", a_protocol_of_ones_own_has_keys_of_its_own);
  g_test_add_func("/protocol/list/search", scripts_are_found_by_a_part_of_name_or_text_and_by_category);
  g_test_add_func("/protocol/list/pages", a_long_list_goes_on_from_where_it_ended);
  g_test_add_func("/protocol/at-hand/reading-and-choice", the_latest_reading_chooses_and_the_agent_may_choose_another);
  g_test_add_func("/protocol/at-hand/danger-first", a_threat_and_a_worry_come_before_the_behaviour);
  g_test_add_func("/script/fill/unknown-stays-marked", what_the_desk_does_not_know_stays_marked_and_is_reported);
  g_test_add_func("/script/fill/values-are-not-marks", a_value_is_never_read_as_a_mark);
  g_test_add_func("/script/fill/marks-are-not-sent", nothing_is_sent_while_a_mark_stands_in_it);
  g_test_add_func("/script/fill/bounded", braces_without_end_cost_little);
  g_test_add_func("/script/use/sent-and-heard",
                  a_script_counts_when_it_was_sent_and_has_its_effect_when_the_customer_writes_again);
  g_test_add_func("/script/use/thrown-out", a_script_that_was_thrown_out_again_does_not_count);
  g_test_add_func("/script/use/taken-back", an_answer_that_is_taken_back_was_not_used);
  g_test_add_func("/script/use/nobody-is-named", nobody_can_be_told_by_what_was_used);
  g_test_add_func("/script/use/merge", a_merge_takes_along_what_was_used);
  g_test_add_func("/script/effect/interval", the_interval_is_students);
  return g_test_run();
}
