// Fields, for supervisors: what the desk asks for beside each conversation.
#pragma once

#include "desk/field/field.h"
#include "pages/shell/shell.h"

typedef struct FieldPage {
  Shell shell;
  FieldList active, retired;
  const char *kept, *problem; // of the whole
  const char *name, *choices; // of a new one, or of the one that is `changed`, as they were typed
  FieldKind kind;
  int64_t changed;           // 0: none
  const char *typed_problem; // of what was typed
  bool is_about_choices;     // that is wrong with them; else with the name
} FieldPage;

const char *field_kind_title(FieldKind kind); // "a number"
// As it was typed for this one, else as it is kept.
const char *field_typed_name(const FieldPage *page, const Field *field);
const char *field_typed_choices(const FieldPage *page, const Field *field);
