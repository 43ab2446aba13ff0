// Adding, listing, finding and disabling the people who work here.
#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/staff.sql.h"
#include "desk/staff/admin.h"
#include "desk/staff/password.h"
#include "desk/staff/secret.h"
#include "desk/vault/vault.h"
#include "mail/mail.h"

static bool person_is_usable(const char *email, const char *name, GError **error) {
  if (!email || !mail_address_is_valid(email))
    return error_set(error, ERROR_INVALID, "\"%s\" is not an e-mail address; give one such as mira@example.com.",
                     email ? email : "");
  if (text_is_blank(name)) return error_set(error, ERROR_INVALID, "The name is empty; give the name colleagues use.");
  return text_length(name) <= STAFF_NAME_MOST ||
         error_set(error, ERROR_INVALID, "The name is longer than %d characters; shorten it.", STAFF_NAME_MOST);
}

bool staff_put(Arena *arena, Desk *desk, const StaffDraft *draft, const char *hash, int64_t *out_id, GError **error) {
  if (!person_is_usable(draft->email, draft->name, error)) return false;
  const char *email = text_one_line(arena, draft->email);
  g_autoptr(GError) problem = NULL;
  if (staff_insert(desk->db, email, mail_address_key(arena, email), text_one_line(arena, draft->name), draft->role, hash,
                   clock_now(desk->clock), out_id, &problem))
    return true;
  if (error_is(problem, ERROR_CONFLICT))
    return error_set(error, ERROR_CONFLICT, "Somebody with the e-mail %s is there already.", email);
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

const char *staff_told(Arena *arena, const char *name, const char *email) { return arena_printf(arena, "%s <%s>", name, email); }

bool staff_add(Desk *desk, const StaffDraft *draft, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (!person_is_usable(draft->email, draft->name, error) || !password_is_usable(draft->password, error)) return false;
  const char *hash = password_hash(arena, draft->password);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && staff_put(arena, desk, draft, hash, out_id, error) &&
         audit_add(desk, NULL, "staff.added", staff_told(arena, draft->name, draft->email),
                   arena_printf(arena, "role: %s", role_word(draft->role)), error) &&
         db_commit(&tx, error);
}

bool staff_list(Arena *arena, Desk *desk, StaffList *out, GError **error) {
  return staff_select_all(arena, desk->db, out, error);
}

Staff *staff_find(Arena *arena, Desk *desk, const char *email, GError **error) {
  Staff *staff = NULL;
  if (!staff_select(arena, desk->db, mail_address_key(arena, email), &staff, error)) return NULL;
  if (!staff) error_set(error, ERROR_NOT_FOUND, "Nobody here has the e-mail \"%s\"; see `rapport user list`.", email);
  return staff;
}

bool staff_disable(Desk *desk, const char *email, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Staff *staff = staff_find(arena, desk, email, error);
  return staff && staff_set_active(desk, NULL, staff->id, false, error);
}

static bool keep_password(Desk *desk, int64_t staff_id, const char *password, const VaultWrap *vault, int64_t except_session,
                          GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *hash = password_hash(arena, password);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  int64_t changed = 0;
  if (!tx || !staff_update_password(desk->db, staff_id, hash, &changed, error)) return false;
  if (changed == 0) return error_set(error, ERROR_NOT_FOUND, "This person is not here any more.");
  return vault_keep(desk, vault, error) && session_delete_others(desk->db, staff_id, except_session, error) &&
         staff_link_delete_of(desk->db, staff_id, error) && db_commit(&tx, error);
}

bool staff_set_password(Desk *desk, int64_t staff_id, const char *password, int64_t except_session, GError **error) {
  static const VaultWrap as_it_is = {0};
  return password_is_usable(password, error) && keep_password(desk, staff_id, password, &as_it_is, except_session, error);
}

bool staff_change_password(Desk *desk, int64_t staff_id, const char *old_password, const char *password, int64_t except_session,
                           GError **error) {
  g_autoptr(Arena) arena = arena_new();
  VaultWrap vault;
  return password_is_usable(password, error) && vault_rewrap(arena, desk, staff_id, old_password, password, &vault, error) &&
         keep_password(desk, staff_id, password, &vault, except_session, error);
}

bool staff_signature(Arena *arena, Desk *desk, int64_t staff_id, const char **out, GError **error) {
  *out = NULL;
  if (!staff_select_signature(arena, desk->db, staff_id, out, error)) return false;
  if (!*out) *out = "";
  return true;
}

bool staff_set_signature(Desk *desk, int64_t staff_id, const char *signature, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *clean = text_trim(arena, signature);
  int64_t changed = 0;
  if (text_length(clean) > STAFF_SIGNATURE_MOST)
    return error_set(error, ERROR_INVALID, "A signature has at most %d characters.", STAFF_SIGNATURE_MOST);
  return staff_update_signature(desk->db, staff_id, clean, &changed, error);
}
