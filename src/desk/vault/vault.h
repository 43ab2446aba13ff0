// Vault: what somebody keeps for themselves, under a key that only their own sign-in opens.
//
// Each person has a random key. It is kept wrapped under a key made of their password (argon2id), and in each of their sessions wrapped
// under the cookie's token, of which the database has only the hash. So the database alone, a backup, an export or an administrator open
// nothing; a running request of the person does. Changing the password wraps the key anew. When somebody else sets a new password, the
// vault stays shut until its owner gives the old one (vault_recover), or begins anew and loses what was in it.
//
// A Vault lives in locked memory and is wiped when its arena ends. Nothing here writes into a journal.
#pragma once

#include "base/bytes.h"
#include "desk/desk.h"

typedef struct Vault Vault;

// The key of whoever signs in with `password` (which is known to be right), wrapped for a session whose cookie will be `token`. Makes
// the vault when there is none. `out` is empty when the vault is under another password.
bool vault_enter(Arena *arena, Desk *desk, int64_t staff_id, const char *password, const char *token, Bytes *out, GError **error);
// Opens it for a request that came with `token`. `*out` NULL: this session cannot.
bool vault_open(Arena *arena, Desk *desk, int64_t staff_id, int64_t session, const char *token, Vault **out, GError **error);

// The vault under a new password, to be kept in the transaction that changes the password. Made before it, for it takes a while.
typedef struct VaultWrap {
  int64_t staff_id, passes, memory;
  Bytes salt, wrapped; // empty: the old password does not open the vault, so it stays as it is
} VaultWrap;
bool vault_rewrap(Arena *arena, Desk *desk, int64_t staff_id, const char *old_password, const char *password, VaultWrap *out,
                  GError **error);
bool vault_keep(Desk *desk, const VaultWrap *wrap, GError **error);

// After a reset: opens the vault with the password it is under, wraps it under the one that signs in now, and opens it for this session.
// `*out_is_open` false when the old password is not the one, or after too many that were not: `*out_wait` says how long until the next one
// counts, so that whoever set the new password cannot try out the old one. Who calls has checked `password`.
bool vault_recover(Desk *desk, int64_t staff_id, int64_t session, const char *token, const char *old_password,
                   const char *password, bool *out_is_open, int64_t *out_wait, GError **error);
// A new vault for this session; what the old one held is thrown away: notes, and the record of hard messages.
bool vault_begin_anew(Desk *desk, int64_t staff_id, int64_t session, const char *token, const char *password, GError **error);

// Sealed with the key and bound to its owner and to `what` it is ("trigger"), so that no row can stand for another kind.
Bytes vault_seal(Arena *arena, Desk *desk, const Vault *vault, const char *what, const char *text);
// NULL when it was not sealed so; the text is in the arena of the request.
const char *vault_unseal(Arena *arena, const Vault *vault, const char *what, Bytes sealed);

// A key of the desk itself for what concerns somebody: it is made of the desk's secret, which stands in the database, so it only keeps
// things from being read by chance.
const Vault *vault_of_desk(Arena *arena, const Desk *desk, int64_t staff_id);

typedef struct StoredVault {
  int64_t passes, memory;
  Bytes salt, wrapped;
} StoredVault;
