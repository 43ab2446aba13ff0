// A link is one row with the smaller number first, locked in that order.
#include "desk/link/link.h"

#include "desk/conversation/stand.h"
#include "desk/conversation/verbs.h"
#include "desk/link.sql.h"

static bool lock_both(Arena *arena, Desk *desk, int64_t one, int64_t other, GError **error) {
  return stand_load(arena, desk, MIN(one, other), error) && stand_load(arena, desk, MAX(one, other), error);
}

static bool set(Desk *desk, const Staff *actor, int64_t number, int64_t other, bool is_linked, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t changed = 0, low = 0, high = 0;
  OtherConversationList links = {0};
  if (!conversation_survivor(desk, other, &other, error)) return false;
  if (other == number)
    return error_set(error, ERROR_INVALID, "A conversation cannot be linked with itself; name another number.");
  low = MIN(number, other), high = MAX(number, other);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !lock_both(arena, desk, number, other, error)) return false;
  if (is_linked ? !link_insert(desk->db, low, high, actor ? &actor->id : NULL, clock_now(desk->clock), &changed, error)
                : !link_delete(desk->db, low, high, &changed, error))
    return false;
  if (!changed) return true;
  if (!link_select(arena, desk->db, number, &links, error)) return false;
  if (links.count >= LINKS_MOST && is_linked)
    return error_set(error, ERROR_CONFLICT, "#%jd has %d links already; take one away first.", number, LINKS_MOST);
  EventKind kind = is_linked ? EVENT_LINKED : EVENT_UNLINKED;
  return event_add(desk, number, kind, actor, arena_printf(arena, "#%" G_GINT64_FORMAT, other), error) &&
         event_add(desk, other, kind, actor, arena_printf(arena, "#%" G_GINT64_FORMAT, number), error) && db_commit(&tx, error);
}

bool link_add(Desk *desk, const Staff *actor, int64_t number, int64_t other, GError **error) {
  return set(desk, actor, number, other, true, error);
}

bool link_remove(Desk *desk, const Staff *actor, int64_t number, int64_t other, GError **error) {
  return set(desk, actor, number, other, false, error);
}

bool link_list(Arena *arena, Desk *desk, int64_t number, OtherConversationList *out, GError **error) {
  return link_select(arena, desk->db, number, out, error);
}
