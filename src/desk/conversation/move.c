// Assign, solve and reopen: each loads where the conversation stands, changes that, and writes the journal. Doing what is done
// already changes nothing and says nothing.
#include "desk/complaint/happen.h"
#include "desk/conversation/stand.h"
#include "desk/conversation/verbs.h"
#include "desk/staff.sql.h"

static bool save(Desk *desk, const ConversationStand *before, const ConversationStand *after, EventKind kind, const Staff *actor,
                 const char *detail, GError **error) {
  return stand_save(desk, before, after, error) && event_add(desk, after->number, kind, actor, detail, error);
}

static const char *name_of(Arena *arena, Desk *desk, int64_t staff_id, GError **error) {
  const char *name = NULL;
  if (!staff_select_active_name(arena, desk->db, staff_id, &name, error)) return NULL;
  if (!name) error_set(error, ERROR_NOT_FOUND, "The person to assign to is not here any more; choose another.");
  return name;
}

bool conversation_assign(Desk *desk, const Staff *actor, int64_t number, int64_t assignee_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *name = assignee_id ? name_of(arena, desk, assignee_id, error) : "";
  if (!name) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ConversationStand *before = tx ? stand_load(arena, desk, number, error) : NULL;
  if (!before) return false;
  if (before->assignee_id == assignee_id) return true;
  ConversationStand after = *before;
  after.assignee_id = assignee_id;
  EventKind kind = assignee_id ? EVENT_ASSIGNED : EVENT_UNASSIGNED;
  return save(desk, before, &after, kind, actor, name, error) &&
         complaint_note_assigned(arena, desk, actor, before, &after, error) && db_commit(&tx, error);
}

bool conversation_solve(Desk *desk, const Staff *actor, int64_t number, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ConversationStand *before = tx ? stand_load(arena, desk, number, error) : NULL;
  if (!before) return false;
  if (before->state == CONVERSATION_SOLVED) return true;
  const char *forbidden = NULL;
  if (!complaint_forbids_solving(arena, desk, number, &forbidden, error)) return false;
  if (forbidden) return error_set(error, ERROR_CONFLICT, "%s", forbidden);
  ConversationStand after = *before;
  after.state = CONVERSATION_SOLVED;
  after.solved_at = clock_now(desk->clock);
  after.waiting_since = 0;
  return save(desk, before, &after, EVENT_SOLVED, actor, "", error) && db_commit(&tx, error);
}

bool conversation_reopen(Desk *desk, const Staff *actor, int64_t number, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  ConversationStand *before = tx ? stand_load(arena, desk, number, error) : NULL;
  if (!before) return false;
  if (before->state == CONVERSATION_OPEN) return true;
  ConversationStand after = *before;
  after.state = CONVERSATION_OPEN;
  after.solved_at = 0;
  return save(desk, before, &after, EVENT_REOPENED, actor, "", error) && db_commit(&tx, error);
}
