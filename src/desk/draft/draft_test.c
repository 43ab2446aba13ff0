// Drafts: an answer and a note apart, saved at each pause, and nothing lost when one person writes in two places, when a saving comes
// late, or when two begin at once.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/draft/draft.h"

#define MOST 1000

static int64_t one_conversation(TestDesk *test) {
  return test_write(test, "Agnes Holm <agnes@customer.example>", "a1@x", "A bell", NULL, "Where is it?").number;
}

static DraftSaved save_as(TestDesk *test, int64_t number, DraftKind kind, DraftSaving saving) {
  g_autoptr(GError) error = NULL;
  DraftSaved saved;
  if (!saving.cc) saving.cc = "";
  if (!saving.bcc) saving.bcc = "";
  draft_save(test->arena, test->desk, test->mira.id, number, kind, &saving, &saved, &error);
  g_assert_no_error(error);
  return saved;
}

static DraftSaved save(TestDesk *test, int64_t number, const char *writer, int64_t base, const char *text) {
  return save_as(test, number, DRAFT_REPLY, (DraftSaving){.text = text, .writer = writer, .base = base});
}

static Draft *draft_of(TestDesk *test, int64_t number, DraftKind kind) {
  g_autoptr(GError) error = NULL;
  Draft *draft = NULL;
  draft_load(test->arena, test->desk, test->mira.id, number, kind, &draft, &error);
  g_assert_no_error(error);
  return draft;
}

static int64_t add_file(TestDesk *test, int64_t number, const char *name, const char *bytes) {
  g_autoptr(GError) error = NULL;
  MailAttachment file = {.name = name, .type = "text/plain", .bytes = bytes_of_text(bytes)};
  DraftAttachment added = {0};
  if (!draft_add_file(test->arena, test->desk, test->mira.id, number, DRAFT_REPLY, &file, MOST, &added, &error)) {
    g_assert_true(error_is(error, ERROR_INVALID));
    return 0;
  }
  return added.id;
}

static void each_pause_counts_on(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  DraftSaved saved = save(test, number, "tab", 0, "Dear Agn");
  g_assert_cmpint(saved.version, ==, 1);
  saved = save(test, number, "tab", saved.version, "Dear Agnes,");
  g_assert_cmpint(saved.version, ==, 2);
  g_assert_cmpuint(saved.older.count, ==, 0);
  g_assert_cmpstr(draft_of(test, number, DRAFT_REPLY)->text, ==, "Dear Agnes,");
  g_assert_null(draft_of(test, number, DRAFT_NOTE));
}

static void ones_drafts_are_listed_the_newest_first_and_each_conversation_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ConversationPage page;
  int64_t first = one_conversation(test);
  int64_t second = test_write(test, "Bo Lind <bo@customer.example>", "b1@x", "A lamp", NULL, "Is it lit?").number;
  save(test, first, "tab", 0, "Dear Agnes");
  test->clock.set_to += CLOCK_MINUTE;
  save(test, second, "tab", 0, "Dear Bo");
  test->clock.set_to += CLOCK_MINUTE;
  save_as(test, first, DRAFT_NOTE, (DraftSaving){.text = "She wrote before.", .writer = "tab"});
  g_assert_true(conversation_list(test->arena, test->desk, VIEW_DRAFTS, test->mira.id, 0, 0, &page, &error));
  g_assert_cmpuint(page.rows.count, ==, 2);
  g_assert_cmpint(page.rows.items[0].number, ==, first);
  g_assert_cmpint(page.rows.items[1].number, ==, second);
  const ConversationRow *top = page.rows.items; // what comes after it does not name it again
  g_assert_true(
    conversation_list(test->arena, test->desk, VIEW_DRAFTS, test->mira.id, top->queue_key, top->number, &page, &error));
  g_assert_cmpuint(page.rows.count, ==, 1);
  g_assert_cmpint(page.rows.items[0].number, ==, second);
}

