// Another e-mail address for somebody who works here. They stay signed in; links that went to the old address no longer work, since
// whoever reads there may be somebody else by now.
#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/staff.sql.h"
#include "desk/staff/admin.h"
#include "desk/staff/secret.h"
#include "mail/mail.h"

static bool keep(Arena *arena, Desk *desk, int64_t id, const char *email, GError **error) {
  g_autoptr(GError) problem = NULL;
  if (staff_update_email(desk->db, id, email, mail_address_key(arena, email), &problem)) return true;
  if (error_is(problem, ERROR_CONFLICT))
    return error_set(error, ERROR_CONFLICT, "Somebody with the e-mail %s is there already.", email);
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

bool staff_set_email(Desk *desk, const Staff *actor, int64_t id, const char *email, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *clean = text_one_line(arena, email);
  if (!mail_address_is_valid(clean))
    return error_set(error, ERROR_INVALID, "\"%s\" is not an e-mail address; give one such as mira@example.com.", clean);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const StaffPerson *person = tx ? staff_person(arena, desk, id, error) : NULL;
  if (!person) return false;
  const char *detail = audit_change(arena, "", "e-mail", person->email, clean);
  return !*detail || (keep(arena, desk, id, clean, error) && staff_link_delete_of(desk->db, id, error) &&
                      audit_add(desk, actor, "staff.email", staff_told(arena, person->name, person->email), detail, error) &&
                      db_commit(&tx, error));
}
