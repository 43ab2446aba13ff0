// The file of a complaint: what the map says of each stage, also after a no and when work was done late, and the signed bundle, which
// any library can check with the key that it carries.
#include "desk/testing.h"

#include "base/json.h"
#include "desk/complaint/file.h"
#include "desk/complaint/handling.h"
#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"
#include "desk/remedy/limit.h"

#include <openssl/evp.h>
#include <sodium.h>

#define AGNES "Agnes Moor <agnes@moor.example>"

static int64_t a_complaint(TestDesk *test, const char *id) {
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, AGNES, id, "The lamp", NULL, "I am furious about this lamp. Nobody listens to me.").number;
  complaint_receive(test->desk, &test->mira, number, ORIGIN_PERSON, "", &error);
  g_assert_no_error(error);
  return number;
}

static void let_out(TestDesk *test) { // the mail server takes all that is due
  g_autoptr(GError) error = NULL;
  OutboxMail *mail = NULL;
  int64_t next = 0;
  while (outbox_claim(test->arena, test->desk, &mail, &next, &error) && mail)
    g_assert_true(outbox_settle_sent(test->desk, mail, "250 taken", &error));
  g_assert_no_error(error);
}

// Each thing happens an hour after the one before.
static void happen(TestDesk *test, int64_t number, ComplaintMove move) {
  g_autoptr(GError) error = NULL;
  test->clock.set_to += CLOCK_HOUR;
  if (!move.by_customer) move.actor = &test->mira;
  complaint_advance(test->desk, number, &move, &error);
  g_assert_no_error(error);
}

static void assess(TestDesk *test, int64_t number, const char *seeks) {
  g_autoptr(GError) error = NULL;
  test->clock.set_to += CLOCK_HOUR;
  Assessment assessment = {.severity = SEVERITY_MODERATE, .about = "A lamp", .seeks = seeks};
  complaint_assess(test->desk, &test->mira, number, &assessment, &error);
  g_assert_no_error(error);
}

static void answer(TestDesk *test, int64_t number, const char *text) {
  int64_t id = test_reply(test, number, text);
  let_out(test);
  happen(test, number, (ComplaintMove){.event = COMPLAINT_ANSWER, .message_id = id});
}

static ComplaintFile file_of(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  ComplaintFile file;
  complaint_file(test->arena, test->desk, number, &file, &error);
  g_assert_no_error(error);
  return file;
}

// "received receive, assessed assess, answered -": each stage that was reached with the event that stands for it, each that was passed.
static const char *way_of(TestDesk *test, int64_t number) {
  StageLine lines[STAGE_COUNT];
  const ComplaintFile file = file_of(test, number);
  const char *way = "";
  complaint_stages(&file, lines);
  for (unsigned i = 0; i < STAGE_COUNT; i++) {
    g_assert_cmpint(lines[i].stage, ==, i);
    const char *word = lines[i].step ? complaint_event_word(lines[i].step->event) : lines[i].is_passed ? "-" : NULL;
    if (word) way = arena_printf(test->arena, "%s%s%s %s", way, *way ? ", " : "", stage_word(i), word);
  }
  return way;
}

// ——— what it holds