static void answer_and_note_are_apart(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test), id = 0;
  save(test, number, "tab", 0, "Dear Agnes,");
  save_as(test, number, DRAFT_NOTE, (DraftSaving){.text = "She called twice.", .writer = "tab"});
  ReplyOutcome outcome;
  ReplyDraft note = {.number = number, .text = "She called twice."};
  g_assert_true(conversation_note(test->arena, test->desk, &test->mira, &note, &outcome, &id, &error));
  g_assert_null(draft_of(test, number, DRAFT_NOTE)); // it is kept now
  g_assert_cmpstr(draft_of(test, number, DRAFT_REPLY)->text, ==, "Dear Agnes,");
}

static void two_tabs_lose_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  int64_t left = save(test, number, "left", 0, "Left").version;
  DraftSaved right = save(test, number, "right", 0, "Right"); // which saw nothing of it
  g_assert_cmpuint(right.older.count, ==, 1);
  g_assert_cmpstr(right.older.items[0].text, ==, "Left");
  DraftSaved again = save(test, number, "left", left, "Left goes on");
  g_assert_cmpuint(again.older.count, ==, 1); // its own beginning is no text of its own
  g_assert_cmpstr(again.older.items[0].text, ==, "Right");
  DraftSaved third = save(test, number, "third", 0, "Third");
  g_assert_cmpuint(third.older.count, ==, 2);
  const Draft *draft = draft_of(test, number, DRAFT_REPLY);
  g_assert_cmpstr(draft->text, ==, "Third");
  int64_t wanted = 0;
  list_each(const OlderDraft, older, &draft->older)
    if (strcmp(older->text, "Right") == 0) wanted = older->id;
  g_assert_true(draft_swap_older(test->desk, test->mira.id, number, DRAFT_REPLY, wanted, &error));
  draft = draft_of(test, number, DRAFT_REPLY);
  g_assert_cmpstr(draft->text, ==, "Right");
  g_assert_cmpuint(draft->older.count, ==, 2); // they changed places
  g_assert_true(draft_drop_older(test->desk, test->mira.id, number, DRAFT_REPLY, draft->older.items[0].id, &error));
  g_assert_cmpuint(draft_of(test, number, DRAFT_REPLY)->older.count, ==, 1);
}

static void what_it_offers_is_kept_with_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  DraftSaving offering = {
    .text = "Dear Agnes,", .writer = "left", .options = "A new bell\nYour money back", .answers = OFFER_ANSWER};
  g_assert_cmpint(save_as(test, number, DRAFT_REPLY, offering).version, ==, 1);
  const Draft *draft = draft_of(test, number, DRAFT_REPLY);
  g_assert_cmpstr(draft->options, ==, "A new bell\nYour money back");
  g_assert_cmpint(draft->answers, ==, OFFER_ANSWER);
  offering.writer = "right"; // which has the same words and offers something else
  offering.options = "A ring";
  DraftSaved saved = save_as(test, number, DRAFT_REPLY, offering);
  g_assert_cmpuint(saved.older.count, ==, 1);
  g_assert_cmpstr(saved.older.items[0].options, ==, "A new bell\nYour money back");
  g_assert_true(draft_swap_older(test->desk, test->mira.id, number, DRAFT_REPLY, saved.older.items[0].id, &error));
  draft = draft_of(test, number, DRAFT_REPLY);
  g_assert_cmpstr(draft->options, ==, "A new bell\nYour money back");
  g_assert_cmpint(draft->answers, ==, OFFER_ANSWER);
  g_assert_cmpstr(draft->older.items[0].options, ==, "A ring");
}

static void options_alone_are_a_draft(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  DraftSaving offering = {.text = "", .writer = "tab", .options = "A new bell"};
  offering.base = save_as(test, number, DRAFT_REPLY, offering).version;
  g_assert_cmpstr(draft_of(test, number, DRAFT_REPLY)->options, ==, "A new bell");
  DraftSaving empty = {.text = "", .writer = "other"};
  save_as(test, number, DRAFT_REPLY, empty); // an empty page takes nothing away
  g_assert_cmpstr(draft_of(test, number, DRAFT_REPLY)->options, ==, "A new bell");
  offering.options = " ";
  g_assert_cmpint(save_as(test, number, DRAFT_REPLY, offering).version, ==, 0);
  g_assert_null(draft_of(test, number, DRAFT_REPLY));
}

