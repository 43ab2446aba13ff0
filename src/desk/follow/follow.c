// Following: a row for each, and the journal says who began and who stopped.
#include "desk/conversation/stand.h"
#include "desk/conversation/work.h"
#include "desk/follow.sql.h"

static bool set(Desk *desk, const Staff *actor, int64_t number, bool follows, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  int64_t changed = 0;
  if (!tx || !stand_load(arena, desk, number, error)) return false;
  if (follows ? !follow_insert(desk->db, number, actor->id, &changed, error)
              : !follow_delete(desk->db, number, actor->id, &changed, error))
    return false;
  return !changed ||
         (event_add(desk, number, follows ? EVENT_FOLLOWED : EVENT_UNFOLLOWED, actor, "", error) && db_commit(&tx, error));
}

bool conversation_follow(Desk *desk, const Staff *actor, int64_t number, GError **error) {
  return set(desk, actor, number, true, error);
}

bool conversation_unfollow(Desk *desk, const Staff *actor, int64_t number, GError **error) {
  return set(desk, actor, number, false, error);
}

bool conversation_followers(Arena *arena, Desk *desk, int64_t number, StaffList *out, GError **error) {
  return follow_select(arena, desk->db, number, out, error);
}
