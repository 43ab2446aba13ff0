// Search: what is found, by whom it was said, how it stands, and that whatever is typed is only text.
#include "desk/search/search.h"

#include "desk/conversation/verbs.h"
#include "desk/customer/people.h"
#include "desk/customer/same.h"
#include "desk/mailbox/mailbox.h"
#include "desk/testing.h"

#define AGNES "Agnès Moor <agnes@moor.example>"
#define BRAM "Bram Visser <bram@visser.example>"

static void catch_up(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  for (bool more = true; more;) {
    search_catch_up(test->desk, &more, &error);
    g_assert_no_error(error);
  }
}

static Search read_query(TestDesk *test, const char *text) {
  g_autoptr(GError) error = NULL;
  Search search;
  search_read(test->arena, test->desk, &test->mira, text, true, &search, &error);
  g_assert_no_error(error);
  return search;
}

static SearchPage look(TestDesk *test, const char *text) {
  g_autoptr(GError) error = NULL;
  SearchPage page;
  Search search = read_query(test, text);
  search_look(test->arena, test->desk, &search, 0, &page, &error);
  g_assert_no_error(error);
  return page;
}

// What is found, as "1002 1001".
static const char *found(TestDesk *test, const char *text) {
  const char *numbers = "";
  SearchPage page = look(test, text);
  list_each(const SearchResult, result, &page.results)
    numbers = arena_printf(test->arena, "%s%s%" G_GINT64_FORMAT, numbers, *numbers ? " " : "", result->row->number);
  return numbers;
}

static int64_t write_mail(TestDesk *test, const char *from, const char *subject, const char *body) {
  static int count;
  const char *id = arena_printf(test->arena, "s%d@x", ++count);
  return test_write(test, from, id, subject, NULL, body).number;
}

static void note(TestDesk *test, int64_t number, const char *text) {
  g_autoptr(GError) error = NULL;
  ReplyDraft draft = {.number = number, .text = text};
  ReplyOutcome outcome;
  int64_t id;
  conversation_note(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error);
  g_assert_no_error(error);
}

static const char *pieces(TestDesk *test, const SnippetPieceList *list) { // hits in brackets
  const char *text = "";
  list_each(const SnippetPiece, piece, list)
    text = arena_printf(test->arena, piece->is_hit ? "%s[%s]" : "%s%s", text, piece->text);
  return text;
}

static void everything_that_was_said_is_found(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  write_mail(test, AGNES, "Panniers", "The blue panniers leak.");
  int64_t second = write_mail(test, BRAM, "A bell", "It rings by itself.");
  catch_up(test);
  g_assert_cmpstr(found(test, "panniers"), ==, "1001"); // the subject
  g_assert_cmpstr(found(test, "LEAK"), ==, "1001");     // the body
  g_assert_cmpstr(found(test, "visser"), ==, "1002");   // a name
  g_assert_cmpstr(found(test, "bram@visser.example"), ==, "1002");
  g_assert_cmpstr(found(test, "#1002"), ==, "1002");
  g_assert_cmpstr(found(test, "nothing"), ==, "");
  g_assert_cmpstr(found(test, ""), ==, "");
  note(test, second, "He has the old clapper.");
  test_reply(test, second, "We send you a hammer.");
  catch_up(test);
  g_assert_cmpstr(found(test, "clapper"), ==, "1002");
  g_assert_cmpstr(found(test, "hammer rings"), ==, "1002"); // in two messages of one conversation
  g_assert_cmpstr(found(test, "hammer leak"), ==, "");
}

static void the_newest_change_comes_first(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t first = write_mail(test, AGNES, "Lamp", "One lamp.");
  write_mail(test, BRAM, "Lamp", "Two lamps.");
  catch_up(test);
  g_assert_cmpstr(found(test, "lamp"), ==, "1002 1001");
  note(test, first, "Look at this again.");
  catch_up(test);
  g_assert_cmpstr(found(test, "lamp"), ==, "1001 1002");
}

