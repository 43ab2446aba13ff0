// What happened in this transaction: every line of a journal is noted here too, and just before the commit whatever follows from it is
// done once, in this order: rules (desk/rule), what is due by when (desk/due), and who is told (desk/notify).
//
// So a verb changes what it changes and writes its line; it does not know who listens. What rules do writes lines too, and these are
// gone through the same way, until nothing is left: see rule/rule.h for why that ends.
#pragma once

#include "desk/conversation/conversation.h"

typedef struct Happening {
  EventKind kind;
  int64_t number;
  int64_t actor_id;   // of the staff; 0: the desk itself, or the customer
  const char *detail; // as in the journal
  // OPENED and RECEIVED count when they were heard: a mail that is filed from an archive, or that is our own, opens a conversation and is
  // none that a rule or a person is told of.
  bool is_heard, is_by_machine;
  int64_t message_id;
  int64_t field_id;       // of FIELD: which
  const char *author_key; // of the address that wrote
  const char *words;      // for who is told by mail, in place of the message; ""
  int64_t root;           // what it began with: the same for all that rules set off
} Happening;
LIST_DEFINE(Happening)

// Internal to the desk. event_add calls the first. A customer's words that came now: `kind` is EVENT_OPENED or EVENT_RECEIVED.
void happening_note(Desk *desk, const Happening *happening);
void happening_heard(Desk *desk, EventKind kind, int64_t number, int64_t message_id, bool is_by_machine, const char *author_key,
                     const char *words);
void happening_of_field(Desk *desk, int64_t field_id); // what was noted last is about this field
// For who takes back what he tried: how many are noted, and that those after the first `count` did not happen.
size_t happening_count(Desk *desk);
void happening_forget(Desk *desk, size_t count);
// What is noted from now on was set off by a rule, and began with `root`; HAPPENING_OF_ITSELF: each has a root of its own again.
#define HAPPENING_OF_ITSELF (-1)
void happening_by_rule(Desk *desk, int64_t root);
int64_t happening_new_root(Desk *desk);
// Whether a rule comes to what began with `root` for the first time; it says TURN_SECOND once, so that this can be told.
typedef enum HappeningTurn { TURN_FIRST, TURN_SECOND, TURN_LATER } HappeningTurn;
HappeningTurn happening_take_turn(Desk *desk, int64_t rule_id, int64_t root);

void happening_join(Arena *arena, Desk *desk); // from now on with every transaction of desk->db
void happening_leave(Desk *desk);              // forgets what is noted
