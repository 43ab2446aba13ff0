// Rows of the tables of hours, as they lie there.
#pragma once

#include "base/list.h"

typedef struct HoursRow {
  const char *zone;
  const char *monday, *tuesday, *wednesday, *thursday, *friday, *saturday, *sunday;
} HoursRow;

typedef struct TargetRow {
  int64_t severity, acknowledge, first_answer, resolution;
} TargetRow;
LIST_DEFINE(TargetRow)
