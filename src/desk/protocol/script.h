// Scripts: the team's own wording for a step, a need, a behaviour or a situation. See guide.h for their history.
//
// {{customer.first}} stands for a value. Where the desk has none, and for blanks that only a person can fill ({{amount}}), the mark
// stays in the text as it is: it is shown, it is reported, and an answer that still has one is not sent before its writer saw that.
#pragma once

#include "desk/protocol/guide.h"

typedef struct Script {
  Guide guide;
  GuideHead head;
  const char *text;
} Script;
LIST_DEFINE(Script)

void script_read(Arena *arena, const Guide *guide, Script *out);
bool script_find(Arena *arena, Desk *desk, const char *word, Script *out, GError **error); // ERROR_NOT_FOUND
// As guide_keep. ERROR_INVALID: no title, no text, too long, braces that are no blank.
bool script_keep(Arena *arena, Desk *desk, const Staff *actor, const char *word, int64_t seen, const GuideHead *head,
                 const char *text, const char **out_word, GError **error);
// Those for a behaviour and a need, the closest first, at most `most`: in the customer's language and then in no certain one; in any language when
// there is none of these.
bool script_suggest(Arena *arena, Desk *desk, Behaviour behaviour, Need need, const char *language, size_t most, ScriptList *out,
                    GError **error);

// What the desk can say by itself.
typedef struct ScriptVariable {
  const char *name, *help; // "customer.first", "the customer's first name"
} ScriptVariable;
extern const ScriptVariable script_variables[];
extern const size_t script_variable_count;

typedef struct ScriptFacts {
  const char *values[16]; // in the order of script_variables; NULL or "": there is none
} ScriptFacts;
// What can be said in this conversation when `writer` answers. ERROR_NOT_FOUND.
bool script_facts(Arena *arena, Desk *desk, const Staff *writer, int64_t number, ScriptFacts *out, GError **error);
ScriptFacts script_facts_alone(Arena *arena, const Staff *writer); // what can be said before there is a conversation
// The text with what is known; `missing` (may be NULL) gets the names of what stays marked, each once.
const char *script_fill(Arena *arena, const char *text, const ScriptFacts *facts, TextList *missing);
// The names of the marks in a text, each once: what still has to be filled in by hand. Bounded work on any text.
void script_blanks(Arena *arena, const char *text, TextList *out);
bool script_has_blank(const char *text);
const char *script_blank_names(Arena *arena, const char *text); // "{{amount}}, {{day}}"; "" when there is none
bool script_knows(const char *name);                            // the desk can say it

// An agent put the script into their draft. What counts is only what is sent: see script_note_sent.
bool script_pick(Desk *desk, int64_t staff_id, int64_t number, const Script *script, GError **error);

// Inside the caller's transaction:
// An answer goes out. What stood in this person's draft and still stands in `text` counts as used, and forgets who used it.
bool script_note_sent(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, int64_t message_id, const char *text,
                      GError **error);
bool script_note_taken_back(Desk *desk, int64_t staff_id, int64_t message_id, GError **error);
// The customer wrote again and it was read: what was used before has its effect.
bool script_note_heard(Desk *desk, int64_t number, int64_t message_id, double valence, GError **error);
