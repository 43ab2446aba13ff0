// A row of the table `setting`.
#pragma once

#include "base/list.h"

typedef struct SettingRow {
  const char *name, *value;
} SettingRow;
LIST_DEFINE(SettingRow)
