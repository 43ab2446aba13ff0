// Options: what the mail says, what a link shows and does, what an agent notes, and what it means for a complaint.
#include "desk/testing.h"

#include "desk/complaint/complaint.h"
#include "desk/conversation/verbs.h"
#include "desk/draft/draft.h"
#include "desk/hours/deadline.h"
#include "desk/offer/offer.h"
#include "desk/outbox/outbox.h"

#include <string.h>

#define AGNES "Agnes Moor <agnes@moor.example>"
#define ORIGIN "https://desk.godwit.example"

static int64_t one_conversation(TestDesk *test) {
  return test_write(test, AGNES, "a1@x", "My bell", NULL, "Hello,\nmy bell is broken again. I am very disappointed.").number;
}

static ReplyDraft draft_of(TestDesk *test, int64_t number, const char *first, const char *second) {
  ReplyDraft draft = {.number = number, .text = "Dear Agnes,\nI am sorry about the bell.", .offer = {.origin = ORIGIN}};
  if (first) *list_add(test->arena, &draft.offer.options) = first;
  if (second) *list_add(test->arena, &draft.offer.options) = second;
  return draft;
}

static int64_t send(TestDesk *test, const ReplyDraft *draft) {
  g_autoptr(GError) error = NULL;
  ReplyOutcome outcome;
  int64_t id = 0;
  conversation_reply(test->arena, test->desk, &test->mira, draft, &outcome, &id, &error);
  g_assert_no_error(error);
  g_assert_cmpint(outcome, ==, REPLY_KEPT);
  return id;
}

static void let_out(TestDesk *test) { // the mail server takes all that is due
  g_autoptr(GError) error = NULL;
  for (;;) {
    OutboxMail *mail = NULL;
    int64_t next = 0;
    outbox_claim(test->arena, test->desk, &mail, &next, &error);
    g_assert_no_error(error);
    if (!mail) return;
    outbox_settle_sent(test->desk, mail, "250 taken", &error);
    g_assert_no_error(error);
  }
}

static int64_t offer_two(TestDesk *test, int64_t number) {
  ReplyDraft draft = draft_of(test, number, "A new bell by Friday", "Your money back");
  int64_t id = send(test, &draft);
  let_out(test);
  return id;
}

static Offer offer_at(TestDesk *test, int64_t number, size_t index) {
  g_autoptr(GError) error = NULL;
  OfferList offers = {0};
  offer_list(test->arena, test->desk, number, &offers, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(offers.count, >, index);
  return offers.items[index];
}

static const char *token_of(TestDesk *test, const Offer *offer, int64_t place) {
  return offer_token(test->arena, test->desk, offer->id, place, offer->expires_at);
}

static OfferVisit choose(TestDesk *test, const char *token, int64_t place, const char *words) {
  g_autoptr(GError) error = NULL;
  OfferVisit visit;
  offer_choose(test->arena, test->desk, token, place, words, &visit, &error);
  g_assert_no_error(error);
  return visit;
}

static Complaint *complaint_of(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  Complaint *complaint = NULL;
  complaint_find(test->arena, test->desk, number, &complaint, &error);
  g_assert_no_error(error);
  return complaint;
}

static void make_complaint(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  complaint_receive(test->desk, &test->mira, number, ORIGIN_PERSON, "", &error);
  g_assert_no_error(error);
}

// ——— the mail

static void the_mail_asks_and_carries_a_link_for_each(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test), id = offer_two(test, number);
  const Mail *mail = test_sent_mail(test, id);
  Offer offer = offer_at(test, number, 0);
  g_assert_cmpint(offer.message_id, ==, id);
  g_assert_nonnull(strstr(mail->text, "**Which of these suits you best?**\n\n1. A new bell by Friday\n   <" ORIGIN "/choose/"));
  g_assert_nonnull(strstr(mail->text, token_of(test, &offer, 2)));
  g_assert_nonnull(strstr(mail->html, arena_printf(test->arena, "href=\"" ORIGIN "/choose/%s\"", token_of(test, &offer, 1))));
  const Thread thread = test_thread(test, number);
  g_assert_cmpstr(thread.messages.items[thread.messages.count - 1].body, ==, "Dear Agnes,\nI am sorry about the bell.");
}