static void what_is_no_complaint_has_no_file(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ComplaintFile file;
  int64_t number = test_write(test, AGNES, "a1@x", "A lamp", NULL, "Which bulb does it take?").number;
  g_assert_false(complaint_file(test->arena, test->desk, number, &file, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_NOT_FOUND);
}

static const char mail_with_files[] =
  "From: " AGNES "\nTo: help@godwit.example\nMessage-ID: <%s>\nSubject: The lamp\nMIME-Version: 1.0\n"
  "Content-Type: multipart/mixed; boundary=b\n\n"
  "--b\nContent-Type: text/plain\n\nI am angry. See the pictures.\n"
  "--b\nContent-Type: application/pdf; name=\"%s-one.pdf\"\nContent-Disposition: attachment\n\n%%PDF-1 %s\n"
  "--b\nContent-Type: application/pdf; name=\"%s-two.pdf\"\nContent-Disposition: attachment\n\n%%PDF-1 two %s\n--b--\n";

static void attachments_stand_with_their_own_message(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = test_take(test, arena_printf(test->arena, mail_with_files, "p1@x", "lamp", "a", "lamp", "b")).number;
  g_autoptr(GError) error = NULL;
  g_assert_true(complaint_receive(test->desk, &test->mira, number, ORIGIN_PERSON, "", &error));
  g_assert_cmpint(test_write(test, AGNES, "p2@x", "The lamp", "p1@x", "No picture here.").number, ==, number);
  const char *third = arena_printf(test->arena, mail_with_files, "p3@x>\nIn-Reply-To: <p1@x", "wire", "c", "wire", "d");
  g_assert_cmpint(test_take(test, third).number, ==, number);
  const ComplaintFile file = file_of(test, number);
  size_t with_files = 0;
  list_each(const FileMessage, message, &file.messages) {
    if (!message->attachment_count) continue;
    const char *name = with_files++ == 0 ? "lamp" : "wire";
    g_assert_cmpuint(message->attachment_count, ==, 2);
    g_assert_cmpstr(message->attachments[0].name, ==, arena_printf(test->arena, "%s-one.pdf", name));
    g_assert_cmpstr(message->attachments[1].name, ==, arena_printf(test->arena, "%s-two.pdf", name));
    g_assert_cmpuint(message->attachments[0].hash.size, ==, 32);
    g_assert_cmpuint(message->original_hash.size, ==, 32);
    for (size_t i = 0; i < 2; i++) g_assert_cmpint(message->attachments[i].message_id, ==, message->id);
  }
  g_assert_cmpuint(with_files, ==, 2);
}

// ——— the stages

static void a_straight_way(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = a_complaint(test, "a1@x");
  g_assert_cmpstr(way_of(test, number), ==, "received receive");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_ACKNOWLEDGE});
  assess(test, number, "A lamp that works");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_INVESTIGATE, .detail = "The wire was loose."});
  answer(test, number, "We send another one.");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_AGREE, .by_customer = true});
  g_assert_cmpstr(
    way_of(test, number), ==,
    "received receive, acknowledged acknowledge, assessed assess, investigated investigate, answered answer, agreed agree");
}

static void what_was_passed_over_is_known(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = a_complaint(test, "a1@x");
  int64_t id = test_reply(test, number, "Here is your lamp."); // and nothing has left yet, so it stands at received
  happen(test, number, (ComplaintMove){.event = COMPLAINT_ANSWER, .message_id = id});
  g_assert_cmpstr(way_of(test, number), ==, "received receive, acknowledged -, assessed -, investigated -, answered answer");
}

static void an_assessment_after_the_answer_is_one(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = a_complaint(test, "a1@x");
  int64_t id = test_reply(test, number, "Here is your lamp.");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_ANSWER, .message_id = id});
  assess(test, number, "A lamp that works");
  g_assert_cmpstr(way_of(test, number), ==, "received receive, acknowledged -, assessed assess, investigated -, answered answer");
}

static void their_no_opens_what_lay_ahead(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = a_complaint(test, "a1@x");
  assess(test, number, "A lamp that works");
  int64_t first = 0;
  happen(test, number, (ComplaintMove){.event = COMPLAINT_INVESTIGATE, .detail = "The wire was loose."});
  first = test->clock.set_to;
  answer(test, number, "We send you a wire.");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_DECLINE, .by_customer = true, .detail = "I want a lamp."});
  g_assert_cmpstr(way_of(test, number), ==, "received receive, acknowledged -, assessed assess, investigated investigate");
  StageLine lines[STAGE_COUNT];
  const ComplaintFile file = file_of(test, number);
  complaint_stages(&file, lines);
  g_assert_cmpint(lines[STAGE_INVESTIGATED].step->happened_at, ==, first); // the first time, since it did not fall back behind it
  g_assert_cmpstr(lines[STAGE_INVESTIGATED].step->detail, ==, "The wire was loose.");
}

static void what_is_found_after_their_no_stands_for_the_no(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = a_complaint(test, "a1@x");
  answer(test, number, "We send you a wire.");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_DECLINE, .by_customer = true, .detail = "I want a lamp."});
  g_assert_nonnull(strstr(way_of(test, number), "investigated decline"));
  assess(test, number, "A lamp");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_INVESTIGATE, .detail = "Our fault."});
  happen(test, number, (ComplaintMove){.event = COMPLAINT_INVESTIGATE, .detail = "And the shop's."});
  g_assert_nonnull(strstr(way_of(test, number), "assessed assess, investigated investigate"));
  StageLine lines[STAGE_COUNT];
  const ComplaintFile file = file_of(test, number);
  complaint_stages(&file, lines);
  g_assert_cmpstr(lines[STAGE_INVESTIGATED].step->detail, ==, "Our fault.");
}

