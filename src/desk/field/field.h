// Fields that a desk has of its own: a frame number, a shop, a date of purchase. Supervisors make them; a conversation has a value for
// each, or none. What is typed is checked by the kind and kept in one way of writing, so that it can be found and counted.
#pragma once

#include "base/list.h"
#include "desk/staff/staff.h"

typedef enum FieldKind { FIELD_TEXT, FIELD_NUMBER, FIELD_DATE, FIELD_CHOICE, FIELD_CHECKBOX, FIELD_KIND_COUNT } FieldKind;
const char *field_kind_word(FieldKind kind); // "text", "number", "date", "choice", "checkbox": as in forms
bool field_kind_from_word(const char *word, FieldKind *out);

typedef struct Field {
  int64_t id;
  const char *name;
  FieldKind kind;
  const char *choices; // a line each; "" unless it is a choice
  int64_t place;
  bool is_active;
  int64_t made_at;
  const char *value; // of one conversation (field_of); NULL: none
} Field;
LIST_DEFINE(Field)

#define FIELD_NAME_MOST 60
#define FIELD_VALUE_MOST 500
#define FIELD_CHOICES_MOST 100
#define FIELDS_MOST 50

// The audit journal says who made and changed them; `actor` NULL: the command line.
// ERROR_INVALID for a name or choices that cannot be, ERROR_CONFLICT for a name that is taken, and beyond FIELDS_MOST.
bool field_make(Desk *desk, const Staff *actor, const char *name, FieldKind kind, const char *choices, int64_t *out_id,
                GError **error);
// What has a choice that is gone keeps it until somebody changes it. ERROR_NOT_FOUND.
bool field_change(Desk *desk, const Staff *actor, int64_t id, const char *name, const char *choices, GError **error);
bool field_retire(Desk *desk, const Staff *actor, int64_t id, GError **error); // it is asked for no more; values stay
bool field_restore(Desk *desk, const Staff *actor, int64_t id, GError **error);
bool field_list(Arena *arena, Desk *desk, FieldList *out, GError **error); // those that are active first, in their order
// Those that are asked for, and those that have a value, with the values of a conversation.
bool field_of(Arena *arena, Desk *desk, int64_t number, FieldList *out, GError **error);
TextList field_choices(Arena *arena, const Field *field);

// What somebody typed, as it is kept: *out "" when it is empty. False with a sentence in *out_problem when it makes no sense.
// A number may have a comma for its point; a date is written 2026-11-22; a checkbox is "1" or "".
bool field_read(Arena *arena, const Field *field, const char *text, const char **out, const char **out_problem);

typedef struct FieldEntry {
  int64_t id;
  const char *text;    // as it was typed; NULL or "": nothing
  const char *problem; // set by field_fill
} FieldEntry;
LIST_DEFINE(FieldEntry)
// Fills in fields of a conversation: all of them, or with a problem (`*out_has_problem`, said beside each) none. What changed stands in
// the journal. ERROR_NOT_FOUND, ERROR_CONFLICT.
bool field_fill(Arena *arena, Desk *desk, const Staff *actor, int64_t number, FieldEntryList *entries, bool *out_has_problem,
                GError **error);
// One field, inside the caller's transaction; `actor` NULL: the desk itself, by a rule. ERROR_INVALID says what is wrong with the text,
// ERROR_CONFLICT that the field is retired.
bool field_set(Arena *arena, Desk *desk, const Staff *actor, int64_t number, int64_t id, const char *text, bool *out_is_change,
               GError **error);
