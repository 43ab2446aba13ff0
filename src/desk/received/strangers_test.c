// A property: whatever two customers' mails carry, they never end in one conversation, unless one of them named the other as a recipient
// or as where to answer. Each round writes random mails that quote any id, any token, any number and any shared address; nothing in
// them is a forged sender, which no desk can see.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"

#include <stdlib.h>

#define ROUNDS 6
#define MAILS 60

typedef struct Play {
  TestDesk *test;
  TextList ids, tokens; // that anybody may have come to know
  int count;
} Play;

// Each has several addresses; "-" is one that they share with nobody but a form both use.
static const char *const people[2][3] = {{"agnes@moor.example", "Agnes <AGNES@moor.example>", "agnes@home.example"},
                                         {"bram@visser.example", "Bram <bram@work.example>", "BRAM@Visser.example"}};

static int pick(int most) { return g_test_rand_int_range(0, most); }
static bool now_and_then(int percent) { return pick(100) < percent; }
static const char *any(const TextList *list, const char *otherwise) {
  return list->count ? list->items[pick((int)list->count)] : otherwise;
}

static void add_ids(Play *play, GString *mail, const char *header) {
  if (!now_and_then(60)) return;
  g_string_append_printf(mail, "%s:", header);
  for (int i = pick(4) + 1; i > 0; i--) g_string_append_printf(mail, " <%s>", any(&play->ids, "unknown@x"));
  g_string_append_c(mail, '\n');
}

static const char *random_mail(Play *play, int who) {
  Arena *arena = play->test->arena;
  g_autoptr(GString) mail = g_string_new(NULL);
  bool by_form = now_and_then(20);
  const char *own = people[who][pick(3)];
  g_string_append_printf(mail, "From: %s\n", by_form ? "form@shop.example" : own);
  if (by_form || now_and_then(20)) g_string_append_printf(mail, "Reply-To: %s\n", by_form ? own : people[who][pick(3)]);
  g_string_append_printf(mail, "To: %s\n", now_and_then(40) ? any(&play->tokens, "help@godwit.example") : "help@godwit.example");
  if (now_and_then(20)) g_string_append_printf(mail, "Cc: %s\n", any(&play->tokens, "help@godwit.example"));
  g_string_append_printf(mail, "Subject: %s [#%d]\n", now_and_then(50) ? "Re: A question" : "Another", 1001 + pick(12));
  const char *id = now_and_then(15) ? any(&play->ids, "first@x") : arena_printf(arena, "m%d@x", play->count);
  g_string_append_printf(mail, "Message-ID: <%s>\n", id);
  *list_add(arena, &play->ids) = id;
  add_ids(play, mail, "In-Reply-To");
  add_ids(play, mail, "References");
  if (now_and_then(10)) g_string_append(mail, "Auto-Submitted: auto-replied\n");
  g_string_append_printf(mail, "\nMail %d of %d.\n", play->count++, who);
  return arena_strndup(arena, mail->str, mail->len);
}

static void learn_what_was_sent(Play *play, int64_t number) {
  TestDesk *test = play->test;
  if (now_and_then(30)) {
    const Mail *sent = test_sent_mail(test, test_reply(test, number, "An answer."));
    *list_add(test->arena, &play->ids) = sent->message_id;
  }
  *list_add(test->arena, &play->tokens) = mail_address_with_tag(test->arena, "help@godwit.example",
                                                                reply_token(test->arena, test->desk, number));
}

static void now_and_then_solve(Play *play, int64_t number) {
  g_autoptr(GError) error = NULL;
  if (!now_and_then(15)) return;
  g_assert_true(conversation_solve(play->test->desk, &play->test->mira, number, &error));
  if (now_and_then(30)) play->test->clock.set_to += 40 * CLOCK_DAY;
}

// Who wrote a message: its body says so.
static int writer_of(const Message *message) { return (int)(strstr(message->body, " of ")[4] - '0'); }

static void assert_apart(Play *play, int64_t number) {
  Thread thread = test_thread(play->test, number);
  int owner = -1;
  list_each(const Message, message, &thread.messages) {
    if (message->kind != MESSAGE_CUSTOMER) continue;
    int writer = writer_of(message);
    if (owner < 0) owner = writer;
    g_assert_cmpint(writer, ==, owner);
  }
}

static void two_customers_never_share_a_conversation(void) {
  for (int round = 0; round < ROUNDS; round++) {
    g_autoptr(TestDesk) test = test_desk_new();
    Play play = {.test = test};
    test_set(test, "conversations-an-hour", "100000");
    test_set(test, "mails-an-hour", "100000");
    test_set(test, "reopens-a-day", "1000");
    for (int i = 0; i < MAILS; i++) {
      const char *raw = random_mail(&play, pick(2));
      const char *envelope = now_and_then(30) ? any(&play.tokens, "help@godwit.example") : "help@godwit.example";
      ReceivedResult result = test_take_for(test, raw, envelope);
      g_assert_cmpint(result.state, ==, RECEIVED_FILED);
      assert_apart(&play, result.number);
      bool is_answerable = test_thread(test, result.number).messages.items[0].answer_to[0] != '\0';
      if (is_answerable) learn_what_was_sent(&play, result.number);
      now_and_then_solve(&play, result.number);
      test->clock.set_to += CLOCK_MINUTE;
    }
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/received/thread/two-customers-never-share-a-conversation", two_customers_never_share_a_conversation);
  return g_test_run();
}