static void parts_of_words_are_enough_unless_they_are_quoted(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  write_mail(test, AGNES, "Panniers", "Order GC-20345 for the headlight.");
  catch_up(test);
  g_assert_cmpstr(found(test, "annier"), ==, "1001");
  g_assert_cmpstr(found(test, "light"), ==, "1001");
  g_assert_cmpstr(found(test, "he"), ==, "1001"); // two letters begin a word
  g_assert_cmpstr(found(test, "0345"), ==, "1001");
  g_assert_cmpstr(found(test, "gc-20345"), ==, "1001");
  g_assert_cmpstr(found(test, "\"headlight\""), ==, "1001");
  g_assert_cmpstr(found(test, "\"light\""), ==, "");
  g_assert_cmpstr(found(test, "light -panniers"), ==, "");
  g_assert_cmpstr(found(test, "light -bell"), ==, "1001");
  g_assert_cmpstr(found(test, "-bell"), ==, "1001");
}

static void numbers_are_found_by_how_they_begin_and_end(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  write_mail(test, AGNES, "Parcel", "Tracking RR123456785DE, order 2079190.");
  write_mail(test, BRAM, "Invoice", "Invoice 2079191 of headlight2024.");
  catch_up(test);
  g_assert_cmpstr(found(test, "20791"), ==, "1002 1001");
  g_assert_cmpstr(found(test, "9190"), ==, "1001");
  g_assert_cmpstr(found(test, "785de"), ==, "1001");
  g_assert_cmpstr(found(test, "rr1"), ==, "1001");
  g_assert_cmpstr(found(test, "07919"), ==, "");       // from its middle
  g_assert_cmpstr(found(test, "light20"), ==, "1002"); // a word with a number is a word
  g_assert_cmpstr(found(test, "light -9191"), ==, "");
}

static void every_script_is_searched_as_its_readers_would(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  write_mail(test, AGNES, "Größe", "Die Straße ist naß, Mühle geschlossen.");
  write_mail(test, BRAM, "退款", "我想退款，自行车坏了。北京市");
  write_mail(test, BRAM, "مرحبا", "أريد استرداد أموالي من المتجر");
  write_mail(test, BRAM, "Возврат", "Где мои деньги?");
  catch_up(test);
  g_assert_cmpstr(found(test, "grosse"), ==, "1001");
  g_assert_cmpstr(found(test, "STRASSE nass"), ==, "1001");
  g_assert_cmpstr(found(test, "muhle"), ==, "1001");
  g_assert_cmpstr(found(test, "agnes"), ==, "1001");
  g_assert_cmpstr(found(test, "自行车"), ==, "1002");
  g_assert_cmpstr(found(test, "行车坏"), ==, "1002");
  g_assert_cmpstr(found(test, "京"), ==, "1002");
  g_assert_cmpstr(found(test, "车自"), ==, "");
  g_assert_cmpstr(found(test, "استرداد"), ==, "1003");
  g_assert_cmpstr(found(test, "ДЕНЬГ"), ==, "1004");
}

static void what_was_found_is_shown_in_its_words(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  write_mail(test, AGNES, "The Mühle bell", "Good day.\n\nThe bell of the Mühle is broken <b>again</b>, and 自行车坏了 too.");
  catch_up(test);
  SearchPage page = look(test, "muhle broken");
  g_assert_cmpuint(page.results.count, ==, 1);
  const SearchResult *result = &page.results.items[0];
  g_assert_cmpstr(pieces(test, &result->subject), ==, "The [Mühle] bell");
  g_assert_cmpstr(pieces(test, &result->snippet), ==,
                  "Good day. The bell of the [Mühle] is [broken] <b>again</b>, and 自行车坏了 too.");
  g_assert_cmpint(result->kind, ==, MESSAGE_CUSTOMER);
  page = look(test, "行车");
  g_assert_nonnull(strstr(pieces(test, &page.results.items[0].snippet), "自[行车]坏了"));
  page = look(test, "agnes");
  g_assert_cmpstr(pieces(test, &page.results.items[0].who), ==, "[Agnès] Moor");
}

