// Rows that only the staff verbs see: a password's hash, and whom a session stands for.
#pragma once

#include "desk/staff/admin.h"

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

typedef struct StaffLeft { // somebody who works here no more
  const char *name;
  StaffLeaves leaves;
  int64_t to_id; // who gets theirs; 0: nobody, or whoever it was left too
} StaffLeft;

typedef struct StaffLinkRow { // a link that still works
  int64_t staff_id, expires_at;
} StaffLinkRow;

// Lets somebody in or out, with everything but the conversations. Inside the caller's transaction.
bool staff_put_active(Arena *arena, Desk *desk, const Staff *actor, int64_t id, bool is_active, const char *detail,
                      GError **error);
// Writes a person down; `hash` "" until they have chosen a password. Inside the caller's transaction.
bool staff_put(Arena *arena, Desk *desk, const StaffDraft *draft, const char *hash, int64_t *out_id, GError **error);
const char *staff_told(Arena *arena, const char *name, const char *email); // as the journal calls somebody
// The cookie of a session to come, and the key of what this person keeps for themselves (desk/vault), which the password opens for it.
typedef struct SessionKey {
  const char *token;
  Bytes vault_key;
} SessionKey;
bool session_key(Arena *arena, Desk *desk, int64_t staff_id, const char *password, SessionKey *out, GError **error);
bool session_begin(Arena *arena, Desk *desk, int64_t staff_id, const SessionKey *key, const char *address, const char *browser,
                   GError **error);                // inside the caller's transaction
Bytes token_hash(Arena *arena, const char *token); // SHA-256

// Guesses at a secret that `subject` ("vault:12") stands for are as limited as those at a password: `*out_wait` 0, or how long until the
// next one counts. Who guessed wrong is noted.
bool guess_wait(Arena *arena, Desk *desk, const char *subject, int64_t *out_wait, GError **error);
bool guess_failed(Desk *desk, const char *subject, GError **error);
// What is counted as one place: an address, and of IPv6 its /64. An IPv4 address that comes as IPv6 is that one.
const char *guess_place(Arena *arena, const char *address);

typedef struct SignInFailures {
  int64_t count, oldest;
} SignInFailures;
