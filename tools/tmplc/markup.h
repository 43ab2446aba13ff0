// Markup: follows the HTML of a template through its pieces and knows at every point what stands open.
//
// The state is a plain value of links that never change, so a branch is followed by copying it: start both branches from the
// same copy, compare the ends with markup_join. What it is fed comes back cleaned: white space with a line break between tags is
// one line break, white space inside a tag is one space; <pre> and <textarea> stay as they are.
#pragma once

#include "base/arena.h"
#include "place.h"

typedef struct Element {
  const char *name;
  Place place;
  const struct Element *around;
  bool is_foreign;  // inside <svg> or <math>: other rules for names and self-closing
  bool is_verbatim; // inside <pre> or <textarea>
  bool is_kept;     // what it holds is no prose of ours: inside <pre>, <textarea>, <code> and the like, or marked translate="no"
  bool is_marked;   // translate="no" on itself
} Element;

typedef struct Attribute {
  const char *name;
  Place place;
  bool is_address;
  const struct Attribute *before;
} Attribute;

typedef enum MarkupWhere { IN_CONTENT, IN_TAG, IN_VALUE } MarkupWhere;

typedef struct Markup {
  Arena *arena;
  MarkupWhere where;
  const Element *open;           // innermost open element
  const Element *floor;          // elements from here outwards belong to what is around the block: not to be closed here
  Element *tag;                  // IN_TAG, IN_VALUE: the element whose tag it is
  const Attribute *attributes;   // of that tag, newest first; IN_VALUE: the newest is the one
  bool is_spaced;                // IN_TAG: an attribute name may follow at once
  bool may_begin, surely_begins; // IN_VALUE of an address: nothing was written yet, on some or on every way here
  char quote;
} Markup;

// How a value is written where it stands.
typedef enum PutHow { PUT_CONTENT, PUT_TEXT_ONLY, PUT_ADDRESS, PUT_ADDRESS_PART } PutHow;

// Follows template text by one step, which is of one kind: text, a comment, an end tag, the beginning or an end of a start tag or value,
// a part of them. Takes it off the front of `*text` and appends it, cleaned, to `out`.
bool markup_step(Markup *markup, const char **text, size_t *size, Place *place, GString *out, GError **error);
// Says how a {{ value }} is written here, and counts it as written.
bool markup_value(Markup *markup, Place place, PutHow *out_how, GError **error);
// Refuses unless elements may begin here: for render, fill and slot.
bool markup_expect_content(const Markup *markup, Place place, const char *what, GError **error);
// Refuses when `end`, where a block that began at `start` ended, is not the place it began at. Otherwise makes `joined` what
// holds after either way.
bool markup_join(const Markup *start, const Markup *end, Place place, Markup *joined, GError **error);
// Refuses unless everything is closed.
bool markup_finish(const Markup *markup, GError **error);
