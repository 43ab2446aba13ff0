// Links that set a password, once. The token is 32 random bytes; the database holds only its SHA-256. Using a link deletes it first, so that
// of two browsers which use it at once one is told that it is gone.
#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/staff.sql.h"
#include "desk/staff/admin.h"
#include "desk/staff/password.h"
#include "desk/staff/secret.h"

#define TOKEN_BYTES 32
#define TOKEN_MOST 200

static bool make_link(Arena *arena, Desk *desk, const Staff *actor, int64_t id, const char **out_token, GError **error) {
  int64_t now = clock_now(desk->clock);
  *out_token = random_token(arena, desk->random, TOKEN_BYTES);
  return staff_link_delete_of(desk->db, id, error) &&
         staff_link_insert(desk->db, token_hash(arena, *out_token), id, actor ? &actor->id : NULL, now, now + STAFF_LINK_LIFETIME,
                           error);
}

bool staff_invite(Arena *arena, Desk *desk, const Staff *actor, const StaffDraft *draft, const char **out_token, int64_t *out_id,
                  GError **error) {
  if (draft->role >= ROLE_COUNT) return error_set(error, ERROR_INVALID, "Choose the role from the list.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && staff_put(arena, desk, draft, "", out_id, error) && make_link(arena, desk, actor, *out_id, out_token, error) &&
         audit_add(desk, actor, "staff.invited", staff_told(arena, draft->name, draft->email),
                   arena_printf(arena, "role: %s", role_word(draft->role)), error) &&
         db_commit(&tx, error);
}

bool staff_renew_link(Arena *arena, Desk *desk, const Staff *actor, int64_t id, const char **out_token, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const StaffPerson *person = tx ? staff_person(arena, desk, id, error) : NULL;
  if (!person) return false;
  if (!person->is_active) return error_set(error, ERROR_CONFLICT, "%s is disabled; let them in again first.", person->name);
  return make_link(arena, desk, actor, id, out_token, error) &&
         audit_add(desk, actor, "staff.link", staff_told(arena, person->name, person->email), "", error) && db_commit(&tx, error);
}

static bool is_token(const char *token) { return token && *token && strlen(token) <= TOKEN_MOST; }

bool staff_link_find(Arena *arena, Desk *desk, const char *token, Staff **out, GError **error) {
  *out = NULL;
  return !is_token(token) || staff_select_by_link(arena, desk->db, token_hash(arena, token), clock_now(desk->clock), out, error);
}

static bool gone(GError **error) {
  return error_set(error, ERROR_NOT_FOUND, "This link works no more. Ask an administrator for a new one.");
}

bool staff_link_redeem(Arena *arena, Desk *desk, const char *token, const char *password, const char *address,
                       const char *browser, const char **out_session, GError **error) {
  StaffLinkRow *link = NULL;
  int64_t changed = 0;
  Staff *owner = NULL;
  if (!password_is_usable(password, error) || !staff_link_find(arena, desk, token, &owner, error)) return false;
  if (!owner) return gone(error); // before anything that costs: anybody may send this form
  const char *hash = password_hash(arena, password);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !staff_link_take(arena, desk->db, token_hash(arena, token), clock_now(desk->clock), &link, error)) return false;
  const StaffPerson *person = link ? staff_person(arena, desk, link->staff_id, NULL) : NULL;
  if (!person || !person->is_active) return gone(error);
  Staff self = {.id = person->id, .email = person->email, .name = person->name, .role = person->role};
  SessionKey key;
  if (!session_key(arena, desk, person->id, password, &key, error)) return false;
  *out_session = key.token;
  return staff_update_password(desk->db, person->id, hash, &changed, error) &&
         session_delete_others(desk->db, person->id, 0, error) &&
         session_begin(arena, desk, person->id, &key, address, browser, error) &&
         audit_add(desk, &self, person->has_joined ? "staff.password" : "staff.joined",
                   staff_told(arena, person->name, person->email), "", error) &&
         db_commit(&tx, error);
}
