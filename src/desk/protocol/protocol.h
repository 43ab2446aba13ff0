// Protocols: for a behaviour or a situation, the ordered steps of an answer. Supervisors edit them; see guide.h for their history.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/protocol/guide.h"

typedef struct ProtocolStep {
  const char *key;     // stays when the title changes: "restate"
  const char *title;   // "Say back what you understood"
  const char *action;  // what to do, in one plain sentence
  const char *example; // words that do it; ""
  StepCheck check;     // what the coach must see for the step to be done
} ProtocolStep;
LIST_DEFINE(ProtocolStep)

#define PROTOCOL_STEPS_MOST 12

typedef struct Protocol {
  Guide guide;
  GuideHead head;
  const char *why; // one sentence; ""
  ProtocolStepList steps;
} Protocol;
LIST_DEFINE(Protocol)

// The words of those that the desk chooses by itself, beside the words of the behaviours.
#define PROTOCOL_THREAT "threat"
#define PROTOCOL_WELFARE "welfare"
#define PROTOCOL_PHONE "phone"

void protocol_read(Arena *arena, const char *content, Protocol *out); // all but `guide`
const char *protocol_write(Arena *arena, const Protocol *protocol);
bool protocol_find(Arena *arena, Desk *desk, const char *word, Protocol *out, GError **error); // ERROR_NOT_FOUND
// As protocol_find, in the language of who reads where there is one in it.
bool protocol_find_here(Arena *arena, Desk *desk, const char *word, Protocol *out, GError **error);
// Those in use, at most GUIDE_PAGE, the behaviours first, in their order.
bool protocol_list(Arena *arena, Desk *desk, ProtocolList *out, GError **error);
// Of them, by name, those for who reads: in their language, and what there is in no language of theirs; none twice.
bool protocol_names_here(Arena *arena, Desk *desk, GuideNameList *out, GError **error);
// Whether it is the one of this word, in whatever language.
bool protocol_is(Arena *arena, const Protocol *protocol, const char *word);

// As guide_keep. ERROR_INVALID: no title, no step, a step without a title or without what to do, too much of something.
bool protocol_keep(Arena *arena, Desk *desk, const Staff *actor, const char *word, int64_t seen, const Protocol *protocol,
                   const char **out_word, GError **error);

// The word of the protocol that the customer's latest message asks for: a worry about their life before anything else, then a threat,
// then the behaviour; a calm person on the phone gets the one for the phone.
const char *protocol_word_for(const Message *latest);
// The one that an agent sees in a conversation, in their language where there is one in it: their own choice as long as the customer wrote nothing new, else the one for the latest
// message, else the one for calm people. `latest` may be NULL. `*out` NULL when none of them is there.
bool protocol_at_hand(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, const Message *latest, Protocol **out,
                      GError **error);
// `word` "": as the reading says. ERROR_NOT_FOUND.
bool protocol_choose(Desk *desk, int64_t staff_id, int64_t number, const char *word, GError **error);