static void opened_again_it_is_not_closed(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = a_complaint(test, "a1@x");
  answer(test, number, "We send you a lamp.");
  happen(test, number, (ComplaintMove){.event = COMPLAINT_AGREE, .by_customer = true});
  happen(test, number, (ComplaintMove){.event = COMPLAINT_CLOSE});
  g_assert_nonnull(strstr(way_of(test, number), "remedied -, followed-up -, closed close"));
  happen(test, number, (ComplaintMove){.event = COMPLAINT_REOPEN, .detail = "It never came."});
  g_assert_null(strstr(way_of(test, number), "closed"));
  g_assert_null(strstr(way_of(test, number), "agreed"));
  g_assert_nonnull(strstr(way_of(test, number), "investigated reopen"));
}

// ——— the bundle

static Bytes part_of(TestDesk *test, const Json *bundle, const char *name) {
  const char *text = json_string_value(json_object_get(bundle, name));
  size_t size = 0;
  unsigned char *bytes = arena_make_array(test->arena, unsigned char, strlen(text));
  g_assert_cmpint(
    sodium_base642bin(bytes, strlen(text), text, strlen(text), NULL, &size, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING), ==,
    0);
  return bytes_of(bytes, size);
}

// What a stranger with OpenSSL finds: RFC 7515, 5.2, with the key of the header.
static bool is_genuine(TestDesk *test, const char *text) {
  g_autoptr(Json) bundle = json_loads(text, 0, NULL);
  Bytes protected = part_of(test, bundle, "protected"), signature = part_of(test, bundle, "signature");
  g_autoptr(Json) header = json_loadb((const char *)protected.data, protected.size, 0, NULL);
  g_assert_cmpstr(json_string_value(json_object_get(header, "alg")), ==, "EdDSA");
  Bytes key = part_of(test, json_object_get(header, "jwk"), "x");
  g_assert_cmpuint(key.size, ==, 32);
  g_assert_cmpuint(signature.size, ==, 64);
  const char *input = arena_printf(test->arena, "%s.%s", json_string_value(json_object_get(bundle, "protected")),
                                   json_string_value(json_object_get(bundle, "payload")));
  EVP_PKEY *public = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key.data, key.size);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  g_assert_cmpint(EVP_DigestVerifyInit(context, NULL, NULL, NULL, public), ==, 1);
  bool is_good = EVP_DigestVerify(context, signature.data, signature.size, (const unsigned char *)input, strlen(input)) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(public);
  return is_good;
}

// Another letter of the same alphabet in the middle of a member.
static const char *with_a_letter_changed(TestDesk *test, const char *text, const char *member) {
  char *changed = arena_strdup(test->arena, text);
  char *at = strstr(changed, arena_printf(test->arena, "\"%s\":\"", member)) + strlen(member) + 4 + 20;
  *at = *at == 'A' ? 'B' : 'A';
  return changed;
}

static void any_library_can_check_the_bundle(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = a_complaint(test, "a1@x");
  const ComplaintFile file = file_of(test, number);
  const char *text = complaint_bundle(test->arena, test->desk, &file);
  g_assert_true(is_genuine(test, text));
  g_assert_false(is_genuine(test, with_a_letter_changed(test, text, "signature")));
  g_assert_false(is_genuine(test, with_a_letter_changed(test, text, "payload")));
}

static void its_key_is_the_desks_own_and_stays(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = a_complaint(test, "a1@x");
  const ComplaintFile file = file_of(test, number);
  g_autoptr(Json) bundle = json_loads(complaint_bundle(test->arena, test->desk, &file), 0, NULL);
  Bytes bytes = part_of(test, bundle, "protected");
  g_autoptr(Json) header = json_loadb((const char *)bytes.data, bytes.size, 0, NULL);
  const char *kid = json_string_value(json_object_get(header, "kid"));
  g_assert_cmpstr(kid, ==, bundle_key_fingerprint(test->arena, test->desk));
  g_assert_cmpuint(strlen(kid), ==, 43); // 32 bytes, base64url
  test->clock.set_to += 400 * CLOCK_DAY;
  g_assert_cmpstr(kid, ==, bundle_key_fingerprint(test->arena, test->desk));
  test->desk->secret[0] ^= 1; // as another desk has it
  g_assert_cmpstr(kid, !=, bundle_key_fingerprint(test->arena, test->desk));
}