// A name after from: is no word of the letter: our greeting of that person is not what was looked for.
static void who_wrote_is_marked_in_the_name_alone(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  write_mail(test, "Tom Finch <tom@finch.example>", "It squeals", "Good day. The brake squeals.");
  test_reply(test, 1001, "Dear Tom, Jonas here. We look into it.");
  catch_up(test);
  SearchPage page = look(test, "brake from:tom to:help");
  g_assert_cmpuint(page.results.count, ==, 1);
  g_assert_cmpstr(pieces(test, &page.results.items[0].snippet), ==, "Good day. The [brake] squeals.");
  g_assert_cmpstr(pieces(test, &page.results.items[0].who), ==, "[Tom] Finch");
  page = look(test, "from:tom");
  g_assert_cmpstr(pieces(test, &page.results.items[0].snippet), ==, page.results.items[0].row->snippet);
  g_assert_cmpstr(pieces(test, &page.results.items[0].who), ==, "[Tom] Finch");
}

static void most_of_the_words_are_shown_together(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autofree char *gap = g_strnfill(400, '.');
  write_mail(test, AGNES, "A letter",
             arena_printf(test->arena, "The brake. %s My bell is loud and the brake squeals. %s Bell.", gap, gap));
  catch_up(test);
  SearchPage page = look(test, "brake bell squeals");
  g_assert_nonnull(strstr(pieces(test, &page.results.items[0].snippet), "My [bell] is loud and the [brake] [squeals]."));
}

static void names_of_files_are_found(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_take(test, "From: Agnes <agnes@moor.example>\nSubject: A picture\nMessage-ID: <p@x>\nMIME-Version: 1.0\n"
                  "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nHere.\n"
                  "--m\nContent-Type: image/png\nContent-Disposition: attachment; filename=\"broken-crank.png\"\n"
                  "Content-Transfer-Encoding: base64\n\naGVsbG8=\n--m--\n");
  write_mail(test, BRAM, "No picture", "None.");
  catch_up(test);
  SearchPage page = look(test, "crank");
  g_assert_cmpuint(page.results.count, ==, 1);
  g_assert_true(page.results.items[0].is_attachment);
  g_assert_cmpstr(pieces(test, &page.results.items[0].snippet), ==, "broken-[crank].png");
  g_assert_cmpstr(found(test, "with:attachment"), ==, "1001");
  g_assert_cmpstr(found(test, "-with:attachment"), ==, "1002");
}

static void filters_ask_who_and_where_and_how(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t shop;
  mailbox_add(test->desk, "shop@godwit.example", "The shop", "", &shop, &error);
  int64_t first = write_mail(test, AGNES, "Bell", "For Bram.");
  int64_t second = write_mail(test, BRAM, "Bell", "I hate this. It is a disgrace, you are liars and I am furious!");
  test_take_for(test, "From: Cy <cy@else.example>\nMessage-ID: <c@x>\nSubject: Bell\n\nHello.\n", "shop@godwit.example");
  conversation_assign(test->desk, &test->mira, first, test->mira.id, &error);
  conversation_solve(test->desk, &test->mira, second, &error);
  g_assert_no_error(error);
  catch_up(test);
  g_assert_cmpstr(found(test, "bram"), ==, "1002 1001");
  g_assert_cmpstr(found(test, "from:bram"), ==, "1002");
  g_assert_cmpstr(found(test, "from:visser.example bell"), ==, "1002");
  g_assert_cmpstr(found(test, "to:shop"), ==, "1003");
  g_assert_cmpstr(found(test, "in:shop"), ==, "1003");
  g_assert_cmpstr(found(test, "is:solved"), ==, "1002");
  g_assert_cmpstr(found(test, "is:open bell"), ==, "1001 1003");
  g_assert_cmpstr(found(test, "is:mine"), ==, "1001");
  g_assert_cmpstr(found(test, "with:mira"), ==, "1001");
  g_assert_cmpstr(found(test, "is:unassigned is:open"), ==, "1003");
  g_assert_cmpstr(found(test, "IS:UPSET"), ==, "1002");
  g_assert_cmpstr(found(test, "is:waiting"), ==, "1001 1003");
  g_assert_cmpstr(found(test, "stage:received"), ==, "");
  g_assert_true(read_query(test, "is:mine").is_personal);
  g_assert_true(read_query(test, "bell").has_words);
  g_assert_false(read_query(test, "is:open from:bram").has_words);
}

