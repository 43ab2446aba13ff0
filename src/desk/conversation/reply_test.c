// What an answer becomes: the mail that leaves, who gets it, and taking it back in time.
#include "desk/testing.h"

#include "desk/brand/brand.h"
#include "desk/conversation/verbs.h"
#include "desk/draft/draft.h"
#include "desk/mailbox/mailbox.h"
#include "desk/outbox/outbox.h"
#include "desk/staff/staff.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define HOLD (10 * CLOCK_SECOND)

static ReplyOutcome try_reply(TestDesk *test, const ReplyDraft *draft, int64_t *out_id) {
  g_autoptr(GError) error = NULL;
  ReplyOutcome outcome;
  conversation_reply(test->arena, test->desk, &test->mira, draft, &outcome, out_id, &error);
  g_assert_no_error(error);
  return outcome;
}

static int64_t reply(TestDesk *test, const ReplyDraft *draft) {
  int64_t id = 0;
  g_assert_cmpint(try_reply(test, draft, &id), ==, REPLY_KEPT);
  return id;
}

static Bytes bytes_of_message(TestDesk *test, int64_t id) {
  g_autoptr(GError) error = NULL;
  Bytes raw;
  message_original(test->arena, test->desk, id, &raw, &error);
  g_assert_no_error(error);
  return raw;
}

static const Mail *mail_of(TestDesk *test, int64_t id) { return mail_parse(test->arena, bytes_of_message(test, id)); }

static int64_t one_conversation(TestDesk *test) {
  return test_write(test, AGNES, "a1@x", "My bell", NULL, "Hello,\nmy bell is broken.\n*Sad* <b>me</b>").number;
}

static OutboxMail *claim(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  OutboxMail *mail = NULL;
  int64_t next = 0;
  outbox_claim(test->arena, test->desk, &mail, &next, &error);
  g_assert_no_error(error);
  return mail;
}

static OutboxMail *claim_of(TestDesk *test, int64_t id) { // past the acknowledgement
  OutboxMail *mail = claim(test);
  while (mail && mail->message_id != id) mail = claim(test);
  return mail;
}

// ——— the mail

static void the_mail_says_it_in_text_and_html(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  g_assert_true(staff_set_signature(test->desk, test->mira.id, "Mira Lindqvist, workshop", &error));
  const Mail *mail = mail_of(
    test, reply(test, &(ReplyDraft){.number = number, .text = "Dear Agnes,\n\na **new** bell is on its way."}));
  const char *token = reply_token(test->arena, test->desk, number);
  const char *text = arena_printf(test->arena,
                                  "Dear Agnes,\n\na **new** bell is on its way.\n\n-- \nMira Lindqvist, workshop\n"
                                  "Godwit Cycles, the Old Tannery\n\n[ref %s]\n\n"
                                  "On 22 November 2026 at 09:00, Agnes Moor wrote:\n"
                                  "> Hello,\n> my bell is broken.\n> *Sad* <b>me</b>\n",
                                  token);
  g_assert_cmpstr(mail->text, ==, text);
  g_assert_nonnull(strstr(mail->html, "<p>a <strong>new</strong> bell is on its way.</p>"));
  g_assert_nonnull(strstr(mail->html, "-- <br>\nMira Lindqvist, workshop<br>\nGodwit Cycles, the Old Tannery"));
  g_assert_nonnull(strstr(mail->html, "type=\"cite\""));
  g_assert_nonnull(strstr(mail->html, "*Sad* &lt;b&gt;me&lt;/b&gt;")); // a customer's words are never markup
  g_assert_null(strstr(mail->html, "<b>me"));
}