static const char *word_at(const Json *object, const char *name) { return json_string_value(json_object_get(object, name)); }

static void the_bundle_holds_everything(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = a_complaint(test, "a1@x"), note = 0, remedy = 0;
  assess(test, number, "A lamp that works");
  ReplyDraft words = {.number = number, .text = "She rang twice."};
  ReplyOutcome kept;
  g_assert_true(conversation_note(test->arena, test->desk, &test->jonas, &words, &kept, &note, &error));
  RemedyDraft draft = {
    .number = number, .kind = REMEDY_APOLOGY, .currency = "EUR", .reason = "We did not listen.", .seen_id = REMEDY_UNSEEN};
  RemedyOutcome outcome;
  const char *why = NULL;
  g_assert_true(remedy_give(test->arena, test->desk, &test->mira, &draft, &outcome, &remedy, &why, &error));
  g_assert_cmpint(outcome, ==, REMEDY_DONE);
  answer(test, number, "We send another one.");
  const ComplaintFile file = file_of(test, number);
  g_autoptr(Json) json = json_loads(complaint_json(test->arena, test->desk, &file), 0, NULL);
  g_assert_cmpstr(word_at(json, "stage"), ==, "answered");
  g_assert_cmpstr(word_at(json, "seeks"), ==, "A lamp that works");
  const Json *messages = json_object_get(json, "messages"), *remedies = json_object_get(json, "remedies");
  g_assert_cmpuint(json_array_size(messages), ==, file.messages.count);
  g_assert_cmpuint(json_array_size(messages), ==, 4); // theirs, the acknowledgement, the note, the answer
  g_assert_cmpstr(word_at(json_array_get(messages, 0), "kind"), ==, "customer");
  g_assert_cmpuint(strlen(word_at(json_array_get(messages, 0), "original_sha256")), ==, 64);
  g_assert_cmpstr(word_at(json_array_get(messages, 2), "text"), ==, "She rang twice.");
  g_assert_cmpstr(word_at(json_array_get(messages, 3), "from"), ==, "Mira Lindqvist");
  g_assert_cmpuint(json_array_size(remedies), ==, 1);
  g_assert_cmpstr(word_at(json_array_get(remedies, 0), "kind"), ==, "apology");
  g_assert_cmpstr(word_at(json_array_get(remedies, 0), "reason"), ==, "We did not listen.");
  g_assert_cmpstr(word_at(json_array_get(remedies, 0), "by"), ==, "Mira Lindqvist");
  g_assert_true(json_is_null(json_object_get(json_array_get(remedies, 0), "carried_out")));
  g_assert_cmpuint(json_array_size(json_object_get(json, "steps")), ==, file.steps.count);
  g_assert_cmpuint(json_array_size(json_object_get(json, "clocks")), ==, file.clocks.count);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/complaint/file/none", what_is_no_complaint_has_no_file);
  g_test_add_func("/complaint/file/attachments", attachments_stand_with_their_own_message);
  g_test_add_func("/complaint/stages/straight", a_straight_way);
  g_test_add_func("/complaint/stages/passed-over", what_was_passed_over_is_known);
  g_test_add_func("/complaint/stages/late-assessment", an_assessment_after_the_answer_is_one);
  g_test_add_func("/complaint/stages/declined", their_no_opens_what_lay_ahead);
  g_test_add_func("/complaint/stages/found-after-no", what_is_found_after_their_no_stands_for_the_no);
  g_test_add_func("/complaint/stages/reopened", opened_again_it_is_not_closed);
  g_test_add_func("/complaint/bundle/any-library-checks-it", any_library_can_check_the_bundle);
  g_test_add_func("/complaint/bundle/key", its_key_is_the_desks_own_and_stays);
  g_test_add_func("/complaint/bundle/everything", the_bundle_holds_everything);
  return g_test_run();
}
