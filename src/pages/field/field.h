// Fields, for supervisors: what the desk asks for beside each conversation.
#pragma once

#include "desk/field/field.h"
#include "pages/shell/shell.h"

typedef struct FieldPage {
  Shell shell;
  FieldList active, retired;
  const char *problem, *name, *choices; // what could not be made, as it was typed
  FieldKind kind;
} FieldPage;

const char *field_kind_title(FieldKind kind); // "a number"