// The other side of it: our own reader finds the customer's answer in a mail that quotes ours.
static void its_quote_folds_again(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  static const struct {
    const char *body, *attribution;
  } languages[] = {
    {"Guten Tag, ich habe das Paket noch immer nicht bekommen und warte seit zwei Wochen auf die Lieferung.",
     "schrieb Agnes Moor:"},
    {"Bonjour, je n'ai toujours pas reçu ma commande et je ne suis pas contente de votre service.", "Agnes Moor a écrit :"},
    {"Hello, I have not got my order and I am waiting for it since two weeks.", "Agnes Moor wrote:"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
    const char *id = arena_printf(test->arena, "q%zu@x", i);
    int64_t number = test_write(test, AGNES, id, arena_printf(test->arena, "Mail %zu", i), NULL, languages[i].body).number;
    const Mail *mail = mail_of(test, reply(test, &(ReplyDraft){.number = number, .text = "It is on its way."}));
    g_assert_nonnull(strstr(mail->text, languages[i].attribution));
    g_assert_cmpstr(mail->reply, ==, "It is on its way.");
    g_assert_nonnull(strstr(mail->quoted, languages[i].body));
  }
}

static void shows_the_pictures_that_the_words_name(void) { // doc/mail.md 24, 25
  g_autoptr(TestDesk) test = test_desk_new();
  ReplyDraft draft = {.number = one_conversation(test), .text = "So:\n\n![the bell](bell.png)"};
  *list_add(test->arena,
            &draft.attachments) = (MailAttachment){.name = "bell.png", .type = "image/png", .bytes = bytes_of_text("png1")};
  *list_add(test->arena,
            &draft.attachments) = (MailAttachment){.name = "other.png", .type = "image/png", .bytes = bytes_of_text("png2")};
  const Mail *mail = mail_of(test, reply(test, &draft));
  g_assert_cmpuint(mail->attachments.count, ==, 2);
  list_each(const MailAttachment, file, &mail->attachments)
    g_assert_cmpint(file->is_inline, ==, strcmp(file->name, "bell.png") == 0);
  g_assert_nonnull(strstr(mail->html, "<img src=\"cid:picture1."));
}

// A PNG of 400 by 100, as far as its header.
static const unsigned char logo[] = {0x89, 'P', 'N',  'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I',  'H',  'D',  'R', 0,
                                     0,    1,   0x90, 0,   0,    0,    100,  8,    2, 0, 0, 0,  0xfd, 0xd4, 0x9a, 0x73};

static void set_logo(TestDesk *test, Bytes picture) {
  g_autoptr(GError) error = NULL;
  brand_set_logo(test->desk, NULL, picture, &error);
  g_assert_no_error(error);
}

static void the_logo_travels_with_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  const Mail *plain = mail_of(test, reply(test, &(ReplyDraft){.number = number, .text = "Yes."}));
  g_assert_null(strstr(plain->html, "<img"));
  set_logo(test, bytes_of(logo, sizeof logo));
  g_assert_true(brand_set(test->desk, NULL, "Godwit & Daughters", ACCENT_PLUM, &error));
  g_assert_true(desk_rename(test->desk, "Godwit & Daughters", &error));
  const Mail *mail = mail_of(test, reply(test, &(ReplyDraft){.number = number, .text = "Yes."}));
  g_assert_cmpstr(mail->text, ==, plain->text);                        // who reads plain text sees none of it
  g_assert_nonnull(strstr(mail->html, "width=\"112\" height=\"28\"")); // small
  g_assert_nonnull(strstr(mail->html, "alt=\"Logo\""));
  g_assert_nonnull(strstr(mail->html, "<font color=\"#73336f\"><b>Godwit &amp; Daughters</b>"));
  g_assert_null(strstr(mail->html, "http")); // nothing is loaded from elsewhere
  g_assert_cmpuint(mail->attachments.count, ==, 1);
  g_assert_true(mail->attachments.items[0].is_inline);
  g_assert_true(bytes_equal(mail->attachments.items[0].bytes, bytes_of(logo, sizeof logo)));
  Thread thread = test_thread(test, number);
  list_each(const Message, message, &thread.messages)
    g_assert_cmpuint(message->attachments.count, ==, 0); // no file of the answer's
}

static void a_logo_that_does_not_suit_mails_stays_at_home(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  unsigned char *large = arena_alloc(test->arena, BRAND_MARK_MOST + 1);
  memset(large, 0, BRAND_MARK_MOST + 1);
  memcpy(large, logo, sizeof logo);
  const unsigned char webp[30] = "RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x01";
  const Bytes unfit[] = {bytes_of(large, BRAND_MARK_MOST + 1), bytes_of(webp, sizeof webp)};
  for (size_t i = 0; i < G_N_ELEMENTS(unfit); i++) {
    set_logo(test, unfit[i]);
    g_assert_null(strstr(mail_of(test, reply(test, &(ReplyDraft){.number = number, .text = "Yes."}))->html, "<img"));
  }
  set_logo(test, bytes_of(logo, sizeof logo));
  g_assert_true(brand_set_in_mails(test->desk, NULL, false, &error));
  g_assert_null(strstr(mail_of(test, reply(test, &(ReplyDraft){.number = number, .text = "Yes."}))->html, "<img"));
}