static void days_are_filters_too(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  write_mail(test, AGNES, "Bell", "Old."); // on 22 November 2026
  test->clock.set_to += 40 * CLOCK_DAY;
  write_mail(test, BRAM, "Bell", "New.");
  catch_up(test);
  g_assert_cmpstr(found(test, "after:2026-11-22 bell"), ==, "1002 1001");
  g_assert_cmpstr(found(test, "after:2026-11-23"), ==, "1002");
  g_assert_cmpstr(found(test, "before:2026-11-23"), ==, "1001");
  g_assert_cmpstr(found(test, "before:2026-11-22"), ==, "");
  g_assert_cmpstr(found(test, "after:2026-11-20 before:2026-11-25"), ==, "1001");
  g_assert_cmpstr(found(test, "after:today"), ==, "1002");
  g_assert_cmpstr(found(test, "before:2030-01-01"), ==, "1002 1001");
}

static void what_is_not_understood_is_said(void) {
  static const char *const wrong[] = {"is:opne", "tag:none",   "in:nowhere",        "with:zoe",
                                      "stage:x", "priority:9", "before:2026-13-40", "after:soon",
                                      "is:",     "tag:\"\"",   "-before:today",     "-\"two words\""};
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  write_mail(test, AGNES, "Bell", "Hello.");
  catch_up(test);
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
    Search search = read_query(test, arena_printf(test->arena, "bell %s", wrong[i]));
    g_assert_cmpuint(search.problems.count, ==, 1);
    g_assert_true(g_str_has_suffix(search.problems.items[0], "."));
    g_assert_cmpstr(found(test, arena_printf(test->arena, "bell %s", wrong[i])), ==, "1001");
  }
  Search search;
  g_assert_true(search_read(test->arena, test->desk, &test->mira, "is:upset", false, &search, &error));
  g_assert_cmpuint(search.problems.count, ==, 1); // while readings are off
}

static void what_is_hostile_is_only_text(void) {
  static const char *const texts[] = {"\"",
                                      "\"\"\"",
                                      "'",
                                      "''; DROP TABLE message; --",
                                      "bell\" OR \"x",
                                      "NEAR(a b)",
                                      "a AND NOT b",
                                      "*",
                                      "^bell",
                                      "words:bell",
                                      "-",
                                      "--",
                                      "- -",
                                      "(",
                                      ")))",
                                      "{bell}",
                                      "bell'|'x",
                                      "!bell & x",
                                      "\\",
                                      "%",
                                      "_",
                                      "%%bell%%",
                                      ":",
                                      "::",
                                      "is",
                                      "#",
                                      "#x",
                                      "#99999999999999999999",
                                      "\xEE\x80\x80s0",
                                      "from:\"",
                                      "tag:'",
                                      "\x01\x02",
                                      "ﷺ½①",
                                      "a\u0301\u0301\u0301",
                                      "🙂",
                                      "from:-",
                                      "-from:-"};
  g_autoptr(TestDesk) test = test_desk_new();
  write_mail(test, AGNES, "Bell", "Hello.");
  catch_up(test);
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    found(test, texts[i]);
    found(test, arena_printf(test->arena, "bell %s", texts[i]));
  }
  g_assert_cmpstr(found(test, "\xEE\x80\x80s0"), ==, ""); // facts cannot be typed
  g_autofree char *quotes = g_strnfill(10000, '"'), *letters = g_strnfill(10000, 'a');
  g_autoptr(GString) many = g_string_new(NULL);
  for (int i = 0; i < 2000; i++) g_string_append_printf(many, "w%d ", i);
  found(test, quotes);
  found(test, letters);
  g_assert_cmpuint(read_query(test, many->str).problems.count, ==, 2); // too long, and too many words
  found(test, many->str);
}

// PostgreSQL refuses a document of more than a megabyte, and then nothing could be found any more.
static void a_conversation_of_endless_words_is_found_by_some(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_mail(test, AGNES, "Bell", "Copper.");
  for (int part = 0; part < 24; part++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 400; i++) {
      g_autofree char *word = g_strnfill(30, 'q');
      g_string_append_printf(text, "%s%05d𐐨𐐨𐐨𐐨 ", word, part * 400 + i);
    }
    note(test, number, text->str);
  }
  catch_up(test);
  g_assert_cmpstr(found(test, "qqqqq"), ==, "1001");
  TextList findings = {0};
  g_assert_true(search_verify(test->arena, test->desk, &findings, &error));
  g_assert_cmpuint(findings.count, ==, 0);
}

