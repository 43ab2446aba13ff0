// Roles, teams, letting in and out. Whoever takes an administrator's place away locks all administrators first, in the order of their numbers,
// and only then counts who is left.
#include "desk/staff/admin.h"

#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/complaint/happen.h"
#include "desk/staff.sql.h"
#include "desk/staff/secret.h"

bool staff_people(Arena *arena, Desk *desk, StaffPersonList *out, GError **error) {
  return staff_select_people(arena, desk->db, clock_now(desk->clock), 0, out, error);
}

StaffPerson *staff_person(Arena *arena, Desk *desk, int64_t id, GError **error) {
  StaffPersonList found = {0};
  if (!staff_select_people(arena, desk->db, clock_now(desk->clock), id, &found, error)) return NULL;
  if (found.count == 1) return &found.items[0];
  error_set(error, ERROR_NOT_FOUND, "Nobody like that works here.");
  return NULL;
}

static bool is_last_administrator(Arena *arena, Desk *desk, int64_t id, bool *out, GError **error) {
  IntList administrators = {0};
  if (!staff_lock_administrators(arena, desk->db, &administrators, error)) return false;
  *out = administrators.count == 1 && administrators.items[0] == id;
  return true;
}

// Inside the caller's transaction: somebody must be left who can let others in.
static bool keep_one(Arena *arena, Desk *desk, const StaffPerson *person, GError **error) {
  bool is_last = false;
  if (person->role != ROLE_ADMINISTRATOR) return true;
  if (!is_last_administrator(arena, desk, person->id, &is_last, error)) return false;
  return !is_last ||
         error_set(error, ERROR_CONFLICT,
                   "%s is the only administrator who can sign in. Make somebody else an administrator first.", person->name);
}

static const char *subject_of(Arena *arena, const StaffPerson *person) { return staff_told(arena, person->name, person->email); }

bool staff_rename(Desk *desk, const Staff *actor, int64_t id, const char *name, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *clean = text_one_line(arena, name);
  if (!*clean) return error_set(error, ERROR_INVALID, "The name is empty; give the name colleagues use.");
  if (text_length(clean) > STAFF_NAME_MOST)
    return error_set(error, ERROR_INVALID, "The name is longer than %d characters; shorten it.", STAFF_NAME_MOST);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const StaffPerson *person = tx ? staff_person(arena, desk, id, error) : NULL;
  if (!person) return false;
  const char *detail = audit_change(arena, "", "name", person->name, clean);
  return !*detail || (staff_update_name(desk->db, id, clean, error) &&
                      audit_add(desk, actor, "staff.renamed", subject_of(arena, person), detail, error) && db_commit(&tx, error));
}

bool staff_set_role(Desk *desk, const Staff *actor, int64_t id, StaffRole role, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (role >= ROLE_COUNT) return error_set(error, ERROR_INVALID, "Choose the role from the list.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  IntList administrators = {0};
  // Locked before the person is read, so that of two who demote each other the second sees what the first did.
  if (!tx || !staff_lock_administrators(arena, desk->db, &administrators, error)) return false;
  const StaffPerson *person = staff_person(arena, desk, id, error);
  if (!person || (role != ROLE_ADMINISTRATOR && person->is_active && !keep_one(arena, desk, person, error))) return false;
  const char *detail = audit_change(arena, "", "role", role_word(person->role), role_word(role));
  return !*detail || (staff_update_role(desk->db, id, role, error) &&
                      audit_add(desk, actor, "staff.role", subject_of(arena, person), detail, error) && db_commit(&tx, error));
}

static bool let_out(Desk *desk, int64_t id, GError **error) {
  return session_delete_others(desk->db, id, 0, error) && staff_link_delete_of(desk->db, id, error) &&
         complaint_note_leaving(desk, id, error);
}

bool staff_put_active(Arena *arena, Desk *desk, const Staff *actor, int64_t id, bool is_active, const char *detail,
                      GError **error) {
  IntList administrators = {0};
  int64_t changed = 0;
  if (!staff_lock_administrators(arena, desk->db, &administrators, error)) return false;
  const StaffPerson *person = staff_person(arena, desk, id, error);
  if (!person || (!is_active && person->is_active && !keep_one(arena, desk, person, error))) return false;
  if (person->is_active == is_active) return true;
  return staff_update_active(desk->db, id, is_active, &changed, error) && (is_active || let_out(desk, id, error)) &&
         audit_add(desk, actor, is_active ? "staff.enabled" : "staff.disabled", subject_of(arena, person), detail, error);
}

bool staff_set_active(Desk *desk, const Staff *actor, int64_t id, bool is_active, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (!is_active) return staff_leave(desk, actor, id, &(StaffLeaving){LEAVES_TO_NOBODY, 0}, error);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && staff_put_active(arena, desk, actor, id, true, "", error) && db_commit(&tx, error);
}

bool staff_end_sessions(Desk *desk, const Staff *actor, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const StaffPerson *person = tx ? staff_person(arena, desk, id, error) : NULL;
  return person && session_delete_others(desk->db, id, 0, error) &&
         audit_add(desk, actor, "staff.sessions", subject_of(arena, person), "", error) && db_commit(&tx, error);
}

bool staff_teams(Arena *arena, Desk *desk, int64_t id, StaffTeamList *out, GError **error) {
  return staff_select_teams(arena, desk->db, id, out, error);
}

static bool is_chosen(const IntList *teams, int64_t id) {
  list_each(const Int, each, teams)
    if (*each == id) return true;
  return false;
}

// The teams they leave and join; both lists are few.
static bool change_team(Desk *desk, int64_t id, const StaffTeam *team, bool is_member, GError **error) {
  return is_member ? staff_team_join(desk->db, team->id, id, error) : staff_team_leave(desk->db, team->id, id, error);
}

bool staff_set_teams(Desk *desk, const Staff *actor, int64_t id, const IntList *teams, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  StaffTeamList all = {0};
  const char *detail = "";
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const StaffPerson *person = tx ? staff_person(arena, desk, id, error) : NULL;
  if (!person || !staff_select_teams(arena, desk->db, id, &all, error)) return false;
  list_each(const StaffTeam, team, &all) {
    bool is_member = is_chosen(teams, team->id);
    if (is_member == team->is_member) continue;
    if (!change_team(desk, id, team, is_member, error)) return false;
    detail = audit_change(arena, detail, team->name, is_member ? "not in it" : "in it", is_member ? "in it" : "not in it");
  }
  return !*detail || (audit_add(desk, actor, "staff.teams", subject_of(arena, person), detail, error) && db_commit(&tx, error));
}