static void without_an_address_of_its_own_the_mail_asks_for_an_answer(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  ReplyDraft draft = draft_of(test, number, "A new bell by Friday", NULL);
  draft.offer.origin = NULL;
  const Mail *mail = test_sent_mail(test, send(test, &draft));
  g_assert_nonnull(strstr(mail->text, "**Does this suit you?**\n\n1. A new bell by Friday\n\nAnswer this mail with the number"));
  g_assert_null(strstr(mail->text, "/choose/"));
}

static void blank_options_are_left_out_and_too_many_or_long_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test), id = 0;
  ReplyOutcome outcome;
  ReplyDraft draft = draft_of(test, number, "  ", "One\nline ");
  send(test, &draft);
  Offer offer = offer_at(test, number, 0);
  g_assert_cmpuint(offer.options.count, ==, 1);
  g_assert_cmpstr(offer.options.items[0], ==, "One line");
  size_t before = test_thread(test, number).messages.count;
  for (int i = 0; i < OPTIONS_MOST; i++) *list_add(test->arena, &draft.offer.options) = "more";
  g_assert_true(conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error));
  g_assert_cmpint(outcome, ==, REPLY_WRONG_OFFER);
  char *longest = arena_strndup(test->arena, "", 0);
  for (int i = 0; i <= OPTION_LONGEST; i++) longest = arena_printf(test->arena, "%sé", longest);
  draft = draft_of(test, number, longest, NULL);
  g_assert_true(conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error));
  g_assert_cmpint(outcome, ==, REPLY_WRONG_OFFER);
  g_assert_cmpuint(test_thread(test, number).messages.count, ==, before); // nothing of these was kept
}

// ——— the link

static void looking_chooses_nothing_and_the_button_does(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  offer_two(test, number);
  Offer offer = offer_at(test, number, 0);
  OfferVisit visit;
  for (int i = 0; i < 3; i++) { // a mail scanner opens each link
    g_assert_true(offer_show(test->arena, test->desk, token_of(test, &offer, 2), &visit, &error));
    g_assert_cmpint(visit.outcome, ==, OFFER_SHOWN);
    g_assert_cmpint(visit.place, ==, 2);
  }
  g_assert_cmpint(offer_at(test, number, 0).state, ==, OFFER_OPEN);
  g_assert_cmpint(test_thread(test, number).conversation->waiting_since, ==, 0);
  visit = choose(test, token_of(test, &offer, 2), 2, "");
  g_assert_cmpint(visit.outcome, ==, OFFER_SETTLED);
  offer = offer_at(test, number, 0);
  g_assert_cmpint(offer.state, ==, OFFER_CHOSEN);
  g_assert_cmpint(offer.place, ==, 2);
  g_assert_null(offer.settled_name);
  g_assert_cmpint(test_thread(test, number).conversation->waiting_since, ==, test->clock.set_to);
  test_counts(test);
}

static void the_first_choice_stands(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  offer_two(test, number);
  Offer offer = offer_at(test, number, 0);
  choose(test, token_of(test, &offer, 1), 1, "");
  OfferVisit second = choose(test, token_of(test, &offer, 2), 2, "");
  g_assert_cmpint(second.outcome, ==, OFFER_SETTLED);
  g_assert_cmpint(second.offer->place, ==, 1);
}

static void a_choice_opens_what_was_solved(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  ReplyDraft draft = draft_of(test, number, "A new bell", "Your money back");
  draft.solve = true;
  send(test, &draft);
  let_out(test);
  Offer offer = offer_at(test, number, 0);
  choose(test, token_of(test, &offer, 1), 1, "");
  g_assert_cmpint(test_thread(test, number).conversation->state, ==, CONVERSATION_OPEN);
}

