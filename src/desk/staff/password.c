// argon2id through libsodium. Hashing takes some 20 ms and 19 MiB by design, so at most two run at once: a flood of sign-ins
// cannot take the machine's memory.
#include "desk/staff/password.h"

#include "base/random.h"
#include "base/text.h"
#include "desk/staff/staff.h"

#include <sodium.h>

#define PASSES 2
#define MEMORY ((size_t)19 * 1024 * 1024)
#define PASSWORD_MOST 1000 // bytes; nobody types more, and hashing is not a place to send megabytes to

static GMutex gates[2];

static GMutex *enter(void) {
  if (g_mutex_trylock(&gates[0])) return &gates[0];
  g_mutex_lock(&gates[1]);
  return &gates[1];
}

bool password_is_usable(const char *password, GError **error) {
  if (!password || text_length(password) < STAFF_PASSWORD_LEAST)
    return error_set(error, ERROR_INVALID, "The password is too short; use at least %d characters.", STAFF_PASSWORD_LEAST);
  if (strlen(password) > PASSWORD_MOST)
    return error_set(error, ERROR_INVALID, "The password is too long; use at most %d bytes.", PASSWORD_MOST);
  return true;
}

const char *password_hash(Arena *arena, const char *password) {
  char hash[crypto_pwhash_STRBYTES];
  GMutex *gate = enter();
  int failed = crypto_pwhash_str(hash, password, strlen(password), PASSES, MEMORY);
  g_mutex_unlock(gate);
  if (failed) g_error("out of memory while hashing a password");
  return arena_strdup(arena, hash);
}

bool password_matches(const char *password, const char *hash) {
  // A hash of a random password with the parameters above.
  static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
                               "ZtSiA6Ev2Q0sZpVJ0Jf5kQ0mZ0E0pS8w0Yb3m3m1t2E";
  size_t length = strnlen(password, PASSWORD_MOST + 1);
  if (length > PASSWORD_MOST) return false;
  GMutex *gate = enter();
  int failed = crypto_pwhash_str_verify(hash ? hash : nobody, password, length);
  g_mutex_unlock(gate);
  return hash && failed == 0;
}

void password_key(const char *password, Bytes salt, unsigned long long passes, size_t memory, unsigned char *out, size_t size) {
  G_STATIC_ASSERT(PASSWORD_KEY_SALT == crypto_pwhash_SALTBYTES);
  if (salt.size != PASSWORD_KEY_SALT || memory > 64 * MEMORY || passes > 64) { // a damaged row opens nothing
    random_fill(&random_system, out, size);
    return;
  }
  GMutex *gate = enter();
  int failed = crypto_pwhash(out, size, password, strnlen(password, PASSWORD_MOST), salt.data, passes, memory,
                             crypto_pwhash_ALG_ARGON2ID13);
  g_mutex_unlock(gate);
  if (failed) g_error("out of memory while making a key of a password");
}