static void one_page_follows_another(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  for (int i = 0; i < SEARCH_PAGE + 3; i++)
    write_mail(test, arena_printf(test->arena, "Agnes <a%d@moor.example>", i), "Bell", "Ring.");
  catch_up(test);
  Search search = read_query(test, "ring");
  SearchPage first, second;
  g_assert_true(search_look(test->arena, test->desk, &search, 0, &first, &error));
  g_assert_cmpuint(first.results.count, ==, SEARCH_PAGE);
  g_assert_true(first.has_more);
  g_assert_true(search_look(test->arena, test->desk, &search, first.next, &second, &error));
  g_assert_cmpuint(second.results.count, ==, 3);
  g_assert_false(second.has_more);
  g_assert_cmpint(second.results.items[0].row->number, ==, first.results.items[SEARCH_PAGE - 1].row->number - 1);
}

static int64_t customer_of(TestDesk *test, int64_t number) { return test_thread(test, number).conversation->customer_id; }

// Who somebody is changes without anything happening in a conversation.
static void customers_are_found_by_the_names_they_have_now(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t owner, merge, one = write_mail(test, AGNES, "Bell", "Copper."),
                        two = write_mail(test, "Bo <bo@else.example>", "Lamp", "Zinc.");
  int64_t agnes = customer_of(test, one), bo = customer_of(test, two);
  catch_up(test);
  g_assert_true(customer_rename(test->desk, agnes, "Philippa Moor", &error));
  g_assert_true(customer_add_address(test->desk, agnes, "pip@sea.example", &owner, &error));
  catch_up(test);
  g_assert_cmpstr(found(test, "philippa"), ==, "1001");
  g_assert_cmpstr(found(test, "from:pip"), ==, "1001");
  g_assert_true(customer_remove_address(test->desk, agnes, "pip@sea.example", &error));
  catch_up(test);
  g_assert_cmpstr(found(test, "from:pip"), ==, "");
  g_assert_true(customer_add_address(test->desk, agnes, "pip@sea.example", &owner, &error));
  g_assert_true(customer_merge(test->desk, &test->mira, bo, agnes, &merge, &error));
  catch_up(test);
  g_assert_cmpstr(found(test, "zinc from:pip"), ==, "1002");
  g_assert_true(customer_unmerge(test->desk, &test->mira, merge, NULL, &error));
  catch_up(test);
  g_assert_cmpstr(found(test, "zinc from:pip"), ==, "");
  test_counts(test);
}

static void what_moves_is_found_where_it_is_now(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = write_mail(test, AGNES, "Bell", "Copper."), two = write_mail(test, AGNES, "Lamp", "Zinc.");
  conversation_merge(test->desk, &test->mira, two, one, &error);
  g_assert_no_error(error);
  catch_up(test);
  g_assert_cmpstr(found(test, "zinc"), ==, "1001");
  g_assert_cmpstr(found(test, "#1002"), ==, "1001");
  g_assert_cmpstr(found(test, "copper zinc"), ==, "1001");
  conversation_change_customer(test->desk, &test->mira, one, "wilma@brook.example", "Wilma Brook", &error);
  g_assert_no_error(error);
  catch_up(test);
  g_assert_cmpstr(found(test, "from:wilma"), ==, "1001");
}

static void an_answer_that_was_taken_back_is_not_found(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = write_mail(test, AGNES, "Bell", "Copper."), id;
  ReplyDraft draft = {.number = number, .text = "Rhubarb.", .hold = 10 * CLOCK_SECOND};
  ReplyOutcome outcome;
  TakeBackOutcome back;
  conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error);
  catch_up(test);
  g_assert_cmpstr(found(test, "rhubarb"), ==, "1001");
  conversation_take_back(test->desk, &test->mira, id, &back, &error);
  g_assert_no_error(error);
  catch_up(test);
  g_assert_cmpstr(found(test, "rhubarb"), ==, "");
}