static void none_of_these_is_heard_with_their_words(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  offer_two(test, number);
  Offer offer = offer_at(test, number, 0);
  choose(test, token_of(test, &offer, 1), 0, "I would rather have it repaired.");
  Thread thread = test_thread(test, number);
  const Message *last = &thread.messages.items[thread.messages.count - 1];
  g_assert_cmpint(last->kind, ==, MESSAGE_CUSTOMER);
  g_assert_cmpstr(last->body, ==, "I would rather have it repaired.");
  g_assert_cmpstr(last->author_name, ==, "Agnes Moor");
  g_assert_nonnull(last->reading);
  offer = offer_at(test, number, 0);
  g_assert_cmpint(offer.state, ==, OFFER_DECLINED);
  g_assert_cmpint(offer.evidence_id, ==, last->id);
  g_assert_cmpint(test_reply(test, number, "Of course."), >, 0); // their address is still known
}

static void who_adds_hard_words_to_a_choice_is_among_the_upset(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, "a1@x", "My bell", NULL, "Thank you, which bells do you have?").number;
  ViewCounts counts;
  offer_two(test, number);
  Offer offer = offer_at(test, number, 0);
  choose(test, token_of(test, &offer, 1), 0, "You are all incompetent liars and I want my money back right now, you idiots!");
  g_assert_true(conversation_counts(test->arena, test->desk, test->mira.id, &counts, &error));
  g_assert_cmpint(counts.views[VIEW_UPSET], ==, 1);
  test_counts(test);
}

static void who_of_the_staff_wants_to_hear_is_told(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test), next = 0;
  offer_two(test, number); // Mira answered, so it is with her
  g_assert_true(staff_set_mails(test->desk, test->mira.id, STAFF_MAILS_MINE, &error));
  Offer offer = offer_at(test, number, 0);
  choose(test, token_of(test, &offer, 2), 2, "By bank transfer, please.");
  test_tell_staff(test);
  OutboxMail *mail = NULL;
  g_assert_true(outbox_claim(test->arena, test->desk, &mail, &next, &error));
  g_assert_nonnull(mail);
  g_assert_cmpstr(mail->recipients, ==, test->mira.email);
  const Mail *notice = test_sent_mail(test, mail->message_id);
  g_assert_nonnull(strstr(notice->text, "Chosen: Your money back"));
  g_assert_nonnull(strstr(notice->text, "By bank transfer, please."));
}

static void links_run_out_and_a_later_offer_takes_their_place(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  offer_two(test, number);
  Offer first = offer_at(test, number, 0);
  offer_two(test, number);
  g_assert_cmpint(choose(test, token_of(test, &first, 1), 1, "").outcome, ==, OFFER_PAST);
  Offer second = offer_at(test, number, 1);
  test->clock.set_to += OFFER_LIFETIME;
  g_assert_cmpint(choose(test, token_of(test, &second, 1), 1, "").outcome, ==, OFFER_PAST);
  g_assert_cmpint(offer_at(test, number, 1).state, ==, OFFER_OPEN); // they may still say it in words
}

static void only_our_own_links_open_anything(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  offer_two(test, number);
  Offer offer = offer_at(test, number, 0);
  const char *good = token_of(test, &offer, 1);
  char *flipped = arena_strdup(test->arena, good);
  size_t last = strlen(flipped) - 1;
  flipped[last] = flipped[last] == '0' ? '1' : '0';
  const char *const bad[] = {"",
                             "1",
                             "1-1-1.",
                             "x",
                             "-1-1-1.00000000000000000000000000000000",
                             flipped,
                             arena_printf(test->arena, "9%s", good),
                             arena_printf(test->arena, "%s0", good),
                             reply_token(test->arena, test->desk, number),
                             "99999999999999999999-1-1.0"};
  for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    OfferVisit visit;
    g_assert_false(offer_show(test->arena, test->desk, bad[i], &visit, &error));
    g_assert_error(error, RAPPORT_ERROR, ERROR_NOT_FOUND);
  }
  g_autoptr(GError) error = NULL;
  OfferVisit visit;
  g_assert_false(offer_choose(test->arena, test->desk, good, 3, "", &visit, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_INVALID);
}