static void the_way_it_was_to_go_outlasts_a_pause(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  DraftInput refused = {.text = "Dear Agnes,",
                        .cc = "",
                        .bcc = "",
                        .kept = &(IntList){0},
                        .added = &(MailAttachmentList){0},
                        .way = DRAFT_SEND_SOLVE,
                        .writer = "tab"};
  g_assert_true(draft_keep(test->desk, test->mira.id, number, DRAFT_REPLY, &refused, &error));
  save(test, number, "tab", 1, "Dear Agnes, yes.");
  g_assert_cmpint(draft_of(test, number, DRAFT_REPLY)->way, ==, DRAFT_SEND_SOLVE);
  refused.way = DRAFT_SEND;
  refused.base = 2;
  g_assert_true(draft_keep(test->desk, test->mira.id, number, DRAFT_REPLY, &refused, &error));
  g_assert_cmpint(draft_of(test, number, DRAFT_REPLY)->way, ==, DRAFT_SEND);
}

static void a_page_that_heard_no_answer_goes_on(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  save(test, number, "tab", 0, "Dear"); // saved, but the answer was lost on the way
  DraftSaved saved = save(test, number, "tab", 0, "Dear Agnes");
  g_assert_cmpint(saved.version, ==, 2);
  g_assert_cmpuint(saved.older.count, ==, 0);
}

static void an_empty_tab_takes_nothing_away(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  int64_t version = save(test, number, "left", 0, "Left").version;
  g_assert_cmpint(save(test, number, "right", 0, " ").version, ==, 0);
  g_assert_cmpstr(draft_of(test, number, DRAFT_REPLY)->text, ==, "Left");
  g_assert_cmpint(save(test, number, "left", version, "").version, ==, 0); // who wrote it may empty it
  g_assert_null(draft_of(test, number, DRAFT_REPLY));
}

static void what_was_sent_does_not_come_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test), seen = test_thread(test, number).conversation->last_message_id;
  int64_t version = save(test, number, "tab", 0, "Yes.").version;
  test_reply(test, number, "Yes.");
  g_assert_null(draft_of(test, number, DRAFT_REPLY));
  DraftSaving late = {.text = "Yes.", .writer = "tab", .base = version, .seen = seen};
  g_assert_true(save_as(test, number, DRAFT_REPLY, late).is_gone); // the saving was under way
  late.base = 0;
  g_assert_true(save_as(test, number, DRAFT_REPLY, late).is_gone); // also the very first
  g_assert_null(draft_of(test, number, DRAFT_REPLY));
  late.is_meant = true;
  g_assert_false(save_as(test, number, DRAFT_REPLY, late).is_gone); // another tab goes on writing
  g_assert_cmpstr(draft_of(test, number, DRAFT_REPLY)->text, ==, "Yes.");
}

static void files_come_one_by_one(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  int64_t one = add_file(test, number, "one.txt", "first"), two = add_file(test, number, "two.txt", "second");
  g_assert_cmpint(save(test, number, "tab", 0, "With files").version, ==, 1); // a file alone is no version of the words
  g_assert_cmpint(add_file(test, number, "large.txt", arena_printf(test->arena, "%01001d", 0)), ==, 0);
  g_assert_true(draft_drop_file(test->desk, test->mira.id, number, DRAFT_REPLY, one, &error));
  const Draft *draft = draft_of(test, number, DRAFT_REPLY);
  g_assert_cmpuint(draft->attachments.count, ==, 1);
  MailAttachment file;
  g_assert_true(draft_file(test->arena, test->desk, test->mira.id, number, two, &file, &error));
  g_assert_cmpuint(file.bytes.size, ==, 6);
  g_assert_false(draft_file(test->arena, test->desk, test->jonas.id, number, two, &file, &error)); // nobody else's
  g_clear_error(&error);
  g_assert_true(draft_drop_file(test->desk, test->jonas.id, number, DRAFT_REPLY, two, &error));
  g_assert_cmpuint(draft_of(test, number, DRAFT_REPLY)->attachments.count, ==, 1);
}