static void our_logo_that_an_answer_brings_back_is_no_file(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  set_logo(test, bytes_of(logo, sizeof logo));
  const Mail *mail = mail_of(test, reply(test, &(ReplyDraft){.number = number, .text = "Yes."}));
  g_autofree char *bytes = g_base64_encode(logo, sizeof logo);
  const char *answer = arena_printf(
    test->arena,
    "From: " AGNES "\nSubject: Re: My bell\nMessage-ID: <a2@x>\nIn-Reply-To: <%s>\nMIME-Version: 1.0\n"
    "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
    "<p>Thank you.</p><img src=\"cid:theirs\"><blockquote><img src=\"cid:ours\"></blockquote>\n"
    "--b\nContent-Type: image/png; name=image001.png\nContent-ID: <ours>\nContent-Disposition: inline\n"
    "Content-Transfer-Encoding: base64\n\n%s\n"
    "--b\nContent-Type: image/png; name=bell.png\nContent-ID: <theirs>\nContent-Disposition: inline\n\npng\n--b--\n",
    mail->message_id, bytes);
  g_assert_cmpint(test_take(test, answer).number, ==, number);
  Thread thread = test_thread(test, number);
  const Message *newest = &thread.messages.items[thread.messages.count - 1];
  g_assert_cmpuint(newest->attachments.count, ==, 1);
  g_assert_cmpstr(newest->attachments.items[0].name, ==, "bell.png");
}

static void an_answer_that_lost_everything_but_the_quote_comes_home(void) { // doc/mail.md 2
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  const Mail *mail = mail_of(test, reply(test, &(ReplyDraft){.number = number, .text = "Is it the small one?"}));
  const char *answer = arena_printf(test->arena, "Yes.\n\nGodwit wrote:\n> %s", strstr(mail->text, "[ref "));
  g_assert_cmpint(test_write(test, AGNES, "new1@ses", "Bell", NULL, answer).number, ==, number);
  g_assert_cmpint(test_write(test, "Eve <eve@evil.example>", "new2@ses", "Bell", NULL, answer).number, !=, number);
  g_autofree char *forged = g_strdup(answer);
  strstr(forged, "[ref ")[6] ^= 1; // another number with the same signature
  g_assert_cmpint(test_write(test, AGNES, "new3@ses", "Bell", NULL, forged).number, !=, number);
}

