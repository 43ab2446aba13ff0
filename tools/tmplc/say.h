// Saying: what a template says in words becomes messages that are looked up at run time in the reader's language.
//
// The compiler gathers what follows each other in one line of prose, a run: text, values, branches, and elements such as <b> or <a>
// with what is in them. A run with words of its own becomes one message, so that a translator has a whole sentence: what stands in
// it is a numbered place, {1} or <1>…</1>. A run without (a row of <span>) is written in order, and what is inside its elements is
// looked at likewise. Spaces, icons and optional parts at either end stay outside of the message.
//
// Compiled code is gathered with its literal markup between two control characters, so that literals that come to stand side by side
// are written by one call; say_finish writes those calls.
#pragma once

#include "base/arena.h"
#include "base/list.h"
#include "place.h"

#include <glib.h>

typedef struct Node Node;
typedef Node *NodeLink;
LIST_DEFINE(NodeLink)

typedef enum NodeKind { NODE_TEXT, NODE_CODE, NODE_ELEMENT } NodeKind;
struct Node {
  NodeKind kind;
  GString *text;       // NODE_TEXT: as the template has it, cleaned
  GString *code;       // NODE_CODE, and the start tag of NODE_ELEMENT
  const char *end_tag; // NODE_ELEMENT
  const char *about;   // what a translator is told of it; "" for nothing
  bool stays_outside;  // at the end of a run
  NodeLinkList children;
  Node *around;
};

typedef struct Run {
  Node root;
  Node *at;      // the innermost open element, or the root
  bool is_value; // of an attribute
} Run;

typedef struct Sayer {
  Arena *arena;
  const char *file;
  GString *words; // the messages found, as entries of a .po file
  int messages;   // so far, to name variables
  int places;     // "
} Sayer;

GString *say_chunk(Arena *arena); // empty, and freed with the arena
Run *run_new(Arena *arena, bool is_value);
void run_add_text(Arena *arena, Run *run, const char *text, size_t size);
void run_add_code(Arena *arena, Run *run, GString *code, const char *about, bool stays_outside);
void run_open(Arena *arena, Run *run, GString *start_tag);
bool run_close(Arena *arena, Run *run, const char *end_tag); // false when the element was not opened in this run
// Writes what was gathered to `code` and empties the run; elements that are still open are then no longer part of it.
bool run_say(Sayer *sayer, Run *run, Place place, GString *code, GError **error);

void say_literal(GString *code, const char *text, size_t size);
void say_c_text(GString *out, const char *text, size_t size); // as a C string
void say_finish(const GString *code, GString *out);
// An entry for the catalogue; `many` and `about` may be NULL.
void say_note(Sayer *sayer, const char *english, const char *many, const char *about);
// Notes the strings in an expression that a person may read. `is_shown`: the value itself stands on the page; else it is an argument.
void say_note_strings(Sayer *sayer, const char *expression, bool is_shown);
