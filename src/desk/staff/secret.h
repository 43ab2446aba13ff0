// Rows that only the staff verbs see: a password's hash, and whom a session stands for.
#pragma once

#include "desk/staff/staff.h"

typedef struct StaffSecret {
  int64_t id;
  const char *password_hash;
  bool is_active;
} StaffSecret;

typedef struct SessionStaff {
  int64_t session_id, seen_at;
  int64_t id, made_at;
  const char *email, *name;
  StaffRole role;
  const char *language, *zone;
} SessionStaff;

typedef struct SignInFailures {
  int64_t count, oldest;
} SignInFailures;