// ——— taking back

static void taking_the_answer_back_takes_the_offer_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  offer_two(test, number);
  ReplyDraft draft = draft_of(test, number, "Something else", NULL);
  draft.hold = 10 * CLOCK_SECOND;
  int64_t id = send(test, &draft);
  Offer offer = offer_at(test, number, 1);
  Draft *kept = NULL;
  g_assert_cmpint(offer_at(test, number, 0).state, ==, OFFER_REPLACED);
  TakeBackOutcome outcome;
  g_assert_true(conversation_take_back(test->desk, &test->mira, id, &outcome, &error));
  g_assert_cmpint(outcome, ==, TAKE_BACK_DONE);
  g_assert_cmpint(offer_at(test, number, 0).state, ==, OFFER_OPEN); // the one before counts again
  OfferVisit visit;
  g_assert_false(offer_show(test->arena, test->desk, token_of(test, &offer, 1), &visit, NULL));
  g_assert_true(draft_load(test->arena, test->desk, test->mira.id, number, DRAFT_REPLY, &kept, &error));
  g_assert_cmpstr(kept->options, ==, "Something else\n");
  g_assert_cmpint(kept->answers, ==, draft.offer.kind);
  send(test, &draft);
  g_assert_true(draft_load(test->arena, test->desk, test->mira.id, number, DRAFT_REPLY, &kept, &error));
  g_assert_null(kept);
}

static void what_was_replaced_while_it_waited_still_goes_out(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  make_complaint(test, number);
  ReplyDraft first = draft_of(test, number, "A new bell", NULL), second = draft_of(test, number, "Your money back", NULL);
  first.hold = 60 * CLOCK_SECOND;
  second.hold = 10 * CLOCK_SECOND;
  send(test, &first);
  int64_t id = send(test, &second);
  TakeBackOutcome outcome;
  g_assert_true(conversation_take_back(test->desk, &test->mira, id, &outcome, &error));
  g_assert_cmpint(offer_at(test, number, 0).state, ==, OFFER_WAITING); // as it was: it has not left either
  test->clock.set_to += 2 * CLOCK_MINUTE;
  let_out(test);
  g_assert_cmpint(offer_at(test, number, 0).state, ==, OFFER_OPEN);
  g_assert_cmpint(complaint_of(test, number)->stage, ==, STAGE_ANSWERED);
}

// ——— the agent notes it