static void the_sender_is_named_as_the_mailbox_wants_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  MailboxList mailboxes = {0};
  int64_t number = one_conversation(test);
  g_assert_true(mailbox_list(test->arena, test->desk, &mailboxes, &error));
  Mailbox mailbox = mailboxes.items[0];
  mailbox.sender = "{{first}} at {{mailbox}}";
  g_assert_true(mailbox_change(test->desk, &mailbox, &error));
  g_assert_cmpstr(mail_of(test, reply(test, &(ReplyDraft){.number = number, .text = "Yes."}))->from.name, ==,
                  "Mira at Godwit Cycles");
  mailbox.zone = "Europe/Nowhere";
  g_assert_false(mailbox_change(test->desk, &mailbox, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

// ——— recipients

static MailAddressList addresses(TestDesk *test, const char *text) {
  MailAddressList list = {0};
  const char *wrong = NULL;
  g_assert_true(recipients_read(test->arena, text, &list, &wrong));
  return list;
}

static void copies_go_to_others_seen_and_unseen(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  ReplyDraft draft = {.number = number, .text = "Yes."};
  draft.cc = addresses(test, "Bruno Falk <bruno@x.example>, agnes@moor.example; BRUNO@x.example");
  draft.bcc = addresses(test, "boss@godwit.example\ncarla@y.example");
  int64_t id = reply(test, &draft);
  Bytes raw = bytes_of_message(test, id);
  const Mail *mail = mail_parse(test->arena, raw);
  g_assert_cmpuint(mail->to.count, ==, 1);
  g_assert_cmpuint(mail->cc.count, ==, 1); // the customer stands in To already
  g_assert_cmpstr(mail->cc.items[0].address, ==, "bruno@x.example");
  g_assert_null(memmem(raw.data, raw.size, "carla", 5));
  g_assert_null(memmem(raw.data, raw.size, "Bcc", 3));
  const OutboxMail *sent = claim_of(test, id);
  g_assert_cmpuint(sent->waiting_for.count, ==, 4);
  Thread thread = test_thread(test, number);
  const Message *message = &thread.messages.items[thread.messages.count - 1];
  g_assert_cmpuint(message->sent_to.count, ==, 4); // agents see all of them
  g_assert_cmpint(message->sent_to.items[3].role, ==, RECIPIENT_BCC);
  g_assert_cmpstr(message->sent_to.items[3].address, ==, "carla@y.example");
  // Who got a copy may answer into it; who got it unseen opens a conversation of their own.
  g_assert_cmpint(test_write(test, "bruno@x.example", "b1@x", NULL, mail->message_id, "And the saddle?").number, ==, number);
  g_assert_cmpint(test_write(test, "carla@y.example", "c1@x", NULL, mail->message_id, "Fine.").number, !=, number);
}

static void addresses_that_cannot_be_used_send_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  MailAddressList list = {0};
  const char *wrong = NULL;
  g_assert_false(recipients_read(test->arena, "a@b.example, Bruno", &list, &wrong));
  g_assert_cmpstr(wrong, ==, "Bruno");
  g_assert_true(recipients_read(test->arena, " ,; ", &(MailAddressList){0}, &wrong));
  ReplyDraft draft = {.number = one_conversation(test), .text = "Yes."};
  int64_t id = 0;
  draft.cc = addresses(test, "help+x@godwit.example"); // ourselves
  g_assert_cmpint(try_reply(test, &draft, &id), ==, REPLY_WRONG_RECIPIENT);
  draft.cc = (MailAddressList){0};
  *list_add(test->arena, &draft.bcc) = (MailAddress){"", "a@b.example>\r\nBcc: <c@d.example"};
  g_assert_cmpint(try_reply(test, &draft, &id), ==, REPLY_WRONG_RECIPIENT);
  draft.bcc = (MailAddressList){0};
  for (int i = 0; i < RECIPIENTS_MOST; i++)
    *list_add(test->arena, &draft.bcc) = (MailAddress){"", arena_printf(test->arena, "a%d@b.example", i)};
  g_assert_cmpint(try_reply(test, &draft, &id), ==, REPLY_WRONG_RECIPIENT); // and the customer
  draft.bcc.count--;
  g_assert_cmpint(try_reply(test, &draft, &id), ==, REPLY_KEPT);
}

// ——— taking back

static TakeBackOutcome take_back(TestDesk *test, int64_t id) {
  g_autoptr(GError) error = NULL;
  TakeBackOutcome outcome;
  conversation_take_back(test->desk, &test->mira, id, &outcome, &error);
  g_assert_no_error(error);
  return outcome;
}

static Draft *draft_of(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  Draft *draft = NULL;
  draft_load(test->arena, test->desk, test->mira.id, number, DRAFT_REPLY, &draft, &error);
  g_assert_no_error(error);
  return draft;
}

static void assert_in_order(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  TextList findings = {0};
  g_assert_true(desk_verify(test->arena, test->desk, &findings, &error));
  g_assert_cmpuint(findings.count, ==, 0);
}

static void an_answer_waits_before_it_is_sent(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test), id = reply(test, &(ReplyDraft){.number = number, .text = "Yes.", .hold = HOLD});
  g_assert_null(claim_of(test, id));
  test->clock.set_to += HOLD - 1;
  g_assert_null(claim_of(test, id));
  test->clock.set_to += 1;
  g_assert_nonnull(claim_of(test, id));
}

