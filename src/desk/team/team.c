// Making and changing teams, who is in them, and whose mail they get.
#include "desk/team/team.h"

#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/mailbox/mailbox.h"
#include "desk/team.sql.h"

static const char *usable_name(Arena *arena, const char *name, GError **error) {
  const char *clean = text_one_line(arena, name);
  if (!*clean)
    error_set(error, ERROR_INVALID, "A team needs a name; give the one that people use.");
  else if (text_length(clean) > TEAM_NAME_MOST)
    error_set(error, ERROR_INVALID, "The name is longer than %d characters; shorten it.", TEAM_NAME_MOST);
  else
    return clean;
  return NULL;
}

static bool taken(const char *name, GError *problem, GError **error) {
  if (error_is(problem, ERROR_CONFLICT)) {
    g_error_free(problem);
    return error_set(error, ERROR_CONFLICT, "There is a team called \"%s\" already.", name);
  }
  g_propagate_error(error, problem);
  return false;
}

static bool is_found(int64_t changed, GError **error) {
  return changed || error_set(error, ERROR_NOT_FOUND, "There is no such team.");
}

static const char *yes_no(bool is_so) { return is_so ? "yes" : "no"; }

bool team_make(Desk *desk, const Staff *actor, const char *name, bool takes_turns, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  GError *problem = NULL;
  name = usable_name(arena, name, error);
  if (!name) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx) return false;
  if (!team_insert(desk->db, name, text_fold(arena, name), takes_turns, clock_now(desk->clock), out_id, &problem))
    return taken(name, problem, error);
  const char *detail = audit_change(arena, "", "takes turns", "", yes_no(takes_turns));
  return audit_add(desk, actor, "team.made", name, detail, error) && db_commit(&tx, error);
}

// What the journal is told when all is written: it comes last in a transaction, and holds its head from there on.
typedef struct Told {
  const char *what, *subject, *detail;
} Told;
LIST_DEFINE(Told)

static void tell(Arena *arena, ToldList *told, const char *what, const char *subject, const char *detail) {
  if (*detail) *list_add(arena, told) = (Told){what, subject, detail};
}

static bool write_down(Desk *desk, const Staff *actor, const ToldList *told, GError **error) {
  list_each(const Told, each, told)
    if (!audit_add(desk, actor, each->what, each->subject, each->detail, error)) return false;
  return true;
}

static bool change_within(Arena *arena, Desk *desk, int64_t id, const char *name, bool takes_turns, ToldList *told,
                          GError **error) {
  GError *problem = NULL;
  Team *old = NULL;
  int64_t changed = 0;
  name = usable_name(arena, name, error);
  if (!name || !team_find(arena, desk, id, &old, error)) return false;
  if (!team_update(desk->db, id, name, text_fold(arena, name), takes_turns, &changed, &problem))
    return taken(name, problem, error);
  const char *detail = audit_change_written(arena, "", "name", old->name, name);
  tell(arena, told, "team.changed", name,
       audit_change(arena, detail, "takes turns", yes_no(old->takes_turns), yes_no(takes_turns)));
  return is_found(changed, error);
}

bool team_change(Desk *desk, const Staff *actor, int64_t id, const char *name, bool takes_turns, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ToldList told = {0};
  return tx && change_within(arena, desk, id, name, takes_turns, &told, error) && write_down(desk, actor, &told, error) &&
         db_commit(&tx, error);
}

static bool set_active(Desk *desk, const Staff *actor, int64_t id, bool is_active, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Team *team = NULL;
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !team_find(arena, desk, id, &team, error)) return false;
  return team->is_active == is_active ||
         (team_update_active(desk->db, id, is_active, &changed, error) && is_found(changed, error) &&
          (is_active || team_leave_mailboxes(desk->db, id, error)) &&
          audit_add(desk, actor, is_active ? "team.restored" : "team.retired", team->name, "", error) && db_commit(&tx, error));
}
bool team_retire(Desk *desk, const Staff *actor, int64_t id, GError **error) { return set_active(desk, actor, id, false, error); }
bool team_restore(Desk *desk, const Staff *actor, int64_t id, GError **error) { return set_active(desk, actor, id, true, error); }

bool team_list(Arena *arena, Desk *desk, TeamList *out, GError **error) { return team_select_all(arena, desk->db, out, error); }

bool team_find(Arena *arena, Desk *desk, int64_t id, Team **out, GError **error) {
  return team_select(arena, desk->db, id, out, error) && is_found(*out != NULL, error);
}

bool team_members(Arena *arena, Desk *desk, int64_t id, TeamMemberList *out, GError **error) {
  return team_member_select_all(arena, desk->db, id, out, error);
}

static bool is_among(const IntList *list, int64_t id) {
  list_each(const Int, each, list)
    if (*each == id) return true;
  return false;
}

