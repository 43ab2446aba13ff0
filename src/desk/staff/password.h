// Passwords: argon2id with the parameters OWASP's Password Storage Cheat Sheet gives (19 MiB, two passes).
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

bool password_is_usable(const char *password, GError **error); // ERROR_INVALID with what to do
const char *password_hash(Arena *arena, const char *password);
// Constant in time for a given hash. `hash` NULL costs the same and never matches, so that an unknown e-mail cannot be told
// from a wrong password by waiting.
bool password_matches(const char *password, const char *hash);

// A key made of a password, for what only its owner may open (desk/vault). As costly as hashing it.
#define PASSWORD_KEY_SALT 16
#define PASSWORD_KEY_PASSES 2
#define PASSWORD_KEY_MEMORY ((int64_t)19 * 1024 * 1024)
void password_key(const char *password, Bytes salt, unsigned long long passes, size_t memory, unsigned char *out, size_t size);