static void taken_back_it_is_as_if_it_had_never_been(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  Thread before = test_thread(test, number);
  test->clock.set_to += CLOCK_MINUTE;
  ReplyDraft draft = {.number = number, .text = "Dear Agnes,\n\nyes.", .hold = HOLD, .solve = true};
  draft.cc = addresses(test, "bruno@x.example");
  draft.bcc = addresses(test, "boss@godwit.example");
  *list_add(test->arena,
            &draft.attachments) = (MailAttachment){.name = "plan.pdf", .type = "application/pdf", .bytes = bytes_of_text("pdf")};
  int64_t id = reply(test, &draft);
  g_assert_cmpint(test_thread(test, number).conversation->state, ==, CONVERSATION_SOLVED);
  g_assert_cmpint(take_back(test, id), ==, TAKE_BACK_DONE);
  Thread after = test_thread(test, number);
  const Conversation *was = before.conversation, *is = after.conversation;
  g_assert_cmpint(is->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(is->solved_at, ==, 0);
  g_assert_cmpint(is->waiting_since, ==, was->waiting_since);
  g_assert_cmpint(is->assignee_id, ==, 0);
  g_assert_cmpint(is->last_message_id, ==, was->last_message_id);
  g_assert_cmpint(is->last_message_at, ==, was->last_message_at);
  g_assert_cmpint(is->message_count, ==, was->message_count);
  g_assert_cmpuint(after.messages.count, ==, before.messages.count);
  g_assert_cmpuint(after.participants.count, ==, before.participants.count);
  const Draft *kept = draft_of(test, number);
  g_assert_cmpstr(kept->text, ==, "Dear Agnes,\n\nyes.");
  g_assert_cmpstr(kept->cc, ==, "bruno@x.example");
  g_assert_cmpstr(kept->bcc, ==, "boss@godwit.example");
  g_assert_cmpuint(kept->attachments.count, ==, 1);
  g_assert_cmpstr(kept->attachments.items[0].name, ==, "plan.pdf");
  test->clock.set_to += CLOCK_DAY;
  g_assert_null(claim_of(test, id));
  assert_in_order(test);
}

static void sent_again_from_the_draft_it_has_its_files(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = one_conversation(test);
  ReplyDraft draft = {.number = number, .text = "See here.", .hold = HOLD};
  *list_add(test->arena,
            &draft.attachments) = (MailAttachment){.name = "a.pdf", .type = "application/pdf", .bytes = bytes_of_text("A")};
  *list_add(test->arena,
            &draft.attachments) = (MailAttachment){.name = "b.pdf", .type = "application/pdf", .bytes = bytes_of_text("B")};
  take_back(test, reply(test, &draft));
  const Draft *kept = draft_of(test, number);
  ReplyDraft again = {.number = number, .text = kept->text};
  *list_add(test->arena, &again.kept) = kept->attachments.items[1].id; // the other was taken out
  *list_add(test->arena, &again.kept) = 999;                           // somebody else's, or nobody's
  const Mail *mail = mail_of(test, reply(test, &again));
  g_assert_cmpuint(mail->attachments.count, ==, 1);
  g_assert_cmpstr(mail->attachments.items[0].name, ==, "b.pdf");
  g_assert_true(bytes_equal(mail->attachments.items[0].bytes, bytes_of_text("B")));
  g_assert_null(draft_of(test, number));
}

static void what_others_did_meanwhile_stays(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  int64_t waited = test_thread(test, number).conversation->waiting_since;
  test->clock.set_to += CLOCK_HOUR;
  int64_t id = reply(test, &(ReplyDraft){.number = number, .text = "Yes.", .hold = HOLD, .solve = true});
  int64_t newest = test_write(test, AGNES, "a2@x", NULL, "a1@x", "Never mind.").message_id; // opens it again
  g_assert_true(conversation_assign(test->desk, &test->jonas, number, test->jonas.id, &error));
  g_assert_cmpint(take_back(test, id), ==, TAKE_BACK_DONE);
  const Conversation *is = test_thread(test, number).conversation;
  g_assert_cmpint(is->assignee_id, ==, test->jonas.id);
  g_assert_cmpint(is->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(is->waiting_since, ==, waited);
  g_assert_cmpint(is->last_message_id, ==, newest);
  assert_in_order(test);
}

static void too_late_is_said_kindly(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test), id = reply(test, &(ReplyDraft){.number = number, .text = "Yes.", .hold = HOLD});
  test->clock.set_to += HOLD;
  OutboxMail *mail = claim_of(test, id);
  g_assert_cmpint(take_back(test, id), ==, TAKE_BACK_TOO_LATE);
  g_assert_true(outbox_settle_sent(test->desk, mail, "250", &error));
  g_assert_cmpint(take_back(test, id), ==, TAKE_BACK_TOO_LATE);
  g_assert_null(draft_of(test, number));
  int64_t at_once = reply(test, &(ReplyDraft){.number = number, .text = "And this."}); // undo is switched off
  g_assert_cmpint(take_back(test, at_once), ==, TAKE_BACK_TOO_LATE);
}

static void two_tabs_take_it_back_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test), id = reply(test, &(ReplyDraft){.number = number, .text = "Yes.", .hold = HOLD});
  TakeBackOutcome outcome;
  g_assert_false(conversation_take_back(test->desk, &test->jonas, id, &outcome, &error)); // not his
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_assert_cmpint(take_back(test, id), ==, TAKE_BACK_DONE);
  g_assert_cmpint(take_back(test, id), ==, TAKE_BACK_GONE);
  g_assert_cmpstr(draft_of(test, number)->text, ==, "Yes.");
}