// Whoever stays keeps their turn.
static bool set_members_within(Arena *arena, Desk *desk, int64_t id, const IntList *staff_ids, ToldList *told, GError **error) {
  Team *team = NULL;
  TeamMemberList everybody = {0};
  const char *detail = "", *in = "in it", *out = "not in it";
  if (!team_find(arena, desk, id, &team, error) || !team_members(arena, desk, id, &everybody, error)) return false;
  list_each(const TeamMember, person, &everybody) {
    bool shall = is_among(staff_ids, person->staff_id);
    if (shall == person->is_member) continue;
    if (shall ? !team_member_insert(desk->db, id, person->staff_id, error)
              : !team_member_delete(desk->db, id, person->staff_id, error))
      return false;
    detail = audit_change(arena, detail, audit_written(arena, person->name), shall ? out : in, shall ? in : out);
  }
  tell(arena, told, "team.changed", team->name, detail);
  return true;
}

bool team_set_members(Desk *desk, const Staff *actor, int64_t id, const IntList *staff_ids, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ToldList told = {0};
  return tx && set_members_within(arena, desk, id, staff_ids, &told, error) && write_down(desk, actor, &told, error) &&
         db_commit(&tx, error);
}

static const char *room_words(Arena *arena, int64_t capacity) {
  return capacity ? arena_printf(arena, "%" G_GINT64_FORMAT, capacity) : "";
}

bool team_set_room(Desk *desk, const Staff *actor, int64_t staff_id, int64_t capacity, bool is_away, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  TeamMember *old = NULL;
  int64_t changed = 0;
  if (capacity < 0 || capacity > TEAM_CAPACITY_MOST)
    return error_set(error, ERROR_INVALID, "Room for how many open conversations? A number up to %d, or 0 for no bound.",
                     TEAM_CAPACITY_MOST);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !team_select_room(arena, desk->db, staff_id, &old, error)) return false;
  if (!old) return error_set(error, ERROR_NOT_FOUND, "This person is not here any more.");
  const char *detail = audit_change(arena, "", "room", room_words(arena, old->capacity), room_words(arena, capacity));
  detail = audit_change(arena, detail, "away", yes_no(old->is_away), yes_no(is_away));
  return team_update_room(desk->db, staff_id, capacity, is_away, &changed, error) &&
         (!*detail || audit_add(desk, actor, "team.room", old->name, detail, error)) && db_commit(&tx, error);
}

static bool name_of(Arena *arena, Desk *desk, int64_t team_id, const char **out, GError **error) {
  Team *team = NULL;
  *out = "";
  if (!team_id) return true;
  if (!team_select(arena, desk->db, team_id, &team, error)) return false;
  if (team) *out = team->name;
  return true;
}

static bool take_within(Arena *arena, Desk *desk, int64_t team_id, int64_t mailbox_id, ToldList *told, GError **error) {
  const char *name = "", *old = "";
  int64_t changed = 0;
  if (team_id && !team_select_active_name(arena, desk->db, team_id, &name, error)) return false;
  if (!name) return error_set(error, ERROR_NOT_FOUND, "This team is not here any more; choose another.");
  const Mailbox *mailbox = mailbox_find(arena, desk, mailbox_id, error);
  if (!mailbox || !name_of(arena, desk, mailbox->team_id, &old, error)) return false;
  tell(arena, told, "mailbox.changed", mailbox->address, audit_change_written(arena, "", "team", old, name));
  return team_update_mailbox(desk->db, mailbox_id, team_id ? &team_id : NULL, &changed, error);
}

bool team_take_mailbox(Desk *desk, const Staff *actor, int64_t team_id, int64_t mailbox_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ToldList told = {0};
  return tx && take_within(arena, desk, team_id, mailbox_id, &told, error) && write_down(desk, actor, &told, error) &&
         db_commit(&tx, error);
}

// Mailboxes are few: those that are named go to the team, and what it had and is not named any more goes to nobody.
static bool set_mailboxes_within(Arena *arena, Desk *desk, int64_t id, const IntList *mailbox_ids, ToldList *told,
                                 GError **error) {
  MailboxList mailboxes = {0};
  if (!mailbox_list(arena, desk, &mailboxes, error)) return false;
  list_each(const Mailbox, mailbox, &mailboxes) {
    bool shall = is_among(mailbox_ids, mailbox->id), is = mailbox->team_id == id;
    if (shall != is && !take_within(arena, desk, shall ? id : 0, mailbox->id, told, error)) return false;
  }
  return true;
}

bool team_keep(Desk *desk, const Staff *actor, int64_t id, const TeamDraft *draft, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ToldList told = {0};
  return tx && change_within(arena, desk, id, draft->name, draft->takes_turns, &told, error) &&
         set_members_within(arena, desk, id, &draft->members, &told, error) &&
         set_mailboxes_within(arena, desk, id, &draft->mailboxes, &told, error) && write_down(desk, actor, &told, error) &&
         db_commit(&tx, error);
}
