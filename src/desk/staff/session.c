// Signing in and what follows from it. Order: count the failures, compare the password at constant cost, then either note a
// failure or make a session. The cookie is 32 random bytes; the database holds only its SHA-256.
#include "base/text.h"
#include "desk/staff.sql.h"
#include "desk/staff/password.h"
#include "desk/staff/secret.h"
#include "desk/vault/vault.h"
#include "mail/mail.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <string.h>

#define WINDOW (15 * CLOCK_MINUTE)
#define FAILURES_EMAIL 8
#define FAILURES_ADDRESS 40
#define TOUCH_EVERY (5 * CLOCK_MINUTE)
#define TOKEN_BYTES 32
#define NOTE_PATIENCE (20 * CLOCK_MILLISECOND)
#define HOME_BYTES 8 // of an IPv6 address: whoever has one has all that begin like it

Bytes token_hash(Arena *arena, const char *token) {
  unsigned char *hash = arena_alloc(arena, crypto_hash_sha256_BYTES);
  crypto_hash_sha256(hash, (const unsigned char *)token, strlen(token));
  return bytes_of(hash, crypto_hash_sha256_BYTES);
}

// How long `subject` has to wait; 0 when it may try.
static bool must_wait(Arena *arena, Desk *desk, const char *subject, int64_t most, int64_t *out_wait, GError **error) {
  int64_t now = clock_now(desk->clock);
  SignInFailures *failures = NULL;
  if (!sign_in_failure_recent(arena, desk->db, subject, now - WINDOW, &failures, error)) return false;
  *out_wait = failures->count >= most ? failures->oldest + WINDOW - now : 0;
  return true;
}

bool guess_wait(Arena *arena, Desk *desk, const char *subject, int64_t *out_wait, GError **error) {
  return must_wait(arena, desk, subject, FAILURES_EMAIL, out_wait, error);
}

bool guess_failed(Desk *desk, const char *subject, GError **error) {
  return sign_in_failure_insert(desk->db, subject, clock_now(desk->clock), error);
}

static bool note_failure(Desk *desk, const char *email_subject, const char *address_subject, GError **error) {
  int64_t now = clock_now(desk->clock);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && sign_in_failure_insert(desk->db, email_subject, now, error) &&
         sign_in_failure_insert(desk->db, address_subject, now, error) &&
         sign_in_failure_forget(desk->db, now - CLOCK_DAY, error) && db_commit(&tx, error);
}

// Who was invited and has chosen no password yet costs a guess the same time as anybody.
static const char *usable_hash(const StaffSecret *secret) {
  return secret && secret->is_active && *secret->password_hash ? secret->password_hash : NULL;
}

bool staff_check_password(Arena *arena, Desk *desk, int64_t staff_id, const char *password, SignInOutcome *out, int64_t *out_wait,
                          GError **error) {
  const char *subject = arena_printf(arena, "staff:%" G_GINT64_FORMAT, staff_id);
  if (!guess_wait(arena, desk, subject, out_wait, error)) return false;
  *out = SIGN_IN_TOO_MANY;
  if (*out_wait > 0) return true;
  StaffSecret *secret = NULL;
  if (!staff_secret_by_id(arena, desk->db, staff_id, &secret, error)) return false;
  bool matches = password_matches(password, usable_hash(secret));
  *out = matches ? SIGN_IN_DONE : SIGN_IN_NO_MATCH;
  return matches || guess_failed(desk, subject, error);
}

bool session_key(Arena *arena, Desk *desk, int64_t staff_id, const char *password, SessionKey *out, GError **error) {
  *out = (SessionKey){.token = random_token(arena, desk->random, TOKEN_BYTES)};
  return vault_enter(arena, desk, staff_id, password, out->token, &out->vault_key, error);
}

bool session_begin(Arena *arena, Desk *desk, int64_t staff_id, const SessionKey *key, const char *address, const char *browser,
                   GError **error) {
  int64_t now = clock_now(desk->clock), id = 0;
  return session_delete_expired(desk->db, now, error) &&
         session_insert(desk->db, token_hash(arena, key->token), staff_id, now, now + SESSION_LIFETIME,
                        text_clamp(arena, text_one_line(arena, browser ? browser : ""), 200), address, key->vault_key, &id,
                        error);
}

