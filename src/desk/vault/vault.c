// libsodium: argon2id for the key made of a password, BLAKE2b for the one made of a cookie's token (which is random, so it needs no
// stretching), XChaCha20-Poly1305 for wrapping and sealing with a random nonce in front. Keys lie in sodium_malloc, except while a
// wrapped one is written.
#include "desk/vault/vault.h"

#include "desk/staff/password.h"
#include "desk/staff/secret.h"
#include "desk/vault.sql.h"

#include <sodium.h>
#include <string.h>

#define KEY crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

struct Vault {
  unsigned char key[KEY];
  int64_t staff_id;
};

static Vault *vault_new(Arena *arena, int64_t staff_id) {
  if (sodium_init() < 0) g_error("libsodium did not start"); // it learns the size of a page; once is enough
  Vault *vault = sodium_malloc(sizeof *vault);
  if (!vault) g_error("out of locked memory");
  arena_defer(arena, sodium_free, vault);
  *vault = (Vault){.staff_id = staff_id};
  return vault;
}

static const char *binding(Arena *arena, int64_t staff_id, const char *what) {
  return arena_printf(arena, "rapport %s %" G_GINT64_FORMAT, what, staff_id);
}

static Bytes seal(Arena *arena, Desk *desk, const Vault *under, const char *what, const void *plain, size_t size) {
  unsigned char *out = arena_alloc(arena, NONCE + size + TAG);
  const char *bound = binding(arena, under->staff_id, what);
  unsigned long long length = 0;
  random_fill(desk->random, out, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, &length, plain, size, (const unsigned char *)bound, strlen(bound), NULL,
                                             out, under->key);
  return bytes_of(out, NONCE + (size_t)length);
}

static bool unseal(Arena *arena, const Vault *under, const char *what, Bytes sealed, void *out, size_t *out_size) {
  if (!sealed.data || sealed.size < NONCE + TAG) return false;
  const char *bound = binding(arena, under->staff_id, what);
  const unsigned char *bytes = sealed.data;
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &length, NULL, bytes + NONCE, sealed.size - NONCE,
                                                 (const unsigned char *)bound, strlen(bound), bytes, under->key) != 0)
    return false;
  *out_size = (size_t)length;
  return true;
}

// The wrapping key that a password makes; it lies where vaults do, for it is worth as much.
static Vault *password_vault(Arena *arena, int64_t staff_id, const char *password, Bytes salt, int64_t passes, int64_t memory) {
  Vault *vault = vault_new(arena, staff_id);
  password_key(password, salt, (unsigned long long)passes, (size_t)memory, vault->key, sizeof vault->key);
  return vault;
}

static Vault *token_vault(Arena *arena, int64_t staff_id, const char *token) {
  static const char purpose[] = "rapport vault of a session";
  Vault *vault = vault_new(arena, staff_id);
  crypto_generichash(vault->key, sizeof vault->key, (const unsigned char *)purpose, strlen(purpose), (const unsigned char *)token,
                     MIN(strlen(token), (size_t)crypto_generichash_KEYBYTES_MAX));
  return vault;
}

const Vault *vault_of_desk(Arena *arena, const Desk *desk, int64_t staff_id) {
  static const char purpose[] = "rapport vault of the desk";
  Vault *vault = vault_new(arena, staff_id);
  crypto_generichash(vault->key, sizeof vault->key, (const unsigned char *)purpose, strlen(purpose), desk->secret,
                     sizeof desk->secret);
  return vault;
}

static Vault *unwrap(Arena *arena, const Vault *under, const char *what, Bytes wrapped) {
  Vault *vault = vault_new(arena, under->staff_id);
  size_t size = 0;
  if (wrapped.size != NONCE + KEY + TAG || !unseal(arena, under, what, wrapped, vault->key, &size)) return NULL;
  return vault;
}

static Vault *open_stored(Arena *arena, int64_t staff_id, const StoredVault *stored, const char *password) {
  const Vault *under = password_vault(arena, staff_id, password, stored->salt, stored->passes, stored->memory);
  return unwrap(arena, under, "password", stored->wrapped);
}

static VaultWrap wrap(Arena *arena, Desk *desk, const Vault *vault, const char *password) {
  unsigned char *salt = arena_alloc(arena, PASSWORD_KEY_SALT);
  random_fill(desk->random, salt, PASSWORD_KEY_SALT);
  VaultWrap made = {.staff_id = vault->staff_id,
                    .passes = PASSWORD_KEY_PASSES,
                    .memory = PASSWORD_KEY_MEMORY,
                    .salt = bytes_of(salt, PASSWORD_KEY_SALT)};
  const Vault *under = password_vault(arena, vault->staff_id, password, made.salt, made.passes, made.memory);
  made.wrapped = seal(arena, desk, under, "password", vault->key, sizeof vault->key);
  return made;
}

static Vault *fresh(Arena *arena, Desk *desk, int64_t staff_id) {
  Vault *vault = vault_new(arena, staff_id);
  random_fill(desk->random, vault->key, sizeof vault->key);
  return vault;
}

static Bytes for_session(Arena *arena, Desk *desk, const Vault *vault, const char *token) {
  return seal(arena, desk, token_vault(arena, vault->staff_id, token), "session", vault->key, sizeof vault->key);
}

