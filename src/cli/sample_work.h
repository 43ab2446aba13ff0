// How work is shared out in the sample: sample/work.txt, a line a thing.
#pragma once

#include "desk/desk.h"
#include "desk/staff/staff.h"

typedef struct SampleWork {
  Arena *arena;
  Desk *desk;
  const Staff *actor;
  bool (*find_person)(const void *sample, const char *handle, int64_t *out); // by the handle in staff.txt
  const void *sample;
} SampleWork;

// One line, its fields cut at "|": team | name | handles | mailbox; field | name | kind | choices with ; between; tag, priority | conversation | value;
// fill | conversation | field | value.
bool sample_work_line(const SampleWork *work, char **fields, size_t count, GError **error);
