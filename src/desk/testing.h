// A desk for tests: a fresh database of the kind under test, a clock that stands where the test puts it, repeatable randomness.
#pragma once

#include "db/testing.h"
#include "desk/conversation/conversation.h"
#include "desk/received/received.h"
#include "desk/staff/staff.h"

typedef struct TestDesk {
  Arena *arena;
  Clock clock; // move it by changing clock.set_to
  Random random;
  const char *where;
  Desk *desk;
  Staff mira, jonas; // two agents
} TestDesk;

TestDesk *test_desk_new(void); // with the mailbox help@godwit.example
void test_desk_free(TestDesk *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestDesk, test_desk_free)

// Takes in a mail written with \n line ends; must succeed.
ReceivedResult test_take(TestDesk *test, const char *raw);
ReceivedResult test_take_for(TestDesk *test, const char *raw, const char *envelope_to);
// The same with a Mail that the test made of `raw` and changed: what the parser of today does not say yet, or what a server added.
Mail *test_parse(TestDesk *test, const char *raw);
ReceivedResult test_take_parsed(TestDesk *test, const char *raw, const Mail *mail, const char *envelope_to);
// A plain mail: From, Message-ID <id>, and when they are not NULL the subject, In-Reply-To <parent> and body.
ReceivedResult test_write(TestDesk *test, const char *from, const char *id, const char *subject, const char *parent,
                          const char *body);

void test_set(TestDesk *test, const char *name, const char *value);   // a rule of the policy
int64_t test_reply(TestDesk *test, int64_t number, const char *text); // Mira answers; gives the message
const Mail *test_sent_mail(TestDesk *test, int64_t message_id);       // as it leaves
void test_tell_staff(TestDesk *test);                                 // what waits to go to them by mail is queued now
DeskCounts test_counts(TestDesk *test);                               // after a check that finds nothing wrong

Thread test_thread(TestDesk *test, int64_t number); // as its page shows it

// A German of few words: from the first call on there is the language "de", which says `english` so.
void test_teach_german(const char *english, const char *german);