// A colleague who has seen the answer must still be stopped by what comes after it.
static void its_number_is_given_to_nobody_else(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test), id = reply(test, &(ReplyDraft){.number = number, .text = "Yes.", .hold = HOLD});
  take_back(test, id);
  g_assert_cmpint(test_write(test, AGNES, "a2@x", NULL, "a1@x", "More.").message_id, >, id);
  ReplyDraft draft = {.number = number, .text = "No.", .seen_message_id = id};
  ReplyOutcome outcome;
  int64_t other = 0;
  g_assert_true(conversation_reply(test->arena, test->desk, &test->jonas, &draft, &outcome, &other, &error));
  g_assert_cmpint(outcome, ==, REPLY_THREAD_CHANGED);
}

static void a_draft_keeps_what_is_ticked_and_adds_what_is_new(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = one_conversation(test);
  MailAttachmentList files = {0};
  IntList kept = {0};
  *list_add(test->arena, &files) = (MailAttachment){.name = "a.txt", .type = "text/plain", .bytes = bytes_of_text("A")};
  *list_add(test->arena, &files) = (MailAttachment){.name = "b.txt", .type = "text/plain", .bytes = bytes_of_text("B")};
  g_assert_true(
    draft_keep(test->desk, test->mira.id, number, DRAFT_REPLY, &(DraftInput){"One", "c@d.example", "", &kept, &files}, &error));
  *list_add(test->arena, &kept) = draft_of(test, number)->attachments.items[1].id;
  files.count = 1;
  files.items[0].name = "c.txt";
  g_assert_true(draft_keep(test->desk, test->mira.id, number, DRAFT_REPLY, &(DraftInput){"Two", "", "", &kept, &files}, &error));
  const Draft *draft = draft_of(test, number);
  g_assert_cmpstr(draft->text, ==, "Two");
  g_assert_cmpuint(draft->attachments.count, ==, 2);
  g_assert_cmpstr(draft->attachments.items[0].name, ==, "b.txt");
  g_assert_cmpstr(draft->attachments.items[1].name, ==, "c.txt");
  MailAttachmentList taken = {0};
  *list_add(test->arena, &kept) = draft->attachments.items[1].id;
  g_assert_true(draft_take_files(test->arena, test->desk, test->jonas.id, number, DRAFT_REPLY, &kept, &taken, &error));
  g_assert_cmpuint(taken.count, ==, 0); // another's draft is nobody's business
  g_assert_true(draft_discard(test->desk, test->mira.id, number, DRAFT_REPLY, &error));
  g_assert_null(draft_of(test, number));
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/reply/mail/text-and-html", the_mail_says_it_in_text_and_html);
  g_test_add_func("/reply/mail/its-quote-folds-again", its_quote_folds_again);
  g_test_add_func("/reply/mail/case-25-pictures", shows_the_pictures_that_the_words_name);
  g_test_add_func("/reply/mail/logo", the_logo_travels_with_it);
  g_test_add_func("/reply/mail/logo-unfit", a_logo_that_does_not_suit_mails_stays_at_home);
  g_test_add_func("/reply/mail/logo-comes-back", our_logo_that_an_answer_brings_back_is_no_file);
  g_test_add_func("/reply/mail/case-2-mark-in-the-text", an_answer_that_lost_everything_but_the_quote_comes_home);
  g_test_add_func("/reply/mail/sender", the_sender_is_named_as_the_mailbox_wants_it);
  g_test_add_func("/reply/recipients/copies", copies_go_to_others_seen_and_unseen);
  g_test_add_func("/reply/recipients/unusable", addresses_that_cannot_be_used_send_nothing);
  g_test_add_func("/reply/undo/waits", an_answer_waits_before_it_is_sent);
  g_test_add_func("/reply/undo/as-before", taken_back_it_is_as_if_it_had_never_been);
  g_test_add_func("/reply/undo/sent-again", sent_again_from_the_draft_it_has_its_files);
  g_test_add_func("/reply/undo/what-others-did", what_others_did_meanwhile_stays);
  g_test_add_func("/reply/undo/too-late", too_late_is_said_kindly);
  g_test_add_func("/reply/undo/two-tabs", two_tabs_take_it_back_once);
  g_test_add_func("/reply/undo/its-number-stays-its-own", its_number_is_given_to_nobody_else);
  g_test_add_func("/reply/draft", a_draft_keeps_what_is_ticked_and_adds_what_is_new);
  return g_test_run();
}