static void the_index_is_checked_and_made_again(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  write_mail(test, AGNES, "Bell", "Copper.");
  write_mail(test, BRAM, "Lamp", "Zinc.");
  catch_up(test);
  TextList findings = {0};
  g_assert_true(search_verify(test->arena, test->desk, &findings, &error));
  g_assert_cmpuint(findings.count, ==, 0);
  write_mail(test, BRAM, "Pump", "Lead.");
  g_assert_true(search_verify(test->arena, test->desk, &findings, &error)); // what waits for its turn is not wrong
  g_assert_cmpuint(findings.count, ==, 0);
  catch_up(test);
  g_assert_true(
    db_run_script(test->desk->db, "UPDATE message SET body = 'Silver.' WHERE conversation_id = 1001 AND kind = 0", &error));
  g_assert_true(search_verify(test->arena, test->desk, &findings, &error));
  g_assert_cmpuint(findings.count, ==, 1);
  g_assert_nonnull(strstr(findings.items[0], "Search knows 1 conversation"));
  g_assert_true(search_rebuild(test->desk, &error));
  g_assert_cmpstr(found(test, "zinc"), ==, "");
  catch_up(test);
  findings.count = 0;
  g_assert_true(search_verify(test->arena, test->desk, &findings, &error));
  g_assert_cmpuint(findings.count, ==, 0);
  g_assert_cmpstr(found(test, "silver"), ==, "1001");
  g_assert_cmpstr(found(test, "zin"), ==, "1002");
}

static void nothing_is_written_when_nothing_changed(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t before, after;
  write_mail(test, AGNES, "Bell", "Copper.");
  catch_up(test);
  g_assert_true(search_changes(test->desk, &before, &error));
  catch_up(test);
  g_assert_true(search_changes(test->desk, &after, &error));
  g_assert_cmpint(before, ==, after);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/search/everything-that-was-said-is-found", everything_that_was_said_is_found);
  g_test_add_func("/search/the-newest-change-comes-first", the_newest_change_comes_first);
  g_test_add_func("/search/parts-of-words-are-enough-unless-they-are-quoted", parts_of_words_are_enough_unless_they_are_quoted);
  g_test_add_func("/search/numbers-are-found-by-how-they-begin-and-end", numbers_are_found_by_how_they_begin_and_end);
  g_test_add_func("/search/every-script-is-searched-as-its-readers-would", every_script_is_searched_as_its_readers_would);
  g_test_add_func("/search/what-was-found-is-shown-in-its-words", what_was_found_is_shown_in_its_words);
  g_test_add_func("/search/who-wrote-is-marked-in-the-name-alone", who_wrote_is_marked_in_the_name_alone);
  g_test_add_func("/search/most-of-the-words-are-shown-together", most_of_the_words_are_shown_together);
  g_test_add_func("/search/names-of-files-are-found", names_of_files_are_found);
  g_test_add_func("/search/filters-ask-who-and-where-and-how", filters_ask_who_and_where_and_how);
  g_test_add_func("/search/days-are-filters-too", days_are_filters_too);
  g_test_add_func("/search/what-is-not-understood-is-said", what_is_not_understood_is_said);
  g_test_add_func("/search/what-is-hostile-is-only-text", what_is_hostile_is_only_text);
  g_test_add_func("/search/a-conversation-of-endless-words-is-found-by-some", a_conversation_of_endless_words_is_found_by_some);
  g_test_add_func("/search/one-page-follows-another", one_page_follows_another);
  g_test_add_func("/search/customers-as-they-are", customers_are_found_by_the_names_they_have_now);
  g_test_add_func("/search/what-moves-is-found-where-it-is-now", what_moves_is_found_where_it_is_now);
  g_test_add_func("/search/an-answer-that-was-taken-back-is-not-found", an_answer_that_was_taken_back_is_not_found);
  g_test_add_func("/search/the-index-is-checked-and-made-again", the_index_is_checked_and_made_again);
  g_test_add_func("/search/nothing-is-written-when-nothing-changed", nothing_is_written_when_nothing_changed);
  return g_test_run();
}