static void an_agent_notes_what_the_customer_wrote_or_said(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  offer_two(test, number);
  Offer offer = offer_at(test, number, 0);
  int64_t answer = test_write(test, AGNES, "a2@x", "Re: My bell", "a1@x", "The second one, please.").message_id;
  OfferNote note = {.offer_id = offer.id, .place = 2, .words = ""};
  g_assert_false(offer_note(test->desk, &test->jonas, &note, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_INVALID); // how does he know?
  g_clear_error(&error);
  note.evidence_id = offer.message_id;
  g_assert_false(offer_note(test->desk, &test->jonas, &note, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_INVALID); // our own words are no evidence
  g_clear_error(&error);
  note.evidence_id = answer;
  g_assert_true(offer_note(test->desk, &test->jonas, &note, &error));
  offer = offer_at(test, number, 0);
  g_assert_cmpint(offer.place, ==, 2);
  g_assert_cmpstr(offer.settled_name, ==, "Jonas Feld");
  g_assert_false(offer_note(test->desk, &test->mira, &note, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_CONFLICT);
}

// ——— the complaint

static void a_complaint_is_answered_when_the_mail_was_sent_and_agreed_by_the_link(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  make_complaint(test, number);
  ReplyDraft draft = draft_of(test, number, "A new bell by Friday", "Your money back");
  int64_t id = send(test, &draft);
  g_assert_cmpint(complaint_of(test, number)->stage, <, STAGE_ANSWERED); // nothing has left the house
  let_out(test);
  g_assert_cmpint(complaint_of(test, number)->stage, ==, STAGE_ANSWERED);
  Offer offer = offer_at(test, number, 0);
  choose(test, token_of(test, &offer, 1), 1, "");
  Complaint *complaint = complaint_of(test, number);
  g_assert_cmpint(complaint->stage, ==, STAGE_AGREED);
  g_autoptr(GError) error = NULL;
  ComplaintStepList steps = {0};
  g_assert_true(complaint_steps(test->arena, test->desk, number, &steps, &error));
  const ComplaintStep *last = &steps.items[steps.count - 1];
  g_assert_cmpint(last->event, ==, COMPLAINT_AGREE);
  g_assert_true(last->by_customer);
  g_assert_cmpint(last->message_id, ==, id);
  g_assert_cmpstr(last->detail, ==, "A new bell by Friday");
}

static void a_no_sends_the_complaint_back_to_be_investigated(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  make_complaint(test, number);
  offer_two(test, number);
  Offer offer = offer_at(test, number, 0);
  choose(test, token_of(test, &offer, 1), 0, "Neither helps me.");
  g_assert_cmpint(complaint_of(test, number)->stage, ==, STAGE_INVESTIGATED);
}

static void an_answer_without_options_can_be_agreed_to_as_well(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  make_complaint(test, number);
  ReplyDraft draft = draft_of(test, number, NULL, NULL);
  draft.offer.kind = OFFER_ANSWER;
  send(test, &draft);
  let_out(test);
  g_assert_cmpint(complaint_of(test, number)->stage, ==, STAGE_ANSWERED);
  OfferNote note = {.offer_id = offer_at(test, number, 0).id, .place = 1, .words = "On the telephone, she is content."};
  g_assert_true(offer_note(test->desk, &test->mira, &note, &error));
  g_assert_cmpint(complaint_of(test, number)->stage, ==, STAGE_AGREED);
}

static bool has_step(TestDesk *test, int64_t number, ComplaintEvent event) {
  g_autoptr(GError) error = NULL;
  ComplaintStepList steps = {0};
  complaint_steps(test->arena, test->desk, number, &steps, &error);
  g_assert_no_error(error);
  list_each(const ComplaintStep, step, &steps)
    if (step->event == event) return true;
  return false;
}

static void a_final_response_counts_after_a_yes_and_after_our_no(void) {
  static const ComplaintEvent before[] = {COMPLAINT_AGREE, COMPLAINT_REFUSE};
  for (size_t i = 0; i < G_N_ELEMENTS(before); i++) {
    g_autoptr(TestDesk) test = test_desk_new();
    g_autoptr(GError) error = NULL;
    int64_t number = one_conversation(test);
    make_complaint(test, number);
    ReplyDraft draft = draft_of(test, number, NULL, NULL);
    draft.offer.kind = OFFER_ANSWER;
    send(test, &draft);
    let_out(test);
    ComplaintMove move = {.event = before[i], .actor = &test->mira, .outside = "The ombudsman"};
    g_assert_true(complaint_advance(test->desk, number, &move, &error));
    ComplaintStage stage = complaint_of(test, number)->stage;
    draft.offer.kind = OFFER_FINAL;
    send(test, &draft);
    let_out(test);
    g_assert_cmpint(complaint_of(test, number)->stage, ==, stage);
    g_assert_true(has_step(test, number, COMPLAINT_FINAL_RESPONSE));
  }
}

static void what_leaves_while_two_become_one_counts_for_the_survivor(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t one = one_conversation(test), two = test_write(test, AGNES, "b1@x", "My bell", NULL, "It is torn.").number, next = 0;
  make_complaint(test, two);
  let_out(test);
  ReplyDraft draft = draft_of(test, two, "A new bell", NULL);
  send(test, &draft);
  OutboxMail *mail = NULL;
  g_assert_true(outbox_claim(test->arena, test->desk, &mail, &next, &error)); // on its way to the server
  g_assert_true(conversation_merge(test->desk, &test->mira, two, one, &error));
  g_assert_true(outbox_settle_sent(test->desk, mail, "250 taken", &error));
  g_assert_cmpint(offer_at(test, one, 0).state, ==, OFFER_OPEN);
  g_assert_cmpint(complaint_of(test, one)->stage, ==, STAGE_ANSWERED);
  test_counts(test);
}

static void what_the_law_asks_for_is_sent_before_it_is_closed(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  g_assert_true(profile_set(test->desk, PROFILE_FCA_DISP, &error));
  make_complaint(test, number);
  ReplyDraft draft = draft_of(test, number, NULL, NULL);
  draft.offer.kind = OFFER_ANSWER;
  send(test, &draft);
  let_out(test);
  ComplaintMove agree = {.event = COMPLAINT_AGREE, .actor = &test->mira, .detail = "On the telephone."};
  ComplaintMove close = {.event = COMPLAINT_CLOSE, .actor = &test->mira, .detail = ""};
  g_assert_true(complaint_advance(test->desk, number, &agree, &error));
  g_assert_false(complaint_advance(test->desk, number, &close, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_CONFLICT);
  g_assert_nonnull(strstr(error->message, "final response"));
  g_clear_error(&error);
  draft.offer.kind = OFFER_SUMMARY;
  int64_t id = send(test, &draft);
  g_assert_nonnull(strstr(test_sent_mail(test, id)->text, "Financial Ombudsman Service"));
  let_out(test);
  g_assert_true(complaint_advance(test->desk, number, &close, &error));
  g_assert_cmpint(complaint_of(test, number)->stage, ==, STAGE_CLOSED);
}

static void merging_takes_the_offer_along(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  offer_two(test, number);
  Offer offer = offer_at(test, number, 0);
  int64_t other = test_write(test, AGNES, "b1@x", "Another thing", NULL, "Hello again").number;
  g_assert_true(conversation_merge(test->desk, &test->mira, number, other, &error));
  choose(test, token_of(test, &offer, 1), 1, "");
  g_assert_cmpint(offer_at(test, other, 0).state, ==, OFFER_CHOSEN);
}

// ——— what an answer seems to choose

static void plain_answers_are_understood_and_others_left_to_a_person(void) {
  static const struct {
    const char *answer;
    int64_t place;
  } rows[] = {
    {"2", 2},
    {"2.", 2},
    {"Option 2 please", 2},
    {"I would like option two.", 2},
    {"I'd take the second one", 2},
    {"The first, thank you", 1},
    {"number 1", 1},
    {"1st option", 1},
    {"The 3rd one please", 3},
    {"Option 1, and thanks for your help.", 1},
    {"My money back, please.", 2},
    {"I want my money back", 2},
    {"I'd be happy with a voucher for the shop", 3},
    {"A new bell by Friday would be lovely", 1},
    {"none of these", 0},
    {"Neither.", 0},
    {"None of them helps me", 0},
    {"I don't want option 2", -1},
    {"No, I'm not paying twice", -1},
    {"Thank you for your answer.", -1},
    {"", -1},
    {"What does option mean here?", -1},
    {"I bought 2 bells and one is broken", -1},
    {"I have waited 3 weeks", -1},
    {"Option 1 or option 2, both are fine", -1},
    {"Could you call me?", -1},
    {"It is the second time this happened", -1},
    {"option 7", -1},
    {"This is the first time I complain", -1},
    {"Nummer 2 bitte", 2},
  };
  g_autoptr(Arena) arena = arena_new();
  Offer offer = {0};
  *list_add(arena, &offer.options) = "A new bell by Friday";
  *list_add(arena, &offer.options) = "Your money back";
  *list_add(arena, &offer.options) = "A voucher for the shop";
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
    if (offer_guess(&offer, rows[i].answer) != rows[i].place) g_test_message("“%s”", rows[i].answer);
    g_assert_cmpint(offer_guess(&offer, rows[i].answer), ==, rows[i].place);
  }
}

static void a_single_option_takes_a_yes_or_a_no(void) {
  static const struct {
    const char *answer;
    int64_t place;
  } rows[] = {{"Yes please", 1},        {"OK, agreed.", 1},         {"That's fine", 1}, {"No.", 0}, {"I do not accept this", -1},
              {"I don't want that", 0}, {"When will it come?", -1}, {"ja gerne", 1},    {"nein", 0}};
  g_autoptr(Arena) arena = arena_new();
  Offer offer = {0};
  *list_add(arena, &offer.options) = "A new bell by Friday";
  for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) g_assert_cmpint(offer_guess(&offer, rows[i].answer), ==, rows[i].place);
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/offer/mail/asks-and-carries-links", the_mail_asks_and_carries_a_link_for_each);
  g_test_add_func("/offer/mail/without-an-address", without_an_address_of_its_own_the_mail_asks_for_an_answer);
  g_test_add_func("/offer/mail/limits", blank_options_are_left_out_and_too_many_or_long_refused);
  g_test_add_func("/offer/link/looking-chooses-nothing", looking_chooses_nothing_and_the_button_does);
  g_test_add_func("/offer/link/first-choice-stands", the_first_choice_stands);
  g_test_add_func("/offer/link/opens-what-was-solved", a_choice_opens_what_was_solved);
  g_test_add_func("/offer/link/none-of-these", none_of_these_is_heard_with_their_words);
  g_test_add_func("/offer/link/upset", who_adds_hard_words_to_a_choice_is_among_the_upset);
  g_test_add_func("/offer/link/tells-staff", who_of_the_staff_wants_to_hear_is_told);
  g_test_add_func("/offer/link/runs-out-or-is-replaced", links_run_out_and_a_later_offer_takes_their_place);
  g_test_add_func("/offer/link/only-ours", only_our_own_links_open_anything);
  g_test_add_func("/offer/take-back", taking_the_answer_back_takes_the_offer_back);
  g_test_add_func("/offer/take-back/replaced-while-waiting", what_was_replaced_while_it_waited_still_goes_out);
  g_test_add_func("/offer/note", an_agent_notes_what_the_customer_wrote_or_said);
  g_test_add_func("/offer/complaint/answered-and-agreed", a_complaint_is_answered_when_the_mail_was_sent_and_agreed_by_the_link);
  g_test_add_func("/offer/complaint/declined", a_no_sends_the_complaint_back_to_be_investigated);
  g_test_add_func("/offer/complaint/answer-without-options", an_answer_without_options_can_be_agreed_to_as_well);
  g_test_add_func("/offer/complaint/final-response-after", a_final_response_counts_after_a_yes_and_after_our_no);
  g_test_add_func("/offer/complaint/letter-of-the-law", what_the_law_asks_for_is_sent_before_it_is_closed);
  g_test_add_func("/offer/merge", merging_takes_the_offer_along);
  g_test_add_func("/offer/merge/on-its-way", what_leaves_while_two_become_one_counts_for_the_survivor);
  g_test_add_func("/offer/guess/plain-answers", plain_answers_are_understood_and_others_left_to_a_person);
  g_test_add_func("/offer/guess/yes-or-no", a_single_option_takes_a_yes_or_a_no);
  return g_test_run();
}