bool vault_enter(Arena *arena, Desk *desk, int64_t staff_id, const char *password, const char *token, Bytes *out,
                 GError **error) {
  g_autoptr(Arena) scratch = arena_new(); // so that the keys are wiped here
  StoredVault *stored = NULL;
  *out = (Bytes){0};
  if (!vault_select(scratch, desk->db, staff_id, &stored, error)) return false;
  const Vault *vault = stored ? open_stored(scratch, staff_id, stored, password) : NULL;
  if (!stored) {
    vault = fresh(scratch, desk, staff_id);
    VaultWrap made = wrap(scratch, desk, vault, password);
    int64_t changed = 0;
    if (!vault_insert(desk->db, staff_id, made.salt, made.passes, made.memory, made.wrapped, &changed, error)) return false;
    if (changed == 0) { // somebody signs in twice at once, for the first time
      if (!vault_select(scratch, desk->db, staff_id, &stored, error)) return false;
      vault = stored ? open_stored(scratch, staff_id, stored, password) : NULL;
    }
  }
  if (!vault) return true;
  Bytes wrapped = for_session(scratch, desk, vault, token);
  *out = bytes_of(arena_copy(arena, wrapped.data, wrapped.size), wrapped.size);
  return true;
}

bool vault_open(Arena *arena, Desk *desk, int64_t staff_id, int64_t session, const char *token, Vault **out, GError **error) {
  g_autoptr(Arena) scratch = arena_new();
  Bytes wrapped = {0};
  *out = NULL;
  if (!token || !*token) return true;
  if (!vault_select_session(scratch, desk->db, staff_id, session, &wrapped, error)) return false;
  if (!wrapped.data) return true;
  const Vault *found = unwrap(scratch, token_vault(scratch, staff_id, token), "session", wrapped);
  if (!found) return true;
  *out = vault_new(arena, staff_id);
  memcpy(*out, found, sizeof **out);
  sodium_mprotect_readonly(*out);
  return true;
}

bool vault_rewrap(Arena *arena, Desk *desk, int64_t staff_id, const char *old_password, const char *password, VaultWrap *out,
                  GError **error) {
  g_autoptr(Arena) scratch = arena_new();
  StoredVault *stored = NULL;
  *out = (VaultWrap){0};
  if (!vault_select(scratch, desk->db, staff_id, &stored, error)) return false;
  const Vault *vault = stored ? open_stored(scratch, staff_id, stored, old_password) : NULL;
  if (!vault) return true;
  *out = wrap(scratch, desk, vault, password);
  out->salt.data = arena_copy(arena, out->salt.data, out->salt.size);
  out->wrapped.data = arena_copy(arena, out->wrapped.data, out->wrapped.size);
  return true;
}

bool vault_keep(Desk *desk, const VaultWrap *wrap, GError **error) {
  int64_t changed = 0;
  return !wrap->wrapped.data ||
         vault_update(desk->db, wrap->staff_id, wrap->salt, wrap->passes, wrap->memory, wrap->wrapped, &changed, error);
}

bool vault_recover(Desk *desk, int64_t staff_id, int64_t session, const char *token, const char *old_password,
                   const char *password, bool *out_is_open, int64_t *out_wait, GError **error) {
  g_autoptr(Arena) scratch = arena_new();
  StoredVault *stored = NULL;
  int64_t changed = 0;
  const char *subject = arena_printf(scratch, "vault:%" G_GINT64_FORMAT, staff_id);
  *out_is_open = false;
  if (!guess_wait(scratch, desk, subject, out_wait, error)) return false;
  if (*out_wait > 0) return true;
  if (!vault_select(scratch, desk->db, staff_id, &stored, error)) return false;
  const Vault *vault = stored ? open_stored(scratch, staff_id, stored, old_password) : NULL;
  if (!vault) return guess_failed(desk, subject, error);
  VaultWrap made = wrap(scratch, desk, vault, password);
  Bytes for_this = for_session(scratch, desk, vault, token);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !vault_keep(desk, &made, error) || !vault_update_session(desk->db, staff_id, session, for_this, &changed, error))
    return false;
  *out_is_open = changed == 1;
  return db_commit(&tx, error);
}

bool vault_begin_anew(Desk *desk, int64_t staff_id, int64_t session, const char *token, const char *password, GError **error) {
  g_autoptr(Arena) scratch = arena_new();
  const Vault *vault = fresh(scratch, desk, staff_id);
  VaultWrap made = wrap(scratch, desk, vault, password);
  Bytes for_this = for_session(scratch, desk, vault, token);
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && vault_forget_notes(desk->db, staff_id, error) && vault_forget_exposure(desk->db, staff_id, error) &&
         vault_insert(desk->db, staff_id, made.salt, made.passes, made.memory, made.wrapped, &changed, error) &&
         vault_keep(desk, &made, error) && vault_shut_sessions(desk->db, staff_id, error) &&
         vault_update_session(desk->db, staff_id, session, for_this, &changed, error) && db_commit(&tx, error);
}

Bytes vault_seal(Arena *arena, Desk *desk, const Vault *vault, const char *what, const char *text) {
  return seal(arena, desk, vault, what, text, strlen(text));
}

const char *vault_unseal(Arena *arena, const Vault *vault, const char *what, Bytes sealed) {
  char *text = arena_alloc(arena, sealed.size + 1);
  size_t size = 0;
  if (!unseal(arena, vault, what, sealed, text, &size)) return NULL;
  text[size] = '\0';
  return text;
}