static void colleagues_see_that_and_not_what(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  DraftOfOtherList others = {0};
  save(test, number, "tab", 0, "Dear Agnes,");
  g_assert_true(draft_others(test->arena, test->desk, number, test->jonas.id, &others, &error));
  g_assert_cmpuint(others.count, ==, 1);
  g_assert_cmpint(others.items[0].staff_id, ==, test->mira.id);
  g_assert_cmpint(others.items[0].kind, ==, DRAFT_REPLY);
  others = (DraftOfOtherList){0};
  g_assert_true(draft_others(test->arena, test->desk, number, test->mira.id, &others, &error));
  g_assert_cmpuint(others.count, ==, 0);
}

static void a_merge_takes_everything_along(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = one_conversation(test);
  int64_t two = test_write(test, "Agnes Holm <agnes@customer.example>", "b1@x", "Another bell", NULL, "And this?").number;
  save_as(test, one, DRAFT_REPLY, (DraftSaving){.text = "First", .writer = "left", .options = "A bell"});
  save(test, two, "left2", 0, "Older second");
  save_as(test, two, DRAFT_REPLY,
          (DraftSaving){.text = "Second", .writer = "right", .options = "A ring", .answers = OFFER_ANSWER});
  save_as(test, two, DRAFT_NOTE, (DraftSaving){.text = "A note", .writer = "right"});
  g_assert_true(conversation_merge(test->desk, &test->mira, two, one, &error));
  const Draft *draft = draft_of(test, one, DRAFT_REPLY);
  g_assert_cmpstr(draft->text, ==, "First\n\nSecond");
  g_assert_cmpstr(draft->options, ==, "A bell\nA ring");
  g_assert_cmpint(draft->answers, ==, OFFER_ANSWER);
  g_assert_cmpuint(draft->older.count, ==, 1);
  g_assert_cmpstr(draft->older.items[0].text, ==, "Older second");
  g_assert_cmpstr(draft_of(test, one, DRAFT_NOTE)->text, ==, "A note");
  DraftSaved saved = save(test, one, "left", 1, "First goes on"); // the page of before the merge
  g_assert_cmpuint(saved.older.count, ==, 2);
}

static void a_preview_is_the_mail(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  MailAttachmentList files = {0};
  *list_add(test->arena, &files) = (MailAttachment){.name = "bell.png", .type = "image/png"};
  const char *html = NULL;
  const char *text = "**Yes**, <b onclick=x>you</b>\n\n![it](bell.png) ![far](https://x.example/a.png) [go](javascript:x)";
  g_assert_true(staff_set_signature(test->desk, test->mira.id, "Mira & co", &error));
  g_assert_true(conversation_preview(test->arena, test->desk, &test->mira, number, text, &files, &html, &error));
  g_assert_nonnull(strstr(html, "<strong>Yes</strong>, &lt;b onclick=x&gt;"));
  g_assert_nonnull(strstr(html, "\"cid:picture1.preview\""));
  g_assert_null(strstr(html, "<img src=\"https:"));
  g_assert_null(strstr(html, "javascript:"));
  g_assert_nonnull(strstr(html, "Mira &amp; co"));
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/draft/pause", each_pause_counts_on);
  g_test_add_func("/draft/kinds", answer_and_note_are_apart);
  g_test_add_func("/draft/listed", ones_drafts_are_listed_the_newest_first_and_each_conversation_once);
  g_test_add_func("/draft/two-tabs", two_tabs_lose_nothing);
  g_test_add_func("/draft/offer", what_it_offers_is_kept_with_it);
  g_test_add_func("/draft/offer-alone", options_alone_are_a_draft);
  g_test_add_func("/draft/way", the_way_it_was_to_go_outlasts_a_pause);
  g_test_add_func("/draft/unheard", a_page_that_heard_no_answer_goes_on);
  g_test_add_func("/draft/empty", an_empty_tab_takes_nothing_away);
  g_test_add_func("/draft/sent", what_was_sent_does_not_come_back);
  g_test_add_func("/draft/files", files_come_one_by_one);
  g_test_add_func("/draft/others", colleagues_see_that_and_not_what);
  g_test_add_func("/draft/merge", a_merge_takes_everything_along);
  g_test_add_func("/draft/preview", a_preview_is_the_mail);
  return g_test_run();
}