static bool sign_in_as(Arena *arena, Desk *desk, int64_t staff_id, const char *password, const char *address, const char *browser,
                       SignIn *out, GError **error) {
  SessionKey key;
  if (!session_key(arena, desk, staff_id, password, &key, error)) return false; // takes a while, so before the transaction
  *out = (SignIn){.outcome = SIGN_IN_DONE, .token = key.token};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && session_begin(arena, desk, staff_id, &key, address, browser, error) && db_commit(&tx, error);
}

const char *guess_place(Arena *arena, const char *address) {
  static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
  unsigned char bytes[16];
  if (inet_pton(AF_INET6, address, bytes) != 1) return address;
  if (memcmp(bytes, mapped, sizeof mapped) == 0)
    return arena_printf(arena, "%d.%d.%d.%d", bytes[12], bytes[13], bytes[14], bytes[15]);
  return arena_printf(arena, "%s/64", text_hex(arena, bytes_of(bytes, HOME_BYTES)));
}

bool staff_sign_in(Arena *arena, Desk *desk, const char *email, const char *password, const char *address, const char *browser,
                   SignIn *out, GError **error) {
  const char *key = mail_address_key(arena, email);
  const char *by_email = arena_printf(arena, "email:%s", key),
             *by_address = arena_printf(arena, "address:%s", guess_place(arena, address));
  int64_t wait_email = 0, wait_address = 0;
  if (!must_wait(arena, desk, by_email, FAILURES_EMAIL, &wait_email, error) ||
      !must_wait(arena, desk, by_address, FAILURES_ADDRESS, &wait_address, error))
    return false;
  if (wait_email > 0 || wait_address > 0) {
    *out = (SignIn){.outcome = SIGN_IN_TOO_MANY, .wait = MAX(wait_email, wait_address)};
    return true;
  }
  StaffSecret *secret = NULL;
  if (!staff_secret_by_email(arena, desk->db, key, &secret, error)) return false;
  if (!password_matches(password, usable_hash(secret))) {
    *out = (SignIn){.outcome = SIGN_IN_NO_MATCH};
    return note_failure(desk, by_email, by_address, error);
  }
  return sign_in_as(arena, desk, secret->id, password, address, browser, out, error);
}

// Reading must not wait for a writer or fail on a full disk: what cannot be noted now is noted at the next use.
static void note_use(Desk *desk, int64_t session_id, int64_t now) {
  if (!db_set_patience(desk->db, NOTE_PATIENCE, NULL)) return;
  session_touch(desk->db, session_id, now, now + SESSION_LIFETIME, NULL);
  db_set_patience(desk->db, DB_PATIENCE, NULL);
}

bool session_find(Arena *arena, Desk *desk, const char *token, Staff **out_staff, int64_t *out_session, GError **error) {
  *out_staff = NULL;
  *out_session = 0;
  if (!token || !*token) return true;
  int64_t now = clock_now(desk->clock);
  SessionStaff *found = NULL;
  if (!session_select_by_token(arena, desk->db, token_hash(arena, token), now, &found, error)) return false;
  if (!found) return true;
  if (now - found->seen_at > TOUCH_EVERY) note_use(desk, found->session_id, now);
  *out_staff = arena_make(arena, Staff);
  **out_staff = (Staff){.id = found->id,
                        .email = found->email,
                        .name = found->name,
                        .role = found->role,
                        .is_active = true,
                        .made_at = found->made_at,
                        .language = found->language,
                        .zone = found->zone};
  *out_session = found->session_id;
  return true;
}

bool session_list(Arena *arena, Desk *desk, int64_t staff_id, int64_t current, SessionList *out, GError **error) {
  if (!session_select_of(arena, desk->db, staff_id, clock_now(desk->clock), out, error)) return false;
  list_each(Session, session, out) session->is_current = session->id == current;
  return true;
}

bool session_end(Desk *desk, int64_t staff_id, int64_t session_id, GError **error) {
  return session_delete(desk->db, staff_id, session_id, error);
}

bool session_end_others(Desk *desk, int64_t staff_id, int64_t except_session, GError **error) {
  return session_delete_others(desk->db, staff_id, except_session, error);
}
