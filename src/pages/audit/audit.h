// The audit journal, for administrators.
#pragma once

#include "desk/audit/audit.h"
#include "pages/shell/shell.h"

typedef struct AuditTab {
  const char *word, *title;
  bool is_chosen;
} AuditTab;
LIST_DEFINE(AuditTab)

typedef struct AuditView {
  const char *topic; // "": all
  AuditTabList tabs;
  AuditPage page;
  AuditHead head;
  const char *more;
} AuditView;
